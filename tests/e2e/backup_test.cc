// Backups over real gRPC, and putting them back.
#include <filesystem>
#include <fstream>
#include <latch>
#include <thread>

#include "kasundo/admin/v1/admin_service.pb.h"
#include "services/admin/restore.h"
#include "tests/e2e/promises.h"
#include "tests/support/temporary_folder.h"
#include "workflows/engine/memory_journal.h"

namespace kasundo::testing {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;

class BackupTest : public ::testing::Test {
 protected:
  static TestServerOptions OnDisk(const std::string& folder) {
    TestServerOptions options;
    options.data = folder;
    return options;
  }

  absl::Status BackUp(const TestServer& server, const std::string& to,
                      const std::string& account = kOperator) {
    admin::v1::BackupRequest request;
    request.set_folder(to);
    return server.ClientFor(account)->Call(Admin("Backup"), request, &answer_);
  }

  const TemporaryFolder folder_;
  const std::string backup_ = folder_.path() + "/backup";
  admin::v1::BackupResponse answer_;
};

TEST_F(BackupTest, IsPutBackElsewhereAndOnlyWhereNothingIs) {
  {
    const TestServer server(OnDisk(folder_.path() + "/data"));
    Make(*server.ClientFor(kAna), Promising("road"));
    const absl::Status done = BackUp(server, backup_);
    ASSERT_TRUE(done.ok()) << done;
    EXPECT_EQ(answer_.folder(), backup_);
    EXPECT_GT(answer_.bytes(), 0);
    ExpectRefused(BackUp(server, backup_), StatusCode::kFailedPrecondition, "FOLDER_NOT_EMPTY");
  }
  const std::string restored = folder_.path() + "/restored";
  const absl::Status back = RestoreBackup(backup_, restored);
  ASSERT_TRUE(back.ok()) << back;
  ExpectRefused(RestoreBackup(backup_, restored), StatusCode::kFailedPrecondition,
                "FOLDER_NOT_EMPTY");
  const TestServer again(OnDisk(restored));
  v1::GetPromiseRequest get;
  get.set_name("realms/test/promises/road");
  v1::Promise promise;
  const absl::Status read = again.ClientFor(kAna)->Call(Promises("GetPromise"), get, &promise);
  EXPECT_TRUE(read.ok()) << read;
}

TEST_F(BackupTest, IsRefusedToWhoDoesNotOperateTheServer) {
  const TestServer server(OnDisk(folder_.path() + "/data"));
  EXPECT_EQ(BackUp(server, backup_, kAdmin).code(), StatusCode::kPermissionDenied);
  EXPECT_FALSE(fs::exists(backup_));
}

TEST_F(BackupTest, NeedsTheWholePathOfAFolder) {
  const TestServer server(OnDisk(folder_.path() + "/data"));
  ExpectRefused(BackUp(server, "backup"), StatusCode::kInvalidArgument, "PATH_NOT_ABSOLUTE");
}

TEST_F(BackupTest, LeavesNothingBehindIfItFails) {
  const TestServer server(OnDisk(folder_.path() + "/data"));
  const std::string taken = folder_.path() + "/taken";
  std::ofstream(taken) << "a file, not a folder";
  EXPECT_FALSE(BackUp(server, taken + "/backup").ok());
  const absl::Status done = BackUp(server, backup_);
  EXPECT_TRUE(done.ok()) << done;
}

// A journal whose backups take until they are told to go on.
class SlowBackups final : public MemoryJournal {
 public:
  SlowBackups(std::latch* begun, std::latch* go_on) : begun_(begun), go_on_(go_on) {}
  absl::Status Backup(const std::string&) override {
    begun_->count_down();
    go_on_->wait();
    return absl::OkStatus();
  }

 private:
  std::latch* const begun_;
  std::latch* const go_on_;
};

TEST_F(BackupTest, IsRefusedWhileAnotherIsRunning) {
  std::latch begun(1);
  std::latch go_on(1);
  TestServerOptions options;
  options.journal = std::make_unique<SlowBackups>(&begun, &go_on);
  const TestServer server(std::move(options));
  absl::Status first;
  std::thread other([&] {
    admin::v1::BackupRequest request;
    request.set_folder(backup_);
    admin::v1::BackupResponse answer;
    first = server.ClientFor(kOperator)->Call(Admin("Backup"), request, &answer);
  });
  begun.wait();
  ExpectRefused(BackUp(server, backup_), StatusCode::kFailedPrecondition, "ALREADY_RUNNING");
  go_on.count_down();
  other.join();
  EXPECT_TRUE(first.ok()) << first;
}

TEST_F(BackupTest, IsRefusedOfAJournalInMemory) {
  const TestServer server;
  ExpectRefused(BackUp(server, backup_), StatusCode::kUnimplemented, "NOT_ON_DISK");
}

TEST_F(BackupTest, OnlyACompleteBackupIsPutBack) {
  ExpectRefused(RestoreBackup(folder_.path(), folder_.path() + "/restored"),
                StatusCode::kFailedPrecondition, "NOT_A_BACKUP");
  fs::create_directories(backup_ + "/meta");
  ExpectRefused(RestoreBackup(backup_, folder_.path() + "/restored"), StatusCode::kNotFound,
                "INSTANCE_NOT_FOUND");
}

}  // namespace
}  // namespace kasundo::testing
