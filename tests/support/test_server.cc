#include "tests/support/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "services/runtime/config.h"
#include "tests/support/test_identity.h"
#include "tests/support/toy_service.h"
#include "workflows/engine/memory_journal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::testing {

absl::StatusOr<std::unique_ptr<Process>> StartTestProcess(TestServerOptions options,
                                                          const Clock* clock) {
  admin::v1::ServerConfig& config = options.config;
  if (config.listen().empty()) config.set_listen("127.0.0.1:0");
  // Its web server takes two seconds to stop.
  if (config.metrics_listen().empty()) config.set_metrics_listen("off");
  config.set_data(options.data);
  FillDefaults(config);

  ProcessParts parts;
  parts.modules = std::move(options.modules);
  if (parts.modules.empty()) parts.modules.push_back(ToyModule());
  parts.identity = std::move(options.identity);
  if (!parts.identity) {
    parts.identity = [](Engine&) -> absl::StatusOr<std::unique_ptr<Identity>> {
      return std::make_unique<TestIdentity>();
    };
  }
  parts.resolver = std::move(options.resolver);
  parts.journal = std::move(options.journal);
  if (parts.journal == nullptr && options.data.empty()) {
    parts.journal = std::make_unique<MemoryJournal>();
  }
  parts.clock = clock;
  parts.timer_period = absl::InfiniteDuration();
  auto process = Process::Start(config, std::move(parts));
  if (!process.ok()) return process;

  workflows::v1::Actor founder;
  founder.set_account("system");
  founder.set_system(true);
  const std::vector<std::string> present = (*process)->engine().Realms();
  for (const std::string& realm : options.realms) {
    if (std::find(present.begin(), present.end(), realm) != present.end()) continue;
    RETURN_IF_ERROR((*process)->engine().CreateRealm(realm, "Test", "UTC", founder));
  }
  return process;
}

TestServer::TestServer(TestServerOptions options)
    : clock_(absl::FromCivil(absl::CivilHour(2016, 3, 18, 9), absl::UTCTimeZone())) {
  auto process = StartTestProcess(std::move(options), &clock_);
  if (!process.ok()) {
    ADD_FAILURE() << process.status();
    std::abort();
  }
  process_ = *std::move(process);
}

TestServer::~TestServer() { process_->Stop(absl::Seconds(5)); }

std::string TestServer::address() const { return fmt::format("127.0.0.1:{}", process_->port()); }

std::unique_ptr<Client> TestServer::ClientFor(const std::string& token,
                                              ClientOptions options) const {
  options.address = address();
  options.token = token;
  return Client::Connect(std::move(options));
}

void TestServer::FireDueTimers() {
  engine().FireDueTimers();
  engine().Pump();
}

std::string TestServer::MetricsPage() const {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(process_->metrics_port()));
  std::string page;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
    const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
    if (write(connection, request.data(), request.size()) == static_cast<ssize_t>(request.size())) {
      char buffer[4096];
      ssize_t got = 0;
      while ((got = read(connection, buffer, sizeof(buffer))) > 0)
        page.append(buffer, static_cast<size_t>(got));
    }
  }
  close(connection);
  return page;
}

}  // namespace kasundo::testing
