// Everything that the directory brings to an engine: its five kinds, their definitions, what
// follows of itself.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::directory {

void AddDirectory(KindRegistry& registry);

}  // namespace kasundo::directory
