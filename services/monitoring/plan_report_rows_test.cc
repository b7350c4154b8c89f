// Plans in the forms of RPMES, read from a journal in memory.
#include "services/monitoring/plan_report_rows.h"

#include "gmock/gmock.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/plans/v1/plans_requests.pb.h"
#include "services/monitoring/reports.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/monitoring/monitoring_kinds.h"
#include "workflows/monitoring/shipped_instruments.h"
#include "workflows/plan/plan_kinds.h"

namespace kasundo::monitoring {
namespace {

namespace pv1 = plans::v1;
using ::testing::IsEmpty;
using testing::Parse;
using ::testing::SizeIs;

constexpr char kPlan[] = "realms/test/plans/it";

KindRegistry Kinds() {
  KindRegistry kinds;
  directory::AddDirectory(kinds);
  plans::AddPlans(kinds);
  AddMonitoring(kinds);
  return kinds;
}

// A plan for 2016 of two activities: "desks" with a schedule, a cost and three sources, "data" from
// April to September without schedule.
class PlanReportRows : public ::testing::Test {
 protected:
  // 1 February 2017 in the morning in Manila.
  PlanReportRows() : test_(Kinds(), {}, absl::FromUnixSeconds(1485910800)) {
    Do<pv1::CreatePlanRequest>(
        "parent: 'realms/test' plan_id: 'it' title: 'Work plan' body: 'realms/test/committees/cmd' "
        "owner_office: 'realms/test/offices/o' currency: 'PHP' starts_on { year: 2016 } ends_on { "
        "year: 2016 }");
    Act<pv1::AddItemRequest>("item { id: 'work' level: ITEM_LEVEL_PROGRAMME title: 'Work' } ");
    Act<pv1::AddItemRequest>(
        "item { id: 'desks' level: ITEM_LEVEL_ACTIVITY parent: 'work' title: 'Desks' owner_office: "
        "'realms/test/offices/o' starts_on { year: 2016 } ends_on { year: 2016 } cost { amount: "
        "'250000.5' currency: 'PHP' } schedule { on { year: 2016 month: 6 } percent: '40' } "
        "schedule { on { year: 2016 month: 12 } percent: '100' } indicators { id: 'a' title: "
        "'Opened' target: '12' target_on { year: 2016 month: 11 } } indicators { id: 'b' title: "
        "'Staffed' target: '24' } }");
    Act<pv1::AddItemRequest>(
        "item { id: 'data' level: ITEM_LEVEL_ACTIVITY title: 'Data' owner_office: "
        "'realms/test/offices/o' starts_on { year: 2016 month: 4 } ends_on { year: 2016 month: 9 } "
        "}");
    const auto line = [&](const std::string& id, const std::string& more) {
      Act<pv1::AddBudgetLineRequest>(
          "line { id: '" + id +
          "' purpose: BUDGET_PURPOSE_WORK_PLAN item: 'desks' amount { amount: '1' currency: 'PHP' "
          "} starts_on { year: 2016 } use: 'desks' " +
          more + " }");
    };
    line("one", "source_type: SOURCE_TYPE_DONOR source_title: 'Joint Initiative'");
    line("two",
         "source_type: SOURCE_TYPE_PARTNER_AGENCY source_organisation: "
         "'realms/test/organisations/owwa'");
    Act<pv1::WaiveBaselineRequest>(
        "waiver { office: 'realms/test/offices/o' document: 'L-1' } header { reason: 'none' }");
    Act<pv1::ProposePlanRequest>("");
    Approve();
  }

  template <typename Request>
  void Do(const std::string& text) {
    ASSERT_OK(test_.Send(Parse<Request>(text), testing::Administrator()).status);
  }
  template <typename Request>
  void Act(const std::string& text) {
    Do<Request>("name: '" + std::string(kPlan) + "' " + text);
  }
  void Approve() {
    Act<pv1::ApprovePlanRequest>(
        "approval { number: '1' date { year: 2016 } issuing_body: 'CMD' }");
  }
  void Report(int month, const std::string& percent, const std::string& more = "") {
    Act<pv1::ReportActivitiesRequest>("as_of { year: 2016 month: " + std::to_string(month) +
                                      " } reports { item: 'desks' percent: '" + percent + "' " +
                                      more + " }");
  }

  std::vector<ReportLine> Lines(const std::string& form, int month) {
    ReportScope scope;
    scope.realm = "realms/test";
    scope.from = MakeDate(2016, form == "1" ? 1 : month - 2, 1);
    scope.until = FromDay(Last(MakeDate(2016, form == "1" ? 12 : month)));
    auto lines = LinesOf(*FindForm(form), scope, *test_);
    EXPECT_TRUE(lines.ok()) << lines.status();
    return lines.ok() ? *std::move(lines) : std::vector<ReportLine>();
  }

