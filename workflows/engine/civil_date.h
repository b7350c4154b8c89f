// Calendar dates with year, month or day precision (kasundo.api.v1.CivilDate): parsing, printing,
// comparing.
//
// A date of lower precision stands for a span: First and Last give its ends. Covers(since, until,
// day) answers whether a term that is known as "since 2012 until June 2015" covers a day; an absent
// end means that it runs on.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "kasundo/api/v1/civil_date.pb.h"

namespace kasundo {

using api::v1::CivilDate;

// "2011", "2011-06" or "2011-06-15". INVALID_ARGUMENT, reason DATE_INVALID otherwise.
absl::StatusOr<CivilDate> ParseCivilDate(std::string_view text);

// The inverse of ParseCivilDate; "" for an absent date.
std::string ToString(const CivilDate& date);

// Whether the date exists in the calendar with its precision.
bool IsValid(const CivilDate& date);

// Whether the date is set at all (year not 0).
bool IsSet(const CivilDate& date);

// The first and the last day that the date may mean. REQUIRES: IsValid(date).
absl::CivilDay First(const CivilDate& date);
absl::CivilDay Last(const CivilDate& date);

CivilDate FromDay(absl::CivilDay day);
CivilDate MakeDate(int year, int month = 0, int day = 0);

// The day of an instant in a time zone.
CivilDate DayOf(absl::Time time, absl::TimeZone zone);

// Order by first day, then the more precise one first.
std::strong_ordering Compare(const CivilDate& a, const CivilDate& b);
bool Before(const CivilDate& a, const CivilDate& b);  // a's last day lies before b's first day
bool Same(const CivilDate& a, const CivilDate& b);

// Whether a term from `since` to `until` (both inclusive; absent means open) covers `day`.
bool Covers(const CivilDate& since, const CivilDate& until, const CivilDate& day);

// Whether two terms have a day in common.
bool Overlap(const CivilDate& since_a, const CivilDate& until_a, const CivilDate& since_b,
             const CivilDate& until_b);

}  // namespace kasundo
