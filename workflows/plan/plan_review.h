// A look at a plan: what is missing, what it adds up to, what somebody should do something about.
// Computed from its state, never stored; the gates of approval ask the same functions.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "kasundo/plans/v1/plans.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::plans {

// Everything that a look at the tree that is worked on shows.
v1::PlanReview ReviewOf(const v1::PlanState& state);

// What the whole plan costs and what its sources give.
v1::Balance BalanceOf(const v1::PlanTree& tree);

// FAILED_PRECONDITION FOUNDATIONS_MISSING (requirement 58).
absl::Status CheckFoundations(const v1::PlanState& state);
// FAILED_PRECONDITION BUDGET_GAP (requirement 63).
absl::Status CheckBalance(const v1::PlanState& state);
// FAILED_PRECONDITION BASELINE_MISSING (requirement 59).
absl::Status CheckBaseline(const v1::PlanState& state);
// What a plan needs before its body decides: PLAN_EMPTY, RESPONSIBLE_MISSING (46), DATES_MISSING,
// GOAL_IS_DRAFT (60) and BASELINE_MISSING (59), each with the items that lack it.
absl::Status CheckComplete(const v1::PlanState& state);

}  // namespace kasundo::plans
