#include "workflows/committee/committee_decider.h"

#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

// "SeatFilled" with the check of composition rules that follows every change of membership
// (requirement 8).
std::vector<std::string> Checked(std::vector<std::string> events) {
  events.emplace_back("CompositionChecked");
  return events;
}

int LegalBasesInForce(const CommitteeState& state) {
  int in_force = 0;
  for (const v1::LegalBasis& basis : state.legal_bases()) {
    if (!IsSet(basis.repealed_on())) ++in_force;
  }
  return in_force;
}

absl::Status NotMet(std::string message, std::string_view mend) {
  return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_GUARD_NOT_MET,
                std::move(message))
      .Mend(mend);
}

using With = std::map<std::string, std::string>;

}  // namespace

CommitteeState Committee::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
#define KASUNDO_APPLY(enumerator, field) \
  case Event::enumerator:                \
    Apply(event.field(), state);         \
    break
    KASUNDO_APPLY(kCommitteeEstablished, committee_established);
    KASUNDO_APPLY(kCommitteeRenamed, committee_renamed);
    KASUNDO_APPLY(kFormChanged, form_changed);
    KASUNDO_APPLY(kCommitteeMoved, committee_moved);
    KASUNDO_APPLY(kLegalBasisLinked, legal_basis_linked);
    KASUNDO_APPLY(kLegalBasisRepealed, legal_basis_repealed);
    KASUNDO_APPLY(kFunctionsSet, functions_set);
    KASUNDO_APPLY(kCommitteeSuspended, committee_suspended);
    KASUNDO_APPLY(kCommitteeResumed, committee_resumed);
    KASUNDO_APPLY(kCommitteeClosed, committee_closed);
    KASUNDO_APPLY(kChildBodyListed, child_body_listed);
    KASUNDO_APPLY(kChildBodyDelisted, child_body_delisted);
    KASUNDO_APPLY(kLeadershipSet, leadership_set);
    KASUNDO_APPLY(kCadenceSet, cadence_set);
    KASUNDO_APPLY(kHouseRulesSet, house_rules_set);
    KASUNDO_APPLY(kCompositionRulesSet, composition_rules_set);
    KASUNDO_APPLY(kCompositionChecked, composition_checked);
    KASUNDO_APPLY(kSeatAdded, seat_added);
    KASUNDO_APPLY(kSeatChanged, seat_changed);
    KASUNDO_APPLY(kSeatEnded, seat_ended);
    KASUNDO_APPLY(kSeatFilled, seat_filled);
    KASUNDO_APPLY(kSeatVacated, seat_vacated);
    KASUNDO_APPLY(kSeatHeldOver, seat_held_over);
    KASUNDO_APPLY(kStandInAuthorised, stand_in_authorised);
    KASUNDO_APPLY(kStandInAuthorityRevoked, stand_in_authority_revoked);
    KASUNDO_APPLY(kOfficerAppointed, officer_appointed);
    KASUNDO_APPLY(kOfficerRelieved, officer_relieved);
    KASUNDO_APPLY(kSecretariatAssigned, secretariat_assigned);
    KASUNDO_APPLY(kAreaAdded, area_added);
    KASUNDO_APPLY(kAreaChanged, area_changed);
    KASUNDO_APPLY(kAreaEnded, area_ended);
    KASUNDO_APPLY(kAreaDocumentFiled, area_document_filed);
    KASUNDO_APPLY(kVolunteerRegistered, volunteer_registered);
    KASUNDO_APPLY(kVolunteerChanged, volunteer_changed);
    KASUNDO_APPLY(kVolunteerReleased, volunteer_released);
    KASUNDO_APPLY(kOrganisationAccredited, organisation_accredited);
    KASUNDO_APPLY(kAccreditationEnded, accreditation_ended);
    KASUNDO_APPLY(kMeetingSeriesGenerated, meeting_series_generated);
    KASUNDO_APPLY(kPlannedMeetingHeld, planned_meeting_held);
    KASUNDO_APPLY(kPlannedMeetingMissed, planned_meeting_missed);
    KASUNDO_APPLY(kResolutionRegistered, resolution_registered);
    KASUNDO_APPLY(kMatterListed, matter_listed);
    KASUNDO_APPLY(kMatterDelisted, matter_delisted);
    KASUNDO_APPLY(kMatterReferred, matter_referred);
    KASUNDO_APPLY(kJointSessionRecorded, joint_session_recorded);
    KASUNDO_APPLY(kJointProductRecorded, joint_product_recorded);
    KASUNDO_APPLY(kProjectShared, project_shared);
    KASUNDO_APPLY(kProjectDecided, project_decided);
    KASUNDO_APPLY(kProjectCommented, project_commented);
    KASUNDO_APPLY(kRecommendationListed, recommendation_listed);
    KASUNDO_APPLY(kRecommendationDelisted, recommendation_delisted);
