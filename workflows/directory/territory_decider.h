// Territories: a tree whose names, levels and places are dated (requirements 112 and 118).
//
//   new ──TerritoryCreated──▶ existing ──Merged, Dissolved──▶ dissolved
//                              │    ▲──────Restored──────────────┘
//                              └──Withdrawn──▶ withdrawn
//
// The parent of a territory is said by its own placements; UnitListed only lets the parent find it.
#pragma once

#include <vector>

#include "kasundo/directory/v1/territory_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/decider.h"

namespace kasundo::directory {

struct TerritoryDecider {
  using State = v1::TerritoryState;
  using Event = v1::TerritoryEvent;
  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<TerritoryDecider>>& Commands();
  static const std::vector<RoleCase<TerritoryDecider>>& Roles();
  static const std::vector<GuardCase<TerritoryDecider>>& Guards();
};

// Whether a territory of level `below` may lie within one of level `above`: a higher level, or both
// of level OTHER.
bool MayLieWithin(v1::TerritoryLevel below, v1::TerritoryLevel above);

// Its level on a day; before the first one began, the first.
v1::TerritoryLevel LevelOn(const v1::TerritoryState& territory, const CivilDate& day);

// The territory around it on a day; "" for none.
std::string WithinOn(const v1::TerritoryState& territory, const CivilDate& day);

}  // namespace kasundo::directory
