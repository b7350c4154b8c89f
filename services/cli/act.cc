// act: any RPC by its name.
#include <iterator>

#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/workflows/v1/workflows.pb.h"
#include "services/cli/any_message.h"
#include "services/cli/api_description.h"
#include "services/cli/difference.h"
#include "services/cli/fields.h"
#include "services/cli/invocation.h"
#include "services/cli/local_file.h"
#include "services/cli/method_help.h"
#include "services/cli/names.h"
#include "services/cli/request_id.h"
#include "services/cli/resource_access.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::cli {
namespace {

using api::v1::CommandHeader;
using google::protobuf::Message;

struct ActFlags {
  std::string method;
  std::vector<std::string> arguments;  // a name and field=value
  std::string file;
  std::string reason;
  std::string occurred_on;
  std::string etag;
  std::string request_id;
  std::string office;
  bool dry_run = false;
  bool help = false;
};

absl::Status FillHeader(const ActFlags& flags, Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("header");
  const bool flagged = !flags.reason.empty() || !flags.occurred_on.empty() || !flags.etag.empty() ||
                       !flags.request_id.empty() || !flags.office.empty() || flags.dry_run;
  if (field == nullptr || field->message_type() != CommandHeader::descriptor()) {
    if (!flagged) return absl::OkStatus();
    return Usage(
        "this command records nothing, so it takes none of --reason, --occurred-on, --etag, "
        "--request-id, --as, --dry-run",
        "Leave these flags out.");
  }
  auto& header =
      static_cast<CommandHeader&>(*request.GetReflection()->MutableMessage(&request, field));
  if (!flags.reason.empty()) header.set_reason(flags.reason);
  if (!flags.occurred_on.empty()) {
    const auto date = ParseCivilDate(flags.occurred_on);
    if (!date.ok()) {
      return Usage(fmt::format("--occurred-on {}: not a date", flags.occurred_on),
                   "Write 2016-03-18, or 2016-03 or 2016 if no more is known.");
    }
    *header.mutable_occurred_on() = *date;
  }
  if (!flags.etag.empty()) header.set_etag(flags.etag);
  if (!flags.office.empty()) header.set_acting_office(flags.office);
  if (flags.dry_run) header.set_validate_only(true);
  if (!flags.request_id.empty()) header.set_request_id(flags.request_id);
  if (header.request_id().empty()) header.set_request_id(NewRequestId());
  return absl::OkStatus();
}

absl::Status ReadInput(Invocation& run, const std::string& file, Message& request) {
  std::string text;
  if (file == "-") {
    text.assign(std::istreambuf_iterator<char>(run.console().in), {});
  } else {
    ASSIGN_OR_RETURN(text, ReadLocalFile(file));
  }
  std::vector<YamlError> errors;
  const absl::Status read = ReadYaml(text, request, nullptr, &errors);  // JSON is YAML, too
  if (read.ok()) return read;
  if (errors.empty()) return UsageAt(file, std::string(read.message()), MendOf(read));
  std::string all;
  for (const YamlError& error : errors) {
    all += fmt::format("{}{}:{}:{}: {}", all.empty() ? "" : "\n       ", file, error.at.line,
                       error.at.column, error.message);
  }
  return Usage(all, errors.front().mend);
}

absl::StatusOr<std::unique_ptr<Message>> BuildRequest(Invocation& run,
                                                      const MethodDescriptor& method,
                                                      const ActFlags& flags) {
  auto request = NewMessage(*method.input_type());
  if (!flags.file.empty()) RETURN_IF_ERROR(ReadInput(run, flags.file, *request));
  bool named = false;
  for (const std::string& argument : flags.arguments) {
    if (argument.find('=') != std::string::npos) {
      RETURN_IF_ERROR(SetField(*request, argument));
    } else if (named) {
      return Usage(fmt::format("'{}' is a second name", argument),
                   "Fields are written field=value.");
    } else {
      ASSIGN_OR_RETURN(const std::string name, CompleteName(argument, run.realm()));
      RETURN_IF_ERROR(SetTarget(*request, name));
      named = true;
    }
  }
  RETURN_IF_ERROR(FillHeader(flags, *request));
  RETURN_IF_ERROR(CompleteNames(*request, run.realm()));
  return request;
}

std::string NameIn(const Message& message) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName("name");
  return field == nullptr || field->is_repeated() ||
                 field->cpp_type() != FieldDescriptor::CPPTYPE_STRING
             ? ""
             : message.GetReflection()->GetString(message, field);
}

