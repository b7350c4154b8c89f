// People: names, how to reach them, and whether they are still there.
//
//   new ──PersonCreated──▶ present ──PersonDied──▶ deceased, ──PersonLeft──▶ left
//                           │   ▲──────PersonReturned──┴────────────────────┘
//                           └──PersonWithdrawn──▶ withdrawn
//
// Nothing of party, legal status, ethnicity or religion is kept (requirements 137, 139, 143); a
// birth year only of minors.
#pragma once

#include <vector>

#include "kasundo/directory/v1/person_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/decider.h"

namespace kasundo::directory {

struct PersonDecider {
  using State = v1::PersonState;
  using Event = v1::PersonEvent;
  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<PersonDecider>>& Commands();
  static const std::vector<RoleCase<PersonDecider>>& Roles();
  static const std::vector<GuardCase<PersonDecider>>& Guards();
};

// Whether somebody born in that year may be under 18 on a day: in the year of the 18th birthday
// still. False for year 0.
bool IsMinor(int birth_year, const CivilDate& day);

}  // namespace kasundo::directory
