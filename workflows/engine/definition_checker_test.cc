#include "workflows/engine/definition_checker.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/lifecycle.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using workflows::v1::DefinitionError;

class DefinitionCheckerTest : public ::testing::Test {
 public:
  DefinitionCheckerTest()
      : registry_(testing::ToyRegistry()), text_(testing::PromiseDefinitionText()) {}

  // Puts `to` in the place of the first `from` in the text.
  DefinitionCheckerTest& Replace(const std::string& from, const std::string& to) {
    const size_t at = text_.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text_.replace(at, from.size(), to);
    return *this;
  }
  // Adds lines to the transitions.
  DefinitionCheckerTest& AddTransition(const std::string& lines) {
    return Replace("parameters:\n", lines + "parameters:\n");
  }
  DefinitionCheckerTest& AddState(const std::string& line) {
    return Replace("steps:\n", line + "steps:\n");
  }

  std::vector<DefinitionError> Errors() {
    std::vector<DefinitionError> errors;
    const auto definition = ReadDefinition(text_, registry_, &errors);
    EXPECT_EQ(definition.ok(), errors.empty());
    if (!definition.ok()) {
      EXPECT_EQ(definition.status().code(), absl::StatusCode::kInvalidArgument);
      EXPECT_EQ(ReasonOf(definition.status()), "DEFINITION_INVALID");
    }
    return errors;
  }

  // "CODE at <what stands there in the text>" of each error.
  std::vector<std::string> Found() {
    std::vector<std::string> found;
    for (const DefinitionError& error : Errors()) {
      found.push_back(error.code() + " at " + Standing(error.line(), error.column()));
    }
    return found;
  }

  // What stands at a place up to the end of the word.
  std::string Standing(int line, int column) const {
    size_t at = 0;
    for (int i = 1; i < line; ++i) at = text_.find('\n', at) + 1;
    at += static_cast<size_t>(column) - 1;
    return text_.substr(at, text_.find_first_of(",]}\n ", at) - at);
  }

  KindRegistry registry_;
  std::string text_;
};

TEST_F(DefinitionCheckerTest, AcceptsAGoodDefinition) { EXPECT_THAT(Found(), IsEmpty()); }

TEST_F(DefinitionCheckerTest, ReportsWhatCannotBeRead) {
  Replace("initial: new", "initail: new").Replace("final: true", "final: yes");
  EXPECT_THAT(Found(), ElementsAre("MALFORMED at initail:", "MALFORMED at yes"));
  text_ = "states: [";
  EXPECT_THAT(Errors()[0].code(), "MALFORMED");
}

TEST_F(DefinitionCheckerTest, KnowsTheKind) {
  Replace("kind: promise", "kind: promice");
  const auto errors = Errors();
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code(), "UNKNOWN_KIND");
  EXPECT_EQ(errors[0].line(), 2);
  EXPECT_EQ(errors[0].mend(), "Did you mean \"promise\"?");
  text_ = "";
  EXPECT_EQ(Errors()[0].code(), "UNKNOWN_KIND");
}

TEST_F(DefinitionCheckerTest, RefusesTheDefinitionOfAnotherKind) {
  workflows::v1::WorkflowDefinition definition = *ReadDefinition(text_, registry_);
  definition.set_kind("threat");
  const auto errors = CheckDefinition(definition, *registry_.Find("promise"));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code(), "UNKNOWN_KIND");
  EXPECT_EQ(errors[0].line(), 0);  // there is no text
}

TEST_F(DefinitionCheckerTest, DemandsRequiredFields) {
  Replace("title: Promise\n", "")
      .Replace("  - {on: [PromiseReworded], from: [open], by: [promiser]}",
               "  - {on: [PromiseReworded], from: [open]}");
  EXPECT_THAT(Found(), ElementsAre("FIELD_REQUIRED at definition:", "FIELD_REQUIRED at {on:"));
}

