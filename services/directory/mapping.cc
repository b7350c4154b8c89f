#include "services/directory/mapping.h"

#include <algorithm>

#include "kasundo/directory/v1/account_events.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "workflows/directory/account_decider.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/names.h"
#include "workflows/directory/person_decider.h"
#include "workflows/directory/term.h"
#include "workflows/directory/territory_decider.h"

namespace kasundo::directory {
namespace {

template <typename State>
const State& StateOf(const Instance& instance) {
  return static_cast<const State&>(*instance.state);
}

void FillHolding(const v1::OfficeState& state, const CivilDate& on, v1::Office& office) {
  const Holding holding = HoldingOn(state, on);
  if (holding.holding == v1::HOLDING_HELD) {
    office.set_holder(holding.person);
  } else {
    office.set_acting(holding.person);
  }
  bool ready = ExistedOn(state, on);
  for (const v1::Warning warning : WarningsOn(state, on)) {
    office.add_warnings(warning);
    ready = ready && warning == v1::WARNING_CRITICAL_ON_TEMPORARY_POST;
  }
  office.set_ready(ready);
}

// The viewer may see contact data of this minor. Asked for today, whatever business date the
// question has.
bool MaySeeContact(const v1::PersonState& state, const MappingContext& context) {
  const CivilDate today = DayOf(context.engine.clock().Now(), absl::UTCTimeZone());
  return !IsMinor(state.birth_year(), today) ||
         (!state.adviser_office().empty() &&
          std::find(context.viewer_offices.begin(), context.viewer_offices.end(),
                    state.adviser_office()) != context.viewer_offices.end());
}

}  // namespace

v1::Territory ToTerritory(const Instance& instance, const MappingContext& context) {
  const auto& state = StateOf<v1::TerritoryState>(instance);
  v1::Territory territory;
  territory.set_title(NameOn(state.names(), context.on));
  territory.set_level(LevelOn(state, context.on));
  territory.set_within(WithinOn(state, context.on));
  *territory.mutable_names() = state.names();
  *territory.mutable_aliases() = state.aliases();
  *territory.mutable_codes() = state.codes();
  *territory.mutable_levels() = state.levels();
  *territory.mutable_placements() = state.placements();
  *territory.mutable_formed_from() = state.formed_from();
  *territory.mutable_split_into() = state.split_into();
  territory.set_merged_into(state.merged_into());
  if (state.has_dissolved_on()) *territory.mutable_dissolved_on() = state.dissolved_on();
  return territory;
}

v1::Organisation ToOrganisation(const Instance& instance, const MappingContext& context) {
  const auto& state = StateOf<v1::OrganisationState>(instance);
  v1::Organisation organisation;
  organisation.set_title(NameOn(state.names(), context.on));
  if (const auto* profile = DatedOnOrFirst(state.profiles(), context.on)) {
    organisation.set_kind(profile->kind());
    organisation.set_sector(profile->sector());
    *organisation.mutable_functions() = profile->functions();
  }
  organisation.set_territory(state.territory());
  organisation.set_parent_organisation(state.parent_organisation());
  *organisation.mutable_names() = state.names();
  *organisation.mutable_aliases() = state.aliases();
  *organisation.mutable_profiles() = state.profiles();
  organisation.set_merged_into(state.merged_into());
  if (state.has_ended_on()) *organisation.mutable_ended_on() = state.ended_on();
  organisation.set_end_document(state.end_document());
  *organisation.mutable_offices() = state.offices();
  return organisation;
}

v1::Office ToOffice(const Instance& instance, const MappingContext& context) {
  const auto& state = StateOf<v1::OfficeState>(instance);
  v1::Office office;
  office.set_title(NameOn(state.names(), context.on));
  office.set_organisation(OrganisationOn(state, context.on));
  office.set_territory(state.territory());
  office.set_parent_office(state.parent_office());
  if (const auto* profile = DatedOnOrFirst(state.profiles(), context.on)) {
    office.set_post(profile->post());
    *office.mutable_functions() = profile->functions();
    office.set_critical(profile->critical());
  }
  FillHolding(state, context.on, office);
  *office.mutable_names() = state.names();
  *office.mutable_aliases() = state.aliases();
  *office.mutable_profiles() = state.profiles();
  *office.mutable_homes() = state.homes();
  *office.mutable_terms() = state.terms();
  *office.mutable_deputies() = state.deputies();
  *office.mutable_delegations() = state.delegations();
  *office.mutable_duties() = state.duties();
  *office.mutable_vacancies() = state.vacancies();
  if (state.has_confirmed()) *office.mutable_confirmed() = state.confirmed();
  office.set_successor(state.successor());
  if (state.has_closed_on()) *office.mutable_closed_on() = state.closed_on();
  return office;
}

v1::Person ToPerson(const Instance& instance, const MappingContext& context) {
  const auto& state = StateOf<v1::PersonState>(instance);
  v1::Person person;
  person.set_full_name(NameOn(state.names(), context.on));
  person.set_honorific(state.honorific());
  person.set_pseudonym(state.pseudonym());
  *person.mutable_names() = state.names();
  *person.mutable_aliases() = state.aliases();
  if (state.has_contact()) {
    if (MaySeeContact(state, context)) {
      *person.mutable_contact() = state.contact();
    } else {
      person.set_contact_withheld(true);
    }
  }
  person.set_adviser_office(state.adviser_office());
  person.set_minor(IsMinor(state.birth_year(), context.on));
  if (state.has_gone_on()) *person.mutable_gone_on() = state.gone_on();
  *person.mutable_offices() = state.offices();
  return person;
}

v1::Account ToAccount(const Instance& instance, const MappingContext& context) {
  const auto& state = StateOf<v1::AccountState>(instance);
  v1::Account account;
  account.set_person(state.person());
  *account.mutable_offices() = state.offices();
  *account.mutable_roles() = state.roles();
  account.set_has_password(!state.password_hash().empty());
  for (const v1::StoredToken& token : state.tokens()) *account.add_tokens() = token.token();
  if (IsLocked(state, context.engine.clock().Now())) {
    *account.mutable_locked_until() = state.locked_until();
  }
  account.set_purpose(state.purpose());
  return account;
}

}  // namespace kasundo::directory
