// A disk that is really full: a small file system of its own, in a mount namespace of this process.
// A program by itself, because the namespace must be there before RocksDB starts its threads.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "tests/support/test_engine.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/rocksdb_journal.h"

namespace kasundo {
namespace {

using testing::TemporaryFolder;

constexpr size_t kEventBytes = 64 << 10;

// Mounts 48 MiB at `folder`; "" or what the system does not allow.
std::string MountSmallDisk(const std::string& folder) {
  const uid_t user = getuid();
  if (user != 0) {
    if (unshare(CLONE_NEWUSER) != 0) return "a user namespace";
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
  }
  if (unshare(CLONE_NEWNS) != 0) return "a mount namespace";
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return "private mounts";
  if (mount("small", folder.c_str(), "tmpfs", 0, "size=48m") != 0) return "a file system in memory";
  return "";
}

// Takes what is free, but for `left` bytes.
void Fill(const std::string& file, uint64_t left) {
  const uint64_t available =
      std::filesystem::space(std::filesystem::path(file).parent_path()).available;
  ASSERT_GT(available, left);
  const int descriptor = open(file.c_str(), O_CREAT | O_WRONLY, 0600);
  ASSERT_GE(descriptor, 0);
  EXPECT_EQ(posix_fallocate(descriptor, 0, static_cast<off_t>(available - left)), 0);
  close(descriptor);
}

TEST(FullDisk, RefusesWritesGoesOnReadingAndRecoversWhenThereIsSpace) {
  const TemporaryFolder folder;
  const std::string denied = MountSmallDisk(folder.path());
  if (!denied.empty()) GTEST_SKIP() << "this machine does not let a test have " << denied;

  RocksdbJournalOptions options;
  options.folder = folder.path() + "/db";
  options.memtable_bytes = 4 << 20;
  auto opened = OpenRocksdbJournal(options);
  ASSERT_OK(opened.status());
  Journal& journal = **opened;
  int64_t written = 0;
  const auto write = [&] {
    // Different bytes, which no compression makes small.
    std::string event(kEventBytes, '\0');
    for (size_t i = 0; i < event.size(); ++i)
      event[i] = static_cast<char>((i * 2654435761U + static_cast<size_t>(written) * 40503U) >> 13);
    const absl::Status status =
        journal.Write({{1, written, {event}}},
                      {{Family::kTree, log_format::TreeKey(1, 0, static_cast<uint64_t>(written)),
                        LeafHash(event)}});
    if (status.ok()) ++written;
    return status;
  };
  ASSERT_OK(journal.Write(
      {}, {{Family::kMeta, log_format::RealmKey("realms/test"), log_format::U32(1)}}));
  ASSERT_OK(write());
  Fill(folder.path() + "/films", 2 << 20);
  absl::Status refused;
  for (int i = 0; i < 1'000 && refused.ok(); ++i) refused = write();
  EXPECT_REFUSED(refused, absl::StatusCode::kResourceExhausted, "DISK_FULL");
  EXPECT_EQ(journal.Next(1), written);
  const auto first = journal.Read(1, 0, 1);
  ASSERT_OK(first.status());
  EXPECT_EQ(first->size(), 1U);
  EXPECT_REFUSED(journal.Resume(), absl::StatusCode::kResourceExhausted, "DISK_FULL");

  std::filesystem::remove(folder.path() + "/films");
  ASSERT_OK(journal.Resume());
  const int64_t before = written;
  for (int i = 0; i < 20; ++i) ASSERT_OK(write());
  EXPECT_EQ(written, before + 20);
  opened->reset();
  auto again = OpenRocksdbJournal(options);
  ASSERT_OK(again.status());
  EXPECT_EQ((*again)->Next(1), written);
}

}  // namespace
}  // namespace kasundo
