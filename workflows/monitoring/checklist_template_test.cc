// Templates: prepared by a focal point, validated by a body (requirements 77, 78, 84, 85).
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "workflows/monitoring/checklist_template_decider.h"
#include "workflows/monitoring/monitoring_fixture.h"

namespace kasundo::monitoring {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

Given<ChecklistTemplate> Template(const v1::ChecklistTemplateState& state = {}) {
  return InItsWorld(Given<ChecklistTemplate>(state)).Named(kTemplate);
}

v1::PrepareTemplateRequest Prepare(const std::string& items, const std::string& more = "") {
  return Parse<v1::PrepareTemplateRequest>(
      "title: 'Desks' validating_body: 'realms/test/committees/council' " + items + more);
}

constexpr char kDesk[] =
    "items { id: 'desk' text: 'Is there a desk?' type: ANSWER_TYPE_YES_NO_PARTLY } ";

TEST(PrepareTemplate, WritesAFirstVersionThatNobodyHasValidated) {
  auto given = Template();
  given.As(Unit()).When(Prepare(kDesk));
  ASSERT_EQ(given.ThenEvents().size(), 1U);
  EXPECT_EQ(given.state().versions(0).number(), 1);
  EXPECT_EQ(given.state().versions(0).prepared_by_office(), "realms/test/offices/planning");
  EXPECT_EQ(given.state().issuable_version(), 0);
  EXPECT_EQ(given.state().instrument(), v1::INSTRUMENT_CHECKLIST);
}

TEST(PrepareTemplate, RefusesItemsThatMakeNoSense) {
  auto given = Template();
  for (const char* item :
       {"id: 'Desk' type: ANSWER_TYPE_TEXT", "id: 'a' type: ANSWER_TYPE_CHOICE choices: 'one'",
        "id: 'a' type: ANSWER_TYPE_TEXT choices: 'x' choices: 'y'",
        "id: 'a' type: ANSWER_TYPE_TEXT weight: '-1'", "id: 'a' type: ANSWER_TYPE_TEXT weight: 'x'",
        "id: 'a' type: ANSWER_TYPE_NUMBER gap { kind: GAP_KIND_POLICY gap: 'g' }",
        "id: 'a' type: ANSWER_TYPE_YES_NO_PARTLY gap { kind: GAP_KIND_POLICY }",
        "id: 'a' type: ANSWER_TYPE_TEXT aggregation: AGGREGATION_SUM",
        "id: 'a' type: ANSWER_TYPE_TEXT least: '0'",
        "id: 'a' type: ANSWER_TYPE_NUMBER least: '5' most: '0'",
        "id: 'a' type: ANSWER_TYPE_YES_NO_PARTLY "
        "gap { kind: GAP_KIND_POLICY gap: 'g' indicator: 'b' }"}) {
    given.When(Prepare("items { text: 'T' " + std::string(item) + " }"))
        .ThenRejected(StatusCode::kInvalidArgument, "ITEM_INVALID");
  }
  given.When(Prepare(std::string(kDesk) + kDesk))
      .ThenRejected(StatusCode::kInvalidArgument, "ITEM_TWICE", "items[1].id");
  given
      .When(Prepare("items { id: 'a' text: 'T' type: ANSWER_TYPE_NUMBER "
                    "indicator { target: '1,000' } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "NUMBER_INVALID", "items[0].indicator.target");
}

TEST(PrepareTemplate, LetsRidersAndOnlyRidersBelongToACore) {
  auto given = Template();
  given.When(Prepare(kDesk, "instrument: INSTRUMENT_RIDER"))
      .ThenRejected(StatusCode::kInvalidArgument, "NOT_A_RIDER");
  given.When(Prepare(kDesk, "rider_to: 'realms/test/checklistTemplates/desks'"))
      .ThenRejected(StatusCode::kInvalidArgument, "NOT_A_RIDER");
  given.When(
      Prepare(kDesk, "instrument: INSTRUMENT_RIDER rider_to: 'realms/test/checklistTemplates/x'"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

// Requirement 84: answers and figures are found by item, so a rider asks under ids of its own.
TEST(PrepareTemplate, KeepsItemsOfARiderApartFromThoseOfItsCore) {
  auto given = Template();
  const auto rider = [](const std::string& id) {
    return Prepare("items { id: '" + id + "' text: 'T' type: ANSWER_TYPE_NUMBER } ",
                   "instrument: INSTRUMENT_RIDER rider_to: '" + std::string(kTemplate) + "'");
  };
  given.When(rider("served"))
      .ThenRejected(StatusCode::kInvalidArgument, "ITEM_TWICE", "items[0].id");
  given.When(rider("fairs"));
  given.ThenEvents();
  given
      .When(Parse<v1::ReviseTemplateRequest>(
          "items { id: 'fairs' text: 'T' type: ANSWER_TYPE_NUMBER } "
          "items { id: 'desk' text: 'T' type: ANSWER_TYPE_NUMBER }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ITEM_TWICE", "items[1].id");
}

TEST(ReviseTemplate, ReplacesADraftAndContinuesAValidatedVersion) {
  auto given = Template();
  given.When(Prepare(kDesk));
  const auto revise = Parse<v1::ReviseTemplateRequest>(
      "items { id: 'desk' text: 'A desk?' type: ANSWER_TYPE_YES_NO_PARTLY } note: 'shorter'");
  given.When(revise);
  EXPECT_EQ(given.ThenEvents().at(0).template_revised().version().number(), 1);
  given.When(Parse<v1::ValidateTemplateRequest>("decision { document: 'Resolution 2' }"));
  given.When(revise);
  EXPECT_EQ(given.ThenEvents().at(0).template_revised().version().number(), 2);
  ASSERT_EQ(given.state().versions_size(), 2);
  EXPECT_EQ(given.state().issuable_version(), 1) << "the draft does not go out";
}

TEST(ReviseTemplate, KeepsTheTypeOfAnItemThatWasOnceValidated) {
  Template(Desks())
      .When(Parse<v1::ReviseTemplateRequest>(
          "items { id: 'desk' text: 'Desks' type: ANSWER_TYPE_NUMBER }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ITEM_TYPE_CHANGED", "items[0].type");
}

TEST(ValidateTemplate, NeedsADecisionOfItsBody) {
  auto given = Template();
  given.When(Prepare(kDesk));
  given.When(Parse<v1::ValidateTemplateRequest>("decision {}"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_DECIDED");
  const std::string meeting = std::string(kCouncil) + "/meetings/q1";
  given.Beside(meeting, "held",
               Parse<committees::v1::MeetingState>(
                   "motions { motion: 'a' motion_state: MOTION_STATE_CARRIED } "
                   "motions { motion: 'b' motion_state: MOTION_STATE_LOST }"));
  const auto validate = [&](const std::string& motion) {
    return Parse<v1::ValidateTemplateRequest>("decision { meeting: '" + meeting + "' motion: '" +
                                              motion + "' }");
  };
  given.When(validate("b")).ThenRejected(StatusCode::kFailedPrecondition, "NOT_DECIDED");
  given.When(validate("a"));
  given.ThenEvents();
  EXPECT_EQ(given.state().issuable_version(), 1);
  EXPECT_EQ(given.state().versions(0).decision().motion(), "a");
  EXPECT_TRUE(given.CheckGuard("validated-by-a-meeting").ok());
}

TEST(ValidateTemplate, IsNotDecidedByAMeetingOfAnotherBody) {
  auto given = Template();
  given.When(Prepare(kDesk));
  given.Beside(std::string(kRegional) + "/meetings/q1", "held",
               Parse<committees::v1::MeetingState>(
                   "motions { motion: 'a' motion_state: MOTION_STATE_CARRIED }"));
  given
      .When(Parse<v1::ValidateTemplateRequest>(
          "decision { meeting: 'realms/test/committees/regional/meetings/q1' motion: 'a' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_DECIDED");
  given.When(Parse<v1::ValidateTemplateRequest>("decision { document: 'Resolution 2' }"));
  given.ThenEvents();
  EXPECT_EQ(given.CheckGuard("validated-by-a-meeting").code(), StatusCode::kFailedPrecondition);
}

TEST(RetireTemplate, NeedsAReasonAndLeavesNothingToIssue) {
  auto given = Template(Desks());
  given.When(v1::RetireTemplateRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("Replaced").When(v1::RetireTemplateRequest());
  given.ThenEvents();
  EXPECT_EQ(given.state().issuable_version(), 0);
}

TEST(TemplateRoles, AreTheFocalPointAndTheSecretariatOfTheBody) {
  auto given = Template(Desks());
  EXPECT_TRUE(given.As(Council()).HasRole("validating-body"));
  EXPECT_FALSE(given.As(Unit()).HasRole("validating-body"));
  EXPECT_FALSE(given.As(Unit()).HasRole("focal-point"));
  given.Beside(
      "realms/test/offices/planning", "open",
      Parse<directory::v1::OfficeState>("duties { duty_id: 'focal' kind: DUTY_KIND_FOCAL_POINT }"));
  EXPECT_TRUE(given.As(Unit()).HasRole("focal-point"));
}

}  // namespace
}  // namespace kasundo::monitoring
