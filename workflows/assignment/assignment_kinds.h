// The kinds of this area, their definitions and what follows of itself: portfolios are kept up, and
// what acts say about responsible units is proposed.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::assignments {

void AddAssignments(KindRegistry& registry);

}  // namespace kasundo::assignments
