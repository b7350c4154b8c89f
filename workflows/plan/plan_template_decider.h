// A plan template: the tree that plans begin with, with provenance and versions (requirements 57,
// 73).
//
//   offered -> retired
#pragma once

#include <vector>

#include "kasundo/plans/v1/plan_templates_events.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/decider.h"

namespace kasundo::plans {

struct PlanTemplate {
  using State = v1::PlanTemplateState;
  using Event = v1::PlanTemplateEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<PlanTemplate>>& Commands();
  // office-holder.
  static const std::vector<RoleCase<PlanTemplate>>& Roles();
  static const std::vector<GuardCase<PlanTemplate>>& Guards();
};

// The item of a plan that begins on a day and ends on another, as a template has it.
v1::PlanItem ItemOf(const v1::TemplateItem& item, const CivilDate& starts_on,
                    const CivilDate& ends_on);

// Items of later versions than the plan's that it does not have.
std::vector<v1::TemplateItem> OfferedTo(const v1::PlanState& plan,
                                        const v1::PlanTemplateState& source);

}  // namespace kasundo::plans
