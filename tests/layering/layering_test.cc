// The layers of the tree, read from its includes: what may know what. A failure names the file and
// the line.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kasundo {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

struct Line {
  std::string file;  // relative to the top of the tree, with '/'
  int number = 0;
  std::string text;

  std::string where() const { return file + ":" + std::to_string(number) + ": " + text; }
};

bool StartsWith(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}
bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::vector<std::string> FilesBeneath(const std::vector<std::string>& folders) {
  const fs::path top = KASUNDO_SOURCE_DIR;
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
      const std::string file = entry.path().lexically_relative(top).generic_string();
      if (entry.is_regular_file() && file.find("/node_modules/") == std::string::npos)
        files.push_back(file);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool IsSource(const std::string& file) { return EndsWith(file, ".h") || EndsWith(file, ".cc"); }
bool IsTest(const std::string& file) {
  return EndsWith(file, "_test.cc") || StartsWith(file, "tests/");
}

std::vector<Line> LinesOf(const std::string& file) {
  std::ifstream in(fs::path(KASUNDO_SOURCE_DIR) / file);
  std::vector<Line> lines;
  std::string text;
  while (std::getline(in, text)) lines.push_back({file, static_cast<int>(lines.size()) + 1, text});
  return lines;
}

// What stands between the quotes or brackets of the includes of the files that `in` selects.
std::vector<Line> Includes(const std::vector<std::string>& folders,
                           const std::function<bool(const std::string&)>& in) {
  static const std::regex include(R"re(\s*#\s*include\s*[<"]([^>"]+)[>"].*)re");
  std::vector<Line> found;
  for (const std::string& file : FilesBeneath(folders)) {
    if (!IsSource(file) || !in(file)) continue;
    for (Line line : LinesOf(file)) {
      std::smatch match;
      if (!std::regex_match(line.text, match, include)) continue;
      line.text = match[1];
      found.push_back(line);
    }
  }
  return found;
}

std::vector<std::string> Where(const std::vector<Line>& lines,
                               const std::function<bool(const Line&)>& wrong) {
  std::vector<std::string> found;
  for (const Line& line : lines) {
    if (wrong(line)) found.push_back(line.where());
  }
  return found;
}

bool IsGrpc(const std::string& header) {
  return StartsWith(header, "grpc") || header.find(".grpc.pb.h") != std::string::npos;
}

// The folder of a kind's rules: workflows/<area>/ but not the engine.
bool HoldsRules(const std::string& file) {
  return StartsWith(file, "workflows/") && !StartsWith(file, "workflows/engine/") && !IsTest(file);
}

TEST(Layering, TheIncludesAreRead) {
  EXPECT_THAT(Includes({"workflows"}, IsSource), SizeIs(::testing::Gt(50)));
}

TEST(Layering, WorkflowsKnowNoGrpcAndNoService) {
  EXPECT_THAT(Where(Includes({"workflows"}, IsSource),
                    [](const Line& line) {
                      return IsGrpc(line.text) || StartsWith(line.text, "services/");
                    }),
              IsEmpty());
}

TEST(Layering, OnlyServicesAndTestsKnowGrpc) {
  const auto outside = [](const std::string& file) {
    return !StartsWith(file, "services/") && !StartsWith(file, "tests/");
  };
  EXPECT_THAT(Where(Includes({"workflows", "services", "tests"}, outside),
                    [](const Line& line) { return IsGrpc(line.text); }),
              IsEmpty());
}

TEST(Layering, OnlyTheRocksDbJournalKnowsRocksDb) {
  EXPECT_THAT(Where(Includes({"workflows", "services"}, IsSource),
                    [](const Line& line) {
                      return StartsWith(line.text, "rocksdb/") &&
                             !StartsWith(line.file, "workflows/engine/rocksdb_journal");
                    }),
              IsEmpty());
}

TEST(Layering, TheEngineKnowsNoKind) {
  const auto engine = [](const std::string& file) {
    return StartsWith(file, "workflows/engine/") && !IsTest(file);
  };
  EXPECT_THAT(Where(Includes({"workflows"}, engine),
                    [](const Line& line) {
                      const bool kind = StartsWith(line.text, "workflows/") &&
                                        !StartsWith(line.text, "workflows/engine/");
                      const bool message = StartsWith(line.text, "kasundo/") &&
                                           !StartsWith(line.text, "kasundo/api/") &&
                                           !StartsWith(line.text, "kasundo/workflows/");
                      return kind || message;
                    }),
              IsEmpty());
}

// Rules are pure: they see the command, the state and the context, and nothing of how these are
// stored.
TEST(Layering, RulesKnowOnlyTheContractsOfTheEngine) {
  static const std::set<std::string> contracts = {
      "workflows/engine/check.h",
      "workflows/engine/civil_date.h",
      "workflows/engine/context.h",
      "workflows/engine/decider.h",
      "workflows/engine/kind.h",
      "workflows/engine/process_manager.h",
      "workflows/engine/embedded_files.h",
      "workflows/engine/field_path.h",
      "workflows/engine/iso_duration.h",
      "workflows/engine/refusal.h",
      "workflows/engine/responsibility_reader.h",
      "workflows/engine/sha256.h",
      "workflows/engine/status_macros.h",
      "workflows/engine/usual_checks.h",
      "workflows/engine/projection.h",    // read models follow the events; no rule sees them
      "workflows/engine/yaml_reader.h"};  // data that ship with the program
  EXPECT_THAT(Where(Includes({"workflows"}, HoldsRules),
                    [](const Line& line) {
                      return StartsWith(line.text, "workflows/engine/") &&
                             contracts.count(line.text) == 0;
                    }),
              IsEmpty());
}

TEST(Layering, RulesHaveNoClockNoRandomnessAndNoFiles) {
  static const std::set<std::string> effects = {"absl/time/clock.h",
                                                "workflows/engine/clock.h",
                                                "chrono",
                                                "ctime",
                                                "time.h",
                                                "sys/time.h",
                                                "random",
                                                "sodium.h",
                                                "cstdlib",
                                                "stdlib.h",
                                                "fstream",
                                                "filesystem",
                                                "iostream",
                                                "cstdio",
                                                "stdio.h",
                                                "unistd.h",
                                                "fcntl.h",
                                                "thread",
                                                "mutex",
                                                "atomic",
                                                "future",
                                                "condition_variable"};
  EXPECT_THAT(Where(Includes({"workflows"}, HoldsRules),
                    [](const Line& line) {
                      return effects.count(line.text) != 0 ||
                             StartsWith(line.text, "absl/random/") ||
                             StartsWith(line.text, "absl/synchronization/") ||
                             StartsWith(line.text, "openssl/");
                    }),
              IsEmpty());
}

// The links say the same as the includes.
TEST(Layering, WorkflowsLinkNoGrpc) {
  std::vector<std::string> found;
  for (const std::string& file : FilesBeneath({"workflows"})) {
    if (!EndsWith(file, "CMakeLists.txt")) continue;
    for (const Line& line : LinesOf(file)) {
      const std::string code = line.text.substr(0, line.text.find('#'));
      if (code.find("gRPC") != std::string::npos ||
          code.find("kasundo::services") != std::string::npos ||
          code.find("kasundo::runtime") != std::string::npos) {
        found.push_back(line.where());
      }
      if (code.find("RocksDB") != std::string::npos && file != "workflows/engine/CMakeLists.txt") {
        found.push_back(line.where());
      }
    }
  }
  EXPECT_THAT(found, IsEmpty());
}

TEST(Layering, NoFolderIsNamedAfterNothing) {
  static const std::set<std::string> nothing = {"util",    "utils", "common",      "helper",
                                                "helpers", "misc",  "support_lib", "shared",
                                                "base",    "core"};
  std::set<std::string> found;
  for (const std::string& file :
       FilesBeneath({"proto", "workflows", "services", "deploy", "tests"})) {
    for (const fs::path& part : fs::path(file).parent_path()) {
      if (nothing.count(part.string()) != 0) found.insert(file);
    }
    const std::string stem = fs::path(file).stem().string();
    if (nothing.count(stem) != 0) found.insert(file);
  }
  EXPECT_THAT(found, IsEmpty());
}

// The code of a file as one text: no comments, and of texts in quotes only the quotes.
std::string CodeOf(const std::string& file) {
  static const std::regex text(R"re("([^"\\]|\\.)*")re");
  std::string code;
  for (const Line& line : LinesOf(file)) {
    const std::string bare = std::regex_replace(line.text, text, "\"\"");
    code += bare.substr(0, bare.find("//")) + "\n";
  }
  return code;
}

// Where in the code, from `at` on, the statement ends.
size_t EndOfStatement(const std::string& code, size_t at) {
  return std::min(code.find(';', at), code.size());
}

// Refusals without a mend, or with an empty one, in the files that `in` selects.
std::vector<std::string> RefusalsWithoutMend(const std::function<bool(const std::string&)>& in) {
  static const std::regex refusal(R"(\bRefuse\()");
  std::vector<std::string> found;
  for (const std::string& file : FilesBeneath({"workflows", "services"})) {
    if (!IsSource(file) || IsTest(file) || !in(file)) continue;
    const std::string code = CodeOf(file);
    for (std::sregex_iterator it(code.begin(), code.end(), refusal), end; it != end; ++it) {
      const size_t at = static_cast<size_t>(it->position());
      const std::string statement = code.substr(at, EndOfStatement(code, at) - at);
      if (statement.find(".Mend(") != std::string::npos) continue;
      const auto line = std::count(code.begin(), code.begin() + it->position(), '\n') + 1;
      found.push_back(file + ":" + std::to_string(line));
    }
  }
  return found;
}

// Bad input gets an error that says what, where and how to mend it.
TEST(Layering, EveryRefusalSaysHowToMendIt) {
  const auto uses = [](const std::string& file) {
    return !StartsWith(file, "workflows/engine/refusal.");
  };
  EXPECT_THAT(RefusalsWithoutMend(uses), IsEmpty());
}

TEST(Layering, ARefusalWithoutMendWouldBeFound) {
  // Its constructors look like refusals without a mend.
  const auto refusal = [](const std::string& file) {
    return StartsWith(file, "workflows/engine/refusal.");
  };
  EXPECT_THAT(RefusalsWithoutMend(refusal), Not(IsEmpty()));
}

// Waiting for time to pass makes a test slow on a fast machine and wrong on a slow one: there is
// FakeClock, and there are positions to wait for. The crash test may: the moment of the kill is
// what it varies.
TEST(Layering, NoTestSleeps) {
  static const std::regex sleep(R"(\b(sleep_for|sleep_until|SleepFor|usleep|nanosleep)\b)");
  std::vector<std::string> found;
  for (const std::string& file : FilesBeneath({"workflows", "services", "tests"})) {
    if (!IsSource(file) || !IsTest(file) || StartsWith(file, "tests/crash/") ||
        StartsWith(file, "tests/bench/") || StartsWith(file, "tests/layering/")) {
      continue;
    }
    for (const Line& line : LinesOf(file)) {
      if (std::regex_search(line.text, sleep)) found.push_back(line.where());
    }
  }
  EXPECT_THAT(found, IsEmpty());
}

}  // namespace
}  // namespace kasundo
