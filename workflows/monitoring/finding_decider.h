// What is wrong, why, what was agreed and what became of it: the exception reports of RPMES and all
// other findings.
//
//   open -> explained <-> referred;  open, explained, referred -> resolved -> open;  -> dropped
//
// It can be resolved once every corrective action is verified or dropped, and at least one is
// verified or it is said why none was needed.
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/findings_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct Finding {
  using State = v1::FindingState;
  using Event = v1::FindingEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Finding>>& Commands();
  // implementer, monitor.
  static const std::vector<RoleCase<Finding>>& Roles();
  // session-held.
  static const std::vector<GuardCase<Finding>>& Guards();
};

}  // namespace kasundo::monitoring
