// When and where a meeting takes place: calling it, moving it, opening and closing it.
#include <algorithm>
#include <iterator>

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/instants.h"
#include "workflows/committee/meeting_commands.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/committee/quorum.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

// Notice is counted in whole days from the day it was given to the meeting's day; if that is known
// only to the month or the year, from the last day on which it can have been. A rule of 0 days asks
// for none.
absl::StatusOr<v1::Notice> CheckNotice(const CivilDate& given_on, const CivilDate& meets_on,
                                       v1::MeetingOccasion occasion, const std::string& waiver,
                                       const v1::NoticeRule& rule, const Context& context) {
  const CivilDate today = DayOf(context.now, context.time_zone);
  if (First(given_on) > First(today)) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("notice given on {} would be given after today, {}",
                              ToString(given_on), ToString(today)))
        .Field("notice_given_on")
        .Mend("Give the day on which notice was given.");
  }
  const int needed =
      occasion == v1::MEETING_OCCASION_REGULAR ? rule.regular_days() : rule.special_days();
  v1::Notice notice;
  *notice.mutable_given_on() = given_on;
  notice.set_days(static_cast<int>(First(meets_on) - Last(given_on)));
  notice.set_days_needed(needed);
  if (needed > 0 && notice.days() < needed) {
    if (waiver.empty()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SHORT_NOTICE,
                    fmt::format(
                        "notice of {} days; the body's rule for {} meetings is {}", notice.days(),
                        occasion == v1::MEETING_OCCASION_REGULAR ? "regular" : "special", needed))
          .Field("notice_given_on")
          .Mend(
              "Choose a later day, correct the day of the notice, or say in short_notice_reason "
              "why shorter notice is accepted.")
          .With("days", notice.days())
          .With("needed", needed);
    }
    notice.set_short_notice_reason(waiver);
  }
  return notice;
}

absl::StatusOr<absl::TimeZone> FindZone(const std::string& name, const Context& context) {
  if (name.empty()) return context.time_zone;
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(name, &zone)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TIME_ZONE_UNKNOWN,
                  fmt::format("no time zone is called \"{}\"", name))
        .Field("time_zone")
        .Mend("Give its IANA name, such as Asia/Manila or Europe/Rome.");
  }
  return zone;
}

v1::MeetingSeat CopyOf(const RosterSeat& seat, std::string_view meeting) {
  v1::MeetingSeat copy;
  copy.set_seat(seat.id());
  copy.set_title(seat.seat->title());
  copy.set_kind(seat.seat->kind());
  copy.set_sector(seat.seat->sector());
  copy.set_organisation(seat.seat->organisation());
  if (seat.filled()) copy.set_holder(seat.holder->person());
  copy.set_voting(seat.voting);
  copy.set_regular(seat.regular);
  copy.set_stand_ins_barred(seat.stand_ins_barred);
  for (const v1::StandInAuthority* authority : seat.authorities) {
    if (authority->meeting().empty() || authority->meeting() == meeting) {
      *copy.add_authorities() = *authority;
    }
  }
  return copy;
}

// Rule 9: the topics of the meeting and of what is on its agenda.
std::vector<std::string> TopicsOf(const v1::MeetingState& meeting) {
  std::vector<std::string> topics(meeting.topics().begin(), meeting.topics().end());
  for (const v1::AgendaItem& item : meeting.agenda()) {
    if (!item.withdrawn() && !item.topic().empty()) topics.push_back(item.topic());
  }
  return topics;
}

absl::Status BodyNotHere() {
  return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_REFERENCE_NOT_FOUND,
                "the body of this meeting is not in this journal")
      .Mend("Enter the body first (EstablishCommittee).");
}

// A body does not meet from the day on which it is closed.
absl::Status CheckNotClosed(const v1::CommitteeState& body, const CivilDate& day,
                            std::string_view field) {
  if (!IsSet(body.closed_on()) || Before(day, body.closed_on())) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_BODY_CLOSED,
                fmt::format("the body was closed on {}; the meeting is on {}",
                            ToString(body.closed_on()), ToString(day)))
      .Field(field)
      .Mend(fmt::format("Hold the meeting before {}, or as a meeting of a body that is active.",
                        ToString(body.closed_on())));
}

// A body that rests decides nothing. Where the days are known only to the month or the year, it
// rests on those on which it surely did.
absl::Status CheckNotSuspended(const v1::CommitteeState& body, const CivilDate& day,
                               std::string_view field) {
  for (const v1::Suspension& suspension : body.suspensions()) {
    const bool began = Last(suspension.since()) <= First(day);
    const bool over = IsSet(suspension.resumed_on()) && First(suspension.resumed_on()) <= Last(day);
    if (!began || over) continue;
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_BODY_SUSPENDED,
                  fmt::format("the body rests from {}{}; the meeting is on {}",
                              ToString(suspension.since()),
                              IsSet(suspension.resumed_on())
                                  ? " until " + ToString(suspension.resumed_on())
                                  : "",
                              ToString(day)))
        .Field(field)
        .Mend(
            "Hold the meeting on a day on which the body works, or let it work again first "
            "(ResumeCommittee).");
  }
  return absl::OkStatus();
}

