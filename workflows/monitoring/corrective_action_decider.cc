#include "workflows/monitoring/corrective_action_decider.h"

#include "fmt/format.h"
#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/monitoring/v1/monitoring_follow_ups.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/committee/follow_up_requests.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/usual_checks.h"
#include "workflows/monitoring/acting.h"
#include "workflows/monitoring/oversight.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using State = v1::CorrectiveActionState;
using Decision = absl::StatusOr<std::vector<v1::CorrectiveActionEvent>>;

// An action mends a finding that is still open, and comes of a session that was held on it.
absl::Status CheckFinding(const v1::OpenCorrectiveActionRequest& request, const Context& context) {
  const std::string_view name = ParentOf(context.instance);
  const RelatedInstance* found = context.Find(name);
  const auto* finding =
      found == nullptr ? nullptr : dynamic_cast<const v1::FindingState*>(found->state);
  if (finding == nullptr || found->lifecycle_state == "resolved" ||
      found->lifecycle_state == "dropped") {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_FINDING_CLOSED,
                  fmt::format("{} is not open", name))
        .Field("parent")
        .Mend("Reopen the finding first, or raise another.");
  }
  if (request.session() >= 0 && request.session() <= finding->sessions_size()) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_SESSION_NOT_FOUND,
                fmt::format("{} sessions were held on it, not {}", finding->sessions_size(),
                            request.session()))
      .Field("session")
      .Mend("Count its sessions from 1, or leave it out if it was agreed at none.");
}

Decision OpenCorrectiveAction(const v1::OpenCorrectiveActionRequest& request, const State&,
                              const Context& context) {
  RETURN_IF_ERROR(CheckFinding(request, context));
  if (Before(request.due_date(), context.today)) {
    return Refuse(
               absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
               fmt::format("it would be due before {}, when it is agreed", ToString(context.today)))
        .Field("due_date")
        .Mend("Give a later day.");
  }
  v1::CorrectiveActionEvent event;
  v1::CorrectiveActionOpened& opened = *event.mutable_corrective_action_opened();
  opened.set_title(request.title());
  opened.set_owner_office(request.owner_office());
  *opened.mutable_due_date() = request.due_date();
  opened.set_session(request.session());
  return {{std::move(event)}};
}

Decision CompleteCorrectiveAction(const v1::CompleteCorrectiveActionRequest& request,
                                  const State& state, const Context& context) {
  if (!ShowsSomething(request.evidence())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_EVIDENCE_NEEDED,
                  "what shows that it was done?")
        .Field("evidence")
        .Mend("Give a title, a document number or an address.");
  }
  v1::CorrectiveActionEvent event;
  v1::CorrectiveActionCompleted& completed = *event.mutable_corrective_action_completed();
  ASSIGN_OR_RETURN(*completed.mutable_done_by(),
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  *completed.mutable_evidence() = request.evidence();
  *completed.mutable_done_on() = request.has_done_on() ? request.done_on() : context.today;
  completed.set_late(Before(state.due_date(), completed.done_on()));
  return {{std::move(event)}};
}

Decision VerifyCorrectiveAction(const v1::VerifyCorrectiveActionRequest& request,
                                const State& state, const Context& context) {
  v1::CorrectiveActionEvent event;
  v1::CorrectiveActionVerified& verified = *event.mutable_corrective_action_verified();
  ASSIGN_OR_RETURN(*verified.mutable_verified_by(),
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  if (SameActor(verified.verified_by(), state.done_by()) ||
      (!verified.verified_by().office().empty() &&
       verified.verified_by().office() == state.owner_office())) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_DOER_CANNOT_VERIFY,
                  "who did it, as person or as office, cannot be the one who verifies it")
        .Mend("Let somebody else of the body verify it.");
  }
  *verified.mutable_on() = context.today;
  return {{std::move(event)}};
}

Decision ReturnCorrectiveAction(const v1::ReturnCorrectiveActionRequest&, const State&,
                                const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::CorrectiveActionEvent event;
  event.mutable_corrective_action_returned()->set_reason(context.reason);
  return {{std::move(event)}};
}

Decision ExtendCorrectiveAction(const v1::ExtendCorrectiveActionRequest& request,
                                const State& state, const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  if (Last(request.due_date()) <= Last(state.due_date())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("it is due on {}", ToString(state.due_date())))
        .Field("due_date")
        .Mend("Give a later day.");
  }
  v1::CorrectiveActionEvent event;
  v1::CorrectiveActionExtended& extended = *event.mutable_corrective_action_extended();
  *extended.mutable_due_date() = request.due_date();
  extended.set_reason(context.reason);
  extended.set_was_late(Before(state.due_date(), context.today));
  return {{std::move(event)}};
}

// Also of one that waits to be verified: if it is returned, an office must be there that owes it.
Decision ReassignCorrectiveAction(const v1::ReassignCorrectiveActionRequest& request,
                                  const State& state, const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  if (request.owner_office() == state.owner_office()) {
    return NothingToChange("this office owes it already");
  }
  v1::CorrectiveActionEvent event;
  v1::CorrectiveActionReassigned& reassigned = *event.mutable_corrective_action_reassigned();
  reassigned.set_from_office(state.owner_office());
  reassigned.set_to_office(request.owner_office());
  reassigned.set_reason(context.reason);
  return {{std::move(event)}};
}

