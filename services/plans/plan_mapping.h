// The stored states of plans, templates, needs and slippage policies as their resources.
#pragma once

#include "kasundo/plans/v1/allotments.pb.h"
#include "kasundo/plans/v1/allotments_events.pb.h"
#include "kasundo/plans/v1/needs.pb.h"
#include "kasundo/plans/v1/needs_events.pb.h"
#include "kasundo/plans/v1/plan_templates.pb.h"
#include "kasundo/plans/v1/plan_templates_events.pb.h"
#include "kasundo/plans/v1/plans.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/plans/v1/slippage_policies.pb.h"
#include "kasundo/plans/v1/slippage_policies_events.pb.h"

namespace kasundo::plans {

// In lists, trees, reports and the review are left out.
v1::Plan ToPlan(const v1::PlanState& state, bool in_list);

// In lists, items are left out.
v1::PlanTemplate ToPlanTemplate(const v1::PlanTemplateState& state, bool in_list);

// Whose turn is next is computed.
v1::Allotment ToAllotment(const v1::AllotmentState& state, bool in_list);

v1::Need ToNeed(const v1::NeedState& state);

v1::SlippagePolicy ToSlippagePolicy(const v1::SlippagePolicyState& state);

}  // namespace kasundo::plans
