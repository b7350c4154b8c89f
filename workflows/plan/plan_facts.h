// What each event makes of a plan's state: one Apply per event, called by Plan::Evolve. None can
// refuse.
#pragma once

#include "kasundo/plans/v1/plans_events.pb.h"

namespace kasundo::plans {

void Apply(const v1::PlanCreated& event, v1::PlanState& state);
void Apply(const v1::PlanDescribed& event, v1::PlanState& state);
void Apply(const v1::ItemAdded& event, v1::PlanState& state);
void Apply(const v1::ItemDescribed& event, v1::PlanState& state);
void Apply(const v1::ItemScheduled& event, v1::PlanState& state);
void Apply(const v1::DependenciesSet& event, v1::PlanState& state);
void Apply(const v1::IndicatorsSet& event, v1::PlanState& state);
void Apply(const v1::ItemMoved& event, v1::PlanState& state);
void Apply(const v1::ItemRemoved& event, v1::PlanState& state);
void Apply(const v1::ItemSkipped& event, v1::PlanState& state);
void Apply(const v1::ItemResumed& event, v1::PlanState& state);
void Apply(const v1::CostSet& event, v1::PlanState& state);
void Apply(const v1::ResponsibleAssigned& event, v1::PlanState& state);
void Apply(const v1::ResponsibilityTransferred& event, v1::PlanState& state);
void Apply(const v1::ContributorsSet& event, v1::PlanState& state);
void Apply(const v1::OwnerAfterFundingNamed& event, v1::PlanState& state);
void Apply(const v1::UptakeRecorded& event, v1::PlanState& state);
void Apply(const v1::ObligationsLinked& event, v1::PlanState& state);
void Apply(const v1::BudgetLineAdded& event, v1::PlanState& state);
void Apply(const v1::BudgetLineChanged& event, v1::PlanState& state);
void Apply(const v1::BudgetLineRemoved& event, v1::PlanState& state);
void Apply(const v1::ContributionAdded& event, v1::PlanState& state);
void Apply(const v1::ContributionRemoved& event, v1::PlanState& state);
void Apply(const v1::BaselineStudyLinked& event, v1::PlanState& state);
void Apply(const v1::BaselineWaived& event, v1::PlanState& state);
void Apply(const v1::FoundationShown& event, v1::PlanState& state);
void Apply(const v1::RiskAdded& event, v1::PlanState& state);
void Apply(const v1::RiskRetired& event, v1::PlanState& state);
void Apply(const v1::SlippagePolicyFollowed& event, v1::PlanState& state);
void Apply(const v1::PlanProposed& event, v1::PlanState& state);
void Apply(const v1::PlanReturned& event, v1::PlanState& state);
void Apply(const v1::PlanApproved& event, v1::PlanState& state);
void Apply(const v1::RevisionOpened& event, v1::PlanState& state);
void Apply(const v1::RevisionDropped& event, v1::PlanState& state);
void Apply(const v1::ProgressReported& event, v1::PlanState& state);
void Apply(const v1::ProgressCorrected& event, v1::PlanState& state);
void Apply(const v1::SlippageAssessed& event, v1::PlanState& state);
void Apply(const v1::SlippageBandEntered& event, v1::PlanState& state);
void Apply(const v1::SlippageBandLeft& event, v1::PlanState& state);
void Apply(const v1::PlanClosed& event, v1::PlanState& state);
void Apply(const v1::PlanAbandoned& event, v1::PlanState& state);
void Apply(const v1::ImprovementsTaken& event, v1::PlanState& state);
void Apply(const v1::NeedListed& event, v1::PlanState& state);
void Apply(const v1::NeedSettled& event, v1::PlanState& state);

}  // namespace kasundo::plans
