// Whole command lines that need no server.
#include "services/cli/program.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iomanip>
#include <regex>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/any_message.h"
#include "services/cli/fields.h"
#include "services/cli/problem.h"

namespace kasundo::cli {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() { console_.environment["HOME"] = folder_; }
  ~ProgramTest() override { std::filesystem::remove_all(folder_); }

  Exit Run(const std::vector<std::string>& arguments) {
    static const Catalog catalog(/*for_tests=*/true);
    out_.str("");
    err_.str("");
    return static_cast<Exit>(cli::Run(arguments, console_, catalog));
  }
  std::vector<std::string> Complete(const std::string& line) {
    EXPECT_EQ(Run({"__complete", line}), Exit::kOk);
    std::vector<std::string> lines;
    for (std::string candidate; std::getline(out_, candidate);) lines.push_back(candidate);
    out_.clear();
    return lines;
  }

  const std::string folder_ = ::testing::TempDir() + "program_test_" + std::to_string(getpid());
  std::stringstream in_, out_, err_;
  Console console_{in_, out_, err_, 0, false, {}, {}};
};

TEST_F(ProgramTest, SaysHowToBeginWhenAskedNothing) {
  EXPECT_EQ(Run({}), Exit::kOk);
  EXPECT_THAT(out_.str(), HasSubstr("kasundo help start"));
}

TEST_F(ProgramTest, HasEveryHelpTopicThatTheOverviewNames) {
  for (const char* topic :
       {"start", "act", "meeting", "text", "late", "apply", "names", "scripts", "exit-codes"}) {
    EXPECT_EQ(Run({"help", topic}), Exit::kOk) << topic;
    EXPECT_THAT(out_.str(), Not(::testing::IsEmpty()));
  }
  EXPECT_EQ(Run({"help", "MakePromise"}), Exit::kOk);
  EXPECT_EQ(Run({"help", "aply"}), Exit::kUsage);
  EXPECT_THAT(err_.str(), HasSubstr("apply"));
}

TEST_F(ProgramTest, SaysHowPeopleGetIn) {
  EXPECT_EQ(Run({"help", "start"}), Exit::kOk);
  for (const char* way : {"--token-stdin", "SetPassword", "CreateAccount"}) {
    EXPECT_THAT(out_.str(), HasSubstr(way));
  }
  EXPECT_EQ(Run({"help", "late"}), Exit::kOk);
  EXPECT_THAT(out_.str(), HasSubstr(" --on "));
}

TEST_F(ProgramTest, ListsTheExitCodes) {
  EXPECT_EQ(Run({"help", "exit-codes"}), Exit::kOk);
  for (int code = 0; code <= 8; ++code)
    EXPECT_THAT(out_.str(), HasSubstr("\n  " + std::to_string(code) + "  "));
}

TEST_F(ProgramTest, RefusesWhatItDoesNotUnderstandWithAUsageError) {
  EXPECT_EQ(Run({"fly"}), Exit::kUsage);
  EXPECT_THAT(err_.str(), StartsWith("error: "));
  EXPECT_EQ(Run({"get"}), Exit::kUsage);
  EXPECT_EQ(Run({"get", "promises/a"}), Exit::kUsage);  // no realm
  EXPECT_EQ(Run({"--realm", "x", "get", "promises"}), Exit::kUsage);
  EXPECT_EQ(Run({"--realm", "x", "list", "promises/a"}), Exit::kUsage);
  EXPECT_EQ(Run({"--realm", "x", "list", "promisses"}), Exit::kUsage);
  EXPECT_THAT(err_.str(), HasSubstr("promises"));
  EXPECT_EQ(Run({"-o", "xml", "version"}), Exit::kUsage);
  EXPECT_EQ(Run({"act", "MakePromis"}), Exit::kUsage);
  EXPECT_EQ(Run({"--realm", "x", "act", "KeepPromise", "promises/a", "titel=x"}), Exit::kUsage);
  EXPECT_EQ(Run({"--realm", "x", "act", "GetPromise", "promises/a", "--dry-run"}), Exit::kUsage);
}

