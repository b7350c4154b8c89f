// What ships can be taken into a realm and made into plans.
#include "services/plans/shipped_templates.h"

#include "workflows/engine/refusal.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_template_decider.h"

namespace kasundo::plans {
namespace {

using ::testing::ElementsAre;
using testing::Given;

std::vector<std::string> Ids() {
  std::vector<std::string> ids;
  for (const v1::ShippedTemplate& shipped : ShippedTemplates())
    ids.push_back(shipped.template_id());
  return ids;
}

TEST(ShippedTemplates, AreTheSixThatAreAskedFor) {
  EXPECT_THAT(Ids(),
              ElementsAre("decentralised-cooperation", "eight-steps", "four-stage-enterprise",
                          "resource-centre", "support-desk", "territorial-profile"));
}

TEST(ShippedTemplates, CanEachBeTakenIntoARealm) {
  for (const std::string& id : Ids()) {
    SCOPED_TRACE(id);
    v1::WritePlanTemplateRequest request;
    request.set_parent("realms/test");
    request.set_plan_template_id(id);
    request.set_shipped(id);
    ASSERT_TRUE(FillFromShipped(request).ok());
    Given<PlanTemplate> given;
    given.When(request).ThenEvents();
    EXPECT_EQ(given.state().shipped(), id);
    EXPECT_FALSE(given.state().author().empty());
    EXPECT_GE(given.state().items_size(), 5);
  }
}

TEST(ShippedTemplates, HaveAsManyStepsAsTheirNamesSay) {
  const auto activities = [](const std::string& id) {
    int count = 0;
    for (const v1::ShippedTemplate& shipped : ShippedTemplates()) {
      if (shipped.template_id() != id) continue;
      for (const auto& item : shipped.items()) {
        if (item.item().level() == v1::ITEM_LEVEL_ACTIVITY) ++count;
      }
    }
    return count;
  };
  EXPECT_EQ(activities("eight-steps"), 8);
  EXPECT_EQ(activities("territorial-profile"), 6);
  EXPECT_EQ(activities("four-stage-enterprise"), 4);
  EXPECT_EQ(activities("support-desk"), 5);
  EXPECT_EQ(activities("resource-centre"), 7);
}

TEST(FillFromShipped, LeavesWhatTheRequestSays) {
  v1::WritePlanTemplateRequest request;
  request.set_shipped("support-desk");
  request.set_title("Our desk");
  ASSERT_TRUE(FillFromShipped(request).ok());
  EXPECT_EQ(request.title(), "Our desk");
  EXPECT_FALSE(request.items().empty());
  request.set_shipped("nine-steps");
  EXPECT_EQ(ReasonOf(FillFromShipped(request)), "TEMPLATE_NOT_SHIPPED");
  EXPECT_TRUE(FillFromShipped(*std::make_unique<v1::WritePlanTemplateRequest>()).ok());
}

}  // namespace
}  // namespace kasundo::plans