TEST_F(DefinitionCheckerTest, RefusesIdsThatAreNone) {
  Replace("definition: promise", "definition: Promise_1")
      .Replace("id: reminder", "id: re minder")
      .Replace("step/reminder", "step/re minder")
      .Replace("id: keep-by", "id: Keep")
      .Replace("deadline/keep-by", "deadline/Keep");
  EXPECT_THAT(Found(),
              ElementsAre("ID_INVALID at Promise_1", "ID_INVALID at Keep", "ID_INVALID at re"));
}

TEST_F(DefinitionCheckerTest, NamesUnknownStates) {
  Replace("initial: new", "initial: mew")
      .Replace("to: overdue", "to: overdo")
      .Replace("from: [open, overdue]", "from: [opne, overdue]");
  const auto errors = Errors();
  EXPECT_THAT(Found(), ::testing::IsSupersetOf({"UNKNOWN_STATE at mew", "UNKNOWN_STATE at overdo",
                                                "UNKNOWN_STATE at opne"}));
  EXPECT_EQ(errors[0].mend(), "Did you mean \"new\"?");
}

TEST_F(DefinitionCheckerTest, NamesUnknownEventsStepsAndDeadlines) {
  AddTransition(
      "  - {on: [PromiseForgoten, step/remindr, deadline/keepby], from: [open], by: [anyone]}\n");
  EXPECT_THAT(Found(),
              ElementsAre("UNKNOWN_EVENT at PromiseForgoten", "UNKNOWN_STEP at step/remindr",
                          "UNKNOWN_DEADLINE at deadline/keepby"));
  EXPECT_EQ(Errors()[1].mend(), "Did you mean \"reminder\"?");
  EXPECT_EQ(Errors()[2].mend(), "Did you mean \"keep-by\"?");
}

TEST_F(DefinitionCheckerTest, NamesUnknownRoles) {
  Replace("by: [promisee, administrator]", "by: [promise, administrator, \"office:\"]")
      .Replace("escalate_to: [promisee]", "escalate_to: [promisor]");
  EXPECT_THAT(Found(), ElementsAre("UNKNOWN_ROLE at promisor", "UNKNOWN_ROLE at promise",
                                   "UNKNOWN_ROLE at \"office:\""));
  EXPECT_EQ(Errors()[0].mend(), "Did you mean \"promiser\"?");
}