#undef KASUNDO_APPLY
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Committee::Traits() {
  static const KindTraits traits{"committee", "committees", ""};
  return traits;
}

const std::vector<CommandCase<Committee>>& Committee::Commands() {
  static const std::vector<CommandCase<Committee>> cases = {
      On(&EstablishCommittee,
         Checked({"CommitteeEstablished", "LegalBasisLinked", "SecretariatAssigned", "SeatAdded"})),
      On(&RenameCommittee, {"CommitteeRenamed"}),
      On(&ChangeForm, {"FormChanged"}),
      On(&MoveCommittee, {"CommitteeMoved"}),
      On(&LinkLegalBasis, {"LegalBasisLinked"}),
      On(&RepealLegalBasis, {"LegalBasisRepealed"}),
      On(&SetFunctions, {"FunctionsSet"}),
      On(&SuspendCommittee, {"CommitteeSuspended"}),
      On(&ResumeCommittee, {"CommitteeResumed"}),
      On(&CloseCommittee, {"CommitteeClosed"}),
      On(&SetLeadership, {"LeadershipSet"}),
      On(&SetCadence, {"CadenceSet"}),
      On(&SetHouseRules, {"HouseRulesSet"}),
      On(&SetCompositionRules, Checked({"CompositionRulesSet"})),
      On(&AddSeat, Checked({"SeatAdded"})),
      On(&ChangeSeat, Checked({"SeatChanged"})),
      On(&EndSeat, Checked({"SeatEnded"})),
      On(&FillSeat, Checked({"SeatFilled"})),
      On(&VacateSeat, Checked({"SeatVacated"})),
      On(&HoldOverSeat, Checked({"SeatHeldOver"})),
      On(&RecordStandInAuthority, {"StandInAuthorised"}),
      On(&RevokeStandInAuthority, {"StandInAuthorityRevoked"}),
      On(&AppointOfficer, Checked({"OfficerAppointed"})),
      On(&RelieveOfficer, Checked({"OfficerRelieved"})),
      On(&AssignSecretariat, {"SecretariatAssigned"}),
      On(&AddArea, {"AreaAdded"}),
      On(&ChangeArea, {"AreaChanged"}),
      On(&EndArea, {"AreaEnded"}),
      On(&FileAreaDocument, {"AreaDocumentFiled"}),
      On(&ReferMatter, {"MatterReferred"}),
      On(&RegisterVolunteer, {"VolunteerRegistered"}),
      On(&ChangeVolunteer, {"VolunteerChanged"}),
      On(&ReleaseVolunteer, {"VolunteerReleased"}),
      On(&AccreditOrganisation, {"OrganisationAccredited"}),
      On(&EndAccreditation, {"AccreditationEnded"}),
      On(&GenerateMeetingSeries, {"PlannedMeetingMissed", "MeetingSeriesGenerated"}),
      On(&RecordJointSession, {"JointSessionRecorded"}),
      On(&RecordJointProduct, {"JointProductRecorded"}),
      On(&ShareProject, {"ProjectShared"}),
      On(&DecideOnProject, {"ProjectDecided"}),
      On(&CommentOnProject, {"ProjectCommented"}),
      // Sent by process managers.
      On(&ListChildBody, {"ChildBodyListed"}),
      On(&DelistChildBody, {"ChildBodyDelisted"}),
      On(&RegisterResolution, {"ResolutionRegistered"}),
      On(&ReleasePerson, Checked({"SeatVacated", "OfficerRelieved", "StandInAuthorityRevoked"})),
      On(&ListMatter, {"MatterListed"}),
      On(&DelistMatter, {"MatterDelisted"}),
      On(&ListRecommendation, {"RecommendationListed"}),
      On(&DelistRecommendation, {"RecommendationDelisted"}),
      On(&RecordMeetingHeld, {"PlannedMeetingHeld"}),
      On(&FlagMissedMeeting, {"PlannedMeetingMissed"}),
      On(&EnterJointSession, {"JointSessionRecorded"}),
      On(&EnterJointProduct, {"JointProductRecorded"}),
      On(&EnterProject, {"ProjectShared"}),
      On(&EnterProjectDecision, {"ProjectDecided"}),
      On(&EnterProjectComment, {"ProjectCommented"}),
  };
  return cases;
}

