// The answer of gRPC's health service, as text.
#pragma once

#include <string>

namespace kasundo::testing {

// "SERVING", "NOT_SERVING", or the error of the call.
std::string HealthOf(const std::string& address);

}  // namespace kasundo::testing
