// A slippage policy: the bands by which a body judges plans that are behind or ahead, as versions.
// What a word means and what it starts is data of the body, never a constant of the program.
//
//   in-force -> retired
#pragma once

#include <vector>

#include "kasundo/plans/v1/slippage_policies_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::plans {

struct SlippagePolicy {
  using State = v1::SlippagePolicyState;
  using Event = v1::SlippagePolicyEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<SlippagePolicy>>& Commands();
  // secretariat, office-holder.
  static const std::vector<RoleCase<SlippagePolicy>>& Roles();
  static const std::vector<GuardCase<SlippagePolicy>>& Guards();
};

}  // namespace kasundo::plans
