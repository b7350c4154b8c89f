// The gRPC server, written once: it takes in calls of every RPC in a catalog and hands them to a
// Dispatcher.
//
// Threads (the figures behind this are in README.md):
//   - the transport: the only one that polls. It takes in every call, parses commands and submits
//   them, hands other calls on, and sends the writer's answers.
//   - the writer: lets the engine decide what was submitted, write it in one batch and sync once.
//   - readers: gets, lists, queries and streams.
//   - workers: actions, and whatever may wait.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/runtime/dispatcher.h"
#include "services/runtime/metrics.h"

namespace kasundo {

struct ServerOptions {
  std::string listen = "127.0.0.1:0";
  std::string tls_certificate;  // PEM; "" = plain text
  std::string tls_key;          // PEM
  int read_threads = 2;
  int worker_threads = 4;
  int max_message_bytes = 4 << 20;
  // How often deadlines are looked at. Infinite in tests that fire them themselves.
  absl::Duration timer_period = absl::Seconds(1);
};

class Server {
 public:
  // Serves everything in the dispatcher's catalog. FAILED_PRECONDITION if the address cannot be
  // had; the message says why and how to choose another. `dispatcher` and `metrics` must outlive
  // the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options,
                                                       const Dispatcher* dispatcher,
                                                       Metrics* metrics);
  virtual ~Server() = default;

  // The port that it listens on; 0 for a Unix socket.
  virtual int port() const = 0;
  // From here on commands and actions are refused with UNAVAILABLE, reason NOT_NOW, and open
  // streams are ended with the same; reads go on.
  virtual void BeginDrain() = 0;
  // BeginDrain, answers what has arrived, cancels what is left after `grace`, and stops all
  // threads. Idempotent.
  virtual void Stop(absl::Duration grace) = 0;
};

}  // namespace kasundo
