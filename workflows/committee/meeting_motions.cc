// What is proposed to a meeting: tabling, seconding, amending, recusal, withdrawal.
#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/committee/addressees.h"
#include "workflows/committee/instants.h"
#include "workflows/committee/meeting_commands.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/committee/motion_effects.h"
#include "workflows/committee/tally.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

absl::StatusOr<std::string> MotionId(const v1::TableMotionRequest& request,
                                     const v1::MeetingState& state) {
  if (request.motion_id().empty()) {
    int n = state.motions_size();
    std::string id;
    do {
      id = fmt::format("motion-{}", ++n);
    } while (FindMotion(state, id) != nullptr);
    return id;
  }
  if (!IsValidId(request.motion_id())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ID_INVALID,
                  fmt::format("\"{}\" is not an id", request.motion_id()))
        .Field("motion_id")
        .Mend("Use lower-case letters, digits and hyphens.");
  }
  if (FindMotion(state, request.motion_id()) != nullptr) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_MOTION_EXISTS,
                  fmt::format("the meeting has a motion \"{}\"", request.motion_id()))
        .Field("motion_id")
        .Mend("Give another motion_id, or leave it out to get the next one.");
  }
  return request.motion_id();
}

// A motion that ratifies takes everything from the recommendation, so that it is what was
// recommended that is ratified.
absl::Status FillFromRecommendation(const v1::TableMotionRequest& request,
                                    const v1::HouseRules& rules, const Context& context,
                                    v1::Motion& motion) {
  if (request.asks_for_action() || !request.actions().empty() || !request.addressees().empty() ||
      !request.resolution_title().empty() || !request.matter().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_RATIFICATION_ADDS,
                  "title, actions, addressees and matter are those of the recommendation")
        .Field("ratifies")
        .Mend("Leave them out, or table a motion of its own.");
  }
  ASSIGN_OR_RETURN(const v1::ResolutionState* waiting,
                   FindRecommendation(request.ratifies(), "ratifies", context));
  const std::string& kind = waiting->decision_kind();
  if (!request.decision_kind().empty() && request.decision_kind() != kind) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_RATIFICATION_ADDS,
                  kind.empty()
                      ? "it was recommended by the body's default rule"
                      : fmt::format("it was recommended as a decision of the kind \"{}\"", kind))
        .Field("decision_kind")
        .Mend("Leave it out: the ratification is counted by the rule for what was recommended.");
  }
  motion.set_decision_kind(kind);
  *motion.mutable_rule() = RuleFor(rules, kind);
  motion.set_ratifies(request.ratifies());
  motion.set_resolution_title(waiting->title());
  *motion.mutable_actions() = waiting->actions();
  motion.set_asks_for_action(!waiting->actions().empty());
  motion.set_matter(waiting->matter());
  motion.set_matter_effect(waiting->matter_effect());
  return absl::OkStatus();
}

}  // namespace

MeetingDecision TableMotion(const v1::TableMotionRequest& request, const v1::MeetingState& state,
                            const Context& context) {
  ASSIGN_OR_RETURN(const std::string id, MotionId(request, state));
  if (!request.agenda_item().empty()) {
    RETURN_IF_ERROR(RequireItem(state, request.agenda_item(), "agenda_item").status());
  }
  ASSIGN_OR_RETURN(const absl::Time at,
                   MotionMoment(request.has_at(), request.at(), nullptr, state, context));
  RETURN_IF_ERROR(RequireVoter(state, request.mover_seat(), at, "mover_seat"));
  RETURN_IF_ERROR(RequireActsFor(state, request.mover_seat(), at, context));
  v1::MeetingEvent event;
  v1::Motion& motion = *event.mutable_motion_tabled()->mutable_motion();
  motion.set_motion(id);
  motion.set_agenda_item(request.agenda_item());
  motion.set_mover_seat(request.mover_seat());
  motion.set_text(request.text());
  motion.set_decision_kind(request.decision_kind());
  *motion.mutable_rule() = RuleFor(state.rules(), request.decision_kind());
  motion.set_motion_state(v1::MOTION_STATE_TABLED);
  *motion.mutable_tabled_time() = TimestampOf(at);
  if (!request.ratifies().empty()) {
    RETURN_IF_ERROR(FillFromRecommendation(request, state.rules(), context, motion));
    return {{std::move(event)}};
  }
  const bool has_effect = request.matter_effect() != v1::MATTER_EFFECT_UNSPECIFIED;
  if (request.matter().empty() == has_effect) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_MATTER_EFFECT_INCOMPLETE,
                  has_effect ? "the effect needs a matter" : "the matter needs an effect")
        .Field(has_effect ? "matter" : "matter_effect")
        .Mend("Give both: the matter, and whether the motion closes, drops, raises or answers it.");
  }
  if (has_effect) {
    RETURN_IF_ERROR(CheckMatterEffect(request.matter(), request.matter_effect(), context));
  }
  RETURN_IF_ERROR(CheckActionOwners(request.actions()));
  RETURN_IF_ERROR(CheckAddressees(request.addressees(), {}));
  motion.set_asks_for_action(request.asks_for_action() || !request.actions().empty());
  *motion.mutable_actions() = request.actions();
  motion.set_resolution_title(request.resolution_title());
  *motion.mutable_addressees() = request.addressees();
  motion.set_matter(request.matter());
  motion.set_matter_effect(request.matter_effect());
  if (motion.resolution_title().empty() && !motion.addressees().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED,
                  "addressees are those of a resolution, and a resolution needs a title")
        .Field("resolution_title")
        .Mend("Give the resolution_title, or leave out the addressees.");
  }
  return {{std::move(event)}};
}

