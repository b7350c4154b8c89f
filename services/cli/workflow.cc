// workflow: definitions.
#include <filesystem>

#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/any_message.h"
#include "services/cli/difference.h"
#include "services/cli/invocation.h"
#include "services/cli/linked_kinds.h"
#include "services/cli/local_file.h"
#include "services/cli/names.h"
#include "services/cli/request_id.h"
#include "services/cli/resource_access.h"
#include "workflows/engine/definition_checker.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

namespace wf = workflows::v1;

struct WorkflowFlags {
  std::vector<std::string> files;
  std::string name;
  std::string reason;
  std::vector<std::string> mapping;
  int version = 0;
  bool dry_run = false;
};

absl::Status Check(Invocation& run, const WorkflowFlags& flags) {
  size_t faults = 0;
  for (const std::string& file : flags.files) {
    ASSIGN_OR_RETURN(const std::string text, ReadLocalFile(file));
    std::vector<wf::DefinitionError> errors;
    const auto definition = ReadDefinition(text, LinkedKinds(), &errors);
    if (!errors.empty()) {
      run.console().err << FormatErrors(file, errors);
      faults += errors.size();
    } else if (!definition.ok()) {
      run.console().err << fmt::format("{}: {}\n", file,
                                       std::string(definition.status().message()));
      ++faults;
    } else {
      run.out() << fmt::format("{}: in order: {} states, {} transitions of kind {}\n", file,
                               definition->states_size(), definition->transitions_size(),
                               definition->kind());
    }
  }
  if (faults == 0) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_DEFINITION_INVALID,
                fmt::format("{} {}", faults, faults == 1 ? "fault" : "faults"))
      .Mend("Each line above says where it is and what to do.");
}

// Definitions are named by their id alone.
absl::StatusOr<std::string> DefinitionName(Invocation& run, const std::string& text) {
  return CompleteName(text.find('/') == std::string::npos ? "definitions/" + text : text,
                      run.realm());
}

absl::Status Deploy(Invocation& run, const WorkflowFlags& flags) {
  for (const std::string& file : flags.files) {
    wf::DeployDefinitionRequest request;
    ASSIGN_OR_RETURN(*request.mutable_text(), ReadLocalFile(file));
    RETURN_IF_ERROR(CompleteNames(request, run.realm()));
    if (request.parent().empty())
      return Usage("no realm is chosen", "Choose one: kasundo use realms/<id>");
    request.mutable_header()->set_reason(flags.reason);
    request.mutable_header()->set_request_id(NewRequestId());
    request.mutable_header()->set_validate_only(flags.dry_run);
    const auto definition = run.Call<wf::Definition>(request);
    if (!definition.ok()) {
      if (ReasonOf(definition.status()) == "NOTHING_TO_CHANGE") {
        run.out() << fmt::format("{}: unchanged\n", file);
        continue;
      }
      return definition.status();
    }
    if (run.format() == Format::kHuman) {
      run.out() << fmt::format("{}: {} version {}{}\n", file,
                               ShortName(definition->name(), run.realm()),
                               definition->latest_version(), flags.dry_run ? " (would be)" : "");
    } else {
      run.PrintMessage(*definition);
    }
  }
  return absl::OkStatus();
}

absl::Status ListDefinitions(Invocation& run) {
  wf::ListDefinitionsRequest request;
  RETURN_IF_ERROR(CompleteNames(request, run.realm()));
  wf::ListDefinitionsResponse all;
  do {
    ASSIGN_OR_RETURN(const auto page, run.Call<wf::ListDefinitionsResponse>(request));
    all.mutable_definitions()->MergeFrom(page.definitions());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  std::vector<const google::protobuf::Message*> definitions;
  for (const auto& definition : all.definitions()) definitions.push_back(&definition);
  run.out() << (run.format() == Format::kHuman
                    ? ResourceTable(definitions, request.parent(), run.view())
                    : PrintAll(definitions, run.format()));
  return absl::OkStatus();
}

absl::Status Show(Invocation& run, const WorkflowFlags& flags) {
  wf::GetDefinitionRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), DefinitionName(run, flags.name));
  request.set_version(flags.version);
  ASSIGN_OR_RETURN(const auto definition, run.Call<wf::Definition>(request));
  if (run.format() != Format::kHuman) {
    run.PrintMessage(definition);
    return absl::OkStatus();
  }
  run.out() << fmt::format("# {} version {} of {}\n", ShortName(definition.name(), run.realm()),
                           definition.version(), definition.latest_version())
            << definition.text();
  return absl::OkStatus();
}

