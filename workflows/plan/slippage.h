// How far a plan is: percent done against percent that should be done, weighted by cost, and the
// band of the policy in which the difference lies (standards.md 2.4, 2.5).
//
//   weight of an activity = its cost / cost of all activities; all weigh alike if no cost is known
//   target, actual of the plan = sum of weight x percent
//   slippage = actual - target, in percentage points; negative is behind
//
// Figures are computed exactly from the latest report of each activity, so the order of reports
// makes no difference.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "kasundo/plans/v1/plan_items.pb.h"
#include "kasundo/plans/v1/plans.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/plans/v1/slippage_policies.pb.h"
#include "kasundo/plans/v1/slippage_policies_events.pb.h"
#include "workflows/decimal/decimal.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::plans {

// Percent of an activity that is to be done by the end of a day: the last point of its schedule
// that has come; without a schedule evenly over its days; without a first day all of it on the
// last.
Decimal TargetOn(const v1::PlanItem& activity, const CivilDate& day);

struct Physical {
  Decimal target;
  Decimal actual;
  Decimal slippage() const { return actual - target; }
};

// Weights of the activities of a tree by id, not divided by their sum: costs, or 1 each if no cost
// is known.
struct Weights {
  std::map<std::string, Decimal> of;
  Decimal total;
  // The part of one activity, in percent.
  Decimal PercentOf(const std::string& activity) const;
};
Weights WeightsOf(const v1::PlanTree& tree);

// Of the whole plan on a day: target of that day, actual as last reported.
Physical PhysicalOf(const v1::PlanTree& tree,
                    const google::protobuf::RepeatedPtrField<v1::ActivityProgress>& progress,
                    const CivilDate& day);

// The version of a policy that holds on a day; nullptr if none does.
const v1::SlippagePolicyVersion* VersionOn(const v1::SlippagePolicyState& policy,
                                           const CivilDate& day);

// The band in which figures lie; nullptr if in none. The first that fits is the one.
const v1::SlippageBand* BandOf(const v1::SlippagePolicyVersion& version, const Physical& physical);

// A policy that a plan follows, as of the command that judges by it.
struct PolicyInUse {
  std::string name;
  const v1::SlippagePolicyState* state = nullptr;  // nullptr: none, or retired
};

// The figures of a day with the band that the policy's version of that day gives.
v1::SlippageFigures FiguresOf(const Physical& physical, const CivilDate& day,
                              const PolicyInUse& policy);

// The band of figures that were computed before, as its policy's version has it; nullptr if in
// none.
const v1::SlippageBand* BandOfFigures(const v1::SlippageFigures& figures,
                                      const PolicyInUse& policy);

}  // namespace kasundo::plans
