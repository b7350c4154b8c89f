#include "workflows/engine/iso_duration.h"

#include <charconv>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

constexpr int32_t kMostDatePart = 9'999;
constexpr int32_t kMostClockPart = 999'999;

absl::CivilDay AddMonths(absl::CivilDay day, int64_t months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  const absl::CivilDay first(month);
  return std::min(first + (day.day() - 1), last);
}

// Reads the parts that `units` names, in that order, each at most once.
bool TakeParts(std::string_view& text, std::string_view units, int32_t most,
               std::initializer_list<int32_t*> parts, bool& any) {
  auto part = parts.begin();
  for (const char unit : units) {
    int32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const size_t used = static_cast<size_t>(end - text.data());
    if (error == std::errc() && text.front() != '-' && used < text.size() && text[used] == unit) {
      if (number > most) return false;
      **part += unit == 'W' ? number * 7 : number;
      text.remove_prefix(used + 1);
      any = true;
    }
    ++part;
  }
  return true;
}

}  // namespace

bool IsoDuration::IsZero() const {
  return years == 0 && months == 0 && days == 0 && hours == 0 && minutes == 0 && seconds == 0;
}

absl::StatusOr<IsoDuration> ParseIsoDuration(std::string_view text) {
  const std::string whole(text);
  IsoDuration duration;
  const auto take = [&text](char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  };
  duration.negative = take('-');
  bool any = false;
  bool good = take('P') &&
              TakeParts(text, "YMWD", kMostDatePart,
                        {&duration.years, &duration.months, &duration.days, &duration.days}, any);
  if (good && take('T')) {
    bool any_clock = false;
    good = TakeParts(text, "HMS", kMostClockPart,
                     {&duration.hours, &duration.minutes, &duration.seconds}, any_clock) &&
           any_clock;
    any |= any_clock;
  }
  if (!good || !any || !text.empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("\"{}\" is not a duration", whole))
        .Mend(
            "Write it as ISO 8601 does: P30D (30 days), -P7D (7 days before), P1M (a month), "
            "PT12H (12 hours).");
  }
  if (duration.IsZero()) duration.negative = false;
  return duration;
}

absl::CivilDay Add(absl::CivilDay day, const IsoDuration& duration) {
  const int64_t sign = duration.negative ? -1 : 1;
  return AddMonths(day, sign * (int64_t{duration.years} * 12 + duration.months)) +
         sign * duration.days;
}

absl::Duration ClockPart(const IsoDuration& duration) {
  const absl::Duration clock = absl::Hours(duration.hours) + absl::Minutes(duration.minutes) +
                               absl::Seconds(duration.seconds);
  return duration.negative ? -clock : clock;
}

absl::Time Add(absl::Time time, const IsoDuration& duration, absl::TimeZone zone) {
  // Without a date part the instant is exact also where the zone has an hour twice.
  if (duration.HasMonths() || duration.days != 0) {
    const absl::TimeZone::CivilInfo civil = zone.At(time);
    const absl::CivilDay day = Add(absl::CivilDay(civil.cs), duration);
    const absl::CivilSecond second(day.year(), day.month(), day.day(), civil.cs.hour(),
                                   civil.cs.minute(), civil.cs.second());
    time = absl::FromCivil(second, zone) + civil.subsecond;
  }
  return time + ClockPart(duration);
}

std::string ToString(const IsoDuration& duration) {
  if (duration.IsZero()) return "P0D";
  std::string text = duration.negative ? "-P" : "P";
  const auto append = [&text](int32_t number, char unit) {
    if (number != 0) text += fmt::format("{}{}", number, unit);
  };
  append(duration.years, 'Y');
  append(duration.months, 'M');
  append(duration.days, 'D');
  if (duration.hours != 0 || duration.minutes != 0 || duration.seconds != 0) text += 'T';
  append(duration.hours, 'H');
  append(duration.minutes, 'M');
  append(duration.seconds, 'S');
  return text;
}

std::string Describe(const IsoDuration& duration) {
  if (duration.IsZero()) return "at once";
  std::vector<std::string> parts;
  const auto append = [&parts](int32_t number, std::string_view unit) {
    if (number != 0) parts.push_back(fmt::format("{} {}{}", number, unit, number == 1 ? "" : "s"));
  };
  append(duration.years, "year");
  append(duration.months, "month");
  append(duration.days, "day");
  append(duration.hours, "hour");
  append(duration.minutes, "minute");
  append(duration.seconds, "second");
  return fmt::format("{}{}", fmt::join(parts, " "), duration.negative ? " before" : "");
}

}  // namespace kasundo
