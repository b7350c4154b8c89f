// The service Identity (identity_service.proto): signing in and out, tokens, who one is.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo::directory {

void RegisterIdentity(ServiceCatalog& catalog);

}  // namespace kasundo::directory
