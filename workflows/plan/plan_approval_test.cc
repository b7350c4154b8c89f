// What a plan needs before its body decides; the decision; revisions; the end.
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

v1::ApprovePlanRequest Approve() {
  return Ask<v1::ApprovePlanRequest>("approval { resolution: '" + std::string(kResolution) + "' }");
}

TEST(ProposePlan, IsRefusedWhileAnActivityHasNoResponsibleOffice) {
  v1::PlanState state = Draft();
  FindItem(*state.mutable_tree(), "data")->clear_owner_office();
  auto given = With(state);
  given.When(Ask<v1::ProposePlanRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "RESPONSIBLE_MISSING");
  given.When(Approve()).ThenRejected(StatusCode::kFailedPrecondition, "RESPONSIBLE_MISSING");
  With(Draft()).When(Ask<v1::ProposePlanRequest>()).ThenEvents();
}

TEST(ProposePlan, IsRefusedWithoutActivitiesOrTheirLastDays) {
  With(Parse<v1::PlanState>("title: 't'"))
      .When(Ask<v1::ProposePlanRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "PLAN_EMPTY");
  v1::PlanState state = Draft();
  FindItem(*state.mutable_tree(), "data")->clear_ends_on();
  With(state)
      .When(Ask<v1::ProposePlanRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "DATES_MISSING");
}

TEST(ProposePlan, IsRefusedWhileAGoalLacksMeasureBaselineTargetOrDate) {
  for (const char* lacking : {"measure", "baseline", "target", "date"}) {
    v1::PlanState state = Draft();
    v1::PlanItem& goal = *FindItem(*state.mutable_tree(), "protected");
    v1::Indicator& indicator = *goal.mutable_indicators(0);
    if (lacking == std::string("measure")) goal.clear_indicators();
    if (lacking == std::string("baseline")) indicator.clear_baseline();
    if (lacking == std::string("target")) indicator.clear_target();
    if (lacking == std::string("date")) indicator.clear_target_on();
    SCOPED_TRACE(lacking);
    With(state)
        .When(Ask<v1::ProposePlanRequest>())
        .ThenRejected(StatusCode::kFailedPrecondition, "GOAL_IS_DRAFT");
  }
}

TEST(ProposePlan, IsRefusedWithoutBaselineStudyOrSignedWaiver) {
  v1::PlanState state = Draft();
  state.clear_waiver();
  With(state)
      .When(Ask<v1::ProposePlanRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "BASELINE_MISSING");
  state.add_studies()->set_id("profile");
  With(state).When(Ask<v1::ProposePlanRequest>()).ThenEvents();
}

TEST(ApprovePlan, RestsOnAnAdoptedResolutionOfTheBody) {
  auto given = With(Draft());
  given.When(Approve());
  ASSERT_EQ(given.ThenEvents().size(), 1U);
  EXPECT_EQ(given.state().versions(0).version(), 1);
  EXPECT_EQ(given.state().versions(0).approval().resolution(), kResolution);
  With(Draft())
      .Beside(kResolution, "recommended", Resolution(false))
      .When(Approve())
      .ThenRejected(StatusCode::kFailedPrecondition, "RESOLUTION_NOT_ADOPTED",
                    "approval.resolution");
  committees::v1::ResolutionState repealed = Resolution(true);
  *repealed.mutable_ended_on() = MakeDate(2016, 3, 19);
  With(Draft())
      .Beside(kResolution, "repealed", repealed)
      .When(Approve())
      .ThenRejected(StatusCode::kFailedPrecondition, "RESOLUTION_NOT_ADOPTED");
}