absl::Status CheckMeets(const v1::CommitteeState& body, const CivilDate& day,
                        std::string_view field) {
  RETURN_IF_ERROR(CheckNotClosed(body, day, field));
  return CheckNotSuspended(body, day, field);
}

absl::Status CheckJointWith(const v1::CallMeetingRequest& request, const CivilDate& day,
                            const Context& context) {
  for (int i = 0; i < request.joint_with_size(); ++i) {
    const std::string field = fmt::format("joint_with[{}]", i);
    if (request.joint_with(i) == request.parent()) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SAME_BODY,
                    "a body cannot hold a joint session with itself")
          .Field(field)
          .Mend("Name only the other bodies.");
    }
    const auto* other = context.Related<v1::CommitteeState>(request.joint_with(i));
    if (other != nullptr) RETURN_IF_ERROR(CheckMeets(*other, day, field));
  }
  return absl::OkStatus();
}

}  // namespace

MeetingDecision CallMeeting(const v1::CallMeetingRequest& request, const v1::MeetingState& state,
                            const Context& context) {
  ASSIGN_OR_RETURN(const absl::TimeZone zone, FindZone(request.time_zone(), context));
  const CivilDate date = DayOf(InstantOf(request.start_time()), zone);
  const v1::CommitteeState* body = BodyOf(context);
  if (body == nullptr) return BodyNotHere();
  RETURN_IF_ERROR(CheckMeets(*body, date, "start_time"));
  v1::MeetingEvent event;
  v1::MeetingCalled& called = *event.mutable_meeting_called();
  called.set_title(request.title().empty() ? request.meeting_id() : request.title());
  called.set_occasion(request.occasion());
  if (request.occasion() == v1::MEETING_OCCASION_UNSPECIFIED) {
    called.set_occasion(request.joint_with().empty() ? v1::MEETING_OCCASION_REGULAR
                                                     : v1::MEETING_OCCASION_JOINT_SESSION);
  }
  RETURN_IF_ERROR(CheckJointWith(request, date, context));
  ASSIGN_OR_RETURN(
      *called.mutable_notice(),
      CheckNotice(request.has_notice_given_on() ? request.notice_given_on() : context.today, date,
                  called.occasion(), request.short_notice_reason(), body->rules().notice(),
                  context));
  *called.mutable_start_time() = request.start_time();
  called.set_time_zone(zone.name());
  *called.mutable_date() = date;
  called.set_place(request.place());
  *called.mutable_topics() = request.topics();
  *called.mutable_joint_with() = request.joint_with();
  // Rule 9: core seats are always invited, topic seats by the topics of the agenda.
  const std::vector<std::string> topics(request.topics().begin(), request.topics().end());
  for (const RosterSeat& seat : InvitedSeats(RosterOn(*body, date), topics)) {
    called.add_invited_seats(seat.id());
  }
  std::vector<v1::MeetingEvent> events = {std::move(event)};
  // Rule 15: open matters are carried to the next agenda until closed or dropped by decision.
  std::ranges::move(CarryForward(state, *body), std::back_inserter(events));
  return events;
}

MeetingDecision RescheduleMeeting(const v1::RescheduleMeetingRequest& request,
                                  const v1::MeetingState& state, const Context& context) {
  v1::MeetingEvent event;
  v1::MeetingRescheduled& rescheduled = *event.mutable_meeting_rescheduled();
  *rescheduled.mutable_start_time() =
      request.has_start_time() ? request.start_time() : state.start_time();
  rescheduled.set_place(request.place().empty() ? state.place() : request.place());
  const absl::Time start = InstantOf(rescheduled.start_time());
  if (start == InstantOf(state.start_time()) && rescheduled.place() == state.place()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  "the meeting has this time and place already")
        .Mend("Nothing needs to be done. To move it, give another start_time or place.");
  }
  *rescheduled.mutable_date() = DayOf(start, ZoneOf(state, context));
  *rescheduled.mutable_notice() = state.notice();
  if (start != InstantOf(state.start_time())) {
    const v1::CommitteeState* body = BodyOf(context);
    if (body == nullptr) return BodyNotHere();
    RETURN_IF_ERROR(CheckMeets(*body, rescheduled.date(), "start_time"));
    ASSIGN_OR_RETURN(
        *rescheduled.mutable_notice(),
        CheckNotice(request.has_notice_given_on() ? request.notice_given_on() : context.today,
                    rescheduled.date(), state.occasion(), request.short_notice_reason(),
                    body->rules().notice(), context));
  }
  return {{std::move(event)}};
}

MeetingDecision CancelMeeting(const v1::CancelMeetingRequest&, const v1::MeetingState&,
                              const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::MeetingEvent event;
  event.mutable_meeting_cancelled()->set_reason(context.reason);
  return {{std::move(event)}};
}

