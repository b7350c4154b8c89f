#include "services/assignments/assignment_mapping.h"

#include "workflows/assignment/function_decider.h"
#include "workflows/assignment/tenures.h"

namespace kasundo::assignments {
namespace {

// What only one assignment at a time is asked for: it may be long.
void AddRegisters(const v1::AssignmentState& state, v1::Assignment& assignment) {
  *assignment.mutable_tenures() = state.tenures();
  *assignment.mutable_reports() = state.reports();
  *assignment.mutable_delegations() = state.delegations();
  *assignment.mutable_promises() = state.promises();
  *assignment.mutable_confirmations() = state.confirmations();
  *assignment.mutable_trainings() = state.trainings();
  *assignment.mutable_granted_times() = state.granted_times();
}

}  // namespace

v1::Function ToFunction(const v1::FunctionState& state, const CivilDate& on, bool in_list) {
  v1::Function function;
  if (const v1::FunctionVersion* version = VersionOnOrNearest(state, on)) {
    function.set_title(version->title());
    *function.mutable_version() = *version;
  }
  if (!in_list) *function.mutable_versions() = state.versions();
  function.set_keeper_office(state.keeper_office());
  function.set_successor(state.successor());
  if (state.has_retired_on()) *function.mutable_retired_on() = state.retired_on();
  function.set_reason(state.reason());
  return function;
}

v1::Assignment ToAssignment(const v1::AssignmentState& state, const CivilDate& on, bool in_list) {
  v1::Assignment assignment;
  assignment.set_title(state.title());
  assignment.set_function(state.function());
  assignment.set_function_version(state.function_version());
  assignment.set_territory(state.territory());
  assignment.set_subject(state.subject());
  assignment.set_part(state.part());
  assignment.set_mandate(state.mandate());
  *assignment.mutable_legal_bases() = state.legal_bases();
  assignment.set_assigned_by(state.assigned_by());
  if (const v1::Tenure* tenure = TenureOn(state.tenures(), on)) {
    *assignment.mutable_tenure() = *tenure;
  }
  if (state.has_offer()) *assignment.mutable_offer() = state.offer();
  if (state.has_lead_choice()) *assignment.mutable_lead_choice() = state.lead_choice();
  if (state.has_embassy()) *assignment.mutable_embassy() = state.embassy();
  if (state.has_report_due()) *assignment.mutable_report_due() = state.report_due();
  if (state.has_confirm_by()) *assignment.mutable_confirm_by() = state.confirm_by();
  if (state.has_until()) *assignment.mutable_until() = state.until();
  assignment.set_successor(state.successor());
  assignment.set_reason(state.reason());
  if (!in_list) AddRegisters(state, assignment);
  return assignment;
}

v1::CoverageRule ToCoverageRule(const v1::CoverageRuleState& state) {
  v1::CoverageRule rule;
  rule.set_title(state.title());
  for (int i = 0; i < state.demands_size(); ++i) {
    *(i + 1 == state.demands_size() ? rule.mutable_demand() : rule.add_earlier()) =
        state.demands(i);
  }
  rule.set_set_by(state.set_by());
  if (state.has_until()) *rule.mutable_until() = state.until();
  rule.set_reason(state.reason());
  return rule;
}

v1::Portfolio ToPortfolio(const v1::PortfolioState& state) {
  v1::Portfolio portfolio;
  portfolio.set_office(state.office());
  *portfolio.mutable_claims() = state.claims();
  return portfolio;
}

}  // namespace kasundo::assignments
