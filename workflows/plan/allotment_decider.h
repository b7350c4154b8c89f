// An allotment: a benefit given out by blind rotation among participants who are known by codes
// only (requirement 71).
//
//   open -> closed
//
// The order of turns follows from the SHA-256 of the allotment's name, the codes and the instant of
// recording, so that nobody chooses it and anybody can check it. In each round everybody who takes
// part has one turn, taken or declined: nobody can be skipped.
#pragma once

#include <vector>

#include "kasundo/plans/v1/allotments_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::plans {

struct Allotment {
  using State = v1::AllotmentState;
  using Event = v1::AllotmentEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Allotment>>& Commands();
  // office, office-holder.
  static const std::vector<RoleCase<Allotment>>& Roles();
  static const std::vector<GuardCase<Allotment>>& Guards();
};

// Whose turn is next, and in which round; nullptr if nobody takes part. A round ends when everybody
// in it has had a turn.
struct NextTurn {
  const v1::Participant* participant = nullptr;
  int round = 0;
};
NextTurn NextOf(const v1::AllotmentState& state);

}  // namespace kasundo::plans
