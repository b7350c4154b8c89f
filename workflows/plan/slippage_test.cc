// Targets by day, weights by cost, bands of a policy.
#include "workflows/plan/slippage.h"

#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)

std::string TargetText(const std::string& item, const std::string& day) {
  const v1::PlanState state = Draft();
  return TargetOn(*FindItem(state.tree(), item), *ParseCivilDate(day)).Rounded(4).ToString();
}

Physical Of(const char* target, const char* actual) {
  return {*Decimal::Parse(target), *Decimal::Parse(actual)};
}

std::string BandFor(const v1::SlippagePolicyVersion& version, const char* target,
                    const char* actual) {
  const v1::SlippageBand* band = BandOf(version, Of(target, actual));
  return band == nullptr ? "" : band->id();
}

TEST(TargetOn, FollowsTheScheduleStepByStep) {
  EXPECT_EQ(TargetText("desks", "2016-06-29"), "0");
  EXPECT_EQ(TargetText("desks", "2016-06-30"), "40");
  EXPECT_EQ(TargetText("desks", "2016-12-30"), "40");
  EXPECT_EQ(TargetText("desks", "2016-12"), "100");
}

TEST(TargetOn, GrowsEvenlyOverTheDaysWithoutASchedule) {
  EXPECT_EQ(TargetText("data", "2016-06-30"), "0");
  EXPECT_EQ(TargetText("data", "2016-07-01"), "0.5435");  // one day of 184
  EXPECT_EQ(TargetText("data", "2016-09-30"), "50");      // 92 of 184
  EXPECT_EQ(TargetText("data", "2017-01-01"), "100");
}

TEST(TargetOn, IsAllOnTheLastDayIfNobodyKnowsTheFirst) {
  const auto item = Parse<v1::PlanItem>("ends_on { year: 2016 month: 6 }");
  EXPECT_TRUE(TargetOn(item, MakeDate(2016, 6, 29)).IsZero());
  EXPECT_EQ(TargetOn(item, MakeDate(2016, 6, 30)), Decimal(100));
  EXPECT_TRUE(TargetOn(v1::PlanItem(), MakeDate(2016)).IsZero());
}

TEST(WeightsOf, AreCosts) {
  const v1::PlanState state = Draft();
  const Weights weights = WeightsOf(state.tree());
  EXPECT_EQ(weights.PercentOf("desks"), Decimal(75));
  EXPECT_EQ(weights.PercentOf("data"), Decimal(25));
  EXPECT_TRUE(weights.PercentOf("protected").IsZero());
}

TEST(WeightsOf, AreEqualIfNoCostIsKnown) {
  v1::PlanState state = Draft();
  for (auto& item : *state.mutable_tree()->mutable_items()) item.clear_cost();
  EXPECT_EQ(WeightsOf(state.tree()).PercentOf("desks"), Decimal(50));
  EXPECT_EQ(WeightsOf(state.tree()).PercentOf("data"), Decimal(50));
}

TEST(WeightsOf, LeaveOutWhatIsSkippedWithAllBeneathIt) {
  v1::PlanState state = Draft();
  FindItem(*state.mutable_tree(), "data")->set_skipped("no money");
  EXPECT_EQ(WeightsOf(state.tree()).of.size(), 1U);
  EXPECT_EQ(WeightsOf(state.tree()).PercentOf("desks"), Decimal(100));
  FindItem(*state.mutable_tree(), "protected")->set_skipped("no money");
  EXPECT_TRUE(WeightsOf(state.tree()).of.empty());
  EXPECT_TRUE(PhysicalOf(state.tree(), {}, MakeDate(2016)).target.IsZero());
}

TEST(WeightsOf, UseTheCostInThePlansCurrency) {
  v1::PlanState state = Draft();
  v1::PlanItem& data = *FindItem(*state.mutable_tree(), "data");
  data.mutable_cost()->set_amount("16666.67");
  data.mutable_cost()->set_currency("USD");
  data.mutable_cost_conversion()->set_currency("PHP");
  data.mutable_cost_conversion()->set_amount("750000");
  EXPECT_EQ(WeightsOf(state.tree()).PercentOf("data"), Decimal(50));
}

