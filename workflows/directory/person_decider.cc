#include "workflows/directory/person_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/directory/names.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

using Event = v1::PersonEvent;
using Events = absl::StatusOr<std::vector<Event>>;
using State = v1::PersonState;

constexpr int kAgeOfMajority = 18;

// Requirement 22: a minor has an adviser; of adults no birth year is kept.
absl::Status CheckAge(const v1::CreatePersonRequest& request, const Context& context) {
  if (request.birth_year() == 0 && request.adviser_office().empty()) return absl::OkStatus();
  if (request.birth_year() == 0 || request.adviser_office().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ADVISER_REQUIRED,
                  "of a minor both the birth year and the adviser's office are needed")
        .Field(request.birth_year() == 0 ? "birth_year" : "adviser_office")
        .Mend("Give both for a minor, neither for an adult.");
  }
  if (!IsMinor(request.birth_year(), context.today)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_BIRTH_YEAR_OF_ADULT,
                  "a birth year is kept of minors only")
        .Field("birth_year")
        .Mend("Leave birth_year and adviser_office out.");
  }
  return absl::OkStatus();
}

Events Create(const v1::CreatePersonRequest& request, const State&, const Context& context) {
  RETURN_IF_ERROR(CheckAge(request, context));
  RETURN_IF_ERROR(CheckThere(context, "adviser_office", request.adviser_office(), {"open"}));
  v1::PersonCreated fact;
  *fact.mutable_name() = MakeName(request.full_name(), CivilDate(), "");
  fact.set_honorific(request.honorific());
  fact.set_pseudonym(request.pseudonym());
  *fact.mutable_aliases() = request.aliases();
  if (request.has_contact()) *fact.mutable_contact() = request.contact();
  fact.set_birth_year(request.birth_year());
  fact.set_adviser_office(request.adviser_office());
  return Answer<Event, v1::PersonCreated>(&Event::mutable_person_created, std::move(fact));
}

Events Rename(const v1::RenamePersonRequest& request, const State& state, const Context& context) {
  return Answer(&Event::mutable_name_given,
                GiveName(state.names(),
                         MakeName(request.full_name(), DateOr(request.since(), context.today), ""),
                         "full_name"));
}

Events AddAnAlias(const v1::AddPersonAliasRequest& request, const State& state, const Context&) {
  return Answer(&Event::mutable_alias_added,
                AddAlias(state.names(), state.aliases(), request.alias()));
}

Events RemoveAnAlias(const v1::RemovePersonAliasRequest& request, const State& state,
                     const Context&) {
  return Answer(&Event::mutable_alias_removed, RemoveAlias(state.aliases(), request.text()));
}

Events ChangeHonorific(const v1::ChangeHonorificRequest& request, const State& state,
                       const Context&) {
  if (request.honorific() == state.honorific()) {
    return NothingToChange("the honorific is the same").Field("honorific");
  }
  v1::HonorificChanged fact;
  fact.set_honorific(request.honorific());
  return Answer<Event, v1::HonorificChanged>(&Event::mutable_honorific_changed, std::move(fact));
}

Events ChangeContact(const v1::ChangeContactRequest& request, const State&, const Context&) {
  v1::ContactChanged fact;
  *fact.mutable_contact() = request.contact();
  return Answer<Event, v1::ContactChanged>(&Event::mutable_contact_changed, std::move(fact));
}

Events AssignAdviser(const v1::AssignAdviserRequest& request, const State& state,
                     const Context& context) {
  if (!IsMinor(state.birth_year(), context.today)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ADVISER_REQUIRED,
                  "only a minor has an adviser")
        .Field("adviser_office")
        .Mend("Nothing needs to be done: people of full age act for themselves.");
  }
  if (request.adviser_office() == state.adviser_office()) {
    return NothingToChange("the adviser is the same").Field("adviser_office");
  }
  RETURN_IF_ERROR(CheckThere(context, "adviser_office", request.adviser_office(), {"open"}));
  v1::AdviserAssigned fact;
  fact.set_adviser_office(request.adviser_office());
  return Answer<Event, v1::AdviserAssigned>(&Event::mutable_adviser_assigned, std::move(fact));
}

Events RecordDeath(const v1::RecordDeathRequest& request, const State&, const Context& context) {
  v1::PersonDied fact;
  *fact.mutable_on() = DateOr(request.on(), context.today);
  return Answer<Event, v1::PersonDied>(&Event::mutable_person_died, std::move(fact));
}

Events RecordDeparture(const v1::RecordDepartureRequest& request, const State&,
                       const Context& context) {
  v1::PersonLeft fact;
  *fact.mutable_on() = DateOr(request.on(), context.today);
  return Answer<Event, v1::PersonLeft>(&Event::mutable_person_left, std::move(fact));
}

Events RecordReturn(const v1::RecordReturnRequest&, const State&, const Context&) {
  return Answer<Event, v1::PersonReturned>(&Event::mutable_person_returned, v1::PersonReturned());
}

Events Withdraw(const v1::WithdrawPersonRequest&, const State& state, const Context&) {
  if (!state.offices().empty() || !state.accounts().empty() || !state.bodies().empty()) {
    return Refuse(
               absl::StatusCode::kFailedPrecondition, v1::REASON_IN_USE,
               fmt::format("the person has or had to do with {} offices and {} bodies and has {} "
                           "accounts",
                           state.offices_size(), state.bodies_size(), state.accounts_size()))
        .Mend("Record a departure instead.");
  }
  return Answer<Event, v1::PersonWithdrawn>(&Event::mutable_person_withdrawn,
                                            v1::PersonWithdrawn());
}

