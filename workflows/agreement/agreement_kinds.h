// Everything that agreements bring to an engine: the kinds, their definitions, what follows of
// itself.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::agreements {

void AddAgreements(KindRegistry& registry);

}  // namespace kasundo::agreements
