#include "workflows/monitoring/issued_units.h"

#include <algorithm>

#include "kasundo/directory/v1/territory_events.pb.h"
#include "workflows/directory/territory_decider.h"
#include "workflows/engine/civil_date.h"
#include "workflows/monitoring/oversight.h"

namespace kasundo::monitoring {
namespace {

using directory::v1::TerritoryState;

bool ExistsOn(const TerritoryState& territory, const CivilDate& day) {
  if (IsSet(territory.dissolved_on()) && Before(territory.dissolved_on(), day)) return false;
  return territory.names().empty() || !IsSet(territory.names(0).since()) ||
         !Before(day, territory.names(0).since());
}

class Way {
 public:
  Way(const v1::IssuanceState& state, const Context& context)
      : settings_(state.settings()), context_(context), day_(settings_.period().until()) {
    *next_.reached.mutable_places() = state.places();
    next_.reached.set_begun(state.begun());
  }

  NextUnits Walk() {
    while (next_.reached.units_size() < kUnitsInAStep && visits_ < kVisitsInAStep) {
      if (!Step()) {
        next_.done = true;
        break;
      }
    }
    return std::move(next_);
  }

 private:
  // One place further; false at the end.
  bool Step() {
    v1::UnitsReached& reached = next_.reached;
    if (!reached.places().empty()) {
      Descend();
      return true;
    }
    const int begun = reached.begun();
    const int named = settings_.units().units_size();
    if (begun >= named + settings_.units().within_size()) return false;
    reached.set_begun(begun + 1);
    if (begun < named) {
      reached.add_units(settings_.units().units(begun));
    } else {
      Enter(settings_.units().within(begun - named));
    }
    return true;
  }

  // To the next territory within the last place, or back from it.
  void Descend() {
    auto& places = *next_.reached.mutable_places();
    v1::TreePlace& place = *places.rbegin();
    const auto* territory = context_.Related<TerritoryState>(place.territory());
    if (territory == nullptr || place.visited() >= territory->units_size()) {
      places.RemoveLast();
      return;
    }
    const std::string parent = place.territory();
    const std::string child = territory->units(place.visited());
    place.set_visited(place.visited() + 1);
    const auto* below = context_.Related<TerritoryState>(child);
    // It may have lain here at another time only: each territory is reached where it lies on the
    // last day of the period, so never twice.
    if (below != nullptr && directory::WithinOn(*below, day_) == parent) Enter(child);
  }

  void Enter(const std::string& name) {
    ++visits_;
    const auto* territory = context_.Related<TerritoryState>(name);
    if (territory == nullptr || !ExistsOn(*territory, day_)) return;
    const auto& levels = settings_.units().levels();
    if (std::find(levels.begin(), levels.end(), directory::LevelOn(*territory, day_)) !=
        levels.end()) {
      next_.reached.add_units(name);
    }
    if (!territory->units().empty()) next_.reached.add_places()->set_territory(name);
  }

  const v1::IssuanceBegun& settings_;
  const Context& context_;
  const CivilDate& day_;
  NextUnits next_;
  int visits_ = 0;
};

}  // namespace

bool IsReached(const v1::UnitSet& units, const std::string& territory, const CivilDate& day,
               const Context::Lookup& lookup) {
  if (units.within().empty() || units.levels().empty()) return false;
  const auto state_of = [&](const std::string& name) {
    const RelatedInstance* found = lookup ? lookup(name) : nullptr;
    return found == nullptr ? nullptr : dynamic_cast<const TerritoryState*>(found->state);
  };
  const TerritoryState* state = state_of(territory);
  if (state == nullptr) return false;
  const int level = directory::LevelOn(*state, day);
  if (std::find(units.levels().begin(), units.levels().end(), level) == units.levels().end()) {
    return false;
  }
  for (const std::string& around : TerritoriesAround(lookup, territory, day)) {
    const TerritoryState* one = state_of(around);
    if (one == nullptr || !ExistsOn(*one, day)) return false;
    const auto& roots = units.within();
    if (std::find(roots.begin(), roots.end(), around) != roots.end()) return true;
  }
  return false;
}

NextUnits UnitsAfter(const v1::IssuanceState& state, const Context& context) {
  return Way(state, context).Walk();
}

}  // namespace kasundo::monitoring
