#include "workflows/plan/need_decider.h"

#include "fmt/format.h"
#include "kasundo/plans/v1/needs_service.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using State = v1::NeedState;
using Decision = absl::StatusOr<std::vector<v1::NeedEvent>>;

Decision VoiceNeed(const v1::VoiceNeedRequest& request, const State&, const Context& context) {
  const CivilDate& voiced_on = request.has_voiced_on() ? request.voiced_on() : context.today;
  RETURN_IF_ERROR(CheckNotAhead("voiced_on", voiced_on, context));
  v1::NeedEvent event;
  v1::NeedVoiced& voiced = *event.mutable_need_voiced();
  voiced.set_text(request.text());
  voiced.set_occasion(request.occasion());
  voiced.set_meeting(request.meeting());
  *voiced.mutable_voiced_on() = voiced_on;
  voiced.set_voiced_by(request.voiced_by());
  *voiced.mutable_territories() = request.territories();
  voiced.set_plan(request.plan());
  return {{std::move(event)}};
}

Decision AnswerNeed(const v1::AnswerNeedRequest& request, const State& state,
                    const Context& context) {
  // Requirement 72: in plan, later or no, and a reason.
  const bool in_plan = request.answer() == v1::NEED_ANSWER_IN_PLAN;
  if (in_plan ? request.item().empty() : request.reason().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ANSWER_INCOMPLETE,
                  in_plan ? "which item of the plan meets it?" : "why later, or why not?")
        .Field(in_plan ? "item" : "reason")
        .Mend("Those who asked will read the answer: name the item, or the reason.");
  }
  if (in_plan) {
    const auto* plan = context.Related<v1::PlanState>(state.plan());
    if (plan != nullptr) RETURN_IF_ERROR(FindItemOr(plan->tree(), "item", request.item()).status());
  }
  v1::NeedEvent event;
  v1::NeedAnswered& answered = *event.mutable_need_answered();
  answered.set_plan(state.plan());
  answered.set_answer(request.answer());
  if (in_plan) answered.set_item(request.item());
  answered.set_reason(request.reason());
  *answered.mutable_answered_on() = context.today;
  return {{std::move(event)}};
}

Decision ReopenNeed(const v1::ReopenNeedRequest& request, const State& state,
                    const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::NeedEvent event;
  event.mutable_need_reopened()->set_plan(request.plan().empty() ? state.plan() : request.plan());
  event.mutable_need_reopened()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State Need::Evolve(State state, const Event& event) {
  using E = v1::NeedEvent;
  switch (event.event_case()) {
    case E::kNeedVoiced: {
      const v1::NeedVoiced& voiced = event.need_voiced();
      state.set_text(voiced.text());
      state.set_occasion(voiced.occasion());
      state.set_meeting(voiced.meeting());
      *state.mutable_voiced_on() = voiced.voiced_on();
      state.set_voiced_by(voiced.voiced_by());
      *state.mutable_territories() = voiced.territories();
      state.set_plan(voiced.plan());
      break;
    }
    case E::kNeedAnswered:
      state.set_answer(event.need_answered().answer());
      state.set_item(event.need_answered().item());
      state.set_reason(event.need_answered().reason());
      *state.mutable_answered_on() = event.need_answered().answered_on();
      break;
    case E::kNeedReopened:
      state.set_plan(event.need_reopened().plan());
      state.clear_answer();
      state.clear_item();
      state.set_reason(event.need_reopened().reason());
      state.clear_answered_on();
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Need::Traits() {
  static const KindTraits traits{"need", "needs", ""};
  return traits;
}

const std::vector<CommandCase<Need>>& Need::Commands() {
  static const std::vector<CommandCase<Need>> cases = {
      On(&VoiceNeed, {"NeedVoiced"}),
      On(&AnswerNeed, {"NeedAnswered"}),
      On(&ReopenNeed, {"NeedReopened"}),
  };
  return cases;
}

const std::vector<RoleCase<Need>>& Need::Roles() {
  static const std::vector<RoleCase<Need>> roles = {
      {"planner",
       "who acts in the office that keeps the plan, or in the secretariat of the body that "
       "approves "
       "it",
       [](const State& state, const Context& context) {
         const auto* plan = context.Related<v1::PlanState>(state.plan());
         return plan != nullptr && ((!context.actor.office().empty() &&
                                     plan->owner_office() == context.actor.office()) ||
                                    committees::IsSecretariatOfBody(context, plan->body()));
       }},
  };
  return roles;
}

const std::vector<GuardCase<Need>>& Need::Guards() {
  static const std::vector<GuardCase<Need>> guards;
  return guards;
}

}  // namespace kasundo::plans
