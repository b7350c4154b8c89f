// Why an address cannot be listened on, in words for the one who starts the server.
#pragma once

#include <string>

namespace kasundo {

// Tries it once more by hand, since gRPC does not say: taken, not of this machine, not allowed, not
// an address. `flag` is what chooses another ("--listen").
std::string WhyNotListening(const std::string& address, const std::string& flag);

}  // namespace kasundo
