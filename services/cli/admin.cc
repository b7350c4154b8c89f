// admin: the care of a server.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>

#include "kasundo/admin/v1/admin_service.pb.h"
#include "services/cli/invocation.h"
#include "services/cli/names.h"
#include "services/cli/progress.h"
#include "services/cli/request_id.h"
#include "services/cli/table.h"
#include "workflows/engine/status_macros.h"

extern char** environ;

namespace kasundo::cli {
namespace {

namespace adm = admin::v1;

struct AdminFlags {
  std::string realm;
  std::string folder;
  std::string data;
  std::string title;
  std::string time_zone;
  std::string reason;
};

absl::Status Verify(Invocation& run, const AdminFlags& flags) {
  adm::VerifyRequest request;
  request.set_realm(flags.realm);
  RETURN_IF_ERROR(CompleteNames(request, run.realm()));
  const auto stream =
      run.client().Open(run.MethodOf(*adm::VerifyRequest::descriptor()).full_name(), request);
  ProgressBar bar(run.console(), 0);
  std::map<std::string, int64_t> verified;  // realm -> events
  bool done = false;
  adm::VerifyResponse response;
  while (stream->Read(&response)) {
    if (!response.realm().empty()) verified[response.realm()] = response.end();
    done = response.done();
    if (!done && run.console().progress) {
      bar.Show(static_cast<size_t>(response.position()), static_cast<size_t>(response.end()));
    }
  }
  bar.Clear();
  RETURN_IF_ERROR(stream->Finish());
  if (!done) return absl::InternalError("the server stopped verifying before the end");
  for (const auto& [realm, events] : verified) {
    run.out() << fmt::format("{}: {} events are as they were written\n", realm, events);
  }
  run.out() << "everything that is stored is in order\n";
  return absl::OkStatus();
}

absl::Status Backup(Invocation& run, const AdminFlags& flags) {
  adm::BackupRequest request;
  request.set_folder(flags.folder);
  ASSIGN_OR_RETURN(const auto answer, run.Call<adm::BackupResponse>(request));
  if (run.format() != Format::kHuman) {
    run.PrintMessage(answer);
    return absl::OkStatus();
  }
  run.out() << fmt::format("{} bytes copied to {} on the server\n", answer.bytes(),
                           answer.folder());
  return absl::OkStatus();
}

// A restore happens while no server runs on the data, so it is the server program that does it, on
// its own machine.
absl::Status Restore(Invocation&, const AdminFlags& flags) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::string program = "kasundod";
  for (const auto& candidate :
       {self.parent_path() / "kasundod", self.parent_path().parent_path() / "kasundod/kasundod"}) {
    if (!error && std::filesystem::is_regular_file(candidate)) program = candidate.string();
  }
  std::vector<std::string> words = {program, "--restore", flags.folder, "--data", flags.data};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (const int fault =
          posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ)) {
    return Usage(
        fmt::format("the server program '{}' cannot be started: {}", program, std::strerror(fault)),
        "Run this where kasundod is installed, as the user that owns its data.");
  }
  int how = 0;
  while (waitpid(child, &how, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(how) && WEXITSTATUS(how) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "kasundod did not restore the backup; it has said why above");
}

absl::Status Stats(Invocation& run) {
  ASSIGN_OR_RETURN(const auto stats, run.Call<adm::StatsResponse>(adm::StatsRequest()));
  if (run.format() != Format::kHuman) {
    run.PrintMessage(stats);
    return absl::OkStatus();
  }
  Table table({{"FIGURE", 20}, {"VALUE", 10}});
  if (!stats.program().empty()) table.Add({"program", stats.program()});
  if (!stats.data().empty()) table.Add({"data", stats.data()});
  const std::map<std::string, double> sorted(stats.figures().begin(), stats.figures().end());
  for (const auto& [name, value] : sorted) {
    const bool whole = value == std::trunc(value);
    table.Add({name, whole ? fmt::format("{:.0f}", value) : fmt::format("{}", value)});
  }
  run.out() << table.Print(run.view().width);
  return absl::OkStatus();
}

absl::Status CreateRealm(Invocation& run, const AdminFlags& flags) {
  adm::CreateRealmRequest request;
  const bool full = RealmOf(flags.realm) == flags.realm;
  request.set_realm_id(full ? IdOf(flags.realm) : flags.realm);
  request.set_title(flags.title);
  request.set_time_zone(flags.time_zone);
  request.mutable_header()->set_reason(flags.reason);
  request.mutable_header()->set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const auto realm, run.Call<adm::Realm>(request));
  run.PrintResource(realm);
  if (run.format() == Format::kHuman)
    run.out() << fmt::format("\nTo work in it: kasundo use {}\n", realm.name());
  return absl::OkStatus();
}

}  // namespace

void AddAdminCommands(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<AdminFlags>();
  CLI::App* admin =
      app.add_subcommand("admin", "The care of a server: realms, verification, backup, figures");
  admin->require_subcommand(1);

  CLI::App* verify =
      admin->add_subcommand("verify", "Replay the journals and compare everything that is stored");
  verify->add_option("realm", flags->realm, "Only this realm");
  verify->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Verify(run, *flags); }; });

  CLI::App* backup = admin->add_subcommand("backup", "Copy the data into a folder on the server");
  backup
      ->add_option("folder", flags->folder,
                   "An absolute path on the server that does not exist yet")
      ->required();
  backup->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Backup(run, *flags); }; });

  CLI::App* restore = admin->add_subcommand(
      "restore", "Put a backup back, on the server's machine while no server runs on the data");
  restore->add_option("backup", flags->folder, "The folder that a backup was made into")
      ->required();
  restore
      ->add_option("--data", flags->data,
                   "The folder to restore into; it must not exist yet or be empty")
      ->required();
  restore->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Restore(run, *flags); }; });

  CLI::App* stats = admin->add_subcommand("stats", "Show figures of the server");
  stats->final_callback([&run] { run.chosen = [&run] { return Stats(run); }; });

  CLI::App* create = admin->add_subcommand("create-realm", "Found a realm");
  create->add_option("id", flags->realm, "Its id, for example calabarzon")->required();
  create->add_option("--title", flags->title, "What people call it")->required();
  create->add_option("--time-zone", flags->time_zone,
                     "In which its days begin and end; default Asia/Manila");
  create->add_option("--reason", flags->reason, "Why; kept in the history");
  create->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return CreateRealm(run, *flags); }; });
}

}  // namespace kasundo::cli
