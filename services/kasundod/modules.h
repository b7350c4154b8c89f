// The services of this program: the one list of what there is.
#pragma once

#include <string>
#include <vector>

#include "kasundo/admin/v1/server_config.pb.h"
#include "services/kasundod/process.h"

namespace kasundo {

// Those that the configuration wants served, in the order in which their kinds refer to each other.
std::vector<ServiceModule> ModulesOf(const admin::v1::ServerConfig& config);

}  // namespace kasundo
