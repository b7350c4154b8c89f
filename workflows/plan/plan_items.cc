// The tree of a plan: its items, in a draft or a revision.
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/item_checks.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_commands.h"
#include "workflows/plan/plan_decider.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

// The item that a request is about, if the finding behind the change is named where it must be.
template <typename Request>
absl::StatusOr<const v1::PlanItem*> ItemToChange(const Request& request, const PlanState& state) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  return item;
}

// The event, unless the item is afterwards what it was.
PlanEvents IfItChanges(v1::PlanEvent event, const v1::PlanItem& item, const PlanState& state) {
  const PlanState after = Plan::Evolve(state, event);
  const v1::PlanItem* changed = FindItem(after.tree(), item.id());
  if (changed != nullptr && changed->SerializeAsString() == item.SerializeAsString()) {
    return NothingToChange("the item says this already");
  }
  return {{std::move(event)}};
}

// What would be left hanging without the item.
std::vector<std::string> UsersOf(const v1::PlanTree& tree, const std::string& item) {
  std::vector<std::string> users;
  for (const v1::PlanItem& other : tree.items()) {
    const auto& before = other.depends_on();
    if (other.parent() == item || std::find(before.begin(), before.end(), item) != before.end()) {
      users.push_back(other.id());
    }
  }
  for (const v1::BudgetLine& line : tree.budget()) {
    if (line.item() == item) users.push_back(line.id());
  }
  for (const v1::InKindContribution& contribution : tree.contributions()) {
    if (contribution.item() == item) users.push_back(contribution.id());
  }
  return users;
}

}  // namespace

PlanEvents AddItem(const v1::AddItemRequest& request, const PlanState& state, const Context&) {
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  v1::PlanEvent event;
  v1::PlanItem& item = *event.mutable_item_added()->mutable_item();
  item = request.item();
  item.clear_skipped();
  RETURN_IF_ERROR(CheckNewItem(state.tree(), state.currency(), item));
  event.mutable_item_added()->set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents DescribeItem(const v1::DescribeItemRequest& request, const PlanState& state,
                        const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  v1::PlanEvent event;
  v1::ItemDescribed& described = *event.mutable_item_described();
  described.set_item(item->id());
  described.set_title(request.title().empty() ? item->title() : request.title());
  described.set_description(request.description().empty() ? item->description()
                                                          : request.description());
  *described.mutable_sdg_targets() =
      request.sdg_targets().empty() ? item->sdg_targets() : request.sdg_targets();
  RETURN_IF_ERROR(NormaliseSdgTargets("sdg_targets", *described.mutable_sdg_targets()));
  *described.mutable_themes() = request.themes().empty() ? item->themes() : request.themes();
  described.set_recurring(request.has_recurring() ? request.recurring() : item->recurring());
  described.set_finding(request.finding());
  return IfItChanges(std::move(event), *item, state);
}

PlanEvents ScheduleItem(const v1::ScheduleItemRequest& request, const PlanState& state,
                        const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  RETURN_IF_ERROR(CheckSpan("ends_on", request.starts_on(), request.ends_on()));
  RETURN_IF_ERROR(CheckSchedule("schedule", request.schedule()));
  v1::PlanEvent event;
  v1::ItemScheduled& scheduled = *event.mutable_item_scheduled();
  scheduled.set_item(item->id());
  if (request.has_starts_on()) *scheduled.mutable_starts_on() = request.starts_on();
  *scheduled.mutable_ends_on() = request.ends_on();
  *scheduled.mutable_schedule() = request.schedule();
  scheduled.set_finding(request.finding());
  return IfItChanges(std::move(event), *item, state);
}

PlanEvents SetDependencies(const v1::SetDependenciesRequest& request, const PlanState& state,
                           const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  RETURN_IF_ERROR(CheckDependencies(state.tree(), "depends_on", item->id(), request.depends_on()));
  v1::PlanEvent event;
  event.mutable_dependencies_set()->set_item(item->id());
  *event.mutable_dependencies_set()->mutable_depends_on() = request.depends_on();
  event.mutable_dependencies_set()->set_finding(request.finding());
  return IfItChanges(std::move(event), *item, state);
}

PlanEvents SetIndicators(const v1::SetIndicatorsRequest& request, const PlanState& state,
                         const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  RETURN_IF_ERROR(CheckIndicators("indicators", request.indicators()));
  v1::PlanEvent event;
  event.mutable_indicators_set()->set_item(item->id());
  *event.mutable_indicators_set()->mutable_indicators() = request.indicators();
  event.mutable_indicators_set()->set_finding(request.finding());
  return IfItChanges(std::move(event), *item, state);
}

PlanEvents MoveItem(const v1::MoveItemRequest& request, const PlanState& state, const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  RETURN_IF_ERROR(
      CheckPlace(state.tree(), "new_parent", item->id(), item->level(), request.new_parent()));
  v1::PlanEvent event;
  event.mutable_item_moved()->set_item(item->id());
  event.mutable_item_moved()->set_new_parent(request.new_parent());
  event.mutable_item_moved()->set_finding(request.finding());
  return IfItChanges(std::move(event), *item, state);
}

PlanEvents RemoveItem(const v1::RemoveItemRequest& request, const PlanState& state,
                      const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  const std::vector<std::string> users = UsersOf(state.tree(), item->id());
  if (!users.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ITEM_IN_USE,
                  fmt::format("these stand beneath it, depend on it or pay for it: {}",
                              fmt::join(users, ", ")))
        .Field("item")
        .Mend("Remove or move these first.");
  }
  v1::PlanEvent event;
  *event.mutable_item_removed()->mutable_item() = *item;
  event.mutable_item_removed()->set_reason(context.reason);
  event.mutable_item_removed()->set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents SkipItem(const v1::SkipItemRequest& request, const PlanState& state,
                    const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  if (!item->skipped().empty()) return NothingToChange("it is skipped already");
  v1::PlanEvent event;
  event.mutable_item_skipped()->set_item(item->id());
  event.mutable_item_skipped()->set_reason(context.reason);
  event.mutable_item_skipped()->set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents ResumeItem(const v1::ResumeItemRequest& request, const PlanState& state,
                      const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::PlanItem* item, ItemToChange(request, state));
  if (item->skipped().empty()) return NothingToChange("it is not skipped");
  v1::PlanEvent event;
  event.mutable_item_resumed()->set_item(item->id());
  event.mutable_item_resumed()->set_reason(context.reason);
  event.mutable_item_resumed()->set_finding(request.finding());
  return {{std::move(event)}};
}

}  // namespace kasundo::plans
