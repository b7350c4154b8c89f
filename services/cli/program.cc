#include "services/cli/program.h"

#include <algorithm>

#include "services/cli/invocation.h"

namespace kasundo::cli {
namespace {

void DeclareFlags(CLI::App& app, Invocation& run) {
  app.add_option(
      "-o,--output", run.format_name,
      "human (default), json, yaml, name for names alone, or csv where there is a table");
  app.add_option("--server", run.flags.server,
                 "Address and port of the server; default 127.0.0.1:7420");
  app.add_option("--token-file", run.flags.token_file, "A file with the token to use");
  app.add_option("--realm", run.flags.realm, "The realm that short names belong to, for this call");
  app.add_option("--tls-roots", run.flags.tls_roots,
                 "A file with the certificates to trust; without it plain text");
  app.add_option("--timeout", run.timeout_seconds, "Seconds to wait for an answer")
      ->check(CLI::Range(1, 3600));
}

int Fail(Console& console, const absl::Status& status) {
  console.out.flush();
  PrintProblem(console.err, status);
  return static_cast<int>(ExitOf(status));
}

}  // namespace

int Run(const std::vector<std::string>& arguments, Console& console, const Catalog& catalog) {
  Invocation run(console, catalog);
  CLI::App app("Kasundo: the record of what public bodies promised each other.", "kasundo");
  app.fallthrough();  // the flags of the program may stand after a command
  app.require_subcommand(0, 1);
  app.footer("Where to begin: kasundo help");
  DeclareFlags(app, run);
  AddHelpCommands(app, run);
  AddSessionCommands(app, run);
  AddReadCommands(app, run);
  AddHistoryCommands(app, run);
  AddContinuityCommand(app, run);
  AddResponsibilitiesCommand(app, run);
  AddActCommand(app, run);
  AddApplyCommand(app, run);
  AddWorkflowCommands(app, run);
  AddAdminCommands(app, run);
  AddCompletionCommands(app, run);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 takes them
    if (reversed.empty()) reversed = {"help"};
    app.parse(reversed);
  } catch (const CLI::Success& success) {  // --help
    return app.exit(success, console.out, console.err);
  } catch (const CLI::ParseError& error) {
    return Fail(console, Usage(error.what(), "See: kasundo help; or add --help to the command."));
  }
  if (!run.chosen) {  // flags alone
    console.err << app.help();
    return static_cast<int>(Exit::kUsage);
  }
  absl::Status status = run.Begin();
  if (status.ok()) status = run.chosen();
  if (!status.ok()) return Fail(console, status);
  return static_cast<int>(Exit::kOk);
}

}  // namespace kasundo::cli
