// completion bash, and __complete that the script asks.
#include <algorithm>

#include "services/cli/any_message.h"
#include "services/cli/fields.h"
#include "services/cli/invocation.h"
#include "services/cli/names.h"

namespace kasundo::cli {
namespace {

// Bash breaks words at "=" and ":" too; the script cuts what stands before the last of them off
// each candidate.
constexpr char kBashScript[] =
    R"(# bash completion for kasundo; in ~/.bashrc: source <(kasundo completion bash)
_kasundo() {
  local line="${COMP_LINE:0:COMP_POINT}" word candidate
  word="${line##*[[:space:]]}"
  local before="${word%"${word##*[=:]}"}"
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY+=("${candidate#"$before"}")
  done < <(kasundo __complete "$line" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *[=./] ]]; then compopt -o nospace; fi
}
complete -o default -F _kasundo kasundo
)";

std::vector<std::string> Words(const std::string& line) {
  std::vector<std::string> words(1);
  char quote = 0;
  for (const char c : line) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        words.back() += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == ' ' || c == '\t') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

bool Begins(const std::string& text, const std::string& with) {
  return text.compare(0, with.size(), with) == 0;
}

// Ids are asked of the server, if one answers soon: nobody waits for a completion.
constexpr absl::Duration kPatience = absl::Seconds(1);
constexpr int kMostIds = 200;

class Completer {
 public:
  Completer(const CLI::App& app, Invocation& run)
      : app_(&app), run_(run), catalog_(run.catalog()) {}

  std::vector<std::string> Complete(const std::string& line) {
    std::vector<std::string> words = Words(line);
    const std::string last = words.back();
    words.pop_back();
    if (!words.empty()) words.erase(words.begin());  // the program's own name

    std::vector<std::string> arguments;  // of the command, without flags
    for (size_t i = 0; i < words.size(); ++i) {
      const CLI::App* next = arguments.empty() ? FindCommand(words[i]) : nullptr;
      if (next != nullptr) {
        app_ = next;
      } else if (TakesValue(words[i])) {
        ++i;
        if (i == words.size()) return ValuesOf(words.back(), last);
      } else if (words[i].empty() || words[i][0] != '-') {
        arguments.push_back(words[i]);
      }
    }
    if (Begins(last, "-")) return Flags(last);
    if (arguments.empty() && !app_->get_subcommands(nullptr).empty()) return Commands(last);
    return Arguments(arguments, last);
  }

 private:
  const CLI::App* FindCommand(const std::string& name) const {
    for (const CLI::App* command : app_->get_subcommands(nullptr)) {
      if (command->get_name() == name) return command;
    }
    return nullptr;
  }

  std::vector<std::string> Commands(const std::string& begun) const {
    std::vector<std::string> names;
    for (const CLI::App* command : app_->get_subcommands(nullptr)) {
      if (!command->get_group().empty() && Begins(command->get_name(), begun))
        names.push_back(command->get_name());
    }
    return names;
  }

  // Flags of the command and of those around it.
  std::vector<const CLI::Option*> Options() const {
    std::vector<const CLI::Option*> options;
    for (const CLI::App* app = app_; app != nullptr; app = app->get_parent()) {
      for (const CLI::Option* option : app->get_options()) options.push_back(option);
    }
    return options;
  }

  std::vector<std::string> Flags(const std::string& begun) const {
    std::vector<std::string> flags;
    for (const CLI::Option* option : Options()) {
      for (const std::string& name : option->get_lnames()) {
        if (Begins("--" + name, begun)) flags.push_back("--" + name);
      }
    }
    return flags;
  }

  bool TakesValue(const std::string& word) const {
    if (word.size() < 2 || word[0] != '-' || word.find('=') != std::string::npos) return false;
    const std::vector<const CLI::Option*> options = Options();
    return std::any_of(options.begin(), options.end(), [&](const CLI::Option* option) {
      return option->get_items_expected_max() > 0 && option->check_name(word);
    });
  }

  static std::vector<std::string> ValuesOf(const std::string& flag, const std::string& begun) {
    std::vector<std::string> values;
    if (flag == "-o" || flag == "--output") {
      for (const char* format : {"human", "json", "yaml", "name", "csv"}) {
        if (Begins(format, begun)) values.emplace_back(format);
      }
    }
    return values;
  }

