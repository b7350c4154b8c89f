// Names, holders, vacancies and warnings; territories and coverage are in territory_queries.cc.
#include "services/directory/queries.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"
#include "services/directory/instance_lookup.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/names.h"
#include "workflows/directory/term.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

constexpr size_t kMatchesDefault = 20;
constexpr size_t kMatchesMax = 100;
constexpr int kOfficesPerPersonDefault = 5;

std::string TitleOf(const Instance& instance, const CivilDate& on) {
  const google::protobuf::Message* state = instance.state.get();
  if (const auto* territory = dynamic_cast<const v1::TerritoryState*>(state)) {
    return NameOn(territory->names(), on);
  }
  if (const auto* organisation = dynamic_cast<const v1::OrganisationState*>(state)) {
    return NameOn(organisation->names(), on);
  }
  if (const auto* office = dynamic_cast<const v1::OfficeState*>(state)) {
    return NameOn(office->names(), on);
  }
  if (const auto* person = dynamic_cast<const v1::PersonState*>(state)) {
    return NameOn(person->names(), on);
  }
  return "";
}

void FillVacant(const v1::OfficeState& state, const CivilDate& on, v1::VacantOffice& vacant) {
  const Holding holding = HoldingOn(state, on);
  vacant.set_title(NameOn(state.names(), on));
  vacant.set_organisation(OrganisationOn(state, on));
  if (IsSet(holding.vacant_since)) *vacant.mutable_since() = holding.vacant_since;
  vacant.set_days_vacant(holding.days_vacant);
  vacant.set_cause(holding.cause);
  vacant.set_acting(holding.person);
  const v1::OfficeProfile* profile = DatedOnOrFirst(state.profiles(), on);
  vacant.set_critical(profile != nullptr && profile->critical());
}

std::string InWords(v1::Warning warning, const v1::OfficeState& state, const CivilDate& on) {
  switch (warning) {
    case v1::WARNING_VACANT:
      return fmt::format("without holder for {} days", HoldingOn(state, on).days_vacant);
    case v1::WARNING_NO_DEPUTY:
      return "no deputy is named";
    case v1::WARNING_NOT_CONFIRMED:
      return state.has_confirmed() ? fmt::format("last confirmed to be reachable on {}",
                                                 ToString(state.confirmed().on()))
                                   : "never confirmed to be reachable";
    case v1::WARNING_CRITICAL_ON_TEMPORARY_POST:
      return "work stops without it, and the post is temporary";
    default:
      return "";
  }
}

void AddWarning(v1::ListWarningsResponse& response, const std::string& name,
                const std::string& title, v1::Warning warning, std::string message) {
  v1::DirectoryWarning& one = *response.add_warnings();
  one.set_name(name);
  one.set_title(title);
  one.set_warning(warning);
  one.set_message(std::move(message));
}

// What the offices of a realm say together.
struct Gathered {
  std::map<std::string, int> offices_of;          // person: offices held on the date
  std::map<std::string, int> champions_of;        // initiative: champions in office on the date
  std::map<std::string, std::string> championed;  // initiative: an office that ever backed it
};

void Gather(const Instance& office, const CivilDate& on, Gathered& gathered) {
  const auto& state = StateOf<v1::OfficeState>(office);
  const v1::Term* holder = HolderOn(state, on);
  if (holder != nullptr) ++gathered.offices_of[holder->person()];
  for (const v1::Duty& duty : state.duties()) {
    if (duty.kind() != v1::DUTY_KIND_CHAMPION) continue;
    const bool backs = holder != nullptr && Covers(duty.since(), duty.until(), on);
    for (const std::string& initiative : duty.initiatives()) {
      gathered.champions_of[initiative] += backs ? 1 : 0;
      gathered.championed[initiative] = office.name;
    }
  }
}

void WarnOfPeopleAndInitiatives(const Gathered& gathered, const Engine& engine, const CivilDate& on,
                                int limit, v1::ListWarningsResponse& response) {
  for (const auto& [person, offices] : gathered.offices_of) {
    if (offices <= limit) continue;
    const auto state = StateNamed<v1::PersonState>(engine, person);
    AddWarning(response, person, state == nullptr ? "" : NameOn(state->names(), on),
               v1::WARNING_TOO_MANY_OFFICES,
               fmt::format("holds {} offices; {} are the limit", offices, limit));
  }
  for (const auto& [initiative, champions] : gathered.champions_of) {
    if (champions > 0) continue;
    AddWarning(response, initiative, "", v1::WARNING_LAST_CHAMPION_LOST,
               fmt::format("no champion is left; the last known was {}",
                           gathered.championed.at(initiative)));
  }
}

void WarnOfOffice(const Instance& office, const CivilDate& on, v1::ListWarningsResponse& response) {
  const auto& state = StateOf<v1::OfficeState>(office);
  bool ready = true;
  for (const v1::Warning warning : WarningsOn(state, on)) {
    ready = ready && warning == v1::WARNING_CRITICAL_ON_TEMPORARY_POST;
    AddWarning(response, office.name, NameOn(state.names(), on), warning,
               InWords(warning, state, on));
  }
  if (!IsPostOn(office, on)) return;
  response.set_offices(response.offices() + 1);
  if (ready) response.set_ready(response.ready() + 1);
}

}  // namespace

