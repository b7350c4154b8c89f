// What the journal on disk promises: it survives being closed, and it never passes off damaged
// files as good ones.
#include "workflows/engine/rocksdb_journal.h"

#include <filesystem>
#include <fstream>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/test_engine.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/engine_kinds.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

namespace fs = std::filesystem;
namespace toy = testing::v1;
using testing::Acting;
using testing::TemporaryFolder;
using testing::TestEngine;
using testing::ToyRegistry;

constexpr char kMayor[] = "realms/test/offices/mayor";

toy::MakePromiseRequest Make(int number) {
  toy::MakePromiseRequest request;
  request.set_parent("realms/test");
  request.set_promise_id("p" + std::to_string(number));
  request.set_promiser(kMayor);
  request.set_promisee("realms/test/offices/governor");
  request.set_text("promise number " + std::to_string(number));
  request.mutable_header()->set_request_id("request-" + std::to_string(number));
  return request;
}

void MakePromises(TestEngine& test, int from, int to) {
  for (int i = from; i < to; ++i) ASSERT_OK(test.Send(Make(i), Acting(kMayor)).status);
}

// A database with rows in table files (the first half) and in the log (the second).
void MakeDatabase(const std::string& folder) {
  TestEngine test(ToyRegistry(), folder);
  MakePromises(test, 0, 20);
  ASSERT_OK(test.Reopen());
  MakePromises(test, 20, 40);
}

// Opens the folder and looks at everything in it.
absl::Status OpenAndVerify(const std::string& folder, const std::string& expected_last_text) {
  RocksdbJournalOptions options;
  options.folder = folder;
  auto journal = OpenRocksdbJournal(options);
  if (!journal.ok()) return journal.status();
  if (auto status = (*journal)->VerifyChecksums(nullptr); !status.ok()) return status;
  auto registry = std::make_shared<KindRegistry>(ToyRegistry());
  AddEngineKinds(*registry);
  const FakeClock clock(absl::Now());
  auto engine = Engine::Open({}, *std::move(journal), registry, clock);
  if (!engine.ok()) return engine.status();
  if (auto status = (*engine)->Verify("realms/test", nullptr); !status.ok()) return status;
  const auto last = (*engine)->Get("realms/test/promises/p39");
  EXPECT_TRUE(last.ok()) << "an acknowledged promise is gone and nobody noticed: " << last.status();
  if (last.ok()) {
    EXPECT_EQ(static_cast<const toy::PromiseState&>(*last->state).text(), expected_last_text);
  }
  return absl::OkStatus();
}