MeetingDecision SecondMotion(const v1::SecondMotionRequest& request, const v1::MeetingState& state,
                             const Context& context) {
  ASSIGN_OR_RETURN(const v1::Motion* motion, RequireOpenMotion(state, request.motion()));
  if (!motion->seconder_seat().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ALREADY_SECONDED,
                  fmt::format("seat \"{}\" has seconded it", motion->seconder_seat()))
        .Field("motion")
        .Mend("Nothing needs to be done: one seconder is enough.");
  }
  if (motion->mover_seat() == request.seat()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SECONDER_IS_MOVER,
                  "who moves a motion cannot second it")
        .Field("seat")
        .Mend("Name another voting seat whose holder is in the room.");
  }
  ASSIGN_OR_RETURN(const absl::Time at,
                   MotionMoment(request.has_at(), request.at(), motion, state, context));
  RETURN_IF_ERROR(RequireVoter(state, request.seat(), at, "seat"));
  RETURN_IF_ERROR(RequireActsFor(state, request.seat(), at, context));
  v1::MeetingEvent event;
  event.mutable_motion_seconded()->set_motion(request.motion());
  event.mutable_motion_seconded()->set_seat(request.seat());
  return {{std::move(event)}};
}

MeetingDecision AmendMotion(const v1::AmendMotionRequest& request, const v1::MeetingState& state,
                            const Context& context) {
  ASSIGN_OR_RETURN(const v1::Motion* motion, RequireOpenMotion(state, request.motion()));
  if (!motion->votes().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_VOTING_HAS_BEGUN,
                  fmt::format("{} votes have been cast on this text", motion->votes_size()))
        .Field("motion")
        .Mend("Withdraw the motion and table the new text.");
  }
  if (!motion->ratifies().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_RATIFICATION_ADDS,
                  "what was recommended can be ratified or not, but not changed")
        .Field("text")
        .Mend("Let the ratification be lost and table the new text as a motion of its own.");
  }
  if (motion->text() == request.text()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  "the motion has this text already")
        .Field("text")
        .Mend("Nothing needs to be done. To amend the motion, give the changed text.");
  }
  ASSIGN_OR_RETURN(const absl::Time at,
                   MotionMoment(request.has_at(), request.at(), motion, state, context));
  RETURN_IF_ERROR(RequireVoter(state, request.seat(), at, "seat"));
  RETURN_IF_ERROR(RequireActsFor(state, request.seat(), at, context));
  v1::MeetingEvent event;
  v1::MotionAmended& amended = *event.mutable_motion_amended();
  amended.set_motion(request.motion());
  amended.mutable_amendment()->set_seat(request.seat());
  amended.mutable_amendment()->set_text_before(motion->text());
  amended.mutable_amendment()->set_text_after(request.text());
  return {{std::move(event)}};
}

MeetingDecision RecuseFromMotion(const v1::RecuseFromMotionRequest& request,
                                 const v1::MeetingState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Motion* motion, RequireOpenMotion(state, request.motion()));
  RETURN_IF_ERROR(RequireSeat(state, request.seat(), "seat").status());
  ASSIGN_OR_RETURN(const absl::Time at,
                   MotionMoment(request.has_at(), request.at(), motion, state, context));
  RETURN_IF_ERROR(RequireActsFor(state, request.seat(), at, context));
  for (const v1::Recusal& recusal : motion->recusals()) {
    if (recusal.seat() != request.seat()) continue;
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_RECUSED,
                  "the seat has left the count for this motion already")
        .Field("seat")
        .Mend("Nothing needs to be done. If another seat was meant, name that one.");
  }
  for (const v1::Vote& vote : motion->votes()) {
    if (vote.seat() != request.seat()) continue;
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_HAS_VOTED,
                  "the seat has voted on this motion")
        .Field("seat")
        .Mend("Withdraw the motion (WithdrawMotion) and table it again; recuse before the vote.");
  }
  v1::MeetingEvent event;
  v1::SeatRecused& recused = *event.mutable_seat_recused();
  recused.set_motion(request.motion());
  recused.mutable_recusal()->set_seat(request.seat());
  recused.mutable_recusal()->set_reason(context.reason);
  return {{std::move(event)}};
}

MeetingDecision WithdrawMotion(const v1::WithdrawMotionRequest& request,
                               const v1::MeetingState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Motion* motion, RequireOpenMotion(state, request.motion()));
  RETURN_IF_ERROR(RequireActsFor(state, motion->mover_seat(), RoomMoment(state, context), context));
  v1::MeetingEvent event;
  event.mutable_motion_withdrawn()->set_motion(request.motion());
  event.mutable_motion_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace kasundo::committees
