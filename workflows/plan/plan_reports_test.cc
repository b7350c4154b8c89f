// What was known of a day, read from the stream.
#include "workflows/plan/plan_reports.h"

#include "workflows/plan/plan_fixture.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A stream that goes on.
class PlanReports : public ::testing::Test {
 protected:
  void Report(const std::string& item, const CivilDate& as_of, const std::string& percent,
              bool corrected = false) {
    v1::PlanEvent event;
    v1::ActivityProgress& progress = corrected
                                         ? *event.mutable_progress_corrected()->mutable_progress()
                                         : *event.mutable_progress_reported()->mutable_progress();
    progress.set_item(item);
    progress.mutable_report()->set_percent(percent);
    *progress.mutable_figures()->mutable_as_of() = as_of;
    workflows::v1::EventRecord& record = records_.emplace_back();
    record.set_payload_type("kasundo.plans.v1.PlanEvent");
    record.set_payload(event.SerializeAsString());
  }

  std::string PercentOn(int month) {
    const auto progress = ReportsUntil(records_, MakeDate(2016, month));
    return progress.empty() ? "" : progress[0].report().percent();
  }

  std::vector<workflows::v1::EventRecord> records_;
};

TEST_F(PlanReports, TellOfAPastDayWhatWasReportedUpToIt) {
  Report("desks", MakeDate(2016, 3, 31), "25");
  Report("desks", MakeDate(2016, 6, 30), "50");
  EXPECT_EQ(PercentOn(2), "");
  EXPECT_EQ(PercentOn(3), "25");
  EXPECT_EQ(PercentOn(5), "25");
  EXPECT_EQ(PercentOn(6), "50");
}

TEST_F(PlanReports, TakeTheLastWordOnADay) {
  Report("desks", MakeDate(2016, 3, 31), "25");
  Report("desks", MakeDate(2016, 3), "24", true);
  Report("desks", MakeDate(2016, 6, 30), "50");
  EXPECT_EQ(PercentOn(3), "24");
  // Reported anew, behind a later day.
  Report("desks", MakeDate(2016, 3, 31), "23");
  EXPECT_EQ(PercentOn(3), "23");
  EXPECT_EQ(PercentOn(6), "50");
}

TEST_F(PlanReports, AreThoseOfEachActivityById) {
  Report("desks", MakeDate(2016, 3, 31), "25");
  Report("data", MakeDate(2016, 2), "10");
  records_.emplace_back().set_payload_type("kasundo.workflows.v1.EngineEvent");
  const auto progress = ReportsUntil(records_, MakeDate(2016));
  ASSERT_THAT(progress, SizeIs(2));
  EXPECT_EQ(progress[0].item(), "data");
  EXPECT_EQ(progress[1].item(), "desks");
  EXPECT_THAT(ReportsUntil({}, MakeDate(2016)), IsEmpty());
}

TEST_F(PlanReports, AreAskedOfTheStreamOnlyWhereTheStateTellsOfALaterDay) {
  v1::PlanState state;
  *state.add_progress()->mutable_figures()->mutable_as_of() = MakeDate(2016, 6, 30);
  EXPECT_TRUE(IsReportedAfter(state, MakeDate(2016, 5)));
  EXPECT_FALSE(IsReportedAfter(state, MakeDate(2016, 6)));
}

}  // namespace
}  // namespace kasundo::plans
