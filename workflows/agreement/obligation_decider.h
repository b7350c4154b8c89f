// What one party owes under an article of an agreement.
//
//   open -> fulfilled -> open (reopened);  open -> late;  open, late <-> suspended;  -> withdrawn
//
// It is the only thing that the progress of an agreement is computed from (requirement 36).
#pragma once

#include <vector>

#include "kasundo/agreements/v1/obligations_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::agreements {

struct Obligation {
  using State = v1::ObligationState;
  using Event = v1::ObligationEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Obligation>>& Commands();
  // owner, debtor, counterpart.
  static const std::vector<RoleCase<Obligation>>& Roles();
  // evidence-shown.
  static const std::vector<GuardCase<Obligation>>& Guards();
};

}  // namespace kasundo::agreements