TEST(ApprovePlan, TakesAResolutionOfABodyAboveButOfNoOther) {
  auto given = With(Draft());
  given.Beside("realms/test/committees/rdc", "established", committees::v1::CommitteeState())
      .Beside("realms/test/committees/rdc/resolutions/r1", "adopted", Resolution(true))
      .When(Ask<v1::ApprovePlanRequest>(
          "approval { resolution: 'realms/test/committees/rdc/resolutions/r1' }"))
      .ThenEvents();
  EXPECT_EQ(given.state().versions_size(), 1);
  With(Draft())
      .Beside("realms/test/committees/sports/resolutions/r1", "adopted", Resolution(true))
      .When(Ask<v1::ApprovePlanRequest>(
          "approval { resolution: 'realms/test/committees/sports/resolutions/r1' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "RESOLUTION_OF_ANOTHER_BODY");
}

TEST(ApprovePlan, TakesADocumentThatIsKeptElsewhereIfItIsNamedInFull) {
  With(Draft())
      .When(Ask<v1::ApprovePlanRequest>("approval { number: '12' date { year: 2015 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "APPROVAL_INCOMPLETE", "approval");
  const std::string document = "approval { number: '12' issuing_body: 'Council' date { year: ";
  With(Draft())
      .When(Ask<v1::ApprovePlanRequest>(document + "2017 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "approval.date");
  With(Draft()).When(Ask<v1::ApprovePlanRequest>(document + "2015 } }")).ThenEvents();
}

TEST(ReturnPlan, SaysWhy) {
  auto given = With(Draft());
  given.When(Ask<v1::ReturnPlanRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("too dear").When(Ask<v1::ReturnPlanRequest>()).ThenEvents();
  EXPECT_EQ(given.state().reason(), "too dear");
}

TEST(OpenRevision, LetsThePlanGoOnAsApproved) {
  auto given = With(Approved());
  given.When(Ask<v1::OpenRevisionRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("the profiles are late")
      .When(Ask<v1::OpenRevisionRequest>("study: 'profile'"))
      .ThenRejected(StatusCode::kNotFound, "STUDY_NOT_FOUND", "study");
  given.When(Ask<v1::OpenRevisionRequest>()).ThenEvents();
  given
      .When(Ask<v1::ScheduleItemRequest>(
          "item: 'data' starts_on { year: 2016 month: 7 } ends_on { year: 2017 month: 6 }"))
      .ThenEvents();
  EXPECT_EQ(FindItem(given.state().baseline(), "data")->ends_on().year(), 2016);
  EXPECT_EQ(FindItem(given.state().tree(), "data")->ends_on().year(), 2017);
  given.When(Approve()).ThenEvents();
  ASSERT_EQ(given.state().versions_size(), 2);
  EXPECT_EQ(given.state().versions(1).reason(), "the profiles are late");
  EXPECT_FALSE(given.state().has_baseline());
  EXPECT_FALSE(given.state().has_revision());
}

TEST(ApprovePlan, IsRefusedIfTheRevisionChangedNothing) {
  auto given = With(Approved());
  given.Because("x").When(Ask<v1::OpenRevisionRequest>()).ThenEvents();
  given.When(Approve()).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(ApprovePlan, JudgesWhatWasReportedByTheNewBaseline) {
  auto given = With(Approved());
  given.On("2016-06-30")
      .When(Ask<v1::ReportActivitiesRequest>("reports { item: 'desks' percent: '20' }"))
      .ThenEvents();
  EXPECT_EQ(given.state().figures().band(), "terminal");  // 15 of 30
  given.Because("flood").When(Ask<v1::OpenRevisionRequest>()).ThenEvents();
  given
      .When(Ask<v1::ScheduleItemRequest>(
          "item: 'desks' starts_on { year: 2016 } ends_on { year: 2016 } schedule { on { year: "
          "2016 "
          "month: 6 } percent: '20' } schedule { on { year: 2016 } percent: '100' }"))
      .ThenEvents();
  given.When(Approve());
  EXPECT_EQ(given.ThenEvents().back().slippage_band_left().from_band(), "terminal");
  EXPECT_EQ(given.state().figures().slippage(), "0");
}

TEST(DropRevision, BringsTheApprovedTreeBack) {
  auto given = With(Approved());
  given.Because("x").When(Ask<v1::OpenRevisionRequest>()).ThenEvents();
  given.When(Ask<v1::RemoveItemRequest>("item: 'data'")).ThenEvents();
  given.When(Ask<v1::DropRevisionRequest>()).ThenEvents();
  EXPECT_NE(FindItem(given.state().tree(), "data"), nullptr);
  EXPECT_FALSE(given.state().has_baseline());
  given.Because("")
      .When(Ask<v1::DropRevisionRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

TEST(ClosePlan, KeepsTheAssessment) {
  auto given = With(Approved());
  given.When(Ask<v1::ClosePlanRequest>("assessment { title: 'Review' document: 'R-1' }"))
      .ThenEvents();
  EXPECT_EQ(given.state().assessment().document(), "R-1");
}

TEST(AbandonPlan, SaysWhy) {
  auto given = With(Draft());
  given.When(Ask<v1::AbandonPlanRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no money").When(Ask<v1::AbandonPlanRequest>()).ThenEvents();
  EXPECT_EQ(given.state().reason(), "no money");
}

}  // namespace
}  // namespace kasundo::plans