bool IsPostOn(const Instance& office, const CivilDate& day) {
  const auto& state = StateOf<v1::OfficeState>(office);
  if (office.record.lifecycle_state() == "withdrawn" || !ExistedOn(state, day)) return false;
  const v1::OfficeProfile* profile = DatedOnOrFirst(state.profiles(), day);
  return profile == nullptr || profile->post() != v1::POST_KIND_UNIT;
}

absl::StatusOr<v1::ResolveNameResponse> ResolveName(const v1::ResolveNameRequest& request,
                                                    const Engine& engine, NameIndex& names,
                                                    const CivilDate& on) {
  const size_t limit = request.page_size() <= 0
                           ? kMatchesDefault
                           : std::min(static_cast<size_t>(request.page_size()), kMatchesMax);
  const std::set<std::string> kinds(request.kinds().begin(), request.kinds().end());
  ASSIGN_OR_RETURN(const auto matches, names.Find(request.realm(), request.text(), kinds, limit));
  v1::ResolveNameResponse response;
  for (const NameIndex::Match& match : matches) {
    v1::NameMatch& one = *response.add_matches();
    one.set_name(match.name);
    one.set_kind(match.kind);
    one.set_matched(match.matched);
    one.set_exact(match.exact);
    ASSIGN_OR_RETURN(const Instance instance, engine.Get(match.name));
    one.set_title(TitleOf(instance, on));
  }
  return response;
}

absl::StatusOr<v1::GetHolderResponse> GetHolder(const v1::GetHolderRequest& request,
                                                const Engine& engine, const CivilDate& on) {
  ASSIGN_OR_RETURN(const Instance office, engine.Get(request.office()));
  const auto& state = StateOf<v1::OfficeState>(office);
  const Holding holding = HoldingOn(state, on);
  v1::GetHolderResponse response;
  response.set_office(office.name);
  response.set_title(NameOn(state.names(), on));
  response.set_organisation(OrganisationOn(state, on));
  *response.mutable_on() = on;
  response.set_holding(holding.holding);
  response.set_person(holding.person);
  if (const auto person = StateNamed<v1::PersonState>(engine, holding.person)) {
    response.set_person_title(NameOn(person->names(), on));
  }
  if (holding.term != nullptr) *response.mutable_term() = *holding.term;
  if (IsSet(holding.vacant_since)) *response.mutable_vacant_since() = holding.vacant_since;
  response.set_days_vacant(holding.days_vacant);
  response.set_cause(holding.cause);
  response.set_uncertain(holding.uncertain);
  for (const auto* deputy : DeputiesOn(state, on)) response.add_deputies(deputy->person());
  for (const auto* delegation : DelegationsOn(state, on)) {
    *response.add_delegations() = *delegation;
  }
  return response;
}

absl::StatusOr<v1::ListVacanciesResponse> ListVacancies(const v1::ListVacanciesRequest& request,
                                                        const Engine& engine, const CivilDate& on) {
  ASSIGN_OR_RETURN(const std::vector<Instance> offices, AllOf(engine, "office", request.parent()));
  v1::ListVacanciesResponse response;
  for (const Instance& office : offices) {
    const auto& state = StateOf<v1::OfficeState>(office);
    if (!IsPostOn(office, on)) continue;
    if (!request.organisation().empty() && OrganisationOn(state, on) != request.organisation()) {
      continue;
    }
    response.set_offices(response.offices() + 1);
    if (HolderOn(state, on) != nullptr) continue;
    v1::VacantOffice& vacant = *response.add_vacancies();
    vacant.set_office(office.name);
    FillVacant(state, on, vacant);
  }
  return response;
}

absl::StatusOr<v1::ListWarningsResponse> ListWarnings(const v1::ListWarningsRequest& request,
                                                      const Engine& engine, const CivilDate& on) {
  ASSIGN_OR_RETURN(const std::vector<Instance> offices, AllOf(engine, "office", request.parent()));
  v1::ListWarningsResponse response;
  Gathered gathered;
  for (const Instance& office : offices) {
    if (office.record.lifecycle_state() == "withdrawn") continue;
    Gather(office, on, gathered);
    WarnOfOffice(office, on, response);
  }
  const int limit = request.max_offices() <= 0 ? kOfficesPerPersonDefault : request.max_offices();
  WarnOfPeopleAndInitiatives(gathered, engine, on, limit, response);
  std::stable_sort(response.mutable_warnings()->begin(), response.mutable_warnings()->end(),
                   [](const v1::DirectoryWarning& a, const v1::DirectoryWarning& b) {
                     return std::make_pair(a.name(), static_cast<int>(a.warning())) <
                            std::make_pair(b.name(), static_cast<int>(b.warning()));
                   });
  return response;
}

}  // namespace kasundo::directory
