// The glossary of functions: what can be assigned, in the words of its legal basis. Each entry has
// dated versions, so that an assignment of 2011 shows what the function meant in 2011.
//
//   new ──FunctionDefined──▶ in-force ──FunctionRetired──▶ retired
//                              │  ▲──FunctionRestored───────┘
//                              └──FunctionWithdrawn──▶ withdrawn
#pragma once

#include <vector>

#include "kasundo/assignments/v1/functions_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/decider.h"

namespace kasundo::assignments {

struct Function {
  using State = v1::FunctionState;
  using Event = v1::FunctionEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Function>>& Commands();
  // keeper.
  static const std::vector<RoleCase<Function>>& Roles();
  static const std::vector<GuardCase<Function>>& Guards();
};

// The version of a day; nullptr before the first and after the last day of the function.
const v1::FunctionVersion* VersionOn(const v1::FunctionState& function, const CivilDate& day);

// The same, or else the nearest one; nullptr if there is none at all.
const v1::FunctionVersion* VersionOnOrNearest(const v1::FunctionState& function,
                                              const CivilDate& day);

}  // namespace kasundo::assignments
