// Reports on a plan as its stream tells them: its state keeps the latest of each activity only.
#pragma once

#include <optional>
#include <vector>

#include "kasundo/plans/v1/plans.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::plans {

// The plan's own fact in a record of its stream; nothing if it is one of the engine's.
std::optional<v1::PlanEvent> FactOf(const workflows::v1::EventRecord& record);

// The report in a record, new or corrected; nothing if it is something else.
std::optional<v1::ActivityProgress> ReportOf(const workflows::v1::EventRecord& record);

// Whether some activity was reported for a later day: the state then does not tell what was known
// of this one.
bool IsReportedAfter(const v1::PlanState& plan, const CivilDate& day);

// Of each activity the latest report that is for no later day, by id. Of several reports for one
// day the last word counts.
google::protobuf::RepeatedPtrField<v1::ActivityProgress> ReportsUntil(
    const std::vector<workflows::v1::EventRecord>& records, const CivilDate& day);

}  // namespace kasundo::plans