// Three equal thirds are one whole: sums are divided once, at the end.
TEST(PhysicalOf, LosesNothingWhereWeightsCannotBeWrittenInFull) {
  v1::PlanState state;
  for (const char* id : {"a", "b", "c"}) {
    v1::PlanItem& item = *state.mutable_tree()->add_items();
    item.set_id(id);
    item.set_level(v1::ITEM_LEVEL_ACTIVITY);
    *item.mutable_ends_on() = MakeDate(2016);
    v1::ActivityProgress& progress = *state.add_progress();
    progress.set_item(id);
    progress.mutable_report()->set_percent("95");
  }
  const Physical physical = PhysicalOf(state.tree(), state.progress(), MakeDate(2016, 12, 31));
  EXPECT_EQ(physical.slippage(), Decimal(-5));
}

TEST(PhysicalOf, HoldsAsManyItemsAndAsMuchMoneyAsAPlanMay) {
  v1::PlanState state;
  for (int i = 0; i < kMostItems; ++i) {
    v1::PlanItem& item = *state.mutable_tree()->add_items();
    item.set_id(std::to_string(i));
    item.set_level(v1::ITEM_LEVEL_ACTIVITY);
    *item.mutable_ends_on() = MakeDate(2016);
    item.mutable_cost()->set_amount("99999999999999.9999");
  }
  EXPECT_EQ(PhysicalOf(state.tree(), {}, MakeDate(2016)).target, Decimal(100));
}

TEST(BandOf, ComparesTheExactSlippageAndTakesTheMostSeriousBand) {
  const v1::SlippagePolicyState policy = Policy();
  const v1::SlippagePolicyVersion& version = policy.versions(0);
  EXPECT_EQ(BandFor(version, "40", "35.000001"), "");
  EXPECT_EQ(BandFor(version, "40", "35"), "early-warning");
  EXPECT_EQ(BandFor(version, "40", "30.01"), "early-warning");
  EXPECT_EQ(BandFor(version, "40", "30"), "icu");
  EXPECT_EQ(BandFor(version, "40", "25"), "terminal");
  EXPECT_EQ(BandFor(version, "40", "60"), "");
}

TEST(BandOf, KnowsRegionOnesRuleThatAheadByTenIsToBeExplainedToo) {
  const auto version = Parse<v1::SlippagePolicyVersion>(R"pb(
    bands { id: "behind" at_most: "-10" only_unfinished: true }
    bands { id: "ahead" at_least: "10" only_unfinished: true }
  )pb");
  EXPECT_EQ(BandFor(version, "50", "40"), "behind");
  EXPECT_EQ(BandFor(version, "50", "59.99"), "");
  EXPECT_EQ(BandFor(version, "50", "60"), "ahead");
  EXPECT_EQ(BandFor(version, "50", "100"), "");  // complete
}

TEST(BandOf, KnowsBandsOnBothSidesOfZero) {
  const auto version = Parse<v1::SlippagePolicyVersion>(R"pb(
    bands { id: "behind" below: "0" }
    bands { id: "on-time" at_least: "0" at_most: "0" }
    bands { id: "ahead" above: "0" }
  )pb");
  EXPECT_EQ(BandFor(version, "50", "49.999999"), "behind");
  EXPECT_EQ(BandFor(version, "50", "50.00"), "on-time");
  EXPECT_EQ(BandFor(version, "50", "50.000001"), "ahead");
}

TEST(VersionOn, IsTheLastThatHasBegun) {
  const auto policy = Parse<v1::SlippagePolicyState>(
      "versions { version: 1 effective_on { year: 2010 } } "
      "versions { version: 2 effective_on { year: 2016 month: 4 } }");
  EXPECT_EQ(VersionOn(policy, MakeDate(2009, 12, 31)), nullptr);
  EXPECT_EQ(VersionOn(policy, MakeDate(2016, 3, 31))->version(), 1);
  EXPECT_EQ(VersionOn(policy, MakeDate(2016, 4, 1))->version(), 2);
}

}  // namespace
}  // namespace kasundo::plans
