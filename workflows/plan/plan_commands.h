// The commands of a plan: one function each, grouped in files by what they are about.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/plans/v1/plans_follow_ups.pb.h"
#include "kasundo/plans/v1/plans_requests.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::plans {

using v1::PlanState;
using PlanEvents = absl::StatusOr<std::vector<v1::PlanEvent>>;

// plan_identity.cc: what a plan is, what it stands on.
PlanEvents CreatePlan(const v1::CreatePlanRequest& request, const PlanState& state,
                      const Context& context);
PlanEvents CreatePlanFromTemplate(const v1::CreatePlanFromTemplateRequest& request,
                                  const PlanState& state, const Context& context);
PlanEvents TakeImprovements(const v1::TakeImprovementsRequest& request, const PlanState& state,
                            const Context& context);
PlanEvents DescribePlan(const v1::DescribePlanRequest& request, const PlanState& state,
                        const Context& context);
PlanEvents LinkBaselineStudy(const v1::LinkBaselineStudyRequest& request, const PlanState& state,
                             const Context& context);
PlanEvents WaiveBaseline(const v1::WaiveBaselineRequest& request, const PlanState& state,
                         const Context& context);
PlanEvents ShowFoundation(const v1::ShowFoundationRequest& request, const PlanState& state,
                          const Context& context);
PlanEvents AddRisk(const v1::AddRiskRequest& request, const PlanState& state,
                   const Context& context);
PlanEvents RetireRisk(const v1::RetireRiskRequest& request, const PlanState& state,
                      const Context& context);
PlanEvents FollowSlippagePolicy(const v1::FollowSlippagePolicyRequest& request,
                                const PlanState& state, const Context& context);

// plan_items.cc: the tree.
PlanEvents AddItem(const v1::AddItemRequest& request, const PlanState& state,
                   const Context& context);
PlanEvents DescribeItem(const v1::DescribeItemRequest& request, const PlanState& state,
                        const Context& context);
PlanEvents ScheduleItem(const v1::ScheduleItemRequest& request, const PlanState& state,
                        const Context& context);
PlanEvents SetDependencies(const v1::SetDependenciesRequest& request, const PlanState& state,
                           const Context& context);
PlanEvents SetIndicators(const v1::SetIndicatorsRequest& request, const PlanState& state,
                         const Context& context);
PlanEvents MoveItem(const v1::MoveItemRequest& request, const PlanState& state,
                    const Context& context);
PlanEvents RemoveItem(const v1::RemoveItemRequest& request, const PlanState& state,
                      const Context& context);
PlanEvents SkipItem(const v1::SkipItemRequest& request, const PlanState& state,
                    const Context& context);
PlanEvents ResumeItem(const v1::ResumeItemRequest& request, const PlanState& state,
                      const Context& context);

// plan_offices.cc: who does it, which plans and agreements it serves.
PlanEvents AssignResponsible(const v1::AssignResponsibleRequest& request, const PlanState& state,
                             const Context& context);
PlanEvents TransferResponsibility(const v1::TransferResponsibilityRequest& request,
                                  const PlanState& state, const Context& context);
PlanEvents SetContributors(const v1::SetContributorsRequest& request, const PlanState& state,
                           const Context& context);
PlanEvents NameOwnerAfterFunding(const v1::NameOwnerAfterFundingRequest& request,
                                 const PlanState& state, const Context& context);
PlanEvents RecordUptake(const v1::RecordUptakeRequest& request, const PlanState& state,
                        const Context& context);
PlanEvents LinkObligations(const v1::LinkObligationsRequest& request, const PlanState& state,
                           const Context& context);

// plan_money.cc: what it costs and who pays.
PlanEvents SetCost(const v1::SetCostRequest& request, const PlanState& state,
                   const Context& context);
PlanEvents AddBudgetLine(const v1::AddBudgetLineRequest& request, const PlanState& state,
                         const Context& context);
PlanEvents ChangeBudgetLine(const v1::ChangeBudgetLineRequest& request, const PlanState& state,
                            const Context& context);
PlanEvents RemoveBudgetLine(const v1::RemoveBudgetLineRequest& request, const PlanState& state,
                            const Context& context);
PlanEvents AddContribution(const v1::AddContributionRequest& request, const PlanState& state,
                           const Context& context);
PlanEvents RemoveContribution(const v1::RemoveContributionRequest& request, const PlanState& state,
                              const Context& context);

// plan_approval.cc: the body's decision, versions, the end.
PlanEvents ProposePlan(const v1::ProposePlanRequest& request, const PlanState& state,
                       const Context& context);
PlanEvents ReturnPlan(const v1::ReturnPlanRequest& request, const PlanState& state,
                      const Context& context);
PlanEvents ApprovePlan(const v1::ApprovePlanRequest& request, const PlanState& state,
                       const Context& context);
PlanEvents OpenRevision(const v1::OpenRevisionRequest& request, const PlanState& state,
                        const Context& context);
PlanEvents DropRevision(const v1::DropRevisionRequest& request, const PlanState& state,
                        const Context& context);
PlanEvents ClosePlan(const v1::ClosePlanRequest& request, const PlanState& state,
                     const Context& context);
PlanEvents AbandonPlan(const v1::AbandonPlanRequest& request, const PlanState& state,
                       const Context& context);

// plan_progress.cc: what was done.
PlanEvents ReportActivities(const v1::ReportActivitiesRequest& request, const PlanState& state,
                            const Context& context);
PlanEvents CorrectActivityReport(const v1::CorrectActivityReportRequest& request,
                                 const PlanState& state, const Context& context);
PlanEvents AssessSlippage(const v1::AssessSlippageRequest& request, const PlanState& state,
                          const Context& context);

// plan_needs.cc: what people need of it. Sent by process managers.
PlanEvents ListNeed(const v1::ListNeedRequest& request, const PlanState& state,
                    const Context& context);
PlanEvents SettleNeed(const v1::SettleNeedRequest& request, const PlanState& state,
                      const Context& context);

}  // namespace kasundo::plans
