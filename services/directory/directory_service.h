// The services Directory and Identity: what they bring to a server.
#pragma once

#include "services/runtime/catalog.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

// Commands, gets and lists by their options in directory_service.proto, mappings of the five kinds,
// questions, sign-in. `engine` must outlive the catalog.
void RegisterDirectory(ServiceCatalog& catalog, Engine& engine);

}  // namespace kasundo::directory
