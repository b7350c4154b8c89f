#include "tests/support/state_command_table.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "fmt/format.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::testing {
namespace {

std::string TypeOf(const v1::Act& act) {
  return act.command().type_url().substr(act.command().type_url().rfind('/') + 1);
}

// "CloseMotionRequest" of "kasundo.committees.v1.CloseMotionRequest" becomes "CloseMotion".
std::string RowName(const v1::Act& act) {
  std::string name = TypeOf(act);
  name = name.substr(name.rfind('.') + 1);
  constexpr std::string_view kRequest = "Request";
  if (name.size() > kRequest.size() && name.ends_with(kRequest)) {
    name.resize(name.size() - kRequest.size());
  }
  return act.variant().empty() ? name : fmt::format("{} {}", name, act.variant());
}

std::string Reason(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return fmt::format("*{}*", reason.empty() ? absl::StatusCodeToString(status.code()) : reason);
}

// "MotionCarried, ResolutionAdopted → open"; what happened to other instances stands behind "+".
std::string CellOf(const Outcome& outcome, const std::string& instance) {
  if (!outcome.status.ok()) return Reason(outcome.status);
  std::vector<std::string> own;
  std::vector<std::string> others;
  for (const auto& event : outcome.events) {
    if (event->instance() == instance) {
      own.push_back(event->event());
    } else {
      others.push_back(fmt::format("{} {}", event->kind(), event->event()));
    }
  }
  std::string cell = own.empty() ? "nothing" : absl::StrJoin(own, ", ");
  cell += " → " + outcome.instance.record.lifecycle_state();
  if (!others.empty()) cell += " + " + absl::StrJoin(others, ", ");
  return cell;
}

absl::Status Annotate(const absl::Status& status, const std::string& what) {
  return {absl::StatusCode::kFailedPrecondition,
          fmt::format("{}: {} {}", what, ReasonOf(status), std::string(status.message()))};
}

}  // namespace

std::string StateCommandTable::ToMarkdown() const {
  std::string text = fmt::format(
      "# {}: every command in every state\n\n"
      "Made by tests/histories from {}.cases.yaml on the real engine: the events and the "
      "state they lead to, or\n"
      "*the reason of the refusal*.\n\n| command |",
      kind, kind);
  for (const std::string& state : states) text += fmt::format(" {} |", state);
  text += "\n| --- |";
  for (size_t i = 0; i < states.size(); ++i) text += " --- |";
  text += "\n";
  for (size_t i = 0; i < commands.size(); ++i) {
    text += fmt::format("| {} |", commands[i]);
    for (const std::string& cell : cells[i]) text += fmt::format(" {} |", cell);
    text += "\n";
  }
  return text;
}

absl::StatusOr<v1::StateCommandCases> ReadCases(const std::string& path) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError(path + " cannot be read");
  std::stringstream text;
  text << in.rdbuf();
  v1::StateCommandCases cases;
  if (const absl::Status read = ReadYaml(text.str(), cases); !read.ok()) {
    return absl::InvalidArgumentError(
        fmt::format("{}: {} {}", path, ReasonOf(read), std::string(read.message())));
  }
  return cases;
}

absl::StatusOr<std::unique_ptr<Stage>> StageIn(const Registry& registry,
                                               const v1::StateCommandCases& cases,
                                               const v1::StateHistory& history) {
  ASSIGN_OR_RETURN(std::unique_ptr<Stage> stage, Stage::Open(registry, cases));
  for (const v1::Act& act : cases.world()) {
    if (const Outcome outcome = stage->Play(act); !outcome.status.ok()) {
      return Annotate(outcome.status, fmt::format("world, {}", RowName(act)));
    }
  }
  for (const v1::Act& act : history.acts()) {
    if (const Outcome outcome = stage->Play(act); !outcome.status.ok()) {
      return Annotate(outcome.status, fmt::format("state {}, {}", history.state(), RowName(act)));
    }
  }
  if (!history.acts().empty() && stage->lifecycle_state() != history.state()) {
    return absl::FailedPreconditionError(fmt::format("the history of state {} ends in state '{}'",
                                                     history.state(), stage->lifecycle_state()));
  }
  return stage;
}

