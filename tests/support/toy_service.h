// The toy kind served: kasundo.testing.v1.Promises.
#pragma once

#include "services/kasundod/process.h"

namespace kasundo::testing {

// The module of the promise, to be served by a test's process.
ServiceModule ToyModule();

}  // namespace kasundo::testing