absl::Status Migrate(Invocation& run, const WorkflowFlags& flags) {
  wf::MigrateInstanceRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), CompleteName(flags.name, run.realm()));
  request.set_to_version(flags.version);
  for (const std::string& pair : flags.mapping) {
    const size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size()) {
      return Usage(fmt::format("--map {}: not of the form old-state=new-state", pair),
                   "Write it as, for example, --map open=in-progress.");
    }
    (*request.mutable_state_mapping())[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  request.mutable_header()->set_reason(flags.reason);
  request.mutable_header()->set_request_id(NewRequestId());
  request.mutable_header()->set_validate_only(flags.dry_run);
  wf::GetInstanceRequest get;
  get.set_name(request.name());
  ASSIGN_OR_RETURN(const auto before, run.Call<wf::AnyInstance>(get));
  ASSIGN_OR_RETURN(const auto after, run.Call<wf::AnyInstance>(request));
  if (run.format() != Format::kHuman) {
    run.PrintMessage(after);
    return absl::OkStatus();
  }
  run.out() << fmt::format("{}: {} version {} [{}] -> version {} [{}]{}\n",
                           ShortName(after.name(), run.realm()), after.definition(),
                           before.definition_version(), before.state(), after.definition_version(),
                           after.state(), flags.dry_run ? " (would be; nothing was recorded)" : "");
  return absl::OkStatus();
}

}  // namespace

void AddWorkflowCommands(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<WorkflowFlags>();
  CLI::App* workflow = app.add_subcommand(
      "workflow", "Definitions: the states, transitions and deadlines of a kind");
  workflow->require_subcommand(1);

  CLI::App* check = workflow->add_subcommand("check", "Check definition files, without a server");
  check->add_option("file", flags->files, "*.workflow.yaml")->required();
  check->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Check(run, *flags); }; });

  CLI::App* deploy = workflow->add_subcommand("deploy", "Deploy definition files into the realm");
  deploy->add_option("file", flags->files, "*.workflow.yaml")->required();
  deploy->add_option("--reason", flags->reason, "Why; kept in the history");
  deploy->add_flag("--dry-run", flags->dry_run, "Ask whether it would be accepted");
  deploy->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Deploy(run, *flags); }; });

  CLI::App* list = workflow->add_subcommand("list", "Show the definitions of the realm");
  list->final_callback([&run] { run.chosen = [&run] { return ListDefinitions(run); }; });

  CLI::App* show = workflow->add_subcommand("show", "Print the text of a definition");
  show->add_option("definition", flags->name, "Its id, for example committee")->required();
  show->add_option("--version", flags->version, "Default the latest")
      ->check(CLI::NonNegativeNumber);
  show->final_callback([&run, flags] { run.chosen = [&run, flags] { return Show(run, *flags); }; });

  CLI::App* migrate =
      workflow->add_subcommand("migrate", "Move one instance to another version of its definition");
  migrate->add_option("name", flags->name, "The instance, for example committees/cmd")->required();
  migrate->add_option("--to", flags->version, "Version to move to; default the latest")
      ->check(CLI::NonNegativeNumber);
  migrate->add_option("--map", flags->mapping,
                      "old-state=new-state, for a state that the new version does not have");
  migrate->add_option("--reason", flags->reason, "Why; kept in the history");
  migrate->add_flag("--dry-run", flags->dry_run, "Show what would become of it; record nothing");
  migrate->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Migrate(run, *flags); }; });
}

}  // namespace kasundo::cli
