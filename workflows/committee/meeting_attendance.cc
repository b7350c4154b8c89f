// Who is there. Presence is a span of time, so that the quorum has a timeline; it may be entered in
// any order, and every entry counts the whole timeline again.
#include <algorithm>
#include <optional>

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/instants.h"
#include "workflows/committee/meeting_commands.h"
#include "workflows/committee/meeting_decider.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/committee/quorum.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

// Who it is: a person in a seat, or an observer.
struct Who {
  std::string seat;
  std::string person;
  std::string guest;

  std::string InWords() const {
    if (!seat.empty()) return fmt::format("seat \"{}\"", seat);
    return fmt::format("\"{}\"", person.empty() ? guest : person);
  }
};

bool Matches(const v1::Attendance& attendance, const Who& who) {
  if (attendance.seat() != who.seat) return false;
  if (!who.person.empty() || who.seat.empty()) {
    return attendance.person() == who.person && attendance.guest() == who.guest;
  }
  return true;  // a seat without a person means whoever sits in it
}

bool SpansOverlap(const v1::PresenceSpan& span, absl::Time arrived,
                  std::optional<absl::Time> left) {
  const bool before = span.has_left() && InstantOf(span.left()) <= arrived;
  const bool after = left.has_value() && *left <= InstantOf(span.arrived());
  return !before && !after;
}

// Adds an event to the decision and applies it to the running state, so that the next entry sees
// it.
void Happen(v1::MeetingEvent event, v1::MeetingState& state,
            std::vector<v1::MeetingEvent>& events) {
  state = Meeting::Evolve(std::move(state), event);
  events.push_back(std::move(event));
}

void CountAgain(const v1::MeetingState& state, std::vector<v1::MeetingEvent>& events) {
  const std::vector<v1::QuorumCount> changed = ChangedCounts(state, QuorumTimeline(state));
  if (changed.empty()) return;
  v1::MeetingEvent event;
  for (const v1::QuorumCount& count : changed)
    *event.mutable_quorum_counted()->add_counts() = count;
  events.push_back(std::move(event));
}

v1::Presence PresenceOf(const v1::Arrival& arrival) {
  if (arrival.presence() != v1::PRESENCE_UNSPECIFIED) return arrival.presence();
  return arrival.seat().empty() ? v1::PRESENCE_OBSERVER : v1::PRESENCE_HOLDER;
}

// The person who comes: rules on holder, stand-in and observer.
absl::StatusOr<std::string> PersonOf(const v1::Arrival& arrival, const v1::MeetingState& state,
                                     const std::string& field) {
  const v1::Presence presence = PresenceOf(arrival);
  if (presence == v1::PRESENCE_OBSERVER) {
    if (arrival.person().empty() && arrival.guest().empty()) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PERSON_MISSING,
                    "an observer needs a person or a name")
          .Field(field + ".guest")
          .Mend("Give the person, or the name of the guest.");
    }
    if (!arrival.seat().empty()) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    "an observer sits in no seat")
          .Field(field + ".seat")
          .Mend("Leave the seat out, or record the person as its holder or stand-in.");
    }
    return arrival.person();
  }
  ASSIGN_OR_RETURN(const v1::MeetingSeat* seat,
                   RequireSeat(state, arrival.seat(), field + ".seat"));
  if (presence == v1::PRESENCE_STAND_IN) {
    if (arrival.person().empty()) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PERSON_MISSING,
                    "a stand-in needs a person: the written authority names one")
          .Field(field + ".person")
          .Mend("Give the person whom the authority names.");
    }
    if (arrival.person() == seat->holder()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_STAND_IN_IS_HOLDER,
                    "the holder of a seat comes as its holder")
          .Field(field + ".presence")
          .Mend("Leave out the presence, or give PRESENCE_HOLDER.");
    }
    return arrival.person();
  }
  if (seat->holder().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_VACANT,
                  fmt::format("seat \"{}\" was vacant on the meeting's day", seat->seat()))
        .Field(field + ".seat")
        .Mend("Fill the seat in the body's record, or record the person as an observer.");
  }
  if (!arrival.person().empty() && arrival.person() != seat->holder()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_THE_HOLDER,
                  fmt::format("seat \"{}\" was held by {} on the meeting's day", seat->seat(),
                              seat->holder()))
        .Field(field + ".person")
        .Mend("Record the person as a stand-in.");
  }
  return seat->holder();
}

