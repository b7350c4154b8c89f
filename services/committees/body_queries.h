// Questions about one body: who was in it, who held a seat, whom a meeting invites, how far
// volunteers reach. Pure functions of its state; the service reads it.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::committees {

v1::GetRosterResponse RosterOf(std::string_view name, const v1::CommitteeState& state,
                               const CivilDate& on);

// NOT_FOUND, reason SEAT_NOT_FOUND. An absent `on` asks for all holders.
absl::StatusOr<v1::ListSeatHoldersResponse> HoldersOf(const v1::CommitteeState& state,
                                                      std::string_view seat_id,
                                                      const CivilDate& on);

v1::GetInvitationsResponse InvitationsOf(const v1::CommitteeState& state,
                                         const std::vector<std::string>& topics,
                                         const CivilDate& on);

v1::GetVolunteerReachResponse ReachOf(const v1::CommitteeState& state, const CivilDate& on);

}  // namespace kasundo::committees
