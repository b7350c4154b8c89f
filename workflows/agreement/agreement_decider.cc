#include "workflows/agreement/agreement_decider.h"

#include <algorithm>
#include <string>

#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/agreement/agreement_facts.h"
#include "workflows/agreement/statutory_gates.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"

namespace kasundo::agreements {
namespace {

using With = std::map<std::string, std::string>;

bool AnyParty(const AgreementState& state, const std::function<bool(const v1::Party&)>& is) {
  const auto parties = PartiesOf(state);
  return std::any_of(parties.begin(), parties.end(), [&](const auto* party) { return is(*party); });
}

bool HelpsAny(const AgreementState& state, const Context& context) {
  return AnyParty(state, [&](const v1::Party& party) {
    return std::any_of(
        party.helpers().begin(), party.helpers().end(), [&](const v1::Helper& helper) {
          return helper.office() == context.actor.office() && !context.actor.office().empty();
        });
  });
}

}  // namespace

AgreementState Agreement::Evolve(State state, const Event& event) {
  // Requirement 34: it is stalled since the latest of its events, in whatever order they are
  // entered.
  const bool earlier = event.entered_late() && state.has_last_event_on() &&
                       Before(event.on(), state.last_event_on());
  if (event.has_on() && !earlier) *state.mutable_last_event_on() = event.on();
  switch (event.event_case()) {
#define KASUNDO_APPLY(enumerator, field) \
  case Event::enumerator:                \
    Apply(event.field(), state);         \
    break
    KASUNDO_APPLY(kAgreementProposed, agreement_proposed);
    KASUNDO_APPLY(kAgreementRevived, agreement_revived);
    KASUNDO_APPLY(kAgreementDescribed, agreement_described);
    KASUNDO_APPLY(kInstrumentLinked, instrument_linked);
    KASUNDO_APPLY(kTargetDateSet, target_date_set);
    KASUNDO_APPLY(kPartyAdded, party_added);
    KASUNDO_APPLY(kPartyChanged, party_changed);
    KASUNDO_APPLY(kPartyRemoved, party_removed);
    KASUNDO_APPLY(kObjectivesStated, objectives_stated);
    KASUNDO_APPLY(kRoleSet, role_set);
    KASUNDO_APPLY(kParticipationAnswered, participation_answered);
    KASUNDO_APPLY(kHelperAppointed, helper_appointed);
    KASUNDO_APPLY(kHelperDismissed, helper_dismissed);
    KASUNDO_APPLY(kBrokerNamed, broker_named);
    KASUNDO_APPLY(kBrokerDismissed, broker_dismissed);
    KASUNDO_APPLY(kBrokerActed, broker_acted);
    KASUNDO_APPLY(kAnchorAdded, anchor_added);
    KASUNDO_APPLY(kMandatesSought, mandates_sought);
    KASUNDO_APPLY(kMandateAttached, mandate_attached);
    KASUNDO_APPLY(kMandateWithdrawn, mandate_withdrawn);
    KASUNDO_APPLY(kMandatesSecured, mandates_secured);
    KASUNDO_APPLY(kGateCleared, gate_cleared);
    KASUNDO_APPLY(kDraftingStarted, drafting_started);
    KASUNDO_APPLY(kArticleListed, article_listed);
    KASUNDO_APPLY(kLegalReviewStarted, legal_review_started);
    KASUNDO_APPLY(kDraftingResumed, drafting_resumed);
    KASUNDO_APPLY(kTextAgreed, text_agreed);
    KASUNDO_APPLY(kForceRuleSet, force_rule_set);
    KASUNDO_APPLY(kTermSet, term_set);
    KASUNDO_APPLY(kSigningScheduled, signing_scheduled);
    KASUNDO_APPLY(kAgreementSigned, agreement_signed);
    KASUNDO_APPLY(kSignaturesCompleted, signatures_completed);
    KASUNDO_APPLY(kEnteredIntoForce, entered_into_force);
    KASUNDO_APPLY(kReviewOpened, review_opened);
    KASUNDO_APPLY(kReviewClosed, review_closed);
    KASUNDO_APPLY(kRenewalConsented, renewal_consented);
    KASUNDO_APPLY(kRenewalConsentWithdrawn, renewal_consent_withdrawn);
    KASUNDO_APPLY(kAgreementRenewed, agreement_renewed);
    KASUNDO_APPLY(kAgreementSuspended, agreement_suspended);
    KASUNDO_APPLY(kAgreementResumed, agreement_resumed);
    KASUNDO_APPLY(kAgreementTerminated, agreement_terminated);
    KASUNDO_APPLY(kAmendmentProposed, amendment_proposed);
    KASUNDO_APPLY(kAmendmentConsented, amendment_consented);
    KASUNDO_APPLY(kAmendmentAdopted, amendment_adopted);
    KASUNDO_APPLY(kAmendmentWithdrawn, amendment_withdrawn);
    KASUNDO_APPLY(kPartyLeft, party_left);
    KASUNDO_APPLY(kAreaAdded, area_added);
    KASUNDO_APPLY(kAreaChanged, area_changed);
    KASUNDO_APPLY(kActivitySuspended, activity_suspended);
    KASUNDO_APPLY(kActivityResumed, activity_resumed);
    KASUNDO_APPLY(kDisputeRaised, dispute_raised);
    KASUNDO_APPLY(kDisputeSettled, dispute_settled);
    KASUNDO_APPLY(kPartnersMet, partners_met);
    KASUNDO_APPLY(kMeetingIntervalSet, meeting_interval_set);
    KASUNDO_APPLY(kAgreementFailed, agreement_failed);
    KASUNDO_APPLY(kAgreementExpired, agreement_expired);
    KASUNDO_APPLY(kObligationListed, obligation_listed);
    KASUNDO_APPLY(kTextWorkedOn, text_worked_on);
    KASUNDO_APPLY(kFundingSet, funding_set);
    KASUNDO_APPLY(kContributionRecorded, contribution_recorded);
    KASUNDO_APPLY(kPrivateEntryRecorded, private_entry_recorded);
    KASUNDO_APPLY(kAgreementPublished, agreement_published);
    KASUNDO_APPLY(kPublicationWithdrawn, publication_withdrawn);
    KASUNDO_APPLY(kResponsibleUnitNamed, responsible_unit_named);
#undef KASUNDO_APPLY
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Agreement::Traits() {
  static const KindTraits traits{"agreement", "agreements", ""};
  return traits;
}

const std::vector<CommandCase<Agreement>>& Agreement::Commands() {
  static const std::vector<CommandCase<Agreement>> cases = {
      On(&CreateAgreement,
         {"AgreementProposed", "InstrumentLinked", "PartyAdded", "BrokerNamed", "TargetDateSet"}),
      On(&ReviveAgreement, {"AgreementRevived"}),
      On(&DescribeAgreement, {"AgreementDescribed"}),
      On(&LinkInstrument, {"InstrumentLinked"}),
      On(&SetTargetSigningDate, {"TargetDateSet"}),
      On(&AddParty, {"PartyAdded"}),
      On(&ChangeParty, {"PartyChanged"}),
      On(&RemoveParty, {"PartyRemoved"}),
      On(&StateObjectives, {"ObjectivesStated"}),
      On(&SetPartyRole, {"RoleSet"}),
      On(&AnswerParticipation, {"ParticipationAnswered"}),
      On(&AppointHelper, {"HelperAppointed"}),
      On(&DismissHelper, {"HelperDismissed"}),
      On(&NameBroker, {"BrokerNamed"}),
      On(&DismissBroker, {"BrokerDismissed"}),
      On(&RecordBrokerAct, {"BrokerActed"}),
      On(&AddAnchor, {"AnchorAdded"}),
      On(&SeekMandates, {"MandatesSought", "MandatesSecured"}),
      On(&AttachMandate, {"MandateAttached", "MandatesSecured"}),
      On(&WithdrawMandate, {"MandateWithdrawn"}),
      On(&ClearGate, {"GateCleared"}),
      On(&StartDrafting, {"DraftingStarted"}),
      On(&StartLegalReview, {"LegalReviewStarted"}),
      On(&ResumeDrafting, {"DraftingResumed"}),
      On(&AgreeText, {"TextAgreed"}),
      On(&SetForceRule, {"ForceRuleSet"}),
      On(&SetTerm, {"TermSet"}),
      On(&ScheduleSigning, {"SigningScheduled"}),
      On(&SignAgreement, {"AgreementSigned", "SignaturesCompleted"}),
      On(&BringIntoForce, {"EnteredIntoForce"}),
      On(&OpenReview, {"ReviewOpened"}),
      On(&CloseReview, {"ReviewClosed"}),
      On(&ConsentToRenewal, {"RenewalConsented", "AgreementRenewed"}),
      On(&WithdrawRenewalConsent, {"RenewalConsentWithdrawn"}),
      On(&SuspendAgreement, {"AgreementSuspended"}),
      On(&ResumeAgreement, {"AgreementResumed"}),
      On(&TerminateAgreement, {"AgreementTerminated"}),
      On(&ExpireAgreement, {"AgreementExpired"}),
      On(&ProposeAmendment, {"AmendmentProposed"}),
      On(&ConsentToAmendment, {"AmendmentConsented", "AmendmentAdopted"}),
      On(&WithdrawAmendment, {"AmendmentWithdrawn"}),
      On(&LeaveAgreement, {"PartyLeft", "AgreementRenewed"}),
      On(&AddCooperationArea, {"AreaAdded"}),
      On(&ChangeCooperationArea, {"AreaChanged"}),
      On(&SuspendActivity, {"ActivitySuspended"}),
      On(&ResumeActivity, {"ActivityResumed"}),
      On(&RaiseDispute, {"DisputeRaised", "ActivitySuspended"}),
      On(&SettleDispute, {"DisputeSettled", "ActivityResumed"}),
      On(&RecordPartnerMeeting, {"PartnersMet"}),
      On(&SetMeetingInterval, {"MeetingIntervalSet"}),
      On(&SetFunding, {"FundingSet"}),
      On(&RecordContribution, {"ContributionRecorded"}),
      On(&RecordPrivateEntry, {"PrivateEntryRecorded"}),
      On(&NameResponsibleUnit, {"ResponsibleUnitNamed"}),
      On(&PublishAgreement, {"AgreementPublished"}),
      On(&WithdrawPublication, {"PublicationWithdrawn"}),
      On(&FailAgreement, {"AgreementFailed"}),
      // Sent by process managers.
      On(&ListArticle, {"ArticleListed"}),
      On(&NoteTextWork, {"TextWorkedOn"}),
      On(&ListObligation, {"ObligationListed"}),
  };
  return cases;
}

const std::vector<RoleCase<Agreement>>& Agreement::Roles() {
  static const std::vector<RoleCase<Agreement>> roles = {
      {"initiator", "who acts in any office and begins an agreement",
       [](const State& state, const Context& context) {
         return state.title().empty() && !context.actor.office().empty();
       }},
      {"party",
       "who acts in an office of a party: of its organisation, its signatory office, or the "
       "secretariat of its owning body",
       [](const State& state, const Context& context) {
         return AnyParty(state, [&](const v1::Party& party) { return IsOfParty(party, context); });
       }},
      {"owner", "who acts in the secretariat of a body that owns it for one side",
       [](const State& state, const Context& context) {
         return AnyParty(state, [&](const v1::Party& party) {
           return !party.owning_body().empty() &&
                  committees::IsSecretariatOfBody(context, party.owning_body());
         });
       }},
      {"signatory", "who acts in the signatory office of a party, as holder, deputy or delegate",
       [](const State& state, const Context& context) {
         const auto joins = [&](const v1::Amendment& amendment) {
           return amendment.has_joining() && !amendment.has_adopted_on() &&
                  amendment.joining().signatory_office() == context.actor.office();
         };
         return !context.actor.office().empty() &&
                (AnyParty(state,
                          [&](const v1::Party& party) {
                            return party.signatory_office() == context.actor.office();
                          }) ||
                 std::any_of(state.amendments().begin(), state.amendments().end(), joins));
       }},
      {"helper", "who acts in an office that a party lets act for it in some scope", &HelpsAny},
      {"broker", "who acts for a broker or facilitator",
       [](const State& state, const Context& context) {
         return BrokerOfActor(state, context) != nullptr;
       }},
  };
  return roles;
}

const std::vector<GuardCase<Agreement>>& Agreement::Guards() {
  static const std::vector<GuardCase<Agreement>> guards = {
      {"mandates-complete",
       "every party has attached its mandate",
       {},
       [](const State& state, const Context& context, const With&) {
         return CheckMandates(state, context);
       }},
      {"owning-bodies-named",
       "a standing body owns it on each side",
       {},
       [](const State& state, const Context& context, const With&) {
         return CheckOwningBodies(state, context);
       }},
      {"objectives-stated",
       "every party has stated objectives and time horizon",
       {},
       [](const State& state, const Context& context, const With&) {
         return CheckObjectives(state, context);
       }},
      {"role-cells-complete",
       "every party has filled role, responsibilities, budget effect and monitoring rule",
       {},
       [](const State& state, const Context& context, const With&) {
         return CheckRoleCells(state, context);
       }},
      {"participation-confirmed",
       "no party has to confirm, wants a change or drops out",
       {},
       [](const State& state, const Context& context, const With&) {
         return CheckConfirmations(state, context);
       }},
      {"gates-cleared",
       "the statutory gates before signing were passed in time for the signing",
       {},
       [](const State& state, const Context& context, const With&) {
         return CheckGatesCleared(state, kBeforeSigning, SigningDayOf(state, context.today),
                                  context);
       }},
      {"force-rule-met",
       "the signatures are there that the rule of coming into force demands",
       {},
       [](const State& state, const Context& context, const With&) {
         return CheckForceRule(state, context);
       }},
  };
  return guards;
}

}  // namespace kasundo::agreements
