// The way from a state of a definition to its goal: which transitions still have to happen, in
// order. Only the definition is asked, so it works for every one, also for those that a realm
// writes itself.
//
//   const Way way = WayToGoal(definition, "drafting");
//   for (const WayStep& step : way.steps) ... step.transitions, step.from, step.to ...
//
// The way is the shortest one to a state marked `goal`, or, if none is marked or none can be
// reached any more, to a final state. Deadlines are not waited for unless there is no other way:
// that a day passes is nobody's step. A transition that stays in its state counts as a step only
// with `each`: then the state is not left before each has done it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/workflows/v1/definition.pb.h"

namespace kasundo::continuity {

struct WayStep {
  // Alternatives: any one of them takes the step. Point into the definition.
  std::vector<const workflows::v1::Transition*> transitions;
  std::string from;
  std::string to;
  bool each = false;

  // Events that take it, in the order of the definition, without deadlines if there are others.
  std::vector<std::string> Events() const;
  // Roles that may take it, in the order of the definition, each once.
  std::vector<std::string> Roles() const;
};

struct Way {
  std::string goal;      // where it leads; "" if nothing leads anywhere
  bool reached = false;  // the state is a goal, or a final state where no goal is marked
  bool ended = false;    // the state is final and no goal
  std::vector<WayStep> steps;
};

// REQUIRES: the definition has been accepted by the checker. Of an unknown state the way is empty.
Way WayToGoal(const workflows::v1::WorkflowDefinition& definition, std::string_view state_id);

// What may go on in a lasting state: transitions that stay in it, joined where the same roles take
// them; without those of the engine itself.
std::vector<WayStep> StandingSteps(const workflows::v1::WorkflowDefinition& definition,
                                   std::string_view state_id);

// The state of that id; nullptr if there is none.
const workflows::v1::State* FindState(const workflows::v1::WorkflowDefinition& definition,
                                      std::string_view state_id);

}  // namespace kasundo::continuity
