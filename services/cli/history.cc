// history, diff and watch.
#include "google/protobuf/util/json_util.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/difference.h"
#include "services/cli/history_table.h"
#include "services/cli/invocation.h"
#include "services/cli/names.h"
#include "services/cli/resource_access.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

namespace wf = workflows::v1;

constexpr int kPage = 1000;

struct HistoryFlags {
  std::string name;
  int64_t from_revision = 0;
  bool full = false;
  std::string from;
  std::string to;
  int64_t from_position = -1;
  bool until_end = false;
};

absl::Status History(Invocation& run, const HistoryFlags& flags) {
  wf::ListHistoryRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), CompleteName(flags.name, run.realm()));
  request.set_from_revision(flags.from_revision);
  request.set_page_size(kPage);
  wf::ListHistoryResponse history;
  do {
    ASSIGN_OR_RETURN(auto page, run.Call<wf::ListHistoryResponse>(request));
    for (auto& entry : *page.mutable_entries()) history.mutable_entries()->Add(std::move(entry));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());

  if (run.format() != Format::kHuman) {
    std::vector<const google::protobuf::Message*> entries;
    for (const auto& entry : history.entries()) entries.push_back(&entry);
    run.out() << PrintAll(entries, run.format());
  } else if (flags.full) {
    for (const auto& entry : history.entries()) run.out() << FullEvent(entry, run.view()) << "\n";
  } else {
    run.out() << HistoryTable(history.entries(), run.view());
  }
  return absl::OkStatus();
}

// "" as text stands for the present.
absl::StatusOr<std::string> StateAt(Invocation& run, const std::string& name,
                                    const std::string& moment_text) {
  std::optional<Moment> moment;
  if (!moment_text.empty()) {
    ASSIGN_OR_RETURN(moment, ParseMoment(moment_text, absl::LocalTimeZone()));
  }
  ASSIGN_OR_RETURN(const auto resource, GetResource(run, name, moment));
  return Comparable(*resource);
}

absl::Status Diff(Invocation& run, const HistoryFlags& flags) {
  ASSIGN_OR_RETURN(const std::string name, CompleteName(flags.name, run.realm()));
  ASSIGN_OR_RETURN(const std::string before, StateAt(run, name, flags.from));
  ASSIGN_OR_RETURN(const std::string after, StateAt(run, name, flags.to));
  const std::string difference = Difference(before, after);
  if (difference.empty()) {
    run.console().err << "no difference\n";
  } else {
    run.out() << difference;
  }
  return absl::OkStatus();
}

absl::Status Watch(Invocation& run, const HistoryFlags& flags) {
  wf::WatchRequest request;
  if (flags.name.empty()) {
    request.set_realm(run.realm());
  } else {
    ASSIGN_OR_RETURN(const std::string name, CompleteName(flags.name, run.realm()));
    request.set_realm(RealmOf(name));
    if (name != request.realm()) request.set_instance(name);
  }
  if (request.realm().empty()) {
    return Usage("no realm is chosen", "Choose one, for example: kasundo use realms/calabarzon");
  }
  if (flags.from_position >= 0) {
    request.set_from_position(flags.from_position);
  } else {
    request.set_only_new(true);
  }
  request.set_until_end(flags.until_end);

  google::protobuf::util::JsonPrintOptions json_options;
  json_options.preserve_proto_field_names = true;
  const auto stream =
      run.client().Open(run.MethodOf(*wf::WatchRequest::descriptor()).full_name(), request);
  wf::WatchResponse response;
  while (stream->Read(&response)) {
    if (!response.has_entry()) continue;
    if (run.format() == Format::kJson) {  // one object per line, for programs that follow
      std::string json;
      if (google::protobuf::util::MessageToJsonString(response.entry(), &json, json_options).ok()) {
        run.out() << json << "\n";
      }
    } else if (run.format() == Format::kHuman) {
      run.out() << EventLine(response.entry(), run.view()) << "\n";
    } else {
      run.out() << PrintAll({&response.entry()}, run.format());
    }
    run.out().flush();
    if (!run.out().good()) return absl::OkStatus();  // nobody reads any more
  }
  return stream->Finish();
}

}  // namespace

void AddHistoryCommands(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<HistoryFlags>();

  CLI::App* history = app.add_subcommand(
      "history", "Show what happened to one thing: when, who, in which office, why");
  history->add_option("name", flags->name, "Its name, for example committees/cmd")->required();
  history->add_option("--from", flags->from_revision, "First revision to show")
      ->check(CLI::NonNegativeNumber);
  history->add_flag("--full", flags->full,
                    "Everything that was recorded, not only a line per event");
  history->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return History(run, *flags); }; });

  CLI::App* diff = app.add_subcommand("diff", "Show what changed between two points in time");
  diff->add_option("name", flags->name, "Its name, for example committees/cmd")->required();
  diff->add_option("--from", flags->from,
                   "A date, an instant, a journal position, or @3 for its revision 3")
      ->required();
  diff->add_option("--to", flags->to, "The same; default now");
  diff->final_callback([&run, flags] { run.chosen = [&run, flags] { return Diff(run, *flags); }; });

  CLI::App* watch = app.add_subcommand("watch", "Follow what happens, live, until interrupted");
  watch->add_option("name", flags->name,
                    "Only what happens to this, or beneath it; default the whole realm");
  watch
      ->add_option("--from", flags->from_position,
                   "Begin at this journal position (0: the beginning); default only what is new")
      ->check(CLI::NonNegativeNumber);
  watch->add_flag("--until-end", flags->until_end,
                  "Stop at the end of the journal instead of waiting for more");
  watch->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Watch(run, *flags); }; });
}

}  // namespace kasundo::cli
