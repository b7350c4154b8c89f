#include "services/committees/meeting_mapping.h"

#include "workflows/committee/coverage.h"

namespace kasundo::committees {

v1::Meeting ToMeeting(const v1::MeetingState& state, bool in_list) {
  v1::Meeting meeting;
  meeting.set_title(state.title());
  meeting.set_occasion(state.occasion());
  if (state.has_start_time()) *meeting.mutable_start_time() = state.start_time();
  meeting.set_time_zone(state.time_zone());
  if (state.has_date()) *meeting.mutable_date() = state.date();
  meeting.set_place(state.place());
  *meeting.mutable_topics() = state.topics();
  if (state.has_notice()) *meeting.mutable_notice() = state.notice();
  *meeting.mutable_agenda() = state.agenda();
  *meeting.mutable_joint_with() = state.joint_with();
  if (state.has_opened_time()) *meeting.mutable_opened_time() = state.opened_time();
  if (state.has_closed_time()) *meeting.mutable_closed_time() = state.closed_time();
  meeting.set_presider_seat(state.presider_seat());
  if (!state.quorum_timeline().empty()) {
    *meeting.mutable_quorum() = *state.quorum_timeline().rbegin();
  }
  *meeting.mutable_motions() = state.motions();
  *meeting.mutable_actions() = state.actions();
  *meeting.mutable_products() = state.products();
  meeting.set_cancellation_reason(state.cancellation_reason());
  *meeting.mutable_invited_seats() = state.invited_seats();
  if (in_list) return meeting;
  *meeting.mutable_roster() = state.roster();
  if (state.has_rules()) *meeting.mutable_rules() = state.rules();
  *meeting.mutable_authorities() = state.authorities();
  *meeting.mutable_attendance() = state.attendance();
  *meeting.mutable_quorum_timeline() = state.quorum_timeline();
  if (state.has_minutes()) *meeting.mutable_minutes() = state.minutes();
  return meeting;
}

v1::Resolution ToResolution(const v1::ResolutionState& state, bool in_list) {
  v1::Resolution resolution;
  resolution.set_number(state.number());
  resolution.set_title(state.title());
  resolution.set_text(state.text());
  resolution.set_meeting(state.meeting());
  resolution.set_motion(state.motion());
  if (state.has_adopted_on()) *resolution.mutable_adopted_on() = state.adopted_on();
  if (state.has_recommended_on()) *resolution.mutable_recommended_on() = state.recommended_on();
  resolution.set_decision_kind(state.decision_kind());
  resolution.set_ratified_at_meeting(state.ratified_at_meeting());
  if (!in_list) *resolution.mutable_obligations() = state.obligations();
  *resolution.mutable_coverage() = CoverageOf(state);
  *resolution.mutable_actions() = state.actions();
  resolution.set_matter(state.matter());
  resolution.set_matter_effect(state.matter_effect());
  resolution.set_superseded_by(state.superseded_by());
  if (state.has_repealed_by()) *resolution.mutable_repealed_by() = state.repealed_by();
  if (state.has_ended_on()) *resolution.mutable_ended_on() = state.ended_on();
  resolution.set_end_reason(state.end_reason());
  return resolution;
}

v1::ActionItem ToActionItem(const v1::ActionItemState& state) {
  v1::ActionItem item;
  item.set_title(state.title());
  item.set_owner_office(state.owner_office());
  if (state.has_due_date()) *item.mutable_due_date() = state.due_date();
  item.set_meeting(state.meeting());
  item.set_agenda_item(state.agenda_item());
  item.set_motion(state.motion());
  *item.mutable_progress() = state.progress();
  if (state.has_evidence()) *item.mutable_evidence() = state.evidence();
  if (state.has_done_on()) *item.mutable_done_on() = state.done_on();
  *item.mutable_changes() = state.changes();
  if (state.has_dropped_by()) *item.mutable_dropped_by() = state.dropped_by();
  item.set_drop_reason(state.drop_reason());
  item.set_was_overdue(state.was_overdue());
  return item;
}

v1::Matter ToMatter(const v1::MatterState& state) {
  v1::Matter matter;
  matter.set_title(state.title());
  matter.set_description(state.description());
  if (state.has_raised_by()) *matter.mutable_raised_by() = state.raised_by();
  if (state.has_raised_on()) *matter.mutable_raised_on() = state.raised_on();
  matter.set_origin(state.origin());
  matter.set_forwarded_to(state.forwarded_to());
  *matter.mutable_hops() = state.hops();
  matter.set_answer(state.answer());
  matter.set_answered_by_body(state.answered_by_body());
  if (state.has_answered_on()) *matter.mutable_answered_on() = state.answered_on();
  *matter.mutable_informed_bodies() = state.informed_bodies();
  *matter.mutable_notes() = state.notes();
  if (state.has_decided_by()) *matter.mutable_decided_by() = state.decided_by();
  matter.set_end_reason(state.end_reason());
  return matter;
}

}  // namespace kasundo::committees
