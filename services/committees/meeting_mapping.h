// What meetings and what comes of them are stored as, as their resources: the kinds' own fields.
#pragma once

#include "kasundo/committees/v1/action_items.pb.h"
#include "kasundo/committees/v1/action_items_events.pb.h"
#include "kasundo/committees/v1/matters.pb.h"
#include "kasundo/committees/v1/matters_events.pb.h"
#include "kasundo/committees/v1/meetings.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "kasundo/committees/v1/resolutions.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"

namespace kasundo::committees {

// `in_list` leaves out what is long: roster, rules, attendance, quorum timeline and minutes.
v1::Meeting ToMeeting(const v1::MeetingState& state, bool in_list);
// `in_list` leaves out the obligations; their coverage is always there.
v1::Resolution ToResolution(const v1::ResolutionState& state, bool in_list);
v1::ActionItem ToActionItem(const v1::ActionItemState& state);
v1::Matter ToMatter(const v1::MatterState& state);

}  // namespace kasundo::committees
