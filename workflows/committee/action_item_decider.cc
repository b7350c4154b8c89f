#include "workflows/committee/action_item_decider.h"

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/committee/decided_by.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using State = v1::ActionItemState;
using Decision = absl::StatusOr<std::vector<v1::ActionItemEvent>>;

Decision OpenActionItem(const v1::OpenActionItemRequest& request, const State&, const Context&) {
  RETURN_IF_ERROR(CheckOwnerOffice(request.owner_office(), "owner_office"));
  std::vector<std::string> missing;
  if (request.owner_office().empty()) missing.push_back("owner office");
  if (!IsValid(request.due_date())) missing.push_back("due date");
  // Rule 14: it cannot be saved without both.
  if (!missing.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ACTIONS_INCOMPLETE,
                  fmt::format("missing: {}", fmt::join(missing, ", ")))
        .Field(request.owner_office().empty() ? "owner_office" : "due_date")
        .Mend("Give the office that owes it and the day by which it is due.");
  }
  v1::ActionItemEvent event;
  v1::ActionItemOpened& opened = *event.mutable_action_item_opened();
  opened.set_title(request.title());
  opened.set_owner_office(request.owner_office());
  *opened.mutable_due_date() = request.due_date();
  opened.set_meeting(request.meeting());
  opened.set_agenda_item(request.agenda_item());
  opened.set_motion(request.motion());
  return {{std::move(event)}};
}

bool IsOwner(const State& state, const Context& context) {
  return !state.owner_office().empty() && state.owner_office() == context.actor.office();
}

Decision ReportProgress(const v1::ReportProgressRequest& request, const State& state,
                        const Context& context) {
  v1::ActionItemEvent event;
  v1::ProgressNote& note = *event.mutable_progress_reported()->mutable_note();
  *note.mutable_on() = context.today;
  if (IsOwner(state, context)) note.set_office(state.owner_office());
  note.set_text(request.text());
  return {{std::move(event)}};
}

Decision CompleteActionItem(const v1::CompleteActionItemRequest& request, const State& state,
                            const Context& context) {
  if (request.evidence().title().empty() && request.evidence().document().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_EVIDENCE_NEEDED,
                  "what shows that it was done?")
        .Field("evidence")
        .Mend("Give a title, a document number or an address.");
  }
  v1::ActionItemEvent event;
  v1::ActionItemCompleted& completed = *event.mutable_action_item_completed();
  *completed.mutable_evidence() = request.evidence();
  *completed.mutable_done_on() = request.has_done_on() ? request.done_on() : context.today;
  completed.set_late(IsSet(state.due_date()) && Before(state.due_date(), completed.done_on()));
  return {{std::move(event)}};
}

Decision ReturnActionItem(const v1::ReturnActionItemRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::ActionItemEvent event;
  event.mutable_action_item_returned()->set_reason(context.reason);
  *event.mutable_action_item_returned()->mutable_due_date() =
      request.has_due_date() ? request.due_date() : state.due_date();
  return {{std::move(event)}};
}

Decision ReassignActionItem(const v1::ReassignActionItemRequest& request, const State& state,
                            const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  RETURN_IF_ERROR(CheckOwnerOffice(request.owner_office(), "owner_office"));
  if (request.owner_office() == state.owner_office()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  "this office owes it already")
        .Field("owner_office")
        .Mend("Nothing needs to be done. If another office was meant, name that one.");
  }
  v1::ActionItemEvent event;
  v1::Reassignment& change = *event.mutable_action_item_reassigned()->mutable_change();
  *change.mutable_on() = context.today;
  change.set_from_office(state.owner_office());
  change.set_to_office(request.owner_office());
  change.set_reason(context.reason);
  return {{std::move(event)}};
}

