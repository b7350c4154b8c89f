// What every institution should have (requirement 53): a number of offices with a function, or of
// people with a training.
//
//   new ──CoverageRuleSet──▶ in-force ──CoverageRuleLifted──▶ lifted
#pragma once

#include <vector>

#include "kasundo/assignments/v1/coverage_rules_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/decider.h"

namespace kasundo::assignments {

struct CoverageRule {
  using State = v1::CoverageRuleState;
  using Event = v1::CoverageRuleEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<CoverageRule>>& Commands();
  // office-holder, setter.
  static const std::vector<RoleCase<CoverageRule>>& Roles();
  static const std::vector<GuardCase<CoverageRule>>& Guards();
};

// What the rule demands on a day; nullptr before its first and after its last.
const v1::CoverageDemand* DemandOn(const v1::CoverageRuleState& rule, const CivilDate& day);

}  // namespace kasundo::assignments
