#include "workflows/committee/meeting_record.h"

#include <algorithm>
#include <functional>

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/instants.h"
#include "workflows/committee/quorum.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

std::string_view WhyUncounted(v1::UncountedReason reason) {
  switch (reason) {
    case v1::UNCOUNTED_REASON_NO_WRITTEN_AUTHORITY:
      return "the stand-in has no written authority for this day";
    case v1::UNCOUNTED_REASON_STAND_IN_BARRED:
      return "the seat admits no stand-in";
    case v1::UNCOUNTED_REASON_SEAT_VACANT:
      return "the seat is vacant";
    default:
      return "nobody acts for it";
  }
}

// Whether the actor acts for the seat at that moment.
bool SitsIn(const v1::MeetingSeat& seat, const v1::MeetingState& meeting, absl::Time at,
            const Context& context) {
  const std::string& person = context.actor.person();
  if (person.empty()) return false;
  const Sitting sitting = WhoSits(meeting, seat, at);
  return sitting.counts() && sitting.attendance->person() == person;
}

bool SomebodyIsThere(const v1::MeetingState& meeting, absl::Time time) {
  const auto covers = [time](const v1::PresenceSpan& span) {
    return InstantOf(span.arrived()) <= time && (!span.has_left() || time < InstantOf(span.left()));
  };
  return std::any_of(meeting.attendance().begin(), meeting.attendance().end(),
                     [&](const v1::Attendance& attendance) {
                       return std::any_of(attendance.spans().begin(), attendance.spans().end(),
                                          covers);
                     });
}

bool HasItemOn(const v1::MeetingState& meeting, std::string_view matter,
               std::string_view recommendation) {
  return std::any_of(meeting.agenda().begin(), meeting.agenda().end(), [&](const auto& item) {
    return !item.withdrawn() && item.matter() == matter && item.recommendation() == recommendation;
  });
}

}  // namespace

const v1::AgendaItem* FindItem(const v1::MeetingState& meeting, std::string_view item) {
  for (const v1::AgendaItem& candidate : meeting.agenda()) {
    if (candidate.item() == item) return &candidate;
  }
  return nullptr;
}

const v1::Motion* FindMotion(const v1::MeetingState& meeting, std::string_view motion) {
  for (const v1::Motion& candidate : meeting.motions()) {
    if (candidate.motion() == motion) return &candidate;
  }
  return nullptr;
}

absl::StatusOr<const v1::AgendaItem*> RequireItem(const v1::MeetingState& meeting,
                                                  std::string_view item, std::string_view field) {
  const v1::AgendaItem* found = FindItem(meeting, item);
  if (found == nullptr || found->withdrawn()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_ITEM_NOT_FOUND,
                  fmt::format("the agenda has no item \"{}\"", item))
        .Field(field)
        .Mend("Name an item of the agenda that is not withdrawn.");
  }
  return found;
}

absl::StatusOr<const v1::Motion*> RequireOpenMotion(const v1::MeetingState& meeting,
                                                    std::string_view motion) {
  const v1::Motion* found = FindMotion(meeting, motion);
  if (found == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_MOTION_NOT_FOUND,
                  fmt::format("the meeting has no motion \"{}\"", motion))
        .Field("motion")
        .Mend("Name one of the meeting's `motions`, or table it first (TableMotion).");
  }
  if (found->motion_state() != v1::MOTION_STATE_TABLED) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_MOTION_NOT_OPEN,
                  fmt::format("motion \"{}\" is closed", motion))
        .Field("motion")
        .Mend("Table a new motion.");
  }
  return found;
}

absl::StatusOr<const v1::MeetingSeat*> RequireSeat(const v1::MeetingState& meeting,
                                                   std::string_view seat, std::string_view field) {
  const v1::MeetingSeat* found = FindSeat(meeting, seat);
  if (found == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_SEAT_NOT_FOUND,
                  fmt::format("the body had no seat \"{}\" for this meeting on its day", seat))
        .Field(field)
        .Mend("Name a seat of the meeting's roster, or record the person as an observer.");
  }
  return found;
}

