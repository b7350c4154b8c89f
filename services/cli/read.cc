// get, list and describe.
#include <algorithm>
#include <map>

#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/cli/any_message.h"
#include "services/cli/fields.h"
#include "services/cli/history_table.h"
#include "services/cli/invocation.h"
#include "services/cli/names.h"
#include "services/cli/resource_access.h"
#include "services/cli/table.h"
#include "workflows/engine/nearest_name.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::cli {
namespace {

using google::protobuf::Message;
namespace wf = workflows::v1;

constexpr int kPage = 100;  // resources in a page unless told otherwise
constexpr int kLargestPage = 1000;
constexpr int kLastEvents = 5;  // that `describe` shows

struct ReadFlags {
  std::string name;
  std::string as_of;
  std::string on;
  std::vector<std::string> fields;
  bool all = false;
  int page_size = kPage;
};

absl::StatusOr<std::optional<Moment>> MomentOf(const std::string& text) {
  if (text.empty()) return std::optional<Moment>();
  ASSIGN_OR_RETURN(Moment moment, ParseMoment(text, absl::LocalTimeZone()));
  return std::optional<Moment>(std::move(moment));
}

absl::Status GetOne(Invocation& run, const ReadFlags& flags) {
  ASSIGN_OR_RETURN(const std::string name, CompleteName(flags.name, run.realm()));
  if (EndsInCollection(name)) {
    return Usage(fmt::format("'{}' names a collection", flags.name),
                 fmt::format("To see what is in it: kasundo list {}", flags.name));
  }
  ASSIGN_OR_RETURN(const auto moment, MomentOf(flags.as_of));
  ASSIGN_OR_RETURN(const auto resource, GetResource(run, name, moment, flags.on));
  run.PrintResource(*resource);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Message>> ListRequest(Invocation& run, const Collection& collection,
                                                     const std::string& parent,
                                                     const ReadFlags& flags) {
  auto request = NewMessage(*collection.list->input_type());
  if (!parent.empty()) RETURN_IF_ERROR(SetTarget(*request, parent));
  if (!flags.as_of.empty()) {
    ASSIGN_OR_RETURN(const Moment moment, ParseMoment(flags.as_of, absl::LocalTimeZone()));
    const FieldDescriptor* field = request->GetDescriptor()->FindFieldByName("as_of");
    if (field == nullptr || moment.revision.has_value()) {
      return Usage(fmt::format("{} cannot be listed as of '{}'", collection.id, flags.as_of),
                   field == nullptr ? "Leave out --as-of: this list is always of now."
                                    : "Write a date, an instant or a journal position.");
    }
    request->GetReflection()->MutableMessage(request.get(), field)->CopyFrom(moment.as_of);
  }
  for (const std::string& assignment : flags.fields)
    RETURN_IF_ERROR(SetField(*request, assignment));
  RETURN_IF_ERROR(CompleteNames(*request, run.realm()));
  RETURN_IF_ERROR(
      SetField(*request, fmt::format("page_size={}", std::min(flags.page_size, kLargestPage))));
  return request;
}

absl::Status ListAll(Invocation& run, const ReadFlags& flags) {
  std::string path = flags.name;
  if (path != "realms") {
    ASSIGN_OR_RETURN(path, CompleteName(path, run.realm()));
    if (!EndsInCollection(path)) {
      return Usage(
          fmt::format("'{}' names one thing, not a collection", flags.name),
          fmt::format(
              "To see it: kasundo get {}; to see what is beneath it: kasundo list {}/<collection>",
              flags.name, flags.name));
    }
  }
  const Collection* collection = run.catalog().FindCollection(IdOf(path));
  if (collection == nullptr) {
    std::vector<std::string> known;
    for (const Collection& each : run.catalog().collections()) known.push_back(each.id);
    return Usage(fmt::format("there is no collection '{}'", IdOf(path)),
                 SuggestName(IdOf(path), known, "collections", 30));
  }
  if (!collection->above.empty() && ParentOf(path) == "realms") {
    // "meetings" alone: those of all committees.
    path = fmt::format("{}/{}/-/{}", RealmOf(path), collection->above, collection->id);
  }
  const size_t last = path.rfind('/');
  const std::string parent = last == std::string::npos ? "" : path.substr(0, last);
  ASSIGN_OR_RETURN(const auto request, ListRequest(run, *collection, parent, flags));

  std::vector<std::unique_ptr<Message>> pages;
  std::vector<const Message*> resources;
  std::string token;
  do {
    RETURN_IF_ERROR(SetField(*request, "page_token=" + token));
    ASSIGN_OR_RETURN(auto page, run.Call(*collection->list, *request));
    const auto& reflection = *page->GetReflection();
    for (int i = 0; i < reflection.FieldSize(*page, collection->items); ++i) {
      resources.push_back(&reflection.GetRepeatedMessage(*page, collection->items, i));
    }
    token = reflection.GetString(*page, page->GetDescriptor()->FindFieldByName("next_page_token"));
    pages.push_back(std::move(page));
  } while (flags.all && !token.empty());

  if (run.format() != Format::kHuman) {
    run.out() << PrintAll(resources, run.format());
  } else if (resources.empty()) {
    run.console().err << "none\n";
  } else {
    run.out() << ResourceTable(resources, parent, run.view());
  }
  if (!token.empty()) {
    run.console().err << fmt::format("the first {} are shown; for all of them add --all\n",
                                     resources.size());
  }
  return absl::OkStatus();
}

std::string RolesInWords(const google::protobuf::RepeatedPtrField<wf::RoleMeaning>& roles) {
  std::string words;
  for (const wf::RoleMeaning& role : roles) words += (words.empty() ? "" : ", ") + role.role();
  return words;
}

// What the RPC is called on the command line, or the step.
std::string CommandInWords(const Invocation& run, const wf::PossibleCommand& command) {
  if (!command.step().empty()) return fmt::format("TakeStep step={}", command.step());
  const auto found = run.catalog().Find(command.rpc());
  return found.ok() ? run.catalog().NameOf(**found) : command.rpc();
}

// Whether somebody can send it at all: the engine's own commands have no RPC, or are for it alone.
bool IsForPeople(const wf::PossibleCommand& command) {
  const auto is_system = [](const wf::RoleMeaning& role) { return role.role() == "system"; };
  const bool for_system =
      !command.by().empty() && std::all_of(command.by().begin(), command.by().end(), is_system);
  return !command.rpc().empty() && !for_system;
}

absl::Status Describe(Invocation& run, const ReadFlags& flags) {
  wf::DescribeInstanceRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), CompleteName(flags.name, run.realm()));
  ASSIGN_OR_RETURN(const auto description, run.Call<wf::DescribeInstanceResponse>(request));
  if (run.format() != Format::kHuman) {
    run.PrintMessage(description);
    return absl::OkStatus();
  }
  const wf::AnyInstance& instance = description.instance();
  if (instance.has_resource()) {
    ASSIGN_OR_RETURN(const auto resource, Unpack(instance.resource()));
    run.out() << Card(*resource, run.view());
  } else {
    run.out() << Card(instance, run.view());
  }

