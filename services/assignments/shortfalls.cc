#include "services/assignments/shortfalls.h"

#include <algorithm>
#include <map>
#include <set>

#include "workflows/assignment/coverage_rule_decider.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/term.h"

namespace kasundo::assignments {
namespace {

// What an institution has by one demand.
struct Held {
  std::set<std::string> offices;
  std::set<std::string> people;  // who has the training
  int granted_days_per_month = 0;
};

bool CoversKind(const v1::CoverageDemand& demand, const directory::v1::OrganisationState& state,
                const CivilDate& on) {
  const auto& kinds = demand.organisation_kinds();
  if (kinds.empty()) return true;
  const auto* profile = directory::DatedOnOrFirst(state.profiles(), on);
  return profile != nullptr &&
         std::find(kinds.begin(), kinds.end(), profile->kind()) != kinds.end();
}

bool IsCovered(const v1::CoverageDemand& demand, const directory::v1::OrganisationState& state,
               const CivilDate& on) {
  if (state.names().empty() || !Covers(state.names(0).since(), state.ended_on(), on)) return false;
  if (!demand.territory().empty() && demand.territory() != state.territory()) return false;
  return CoversKind(demand, state, on);
}

int GrantedTo(const std::string& office, const v1::AssignmentState& state, const CivilDate& on) {
  int days = 0;
  for (const v1::GrantedTime& time : state.granted_times()) {
    if (time.office() == office && Covers(time.since(), time.until(), on)) {
      days += time.days_per_month();
    }
  }
  return days;
}

// What each institution has, by its name.
std::map<std::string, Held> HeldBy(const v1::CoverageDemand& demand,
                                   const std::vector<KnownAssignment>& assignments,
                                   const OfficeLookup& offices, const CivilDate& on) {
  std::map<std::string, Held> held;
  for (const KnownAssignment& assignment : assignments) {
    const v1::Tenure* tenure = TenureOn(assignment.state->tenures(), on);
    if (tenure == nullptr) continue;
    if (!demand.function().empty() && assignment.state->function() != demand.function()) continue;
    for (const std::string& name : AnswerableOffices(tenure->offices())) {
      const auto office = offices(name);
      if (office == nullptr) continue;
      Held& of_institution = held[directory::OrganisationOn(*office, on)];
      of_institution.offices.insert(name);
      of_institution.granted_days_per_month += GrantedTo(name, *assignment.state, on);
      for (const v1::TrainingRecord& record : assignment.state->trainings()) {
        if (record.office() == name && record.training() == demand.training() &&
            First(record.on()) <= Last(on)) {
          of_institution.people.insert(record.person());
        }
      }
    }
  }
  return held;
}

}  // namespace

v1::ListShortfallsResponse ShortfallsOn(const CivilDate& on, const std::vector<KnownRule>& rules,
                                        const std::vector<KnownOrganisation>& organisations,
                                        const std::vector<KnownAssignment>& assignments,
                                        const OfficeLookup& offices) {
  v1::ListShortfallsResponse response;
  *response.mutable_on() = on;
  for (const KnownRule& rule : rules) {
    const v1::CoverageDemand* demand = DemandOn(*rule.state, on);
    if (demand == nullptr) continue;
    const auto held = HeldBy(*demand, assignments, offices, on);
    for (const KnownOrganisation& organisation : organisations) {
      if (!IsCovered(*demand, *organisation.state, on)) continue;
      response.set_covered(response.covered() + 1);
      const auto found = held.find(organisation.name);
      const Held has = found == held.end() ? Held() : found->second;
      const int count =
          static_cast<int>(demand->training().empty() ? has.offices.size() : has.people.size());
      if (count >= demand->minimum()) continue;
      v1::Shortfall& shortfall = *response.add_shortfalls();
      shortfall.set_organisation(organisation.name);
      shortfall.set_rule(rule.name);
      shortfall.set_title(rule.state->title());
      shortfall.set_has(count);
      shortfall.set_minimum(demand->minimum());
      for (const std::string& office : has.offices) shortfall.add_offices(office);
      shortfall.set_granted_days_per_month(has.granted_days_per_month);
    }
  }
  std::stable_sort(response.mutable_shortfalls()->begin(), response.mutable_shortfalls()->end(),
                   [](const v1::Shortfall& a, const v1::Shortfall& b) {
                     return a.organisation() < b.organisation();
                   });
  return response;
}

}  // namespace kasundo::assignments
