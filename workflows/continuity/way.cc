#include "workflows/continuity/way.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace kasundo::continuity {
namespace {

namespace wv1 = workflows::v1;

constexpr std::string_view kDeadline = "deadline/";
constexpr std::string_view kEveryState = "*";
constexpr std::string_view kSystem = "system";

bool IsDeadline(std::string_view event) { return event.starts_with(kDeadline); }

bool OnlyDeadlines(const wv1::Transition& transition) {
  return std::all_of(transition.on().begin(), transition.on().end(),
                     [](const std::string& event) { return IsDeadline(event); });
}

bool Contains(const google::protobuf::RepeatedPtrField<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool BeginsIn(const wv1::Transition& transition, const wv1::State& state) {
  return Contains(transition.from(), state.id()) ||
         (!state.final() && Contains(transition.from(), kEveryState));
}

bool StaysIn(const wv1::Transition& transition, const wv1::State& state) {
  return BeginsIn(transition, state) && (transition.to().empty() || transition.to() == state.id());
}

bool OnlySystem(const wv1::Transition& transition) {
  return std::all_of(transition.by().begin(), transition.by().end(),
                     [](const std::string& role) { return role == kSystem; });
}

// Transitions that lead from one state to another one.
std::vector<const wv1::Transition*> Between(const wv1::WorkflowDefinition& definition,
                                            const wv1::State& from, std::string_view to,
                                            bool deadlines) {
  std::vector<const wv1::Transition*> found;
  for (const wv1::Transition& transition : definition.transitions()) {
    if (transition.to() != to || !BeginsIn(transition, from)) continue;
    if (!deadlines && OnlyDeadlines(transition)) continue;
    found.push_back(&transition);
  }
  return found;
}

// States on a shortest way from `state` to one that `wanted` accepts, `state` first; empty if there
// is none.
template <typename Wanted>
std::vector<const wv1::State*> ShortestWay(const wv1::WorkflowDefinition& definition,
                                           const wv1::State& state, bool deadlines,
                                           const Wanted& wanted) {
  std::map<std::string_view, const wv1::State*> before = {{state.id(), nullptr}};
  std::deque<const wv1::State*> todo = {&state};
  while (!todo.empty()) {
    const wv1::State* here = todo.front();
    todo.pop_front();
    if (here != &state && wanted(*here)) {
      std::vector<const wv1::State*> way;
      for (const wv1::State* at = here; at != nullptr; at = before[at->id()]) way.push_back(at);
      std::reverse(way.begin(), way.end());
      return way;
    }
    for (const wv1::Transition& transition : definition.transitions()) {
      if (transition.to().empty() || before.contains(transition.to())) continue;
      if (!BeginsIn(transition, *here) || (!deadlines && OnlyDeadlines(transition))) continue;
      const wv1::State* next = FindState(definition, transition.to());
      if (next == nullptr) continue;
      before[next->id()] = here;
      todo.push_back(next);
    }
  }
  return {};
}

bool ShareAnEvent(const WayStep& a, const WayStep& b) {
  const auto events = a.Events();
  const auto others = b.Events();
  return std::any_of(events.begin(), events.end(), [&](const std::string& event) {
    return std::find(others.begin(), others.end(), event) != others.end();
  });
}

WayStep MakeStep(std::vector<const wv1::Transition*> transitions, const std::string& from,
                 const std::string& to) {
  WayStep step;
  const bool each = std::any_of(transitions.begin(), transitions.end(),
                                [](const auto* transition) { return transition->each(); });
  // Where each is needed, the other alternatives do not help.
  if (each) std::erase_if(transitions, [](const auto* transition) { return !transition->each(); });
  step.transitions = std::move(transitions);
  step.from = from;
  step.to = to;
  step.each = each;
  return step;
}

// Adds a step, or lets the one before it lead further if it is the same act of the same people: the
// first signature of all parties and the last one are one step.
void AddStep(WayStep step, std::vector<WayStep>& steps) {
  if (step.transitions.empty()) return;
  if (!steps.empty() && steps.back().each && step.each && ShareAnEvent(steps.back(), step)) {
    steps.back().to = step.to;
    return;
  }
  steps.push_back(std::move(step));
}

}  // namespace

std::vector<std::string> WayStep::Events() const {
  std::vector<std::string> events;
  for (const bool deadlines : {false, true}) {
    for (const auto* transition : transitions) {
      for (const std::string& event : transition->on()) {
        if (IsDeadline(event) == deadlines &&
            std::find(events.begin(), events.end(), event) == events.end()) {
          events.push_back(event);
        }
      }
    }
    if (!events.empty()) break;
  }
  return events;
}

std::vector<std::string> WayStep::Roles() const {
  std::vector<std::string> roles;
  for (const auto* transition : transitions) {
    for (const std::string& role : transition->by()) {
      if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    }
  }
  return roles;
}

const wv1::State* FindState(const wv1::WorkflowDefinition& definition, std::string_view state_id) {
  const auto found = std::find_if(definition.states().begin(), definition.states().end(),
                                  [&](const wv1::State& state) { return state.id() == state_id; });
  return found == definition.states().end() ? nullptr : &*found;
}

Way WayToGoal(const wv1::WorkflowDefinition& definition, std::string_view state_id) {
  Way way;
  const wv1::State* state = FindState(definition, state_id);
  if (state == nullptr) return way;
  const bool has_goals = std::any_of(definition.states().begin(), definition.states().end(),
                                     [](const wv1::State& each) { return each.goal(); });
  if (state->goal() || (!has_goals && state->final())) {
    way.goal = state->id();
    way.reached = true;
    return way;
  }
  if (state->final()) {
    way.ended = true;
    return way;
  }
  const auto is_goal = [&](const wv1::State& each) {
    return has_goals ? each.goal() : each.final();
  };
  const auto is_final = [](const wv1::State& each) { return each.final(); };
  bool deadlines = false;
  std::vector<const wv1::State*> states = ShortestWay(definition, *state, deadlines, is_goal);
  if (states.empty()) states = ShortestWay(definition, *state, deadlines = true, is_goal);
  if (states.empty()) states = ShortestWay(definition, *state, deadlines = false, is_final);
  if (states.empty()) states = ShortestWay(definition, *state, deadlines = true, is_final);
  if (states.empty()) return way;
  way.goal = states.back()->id();
  for (size_t i = 0; i + 1 < states.size(); ++i) {
    const wv1::State& here = *states[i];
    const std::string& next = states[i + 1]->id();
    WayStep onward = MakeStep(Between(definition, here, next, deadlines), here.id(), next);
    // What each must do before the state is left.
    for (const wv1::Transition& transition : definition.transitions()) {
      if (!transition.each() || !StaysIn(transition, here)) continue;
      WayStep before = MakeStep({&transition}, here.id(), here.id());
      if (!ShareAnEvent(before, onward) || !onward.each) AddStep(std::move(before), way.steps);
    }
    AddStep(std::move(onward), way.steps);
  }
  return way;
}

std::vector<WayStep> StandingSteps(const wv1::WorkflowDefinition& definition,
                                   std::string_view state_id) {
  std::vector<WayStep> steps;
  const wv1::State* state = FindState(definition, state_id);
  if (state == nullptr) return steps;
  for (const wv1::Transition& transition : definition.transitions()) {
    if (!StaysIn(transition, *state) || OnlyDeadlines(transition) || OnlySystem(transition)) {
      continue;
    }
    WayStep step = MakeStep({&transition}, state->id(), state->id());
    const std::vector<std::string> roles = step.Roles();
    const auto same = std::find_if(steps.begin(), steps.end(), [&](const WayStep& other) {
      return other.each == step.each && other.Roles() == roles;
    });
    if (same == steps.end()) {
      steps.push_back(std::move(step));
    } else {
      same->transitions.push_back(&transition);
    }
  }
  return steps;
}

}  // namespace kasundo::continuity
