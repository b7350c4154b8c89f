// The kinds of this area, their definitions and what keeps portfolios up.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::assignments {

void AddAssignments(KindRegistry& registry);

}  // namespace kasundo::assignments
