// Adds what monitoring has to a registry: templates, issuances, checklists, and what follows from
// them.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::monitoring {

void AddMonitoring(KindRegistry& registry);

}  // namespace kasundo::monitoring
