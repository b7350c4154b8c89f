// What a plan costs, who pays, what is given in kind.
#include "fmt/format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/item_checks.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_commands.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

// Everything that can be said against a budget line but that it is there already; fills in the
// converted amount.
absl::Status CheckLine(const PlanState& state, v1::BudgetLine& line) {
  if (line.purpose() == v1::BUDGET_PURPOSE_OPERATING && !line.item().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_OPERATING_HAS_NO_ITEM,
                  "the cost of running the body belongs to no item of its work plan")
        .Field("line.item")
        .Mend("Leave the item out, or give it the purpose \"work plan\".");
  }
  if (!line.item().empty()) {
    RETURN_IF_ERROR(FindItemOr(state.tree(), "line.item", line.item()).status());
  }
  if (line.source_organisation().empty() && line.source_title().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_OWNER_MISSING,
                  "whose money is it?")
        .Field("line.source_title")
        .Mend("Name the organisation that gives it, or the fund.");
  }
  RETURN_IF_ERROR(CheckSpan("line.ends_on", line.starts_on(), line.ends_on()));
  const bool has_conversion = line.has_conversion();
  RETURN_IF_ERROR(Convert({"line.amount", "line.conversion"}, line.amount(), state.currency(),
                          has_conversion, *line.mutable_conversion()));
  if (line.conversion().currency().empty()) line.clear_conversion();
  return absl::OkStatus();
}

absl::StatusOr<const v1::BudgetLine*> FindLineOr(const PlanState& state, std::string_view field,
                                                 const std::string& id) {
  if (const v1::BudgetLine* line = FindById(state.tree().budget(), id)) return line;
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_LINE_NOT_FOUND,
                fmt::format("the plan has no budget line \"{}\"", id))
      .Field(field)
      .Mend("Give the id of a budget line of the plan.");
}

}  // namespace

PlanEvents SetCost(const v1::SetCostRequest& request, const PlanState& state, const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  v1::PlanEvent event;
  v1::CostSet& set = *event.mutable_cost_set();
  set.set_item(item->id());
  if (request.has_cost()) {
    *set.mutable_cost() = request.cost();
    *set.mutable_conversion() = request.conversion();
    RETURN_IF_ERROR(Convert({"cost", "conversion"}, request.cost(), state.currency(),
                            request.has_conversion(), *set.mutable_conversion()));
    if (set.conversion().currency().empty()) set.clear_conversion();
  }
  if (item->cost().SerializeAsString() == set.cost().SerializeAsString() &&
      item->cost_conversion().SerializeAsString() == set.conversion().SerializeAsString()) {
    return NothingToChange("this is its cost already");
  }
  set.set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents AddBudgetLine(const v1::AddBudgetLineRequest& request, const PlanState& state,
                         const Context&) {
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  RETURN_IF_ERROR(CheckId("line.id", request.line().id()));
  if (FindById(state.tree().budget(), request.line().id()) != nullptr) {
    return AlreadyThere("line.id",
                        fmt::format("a budget line \"{}\" is there already", request.line().id()));
  }
  RETURN_IF_ERROR(CheckRoom("budget lines", state.tree().budget_size(), kMostLines));
  v1::PlanEvent event;
  *event.mutable_budget_line_added()->mutable_line() = request.line();
  RETURN_IF_ERROR(CheckLine(state, *event.mutable_budget_line_added()->mutable_line()));
  event.mutable_budget_line_added()->set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents ChangeBudgetLine(const v1::ChangeBudgetLineRequest& request, const PlanState& state,
                            const Context&) {
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  ASSIGN_OR_RETURN(const v1::BudgetLine* before, FindLineOr(state, "line.id", request.line().id()));
  v1::PlanEvent event;
  v1::BudgetLineChanged& changed = *event.mutable_budget_line_changed();
  *changed.mutable_line() = request.line();
  RETURN_IF_ERROR(CheckLine(state, *changed.mutable_line()));
  if (before->SerializeAsString() == changed.line().SerializeAsString()) {
    return NothingToChange("the line says this already");
  }
  *changed.mutable_before() = *before;
  changed.set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents RemoveBudgetLine(const v1::RemoveBudgetLineRequest& request, const PlanState& state,
                            const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  ASSIGN_OR_RETURN(const v1::BudgetLine* line, FindLineOr(state, "line", request.line()));
  v1::PlanEvent event;
  *event.mutable_budget_line_removed()->mutable_line() = *line;
  event.mutable_budget_line_removed()->set_reason(context.reason);
  event.mutable_budget_line_removed()->set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents AddContribution(const v1::AddContributionRequest& request, const PlanState& state,
                           const Context&) {
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  const v1::InKindContribution& contribution = request.contribution();
  RETURN_IF_ERROR(CheckId("contribution.id", contribution.id()));
  if (FindById(state.tree().contributions(), contribution.id()) != nullptr) {
    return AlreadyThere("contribution.id",
                        fmt::format("a contribution \"{}\" is there already", contribution.id()));
  }
  RETURN_IF_ERROR(CheckRoom("contributions", state.tree().contributions_size(), kMostLines));
  if (!contribution.item().empty()) {
    RETURN_IF_ERROR(FindItemOr(state.tree(), "contribution.item", contribution.item()).status());
  }
  // Requirement 66: with owner, unit and quantity.
  if (contribution.owner().empty() && contribution.owner_title().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_OWNER_MISSING, "who gives it?")
        .Field("contribution.owner")
        .Mend("Name who gives it, or say it in words in `owner_title`.");
  }
  ASSIGN_OR_RETURN(const Decimal quantity,
                   ReadFigure("contribution.quantity", contribution.quantity()));
  if (quantity <= Decimal(0)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                  "nothing would be given")
        .Field("contribution.quantity")
        .Mend("Give a quantity above 0.");
  }
  if (contribution.has_value()) {
    RETURN_IF_ERROR(CheckMoney("contribution.value", contribution.value()));
  }
  v1::PlanEvent event;
  *event.mutable_contribution_added()->mutable_contribution() = contribution;
  event.mutable_contribution_added()->set_finding(request.finding());
  return {{std::move(event)}};
}

PlanEvents RemoveContribution(const v1::RemoveContributionRequest& request, const PlanState& state,
                              const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  const v1::InKindContribution* contribution =
      FindById(state.tree().contributions(), request.contribution());
  if (contribution == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_LINE_NOT_FOUND,
                  fmt::format("the plan has no contribution \"{}\"", request.contribution()))
        .Field("contribution")
        .Mend("Give the id of a contribution of the plan.");
  }
  v1::PlanEvent event;
  *event.mutable_contribution_removed()->mutable_contribution() = *contribution;
  event.mutable_contribution_removed()->set_reason(context.reason);
  event.mutable_contribution_removed()->set_finding(request.finding());
  return {{std::move(event)}};
}

}  // namespace kasundo::plans
