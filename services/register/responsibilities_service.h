// kasundo.responsibilities.v1.Responsibilities.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterResponsibilities(ServiceCatalog& catalog);

}  // namespace kasundo
