// Questionnaires before and after, paired by a code and not by a name, and ratings of a service
// (requirement 83).
//
//   open -> closed
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/response_sessions_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct ResponseSession {
  using State = v1::ResponseSessionState;
  using Event = v1::ResponseSessionEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<ResponseSession>>& Commands();
  // holder.
  static const std::vector<RoleCase<ResponseSession>>& Roles();
  static const std::vector<GuardCase<ResponseSession>>& Guards();
};

}  // namespace kasundo::monitoring