std::vector<fs::path> DataFiles(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool holds_data = name.ends_with(".sst") || name.ends_with(".log") || name == "CURRENT" ||
                            name == "HEAD" || name.starts_with("MANIFEST");
    if (holds_data && entry.file_size() > 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string CopyOf(const std::string& folder, const TemporaryFolder& scratch) {
  static int number = 0;
  const std::string copy = scratch.path() + "/copy" + std::to_string(number++);
  fs::copy(folder, copy);
  return copy;
}

class RocksdbJournalTest : public ::testing::Test {
 protected:
  void SetUp() override { MakeDatabase(database_); }

  // Either it is noticed, or nothing was lost by it.
  void ExpectNoticedOrHarmless(const std::string& folder, const std::string& what, int& noticed) {
    const absl::Status status = OpenAndVerify(folder, "promise number 39");
    if (status.ok()) return;
    ++noticed;
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << what << ": " << status;
    EXPECT_EQ(ReasonOf(status), "STORED_DATA_DAMAGED") << what << ": " << status;
  }

  TemporaryFolder scratch_;
  const std::string database_ = scratch_.path() + "/database";
};

TEST_F(RocksdbJournalTest, OpensWithEverythingThatWasAcknowledged) {
  EXPECT_OK(OpenAndVerify(database_, "promise number 39"));
  TestEngine test(ToyRegistry(), database_);
  const Outcome again = test.Send(Make(3), Acting(kMayor));
  ASSERT_OK(again.status);
  EXPECT_TRUE(again.repeated);
}

TEST_F(RocksdbJournalTest, NoticesAFlippedByteInAnyFile) {
  std::mt19937 random(20161122);
  int noticed = 0;
  for (const fs::path& file : DataFiles(database_)) {
    const uint64_t size = fs::file_size(file);
    for (int trial = 0; trial < 6; ++trial) {
      const std::string copy = CopyOf(database_, scratch_);
      const uint64_t offset = random() % size;
      std::fstream bytes(fs::path(copy) / file.filename(),
                         std::ios::in | std::ios::out | std::ios::binary);
      bytes.seekg(static_cast<std::streamoff>(offset));
      const char byte = static_cast<char>(bytes.get() ^ 0x41);
      bytes.seekp(static_cast<std::streamoff>(offset));
      bytes.put(byte);
      bytes.close();
      ExpectNoticedOrHarmless(copy, file.filename().string() + " byte " + std::to_string(offset),
                              noticed);
      fs::remove_all(copy);
    }
  }
  EXPECT_GT(noticed, 20);
}

TEST_F(RocksdbJournalTest, GivesUpCheckingBetweenTwoFiles) {
  RocksdbJournalOptions options;
  options.folder = database_;
  const auto journal = OpenRocksdbJournal(options);
  ASSERT_OK(journal.status());
  int files = 0;
  ASSERT_OK((*journal)->VerifyChecksums([&files] { return ++files > 0; }));
  ASSERT_GT(files, 1) << "each family has a table file";
  int left = files - 1;
  const absl::Status given_up = (*journal)->VerifyChecksums([&left] { return left-- > 0; });
  EXPECT_EQ(given_up.code(), absl::StatusCode::kCancelled) << given_up;
}

TEST_F(RocksdbJournalTest, NoticesACutOffFile) {
  int noticed = 0;
  for (const fs::path& file : DataFiles(database_)) {
    const uint64_t size = fs::file_size(file);
    for (const uint64_t kept : {uint64_t{0}, size / 2, size - 1}) {
      const std::string copy = CopyOf(database_, scratch_);
      fs::resize_file(fs::path(copy) / file.filename(), kept);
      ExpectNoticedOrHarmless(copy, file.filename().string() + " cut to " + std::to_string(kept),
                              noticed);
      fs::remove_all(copy);
    }
  }
  EXPECT_GT(noticed, 20);
}

TEST_F(RocksdbJournalTest, NoticesAMissingFile) {
  int noticed = 0;
  for (const fs::path& file : DataFiles(database_)) {
    const std::string copy = CopyOf(database_, scratch_);
    fs::remove(fs::path(copy) / file.filename());
    ExpectNoticedOrHarmless(copy, file.filename().string() + " removed", noticed);
    fs::remove_all(copy);
  }
  EXPECT_GT(noticed, 5);
}

// The case that a write-ahead log alone cannot tell from a crash: its end is gone, and with it
// acknowledged commands.
TEST_F(RocksdbJournalTest, NoticesThatTheEndOfTheLogIsGone) {
  for (const fs::path& file : DataFiles(database_)) {
    if (file.extension() != ".log") continue;
    fs::resize_file(file, fs::file_size(file) - 20);
  }
  EXPECT_REFUSED(OpenAndVerify(database_, ""), absl::StatusCode::kDataLoss, "STORED_DATA_DAMAGED");
}

TEST_F(RocksdbJournalTest, RefusesADatabaseOfANewerProgram) {
  {
    RocksdbJournalOptions options;
    options.folder = database_;
    auto journal = OpenRocksdbJournal(options);
    ASSERT_OK(journal.status());
    ASSERT_OK((*journal)->Write({}, {{Family::kMeta, std::string(log_format::kFormatKey),
                                      std::to_string(log_format::kFormat + 1)}}));
  }
  EXPECT_REFUSED(OpenAndVerify(database_, ""), absl::StatusCode::kFailedPrecondition,
                 "NEWER_FORMAT");
}

// What a program of format 1 left behind: rows of streams with the position alone.
TEST_F(RocksdbJournalTest, UpgradesADatabaseOfFormat1) {
  RocksdbJournalOptions options;
  options.folder = database_;
  {
    auto journal = OpenRocksdbJournal(options);
    ASSERT_OK(journal.status());
    std::vector<Row> rows = {{Family::kMeta, std::string(log_format::kFormatKey), "1"}};
    ASSERT_OK((*journal)->Snapshot()->Scan(
        Family::kStreams, "", "", [&](std::string_view key, std::string_view value) {
          rows.push_back(
              {Family::kStreams, std::string(key), std::string(value.substr(0, sizeof(uint64_t)))});
          return true;
        }));
    ASSERT_GT(rows.size(), 40U);
    ASSERT_OK((*journal)->Write({}, rows));
  }
  EXPECT_OK(OpenAndVerify(database_, "promise number 39"));
  const auto journal = OpenRocksdbJournal(options);
  ASSERT_OK(journal.status());
  const auto format = (*journal)->Snapshot()->Get(Family::kMeta, log_format::kFormatKey);
  ASSERT_OK(format.status());
  EXPECT_EQ(*format, std::to_string(log_format::kFormat));
}

TEST_F(RocksdbJournalTest, RefusesASecondProcess) {
  RocksdbJournalOptions options;
  options.folder = database_;
  const auto first = OpenRocksdbJournal(options);
  ASSERT_OK(first.status());
  EXPECT_EQ(OpenRocksdbJournal(options).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(RocksdbJournalTest, BeginsNothingInAFolderOfOtherFiles) {
  std::ofstream(scratch_.path() + "/letter.doc") << "Dear governor";
  RocksdbJournalOptions options;
  options.folder = scratch_.path();
  EXPECT_EQ(OpenRocksdbJournal(options).status().code(), absl::StatusCode::kFailedPrecondition);
  options.folder = scratch_.path() + "/nowhere";
  options.must_exist = true;
  EXPECT_EQ(OpenRocksdbJournal(options).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(RocksdbJournalTest, OfTwoWritersOneFails) {
  RocksdbJournalOptions options;
  options.folder = scratch_.path() + "/other";
  auto journal = OpenRocksdbJournal(options);
  ASSERT_OK(journal.status());
  ASSERT_OK((*journal)->Write({{7, 0, {"first"}}}, {}));
  EXPECT_EQ((*journal)->Write({{7, 0, {"second"}}}, {}).code(), absl::StatusCode::kAborted);
  EXPECT_EQ((*journal)->Next(7), 1);
}

TEST_F(RocksdbJournalTest, ABackupRestoresElsewhereAndGoesOn) {
  const std::string backup = scratch_.path() + "/backup";
  {
    TestEngine test(ToyRegistry(), database_);
    ASSERT_OK(test->journal().Backup(backup));
    MakePromises(test, 40, 45);
    ASSERT_OK(test->journal().Backup(backup));
  }
  const std::string restored = scratch_.path() + "/restored";
  ASSERT_OK(RestoreRocksdbBackup(backup, restored));
  EXPECT_EQ(RestoreRocksdbBackup(backup, restored).code(), absl::StatusCode::kFailedPrecondition);
  TestEngine test(ToyRegistry(), restored);
  EXPECT_OK(test->Verify("realms/test", nullptr));
  EXPECT_OK(test->Get("realms/test/promises/p44").status());
  MakePromises(test, 45, 50);
  ASSERT_OK(test.Reopen());
  EXPECT_OK(test->Verify("realms/test", nullptr));
}

}  // namespace
}  // namespace kasundo
