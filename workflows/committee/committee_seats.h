// A seat as founding and AddSeat bring it into a body.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::committees {

// SeatAdded with the first day `since` unless the seat says its own, or why it cannot be:
// ID_INVALID, SEAT_EXISTS, SEAT_WITHOUT_OWNER, SEAT_TOPICS_INVALID, DATE_BEFORE_BEGINNING,
// PERIOD_INVALID.
absl::StatusOr<v1::CommitteeEvent> SeatToAdd(const v1::Seat& seat, const std::string& field,
                                             const CivilDate& since,
                                             const v1::CommitteeState& state);

// The last day on which a holder can have been in the seat, as far as it is known.
CivilDate EndOf(const v1::SeatHolder& holder);

}  // namespace kasundo::committees
