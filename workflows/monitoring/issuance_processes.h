// What follows of itself from issuances: checklists for the units reached, the next step, the next
// period.
#pragma once

#include <memory>
#include <vector>

#include "workflows/engine/process_manager.h"

namespace kasundo::monitoring {

std::vector<std::unique_ptr<ProcessManager>> IssuanceProcesses();

}  // namespace kasundo::monitoring