const std::vector<RoleCase<Committee>>& Committee::Roles() {
  static const std::vector<RoleCase<Committee>> roles = {
      {"secretariat", "who acts in the body's secretariat or technical secretariat on that day",
       [](const State& state, const Context& context) {
         return IsSecretariat(state, context.actor, context.today);
       }},
      {"parent-secretariat", "who acts in the secretariat of the body in which it is nested",
       [](const State& state, const Context& context) {
         const auto* parent = context.Related<State>(state.parent_body());
         return parent != nullptr && IsSecretariat(*parent, context.actor, context.today);
       }},
      {"presider",
       "who may preside by the leadership model (chair, co-chair, co-lead, coordinator)",
       [](const State& state, const Context& context) {
         return MayPreside(state, context.actor, context.today);
       }},
      {"convener", "who may convene by the leadership model",
       [](const State& state, const Context& context) {
         return MayConvene(state, context.actor, context.today);
       }},
      {"member", "who holds a seat, or has a standing written authority for one, on that day",
       [](const State& state, const Context& context) {
         return IsMember(state, context.actor, context.today);
       }},
      {"founder", "who founds the body: an administrator, or the secretariat of its parent body",
       [](const State& state, const Context& /*context*/) { return state.names().empty(); }},
  };
  return roles;
}

const std::vector<GuardCase<Committee>>& Committee::Guards() {
  static const std::vector<GuardCase<Committee>> guards = {
      {"legal-basis-in-force",
       "a legal document that holds is linked",
       {},
       [](const State& state, const Context&, const With&) -> absl::Status {
         if (LegalBasesInForce(state) > 0) return absl::OkStatus();
         return NotMet("no legal document that holds is linked", "Link one.");
       }},
      {"last-legal-basis",
       "exactly one legal document that holds is linked",
       {},
       [](const State& state, const Context&, const With&) -> absl::Status {
         const int in_force = LegalBasesInForce(state);
         if (in_force == 1) return absl::OkStatus();
         return NotMet(fmt::format("{} legal documents that hold are linked", in_force),
                       "Repeal the others first.");
       }},
      {"composition-complete",
       "no composition rule was broken after the last change of membership",
       {},
       [](const State& state, const Context&, const With&) -> absl::Status {
         if (state.violations().empty()) return absl::OkStatus();
         std::vector<std::string> rules;
         for (const auto& violation : state.violations()) rules.push_back(violation.rule());
         return NotMet(fmt::format("{} composition rules do not hold: {}", rules.size(),
                                   fmt::join(rules, ", ")),
                       "Fill the seats and posts that are missing.");
       }},
      {"no-active-children",
       "no active body is nested in it",
       {},
       [](const State& state, const Context&, const With&) -> absl::Status {
         if (state.child_bodies().empty()) return absl::OkStatus();
         return NotMet(fmt::format("{} active bodies are nested in it", state.child_bodies_size()),
                       "Close these bodies, or nest them elsewhere, first.");
       }},
  };
  return guards;
}

}  // namespace kasundo::committees
