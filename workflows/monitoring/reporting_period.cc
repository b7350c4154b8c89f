#include "workflows/monitoring/reporting_period.h"

#include "absl/time/civil_time.h"
#include "fmt/format.h"

namespace kasundo::monitoring {
namespace {

int MonthsOf(v1::ReportingCadence cadence) {
  switch (cadence) {
    case v1::REPORTING_CADENCE_MONTHLY:
      return 1;
    case v1::REPORTING_CADENCE_HALF_YEARLY:
      return 6;
    case v1::REPORTING_CADENCE_YEARLY:
      return 12;
    default:
      return 3;
  }
}

}  // namespace

v1::ReportingPeriod PeriodAround(v1::ReportingCadence cadence, const CivilDate& day) {
  v1::ReportingPeriod period;
  if (cadence == v1::REPORTING_CADENCE_ONCE) {
    period.set_id(ToString(day));
    *period.mutable_from() = FromDay(First(day));
    *period.mutable_until() = FromDay(Last(day));
    return period;
  }
  const absl::CivilDay within = First(day);
  const int months = MonthsOf(cadence);
  const int number = (within.month() - 1) / months + 1;
  const absl::CivilMonth first = absl::CivilMonth(within.year(), 1) + (number - 1) * months;
  switch (months) {
    case 1:
      period.set_id(fmt::format("{:04}-{:02}", within.year(), within.month()));
      break;
    case 3:
      period.set_id(fmt::format("{:04}-q{}", within.year(), number));
      break;
    case 6:
      period.set_id(fmt::format("{:04}-h{}", within.year(), number));
      break;
    default:
      period.set_id(fmt::format("{:04}", within.year()));
  }
  *period.mutable_from() = FromDay(absl::CivilDay(first));
  *period.mutable_until() = FromDay(absl::CivilDay(first + months) - 1);
  return period;
}

}  // namespace kasundo::monitoring
