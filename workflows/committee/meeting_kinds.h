// Everything that meetings and what comes of them bring to an engine: the kinds, their definitions,
// what follows of itself.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::committees {

// Meetings, resolutions, action items and matters. They lie beneath bodies: AddBodies as well.
void AddMeetings(KindRegistry& registry);

}  // namespace kasundo::committees
