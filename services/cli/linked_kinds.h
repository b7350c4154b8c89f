// The kinds that this program was built with: `workflow check` checks definitions against them
// without a server.
#pragma once

#include "workflows/engine/kind.h"

namespace kasundo::cli {

const KindRegistry& LinkedKinds();

}  // namespace kasundo::cli
