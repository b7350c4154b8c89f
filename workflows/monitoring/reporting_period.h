// Periods that are reported on: the month, quarter, half or year around a day.
#pragma once

#include "kasundo/monitoring/v1/issuances.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::monitoring {

// The period of a cadence in which the first day of `day` lies. For ONCE, what `day` spans: a day,
// a month or a year.
v1::ReportingPeriod PeriodAround(v1::ReportingCadence cadence, const CivilDate& day);

}  // namespace kasundo::monitoring
