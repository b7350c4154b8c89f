// The table of every state and every command of each kind, and the golden histories of earlier
// builds.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/all_kinds.h"
#include "tests/histories/golden_history.h"
#include "tests/support/state_command_table.h"

namespace kasundo::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

fs::path Folder() { return fs::path(KASUNDO_SOURCE_DIR) / "tests" / "histories"; }

std::string Contents(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Letters, digits and underscores only, as gtest wants names.
std::string TestName(std::string text) {
  for (char& c : text) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return text;
}

std::vector<std::string> Kinds() {
  std::vector<std::string> kinds;
  for (const auto& kind : AllKinds()->kinds) {
    // Founded by the engine before there is a journal to which commands could be sent.
    if (kind->traits().kind != "realm") kinds.push_back(kind->traits().kind);
  }
  return kinds;
}

class StateCommandTables : public ::testing::TestWithParam<std::string> {};

// Every state is reached, every command is tried in each and accepted in one, and what comes of it
// is as checked in. After a change of rules that is meant: KASUNDO_REWRITE_TABLES=1 and read the
// difference.
TEST_P(StateCommandTables, HasNoEmptyCellAndIsAsRecorded) {
  const fs::path file = Folder() / (GetParam() + ".cases.yaml");
  const auto cases = ReadCases(file.string());
  ASSERT_TRUE(cases.ok()) << cases.status();
  ASSERT_EQ(cases->kind(), GetParam());
  const auto table = MakeStateCommandTable(AllKinds(), *cases);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->errors, IsEmpty());

  const fs::path recorded = Folder() / (GetParam() + ".table.md");
  if (std::getenv("KASUNDO_REWRITE_TABLES") != nullptr) {
    std::ofstream(recorded) << table->ToMarkdown();
  }
  EXPECT_EQ(table->ToMarkdown(), Contents(recorded));
}

INSTANTIATE_TEST_SUITE_P(Every, StateCommandTables, ::testing::ValuesIn(Kinds()),
                         [](const auto& kind) { return TestName(kind.param); });

std::vector<std::string> GoldenFiles() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(Folder())) {
    const std::string name = entry.path().lexically_relative(Folder()).generic_string();
    if (name.find('/') != std::string::npos && name.ends_with(".textproto")) files.push_back(name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

class GoldenHistories : public ::testing::TestWithParam<std::string> {};

TEST_P(GoldenHistories, ReplayToTheSameBytes) {
  const auto history = ReadHistory((Folder() / GetParam()).string());
  ASSERT_TRUE(history.ok()) << history.status();
  ASSERT_GT(history->events_size(), 0);
  const absl::Status replayed = Replay(*AllKinds(), *history);
  EXPECT_TRUE(replayed.ok()) << replayed;
}

INSTANTIATE_TEST_SUITE_P(Every, GoldenHistories, ::testing::ValuesIn(GoldenFiles()),
                         [](const auto& kind) { return TestName(kind.param); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(GoldenHistories);

TEST(GoldenHistory, EveryKindHasOne) {
  std::set<std::string> missing;
  for (const std::string& kind : Kinds()) missing.insert(kind);
  for (const std::string& file : GoldenFiles()) missing.erase(file.substr(0, file.find('/')));
  EXPECT_THAT(missing, IsEmpty());
}

// A runner that finds nothing wrong in a history that was tampered with would be worth nothing.
TEST(GoldenHistory, IsNotedWhenTheStateIsAnother) {
  ASSERT_FALSE(GoldenFiles().empty());
  auto history = ReadHistory((Folder() / GoldenFiles().front()).string());
  ASSERT_TRUE(history.ok());
  history->mutable_events()->RemoveLast();
  history->set_state(history->state() + history->state());
  EXPECT_EQ(Replay(*AllKinds(), *history).code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace kasundo::testing
