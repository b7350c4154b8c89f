// The agreement: from idea to in force and beyond. What a move is allowed in, by whom, stands in
// the definitions (*.workflow.yaml); there is no state machine here.
//
//   idea -> mandate-sought -> mandate-secured -> drafting -> legal-review -> agreed-text
//     -> signing-scheduled -> partly-signed -> signed -> in-force <-> under-review
//   in-force -> renewed, suspended, expired, terminated; failed from any state before in-force
//
// The decide functions stand in one file per group (agreement_commands.h), what they ask in
// readiness.h, statutory_gates.h and signatories.h; Apply, one per event, in agreement_facts.cc.
#pragma once

#include <vector>

#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::agreements {

struct Agreement {
  using State = v1::AgreementState;
  using Event = v1::AgreementEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Agreement>>& Commands();
  // initiator, party, owner, signatory, helper, broker.
  static const std::vector<RoleCase<Agreement>>& Roles();
  // mandates-complete, owning-bodies-named, objectives-stated, role-cells-complete,
  // participation-confirmed, gates-cleared, force-rule-met.
  static const std::vector<GuardCase<Agreement>>& Guards();
};

}  // namespace kasundo::agreements
