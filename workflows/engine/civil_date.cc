#include "workflows/engine/civil_date.h"

#include <array>
#include <charconv>

#include "fmt/format.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

// Reads exactly `digits` digits at the front of `text` and removes them.
bool TakeNumber(std::string_view& text, size_t digits, int& number) {
  if (text.size() < digits) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc() || end != text.data() + digits) return false;
  text.remove_prefix(digits);
  return true;
}

bool TakeHyphen(std::string_view& text) {
  if (text.empty() || text.front() != '-') return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

absl::StatusOr<CivilDate> ParseCivilDate(std::string_view text) {
  const std::string whole(text);
  int year = 0;
  int month = 0;
  int day = 0;
  bool good = TakeNumber(text, 4, year);
  if (good && !text.empty()) {
    good = TakeHyphen(text) && TakeNumber(text, 2, month) && month > 0;
    if (good && !text.empty()) good = TakeHyphen(text) && TakeNumber(text, 2, day) && day > 0;
  }
  const CivilDate date = MakeDate(year, month, day);
  if (!good || !text.empty() || !IsValid(date)) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_DATE_INVALID,
                  fmt::format("\"{}\" is not a date", whole))
        .Mend("Write a year, a month or a day that exists: 2011, 2011-06 or 2011-06-15.");
  }
  return date;
}

std::string ToString(const CivilDate& date) {
  if (!IsSet(date)) return "";
  if (date.month() == 0) return fmt::format("{:04}", date.year());
  if (date.day() == 0) return fmt::format("{:04}-{:02}", date.year(), date.month());
  return fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

bool IsValid(const CivilDate& date) {
  if (date.year() < 1 || date.year() > 9999) return false;
  if (date.month() == 0) return date.day() == 0;
  if (date.month() < 0 || date.month() > 12 || date.day() < 0 || date.day() > 31) return false;
  if (date.day() == 0) return true;
  // absl normalises days that do not exist, so a date is valid if nothing was normalised.
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return day.month() == date.month() && day.day() == date.day();
}

bool IsSet(const CivilDate& date) { return date.year() != 0; }

absl::CivilDay First(const CivilDate& date) {
  return absl::CivilDay(date.year(), date.month() == 0 ? 1 : date.month(),
                        date.day() == 0 ? 1 : date.day());
}

absl::CivilDay Last(const CivilDate& date) {
  if (date.month() == 0) return absl::CivilDay(date.year(), 12, 31);
  if (date.day() == 0) return absl::CivilDay(absl::CivilMonth(date.year(), date.month()) + 1) - 1;
  return First(date);
}

CivilDate FromDay(absl::CivilDay day) {
  return MakeDate(static_cast<int>(day.year()), day.month(), day.day());
}

CivilDate MakeDate(int year, int month, int day) {
  CivilDate date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

CivilDate DayOf(absl::Time time, absl::TimeZone zone) {
  return FromDay(absl::ToCivilDay(time, zone));
}

std::strong_ordering Compare(const CivilDate& a, const CivilDate& b) {
  const auto key = [](const CivilDate& date) {
    const absl::CivilDay first = First(date);
    const absl::CivilDay last = Last(date);
    return std::array<int64_t, 4>{first.year(), first.month() * 100 + first.day(), last.year(),
                                  last.month() * 100 + last.day()};
  };
  return key(a) <=> key(b);
}

bool Before(const CivilDate& a, const CivilDate& b) { return Last(a) < First(b); }

bool Same(const CivilDate& a, const CivilDate& b) {
  return a.year() == b.year() && a.month() == b.month() && a.day() == b.day();
}

bool Covers(const CivilDate& since, const CivilDate& until, const CivilDate& day) {
  return Overlap(since, until, day, day);
}

bool Overlap(const CivilDate& since_a, const CivilDate& until_a, const CivilDate& since_b,
             const CivilDate& until_b) {
  const bool a_ends_before_b = IsSet(until_a) && IsSet(since_b) && Last(until_a) < First(since_b);
  const bool b_ends_before_a = IsSet(until_b) && IsSet(since_a) && Last(until_b) < First(since_a);
  return !a_ends_before_b && !b_ends_before_a;
}

}  // namespace kasundo
