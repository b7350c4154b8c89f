// Services kasundo.committees.v1.Meetings, Resolutions, ActionItems and Matters with their kinds.
// All of their RPCs are wired by their options.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterMeetings(ServiceCatalog& catalog);

}  // namespace kasundo
