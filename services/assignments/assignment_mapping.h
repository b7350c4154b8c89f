// The stored states of functions, assignments, portfolios and coverage rules as their resources.
#pragma once

#include "kasundo/assignments/v1/assignments.pb.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/coverage_rules.pb.h"
#include "kasundo/assignments/v1/coverage_rules_events.pb.h"
#include "kasundo/assignments/v1/functions.pb.h"
#include "kasundo/assignments/v1/functions_events.pb.h"
#include "kasundo/assignments/v1/portfolios.pb.h"
#include "kasundo/assignments/v1/portfolios_events.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::assignments {

// In lists older versions are left out.
v1::Function ToFunction(const v1::FunctionState& state, const CivilDate& on, bool in_list);

// In lists delegations, promises and the other registers are left out. Without warnings.
v1::Assignment ToAssignment(const v1::AssignmentState& state, const CivilDate& on, bool in_list);

v1::CoverageRule ToCoverageRule(const v1::CoverageRuleState& state);

v1::Portfolio ToPortfolio(const v1::PortfolioState& state);

}  // namespace kasundo::assignments