MeetingDecision OpenMeeting(const v1::OpenMeetingRequest& request, const v1::MeetingState& state,
                            const Context& context) {
  const absl::Time at = MomentOf(request.has_at(), request.at(), state, context);
  const CivilDate day = DayOf(at, ZoneOf(state, context));
  if (!Same(day, state.date())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TIMES_OUT_OF_ORDER,
                  fmt::format("the meeting is called for {}, not for {}", ToString(state.date()),
                              ToString(day)))
        .Field("at")
        .Mend("Reschedule it to the day on which it is held.");
  }
  const v1::CommitteeState* body = BodyOf(context);
  if (body == nullptr) return BodyNotHere();
  RETURN_IF_ERROR(CheckMeets(*body, state.date(), ""));
  v1::MeetingEvent event;
  v1::MeetingOpened& opened = *event.mutable_meeting_opened();
  *opened.mutable_opened_time() = TimestampOf(at);
  *opened.mutable_date() = state.date();
  *opened.mutable_rules() = body->rules();
  for (const RosterSeat& seat : InvitedSeats(RosterOn(*body, state.date()), TopicsOf(state))) {
    *opened.add_roster() = CopyOf(seat, context.instance);
  }
  if (!request.presider_seat().empty()) {
    const auto& roster = opened.roster();
    if (std::none_of(roster.begin(), roster.end(), [&](const v1::MeetingSeat& seat) {
          return seat.seat() == request.presider_seat();
        })) {
      return Refuse(absl::StatusCode::kNotFound, v1::REASON_SEAT_NOT_FOUND,
                    fmt::format("the body had no seat \"{}\" on {}", request.presider_seat(),
                                ToString(state.date())))
          .Field("presider_seat")
          .Mend("Name a seat that the body had on that day; GetRoster lists them.");
    }
    opened.set_presider_seat(request.presider_seat());
  }
  std::vector<v1::MeetingEvent> events = {event};
  // What came up between the call and the meeting is on the agenda as well.
  std::ranges::move(CarryForward(state, *body), std::back_inserter(events));
  v1::MeetingState after = state;
  *after.mutable_opened_time() = opened.opened_time();
  *after.mutable_roster() = opened.roster();
  *after.mutable_rules() = opened.rules();
  v1::MeetingEvent counted;
  *counted.mutable_quorum_counted()->add_counts() = CountQuorum(after, at);
  events.push_back(std::move(counted));
  return events;
}

MeetingDecision ChoosePresider(const v1::ChoosePresiderRequest& request,
                               const v1::MeetingState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::MeetingSeat* seat, RequireSeat(state, request.seat(), "seat"));
  if (seat->seat() == state.presider_seat()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  fmt::format("seat \"{}\" presides already", seat->seat()))
        .Field("seat")
        .Mend("Nothing needs to be done. If another seat was meant, name that one.");
  }
  const absl::Time at = MomentOf(false, {}, state, context);
  if (!WhoSits(state, *seat, at).counts()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_PRESENT,
                  fmt::format("nobody who counts sits in seat \"{}\"", seat->seat()))
        .Field("seat")
        .Mend("Record the arrival first.");
  }
  v1::MeetingEvent event;
  event.mutable_presider_chosen()->set_seat(seat->seat());
  return {{std::move(event)}};
}

MeetingDecision CloseMeeting(const v1::CloseMeetingRequest& request, const v1::MeetingState& state,
                             const Context& context) {
  const absl::Time at = MomentOf(request.has_at(), request.at(), state, context);
  if (at < InstantOf(state.last_time())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TIMES_OUT_OF_ORDER,
                  "the meeting was still going on at that time")
        .Field("at")
        .Mend("Give a time after the last arrival, departure and vote.");
  }
  std::string open;
  int count = 0;
  for (const v1::Motion& motion : state.motions()) {
    if (motion.motion_state() != v1::MOTION_STATE_TABLED) continue;
    open += fmt::format("{}\"{}\"", count++ == 0 ? "" : ", ", motion.motion());
  }
  if (count > 0) {
    return Refuse(
               absl::StatusCode::kFailedPrecondition, v1::REASON_MOTIONS_OPEN,
               fmt::format("{} open: {}",
                           count == 1 ? "1 motion is" : fmt::format("{} motions are", count), open))
        .Mend("Close or withdraw every motion first.")
        .With("motions", count);
  }
  v1::MeetingEvent event;
  *event.mutable_meeting_closed()->mutable_closed_time() = TimestampOf(at);
  return {{std::move(event)}};
}

MeetingDecision RecordSharedProduct(const v1::RecordSharedProductRequest& request,
                                    const v1::MeetingState& state, const Context&) {
  if (state.joint_with().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_A_JOINT_SESSION,
                  "the meeting is held with no other body")
        .Mend("Name the other body when the meeting is called.");
  }
  v1::MeetingEvent event;
  *event.mutable_shared_product_recorded()->mutable_product() = request.product();
  return {{std::move(event)}};
}

}  // namespace kasundo::committees
