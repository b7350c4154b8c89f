// What a look at a plan shows: foundations, drafts, money, what nobody carries on.
#include "workflows/plan/plan_review.h"

#include "workflows/engine/refusal.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::BudgetLine Line(const std::string& text) {
  return Parse<v1::BudgetLine>("purpose: BUDGET_PURPOSE_WORK_PLAN source_type: SOURCE_TYPE_OWN " +
                               text);
}

TEST(ReviewOf, ListsTheFoundationsThatAreMissing) {
  v1::PlanState state = Draft();
  EXPECT_THAT(ReviewOf(state).missing_foundations(),
              ElementsAre(v1::FOUNDATION_KIND_LEGAL_BASIS, v1::FOUNDATION_KIND_BUDGET,
                          v1::FOUNDATION_KIND_PERSONNEL, v1::FOUNDATION_KIND_DATA));
  EXPECT_EQ(ReasonOf(CheckFoundations(state)), "FOUNDATIONS_MISSING");
  *state.mutable_tree()->add_budget() = Line("amount { amount: '1' currency: 'PHP' }");
  state.add_versions();
  state.add_studies();
  EXPECT_THAT(ReviewOf(state).missing_foundations(), ElementsAre(v1::FOUNDATION_KIND_PERSONNEL));
  state.add_foundations()->set_kind(v1::FOUNDATION_KIND_PERSONNEL);
  EXPECT_THAT(ReviewOf(state).missing_foundations(), IsEmpty());
  EXPECT_TRUE(CheckFoundations(state).ok());
}

TEST(ReviewOf, ShowsTheGapBetweenSourcesAndUses) {
  v1::PlanState state = Draft();
  *state.mutable_tree()->add_budget() =
      Line("item: 'desks' amount { amount: '700000.50' currency: 'PHP' }");
  *state.mutable_tree()->add_budget() =
      Line("item: 'data' amount { amount: '250000' currency: 'PHP' }");
  const v1::PlanReview review = ReviewOf(state);
  ASSERT_EQ(review.gaps_size(), 2);
  EXPECT_EQ(review.gaps(0).item(), "");
  EXPECT_EQ(review.gaps(0).uses(), "1000000.00");
  EXPECT_EQ(review.gaps(0).sources(), "950000.50");
  EXPECT_EQ(review.gaps(0).gap(), "49999.50");
  EXPECT_EQ(review.gaps(1).item(), "desks");
  EXPECT_EQ(ReasonOf(CheckBalance(state)), "BUDGET_GAP");
  *state.mutable_tree()->add_budget() =
      Line("item: 'desks' amount { amount: '49999.50' currency: 'PHP' }");
  EXPECT_THAT(ReviewOf(state).gaps(), IsEmpty());
  EXPECT_TRUE(CheckBalance(state).ok());
}

TEST(ReviewOf, CountsMoneyGivenToAnItemForAllBeneathIt) {
  v1::PlanState state = Draft();
  *state.mutable_tree()->add_budget() =
      Line("item: 'protected' amount { amount: '1000000' currency: 'PHP' }");
  EXPECT_THAT(ReviewOf(state).gaps(), IsEmpty());
}

TEST(ReviewOf, KeepsOperatingCostApart) {
  v1::PlanState state = Draft();
  v1::BudgetLine meetings = Line("amount { amount: '5000' currency: 'PHP' }");
  meetings.set_purpose(v1::BUDGET_PURPOSE_OPERATING);
  *state.mutable_tree()->add_budget() = meetings;
  const v1::PlanReview review = ReviewOf(state);
  EXPECT_EQ(review.sums(0).of(), "operating");
  EXPECT_EQ(review.sums(0).total(), "5000.00");
  EXPECT_EQ(review.gaps(0).sources(), "0.00");
}

