// kasundo.agreements.v1.Agreements and Obligations.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterAgreements(ServiceCatalog& catalog);

}  // namespace kasundo
