#include "tests/support/toy_kind.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"

namespace kasundo::embedded {
extern const std::string_view k_promise_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::testing {
namespace {

using v1::PromiseEvent;
using v1::PromiseState;
using Events = absl::StatusOr<std::vector<PromiseEvent>>;
using With = std::map<std::string, std::string>;

PromiseEvent Witnessed(const std::string& office) {
  PromiseEvent event;
  event.mutable_promise_witnessed()->set_witness(office);
  return event;
}

Events Make(const v1::MakePromiseRequest& request, const PromiseState&, const Context&) {
  if (request.promiser() == request.promisee()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PROMISE_TO_ONESELF,
                  "a promise to oneself is none")
        .Field("promisee")
        .Mend("Name somebody else.");
  }
  PromiseEvent event;
  auto& made = *event.mutable_promise_made();
  made.set_promiser(request.promiser());
  made.set_promisee(request.promisee());
  made.set_text(request.text());
  if (request.has_due()) *made.mutable_due() = request.due();
  made.set_weight(request.weight());
  *made.mutable_witnesses() = request.witnesses();
  return std::vector{event};
}

Events Reword(const v1::RewordPromiseRequest& request, const PromiseState& state,
              const Context& context) {
  if (request.text() == state.text()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SAME_TEXT,
                  "the promise has these words already")
        .Field("text")
        .Mend("Give other words.");
  }
  const int64_t most = context.Parameter("rewordings_max", int64_t{3});
  if (state.rewordings() >= most) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  fmt::format("reworded {} times; {} are allowed", state.rewordings(), most))
        .Mend("Withdraw the promise and make a new one.")
        .With("rewordings", state.rewordings())
        .With("allowed", most);
  }
  PromiseEvent event;
  event.mutable_promise_reworded()->set_text(request.text());
  return std::vector{event};
}

Events Keep(const v1::KeepPromiseRequest&, const PromiseState& state, const Context& context) {
  std::vector<PromiseEvent> events;
  if (state.weight() == v1::PROMISE_WEIGHT_VERY_HEAVY && state.witnesses().empty()) {
    events.push_back(Witnessed(state.promisee()));
  }
  auto& kept = *events.emplace_back().mutable_promise_kept()->mutable_kept_time();
  kept.set_seconds(absl::ToUnixSeconds(context.now));
  return events;
}

Events Withdraw(const v1::WithdrawPromiseRequest&, const PromiseState&, const Context&) {
  PromiseEvent event;
  event.mutable_promise_withdrawn();
  return std::vector{event};
}

absl::Status IsWitnessed(const PromiseState& state, const Context&, const With&) {
  if (!state.witnesses().empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NO_WITNESS,
                "nobody heard the promise")
      .Mend("Name a witness.");
}

absl::Status IsDueIn(const PromiseState& state, const Context& context, const With& with) {
  const auto days = with.find("days");
  const int needed = days == with.end() ? 1 : std::atoi(days->second.c_str());
  if (!state.has_due() || Last(state.due()) - First(context.today) >= needed)
    return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_DUE_TOO_SOON,
                fmt::format("due on {}; {} days are needed", ToString(state.due()), needed))
      .Mend("Make the promise due later.");
}

}  // namespace

PromiseState PromiseDecider::Initial() { return {}; }

PromiseState PromiseDecider::Evolve(PromiseState state, const PromiseEvent& event) {
  switch (event.event_case()) {
    case PromiseEvent::kPromiseMade: {
      const auto& made = event.promise_made();
      state.set_promiser(made.promiser());
      state.set_promisee(made.promisee());
      state.set_text(made.text());
      if (made.has_due()) *state.mutable_due() = made.due();
      state.set_weight(made.weight());
      *state.mutable_witnesses() = made.witnesses();
      break;
    }
    case PromiseEvent::kPromiseReworded:
      state.set_text(event.promise_reworded().text());
      state.set_rewordings(state.rewordings() + 1);
      break;
    case PromiseEvent::kPromiseWitnessed:
      state.add_witnesses(event.promise_witnessed().witness());
      break;
    case PromiseEvent::kPromiseKept:
      *state.mutable_kept_time() = event.promise_kept().kept_time();
      break;
    case PromiseEvent::kPromiseWithdrawn:
    case PromiseEvent::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& PromiseDecider::Traits() {
  static const KindTraits traits{"promise", "promises", ""};
  return traits;
}

const std::vector<CommandCase<PromiseDecider>>& PromiseDecider::Commands() {
  static const std::vector<CommandCase<PromiseDecider>> cases = {
      On(&Make, {"PromiseMade"}),
      On(&Reword, {"PromiseReworded"}),
      On(&Keep, {"PromiseWitnessed", "PromiseKept"}),
      On(&Withdraw, {"PromiseWithdrawn"}),
  };
  return cases;
}

const std::vector<RoleCase<PromiseDecider>>& PromiseDecider::Roles() {
  static const std::vector<RoleCase<PromiseDecider>> roles = {
      {"promiser", "the office that promised",
       [](const PromiseState& state, const Context& context) {
         return !state.promiser().empty() && context.actor.office() == state.promiser();
       }},
      {"promisee", "the office that was promised",
       [](const PromiseState& state, const Context& context) {
         return !state.promisee().empty() && context.actor.office() == state.promisee();
       }},
      {"witness", "an office that heard the promise",
       [](const PromiseState& state, const Context& context) {
         return std::find(state.witnesses().begin(), state.witnesses().end(),
                          context.actor.office()) != state.witnesses().end();
       }},
  };
  return roles;
}

const std::vector<GuardCase<PromiseDecider>>& PromiseDecider::Guards() {
  static const std::vector<GuardCase<PromiseDecider>> guards = {
      {"witnessed", "somebody heard the promise", {}, &IsWitnessed},
      {"due-in", "the promise is due in no fewer days than `days`", {"days"}, &IsDueIn},
  };
  return guards;
}

std::string_view PromiseDefinitionText() { return embedded::k_promise_workflow_yaml; }

KindRegistry ToyRegistry() {
  KindRegistry registry;
  registry.kinds.push_back(MakeKind<PromiseDecider>());
  registry.builtin_definitions.emplace("promise", PromiseDefinitionText());
  return registry;
}

}  // namespace kasundo::testing
