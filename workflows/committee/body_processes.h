// What one body's events mean for other bodies, and for itself when a deadline passes.
//
//   nested-bodies     a body founded, moved or closed is listed and delisted by its parent
//   joint-records     a joint session, and its product, is in the records of both bodies
//   shared-projects   the bodies informed of a project see it and its decisions; the deciding body
//   sees the comments missed-meetings   the window of a planned meeting passed
#pragma once

#include <memory>
#include <vector>

#include "workflows/engine/process_manager.h"

namespace kasundo::committees {

std::vector<std::unique_ptr<ProcessManager>> BodyProcesses();

}  // namespace kasundo::committees
