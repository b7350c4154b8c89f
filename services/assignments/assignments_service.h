// kasundo.assignments.v1.Functions, Assignments and Portfolios.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterAssignments(ServiceCatalog& catalog);

}  // namespace kasundo