absl::Status CheckFree(const Who& who, absl::Time arrived, std::optional<absl::Time> left,
                       const v1::MeetingState& state, const std::string& field) {
  for (const v1::Attendance& attendance : state.attendance()) {
    // One seat, one person at a time; and nobody sits in two seats.
    const bool same_seat = !who.seat.empty() && attendance.seat() == who.seat;
    const bool same_person = !who.person.empty() && attendance.person() == who.person;
    const bool same_guest = !who.guest.empty() && attendance.guest() == who.guest;
    if (!same_seat && !same_person && !same_guest) continue;
    for (const v1::PresenceSpan& span : attendance.spans()) {
      if (!SpansOverlap(span, arrived, left)) continue;
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_ALREADY_TAKEN,
                    same_seat
                        ? fmt::format("seat \"{}\" is taken at that time by {}", who.seat,
                                      attendance.person())
                        : fmt::format("{} is in the room already at that time", who.InWords()))
          .Field(field)
          .Mend("Record the departure first, or strike the attendance if it was a mistake.");
    }
  }
  return absl::OkStatus();
}

absl::Status OutOfOrder(const std::string& field, const std::string& message,
                        const std::string& mend) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TIMES_OUT_OF_ORDER, message)
      .Field(field)
      .Mend(mend);
}

absl::Status CheckDay(absl::Time at, const v1::MeetingState& state, const Context& context,
                      const std::string& field) {
  const absl::Time opened = InstantOf(state.opened_time());
  const CivilDate day = DayOf(at, ZoneOf(state, context));
  if (at < opened && !Same(day, state.date())) {
    return OutOfOrder(field, fmt::format("{} lies before the day of the meeting", ToString(day)),
                      fmt::format("Give a time from {} on.", ToString(state.date())));
  }
  return absl::OkStatus();
}

}  // namespace

MeetingDecision RecordArrivals(const v1::RecordArrivalsRequest& request,
                               const v1::MeetingState& state, const Context& context) {
  absl::Time usual = MomentOf(request.has_at(), request.at(), state, context);
  // History entered late: people were there from the opening unless it is said otherwise.
  if (!request.has_at() && usual != context.now) usual = InstantOf(state.opened_time());
  v1::MeetingState running = state;
  std::vector<v1::MeetingEvent> events;
  for (int i = 0; i < request.arrivals_size(); ++i) {
    const v1::Arrival& arrival = request.arrivals(i);
    const std::string field = fmt::format("arrivals[{}]", i);
    ASSIGN_OR_RETURN(const std::string person, PersonOf(arrival, running, field));
    const absl::Time at = arrival.has_at() ? InstantOf(arrival.at()) : usual;
    std::optional<absl::Time> left;
    if (arrival.has_left_at()) left = InstantOf(arrival.left_at());
    RETURN_IF_ERROR(CheckDay(at, state, context, field + ".at"));
    if (left.has_value() && *left <= at) {
      return OutOfOrder(field + ".left_at", "nobody leaves before coming",
                        "Give a left_at that is later than the arrival.");
    }
    const bool observer = PresenceOf(arrival) == v1::PRESENCE_OBSERVER;
    const Who who{arrival.seat(), person, observer && person.empty() ? arrival.guest() : ""};
    RETURN_IF_ERROR(CheckFree(who, at, left, running, field));
    v1::MeetingEvent event;
    v1::ArrivalRecorded& recorded = *event.mutable_arrival_recorded();
    recorded.set_seat(who.seat);
    recorded.set_presence(PresenceOf(arrival));
    recorded.set_person(who.person);
    recorded.set_guest(who.guest);
    recorded.set_organisation(arrival.organisation());
    *recorded.mutable_arrived() = TimestampOf(at);
    Happen(std::move(event), running, events);
    if (left.has_value()) {
      v1::MeetingEvent departure;
      v1::DepartureRecorded& departed = *departure.mutable_departure_recorded();
      departed.set_seat(who.seat);
      departed.set_person(who.person);
      departed.set_guest(who.guest);
      *departed.mutable_left() = TimestampOf(*left);
      Happen(std::move(departure), running, events);
    }
  }
  CountAgain(running, events);
  return events;
}

