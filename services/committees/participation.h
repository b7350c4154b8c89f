// Who takes part in a body (requirement 16), worked out of its meetings and the action items that
// came of them.
#pragma once

#include <string>
#include <vector>

#include "kasundo/committees/v1/action_items_events.pb.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::committees {

// A meeting that was held.
struct HeldMeeting {
  std::string name;
  const v1::MeetingState* state = nullptr;
  std::string convening_organisation;  // who called it; "" if not known
};

// An action item of the body with the organisation of the office that owns it.
struct OwnedAction {
  const v1::ActionItemState* state = nullptr;
  std::string organisation;  // "" if not known
};

// Four quarters, ending with `until`; `silent_after` meetings missed in a row make a seat silent (0
// means 2). `meetings` in any order; those outside the four quarters are passed over.
v1::GetParticipationResponse ParticipationOf(const v1::CommitteeState& body,
                                             std::vector<HeldMeeting> meetings,
                                             const std::vector<OwnedAction>& actions,
                                             const CivilDate& until, int silent_after);

}  // namespace kasundo::committees
