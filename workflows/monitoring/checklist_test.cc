// Checklists: filled by a unit, looked at up the chain of oversight, locked (requirements 78 to
// 92).
#include "gmock/gmock.h"
#include "workflows/monitoring/checklist_commands.h"
#include "workflows/monitoring/checklist_decider.h"
#include "workflows/monitoring/checklist_figures.h"
#include "workflows/monitoring/monitoring_fixture.h"

namespace kasundo::monitoring {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

Given<Checklist> Lipa(const v1::ChecklistState& state = Opened()) {
  auto given = InItsWorld(Given<Checklist>(state));
  given.Named(kChecklist).On("2016-04-08").As(Unit());
  return given;
}

template <typename Request>
Request Of(const std::string& text = "") {
  return Parse<Request>("name: '" + std::string(kChecklist) + "' " + text);
}

constexpr char kAnswers[] =
    "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_PARTLY } "
    "answers { item: 'ordinance' choice_of_three: YES_NO_PARTLY_NO } "
    "answers { item: 'served' number: '0' } ";

Given<Checklist> Submitted() {
  auto given = Lipa();
  given.When(Of<v1::SubmitChecklistRequest>(kAnswers));
  given.ThenEvents();
  return given;
}

std::vector<AskedItem> Asked() {
  static const v1::ChecklistTemplateState desks = Desks();
  std::vector<AskedItem> asked;
  for (const v1::TemplateItem& item : desks.versions(0).items()) asked.push_back({&item, ""});
  return asked;
}

TEST(OpenChecklist, CountsAUnitInItsTerritory) {
  auto given = Lipa(v1::ChecklistState());
  const auto open = [](const std::string& unit) {
    return Parse<v1::OpenChecklistRequest>("unit: 'realms/test/" + unit + "'");
  };
  given.When(open("territories/lipa"));
  EXPECT_EQ(given.ThenEvents().at(0).checklist_opened().territory(),
            "realms/test/territories/lipa");
  EXPECT_EQ(given.ThenEvents().at(0).checklist_opened().template_version(), 1);
  EXPECT_EQ(given.ThenEvents().at(0).checklist_opened().due_on().day(), 15);
  given.When(open("organisations/lipa"));
  EXPECT_EQ(given.ThenEvents().at(0).checklist_opened().territory(),
            "realms/test/territories/lipa");
  given.When(open("offices/planning"));
  EXPECT_EQ(given.ThenEvents().at(0).checklist_opened().territory(),
            "realms/test/territories/lipa");
  given.When(open("offices/regional")).ThenRejected(StatusCode::kInvalidArgument, "NO_UNITS");
}

TEST(OpenChecklist, BringsTheRidersThatAreMeantForTheUnit) {
  auto given = Lipa(v1::ChecklistState());
  given.Beside(
      kIssuance, "issued",
      Quarter("riders { rider: 'realms/test/checklistTemplates/rider' version: 3 "
              "units: 'realms/test/territories/lipa' } riders { rider: 'realms/test/other' "
              "version: 1 units: 'realms/test/territories/taal' }"));
  given.When(Parse<v1::OpenChecklistRequest>("unit: 'realms/test/territories/lipa'"));
  ASSERT_EQ(given.ThenEvents().at(0).checklist_opened().riders_size(), 1);
  EXPECT_EQ(given.state().riders(0).version(), 3);
}

TEST(FillChecklist, TakesAnswersOfTheRightType) {
  auto given = Lipa();
  given.When(Of<v1::FillChecklistRequest>(kAnswers));
  given.ThenEvents();
  EXPECT_EQ(given.state().answers_size(), 3);
  EXPECT_EQ(given.state().reporters_size(), 1);
  given.When(
      Of<v1::FillChecklistRequest>("answers { item: 'served' number: '7.5' } clear: 'ordinance' "));
  given.ThenEvents();
  ASSERT_EQ(given.state().answers_size(), 2);
  EXPECT_EQ(given.state().answers(1).number(), "7.5");
  for (const char* wrong :
       {"item: 'desk' number: '1'", "item: 'served' number: 'many'", "item: 'served' text: '12'",
        "item: 'host' choice: 'Mayor'", "item: 'remarks' text: ''", "item: 'report' text: 'x'",
        "item: 'desk' not_applicable: false", "item: 'desk' not_applicable: true",
        "item: 'report' evidence {}", "item: 'desk'"}) {
    given.When(Of<v1::FillChecklistRequest>("answers { " + std::string(wrong) + " }"))
        .ThenRejected(StatusCode::kInvalidArgument, "ANSWER_INVALID", "answers[0]");
  }
}

TEST(FillChecklist, TakesNumbersWithinTheBoundsOfTheItem) {
  auto given = Lipa();
  auto desks = Desks();
  v1::TemplateItem& served = *desks.mutable_versions(0)->mutable_items(2);
  served.set_least("0");
  served.set_most("5");
  given.Beside(kTemplate, "validated", desks);
  for (const char* number : {"0", "5.00"}) {
    given.When(Of<v1::FillChecklistRequest>("answers { item: 'served' number: '" +
                                            std::string(number) + "' }"));
    EXPECT_EQ(given.ThenEvents().size(), 1U);
  }
  for (const char* number : {"-5", "5.01"}) {
    given
        .When(Of<v1::FillChecklistRequest>("answers { item: 'served' number: '" +
                                           std::string(number) + "' }"))
        .ThenRejected(StatusCode::kInvalidArgument, "ANSWER_INVALID", "answers[0]");
  }
}

TEST(FillChecklist, RefusesWhatIsNotAskedAndWhatIsAnsweredTwice) {
  auto given = Lipa();
  given.When(Of<v1::FillChecklistRequest>("answers { item: 'fair' text: 'x' }"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND", "answers[0].item");
  given.When(Of<v1::FillChecklistRequest>("clear: 'fair'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND", "clear[0]");
  given
      .When(Of<v1::FillChecklistRequest>(
          "answers { item: 'served' number: '1' } answers { item: 'served' number: '2' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ANSWERED_TWICE");
  given.When(Of<v1::FillChecklistRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "FIELD_REQUIRED");
}

TEST(FillChecklist, IsEnteredForOthersByAdministratorsOnly) {
  auto given = Lipa();
  const auto request = Of<v1::FillChecklistRequest>(
      "answers { item: 'served' number: '1' } "
      "on_behalf_of { office: 'realms/test/offices/health' }");
  given.When(request).ThenRejected(StatusCode::kPermissionDenied, "ENTRY_FOR_OTHERS");
  given.As(Keeper()).When(request);
  EXPECT_EQ(given.ThenEvents().at(0).answers_given().reporter().office(),
            "realms/test/offices/health");
  EXPECT_TRUE(given.state().reporters(0).account().empty());
}

TEST(SetChecklistTargets, ReplacesTheTargetsOfItemsThatAreAsked) {
  auto given = Lipa();
  given.When(Of<v1::SetChecklistTargetsRequest>("targets { item: 'served' target: '120' }"));
  given.When(Of<v1::SetChecklistTargetsRequest>(
      "targets { item: 'served' target: '130' plan: 'realms/test/plans/p' plan_item: 'a1' }"));
  given.ThenEvents();
  ASSERT_EQ(given.state().targets_size(), 1);
  EXPECT_EQ(given.state().targets(0).target(), "130");
  given.When(Of<v1::SetChecklistTargetsRequest>("targets { item: 'x' target: '1' }"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
  given.When(Of<v1::SetChecklistTargetsRequest>("targets { item: 'served' target: 'x' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "NUMBER_INVALID");
}

// Requirement 84: the core stays what it is.
TEST(AttachRider, AddsQuestionsBesideTheCore) {
  auto given = Lipa();
  const auto attach = Of<v1::AttachRiderRequest>("rider: 'realms/test/checklistTemplates/rider'");
  given.When(attach);
  given.ThenEvents();
  EXPECT_EQ(given.state().riders(0).version(), 3);
  EXPECT_EQ(given.state().template_version(), 1);
  given.When(Of<v1::SubmitChecklistRequest>(kAnswers))
      .ThenRejected(StatusCode::kFailedPrecondition, "ANSWERS_MISSING");
  given.When(attach).ThenRejected(StatusCode::kFailedPrecondition, "RIDER_ATTACHED");
  given.When(Of<v1::AttachRiderRequest>("rider: '" + std::string(kTemplate) + "'"))
      .ThenRejected(StatusCode::kInvalidArgument, "NOT_A_RIDER");
  auto draft = Rider();
  draft.set_issuable_version(0);
  auto other = Lipa();
  other.Beside("realms/test/checklistTemplates/rider", "draft", draft);
  other.When(attach).ThenRejected(StatusCode::kFailedPrecondition, "TEMPLATE_NOT_VALIDATED");
}

TEST(AttachRider, KeepsQuestionsApart) {
  auto given = Lipa();
  const auto attach = Of<v1::AttachRiderRequest>("rider: 'realms/test/checklistTemplates/rider'");
  // The core asked for it only after the rider was prepared.
  auto desks = Desks();
  desks.mutable_versions(0)->mutable_items(4)->set_id("fair");
  given.Beside(kTemplate, "validated", desks);
  given.When(attach).ThenRejected(StatusCode::kInvalidArgument, "ITEM_TWICE", "rider");
  // Another unit of the same issuance has a rider that asks under the same id.
  given.Beside(kTemplate, "validated", Desks());
  given.Beside("realms/test/checklistTemplates/other", "validated", Rider());
  given.Beside(kIssuance, "issued",
               Quarter("riders { rider: 'realms/test/checklistTemplates/other' version: 3 "
                       "units: 'realms/test/territories/taal' }"));
  given.When(attach).ThenRejected(StatusCode::kInvalidArgument, "ITEM_TWICE", "rider");
}

TEST(SubmitChecklist, NamesEveryQuestionThatIsLeftOpen) {
  auto given = Lipa();
  given.When(Of<v1::SubmitChecklistRequest>("answers { item: 'served' number: '0' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ANSWERS_MISSING", "answers");
  given.When(Of<v1::SubmitChecklistRequest>(
      "answers { item: 'served' not_applicable: true remark: 'no desk' } "
      "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_NO } "
      "answers { item: 'ordinance' not_applicable: true remark: 'The province has one' }"));
  EXPECT_EQ(given.ThenEvents().size(), 2U) << "not applicable is an answer";
}

TEST(SubmitChecklist, NeedsEvidenceOfAYes) {
  auto given = Lipa();
  const std::string rest =
      "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_YES } "
      "answers { item: 'served' number: '3' } "
      "answers { item: 'ordinance' choice_of_three: YES_NO_PARTLY_YES ";
  given.When(Of<v1::SubmitChecklistRequest>(rest + "}"))
      .ThenRejected(StatusCode::kFailedPrecondition, "EVIDENCE_NEEDED");
  given.When(Of<v1::SubmitChecklistRequest>(rest + "evidence { document: 'Ordinance 7' } }"));
  EXPECT_FALSE(given.ThenEvents().at(1).checklist_submitted().late());
  EXPECT_EQ(given.state().stage(), v1::DATA_STAGE_RAW);
}

TEST(SubmitChecklist, IsLateAfterTheDueDay) {
  auto given = Lipa();
  given.On("2016-04-16").When(Of<v1::SubmitChecklistRequest>(kAnswers));
  EXPECT_TRUE(given.ThenEvents().at(1).checklist_submitted().late());
  EXPECT_TRUE(given.state().was_late());
}

// Requirement 81: the provincial council, then the region's; the council of another province not at
// all.
TEST(ChainOfOversight, IsExactlyTheBodiesAroundTheUnit) {
  auto given = Lipa();
  given.HasRole("overseer");
  const auto chain = ChainOfChecklist(given.state(), given.context());
  ASSERT_EQ(chain.size(), 2U);
  EXPECT_EQ(chain[0].body, kCouncil);
  EXPECT_EQ(chain[1].body, kRegional);
  EXPECT_TRUE(given.As(Council()).HasRole("overseer"));
  EXPECT_TRUE(given.As(Region()).HasRole("overseer"));
  EXPECT_FALSE(given.As(Somebody("x", "cavite")).HasRole("overseer"));
  EXPECT_FALSE(given.As(Unit()).HasRole("overseer"));
  EXPECT_TRUE(given.As(Unit()).HasRole("reporter"));
  EXPECT_FALSE(given.As(Council()).HasRole("reporter"));
}

// A working group of the council is no centre.
TEST(ChainOfOversight, GivesABodyWithoutATerritoryThatOfTheBodyAroundIt) {
  auto given = Submitted();
  const std::string group = "realms/test/committees/group";
  given.Beside(kCouncil, "established",
               Body("batangas", "council", "child_bodies: '" + group + "'"));
  given.Beside(
      group, "established",
      Parse<committees::v1::CommitteeState>("parent_body: '" + std::string(kCouncil) +
                                            "' secretariats { office: 'realms/test/offices/health' "
                                            "role: SECRETARIAT_ROLE_SECRETARIAT }"));
  given.Beside(kIssuance, "issued", Quarter("validating_level: TERRITORY_LEVEL_REGION"));
  const workflows::v1::Actor member = Somebody("gil", "health");
  EXPECT_TRUE(given.As(member).HasRole("overseer"));
  EXPECT_FALSE(given.As(member).HasRole("validator"));
  const auto chain = ChainOfChecklist(given.state(), given.context());
  ASSERT_EQ(chain.size(), 3U);
  EXPECT_EQ(chain[0].body, group);
  EXPECT_EQ(chain[0].territory, "realms/test/territories/batangas");
  EXPECT_EQ(chain[0].level, directory::v1::TERRITORY_LEVEL_PROVINCE);
  EXPECT_EQ(chain[2].body, kRegional);
  EXPECT_EQ(TerritoryOverseenBy(given.context().lookup, group), chain[0].territory);
  given.Beside(kIssuance, "issued", Quarter("validating_level: TERRITORY_LEVEL_PROVINCE"));
  EXPECT_TRUE(given.As(member).HasRole("validator"));
}

TEST(ChainOfOversight, ValidatesFromTheLevelThatTheIssuanceSays) {
  auto given = Submitted();
  given.Beside(kIssuance, "issued", Quarter("validating_level: TERRITORY_LEVEL_REGION"));
  EXPECT_TRUE(given.As(Council()).HasRole("overseer"));
  EXPECT_FALSE(given.As(Council()).HasRole("validator"));
  EXPECT_TRUE(given.As(Region()).HasRole("validator"));
  given.As(Keeper())
      .When(Of<v1::ValidateChecklistRequest>("body: '" + std::string(kCouncil) + "'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_IN_CHAIN");
}

TEST(AnalyseChecklist, RaisesTheStageAndSaysWhichBodyDidIt) {
  auto given = Submitted();
  given.As(Council()).When(Of<v1::AnalyseChecklistRequest>("remarks: 'Plausible'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().stage(), v1::DATA_STAGE_ANALYSED);
  EXPECT_EQ(given.state().reviews(0).body(), kCouncil);
  EXPECT_TRUE(given.CheckGuard("reviewed").ok());
  given.As(Region()).When(Of<v1::CrossCheckChecklistRequest>("remarks: 'Same in the register'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().stage(), v1::DATA_STAGE_CROSS_CHECKED);
  EXPECT_EQ(given.state().reviews(1).body(), kRegional);
}

TEST(ReviewedGuard, DoesNotHoldOfWhatNobodyLookedThrough) {
  EXPECT_EQ(Submitted().CheckGuard("reviewed").code(), StatusCode::kFailedPrecondition);
}

TEST(AnalyseChecklist, IsForBodiesOfTheChainOnly) {
  auto given = Submitted();
  given.As(Keeper())
      .When(Of<v1::AnalyseChecklistRequest>("body: 'realms/test/committees/cavite'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_IN_CHAIN");
  given.When(Of<v1::AnalyseChecklistRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_IN_CHAIN");
  given.As(Council())
      .When(Of<v1::AnalyseChecklistRequest>("body: '" + std::string(kRegional) + "'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_IN_CHAIN");
}

TEST(ReturnChecklist, BringsItBackToRawWithRemarks) {
  auto given = Submitted();
  given.As(Council());
  given.When(Of<v1::ReturnChecklistRequest>("remarks: 'Who?' items: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
  given.When(Of<v1::ReturnChecklistRequest>("remarks: 'Who?' due_on { year: 2016 month: 3 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  given.When(Of<v1::ReturnChecklistRequest>("remarks: 'Who?' items: 'served'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().stage(), v1::DATA_STAGE_RAW);
  EXPECT_EQ(ToString(given.state().rework_due_on()), "2016-04-15");
}

// Independence: neither the person nor the office that reported.
TEST(ValidateChecklist, IsRefusedToWhoReportedAsPersonAndAsOffice) {
  for (const workflows::v1::Actor& actor :
       {Somebody("lina", "council"), Somebody("carlo", "planning")}) {
    auto given = Submitted();
    // Both belong to the council as well.
    given.Beside(kCouncil, "established",
                 Body("batangas", "council",
                      "secretariats { office: 'realms/test/offices/planning' "
                      "role: SECRETARIAT_ROLE_TECHNICAL }"));
    given.As(actor)
        .When(Of<v1::ValidateChecklistRequest>())
        .ThenRejected(StatusCode::kPermissionDenied, "REPORTER_CANNOT_VALIDATE");
    given.When(Of<v1::AnalyseChecklistRequest>())
        .ThenRejected(StatusCode::kPermissionDenied, "REPORTER_CANNOT_VALIDATE");
  }
}

TEST(ValidateChecklist, IsRefusedAlsoIfARecordKeeperEntersIt) {
  auto given = Submitted();
  given.As(Keeper())
      .When(
          Of<v1::ValidateChecklistRequest>("body: '" + std::string(kCouncil) +
                                           "' on_behalf_of { person: 'realms/test/people/lina' }"))
      .ThenRejected(StatusCode::kPermissionDenied, "REPORTER_CANNOT_VALIDATE");
  given.When(Of<v1::ValidateChecklistRequest>(
      "body: '" + std::string(kCouncil) + "' on_behalf_of { person: 'realms/test/people/carlo' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().stage(), v1::DATA_STAGE_VALIDATED);
}

// Requirement 92: both values stay.
TEST(CorrectAnswer, KeepsBothValuesAndTheReason) {
  auto given = Submitted();
  given.As(Council()).When(Of<v1::ValidateChecklistRequest>());
  const auto correct = Of<v1::CorrectAnswerRequest>("answer { item: 'served' number: '12' }");
  given.When(correct).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("The paper said 12").When(correct);
  given.ThenEvents();
  ASSERT_EQ(given.state().corrections_size(), 1);
  EXPECT_EQ(given.state().corrections(0).before().number(), "0");
  EXPECT_EQ(given.state().corrections(0).after().number(), "12");
  EXPECT_EQ(given.state().answers(2).number(), "12");
  given.When(correct).ThenRejected(StatusCode::kFailedPrecondition, "SAME_VALUE");
  given.When(Of<v1::CorrectAnswerRequest>("answer { item: 'served' text: '12' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ANSWER_INVALID");
  given.When(Of<v1::CorrectAnswerRequest>("answer { item: 'x' text: '12' }"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
  given.As(Unit()).When(correct).ThenRejected(StatusCode::kFailedPrecondition, "NOT_IN_CHAIN");
}

// What shows an answer is not lost where only the answer is corrected.
TEST(CorrectAnswer, KeepsTheEvidenceUnlessOtherIsGiven) {
  auto given = Lipa();
  given.When(Of<v1::SubmitChecklistRequest>(
      "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_NO } "
      "answers { item: 'served' number: '3' } "
      "answers { item: 'ordinance' choice_of_three: YES_NO_PARTLY_YES "
      "evidence { title: 'Sheet' document: 'B-1' } }"));
  given.As(Council()).When(Of<v1::ValidateChecklistRequest>());
  given.Because("Only a draft");
  const auto correct = [](const std::string& more) {
    return Of<v1::CorrectAnswerRequest>("answer { item: 'ordinance' " + more + " }");
  };
  given.When(correct("choice_of_three: YES_NO_PARTLY_YES"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SAME_VALUE");
  given.When(correct("choice_of_three: YES_NO_PARTLY_PARTLY evidence {}"))
      .ThenRejected(StatusCode::kFailedPrecondition, "EVIDENCE_NEEDED", "answer.evidence");
  given.When(correct("choice_of_three: YES_NO_PARTLY_PARTLY"));
  EXPECT_EQ(given.ThenEvents().at(0).answer_corrected().correction().after().evidence().document(),
            "B-1");
  given.When(correct("choice_of_three: YES_NO_PARTLY_PARTLY evidence { document: 'B-2' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().answers(2).evidence().document(), "B-2");
  EXPECT_TRUE(given.state().answers(2).evidence().title().empty());
}

// Nothing is looked at before it was there, nor corrected before it was validated: the past as of a
// business date would show what never was.
TEST(ReviewsOfAChecklist, ComeInTheOrderOfTheirDays) {
  auto given = Submitted();  // on 8 April
  const auto validate = Of<v1::ValidateChecklistRequest>();
  given.As(Council()).On("2016-04-07");
  given.When(validate).ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER",
                                    "header.occurred_on");
  given.When(Of<v1::AnalyseChecklistRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  given.On("2016-04-10").When(Of<v1::AnalyseChecklistRequest>());
  given.ThenEvents();
  given.On("2016-04-09")
      .When(validate)
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  given.On("2016-04-12").When(validate);
  given.ThenEvents();
  given.Because("The paper said 12").On("2016-04-11");
  const auto correct = Of<v1::CorrectAnswerRequest>("answer { item: 'served' number: '12' }");
  given.When(correct).ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  given.When(Of<v1::WithdrawChecklistRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  given.On("2016-04-12").When(correct);
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(WithdrawChecklist, NeedsAReason) {
  auto given = Lipa();
  given.As(Council())
      .When(Of<v1::WithdrawChecklistRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("Merged").When(Of<v1::WithdrawChecklistRequest>());
  given.ThenEvents();
  EXPECT_EQ(given.state().reason(), "Merged");
}

// Requirement 88.
TEST(ChecklistFigures, TellThreeKindsOfEmptinessApart) {
  auto state = Opened(
      "answers { item: 'served' number: '0.00' } answers { item: 'desk' not_applicable: true } "
      "answers { item: 'remarks' text: 'x' }");
  const auto lines = LinesOf(state, Asked());
  EXPECT_EQ(lines[0].standing(), v1::ANSWER_STANDING_NOT_APPLICABLE);
  EXPECT_EQ(lines[1].standing(), v1::ANSWER_STANDING_NOT_ANSWERED);
  EXPECT_EQ(lines[2].standing(), v1::ANSWER_STANDING_ZERO);
  EXPECT_EQ(lines[4].standing(), v1::ANSWER_STANDING_ANSWERED);
  const Completion completion = CompletionOf(state, Asked());
  EXPECT_EQ(completion.answered, 2);
  EXPECT_EQ(completion.not_applicable, 1);
  EXPECT_EQ(completion.not_answered, 3);
  EXPECT_EQ(completion.percent, "40.00");
  EXPECT_EQ(CompletionOf(Opened(), {}).percent, "");
}

// Requirement 80: planned beside actual.
TEST(ChecklistFigures, ShowTheTargetBesideTheActual) {
  auto state = Opened("answers { item: 'served' number: '90.5' }");
  EXPECT_EQ(LinesOf(state, Asked())[2].difference(), "-9.5") << "the template's target is 100";
  state = Opened(
      "answers { item: 'served' number: '90.5' } targets { item: 'served' target: '60' plan: 'p' "
      "plan_item: 'a1' }");
  const v1::ChecklistLine line = LinesOf(state, Asked())[2];
  EXPECT_EQ(line.difference(), "30.5");
  EXPECT_EQ(line.baseline(), "80");
  EXPECT_EQ(line.plan_item(), "a1");
}

TEST(ChecklistFigures, ScoreWeighsYesAndPartly) {
  auto state = Opened(
      "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_PARTLY } "
      "answers { item: 'ordinance' choice_of_three: YES_NO_PARTLY_YES }");
  EXPECT_EQ(ScoreOf(state, Asked()), "66.67") << "(2 * 1/2 + 1) of 3";
  EXPECT_EQ(ScoreOf(Opened(), Asked()), "");
}

// Requirement 78.
TEST(ChecklistFigures, PutNoAndPartlyOnTheListsOfGaps) {
  auto state = Opened(
      "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_PARTLY } "
      "answers { item: 'ordinance' choice_of_three: YES_NO_PARTLY_NO }");
  const auto gaps = GapsOf(state, Asked());
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(gaps[0].list(), v1::GAP_KIND_INSTITUTIONAL);
  EXPECT_TRUE(gaps[0].partly());
  EXPECT_EQ(gaps[0].indicator(), "served");
  EXPECT_EQ(gaps[1].gap(), "An ordinance is missing");
}

}  // namespace
}  // namespace kasundo::monitoring