  if (description.final()) run.out() << "\nNothing more can happen to it.\n";
  Table now({{"WHAT MAY BE DONE NOW", 20}, {"YOU", 3}, {"BY WHOM", 16}});
  Table later({{"NOT NOW, BUT IN ANOTHER STATE", 20}, {"IN THE STATES", 16}});
  std::map<std::string, std::string> meanings;  // of the roles that are named
  for (const wf::PossibleCommand& command : description.commands()) {
    if (!IsForPeople(command)) continue;
    for (const wf::RoleMeaning& role : command.by()) {
      if (command.in_this_state() && !role.meaning().empty())
        meanings[role.role()] = role.meaning();
    }
    const std::string name = CommandInWords(run, command);
    if (command.in_this_state()) {
      now.Add({name, command.by_you() ? "yes" : "no", RolesInWords(command.by())});
    } else if (!command.states().empty()) {
      later.Add({name, fmt::format("{}", fmt::join(command.states(), ", "))});
    }
  }
  for (const Table* table : {&now, &later}) {
    if (!table->empty()) run.out() << "\n" << table->Print(run.view().width);
  }
  Table roles({{"ROLE", 12}, {"WHO THAT IS", 20}});
  for (const auto& [role, meaning] : meanings) roles.Add({role, meaning});
  if (!roles.empty()) run.out() << "\n" << roles.Print(run.view().width);
  Table deadlines({{"DUE", 16}, {"DEADLINE", 16}, {"ESCALATES TO", 12}});
  for (const wf::PendingDeadline& deadline : description.deadlines()) {
    deadlines.Add({InstantText(absl::FromUnixSeconds(deadline.due_time().seconds()), run.view()),
                   deadline.title().empty() ? deadline.deadline() : deadline.title(),
                   fmt::format("{}", fmt::join(deadline.escalate_to(), ", "))});
  }
  if (!deadlines.empty()) run.out() << "\n" << deadlines.Print(run.view().width);

  wf::ListHistoryRequest last;
  last.set_name(request.name());
  last.set_page_size(kLastEvents);
  last.set_from_revision(std::max<int64_t>(1, instance.revision() - kLastEvents + 1));
  ASSIGN_OR_RETURN(const auto history, run.Call<wf::ListHistoryResponse>(last));
  if (!history.entries().empty()) {
    run.out() << "\nLast of " << instance.revision()
              << (instance.revision() == 1 ? " event\n" : " events\n")
              << HistoryTable(history.entries(), run.view());
  }
  return absl::OkStatus();
}

}  // namespace

void AddReadCommands(CLI::App& app, Invocation& run) {
  const auto flags = std::make_shared<ReadFlags>();

  CLI::App* get = app.add_subcommand("get", "Show one thing, now or as of a past time");
  get->add_option("name", flags->name, "Its name, for example committees/cmd")->required();
  get->add_option(
      "--as-of", flags->as_of,
      "As it was recorded then: a date, an instant, a journal position, or @3 for its revision 3");
  get->add_option(
      "--on", flags->on,
      "As it was on this day in the world, for example 2014-06, whenever that was recorded");
  get->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return GetOne(run, *flags); }; });

  CLI::App* list = app.add_subcommand("list", "Show many things in a table");
  list->add_option("collection", flags->name,
                   "For example committees, committees/cmd/meetings, or meetings for those of all "
                   "committees")
      ->required();
  list->add_option("fields", flags->fields, "More fields of the list's request, as field=value");
  list->add_flag("--all", flags->all, "All pages, not only the first");
  list->add_option("--page-size", flags->page_size, "How many at once (1 to 1,000)")
      ->check(CLI::Range(1, kLargestPage))
      ->capture_default_str();
  list->add_option("--as-of", flags->as_of, "As they were recorded then");
  list->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return ListAll(run, *flags); }; });

  CLI::App* describe = app.add_subcommand(
      "describe", "Show one thing with what may be done to it now, deadlines and last events");
  describe->add_option("name", flags->name, "Its name, for example committees/cmd")->required();
  describe->final_callback(
      [&run, flags] { run.chosen = [&run, flags] { return Describe(run, *flags); }; });
}

}  // namespace kasundo::cli
