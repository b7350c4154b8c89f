// Service kasundo.committees.v1.MembershipApplications: the kind `membership_application`.
#pragma once

#include "services/runtime/catalog.h"

namespace kasundo {

// Adds the service and the kind; everything is wired by the options of the RPCs.
void RegisterMembershipApplications(ServiceCatalog& catalog);

}  // namespace kasundo
