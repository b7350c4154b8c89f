// A need that people voiced, and what a plan answers them (requirement 72).
//
//   voiced <-> answered
#pragma once

#include <vector>

#include "kasundo/plans/v1/needs_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::plans {

struct Need {
  using State = v1::NeedState;
  using Event = v1::NeedEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Need>>& Commands();
  // planner.
  static const std::vector<RoleCase<Need>>& Roles();
  static const std::vector<GuardCase<Need>>& Guards();
};

}  // namespace kasundo::plans
