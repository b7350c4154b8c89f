// An evaluation of an activity, of an outcome, or of everything (requirements 82, 87, 94).
//
//   planned -> overdue;  planned, overdue -> recorded -> decided;  -> cancelled
//
// The evaluated office replies, and edits nothing.
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/evaluations_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct Evaluation {
  using State = v1::EvaluationState;
  using Event = v1::EvaluationEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Evaluation>>& Commands();
  // evaluated, ordering-body.
  static const std::vector<RoleCase<Evaluation>>& Roles();
  static const std::vector<GuardCase<Evaluation>>& Guards();
};

}  // namespace kasundo::monitoring
