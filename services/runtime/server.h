// The gRPC server, written once: it takes in calls of every RPC in a catalog and hands them to a
// Dispatcher.
//
// Threads (the figures behind this are in README.md):
//   - the writer: one completion queue that takes in commands. It drains what has arrived, submits
//   it, lets the engine decide
//     all of it and sync once, and answers; so it is also the engine's one writer, and fires
//     deadlines.
//   - readers: a completion queue each, for gets, lists, queries and streams.
//   - workers: for actions, and for whatever may wait; they take in nothing themselves.
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
  size_t max_group = 1'000;
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
  // From here on health answers NOT_SERVING, commands and actions are refused with UNAVAILABLE,
  // reason NOT_NOW, and open streams are ended with the same; reads go on.
  virtual void BeginDrain() = 0;
  // BeginDrain, answers what has arrived, cancels what is left after `grace`, and stops all
  // threads. Idempotent.
  virtual void Stop(absl::Duration grace) = 0;
};

}  // namespace kasundo
