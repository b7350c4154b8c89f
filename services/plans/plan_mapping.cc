#include "services/plans/plan_mapping.h"

#include "workflows/plan/allotment_decider.h"
#include "workflows/plan/plan_review.h"

namespace kasundo::plans {
namespace {

// What only one plan at a time is asked for: it may be long.
void AddTree(const v1::PlanState& state, v1::Plan& plan) {
  *plan.mutable_tree() = state.tree();
  if (state.has_baseline()) *plan.mutable_baseline() = state.baseline();
  *plan.mutable_studies() = state.studies();
  *plan.mutable_risks() = state.risks();
  *plan.mutable_progress() = state.progress();
  *plan.mutable_review() = ReviewOf(state);
}

}  // namespace

v1::Plan ToPlan(const v1::PlanState& state, bool in_list) {
  v1::Plan plan;
  plan.set_title(state.title());
  plan.set_description(state.description());
  plan.set_body(state.body());
  plan.set_owner_office(state.owner_office());
  *plan.mutable_territories() = state.territories();
  plan.set_currency(state.currency());
  *plan.mutable_starts_on() = state.starts_on();
  *plan.mutable_ends_on() = state.ends_on();
  if (state.has_funding_ends_on()) *plan.mutable_funding_ends_on() = state.funding_ends_on();
  *plan.mutable_versions() = state.versions();
  if (state.has_revision()) *plan.mutable_revision() = state.revision();
  if (state.has_waiver()) *plan.mutable_waiver() = state.waiver();
  *plan.mutable_foundations() = state.foundations();
  plan.set_slippage_policy(state.slippage_policy());
  if (state.has_figures()) *plan.mutable_figures() = state.figures();
  if (state.has_provenance()) *plan.mutable_provenance() = state.provenance();
  plan.set_previous_cycle(state.previous_cycle());
  plan.set_territory_cap(state.territory_cap());
  if (state.has_assessment()) *plan.mutable_assessment() = state.assessment();
  plan.set_reason(state.reason());
  if (!in_list) AddTree(state, plan);
  return plan;
}

v1::PlanTemplate ToPlanTemplate(const v1::PlanTemplateState& state, bool in_list) {
  v1::PlanTemplate written;
  written.set_title(state.title());
  written.set_description(state.description());
  written.set_author(state.author());
  written.set_source(state.source());
  written.set_shipped(state.shipped());
  if (!in_list) *written.mutable_items() = state.items();
  *written.mutable_versions() = state.versions();
  written.set_retired_reason(state.retired_reason());
  return written;
}

v1::Allotment ToAllotment(const v1::AllotmentState& state, bool in_list) {
  v1::Allotment allotment;
  allotment.set_benefit(state.benefit());
  allotment.set_plan(state.plan());
  allotment.set_item(state.item());
  allotment.set_office(state.office());
  const NextTurn next = NextOf(state);
  allotment.set_round(next.participant == nullptr ? state.round() : next.round);
  if (next.participant != nullptr) allotment.set_next_code(next.participant->code());
  allotment.set_turns(state.turns());
  allotment.set_closed_reason(state.closed_reason());
  if (in_list) return allotment;
  *allotment.mutable_participants() = state.participants();
  *allotment.mutable_latest_turns() = state.latest_turns();
  return allotment;
}

v1::Need ToNeed(const v1::NeedState& state) {
  v1::Need need;
  need.set_text(state.text());
  need.set_occasion(state.occasion());
  need.set_meeting(state.meeting());
  *need.mutable_voiced_on() = state.voiced_on();
  need.set_voiced_by(state.voiced_by());
  *need.mutable_territories() = state.territories();
  need.set_plan(state.plan());
  need.set_answer(state.answer());
  need.set_item(state.item());
  need.set_reason(state.reason());
  if (state.has_answered_on()) *need.mutable_answered_on() = state.answered_on();
  return need;
}

v1::SlippagePolicy ToSlippagePolicy(const v1::SlippagePolicyState& state) {
  v1::SlippagePolicy policy;
  policy.set_title(state.title());
  policy.set_body(state.body());
  *policy.mutable_versions() = state.versions();
  policy.set_retired_reason(state.retired_reason());
  return policy;
}

}  // namespace kasundo::plans
