#include "services/committees/body_queries.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/committees/body_mapping.h"
#include "workflows/committee/body_checks.h"
#include "workflows/committee/composition.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

std::string ExplainRoster(const Roster& roster, const v1::GetRosterResponse& response) {
  std::string text =
      fmt::format("{} of {} regular seats filled", roster.regular_filled(), roster.regular());
  if (!response.vacant_seats().empty()) {
    text += fmt::format("; {} vacant: {}", response.vacant_seats_size(),
                        fmt::join(response.vacant_seats(), ", "));
  }
  const auto holding_over = std::count_if(roster.seats.begin(), roster.seats.end(),
                                          [](const RosterSeat& seat) { return seat.holding_over; });
  if (holding_over > 0) text += fmt::format("; {} holding over", holding_over);
  return text;
}

}  // namespace

v1::GetRosterResponse RosterOf(std::string_view name, const v1::CommitteeState& state,
                               const CivilDate& on) {
  v1::GetRosterResponse response;
  response.set_name(std::string(name));
  if (const v1::BodyName* title = NameOn(state, on)) response.set_title(title->title());
  if (const v1::Form* form = FormOn(state, on)) *response.mutable_form() = *form;
  *response.mutable_on() = on;
  const Roster roster = RosterOn(state, on);
  for (const RosterSeat& seat : roster.seats) {
    *response.add_seats() = ToRosterEntry(seat);
    if (!seat.filled()) response.add_vacant_seats(seat.id());
  }
  for (const OfficerInPost& entry : OfficersOn(state, on)) {
    v1::Officer& officer = *response.add_officers();
    officer = *entry.officer;
    officer.set_person(entry.person);
  }
  for (const v1::Secretariat& secretariat : state.secretariats()) {
    if (Covers(secretariat.since(), secretariat.until(), on)) {
      *response.add_secretariats() = secretariat;
    }
  }
  response.set_regular_seats(roster.regular());
  response.set_regular_seats_filled(roster.regular_filled());
  response.set_voting_seats_filled(roster.voting_filled());
  for (v1::CompositionViolation& violation : CompositionViolations(state, on)) {
    *response.add_violations() = std::move(violation);
  }
  response.set_explanation(ExplainRoster(roster, response));
  return response;
}

absl::StatusOr<v1::ListSeatHoldersResponse> HoldersOf(const v1::CommitteeState& state,
                                                      std::string_view seat_id,
                                                      const CivilDate& on) {
  ASSIGN_OR_RETURN(const v1::Seat* seat, FindSeat(state, seat_id));
  v1::ListSeatHoldersResponse response;
  *response.mutable_seat() = *seat;
  response.mutable_seat()->clear_holders();
  response.mutable_seat()->clear_authorities();
  if (IsSet(on)) {
    const Roster roster = RosterOn(state, on);
    const RosterSeat* that_day = roster.Find(seat_id);
    if (that_day != nullptr && that_day->filled()) *response.add_holders() = *that_day->holder;
    return response;
  }
  *response.mutable_holders() = seat->holders();
  std::stable_sort(response.mutable_holders()->begin(), response.mutable_holders()->end(),
                   [](const v1::SeatHolder& a, const v1::SeatHolder& b) {
                     return Compare(a.since(), b.since()) < 0;
                   });
  return response;
}

v1::GetInvitationsResponse InvitationsOf(const v1::CommitteeState& state,
                                         const std::vector<std::string>& topics,
                                         const CivilDate& on) {
  v1::GetInvitationsResponse response;
  for (const RosterSeat& seat : RosterOn(state, on).seats) {
    if (IsInvited(*seat.seat, topics)) {
      *response.add_seats() = ToRosterEntry(seat);
    } else {
      response.add_not_invited(seat.id());
    }
  }
  return response;
}

v1::GetVolunteerReachResponse ReachOf(const v1::CommitteeState& state, const CivilDate& on) {
  v1::GetVolunteerReachResponse response;
  std::map<std::string, std::vector<std::string>> by_community;
  for (const v1::Volunteer& volunteer : state.volunteers()) {
    if (!Covers(volunteer.since(), volunteer.until(), on)) continue;
    response.set_volunteers(response.volunteers() + 1);
    for (const std::string& community : volunteer.communities()) {
      by_community[community].push_back(volunteer.id());
    }
  }
  response.set_communities(static_cast<int>(by_community.size()));
  for (const auto& [community, ids] : by_community) {
    v1::CommunityReach& reach = *response.add_reach();
    reach.set_community(community);
    for (const std::string& id : ids) reach.add_volunteer_ids(id);
  }
  for (const v1::CompositionViolation& violation : CompositionViolations(state, on)) {
    for (const std::string& territory : violation.uncovered_territories()) {
      response.add_uncovered_territories(territory);
    }
  }
  return response;
}

}  // namespace kasundo::committees