MeetingDecision RecordDepartures(const v1::RecordDeparturesRequest& request,
                                 const v1::MeetingState& state, const Context& context) {
  const absl::Time usual = MomentOf(request.has_at(), request.at(), state, context);
  v1::MeetingState running = state;
  std::vector<v1::MeetingEvent> events;
  for (int i = 0; i < request.departures_size(); ++i) {
    const v1::Departure& departure = request.departures(i);
    const std::string field = fmt::format("departures[{}]", i);
    const Who who{departure.seat(), departure.person(), departure.guest()};
    const v1::Attendance* here = nullptr;
    const v1::PresenceSpan* span = nullptr;
    for (const v1::Attendance& attendance : running.attendance()) {
      if (!Matches(attendance, who) || attendance.spans().empty()) continue;
      const v1::PresenceSpan& last = attendance.spans(attendance.spans_size() - 1);
      if (last.has_left()) continue;
      here = &attendance;
      span = &last;
    }
    if (here == nullptr) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_PRESENT,
                    fmt::format("{} is not in the room", who.InWords()))
          .Field(field)
          .Mend("Name somebody who is in the room, or record the arrival first (RecordArrivals).");
    }
    const absl::Time at = departure.has_at() ? InstantOf(departure.at()) : usual;
    if (at <= InstantOf(span->arrived())) {
      return OutOfOrder(field + ".at", fmt::format("{} had not come yet", who.InWords()),
                        "Give a time after the arrival.");
    }
    v1::MeetingEvent event;
    v1::DepartureRecorded& recorded = *event.mutable_departure_recorded();
    recorded.set_seat(here->seat());
    recorded.set_person(here->person());
    recorded.set_guest(here->guest());
    *recorded.mutable_left() = TimestampOf(at);
    Happen(std::move(event), running, events);
  }
  CountAgain(running, events);
  return events;
}

MeetingDecision StrikeAttendance(const v1::StrikeAttendanceRequest& request,
                                 const v1::MeetingState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const Who who{request.seat(), request.person(), request.guest()};
  const v1::Attendance* found = nullptr;
  for (const v1::Attendance& attendance : state.attendance()) {
    if (Matches(attendance, who)) found = &attendance;
  }
  if (found == nullptr) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_PRESENT,
                  fmt::format("no attendance of {} is recorded", who.InWords()))
        .Field(request.seat().empty() ? (request.person().empty() ? "guest" : "person") : "seat")
        .Mend("Give the seat, person or guest as in the meeting's `attendance`.");
  }
  for (const v1::Motion& motion : state.motions()) {
    const bool acted =
        !found->seat().empty() &&
        (motion.mover_seat() == found->seat() || motion.seconder_seat() == found->seat() ||
         std::any_of(motion.votes().begin(), motion.votes().end(),
                     [&](const v1::Vote& vote) { return vote.seat() == found->seat(); }));
    if (acted) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_HAS_VOTED,
                    fmt::format("seat \"{}\" has acted in motion \"{}\"", found->seat(),
                                motion.motion()))
          .Field("seat")
          .Mend("Leave the attendance; if the person left, record that (RecordDepartures).");
    }
  }
  v1::MeetingState running = state;
  std::vector<v1::MeetingEvent> events;
  v1::MeetingEvent event;
  v1::AttendanceStruck& struck = *event.mutable_attendance_struck();
  struck.set_seat(found->seat());
  struck.set_person(found->person());
  struck.set_guest(found->guest());
  struck.set_reason(context.reason);
  Happen(std::move(event), running, events);
  CountAgain(running, events);
  return events;
}

MeetingDecision ShowAuthority(const v1::ShowAuthorityRequest& request,
                              const v1::MeetingState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::MeetingSeat* seat, RequireSeat(state, request.seat(), "seat"));
  if (seat->stand_ins_barred()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_STAND_INS_BARRED,
                  fmt::format("only its holder can fill seat \"{}\"", seat->seat()))
        .Field("seat")
        .Mend("Record the person as an observer.");
  }
  if (request.person() == seat->holder()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_STAND_IN_IS_HOLDER,
                  "the holder of a seat needs no authority for it")
        .Field("person")
        .Mend("Nothing needs to be done. If a stand-in was meant, name that person.");
  }
  if (IsSet(request.document().date()) && Before(state.date(), request.document().date())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_AUTHORITY_TOO_LATE,
                  fmt::format("the letter of {} came after the meeting of {}",
                              ToString(request.document().date()), ToString(state.date())))
        .Field("document.date")
        .Mend("Give the right date of the letter, or record the person as an observer.");
  }
  const bool shown =
      std::any_of(state.authorities().begin(), state.authorities().end(), [&](const auto& known) {
        return known.seat() == request.seat() && known.person() == request.person();
      });
  if (shown) {
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_AUTHORITY_EXISTS,
                  "this authority has been shown already")
        .Field("person")
        .Mend("Nothing needs to be done. If another stand-in was meant, name that person.");
  }
  v1::MeetingState running = state;
  std::vector<v1::MeetingEvent> events;
  v1::MeetingEvent event;
  v1::MeetingAuthority& authority = *event.mutable_authority_shown()->mutable_authority();
  authority.set_seat(request.seat());
  authority.set_person(request.person());
  *authority.mutable_document() = request.document();
  *authority.mutable_shown_time() =
      TimestampOf(MomentOf(request.has_at(), request.at(), state, context));
  Happen(std::move(event), running, events);
  CountAgain(running, events);
  return events;
}

}  // namespace kasundo::committees