TEST_F(DefinitionCheckerTest, KnowsTheBuiltInRoles) {
  Replace("by: [promisee, administrator]",
          "by: [system, anyone, administrator, \"office:realms/x/offices/y\"]");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(DefinitionCheckerTest, NamesUnknownGuardsAndParameters) {
  Replace("check: witnessed", "check: witnesed").Replace("{days: \"7\"}", "{day: \"7\"}");
  EXPECT_THAT(Found(),
              ElementsAre("UNKNOWN_GUARD_PARAMETER at \"7\"", "UNKNOWN_GUARD at witnesed"));
  EXPECT_EQ(Errors()[0].mend(), "Did you mean \"days\"?");
  EXPECT_EQ(Errors()[1].mend(), "Did you mean \"witnessed\"?");
}

TEST_F(DefinitionCheckerTest, RefusesGuardsThatSayNothing) {
  Replace("        - not: {check: witnessed}\n",
          "        - {}\n        - all: []\n        - not: {any: []}\n");
  EXPECT_THAT(Found(), ElementsAre("GUARD_EMPTY at {", "GUARD_EMPTY at [", "GUARD_EMPTY at ["));
}

TEST_F(DefinitionCheckerTest, NamesUnknownFields) {
  Replace("required_fields: [text]", "required_fields: [texts, due.yaer, text.length, due.year]")
      .Replace("field: due", "field: dew");
  EXPECT_THAT(Found(), ElementsAre("UNKNOWN_FIELD at texts", "UNKNOWN_FIELD at due.yaer",
                                   "UNKNOWN_FIELD at text.length", "UNKNOWN_FIELD at dew"));
  EXPECT_EQ(Errors()[1].mend(), "Did you mean \"year\"?");
}

TEST_F(DefinitionCheckerTest, CountsDeadlinesOnlyFromDatesAndTimes) {
  Replace("field: due", "field: text");
  EXPECT_THAT(Found(), ElementsAre("FIELD_NOT_A_DATE at text"));
  Replace("field: text", "field: witnesses");
  EXPECT_THAT(Found(), ElementsAre("FIELD_NOT_A_DATE at witnesses"));
  Replace("field: witnesses", "field: kept_time");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(DefinitionCheckerTest, RefusesOffsetsThatAreNoDurations) {
  Replace("offset: P1M", "offset: a month");
  EXPECT_THAT(Found(), ElementsAre("DURATION_INVALID at a"));
}

TEST_F(DefinitionCheckerTest, RefusesDeadlinesThatAreDueAtOnce) {
  Replace("        offset: P1M\n", "");
  EXPECT_THAT(Found(), ElementsAre("DEADLINE_AT_ONCE at id:"));
  Replace("        title: Ask how it goes\n",
          "        title: Ask how it goes\n        offset: -P1D\n");
  EXPECT_THAT(Found(), ElementsAre("DEADLINE_AT_ONCE at id:"));
}

TEST_F(DefinitionCheckerTest, DemandsEscalation) {
  Replace("        escalate_to: [promiser]\n", "");
  EXPECT_THAT(Found(), ElementsAre("DEADLINE_WITHOUT_ESCALATION at id:"));
}

TEST_F(DefinitionCheckerTest, RefusesDeadlinesInFinalStates) {
  Replace(
      "title: Kept, final: true",
      "title: Kept, final: true, deadlines: [{id: later, offset: P1D, escalate_to: [promiser]}]");
  EXPECT_THAT(Found(), ElementsAre("DEADLINE_IN_FINAL_STATE at {id:"));
}

TEST_F(DefinitionCheckerTest, RefusesIdsThatStandTwice) {
  AddState("  - {id: kept, final: true}\n");
  Replace("steps:\n", "steps:\n  - {id: reminder}\n").Replace("id: ask-after", "id: keep-by");
  EXPECT_THAT(Found(), ::testing::IsSupersetOf({"DUPLICATE_ID at kept", "DUPLICATE_ID at reminder",
                                                "DUPLICATE_ID at keep-by"}));
}

TEST_F(DefinitionCheckerTest, AcceptsTheSameDeadlineInSeveralStates) {
  const std::string same =
      "  - {id: overdue, title: Overdue, deadlines: [{id: keep-by, title: The promise is due, "
      "field: due, escalate_to: [promisee]}]}\n";
  Replace("  - {id: overdue, title: Overdue}\n", same);
  EXPECT_THAT(Found(), IsEmpty());
  Replace("[{id: keep-by, title: The promise is due,", "[{id: keep-by, title: Another,");
  EXPECT_THAT(Found(), ElementsAre("DUPLICATE_ID at keep-by"));
}

TEST_F(DefinitionCheckerTest, RefusesListsThatNameOneThingTwice) {
  Replace("on: [PromiseMade]", "on: [PromiseMade, PromiseMade]")
      .Replace("from: [open, overdue], to: kept, by: [promisee, administrator]",
               "from: [open, overdue, open], to: kept, by: [promisee, promisee]");
  EXPECT_THAT(Found(), ElementsAre("DUPLICATE_ENTRY at PromiseMade", "DUPLICATE_ENTRY at open",
                                   "DUPLICATE_ENTRY at promisee"));
}

TEST_F(DefinitionCheckerTest, FindsStatesThatNothingLeadsTo) {
  AddState("  - {id: lost}\n");
  AddTransition("  - {on: [PromiseKept], from: [lost], to: kept, by: [anyone]}\n");
  EXPECT_THAT(Found(), ElementsAre("UNREACHABLE_STATE at {id:"));
}

TEST_F(DefinitionCheckerTest, FindsStatesWithoutAWayOut) {
  AddState("  - {id: limbo}\n");
  AddTransition("  - {on: [PromiseReworded], from: [overdue], to: limbo, by: [anyone]}\n");
  // The reminder of every state lets somebody act, but leads nowhere.
  EXPECT_THAT(Found(), ElementsAre("NO_WAY_OUT at {id:"));
}

TEST_F(DefinitionCheckerTest, FindsStatesInWhichNobodyMayAct) {
  AddState("  - {id: limbo}\n");
  AddTransition("  - {on: [PromiseReworded], from: [overdue], to: limbo, by: [anyone]}\n");
  Replace("from: [\"*\"]", "from: [open]");
  EXPECT_THAT(Found(), ElementsAre("NOBODY_MAY_ACT at {id:"));
}

TEST_F(DefinitionCheckerTest, DemandsAnEnd) {
  Replace(", final: true", "").Replace(", final: true", "");
  AddTransition("  - {on: [PromiseReworded], from: [kept, withdrawn], by: [anyone]}\n");
  EXPECT_THAT(Found(), ElementsAre("NO_FINAL_STATE at -"));
}

TEST_F(DefinitionCheckerTest, LetsTheServerKeepRegistersInAFinalState) {
  AddTransition("  - {on: [PromiseReworded], from: [kept], by: [system]}\n");
  EXPECT_THAT(Found(), IsEmpty());
  AddTransition("  - {on: [PromiseReworded], from: [withdrawn], by: [system, promiser]}\n");
  EXPECT_THAT(Found(), ElementsAre("LEAVES_FINAL_STATE at withdrawn"));
}

TEST_F(DefinitionCheckerTest, RefusesToLeaveAFinalState) {
  AddTransition("  - {on: [PromiseReworded], from: [kept], to: open, by: [anyone]}\n");
  EXPECT_THAT(Found(), ElementsAre("LEAVES_FINAL_STATE at kept"));
}

TEST_F(DefinitionCheckerTest, FindsEventsThatCouldNeverBeRecorded) {
  Replace("  - {on: [PromiseWitnessed], from: [open, overdue], by: [anyone]}\n", "");
  const auto errors = Errors();
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code(), "EVENT_NOT_ADMITTED");
  EXPECT_THAT(errors[0].message(), ::testing::HasSubstr("KeepPromiseRequest"));
}

TEST_F(DefinitionCheckerTest, FindsStepsThatCouldNeverBeTaken) {
  Replace("  - {on: [step/reminder], from: [\"*\"], by: [promisee]}\n", "");
  EXPECT_THAT(Found(), ElementsAre("STEP_NOT_ADMITTED at {id:"));
}

// --- what continuity is told ---

TEST_F(DefinitionCheckerTest, AcceptsGoalsATargetDateAndRulesOfContinuity) {
  Replace("title: Kept, final: true", "title: Kept, final: true, goal: true")
      .Replace("to: kept, by: [promisee, administrator]",
               "to: kept, by: [promisee, administrator], each: true")
      .Replace("initial: new",
               "initial: new\ntarget_field: due\n"
               "continuity: {carriers_within: P90D, carriers_per_side: 3, confirm_within: P1M, "
               "record_within: P3D, extraordinary_meeting_within: P10D, "
               "project_end: {field: due, bridged_by: [text], ahead: P3M}}");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(DefinitionCheckerTest, RefusesAGoalInWhichAnInstanceBegins) {
  Replace("{id: new, title: Not yet made}", "{id: new, title: Not yet made, goal: true}");
  EXPECT_THAT(Found(), ElementsAre("GOAL_IS_INITIAL at true"));
}

TEST_F(DefinitionCheckerTest, FindsGoalsThatNothingLeadsTo) {
  AddState("  - {id: famous, final: true, goal: true}\n");
  EXPECT_THAT(Found(), ElementsAre("UNREACHABLE_STATE at {id:"));
}

TEST_F(DefinitionCheckerTest, WaitsForEachOnlyOfThoseWhoAreKnown) {
  Replace("by: [anyone]}", "by: [anyone, promisee], each: true}");
  EXPECT_THAT(Found(), ElementsAre("EACH_OF_ANYONE at anyone"));
  Replace("[anyone, promisee]", "[system]");
  EXPECT_THAT(Found(), ElementsAre("EACH_OF_ANYONE at system"));
}

TEST_F(DefinitionCheckerTest, AimsOnlyAtDates) {
  Replace("initial: new", "initial: new\ntarget_field: text");
  EXPECT_THAT(Found(), ElementsAre("FIELD_NOT_A_DATE at text"));
  Replace("target_field: text", "target_field: deu");
  EXPECT_THAT(Found(), ElementsAre("UNKNOWN_FIELD at deu"));
  EXPECT_EQ(Errors()[0].mend(), "Did you mean \"due\"?");
}

TEST_F(DefinitionCheckerTest, RefusesRulesOfContinuityThatMeanNothing) {
  Replace("initial: new",
          "initial: new\ncontinuity: {carriers_within: soon, carriers_per_side: -1, "
          "handover_ahead: -P1D, elections_ahead: P0D, warn_ahead: [P1M, later]}");
  EXPECT_THAT(Found(), ElementsAre("DURATION_INVALID at soon", "NUMBER_INVALID at -1",
                                   "DURATION_INVALID at -P1D", "DURATION_INVALID at P0D",
                                   "DURATION_INVALID at later"));
}

TEST_F(DefinitionCheckerTest, RefusesAProjectEndThatMeansNothing) {
  Replace(
      "initial: new",
      "initial: new\ncontinuity: {project_end: {field: text, bridged_by: [carrier], ahead: P0D}}");
  EXPECT_THAT(Found(), ElementsAre("FIELD_NOT_A_DATE at text", "UNKNOWN_FIELD at carrier",
                                   "DURATION_INVALID at P0D"));
  Replace("field: text, bridged_by: [carrier], ahead: P0D", "field: due");
  EXPECT_THAT(Found(), ElementsAre("LIST_EMPTY at {field:"));
}

// --- ambiguity ---

TEST_F(DefinitionCheckerTest, FindsTransitionsThatCanBothFire) {
  AddTransition(
      "  - {on: [PromiseReworded, PromiseKept], from: [open], to: overdue, by: [promisee]}\n");
  EXPECT_THAT(Found(), ElementsAre("AMBIGUOUS at {on:", "AMBIGUOUS at {on:"));
}

TEST_F(DefinitionCheckerTest, TakesAStarForTheStatesItMeans) {
  AddTransition("  - {on: [PromiseKept], from: [\"*\"], to: overdue, by: [promisee]}\n");
  EXPECT_THAT(Found(), ElementsAre("AMBIGUOUS at {on:"));
}

TEST_F(DefinitionCheckerTest, AcceptsGuardsThatExcludeEachOther) {
  Replace("{on: [PromiseReworded], from: [open], by: [promiser]}",
          "{on: [PromiseReworded], from: [open], by: [promiser], guard: {check: witnessed}}");
  AddTransition(
      "  - {on: [PromiseReworded], from: [open], to: overdue, by: [promiser], guard: {all: "
      "[{check: due-in}, {not: "
      "{check: witnessed}}]}}\n");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(DefinitionCheckerTest, SeesThroughAnyAndNot) {
  // a | b  against  !a & !b
  Replace("{on: [PromiseReworded], from: [open], by: [promiser]}",
          "{on: [PromiseReworded], from: [open], by: [promiser], guard: {any: [{check: witnessed}, "
          "{check: due-in}]}}");
  AddTransition(
      "  - {on: [PromiseReworded], from: [open], to: overdue, by: [promiser], guard: {not: {any: "
      "[{check: due-in}, "
      "{check: witnessed}]}}}\n");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(DefinitionCheckerTest, TakesAPredicateWithOtherParametersForAnother) {
  Replace("{on: [PromiseReworded], from: [open], by: [promiser]}",
          "{on: [PromiseReworded], from: [open], by: [promiser], guard: {check: {name: due-in, "
          "with: {days: \"3\"}}}}");
  AddTransition(
      "  - {on: [PromiseReworded], from: [open], to: overdue, by: [promiser], guard: {not: {check: "
      "{name: due-in, "
      "with: {days: \"5\"}}}}}\n");
  EXPECT_THAT(Found(), ElementsAre("AMBIGUOUS at {on:"));
}

TEST_F(DefinitionCheckerTest, ReportsGuardsThatAreTooLargeToTell) {
  std::string all;
  for (int i = 0; i < 13; ++i) {
    all += (i == 0 ? "" : ", ") + std::string("{check: {name: due-in, with: {days: \"") +
           std::to_string(i) + "\"}}}";
  }
  Replace("{on: [PromiseReworded], from: [open], by: [promiser]}",
          "{on: [PromiseReworded], from: [open], by: [promiser], guard: {all: [" + all + "]}}");
  AddTransition(
      "  - {on: [PromiseReworded], from: [open], to: overdue, by: [promiser], guard: {not: {all: "
      "[" +
      all + "]}}}\n");
  EXPECT_THAT(Found(), ElementsAre("AMBIGUOUS at {on:"));
}

// --- errors as a whole ---

TEST_F(DefinitionCheckerTest, TakesWhereTheKindSaysWhoIsResponsible) {
  Replace("initial: new",
          "responsibilities:\n  - {role: keeps it, responsible: [promiser], informed: [witnesses], "
          "title: [text], until: due, states: [open]}\ninitial: new");
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(DefinitionCheckerTest, ReportsResponsibilitiesThatLeadNowhere) {
  Replace("initial: new",
          "responsibilities:\n  - {role: keeps it, responsible: [promisor], since: text, states: "
          "[opened]}\n  - {role: nothing}\ninitial: new");
  std::vector<std::string> codes;
  for (const DefinitionError& error : Errors()) codes.push_back(error.code());
  EXPECT_THAT(codes, ::testing::UnorderedElementsAre("UNKNOWN_FIELD", "UNKNOWN_FIELD",
                                                     "UNKNOWN_STATE", "NOBODY_RESPONSIBLE"));
}

TEST_F(DefinitionCheckerTest, ReportsErrorsInTheOrderOfTheText) {
  Replace("initial: new", "initial: mew")
      .Replace("to: overdue", "to: overdo")
      .Replace("field: due", "field: dew");
  int line = 0;
  for (const DefinitionError& error : Errors()) {
    EXPECT_GE(error.line(), line);
    line = error.line();
  }
}

TEST_F(DefinitionCheckerTest, FormatsErrorsAsCompilersDo) {
  Replace("to: overdue", "to: overdu");
  const std::string lines = FormatErrors("promise.workflow.yaml", Errors());
  EXPECT_THAT(lines, StartsWith("promise.workflow.yaml:"));
  EXPECT_THAT(lines,
              ::testing::HasSubstr(
                  ": UNKNOWN_STATE: no state \"overdu\" (mend: Did you mean \"overdue\"?)\n"));
  EXPECT_EQ(FormatErrors("x", {}), "");
}

TEST_F(DefinitionCheckerTest, SurvivesAnyText) {
  // Whatever is cut out of a good definition: errors, or a definition that the lifecycle takes.
  const std::string whole = text_;
  for (size_t begin = 0; begin < whole.size(); begin += 7) {
    for (const size_t length : {size_t{3}, size_t{40}, whole.size()}) {
      text_ = whole.substr(0, begin) +
              (begin + length < whole.size() ? whole.substr(begin + length) : "");
      const auto definition = ReadDefinition(text_, registry_);
      if (definition.ok()) {
        EXPECT_TRUE(Lifecycle::Compile(*definition, *registry_.Find("promise")).ok()) << text_;
      }
    }
  }
}

}  // namespace
}  // namespace kasundo
