#include "workflows/assignment/separation.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "workflows/assignment/function_decider.h"
#include "workflows/assignment/portfolio_decider.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/term.h"

namespace kasundo::assignments {
namespace {

// Barangay, municipality, province, region, nation; some room for more.
constexpr int kMostLevels = 16;

bool Oversees(const v1::Claim& claim) { return claim.nature() == v1::FUNCTION_NATURE_OVERSIGHT; }

bool IsWithin(std::string_view inner, std::string_view outer) {
  return inner == outer ||
         (inner.size() > outer.size() && inner.starts_with(outer) && inner[outer.size()] == '/');
}

bool LiesIn(std::string territory, const std::string& outer, const CivilDate& day,
            const Context& context) {
  for (int level = 0; level < kMostLevels && !territory.empty(); ++level) {
    if (territory == outer) return true;
    const auto* state = context.Related<directory::v1::TerritoryState>(territory);
    const auto* placement =
        state == nullptr ? nullptr : directory::DatedOnOrFirst(state->placements(), day);
    territory = placement == nullptr ? "" : placement->within();
  }
  return false;
}

bool WatchesFunction(const v1::Claim& overseeing, const std::string& function,
                     const Context& context) {
  const auto* state = context.Related<v1::FunctionState>(overseeing.function());
  const v1::FunctionVersion* version =
      state == nullptr ? nullptr : VersionOnOrNearest(*state, overseeing.since());
  return version != nullptr && std::find(version->oversees().begin(), version->oversees().end(),
                                         function) != version->oversees().end();
}

// Offices that the people hold who hold `office` on the day, each with that person; itself first,
// with nobody.
std::vector<std::pair<std::string, std::string>> SameHands(const std::string& office,
                                                           const CivilDate& day,
                                                           const Context& context) {
  std::vector<std::pair<std::string, std::string>> hands = {{office, ""}};
  const auto* state = context.Related<directory::v1::OfficeState>(office);
  const auto* term = state == nullptr ? nullptr : directory::HolderOn(*state, day);
  const auto* person =
      term == nullptr ? nullptr : context.Related<directory::v1::PersonState>(term->person());
  if (person == nullptr) return hands;
  for (const std::string& other : person->offices()) {
    const auto* held = context.Related<directory::v1::OfficeState>(other);
    const auto* holder = held == nullptr ? nullptr : directory::HolderOn(*held, day);
    if (other != office && holder != nullptr && holder->person() == term->person()) {
      hands.emplace_back(other, term->person());
    }
  }
  return hands;
}

absl::Status Conflict(const v1::Claim& duty, const v1::Claim& other, const std::string& office,
                      const std::string& held, const std::string& person) {
  const std::string who =
      person.empty() ? office : fmt::format("{}, who holds {} and {},", person, office, held);
  return Refuse(
             absl::StatusCode::kFailedPrecondition, v1::REASON_MONITOR_IS_MONITORED,
             fmt::format("{} would {} what it {} under {}", who, Oversees(duty) ? "monitor" : "do",
                         Oversees(duty) ? "does itself" : "monitors", other.assignment()))
      .Field("offices")
      .Mend("Assign it to an office that has no part in the other, or end that assignment first.")
      .With("office", office)
      .With("assignment", other.assignment())
      .With("person", person);
}

}  // namespace

v1::Claim DutyOf(const v1::AssignmentState& state, const v1::Offer& offer, const Context& context) {
  v1::Claim duty;
  duty.set_assignment(context.instance);
  duty.set_function(state.function());
  duty.set_nature(state.nature());
  duty.set_territory(state.territory());
  duty.set_subject(state.subject());
  duty.set_part(state.part());
  *duty.mutable_since() = offer.since();
  if (offer.has_until()) *duty.mutable_until() = offer.until();
  return duty;
}

bool IsSameItem(const v1::Claim& overseeing, const v1::Claim& doing, const Context& context) {
  if (overseeing.subject().empty()) {
    return WatchesFunction(overseeing, doing.function(), context) &&
           (LiesIn(doing.territory(), overseeing.territory(), doing.since(), context) ||
            LiesIn(overseeing.territory(), doing.territory(), doing.since(), context));
  }
  if (doing.subject().empty()) return false;
  if (overseeing.subject() == doing.subject()) {
    return overseeing.part().empty() || doing.part().empty() || overseeing.part() == doing.part();
  }
  return IsWithin(overseeing.subject(), doing.subject()) ||
         IsWithin(doing.subject(), overseeing.subject());
}

absl::Status CheckSeparation(const v1::Claim& duty, const v1::Offices& offices,
                             const Context& context) {
  for (const std::string& office : AnswerableOffices(offices)) {
    for (const auto& [held, person] : SameHands(office, duty.since(), context)) {
      const auto* portfolio = context.Related<v1::PortfolioState>(PortfolioOf(held));
      if (portfolio == nullptr) continue;
      for (const v1::Claim& other : portfolio->claims()) {
        if (other.assignment() == duty.assignment() || Oversees(other) == Oversees(duty) ||
            !Overlap(other.since(), other.until(), duty.since(), duty.until())) {
          continue;
        }
        const bool same =
            Oversees(duty) ? IsSameItem(duty, other, context) : IsSameItem(other, duty, context);
        if (same) return Conflict(duty, other, office, held, person);
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace kasundo::assignments