absl::StatusOr<StateCommandTable> MakeStateCommandTable(const Registry& registry,
                                                        const v1::StateCommandCases& cases) {
  StateCommandTable table;
  table.kind = cases.kind();
  v1::StateHistory nothing;
  ASSIGN_OR_RETURN(std::unique_ptr<Stage> before, StageIn(registry, cases, nothing));
  const Kind* kind = before->engine().kinds().Find(cases.kind());
  if (kind == nullptr) return absl::NotFoundError("no kind " + cases.kind());
  ASSIGN_OR_RETURN(const workflows::v1::WorkflowDefinition definition,
                   before->engine().Definition(Stage::kRealm,
                                               cases.definition().empty()
                                                   ? absl::StrReplaceAll(cases.kind(), {{"_", "-"}})
                                                   : cases.definition(),
                                               0));

  // The rows: the commands of the cases, then the steps that only the definition knows.
  std::vector<v1::Act> acts(cases.commands().begin(), cases.commands().end());
  std::set<std::string> tried;
  for (const v1::Act& act : acts) {
    if (!tried.insert(RowName(act)).second) {
      table.errors.push_back(fmt::format("{} is there twice; give it a variant", RowName(act)));
    }
  }
  for (const Kind::CommandInfo& command : kind->commands()) {
    const bool has_case = std::any_of(acts.begin(), acts.end(), [&](const v1::Act& act) {
      return TypeOf(act) == command.request->full_name();
    });
    if (!has_case) {
      table.errors.push_back(fmt::format("the cases try no {}", command.request->full_name()));
    }
  }
  for (const auto& step : definition.steps()) {
    workflows::v1::TakeStepRequest request;
    request.set_name(cases.instance());
    request.set_step(step.id());
    v1::Act act;
    act.mutable_command()->PackFrom(request);
    act.set_variant(step.id());
    acts.push_back(act);
  }
  for (const v1::Act& act : acts) table.commands.push_back(RowName(act));
  table.cells.resize(acts.size());
  std::vector<bool> accepted(acts.size(), false);

  // The columns.
  for (const auto& state : definition.states()) {
    std::vector<v1::StateHistory> histories;
    for (const v1::StateHistory& history : cases.states()) {
      if (history.state() == state.id()) histories.push_back(history);
    }
    if (histories.empty() && state.id() == definition.initial()) histories.push_back(nothing);
    if (histories.empty()) {
      table.errors.push_back(fmt::format("no history reaches state {}", state.id()));
    }
    for (const v1::StateHistory& history : histories) {
      ASSIGN_OR_RETURN(const std::unique_ptr<Stage> stage, StageIn(registry, cases, history));
      table.states.push_back(history.variant().empty()
                                 ? state.id()
                                 : fmt::format("{} ({})", state.id(), history.variant()));
      for (size_t i = 0; i < acts.size(); ++i) {
        const Outcome outcome = stage->Rehearse(acts[i]);
        table.cells[i].push_back(CellOf(outcome, cases.instance()));
        if (outcome.status.ok()) accepted[i] = true;
        const auto refusal = RefusalOf(outcome.status);
        if (!outcome.status.ok() &&
            (!refusal || refusal->reason().empty() || refusal->mend().empty())) {
          table.errors.push_back(fmt::format("{} in state {}: {}", table.commands[i], state.id(),
                                             outcome.status.ToString()));
        }
      }
    }
  }
  for (const Kind::CommandInfo& command : kind->commands()) {
    std::string why;
    bool shown = false;
    for (size_t i = 0; i < acts.size(); ++i) {
      if (TypeOf(acts[i]) != command.request->full_name()) continue;
      shown = shown || accepted[i];
      why += " " + absl::StrJoin(table.cells[i], " ");
    }
    if (!shown && !why.empty()) {
      table.errors.push_back(fmt::format("{} is accepted in no state, so its row shows nothing:{}",
                                         command.request->full_name(), why));
    }
  }
  return table;
}

}  // namespace kasundo::testing