// For people: what the command changed, not the whole resource.
void PrintChange(Invocation& run, const MethodDescriptor& method, const std::string& before,
                 const Message& after, bool dry_run) {
  run.out() << fmt::format("{}: {} {}\n", run.catalog().NameOf(method),
                           ShortName(NameIn(after), run.realm()),
                           dry_run ? "would be accepted; nothing was recorded" : "done");
  if (before.empty()) {
    run.out() << "\n" << Card(after, run.view());
    return;
  }
  const std::string difference = Difference(before, Comparable(after));
  run.out() << (difference.empty() ? "Nothing that is shown of it has changed.\n" : difference);
}

absl::Status Act(Invocation& run, const ActFlags& flags) {
  if (flags.method.empty()) {
    return Usage(
        "which command?",
        "Write: kasundo act CommandName NAME field=value...; for all of them: kasundo commands");
  }
  ASSIGN_OR_RETURN(const MethodDescriptor* method, run.catalog().Find(flags.method));
  if (flags.help) {
    run.out() << MethodHelp(run.catalog(), *method, run.view().width);
    return absl::OkStatus();
  }
  if (method->server_streaming()) {
    return Usage(fmt::format("{} answers without end", method->name()),
                 "See: kasundo watch, kasundo admin verify");
  }
  if (run.format() == Format::kCsv && CsvField(*method->output_type()) == nullptr) return NoCsv();
  ASSIGN_OR_RETURN(const auto request, BuildRequest(run, *method, flags));

  const bool command = IsCommand(*method);
  std::string before;
  if (command && !Creates(*method) && run.format() == Format::kHuman) {
    // Only to show what changes: if it cannot be read, the command itself will say why.
    if (const auto resource = GetResource(run, NameIn(*request)); resource.ok())
      before = Comparable(**resource);
  }
  ASSIGN_OR_RETURN(auto answer, run.Call(*method, *request));
  if (run.format() == Format::kHuman && command) {
    if (const auto* any = dynamic_cast<const workflows::v1::AnyInstance*>(answer.get());
        any != nullptr && any->has_resource()) {
      ASSIGN_OR_RETURN(auto resource, Unpack(any->resource()));
      answer = std::move(resource);
    }
    PrintChange(run, *method, before, *answer, flags.dry_run);
  } else if (run.catalog().FindCollectionOf(*answer->GetDescriptor()) != nullptr) {
    run.PrintResource(*answer);
  } else {
    run.PrintMessage(*answer);
  }
  return absl::OkStatus();
}

}  // namespace

void AddActCommand(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<ActFlags>();
  CLI::App* act = app.add_subcommand("act", "Do something: send any command by its name");
  act->set_help_flag();
  act->add_flag("-h,--help", flags->help, "What the command does and which fields it has");
  act->add_option("command", flags->method, "Its name, for example FillSeat; see kasundo commands");
  act->add_option(
      "arguments", flags->arguments,
      "The name of what it is done to, and fields: title=CMD, seats[0].title=Chair, since=2011-06, "
      "functions=[a, b], text=@minutes.md");
  act->add_option("-f,--file", flags->file,
                  "Fields from a YAML or JSON file; - reads the standard input");
  act->add_option("--reason", flags->reason, "Why; kept in the history");
  act->add_option("--occurred-on", flags->occurred_on,
                  "The day on which it happened, if not today");
  act->add_option("--etag", flags->etag, "Only if nobody has changed it since you saw this etag");
  act->add_option("--request-id", flags->request_id,
                  "The same id again is the same request; default a random one");
  act->add_option("--as", flags->office,
                  "The office in whose name you act, for example offices/council-secretary");
  act->add_flag("--dry-run", flags->dry_run, "Ask whether it would be accepted; record nothing");
  act->final_callback([&run, flags] {
    run.takes_csv = true;  // some answers bring one along: Act() looks
    run.chosen = [&run, flags] {
      if (flags->help && flags->method.empty()) {
        run.out() << "kasundo act COMMAND [NAME] [field=value ...] [-f FILE] [--reason WHY] "
                     "[--occurred-on DATE]\n"
                     "            [--as OFFICE] [--etag ETAG] [--request-id ID] [--dry-run]\n\n"
                     "What a command does and which fields it has:  kasundo act --help COMMAND\n"
                     "All commands:                                 kasundo commands\n"
                     "With examples:                                kasundo help act\n";
        return absl::OkStatus();
      }
      return Act(run, *flags);
    };
  });
}

}  // namespace kasundo::cli
