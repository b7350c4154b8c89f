#include "services/runtime/listen_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "fmt/format.h"

namespace kasundo {

std::string WhyNotListening(const std::string& address, const std::string& flag) {
  if (address.starts_with("unix:")) {
    return fmt::format(
        "cannot listen on {}: is the folder there and writable, and no other server running?",
        address);
  }
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) {
    return fmt::format("\"{}\" is no address: write <host>:<port>, as in 127.0.0.1:7420", address);
  }
  std::string host = address.substr(0, colon);
  if (host.size() > 1 && host.front() == '[') host = host.substr(1, host.size() - 2);
  const std::string port = address.substr(colon + 1);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
    return fmt::format("\"{}\" is no address of this machine: {}", address, gai_strerror(error));
  }
  int reason = 0;
  const int probe = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  if (probe >= 0) {
    const int on = 1;
    setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(probe, found->ai_addr, found->ai_addrlen) != 0 || listen(probe, 1) != 0)
      reason = errno;
    close(probe);
  }
  freeaddrinfo(found);
  if (reason == EADDRINUSE) {
    return fmt::format(
        "port {0} of {1} is taken by another program. Choose another with {2} {1}:<port>, or "
        "{2} {1}:0 for any free one; `ss -ltnp 'sport = :{0}'` shows who has it",
        port, host, flag);
  }
  return fmt::format("cannot listen on {}: {}", address,
                     reason == 0 ? "unknown reason" : std::strerror(reason));
}

}  // namespace kasundo
