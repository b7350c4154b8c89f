// The kind `action_item`: what an office owes a body by a day. Lives beneath its committee.
//
//   new ──▶ open ──▶ overdue ──▶ done ──▶ open (returned)
//             └─────────┴──────▶ dropped
#pragma once

#include <vector>

#include "kasundo/committees/v1/action_items_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::committees {

struct ActionItem {
  using State = v1::ActionItemState;
  using Event = v1::ActionItemEvent;

  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<ActionItem>>& Commands();
  static const std::vector<RoleCase<ActionItem>>& Roles();
  static const std::vector<GuardCase<ActionItem>>& Guards();
};

}  // namespace kasundo::committees
