// The standing body: council, committee, working group, network. What it is, who is in it, how it
// meets and decides. Its meetings, resolutions and matters are kinds of their own that ask roster.h
// about it; it keeps their registers.
//
//   founding -> informal -> established -> closed        (committee.workflow.yaml)
//                  \____________/ <-> suspended
//
// A body without a linked legal document that holds is informal (requirement 1). The decide
// functions stand in one file per group: committee_identity, _rules, _seats, _offices, _areas,
// _registers, _partners; each has its Apply functions beside it, one per event.
#pragma once

#include <vector>

#include "kasundo/committees/v1/committees_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::committees {

struct Committee {
  using State = v1::CommitteeState;
  using Event = v1::CommitteeEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Committee>>& Commands();
  // secretariat, parent-secretariat, presider, convener, member, founder.
  static const std::vector<RoleCase<Committee>>& Roles();
  // legal-basis-in-force, last-legal-basis, composition-complete, no-active-children.
  static const std::vector<GuardCase<Committee>>& Guards();
};

}  // namespace kasundo::committees