absl::Status RequireVoter(const v1::MeetingState& meeting, std::string_view seat, absl::Time at,
                          std::string_view field) {
  ASSIGN_OR_RETURN(const v1::MeetingSeat* found, RequireSeat(meeting, seat, field));
  if (!found->voting()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_NOT_COUNTED,
                  fmt::format("seat \"{}\" has no vote", seat))
        .Field(field)
        .Mend("Name a voting seat; GetRoster says which seats vote.");
  }
  const Sitting sitting = WhoSits(meeting, *found, at);
  if (!sitting.counts()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SEAT_NOT_COUNTED,
                  fmt::format("seat \"{}\" is not counted: {}", seat,
                              sitting.attendance == nullptr ? "nobody is in the room for it"
                                                            : WhyUncounted(sitting.uncounted)))
        .Field(field)
        .Mend(
            "Record the arrival of its holder, or the written authority of the stand-in; or say "
            "with `at` when it was, if those in the room have left since.");
  }
  return absl::OkStatus();
}

absl::Status RequireActsFor(const v1::MeetingState& meeting, std::string_view seat, absl::Time at,
                            const Context& context) {
  const auto& actor = context.actor;
  if (actor.administrator() || actor.system() || IsMeetingSecretariat(context) ||
      IsMeetingPresider(meeting, context)) {
    return absl::OkStatus();
  }
  const v1::MeetingSeat* found = FindSeat(meeting, seat);
  if (found != nullptr && SitsIn(*found, meeting, at, context)) return absl::OkStatus();
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_YOUR_SEAT,
                fmt::format("you do not sit in seat \"{}\"", seat))
      .Mend("Act for your own seat, or let the secretariat record it.");
}

absl::TimeZone ZoneOf(const v1::MeetingState& meeting, const Context& context) {
  absl::TimeZone zone;
  return absl::LoadTimeZone(meeting.time_zone(), &zone) ? zone : context.time_zone;
}

absl::Time MomentOf(bool given, const google::protobuf::Timestamp& at,
                    const v1::MeetingState& meeting, const Context& context) {
  if (given) return InstantOf(at);
  const CivilDate today = DayOf(context.now, ZoneOf(meeting, context));
  const bool late = Before(meeting.date(), today);
  if (!late) return context.now;
  return InstantOf(meeting.has_last_time() ? meeting.last_time() : meeting.start_time());
}

absl::Time RoomMoment(const v1::MeetingState& meeting, const Context& context) {
  const absl::Time moment = MomentOf(false, {}, meeting, context);
  if (!Before(meeting.date(), DayOf(context.now, ZoneOf(meeting, context)))) return moment;
  std::vector<absl::Time> times = {moment};
  const auto add = [&](bool known, const google::protobuf::Timestamp& time) {
    if (known) times.push_back(InstantOf(time));
  };
  for (const v1::Attendance& attendance : meeting.attendance()) {
    for (const v1::PresenceSpan& span : attendance.spans()) {
      add(true, span.arrived());
      add(span.has_left(), span.left());
    }
  }
  for (const v1::Motion& motion : meeting.motions()) {
    add(motion.has_tabled_time(), motion.tabled_time());
    add(motion.has_voted_time(), motion.voted_time());
    add(motion.result().has_closed_time(), motion.result().closed_time());
  }
  std::sort(times.begin(), times.end(), std::greater<>());
  const auto in_room = std::find_if(times.begin(), times.end(), [&](absl::Time time) {
    return time <= moment && SomebodyIsThere(meeting, time);
  });
  return in_room == times.end() ? moment : *in_room;
}

absl::StatusOr<absl::Time> MotionMoment(bool given, const google::protobuf::Timestamp& at,
                                        const v1::Motion* motion, const v1::MeetingState& meeting,
                                        const Context& context) {
  const absl::Time moment = given ? InstantOf(at) : RoomMoment(meeting, context);
  absl::Time earliest = InstantOf(meeting.opened_time());
  std::string_view what = "the meeting was opened";
  if (motion != nullptr && motion->has_tabled_time()) {
    earliest = InstantOf(motion->tabled_time());
    what = "the motion was tabled";
  }
  if (motion != nullptr && motion->has_voted_time() && earliest < InstantOf(motion->voted_time())) {
    earliest = InstantOf(motion->voted_time());
    what = "the last vote was cast";
  }
  if (!given) return std::max(moment, earliest);
  if (moment >= earliest) return moment;
  const std::string since =
      absl::FormatTime("%Y-%m-%d %H:%M:%S", earliest, ZoneOf(meeting, context));
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TIMES_OUT_OF_ORDER,
                fmt::format("{} at {}, after that time", what, since))
      .Field("at")
      .Mend(fmt::format("Give a time from {} on. If the motion was in truth tabled and voted on "
                        "earlier, withdraw it and enter it again with the times (`at`).",
                        since))
      .With("earliest", since);
}

bool IsMeetingSecretariat(const Context& context) {
  return IsSecretariatOfBody(context, ParentOf(context.instance));
}

