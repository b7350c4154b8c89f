// The kind `meeting`: a meeting of a body, from the call to the approved minutes. Lives beneath its
// committee, in whose state it reads who holds which seat and by which rules the body decides; from
// the opening on it has its own copy of both.
//
//   called ──▶ open ──▶ closed ──▶ minutes-drafted ──▶ minutes-approved
//     │  └──▶ not-held ──▶ open (held late)
//     └─────▶ cancelled
#pragma once

#include <vector>

#include "kasundo/committees/v1/meetings_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::committees {

struct Meeting {
  using State = v1::MeetingState;
  using Event = v1::MeetingEvent;

  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Meeting>>& Commands();
  static const std::vector<RoleCase<Meeting>>& Roles();
  static const std::vector<GuardCase<Meeting>>& Guards();
};

}  // namespace kasundo::committees
