#include "workflows/directory/office_decider.h"

#include <algorithm>

#include "workflows/directory/dated.h"
#include "workflows/directory/names.h"
#include "workflows/directory/office_commands.h"
#include "workflows/directory/term.h"

namespace kasundo::directory {
namespace {

using Event = v1::OfficeEvent;
using State = v1::OfficeState;

void ApplyCreated(const v1::OfficeCreated& fact, State* state) {
  InsertDated(state->mutable_names(), fact.name());
  InsertDated(state->mutable_profiles(), fact.profile());
  InsertDated(state->mutable_homes(), fact.home());
  state->set_territory(fact.territory());
  state->set_parent_office(fact.parent_office());
  *state->mutable_aliases() = fact.aliases();
}

// Of vacancies only those that no term contradicts: a successor may be entered long after the
// vacancy was recorded.
void DropFilledVacancies(State* state) {
  auto& vacancies = *state->mutable_vacancies();
  vacancies.erase(std::remove_if(vacancies.begin(), vacancies.end(),
                                 [&](const v1::Vacancy& vacancy) {
                                   return HolderOn(*state, FromDay(Last(vacancy.since()))) !=
                                          nullptr;
                                 }),
                  vacancies.end());
}

// Terms by first day; and `held_until`, from which the deadline "term-end" counts: the foreseen
// last day of the last one.
void SortTerms(State* state) {
  std::stable_sort(
      state->mutable_terms()->begin(), state->mutable_terms()->end(),
      [](const v1::Term& a, const v1::Term& b) { return Compare(a.since(), b.since()) < 0; });
  state->clear_held_until();
  for (const v1::Term& term : state->terms()) {
    if (term.kind() == v1::TERM_KIND_ACTING) continue;
    state->clear_held_until();
    if (IsSet(term.until()) && term.ended_by() == v1::VACANCY_CAUSE_UNSPECIFIED) {
      *state->mutable_held_until() = term.until();
    }
  }
  DropFilledVacancies(state);
}

v1::Term* FindTerm(State* state, const std::string& term_id) {
  const auto found = std::find_if(state->mutable_terms()->begin(), state->mutable_terms()->end(),
                                  [&](const v1::Term& term) { return term.term_id() == term_id; });
  return found == state->mutable_terms()->end() ? nullptr : &*found;
}

void ApplyEnded(const v1::TermEnded& fact, State* state) {
  if (v1::Term* term = FindTerm(state, fact.term_id())) {
    *term->mutable_until() = fact.until();
    term->set_ended_by(fact.cause());
  }
  SortTerms(state);
}

void ApplyExtended(const v1::TermExtended& fact, State* state) {
  if (v1::Term* term = FindTerm(state, fact.term_id())) {
    term->clear_until();
    if (fact.has_until()) *term->mutable_until() = fact.until();
  }
  SortTerms(state);
}

void ApplyCorrected(const v1::TermCorrected& fact, State* state) {
  auto& terms = *state->mutable_terms();
  terms.erase(
      std::remove_if(terms.begin(), terms.end(),
                     [&](const v1::Term& term) { return term.term_id() == fact.term().term_id(); }),
      terms.end());
  if (!fact.struck()) *terms.Add() = fact.term();
  SortTerms(state);
}

void ApplyVacated(const v1::OfficeVacated& fact, State* state) {
  *state->add_vacancies() = fact.vacancy();
  std::stable_sort(
      state->mutable_vacancies()->begin(), state->mutable_vacancies()->end(),
      [](const v1::Vacancy& a, const v1::Vacancy& b) { return Compare(a.since(), b.since()) < 0; });
}

// Who has the same rank or a later one at the same time moves one place down.
void ApplyDeputyNamed(const v1::DeputyNamed& fact, State* state) {
  const v1::Deputy& named = fact.deputy();
  for (v1::Deputy& other : *state->mutable_deputies()) {
    if (other.rank() >= named.rank() &&
        Overlap(other.since(), other.until(), named.since(), named.until())) {
      other.set_rank(other.rank() + 1);
    }
  }
  *state->add_deputies() = named;
  std::stable_sort(state->mutable_deputies()->begin(), state->mutable_deputies()->end(),
                   [](const v1::Deputy& a, const v1::Deputy& b) { return a.rank() < b.rank(); });
}

void ApplyDeputyReleased(const v1::DeputyReleased& fact, State* state) {
  if (fact.struck()) {
    auto& deputies = *state->mutable_deputies();
    deputies.erase(std::remove_if(deputies.begin(), deputies.end(),
                                  [&](const v1::Deputy& deputy) {
                                    return deputy.person() == fact.person() &&
                                           BeginsAfter(deputy.since(), fact.until());
                                  }),
                   deputies.end());
    return;
  }
  for (v1::Deputy& deputy : *state->mutable_deputies()) {
    if (deputy.person() == fact.person() && Covers(deputy.since(), deputy.until(), fact.until())) {
      *deputy.mutable_until() = fact.until();
    }
  }
}

void ApplyRevoked(const v1::DelegationRevoked& fact, State* state) {
  if (fact.struck()) {
    auto& delegations = *state->mutable_delegations();
    delegations.erase(std::remove_if(delegations.begin(), delegations.end(),
                                     [&](const v1::Delegation& delegation) {
                                       return delegation.delegation_id() == fact.delegation_id();
                                     }),
                      delegations.end());
    return;
  }
  for (v1::Delegation& delegation : *state->mutable_delegations()) {
    if (delegation.delegation_id() == fact.delegation_id()) {
      *delegation.mutable_until() = fact.until();
    }
  }
}

void ApplyDutyReleased(const v1::DutyReleased& fact, State* state) {
  for (v1::Duty& duty : *state->mutable_duties()) {
    if (duty.duty_id() == fact.duty_id() && Covers(duty.since(), duty.until(), fact.until())) {
      *duty.mutable_until() = fact.until();
    }
  }
}

template <typename T>
void EndOn(const CivilDate& on, google::protobuf::RepeatedPtrField<T>* all) {
  for (T& each : *all) {
    if (!IsSet(each.until()) || Last(each.until()) > Last(on)) *each.mutable_until() = on;
  }
}

void ApplyClosed(const v1::OfficeClosed& fact, State* state) {
  *state->mutable_closed_on() = fact.on();
  state->set_successor(fact.successor());
  for (v1::Term& term : *state->mutable_terms()) {
    if (IsSet(term.until()) && Last(term.until()) <= Last(fact.on())) continue;
    *term.mutable_until() = fact.on();
    term.set_ended_by(v1::VACANCY_CAUSE_OFFICE_CLOSED);
  }
  EndOn(fact.on(), state->mutable_deputies());
  EndOn(fact.on(), state->mutable_delegations());
  EndOn(fact.on(), state->mutable_duties());
  SortTerms(state);
}

void ApplyConfirmed(const v1::ReachabilityConfirmed& fact, State* state) {
  *state->mutable_confirmed() = fact.confirmation();
  *state->mutable_confirmed_until() = fact.good_until();
}

bool IsHolder(const State&, const Context& context) {
  return context.actor.office() == context.instance && !context.actor.acting();
}

bool IsStandIn(const State&, const Context& context) {
  return context.actor.office() == context.instance && context.actor.acting();
}

bool IsAbove(const State& state, const Context& context) {
  return !state.parent_office().empty() && context.actor.office() == state.parent_office();
}

bool IsOfSameOrganisation(const State& state, const Context& context) {
  return !context.actor.organisation().empty() &&
         context.actor.organisation() == OrganisationOn(state, context.today);
}

}  // namespace

State OfficeDecider::Initial() { return State(); }

State OfficeDecider::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kOfficeCreated:
      ApplyCreated(event.office_created(), &state);
      break;
    case Event::kNameGiven:
      Apply(event.name_given(), state.mutable_names());
      break;
    case Event::kAliasAdded:
      Apply(event.alias_added(), state.mutable_aliases());
      break;
    case Event::kAliasRemoved:
      Apply(event.alias_removed(), state.mutable_aliases());
      break;
    case Event::kOfficeReclassified:
      InsertDated(state.mutable_profiles(), event.office_reclassified().profile());
      break;
    case Event::kOfficeTransferred:
      InsertDated(state.mutable_homes(), event.office_transferred().home());
      break;
    case Event::kOfficeMoved:
      state.set_parent_office(event.office_moved().parent_office());
      state.set_territory(event.office_moved().territory());
      break;
    case Event::kTermBegun:
      *state.add_terms() = event.term_begun().term();
      SortTerms(&state);
      break;
    case Event::kTermEnded:
      ApplyEnded(event.term_ended(), &state);
      break;
    case Event::kTermExtended:
      ApplyExtended(event.term_extended(), &state);
      break;
    case Event::kTermCorrected:
      ApplyCorrected(event.term_corrected(), &state);
      break;
    case Event::kOfficeVacated:
      ApplyVacated(event.office_vacated(), &state);
      break;
    case Event::kDeputyNamed:
      ApplyDeputyNamed(event.deputy_named(), &state);
      break;
    case Event::kDeputyReleased:
      ApplyDeputyReleased(event.deputy_released(), &state);
      break;
    case Event::kDelegationGiven:
      *state.add_delegations() = event.delegation_given().delegation();
      break;
    case Event::kDelegationRevoked:
      ApplyRevoked(event.delegation_revoked(), &state);
      break;
    case Event::kReachabilityConfirmed:
      ApplyConfirmed(event.reachability_confirmed(), &state);
      break;
    case Event::kDutyAssigned:
      *state.add_duties() = event.duty_assigned().duty();
      break;
    case Event::kDutyReleased:
      ApplyDutyReleased(event.duty_released(), &state);
      break;
    case Event::kOfficeClosed:
      ApplyClosed(event.office_closed(), &state);
      break;
    case Event::kOfficeReopened:
      state.clear_closed_on();
      state.clear_successor();
      break;
    case Event::kOfficeWithdrawn:
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& OfficeDecider::Traits() {
  static const KindTraits traits{"office", "offices", ""};
  return traits;
}

const std::vector<CommandCase<OfficeDecider>>& OfficeDecider::Commands() {
  static const std::vector<CommandCase<OfficeDecider>> cases = {
      On(&CreateOffice, {"OfficeCreated"}),
      On(&RenameOffice, {"NameGiven"}),
      On(&AddOfficeAlias, {"AliasAdded"}),
      On(&RemoveOfficeAlias, {"AliasRemoved"}),
      On(&ReclassifyOffice, {"OfficeReclassified"}),
      On(&TransferOffice, {"OfficeTransferred"}),
      On(&MoveOffice, {"OfficeMoved"}),
      On(&BeginTerm, {"TermBegun", "DeputyReleased"}),
      On(&EndTerm, {"TermEnded", "OfficeVacated"}),
      On(&ExtendTerm, {"TermExtended"}),
      On(&CorrectTerm, {"TermCorrected", "OfficeVacated"}),
      On(&RecordVacancy, {"OfficeVacated"}),
      On(&NameDeputy, {"DeputyNamed"}),
      On(&ReleaseDeputy, {"DeputyReleased"}),
      On(&GiveDelegation, {"DelegationGiven"}),
      On(&RevokeDelegation, {"DelegationRevoked"}),
      On(&ConfirmReachable, {"ReachabilityConfirmed"}),
      On(&AssignDuty, {"DutyAssigned"}),
      On(&ReleaseDuty, {"DutyReleased"}),
      On(&CloseOffice, {"OfficeClosed"}),
      On(&ReopenOffice, {"OfficeReopened"}),
      On(&WithdrawOffice, {"OfficeWithdrawn"}),
  };
  return cases;
}

const std::vector<RoleCase<OfficeDecider>>& OfficeDecider::Roles() {
  static const std::vector<RoleCase<OfficeDecider>> roles = {
      {"holder", "the holder of this office", &IsHolder},
      {"stand-in", "a deputy, officer in charge or delegate of this office", &IsStandIn},
      {"office-above", "the office above this one", &IsAbove},
      {"organisation", "an office of the same organisation", &IsOfSameOrganisation},
  };
  return roles;
}

const std::vector<GuardCase<OfficeDecider>>& OfficeDecider::Guards() {
  static const std::vector<GuardCase<OfficeDecider>> guards = {};
  return guards;
}

}  // namespace kasundo::directory
