// Service kasundo.committees.v1.Committees: the kind `committee` and the questions about bodies.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

// Adds the service and the kind. Commands, gets and lists are wired by their options; the queries
// by their handlers.
void RegisterCommittees(ServiceCatalog& catalog);

}  // namespace kasundo
