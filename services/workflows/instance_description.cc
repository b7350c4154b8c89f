#include "services/workflows/instance_description.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "services/runtime/resource.h"
#include "workflows/engine/lifecycle.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;

// Fills states, roles and whether it is possible, of a command that may yield these events.
void Judge(const std::vector<std::string>& events, const Instance& instance,
           const Lifecycle& lifecycle, const Context& context, v1::PossibleCommand& command) {
  const std::string& state = instance.record.lifecycle_state();
  std::vector<std::string> states;
  std::vector<std::string> roles;
  const auto add = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
    for (const std::string& one : from) {
      if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
    }
  };
  for (const std::string& event : events) {
    command.add_events(event);
    add(states, lifecycle.StatesAdmitting(event));
    add(roles, lifecycle.RolesFor(event, state));
  }
  for (const std::string& one : states) command.add_states(one);
  command.set_in_this_state(std::find(states.begin(), states.end(), state) != states.end());
  for (const std::string& role : roles) {
    v1::RoleMeaning& meaning = *command.add_by();
    meaning.set_role(role);
    meaning.set_meaning(lifecycle.RoleMeaning(role));
    if (lifecycle.HoldsRole(role, *instance.state, context)) command.set_by_you(true);
  }
}

}  // namespace

absl::StatusOr<v1::DescribeInstanceResponse> DescribeInstance(
    const v1::DescribeInstanceRequest& request, const CallContext& call,
    const ServiceCatalog& catalog) {
  const Engine& engine = call.engine();
  ASSIGN_OR_RETURN(const Instance instance, engine.Get(request.name()));
  ASSIGN_OR_RETURN(const v1::Actor actor, call.ActIn(request.acting_office()));
  ASSIGN_OR_RETURN(const Context context, engine.ContextFor(instance, actor));

  v1::DescribeInstanceResponse response;
  response.mutable_instance()->CopyFrom(*ToAnyInstance(catalog, instance, call.Mapping()));
  const Lifecycle* lifecycle = engine.FindLifecycle(
      RealmOf(instance.name), instance.record.definition(), instance.record.definition_version());
  if (lifecycle == nullptr) {
    return absl::DataLossError(fmt::format("{} is governed by version {} of {}, which is not there",
                                           instance.name, instance.record.definition_version(),
                                           instance.record.definition()));
  }
  const std::string& state = instance.record.lifecycle_state();
  response.set_state_title(std::string(lifecycle->Title(state)));
  response.set_final(lifecycle->IsFinal(state));

  std::vector<v1::PossibleCommand> commands;
  for (const Kind::CommandInfo& info : lifecycle->kind().commands()) {
    // What brings an instance into being cannot be sent to one that exists; without an RPC nobody
    // can send it at all.
    const ServiceCatalog::Method* rpc = catalog.FindCommand(info.request);
    if (rpc != nullptr && rpc->rules.command().creates()) continue;
    v1::PossibleCommand command;
    if (rpc != nullptr) command.set_rpc(rpc->full_name());
    command.set_request_type(info.request->full_name());
    Judge(info.events, instance, *lifecycle, context, command);
    commands.push_back(std::move(command));
  }
  for (const v1::Step& step : lifecycle->definition().steps()) {
    v1::PossibleCommand command;
    command.set_rpc("kasundo.workflows.v1.Workflows.TakeStep");
    command.set_request_type("kasundo.workflows.v1.TakeStepRequest");
    command.set_step(step.id());
    Judge({fmt::format("step/{}", step.id())}, instance, *lifecycle, context, command);
    commands.push_back(std::move(command));
  }
  const auto rank = [](const v1::PossibleCommand& command) {
    return command.in_this_state() ? (command.by_you() ? 0 : 1) : 2;
  };
  std::stable_sort(commands.begin(), commands.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  for (v1::PossibleCommand& command : commands) *response.add_commands() = std::move(command);

  for (const v1::ActiveTimer& timer : instance.record.timers()) {
    v1::PendingDeadline& pending = *response.add_deadlines();
    pending.set_deadline(timer.deadline());
    *pending.mutable_due_time() = timer.due_time();
    const Lifecycle::Deadline* deadline = lifecycle->FindDeadline(timer.deadline());
    if (deadline == nullptr) continue;
    pending.set_title(deadline->title);
    for (const std::string& role : deadline->escalate_to) pending.add_escalate_to(role);
  }
  return response;
}

}  // namespace kasundo
