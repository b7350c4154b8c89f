// kasundod: the server. Reads its configuration, starts one Process, and stops it on SIGTERM or
// SIGINT.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "fmt/format.h"
#include "services/admin/restore.h"
#include "services/directory/directory_identity.h"
#include "services/directory/first_start.h"
#include "services/kasundod/modules.h"
#include "services/kasundod/process.h"
#include "services/kasundod/remote_directory.h"
#include "services/runtime/config.h"
#include "spdlog/spdlog.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

// Less than the 5 s in which the program promises to be gone: closing the database needs its part.
constexpr absl::Duration kGrace = absl::Seconds(4);

// What is said to whoever started the program, beside the log: errors, and the one-time token.
int Fail(const absl::Status& status) {
  std::cerr << "kasundod: " << status.message() << "\n";
  const auto refusal = RefusalOf(status);
  if (refusal.has_value() && !refusal->mend().empty()) std::cerr << "  " << refusal->mend() << "\n";
  return 1;
}

void PrintOneTimeToken(const directory::OneTimeToken& token) {
  std::cout << fmt::format(
                   "\nNobody can administer this server yet. One-time token of {}, valid until {}, "
                   "shown only now:\n\n"
                   "  {}\n\n"
                   "Sign in with it (kasundo sign-in --token-stdin) and set a password: kasundo "
                   "help start\n\n",
                   token.account,
                   absl::FormatTime("%Y-%m-%d %H:%M %Z", token.expires, absl::LocalTimeZone()),
                   token.token)
            << std::flush;
}

// The ports, one in a line: gRPC, then metrics if they are on. Appears whole or not at all.
absl::Status WritePortFile(const std::string& path, const Process& process) {
  const std::string fresh = path + ".new";
  {
    std::ofstream file(fresh);
    file << process.port() << "\n";
    if (process.metrics_port() != 0) file << process.metrics_port() << "\n";
    if (!file.flush()) return absl::FailedPreconditionError(fmt::format("cannot write {}", path));
  }
  std::error_code error;
  std::filesystem::rename(fresh, path, error);
  if (error)
    return absl::FailedPreconditionError(fmt::format("cannot write {}: {}", path, error.message()));
  return absl::OkStatus();
}

absl::Status Serve(const admin::v1::ServerConfig& config, const std::string& port_file,
                   const sigset_t& signals) {
  spdlog::info("event=starting version={} config={}", ProgramVersion(), ToLogLine(config));
  ProcessParts parts;
  parts.modules = ModulesOf(config);
  std::unique_ptr<RemoteDirectory> remote;
  if (Serves(config, "directory")) {
    parts.identity = [](Engine& engine) -> absl::StatusOr<std::unique_ptr<Identity>> {
      ASSIGN_OR_RETURN(const auto token, directory::EnsureAdministrator(engine));
      if (token.has_value()) PrintOneTimeToken(*token);
      ASSIGN_OR_RETURN(auto identity, directory::DirectoryIdentity::Open(engine));
      return identity;
    };
  } else {
    ClientOptions client;
    client.address = config.directory_address();
    client.timeout = absl::Seconds(5);
    client.user_agent = fmt::format("kasundod/{}", ProgramVersion());
    remote = std::make_unique<RemoteDirectory>(Client::Connect(std::move(client)));
    parts.identity = [&remote](Engine&) -> absl::StatusOr<std::unique_ptr<Identity>> {
      return remote->MakeIdentity();
    };
    parts.resolver = remote->MakeResolver();
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Process> process,
                   Process::Start(config, std::move(parts)));
  if (!port_file.empty()) RETURN_IF_ERROR(WritePortFile(port_file, *process));
  spdlog::info("event=serving listen={} port={} metrics_port={}", config.listen(), process->port(),
               process->metrics_port());

  int received = 0;
  sigwait(&signals, &received);
  spdlog::info("event=stopping signal={}", received == SIGTERM ? "SIGTERM" : "SIGINT");
  // A second signal ends the program at once.
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  process->Stop(kGrace);
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  CLI::App app{"kasundod, the server of Kasundo"};
  app.set_version_flag("--version", std::string(ProgramVersion()));
  std::string config_file;
  std::string port_file;
  std::string restore_from;
  std::string services;
  admin::v1::ServerConfig flags;
  app.add_option("--config", config_file, "YAML file of the configuration; flags win over it");
  const auto text = [&](const std::string& flag, auto set, const std::string& help) {
    app.add_option_function<std::string>(flag, set, help);
  };
  text(
      "--data", [&](const std::string& value) { flags.set_data(value); },
      "Folder of the database (kasundo-data)");
  text(
      "--listen", [&](const std::string& value) { flags.set_listen(value); },
      "Address and port of gRPC (127.0.0.1:7420); port 0 takes a free one");
  text(
      "--metrics-listen", [&](const std::string& value) { flags.set_metrics_listen(value); },
      "Address and port of the metrics (127.0.0.1:7421), or off");
  app.add_option(
      "--services", services,
      "all, or some of directory,committees,agreements,assignments,plans,monitoring,register");
  text(
      "--directory-address", [&](const std::string& value) { flags.set_directory_address(value); },
      "Where the directory is, if it is not served here");
  text(
      "--log-level", [&](const std::string& value) { flags.set_log_level(value); },
      "debug, info, warning or error");
  app.add_option("--port-file", port_file, "Write the chosen ports into this file, one in a line");
  app.add_option("--restore", restore_from, "Put the backup in this folder into --data, and end");
  CLI11_PARSE(app, argc, argv);

  admin::v1::ServerConfig config;
  if (!config_file.empty()) {
    auto read = ReadConfigFile(config_file);
    if (!read.ok()) return Fail(read.status());
    config = *std::move(read);
  }
  config.MergeFrom(flags);
  if (!services.empty()) {
    config.clear_services();
    for (const std::string& one : CLI::detail::split(services, ',')) config.add_services(one);
  }
  FillDefaults(config);
  if (absl::Status checked = CheckConfig(config); !checked.ok()) return Fail(checked);
  if (!restore_from.empty()) {
    if (absl::Status restored = RestoreBackup(restore_from, config.data()); !restored.ok())
      return Fail(restored);
    std::cout << fmt::format("Restored {} into {}. Start kasundod with --data {}.\n", restore_from,
                             config.data(), config.data());
    return 0;
  }

  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
  spdlog::set_level(spdlog::level::from_str(config.log_level()));
  spdlog::flush_on(spdlog::level::info);
  // Blocked before any thread begins, so that only sigwait() gets them. A caller that hangs up must
  // not end the server.
  signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  // Debian's abseil looks for cycles of waiting threads at every lock, also at those of gRPC. The
  // tests do that with the thread sanitizer.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  if (absl::Status served = Serve(config, port_file, signals); !served.ok()) {
    spdlog::error("event=failed code={} message=\"{}\"", absl::StatusCodeToString(served.code()),
                  std::string(served.message()));
    return Fail(served);
  }
  spdlog::info("event=stopped");
  return 0;
}

}  // namespace
}  // namespace kasundo

int main(int argc, char** argv) { return kasundo::Main(argc, argv); }
