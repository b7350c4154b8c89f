// A recommendation to a national body, followed to its answer or to none (requirement 95).
//
//   sent -> unanswered (by itself);  sent, unanswered -> answered;  -> withdrawn
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/evaluations_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct Recommendation {
  using State = v1::RecommendationState;
  using Event = v1::RecommendationEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Recommendation>>& Commands();
  // recommending-body.
  static const std::vector<RoleCase<Recommendation>>& Roles();
  static const std::vector<GuardCase<Recommendation>>& Guards();
};

}  // namespace kasundo::monitoring
