#include "workflows/plan/plan_tree.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_checks.h"

namespace kasundo::plans {
namespace {

using Index = std::map<std::string_view, const v1::PlanItem*>;

Index IndexOf(const v1::PlanTree& tree) {
  Index index;
  for (const v1::PlanItem& item : tree.items()) index.emplace(item.id(), &item);
  return index;
}

// The way along dependencies from one item to another, both included; empty if there is none.
std::vector<std::string> WayTo(const Index& index, const std::string& from, std::string_view to) {
  std::set<std::string> seen;
  std::vector<std::string> way;
  const std::function<bool(const std::string&)> walk = [&](const std::string& id) {
    if (!seen.insert(id).second) return false;
    way.push_back(id);
    if (id == to) return true;
    const auto found = index.find(id);
    if (found != index.end()) {
      const auto& next = found->second->depends_on();
      if (std::any_of(next.begin(), next.end(), walk)) return true;
    }
    way.pop_back();
    return false;
  };
  walk(from);
  return way;
}

absl::Status Cycle(std::string_view field, std::string message) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CYCLE, std::move(message))
      .Field(field)
      .Mend("Leave out one of the dependencies on the way.");
}

}  // namespace

const v1::PlanTree& ApprovedTree(const v1::PlanState& state) {
  return state.has_baseline() ? state.baseline() : state.tree();
}

const v1::PlanItem* FindItem(const v1::PlanTree& tree, std::string_view id) {
  return FindById(tree.items(), id);
}

v1::PlanItem* FindItem(v1::PlanTree& tree, std::string_view id) {
  return FindById(*tree.mutable_items(), id);
}

absl::StatusOr<const v1::PlanItem*> FindItemOr(const v1::PlanTree& tree, std::string_view field,
                                               std::string_view id) {
  if (const v1::PlanItem* item = FindItem(tree, id)) return item;
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_ITEM_NOT_FOUND,
                fmt::format("the plan has no item \"{}\"", id))
      .Field(field)
      .Mend("Give the id of an item of the plan; `kasundo get` of the plan lists them.")
      .With("item", id);
}

absl::StatusOr<const v1::PlanItem*> FindActivityOr(const v1::PlanTree& tree, std::string_view field,
                                                   std::string_view id) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(tree, field, id));
  if (item->level() == v1::ITEM_LEVEL_ACTIVITY) return item;
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NOT_AN_ACTIVITY,
                fmt::format("\"{}\" is {}", id, LevelWord(item->level())))
      .Field(field)
      .Mend("Name an activity: what is above it adds up, what is beneath it belongs to it.");
}

bool IsWithin(const v1::PlanTree& tree, std::string_view item, std::string_view above) {
  // The tree has no circle, so this ends; the bound only guards against a state of no known rule.
  std::string_view at = item;
  for (int steps = 0; steps <= tree.items_size(); ++steps) {
    if (at == above) return true;
    const v1::PlanItem* found = FindItem(tree, at);
    if (found == nullptr || found->parent().empty()) return false;
    at = found->parent();
  }
  return false;
}

absl::Status CheckPlace(const v1::PlanTree& tree, std::string_view field, std::string_view id,
                        v1::ItemLevel level, std::string_view parent) {
  if (parent.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::PlanItem* above, FindItemOr(tree, field, parent));
  if (IsWithin(tree, parent, id)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CYCLE,
                  fmt::format("\"{}\" stands beneath \"{}\" itself", parent, id))
        .Field(field)
        .Mend("Name an item that does not stand beneath it.");
  }
  if (above->level() < level) return absl::OkStatus();
  return Refuse(
             absl::StatusCode::kInvalidArgument, v1::REASON_LEVEL_INVALID,
             fmt::format("{} cannot stand beneath {}", LevelWord(level), LevelWord(above->level())))
      .Field(field)
      .Mend(
          "Goals hold objectives, these programmes, these activities, these tasks; levels may be "
          "left out.");
}

absl::Status CheckDependencies(const v1::PlanTree& tree, std::string_view field,
                               std::string_view id,
                               const google::protobuf::RepeatedPtrField<std::string>& depends_on) {
  const Index index = IndexOf(tree);
  for (const std::string& other : depends_on) {
    if (other == id) return Cycle(field, fmt::format("\"{}\" would depend on itself", id));
    RETURN_IF_ERROR(FindItemOr(tree, field, other).status());
    if (IsWithin(tree, other, id) || IsWithin(tree, id, other)) {
      return Cycle(field,
                   fmt::format("of \"{}\" and \"{}\" one stands beneath the other", id, other));
    }
    const std::vector<std::string> way = WayTo(index, other, id);
    if (!way.empty()) {
      return Cycle(field,
                   fmt::format("it would depend on itself: {} -> {}", id, fmt::join(way, " -> ")));
    }
  }
  return absl::OkStatus();
}

std::vector<const v1::PlanItem*> ItemsToBeDone(const v1::PlanTree& tree) {
  // Each item stands after the one above it, so one pass tells what is skipped with it.
  std::set<std::string_view> skipped;
  std::vector<const v1::PlanItem*> items;
  for (const v1::PlanItem& item : tree.items()) {
    if (!item.skipped().empty() || skipped.count(item.parent()) != 0) {
      skipped.insert(item.id());
    } else {
      items.push_back(&item);
    }
  }
  return items;
}

std::vector<const v1::PlanItem*> ActivitiesOf(const v1::PlanTree& tree) {
  std::vector<const v1::PlanItem*> activities = ItemsToBeDone(tree);
  std::erase_if(activities,
                [](const v1::PlanItem* item) { return item->level() != v1::ITEM_LEVEL_ACTIVITY; });
  return activities;
}

Decimal CostOf(const v1::PlanItem& item) { return WorthOf(item.cost(), item.cost_conversion()); }

std::string LevelWord(v1::ItemLevel level) {
  switch (level) {
    case v1::ITEM_LEVEL_GOAL:
      return "a goal";
    case v1::ITEM_LEVEL_OBJECTIVE:
      return "an objective";
    case v1::ITEM_LEVEL_PROGRAMME:
      return "a programme";
    case v1::ITEM_LEVEL_ACTIVITY:
      return "an activity";
    case v1::ITEM_LEVEL_TASK:
      return "a task";
    default:
      return "an item";
  }
}

}  // namespace kasundo::plans
