// What each event makes of an agreement's state: one Apply per event, called by Agreement::Evolve.
// None can refuse.
#pragma once

#include "kasundo/agreements/v1/agreements_events.pb.h"

namespace kasundo::agreements {

void Apply(const v1::AgreementProposed& event, v1::AgreementState& state);
void Apply(const v1::AgreementRevived& event, v1::AgreementState& state);
void Apply(const v1::AgreementDescribed& event, v1::AgreementState& state);
void Apply(const v1::InstrumentLinked& event, v1::AgreementState& state);
void Apply(const v1::TargetDateSet& event, v1::AgreementState& state);
void Apply(const v1::PartyAdded& event, v1::AgreementState& state);
void Apply(const v1::PartyChanged& event, v1::AgreementState& state);
void Apply(const v1::PartyRemoved& event, v1::AgreementState& state);
void Apply(const v1::ObjectivesStated& event, v1::AgreementState& state);
void Apply(const v1::RoleSet& event, v1::AgreementState& state);
void Apply(const v1::ParticipationAnswered& event, v1::AgreementState& state);
void Apply(const v1::HelperAppointed& event, v1::AgreementState& state);
void Apply(const v1::HelperDismissed& event, v1::AgreementState& state);
void Apply(const v1::BrokerNamed& event, v1::AgreementState& state);
void Apply(const v1::BrokerDismissed& event, v1::AgreementState& state);
void Apply(const v1::BrokerActed& event, v1::AgreementState& state);
void Apply(const v1::AnchorAdded& event, v1::AgreementState& state);
void Apply(const v1::MandatesSought& event, v1::AgreementState& state);
void Apply(const v1::MandateAttached& event, v1::AgreementState& state);
void Apply(const v1::MandateWithdrawn& event, v1::AgreementState& state);
void Apply(const v1::MandatesSecured& event, v1::AgreementState& state);
void Apply(const v1::GateCleared& event, v1::AgreementState& state);
void Apply(const v1::DraftingStarted& event, v1::AgreementState& state);
void Apply(const v1::ArticleListed& event, v1::AgreementState& state);
void Apply(const v1::LegalReviewStarted& event, v1::AgreementState& state);
void Apply(const v1::DraftingResumed& event, v1::AgreementState& state);
void Apply(const v1::TextAgreed& event, v1::AgreementState& state);
void Apply(const v1::ForceRuleSet& event, v1::AgreementState& state);
void Apply(const v1::TermSet& event, v1::AgreementState& state);
void Apply(const v1::SigningScheduled& event, v1::AgreementState& state);
void Apply(const v1::AgreementSigned& event, v1::AgreementState& state);
void Apply(const v1::SignaturesCompleted& event, v1::AgreementState& state);
void Apply(const v1::EnteredIntoForce& event, v1::AgreementState& state);
void Apply(const v1::ReviewOpened& event, v1::AgreementState& state);
void Apply(const v1::ReviewClosed& event, v1::AgreementState& state);
void Apply(const v1::RenewalConsented& event, v1::AgreementState& state);
void Apply(const v1::RenewalConsentWithdrawn& event, v1::AgreementState& state);
void Apply(const v1::AgreementRenewed& event, v1::AgreementState& state);
void Apply(const v1::AgreementSuspended& event, v1::AgreementState& state);
void Apply(const v1::AgreementResumed& event, v1::AgreementState& state);
void Apply(const v1::AgreementTerminated& event, v1::AgreementState& state);
void Apply(const v1::AmendmentProposed& event, v1::AgreementState& state);
void Apply(const v1::AmendmentConsented& event, v1::AgreementState& state);
void Apply(const v1::AmendmentAdopted& event, v1::AgreementState& state);
void Apply(const v1::AmendmentWithdrawn& event, v1::AgreementState& state);
void Apply(const v1::PartyLeft& event, v1::AgreementState& state);
void Apply(const v1::AreaAdded& event, v1::AgreementState& state);
void Apply(const v1::AreaChanged& event, v1::AgreementState& state);
void Apply(const v1::ActivitySuspended& event, v1::AgreementState& state);
void Apply(const v1::ActivityResumed& event, v1::AgreementState& state);
void Apply(const v1::DisputeRaised& event, v1::AgreementState& state);
void Apply(const v1::DisputeSettled& event, v1::AgreementState& state);
void Apply(const v1::PartnersMet& event, v1::AgreementState& state);
void Apply(const v1::MeetingIntervalSet& event, v1::AgreementState& state);
void Apply(const v1::AgreementFailed& event, v1::AgreementState& state);
void Apply(const v1::AgreementExpired& event, v1::AgreementState& state);
void Apply(const v1::ObligationListed& event, v1::AgreementState& state);
void Apply(const v1::TextWorkedOn& event, v1::AgreementState& state);
void Apply(const v1::FundingSet& event, v1::AgreementState& state);
void Apply(const v1::ContributionRecorded& event, v1::AgreementState& state);
void Apply(const v1::PrivateEntryRecorded& event, v1::AgreementState& state);
void Apply(const v1::AgreementPublished& event, v1::AgreementState& state);
void Apply(const v1::PublicationWithdrawn& event, v1::AgreementState& state);
void Apply(const v1::ResponsibleUnitNamed& event, v1::AgreementState& state);

}  // namespace kasundo::agreements
