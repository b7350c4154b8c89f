#include "workflows/continuity/overview.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "workflows/continuity/continuity.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/iso_duration.h"

namespace kasundo::continuity {
namespace {

namespace dv1 = directory::v1;

v1::LostStep LostOf(const v1::InstanceContinuity& item, const v1::RemainingStep& step,
                    const std::string& office) {
  v1::LostStep lost;
  lost.set_name(item.name());
  lost.set_state(item.state());
  lost.set_step(step.number());
  lost.set_title(step.title());
  lost.set_office(office);
  return lost;
}

const v1::RemainingStep* FindStep(const v1::InstanceContinuity& item, int number) {
  const auto found =
      std::find_if(item.steps().begin(), item.steps().end(),
                   [&](const v1::RemainingStep& step) { return step.number() == number; });
  return found == item.steps().end() ? nullptr : &*found;
}

bool Of(const v1::OfficeCover& cover, std::string_view organisation) {
  return organisation.empty() || cover.organisation() == organisation;
}

}  // namespace

std::vector<v1::PersonContinuity> LossesOf(const Items& items, const OfficeRegister& offices,
                                           std::string_view person) {
  std::map<std::string, v1::PersonContinuity> losses;
  if (!person.empty()) losses[std::string(person)];
  for (const v1::InstanceContinuity& item : items) {
    for (const v1::Finding& finding : item.findings()) {
      if (finding.kind() != v1::FINDING_KIND_SINGLE_CARRIER) continue;
      if (!person.empty() && finding.person() != person) continue;
      for (const int number : finding.steps()) {
        const v1::RemainingStep* step = FindStep(item, number);
        if (step == nullptr) continue;
        *losses[finding.person()].add_stops() = LostOf(item, *step, finding.office());
      }
    }
  }
  for (const auto& [name, office] : offices.all()) {
    if (office.cover.carriers_size() != 1) continue;
    const std::string& sole = office.cover.carriers(0).person();
    if (!person.empty() && sole != person) continue;
    losses[sole].add_offices_left_empty(name);
  }
  std::vector<v1::PersonContinuity> sorted;
  for (auto& [name, loss] : losses) {
    loss.set_person(name);
    sorted.push_back(std::move(loss));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return std::pair(a.stops_size(), a.offices_left_empty_size()) >
           std::pair(b.stops_size(), b.offices_left_empty_size());
  });
  return sorted;
}

std::vector<v1::OfficeCover> VacanciesOf(const OfficeRegister& offices,
                                         std::string_view organisation) {
  std::vector<v1::OfficeCover> vacancies;
  for (const auto& [name, office] : offices.all()) {
    if (office.cover.vacant() && Of(office.cover, organisation)) {
      vacancies.push_back(office.cover);
    }
  }
  return vacancies;
}

void SortByUrgency(Items& items) {
  std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(-a.severity(), -a.findings_size(), a.name()) <
           std::make_tuple(-b.severity(), -b.findings_size(), b.name());
  });
}

v1::ListElectionsResponse ElectionsOf(const Items& items, const OfficeRegister& offices,
                                      std::string_view organisation, int months) {
  v1::ListElectionsResponse response;
  *response.mutable_on() = offices.day();
  IsoDuration ahead;
  ahead.months = months;
  const absl::CivilDay today = Last(offices.day());
  const absl::CivilDay until = Add(today, ahead);
  std::vector<v1::ElectedTermEnd> terms;
  for (const auto& [name, office] : offices.all()) {
    if (office.cover.post() != dv1::POST_KIND_ELECTED || office.holder == nullptr) continue;
    if (!Of(office.cover, organisation)) continue;
    const CivilDate end = TermEndOf(office);
    if (!IsSet(end)) {
      *response.add_end_unknown() = office.cover;
      continue;
    }
    if (First(end) > until) continue;
    v1::ElectedTermEnd& term = terms.emplace_back();
    *term.mutable_office() = office.cover;
    *term.mutable_term_end() = end;
    term.set_days_left(static_cast<int32_t>(Last(end) - today));
    for (const v1::InstanceContinuity& item : items) {
      for (const v1::RemainingStep& step : item.steps()) {
        if (IsNeeded(step, name)) *term.add_before() = LostOf(item, step, name);
      }
    }
  }
  std::stable_sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) {
    return Compare(a.term_end(), b.term_end()) < 0;
  });
  for (v1::ElectedTermEnd& term : terms) *response.add_terms() = std::move(term);
  return response;
}

bool HandoverIsDue(const KnownOffice& office, const CivilDate& day) {
  if (office.cover.vacant()) return true;
  const CivilDate end = TermEndOf(office);
  const IsoDuration ahead = RulesOf(workflows::v1::WorkflowDefinition()).handover_ahead;
  return IsSet(end) && Last(end) <= Add(Last(day), ahead);
}

v1::HandoverItem HandoverOf(const v1::InstanceContinuity& item, const KnownOffice& office) {
  v1::HandoverItem handed;
  *handed.mutable_continuity() = item;
  auto& steps = *handed.mutable_continuity()->mutable_steps();
  std::map<std::string, v1::OfficeCover> counterparts;
  for (const v1::RemainingStep& step : item.steps()) {
    if (IsNeeded(step, office.name)) handed.set_indispensable(true);
    for (const v1::OfficeCover& other : step.offices()) {
      if (other.organisation() != office.cover.organisation()) {
        counterparts.emplace(other.office(), other);
      }
    }
  }
  steps.erase(std::remove_if(steps.begin(), steps.end(),
                             [&](const v1::RemainingStep& step) {
                               return std::none_of(step.offices().begin(), step.offices().end(),
                                                   [&](const v1::OfficeCover& cover) {
                                                     return cover.office() == office.name;
                                                   });
                             }),
              steps.end());
  for (auto& [name, cover] : counterparts) *handed.add_counterparts() = std::move(cover);
  return handed;
}

}  // namespace kasundo::continuity