template <typename List>
bool Contains(const List& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

Events ListOffice(const v1::ListPersonOfficeRequest& request, const State& state, const Context&) {
  if (Contains(state.offices(), request.office())) {
    return NothingToChange(fmt::format("{} is listed already", request.office()));
  }
  v1::PersonOfficeListed fact;
  fact.set_office(request.office());
  return Answer<Event, v1::PersonOfficeListed>(&Event::mutable_person_office_listed,
                                               std::move(fact));
}

Events ListAccount(const v1::ListPersonAccountRequest& request, const State& state,
                   const Context&) {
  if (Contains(state.accounts(), request.account())) {
    return NothingToChange(fmt::format("{} is listed already", request.account()));
  }
  v1::PersonAccountListed fact;
  fact.set_account(request.account());
  return Answer<Event, v1::PersonAccountListed>(&Event::mutable_person_account_listed,
                                                std::move(fact));
}

Events ListBody(const v1::ListPersonBodyRequest& request, const State& state, const Context&) {
  if (Contains(state.bodies(), request.body())) {
    return NothingToChange(fmt::format("{} is listed already", request.body()));
  }
  v1::PersonBodyListed fact;
  fact.set_body(request.body());
  return Answer<Event, v1::PersonBodyListed>(&Event::mutable_person_body_listed, std::move(fact));
}

void ApplyCreated(const v1::PersonCreated& fact, State* state) {
  InsertDated(state->mutable_names(), fact.name());
  state->set_honorific(fact.honorific());
  state->set_pseudonym(fact.pseudonym());
  *state->mutable_aliases() = fact.aliases();
  if (fact.has_contact()) *state->mutable_contact() = fact.contact();
  state->set_birth_year(fact.birth_year());
  state->set_adviser_office(fact.adviser_office());
}

bool IsSelf(const State&, const Context& context) {
  return context.actor.person() == context.instance;
}

bool IsAdviser(const State& state, const Context& context) {
  return !state.adviser_office().empty() && context.actor.office() == state.adviser_office();
}

bool IsOfficer(const State&, const Context& context) { return !context.actor.office().empty(); }

}  // namespace

bool IsMinor(int birth_year, const CivilDate& day) {
  return birth_year != 0 && day.year() - birth_year <= kAgeOfMajority;
}

State PersonDecider::Initial() { return State(); }

State PersonDecider::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kPersonCreated:
      ApplyCreated(event.person_created(), &state);
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
    case Event::kHonorificChanged:
      state.set_honorific(event.honorific_changed().honorific());
      break;
    case Event::kContactChanged:
      *state.mutable_contact() = event.contact_changed().contact();
      break;
    case Event::kAdviserAssigned:
      state.set_adviser_office(event.adviser_assigned().adviser_office());
      break;
    case Event::kPersonDied:
      *state.mutable_gone_on() = event.person_died().on();
      break;
    case Event::kPersonLeft:
      *state.mutable_gone_on() = event.person_left().on();
      break;
    case Event::kPersonReturned:
      state.clear_gone_on();
      break;
    case Event::kPersonOfficeListed:
      state.add_offices(event.person_office_listed().office());
      break;
    case Event::kPersonAccountListed:
      state.add_accounts(event.person_account_listed().account());
      break;
    case Event::kPersonBodyListed:
      state.add_bodies(event.person_body_listed().body());
      break;
    case Event::kPersonWithdrawn:
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& PersonDecider::Traits() {
  static const KindTraits traits{"person", "people", ""};
  return traits;
}

const std::vector<CommandCase<PersonDecider>>& PersonDecider::Commands() {
  static const std::vector<CommandCase<PersonDecider>> cases = {
      On(&Create, {"PersonCreated"}),
      On(&Rename, {"NameGiven"}),
      On(&AddAnAlias, {"AliasAdded"}),
      On(&RemoveAnAlias, {"AliasRemoved"}),
      On(&ChangeHonorific, {"HonorificChanged"}),
      On(&ChangeContact, {"ContactChanged"}),
      On(&AssignAdviser, {"AdviserAssigned"}),
      On(&RecordDeath, {"PersonDied"}),
      On(&RecordDeparture, {"PersonLeft"}),
      On(&RecordReturn, {"PersonReturned"}),
      On(&Withdraw, {"PersonWithdrawn"}),
      On(&ListOffice, {"PersonOfficeListed"}),
      On(&ListAccount, {"PersonAccountListed"}),
      On(&ListBody, {"PersonBodyListed"}),
  };
  return cases;
}

const std::vector<RoleCase<PersonDecider>>& PersonDecider::Roles() {
  static const std::vector<RoleCase<PersonDecider>> roles = {
      {"self", "the person", &IsSelf},
      {"adviser", "the office of the adult who advises this minor", &IsAdviser},
      {"officer", "anybody who acts in an office", &IsOfficer},
  };
  return roles;
}

const std::vector<GuardCase<PersonDecider>>& PersonDecider::Guards() {
  static const std::vector<GuardCase<PersonDecider>> guards = {};
  return guards;
}

}  // namespace kasundo::directory
