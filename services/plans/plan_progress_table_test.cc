// Progress with the words of the policy; uptake in official plans; shared themes; variants.
#include "services/plans/plan_progress_table.h"

#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using ::testing::SizeIs;

v1::ActivityProgress Done(const std::string& item, const std::string& report) {
  v1::ActivityProgress progress;
  progress.set_item(item);
  *progress.mutable_report() = Parse<v1::ActivityReport>(report);
  *progress.mutable_figures()->mutable_as_of() = MakeDate(2016, 6, 30);
  return progress;
}

TEST(ProgressTable, SaysTheWordItsDefinitionAndTheRuleThatGaveIt) {
  v1::PlanState state = Approved();
  *state.add_progress() = Done("desks",
                               "percent: '30' financials { currency: 'PHP' appropriations: '900' "
                               "allotment: '600' disbursements: '200' }");
  const v1::SlippagePolicyState policy = Policy();
  const auto table = ProgressTable(state, MakeDate(2016, 6, 30), {kPolicy, &policy});
  ASSERT_THAT(table.activities(), SizeIs(2));
  const v1::ProgressRow& desks = table.activities(0);
  EXPECT_EQ(desks.weight(), "75.00");
  EXPECT_EQ(desks.cost(), "750000.00");
  EXPECT_EQ(desks.figures().slippage(), "-10");
  EXPECT_EQ(desks.word(), "ICU");
  EXPECT_EQ(desks.definition(), "10 points or more behind");
  EXPECT_EQ(desks.figures().policy(), kPolicy);
  EXPECT_EQ(desks.figures().policy_version(), 1);
  EXPECT_EQ(desks.funding_support(), "66.67");
  EXPECT_EQ(desks.fund_utilization(), "33.33");
  EXPECT_EQ(table.activities(1).word(), "");
  EXPECT_FALSE(table.activities(1).has_reported_for());
  EXPECT_EQ(table.plan().figures().slippage(), "-7.5");
  EXPECT_EQ(table.plan().word(), "Early Warning");
}

TEST(ProgressTable, LeavesWhatCannotBeDividedBlank) {
  v1::PlanState state = Approved();
  *state.add_progress() = Done(
      "desks", "percent: '30' financials { currency: 'PHP' allotment: '0' disbursements: '5' }");
  const auto table = ProgressTable(state, MakeDate(2016, 6, 30), {});
  EXPECT_EQ(table.activities(0).funding_support(), "");
  EXPECT_EQ(table.activities(0).fund_utilization(), "");
}

TEST(UptakeOf, CountsTakenUpPartlyLeftOutAndUnanswered) {
  v1::PlanState state = Draft();
  v1::OfficialLine& line = *FindItem(*state.mutable_tree(), "desks")->add_official_lines();
  line.set_plan("realms/test/plans/official");
  line.set_item("line-1");
  line.set_uptake(v1::UPTAKE_PARTLY);
  v1::PlanState official = Draft();
  const std::vector<NamedPlan> all = {{kIt, &state}, {"realms/test/plans/official", &official}};
  const auto uptake = UptakeOf(all[0], all);
  ASSERT_THAT(uptake.items(), SizeIs(2));
  EXPECT_EQ(uptake.partly(), 1);
  EXPECT_EQ(uptake.unanswered(), 1);
  EXPECT_FALSE(uptake.items(1).has_official_line());
  // And each line links back.
  const auto back = UptakeOf(all[1], all);
  ASSERT_THAT(back.carried(), SizeIs(1));
  EXPECT_EQ(back.carried(0).plan(), kIt);
  EXPECT_EQ(back.carried(0).item(), "desks");
  EXPECT_EQ(back.carried(0).official_line().item(), "line-1");
}

TEST(ThemeOf, AddsUpWhatSeveralOfficesWantAndHaveReached) {
  v1::PlanState state = Approved();
  for (const char* id : {"desks", "data"}) {
    v1::PlanItem& item = *FindItem(*state.mutable_tree(), id);
    item.add_themes("mobility");
    item.clear_indicators();
    *item.add_indicators() = Parse<v1::Indicator>("id: 'people' unit: 'people' target: '10.5'");
  }
  *state.add_progress() =
      Done("desks", "percent: '1' indicators { indicator: 'people' value: '4' }");
  const auto theme = ThemeOf("mobility", {{kIt, &state}});
  ASSERT_THAT(theme.targets(), SizeIs(2));
  EXPECT_EQ(theme.targets(0).actual(), "4");
  EXPECT_EQ(theme.targets(1).actual(), "");
  EXPECT_TRUE(theme.targets(0).outside_official_plan());
  ASSERT_THAT(theme.sums(), SizeIs(1));
  EXPECT_EQ(theme.sums(0).target(), "21");
  EXPECT_EQ(theme.sums(0).actual(), "4");
  EXPECT_EQ(theme.sums(0).offices(), 2);
  EXPECT_THAT(ThemeOf("other", {{kIt, &state}}).targets(), SizeIs(0));
}

TEST(ThemeOf, CountsWhatWasApprovedAndIsToBeDone) {
  v1::PlanState state = Approved();
  v1::PlanItem& desks = *FindItem(*state.mutable_tree(), "desks");
  desks.add_themes("mobility");
  const auto targets = [&](const v1::PlanState& plan, const std::string& lifecycle_state) {
    return ThemeOf("mobility", {{kIt, &plan, lifecycle_state}}).targets_size();
  };
  EXPECT_EQ(targets(state, "in-force"), 1);
  EXPECT_EQ(targets(state, "closed"), 1);
  EXPECT_EQ(targets(state, "abandoned"), 0);
  // Nothing was reported: that is not 0.
  EXPECT_EQ(ThemeOf("mobility", {{kIt, &state}}).sums(0).actual(), "");
  v1::PlanState draft = state;
  draft.clear_versions();
  EXPECT_EQ(targets(draft, "draft"), 0);
  FindItem(*state.mutable_tree(), "protected")->set_skipped("no money");
  EXPECT_EQ(targets(state, "in-force"), 0) << "it stands beneath what is skipped";
}

TEST(VariantOf, CountsHowItDiffersFromItsBase) {
  v1::PlanState variant = Draft();
  EraseById(*variant.mutable_tree()->mutable_items(), "data");
  FindItem(*variant.mutable_tree(), "desks")->set_title("Desks of our own");
  variant.set_territory_cap(2);
  variant.add_territories("realms/test/territories/a");
  const auto shown = VariantOf({"realms/test/plans/variant", &variant}, Draft());
  EXPECT_EQ(shown.removed(), 1);
  EXPECT_EQ(shown.changed(), 1);
  EXPECT_EQ(shown.added(), 0);
  EXPECT_EQ(shown.territory_cap(), 2);
  EXPECT_THAT(shown.territories(), SizeIs(1));
}

}  // namespace
}  // namespace kasundo::plans
