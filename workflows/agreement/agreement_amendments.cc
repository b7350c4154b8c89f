// Changes of an agreement in force: dated new versions; parties that join and leave (requirement
// 30).
#include "fmt/format.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/agreement/frozen_text.h"
#include "workflows/agreement/signatories.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

absl::StatusOr<const v1::Amendment*> FindOpenOr(const AgreementState& state,
                                                std::string_view amendment_id) {
  const v1::Amendment* amendment = FindById(state.amendments(), amendment_id);
  if (amendment != nullptr && !amendment->withdrawn() && !amendment->has_adopted_on()) {
    return amendment;
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_AMENDMENT_NOT_FOUND,
                fmt::format("there is no open amendment \"{}\"", amendment_id))
      .Field("amendment_id")
      .Mend("Name the one that is open.");
}

// Who would join brings along what the others brought: mandate, filled cells, an office that signs.
absl::StatusOr<v1::Party> JoiningParty(const v1::Party& joining, const AgreementState& state,
                                       const Context& context) {
  ASSIGN_OR_RETURN(v1::Party party, NewParty(joining, state, "joining", context));
  RETURN_IF_ERROR(CheckRoleCells(party, context));
  AgreementState alone;
  *alone.add_parties() = party;
  RETURN_IF_ERROR(CheckMandates(alone, context));
  if (party.signatory_office().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SIGNATORY_MISSING,
                  fmt::format("nobody signs for {}", party.id()))
        .Field("joining.signatory_office")
        .Mend("Name the office that signs for the party.");
  }
  return party;
}

bool Consented(const v1::Amendment& amendment, const std::string& party_id) {
  return std::any_of(amendment.consents().begin(), amendment.consents().end(),
                     [&](const v1::Signature& signature) { return signature.party() == party_id; });
}

bool AllConsented(const v1::Amendment& amendment, const AgreementState& state) {
  const auto parties = PartiesOf(state);
  return std::all_of(parties.begin(), parties.end(),
                     [&](const v1::Party* party) { return Consented(amendment, party->id()); }) &&
         (!amendment.has_joining() || Consented(amendment, amendment.joining().id()));
}

}  // namespace

AgreementEvents ProposeAmendment(const v1::ProposeAmendmentRequest& request,
                                 const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(CheckId("amendment_id", request.amendment_id()));
  if (FindById(state.amendments(), request.amendment_id()) != nullptr) {
    return AlreadyThere("amendment_id",
                        fmt::format("\"{}\" is there already", request.amendment_id()));
  }
  RETURN_IF_ERROR(RefuseIfAmendmentOpen(state));
  RETURN_IF_ERROR(CheckHasArticles(state, context));
  ASSIGN_OR_RETURN(const v1::AgreedText* before, CurrentTextOr(state));
  v1::AgreementEvent event = NewEvent(context);
  v1::Amendment& amendment = *event.mutable_amendment_proposed()->mutable_amendment();
  amendment.set_id(request.amendment_id());
  amendment.set_note(request.note());
  const std::string& prevailing = request.prevailing_language().empty()
                                      ? before->prevailing_language()
                                      : request.prevailing_language();
  *amendment.mutable_text() = FreezeArticles(state, before->number() + 1, prevailing, context);
  amendment.mutable_text()->set_amendment_note(request.note());
  RETURN_IF_ERROR(CheckNotContested(state, amendment.text(), context));
  if (request.has_joining()) {
    ASSIGN_OR_RETURN(*amendment.mutable_joining(), JoiningParty(request.joining(), state, context));
  }
  *amendment.mutable_territories() = request.territories();
  *amendment.mutable_proposed_on() = context.today;
  if (!amendment.has_joining() && amendment.territories().empty() &&
      amendment.text().hash() == before->hash()) {
    return NothingToChange("the articles say what they said: no text, party or territory changes");
  }
  return {{std::move(event)}};
}

AgreementEvents ConsentToAmendment(const v1::ConsentToAmendmentRequest& request,
                                   const AgreementState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Amendment* amendment, FindOpenOr(state, request.amendment_id()));
  const v1::Party* party = nullptr;
  if (amendment->has_joining() && amendment->joining().id() == request.party_id()) {
    party = &amendment->joining();
  } else {
    ASSIGN_OR_RETURN(party, FindPartyOr(state, "party_id", request.party_id()));
  }
  if (Consented(*amendment, party->id())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SIGNED_ALREADY,
                  fmt::format("{} has consented", NameOfParty(*party, context)))
        .Field("party_id")
        .Mend("Nothing needs to be done. If another party was meant, name that one.");
  }
  ASSIGN_OR_RETURN(
      v1::Signature signature,
      SignatureOf(*party, amendment->text(),
                  {request.person(), request.authority(), request.text_hash()}, context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_amendment_consented()->set_amendment(amendment->id());
  *event.mutable_amendment_consented()->mutable_signature() = std::move(signature);
  const AgreementState after = Agreement::Evolve(state, event);
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  if (AllConsented(*FindById(after.amendments(), request.amendment_id()), after)) {
    v1::AgreementEvent adopted = NewEvent(context);
    v1::AmendmentAdopted& fact = *adopted.mutable_amendment_adopted();
    fact.set_amendment(amendment->id());
    *fact.mutable_text() = amendment->text();
    *fact.mutable_text()->mutable_date() = context.today;
    *fact.mutable_adopted_on() = context.today;
    events.push_back(std::move(adopted));
  }
  return events;
}

AgreementEvents WithdrawAmendment(const v1::WithdrawAmendmentRequest& request,
                                  const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Amendment* amendment, FindOpenOr(state, request.amendment_id()));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_amendment_withdrawn()->set_amendment(amendment->id());
  event.mutable_amendment_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents LeaveAgreement(const v1::LeaveAgreementRequest& request,
                               const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  RETURN_IF_ERROR(RefuseIfAmendmentOpen(state));
  if (PartiesOf(state).size() <= 2) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TOO_FEW_PARTIES,
                  fmt::format("without {} one party would be left", NameOfParty(*party, context)))
        .Mend("Terminate the agreement instead.");
  }
  ASSIGN_OR_RETURN(const v1::AgreedText* before, CurrentTextOr(state));
  v1::AgreementEvent event = NewEvent(context);
  v1::PartyLeft& left = *event.mutable_party_left();
  left.set_party(party->id());
  *left.mutable_left_on() = context.today;
  left.set_reason(context.reason);
  // Rule 30: a dated new version; the articles and all else stay what they are.
  *left.mutable_text() = *before;
  left.mutable_text()->set_number(before->number() + 1);
  *left.mutable_text()->mutable_date() = context.today;
  left.mutable_text()->set_amendment_note(fmt::format("{} left: {}", party->id(), context.reason));
  const AgreementState after = Agreement::Evolve(state, event);
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  // Rule 29: whose consent alone was missing is no party any more.
  RenewIfAllConsent(after, context, events);
  return events;
}

}  // namespace kasundo::agreements
