// What the table says, tried on the promise between two offices (toy_kind.h).
#include "tests/support/state_command_table.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/engine_kinds.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kCases[] = R"yaml(
kind: promise
instance: realms/test/promises/report
actors:
  - {id: promiser, actor: {account: realms/test/accounts/a, office: realms/test/offices/a}}
  - {id: promisee, actor: {account: realms/test/accounts/b, office: realms/test/offices/b}}
states:
  - state: open
    acts: [{command: &make {"@type": kasundo.testing.v1.MakePromiseRequest, promiser: realms/test/offices/a,
                            promisee: realms/test/offices/b, text: The report, due: 2016-03-31}}]
  - state: overdue
    acts: [{command: *make}, {until: 2016-05-01}]
  - state: kept
    acts: [{command: *make}, {command: {"@type": kasundo.testing.v1.KeepPromiseRequest}, by: promisee}]
  - state: withdrawn
    acts: [{command: *make}, {command: {"@type": kasundo.testing.v1.WithdrawPromiseRequest}, by: promiser}]
commands:
  - {command: *make}
  - {by: promiser, command: {"@type": kasundo.testing.v1.RewordPromiseRequest, text: The whole report}}
  - {by: promisee, command: {"@type": kasundo.testing.v1.KeepPromiseRequest}}
  - {by: promiser, command: {"@type": kasundo.testing.v1.WithdrawPromiseRequest}}
)yaml";

Registry Toys() {
  auto registry = std::make_shared<KindRegistry>(ToyRegistry());
  AddEngineKinds(*registry);
  return registry;
}

v1::StateCommandCases Cases() {
  v1::StateCommandCases cases;
  const absl::Status read = ReadYaml(kCases, cases);
  EXPECT_TRUE(read.ok()) << read;
  return cases;
}

std::string Cell(const StateCommandTable& table, const std::string& command,
                 const std::string& state) {
  const auto row = std::find(table.commands.begin(), table.commands.end(), command);
  const auto column = std::find(table.states.begin(), table.states.end(), state);
  if (row == table.commands.end() || column == table.states.end()) return "(no such cell)";
  return table.cells[row - table.commands.begin()][column - table.states.begin()];
}

TEST(StateCommandTable, HoldsEventsOrTheReasonOfTheRefusalForEveryCell) {
  const auto table = MakeStateCommandTable(Toys(), Cases());
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->errors, IsEmpty());
  EXPECT_THAT(table->states, ElementsAre("new", "open", "overdue", "kept", "withdrawn"));
  EXPECT_THAT(table->commands, ElementsAre("MakePromise", "RewordPromise", "KeepPromise",
                                           "WithdrawPromise", "TakeStep reminder"));
  EXPECT_EQ(Cell(*table, "MakePromise", "new"), "PromiseMade → open");
  EXPECT_EQ(Cell(*table, "MakePromise", "open"), "*INSTANCE_EXISTS*");
  EXPECT_EQ(Cell(*table, "RewordPromise", "open"), "PromiseReworded → open");
  EXPECT_EQ(Cell(*table, "RewordPromise", "new"), "*INSTANCE_NOT_FOUND*");
  EXPECT_EQ(Cell(*table, "KeepPromise", "overdue"), "PromiseKept → kept");
  EXPECT_EQ(Cell(*table, "KeepPromise", "withdrawn"), "*NOT_IN_THIS_STATE*");
  EXPECT_EQ(Cell(*table, "TakeStep reminder", "open"), "*ROLE_REQUIRED*");
}

TEST(StateCommandTable, NamesAStateThatNoHistoryReaches) {
  auto cases = Cases();
  cases.mutable_states()->RemoveLast();
  const auto table = MakeStateCommandTable(Toys(), cases);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->errors, Contains(HasSubstr("withdrawn")));
}

TEST(StateCommandTable, NamesACommandThatIsNotTried) {
  auto cases = Cases();
  cases.mutable_commands()->RemoveLast();
  const auto table = MakeStateCommandTable(Toys(), cases);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->errors, Contains(HasSubstr("WithdrawPromiseRequest")));
}

TEST(StateCommandTable, NamesACommandThatIsAcceptedNowhere) {
  auto cases = Cases();
  cases.mutable_commands(1)->set_by("promisee");
  const auto table = MakeStateCommandTable(Toys(), cases);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->errors, Contains(HasSubstr("RewordPromiseRequest")));
}

TEST(StateCommandTable, IsNotMadeWhenAHistoryEndsInAnotherState) {
  auto cases = Cases();
  cases.mutable_states(1)->mutable_acts()->RemoveLast();
  EXPECT_EQ(MakeStateCommandTable(Toys(), cases).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(StateCommandTable, IsReadableAsMarkdown) {
  const auto table = MakeStateCommandTable(Toys(), Cases());
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->ToMarkdown(),
              HasSubstr("| command | new | open | overdue | kept | withdrawn |\n"));
}

}  // namespace
}  // namespace kasundo::testing
