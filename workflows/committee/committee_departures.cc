// Who died or left holds no seat and no post, and stands in for nobody, from that day on.
#include <string>
#include <utility>
#include <vector>

#include "workflows/committee/committee_commands.h"
#include "workflows/committee/committee_seats.h"
#include "workflows/committee/composition.h"
#include "workflows/directory/dated.h"

namespace kasundo::committees {
namespace {

using directory::BeginsAfter;

bool RunsBeyond(const CivilDate& until, const CivilDate& day) {
  return !IsSet(until) || Last(until) > Last(day);
}

v1::CommitteeEvent Vacated(const v1::Seat& seat, const v1::ReleasePersonRequest& request,
                           bool struck) {
  v1::CommitteeEvent event;
  v1::SeatVacated& vacated = *event.mutable_seat_vacated();
  vacated.set_seat_id(seat.id());
  vacated.set_person(request.person());
  *vacated.mutable_until() = request.on();
  vacated.set_end_reason(request.cause());
  vacated.set_struck(struck);
  return event;
}

void LeaveSeat(const v1::Seat& seat, const v1::ReleasePersonRequest& request,
               std::vector<v1::CommitteeEvent>& events) {
  bool sits = false;
  bool will_sit = false;
  for (const v1::SeatHolder& holder : seat.holders()) {
    if (holder.person() != request.person()) continue;
    const bool later = BeginsAfter(holder.since(), request.on());
    will_sit = will_sit || later;
    sits = sits || (!later && RunsBeyond(EndOf(holder), request.on()));
  }
  if (sits) events.push_back(Vacated(seat, request, false));
  if (will_sit) events.push_back(Vacated(seat, request, true));
}

void LoseAuthorities(const v1::Seat& seat, const v1::ReleasePersonRequest& request,
                     std::vector<v1::CommitteeEvent>& events) {
  for (const v1::StandInAuthority& authority : seat.authorities()) {
    if (authority.person() != request.person() || IsSet(authority.revoked_on()) ||
        !RunsBeyond(authority.until(), request.on())) {
      continue;
    }
    v1::StandInAuthorityRevoked& revoked =
        *events.emplace_back().mutable_stand_in_authority_revoked();
    revoked.set_seat_id(seat.id());
    revoked.set_authority_id(authority.id());
    *revoked.mutable_revoked_on() = DayAfter(request.on());
    revoked.set_revocation_reason(request.cause());
  }
}

void LeavePost(const v1::Officer& officer, const v1::ReleasePersonRequest& request,
               std::vector<v1::CommitteeEvent>& events) {
  if (officer.person() != request.person()) return;
  const bool later = BeginsAfter(officer.since(), request.on());
  if (!later && !RunsBeyond(officer.until(), request.on())) return;
  v1::OfficerRelieved& relieved = *events.emplace_back().mutable_officer_relieved();
  relieved.set_officer_id(officer.id());
  *relieved.mutable_until() = request.on();
  relieved.set_struck(later);
}

}  // namespace

CommitteeEvents ReleasePerson(const v1::ReleasePersonRequest& request, const CommitteeState& state,
                              const Context& context) {
  std::vector<v1::CommitteeEvent> events;
  for (const v1::Seat& seat : state.seats()) {
    LeaveSeat(seat, request, events);
    LoseAuthorities(seat, request, events);
  }
  for (const v1::Officer& officer : state.officers()) LeavePost(officer, request, events);
  if (events.empty()) return events;
  // Nobody can be kept in a seat by a rule: what is broken is noted.
  return NoteComposition(state, std::move(events), Later(DayAfter(request.on()), context.today));
}

}  // namespace kasundo::committees
