// Ids of requests, so that a request may be sent again without being done twice.
#pragma once

#include <string>

namespace kasundo::cli {

// A random UUID (version 4).
std::string NewRequestId();

}  // namespace kasundo::cli