  std::vector<std::string> Arguments(const std::vector<std::string>& arguments,
                                     const std::string& begun) const {
    const std::string& command = app_->get_name();
    if (command == "act" && arguments.empty()) return Methods(begun);
    if (command == "act") {
      const auto method = catalog_.Find(arguments.front());
      if (!method.ok()) return {};
      std::vector<std::string> candidates = CompletePath(*(*method)->input_type(), begun);
      const bool named = arguments.size() > 1 && arguments[1].find('=') == std::string::npos;
      if (!named && candidates.empty()) return Collections(begun);
      return candidates;
    }
    if (command == "commands" && arguments.empty()) return Methods(begun);
    const bool names = command == "get" || command == "list" || command == "describe" ||
                       command == "history" || command == "diff" || command == "watch" ||
                       command == "continuity" || command == "migrate";
    return names && arguments.empty() ? Collections(begun) : std::vector<std::string>{};
  }

  std::vector<std::string> Methods(const std::string& begun) const {
    std::vector<std::string> names;
    for (const MethodDescriptor* method : catalog_.methods()) {
      const std::string name = catalog_.NameOf(*method);
      if (Begins(name, begun)) names.push_back(name);
    }
    return names;
  }

  // The collection that is being written, after what stands before it: "committees/cmd/mee" ->
  // "committees/cmd/meetings".
  std::vector<std::string> Collections(const std::string& begun) const {
    const size_t slash = begun.rfind('/');
    const std::string before = slash == std::string::npos ? "" : begun.substr(0, slash + 1);
    if (std::count(before.begin(), before.end(), '/') % 2 != 0) return Ids(before, begun);
    std::vector<std::string> names;
    const std::string after = app_->get_name() == "list" ? "" : "/";
    for (const Collection& collection : catalog_.collections()) {
      if (Begins(before + collection.id, begun)) names.push_back(before + collection.id + after);
    }
    return names;
  }

  // What is in the collection before the last slash.
  std::vector<std::string> Ids(const std::string& before, const std::string& begun) const {
    const std::string written = before.substr(0, before.size() - 1);
    const absl::StatusOr<std::string> path = written == "realms"
                                                 ? absl::StatusOr<std::string>(written)
                                                 : CompleteName(written, run_.realm());
    if (!path.ok()) return {};
    const Collection* collection = catalog_.FindCollection(IdOf(*path));
    if (collection == nullptr) return {};
    auto request = NewMessage(*collection->list->input_type());
    const size_t slash = path->rfind('/');
    if (slash != std::string::npos && !SetTarget(*request, path->substr(0, slash)).ok()) return {};
    if (!SetField(*request, fmt::format("page_size={}", kMostIds)).ok()) return {};
    auto page = NewMessage(*collection->list->output_type());
    if (!run_.client()
             .Call(collection->list->full_name(), *request, page.get(), {.timeout = kPatience})
             .ok())
      return {};
    std::vector<std::string> names;
    const auto& reflection = *page->GetReflection();
    const FieldDescriptor* name = collection->resource->FindFieldByName("name");
    for (int i = 0; i < reflection.FieldSize(*page, collection->items); ++i) {
      const auto& item = reflection.GetRepeatedMessage(*page, collection->items, i);
      const std::string candidate = before + IdOf(item.GetReflection()->GetString(item, name));
      if (Begins(candidate, begun)) names.push_back(candidate);
    }
    return names;
  }

  const CLI::App* app_;
  Invocation& run_;
  const Catalog& catalog_;
};

}  // namespace

void AddCompletionCommands(CLI::App& app, Invocation& run) {
  CLI::App* completion = app.add_subcommand("completion", "Print a completion script for a shell");
  completion->require_subcommand(1);
  CLI::App* bash =
      completion->add_subcommand("bash", "For bash: source <(kasundo completion bash)");
  bash->final_callback([&run] {
    run.chosen = [&run] {
      run.out() << kBashScript;
      return absl::OkStatus();
    };
  });

  CLI::App* complete = app.add_subcommand(
      "__complete", "What may come next on a command line; for completion scripts");
  complete->group("");  // not shown in help
  const auto line = std::make_shared<std::string>();
  complete->add_option("line", *line);
  complete->final_callback([&run, &app, line] {
    run.chosen = [&run, &app, line] {
      for (const std::string& candidate : Completer(app, run).Complete(*line)) {
        run.out() << candidate << "\n";
      }
      return absl::OkStatus();
    };
  });
}

}  // namespace kasundo::cli
