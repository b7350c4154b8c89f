// An agreement in force: its beginning, reviews, rest, renewal and end.
#include "fmt/format.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/agreement/statutory_gates.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

const v1::Amendment* OpenAmendment(const AgreementState& state) {
  for (const v1::Amendment& amendment : state.amendments()) {
    if (!amendment.withdrawn() && !amendment.has_adopted_on()) return &amendment;
  }
  return nullptr;
}

}  // namespace

absl::Status RefuseIfAmendmentOpen(const AgreementState& state) {
  const v1::Amendment* open = OpenAmendment(state);
  if (open == nullptr) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_AMENDMENT_OPEN,
                fmt::format("the amendment \"{}\" of {} is open with {} consents", open->id(),
                            ToString(open->proposed_on()), open->consents_size()))
      .Mend("Let all parties consent to it, or withdraw it.")
      .With("amendment", open->id());
}

void RenewIfAllConsent(const AgreementState& state, const Context& context,
                       std::vector<v1::AgreementEvent>& events) {
  const auto& consents = state.renewal_consents();
  if (consents.empty() || consents.size() < static_cast<int>(PartiesOf(state).size())) return;
  v1::AgreementEvent event = NewEvent(context);
  v1::Renewal& renewal = *event.mutable_agreement_renewed()->mutable_renewal();
  *renewal.mutable_on() = context.today;
  *renewal.mutable_from() = state.ends_on();
  *renewal.mutable_until() =
      FromDay(AddMonths(Last(state.ends_on()) + 1, consents[0].months()) - 1);
  *renewal.mutable_consents() = consents;
  events.push_back(std::move(event));
}

AgreementEvents BringIntoForce(const v1::BringIntoForceRequest&, const AgreementState& state,
                               const Context& context) {
  RETURN_IF_ERROR(CheckEnoughParties(state, context));
  // Rule 28: by the rule that was fixed before the first signature.
  RETURN_IF_ERROR(CheckForceRule(state, context));
  // Rule 26: every cell of every party.
  RETURN_IF_ERROR(CheckRoleCells(state, context));
  RETURN_IF_ERROR(CheckMandates(state, context));
  RETURN_IF_ERROR(
      CheckGatesCleared(state, kBeforeSigning, SigningDayOf(state, context.today), context));
  RETURN_IF_ERROR(CheckGatesCleared(state, kBeforeForce, context.today, context));
  v1::AgreementEvent event = NewEvent(context);
  v1::EnteredIntoForce& entered = *event.mutable_entered_into_force();
  *entered.mutable_in_force_on() = context.today;
  if (state.term().has_until()) {
    if (Before(state.term().until(), context.today)) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TERM_INVALID,
                    fmt::format("its term ended on {}", ToString(state.term().until())))
          .Mend("Begin a new agreement.");
    }
    *entered.mutable_ends_on() = state.term().until();
  } else if (state.term().months() > 0) {
    // Two years from 1 June end on 31 May.
    *entered.mutable_ends_on() =
        FromDay(AddMonths(First(context.today), state.term().months()) - 1);
  }
  return {{std::move(event)}};
}

AgreementEvents OpenReview(const v1::OpenReviewRequest&, const AgreementState&,
                           const Context& context) {
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_review_opened()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents CloseReview(const v1::CloseReviewRequest& request, const AgreementState& state,
                            const Context& context) {
  RETURN_IF_ERROR(RefuseIfAmendmentOpen(state));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_review_closed()->set_outcome(request.outcome());
  return {{std::move(event)}};
}

AgreementEvents ConsentToRenewal(const v1::ConsentToRenewalRequest& request,
                                 const AgreementState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  if (!IsSet(state.ends_on())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NO_TERM,
                  "it holds without end: there is nothing to renew")
        .Mend("Nothing needs to be done: it stays in force until somebody ends it.");
  }
  if (request.months() < 1 || request.months() > 1200) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TERM_INVALID,
                  fmt::format("{} months is no term", request.months()))
        .Field("months")
        .Mend("Give 1 to 1,200 months.");
  }
  for (const v1::RenewalConsent& consent : state.renewal_consents()) {
    if (consent.party() == party->id()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SIGNED_ALREADY,
                    fmt::format("{} consented on {} to {} months", party->id(),
                                ToString(consent.on()), consent.months()))
          .Field("party_id")
          .Mend("Withdraw the consent first if it is to be another length.");
    }
    if (consent.months() != request.months()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_RENEWAL_DIFFERS,
                    fmt::format("{} consented to {} months, not {}", consent.party(),
                                consent.months(), request.months()))
          .Field("months")
          .Mend("Agree on one length; who consented to another withdraws its consent.");
    }
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::RenewalConsent& consent = *event.mutable_renewal_consented()->mutable_consent();
  consent.set_party(party->id());
  consent.set_months(request.months());
  consent.set_office(context.actor.office());
  *consent.mutable_on() = context.today;
  const AgreementState after = Agreement::Evolve(state, event);
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  RenewIfAllConsent(after, context, events);
  return events;
}

AgreementEvents WithdrawRenewalConsent(const v1::WithdrawRenewalConsentRequest& request,
                                       const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  for (const v1::RenewalConsent& consent : state.renewal_consents()) {
    if (consent.party() != party->id()) continue;
    v1::AgreementEvent event = NewEvent(context);
    event.mutable_renewal_consent_withdrawn()->set_party(party->id());
    event.mutable_renewal_consent_withdrawn()->set_reason(context.reason);
    return {{std::move(event)}};
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_CONSENT_NOT_FOUND,
                fmt::format("{} has not consented", NameOfParty(*party, context)))
      .Field("party_id")
      .Mend("Nothing needs to be done. If another party was meant, name that one.");
}

AgreementEvents SuspendAgreement(const v1::SuspendAgreementRequest&, const AgreementState&,
                                 const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_agreement_suspended()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents ResumeAgreement(const v1::ResumeAgreementRequest&, const AgreementState&,
                                const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_agreement_resumed()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents TerminateAgreement(const v1::TerminateAgreementRequest&, const AgreementState&,
                                   const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_agreement_terminated()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents ExpireAgreement(const v1::ExpireAgreementRequest&, const AgreementState& state,
                                const Context& context) {
  if (!IsSet(state.ends_on()) || !Before(state.ends_on(), context.today)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TERM_NOT_OVER,
                  IsSet(state.ends_on())
                      ? fmt::format("it holds until {}", ToString(state.ends_on()))
                      : std::string("it holds without end"))
        .Mend("Terminate it if the parties want it to end.");
  }
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_agreement_expired()->mutable_ended_on() = state.ends_on();
  return {{std::move(event)}};
}

AgreementEvents FailAgreement(const v1::FailAgreementRequest& request, const AgreementState&,
                              const Context& context) {
  v1::AgreementEvent event = NewEvent(context);
  v1::Failure& failure = *event.mutable_agreement_failed()->mutable_failure();
  *failure.mutable_causes() = request.causes();
  failure.set_account(request.account());
  failure.set_lessons(request.lessons());
  *failure.mutable_on() = context.today;
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
