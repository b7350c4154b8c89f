#include "workflows/assignment/lead_policy.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/directory/dated.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::assignments {
namespace {

constexpr std::string_view kPrefix = "lead_";

}  // namespace

absl::StatusOr<std::vector<std::string>> ProposedFunctions(
    const std::string& entry_point, const std::map<std::string, std::string>& parameters) {
  const auto found = parameters.find(fmt::format("{}{}", kPrefix, entry_point));
  if (found == parameters.end()) {
    std::vector<std::string> known;
    for (const auto& [key, value] : parameters) {
      if (key.starts_with(kPrefix)) known.push_back(key.substr(kPrefix.size()));
    }
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ENTRY_POINT_UNKNOWN,
                  fmt::format("no lead office is laid down for \"{}\"", entry_point))
        .Field("entry_point")
        .Mend(fmt::format("Give one of: {}; or none.", fmt::join(known, ", ")));
  }
  std::vector<std::string> functions;
  for (const absl::string_view part : absl::StrSplit(found->second, ',', absl::SkipWhitespace())) {
    functions.emplace_back(absl::StripAsciiWhitespace(part));
  }
  return functions;
}

std::string FunctionAmong(const directory::v1::OfficeState& office,
                          const std::vector<std::string>& functions, const CivilDate& day) {
  const auto* profile = directory::DatedOnOrFirst(office.profiles(), day);
  if (profile == nullptr) return "";
  const auto& has = profile->functions();
  const auto found = std::find_if(functions.begin(), functions.end(), [&](const auto& function) {
    return std::find(has.begin(), has.end(), function) != has.end();
  });
  return found == functions.end() ? "" : *found;
}

absl::StatusOr<std::optional<v1::LeadChoice>> JudgeLead(const std::string& entry_point,
                                                        const std::string& accountable,
                                                        const CivilDate& since,
                                                        const Context& context) {
  if (entry_point.empty()) return std::nullopt;
  static const std::map<std::string, std::string> none;
  ASSIGN_OR_RETURN(
      const auto functions,
      ProposedFunctions(entry_point, context.parameters == nullptr ? none : *context.parameters));
  v1::LeadChoice choice;
  choice.set_entry_point(entry_point);
  for (const std::string& function : functions) choice.add_proposed_functions(function);
  const auto* office = context.Related<directory::v1::OfficeState>(accountable);
  choice.set_as_proposed(office != nullptr && !FunctionAmong(*office, functions, since).empty());
  if (!choice.as_proposed() && context.reason.empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_LEAD_CHOICE_NEEDS_REASON,
                  fmt::format("work that begins with {} is led by an office for {}", entry_point,
                              fmt::join(functions, " or ")))
        .Field("header.reason")
        .Mend("Say why another office leads, or name one of the proposed ones (ProposeLead).")
        .With("office", accountable);
  }
  if (!choice.as_proposed()) choice.set_reason(context.reason);
  return choice;
}

}  // namespace kasundo::assignments