bool IsMeetingConvener(const Context& context) {
  const v1::CommitteeState* body = BodyOf(context);
  return body != nullptr &&
         (MayConvene(*body, context.actor, context.today) ||
          MayConvene(*body, context.actor, DayOf(context.now, context.time_zone)));
}

bool IsMeetingPresider(const v1::MeetingState& meeting, const Context& context) {
  const v1::CommitteeState* body = BodyOf(context);
  if (body == nullptr) return false;
  const CivilDate& day = IsSet(meeting.date()) ? meeting.date() : context.today;
  if (MayPreside(*body, context.actor, day)) return true;
  // Chosen for this meeting: whoever acts for the seat in the chair. A stand-in who does not count
  // does not preside either.
  const v1::MeetingSeat* chair = FindSeat(meeting, meeting.presider_seat());
  return chair != nullptr &&
         SitsIn(*chair, meeting, MomentOf(false, {}, meeting, context), context);
}

bool IsMeetingMember(const v1::MeetingState& meeting, const Context& context) {
  const v1::CommitteeState* body = BodyOf(context);
  if (body == nullptr) return false;
  const CivilDate& day = IsSet(meeting.date()) ? meeting.date() : context.today;
  return RosterOn(*body, day).HeldBy(context.actor.person()) != nullptr;
}

bool IsMeetingStandIn(const v1::MeetingState& meeting, const Context& context) {
  const std::string& person = context.actor.person();
  const v1::CommitteeState* body = BodyOf(context);
  if (body == nullptr || person.empty()) return false;
  const CivilDate& day = IsSet(meeting.date()) ? meeting.date() : context.today;
  const bool standing =
      std::any_of(body->seats().begin(), body->seats().end(), [&](const v1::Seat& seat) {
        return FindAuthority(seat, person, day, context.instance) != nullptr;
      });
  return standing ||
         std::any_of(meeting.authorities().begin(), meeting.authorities().end(),
                     [&](const v1::MeetingAuthority& shown) { return shown.person() == person; });
}

std::vector<v1::MeetingEvent> CarryForward(const v1::MeetingState& meeting,
                                           const v1::CommitteeState& body) {
  std::vector<v1::MeetingEvent> events;
  int next = meeting.agenda_size();
  const auto add = [&](const std::string& title, const std::string& matter,
                       const std::string& recommendation) {
    if (HasItemOn(meeting, matter, recommendation)) return;
    std::string id;
    do {
      id = fmt::format("item-{}", ++next);
    } while (FindItem(meeting, id) != nullptr);
    v1::MeetingEvent event;
    v1::AgendaItem& item = *event.mutable_agenda_item_added()->mutable_item();
    item.set_item(id);
    item.set_title(title);
    item.set_matter(matter);
    item.set_recommendation(recommendation);
    item.set_carried_forward(true);
    events.push_back(std::move(event));
  };
  // What waits for ratification comes first: the body is bound to answer it.
  for (const v1::OpenRecommendation& open : body.recommendations()) {
    add(fmt::format("Ratification: {}", open.title()), "", open.resolution());
  }
  for (const v1::OpenMatter& open : body.open_matters()) add(open.title(), open.matter(), "");
  return events;
}

std::string FreeName(const std::string& wanted, const Context& context) {
  std::string name = wanted;
  for (int n = 2; context.Find(name) != nullptr; ++n) name = fmt::format("{}-{}", wanted, n);
  return name;
}

absl::Status CheckOwnerOffice(const std::string& owner, std::string_view field) {
  if (owner.empty() || CollectionOf(owner) == "offices") return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ACTION_OWNER_NOT_AN_OFFICE,
                fmt::format("\"{}\" is not an office", owner))
      .Field(field)
      .Mend("Name the office that owes it; offices outlive the persons who hold them.");
}

absl::Status CheckActionOwners(
    const google::protobuf::RepeatedPtrField<v1::PlannedAction>& actions) {
  for (int i = 0; i < actions.size(); ++i) {
    RETURN_IF_ERROR(
        CheckOwnerOffice(actions[i].owner_office(), fmt::format("actions[{}].owner_office", i)));
  }
  return absl::OkStatus();
}

std::vector<std::string> MissingIn(const v1::PlannedAction& action) {
  std::vector<std::string> missing;
  if (action.title().empty()) missing.push_back("what is to be done");
  if (action.owner_office().empty()) missing.push_back("owner office");
  if (!IsValid(action.due_date())) missing.push_back("due date");
  return missing;
}

}  // namespace kasundo::committees
