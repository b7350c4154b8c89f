// What is asked: prepared by a focal point, validated by a body, issued in versions (requirements
// 77, 78, 84, 85).
//
//   draft -> validated -> revising -> validated;  validated, revising -> retired
//
// While a next version is revised, the validated one before it can still be issued.
#pragma once

#include <vector>

#include "kasundo/monitoring/v1/checklist_templates_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::monitoring {

struct ChecklistTemplate {
  using State = v1::ChecklistTemplateState;
  using Event = v1::ChecklistTemplateEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<ChecklistTemplate>>& Commands();
  // focal-point, validating-body.
  static const std::vector<RoleCase<ChecklistTemplate>>& Roles();
  static const std::vector<GuardCase<ChecklistTemplate>>& Guards();
};

}  // namespace kasundo::monitoring
