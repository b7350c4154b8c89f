// The tree: levels, circles, what hangs on an item, findings behind changes.
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

v1::AddItemRequest Add(const std::string& item) {
  return Ask<v1::AddItemRequest>("item { id: 'new' level: ITEM_LEVEL_ACTIVITY title: 'New' " +
                                 item + " }");
}

TEST(AddItem, StandsBeneathAnItemOfAHigherLevel) {
  auto given = With(Draft());
  given.When(Add("parent: 'protected' sdg_targets: '11A' sdg_targets: '10.7'")).ThenEvents();
  const v1::PlanItem& item = *FindItem(given.state().tree(), "new");
  EXPECT_EQ(item.sdg_targets(0), "11.a");
  given.When(Add("parent: 'protected'"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "item.id");
  With(Draft())
      .When(Add("parent: 'desks'"))
      .ThenRejected(StatusCode::kInvalidArgument, "LEVEL_INVALID", "item.parent");
  With(Draft())
      .When(Add("parent: 'nothing'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND", "item.parent");
}

TEST(AddItem, IsRefusedWithFiguresDatesTargetsOrLinesThatCannotBe) {
  With(Draft())
      .When(Ask<v1::AddItemRequest>("item { id: 'No' level: ITEM_LEVEL_TASK title: 't' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID", "item.id");
  With(Draft())
      .When(Add("starts_on { year: 2016 } ends_on { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "item.ends_on");
  With(Draft())
      .When(Add("sdg_targets: '10.99'"))
      .ThenRejected(StatusCode::kInvalidArgument, "SDG_TARGET_UNKNOWN", "item.sdg_targets[0]");
  With(Draft())
      .When(Add("cost { amount: '1 000' currency: 'PHP' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "item.cost.amount");
  With(Draft())
      .When(Add("cost { amount: '1000' currency: 'USD' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "RATE_MISSING");
  With(Draft())
      .When(Add("official_lines { uptake: UPTAKE_TAKEN_UP }"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICIAL_LINE_INCOMPLETE");
  With(Draft())
      .When(Add("indicators { id: 'a' target: 'many' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "item.indicators[0].target");
  With(Draft())
      .When(Add("schedule { on { year: 2016 } percent: '101' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "item.schedule[0].percent");
}

TEST(AddItem, IsRefusedBeyondWhatOnePlanMayHold) {
  v1::PlanState state = Draft();
  while (state.tree().items_size() < kMostItems) {
    v1::PlanItem& item = *state.mutable_tree()->add_items();
    item.set_id("t" + std::to_string(state.tree().items_size()));
    item.set_level(v1::ITEM_LEVEL_TASK);
  }
  With(state).When(Add("")).ThenRejected(StatusCode::kFailedPrecondition, "TOO_MANY_ITEMS");
}

TEST(SetDependencies, IsRefusedAroundACircle) {
  auto given = With(Draft());  // data depends on desks
  given.When(Ask<v1::SetDependenciesRequest>("item: 'desks' depends_on: 'data'"))
      .ThenRejected(StatusCode::kInvalidArgument, "CYCLE", "depends_on");
  given.When(Ask<v1::SetDependenciesRequest>("item: 'desks' depends_on: 'desks'"))
      .ThenRejected(StatusCode::kInvalidArgument, "CYCLE");
  given.When(Ask<v1::SetDependenciesRequest>("item: 'desks' depends_on: 'protected'"))
      .ThenRejected(StatusCode::kInvalidArgument, "CYCLE");
  given.When(Add("depends_on: 'data'")).ThenEvents();
  given.When(Ask<v1::SetDependenciesRequest>("item: 'desks' depends_on: 'new'"))
      .ThenRejected(StatusCode::kInvalidArgument, "CYCLE");
  given.When(Ask<v1::SetDependenciesRequest>("item: 'data'")).ThenEvents();
  given.When(Ask<v1::SetDependenciesRequest>("item: 'desks' depends_on: 'data'")).ThenEvents();
  given.When(Ask<v1::SetDependenciesRequest>("item: 'desks' depends_on: 'data'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::SetDependenciesRequest>("item: 'desks' depends_on: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
}

TEST(DescribeItem, LeavesWhatIsNotSaid) {
  auto given = With(Draft());
  given.When(Ask<v1::DescribeItemRequest>("item: 'desks' themes: 'mobility' recurring: true"))
      .ThenEvents();
  const v1::PlanItem& item = *FindItem(given.state().tree(), "desks");
  EXPECT_EQ(item.title(), "Found the missing desks");
  EXPECT_EQ(item.themes(0), "mobility");
  EXPECT_TRUE(item.recurring());
  given.When(Ask<v1::DescribeItemRequest>("item: 'desks' recurring: true"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::DescribeItemRequest>("item: 'desks' sdg_targets: 'x'"))
      .ThenRejected(StatusCode::kInvalidArgument, "SDG_TARGET_UNKNOWN");
}

TEST(ScheduleItem, NeverFallsAndNeverGoesBack) {
  auto given = With(Draft());
  const std::string dates = "item: 'data' starts_on { year: 2016 } ends_on { year: 2016 } ";
  given
      .When(Ask<v1::ScheduleItemRequest>(dates +
                                         "schedule { on { year: 2016 month: 6 } percent: '60' } "
                                         "schedule { on { year: 2016 month: 9 } percent: '50' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "schedule[1]");
  given
      .When(Ask<v1::ScheduleItemRequest>(dates +
                                         "schedule { on { year: 2016 month: 6 } percent: '60' } "
                                         "schedule { on { year: 2016 month: 3 } percent: '70' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "schedule[1]");
  given
      .When(Ask<v1::ScheduleItemRequest>(
          "item: 'data' starts_on { year: 2017 } ends_on { year: 2016 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "ends_on");
  given.When(Ask<v1::ScheduleItemRequest>(dates)).ThenEvents();
  given.When(Ask<v1::ScheduleItemRequest>(dates))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(SetIndicators, HaveIdsOfTheirOwnAndFigures) {
  auto given = With(Draft());
  given
      .When(Ask<v1::SetIndicatorsRequest>(
          "item: 'data' indicators { id: 'a' } indicators { id: 'a' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "indicators[1].id");
  given.When(Ask<v1::SetIndicatorsRequest>("item: 'data' indicators { id: 'a' baseline: '1,5' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "indicators[0].baseline");
  given.When(Ask<v1::SetIndicatorsRequest>("item: 'data' indicators { id: 'a' baseline: '1.5' }"))
      .ThenEvents();
  given.When(Ask<v1::SetIndicatorsRequest>("item: 'data' indicators { id: 'a' baseline: '1.5' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(MoveItem, TakesAllBeneathItAlongAndNeverGoesBeneathItself) {
  auto given = With(Draft());
  given
      .When(Ask<v1::AddItemRequest>(
          "item { id: 'other' level: ITEM_LEVEL_OBJECTIVE title: 'Other' parent: 'protected' }"))
      .ThenEvents();
  given
      .When(Ask<v1::AddItemRequest>(
          "item { id: 'step' level: ITEM_LEVEL_TASK title: 'Step' parent: 'desks' }"))
      .ThenEvents();
  given.When(Ask<v1::MoveItemRequest>("item: 'desks' new_parent: 'other'")).ThenEvents();
  std::vector<std::string> order;
  for (const auto& item : given.state().tree().items()) order.push_back(item.id());
  EXPECT_EQ(order, (std::vector<std::string>{"protected", "data", "other", "desks", "step"}));
  given.When(Ask<v1::MoveItemRequest>("item: 'desks' new_parent: 'other'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::MoveItemRequest>("item: 'protected' new_parent: 'other'"))
      .ThenRejected(StatusCode::kInvalidArgument, "CYCLE", "new_parent");
  given.When(Ask<v1::MoveItemRequest>("item: 'other' new_parent: 'data'"))
      .ThenRejected(StatusCode::kInvalidArgument, "LEVEL_INVALID");
  given.When(Ask<v1::MoveItemRequest>("item: 'none' new_parent: 'data'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
}

TEST(RemoveItem, IsRefusedWhileSomethingHangsOnIt) {
  auto given = With(Draft());
  given.When(Ask<v1::RemoveItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no money")
      .When(Ask<v1::RemoveItemRequest>("item: 'desks'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ITEM_IN_USE");
  given.When(Ask<v1::RemoveItemRequest>("item: 'protected'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ITEM_IN_USE");
  given.When(Ask<v1::RemoveItemRequest>("item: 'data'"));
  ASSERT_EQ(given.ThenEvents().size(), 1U);
  EXPECT_EQ(given.ThenEvents()[0].item_removed().item().title(), "Profiles of migrants");
  EXPECT_EQ(FindItem(given.state().tree(), "data"), nullptr);
}

TEST(RemoveItem, IsRefusedWhileMoneyIsGivenToIt) {
  v1::PlanState state = Draft();
  state.mutable_tree()->add_budget()->set_item("data");
  With(state)
      .Because("x")
      .When(Ask<v1::RemoveItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ITEM_IN_USE");
  state.mutable_tree()->clear_budget();
  state.mutable_tree()->add_contributions()->set_item("data");
  With(state)
      .Because("x")
      .When(Ask<v1::RemoveItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ITEM_IN_USE");
}

TEST(SkipItem, KeepsItInTheTreeWithTheReason) {
  auto given = With(Draft());
  given.When(Ask<v1::SkipItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no personnel")
      .When(Ask<v1::ResumeItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::SkipItemRequest>("item: 'data'")).ThenEvents();
  EXPECT_EQ(FindItem(given.state().tree(), "data")->skipped(), "no personnel");
  given.When(Ask<v1::SkipItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::ResumeItemRequest>("item: 'data'")).ThenEvents();
  EXPECT_TRUE(FindItem(given.state().tree(), "data")->skipped().empty());
  given.Because("")
      .When(Ask<v1::ResumeItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

TEST(AChangeInARevision, NamesTheFindingOfTheStudyThatLedToIt) {
  v1::PlanState state = Approved();
  *state.mutable_baseline() = state.tree();
  state.mutable_revision()->set_study("profile");
  v1::BaselineStudy& study = *state.add_studies();
  study.set_id("profile");
  study.add_findings()->set_id("twelve-missing");
  auto given = With(state);
  given.Because("x")
      .When(Ask<v1::SkipItemRequest>("item: 'data'"))
      .ThenRejected(StatusCode::kInvalidArgument, "FINDING_MISSING", "finding");
  given.When(Ask<v1::SkipItemRequest>("item: 'data' finding: 'other'"))
      .ThenRejected(StatusCode::kInvalidArgument, "FINDING_MISSING");
  given.When(Add("")).ThenRejected(StatusCode::kInvalidArgument, "FINDING_MISSING");
  given.When(Ask<v1::SkipItemRequest>("item: 'data' finding: 'twelve-missing'"));
  EXPECT_EQ(given.ThenEvents().at(0).item_skipped().finding(), "twelve-missing");
  // The approved tree goes on as it was.
  EXPECT_TRUE(FindItem(given.state().baseline(), "data")->skipped().empty());
}

}  // namespace
}  // namespace kasundo::plans