  testing::TestEngine test_;
};

TEST_F(PlanReportRows, AQuarterThatIsOverShowsItsReportAndNoLaterOne) {
  Report(2, "20", "financials { currency: 'PHP' allotment: '300000' disbursements: '1000.5' }");
  Report(6, "33.333333", "financials { currency: 'PHP' disbursements: '9000' }");
  auto first = Lines("2", 3);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].fields["actual"], "20");
  EXPECT_EQ(first[0].fields["disbursements"], "1000.50") << "money has its cents";
  EXPECT_EQ(first[0].fields["allotment"], "300000.00");
  EXPECT_EQ(first[0].fields["obligations"], "") << "nobody said";
  EXPECT_EQ(first[0].fields["cost"], "250000.50");
  auto second = Lines("2", 6);
  ASSERT_THAT(second, SizeIs(2));
  EXPECT_EQ(second[0].fields["actual"], "33.33") << "people are told no more places";
  EXPECT_EQ(second[0].fields["slippage"], "-6.67");
  // What was wrong is corrected where it was wrong.
  Report(2, "25");
  EXPECT_EQ(Lines("2", 3)[0].fields["actual"], "25");
  EXPECT_EQ(Lines("2", 6)[0].fields["actual"], "33.33");
}

TEST_F(PlanReportRows, ShowWhatTheBodyApproved) {
  Act<pv1::OpenRevisionRequest>("header { reason: 'dearer' }");
  Act<pv1::SetCostRequest>("item: 'desks' cost { amount: '900000' currency: 'PHP' }");
  Act<pv1::SkipItemRequest>("item: 'data' header { reason: 'no money' }");
  ASSERT_THAT(Lines("2", 6), SizeIs(2));
  EXPECT_EQ(Lines("2", 6)[0].fields["cost"], "250000.50");
  Approve();
  ASSERT_THAT(Lines("2", 6), SizeIs(1));
  EXPECT_EQ(Lines("2", 6)[0].fields["cost"], "900000.00");
}

TEST_F(PlanReportRows, LeaveOutWhatIsSkippedOrGivenUp) {
  Act<pv1::OpenRevisionRequest>("header { reason: 'no money' }");
  Act<pv1::SkipItemRequest>("item: 'work' header { reason: 'no money' }");
  Approve();
  auto lines = Lines("2", 6);
  ASSERT_THAT(lines, SizeIs(1)) << "the desks stand beneath the programme";
  EXPECT_EQ(lines[0].fields["title"], "Data");
  Act<pv1::AbandonPlanRequest>("header { reason: 'given up' }");
  EXPECT_THAT(Lines("2", 6), IsEmpty());
}

TEST_F(PlanReportRows, FormOneTellsTheTargetsOfEachMonth) {
  auto lines = Lines("1", 12);
  ASSERT_THAT(lines, SizeIs(26));
  // Desks: the year, January, June, November.
  EXPECT_EQ(lines[0].fields["physical-target"], "100");
  EXPECT_EQ(lines[0].fields["financial-target"], "250000.50");
  EXPECT_EQ(lines[0].fields["output-indicators"], "Opened; Staffed");
  EXPECT_EQ(lines[0].fields["output-1"], "12");
  EXPECT_EQ(lines[0].fields["output-2"], "24");
  EXPECT_EQ(lines[1].fields["physical-target"], "0");
  EXPECT_EQ(lines[6].fields["physical-target"], "40");
  EXPECT_EQ(lines[6].fields["financial-target"], "100000.20");
  EXPECT_EQ(lines[6].fields["output-1"], "") << "nothing is known of the way there";
  EXPECT_EQ(lines[11].fields["output-1"], "12");
  EXPECT_EQ(lines[11].fields["output-2"], "");
  // Data, evenly from April to September: 30 of 183 days, 61 of 183.
  EXPECT_EQ(lines[13].fields["title"], "Data");
  EXPECT_EQ(lines[16].fields["physical-target"], "0");
  EXPECT_EQ(lines[17].fields["physical-target"], "16.39");
  EXPECT_EQ(lines[18].fields["physical-target"], "33.33");
  EXPECT_EQ(lines[18].fields["financial-target"], "") << "nobody knows what it costs";
  EXPECT_EQ(lines[25].fields["physical-target"], "100");
}

TEST_F(PlanReportRows, NameTheSourceAndTheAgencyOfEachBudgetLine) {
  Do<directory::v1::CreateOrganisationRequest>(
      "parent: 'realms/test' organisation_id: 'owwa' title: 'OWWA' kind: "
      "ORGANISATION_KIND_NATIONAL_AGENCY since { year: 1990 }");
  auto lines = Lines("2", 3);
  EXPECT_EQ(lines[0].fields["fund-source"], "Joint Initiative; Partner agency");
  EXPECT_EQ(lines[0].fields["funding-agency"], "Donor; OWWA");
}

TEST_F(PlanReportRows, NumberProjectsAndNotTheirMonths) {
  const v1::ReportForm& form = *FindForm("1");
  v1::Report report;
  AddRows(form, Lines("1", 12), report);
  ASSERT_THAT(report.rows(), SizeIs(26));
  EXPECT_EQ(report.rows(0).cells(0), "1");
  EXPECT_EQ(report.rows(1).cells(0), "");
  EXPECT_EQ(report.rows(12).cells(0), "");
  EXPECT_EQ(report.rows(13).cells(0), "2");
  EXPECT_EQ(report.rows(1).cells_size(), form.columns_size() + 1);
}

}  // namespace
}  // namespace kasundo::monitoring
