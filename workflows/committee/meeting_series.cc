#include "workflows/committee/meeting_series.h"

#include <string>

#include "absl/time/civil_time.h"
#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

constexpr int kLastWeek = 5;

int MonthsOf(const v1::Cadence& cadence) {
  switch (cadence.period()) {
    case v1::CADENCE_PERIOD_QUARTERLY:
      return 3;
    case v1::CADENCE_PERIOD_END_OF_CYCLE:
      return cadence.cycle_months();
    case v1::CADENCE_PERIOD_YEARLY:
      return 12;
    default:
      return 1;
  }
}

absl::Weekday WeekdayOf(int number) { return static_cast<absl::Weekday>(number - 1); }

// The weekday of the cadence in a month, or its first day.
absl::CivilDay DayIn(const v1::Cadence& cadence, absl::CivilMonth month) {
  const absl::CivilDay first(month);
  if (cadence.weekday() == 0) return first;
  const absl::Weekday weekday = WeekdayOf(cadence.weekday());
  if (cadence.week_of_month() == kLastWeek) {
    return absl::PrevWeekday(absl::CivilDay(month + 1), weekday);
  }
  const int week = cadence.week_of_month() == 0 ? 1 : cadence.week_of_month();
  return absl::NextWeekday(first - 1, weekday) + 7 * (week - 1);
}

v1::PlannedMeeting Planned(std::string id, absl::CivilDay day, absl::CivilDay start,
                           absl::CivilDay end, const v1::Cadence& cadence) {
  v1::PlannedMeeting meeting;
  meeting.set_id(std::move(id));
  *meeting.mutable_planned_on() = FromDay(day);
  *meeting.mutable_window_start() = FromDay(start);
  *meeting.mutable_window_end() =
      FromDay(cadence.window_days() == 0 ? end : day + cadence.window_days());
  return meeting;
}

void PlanHalfMonths(const v1::Cadence& cadence, absl::CivilMonth month,
                    std::vector<v1::PlannedMeeting>& plan) {
  const std::string id = fmt::format("{:04}-{:02}", month.year(), month.month());
  const absl::CivilDay middle = absl::CivilDay(month) + 15;
  const absl::CivilDay end = absl::CivilDay(month + 1) - 1;
  const auto first_in = [&](absl::CivilDay start) {
    return cadence.weekday() == 0 ? start
                                  : absl::NextWeekday(start - 1, WeekdayOf(cadence.weekday()));
  };
  const absl::CivilDay start(month);
  plan.push_back(Planned(id + "-a", first_in(start), start, middle - 1, cadence));
  plan.push_back(Planned(id + "-b", first_in(middle), middle, end, cadence));
}

std::string IdOfPeriod(const v1::Cadence& cadence, int year, int number) {
  switch (cadence.period()) {
    case v1::CADENCE_PERIOD_QUARTERLY:
      return fmt::format("{:04}-q{}", year, number);
    case v1::CADENCE_PERIOD_END_OF_CYCLE:
      return fmt::format("{:04}-c{}", year, number);
    case v1::CADENCE_PERIOD_YEARLY:
      return fmt::format("{:04}", year);
    default:
      return fmt::format("{:04}-{:02}", year, number);
  }
}

}  // namespace

absl::Status CheckCadence(std::string_view field, const v1::Cadence& cadence) {
  const auto invalid = [&](std::string_view part, std::string message,
                           std::string_view mend) -> absl::Status {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CADENCE_INVALID,
                  std::move(message))
        .Field(fmt::format("{}.{}", field, part))
        .Mend(mend);
  };
  const bool cycle = cadence.period() == v1::CADENCE_PERIOD_END_OF_CYCLE;
  const int months = cadence.cycle_months();
  if (cadence.period() == v1::CADENCE_PERIOD_UNSPECIFIED) {
    return invalid("period", "a cadence needs a period", "Name the period.");
  }
  if (cycle && (months < 1 || months > 12 || 12 % months != 0)) {
    return invalid("cycle_months", fmt::format("a cycle cannot last {} months", months),
                   "Give 1, 2, 3, 4, 6 or 12 months.");
  }
  if (!cycle && months != 0) {
    return invalid("cycle_months", "only meetings at the end of a cycle have its length",
                   "Leave it out, or choose END_OF_CYCLE.");
  }
  if (cadence.month_of_period() < 0 || cadence.month_of_period() > MonthsOf(cadence)) {
    return invalid("month_of_period",
                   fmt::format("the period has {} months, not {}", MonthsOf(cadence),
                               cadence.month_of_period()),
                   "Give a month within the period, from 1, or 0 for the last.");
  }
  if (cadence.weekday() < 0 || cadence.weekday() > 7) {
    return invalid("weekday", fmt::format("there is no weekday {}", cadence.weekday()),
                   "Give 1 (Monday) to 7 (Sunday), or 0.");
  }
  const bool twice = cadence.period() == v1::CADENCE_PERIOD_TWICE_A_MONTH;
  if (cadence.week_of_month() < 0 || cadence.week_of_month() > kLastWeek ||
      (cadence.week_of_month() != 0 && (cadence.weekday() == 0 || twice))) {
    return invalid("week_of_month", "it numbers the weekday in the month, from 1 to 5 (the last)",
                   "Give `weekday` with it; leave it out for meetings twice a month.");
  }
  if (cadence.window_days() < 0 || cadence.window_days() > 366) {
    return invalid("window_days", fmt::format("{} days are no window", cadence.window_days()),
                   "Give 1 to 366 days, or 0 for the end of the period.");
  }
  return absl::OkStatus();
}

std::vector<v1::PlannedMeeting> PlanMeetings(const v1::Cadence& cadence, int year) {
  std::vector<v1::PlannedMeeting> plan;
  const int months = MonthsOf(cadence);
  for (int number = 1; number <= 12 / months; ++number) {
    const absl::CivilMonth first = absl::CivilMonth(year, 1) + (number - 1) * months;
    if (cadence.period() == v1::CADENCE_PERIOD_TWICE_A_MONTH) {
      PlanHalfMonths(cadence, first, plan);
      continue;
    }
    const int month = cadence.month_of_period() == 0 ? months : cadence.month_of_period();
    plan.push_back(Planned(IdOfPeriod(cadence, year, number), DayIn(cadence, first + (month - 1)),
                           absl::CivilDay(first), absl::CivilDay(first + months) - 1, cadence));
  }
  return plan;
}

}  // namespace kasundo::committees
