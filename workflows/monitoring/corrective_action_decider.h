// What an office owes by a day to mend a finding: a commitment with evidence.
//
//   open -> done -> verified;  open -> overdue -> done;  done -> open (returned);  -> dropped
//
// Who did it, as person or as office, does not verify it.
#pragma once

#include <memory>
#include <vector>

#include "kasundo/monitoring/v1/findings_events.pb.h"
#include "workflows/engine/decider.h"
#include "workflows/engine/process_manager.h"

namespace kasundo::monitoring {

struct CorrectiveAction {
  using State = v1::CorrectiveActionState;
  using Event = v1::CorrectiveActionEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<CorrectiveAction>>& Commands();
  // owner, monitor.
  static const std::vector<RoleCase<CorrectiveAction>>& Roles();
  static const std::vector<GuardCase<CorrectiveAction>>& Guards();
};

// Keeps the list of corrective actions in their finding.
std::unique_ptr<ProcessManager> CorrectiveActionRegister();

}  // namespace kasundo::monitoring
