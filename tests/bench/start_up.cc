// How long a server needs from exec to its first answer, and how much memory, with a large journal;
// beside it the same server with an empty one. State lies in its own rows, so the two should be
// alike.
//
//   build/release/tests/bench/start_up [--events 1000000] [--instances 100000] [--starts 5]
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/directory/v1/identity_service.pb.h"
#include "kasundo/directory/v1/territory.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "services/runtime/client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_engine.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/check.h"

namespace kasundo {
namespace {

namespace v1 = directory::v1;
using testing::Administrator;
using testing::ServerProcess;
using testing::TemporaryFolder;
using testing::TestEngine;

constexpr int64_t kGroup = 1'000;

std::string Territory(int64_t number) { return fmt::format("realms/test/territories/t{}", number); }

// A realm of `instances` territories that are given new aliases until it has `events` events.
void Fill(const std::string& folder, int64_t events, int64_t instances) {
  KindRegistry registry;
  directory::AddDirectory(registry);
  TestEngine test(std::move(registry), folder);
  const auto submit = [&](const google::protobuf::Message& request) {
    test->Submit(test.Make(request, Administrator()),
                 [](const Outcome& outcome) { KASUNDO_CHECK(outcome.status.ok()); });
  };
  for (int64_t i = 0; i < events; ++i) {
    if (i < instances) {
      v1::CreateTerritoryRequest request;
      request.set_parent("realms/test");
      request.set_territory_id(fmt::format("t{}", i));
      request.set_title(fmt::format("Barangay {}", i));
      request.set_level(v1::TERRITORY_LEVEL_BARANGAY);
      submit(request);
    } else {
      v1::AddTerritoryAliasRequest request;
      request.set_name(Territory(i % instances));
      request.mutable_alias()->set_text(fmt::format("Sitio {}", i / instances));
      submit(request);
    }
    if ((i + 1) % kGroup == 0 || i + 1 == events) test->Pump();
  }
}

struct Figures {
  double milliseconds = 0;
  double resident_mb = 0;
};

double ResidentMegabytes(pid_t process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    double kilobytes = 0;
    status >> kilobytes;
    return kilobytes / 1024;
  }
  return 0;
}

// Starts the server, asks it for one thing as its administrator, and stops it.
Figures StartOnce(ServerProcess& server, const std::string& method,
                  const google::protobuf::Message& request, google::protobuf::Message& response) {
  const auto began = std::chrono::steady_clock::now();
  const absl::Status started = server.Start();
  if (!started.ok()) fmt::print(stderr, "{}\n", started.ToString());
  KASUNDO_CHECK(started.ok());
  ClientOptions options;
  options.address = server.address();
  options.token = server.administrator_token();
  const auto client = Client::Connect(std::move(options));
  const absl::Status answered = client->Call(method, request, &response);
  if (!answered.ok()) fmt::print(stderr, "{}\n", answered.ToString());
  KASUNDO_CHECK(answered.ok());
  Figures figures;
  figures.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  figures.resident_mb = ResidentMegabytes(server.process());
  KASUNDO_CHECK(server.Stop() == 0);
  return figures;
}

void Report(const std::string& what, ServerProcess& server, int starts, const std::string& method,
            const google::protobuf::Message& request, google::protobuf::Message& response) {
  std::vector<double> milliseconds;
  std::vector<double> resident;
  for (int i = 0; i < starts; ++i) {
    const Figures figures = StartOnce(server, method, request, response);
    milliseconds.push_back(figures.milliseconds);
    resident.push_back(figures.resident_mb);
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  std::sort(resident.begin(), resident.end());
  fmt::print("{:<32} {:>8.0f} ms to the first answer [{:.0f}-{:.0f}]   {:>6.0f} MB resident\n",
             what, milliseconds[milliseconds.size() / 2], milliseconds.front(), milliseconds.back(),
             resident[resident.size() / 2]);
  std::cout.flush();
}

int Run(int64_t events, int64_t instances, int starts) {
  const TemporaryFolder empty_folder;
  ServerProcess empty(empty_folder.path());
  v1::WhoAmIResponse me;
  Report("empty", empty, starts, "kasundo.directory.v1.Identity.WhoAmI", v1::WhoAmIRequest(), me);

  const TemporaryFolder folder;
  const auto began = std::chrono::steady_clock::now();
  Fill(folder.path() + "/data", events, instances);
  fmt::print("(filled in {:.0f} s)\n",
             std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  ServerProcess full(folder.path());
  v1::GetTerritoryRequest request;
  request.set_name(Territory(instances / 2));
  v1::Territory territory;
  Report(fmt::format("{} events, {} instances", events, instances), full, starts,
         "kasundo.directory.v1.Directory.GetTerritory", request, territory);
  return 0;
}

}  // namespace
}  // namespace kasundo

int main(int argc, char** argv) {
  CLI::App app("Time from exec to the first answer, and memory, with a large journal");
  int64_t events = 1'000'000;
  int64_t instances = 100'000;
  int starts = 5;
  app.add_option("--events", events, "Events in the journal")->check(CLI::PositiveNumber);
  app.add_option("--instances", instances, "Instances that they belong to")
      ->check(CLI::PositiveNumber);
  app.add_option("--starts", starts, "Starts of each, of which the median is printed")
      ->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  return kasundo::Run(events, instances, starts);
}
