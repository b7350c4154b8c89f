#include "workflows/continuity/offices.h"

#include <algorithm>

#include "workflows/directory/dated.h"
#include "workflows/directory/office_decider.h"
#include "workflows/directory/term.h"

namespace kasundo::continuity {
namespace {

namespace dv1 = directory::v1;

bool After(const CivilDate& date, const CivilDate& day) {
  return IsSet(date) && First(date) > Last(day);
}

absl::CivilDay RecordedOn(const workflows::v1::EventRecord& record, absl::TimeZone zone) {
  return absl::ToCivilDay(absl::FromUnixSeconds(record.recorded_time().seconds()), zone);
}

// Whether the fact was known on the day only in hindsight, as far as its own dates tell.
bool CameLater(const dv1::OfficeEvent& event, const CivilDate& day) {
  if (event.has_term_ended()) {
    return event.term_ended().cause() != dv1::VACANCY_CAUSE_END_OF_TERM &&
           After(event.term_ended().until(), day);
  }
  if (event.has_office_vacated()) return After(event.office_vacated().vacancy().since(), day);
  if (event.has_deputy_released()) return After(event.deputy_released().until(), day);
  if (event.has_delegation_revoked()) return After(event.delegation_revoked().until(), day);
  if (event.has_office_closed()) return After(event.office_closed().on(), day);
  return false;
}

v1::Carrier& AddCarrier(v1::OfficeCover& cover, const std::string& person, v1::Capacity capacity,
                        const CivilDate& since, const CivilDate& until) {
  v1::Carrier& carrier = *cover.add_carriers();
  carrier.set_person(person);
  carrier.set_capacity(capacity);
  if (IsSet(since)) *carrier.mutable_since() = since;
  if (IsSet(until)) *carrier.mutable_until() = until;
  return carrier;
}

bool HasCarrier(const v1::OfficeCover& cover, const std::string& person) {
  return std::any_of(cover.carriers().begin(), cover.carriers().end(),
                     [&](const v1::Carrier& carrier) { return carrier.person() == person; });
}

v1::OfficeCover CoverOn(const std::string& name, const dv1::OfficeState& state,
                        const CivilDate& day) {
  v1::OfficeCover cover;
  cover.set_office(name);
  if (const auto* title = directory::DatedOnOrFirst(state.names(), day)) {
    cover.set_title(title->text());
  }
  cover.set_organisation(directory::OrganisationOn(state, day));
  const dv1::OfficeProfile* profile = directory::DatedOnOrFirst(state.profiles(), day);
  if (profile != nullptr) cover.set_post(profile->post());
  const dv1::Term* holder = directory::HolderOn(state, day);
  if (holder != nullptr) {
    AddCarrier(cover, holder->person(), v1::CAPACITY_HOLDER, holder->since(), holder->until());
  }
  // One person counts once, in the first capacity.
  if (const dv1::Term* acting = directory::OfficerInChargeOn(state, day);
      acting != nullptr && !HasCarrier(cover, acting->person())) {
    AddCarrier(cover, acting->person(), v1::CAPACITY_OFFICER_IN_CHARGE, acting->since(),
               acting->until());
  }
  for (const dv1::Deputy* deputy : directory::DeputiesOn(state, day)) {
    if (HasCarrier(cover, deputy->person())) continue;
    AddCarrier(cover, deputy->person(), v1::CAPACITY_DEPUTY, deputy->since(), deputy->until())
        .set_rank(deputy->rank());
  }
  for (const dv1::Delegation* delegation : directory::DelegationsOn(state, day)) {
    if (HasCarrier(cover, delegation->person())) continue;
    AddCarrier(cover, delegation->person(), v1::CAPACITY_DELEGATE, delegation->since(),
               delegation->until())
        .set_scope(delegation->scope());
  }
  cover.set_unit(cover.post() == dv1::POST_KIND_UNIT && cover.carriers().empty());
  if (holder == nullptr && !cover.unit()) {
    cover.set_vacant(true);
    const directory::Holding holding = directory::HoldingOn(state, day);
    if (IsSet(holding.vacant_since)) *cover.mutable_vacant_since() = holding.vacant_since;
    cover.set_vacancy_cause(holding.cause);
  }
  return cover;
}

}  // namespace

std::optional<dv1::OfficeState> WithoutHindsight(const std::vector<OfficeFact>& history,
                                                 const CivilDate& day, absl::TimeZone zone) {
  std::optional<dv1::OfficeState> state;
  for (const auto& [record, event] : history) {
    const bool recorded_later = RecordedOn(record, zone) > Last(day);
    const bool happened_later =
        IsSet(record.occurred_on()) && Last(record.occurred_on()) > Last(day);
    if (recorded_later && (happened_later || CameLater(event, day))) continue;
    if (!state.has_value()) state = directory::OfficeDecider::Initial();
    state = directory::OfficeDecider::Evolve(*std::move(state), event);
  }
  return state;
}

void OfficeRegister::Add(std::string name, dv1::OfficeState state) {
  if (!directory::ExistedOn(state, day_)) return;
  KnownOffice office;
  office.cover = CoverOn(name, state, day_);
  office.name = name;
  office.state = std::move(state);
  KnownOffice& kept = offices_.insert_or_assign(std::move(name), std::move(office)).first->second;
  kept.holder = directory::HolderOn(kept.state, day_);
}

const KnownOffice* OfficeRegister::Find(std::string_view name) const {
  const auto found = offices_.find(name);
  return found == offices_.end() ? nullptr : &found->second;
}

CivilDate TermEndOf(const KnownOffice& office) {
  return office.holder == nullptr ? CivilDate() : office.holder->until();
}

}  // namespace kasundo::continuity
