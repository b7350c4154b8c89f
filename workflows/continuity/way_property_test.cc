// Properties of the way to the goal, over definitions that nobody would write.
#include <rapidcheck.h>

#include <set>

#include "gtest/gtest.h"
#include "workflows/continuity/way.h"

namespace kasundo::continuity {
namespace {

constexpr int kStates = 6;

std::string State(int number) { return "s" + std::to_string(number); }

// Up to twelve transitions between six states, of which some are final and some are goals.
workflows::v1::WorkflowDefinition AnyDefinition() {
  workflows::v1::WorkflowDefinition definition;
  for (int i = 0; i < kStates; ++i) {
    auto& state = *definition.add_states();
    state.set_id(State(i));
    state.set_final(i > 0 && *rc::gen::inRange(0, 3) == 0);
    state.set_goal(i > 0 && *rc::gen::inRange(0, 3) == 0);
  }
  const int transitions = *rc::gen::inRange(0, 13);
  for (int i = 0; i < transitions; ++i) {
    auto& transition = *definition.add_transitions();
    const int event = *rc::gen::inRange(0, 4);
    transition.add_on(event == 0 ? "deadline/d" : "E" + std::to_string(event));
    const int from = *rc::gen::inRange(0, kStates);
    if (definition.states(from).final())
      transition.add_from("*");
    else
      transition.add_from(State(from));
    const int to = *rc::gen::inRange(-1, kStates);
    if (to >= 0) transition.set_to(State(to));
    transition.add_by("role" + std::to_string(event));
    transition.set_each(*rc::gen::inRange(0, 3) == 0);
  }
  return definition;
}

bool IsGoal(const workflows::v1::WorkflowDefinition& definition, const std::string& id) {
  const workflows::v1::State* state = FindState(definition, id);
  return state != nullptr && state->goal();
}

// The states from which transitions lead onward, deadlines too.
std::set<std::string> ReachableFrom(const workflows::v1::WorkflowDefinition& definition,
                                    const std::string& id) {
  std::set<std::string> reached = {id};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& transition : definition.transitions()) {
      for (const auto& state : definition.states()) {
        const bool begins =
            transition.from(0) == state.id() || (transition.from(0) == "*" && !state.final());
        if (!begins || transition.to().empty() || !reached.contains(state.id())) continue;
        grew = reached.insert(transition.to()).second || grew;
      }
    }
  }
  return reached;
}

TEST(WayProperty, LeadsStepByStepToAGoalIfOneCanBeReached) {
  EXPECT_TRUE(rc::check("the way is whole", [] {
    const auto definition = AnyDefinition();
    const std::string from = State(*rc::gen::inRange(0, kStates));
    const Way way = WayToGoal(definition, from);
    std::string at = from;
    for (const WayStep& step : way.steps) {
      RC_ASSERT(step.from == at);
      RC_ASSERT(!step.transitions.empty());
      RC_ASSERT(!step.Events().empty());
      RC_ASSERT(!step.Roles().empty());
      at = step.to;
    }
    RC_ASSERT(way.steps.empty() || at == way.goal);
    RC_ASSERT(!(way.reached && way.ended));
    if (way.reached || way.ended) RC_ASSERT(way.steps.empty());
    // If a goal can be reached at all, the way leads to one.
    bool can = false;
    for (const std::string& state : ReachableFrom(definition, from)) {
      can = can || (state != from && IsGoal(definition, state));
    }
    if (can && !way.reached && !way.ended) RC_ASSERT(IsGoal(definition, way.goal));
  }));
}

}  // namespace
}  // namespace kasundo::continuity
