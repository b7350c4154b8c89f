#include "services/monitoring/evaluation_mapping.h"

#include <map>
#include <string>

#include "fmt/format.h"
#include "kasundo/monitoring/v1/evaluations_events.pb.h"
#include "kasundo/monitoring/v1/response_sessions_events.pb.h"
#include "services/monitoring/each_instance.h"
#include "services/monitoring/instance_lookup.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/response_session_figures.h"

namespace kasundo::monitoring {
v1::Evaluation ToEvaluation(const Instance& instance, const MappingContext&) {
  const auto& state = static_cast<const v1::EvaluationState&>(*instance.state);
  const v1::EvaluationPlanned& planned = state.planned();
  v1::Evaluation to;
  to.set_title(planned.title());
  to.set_kind(planned.kind());
  to.set_external(planned.external());
  to.set_about(planned.about());
  to.set_programme(planned.programme());
  to.set_evaluated_office(planned.evaluated_office());
  to.set_body(planned.body());
  to.set_evaluator(planned.evaluator());
  *to.mutable_planned_on() = planned.planned_on();
  to.set_because_replaced(planned.because_replaced());
  if (state.has_result()) *to.mutable_result() = state.result();
  *to.mutable_replies() = state.replies();
  to.set_fate(state.fate());
  to.set_reason(state.reason());
  return to;
}

v1::Recommendation ToRecommendation(const Instance& instance, const MappingContext&) {
  const auto& state = static_cast<const v1::RecommendationState&>(*instance.state);
  const v1::RecommendationSent& sent = state.sent();
  v1::Recommendation to;
  to.set_title(sent.title());
  to.set_text(sent.text());
  to.set_body(sent.body());
  to.set_to(sent.to());
  to.set_to_organisation(sent.to_organisation());
  *to.mutable_sent_on() = sent.sent_on();
  *to.mutable_answer_by() = sent.answer_by();
  to.set_answer_days(sent.answer_days());
  to.set_answer(state.answered().answer());
  to.set_answer_document(state.answered().document());
  if (state.has_answered()) *to.mutable_answered_on() = state.answered().on();
  to.set_reason(state.reason());
  if (instance.record.lifecycle_state() == "unanswered") {
    to.set_standing(fmt::format("no answer after {} days", sent.answer_days()));
  }
  return to;
}

v1::ResponseSession ToResponseSession(const Instance& instance, const MappingContext& context) {
  const auto& state = static_cast<const v1::ResponseSessionState&>(*instance.state);
  v1::ResponseSession to;
  to.set_title(state.opened().title());
  to.set_checklist_template(state.opened().checklist_template());
  to.set_template_version(state.opened().template_version());
  to.set_about(state.opened().about());
  to.set_territory(state.opened().territory());
  to.set_office(state.opened().office());
  InstanceLookup held(context.engine, context.as_of);
  v1::ChecklistState asked_of;
  asked_of.set_checklist_template(state.opened().checklist_template());
  asked_of.set_template_version(state.opened().template_version());
  const Context::Lookup lookup = held.function();
  FillFigures(state, ItemsOf(lookup, asked_of), to);
  if (state.has_closed_on()) *to.mutable_closed_on() = state.closed_on();
  return to;
}

v1::Adoption ToAdoption(const Instance& instance, const MappingContext&) {
  const auto& state = static_cast<const v1::AdoptionState&>(*instance.state);
  v1::Adoption to;
  to.set_instrument(state.instrument());
  to.set_unit(state.unit());
  to.set_trained_staff(state.trained_staff());
  *to.mutable_invited_on() = state.invited_on();
  if (state.has_trained_on()) *to.mutable_trained_on() = state.trained_on();
  if (state.has_adopting_on()) *to.mutable_adopting_on() = state.adopting_on();
  if (state.has_done_on()) *to.mutable_done_on() = state.done_on();
  to.set_reason(state.reason());
  return to;
}

absl::StatusOr<v1::ListEvaluationStandingsResponse> ListEvaluationStandings(
    const v1::ListEvaluationStandingsRequest& request, const CallContext& call) {
  std::map<std::string, v1::EvaluationStanding> known;
  RETURN_IF_ERROR(EachInstance(
      call.engine(), "evaluation", request.parent(), {}, [&](const Instance& instance) {
        const auto& state = static_cast<const v1::EvaluationState&>(*instance.state);
        const std::string& lifecycle = instance.record.lifecycle_state();
        v1::EvaluationStanding& standing = known[state.planned().about()];
        if (state.has_result()) {
          const bool later =
              standing.last().empty() || Compare(standing.last_on(), state.result().on()) < 0;
          if (!later) return absl::OkStatus();
          standing.set_last(instance.name);
          *standing.mutable_last_on() = state.result().on();
        } else if (lifecycle == "planned" || lifecycle == "overdue") {
          const bool sooner = standing.next().empty() ||
                              Compare(state.planned().planned_on(), standing.next_on()) < 0;
          if (!sooner) return absl::OkStatus();
          standing.set_next(instance.name);
          *standing.mutable_next_on() = state.planned().planned_on();
        }
        return absl::OkStatus();
      }));
  v1::ListEvaluationStandingsResponse response;
  for (const std::string& about : request.about()) {
    v1::EvaluationStanding& standing = *response.add_standings();
    standing = known[about];
    standing.set_about(about);
    standing.set_never_evaluated(standing.last().empty());
  }
  return response;
}

absl::StatusOr<v1::CountAdoptionResponse> CountAdoption(const v1::CountAdoptionRequest& request,
                                                        const CallContext& call) {
  v1::CountAdoptionResponse response;
  RETURN_IF_ERROR(
      EachInstance(call.engine(), "adoption", request.parent(), {}, [&](const Instance& instance) {
        const auto& state = static_cast<const v1::AdoptionState&>(*instance.state);
        if (state.instrument() != request.instrument()) return absl::OkStatus();
        const std::string& lifecycle = instance.record.lifecycle_state();
        if (lifecycle == "invited") response.set_invited(response.invited() + 1);
        if (lifecycle == "trained") response.set_trained(response.trained() + 1);
        if (lifecycle == "adopting") response.set_adopting(response.adopting() + 1);
        if (lifecycle == "done") response.set_done(response.done() + 1);
        if (lifecycle == "dropped") response.set_dropped(response.dropped() + 1);
        response.set_trained_staff(response.trained_staff() + state.trained_staff());
        return absl::OkStatus();
      }));
  return response;
}

}  // namespace kasundo::monitoring
