// How deep a practice is anchored (requirement 133): project only, letter, agreement, executive
// order, resolution, ordinance, ordinance with budget, in the development plan. Computed from what
// holds now; nothing is stored.
#pragma once

#include <string>
#include <vector>

#include "kasundo/agreements/v1/agreements_events.pb.h"

namespace kasundo::agreements {

// An instrument that holds.
struct HeldInstrument {
  std::string name;  // or the title of a document that is kept elsewhere
  v1::AnchoringLevel level = v1::ANCHORING_LEVEL_UNSPECIFIED;
};

// The level of an instrument of that form that holds; `budgeted`: a line of a budget pays for it.
v1::AnchoringLevel LevelOf(v1::InstrumentType instrument, bool budgeted);

// What the links of an agreement say about documents that are kept elsewhere and about plans that
// take it up. Instances that it is linked to are the caller's to judge: whether they hold.
std::vector<HeldInstrument> DocumentsOf(const v1::AgreementState& agreement);

// The deepest level of all, with the instruments of that level; PROJECT_ONLY without any.
v1::Anchoring Deepest(const std::vector<HeldInstrument>& instruments);

}  // namespace kasundo::agreements
