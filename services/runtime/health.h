// The standard health service (proto/grpc/health/v1/health.proto), served like any other. gRPC's
// own would come with polling threads, which take the network away from the thread that serves
// commands.
#pragma once

#include <atomic>

#include "services/runtime/catalog.h"

namespace kasundo {

class Health {
 public:
  // Adds the service. `catalog` and this must outlive what is served.
  void Register(ServiceCatalog& catalog);
  // From here on every service is NOT_SERVING. From any thread.
  void StopServing() { serving_.store(false); }

 private:
  std::atomic<bool> serving_{true};
};

}  // namespace kasundo
