// Who does the items of a plan, and which plans and agreements they serve. None of it needs a new
// version.
#include <algorithm>

#include "fmt/format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/item_checks.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_commands.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {

PlanEvents AssignResponsible(const v1::AssignResponsibleRequest& request, const PlanState& state,
                             const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
  // Requirement 46: exactly one responsible office; a second is refused.
  if (!item->owner_office().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SECOND_RESPONSIBLE,
                  fmt::format("{} is responsible for \"{}\"", item->owner_office(), item->id()))
        .Field("office")
        .Mend(
            "Add the office as a contributor (SetContributors), or transfer the responsibility "
            "(TransferResponsibility).")
        .With("responsible", item->owner_office());
  }
  v1::PlanEvent event;
  event.mutable_responsible_assigned()->set_item(item->id());
  event.mutable_responsible_assigned()->set_office(request.office());
  return {{std::move(event)}};
}

// Without an item it is the plan itself: another office keeps it.
PlanEvents TransferResponsibility(const v1::TransferResponsibilityRequest& request,
                                  const PlanState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  std::string owner = state.owner_office();
  if (!request.item().empty()) {
    ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
    owner = item->owner_office();
  }
  if (owner.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_RESPONSIBLE_MISSING,
                  fmt::format("nobody is responsible for \"{}\"", request.item()))
        .Field("item")
        .Mend("Give it its first responsible office (AssignResponsible).");
  }
  if (owner == request.office()) return NothingToChange("this office is responsible already");
  v1::PlanEvent event;
  v1::ResponsibilityTransferred& transferred = *event.mutable_responsibility_transferred();
  transferred.set_item(request.item());
  transferred.set_from_office(owner);
  transferred.set_to_office(request.office());
  transferred.set_reason(context.reason);
  return {{std::move(event)}};
}

PlanEvents SetContributors(const v1::SetContributorsRequest& request, const PlanState& state,
                           const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
  const auto& now = item->contributors();
  if (std::equal(now.begin(), now.end(), request.contributors().begin(),
                 request.contributors().end())) {
    return NothingToChange("these offices contribute already");
  }
  v1::PlanEvent event;
  event.mutable_contributors_set()->set_item(item->id());
  *event.mutable_contributors_set()->mutable_contributors() = request.contributors();
  return {{std::move(event)}};
}

PlanEvents NameOwnerAfterFunding(const v1::NameOwnerAfterFundingRequest& request,
                                 const PlanState& state, const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
  if (item->owner_after_funding() == request.office()) {
    return NothingToChange("this office is named already");
  }
  v1::PlanEvent event;
  event.mutable_owner_after_funding_named()->set_item(item->id());
  event.mutable_owner_after_funding_named()->set_office(request.office());
  return {{std::move(event)}};
}

PlanEvents RecordUptake(const v1::RecordUptakeRequest& request, const PlanState& state,
                        const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
  RETURN_IF_ERROR(CheckOfficialLine("official_line", request.official_line()));
  for (const v1::OfficialLine& line : item->official_lines()) {
    if (line.SerializeAsString() == request.official_line().SerializeAsString()) {
      return NothingToChange("this is recorded already");
    }
  }
  v1::PlanEvent event;
  event.mutable_uptake_recorded()->set_item(item->id());
  *event.mutable_uptake_recorded()->mutable_official_line() = request.official_line();
  return {{std::move(event)}};
}

PlanEvents LinkObligations(const v1::LinkObligationsRequest& request, const PlanState& state,
                           const Context&) {
  ASSIGN_OR_RETURN(const v1::PlanItem* item, FindItemOr(state.tree(), "item", request.item()));
  v1::PlanEvent event;
  v1::ObligationsLinked& linked = *event.mutable_obligations_linked();
  linked.set_item(item->id());
  for (const std::string& obligation : request.obligations()) {
    const auto& there = item->obligations();
    const auto& added = linked.obligations();
    if (std::find(there.begin(), there.end(), obligation) == there.end() &&
        std::find(added.begin(), added.end(), obligation) == added.end()) {
      linked.add_obligations(obligation);
    }
  }
  if (linked.obligations().empty()) return NothingToChange("these obligations are linked already");
  return {{std::move(event)}};
}

}  // namespace kasundo::plans
