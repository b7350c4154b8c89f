#include "workflows/directory/followers.h"

#include <algorithm>

#include "fmt/format.h"
#include "kasundo/directory/v1/account_events.pb.h"
#include "kasundo/directory/v1/account_requests.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/term.h"

namespace kasundo::directory {
namespace {

using google::protobuf::Message;

template <typename S>
const S* StateOf(const Context::Lookup& related, std::string_view name) {
  const RelatedInstance* found = name.empty() ? nullptr : related(name);
  return found == nullptr ? nullptr : dynamic_cast<const S*>(found->state);
}

template <typename List>
bool Contains(const List& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

template <typename Request>
void Send(std::vector<FollowUp>& follow_ups, Request request) {
  std::string instance = request.name();
  follow_ups.push_back({std::move(instance), std::make_unique<Request>(std::move(request))});
}

// --- directory-listing ---

void ListUnit(const std::string& around, const std::string& unit, const Context::Lookup& related,
              std::vector<FollowUp>& follow_ups) {
  const auto* state = StateOf<v1::TerritoryState>(related, around);
  if (state == nullptr || Contains(state->units(), unit)) return;
  v1::ListUnitRequest request;
  request.set_name(around);
  request.set_unit(unit);
  Send(follow_ups, std::move(request));
}

void ListOffice(const std::string& organisation, const std::string& office,
                const Context::Lookup& related, std::vector<FollowUp>& follow_ups) {
  const auto* state = StateOf<v1::OrganisationState>(related, organisation);
  if (state == nullptr || Contains(state->offices(), office)) return;
  v1::ListOfficeRequest request;
  request.set_name(organisation);
  request.set_office(office);
  Send(follow_ups, std::move(request));
}

void ListPersonOffice(const std::string& person, const std::string& office,
                      const Context::Lookup& related, std::vector<FollowUp>& follow_ups) {
  const auto* state = StateOf<v1::PersonState>(related, person);
  if (state == nullptr || Contains(state->offices(), office)) return;
  v1::ListPersonOfficeRequest request;
  request.set_name(person);
  request.set_office(office);
  Send(follow_ups, std::move(request));
}

void ListPersonAccount(const std::string& person, const std::string& account,
                       const Context::Lookup& related, std::vector<FollowUp>& follow_ups) {
  const auto* state = StateOf<v1::PersonState>(related, person);
  if (state == nullptr || Contains(state->accounts(), account)) return;
  v1::ListPersonAccountRequest request;
  request.set_name(person);
  request.set_account(account);
  Send(follow_ups, std::move(request));
}

void ListOfOffice(const v1::OfficeEvent& event, const std::string& office,
                  const Context::Lookup& related, std::vector<FollowUp>& follow_ups) {
  if (event.has_office_created()) {
    ListOffice(event.office_created().home().organisation(), office, related, follow_ups);
  } else if (event.has_office_transferred()) {
    ListOffice(event.office_transferred().home().organisation(), office, related, follow_ups);
  } else if (event.has_term_begun()) {
    ListPersonOffice(event.term_begun().term().person(), office, related, follow_ups);
  } else if (event.has_term_corrected() && !event.term_corrected().struck()) {
    ListPersonOffice(event.term_corrected().term().person(), office, related, follow_ups);
  } else if (event.has_deputy_named()) {
    ListPersonOffice(event.deputy_named().deputy().person(), office, related, follow_ups);
  } else if (event.has_delegation_given()) {
    ListPersonOffice(event.delegation_given().delegation().person(), office, related, follow_ups);
  }
}

// --- person-departure ---

bool RunsOn(const CivilDate& since, const CivilDate& until, const CivilDate& day) {
  const bool begun = !IsSet(since) || First(since) <= Last(day);
  return begun && (!IsSet(until) || Last(until) > Last(day));
}

void LeaveOffice(const std::string& office, const v1::OfficeState& state, const std::string& person,
                 const CivilDate& on, v1::VacancyCause cause, std::vector<FollowUp>& follow_ups) {
  for (const v1::Term& term : state.terms()) {
    if (term.person() == person && BeginsAfter(term.since(), on)) {
      v1::CorrectTermRequest request;
      request.set_name(office);
      request.mutable_term()->set_term_id(term.term_id());
      request.set_strike(true);
      Send(follow_ups, std::move(request));
    }
    if (term.person() != person || !RunsOn(term.since(), term.until(), on)) continue;
    v1::EndTermRequest request;
    request.set_name(office);
    request.set_term_id(term.term_id());
    *request.mutable_until() = on;
    request.set_cause(cause);
    Send(follow_ups, std::move(request));
  }
  for (const v1::Deputy& deputy : state.deputies()) {
    const bool later = BeginsAfter(deputy.since(), on);
    if (deputy.person() != person || !(later || RunsOn(deputy.since(), deputy.until(), on))) {
      continue;
    }
    v1::ReleaseDeputyRequest request;
    request.set_name(office);
    request.set_person(person);
    request.set_strike(later);
    *request.mutable_until() = on;
    Send(follow_ups, std::move(request));
  }
  for (const v1::Delegation& delegation : state.delegations()) {
    const bool later = BeginsAfter(delegation.since(), on);
    if (delegation.person() != person ||
        !(later || RunsOn(delegation.since(), delegation.until(), on))) {
      continue;
    }
    v1::RevokeDelegationRequest request;
    request.set_name(office);
    request.set_delegation_id(delegation.delegation_id());
    request.set_strike(later);
    *request.mutable_until() = on;
    Send(follow_ups, std::move(request));
  }
}

void FreezeAccounts(const v1::PersonState& state, const std::string& cause,
                    const Context::Lookup& related, std::vector<FollowUp>& follow_ups) {
  for (const std::string& account : state.accounts()) {
    const RelatedInstance* found = related(account);
    if (found == nullptr || found->lifecycle_state != "active") continue;
    v1::FreezeAccountRequest request;
    request.set_name(account);
    request.set_cause(cause);
    Send(follow_ups, std::move(request));
  }
}

}  // namespace

std::vector<FollowUp> DirectoryListing::React(const workflows::v1::EventRecord& record,
                                              const Message& payload,
                                              const Context::Lookup& related) const {
  std::vector<FollowUp> follow_ups;
  if (const auto* territory = dynamic_cast<const v1::TerritoryEvent*>(&payload)) {
    if (territory->has_territory_created()) {
      ListUnit(territory->territory_created().placement().within(), record.instance(), related,
               follow_ups);
    } else if (territory->has_territory_placed()) {
      ListUnit(territory->territory_placed().placement().within(), record.instance(), related,
               follow_ups);
    }
  } else if (const auto* office = dynamic_cast<const v1::OfficeEvent*>(&payload)) {
    ListOfOffice(*office, record.instance(), related, follow_ups);
  } else if (const auto* account = dynamic_cast<const v1::AccountEvent*>(&payload)) {
    if (account->has_account_created()) {
      ListPersonAccount(account->account_created().person(), record.instance(), related,
                        follow_ups);
    }
  }
  return follow_ups;
}

std::vector<FollowUp> PersonDeparture::React(const workflows::v1::EventRecord& record,
                                             const Message& payload,
                                             const Context::Lookup& related) const {
  std::vector<FollowUp> follow_ups;
  const auto* event = dynamic_cast<const v1::PersonEvent*>(&payload);
  if (event == nullptr || !(event->has_person_died() || event->has_person_left())) {
    return follow_ups;
  }
  const auto* person = StateOf<v1::PersonState>(related, record.instance());
  if (person == nullptr) return follow_ups;
  const bool died = event->has_person_died();
  const CivilDate& on = died ? event->person_died().on() : event->person_left().on();
  for (const std::string& office : person->offices()) {
    const auto* state = StateOf<v1::OfficeState>(related, office);
    if (state == nullptr) continue;
    LeaveOffice(office, *state, record.instance(), on,
                died ? v1::VACANCY_CAUSE_DEATH : v1::VACANCY_CAUSE_DEPARTURE, follow_ups);
  }
  FreezeAccounts(*person, fmt::format("{} of {}", died ? "death" : "departure", record.instance()),
                 related, follow_ups);
  return follow_ups;
}

std::vector<FollowUp> OrganisationMerger::React(const workflows::v1::EventRecord& record,
                                                const Message& payload,
                                                const Context::Lookup& related) const {
  std::vector<FollowUp> follow_ups;
  const auto* event = dynamic_cast<const v1::OrganisationEvent*>(&payload);
  if (event == nullptr || !event->has_organisation_merged()) return follow_ups;
  const v1::OrganisationMerged& merged = event->organisation_merged();
  const auto* organisation = StateOf<v1::OrganisationState>(related, record.instance());
  if (organisation == nullptr) return follow_ups;
  for (const std::string& office :
       OpenOfficesOf(*organisation, record.instance(), related, merged.on())) {
    v1::TransferOfficeRequest request;
    request.set_name(office);
    request.set_organisation(merged.into());
    *request.mutable_since() = merged.on();
    request.set_document(merged.document());
    Send(follow_ups, std::move(request));
  }
  return follow_ups;
}

std::vector<FollowUp> TermEnd::React(const workflows::v1::EventRecord& record,
                                     const Message& payload, const Context::Lookup& related) const {
  std::vector<FollowUp> follow_ups;
  const auto* event = dynamic_cast<const workflows::v1::EngineEvent*>(&payload);
  if (event == nullptr || event->deadline_reached().deadline() != "term-end") return follow_ups;
  const auto* office = StateOf<v1::OfficeState>(related, record.instance());
  if (office == nullptr || !IsSet(office->held_until())) return follow_ups;
  const CivilDate day = FromDay(Last(office->held_until()) + 1);
  const bool recorded =
      std::any_of(office->vacancies().begin(), office->vacancies().end(),
                  [&](const v1::Vacancy& vacancy) { return Same(vacancy.since(), day); });
  if (recorded || HolderOn(*office, day) != nullptr || !ExistedOn(*office, day)) return follow_ups;
  v1::RecordVacancyRequest request;
  request.set_name(record.instance());
  *request.mutable_since() = day;
  request.set_cause(v1::VACANCY_CAUSE_END_OF_TERM);
  Send(follow_ups, std::move(request));
  return follow_ups;
}

}  // namespace kasundo::directory
