// The tree of cooperation areas (requirement 32), suspended activities and disputes (37).
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

absl::StatusOr<const v1::CooperationArea*> FindAreaOr(const AgreementState& state,
                                                      std::string_view field,
                                                      std::string_view area_id) {
  if (const v1::CooperationArea* area = FindById(state.areas(), area_id)) return area;
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_AREA_NOT_FOUND,
                fmt::format("there is no area \"{}\"", area_id))
      .Field(field)
      .Mend("Name one of the agreement's areas.");
}

absl::Status WrongLevel(std::string_view field, std::string message) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_AREA_LEVEL_INVALID,
                std::move(message))
      .Field(field)
      .Mend("Areas lie beneath nothing, sub-areas beneath areas, activities beneath either.");
}

absl::StatusOr<const v1::CooperationArea*> FindActivityOr(const AgreementState& state,
                                                          std::string_view field,
                                                          std::string_view area_id) {
  ASSIGN_OR_RETURN(const v1::CooperationArea* area, FindAreaOr(state, field, area_id));
  if (area->level() == v1::AREA_LEVEL_ACTIVITY) return area;
  // Rule 37: that activity only.
  return WrongLevel(field, fmt::format("\"{}\" is no activity; only activities rest", area_id));
}

// Rule 32: a lead per side.
absl::Status CheckLeads(const google::protobuf::RepeatedPtrField<v1::AreaLead>& leads,
                        const AgreementState& state) {
  if (leads.empty()) return absl::OkStatus();
  std::set<std::string> sides;
  for (const v1::AreaLead& lead : leads) {
    ASSIGN_OR_RETURN(const v1::Party* party, FindPartyOr(state, "leads.party", lead.party()));
    sides.insert(party->side().empty() ? party->id() : party->side());
  }
  std::set<std::string> without;
  for (const v1::Party* party : PartiesOf(state)) {
    const std::string& side = party->side().empty() ? party->id() : party->side();
    if (!sides.contains(side)) without.insert(side);
  }
  if (without.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_LEAD_MISSING,
                fmt::format("{} sides have no lead: {}", without.size(), fmt::join(without, ", ")))
      .Field("leads")
      .Mend("Name a party and an office of each side.")
      .With("sides", static_cast<int64_t>(without.size()));
}

absl::Status CheckPlace(const v1::AddCooperationAreaRequest& request, const AgreementState& state) {
  if (request.level() == v1::AREA_LEVEL_AREA) {
    if (request.parent_area().empty()) return absl::OkStatus();
    return WrongLevel("parent_area", "an area lies beneath nothing");
  }
  if (request.parent_area().empty()) {
    return WrongLevel("parent_area", "a sub-area or activity lies beneath an area");
  }
  ASSIGN_OR_RETURN(const v1::CooperationArea* parent,
                   FindAreaOr(state, "parent_area", request.parent_area()));
  const bool fits = request.level() == v1::AREA_LEVEL_SUB_AREA
                        ? parent->level() == v1::AREA_LEVEL_AREA
                        : parent->level() != v1::AREA_LEVEL_ACTIVITY;
  if (fits) return absl::OkStatus();
  return WrongLevel("parent_area", fmt::format("\"{}\" cannot lie beneath \"{}\"",
                                               request.area_id(), parent->id()));
}

v1::AgreementEvent Suspended(const std::string& activity, const std::string& reason,
                             const Context& context) {
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_activity_suspended()->set_activity(activity);
  event.mutable_activity_suspended()->set_reason(reason);
  return event;
}

v1::AgreementEvent Resumed(const std::string& activity, const std::string& reason,
                           const Context& context) {
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_activity_resumed()->set_activity(activity);
  event.mutable_activity_resumed()->set_reason(reason);
  return event;
}

// Open disputes over the activity.
int OpenDisputesOver(const AgreementState& state, const std::string& activity) {
  return static_cast<int>(std::count_if(
      state.disputes().begin(), state.disputes().end(), [&](const v1::Dispute& dispute) {
        return dispute.activity() == activity && !dispute.has_settled_on();
      }));
}

}  // namespace

