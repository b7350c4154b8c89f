// Durations as definitions write them (ISO 8601): "P30D", "-P7D", "PT12H", "P1M", "P1Y2M", "P2W",
// "P1DT6H".
//
// Years and months are those of the calendar: 31 January and P1M is the end of February. Weeks and
// days are civil days, so nine o'clock stays nine o'clock where clocks are changed; hours, minutes
// and seconds are exact.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kasundo {

struct IsoDuration {
  // All parts have the same sign: none is negative unless `negative` turns the whole around.
  bool negative = false;
  int32_t years = 0;
  int32_t months = 0;
  int32_t days = 0;  // weeks are counted in here
  int32_t hours = 0;
  int32_t minutes = 0;
  int32_t seconds = 0;

  // No part is set ("P0D").
  bool IsZero() const;
  // It has years or months and so no fixed number of days.
  bool HasMonths() const { return years != 0 || months != 0; }
};

// INVALID_ARGUMENT, reason FIELD_INVALID if the text is not a duration, has fractions, or a part
// exceeds 9,999 (hours, minutes and seconds: 999,999).
absl::StatusOr<IsoDuration> ParseIsoDuration(std::string_view text);

// `time` plus the duration, in the civil time of `zone`. A civil time that the zone skips or has
// twice is resolved as absl::FromCivil does.
absl::Time Add(absl::Time time, const IsoDuration& duration, absl::TimeZone zone);

// `day` plus the years, months and days of the duration; its hours, minutes and seconds are left
// out.
absl::CivilDay Add(absl::CivilDay day, const IsoDuration& duration);

// The hours, minutes and seconds of the duration, with its sign.
absl::Duration ClockPart(const IsoDuration& duration);

// "P1Y2M"; "P0D" for none. ParseIsoDuration gives the same duration back.
std::string ToString(const IsoDuration& duration);

// For people: "30 days", "1 year 2 months", "7 days before"; "at once" for none.
std::string Describe(const IsoDuration& duration);

}  // namespace kasundo
