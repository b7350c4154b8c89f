// apply: manifests.
#include <iterator>
#include <map>

#include "google/protobuf/struct.pb.h"
#include "services/cli/batch_sender.h"
#include "services/cli/difference.h"
#include "services/cli/invocation.h"
#include "services/cli/local_file.h"
#include "services/cli/manifest.h"
#include "services/cli/names.h"
#include "services/cli/progress.h"
#include "services/cli/resource_access.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

using google::protobuf::Message;
using Kind = StepResult::Kind;

struct ApplyFlags {
  std::vector<std::string> files;
  bool dry_run = false;
  bool go_on = false;
};

std::string NameIn(const Message& message) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName("name");
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

absl::Status ReadFiles(Invocation& run, const std::vector<std::string>& files,
                       ManifestReader& reader) {
  for (const std::string& file : files) {
    if (file == "-") {
      reader.Read("standard input",
                  std::string(std::istreambuf_iterator<char>(run.console().in), {}));
    } else {
      ASSIGN_OR_RETURN(const std::string text, ReadLocalFile(file));
      reader.Read(file, text);
    }
  }
  if (reader.errors().empty()) return absl::OkStatus();
  for (const ManifestError& error : reader.errors()) {
    run.console().err << fmt::format("{}: {}", error.where, error.message)
                      << (error.mend.empty() ? "" : " (" + error.mend + ")") << "\n";
  }
  const size_t count = reader.errors().size();
  return Usage(fmt::format("{} {} in the manifests; nothing was sent", count,
                           count == 1 ? "fault" : "faults"),
               "Mend what is listed above and apply the files again.");
}

// What is different in each thing that the steps touch, before and after all of them.
absl::Status PrintDifferences(Invocation& run, const std::vector<Step>& steps,
                              const std::vector<StepResult>& results) {
  std::vector<std::string> touched;  // in the order of the first step on each
  std::map<std::string, size_t> last;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (results[i].resource == nullptr || results[i].kind == Kind::kUnchanged) continue;
    const std::string name = NameIn(*results[i].resource);
    if (last.find(name) == last.end()) touched.push_back(name);
    last[name] = i;
  }
  for (const std::string& name : touched) {
    std::string before;
    if (const auto resource = GetResource(run, name); resource.ok()) {
      before = Comparable(**resource);
    } else if (!absl::IsNotFound(resource.status())) {
      return resource.status();
    }
    const std::string difference = Difference(before, Comparable(*results[last[name]].resource));
    if (difference.empty()) continue;
    run.out() << fmt::format("{}{}\n{}\n", ShortName(name, run.realm()),
                             before.empty() ? " (new)" : "", difference);
  }
  return absl::OkStatus();
}

void PrintSummary(Invocation& run, const std::map<Kind, int>& counts, bool dry_run) {
  const auto count = [&](Kind kind) {
    const auto found = counts.find(kind);
    return found == counts.end() ? 0 : found->second;
  };
  if (run.format() == Format::kHuman) {
    run.out() << fmt::format("{}{} created, {} changed, {} unchanged, {} refused",
                             dry_run ? "dry run: " : "", count(Kind::kCreated),
                             count(Kind::kChanged), count(Kind::kUnchanged), count(Kind::kRefused));
    if (count(Kind::kNotSent) > 0) run.out() << fmt::format(", {} not sent", count(Kind::kNotSent));
    run.out() << "\n";
    return;
  }
  google::protobuf::Struct summary;
  auto& fields = *summary.mutable_fields();
  fields["created"].set_number_value(count(Kind::kCreated));
  fields["changed"].set_number_value(count(Kind::kChanged));
  fields["unchanged"].set_number_value(count(Kind::kUnchanged));
  fields["refused"].set_number_value(count(Kind::kRefused));
  fields["not_sent"].set_number_value(count(Kind::kNotSent));
  run.out() << Print(summary, run.format());
}

// "realm.yaml:12:5: step 3 FillSeat: QUORUM_NOT_MET: 9 of 18 present; 10 needed (Record two more.)"
std::string RefusalLine(const Step& step, const absl::Status& refusal) {
  std::string line = step.where() + ": ";
  if (const std::string reason = ReasonOf(refusal); !reason.empty()) line += reason + ": ";
  line += std::string(refusal.message());
  if (const auto detail = RefusalOf(refusal); detail && !detail->field().empty())
    line += " [" + detail->field() + "]";
  if (const std::string mend = MendOf(refusal); !mend.empty()) line += " (" + mend + ")";
  return line;
}

absl::Status Apply(Invocation& run, const ApplyFlags& flags) {
  ManifestReader reader(run.catalog(), run.realm());
  RETURN_IF_ERROR(ReadFiles(run, flags.files, reader));
  const std::vector<Step>& steps = reader.steps();

  ProgressBar bar(run.console(), steps.size());
  BatchSender sender(run, steps, [&](size_t done) { bar.Show(done); });
  const absl::Status sent = flags.dry_run ? sender.Rehearse() : sender.Send(flags.go_on);
  bar.Clear();

  std::map<Kind, int> counts;
  absl::Status first_refusal;
  for (size_t i = 0; i < steps.size(); ++i) {
    const StepResult& result = sender.results()[i];
    ++counts[result.kind];
    if (result.kind != Kind::kRefused) continue;
    run.console().err << RefusalLine(steps[i], result.refusal) << "\n";
    if (first_refusal.ok()) first_refusal = result.refusal;
  }
  if (flags.dry_run && sent.ok() && run.format() == Format::kHuman) {
    RETURN_IF_ERROR(PrintDifferences(run, steps, sender.results()));
  }
  PrintSummary(run, counts, flags.dry_run);
  RETURN_IF_ERROR(sent);
  if (flags.dry_run && counts[Kind::kNotSent] > 0) {
    run.console().err << fmt::format(
        "note: {} steps lie in a realm that is not there yet; they can be rehearsed once it is\n",
        counts[Kind::kNotSent]);
  }
  if (first_refusal.ok()) return absl::OkStatus();
  // The code of the first refusal decides the exit code; the lines above have said the rest.
  const int refused = counts[Kind::kRefused];
  return absl::Status(
      first_refusal.code(),
      flags.dry_run ? fmt::format("{} of {} steps would be refused", refused, steps.size())
      : flags.go_on ? fmt::format("{} of {} steps were refused", refused, steps.size())
                    : fmt::format("stopped at a refused step; {} steps were not sent",
                                  counts[Kind::kNotSent]));
}

}  // namespace

void AddApplyCommand(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<ApplyFlags>();
  CLI::App* apply = app.add_subcommand("apply", "Create or change many things from YAML manifests");
  apply
      ->add_option("-f,--file", flags->files,
                   "A manifest; may be given several times; - reads the standard input")
      ->required();
  apply->add_flag("--dry-run", flags->dry_run, "Show what would change; record nothing");
  apply->add_flag("--continue", flags->go_on,
                  "Go on after a refused step instead of stopping before it");
  apply->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Apply(run, *flags); }; });
}

}  // namespace kasundo::cli
