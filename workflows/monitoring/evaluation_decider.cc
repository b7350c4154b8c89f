#include "workflows/monitoring/evaluation_decider.h"

#include "fmt/format.h"
#include "kasundo/monitoring/v1/evaluations_service.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/acting.h"
#include "workflows/monitoring/oversight.h"

namespace kasundo::monitoring {
namespace {

using State = v1::EvaluationState;
using Decision = absl::StatusOr<std::vector<v1::EvaluationEvent>>;

Decision PlanEvaluation(const v1::PlanEvaluationRequest& request, const State&, const Context&) {
  v1::EvaluationEvent event;
  v1::EvaluationPlanned& planned = *event.mutable_evaluation_planned();
  planned.set_title(request.title());
  planned.set_kind(request.kind());
  planned.set_external(request.external());
  planned.set_about(request.about());
  planned.set_programme(request.programme());
  planned.set_evaluated_office(request.evaluated_office());
  planned.set_body(request.body());
  planned.set_evaluator(request.evaluator());
  *planned.mutable_planned_on() = request.planned_on();
  planned.set_because_replaced(request.because_replaced());
  return {{std::move(event)}};
}

absl::Status Incomplete(std::string what, std::string_view field, std::string_view mend) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_EVALUATION_INCOMPLETE,
                std::move(what))
      .Field(field)
      .Mend(mend);
}

// Requirement 82: questionnaires before and after feed an outcome evaluation, the yearly analysis a
// comprehensive one.
absl::Status CheckFed(v1::EvaluationKind kind, const v1::EvaluationResult& result) {
  if (kind == v1::EVALUATION_KIND_OUTCOME && result.sessions().empty()) {
    return Incomplete("no questionnaires before and after feed it", "result.sessions",
                      "Name the response sessions that show the change.");
  }
  if (kind == v1::EVALUATION_KIND_COMPREHENSIVE &&
      (result.swot().strengths().empty() || result.swot().weaknesses().empty())) {
    return Incomplete("no analysis of strengths and weaknesses feeds it", "result.swot",
                      "Give at least a strength and a weakness.");
  }
  return absl::OkStatus();
}

Decision RecordEvaluation(const v1::RecordEvaluationRequest& request, const State& state,
                          const Context& context) {
  v1::EvaluationEvent event;
  v1::EvaluationResult& result = *event.mutable_evaluation_recorded()->mutable_result();
  result = request.result();
  ASSIGN_OR_RETURN(*result.mutable_recorded_by(),
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  const std::string& evaluated = state.planned().evaluated_office();
  const bool its_own = request.has_on_behalf_of() ? result.recorded_by().office() == evaluated
                                                  : ActsForOffice(context, evaluated);
  if (its_own) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_EVALUATED_CANNOT_EDIT,
                  "the evaluated office cannot record what is found about it")
        .Mend("Let the body that ordered it record it; the office may reply.");
  }
  RETURN_IF_ERROR(CheckFed(state.planned().kind(), result));
  if (!result.has_on()) *result.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision ReplyToEvaluation(const v1::ReplyToEvaluationRequest& request, const State&,
                           const Context& context) {
  v1::EvaluationEvent event;
  v1::EvaluationReply& reply = *event.mutable_evaluation_replied()->mutable_reply();
  ASSIGN_OR_RETURN(*reply.mutable_by(),
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  reply.set_text(request.text());
  *reply.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision DecideOnProgramme(const v1::DecideOnProgrammeRequest& request, const State&,
                           const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::EvaluationEvent event;
  event.mutable_programme_decided()->set_fate(request.fate());
  event.mutable_programme_decided()->set_reason(context.reason);
  return {{std::move(event)}};
}

Decision CancelEvaluation(const v1::CancelEvaluationRequest&, const State&,
                          const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::EvaluationEvent event;
  event.mutable_evaluation_cancelled()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State Evaluation::Evolve(State state, const Event& event) {
  using E = v1::EvaluationEvent;
  switch (event.event_case()) {
    case E::kEvaluationPlanned:
      *state.mutable_planned() = event.evaluation_planned();
      break;
    case E::kEvaluationRecorded:
      *state.mutable_result() = event.evaluation_recorded().result();
      break;
    case E::kEvaluationReplied:
      *state.add_replies() = event.evaluation_replied().reply();
      break;
    case E::kProgrammeDecided:
      state.set_fate(event.programme_decided().fate());
      state.set_reason(event.programme_decided().reason());
      break;
    case E::kEvaluationCancelled:
      state.set_reason(event.evaluation_cancelled().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Evaluation::Traits() {
  static const KindTraits traits{"evaluation", "evaluations", ""};
  return traits;
}

const std::vector<CommandCase<Evaluation>>& Evaluation::Commands() {
  static const std::vector<CommandCase<Evaluation>> cases = {
      On(&PlanEvaluation, {"EvaluationPlanned"}),     On(&RecordEvaluation, {"EvaluationRecorded"}),
      On(&ReplyToEvaluation, {"EvaluationReplied"}),  On(&DecideOnProgramme, {"ProgrammeDecided"}),
      On(&CancelEvaluation, {"EvaluationCancelled"}),
  };
  return cases;
}

const std::vector<RoleCase<Evaluation>>& Evaluation::Roles() {
  static const std::vector<RoleCase<Evaluation>> roles = {
      {"evaluated", "who acts in the evaluated office, or in its organisation",
       [](const State& state, const Context& context) {
         return ActsForOffice(context, state.planned().evaluated_office());
       }},
      {"ordering-body", "who belongs to the body that ordered it",
       [](const State& state, const Context& context) {
         return !state.planned().body().empty() && BelongsTo(context, state.planned().body());
       }},
      ActsInAnOffice<Evaluation>(),
  };
  return roles;
}

const std::vector<GuardCase<Evaluation>>& Evaluation::Guards() {
  static const std::vector<GuardCase<Evaluation>> guards = {
      {"replied",
       "the evaluated office has replied",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         if (!state.replies().empty()) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    api::v1::REASON_GUARD_NOT_MET,
                                    "the evaluated office has not replied")
                                 .Mend("Let it reply first."));
       }},
  };
  return guards;
}

}  // namespace kasundo::monitoring
