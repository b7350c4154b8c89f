// Joins the services of monitoring with their handlers.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterMonitoring(ServiceCatalog& catalog);

}  // namespace kasundo
