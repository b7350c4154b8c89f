// The territory tree on a date, and where in it (or in which organisation) a duty is held.
#include <algorithm>
#include <map>
#include <set>

#include "services/directory/instance_lookup.h"
#include "services/directory/queries.h"
#include "workflows/directory/names.h"
#include "workflows/directory/term.h"
#include "workflows/directory/territory_decider.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

// What lies within a territory on a day, each after the one around it and each once: whatever ever
// lay there is listed by the one around it, and its own placements say whether it does on that day.
class Descendants {
 public:
  Descendants(const Engine& engine, const CivilDate& on) : engine_(engine), on_(on) {}

  std::vector<v1::TerritoryUnit> Of(const std::string& top) {
    seen_.insert(top);
    if (const auto state = StateNamed<v1::TerritoryState>(engine_, top)) Visit(top, *state);
    return std::move(units_);
  }

 private:
  void Visit(const std::string& around, const v1::TerritoryState& state) {
    std::vector<std::string> names(state.units().begin(), state.units().end());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (seen_.count(name) != 0) continue;
      const auto instance = engine_.Get(name);
      if (!instance.ok() || instance->record.lifecycle_state() == "withdrawn") continue;
      const auto& unit = StateOf<v1::TerritoryState>(*instance);
      if (WithinOn(unit, on_) != around || !ExistedOnDay(unit)) continue;
      seen_.insert(name);
      v1::TerritoryUnit& one = units_.emplace_back();
      one.set_territory(name);
      one.set_title(NameOn(unit.names(), on_));
      one.set_level(LevelOn(unit, on_));
      one.set_within(around);
      Visit(name, unit);
    }
  }

  bool ExistedOnDay(const v1::TerritoryState& unit) const {
    return unit.names().empty() || Covers(unit.names(0).since(), unit.dissolved_on(), on_);
  }

  const Engine& engine_;
  const CivilDate on_;
  std::set<std::string> seen_;
  std::vector<v1::TerritoryUnit> units_;
};

bool IsWanted(v1::TerritoryLevel level, v1::TerritoryLevel wanted) {
  if (wanted != v1::TERRITORY_LEVEL_UNSPECIFIED) return level == wanted;
  return level == v1::TERRITORY_LEVEL_CITY || level == v1::TERRITORY_LEVEL_MUNICIPALITY;
}

// Rows of the units to be covered, by name.
using Rows = std::map<std::string, v1::CoverageRow>;

absl::StatusOr<Rows> RowsOf(const v1::GetDutyCoverageRequest& request, const Engine& engine,
                            const CivilDate& on) {
  Rows rows;
  if (!request.territory().empty()) {
    for (const v1::TerritoryUnit& unit : Descendants(engine, on).Of(request.territory())) {
      if (!IsWanted(unit.level(), request.level())) continue;
      rows[unit.territory()].set_title(unit.title());
    }
    return rows;
  }
  ASSIGN_OR_RETURN(const std::vector<Instance> organisations,
                   AllOf(engine, "organisation", request.parent()));
  for (const Instance& organisation : organisations) {
    const auto& state = StateOf<v1::OrganisationState>(organisation);
    if (organisation.record.lifecycle_state() == "withdrawn" || state.names().empty()) continue;
    if (!Covers(state.names(0).since(), state.ended_on(), on)) continue;
    rows[organisation.name].set_title(NameOn(state.names(), on));
  }
  return rows;
}

bool HasDuty(const v1::OfficeState& office, const v1::GetDutyCoverageRequest& request,
             const CivilDate& on) {
  const v1::DutyKind kind =
      request.kind() == v1::DUTY_KIND_UNSPECIFIED ? v1::DUTY_KIND_FOCAL_POINT : request.kind();
  const auto duties = DutiesOn(office, on);
  return std::any_of(duties.begin(), duties.end(), [&](const v1::Duty* duty) {
    return duty->kind() == kind && (request.topic().empty() || duty->topic() == request.topic());
  });
}

// The unit for which an office stands: its territory or its organisation.
std::string UnitOf(const v1::OfficeState& office, const v1::GetDutyCoverageRequest& request,
                   const Engine& engine, const CivilDate& on) {
  const std::string organisation = OrganisationOn(office, on);
  if (request.territory().empty()) return organisation;
  if (!office.territory().empty()) return office.territory();
  const auto state = StateNamed<v1::OrganisationState>(engine, organisation);
  return state == nullptr ? "" : state->territory();
}

void AddOffice(const std::string& name, const v1::OfficeState& office, const CivilDate& on,
               v1::CoverageRow& row) {
  const Holding holding = HoldingOn(office, on);
  row.add_offices(name);
  if (!holding.person.empty()) row.add_people(holding.person);
  row.set_days_vacant(row.offices_size() == 1 ? holding.days_vacant
                                              : std::min(row.days_vacant(), holding.days_vacant));
  row.set_covered(row.covered() || !holding.person.empty());
}

}  // namespace

absl::StatusOr<v1::ListTerritoryUnitsResponse> ListTerritoryUnits(
    const v1::ListTerritoryUnitsRequest& request, const Engine& engine, const CivilDate& on) {
  v1::ListTerritoryUnitsResponse response;
  std::map<v1::TerritoryLevel, int> counts;
  for (v1::TerritoryUnit& unit : Descendants(engine, on).Of(request.territory())) {
    if (request.level() != v1::TERRITORY_LEVEL_UNSPECIFIED && unit.level() != request.level()) {
      continue;
    }
    ++counts[unit.level()];
    *response.add_units() = std::move(unit);
  }
  for (const auto& [level, units] : counts) {
    v1::LevelCount& count = *response.add_counts();
    count.set_level(level);
    count.set_units(units);
  }
  return response;
}

absl::StatusOr<v1::GetDutyCoverageResponse> GetDutyCoverage(
    const v1::GetDutyCoverageRequest& request, const Engine& engine, const CivilDate& on) {
  ASSIGN_OR_RETURN(Rows rows, RowsOf(request, engine, on));
  ASSIGN_OR_RETURN(const std::vector<Instance> offices, AllOf(engine, "office", request.parent()));
  for (const Instance& office : offices) {
    const auto& state = StateOf<v1::OfficeState>(office);
    if (office.record.lifecycle_state() == "withdrawn" || !ExistedOn(state, on)) continue;
    if (!HasDuty(state, request, on)) continue;
    const auto row = rows.find(UnitOf(state, request, engine, on));
    if (row != rows.end()) AddOffice(office.name, state, on, row->second);
  }
  v1::GetDutyCoverageResponse response;
  response.set_units(static_cast<int32_t>(rows.size()));
  for (auto& [unit, row] : rows) {
    row.set_unit(unit);
    if (row.covered()) response.set_covered(response.covered() + 1);
    *response.add_rows() = std::move(row);
  }
  return response;
}

}  // namespace kasundo::directory
