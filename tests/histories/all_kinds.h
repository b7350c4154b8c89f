// The kinds of a whole deployment, as kasundod serves them with --services=all.
#pragma once

#include "tests/support/stage.h"

namespace kasundo::testing {

// One registry for the process.
Registry AllKinds();

}  // namespace kasundo::testing