TEST_F(ProgramTest, SaysWhenNoServerAnswers) {
  EXPECT_EQ(Run({"--server", "unix:/nowhere/kasundo.sock", "--timeout", "1", "whoami"}),
            Exit::kUnavailable);
  EXPECT_THAT(err_.str(), HasSubstr("to mend: "));
}

TEST_F(ProgramTest, ExplainsACommandWithTheCommentsOfItsFields) {
  EXPECT_EQ(Run({"act", "--help", "MakePromise"}), Exit::kOk);
  EXPECT_THAT(out_.str(), HasSubstr("Records a promise."));
  EXPECT_THAT(out_.str(), HasSubstr("promisee (text, required)"));
  EXPECT_THAT(out_.str(), HasSubstr("parent (text, given by NAME)"));
  EXPECT_THAT(out_.str(), HasSubstr("promise_id (text, given by NAME)"));
  EXPECT_THAT(out_.str(), HasSubstr("very-heavy: Breaking it costs trust."));
  EXPECT_THAT(out_.str(), Not(HasSubstr("request_id")));
}

TEST_F(ProgramTest, ListsCommandsByPattern) {
  EXPECT_EQ(Run({"commands", "promise", "-o", "name"}), Exit::kOk);
  EXPECT_THAT(out_.str(), HasSubstr("KeepPromise\n"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("Backup\n")));
  EXPECT_EQ(Run({"commands", "no such thing"}), Exit::kUsage);
}

TEST_F(ProgramTest, ChecksManifestsBeforeAnythingIsSent) {
  std::filesystem::create_directories(folder_);
  std::ofstream(folder_ + "/realm.yaml") << "manifest: m\nsteps:\n  - MakePromis: {}\n";
  EXPECT_EQ(Run({"--realm", "x", "apply", "-f", folder_ + "/realm.yaml"}), Exit::kUsage);
  EXPECT_THAT(err_.str(), HasSubstr("realm.yaml:3:5: step 1: there is no command 'MakePromis'"));
  EXPECT_EQ(Run({"apply", "-f", folder_ + "/missing.yaml"}), Exit::kUsage);
}

TEST_F(ProgramTest, ChecksDefinitionsWithoutAServer) {
  const std::string good = KASUNDO_SOURCE_DIR "/workflows/engine/realm.workflow.yaml";
  EXPECT_EQ(Run({"workflow", "check", good}), Exit::kOk) << err_.str();
  std::filesystem::create_directories(folder_);
  const std::string bad = folder_ + "/bad.workflow.yaml";
  std::ofstream(bad) << "definition: realm\nkind: realm\ntitle: Realm\ninitial: nowhere\n"
                        "states: [{id: open, final: true}]\ntransitions: [{on: [x], from: [open], "
                        "by: [anyone]}]\n";
  EXPECT_EQ(Run({"workflow", "check", bad}), Exit::kInvalid);
  EXPECT_THAT(err_.str(), HasSubstr("bad.workflow.yaml:4:"));
  EXPECT_THAT(err_.str(), HasSubstr("reason: DEFINITION_INVALID"));
}

TEST_F(ProgramTest, RemembersTheRealm) {
  EXPECT_EQ(Run({"use", "calabarzon"}), Exit::kOk);
  EXPECT_EQ(Run({"use"}), Exit::kOk);
  EXPECT_EQ(out_.str(), "realms/calabarzon\n");
  EXPECT_EQ(Run({"use", "committees/cmd"}), Exit::kUsage);
}

