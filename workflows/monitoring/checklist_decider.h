// One unit's return for one period.
//
//   open -> submitted -> analysed -> cross-checked -> validated (locked)
//    |  \      |  ^\________________/^
//    |   late  |  |   each may be left out by the definition
//    v         v  |
//   closed    returned;   -> withdrawn
//
// It stays bound to the version of its template (requirement 85). Bodies of the chain of oversight
// look at it, return it or validate it, each for exactly its subtree (81). Nobody validates what
// they reported. After the lock answers are corrected by new events with both values (92).
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct Checklist {
  using State = v1::ChecklistState;
  using Event = v1::ChecklistEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Checklist>>& Commands();
  // reporter, overseer, validator.
  static const std::vector<RoleCase<Checklist>>& Roles();
  // reviewed.
  static const std::vector<GuardCase<Checklist>>& Guards();
};

}  // namespace kasundo::monitoring
