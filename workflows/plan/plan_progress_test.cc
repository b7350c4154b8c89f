// Reports by the responsible offices, their correction, bands entered and left.
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

v1::ReportActivitiesRequest Report(const std::string& item, const std::string& percent,
                                   const std::string& more = "", const std::string& outer = "") {
  return Ask<v1::ReportActivitiesRequest>("reports { item: '" + item + "' percent: '" + percent +
                                          "' " + more + " } " + outer);
}

TEST(ReportActivities, IsUpToTheResponsibleOffice) {
  auto given = With(Approved());
  given.On("2016-06-30");
  given.As(In(kPoea))
      .When(Report("desks", "40"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_RESPONSIBLE", "reports[0].item");
  given.As(In(kDole)).When(Report("desks", "40")).ThenEvents();
  ASSERT_EQ(given.state().progress_size(), 1);
  EXPECT_EQ(given.state().progress(0).office(), kDole);
  EXPECT_EQ(given.state().progress(0).figures().slippage(), "0");
}

TEST(ReportActivities, WeighsTheWholeByCost) {
  auto given = With(Approved());
  given.On("2016-09-30")
      .When(Report("desks", "40", "", "reports { item: 'data' percent: '0' }"))
      .ThenEvents();
  // 0.75 x 40 + 0.25 x 50 are due, 0.75 x 40 are done.
  EXPECT_EQ(given.state().figures().target(), "42.5");
  EXPECT_EQ(given.state().figures().actual(), "30");
  EXPECT_EQ(given.state().figures().slippage(), "-12.5");
  EXPECT_EQ(given.state().figures().band(), "icu");
  EXPECT_EQ(given.state().figures().policy(), kPolicy);
  EXPECT_EQ(given.state().figures().policy_version(), 1);
}

TEST(ReportActivities, SaysWhichBandIsEnteredWithItsWordsFiguresAndWhatItStarts) {
  auto given = With(Approved());
  given.On("2016-06-30").When(Report("desks", "34"));
  const auto& events = given.ThenEvents();
  // 34 of 40 of the activity; 25.5 of 30 of the whole lies above -5.
  ASSERT_EQ(events.size(), 3U);
  const v1::SlippageBandEntered& entered = events[2].slippage_band_entered();
  EXPECT_EQ(entered.item(), "desks");
  EXPECT_EQ(entered.office(), kDole);
  EXPECT_EQ(entered.band().title(), "Early Warning");
  EXPECT_EQ(entered.band().definition(), "5 points or more behind");
  EXPECT_EQ(entered.band().starts(1), v1::BAND_ACTION_EXCEPTION_REPORT);
  EXPECT_EQ(entered.figures().slippage(), "-6");
  EXPECT_EQ(entered.figures().policy_version(), 1);
  given.On("2016-07-31").When(Report("desks", "40"));
  const auto& later = given.ThenEvents();
  ASSERT_EQ(later.size(), 3U);
  EXPECT_EQ(later[2].slippage_band_left().item(), "desks");
  EXPECT_EQ(later[2].slippage_band_left().from_band(), "early-warning");
}

TEST(ReportActivities, JudgesTheWholeOnceAllHaveReported) {
  auto given = With(Approved());
  given.On("2016-09-30").When(Report("desks", "40"));
  // The other office reports tomorrow: 0.25 x 50 are missing, and nobody is late.
  EXPECT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_EQ(given.state().figures().slippage(), "-12.5");
  EXPECT_EQ(given.state().figures().band(), "");
  given.When(Report("data", "0"));
  ASSERT_EQ(given.ThenEvents().size(), 4U);
  EXPECT_EQ(given.ThenEvents()[2].slippage_band_entered().item(), "");
  EXPECT_EQ(given.ThenEvents()[2].slippage_band_entered().band().id(), "icu");
  // The next quarter begins in the band of the last one, however much is missing.
  given.On("2016-12-31").When(Report("desks", "100"));
  EXPECT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_EQ(given.state().figures().slippage(), "-25");
  EXPECT_EQ(given.state().figures().band(), "icu");
  given.When(Report("data", "100"));
  EXPECT_EQ(given.ThenEvents().at(2).slippage_band_left().item(), "");
  EXPECT_EQ(given.ThenEvents().at(2).slippage_band_left().from_band(), "icu");
}

TEST(ReportActivities, WaitsForNobodyOfWhomNothingIsDue) {
  // The data begin in July.
  auto given = With(Approved());
  given.On("2016-06-30").When(Report("desks", "0")).ThenEvents();
  EXPECT_EQ(given.state().figures().band(), "terminal");
  // What is done is not reported on any more.
  given.On("2016-07-31").When(Report("desks", "100")).ThenEvents();
  given.On("2016-12-31").When(Report("data", "20")).ThenEvents();
  EXPECT_EQ(given.state().figures().slippage(), "-20");
  EXPECT_EQ(given.state().figures().band(), "terminal");
  // And what weighs nothing changes nothing.
  v1::PlanState state = Approved();
  FindItem(*state.mutable_tree(), "data")->clear_cost();
  auto light = With(state);
  light.On("2016-09-30").When(Report("desks", "0")).ThenEvents();
  EXPECT_EQ(light.state().figures().band(), "terminal");
}

TEST(ReportActivities, LeadsTheWholeOutOfABandAsSoonAsThatIsCertain) {
  auto given = With(Approved());
  given.On("2016-09-30").When(Ask<v1::AssessSlippageRequest>()).ThenEvents();
  EXPECT_EQ(given.state().figures().band(), "terminal");
  // 0.75 x 60 are more than what is due of the whole, whatever the other office reports.
  given.When(Report("desks", "60"));
  ASSERT_EQ(given.ThenEvents().size(), 3U);
  EXPECT_EQ(given.ThenEvents()[2].slippage_band_left().from_band(), "terminal");
}

TEST(ReportActivities, OfAnEarlierDayIsHistoryOnly) {
  auto given = With(Approved());
  given.On("2016-09-30").When(Report("desks", "50")).ThenEvents();
  const v1::PlanState before = given.state();
  given.When(Report("desks", "10", "", "as_of { year: 2016 month: 6 }"));
  EXPECT_TRUE(given.ThenEvents().at(0).progress_reported().superseded());
  EXPECT_EQ(kasundo::testing::Text(given.state()), kasundo::testing::Text(before));
}

TEST(ReportActivities, IsRefusedTwiceForOneDay) {
  auto given = With(Approved());
  given.On("2016-06-30").When(Report("desks", "40")).ThenEvents();
  given.When(Report("desks", "41"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_REPORTED", "reports[0].item");
  given.On("2016-07-30")
      .When(Report("data", "1", "", "reports { item: 'data' percent: '2' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "reports[1].item");
}

TEST(ReportActivities, IsRefusedWithFiguresThatCannotBe) {
  auto given = With(Approved());
  given.On("2016-06-30");
  given.When(Report("desks", "101"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "reports[0].percent");
  given.When(Report("none", "1")).ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
  given.When(Report("protected", "1"))
      .ThenRejected(StatusCode::kInvalidArgument, "NOT_AN_ACTIVITY", "reports[0].item");
  given.When(Report("desks", "1", "", "as_of { year: 2016 month: 7 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "as_of");
  given.When(Report("desks", "1", "financials { currency: 'USD' disbursements: '1' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "CURRENCY_INVALID",
                    "reports[0].financials.currency");
  given.When(Report("desks", "1", "financials { currency: 'PHP' disbursements: '-1' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID");
  given.When(Report("desks", "1", "indicators { indicator: 'x' value: '1' }"))
      .ThenRejected(StatusCode::kNotFound, "INDICATOR_NOT_FOUND",
                    "reports[0].indicators[0].indicator");
  given.When(Report("desks", "1", "indicators { indicator: 'founded' value: 'some' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID",
                    "reports[0].indicators[0].value");
  given.When(Report("desks", "1", "evidence { title: 't' document: 'd' indicator: 'x' }"))
      .ThenRejected(StatusCode::kNotFound, "INDICATOR_NOT_FOUND",
                    "reports[0].evidence[0].indicator");
  given.When(Report("desks", "1", "employed_men: -1"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "reports[0].employed_men");
}

TEST(ReportActivities, TellsZeroFromNotAnswered) {
  auto given = With(Approved());
  given.On("2016-06-30")
      .When(Report("desks", "40",
                   "employed_women: 0 financials { currency: 'PHP' disbursements: '0' }"))
      .ThenEvents();
  const v1::ActivityReport& report = given.state().progress(0).report();
  EXPECT_TRUE(report.has_employed_women());
  EXPECT_FALSE(report.has_employed_men());
  EXPECT_EQ(report.financials().disbursements(), "0");
  EXPECT_EQ(report.financials().allotment(), "");
}

TEST(ReportActivities, IsWithoutBandsIfThePolicyIsRetired) {
  v1::SlippagePolicyState retired = Policy();
  retired.set_retired_reason("replaced");
  auto given = With(Approved());
  given.Beside(kPolicy, "retired", retired).On("2016-06-30").When(Report("desks", "0"));
  EXPECT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_EQ(given.state().figures().policy(), "");
}

TEST(ReportActivities, GoesByTheApprovedTreeWhileARevisionIsOpen) {
  v1::PlanState state = Approved();
  *state.mutable_baseline() = state.tree();
  state.mutable_revision()->set_reason("x");
  v1::PlanItem& added = *state.mutable_tree()->add_items();
  added.set_id("added");
  added.set_level(v1::ITEM_LEVEL_ACTIVITY);
  With(state).When(Report("added", "1")).ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
}

TEST(CorrectActivityReport, KeepsBothValues) {
  auto given = With(Approved());
  given.On("2016-06-30").When(Report("desks", "20")).ThenEvents();
  const auto correct = [](const std::string& percent) {
    return Ask<v1::CorrectActivityReportRequest>(
        "as_of { year: 2016 month: 6 day: 30 } report { item: 'desks' percent: '" + percent +
        "' }");
  };
  given.On("2016-07-05")
      .When(correct("40"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("a typing error")
      .When(correct("20"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.As(In(kPoea))
      .When(correct("40"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_RESPONSIBLE");
  given.As(In(kDole)).When(correct("40"));
  const v1::ProgressCorrected& corrected = given.ThenEvents().at(0).progress_corrected();
  EXPECT_EQ(corrected.before().report().percent(), "20");
  EXPECT_EQ(corrected.progress().report().percent(), "40");
  EXPECT_EQ(corrected.progress().figures().as_of().day(), 30);
  EXPECT_EQ(given.state().figures().band(), "");
}

TEST(CorrectActivityReport, IsOfTheLatestReportOnly) {
  auto given = With(Approved());
  given.On("2016-06-30").Because("x");
  given
      .When(Ask<v1::CorrectActivityReportRequest>(
          "as_of { year: 2016 } report { item: 'desks' percent: '1' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "REPORT_NOT_FOUND", "as_of");
  given.When(Report("desks", "20")).ThenEvents();
  given
      .When(Ask<v1::CorrectActivityReportRequest>(
          "as_of { year: 2016 month: 5 } report { item: 'desks' percent: '1' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "REPORT_NOT_FOUND", "as_of");
  // What the refusal says: an earlier day is reported anew, as often as it was wrong.
  given.When(Report("desks", "10", "", "as_of { year: 2016 month: 5 }")).ThenEvents();
  given.When(Report("desks", "12", "", "as_of { year: 2016 month: 5 }"));
  EXPECT_TRUE(given.ThenEvents().at(0).progress_reported().superseded());
}

TEST(AssessSlippage, FindsOutThatTimeAloneMakesLate) {
  auto given = With(Approved());
  given.On("2016-06-30").When(Ask<v1::AssessSlippageRequest>());
  ASSERT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_EQ(given.ThenEvents()[1].slippage_band_entered().band().id(), "terminal");
  EXPECT_EQ(given.state().figures().slippage(), "-30");
  given.When(Ask<v1::AssessSlippageRequest>("as_of { year: 2016 month: 5 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "as_of");
  given.When(Ask<v1::AssessSlippageRequest>("as_of { year: 2016 month: 8 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "as_of");
}

TEST(Roles, TellTheOwnerFromTheResponsible) {
  auto given = With(Approved());
  EXPECT_TRUE(given.As(In(kDole)).HasRole("responsible"));
  EXPECT_FALSE(given.As(In(kDole)).HasRole("owner"));
  EXPECT_FALSE(given.As(In(kSecretary)).HasRole("responsible"));
  EXPECT_TRUE(given.As(In(kSecretary)).HasRole("owner"));
  EXPECT_FALSE(given.As(In(kDole)).HasRole("secretariat"));
  EXPECT_FALSE(given.As(In("")).HasRole("responsible"));
  EXPECT_FALSE(given.As(In(kDole)).HasRole("planner"));
  EXPECT_TRUE(With({}).As(In(kDole)).HasRole("planner"));
}

}  // namespace
}  // namespace kasundo::plans