TEST_F(ProgramTest, CompletesCommandsFlagsAndFormats) {
  EXPECT_THAT(Complete("kasundo he"), ::testing::ElementsAre("help"));
  EXPECT_THAT(Complete("kasundo "), Contains("describe"));
  EXPECT_THAT(Complete("kasundo "), Not(Contains("__complete")));
  EXPECT_THAT(Complete("kasundo workflow mi"), ::testing::ElementsAre("migrate"));
  EXPECT_THAT(Complete("kasundo workflow migrate --dr"), ::testing::ElementsAre("--dry-run"));
  EXPECT_THAT(Complete("kasundo get --out"), ::testing::ElementsAre("--output"));
  EXPECT_THAT(Complete("kasundo get -o j"), ::testing::ElementsAre("json"));
}

TEST_F(ProgramTest, CompletesNamesOfCommandsAndFields) {
  EXPECT_THAT(Complete("kasundo act MakeP"), ::testing::ElementsAre("MakePromise"));
  EXPECT_THAT(Complete("kasundo act MakePromise promises/a te"), ::testing::ElementsAre("text="));
  EXPECT_THAT(Complete("kasundo act MakePromise promises/a text='a b' weight=v"),
              ::testing::ElementsAre("weight=very-heavy"));
  EXPECT_THAT(Complete("kasundo --realm x act MakePromise --reason why te"),
              ::testing::ElementsAre("text="));
}

TEST_F(ProgramTest, CompletesCollections) {
  EXPECT_THAT(Complete("kasundo list promi"), ::testing::ElementsAre("promises"));
  EXPECT_THAT(Complete("kasundo get promi"), ::testing::ElementsAre("promises/"));
  EXPECT_THAT(Complete("kasundo get promises/a"), ::testing::IsEmpty());
  EXPECT_THAT(Complete("kasundo act KeepPromise promi"), ::testing::ElementsAre("promises/"));
}

TEST_F(ProgramTest, PrintsACompletionScript) {
  EXPECT_EQ(Run({"completion", "bash"}), Exit::kOk);
  EXPECT_THAT(out_.str(), HasSubstr("complete -o default -F _kasundo kasundo"));
}

TEST_F(ProgramTest, ChecksEveryShippedDefinitionWithoutAServer) {
  size_t definitions = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(KASUNDO_SOURCE_DIR "/workflows")) {
    const std::string file = entry.path().string();
    if (!file.ends_with(".workflow.yaml")) continue;
    ++definitions;
    EXPECT_EQ(Run({"workflow", "check", file}), Exit::kOk) << err_.str();
    EXPECT_THAT(out_.str(), HasSubstr(": in order: "));
  }
  EXPECT_GE(definitions, 13U);
}

// What stands in quotes is one word, as in a shell.
std::vector<std::string> Words(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream in(line);
  for (std::string word; in >> std::quoted(word);) words.push_back(word);
  return words;
}

TEST_F(ProgramTest, GivesExamplesThatNameCommandsAndFieldsThatExist) {
  const Catalog catalog;
  size_t examples = 0;
  for (const char* topic : {"start", "act", "meeting", "text", "late"}) {
    ASSERT_EQ(Run({"help", topic}), Exit::kOk);
    const std::string text = out_.str();
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      const size_t at = line.find("kasundo act ");
      if (at == std::string::npos || line.find("--help") != std::string::npos) continue;
      // "field="some text"" has its quotes in the middle of the word.
      const std::vector<std::string> words = Words(
          std::regex_replace(line.substr(at), std::regex(R"re((\S+=)"([^"]*)")re"), "\"$1$2\""));
      const auto method = catalog.Find(words.at(2));
      ASSERT_TRUE(method.ok()) << line;
      const auto request = NewMessage(*(*method)->input_type());
      for (size_t i = 4; i < words.size() && words[i].find('=') != std::string::npos; ++i) {
        EXPECT_TRUE(SetField(*request, words[i]).ok()) << line << ": " << words[i];
      }
      ++examples;
    }
  }
  EXPECT_GE(examples, 8U);
}

}  // namespace
}  // namespace kasundo::cli
