// What differs between two trees of plans: pure functions over what was read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kasundo/plans/v1/plan_questions.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/workflows/v1/records.pb.h"

namespace kasundo::plans {

// The differences between the trees of two states: items in the order of the right tree, then those
// that only the left has, then money, then what is given in kind. Reports are compared too.
std::vector<v1::PlanDifference> DifferencesOf(const v1::PlanState& left,
                                              const v1::PlanState& right);

// What an event changed ("item/desks", "budget/gad"), with the finding behind it; empty if nothing
// of the tree.
struct Touched {
  std::vector<std::string> parts_and_ids;
  std::string finding;
};
Touched TouchedBy(const v1::PlanEvent& event);

// Adds to each difference the events that touched it, in order.
void AddReasons(const std::vector<workflows::v1::EventRecord>& records, const v1::PlanState& right,
                std::vector<v1::PlanDifference>& differences);

// What a plan is estimated to cost, and what its sources give, in its currency.
struct PlanTotals {
  std::string uses;
  std::string sources;
};
PlanTotals TotalsOf(const v1::PlanState& state);

}  // namespace kasundo::plans
