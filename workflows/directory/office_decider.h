// Offices: posts and units that hold duties while people come and go (requirements 44 to 52, 132).
//
//   new ──OfficeCreated──▶ open ──OfficeClosed──▶ closed
//                           │  ▲──OfficeReopened────┘
//                           └──OfficeWithdrawn──▶ withdrawn
//
// Whether an office is held is no lifecycle state: it follows from the dates of its terms (term.h),
// for every day.
#pragma once

#include <vector>

#include "kasundo/directory/v1/office_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::directory {

struct OfficeDecider {
  using State = v1::OfficeState;
  using Event = v1::OfficeEvent;
  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<OfficeDecider>>& Commands();
  static const std::vector<RoleCase<OfficeDecider>>& Roles();
  static const std::vector<GuardCase<OfficeDecider>>& Guards();
};

}  // namespace kasundo::directory
