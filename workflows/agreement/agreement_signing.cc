// The signing: the rule of coming into force, the term, the day, the signatures.
#include <set>

#include "fmt/format.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/agreement/signatories.h"
#include "workflows/agreement/statutory_gates.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

absl::Status InvalidRule(std::string message, std::string_view field) {
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FORCE_RULE_INVALID,
                std::move(message))
      .Field(field)
      .Mend("Take ALL, PAIRWISE, or QUORUM with a number of parties from 2 to all of them.");
}

absl::Status RefuseIfSigned(const AgreementState& state) {
  if (!IsSigned(state)) return absl::OkStatus();
  const v1::Signature& first = state.signatures(0);
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_FORCE_RULE_FIXED,
                fmt::format("it is fixed since the first signature, of {} on {}", first.party(),
                            ToString(first.signed_on())))
      .Mend("Change it by an amendment when the agreement is in force.");
}

}  // namespace

AgreementEvents SetForceRule(const v1::SetForceRuleRequest& request, const AgreementState& state,
                             const Context& context) {
  // Rule 28: fixed before the first signature.
  RETURN_IF_ERROR(RefuseIfSigned(state));
  const v1::ForceRule& rule = request.rule();
  const bool quorum = rule.kind() == v1::FORCE_RULE_KIND_QUORUM;
  if (rule.kind() == v1::FORCE_RULE_KIND_UNSPECIFIED) {
    return InvalidRule("the rule says no kind", "rule.kind");
  }
  if (quorum != (rule.quorum() != 0) || (!quorum && !rule.required_parties().empty())) {
    return InvalidRule("a number and names of parties belong to a quorum, and only to that",
                       "rule.quorum");
  }
  const auto parties = static_cast<int>(PartiesOf(state).size());
  if (quorum && (rule.quorum() < 2 || rule.quorum() > parties)) {
    return InvalidRule(fmt::format("a quorum of {} of {} parties", rule.quorum(), parties),
                       "rule.quorum");
  }
  std::set<std::string> named;
  for (const std::string& party_id : rule.required_parties()) {
    RETURN_IF_ERROR(FindPartyOr(state, "rule.required_parties", party_id).status());
    if (!named.insert(party_id).second) {
      return InvalidRule(fmt::format("{} is named twice", party_id), "rule.required_parties");
    }
  }
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_force_rule_set()->mutable_rule() = rule;
  return {{std::move(event)}};
}

AgreementEvents SetTerm(const v1::SetTermRequest& request, const AgreementState& state,
                        const Context& context) {
  RETURN_IF_ERROR(RefuseIfSigned(state));
  const v1::Term& term = request.term();
  if (term.months() < 0 || term.months() > 1200 || (term.months() > 0 && term.has_until()) ||
      (term.has_until() && !Before(context.today, term.until()))) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TERM_INVALID,
                  "a term is a number of months to 1,200, or a last day to come, not both")
        .Field("term")
        .Mend("Give months or until; neither for an agreement without end.");
  }
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_term_set()->mutable_term() = term;
  return {{std::move(event)}};
}

AgreementEvents ScheduleSigning(const v1::ScheduleSigningRequest& request,
                                const AgreementState& state, const Context& context) {
  const CivilDate& day = request.signing_date();
  if (Before(day, context.today)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("{} is over", ToString(day)))
        .Field("signing_date")
        .Mend("Give a day that is still to come.");
  }
  RETURN_IF_ERROR(CheckEnoughParties(state, context));
  // Rule 24: not until every party has attached its mandate.
  RETURN_IF_ERROR(CheckMandates(state, context));
  RETURN_IF_ERROR(CheckConfirmations(state, context));
  if (state.force_rule().kind() == v1::FORCE_RULE_KIND_UNSPECIFIED) {
    RETURN_IF_ERROR(CheckForceRule(state, context));
  }
  RETURN_IF_ERROR(CheckSignatories(state, day, context));
  RETURN_IF_ERROR(CheckGatesReachable(state, kBeforeSigning, day, context));
  RETURN_IF_ERROR(CheckAnchor(state, context));
  v1::AgreementEvent event = NewEvent(context);
  v1::SigningScheduled& scheduled = *event.mutable_signing_scheduled();
  *scheduled.mutable_signing_date() = day;
  scheduled.set_place(request.place());
  const CivilDate& planned =
      IsSet(state.signing_date()) ? state.signing_date() : state.target_signing_date();
  if (IsSet(planned) && First(day) > Last(planned)) {
    // Rule 34: each slip needs a reason and an actor.
    RETURN_IF_ERROR(RequireReason(context));
    *scheduled.mutable_slip() = SlipOf(planned, day, context);
  }
  return {{std::move(event)}};
}

AgreementEvents SignAgreement(const v1::SignAgreementRequest& request, const AgreementState& state,
                              const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, FindPartyOr(state, "party_id", request.party_id()));
  if (HasSigned(state, *party)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SIGNED_ALREADY,
                  fmt::format("{} has signed", NameOfParty(*party, context)))
        .Field("party_id")
        .Mend("Nothing needs to be done. If another party was meant, name that one.");
  }
  ASSIGN_OR_RETURN(const v1::AgreedText* text, CurrentTextOr(state));
  if (Before(context.today, state.signing_date())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SIGNING_TOO_EARLY,
                  fmt::format("the signing is on {}", ToString(state.signing_date())))
        .Mend("Sign on that day or later, or move the signing with ScheduleSigning.")
        .With("signing_date", ToString(state.signing_date()));
  }
  RETURN_IF_ERROR(CheckMandates(state, context));
  RETURN_IF_ERROR(CheckGatesCleared(state, kBeforeSigning, context.today, context));
  RETURN_IF_ERROR(CheckConfirmations(state, context));
  // Rule 27: a contested clause blocks signature.
  RETURN_IF_ERROR(CheckNotContested(state, *text, context));
  ASSIGN_OR_RETURN(
      v1::Signature signature,
      SignatureOf(*party, *text, {request.person(), request.authority(), request.text_hash()},
                  context));
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_agreement_signed()->mutable_signature() = std::move(signature);
  const AgreementState after = Agreement::Evolve(state, event);
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  const auto parties = PartiesOf(after);
  if (std::all_of(parties.begin(), parties.end(),
                  [&](const v1::Party* each) { return HasSigned(after, *each); })) {
    events.push_back(NewEvent(context));
    events.back().mutable_signatures_completed();
  }
  return events;
}

}  // namespace kasundo::agreements
