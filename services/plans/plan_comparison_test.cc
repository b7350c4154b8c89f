// Two versions side by side: what was added, deleted, changed, how far it was, and why.
#include "services/plans/plan_comparison.h"

#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::ActivityProgress Done(const std::string& item, const std::string& percent) {
  v1::ActivityProgress progress;
  progress.set_item(item);
  progress.mutable_report()->set_percent(percent);
  return progress;
}

TEST(DifferencesOf, ThereAreNoneBetweenEqualStates) {
  EXPECT_THAT(DifferencesOf(Draft(), Draft()), IsEmpty());
}

TEST(DifferencesOf, ShowsDeletedItemsWithTheLastThatWasReportedOfThem) {
  v1::PlanState left = Approved();
  v1::PlanState right = Approved();
  EraseById(*right.mutable_tree()->mutable_items(), "data");
  *right.add_progress() = Done("data", "35");
  const auto differences = DifferencesOf(left, right);
  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_EQ(differences[0].part(), "item");
  EXPECT_EQ(differences[0].id(), "data");
  EXPECT_EQ(differences[0].difference(), v1::DIFFERENCE_REMOVED);
  EXPECT_EQ(differences[0].title(), "Profiles of migrants");
  EXPECT_FALSE(differences[0].has_left_progress());
  EXPECT_EQ(differences[0].right_progress().report().percent(), "35");
}

TEST(DifferencesOf, SaysInWordsWhichFieldsChanged) {
  v1::PlanState right = Approved();
  v1::PlanItem& data = *FindItem(*right.mutable_tree(), "data");
  *data.mutable_ends_on() = MakeDate(2017, 6);
  data.mutable_cost()->set_amount("300000");
  data.add_contributors("realms/test/offices/dole");
  const auto differences = DifferencesOf(Approved(), right);
  ASSERT_THAT(differences, SizeIs(1));
  ASSERT_THAT(differences[0].fields(), SizeIs(3));
  EXPECT_EQ(differences[0].fields(0).field(), "contributors");
  EXPECT_EQ(differences[0].fields(0).left(), "");
  EXPECT_EQ(differences[0].fields(1).field(), "ends_on");
  EXPECT_EQ(differences[0].fields(1).left(), "2016-12");
  EXPECT_EQ(differences[0].fields(1).right(), "2017-06");
  EXPECT_EQ(differences[0].fields(2).right(), "300000 PHP");
}

TEST(DifferencesOf, ShowsProgressWhereTheTreeIsTheSame) {
  v1::PlanState left = Approved();
  v1::PlanState right = Approved();
  *left.add_progress() = Done("desks", "20");
  *right.add_progress() = Done("desks", "40");
  const auto differences = DifferencesOf(left, right);
  ASSERT_THAT(differences, SizeIs(1));
  EXPECT_EQ(differences[0].difference(), v1::DIFFERENCE_PROGRESS);
  EXPECT_EQ(differences[0].left_progress().report().percent(), "20");
  EXPECT_EQ(differences[0].right_progress().report().percent(), "40");
}

TEST(DifferencesOf, IncludesMoneyAndWhatIsGivenInKind) {
  v1::PlanState left = Approved();
  v1::BudgetLine& line = *left.mutable_tree()->add_budget();
  line.set_id("gad");
  line.set_use("training");
  v1::PlanState right = Approved();
  right.mutable_tree()->add_contributions()->set_id("land");
  const auto differences = DifferencesOf(left, right);
  ASSERT_THAT(differences, SizeIs(2));
  EXPECT_EQ(differences[0].part(), "budget");
  EXPECT_EQ(differences[0].title(), "training");
  EXPECT_EQ(differences[0].difference(), v1::DIFFERENCE_REMOVED);
  EXPECT_EQ(differences[1].part(), "contribution");
  EXPECT_EQ(differences[1].difference(), v1::DIFFERENCE_ADDED);
}

TEST(AddReasons, NamesTheFindingBehindEachChange) {
  v1::PlanState right = Approved();
  EraseById(*right.mutable_tree()->mutable_items(), "data");
  v1::BaselineStudy& study = *right.add_studies();
  v1::Finding& finding = *study.add_findings();
  finding.set_id("common");
  finding.set_text("No common form");
  auto differences = DifferencesOf(Approved(), right);
  v1::PlanEvent removed;
  removed.mutable_item_removed()->mutable_item()->set_id("data");
  removed.mutable_item_removed()->set_finding("common");
  workflows::v1::EventRecord record;
  record.set_position(7);
  record.set_event("ItemRemoved");
  record.set_payload_type("kasundo.plans.v1.PlanEvent");
  record.set_payload(removed.SerializeAsString());
  record.set_reason("they count otherwise");
  *record.mutable_occurred_on() = MakeDate(2016, 9, 16);
  workflows::v1::EventRecord of_the_engine = record;
  of_the_engine.set_payload_type("kasundo.workflows.v1.EngineEvent");
  AddReasons({record, of_the_engine}, right, differences);
  ASSERT_THAT(differences[0].reasons(), SizeIs(1));
  const v1::ChangeReason& reason = differences[0].reasons(0);
  EXPECT_EQ(reason.event(), "ItemRemoved");
  EXPECT_EQ(reason.reason(), "they count otherwise");
  EXPECT_EQ(reason.finding_text(), "No common form");
  EXPECT_EQ(ToString(reason.on()), "2016-09-16");
}

TEST(TouchedBy, FindsTheItemLineOrContributionOfAnyEvent) {
  v1::PlanEvent event;
  event.mutable_item_scheduled()->set_item("desks");
  event.mutable_item_scheduled()->set_finding("f");
  EXPECT_THAT(TouchedBy(event).parts_and_ids, ElementsAre("item/desks"));
  EXPECT_EQ(TouchedBy(event).finding, "f");
  event.mutable_budget_line_changed()->mutable_line()->set_id("gad");
  EXPECT_THAT(TouchedBy(event).parts_and_ids, ElementsAre("budget/gad"));
  event.mutable_contribution_added()->mutable_contribution()->set_id("land");
  EXPECT_THAT(TouchedBy(event).parts_and_ids, ElementsAre("contribution/land"));
  event.mutable_improvements_taken()->add_items()->set_id("rooms");
  event.mutable_improvements_taken()->add_items()->set_id("doors");
  EXPECT_THAT(TouchedBy(event).parts_and_ids, ElementsAre("item/rooms", "item/doors"));
  event.mutable_plan_proposed();
  EXPECT_THAT(TouchedBy(event).parts_and_ids, IsEmpty());
  EXPECT_THAT(TouchedBy(v1::PlanEvent()).parts_and_ids, IsEmpty());
}

}  // namespace
}  // namespace kasundo::plans
