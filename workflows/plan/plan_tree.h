// The tree of a plan: finding, standing beneath, depending on, weight.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/plans/v1/plan_items.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/decimal/decimal.h"

namespace kasundo::plans {

// A plan is one instance whose state is written with each command, so it has bounds; several plans
// may link to each other.
inline constexpr int kMostItems = 2000;
inline constexpr int kMostLines = 4000;

// The approved tree: what is reported on. That which is worked on, if none was approved.
const v1::PlanTree& ApprovedTree(const v1::PlanState& state);

// nullptr if there is none of that id.
const v1::PlanItem* FindItem(const v1::PlanTree& tree, std::string_view id);
v1::PlanItem* FindItem(v1::PlanTree& tree, std::string_view id);

// NOT_FOUND ITEM_NOT_FOUND.
absl::StatusOr<const v1::PlanItem*> FindItemOr(const v1::PlanTree& tree, std::string_view field,
                                               std::string_view id);

// The same for an activity. INVALID_ARGUMENT NOT_AN_ACTIVITY.
absl::StatusOr<const v1::PlanItem*> FindActivityOr(const v1::PlanTree& tree, std::string_view field,
                                                   std::string_view id);

// Whether an item stands beneath another, at any depth, or is it.
bool IsWithin(const v1::PlanTree& tree, std::string_view item, std::string_view above);

// OK if an item of that level and id may stand beneath `parent`. NOT_FOUND ITEM_NOT_FOUND;
// INVALID_ARGUMENT LEVEL_INVALID, CYCLE.
absl::Status CheckPlace(const v1::PlanTree& tree, std::string_view field, std::string_view id,
                        v1::ItemLevel level, std::string_view parent);

// OK if an item may depend on these: they exist, and none of them depends on it, straight or around
// others, or stands beneath or above it. NOT_FOUND ITEM_NOT_FOUND; INVALID_ARGUMENT CYCLE with the
// way around.
absl::Status CheckDependencies(const v1::PlanTree& tree, std::string_view field,
                               std::string_view id,
                               const google::protobuf::RepeatedPtrField<std::string>& depends_on);

// The items that are to be done: skipped ones, and those beneath skipped items, are left out.
std::vector<const v1::PlanItem*> ItemsToBeDone(const v1::PlanTree& tree);

// The activities that are to be done: skipped ones, and those beneath skipped items, are left out.
std::vector<const v1::PlanItem*> ActivitiesOf(const v1::PlanTree& tree);

// What an item is estimated to cost, in the plan's currency; 0 if nothing is known.
Decimal CostOf(const v1::PlanItem& item);

// "an activity".
std::string LevelWord(v1::ItemLevel level);

}  // namespace kasundo::plans
