// The directory of another process: who calls, and whether what a command refers to exists there.
// Asked over gRPC with the caller's own token, so that it sees no more than the caller does. Every
// call may wait. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kasundo/directory/v1/identity_service.pb.h"
#include "services/runtime/client.h"
#include "services/runtime/dispatcher.h"
#include "services/runtime/identity.h"

namespace kasundo {

class RemoteDirectory {
 public:
  // An answer about a token is believed for so long: a revoked token works that much longer here.
  static constexpr absl::Duration kBelieved = absl::Seconds(5);

  explicit RemoteDirectory(std::unique_ptr<Client> client) : client_(std::move(client)) {}

  // Both refer to this directory, which must outlive them.
  std::unique_ptr<Identity> MakeIdentity();
  std::unique_ptr<ReferenceResolver> MakeResolver();

 private:
  class RemoteIdentity;
  class RemoteResolver;
  struct Known {
    absl::Time until;
    std::shared_ptr<const directory::v1::WhoAmIResponse> answer;
  };

  absl::StatusOr<std::shared_ptr<const directory::v1::WhoAmIResponse>> Ask(
      const std::string& token);

  const std::unique_ptr<Client> client_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;  // by token
};

}  // namespace kasundo
