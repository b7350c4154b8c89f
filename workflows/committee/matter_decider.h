// The kind `matter`: what is before a body. On every agenda until a decision closes or drops it;
// can be raised to the parent body, whose answer comes back onto it. Lives beneath its committee.
//
//   new ──▶ open ──▶ forwarded ──▶ answered ──▶ closed
//             │                       ├───────▶ dropped
//             │                       └───────▶ forwarded (raised once more)
//             └──▶ closed, dropped
#pragma once

#include <vector>

#include "kasundo/committees/v1/matters_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::committees {

struct Matter {
  using State = v1::MatterState;
  using Event = v1::MatterEvent;

  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Matter>>& Commands();
  static const std::vector<RoleCase<Matter>>& Roles();
  static const std::vector<GuardCase<Matter>>& Guards();
};

}  // namespace kasundo::committees
