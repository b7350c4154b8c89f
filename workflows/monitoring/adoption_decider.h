// How far a unit has come with an instrument (requirement 96).
//
//   invited -> trained -> adopting -> done;  -> dropped
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/response_sessions_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct Adoption {
  using State = v1::AdoptionState;
  using Event = v1::AdoptionEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Adoption>>& Commands();
  // unit, in-office.
  static const std::vector<RoleCase<Adoption>>& Roles();
  static const std::vector<GuardCase<Adoption>>& Guards();
};

}  // namespace kasundo::monitoring
