// Templates: what they take, plans that are made of them, what later versions offer to copies
// (requirements 57, 73).
#include "kasundo/plans/v1/plan_templates_service.pb.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_template_decider.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

constexpr char kTemplate[] = "realms/test/planTemplates/enterprise";

constexpr char kItems[] =
    "items { item { id: 'enterprise' level: ITEM_LEVEL_GOAL title: 'An enterprise' } } "
    "items { item { id: 'identify' level: ITEM_LEVEL_ACTIVITY parent: 'enterprise' title: 'Find' "
    "sdg_targets: '8.5' owner_office: 'o' } lasts_months: 3 } "
    "items { item { id: 'incubate' level: ITEM_LEVEL_ACTIVITY parent: 'enterprise' title: 'Start' "
    "depends_on: 'identify' } starts_after_months: 3 lasts_months: 18 } ";

Given<PlanTemplate> WithTemplate(const v1::PlanTemplateState& state = {}) {
  Given<PlanTemplate> given(state);
  given.Named(kTemplate).On("2016-03-18").As(Administrator());
  return given;
}

v1::WritePlanTemplateRequest Write(const std::string& items) {
  return Parse<v1::WritePlanTemplateRequest>(
      "parent: 'realms/test' plan_template_id: 'enterprise' title: 'Four stages' author: 'ADEL' " +
      items);
}

v1::PlanTemplateState Written() {
  auto given = WithTemplate();
  given.When(Write(kItems)).ThenEvents();
  return given.state();
}

v1::ImprovePlanTemplateRequest Improve() {
  return Parse<v1::ImprovePlanTemplateRequest>(
      "name: '" + std::string(kTemplate) +
      "' note: 'marketing' items { item { id: 'marketing' level: ITEM_LEVEL_ACTIVITY parent: "
      "'enterprise' title: 'Marketing' } starts_after_months: 6 }");
}

v1::CreatePlanFromTemplateRequest Make(const std::string& more = "") {
  auto request = Parse<v1::CreatePlanFromTemplateRequest>(
      "parent: 'realms/test' plan_id: 'it' plan_template: '" + std::string(kTemplate) +
      "' body: '" + kBody + "' owner_office: '" + kSecretary +
      "' currency: 'USD' starts_on { year: 2013 month: 1 } ends_on { year: 2014 month: 6 }");
  request.MergeFrom(Parse<v1::CreatePlanFromTemplateRequest>(more));
  return request;
}

TEST(WritePlanTemplate, KeepsNoOfficesDatesOrMoney) {
  const v1::PlanTemplateState state = Written();
  EXPECT_EQ(state.items(1).item().owner_office(), "");
  EXPECT_EQ(state.items(1).since_version(), 1);
  EXPECT_EQ(state.versions(0).added_size(), 3);
}

