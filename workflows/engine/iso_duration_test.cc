#include "workflows/engine/iso_duration.h"

#include "gtest/gtest.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

absl::TimeZone Manila() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Asia/Manila", &zone));
  return zone;
}

absl::TimeZone Rome() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Europe/Rome", &zone));
  return zone;
}

absl::Time At(std::string_view text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, std::string(text), &time, &error)) << error;
  return time;
}

TEST(IsoDuration, ReadsEveryPart) {
  const auto duration = ParseIsoDuration("P1Y2M2W3DT4H5M6S");
  ASSERT_TRUE(duration.ok()) << duration.status();
  EXPECT_EQ(duration->years, 1);
  EXPECT_EQ(duration->months, 2);
  EXPECT_EQ(duration->days, 17);
  EXPECT_EQ(duration->hours, 4);
  EXPECT_EQ(duration->minutes, 5);
  EXPECT_EQ(duration->seconds, 6);
  EXPECT_FALSE(duration->negative);
}

TEST(IsoDuration, TellsMonthsFromMinutes) {
  EXPECT_EQ(ParseIsoDuration("P1M")->months, 1);
  EXPECT_EQ(ParseIsoDuration("P1M")->minutes, 0);
  EXPECT_EQ(ParseIsoDuration("PT1M")->minutes, 1);
  EXPECT_EQ(ParseIsoDuration("PT1M")->months, 0);
}

TEST(IsoDuration, RefusesWhatIsNone) {
  for (const std::string_view text : {"",      "P",     "-",       "-P",         "PT",
                                      "P1",    "1D",    "P1H",     "PT1D",       "P1D1M",
                                      "P-1D",  "P1.5D", "P1DT",    "30 days",    "P1D ",
                                      "--P1D", "P1D1D", "P10000D", "PT1000000S", "P99999999999D",
                                      "p1d"}) {
    const auto duration = ParseIsoDuration(text);
    ASSERT_FALSE(duration.ok()) << text;
    EXPECT_EQ(duration.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_EQ(ReasonOf(duration.status()), "FIELD_INVALID") << text;
  }
}

TEST(IsoDuration, PrintsWhatItReads) {
  for (const std::string text : {"P30D", "-P7D", "PT12H", "P1M", "P1Y2M", "P1DT6H", "-PT30M", "P0D",
                                 "PT1S", "P1Y2M3DT4H5M6S"}) {
    EXPECT_EQ(ToString(*ParseIsoDuration(text)), text);
  }
  EXPECT_EQ(ToString(*ParseIsoDuration("-P0D")), "P0D");
}

TEST(IsoDuration, AddsMonthsOfTheCalendarAndStaysInTheMonth) {
  EXPECT_EQ(Add(absl::CivilDay(2015, 1, 31), *ParseIsoDuration("P1M")),
            absl::CivilDay(2015, 2, 28));
  EXPECT_EQ(Add(absl::CivilDay(2016, 1, 31), *ParseIsoDuration("P1M")),
            absl::CivilDay(2016, 2, 29));
  EXPECT_EQ(Add(absl::CivilDay(2016, 2, 29), *ParseIsoDuration("P1Y")),
            absl::CivilDay(2017, 2, 28));
  EXPECT_EQ(Add(absl::CivilDay(2016, 3, 31), *ParseIsoDuration("-P1M")),
            absl::CivilDay(2016, 2, 29));
  EXPECT_EQ(Add(absl::CivilDay(2016, 1, 15), *ParseIsoDuration("-P1Y2M")),
            absl::CivilDay(2014, 11, 15));
  EXPECT_EQ(Add(absl::CivilDay(2016, 1, 31), *ParseIsoDuration("P1M1D")),
            absl::CivilDay(2016, 3, 1));
}

TEST(IsoDuration, AddsCivilDaysOverAChangeOfClocks) {
  // Rome goes over to summer time on 27 March 2016: the day has 23 hours, and nine o'clock stays
  // nine o'clock.
  const absl::Time before = At("2016-03-26T09:00:00+01:00");
  EXPECT_EQ(Add(before, *ParseIsoDuration("P1D"), Rome()), At("2016-03-27T09:00:00+02:00"));
  EXPECT_EQ(Add(before, *ParseIsoDuration("PT24H"), Rome()), At("2016-03-27T10:00:00+02:00"));
  EXPECT_EQ(Add(before, *ParseIsoDuration("P1D"), Manila()), before + absl::Hours(24));
}

TEST(IsoDuration, KeepsTheFractionOfASecond) {
  const absl::Time time = At("2016-03-26T09:00:00.250+08:00");
  EXPECT_EQ(Add(time, *ParseIsoDuration("-P7D"), Manila()), At("2016-03-19T09:00:00.250+08:00"));
  EXPECT_EQ(Add(time, *ParseIsoDuration("-P1DT1H"), Manila()), At("2016-03-25T08:00:00.250+08:00"));
}

TEST(IsoDuration, IsDescribedForPeople) {
  EXPECT_EQ(Describe(*ParseIsoDuration("P30D")), "30 days");
  EXPECT_EQ(Describe(*ParseIsoDuration("-P7D")), "7 days before");
  EXPECT_EQ(Describe(*ParseIsoDuration("P1Y2M")), "1 year 2 months");
  EXPECT_EQ(Describe(*ParseIsoDuration("PT1H")), "1 hour");
  EXPECT_EQ(Describe(*ParseIsoDuration("P0D")), "at once");
}

}  // namespace
}  // namespace kasundo
