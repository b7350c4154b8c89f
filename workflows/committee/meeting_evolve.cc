// What each fact does to a meeting. Total: a stored fact cannot be refused, so whatever it names
// and is not there is passed over.
#include <algorithm>
#include <vector>

#include "workflows/committee/instants.h"
#include "workflows/committee/meeting_decider.h"

namespace kasundo::committees {
namespace {

v1::AgendaItem* Item(v1::MeetingState& state, const std::string& id) {
  for (v1::AgendaItem& item : *state.mutable_agenda()) {
    if (item.item() == id) return &item;
  }
  return nullptr;
}

// A motion that is not there is one that nobody sees.
v1::Motion& MotionIn(v1::MeetingState& state, const std::string& id, v1::Motion& nowhere) {
  for (v1::Motion& motion : *state.mutable_motions()) {
    if (motion.motion() == id) return motion;
  }
  return nowhere;
}

void Touch(v1::MeetingState& state, const google::protobuf::Timestamp& time) {
  if (!state.has_last_time() || InstantOf(state.last_time()) < InstantOf(time)) {
    *state.mutable_last_time() = time;
  }
}

bool Same(const v1::Attendance& attendance, const auto& event) {
  return attendance.seat() == event.seat() && attendance.person() == event.person() &&
         attendance.guest() == event.guest();
}

void Arrive(v1::MeetingState& state, const v1::ArrivalRecorded& event) {
  v1::Attendance* attendance = nullptr;
  for (v1::Attendance& known : *state.mutable_attendance()) {
    if (Same(known, event) && known.presence() == event.presence()) attendance = &known;
  }
  if (attendance == nullptr) {
    attendance = state.add_attendance();
    attendance->set_seat(event.seat());
    attendance->set_presence(event.presence());
    attendance->set_person(event.person());
    attendance->set_guest(event.guest());
    attendance->set_organisation(event.organisation());
  }
  *attendance->add_spans()->mutable_arrived() = event.arrived();
  auto& spans = *attendance->mutable_spans();
  std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) {
    return InstantOf(a.arrived()) < InstantOf(b.arrived());
  });
  Touch(state, event.arrived());
}

// Closes the latest span that began before and is open.
void Leave(v1::MeetingState& state, const v1::DepartureRecorded& event) {
  for (v1::Attendance& attendance : *state.mutable_attendance()) {
    if (!Same(attendance, event)) continue;
    for (v1::PresenceSpan& span : *attendance.mutable_spans()) {
      if (!span.has_left() && InstantOf(span.arrived()) < InstantOf(event.left())) {
        *span.mutable_left() = event.left();
        break;
      }
    }
  }
  Touch(state, event.left());
}

void Strike(v1::MeetingState& state, const v1::AttendanceStruck& event) {
  auto& attendance = *state.mutable_attendance();
  attendance.erase(std::remove_if(attendance.begin(), attendance.end(),
                                  [&](const auto& known) { return Same(known, event); }),
                   attendance.end());
}

