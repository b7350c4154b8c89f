// A whole server in the test's own process, on a free port, and clients for it.
//
//   TestServer server;                                            // memory journal, toy kind,
//   realms/test auto ana = server.ClientFor("realms/test/accounts/ana");
//   ASSERT_OK(ana->Call("kasundo.testing.v1.Promises.MakePromise", request, &promise));
//
// Time stands still at 2016-03-18 09:00 UTC until clock() is moved; deadlines of instances fire
// only by FireDueTimers().
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kasundo/admin/v1/server_config.pb.h"
#include "services/kasundod/process.h"
#include "services/runtime/client.h"
#include "workflows/engine/clock.h"
#include "workflows/engine/journal.h"

namespace kasundo::testing {

struct TestServerOptions {
  // What is served beside Workflows and Admin; empty = the toy kind.
  std::vector<ServiceModule> modules;
  // Empty = TestIdentity.
  std::function<absl::StatusOr<std::unique_ptr<Identity>>(Engine&)> identity;
  std::unique_ptr<ReferenceResolver> resolver;
  // Folder of a RocksDB journal; "" = in memory.
  std::string data;
  // A journal of the test's own, in place of both.
  std::unique_ptr<Journal> journal;
  // Realms to found, if they are not there.
  std::vector<std::string> realms = {"realms/test"};
  // What is not set here: any free port, metrics off, defaults.
  admin::v1::ServerConfig config;
};

// A process with what the options leave out filled in and the realms founded; `clock` must outlive
// it.
absl::StatusOr<std::unique_ptr<Process>> StartTestProcess(TestServerOptions options,
                                                          const Clock* clock);

class TestServer {
 public:
  explicit TestServer(TestServerOptions options = {});
  ~TestServer();

  std::string address() const;
  std::unique_ptr<Client> ClientFor(const std::string& token, ClientOptions options = {}) const;
  Process& process() { return *process_; }
  Engine& engine() { return process_->engine(); }
  FakeClock& clock() { return clock_; }
  void FireDueTimers();
  // Text of the metrics page. REQUIRES: config.metrics_listen is set.
  std::string MetricsPage() const;

 private:
  FakeClock clock_;
  std::unique_ptr<Process> process_;
};

}  // namespace kasundo::testing
