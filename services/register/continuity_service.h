// Service kasundo.continuity.v1.Continuity: whether what is open could still be finished if people
// left.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

// Adds the service. Its RPCs are queries; it brings no kind.
void RegisterContinuity(ServiceCatalog& catalog);

}  // namespace kasundo
