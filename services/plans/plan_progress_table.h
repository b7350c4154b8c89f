// How far a plan is, as a table: pure functions over what was read.
#pragma once

#include <string>
#include <vector>

#include "kasundo/plans/v1/plan_questions.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/plan/slippage.h"

namespace kasundo::plans {

// The whole and each activity of the approved tree on a day, with the words of the policy's version
// of that day. REQUIRES: the plan's progress is that of the day (IsReportedAfter, ReportsUntil).
v1::GetPlanProgressResponse ProgressTable(const v1::PlanState& plan, const CivilDate& on,
                                          const PolicyInUse& policy);

// A plan with its state.
struct NamedPlan {
  std::string name;
  const v1::PlanState* state = nullptr;
  std::string lifecycle_state = {};
};

// Which lines carry the items of `plan`, and which items of all plans name it as the official one.
v1::GetUptakeResponse UptakeOf(const NamedPlan& plan, const std::vector<NamedPlan>& all);

// Targets and actuals of a theme over plans that were approved and not abandoned, without what is
// skipped.
v1::GetThemeResponse ThemeOf(const std::string& theme, const std::vector<NamedPlan>& all);

// A variant beside its base.
v1::PlanVariant VariantOf(const NamedPlan& variant, const v1::PlanState& base);

}  // namespace kasundo::plans