TEST(WritePlanTemplate, ChecksItsTreeAsAPlanWould) {
  WithTemplate().When(Write("")).ThenRejected(StatusCode::kInvalidArgument, "PLAN_EMPTY", "items");
  auto nameless = Write(kItems);
  nameless.clear_title();
  WithTemplate().When(nameless).ThenRejected(StatusCode::kInvalidArgument, "PLAN_EMPTY", "title");
  WithTemplate()
      .When(Write("items { item { id: 'a' level: ITEM_LEVEL_TASK title: 't' parent: 'b' } }"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
  WithTemplate()
      .When(Write("items { item { id: 'a' level: ITEM_LEVEL_TASK title: 't' } lasts_months: -1 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "items[0]");
}

TEST(ImprovePlanTemplate, MakesAVersionWithWhatItAdds) {
  auto given = WithTemplate(Written());
  given.When(Improve()).ThenEvents();
  EXPECT_EQ(given.state().versions(1).version(), 2);
  EXPECT_EQ(given.state().versions(1).note(), "marketing");
  EXPECT_EQ(given.state().items(3).since_version(), 2);
  given.When(Improve()).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

TEST(RetirePlanTemplate, SaysWhy) {
  auto given = WithTemplate(Written());
  const auto retire =
      Parse<v1::RetirePlanTemplateRequest>("name: '" + std::string(kTemplate) + "'");
  given.When(retire).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("outdated").When(retire).ThenEvents();
  EXPECT_EQ(given.state().retired_reason(), "outdated");
  EXPECT_FALSE(given.As(In("")).HasRole("office-holder"));
  EXPECT_TRUE(given.As(In(kDole)).HasRole("office-holder"));
}

TEST(CreatePlanFromTemplate, CountsMonthsFromThePlansFirstDay) {
  auto given = With({});
  given.Beside(kTemplate, "offered", Written()).When(Make()).ThenEvents();
  const v1::PlanState& plan = given.state();
  EXPECT_EQ(plan.title(), "Four stages");
  EXPECT_EQ(plan.provenance().template_name(), kTemplate);
  EXPECT_EQ(plan.provenance().template_version(), 1);
  EXPECT_EQ(plan.provenance().template_author(), "ADEL");
  const v1::PlanItem& identify = *FindItem(plan.tree(), "identify");
  EXPECT_EQ(ToString(identify.starts_on()), "2013-01-01");
  EXPECT_EQ(ToString(identify.ends_on()), "2013-03-31");
  // The plan is shorter than the template: what lasts longer ends with it.
  const v1::PlanItem& incubate = *FindItem(plan.tree(), "incubate");
  EXPECT_EQ(ToString(incubate.starts_on()), "2013-04-01");
  EXPECT_EQ(ToString(incubate.ends_on()), "2014-06");
}

TEST(CreatePlanFromTemplate, IsRefusedAsAnyPlan) {
  auto given = With({});
  given.Beside(kTemplate, "offered", Written())
      .When(Make("currency: 'dollars'"))
      .ThenRejected(StatusCode::kInvalidArgument, "CURRENCY_INVALID");
}

TEST(TakeImprovements, AddsWhatLaterVersionsBrought) {
  auto source = WithTemplate(Written());
  auto given = With({});
  given.Beside(kTemplate, "offered", Written()).When(Make()).ThenEvents();
  given.When(Ask<v1::TakeImprovementsRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_TAKE");
  source.When(Improve()).ThenEvents();
  ASSERT_EQ(OfferedTo(given.state(), source.state()).size(), 1U);
  given.Beside(kTemplate, "offered", source.state())
      .When(Ask<v1::TakeImprovementsRequest>())
      .ThenEvents();
  EXPECT_EQ(ToString(FindItem(given.state().tree(), "marketing")->starts_on()), "2013-07-01");
  EXPECT_EQ(given.state().provenance().template_version(), 2);
  EXPECT_TRUE(OfferedTo(given.state(), source.state()).empty());
  given.When(Ask<v1::TakeImprovementsRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_TAKE");
  With(Draft())
      .When(Ask<v1::TakeImprovementsRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_TAKE");
}

TEST(TakeImprovements, LeavesOutWhatHasNoPlaceInThePlanAnyMore) {
  auto source = WithTemplate(Written());
  auto given = With({});
  given.Beside(kTemplate, "offered", Written()).When(Make()).ThenEvents();
  given.Because("done by others").When(Ask<v1::RemoveItemRequest>("item: 'incubate'")).ThenEvents();
  const std::string improve = "name: '" + std::string(kTemplate) + "' note: 'n' ";
  source
      .When(Parse<v1::ImprovePlanTemplateRequest>(
          improve +
          "items { item { id: 'rooms' level: ITEM_LEVEL_TASK parent: 'incubate' title: 'Rooms' } } "
          "items { item { id: 'doors' level: ITEM_LEVEL_TASK title: 'Doors' depends_on: 'rooms' } "
          "}"))
      .ThenEvents();
  given.Beside(kTemplate, "offered", source.state())
      .When(Ask<v1::TakeImprovementsRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_TAKE");
  source.When(Improve()).ThenEvents();
  given.Beside(kTemplate, "offered", source.state()).When(Ask<v1::TakeImprovementsRequest>());
  const v1::ImprovementsTaken& taken = given.ThenEvents().at(0).improvements_taken();
  ASSERT_EQ(taken.items_size(), 1);
  EXPECT_EQ(taken.items(0).id(), "marketing");
  ASSERT_EQ(taken.left_out_size(), 2);
  EXPECT_EQ(taken.left_out(0), "rooms");
  EXPECT_EQ(taken.left_out(1), "doors");
  EXPECT_EQ(FindItem(given.state().tree(), "rooms"), nullptr);
  EXPECT_EQ(given.state().provenance().template_version(), 3);
}

TEST(TakeImprovements, NamesTheFindingInARevisionThatAStudyLedTo) {
  auto source = WithTemplate(Written());
  auto made = With({});
  made.Beside(kTemplate, "offered", Written()).When(Make()).ThenEvents();
  v1::PlanState state = made.state();
  v1::BaselineStudy& study = *state.add_studies();
  study.set_id("profile");
  study.add_findings()->set_id("f1");
  state.mutable_revision()->set_study("profile");
  source.When(Improve()).ThenEvents();
  auto given = With(state);
  given.Beside(kTemplate, "offered", source.state())
      .When(Ask<v1::TakeImprovementsRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "FINDING_MISSING", "finding");
  given.When(Ask<v1::TakeImprovementsRequest>("finding: 'f1'"));
  EXPECT_EQ(given.ThenEvents().at(0).improvements_taken().finding(), "f1");
}

}  // namespace
}  // namespace kasundo::plans
