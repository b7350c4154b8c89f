// Service kasundo.workflows.v1.Workflows.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

// Adds the service and the kind `definition`. `engine` and `catalog` must outlive every call.
void RegisterWorkflows(ServiceCatalog& catalog, const Engine* engine);

}  // namespace kasundo