TEST(ReviewOf, AddsUpEachCurrencyAndAllInThePlans) {
  v1::PlanState state = Draft();
  *state.mutable_tree()->add_budget() = Line("amount { amount: '0.10' currency: 'PHP' }");
  *state.mutable_tree()->add_budget() = Line(
      "amount { amount: '2' currency: 'USD' } conversion { currency: 'PHP' rate: '0.0222' amount: "
      "'90.09' }");
  const v1::PlanReview review = ReviewOf(state);
  ASSERT_EQ(review.sums_size(), 2);
  EXPECT_EQ(review.sums(1).of(), "own");
  ASSERT_EQ(review.sums(1).amounts_size(), 2);
  EXPECT_EQ(review.sums(1).amounts(0).amount(), "0.10");
  EXPECT_EQ(review.sums(1).amounts(1).amount(), "2.00");
  EXPECT_EQ(review.sums(1).total(), "90.19");
}

TEST(ReviewOf, FlagsRecurringActivitiesWithoutASustainingLine) {
  v1::PlanState state = Draft();
  FindItem(*state.mutable_tree(), "desks")->set_recurring(true);
  EXPECT_THAT(ReviewOf(state).unsustained(), ElementsAre("desks"));
  *state.mutable_tree()->add_budget() =
      Line("item: 'desks' sustaining: true amount { amount: '1' currency: 'PHP' }");
  EXPECT_THAT(ReviewOf(state).unsustained(), IsEmpty());
}

TEST(ReviewOf, ListsWhatRunsOutOfOrder) {
  v1::PlanState state = Approved();
  v1::ActivityProgress& progress = *state.add_progress();
  progress.set_item("data");
  progress.mutable_report()->set_percent("10");
  EXPECT_THAT(ReviewOf(state).out_of_order(), ElementsAre("data"));
  v1::ActivityProgress& before = *state.add_progress();
  before.set_item("desks");
  before.mutable_report()->set_percent("100");
  EXPECT_THAT(ReviewOf(state).out_of_order(), IsEmpty());
}

TEST(ReviewOf, ListsActivitiesOutsideTheOfficialPlanAndWithoutOwnerAfterFunding) {
  v1::PlanState state = Draft();
  EXPECT_THAT(ReviewOf(state).without_owner_after_funding(), IsEmpty());
  *state.mutable_funding_ends_on() = MakeDate(2016, 12);
  v1::PlanItem& desks = *FindItem(*state.mutable_tree(), "desks");
  desks.set_owner_after_funding("o");
  desks.add_official_lines()->set_uptake(v1::UPTAKE_PARTLY);
  FindItem(*state.mutable_tree(), "data")->add_official_lines()->set_uptake(v1::UPTAKE_LEFT_OUT);
  EXPECT_THAT(ReviewOf(state).outside_official_plan(), ElementsAre("data"));
  EXPECT_THAT(ReviewOf(state).without_owner_after_funding(), ElementsAre("data"));
}

TEST(ReviewOf, ShowsDraftGoalsAndActivitiesWithoutOffice) {
  v1::PlanState state = Draft();
  FindItem(*state.mutable_tree(), "protected")->clear_indicators();
  FindItem(*state.mutable_tree(), "data")->clear_owner_office();
  EXPECT_THAT(ReviewOf(state).draft_goals(), ElementsAre("protected"));
  EXPECT_THAT(ReviewOf(state).without_responsible(), ElementsAre("data"));
}

TEST(Guards, AskTheSameQuestions) {
  v1::PlanState state = Draft();
  auto given = With(state);
  EXPECT_EQ(ReasonOf(given.CheckGuard("foundations-complete")), "FOUNDATIONS_MISSING");
  EXPECT_EQ(ReasonOf(given.CheckGuard("sources-equal-uses")), "BUDGET_GAP");
  EXPECT_TRUE(given.CheckGuard("baseline-linked").ok());
  state.clear_waiver();
  EXPECT_EQ(ReasonOf(With(state).CheckGuard("baseline-linked")), "BASELINE_MISSING");
}

}  // namespace
}  // namespace kasundo::plans
