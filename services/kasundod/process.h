// One process: a journal, an engine, the services of some modules, a gRPC server and its metrics.
// kasundod's main() starts one of its configuration; tests start one in their own process.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kasundo/admin/v1/server_config.pb.h"
#include "services/runtime/catalog.h"
#include "services/runtime/dispatcher.h"
#include "services/runtime/identity.h"
#include "workflows/engine/clock.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// What a service does of itself beside answering: it looks at what has happened and sends commands.
class Follower {
 public:
  virtual ~Follower() = default;
  // Called about every timer period, on one thread for all followers. What failed is tried again
  // the next time.
  virtual absl::Status Follow() = 0;
};

// What one service brings: the kinds that it holds and the RPCs that it serves. Services share
// nothing else.
struct ServiceModule {
  std::string name;  // as in ServerConfig.services
  std::function<void(KindRegistry&)> add_kinds;
  std::function<void(ServiceCatalog&, Engine&)> add_services;
  // Empty = it follows nothing.
  std::function<std::unique_ptr<Follower>(Engine&)> make_follower = nullptr;
};

// Where the process gets things that its configuration does not say. Absent members mean those of a
// real server.
struct ProcessParts {
  std::vector<ServiceModule> modules;
  // Who calls: over the directory of this engine, or of another process. Called once, after the
  // engine is open and realms/system is there.
  std::function<absl::StatusOr<std::unique_ptr<Identity>>(Engine&)> identity;
  // References to kinds that another process holds; absent = all kinds are here.
  std::unique_ptr<ReferenceResolver> resolver;
  std::unique_ptr<Journal> journal;  // absent = RocksDB in the configuration's folder
  const Clock* clock = nullptr;      // absent = the system's
  absl::Duration timer_period = absl::Seconds(1);
};

class Process {
 public:
  // Opens, checks that every RPC is served, and listens. `config` is complete and checked
  // (services/runtime/config.h). Errors say what to do: a port that is taken, a folder that another
  // process has open, a newer format, an RPC without a handler.
  static absl::StatusOr<std::unique_ptr<Process>> Start(const admin::v1::ServerConfig& config,
                                                        ProcessParts parts);
  virtual ~Process() = default;

  virtual int port() const = 0;
  virtual int metrics_port() const = 0;  // 0 = off
  virtual Engine& engine() = 0;
  virtual const ServiceCatalog& catalog() const = 0;
  // From here on nothing new is begun and health answers NOT_SERVING; reads go on.
  virtual void BeginDrain() = 0;
  // Answers what has arrived, cancels the rest after `grace`, flushes, and closes everything.
  // Idempotent.
  virtual void Stop(absl::Duration grace) = 0;
};

// Version of this program.
std::string_view ProgramVersion();

}  // namespace kasundo
