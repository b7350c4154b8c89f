// Findings and their corrective actions: the chain of RPMES.
#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/monitoring/v1/monitoring_follow_ups.pb.h"
#include "workflows/monitoring/corrective_action_decider.h"
#include "workflows/monitoring/finding_decider.h"
#include "workflows/monitoring/monitoring_fixture.h"

namespace kasundo::monitoring {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

constexpr char kFinding[] = "realms/test/findings/desk";
constexpr char kAction[] = "realms/test/findings/desk/correctiveActions/hire";

v1::FindingState Raised(const std::string& more = "") {
  return Parse<v1::FindingState>(
      "raised { title: 'Desk of Lipa' details: 'Behind' implementing_office: "
      "'realms/test/offices/planning' body: 'realms/test/committees/council' } " +
      more);
}

Given<Finding> Found(const v1::FindingState& state = Raised()) {
  auto given = InItsWorld(Given<Finding>(state));
  given.Named(kFinding).On("2016-04-20").As(Council());
  return given;
}

Given<CorrectiveAction> Action(const std::string& more = "") {
  auto given = InItsWorld(Given<CorrectiveAction>(
      Parse<v1::CorrectiveActionState>("title: 'Hire' owner_office: 'realms/test/offices/planning' "
                                       "due_date { year: 2016 month: 6 day: 30 } " +
                                       more)));
  given.Named(kAction).On("2016-06-01").As(Unit());
  given.Beside(kFinding, "explained", Raised());
  return given;
}

TEST(RaiseFinding, GivesTheOfficeFifteenDaysToExplain) {
  auto given = Found(v1::FindingState());
  given.When(Parse<v1::RaiseFindingRequest>(
      "title: 'Desk' details: 'Behind' origin: FINDING_ORIGIN_SLIPPAGE implementing_office: "
      "'realms/test/offices/planning' body: 'realms/test/committees/council' "
      "slippage { slippage: '-12.5' band: 'critical' policy_version: 2 }"));
  const v1::FindingRaised& raised = given.ThenEvents().at(0).finding_raised();
  EXPECT_EQ(ToString(raised.explain_by()), "2016-05-05");
  EXPECT_EQ(raised.slippage().policy_version(), 2) << "the rule that gave the band stays with it";
}

TEST(FindingRoles, AreTheOfficeThatImplementsAndTheBodyThatMonitors) {
  auto given = Found();
  EXPECT_TRUE(given.As(Council()).HasRole("monitor"));
  EXPECT_FALSE(given.As(Council()).HasRole("implementer"));
  EXPECT_TRUE(given.As(Unit()).HasRole("implementer"));
  EXPECT_TRUE(given.As(Somebody("hal", "health")).HasRole("implementer")) << "same organisation";
  EXPECT_FALSE(given.As(Region()).HasRole("monitor"));
}

TEST(ExplainFinding, SaysWhoGaveTheReasons) {
  auto given = Found();
  given.As(Unit()).When(Parse<v1::ExplainFindingRequest>(
      "reasons: 'No money' on_behalf_of { person: 'realms/test/people/x' }"));
  given.ThenRejected(StatusCode::kPermissionDenied, "ENTRY_FOR_OTHERS");
  given.When(Parse<v1::ExplainFindingRequest>("reasons: 'No money'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().explanation().by().person(), "realms/test/people/lina");
}

// Requirement 132: whatever is open can be given to another office.
TEST(ReassignFinding, LetsAnotherOfficeExplainIt) {
  auto given = Found();
  const auto reassign =
      Parse<v1::ReassignFindingRequest>("implementing_office: 'realms/test/offices/health'");
  given.When(reassign).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("The planning office closes").When(reassign);
  EXPECT_EQ(given.ThenEvents().at(0).finding_reassigned().from_office(),
            "realms/test/offices/planning");
  EXPECT_EQ(given.state().raised().implementing_office(), "realms/test/offices/health");
  given.When(reassign).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

// Requirement 132.
TEST(ReassignCorrectiveAction, LetsAnotherOfficeOweIt) {
  auto given = Action();
  const auto reassign =
      Parse<v1::ReassignCorrectiveActionRequest>("owner_office: 'realms/test/offices/health'");
  given.When(reassign).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("The planning office closes").When(reassign);
  EXPECT_EQ(given.ThenEvents().at(0).corrective_action_reassigned().from_office(),
            "realms/test/offices/planning");
  EXPECT_EQ(given.state().owner_office(), "realms/test/offices/health");
  given.When(reassign).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RecordProblemSession, KeepsWhatWasAgreedWithItsDay) {
  auto given = Found();
  EXPECT_EQ(given.CheckGuard("session-held").code(), StatusCode::kFailedPrecondition);
  given.When(Parse<v1::RecordProblemSessionRequest>("session { agreements: 'Hire by June' }"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().sessions(0).on()), "2016-04-20");
  EXPECT_TRUE(given.CheckGuard("session-held").ok());
  given.When(Parse<v1::RecordInspectionRequest>("inspection { findings: 'Empty' }"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().inspections(0).on()), "2016-04-20");
}

TEST(ReferFinding, KeepsTheAnswerOfTheHigherBody) {
  auto given = Found();
  given.When(Parse<v1::ReferFindingRequest>("to: 'NPMC' requested_action: 'Release the funds'"));
  given.When(Parse<v1::AnswerReferralRequest>("answer: 'Released'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().referral().requested_action(), "Release the funds");
  EXPECT_EQ(given.state().referral().answer(), "Released");
}

TEST(ResolveFinding, WaitsForEveryCorrectiveAction) {
  auto given = Found();
  const auto resolve = Parse<v1::ResolveFindingRequest>("resolution: 'Hired'");
  given.When(resolve).ThenRejected(StatusCode::kFailedPrecondition, "NO_ACTION");
  given.When(Parse<v1::ListCorrectiveActionRequest>("corrective_action: 'a'"));
  given.When(Parse<v1::ListCorrectiveActionRequest>("corrective_action: 'b'"));
  given.When(
      Parse<v1::SettleCorrectiveActionRequest>("action { corrective_action: 'b' dropped: true }"));
  given.When(resolve).ThenRejected(StatusCode::kFailedPrecondition, "ACTIONS_OPEN");
  given.When(
      Parse<v1::SettleCorrectiveActionRequest>("action { corrective_action: 'a' verified: true }"));
  given.When(resolve);
  given.ThenEvents();
  EXPECT_EQ(given.state().resolution(), "Hired");
  given.When(Parse<v1::RecordLessonRequest>("lesson { lesson: 'Hire earlier' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().lesson().lesson(), "Hire earlier");
}

TEST(ResolveFinding, NeedsNoActionIfThatIsSaid) {
  auto given = Found();
  given.When(
      Parse<v1::ResolveFindingRequest>("resolution: 'A typing error' no_action_needed: true"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(ReopenFinding, NeedsAReason) {
  auto given = Found(Raised("resolution: 'x' resolved_on { year: 2016 }"));
  given.When(v1::ReopenFindingRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.When(v1::DropFindingRequest()).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("It is back").When(v1::ReopenFindingRequest());
  given.ThenEvents();
  EXPECT_FALSE(given.state().has_resolved_on());
}

TEST(OpenCorrectiveAction, MendsAFindingThatIsOpen) {
  auto given = Action();
  const auto open = [](const std::string& more) {
    return Parse<v1::OpenCorrectiveActionRequest>(
        "title: 'Hire' owner_office: 'realms/test/offices/planning' " + more);
  };
  const std::string june = "due_date { year: 2016 month: 6 } ";
  given.When(open(june));
  EXPECT_EQ(given.ThenEvents().size(), 1U) << "some day of June is yet to come";
  given.When(open("due_date { year: 2016 month: 5 day: 31 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "due_date");
  for (const char* session : {"session: 1", "session: -1"}) {
    given.When(open(june + session))
        .ThenRejected(StatusCode::kNotFound, "SESSION_NOT_FOUND", "session");
  }
  given.Beside(kFinding, "explained", Raised("sessions { agreements: 'Hire' }"));
  given.When(open(june + "session: 1"));
  EXPECT_EQ(given.ThenEvents().at(0).corrective_action_opened().session(), 1);
  for (const char* closed : {"resolved", "dropped"}) {
    given.Beside(kFinding, closed, Raised());
    given.When(open(june)).ThenRejected(StatusCode::kFailedPrecondition, "FINDING_CLOSED");
  }
}

TEST(CompleteCorrectiveAction, NeedsEvidence) {
  auto given = Action();
  given.When(Parse<v1::CompleteCorrectiveActionRequest>("evidence {}"))
      .ThenRejected(StatusCode::kFailedPrecondition, "EVIDENCE_NEEDED", "evidence");
  given.When(Parse<v1::CompleteCorrectiveActionRequest>("evidence { document: 'Order 5' }"));
  EXPECT_FALSE(given.ThenEvents().at(0).corrective_action_completed().late());
  given.On("2016-07-01")
      .When(Parse<v1::CompleteCorrectiveActionRequest>("evidence { document: 'Order 5' }"));
  EXPECT_TRUE(given.ThenEvents().at(0).corrective_action_completed().late());
}

TEST(VerifyCorrectiveAction, IsNotForWhoDidIt) {
  auto given = Action();
  given.When(Parse<v1::CompleteCorrectiveActionRequest>("evidence { document: 'Order 5' }"));
  for (const workflows::v1::Actor& actor :
       {Unit(), Somebody("lina", "council"), Somebody("carlo", "planning")}) {
    given.As(actor)
        .When(v1::VerifyCorrectiveActionRequest())
        .ThenRejected(StatusCode::kPermissionDenied, "DOER_CANNOT_VERIFY");
  }
  EXPECT_TRUE(given.As(Council()).HasRole("monitor"));
  given.When(v1::VerifyCorrectiveActionRequest());
  given.ThenEvents();
  EXPECT_EQ(given.state().verified_by().person(), "realms/test/people/carlo");
}

TEST(ExtendCorrectiveAction, IsRefusedToAnEarlierDay) {
  auto given = Action();
  given.When(Parse<v1::ExtendCorrectiveActionRequest>("due_date { year: 2016 month: 8 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("Rain")
      .When(Parse<v1::ExtendCorrectiveActionRequest>("due_date { year: 2016 month: 6 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  given.When(Parse<v1::ExtendCorrectiveActionRequest>("due_date { year: 2016 month: 8 }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().due_date().month(), 8);
}

TEST(ReturnCorrectiveAction, NeedsAReasonAsDroppingDoes) {
  auto given = Action("done_on { year: 2016 } evidence { title: 'x' }");
  given.When(v1::ReturnCorrectiveActionRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.When(v1::DropCorrectiveActionRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("A page is missing").When(v1::ReturnCorrectiveActionRequest());
  given.ThenEvents();
  EXPECT_FALSE(given.state().has_evidence());
}

}  // namespace
}  // namespace kasundo::monitoring
