// A body's stored state as its resource.
#pragma once

#include "kasundo/committees/v1/committees.pb.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::committees {

// The kind's own fields. Name and form are those of `on`, or the latest before the body had any on
// that day. `in_list` leaves out seats, officers and registers.
v1::Committee ToCommittee(const v1::CommitteeState& state, const CivilDate& on, bool in_list);

// A seat on a day as answers show it.
v1::RosterEntry ToRosterEntry(const RosterSeat& seat);

}  // namespace kasundo::committees
