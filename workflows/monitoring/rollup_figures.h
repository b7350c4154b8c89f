// Sums of answers, and how they come together: plain arithmetic over rows, without a journal.
//
// Invariants, whatever the order in which things are added and taken away: equal content has equal
// bytes (lists are sorted, zeros are left out), and taking away what was added leaves what was
// there.
#pragma once

#include <string>
#include <vector>

#include "kasundo/monitoring/v1/rollups_rows.pb.h"

namespace kasundo::monitoring {

// What one answer adds.
v1::FigureSums SumsOf(const v1::Answer& answer);

// to += sign * from; sign is 1 or -1.
void AddSums(const v1::FigureSums& from, int sign, v1::FigureSums& to);
bool IsNothing(const v1::FigureSums& sums);

// A figure of a territory as those around it see it: where an item's answers include lower units
// and the territory itself has answered, what lies within is not added again.
v1::FigureSums EffectiveSums(const v1::ItemFigures& item, const v1::StageFigures& stage);

// A change of one item's figure in one stage; taking away is adding what is negative.
struct FigureChange {
  std::string item;
  v1::DataStage stage = v1::DATA_STAGE_UNSPECIFIED;
  bool includes_lower_units = false;
  v1::FigureSums sums;
  // Where answers include lower units: units that answered, and to which it does not apply. They
  // are counted all the way up, whether or not a larger unit stands for them.
  int64_t units_answered = 0;
  int64_t units_not_applicable = 0;
};

// Changes `own` (of the territory itself) or `below` (of what lies within), and makes of the change
// the one that those around see.
void ChangeFigure(FigureChange& change, bool own, v1::RollUpRow& row);

// Changes how many checklists are in a state.
void ChangeCount(const std::string& state, int64_t by, v1::RollUpRow& row);

// Leaves out what has become zero, so that equal content has equal bytes.
void DropZeros(v1::RollUpRow& row);

// Sorted lists of names without repetition.
void AddName(const std::string& name, google::protobuf::RepeatedPtrField<std::string>& names);
void RemoveName(const std::string& name, google::protobuf::RepeatedPtrField<std::string>& names);

}  // namespace kasundo::monitoring
