#include "workflows/assignment/function_decider.h"

#include <string>

#include "fmt/format.h"
#include "kasundo/assignments/v1/functions_service.pb.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::assignments {
namespace {

using State = v1::FunctionState;
using Event = v1::FunctionEvent;
using Decision = absl::StatusOr<std::vector<Event>>;

// REQUIRES: there is one, which is so from the first event on.
const v1::FunctionVersion& LatestOf(const State& state) {
  return state.versions(state.versions_size() - 1);
}

v1::FunctionVersion Dated(v1::FunctionVersion version, const Context& context, int number) {
  *version.mutable_since() = directory::DateOr(version.since(), context.today);
  version.clear_until();
  version.set_number(number);
  version.set_reason(number == 1 ? "" : context.reason);
  if (version.nature() == v1::FUNCTION_NATURE_UNSPECIFIED) {
    version.set_nature(v1::FUNCTION_NATURE_DELIVERY);
  }
  return version;
}

Decision DefineFunction(const v1::DefineFunctionRequest& request, const State&,
                        const Context& context) {
  Event event;
  v1::FunctionDefined& defined = *event.mutable_function_defined();
  *defined.mutable_version() = Dated(request.version(), context, 1);
  defined.set_keeper_office(request.keeper_office());
  return {{std::move(event)}};
}

Decision ReviseFunction(const v1::ReviseFunctionRequest& request, const State& state,
                        const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::FunctionVersion version = Dated(request.version(), context, LatestOf(state).number() + 1);
  // A version is never put before another: assignments have been made on what stood there.
  RETURN_IF_ERROR(RequireAfter("version.since", version.since(), LatestOf(state).since(),
                               "the first day of the last version"));
  Event event;
  *event.mutable_function_revised()->mutable_version() = std::move(version);
  return {{std::move(event)}};
}

Decision NameKeeper(const v1::NameKeeperRequest& request, const State& state, const Context&) {
  if (request.keeper_office() == state.keeper_office()) {
    return NothingToChange("that office is the keeper already");
  }
  Event event;
  event.mutable_keeper_named()->set_keeper_office(request.keeper_office());
  return {{std::move(event)}};
}

Decision RetireFunction(const v1::RetireFunctionRequest& request, const State& state,
                        const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const CivilDate& on = directory::DateOr(request.on(), context.today);
  RETURN_IF_ERROR(
      RequireAfter("on", on, LatestOf(state).since(), "the first day of the last version"));
  if (request.successor() == context.instance) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TOO_LITTLE_SAID,
                  "a function does not take its own place")
        .Field("successor")
        .Mend("Name another function, or none.");
  }
  Event event;
  v1::FunctionRetired& retired = *event.mutable_function_retired();
  *retired.mutable_on() = on;
  retired.set_successor(request.successor());
  retired.set_reason(context.reason);
  return {{std::move(event)}};
}

Decision RestoreFunction(const v1::RestoreFunctionRequest&, const State&, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  Event event;
  event.mutable_function_restored()->set_reason(context.reason);
  return {{std::move(event)}};
}

Decision WithdrawFunction(const v1::WithdrawFunctionRequest&, const State&,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  Event event;
  event.mutable_function_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

const v1::FunctionVersion* VersionOn(const v1::FunctionState& function, const CivilDate& day) {
  if (IsSet(function.retired_on()) && Before(function.retired_on(), day)) return nullptr;
  return directory::DatedOn(function.versions(), day);
}

const v1::FunctionVersion* VersionOnOrNearest(const v1::FunctionState& function,
                                              const CivilDate& day) {
  return directory::DatedOnOrFirst(function.versions(), day);
}

State Function::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kFunctionDefined:
      directory::InsertDated(state.mutable_versions(), event.function_defined().version());
      state.set_keeper_office(event.function_defined().keeper_office());
      break;
    case Event::kFunctionRevised:
      directory::InsertDated(state.mutable_versions(), event.function_revised().version());
      break;
    case Event::kKeeperNamed:
      state.set_keeper_office(event.keeper_named().keeper_office());
      break;
    case Event::kFunctionRetired:
      *state.mutable_retired_on() = event.function_retired().on();
      state.set_successor(event.function_retired().successor());
      state.set_reason(event.function_retired().reason());
      break;
    case Event::kFunctionRestored:
      state.clear_retired_on();
      state.clear_successor();
      state.clear_reason();
      break;
    case Event::kFunctionWithdrawn:
      state.set_reason(event.function_withdrawn().reason());
      break;
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Function::Traits() {
  static const KindTraits traits{"function", "functions", ""};
  return traits;
}

const std::vector<CommandCase<Function>>& Function::Commands() {
  static const std::vector<CommandCase<Function>> cases = {
      On(&DefineFunction, {"FunctionDefined"}),   On(&ReviseFunction, {"FunctionRevised"}),
      On(&NameKeeper, {"KeeperNamed"}),           On(&RetireFunction, {"FunctionRetired"}),
      On(&RestoreFunction, {"FunctionRestored"}), On(&WithdrawFunction, {"FunctionWithdrawn"}),
  };
  return cases;
}

const std::vector<RoleCase<Function>>& Function::Roles() {
  static const std::vector<RoleCase<Function>> roles = {
      {"keeper", "who acts in the office that keeps the function",
       [](const State& state, const Context& context) {
         return !state.keeper_office().empty() && state.keeper_office() == context.actor.office();
       }},
  };
  return roles;
}

const std::vector<GuardCase<Function>>& Function::Guards() {
  static const std::vector<GuardCase<Function>> guards = {};
  return guards;
}

}  // namespace kasundo::assignments
