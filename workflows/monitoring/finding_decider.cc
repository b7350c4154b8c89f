#include "workflows/monitoring/finding_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/monitoring/v1/monitoring_follow_ups.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/usual_checks.h"
#include "workflows/monitoring/acting.h"
#include "workflows/monitoring/oversight.h"

namespace kasundo::monitoring {
namespace {

using State = v1::FindingState;
using Decision = absl::StatusOr<std::vector<v1::FindingEvent>>;

constexpr int kExplainDays = 15;

Decision RaiseFinding(const v1::RaiseFindingRequest& request, const State&,
                      const Context& context) {
  v1::FindingEvent event;
  v1::FindingRaised& raised = *event.mutable_finding_raised();
  raised.set_title(request.title());
  raised.set_details(request.details());
  raised.set_typology(request.typology());
  raised.set_origin(request.origin());
  raised.set_about(request.about());
  raised.set_item(request.item());
  raised.set_territory(request.territory());
  raised.set_implementing_office(request.implementing_office());
  raised.set_body(request.body());
  raised.set_source_of_information(request.source_of_information());
  if (request.has_slippage()) *raised.mutable_slippage() = request.slippage();
  *raised.mutable_raised_on() = context.today;
  *raised.mutable_explain_by() =
      request.has_explain_by() ? request.explain_by() : FromDay(Last(context.today) + kExplainDays);
  return {{std::move(event)}};
}

Decision ExplainFinding(const v1::ExplainFindingRequest& request, const State&,
                        const Context& context) {
  v1::FindingEvent event;
  v1::Explanation& explanation = *event.mutable_finding_explained()->mutable_explanation();
  ASSIGN_OR_RETURN(*explanation.mutable_by(),
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  explanation.set_reasons(request.reasons());
  explanation.set_actions_taken(request.actions_taken());
  explanation.set_actions_to_be_taken(request.actions_to_be_taken());
  *explanation.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision RecordInspection(const v1::RecordInspectionRequest& request, const State&,
                          const Context& context) {
  v1::FindingEvent event;
  v1::Inspection& inspection = *event.mutable_inspection_recorded()->mutable_inspection();
  inspection = request.inspection();
  if (!inspection.has_on()) *inspection.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision RecordProblemSession(const v1::RecordProblemSessionRequest& request, const State&,
                              const Context& context) {
  v1::FindingEvent event;
  v1::ProblemSession& session = *event.mutable_session_recorded()->mutable_session();
  session = request.session();
  if (!session.has_on()) *session.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision ReferFinding(const v1::ReferFindingRequest& request, const State&,
                      const Context& context) {
  v1::FindingEvent event;
  v1::Referral& referral = *event.mutable_finding_referred()->mutable_referral();
  referral.set_to(request.to());
  referral.set_body(request.body());
  referral.set_requested_action(request.requested_action());
  *referral.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision AnswerReferral(const v1::AnswerReferralRequest& request, const State&,
                        const Context& context) {
  v1::FindingEvent event;
  event.mutable_referral_answered()->set_answer(request.answer());
  *event.mutable_referral_answered()->mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision ListCorrectiveAction(const v1::ListCorrectiveActionRequest& request, const State&,
                              const Context&) {
  v1::FindingEvent event;
  event.mutable_corrective_action_listed()->set_corrective_action(request.corrective_action());
  return {{std::move(event)}};
}

Decision SettleCorrectiveAction(const v1::SettleCorrectiveActionRequest& request, const State&,
                                const Context&) {
  v1::FindingEvent event;
  *event.mutable_corrective_action_settled()->mutable_action() = request.action();
  return {{std::move(event)}};
}

Decision ResolveFinding(const v1::ResolveFindingRequest& request, const State& state,
                        const Context& context) {
  std::vector<std::string> open;
  bool verified = false;
  for (const v1::ListedAction& action : state.corrective_actions()) {
    if (!action.verified() && !action.dropped()) open.push_back(action.corrective_action());
    verified |= action.verified();
  }
  if (!open.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ACTIONS_OPEN,
                  fmt::format("not verified yet: {}", fmt::join(open, ", ")))
        .Mend("Verify or drop each corrective action first.")
        .With("corrective_actions", fmt::format("{}", fmt::join(open, ",")));
  }
  if (!verified && !request.no_action_needed()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NO_ACTION,
                  "no corrective action was verified")
        .Field("no_action_needed")
        .Mend("Agree on a corrective action, or say that none was needed, and why.");
  }
  v1::FindingEvent event;
  event.mutable_finding_resolved()->set_resolution(request.resolution());
  *event.mutable_finding_resolved()->mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision RecordLesson(const v1::RecordLessonRequest& request, const State&, const Context&) {
  v1::FindingEvent event;
  *event.mutable_lesson_recorded()->mutable_lesson() = request.lesson();
  return {{std::move(event)}};
}

Decision ReopenFinding(const v1::ReopenFindingRequest&, const State&, const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::FindingEvent event;
  event.mutable_finding_reopened()->set_reason(context.reason);
  return {{std::move(event)}};
}

Decision ReassignFinding(const v1::ReassignFindingRequest& request, const State& state,
                         const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  const std::string& before = state.raised().implementing_office();
  if (request.implementing_office() == before) {
    return NothingToChange("this office implements already");
  }
  v1::FindingEvent event;
  v1::FindingReassigned& reassigned = *event.mutable_finding_reassigned();
  reassigned.set_from_office(before);
  reassigned.set_to_office(request.implementing_office());
  reassigned.set_reason(context.reason);
  return {{std::move(event)}};
}

Decision DropFinding(const v1::DropFindingRequest&, const State&, const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::FindingEvent event;
  event.mutable_finding_dropped()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State Finding::Evolve(State state, const Event& event) {
  using E = v1::FindingEvent;
  switch (event.event_case()) {
    case E::kFindingRaised:
      *state.mutable_raised() = event.finding_raised();
      break;
    case E::kFindingExplained:
      *state.mutable_explanation() = event.finding_explained().explanation();
      break;
    case E::kInspectionRecorded:
      *state.add_inspections() = event.inspection_recorded().inspection();
      break;
    case E::kSessionRecorded:
      *state.add_sessions() = event.session_recorded().session();
      break;
    case E::kFindingReferred:
      *state.mutable_referral() = event.finding_referred().referral();
      break;
    case E::kReferralAnswered:
      state.mutable_referral()->set_answer(event.referral_answered().answer());
      *state.mutable_referral()->mutable_answered_on() = event.referral_answered().on();
      break;
    case E::kCorrectiveActionListed:
      state.add_corrective_actions()->set_corrective_action(
          event.corrective_action_listed().corrective_action());
      break;
    case E::kCorrectiveActionSettled: {
      const v1::ListedAction& settled = event.corrective_action_settled().action();
      for (v1::ListedAction& action : *state.mutable_corrective_actions()) {
        if (action.corrective_action() == settled.corrective_action()) action = settled;
      }
      break;
    }
    case E::kFindingResolved:
      state.set_resolution(event.finding_resolved().resolution());
      *state.mutable_resolved_on() = event.finding_resolved().on();
      break;
    case E::kLessonRecorded:
      *state.mutable_lesson() = event.lesson_recorded().lesson();
      break;
    case E::kFindingReopened:
      state.clear_resolution();
      state.clear_resolved_on();
      state.set_reason(event.finding_reopened().reason());
      break;
    case E::kFindingDropped:
      state.set_reason(event.finding_dropped().reason());
      break;
    case E::kFindingReassigned:
      state.mutable_raised()->set_implementing_office(event.finding_reassigned().to_office());
      state.set_reason(event.finding_reassigned().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Finding::Traits() {
  static const KindTraits traits{"finding", "findings", ""};
  return traits;
}

const std::vector<CommandCase<Finding>>& Finding::Commands() {
  static const std::vector<CommandCase<Finding>> cases = {
      On(&RaiseFinding, {"FindingRaised"}),
      On(&ExplainFinding, {"FindingExplained"}),
      On(&RecordInspection, {"InspectionRecorded"}),
      On(&RecordProblemSession, {"SessionRecorded"}),
      On(&ReferFinding, {"FindingReferred"}),
      On(&AnswerReferral, {"ReferralAnswered"}),
      On(&ListCorrectiveAction, {"CorrectiveActionListed"}),
      On(&SettleCorrectiveAction, {"CorrectiveActionSettled"}),
      On(&ResolveFinding, {"FindingResolved"}),
      On(&RecordLesson, {"LessonRecorded"}),
      On(&ReopenFinding, {"FindingReopened"}),
      On(&ReassignFinding, {"FindingReassigned"}),
      On(&DropFinding, {"FindingDropped"}),
  };
  return cases;
}

const std::vector<RoleCase<Finding>>& Finding::Roles() {
  static const std::vector<RoleCase<Finding>> roles = {
      {"implementer", "who acts in the office that implements, or in its organisation",
       [](const State& state, const Context& context) {
         return ActsForOffice(context, state.raised().implementing_office());
       }},
      {"monitor", "who belongs to the body that monitors",
       [](const State& state, const Context& context) {
         return !state.raised().body().empty() && BelongsTo(context, state.raised().body());
       }},
  };
  return roles;
}

const std::vector<GuardCase<Finding>>& Finding::Guards() {
  static const std::vector<GuardCase<Finding>> guards = {
      {"session-held",
       "a problem-solving session was held on it",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         if (!state.sessions().empty()) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    api::v1::REASON_GUARD_NOT_MET, "no session was held on it")
                                 .Mend("Hold a problem-solving session first."));
       }},
  };
  return guards;
}

}  // namespace kasundo::monitoring
