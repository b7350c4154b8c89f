// The commands of an agreement by group; each group's file has what stands under its heading here.
// Decide functions are named after their requests. See agreement_decider.h.
#pragma once

#include "absl/time/civil_time.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "kasundo/agreements/v1/agreements_follow_ups.pb.h"
#include "kasundo/agreements/v1/agreements_requests.pb.h"
#include "workflows/agreement/agreement_checks.h"
#include "workflows/agreement/agreement_decider.h"
#include "workflows/agreement/readiness.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

// --- agreement_identity.cc: beginning, name, links, target date ---

AgreementEvents CreateAgreement(const v1::CreateAgreementRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents ReviveAgreement(const v1::ReviveAgreementRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents DescribeAgreement(const v1::DescribeAgreementRequest& request,
                                  const AgreementState& state, const Context& context);
AgreementEvents LinkInstrument(const v1::LinkInstrumentRequest& request,
                               const AgreementState& state, const Context& context);
AgreementEvents SetTargetSigningDate(const v1::SetTargetSigningDateRequest& request,
                                     const AgreementState& state, const Context& context);

// A change of the planned day, by the caller, today.
v1::TargetSlip SlipOf(const CivilDate& from, const CivilDate& to, const Context& context);

// --- agreement_parties.cc: parties, their objectives, roles, confirmations and helpers ---

AgreementEvents AddParty(const v1::AddPartyRequest& request, const AgreementState& state,
                         const Context& context);
AgreementEvents ChangeParty(const v1::ChangePartyRequest& request, const AgreementState& state,
                            const Context& context);
AgreementEvents RemoveParty(const v1::RemovePartyRequest& request, const AgreementState& state,
                            const Context& context);
AgreementEvents StateObjectives(const v1::StateObjectivesRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents SetPartyRole(const v1::SetPartyRoleRequest& request, const AgreementState& state,
                             const Context& context);
AgreementEvents AnswerParticipation(const v1::AnswerParticipationRequest& request,
                                    const AgreementState& state, const Context& context);
AgreementEvents AppointHelper(const v1::AppointHelperRequest& request, const AgreementState& state,
                              const Context& context);
AgreementEvents DismissHelper(const v1::DismissHelperRequest& request, const AgreementState& state,
                              const Context& context);

// MANDATE_INCOMPLETE, RESOLUTION_NOT_ADOPTED.
absl::Status CheckMandate(std::string_view field, std::string_view party_id,
                          const v1::Mandate& mandate, const Context& context);

// The party as it may be added, without what only events fill. ID_INVALID, ALREADY_THERE,
// OWNER_NOT_A_BODY, BROKER_IS_A_PARTY and what CheckMandate answers.
absl::StatusOr<v1::Party> NewParty(const v1::Party& party, const AgreementState& state,
                                   std::string_view field, const Context& context);

// --- agreement_partners.cc: brokers, co-owners outside politics, meetings of partners ---

AgreementEvents NameBroker(const v1::NameBrokerRequest& request, const AgreementState& state,
                           const Context& context);
AgreementEvents DismissBroker(const v1::DismissBrokerRequest& request, const AgreementState& state,
                              const Context& context);
AgreementEvents RecordBrokerAct(const v1::RecordBrokerActRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents AddAnchor(const v1::AddAnchorRequest& request, const AgreementState& state,
                          const Context& context);
AgreementEvents RecordPartnerMeeting(const v1::RecordPartnerMeetingRequest& request,
                                     const AgreementState& state, const Context& context);
AgreementEvents SetMeetingInterval(const v1::SetMeetingIntervalRequest& request,
                                   const AgreementState& state, const Context& context);

// ID_INVALID, ALREADY_THERE, BROKER_IS_A_PARTY.
absl::Status CheckBroker(const v1::Broker& broker, const AgreementState& state,
                         std::string_view field);

// The same day some months later, or the last of that month.
absl::CivilDay AddMonths(absl::CivilDay day, int months);

// --- agreement_mandates.cc: mandates and statutory gates ---

AgreementEvents SeekMandates(const v1::SeekMandatesRequest& request, const AgreementState& state,
                             const Context& context);
AgreementEvents AttachMandate(const v1::AttachMandateRequest& request, const AgreementState& state,
                              const Context& context);
AgreementEvents WithdrawMandate(const v1::WithdrawMandateRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents ClearGate(const v1::ClearGateRequest& request, const AgreementState& state,
                          const Context& context);

// --- agreement_drafting.cc: from the first draft to the agreed text ---

AgreementEvents StartDrafting(const v1::StartDraftingRequest& request, const AgreementState& state,
                              const Context& context);
AgreementEvents ListArticle(const v1::ListArticleRequest& request, const AgreementState& state,
                            const Context& context);
AgreementEvents NoteTextWork(const v1::NoteTextWorkRequest& request, const AgreementState& state,
                             const Context& context);
AgreementEvents StartLegalReview(const v1::StartLegalReviewRequest& request,
                                 const AgreementState& state, const Context& context);
AgreementEvents ResumeDrafting(const v1::ResumeDraftingRequest& request,
                               const AgreementState& state, const Context& context);
AgreementEvents AgreeText(const v1::AgreeTextRequest& request, const AgreementState& state,
                          const Context& context);

// --- agreement_signing.cc: rule, term, day and signatures ---

AgreementEvents SetForceRule(const v1::SetForceRuleRequest& request, const AgreementState& state,
                             const Context& context);
AgreementEvents SetTerm(const v1::SetTermRequest& request, const AgreementState& state,
                        const Context& context);
AgreementEvents ScheduleSigning(const v1::ScheduleSigningRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents SignAgreement(const v1::SignAgreementRequest& request, const AgreementState& state,
                              const Context& context);

// --- agreement_force.cc: in force, reviewed, renewed, at rest, at its end ---

AgreementEvents BringIntoForce(const v1::BringIntoForceRequest& request,
                               const AgreementState& state, const Context& context);
AgreementEvents OpenReview(const v1::OpenReviewRequest& request, const AgreementState& state,
                           const Context& context);
AgreementEvents CloseReview(const v1::CloseReviewRequest& request, const AgreementState& state,
                            const Context& context);
AgreementEvents ConsentToRenewal(const v1::ConsentToRenewalRequest& request,
                                 const AgreementState& state, const Context& context);
AgreementEvents WithdrawRenewalConsent(const v1::WithdrawRenewalConsentRequest& request,
                                       const AgreementState& state, const Context& context);
AgreementEvents SuspendAgreement(const v1::SuspendAgreementRequest& request,
                                 const AgreementState& state, const Context& context);
AgreementEvents ResumeAgreement(const v1::ResumeAgreementRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents TerminateAgreement(const v1::TerminateAgreementRequest& request,
                                   const AgreementState& state, const Context& context);
AgreementEvents ExpireAgreement(const v1::ExpireAgreementRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents FailAgreement(const v1::FailAgreementRequest& request, const AgreementState& state,
                              const Context& context);

// Adds the renewal if every party of `state` has consented to it (requirement 29).
void RenewIfAllConsent(const AgreementState& state, const Context& context,
                       std::vector<v1::AgreementEvent>& events);

// AMENDMENT_OPEN.
absl::Status RefuseIfAmendmentOpen(const AgreementState& state);

// --- agreement_records.cc: funding, contributions, private tracks, publication ---

AgreementEvents SetFunding(const v1::SetFundingRequest& request, const AgreementState& state,
                           const Context& context);
AgreementEvents RecordContribution(const v1::RecordContributionRequest& request,
                                   const AgreementState& state, const Context& context);
AgreementEvents RecordPrivateEntry(const v1::RecordPrivateEntryRequest& request,
                                   const AgreementState& state, const Context& context);
AgreementEvents NameResponsibleUnit(const v1::NameResponsibleUnitRequest& request,
                                    const AgreementState& state, const Context& context);
AgreementEvents PublishAgreement(const v1::PublishAgreementRequest& request,
                                 const AgreementState& state, const Context& context);
AgreementEvents WithdrawPublication(const v1::WithdrawPublicationRequest& request,
                                    const AgreementState& state, const Context& context);

// --- agreement_amendments.cc: changes in force, parties that join and leave ---

AgreementEvents ProposeAmendment(const v1::ProposeAmendmentRequest& request,
                                 const AgreementState& state, const Context& context);
AgreementEvents ConsentToAmendment(const v1::ConsentToAmendmentRequest& request,
                                   const AgreementState& state, const Context& context);
AgreementEvents WithdrawAmendment(const v1::WithdrawAmendmentRequest& request,
                                  const AgreementState& state, const Context& context);
AgreementEvents LeaveAgreement(const v1::LeaveAgreementRequest& request,
                               const AgreementState& state, const Context& context);

// --- agreement_areas.cc: areas, activities, disputes, the list of obligations ---

AgreementEvents AddCooperationArea(const v1::AddCooperationAreaRequest& request,
                                   const AgreementState& state, const Context& context);
AgreementEvents ChangeCooperationArea(const v1::ChangeCooperationAreaRequest& request,
                                      const AgreementState& state, const Context& context);
AgreementEvents SuspendActivity(const v1::SuspendActivityRequest& request,
                                const AgreementState& state, const Context& context);
AgreementEvents ResumeActivity(const v1::ResumeActivityRequest& request,
                               const AgreementState& state, const Context& context);
AgreementEvents RaiseDispute(const v1::RaiseDisputeRequest& request, const AgreementState& state,
                             const Context& context);
AgreementEvents SettleDispute(const v1::SettleDisputeRequest& request, const AgreementState& state,
                              const Context& context);
AgreementEvents ListObligation(const v1::ListObligationRequest& request,
                               const AgreementState& state, const Context& context);

}  // namespace kasundo::agreements
