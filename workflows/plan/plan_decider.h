// A plan: a tree of goals, objectives, programmes, activities and tasks with money, approved by the
// resolution of a body, then reported on and compared with what was approved.
//
//   draft <-> proposed -> in-force <-> revising;  in-force -> closed;  draft, proposed, in-force ->
//   abandoned
//
// The tree lies in the plan itself, because what has to be checked spans it: no circles, one
// responsible office per activity, weights by cost. Reports do not make it grow: it keeps the
// latest of each activity, the history keeps all.
#pragma once

#include <vector>

#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::plans {

// The lifecycle state of a plan that was given up.
inline constexpr char kAbandoned[] = "abandoned";

struct Plan {
  using State = v1::PlanState;
  using Event = v1::PlanEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Plan>>& Commands();
  // planner, owner, secretariat, responsible.
  static const std::vector<RoleCase<Plan>>& Roles();
  // foundations-complete, sources-equal-uses, baseline-linked.
  static const std::vector<GuardCase<Plan>>& Guards();
};

}  // namespace kasundo::plans
