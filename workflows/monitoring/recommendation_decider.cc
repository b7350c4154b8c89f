#include "workflows/monitoring/recommendation_decider.h"

#include "fmt/format.h"
#include "kasundo/monitoring/v1/evaluations_service.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/oversight.h"

namespace kasundo::monitoring {
namespace {

using State = v1::RecommendationState;
using Decision = absl::StatusOr<std::vector<v1::RecommendationEvent>>;

constexpr int kAnswerDays = 90;

Decision SendRecommendation(const v1::SendRecommendationRequest& request, const State&,
                            const Context& context) {
  if (!context.actor.administrator() && !ActsForBody(context, request.body())) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_IN_CHAIN,
                  fmt::format("only the secretariat or the presider of {} recommends in its name",
                              request.body()))
        .Field("body")
        .Mend("Ask them, or name the body for which you act.");
  }
  v1::RecommendationEvent event;
  v1::RecommendationSent& sent = *event.mutable_recommendation_sent();
  sent.set_title(request.title());
  sent.set_text(request.text());
  sent.set_body(request.body());
  sent.set_to(request.to());
  sent.set_to_organisation(request.to_organisation());
  sent.set_answer_days(request.answer_days() <= 0 ? kAnswerDays : request.answer_days());
  *sent.mutable_sent_on() = context.today;
  *sent.mutable_answer_by() = FromDay(Last(context.today) + sent.answer_days());
  return {{std::move(event)}};
}

Decision AnswerRecommendation(const v1::AnswerRecommendationRequest& request, const State&,
                              const Context& context) {
  v1::RecommendationEvent event;
  v1::RecommendationAnswered& answered = *event.mutable_recommendation_answered();
  answered.set_answer(request.answer());
  answered.set_document(request.document());
  *answered.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision WithdrawRecommendation(const v1::WithdrawRecommendationRequest&, const State&,
                                const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::RecommendationEvent event;
  event.mutable_recommendation_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State Recommendation::Evolve(State state, const Event& event) {
  using E = v1::RecommendationEvent;
  switch (event.event_case()) {
    case E::kRecommendationSent:
      *state.mutable_sent() = event.recommendation_sent();
      break;
    case E::kRecommendationAnswered:
      *state.mutable_answered() = event.recommendation_answered();
      break;
    case E::kRecommendationWithdrawn:
      state.set_reason(event.recommendation_withdrawn().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Recommendation::Traits() {
  static const KindTraits traits{"recommendation", "recommendations", ""};
  return traits;
}

const std::vector<CommandCase<Recommendation>>& Recommendation::Commands() {
  static const std::vector<CommandCase<Recommendation>> cases = {
      On(&SendRecommendation, {"RecommendationSent"}),
      On(&AnswerRecommendation, {"RecommendationAnswered"}),
      On(&WithdrawRecommendation, {"RecommendationWithdrawn"}),
  };
  return cases;
}

const std::vector<RoleCase<Recommendation>>& Recommendation::Roles() {
  static const std::vector<RoleCase<Recommendation>> roles = {
      {"recommending-body", "who presides the body that recommends it, or is its secretariat",
       [](const State& state, const Context& context) {
         return !state.sent().body().empty() && ActsForBody(context, state.sent().body());
       }},
  };
  return roles;
}

const std::vector<GuardCase<Recommendation>>& Recommendation::Guards() {
  static const std::vector<GuardCase<Recommendation>> guards;
  return guards;
}

}  // namespace kasundo::monitoring
