// What could keep an instance from its goal: each kind of finding (continuity.proto) is one rule
// here, with the requirement that it keeps.
#pragma once

#include "kasundo/continuity/v1/continuity.pb.h"
#include "workflows/continuity/continuity.h"

namespace kasundo::continuity {

// Adds the findings to `item`, worst first, and sets its severity. REQUIRES: its steps and sides
// are there.
void AddFindings(const Subject& subject, const Rules& rules, const OfficeRegister& offices,
                 v1::InstanceContinuity& item);

}  // namespace kasundo::continuity
