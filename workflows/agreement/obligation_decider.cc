#include "workflows/agreement/obligation_decider.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/agreement/agreement_checks.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

using State = v1::ObligationState;
using Decision = absl::StatusOr<std::vector<v1::ObligationEvent>>;

const AgreementState* AgreementOf(const Context& context) {
  return context.Related<AgreementState>(ParentOf(context.instance));
}

// Why, in the caller's words; what follows of itself says it in its own.
absl::StatusOr<std::string> ReasonOr(std::string_view of_itself, const Context& context) {
  if (context.actor.system() && context.reason.empty()) return std::string(of_itself);
  RETURN_IF_ERROR(RequireReason(context));
  return context.reason;
}

Decision RecordObligation(const v1::RecordObligationRequest& request, const State&,
                          const Context& context) {
  const AgreementState* agreement = AgreementOf(context);
  if (agreement != nullptr) {
    RETURN_IF_ERROR(FindPartyOr(*agreement, "party_id", request.party_id()).status());
    const auto& articles = agreement->articles();
    if (std::find(articles.begin(), articles.end(), request.article()) == articles.end()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ARTICLE_NOT_IN_TEXT,
                    fmt::format("{} is no article of this agreement", request.article()))
          .Field("article")
          .Mend("Name an article of the agreement: an obligation rests on what was agreed.");
    }
    if (!request.activity().empty() &&
        FindById(agreement->areas(), request.activity()) == nullptr) {
      return Refuse(absl::StatusCode::kNotFound, v1::REASON_AREA_NOT_FOUND,
                    fmt::format("there is no activity \"{}\"", request.activity()))
          .Field("activity")
          .Mend("Name an activity of the agreement, or none.");
    }
  }
  v1::ObligationEvent event;
  v1::ObligationRecorded& recorded = *event.mutable_obligation_recorded();
  recorded.set_party(request.party_id());
  recorded.set_article(request.article());
  recorded.set_duty(request.duty());
  recorded.set_owner_office(request.owner_office());
  *recorded.mutable_due_date() = request.due_date();
  recorded.set_activity(request.activity());
  return {{std::move(event)}};
}

Decision CompleteObligation(const v1::CompleteObligationRequest& request, const State& state,
                            const Context& context) {
  if (request.evidence().title().empty() && request.evidence().document().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_EVIDENCE_NEEDED,
                  "what shows that it was done?")
        .Field("evidence")
        .Mend("Give a title, a document number or an address.");
  }
  v1::ObligationEvent event;
  v1::ObligationFulfilled& fulfilled = *event.mutable_obligation_fulfilled();
  *fulfilled.mutable_evidence() = request.evidence();
  *fulfilled.mutable_done_on() = request.has_done_on() ? request.done_on() : context.today;
  fulfilled.set_late(Before(state.due_date(), fulfilled.done_on()));
  return {{std::move(event)}};
}

Decision RestoreObligation(const v1::RestoreObligationRequest& request, const State& state,
                           const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::ObligationEvent event;
  event.mutable_obligation_reopened()->set_reason(context.reason);
  *event.mutable_obligation_reopened()->mutable_due_date() =
      request.has_due_date() ? request.due_date() : state.due_date();
  return {{std::move(event)}};
}

Decision SuspendObligation(const v1::SuspendObligationRequest&, const State&,
                           const Context& context) {
  ASSIGN_OR_RETURN(const std::string reason, ReasonOr("its activity rests", context));
  v1::ObligationEvent event;
  event.mutable_obligation_suspended()->set_reason(reason);
  return {{std::move(event)}};
}

Decision ResumeObligation(const v1::ResumeObligationRequest&, const State&,
                          const Context& context) {
  ASSIGN_OR_RETURN(const std::string reason, ReasonOr("its activity goes on", context));
  v1::ObligationEvent event;
  event.mutable_obligation_resumed()->set_reason(reason);
  return {{std::move(event)}};
}

Decision WithdrawObligation(const v1::WithdrawObligationRequest&, const State&,
                            const Context& context) {
  ASSIGN_OR_RETURN(const std::string reason, ReasonOr("its party left", context));
  v1::ObligationEvent event;
  event.mutable_obligation_withdrawn()->set_reason(reason);
  return {{std::move(event)}};
}

Decision ReassignObligation(const v1::ReassignObligationRequest& request, const State& state,
                            const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  if (request.owner_office() == state.owner_office()) {
    return NothingToChange("this office owes it already");
  }
  v1::ObligationEvent event;
  v1::ObligationChange& change = *event.mutable_obligation_reassigned()->mutable_change();
  *change.mutable_on() = context.today;
  change.set_from_office(state.owner_office());
  change.set_to_office(request.owner_office());
  change.set_reason(context.reason);
  return {{std::move(event)}};
}

