// What follows of itself when a need is voiced, answered or asked again.
#pragma once

#include <memory>

#include "workflows/engine/process_manager.h"

namespace kasundo::plans {

// Lists needs on the plan that must answer them, and takes them off when it has.
std::unique_ptr<ProcessManager> NeedListing();

}  // namespace kasundo::plans
