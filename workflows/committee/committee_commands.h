// The commands and events of a body by group; each group's file has what stands under its heading
// here. Decide functions are named after their requests, Apply takes one event each. See
// committee_decider.h.
#pragma once

#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/committees_follow_ups.pb.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_checks.h"
#include "workflows/engine/context.h"

namespace kasundo::committees {

using v1::CommitteeState;

// --- committee_identity.cc: What a body is: founding, names, forms, nesting, legal documents,
// functions, rest and end. ---

CommitteeEvents EstablishCommittee(const v1::EstablishCommitteeRequest& request,
                                   const CommitteeState& state, const Context& context);
CommitteeEvents RenameCommittee(const v1::RenameCommitteeRequest& request,
                                const CommitteeState& state, const Context& context);
CommitteeEvents ChangeForm(const v1::ChangeFormRequest& request, const CommitteeState& state,
                           const Context& context);
CommitteeEvents MoveCommittee(const v1::MoveCommitteeRequest& request, const CommitteeState& state,
                              const Context& context);
CommitteeEvents LinkLegalBasis(const v1::LinkLegalBasisRequest& request,
                               const CommitteeState& state, const Context& context);
CommitteeEvents RepealLegalBasis(const v1::RepealLegalBasisRequest& request,
                                 const CommitteeState& state, const Context& context);
CommitteeEvents SetFunctions(const v1::SetFunctionsRequest& request, const CommitteeState& state,
                             const Context& context);
CommitteeEvents SuspendCommittee(const v1::SuspendCommitteeRequest& request,
                                 const CommitteeState& state, const Context& context);
CommitteeEvents ResumeCommittee(const v1::ResumeCommitteeRequest& request,
                                const CommitteeState& state, const Context& context);
CommitteeEvents CloseCommittee(const v1::CloseCommitteeRequest& request,
                               const CommitteeState& state, const Context& context);
void Apply(const v1::CommitteeEstablished& event, CommitteeState& state);
void Apply(const v1::CommitteeRenamed& event, CommitteeState& state);
void Apply(const v1::FormChanged& event, CommitteeState& state);
void Apply(const v1::CommitteeMoved& event, CommitteeState& state);
void Apply(const v1::LegalBasisLinked& event, CommitteeState& state);
void Apply(const v1::LegalBasisRepealed& event, CommitteeState& state);
void Apply(const v1::FunctionsSet& event, CommitteeState& state);
void Apply(const v1::CommitteeSuspended& event, CommitteeState& state);
void Apply(const v1::CommitteeResumed& event, CommitteeState& state);
void Apply(const v1::CommitteeClosed& event, CommitteeState& state);

// --- committee_rules.cc: How a body is led, meets and decides, and who must sit in it. ---

CommitteeEvents SetLeadership(const v1::SetLeadershipRequest& request, const CommitteeState& state,
                              const Context& context);
CommitteeEvents SetCadence(const v1::SetCadenceRequest& request, const CommitteeState& state,
                           const Context& context);
CommitteeEvents SetHouseRules(const v1::SetHouseRulesRequest& request, const CommitteeState& state,
                              const Context& context);
CommitteeEvents SetCompositionRules(const v1::SetCompositionRulesRequest& request,
                                    const CommitteeState& state, const Context& context);
void Apply(const v1::LeadershipSet& event, CommitteeState& state);
void Apply(const v1::CadenceSet& event, CommitteeState& state);
void Apply(const v1::HouseRulesSet& event, CommitteeState& state);
void Apply(const v1::CompositionRulesSet& event, CommitteeState& state);
void Apply(const v1::CompositionChecked& event, CommitteeState& state);

// --- committee_seats.cc: Seats, who holds them, who may stand in. ---

CommitteeEvents AddSeat(const v1::AddSeatRequest& request, const CommitteeState& state,
                        const Context& context);
CommitteeEvents ChangeSeat(const v1::ChangeSeatRequest& request, const CommitteeState& state,
                           const Context& context);
CommitteeEvents EndSeat(const v1::EndSeatRequest& request, const CommitteeState& state,
                        const Context& context);
CommitteeEvents FillSeat(const v1::FillSeatRequest& request, const CommitteeState& state,
                         const Context& context);
CommitteeEvents VacateSeat(const v1::VacateSeatRequest& request, const CommitteeState& state,
                           const Context& context);
CommitteeEvents HoldOverSeat(const v1::HoldOverSeatRequest& request, const CommitteeState& state,
                             const Context& context);
CommitteeEvents RecordStandInAuthority(const v1::RecordStandInAuthorityRequest& request,
                                       const CommitteeState& state, const Context& context);
CommitteeEvents RevokeStandInAuthority(const v1::RevokeStandInAuthorityRequest& request,
                                       const CommitteeState& state, const Context& context);
void Apply(const v1::SeatAdded& event, CommitteeState& state);
void Apply(const v1::SeatChanged& event, CommitteeState& state);
void Apply(const v1::SeatEnded& event, CommitteeState& state);
void Apply(const v1::SeatFilled& event, CommitteeState& state);
void Apply(const v1::SeatVacated& event, CommitteeState& state);
void Apply(const v1::SeatHeldOver& event, CommitteeState& state);
void Apply(const v1::StandInAuthorised& event, CommitteeState& state);
void Apply(const v1::StandInAuthorityRevoked& event, CommitteeState& state);

// --- committee_offices.cc: Officers and secretariats. ---

CommitteeEvents AppointOfficer(const v1::AppointOfficerRequest& request,
                               const CommitteeState& state, const Context& context);
CommitteeEvents RelieveOfficer(const v1::RelieveOfficerRequest& request,
                               const CommitteeState& state, const Context& context);
CommitteeEvents AssignSecretariat(const v1::AssignSecretariatRequest& request,
                                  const CommitteeState& state, const Context& context);
void Apply(const v1::OfficerAppointed& event, CommitteeState& state);
void Apply(const v1::OfficerRelieved& event, CommitteeState& state);
void Apply(const v1::SecretariatAssigned& event, CommitteeState& state);

// --- committee_areas.cc: Thematic areas, volunteers, accredited organisations: the breadth of a
// body. ---

CommitteeEvents AddArea(const v1::AddAreaRequest& request, const CommitteeState& state,
                        const Context& context);
CommitteeEvents ChangeArea(const v1::ChangeAreaRequest& request, const CommitteeState& state,
                           const Context& context);
CommitteeEvents EndArea(const v1::EndAreaRequest& request, const CommitteeState& state,
                        const Context& context);
CommitteeEvents FileAreaDocument(const v1::FileAreaDocumentRequest& request,
                                 const CommitteeState& state, const Context& context);
CommitteeEvents ReferMatter(const v1::ReferMatterRequest& request, const CommitteeState& state,
                            const Context& context);
CommitteeEvents RegisterVolunteer(const v1::RegisterVolunteerRequest& request,
                                  const CommitteeState& state, const Context& context);
CommitteeEvents ChangeVolunteer(const v1::ChangeVolunteerRequest& request,
                                const CommitteeState& state, const Context& context);
CommitteeEvents ReleaseVolunteer(const v1::ReleaseVolunteerRequest& request,
                                 const CommitteeState& state, const Context& context);
CommitteeEvents AccreditOrganisation(const v1::AccreditOrganisationRequest& request,
                                     const CommitteeState& state, const Context& context);
CommitteeEvents EndAccreditation(const v1::EndAccreditationRequest& request,
                                 const CommitteeState& state, const Context& context);
void Apply(const v1::AreaAdded& event, CommitteeState& state);
void Apply(const v1::AreaChanged& event, CommitteeState& state);
void Apply(const v1::AreaEnded& event, CommitteeState& state);
void Apply(const v1::AreaDocumentFiled& event, CommitteeState& state);
void Apply(const v1::MatterReferred& event, CommitteeState& state);
void Apply(const v1::VolunteerRegistered& event, CommitteeState& state);
void Apply(const v1::VolunteerChanged& event, CommitteeState& state);
void Apply(const v1::VolunteerReleased& event, CommitteeState& state);
void Apply(const v1::OrganisationAccredited& event, CommitteeState& state);
void Apply(const v1::AccreditationEnded& event, CommitteeState& state);

// --- committee_registers.cc: What a body keeps in order: nested bodies, meeting series,
// resolutions, open matters, recommendations. ---

CommitteeEvents GenerateMeetingSeries(const v1::GenerateMeetingSeriesRequest& request,
                                      const CommitteeState& state, const Context& context);
CommitteeEvents ListChildBody(const v1::ListChildBodyRequest& request, const CommitteeState& state,
                              const Context& context);
CommitteeEvents DelistChildBody(const v1::DelistChildBodyRequest& request,
                                const CommitteeState& state, const Context& context);
CommitteeEvents RegisterResolution(const v1::RegisterResolutionRequest& request,
                                   const CommitteeState& state, const Context& context);
CommitteeEvents ListMatter(const v1::ListMatterRequest& request, const CommitteeState& state,
                           const Context& context);
CommitteeEvents DelistMatter(const v1::DelistMatterRequest& request, const CommitteeState& state,
                             const Context& context);
CommitteeEvents ListRecommendation(const v1::ListRecommendationRequest& request,
                                   const CommitteeState& state, const Context& context);
CommitteeEvents DelistRecommendation(const v1::DelistRecommendationRequest& request,
                                     const CommitteeState& state, const Context& context);
CommitteeEvents RecordMeetingHeld(const v1::RecordMeetingHeldRequest& request,
                                  const CommitteeState& state, const Context& context);
CommitteeEvents FlagMissedMeeting(const v1::FlagMissedMeetingRequest& request,
                                  const CommitteeState& state, const Context& context);
void Apply(const v1::ChildBodyListed& event, CommitteeState& state);
void Apply(const v1::ChildBodyDelisted& event, CommitteeState& state);
void Apply(const v1::MeetingSeriesGenerated& event, CommitteeState& state);
void Apply(const v1::PlannedMeetingHeld& event, CommitteeState& state);
void Apply(const v1::PlannedMeetingMissed& event, CommitteeState& state);
void Apply(const v1::ResolutionRegistered& event, CommitteeState& state);
void Apply(const v1::MatterListed& event, CommitteeState& state);
void Apply(const v1::MatterDelisted& event, CommitteeState& state);
void Apply(const v1::RecommendationListed& event, CommitteeState& state);
void Apply(const v1::RecommendationDelisted& event, CommitteeState& state);

// --- committee_departures.cc: Who died or left. ---

CommitteeEvents ReleasePerson(const v1::ReleasePersonRequest& request, const CommitteeState& state,
                              const Context& context);

// --- committee_partners.cc: What bodies do together: joint sessions and shared projects. ---

CommitteeEvents RecordJointSession(const v1::RecordJointSessionRequest& request,
                                   const CommitteeState& state, const Context& context);
CommitteeEvents RecordJointProduct(const v1::RecordJointProductRequest& request,
                                   const CommitteeState& state, const Context& context);
CommitteeEvents ShareProject(const v1::ShareProjectRequest& request, const CommitteeState& state,
                             const Context& context);
CommitteeEvents DecideOnProject(const v1::DecideOnProjectRequest& request,
                                const CommitteeState& state, const Context& context);
CommitteeEvents CommentOnProject(const v1::CommentOnProjectRequest& request,
                                 const CommitteeState& state, const Context& context);
CommitteeEvents EnterJointSession(const v1::EnterJointSessionRequest& request,
                                  const CommitteeState& state, const Context& context);
CommitteeEvents EnterJointProduct(const v1::EnterJointProductRequest& request,
                                  const CommitteeState& state, const Context& context);
CommitteeEvents EnterProject(const v1::EnterProjectRequest& request, const CommitteeState& state,
                             const Context& context);
CommitteeEvents EnterProjectDecision(const v1::EnterProjectDecisionRequest& request,
                                     const CommitteeState& state, const Context& context);
CommitteeEvents EnterProjectComment(const v1::EnterProjectCommentRequest& request,
                                    const CommitteeState& state, const Context& context);
void Apply(const v1::JointSessionRecorded& event, CommitteeState& state);
void Apply(const v1::JointProductRecorded& event, CommitteeState& state);
void Apply(const v1::ProjectShared& event, CommitteeState& state);
void Apply(const v1::ProjectDecided& event, CommitteeState& state);
void Apply(const v1::ProjectCommented& event, CommitteeState& state);

}  // namespace kasundo::committees
