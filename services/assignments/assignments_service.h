// kasundo.assignments.v1.Functions, Assignments, Portfolios and CoverageRules.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

void RegisterAssignments(ServiceCatalog& catalog);

}  // namespace kasundo
