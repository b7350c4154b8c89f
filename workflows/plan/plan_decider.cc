#include "workflows/plan/plan_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/refusal.h"
#include "workflows/plan/plan_commands.h"
#include "workflows/plan/plan_facts.h"
#include "workflows/plan/plan_review.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using State = v1::PlanState;
using Parameters = std::map<std::string, std::string>;

bool IsResponsible(const State& state, const Context& context) {
  if (context.actor.office().empty()) return false;
  const auto& items = ApprovedTree(state).items();
  return std::any_of(items.begin(), items.end(), [&](const v1::PlanItem& item) {
    return item.level() == v1::ITEM_LEVEL_ACTIVITY && item.owner_office() == context.actor.office();
  });
}

}  // namespace

State Plan::Evolve(State state, const Event& event) {
  using E = v1::PlanEvent;
  switch (event.event_case()) {
    case E::kPlanCreated:
      Apply(event.plan_created(), state);
      break;
    case E::kPlanDescribed:
      Apply(event.plan_described(), state);
      break;
    case E::kItemAdded:
      Apply(event.item_added(), state);
      break;
    case E::kItemDescribed:
      Apply(event.item_described(), state);
      break;
    case E::kItemScheduled:
      Apply(event.item_scheduled(), state);
      break;
    case E::kDependenciesSet:
      Apply(event.dependencies_set(), state);
      break;
    case E::kIndicatorsSet:
      Apply(event.indicators_set(), state);
      break;
    case E::kItemMoved:
      Apply(event.item_moved(), state);
      break;
    case E::kItemRemoved:
      Apply(event.item_removed(), state);
      break;
    case E::kItemSkipped:
      Apply(event.item_skipped(), state);
      break;
    case E::kItemResumed:
      Apply(event.item_resumed(), state);
      break;
    case E::kCostSet:
      Apply(event.cost_set(), state);
      break;
    case E::kResponsibleAssigned:
      Apply(event.responsible_assigned(), state);
      break;
    case E::kResponsibilityTransferred:
      Apply(event.responsibility_transferred(), state);
      break;
    case E::kContributorsSet:
      Apply(event.contributors_set(), state);
      break;
    case E::kOwnerAfterFundingNamed:
      Apply(event.owner_after_funding_named(), state);
      break;
    case E::kUptakeRecorded:
      Apply(event.uptake_recorded(), state);
      break;
    case E::kObligationsLinked:
      Apply(event.obligations_linked(), state);
      break;
    case E::kBudgetLineAdded:
      Apply(event.budget_line_added(), state);
      break;
    case E::kBudgetLineChanged:
      Apply(event.budget_line_changed(), state);
      break;
    case E::kBudgetLineRemoved:
      Apply(event.budget_line_removed(), state);
      break;
    case E::kContributionAdded:
      Apply(event.contribution_added(), state);
      break;
    case E::kContributionRemoved:
      Apply(event.contribution_removed(), state);
      break;
    case E::kBaselineStudyLinked:
      Apply(event.baseline_study_linked(), state);
      break;
    case E::kBaselineWaived:
      Apply(event.baseline_waived(), state);
      break;
    case E::kFoundationShown:
      Apply(event.foundation_shown(), state);
      break;
    case E::kRiskAdded:
      Apply(event.risk_added(), state);
      break;
    case E::kRiskRetired:
      Apply(event.risk_retired(), state);
      break;
    case E::kSlippagePolicyFollowed:
      Apply(event.slippage_policy_followed(), state);
      break;
    case E::kPlanProposed:
      Apply(event.plan_proposed(), state);
      break;
    case E::kPlanReturned:
      Apply(event.plan_returned(), state);
      break;
    case E::kPlanApproved:
      Apply(event.plan_approved(), state);
      break;
    case E::kRevisionOpened:
      Apply(event.revision_opened(), state);
      break;
    case E::kRevisionDropped:
      Apply(event.revision_dropped(), state);
      break;
    case E::kProgressReported:
      Apply(event.progress_reported(), state);
      break;
    case E::kProgressCorrected:
      Apply(event.progress_corrected(), state);
      break;
    case E::kSlippageAssessed:
      Apply(event.slippage_assessed(), state);
      break;
    case E::kSlippageBandEntered:
      Apply(event.slippage_band_entered(), state);
      break;
    case E::kSlippageBandLeft:
      Apply(event.slippage_band_left(), state);
      break;
    case E::kPlanClosed:
      Apply(event.plan_closed(), state);
      break;
    case E::kPlanAbandoned:
      Apply(event.plan_abandoned(), state);
      break;
    case E::kImprovementsTaken:
      Apply(event.improvements_taken(), state);
      break;
    case E::kNeedListed:
      Apply(event.need_listed(), state);
      break;
    case E::kNeedSettled:
      Apply(event.need_settled(), state);
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Plan::Traits() {
  static const KindTraits traits{"plan", "plans", ""};
  return traits;
}

const std::vector<CommandCase<Plan>>& Plan::Commands() {
  static const std::vector<CommandCase<Plan>> cases = {
      On(&CreatePlan, {"PlanCreated"}),
      On(&CreatePlanFromTemplate, {"PlanCreated"}),
      On(&TakeImprovements, {"ImprovementsTaken"}),
      On(&DescribePlan, {"PlanDescribed"}),
      On(&LinkBaselineStudy, {"BaselineStudyLinked"}),
      On(&WaiveBaseline, {"BaselineWaived"}),
      On(&ShowFoundation, {"FoundationShown"}),
      On(&AddRisk, {"RiskAdded"}),
      On(&RetireRisk, {"RiskRetired"}),
      On(&FollowSlippagePolicy, {"SlippagePolicyFollowed"}),
      On(&AddItem, {"ItemAdded"}),
      On(&DescribeItem, {"ItemDescribed"}),
      On(&ScheduleItem, {"ItemScheduled"}),
      On(&SetDependencies, {"DependenciesSet"}),
      On(&SetIndicators, {"IndicatorsSet"}),
      On(&MoveItem, {"ItemMoved"}),
      On(&RemoveItem, {"ItemRemoved"}),
      On(&SkipItem, {"ItemSkipped"}),
      On(&ResumeItem, {"ItemResumed"}),
      On(&AssignResponsible, {"ResponsibleAssigned"}),
      On(&TransferResponsibility, {"ResponsibilityTransferred"}),
      On(&SetContributors, {"ContributorsSet"}),
      On(&NameOwnerAfterFunding, {"OwnerAfterFundingNamed"}),
      On(&RecordUptake, {"UptakeRecorded"}),
      On(&LinkObligations, {"ObligationsLinked"}),
      On(&SetCost, {"CostSet"}),
      On(&AddBudgetLine, {"BudgetLineAdded"}),
      On(&ChangeBudgetLine, {"BudgetLineChanged"}),
      On(&RemoveBudgetLine, {"BudgetLineRemoved"}),
      On(&AddContribution, {"ContributionAdded"}),
      On(&RemoveContribution, {"ContributionRemoved"}),
      On(&ProposePlan, {"PlanProposed"}),
      On(&ReturnPlan, {"PlanReturned"}),
      On(&ApprovePlan,
         {"PlanApproved", "SlippageAssessed", "SlippageBandEntered", "SlippageBandLeft"}),
      On(&OpenRevision, {"RevisionOpened"}),
      On(&DropRevision, {"RevisionDropped"}),
      On(&ClosePlan, {"PlanClosed"}),
      On(&AbandonPlan, {"PlanAbandoned"}),
      On(&ReportActivities,
         {"ProgressReported", "SlippageAssessed", "SlippageBandEntered", "SlippageBandLeft"}),
      On(&CorrectActivityReport,
         {"ProgressCorrected", "SlippageAssessed", "SlippageBandEntered", "SlippageBandLeft"}),
      On(&AssessSlippage, {"SlippageAssessed", "SlippageBandEntered", "SlippageBandLeft"}),
      // Sent by process managers.
      On(&ListNeed, {"NeedListed"}),
      On(&SettleNeed, {"NeedSettled"}),
  };
  return cases;
}

const std::vector<RoleCase<Plan>>& Plan::Roles() {
  static const std::vector<RoleCase<Plan>> roles = {
      {"planner", "who acts in any office and begins a plan",
       [](const State& state, const Context& context) {
         return state.title().empty() && !context.actor.office().empty();
       }},
      {"owner", "who acts in the office that keeps the plan",
       [](const State& state, const Context& context) {
         return !state.owner_office().empty() && state.owner_office() == context.actor.office();
       }},
      {"secretariat", "who acts in the secretariat of the body that approves the plan",
       [](const State& state, const Context& context) {
         return committees::IsSecretariatOfBody(context, state.body());
       }},
      {"responsible", "who acts in an office that is responsible for one of its activities",
       IsResponsible},
  };
  return roles;
}

const std::vector<GuardCase<Plan>>& Plan::Guards() {
  static const std::vector<GuardCase<Plan>> guards = {
      {"foundations-complete",
       "legal basis, budget, personnel and data are there",
       {},
       [](const State& state, const Context&, const Parameters&) {
         return CheckFoundations(state);
       }},
      {"sources-equal-uses",
       "the money of each item and of the plan is as much as its cost",
       {},
       [](const State& state, const Context&, const Parameters&) { return CheckBalance(state); }},
      {"baseline-linked",
       "a baseline study is linked, or somebody signed for a plan without",
       {},
       [](const State& state, const Context&, const Parameters&) { return CheckBaseline(state); }},
  };
  return guards;
}

}  // namespace kasundo::plans
