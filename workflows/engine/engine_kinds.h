// The two kinds of the engine itself: `realm` and `definition`. They go the way of every command,
// so that founding a realm and deploying a definition are events like any other.
#pragma once

#include <memory>

#include "workflows/engine/kind.h"

namespace kasundo {

// Adds both kinds and their built-in definitions. The definition kind checks texts against all
// kinds of the registry, which must outlive it.
void AddEngineKinds(KindRegistry& registry);

}  // namespace kasundo
