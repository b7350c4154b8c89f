#include "services/cli/history_table.h"

#include "fmt/format.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "services/cli/any_message.h"
#include "services/cli/names.h"
#include "services/cli/table.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/yaml_writer.h"

namespace kasundo::cli {
namespace {

constexpr int kWordsOfFact = 60;  // columns; `history --full` shows all of it

using workflows::v1::Actor;
using workflows::v1::HistoryEntry;

std::string Who(const Actor& actor) {
  if (actor.system()) return "system";
  return IdOf(actor.person().empty() ? actor.account() : actor.person());
}

std::string Office(const Actor& actor) {
  if (actor.office().empty()) return "";
  return IdOf(actor.office()) + (actor.acting() ? " (acting)" : "");
}

std::string Recorded(const HistoryEntry& entry, const ViewOptions& options) {
  return InstantText(absl::FromUnixSeconds(entry.recorded_time().seconds()), options);
}

std::string Why(const HistoryEntry& entry) {
  if (entry.has_caused_by()) {
    const std::string cause = fmt::format("follows from {}", entry.caused_by());
    return entry.reason().empty() ? cause : entry.reason() + " (" + cause + ")";
  }
  return entry.reason();
}

// The fact in one line, as far as this program knows its type.
std::string What(const HistoryEntry& entry, const ViewOptions& options) {
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      entry.payload_type());
  if (type == nullptr) return "";
  const auto fact = NewMessage(*type);
  if (!google::protobuf::util::JsonStringToMessage(entry.payload_json(), fact.get()).ok())
    return "";
  return Shorten(OneLine(Inline(*fact, options)), kWordsOfFact);
}

std::string States(const HistoryEntry& entry) {
  if (entry.from_state() == entry.to_state()) return entry.to_state();
  return entry.from_state().empty() ? entry.to_state()
                                    : entry.from_state() + " → " + entry.to_state();
}

}  // namespace

std::string HistoryTable(const google::protobuf::RepeatedPtrField<HistoryEntry>& entries,
                         const ViewOptions& options) {
  Table table({{"POSITION", 4},
               {"RECORDED", 16},
               {"HAPPENED", 7},
               {"EVENT", 12},
               {"WHO", 8},
               {"OFFICE", 8},
               {"WHY", 12},
               {"STATE", 8},
               {"WHAT", 16}});
  for (const HistoryEntry& entry : entries) {
    table.Add({std::to_string(entry.position()), Recorded(entry, options),
               ToString(entry.occurred_on()), entry.event(), Who(entry.actor()),
               Office(entry.actor()), Why(entry), States(entry), What(entry, options)});
  }
  return table.Print(options.width);
}

std::string FullEvent(const HistoryEntry& entry, const ViewOptions& options) {
  std::string text = fmt::format("{}  {}  revision {} of {}\n", entry.position(), entry.event(),
                                 entry.revision(), ShortName(entry.instance(), options.realm));
  const auto line = [&](const char* label, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<13}{}\n", label, OneLine(value));
  };
  line("recorded", Recorded(entry, options));
  line("happened on", ToString(entry.occurred_on()));
  line("who", entry.actor().system() ? "system" : ShortName(entry.actor().person(), options.realm));
  line("account", ShortName(entry.actor().account(), options.realm));
  line("office", ShortName(entry.actor().office(), options.realm) +
                     (entry.actor().acting() ? " (acting)" : ""));
  line("organisation", ShortName(entry.actor().organisation(), options.realm));
  line("why", Why(entry));
  line("state", States(entry));
  line("definition", fmt::format("version {}", entry.definition_version()));
  line("request", entry.request_id());
  for (const auto& reference : entry.references()) {
    line("refers to", fmt::format("{} at revision {}", ShortName(reference.name(), options.realm),
                                  reference.revision()));
  }
  google::protobuf::Struct payload;
  if (google::protobuf::util::JsonStringToMessage(entry.payload_json(), &payload).ok()) {
    const std::string yaml = WriteYaml(payload);
    size_t begin = 0;
    while (begin < yaml.size()) {
      const size_t end = std::min(yaml.find('\n', begin), yaml.size());
      text += "    " + yaml.substr(begin, end - begin) + "\n";
      begin = end + 1;
    }
  }
  return text;
}

std::string EventLine(const HistoryEntry& entry, const ViewOptions& options) {
  std::string line = fmt::format("{}  {}  {}  {}", entry.position(), Recorded(entry, options),
                                 entry.event(), ShortName(entry.instance(), options.realm));
  if (const std::string who = Who(entry.actor()); !who.empty()) line += "  by " + who;
  if (const std::string office = Office(entry.actor()); !office.empty()) line += ", " + office;
  if (entry.from_state() != entry.to_state()) line += fmt::format("  [{}]", States(entry));
  if (const std::string why = Why(entry); !why.empty()) line += "  " + OneLine(why);
  return options.width > 0 ? Shorten(line, options.width) : line;
}

}  // namespace kasundo::cli
