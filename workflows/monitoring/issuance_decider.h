// A template that goes out to a set of units for one period (requirement 79).
//
//   issuing -> issued -> closed
//
// Up to a hundred units get their checklists with the first command, all others by steps that the
// deadline "next-units" drives, so that other commands are decided between them. At the end of the
// period the deadline "next-period" begins the series' next issuance, with the newest validated
// version of the template.
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct Issuance {
  using State = v1::IssuanceState;
  using Event = v1::IssuanceEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Issuance>>& Commands();
  // oversight-body, member.
  static const std::vector<RoleCase<Issuance>>& Roles();
  static const std::vector<GuardCase<Issuance>>& Guards();
};

}  // namespace kasundo::monitoring
