// What a matter's events mean for the register of its body and for the bodies above and below.
//
//   matter-register  a matter is in the register of the body before which it is, and only there
//   matter-hops      a matter raised opens one in the parent body; the answer travels back hop by
//   hop
#pragma once

#include <memory>
#include <vector>

#include "workflows/engine/process_manager.h"

namespace kasundo::committees {

std::vector<std::unique_ptr<ProcessManager>> MatterProcesses();

}  // namespace kasundo::committees
