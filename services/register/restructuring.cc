#include "services/register/restructuring.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/descriptor.h"
#include "kasundo/api/v1/annotations.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "services/register/realm_view.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

using directory::v1::CloseOfficeRequest;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kCloseOffice[] = "kasundo.directory.v1.Directory.CloseOffice";
constexpr size_t kMostNamed = 10;
constexpr char kLastDay[] = "until";

bool IsNeeded(const continuity::v1::InstanceContinuity& item, const std::string& office) {
  return std::any_of(item.steps().begin(), item.steps().end(),
                     [&](const auto& step) { return continuity::IsNeeded(step, office); });
}

bool IsOver(const Message& part, const CivilDate& day) {
  const FieldDescriptor* until = part.GetDescriptor()->FindFieldByName(kLastDay);
  if (until == nullptr || until->is_repeated() ||
      until->message_type() != CivilDate::descriptor() ||
      !part.GetReflection()->HasField(part, until)) {
    return false;
  }
  const auto& last = static_cast<const CivilDate&>(part.GetReflection()->GetMessage(part, until));
  return Last(last) <= Last(day);
}

// Names of the open items that need a new owner once the office is closed, in order.
absl::StatusOr<std::vector<std::string>> HeldBy(const CallContext& call,
                                                const CloseOfficeRequest& request) {
  const std::string& office = request.name();
  const std::string realm(RealmOf(office));
  const CivilDate today = call.Today(realm);
  // What was over before today is history, also for an office whose end is entered late.
  const CivilDate& last_day = Before(today, request.on()) ? request.on() : today;
  ASSIGN_OR_RETURN(const auto view, continuity::RealmView::Read(call.engine(), realm, today));
  ASSIGN_OR_RETURN(const auto items, view.Open(realm, {}));
  std::vector<std::string> held;
  for (const auto& item : items) {
    if (!IsNeeded(item, office)) {
      ASSIGN_OR_RETURN(const Instance instance, call.engine().Get(item.name()));
      if (!NamesAsOwner(*instance.state, office, last_day)) continue;
    }
    held.push_back(item.name());
  }
  std::sort(held.begin(), held.end());
  return held;
}

absl::Status CheckNothingHangsOn(const CloseOfficeRequest& request, const CallContext& call) {
  ASSIGN_OR_RETURN(const auto held, HeldBy(call, request));
  if (held.empty()) return absl::OkStatus();
  const std::vector<std::string> first(
      held.begin(), held.begin() + static_cast<std::ptrdiff_t>(std::min(held.size(), kMostNamed)));
  const std::string more =
      held.size() > kMostNamed ? fmt::format(" and {} more", held.size() - kMostNamed) : "";
  return Refuse(absl::StatusCode::kFailedPrecondition, directory::v1::REASON_ITEMS_OPEN,
                fmt::format("{} open {} of this office {} no new owner: {}{}", held.size(),
                            held.size() == 1 ? "item" : "items", held.size() == 1 ? "has" : "have",
                            fmt::join(first, ", "), more))
      .Field("name")
      .Mend(
          "Give each to another office, or finish it; kasundo continuity --office lists what is "
          "open.")
      .With("items", static_cast<int64_t>(held.size()));
}

}  // namespace

bool NamesAsOwner(const Message& state, std::string_view office, const CivilDate& day) {
  const auto* reflection = state.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(state, &fields);
  return std::any_of(fields.begin(), fields.end(), [&](const FieldDescriptor* field) {
    const int count = field->is_repeated() ? reflection->FieldSize(state, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        const Message& inner = field->is_repeated()
                                   ? reflection->GetRepeatedMessage(state, field, i)
                                   : reflection->GetMessage(state, field);
        if (!IsOver(inner, day) && NamesAsOwner(inner, office, day)) return true;
      } else if (field->options().GetExtension(api::v1::field).owner()) {
        const std::string owner = field->is_repeated()
                                      ? reflection->GetRepeatedString(state, field, i)
                                      : reflection->GetString(state, field);
        if (owner == office) return true;
      }
    }
    return false;
  });
}

void RegisterRestructuring(ServiceCatalog& catalog) {
  if (catalog.FindMethod(kCloseOffice) == nullptr) return;
  catalog.Prepare<CloseOfficeRequest>(kCloseOffice,
                                      [](CloseOfficeRequest& request, const CallContext& call) {
                                        return CheckNothingHangsOn(request, call);
                                      });
}

}  // namespace kasundo
