// Everything that plans bring to an engine: the kinds and their definitions.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::plans {

void AddPlans(KindRegistry& registry);

}  // namespace kasundo::plans