void Reorder(v1::MeetingState& state, const v1::AgendaReordered& event) {
  const auto place = [&](const v1::AgendaItem& item) {
    return std::find(event.items().begin(), event.items().end(), item.item()) -
           event.items().begin();
  };
  auto& agenda = *state.mutable_agenda();
  std::stable_sort(agenda.begin(), agenda.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

void Recount(v1::MeetingState& state, const v1::QuorumCounted& event) {
  if (event.counts().empty()) return;
  auto& timeline = *state.mutable_quorum_timeline();
  const absl::Time from = InstantOf(event.counts(0).time());
  timeline.erase(std::remove_if(timeline.begin(), timeline.end(),
                                [&](const auto& count) { return InstantOf(count.time()) >= from; }),
                 timeline.end());
  for (const v1::QuorumCount& count : event.counts()) *timeline.Add() = count;
}

void Vote(v1::MeetingState& state, v1::Motion& motion, const v1::VoteCast& event) {
  const v1::Vote& cast = event.vote();
  if (event.has_cast_time()) {
    if (!motion.has_voted_time() || InstantOf(motion.voted_time()) < InstantOf(event.cast_time())) {
      *motion.mutable_voted_time() = event.cast_time();
    }
    Touch(state, event.cast_time());
  }
  for (v1::Vote& vote : *motion.mutable_votes()) {
    if (vote.seat() == cast.seat()) {
      vote.set_choice(cast.choice());
      return;
    }
  }
  v1::Vote& vote = *motion.add_votes();
  vote.set_seat(cast.seat());
  vote.set_choice(cast.choice());
}

void Settle(v1::MeetingState& state, v1::Motion& motion, v1::MotionState outcome,
            const v1::MotionResult& result) {
  motion.set_motion_state(outcome);
  *motion.mutable_result() = result;
  Touch(state, result.closed_time());
}

void Revise(v1::MeetingState& state, const v1::MinutesParagraph& revised) {
  for (v1::MinutesParagraph& paragraph : *state.mutable_minutes()->mutable_paragraphs()) {
    if (paragraph.paragraph() == revised.paragraph()) paragraph = revised;
  }
}

void Resolve(v1::MeetingState& state, const v1::CommentResolved& event) {
  for (v1::MinutesComment& comment : *state.mutable_minutes()->mutable_comments()) {
    if (comment.comment() != event.comment()) continue;
    comment.set_comment_state(event.comment_state());
    comment.set_answer(event.answer());
  }
  if (event.has_paragraph()) Revise(state, event.paragraph());
}

void Call(v1::MeetingState& state, const v1::MeetingCalled& event) {
  state.set_title(event.title());
  state.set_occasion(event.occasion());
  *state.mutable_start_time() = event.start_time();
  state.set_time_zone(event.time_zone());
  *state.mutable_date() = event.date();
  state.set_place(event.place());
  *state.mutable_topics() = event.topics();
  *state.mutable_notice() = event.notice();
  *state.mutable_joint_with() = event.joint_with();
  *state.mutable_invited_seats() = event.invited_seats();
}

void Reschedule(v1::MeetingState& state, const v1::MeetingRescheduled& event) {
  *state.mutable_start_time() = event.start_time();
  *state.mutable_date() = event.date();
  state.set_place(event.place());
  *state.mutable_notice() = event.notice();
}

void Open(v1::MeetingState& state, const v1::MeetingOpened& event) {
  *state.mutable_opened_time() = event.opened_time();
  *state.mutable_roster() = event.roster();
  *state.mutable_rules() = event.rules();
  state.set_presider_seat(event.presider_seat());
  Touch(state, event.opened_time());
}

}  // namespace

v1::MeetingState Meeting::Evolve(v1::MeetingState state, const v1::MeetingEvent& event) {
  using E = v1::MeetingEvent;
  v1::Motion nowhere;
  switch (event.event_case()) {
    case E::kMeetingCalled:
      Call(state, event.meeting_called());
      break;
    case E::kMeetingRescheduled:
      Reschedule(state, event.meeting_rescheduled());
      break;
    case E::kMeetingCancelled:
      state.set_cancellation_reason(event.meeting_cancelled().reason());
      break;
    case E::kAgendaItemAdded:
      *state.add_agenda() = event.agenda_item_added().item();
      state.mutable_invited_seats()->MergeFrom(event.agenda_item_added().newly_invited_seats());
      break;
    case E::kAgendaPapersAdded:
      if (v1::AgendaItem* item = Item(state, event.agenda_papers_added().item())) {
        item->mutable_papers()->MergeFrom(event.agenda_papers_added().papers());
      }
      break;
    case E::kAgendaReordered:
      Reorder(state, event.agenda_reordered());
      break;
    case E::kAgendaItemWithdrawn:
      if (v1::AgendaItem* item = Item(state, event.agenda_item_withdrawn().item())) {
        item->set_withdrawn(true);
        item->set_withdrawal_reason(event.agenda_item_withdrawn().reason());
      }
      break;
    case E::kDiscussionNoted:
      if (v1::AgendaItem* item = Item(state, event.discussion_noted().item())) {
        item->set_discussion(event.discussion_noted().text());
      }
      break;
    case E::kMeetingOpened:
      Open(state, event.meeting_opened());
      break;
    case E::kPresiderChosen:
      state.set_presider_seat(event.presider_chosen().seat());
      break;
    case E::kArrivalRecorded:
      Arrive(state, event.arrival_recorded());
      break;
    case E::kDepartureRecorded:
      Leave(state, event.departure_recorded());
      break;
    case E::kAttendanceStruck:
      Strike(state, event.attendance_struck());
      break;
    case E::kAuthorityShown:
      *state.add_authorities() = event.authority_shown().authority();
      Touch(state, event.authority_shown().authority().shown_time());
      break;
    case E::kQuorumCounted:
      Recount(state, event.quorum_counted());
      break;
    case E::kMotionTabled:
      *state.add_motions() = event.motion_tabled().motion();
      if (event.motion_tabled().motion().has_tabled_time()) {
        Touch(state, event.motion_tabled().motion().tabled_time());
      }
      break;
    case E::kMotionSeconded:
      MotionIn(state, event.motion_seconded().motion(), nowhere)
          .set_seconder_seat(event.motion_seconded().seat());
      break;
    case E::kMotionAmended: {
      v1::Motion& motion = MotionIn(state, event.motion_amended().motion(), nowhere);
      motion.set_text(event.motion_amended().amendment().text_after());
      *motion.add_amendments() = event.motion_amended().amendment();
      break;
    }
    case E::kSeatRecused:
      *MotionIn(state, event.seat_recused().motion(), nowhere).add_recusals() =
          event.seat_recused().recusal();
      break;
    case E::kVoteCast:
      Vote(state, MotionIn(state, event.vote_cast().motion(), nowhere), event.vote_cast());
      break;
    case E::kMotionCarried: {
      v1::Motion& motion = MotionIn(state, event.motion_carried().motion(), nowhere);
      Settle(state, motion, v1::MOTION_STATE_CARRIED, event.motion_carried().result());
      *motion.mutable_actions() = event.motion_carried().actions();
      break;
    }
    case E::kMotionLost:
      Settle(state, MotionIn(state, event.motion_lost().motion(), nowhere), v1::MOTION_STATE_LOST,
             event.motion_lost().result());
      break;
    case E::kMotionRecommended: {
      v1::Motion& motion = MotionIn(state, event.motion_recommended().motion(), nowhere);
      Settle(state, motion, v1::MOTION_STATE_RECOMMENDED, event.motion_recommended().result());
      *motion.mutable_actions() = event.motion_recommended().actions();
      motion.set_resolution(event.motion_recommended().resolution());
      break;
    }
    case E::kMotionWithdrawn:
      MotionIn(state, event.motion_withdrawn().motion(), nowhere)
          .set_motion_state(v1::MOTION_STATE_WITHDRAWN);
      break;
    case E::kResolutionAdopted: {
      v1::Motion& motion = MotionIn(state, event.resolution_adopted().motion(), nowhere);
      motion.set_resolution(event.resolution_adopted().resolution());
      motion.set_resolution_number(event.resolution_adopted().number().number());
      break;
    }
    case E::kRecommendationRatified: {
      v1::Motion& motion = MotionIn(state, event.recommendation_ratified().motion(), nowhere);
      motion.set_resolution(event.recommendation_ratified().resolution());
      motion.set_resolution_number(event.recommendation_ratified().number().number());
      break;
    }
    case E::kRecommendationRejected:
    case E::kMatterDecided:
      break;  // facts for the resolution and the matter; the motion holds its result
    case E::kActionAssigned:
      *state.add_actions() = event.action_assigned().action();
      break;
    case E::kSharedProductRecorded:
      *state.add_products() = event.shared_product_recorded().product();
      break;
    case E::kMeetingClosed:
      *state.mutable_closed_time() = event.meeting_closed().closed_time();
      Touch(state, event.meeting_closed().closed_time());
      break;
    case E::kMinutesDrafted:
      *state.mutable_minutes()->mutable_paragraphs() = event.minutes_drafted().paragraphs();
      break;
    case E::kMinutesRevised:
      Revise(state, event.minutes_revised().paragraph());
      break;
    case E::kMinutesCommented:
      *state.mutable_minutes()->add_comments() = event.minutes_commented().comment();
      break;
    case E::kCommentResolved:
      Resolve(state, event.comment_resolved());
      break;
    case E::kMinutesApproved:
      *state.mutable_minutes()->mutable_approved_on() = event.minutes_approved().approved_on();
      state.mutable_minutes()->set_approved_at_meeting(
          event.minutes_approved().approved_at_meeting());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

}  // namespace kasundo::committees
