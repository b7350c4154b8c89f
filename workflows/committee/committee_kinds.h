// Everything that standing bodies bring to an engine: the kinds, their definitions, what follows of
// itself.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::committees {

// Bodies and membership applications.
void AddBodies(KindRegistry& registry);

}  // namespace kasundo::committees
