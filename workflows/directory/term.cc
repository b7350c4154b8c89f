#include "workflows/directory/term.h"

#include <algorithm>

#include "workflows/directory/dated.h"

namespace kasundo::directory {
namespace {

// Of the terms of one kind that may cover the day, the one that began last.
const v1::Term* TermOn(const v1::OfficeState& office, const CivilDate& day, bool acting) {
  const v1::Term* found = nullptr;
  for (const v1::Term& term : office.terms()) {
    if ((term.kind() == v1::TERM_KIND_ACTING) != acting) continue;
    if (!Covers(term.since(), term.until(), day)) continue;
    if (found == nullptr || Compare(found->since(), term.since()) <= 0) found = &term;
  }
  return found;
}

// The day lies in a month or year of which the source does not say when the term began or ended in
// it.
bool IsUncertain(const v1::Term& term, const CivilDate& day) {
  const bool before_surely_begun = IsSet(term.since()) && First(day) < Last(term.since());
  const bool after_surely_ended = IsSet(term.until()) && Last(day) > First(term.until());
  return before_surely_begun || after_surely_ended;
}

// The regular term that ended last before a day.
const v1::Term* LastTermBefore(const v1::OfficeState& office, const CivilDate& day) {
  const v1::Term* found = nullptr;
  for (const v1::Term& term : office.terms()) {
    if (term.kind() == v1::TERM_KIND_ACTING || !IsSet(term.until())) continue;
    if (Last(term.until()) >= First(day)) continue;
    if (found == nullptr || Last(found->until()) < Last(term.until())) found = &term;
  }
  return found;
}

template <typename T>
std::vector<const T*> Covering(const google::protobuf::RepeatedPtrField<T>& all,
                               const CivilDate& day) {
  std::vector<const T*> found;
  for (const T& each : all) {
    if (Covers(each.since(), each.until(), day)) found.push_back(&each);
  }
  return found;
}

void FillVacancy(const v1::OfficeState& office, const CivilDate& day, Holding* holding) {
  if (const v1::Term* last = LastTermBefore(office, day)) {
    holding->vacant_since = StartAfter(last->until());
    holding->days_vacant = static_cast<int>(First(day) - Last(last->until()));
    holding->cause = last->ended_by() == v1::VACANCY_CAUSE_UNSPECIFIED
                         ? v1::VACANCY_CAUSE_END_OF_TERM
                         : last->ended_by();
    return;
  }
  // Never held: vacant since the office began, if that is known.
  if (office.names().empty() || !IsSet(office.names(0).since())) return;
  const absl::CivilDay begun = First(office.names(0).since());
  holding->vacant_since = office.names(0).since();
  holding->days_vacant = static_cast<int>(std::max<int64_t>(First(day) - begun + 1, 0));
}

}  // namespace

const v1::Term* HolderOn(const v1::OfficeState& office, const CivilDate& day) {
  return TermOn(office, day, /*acting=*/false);
}

const v1::Term* OfficerInChargeOn(const v1::OfficeState& office, const CivilDate& day) {
  return TermOn(office, day, /*acting=*/true);
}

std::vector<const v1::Deputy*> DeputiesOn(const v1::OfficeState& office, const CivilDate& day) {
  auto deputies = Covering(office.deputies(), day);
  std::stable_sort(deputies.begin(), deputies.end(),
                   [](const auto* a, const auto* b) { return a->rank() < b->rank(); });
  return deputies;
}

std::vector<const v1::Delegation*> DelegationsOn(const v1::OfficeState& office,
                                                 const CivilDate& day) {
  return Covering(office.delegations(), day);
}

std::vector<const v1::Duty*> DutiesOn(const v1::OfficeState& office, const CivilDate& day) {
  return Covering(office.duties(), day);
}

bool ExistedOn(const v1::OfficeState& office, const CivilDate& day) {
  if (office.names().empty()) return false;
  return Covers(office.names(0).since(), office.closed_on(), day);
}

Holding HoldingOn(const v1::OfficeState& office, const CivilDate& day) {
  Holding holding;
  if (const v1::Term* term = HolderOn(office, day)) {
    holding.holding = v1::HOLDING_HELD;
    holding.person = term->person();
    holding.term = term;
    holding.uncertain = IsUncertain(*term, day);
    return holding;
  }
  if (!ExistedOn(office, day)) {
    holding.holding = v1::HOLDING_NO_OFFICE;
    return holding;
  }
  FillVacancy(office, day, &holding);
  if (const v1::Term* term = OfficerInChargeOn(office, day)) {
    holding.holding = v1::HOLDING_ACTING;
    holding.person = term->person();
    holding.term = term;
    holding.uncertain = IsUncertain(*term, day);
    return holding;
  }
  const auto deputies = DeputiesOn(office, day);
  holding.holding = deputies.empty() ? v1::HOLDING_VACANT : v1::HOLDING_DEPUTY;
  if (!deputies.empty()) holding.person = deputies.front()->person();
  return holding;
}

Capacity CapacityOf(const v1::OfficeState& office, std::string_view person, const CivilDate& day) {
  if (person.empty()) return Capacity::kNone;
  const auto is_person = [&](const auto* each) { return each->person() == person; };
  const v1::Term* holder = HolderOn(office, day);
  if (holder != nullptr && is_person(holder)) return Capacity::kHolder;
  const v1::Term* in_charge = OfficerInChargeOn(office, day);
  if (in_charge != nullptr && is_person(in_charge)) return Capacity::kActing;
  const auto deputies = DeputiesOn(office, day);
  const auto delegations = DelegationsOn(office, day);
  const bool stands_in = std::any_of(deputies.begin(), deputies.end(), is_person) ||
                         std::any_of(delegations.begin(), delegations.end(), is_person);
  return stands_in ? Capacity::kActing : Capacity::kNone;
}

std::string OrganisationOn(const v1::OfficeState& office, const CivilDate& day) {
  const v1::OfficeHome* home = DatedOnOrFirst(office.homes(), day);
  return home == nullptr ? "" : home->organisation();
}

bool TermsCollide(const v1::Term& a, const v1::Term& b) {
  const auto begins_before_end = [](const CivilDate& since, const CivilDate& until) {
    return !IsSet(since) || !IsSet(until) || Last(since) < First(until);
  };
  return begins_before_end(a.since(), b.until()) && begins_before_end(b.since(), a.until());
}

std::vector<std::string> OpenOfficesOf(const v1::OrganisationState& organisation,
                                       std::string_view name, const Context::Lookup& lookup,
                                       const CivilDate& day) {
  std::vector<std::string> open;
  for (const std::string& office : organisation.offices()) {
    const RelatedInstance* found = lookup ? lookup(office) : nullptr;
    if (found == nullptr || found->lifecycle_state != "open") continue;
    const auto* state = dynamic_cast<const v1::OfficeState*>(found->state);
    if (state != nullptr && OrganisationOn(*state, day) == name) open.push_back(office);
  }
  return open;
}

std::vector<v1::Warning> WarningsOn(const v1::OfficeState& office, const CivilDate& day) {
  std::vector<v1::Warning> warnings;
  const v1::OfficeProfile* profile = DatedOnOrFirst(office.profiles(), day);
  // A unit has many posts; nobody holds it, so nobody need stand in.
  const bool is_unit = profile != nullptr && profile->post() == v1::POST_KIND_UNIT;
  if (!ExistedOn(office, day)) return warnings;
  if (!is_unit && HolderOn(office, day) == nullptr) warnings.push_back(v1::WARNING_VACANT);
  if (!is_unit && DeputiesOn(office, day).empty()) warnings.push_back(v1::WARNING_NO_DEPUTY);
  if (!is_unit && (!office.has_confirmed() || First(office.confirmed().on()) > Last(day) ||
                   Last(office.confirmed_until()) < First(day))) {
    warnings.push_back(v1::WARNING_NOT_CONFIRMED);
  }
  if (profile != nullptr && profile->critical() && profile->post() == v1::POST_KIND_TEMPORARY) {
    warnings.push_back(v1::WARNING_CRITICAL_ON_TEMPORARY_POST);
  }
  return warnings;
}

}  // namespace kasundo::directory
