#include "workflows/assignment/assignment_decider.h"

#include <algorithm>
#include <string>

#include "workflows/assignment/assignment_commands.h"
#include "workflows/assignment/offers.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/role_offices.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/dated.h"

namespace kasundo::assignments {
namespace {

using Event = v1::AssignmentEvent;
using State = v1::AssignmentState;

void AddAsked(const v1::Offices& offices, State* state) {
  auto& asked = *state->mutable_asked_offices();
  for (const std::string& office : AnswerableOffices(offices)) {
    if (std::find(asked.begin(), asked.end(), office) == asked.end()) *asked.Add() = office;
  }
}

void TakeOffer(const v1::Offer& offer, State* state) {
  *state->mutable_offer() = offer;
  AddAsked(offer.offices(), state);
}

void ApplyProposed(const v1::AssignmentProposed& fact, State* state) {
  state->set_title(fact.title());
  state->set_function(fact.function());
  state->set_function_version(fact.function_version());
  state->set_nature(fact.nature());
  state->set_territory(fact.territory());
  state->set_subject(fact.subject());
  state->set_part(fact.part());
  state->set_mandate(fact.mandate());
  *state->mutable_legal_bases() = fact.legal_bases();
  state->set_assigned_by(fact.assigned_by());
  if (fact.has_lead_choice()) *state->mutable_lead_choice() = fact.lead_choice();
  if (fact.has_embassy()) *state->mutable_embassy() = fact.embassy();
  TakeOffer(fact.offer(), state);
}

void ApplyRevised(const v1::ProposalRevised& fact, State* state) {
  state->clear_reason();
  state->clear_lead_choice();
  if (fact.has_lead_choice()) *state->mutable_lead_choice() = fact.lead_choice();
  TakeOffer(fact.offer(), state);
}

void ApplyTakenUp(const v1::AssignmentTakenUp& fact, State* state) {
  state->clear_offer();
  BeginTenure(fact.tenure(), state->mutable_tenures());
  if (fact.tenure().has_until()) *state->mutable_until() = fact.tenure().until();
  *state->mutable_confirm_by() = fact.confirm_by();
  if (fact.has_report_due()) *state->mutable_report_due() = fact.report_due();
}

// Whoever comes to answer for it stands in its portfolio from then on.
void ApplyTenure(const v1::Tenure& tenure, State* state) {
  AddAsked(tenure.offices(), state);
  BeginTenure(tenure, state->mutable_tenures());
}

void ApplyCompleted(const v1::HandoverCompleted& fact, State* state) {
  state->clear_offer();
  ApplyTenure(fact.tenure(), state);
  *state->mutable_confirm_by() = fact.confirm_by();
}

void ApplyRevoked(const v1::RepresentationRevoked& fact, State* state) {
  for (v1::RoleDelegation& delegation : *state->mutable_delegations()) {
    if (delegation.id() == fact.delegation()) *delegation.mutable_until() = fact.until();
  }
}

void ApplyKept(const v1::PromiseKept& fact, State* state) {
  for (v1::Promise& promise : *state->mutable_promises()) {
    if (promise.id() != fact.promise()) continue;
    *promise.mutable_kept_on() = fact.on();
    promise.set_evidence(fact.evidence());
  }
}

void ApplyGranted(const v1::GrantedTime& time, State* state) {
  for (v1::GrantedTime& before : *state->mutable_granted_times()) {
    if (before.office() == time.office() && !before.has_until()) {
      *before.mutable_until() = directory::EndBefore(time.since());
    }
  }
  *state->add_granted_times() = time;
}

void ApplyEnded(const v1::AssignmentEnded& fact, State* state) {
  EndTenures(fact.on(), state->mutable_tenures());
  *state->mutable_until() = fact.on();
  state->set_successor(fact.successor());
  state->set_reason(fact.reason());
  state->clear_offer();
}

bool IsDelegate(const State& state, const Context& context) {
  return std::any_of(state.delegations().begin(), state.delegations().end(),
                     [&](const v1::RoleDelegation& delegation) {
                       return (delegation.delegate() == context.actor.office() ||
                               delegation.delegate() == context.actor.person()) &&
                              Covers(delegation.since(), delegation.until(), context.today);
                     });
}

bool IsAsked(const State& state, const Context& context) {
  return std::any_of(state.offer().answers().begin(), state.offer().answers().end(),
                     [&](const v1::Answer& answer) {
                       return !answer.has_accepted_on() &&
                              answer.office() == context.actor.office();
                     });
}

bool IsAccountable(const State& state, const Context& context) {
  const v1::Tenure* last = LastTenure(state.tenures());
  return last != nullptr && !context.actor.office().empty() &&
         last->offices().accountable() == context.actor.office();
}

bool IsInstitution(const State& state, const Context& context) {
  const v1::Tenure* last = LastTenure(state.tenures());
  if (last == nullptr || context.actor.organisation().empty()) return false;
  const std::vector<std::string> offices = AnswerableOffices(last->offices());
  return std::any_of(offices.begin(), offices.end(), [&](const std::string& office) {
    return OrganisationOfOffice(office, context) == context.actor.organisation();
  });
}

}  // namespace

State Assignment::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kAssignmentProposed:
      ApplyProposed(event.assignment_proposed(), &state);
      break;
    case Event::kProposalRevised:
      ApplyRevised(event.proposal_revised(), &state);
      break;
    case Event::kAssignmentAccepted:
      PutAnswer(event.assignment_accepted().answer(), state.mutable_offer());
      break;
    case Event::kAssignmentDeclined:
      state.set_reason(event.assignment_declined().reason());
      state.clear_offer();
      break;
    case Event::kAssignmentTakenUp:
      ApplyTakenUp(event.assignment_taken_up(), &state);
      break;
    case Event::kAssignmentWithdrawn:
      state.set_reason(event.assignment_withdrawn().reason());
      state.clear_offer();
      break;
    case Event::kHandoverOffered:
      TakeOffer(event.handover_offered().offer(), &state);
      break;
    case Event::kHandoverConfirmed:
      PutAnswer(event.handover_confirmed().answer(), state.mutable_offer());
      break;
    case Event::kHandoverCompleted:
      ApplyCompleted(event.handover_completed(), &state);
      break;
    case Event::kOfficesRearranged:
      ApplyTenure(event.offices_rearranged().tenure(), &state);
      break;
    case Event::kHandoverDropped:
      state.clear_offer();
      break;
    case Event::kRepresentationGranted:
      *state.add_delegations() = event.representation_granted().delegation();
      break;
    case Event::kRepresentationRevoked:
      ApplyRevoked(event.representation_revoked(), &state);
      break;
    case Event::kPromiseMade:
      *state.add_promises() = event.promise_made().promise();
      break;
    case Event::kPromiseKept:
      ApplyKept(event.promise_kept(), &state);
      break;
    case Event::kRoleConfirmed:
      *state.add_confirmations() = event.role_confirmed().confirmation();
      *state.mutable_confirm_by() = event.role_confirmed().confirm_by();
      break;
    case Event::kTrainingRecorded:
      *state.add_trainings() = event.training_recorded().training();
      break;
    case Event::kTimeGranted:
      ApplyGranted(event.time_granted().time(), &state);
      break;
    case Event::kRoleReported:
      *state.add_reports() = event.role_reported().report();
      *state.mutable_report_due() = event.role_reported().report_due();
      break;
    case Event::kAssignmentEnded:
      ApplyEnded(event.assignment_ended(), &state);
      break;
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Assignment::Traits() {
  static const KindTraits traits{"assignment", "assignments", ""};
  return traits;
}

const std::vector<CommandCase<Assignment>>& Assignment::Commands() {
  static const std::vector<CommandCase<Assignment>> cases = {
      On(&ProposeAssignment, {"AssignmentProposed"}),
      On(&ReviseProposal, {"ProposalRevised"}),
      On(&AcceptAssignment, {"AssignmentAccepted", "AssignmentTakenUp"}),
      On(&DeclineAssignment, {"AssignmentDeclined"}),
      On(&WithdrawAssignment, {"AssignmentWithdrawn"}),
      On(&OfferHandover, {"HandoverOffered", "OfficesRearranged"}),
      On(&ConfirmHandover, {"HandoverConfirmed", "HandoverCompleted"}),
      On(&DropHandover, {"HandoverDropped"}),
      On(&GrantRepresentation, {"RepresentationGranted"}),
      On(&RevokeRepresentation, {"RepresentationRevoked"}),
      On(&RecordPromise, {"PromiseMade"}),
      On(&SettlePromise, {"PromiseKept"}),
      On(&ConfirmRole, {"RoleConfirmed"}),
      On(&RecordRoleTraining, {"TrainingRecorded"}),
      On(&GrantTime, {"TimeGranted"}),
      On(&ReportOnRole, {"RoleReported"}),
      On(&EndAssignment, {"AssignmentEnded"}),
  };
  return cases;
}

const std::vector<RoleCase<Assignment>>& Assignment::Roles() {
  static const std::vector<RoleCase<Assignment>> roles = {
      {"office-holder", "who acts in any office",
       [](const State&, const Context& context) { return !context.actor.office().empty(); }},
      {"assigner", "who acts in the office that assigned it",
       [](const State& state, const Context& context) {
         return !state.assigned_by().empty() && state.assigned_by() == context.actor.office();
       }},
      {"asked", "who acts in an office that has not answered yet", &IsAsked},
      {"accountable", "who acts in the accountable office", &IsAccountable},
      {"assignee", "who acts in the accountable office or a responsible one",
       [](const State& state, const Context& context) {
         return HasRole(state, context.actor.office(), context);
       }},
      {"delegate", "who represents an office of it on that day", &IsDelegate},
      {"institution", "who acts for the organisation of an accountable or responsible office",
       &IsInstitution},
  };
  return roles;
}

const std::vector<GuardCase<Assignment>>& Assignment::Guards() {
  static const std::vector<GuardCase<Assignment>> guards = {};
  return guards;
}

}  // namespace kasundo::assignments
