#include "workflows/committee/meeting_series.h"

#include "workflows/committee/body_fixture.h"

namespace kasundo::committees {
namespace {

// "2016-q1 2016-03-18 (2016-01-01..2016-03-31)"
std::vector<std::string> Plan(const std::string& cadence, int year) {
  const auto read = Read<v1::Cadence>(cadence);
  EXPECT_TRUE(CheckCadence("cadence", read).ok());
  std::vector<std::string> lines;
  for (const v1::PlannedMeeting& meeting : PlanMeetings(read, year)) {
    lines.push_back(meeting.id() + " " + ToString(meeting.planned_on()) + " (" +
                    ToString(meeting.window_start()) + ".." + ToString(meeting.window_end()) + ")");
  }
  return lines;
}

TEST(PlanMeetings, QuarterlyOnTheThirdFridayOfTheLastMonth) {
  EXPECT_THAT(Plan("period: CADENCE_PERIOD_QUARTERLY weekday: 5 week_of_month: 3", 2016),
              ::testing::ElementsAre("2016-q1 2016-03-18 (2016-01-01..2016-03-31)",
                                     "2016-q2 2016-06-17 (2016-04-01..2016-06-30)",
                                     "2016-q3 2016-09-16 (2016-07-01..2016-09-30)",
                                     "2016-q4 2016-12-16 (2016-10-01..2016-12-31)"));
}

TEST(PlanMeetings, SecondThursdayOfTheSecondMonth) {
  const auto plan =
      Plan("period: CADENCE_PERIOD_QUARTERLY month_of_period: 2 weekday: 4 week_of_month: 2", 2026);
  EXPECT_EQ(plan[0], "2026-q1 2026-02-12 (2026-01-01..2026-03-31)");
  EXPECT_EQ(plan[1], "2026-q2 2026-05-14 (2026-04-01..2026-06-30)");
}

TEST(PlanMeetings, MonthlyOnTheLastMonday) {
  const auto plan = Plan("period: CADENCE_PERIOD_MONTHLY weekday: 1 week_of_month: 5", 2016);
  ASSERT_EQ(plan.size(), 12u);
  EXPECT_EQ(plan[1], "2016-02 2016-02-29 (2016-02-01..2016-02-29)");
  EXPECT_EQ(plan[4], "2016-05 2016-05-30 (2016-05-01..2016-05-31)");
}

TEST(PlanMeetings, TwiceAMonth) {
  const auto plan = Plan("period: CADENCE_PERIOD_TWICE_A_MONTH weekday: 6", 2016);
  ASSERT_EQ(plan.size(), 24u);
  EXPECT_EQ(plan[0], "2016-01-a 2016-01-02 (2016-01-01..2016-01-15)");
  EXPECT_EQ(plan[1], "2016-01-b 2016-01-16 (2016-01-16..2016-01-31)");
}

TEST(PlanMeetings, AtTheEndOfEveryCycle) {
  EXPECT_THAT(Plan("period: CADENCE_PERIOD_END_OF_CYCLE cycle_months: 6", 2016),
              ::testing::ElementsAre("2016-c1 2016-06-01 (2016-01-01..2016-06-30)",
                                     "2016-c2 2016-12-01 (2016-07-01..2016-12-31)"));
}

TEST(PlanMeetings, YearlyWithAWindowBeyondTheYear) {
  EXPECT_THAT(
      Plan("period: CADENCE_PERIOD_YEARLY weekday: 5 week_of_month: 3 window_days: 30", 2016),
      ::testing::ElementsAre("2016 2016-12-16 (2016-01-01..2017-01-15)"));
}

TEST(PlanMeetings, EveryMeetingLiesInItsWindow) {
  for (const int period : {v1::CADENCE_PERIOD_TWICE_A_MONTH, v1::CADENCE_PERIOD_MONTHLY,
                           v1::CADENCE_PERIOD_QUARTERLY, v1::CADENCE_PERIOD_YEARLY}) {
    for (int weekday = 0; weekday <= 7; ++weekday) {
      for (int year = 1999; year <= 2030; ++year) {
        v1::Cadence cadence;
        cadence.set_period(static_cast<v1::CadencePeriod>(period));
        cadence.set_weekday(weekday);
        for (const v1::PlannedMeeting& meeting : PlanMeetings(cadence, year)) {
          EXPECT_TRUE(Covers(meeting.window_start(), meeting.window_end(), meeting.planned_on()))
              << meeting.ShortDebugString();
        }
      }
    }
  }
}

}  // namespace
}  // namespace kasundo::committees
