// What a meeting's events mean for the resolutions, action items, matters and registers of its
// body.
//
//   resolutions          a carried motion records its resolution, a recommendation waits, a
//   ratification ends the wait resolution-register  the body's register has every number, and every
//   recommendation that waits action-items         every action assigned becomes an action item
//   matter-decisions     a carried motion closes, drops, raises or answers its matter
//   meeting-register     a meeting held settles its place in the series; a joint session is in the
//   records of all its bodies
#pragma once

#include <memory>
#include <vector>

#include "workflows/engine/process_manager.h"

namespace kasundo::committees {

std::vector<std::unique_ptr<ProcessManager>> MeetingProcesses();

}  // namespace kasundo::committees
