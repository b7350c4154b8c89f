// What one office answers for, over all assignments of its realm: a stream of its own, so that a
// rule over all of them (nobody monitors what they do, requirement 55) can be decided from the
// journal.
//
//   new ──PortfolioNoted──▶ kept ──PortfolioDiscarded──▶ discarded
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/assignments/v1/portfolios_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::assignments {

struct Portfolio {
  using State = v1::PortfolioState;
  using Event = v1::PortfolioEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Portfolio>>& Commands();
  static const std::vector<RoleCase<Portfolio>>& Roles();
  static const std::vector<GuardCase<Portfolio>>& Guards();
};

// "realms/x/portfolios/planning" of "realms/x/offices/planning".
std::string PortfolioOf(std::string_view office);

}  // namespace kasundo::assignments
