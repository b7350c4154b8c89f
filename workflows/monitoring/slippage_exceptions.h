// When a plan or one of its activities comes into a band of the slippage policy that asks for it,
// an exception report begins by itself: a finding that the responsible office has to explain (RPMES
// Form 3), with the band, its definition's words and the version of the policy that gave it.
#pragma once

#include <memory>

#include "workflows/engine/process_manager.h"

namespace kasundo::monitoring {

std::unique_ptr<ProcessManager> SlippageExceptions();

}  // namespace kasundo::monitoring