Decision DropCorrectiveAction(const v1::DropCorrectiveActionRequest&, const State&,
                              const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::CorrectiveActionEvent event;
  event.mutable_corrective_action_dropped()->set_reason(context.reason);
  return {{std::move(event)}};
}

class Register final : public ProcessManager {
 public:
  std::string_view name() const override { return "corrective-action-register"; }

  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& /*related*/) const override {
    std::vector<FollowUp> follow_ups;
    const auto* event = dynamic_cast<const v1::CorrectiveActionEvent*>(&payload);
    if (event == nullptr) return follow_ups;
    const std::string finding(ParentOf(record.instance()));
    if (event->has_corrective_action_opened()) {
      committees::Send<v1::ListCorrectiveActionRequest>(finding, follow_ups)
          .set_corrective_action(record.instance());
    } else if (event->has_corrective_action_verified() || event->has_corrective_action_dropped()) {
      v1::ListedAction& action =
          *committees::Send<v1::SettleCorrectiveActionRequest>(finding, follow_ups)
               .mutable_action();
      action.set_corrective_action(record.instance());
      action.set_verified(event->has_corrective_action_verified());
      action.set_dropped(event->has_corrective_action_dropped());
    }
    return follow_ups;
  }
};

}  // namespace

State CorrectiveAction::Evolve(State state, const Event& event) {
  using E = v1::CorrectiveActionEvent;
  switch (event.event_case()) {
    case E::kCorrectiveActionOpened: {
      const v1::CorrectiveActionOpened& opened = event.corrective_action_opened();
      state.set_title(opened.title());
      state.set_owner_office(opened.owner_office());
      *state.mutable_due_date() = opened.due_date();
      state.set_session(opened.session());
      break;
    }
    case E::kCorrectiveActionCompleted: {
      const v1::CorrectiveActionCompleted& completed = event.corrective_action_completed();
      *state.mutable_evidence() = completed.evidence();
      *state.mutable_done_on() = completed.done_on();
      *state.mutable_done_by() = completed.done_by();
      state.set_was_late(state.was_late() || completed.late());
      break;
    }
    case E::kCorrectiveActionVerified:
      *state.mutable_verified_on() = event.corrective_action_verified().on();
      *state.mutable_verified_by() = event.corrective_action_verified().verified_by();
      break;
    case E::kCorrectiveActionReturned:
      state.clear_evidence();
      state.clear_done_on();
      state.clear_done_by();
      state.set_reason(event.corrective_action_returned().reason());
      break;
    case E::kCorrectiveActionExtended:
      *state.mutable_due_date() = event.corrective_action_extended().due_date();
      state.set_reason(event.corrective_action_extended().reason());
      state.set_was_late(state.was_late() || event.corrective_action_extended().was_late());
      break;
    case E::kCorrectiveActionReassigned:
      state.set_owner_office(event.corrective_action_reassigned().to_office());
      state.set_reason(event.corrective_action_reassigned().reason());
      break;
    case E::kCorrectiveActionDropped:
      state.set_reason(event.corrective_action_dropped().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& CorrectiveAction::Traits() {
  static const KindTraits traits{"corrective_action", "correctiveActions", "finding"};
  return traits;
}

const std::vector<CommandCase<CorrectiveAction>>& CorrectiveAction::Commands() {
  static const std::vector<CommandCase<CorrectiveAction>> cases = {
      On(&OpenCorrectiveAction, {"CorrectiveActionOpened"}),
      On(&CompleteCorrectiveAction, {"CorrectiveActionCompleted"}),
      On(&VerifyCorrectiveAction, {"CorrectiveActionVerified"}),
      On(&ReturnCorrectiveAction, {"CorrectiveActionReturned"}),
      On(&ExtendCorrectiveAction, {"CorrectiveActionExtended"}),
      On(&ReassignCorrectiveAction, {"CorrectiveActionReassigned"}),
      On(&DropCorrectiveAction, {"CorrectiveActionDropped"}),
  };
  return cases;
}

const std::vector<RoleCase<CorrectiveAction>>& CorrectiveAction::Roles() {
  static const std::vector<RoleCase<CorrectiveAction>> roles = {
      {"owner", "who acts in the office that owes it, or in its organisation",
       [](const State& state, const Context& context) {
         return ActsForOffice(context, state.owner_office());
       }},
      {"monitor", "who belongs to the body that monitors",
       [](const State&, const Context& context) {
         const auto* finding = context.Related<v1::FindingState>(ParentOf(context.instance));
         return finding != nullptr && BelongsTo(context, finding->raised().body());
       }},
  };
  return roles;
}

const std::vector<GuardCase<CorrectiveAction>>& CorrectiveAction::Guards() {
  static const std::vector<GuardCase<CorrectiveAction>> guards;
  return guards;
}

std::unique_ptr<ProcessManager> CorrectiveActionRegister() { return std::make_unique<Register>(); }

}  // namespace kasundo::monitoring
