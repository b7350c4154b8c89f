// Which units an issuance reaches next. The way goes through the named units, then through the
// territories within each root, parents before children. It can stop anywhere and go on in another
// command: where it stands is a few numbers in the issuance's state. So the issuing of 24,972
// checklists never holds up anybody for longer than one such step.
#pragma once

#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::monitoring {

// At most so many units, and so many territories looked at, in one step.
inline constexpr int kUnitsInAStep = 100;
inline constexpr int kVisitsInAStep = 400;

// Whether the way reaches the territory: it is of a wanted level, and lies within a root, on `day`.
bool IsReached(const v1::UnitSet& units, const std::string& territory, const CivilDate& day,
               const Context::Lookup& lookup);

// The units after those that `state` has reached, and where the way stands then. `next_time` is
// left to the caller: the way is at its end if `done`.
struct NextUnits {
  v1::UnitsReached reached;
  bool done = false;
};
NextUnits UnitsAfter(const v1::IssuanceState& state, const Context& context);

}  // namespace kasundo::monitoring