Decision ExtendActionItem(const v1::ExtendActionItemRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  if (!IsValid(request.due_date()) || Last(request.due_date()) <= Last(state.due_date())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_DUE_DATE_NOT_LATER,
                  fmt::format("it is due on {}", ToString(state.due_date())))
        .Field("due_date")
        .Mend("Give a later day.");
  }
  v1::ActionItemEvent event;
  v1::ActionItemExtended& extended = *event.mutable_action_item_extended();
  v1::Reassignment& change = *extended.mutable_change();
  *change.mutable_on() = context.today;
  *change.mutable_from_due_date() = state.due_date();
  *change.mutable_to_due_date() = request.due_date();
  change.set_reason(context.reason);
  extended.set_was_overdue(Before(state.due_date(), context.today));
  return {{std::move(event)}};
}

Decision DropActionItem(const v1::DropActionItemRequest& request, const State&,
                        const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  // Any carried motion will do: that it drops this action stands in its text.
  RETURN_IF_ERROR(
      CheckDecided(request.decision(), context, [](const auto&, const auto&) { return true; }));
  v1::ActionItemEvent event;
  *event.mutable_action_item_dropped()->mutable_decision() = request.decision();
  event.mutable_action_item_dropped()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

State ActionItem::Initial() { return {}; }

State ActionItem::Evolve(State state, const v1::ActionItemEvent& event) {
  using E = v1::ActionItemEvent;
  switch (event.event_case()) {
    case E::kActionItemOpened: {
      const v1::ActionItemOpened& opened = event.action_item_opened();
      state.set_title(opened.title());
      state.set_owner_office(opened.owner_office());
      *state.mutable_due_date() = opened.due_date();
      state.set_meeting(opened.meeting());
      state.set_agenda_item(opened.agenda_item());
      state.set_motion(opened.motion());
      break;
    }
    case E::kProgressReported:
      *state.add_progress() = event.progress_reported().note();
      break;
    case E::kActionItemCompleted:
      *state.mutable_evidence() = event.action_item_completed().evidence();
      *state.mutable_done_on() = event.action_item_completed().done_on();
      state.set_was_overdue(state.was_overdue() || event.action_item_completed().late());
      break;
    case E::kActionItemReturned:
      state.clear_evidence();
      state.clear_done_on();
      *state.mutable_due_date() = event.action_item_returned().due_date();
      break;
    case E::kActionItemReassigned:
      state.set_owner_office(event.action_item_reassigned().change().to_office());
      *state.add_changes() = event.action_item_reassigned().change();
      break;
    case E::kActionItemExtended:
      *state.mutable_due_date() = event.action_item_extended().change().to_due_date();
      *state.add_changes() = event.action_item_extended().change();
      state.set_was_overdue(state.was_overdue() || event.action_item_extended().was_overdue());
      break;
    case E::kActionItemDropped:
      *state.mutable_dropped_by() = event.action_item_dropped().decision();
      state.set_drop_reason(event.action_item_dropped().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& ActionItem::Traits() {
  static const KindTraits traits = {"action_item", "actionItems", "committee"};
  return traits;
}

const std::vector<CommandCase<ActionItem>>& ActionItem::Commands() {
  static const std::vector<CommandCase<ActionItem>> cases = {
      On(&OpenActionItem, {"ActionItemOpened"}),
      On(&ReportProgress, {"ProgressReported"}),
      On(&CompleteActionItem, {"ActionItemCompleted"}),
      On(&ReturnActionItem, {"ActionItemReturned"}),
      On(&ReassignActionItem, {"ActionItemReassigned"}),
      On(&ExtendActionItem, {"ActionItemExtended"}),
      On(&DropActionItem, {"ActionItemDropped"}),
  };
  return cases;
}

const std::vector<RoleCase<ActionItem>>& ActionItem::Roles() {
  static const std::vector<RoleCase<ActionItem>> roles = {
      SecretariatOfItsBody<ActionItem>(),
      PresiderOfItsBody<ActionItem>(),
      {"owner", "who acts in the office that owes it", &IsOwner},
  };
  return roles;
}

const std::vector<GuardCase<ActionItem>>& ActionItem::Guards() {
  static const std::vector<GuardCase<ActionItem>> guards = {
      {"progress-reported",
       "it has been said how it goes",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         if (!state.progress().empty()) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    api::v1::REASON_GUARD_NOT_MET, "no progress has been reported")
                                 .Mend("Report progress first."));
       }},
  };
  return guards;
}

}  // namespace kasundo::committees
