#include "workflows/committee/meeting_decider.h"

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/meeting_commands.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

absl::Status QuorumMet(const v1::MeetingState& state, const Context&,
                       const std::map<std::string, std::string>&) {
  const auto& timeline = state.quorum_timeline();
  if (!timeline.empty() && timeline[timeline.size() - 1].met()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_QUORUM_NOT_MET,
                timeline.empty() ? "the meeting has not been opened"
                                 : timeline[timeline.size() - 1].explanation())
      .Mend("Record more arrivals or written authorities.");
}

absl::Status AgendaNotEmpty(const v1::MeetingState& state, const Context&,
                            const std::map<std::string, std::string>&) {
  for (const v1::AgendaItem& item : state.agenda()) {
    if (!item.withdrawn()) return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ITEM_NOT_FOUND,
                "the agenda is empty")
      .Mend("Add an item to the agenda.");
}

absl::Status PresiderKnown(const v1::MeetingState& state, const Context&,
                           const std::map<std::string, std::string>&) {
  if (!state.presider_seat().empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_NOT_FOUND,
                "it is not recorded which seat presides")
      .Mend("Choose a presider.");
}

}  // namespace

v1::MeetingState Meeting::Initial() { return {}; }

const KindTraits& Meeting::Traits() {
  static const KindTraits traits = {"meeting", "meetings", "committee"};
  return traits;
}

const std::vector<CommandCase<Meeting>>& Meeting::Commands() {
  static const std::vector<CommandCase<Meeting>> cases = {
      On(&CallMeeting, {"MeetingCalled", "AgendaItemAdded"}),
      On(&RescheduleMeeting, {"MeetingRescheduled"}),
      On(&CancelMeeting, {"MeetingCancelled"}),
      On(&AddAgendaItem, {"AgendaItemAdded"}),
      On(&AddAgendaPapers, {"AgendaPapersAdded"}),
      On(&ReorderAgenda, {"AgendaReordered"}),
      On(&WithdrawAgendaItem, {"AgendaItemWithdrawn"}),
      On(&NoteDiscussion, {"DiscussionNoted"}),
      On(&OpenMeeting, {"MeetingOpened", "AgendaItemAdded", "QuorumCounted"}),
      On(&ChoosePresider, {"PresiderChosen"}),
      On(&RecordArrivals, {"ArrivalRecorded", "DepartureRecorded", "QuorumCounted"}),
      On(&RecordDepartures, {"DepartureRecorded", "QuorumCounted"}),
      On(&StrikeAttendance, {"AttendanceStruck", "QuorumCounted"}),
      On(&ShowAuthority, {"AuthorityShown", "QuorumCounted"}),
      On(&TableMotion, {"MotionTabled"}),
      On(&SecondMotion, {"MotionSeconded"}),
      On(&AmendMotion, {"MotionAmended"}),
      On(&RecuseFromMotion, {"SeatRecused"}),
      On(&WithdrawMotion, {"MotionWithdrawn"}),
      On(&CastVotes, {"VoteCast"}),
      On(&CloseMotion,
         {"MotionCarried", "MotionLost", "MotionRecommended", "ResolutionAdopted",
          "RecommendationRatified", "RecommendationRejected", "ActionAssigned", "MatterDecided"}),
      On(&AssignAction, {"ActionAssigned"}),
      On(&RecordSharedProduct, {"SharedProductRecorded"}),
      On(&CloseMeeting, {"MeetingClosed"}),
      On(&DraftMinutes, {"MinutesDrafted"}),
      On(&ReviseMinutes, {"MinutesRevised"}),
      On(&CommentOnMinutes, {"MinutesCommented"}),
      On(&ResolveComment, {"CommentResolved"}),
      On(&ApproveMinutes, {"MinutesApproved"}),
  };
  return cases;
}

const std::vector<RoleCase<Meeting>>& Meeting::Roles() {
  static const std::vector<RoleCase<Meeting>> roles = {
      {"secretariat", "who acts in the body's secretariat or technical secretariat",
       [](const State&, const Context& context) { return IsMeetingSecretariat(context); }},
      {"convener", "who may convene meetings by the body's leadership model",
       [](const State&, const Context& context) { return IsMeetingConvener(context); }},
      {"presider", "who may preside by the body's leadership model, or was chosen for this meeting",
       &IsMeetingPresider},
      {"member", "who holds a seat of the body on the meeting's day", &IsMeetingMember},
      {"stand-in", "who has a written authority for a seat on the meeting's day",
       &IsMeetingStandIn},
  };
  return roles;
}

const std::vector<GuardCase<Meeting>>& Meeting::Guards() {
  static const std::vector<GuardCase<Meeting>> guards = {
      {"quorum-met", "the meeting has a quorum as last counted", {}, &QuorumMet},
      {"agenda-not-empty", "the agenda has an item", {}, &AgendaNotEmpty},
      {"presider-known", "it is recorded which seat presides", {}, &PresiderKnown},
  };
  return guards;
}

}  // namespace kasundo::committees
