// The body's decision on a plan, its versions, its end.
#include "fmt/format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/plan_assessment.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_commands.h"
#include "workflows/plan/plan_review.h"

namespace kasundo::plans {

PlanEvents ProposePlan(const v1::ProposePlanRequest&, const PlanState& state, const Context&) {
  RETURN_IF_ERROR(CheckComplete(state));
  v1::PlanEvent event;
  event.mutable_plan_proposed();
  return {{std::move(event)}};
}

PlanEvents ReturnPlan(const v1::ReturnPlanRequest&, const PlanState&, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::PlanEvent event;
  event.mutable_plan_returned()->set_reason(context.reason);
  return {{std::move(event)}};
}

PlanEvents ApprovePlan(const v1::ApprovePlanRequest& request, const PlanState& state,
                       const Context& context) {
  RETURN_IF_ERROR(CheckComplete(state));
  RETURN_IF_ERROR(CheckApproval(request.approval(), state.body(), context));
  const bool revised = state.has_revision();
  if (revised && state.tree().SerializeAsString() == state.baseline().SerializeAsString()) {
    return NothingToChange("the revision changes nothing");
  }
  std::vector<v1::PlanEvent> events(1);
  v1::PlanVersion& version = *events[0].mutable_plan_approved()->mutable_version();
  version.set_version(state.versions_size() + 1);
  *version.mutable_approval() = request.approval();
  *version.mutable_approved_on() = context.today;
  version.set_reason(state.revision().reason());
  version.set_study(state.revision().study());
  // Another baseline is another target: what was reported is judged by it from now on.
  if (revised && !state.progress().empty()) {
    AppendAssessment(state, context.today, JudgeWhole::kOnceAllHaveReported, context, events);
  }
  return events;
}

PlanEvents OpenRevision(const v1::OpenRevisionRequest& request, const PlanState& state,
                        const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  if (!request.study().empty() && FindById(state.studies(), request.study()) == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_STUDY_NOT_FOUND,
                  fmt::format("the plan has no study \"{}\"", request.study()))
        .Field("study")
        .Mend("Link the study first (LinkBaselineStudy).");
  }
  v1::PlanEvent event;
  v1::PlanRevision& revision = *event.mutable_revision_opened()->mutable_revision();
  revision.set_reason(context.reason);
  revision.set_study(request.study());
  *revision.mutable_opened_on() = context.today;
  return {{std::move(event)}};
}

PlanEvents DropRevision(const v1::DropRevisionRequest&, const PlanState&, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::PlanEvent event;
  event.mutable_revision_dropped()->set_reason(context.reason);
  return {{std::move(event)}};
}

PlanEvents ClosePlan(const v1::ClosePlanRequest& request, const PlanState&, const Context&) {
  v1::PlanEvent event;
  *event.mutable_plan_closed()->mutable_assessment() = request.assessment();
  return {{std::move(event)}};
}

PlanEvents AbandonPlan(const v1::AbandonPlanRequest&, const PlanState&, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::PlanEvent event;
  event.mutable_plan_abandoned()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace kasundo::plans
