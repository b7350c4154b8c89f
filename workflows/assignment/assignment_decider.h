// Who is responsible, accountable, consulted and informed for a function in a territory, on which
// mandate (requirements 44, 45, 48-55, 126).
//
//                  ┌──ProposalRevised──┐
//                  ▼                   │
//   new ──▶ proposed ──Declined──▶ declined ──▶ withdrawn
//             │   └──────────────Withdrawn──────────▲
//             │ all offices that are asked accepted
//             ▼
//           active ◀──HandoverCompleted, HandoverDropped── handing-over
//             │ └──HandoverOffered──────────────────────────────▲   │
//             └──AssignmentEnded, or its last day passed──▶ ended ◀─┘
//
// Holds from AssignmentTakenUp on: the tenures have no gap between them, and each has exactly one
// accountable office and at least one responsible one.
#pragma once

#include <vector>

#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::assignments {

struct Assignment {
  using State = v1::AssignmentState;
  using Event = v1::AssignmentEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Assignment>>& Commands();
  // office-holder, assigner, asked, accountable, assignee, delegate, institution.
  static const std::vector<RoleCase<Assignment>>& Roles();
  static const std::vector<GuardCase<Assignment>>& Guards();
};

}  // namespace kasundo::assignments
