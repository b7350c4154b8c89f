// The kind `resolution`: what a body adopted, and who has done what it asks. Lives beneath its
// committee.
//
//   new ──▶ recommended ──▶ adopted ──▶ superseded
//    │           └──▶ rejected   └────▶ repealed
//    └─────────────────────▶ adopted
#pragma once

#include <memory>
#include <vector>

#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/engine/decider.h"
#include "workflows/engine/process_manager.h"

namespace kasundo::committees {

struct Resolution {
  using State = v1::ResolutionState;
  using Event = v1::ResolutionEvent;

  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Resolution>>& Commands();
  static const std::vector<RoleCase<Resolution>>& Roles();
  static const std::vector<GuardCase<Resolution>>& Guards();
};

// "overdue-obligations": notes whose due date is over when the deadline "obligation-due" fires, so
// that the next one is watched.
std::unique_ptr<ProcessManager> ObligationsWatch();

}  // namespace kasundo::committees