AgreementEvents AddCooperationArea(const v1::AddCooperationAreaRequest& request,
                                   const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(CheckId("area_id", request.area_id()));
  if (FindById(state.areas(), request.area_id()) != nullptr) {
    return AlreadyThere("area_id", fmt::format("\"{}\" is there already", request.area_id()));
  }
  RETURN_IF_ERROR(CheckPlace(request, state));
  RETURN_IF_ERROR(CheckLeads(request.leads(), state));
  v1::AgreementEvent event = NewEvent(context);
  v1::CooperationArea& area = *event.mutable_area_added()->mutable_area();
  area.set_id(request.area_id());
  area.set_parent(request.parent_area());
  area.set_level(request.level());
  area.set_title(request.title());
  area.set_function(request.function());
  *area.mutable_since() = context.today;
  *area.mutable_leads() = request.leads();
  return {{std::move(event)}};
}

AgreementEvents ChangeCooperationArea(const v1::ChangeCooperationAreaRequest& request,
                                      const AgreementState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::CooperationArea* area,
                   FindAreaOr(state, "area_id", request.area_id()));
  RETURN_IF_ERROR(CheckLeads(request.leads(), state));
  const bool same_title = request.title().empty() || request.title() == area->title();
  const bool same_function = request.function().empty() || request.function() == area->function();
  if (request.leads().empty() && same_title && same_function) {
    return NothingToChange("the area is like this already");
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::AreaChanged& changed = *event.mutable_area_changed();
  changed.set_area(area->id());
  changed.set_title(request.title().empty() ? area->title() : request.title());
  changed.set_function(request.function().empty() ? area->function() : request.function());
  *changed.mutable_leads() = request.leads().empty() ? area->leads() : request.leads();
  return {{std::move(event)}};
}

AgreementEvents SuspendActivity(const v1::SuspendActivityRequest& request,
                                const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::CooperationArea* activity,
                   FindActivityOr(state, "area_id", request.area_id()));
  if (activity->suspended()) return NothingToChange("the activity rests already");
  return {{Suspended(activity->id(), context.reason, context)}};
}

AgreementEvents ResumeActivity(const v1::ResumeActivityRequest& request,
                               const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::CooperationArea* activity,
                   FindActivityOr(state, "area_id", request.area_id()));
  if (!activity->suspended()) return NothingToChange("the activity does not rest");
  return {{Resumed(activity->id(), context.reason, context)}};
}

AgreementEvents RaiseDispute(const v1::RaiseDisputeRequest& request, const AgreementState& state,
                             const Context& context) {
  RETURN_IF_ERROR(CheckId("dispute_id", request.dispute_id()));
  if (FindById(state.disputes(), request.dispute_id()) != nullptr) {
    return AlreadyThere("dispute_id", fmt::format("\"{}\" is there already", request.dispute_id()));
  }
  RETURN_IF_ERROR(ActAs(state, request.party_id(), v1::HELPER_SCOPE_COOPERATION, context).status());
  v1::AgreementEvent event = NewEvent(context);
  v1::Dispute& dispute = *event.mutable_dispute_raised()->mutable_dispute();
  dispute.set_id(request.dispute_id());
  dispute.set_party(request.party_id());
  dispute.set_activity(request.activity());
  dispute.set_text(request.text());
  *dispute.mutable_raised_on() = context.today;
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  if (!request.activity().empty()) {
    ASSIGN_OR_RETURN(const v1::CooperationArea* activity,
                     FindActivityOr(state, "activity", request.activity()));
    if (!activity->suspended()) {
      events.push_back(Suspended(activity->id(), request.text(), context));
    }
  }
  return events;
}

AgreementEvents SettleDispute(const v1::SettleDisputeRequest& request, const AgreementState& state,
                              const Context& context) {
  const v1::Dispute* dispute = FindById(state.disputes(), request.dispute_id());
  if (dispute == nullptr || dispute->has_settled_on()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_DISPUTE_NOT_FOUND,
                  fmt::format("there is no open dispute \"{}\"", request.dispute_id()))
        .Field("dispute_id")
        .Mend("Name one of the agreement's `disputes` that is not settled.");
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::DisputeSettled& settled = *event.mutable_dispute_settled();
  settled.set_dispute(dispute->id());
  settled.set_outcome(request.outcome());
  *settled.mutable_settled_on() = context.today;
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  const v1::CooperationArea* activity = FindById(state.areas(), dispute->activity());
  if (activity != nullptr && activity->suspended() &&
      OpenDisputesOver(state, activity->id()) == 1) {
    events.push_back(Resumed(activity->id(), request.outcome(), context));
  }
  return events;
}

AgreementEvents ListObligation(const v1::ListObligationRequest& request, const AgreementState&,
                               const Context& context) {
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_obligation_listed()->mutable_obligation() = request.obligation();
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