Decision ExtendObligation(const v1::ExtendObligationRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  if (Last(request.due_date()) <= Last(state.due_date())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("it is due on {}", ToString(state.due_date())))
        .Field("due_date")
        .Mend("Give a later day.");
  }
  v1::ObligationEvent event;
  v1::ObligationExtended& extended = *event.mutable_obligation_extended();
  v1::ObligationChange& change = *extended.mutable_change();
  *change.mutable_on() = context.today;
  *change.mutable_from_due_date() = state.due_date();
  *change.mutable_to_due_date() = request.due_date();
  change.set_reason(context.reason);
  extended.set_was_late(Before(state.due_date(), context.today));
  return {{std::move(event)}};
}

// The party that owes it; nullptr if it left.
const v1::Party* DebtorOf(const State& state, const Context& context) {
  const AgreementState* agreement = AgreementOf(context);
  return agreement == nullptr ? nullptr : FindParty(*agreement, state.party());
}

}  // namespace

State Obligation::Evolve(State state, const Event& event) {
  using E = v1::ObligationEvent;
  switch (event.event_case()) {
    case E::kObligationRecorded: {
      const v1::ObligationRecorded& recorded = event.obligation_recorded();
      state.set_party(recorded.party());
      state.set_article(recorded.article());
      state.set_duty(recorded.duty());
      state.set_owner_office(recorded.owner_office());
      *state.mutable_due_date() = recorded.due_date();
      state.set_activity(recorded.activity());
      break;
    }
    case E::kObligationFulfilled:
      *state.mutable_evidence() = event.obligation_fulfilled().evidence();
      *state.mutable_done_on() = event.obligation_fulfilled().done_on();
      state.set_was_late(state.was_late() || event.obligation_fulfilled().late());
      state.clear_reason();
      break;
    case E::kObligationReopened:
      state.clear_evidence();
      state.clear_done_on();
      *state.mutable_due_date() = event.obligation_reopened().due_date();
      state.set_reason(event.obligation_reopened().reason());
      break;
    case E::kObligationSuspended:
      state.set_suspended(true);
      state.set_reason(event.obligation_suspended().reason());
      break;
    case E::kObligationResumed:
      state.clear_suspended();
      state.clear_reason();
      break;
    case E::kObligationWithdrawn:
      state.clear_suspended();
      state.set_withdrawn(true);
      state.set_reason(event.obligation_withdrawn().reason());
      break;
    case E::kObligationReassigned:
      state.set_owner_office(event.obligation_reassigned().change().to_office());
      *state.add_changes() = event.obligation_reassigned().change();
      break;
    case E::kObligationExtended:
      *state.mutable_due_date() = event.obligation_extended().change().to_due_date();
      *state.add_changes() = event.obligation_extended().change();
      state.set_was_late(state.was_late() || event.obligation_extended().was_late());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Obligation::Traits() {
  static const KindTraits traits{"obligation", "obligations", "agreement"};
  return traits;
}

const std::vector<CommandCase<Obligation>>& Obligation::Commands() {
  static const std::vector<CommandCase<Obligation>> cases = {
      On(&RecordObligation, {"ObligationRecorded"}),
      On(&CompleteObligation, {"ObligationFulfilled"}),
      On(&RestoreObligation, {"ObligationReopened"}),
      On(&SuspendObligation, {"ObligationSuspended"}),
      On(&ResumeObligation, {"ObligationResumed"}),
      On(&WithdrawObligation, {"ObligationWithdrawn"}),
      On(&ReassignObligation, {"ObligationReassigned"}),
      On(&ExtendObligation, {"ObligationExtended"}),
  };
  return cases;
}

const std::vector<RoleCase<Obligation>>& Obligation::Roles() {
  static const std::vector<RoleCase<Obligation>> roles = {
      {"owner", "who acts in the office that owes it",
       [](const State& state, const Context& context) {
         return !state.owner_office().empty() && state.owner_office() == context.actor.office();
       }},
      {"debtor", "who acts for the party that owes it, or helps it in the cooperation",
       [](const State& state, const Context& context) {
         const v1::Party* party = DebtorOf(state, context);
         return party != nullptr && ActsFor(*party, v1::HELPER_SCOPE_COOPERATION, context);
       }},
      {"counterpart",
       "who acts for another party of the agreement, or for any before it is recorded",
       [](const State& state, const Context& context) {
         const AgreementState* agreement = AgreementOf(context);
         if (agreement == nullptr) return false;
         const auto parties = PartiesOf(*agreement);
         return std::any_of(parties.begin(), parties.end(), [&](const v1::Party* party) {
           return party->id() != state.party() &&
                  ActsFor(*party, v1::HELPER_SCOPE_COOPERATION, context);
         });
       }},
  };
  return roles;
}

const std::vector<GuardCase<Obligation>>& Obligation::Guards() {
  static const std::vector<GuardCase<Obligation>> guards = {
      {"evidence-shown",
       "a document shows that it was done",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         if (!state.evidence().document().empty()) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    api::v1::REASON_GUARD_NOT_MET, "no document was shown")
                                 .Field("evidence.document")
                                 .Mend("Show a document first."));
       }},
  };
  return guards;
}

}  // namespace kasundo::agreements
