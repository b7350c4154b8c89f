#include "services/committees/participation.h"

#include <algorithm>
#include <set>

#include "absl/time/civil_time.h"
#include "workflows/committee/roster.h"

namespace kasundo::committees {
namespace {

constexpr int kMonths = 12;  // four quarters
constexpr int kSilentAfter = 2;

CivilDate BeginningOf(const CivilDate& until) {
  const absl::CivilDay after = Last(until) + 1;
  return FromDay(absl::CivilDay(after.year(), after.month() - kMonths, after.day()));
}

// Whether the seat was invited to the meeting: by the invitations of the meeting, or, without any,
// by its topics.
bool WasInvited(const v1::Seat& seat, const v1::MeetingState& meeting) {
  if (!Covers(seat.since(), seat.until(), meeting.date())) return false;
  const auto& invited = meeting.invited_seats();
  if (!invited.empty())
    return std::find(invited.begin(), invited.end(), seat.id()) != invited.end();
  return IsInvited(seat, {meeting.topics().begin(), meeting.topics().end()});
}

// How somebody was there for the seat; PRESENCE_UNSPECIFIED if nobody was. An observer is not there
// for a seat.
v1::Presence PresenceOf(const v1::Seat& seat, const v1::MeetingState& meeting) {
  for (const v1::Attendance& attendance : meeting.attendance()) {
    if (attendance.seat() != seat.id() || attendance.spans().empty()) continue;
    if (attendance.presence() == v1::PRESENCE_HOLDER ||
        attendance.presence() == v1::PRESENCE_STAND_IN) {
      return attendance.presence();
    }
  }
  return v1::PRESENCE_UNSPECIFIED;
}

int ItemsProposed(const v1::Seat& seat, const v1::MeetingState& meeting) {
  return static_cast<int>(std::count_if(
      meeting.agenda().begin(), meeting.agenda().end(),
      [&](const v1::AgendaItem& item) { return item.proposed_by_seat() == seat.id(); }));
}

// An agenda that the convening institution filled alone: every item that somebody proposed came
// from a seat of the organisation that called the meeting. What the rules carried forward nobody
// proposed.
bool FilledByConvenerAlone(const v1::CommitteeState& body, const HeldMeeting& meeting) {
  if (meeting.convening_organisation.empty()) return false;
  int proposed = 0;
  for (const v1::AgendaItem& item : meeting.state->agenda()) {
    if (item.carried_forward() || item.withdrawn()) continue;
    ++proposed;
    if (item.proposed_by_seat().empty()) continue;  // entered by the convener itself
    const auto seat = std::find_if(
        body.seats().begin(), body.seats().end(),
        [&](const v1::Seat& candidate) { return candidate.id() == item.proposed_by_seat(); });
    if (seat == body.seats().end() || seat->organisation() != meeting.convening_organisation) {
      return false;
    }
  }
  return proposed > 0;
}

v1::SeatParticipation Of(const v1::Seat& seat, const std::vector<HeldMeeting>& meetings,
                         const std::vector<OwnedAction>& actions, const CivilDate& since,
                         const CivilDate& until, int silent_after) {
  v1::SeatParticipation row;
  row.set_seat_id(seat.id());
  row.set_title(seat.title());
  row.set_organisation(seat.organisation());
  int missed_in_a_row = 0;
  for (const HeldMeeting& meeting : meetings) {
    row.set_agenda_items(row.agenda_items() + ItemsProposed(seat, *meeting.state));
    const v1::Presence presence = PresenceOf(seat, *meeting.state);
    const bool invited = WasInvited(seat, *meeting.state);
    if (invited || presence != v1::PRESENCE_UNSPECIFIED) row.set_invited(row.invited() + 1);
    if (presence == v1::PRESENCE_UNSPECIFIED) {
      if (invited) ++missed_in_a_row;
      continue;
    }
    missed_in_a_row = 0;
    row.set_attended(row.attended() + 1);
    if (presence == v1::PRESENCE_STAND_IN) row.set_by_stand_in(row.by_stand_in() + 1);
    row.set_last_attended(meeting.name);
  }
  row.set_silent(missed_in_a_row >= silent_after);
  row.set_contributions(static_cast<int>(
      std::count_if(actions.begin(), actions.end(), [&](const OwnedAction& action) {
        return !seat.organisation().empty() && action.organisation == seat.organisation() &&
               IsSet(action.state->done_on()) && Covers(since, until, action.state->done_on());
      })));
  return row;
}

}  // namespace

v1::GetParticipationResponse ParticipationOf(const v1::CommitteeState& body,
                                             std::vector<HeldMeeting> meetings,
                                             const std::vector<OwnedAction>& actions,
                                             const CivilDate& until, int silent_after) {
  const CivilDate since = BeginningOf(until);
  std::erase_if(meetings, [&](const HeldMeeting& meeting) {
    return !Covers(since, until, meeting.state->date());
  });
  std::stable_sort(meetings.begin(), meetings.end(), [](const auto& a, const auto& b) {
    return Compare(a.state->date(), b.state->date()) < 0;
  });
  v1::GetParticipationResponse response;
  *response.mutable_since() = since;
  *response.mutable_until() = until;
  for (const HeldMeeting& meeting : meetings) {
    response.add_meetings(meeting.name);
    if (FilledByConvenerAlone(body, meeting)) response.add_convener_only_meetings(meeting.name);
  }
  for (const v1::Seat& seat : body.seats()) {
    if (!Overlap(seat.since(), seat.until(), since, until)) continue;
    v1::SeatParticipation& row = *response.add_seats();
    row = Of(seat, meetings, actions, since, until, silent_after > 0 ? silent_after : kSilentAfter);
    if (row.silent() && Covers(seat.since(), seat.until(), until)) {
      response.add_silent_seats(seat.id());
    }
  }
  return response;
}

}  // namespace kasundo::committees
