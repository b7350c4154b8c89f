// Service kasundo.admin.v1.Admin: the care of a server.
#pragma once

#include <string>

#include "services/runtime/catalog.h"

namespace kasundo {

struct AdminOptions {
  std::string program;      // version of the program
  std::string data_folder;  // "" = in memory
};

// Adds the service and the kind `realm`.
void RegisterAdmin(ServiceCatalog& catalog, AdminOptions options);

}  // namespace kasundo
