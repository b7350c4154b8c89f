#include "workflows/engine/rocksdb_journal.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/backup_engine.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <system_error>

#include "fmt/format.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/head_file.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, kFamilies> kFamilyNames = {
    "default", "events", "streams", "instances", "timers", "requests", "tree", "rows"};

constexpr size_t kUpgradePage = 1'000;  // rows in a batch

// Beside the memtables: for manifest, log and indexes.
constexpr uint64_t kRoomToResume = 16 << 20;

absl::Status Damaged(std::string what) {
  return Refuse(absl::StatusCode::kDataLoss, api::v1::REASON_STORED_DATA_DAMAGED, std::move(what))
      .Mend("Keep the data folder as it is and restore the latest backup elsewhere.");
}

absl::Status DiskFull() {
  return Refuse(absl::StatusCode::kResourceExhausted, api::v1::REASON_DISK_FULL,
                "the disk is full; nothing was recorded")
      .Mend("Free space on the disk of the data folder and send the same request again.");
}

absl::Status FromRocksdb(const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::kNoSpace) return DiskFull();
  if (status.IsCorruption()) return Damaged("the database is damaged: " + status.ToString());
  if (status.IsPathNotFound())
    return Damaged("a file of the database is missing: " + status.ToString());
  return absl::InternalError("database: " + status.ToString());
}

// RocksDB writes no log file of its own: on a full disk the first line that does not fit would
// abort the process (Debian builds RocksDB with its assertions).
class Warnings final : public rocksdb::Logger {
 public:
  explicit Warnings(std::function<void(std::string_view)> warn)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), warn_(std::move(warn)) {}

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    if (!warn_) return;
    std::array<char, 1'024> line{};
    const int length = vsnprintf(line.data(), line.size(), format, arguments);
    if (length < 0) return;
    std::string_view text(line.data(), std::min(static_cast<size_t>(length), line.size() - 1));
    while (text.ends_with('\n')) text.remove_suffix(1);
    warn_(text);
  }

 private:
  const std::function<void(std::string_view)> warn_;
};

// RocksDB's own recovery from a full disk waits until far more is free than one memtable needs, and
// refuses every other attempt meanwhile. The sequencer resumes as soon as commands are admitted
// again.
class NoRecoveryOfItsOwn final : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/, rocksdb::Status /*error*/,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }
};

rocksdb::ColumnFamilyOptions FamilyOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = 16 << 10;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compression = rocksdb::kLZ4Compression;
  options.paranoid_file_checks = true;
  return options;
}

rocksdb::Options DatabaseOptions(const RocksdbJournalOptions& from) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.paranoid_checks = true;
  options.db_write_buffer_size = from.memtable_bytes;
  options.max_total_wal_size = 4 * from.memtable_bytes;
  options.max_background_jobs = 2;
  options.info_log = std::make_shared<Warnings>(from.warn);
  // A missing or shortened log that was synced is noticed at open. A torn last record is cut off,
  // anything else is damage; HEAD tells a torn record from an acknowledged one.
  options.track_and_verify_wals_in_manifest = true;
  options.listeners.push_back(std::make_shared<NoRecoveryOfItsOwn>());
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  return options;
}

class RocksdbView final : public View {
 public:
  RocksdbView(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families)
      : db_(db), families_(families), snapshot_(db->GetSnapshot()) {}
  ~RocksdbView() override { db_->ReleaseSnapshot(snapshot_); }
  RocksdbView(const RocksdbView&) = delete;
  RocksdbView& operator=(const RocksdbView&) = delete;

  absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                 std::string_view key) const override {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    std::string value;
    const rocksdb::Status status =
        db_->Get(options, Handle(family), rocksdb::Slice(key.data(), key.size()), &value);
    if (status.IsNotFound()) return std::nullopt;
    RETURN_IF_ERROR(FromRocksdb(status));
    return value;
  }

  absl::Status Scan(
      Family family, std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    options.fill_cache = family != Family::kEvents && family != Family::kTree;
    options.readahead_size = family == Family::kEvents ? 2 << 20 : 0;
    const std::unique_ptr<rocksdb::Iterator> row(db_->NewIterator(options, Handle(family)));
    const std::string_view start = std::max(prefix, from);
    for (row->Seek(rocksdb::Slice(start.data(), start.size())); row->Valid(); row->Next()) {
      const std::string_view key(row->key().data(), row->key().size());
      if (!key.starts_with(prefix)) break;
      if (!visit(key, {row->value().data(), row->value().size()})) break;
    }
    return FromRocksdb(row->status());
  }

 private:
  rocksdb::ColumnFamilyHandle* Handle(Family family) const {
    return families_[static_cast<size_t>(family)];
  }

  rocksdb::DB* db_;
  const std::vector<rocksdb::ColumnFamilyHandle*>& families_;
  const rocksdb::Snapshot* snapshot_;
};

class RocksdbJournal final : public Journal {
 public:
  RocksdbJournal(RocksdbJournalOptions options, std::unique_ptr<rocksdb::DB> db,
                 std::vector<rocksdb::ColumnFamilyHandle*> families)
      : options_(std::move(options)), db_(std::move(db)), families_(std::move(families)) {}

  ~RocksdbJournal() override {
    // After a failed write RocksDB (as Debian builds it) aborts the process that syncs its log;
    // what was acknowledged is synced in any case.
    if (!write_failed_) db_->SyncWAL();
    for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
    db_->Close();
  }

  // Checks the format and compares what the log holds with HEAD.
  absl::Status Begin() {
    const std::unique_ptr<View> view = Snapshot();
    ASSIGN_OR_RETURN(const uint32_t format, CheckFormat(*view));
    std::map<uint32_t, int64_t> next;
    RETURN_IF_ERROR(view->Scan(Family::kMeta, log_format::kRealmPrefix, "",
                               [&](std::string_view, std::string_view number) {
                                 next[log_format::GetU32(number)] = 0;
                                 return true;
                               }));
    for (auto& [realm, position] : next) {
      ASSIGN_OR_RETURN(position, FindNext(realm));
    }
    ASSIGN_OR_RETURN(HeadFile head, HeadFile::Open((fs::path(options_.folder) / "HEAD").string(),
                                                   !next.empty() && !options_.rebuild_head));
    for (const auto& [realm, slot] : head.slots()) {
      RETURN_IF_ERROR(CheckHead(*view, realm, next.contains(realm) ? next[realm] : 0, slot));
    }
    for (const auto& [realm, position] : next) {
      if (position == 0 || head.slots().contains(realm)) continue;
      if (!options_.rebuild_head)
        return Damaged(fmt::format("HEAD knows nothing of realm number {}", realm));
      ASSIGN_OR_RETURN(
          const auto leaf,
          view->Get(Family::kTree,
                    log_format::TreeKey(realm, 0, static_cast<uint64_t>(position - 1))));
      if (!leaf.has_value()) return DamagedAt(realm, position - 1, "its leaf hash is missing");
      RETURN_IF_ERROR(head.Put(realm, position, *leaf));
    }
    head_.emplace(std::move(head));
    {
      std::lock_guard lock(mutex_);
      next_ = std::move(next);
    }
    return format < log_format::kFormat ? UpgradeFromFormat1(*view) : absl::OkStatus();
  }

  absl::Status Write(const std::vector<Append>& appends, const std::vector<Row>& rows) override {
    rocksdb::WriteBatch batch;
    for (const Append& append : appends) {
      if (Next(append.realm) != append.expected_next) {
        return absl::AbortedError(fmt::format("realm {} is at {}, not at {}", append.realm,
                                              Next(append.realm), append.expected_next));
      }
      int64_t position = append.expected_next;
      for (const std::string_view event : append.events) {
        batch.Put(Handle(Family::kEvents), log_format::EventKey(append.realm, position++),
                  rocksdb::Slice(event.data(), event.size()));
      }
    }
    Fill(batch, rows);
    rocksdb::WriteOptions options;
    options.sync = options_.sync;
    RETURN_IF_ERROR(Written(db_->Write(options, &batch)));
    for (const Append& append : appends) {
      if (append.events.empty()) continue;
      const int64_t next = append.expected_next + static_cast<int64_t>(append.events.size());
      {
        std::lock_guard lock(mutex_);
        next_[append.realm] = next;
      }
      // The batch is durable whatever becomes of this: HEAD may lag behind, it only must not be
      // ahead.
      head_->Put(append.realm, next, LeafHash(append.events.back())).IgnoreError();
    }
    return absl::OkStatus();
  }

  absl::Status WriteRows(const std::vector<Row>& rows) override {
    rocksdb::WriteBatch batch;
    Fill(batch, rows);
    return Written(db_->Write(rocksdb::WriteOptions(), &batch));
  }

  int64_t Next(uint32_t realm) const override {
    std::lock_guard lock(mutex_);
    const auto found = next_.find(realm);
    return found == next_.end() ? 0 : found->second;
  }

  absl::StatusOr<std::vector<std::string>> Read(uint32_t realm, int64_t from,
                                                size_t limit) const override {
    return ReadEventChain(*Snapshot(), realm, from, limit);
  }

  std::unique_ptr<View> Snapshot() const override {
    return std::make_unique<RocksdbView>(db_.get(), families_);
  }

  uint64_t FreeBytes() const override {
    std::error_code error;
    const fs::space_info space = fs::space(options_.folder, error);
    return error ? 0 : space.available;
  }

  absl::Status Resume() override {
    // Resuming writes the memtables into table files, and waits for ever if they do not fit.
    uint64_t memtables = 0;
    db_->GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &memtables);
    if (FreeBytes() < memtables + kRoomToResume) return DiskFull();
    return Written(db_->Resume());
  }

  absl::Status Backup(const std::string& folder) override {
    rocksdb::BackupEngineOptions options(folder);
    options.share_files_with_checksum = true;
    options.sync = true;
    rocksdb::BackupEngine* opened = nullptr;
    RETURN_IF_ERROR(
        FromRocksdb(rocksdb::BackupEngine::Open(rocksdb::Env::Default(), options, &opened)));
    const std::unique_ptr<rocksdb::BackupEngine> engine(opened);
    // The memtables go to table files first, so that the copy needs no log and its own HEAD is what
    // the tables hold.
    return FromRocksdb(engine->CreateNewBackup(db_.get(), /*flush_before_backup=*/true));
  }

  // DB::VerifyChecksum() would do the same, but reads all files before it comes back.
  absl::Status VerifyChecksums(const std::function<bool()>& go_on) const override {
    for (const std::string& file : TableFiles()) {
      if (go_on && !go_on()) return absl::CancelledError("the check was given up");
      rocksdb::SstFileReader reader{rocksdb::Options()};
      rocksdb::Status status = reader.Open(file);
      if (status.ok()) status = reader.VerifyChecksum();
      if (status.ok()) continue;
      // A compaction may have put others in its place.
      const std::vector<std::string> present = TableFiles();
      const bool replaced = std::find(present.begin(), present.end(), file) == present.end();
      if (!replaced) return FromRocksdb(status);
    }
    return absl::OkStatus();
  }

  std::map<std::string, uint64_t> Stats() const override {
    std::map<std::string, uint64_t> stats;
    for (int i = 0; i < kFamilies; ++i) {
      uint64_t bytes = 0;
      db_->GetIntProperty(families_[static_cast<size_t>(i)],
                          rocksdb::DB::Properties::kTotalSstFilesSize, &bytes);
      stats[fmt::format("{}_table_bytes", kFamilyNames[static_cast<size_t>(i)])] = bytes;
      uint64_t keys = 0;
      db_->GetIntProperty(families_[static_cast<size_t>(i)],
                          rocksdb::DB::Properties::kEstimateNumKeys, &keys);
      stats[fmt::format("{}_rows_estimate", kFamilyNames[static_cast<size_t>(i)])] = keys;
    }
    uint64_t memtables = 0;
    db_->GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &memtables);
    stats["memtable_bytes"] = memtables;
    stats["free_bytes"] = FreeBytes();
    return stats;
  }

 private:
  rocksdb::ColumnFamilyHandle* Handle(Family family) const {
    return families_[static_cast<size_t>(family)];
  }

  std::vector<std::string> TableFiles() const {
    std::vector<rocksdb::LiveFileMetaData> files;
    db_->GetLiveFilesMetaData(&files);
    std::vector<std::string> paths;
    for (const rocksdb::LiveFileMetaData& file : files) paths.push_back(file.db_path + file.name);
    return paths;
  }

  absl::Status Written(const rocksdb::Status& status) {
    write_failed_ = !status.ok();
    return FromRocksdb(status);
  }

  void Fill(rocksdb::WriteBatch& batch, const std::vector<Row>& rows) const {
    for (const Row& row : rows) {
      if (row.value.has_value()) {
        batch.Put(Handle(row.family), row.key, *row.value);
      } else {
        batch.Delete(Handle(row.family), row.key);
      }
    }
  }

  // The format of the database, which is at most the program's; a new one gets the program's.
  absl::StatusOr<uint32_t> CheckFormat(const View& view) {
    ASSIGN_OR_RETURN(const auto stored, view.Get(Family::kMeta, log_format::kFormatKey));
    if (!stored.has_value()) {
      bool empty = true;
      RETURN_IF_ERROR(view.Scan(Family::kEvents, "", "", [&](std::string_view, std::string_view) {
        empty = false;
        return false;
      }));
      if (!empty) return Damaged("the database has events but no format number");
      RETURN_IF_ERROR(WriteFormat());
      return log_format::kFormat;
    }
    uint32_t format = 0;
    const auto [end, error] =
        std::from_chars(stored->data(), stored->data() + stored->size(), format);
    if (error != std::errc() || end != stored->data() + stored->size()) {
      return Damaged(fmt::format("the format number \"{}\" is not a number", *stored));
    }
    if (format > log_format::kFormat) {
      return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NEWER_FORMAT,
                    fmt::format(
                        "the database in {} has format {}; this program knows formats up to {}",
                        options_.folder, format, log_format::kFormat))
          .Mend("Start the newer program that wrote it.")
          .With("format", format);
    }
    return format;
  }

  absl::Status WriteFormat() {
    return Write({}, {{Family::kMeta, std::string(log_format::kFormatKey),
                       std::to_string(log_format::kFormat)}});
  }

  // Format 1 had only the position in the rows of streams. The number is written last: an upgrade
  // that was interrupted goes on at the next open.
  absl::Status UpgradeFromFormat1(const View& view) {
    std::vector<Row> rows;
    absl::Status status;
    RETURN_IF_ERROR(
        view.Scan(Family::kStreams, "", "", [&](std::string_view key, std::string_view position) {
          if (position.size() != sizeof(uint64_t)) return true;
          const uint32_t realm = log_format::GetU32(key);
          const auto at = static_cast<int64_t>(log_format::GetU64(position));
          const auto event = view.Get(Family::kEvents, log_format::EventKey(realm, at));
          if (!event.ok()) {
            status = event.status();
          } else if (!event->has_value()) {
            status = DamagedAt(realm, at, "it is missing");
          } else {
            rows.push_back(
                {Family::kStreams, std::string(key), std::string(position).append(**event)});
          }
          if (status.ok() && rows.size() == kUpgradePage) {
            status = WriteRows(rows);
            rows.clear();
          }
          return status.ok();
        }));
    RETURN_IF_ERROR(status);
    RETURN_IF_ERROR(WriteRows(rows));
    return WriteFormat();
  }

  absl::StatusOr<int64_t> FindNext(uint32_t realm) const {
    const std::unique_ptr<rocksdb::Iterator> row(
        db_->NewIterator(rocksdb::ReadOptions(), Handle(Family::kEvents)));
    row->SeekForPrev(log_format::EventKey(realm, INT64_MAX));
    RETURN_IF_ERROR(FromRocksdb(row->status()));
    if (!row->Valid()) return 0;
    const std::string_view key(row->key().data(), row->key().size());
    if (!key.starts_with(log_format::U32(realm))) return 0;
    return log_format::EventPosition(key) + 1;
  }

  static absl::Status CheckHead(const View& view, uint32_t realm, int64_t next,
                                const HeadFile::Slot& slot) {
    if (next < slot.next) {
      return DamagedAt(
          realm, next,
          fmt::format("events up to position {} were acknowledged, but the log ends before {}",
                      slot.next - 1, next));
    }
    ASSIGN_OR_RETURN(const auto leaf,
                     view.Get(Family::kTree,
                              log_format::TreeKey(realm, 0, static_cast<uint64_t>(slot.next - 1))));
    if (!leaf.has_value() || leaf->substr(0, 8) != slot.leaf_prefix) {
      return DamagedAt(realm, slot.next - 1, "its hash is not the one that was acknowledged");
    }
    return absl::OkStatus();
  }

  const RocksdbJournalOptions options_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  std::optional<HeadFile> head_;
  std::atomic<bool> write_failed_ = false;  // and not resumed since
  mutable std::mutex mutex_;
  std::map<uint32_t, int64_t> next_;
};

// An existing folder that is not empty must hold a whole database: RocksDB would otherwise begin a
// new one beside the remains.
absl::StatusOr<bool> FindsDatabase(const RocksdbJournalOptions& options) {
  std::error_code error;
  if (fs::exists(fs::path(options.folder) / "CURRENT", error)) return true;
  if (fs::exists(options.folder, error) && !fs::is_empty(options.folder, error)) {
    for (const auto& entry : fs::directory_iterator(options.folder, error)) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".sst") || name.ends_with(".log") || name.starts_with("MANIFEST") ||
          name == "HEAD") {
        return Damaged(fmt::format("{} holds files of a database but its file CURRENT is missing",
                                   options.folder));
      }
    }
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_FIELD_INVALID,
                  fmt::format("the folder {} holds other files and no database", options.folder))
        .Mend("Name an empty folder, or the folder of a Kasundo database.");
  }
  if (options.must_exist) {
    return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_INSTANCE_NOT_FOUND,
                  fmt::format("there is no database in {}", options.folder))
        .Mend("Name the data folder that kasundod was started with.");
  }
  fs::create_directories(options.folder, error);
  if (error) {
    return absl::InternalError(
        fmt::format("cannot create {}: {}", options.folder, error.message()));
  }
  return false;
}

absl::Status CheckFamilies(const std::string& folder) {
  std::vector<std::string> present;
  RETURN_IF_ERROR(
      FromRocksdb(rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), folder, &present)));
  for (const std::string& name : present) {
    if (std::find(kFamilyNames.begin(), kFamilyNames.end(), name) == kFamilyNames.end()) {
      return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NEWER_FORMAT,
                    fmt::format("the database in {} has a family \"{}\" that this program (format "
                                "{}) does not know",
                                folder, name, log_format::kFormat))
          .Mend("Start the newer program that wrote it.")
          .With("family", name);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Journal>> OpenRocksdbJournal(const RocksdbJournalOptions& options) {
  ASSIGN_OR_RETURN(const bool exists, FindsDatabase(options));
  if (exists) RETURN_IF_ERROR(CheckFamilies(options.folder));
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const char* name : kFamilyNames) descriptors.emplace_back(name, FamilyOptions(cache));
  // Keys that only grow, for each realm (and level of its tree), are put behind the last one
  // instead of being searched for.
  const auto grows_within = [&](Family family, size_t prefix_bytes) {
    descriptors[static_cast<size_t>(family)]
        .options.memtable_insert_with_hint_prefix_extractor.reset(
            rocksdb::NewFixedPrefixTransform(prefix_bytes));
  };
  grows_within(Family::kEvents, 4);
  grows_within(Family::kTree, 5);
  // A request id, and the name of what a command creates, is looked up and is nearly always new.
  // The filter costs every row of its family, so the others have none.
  for (const Family family : {Family::kRequests, Family::kInstances}) {
    auto& looked_up = descriptors[static_cast<size_t>(family)].options;
    looked_up.memtable_prefix_bloom_size_ratio = 0.05;
    looked_up.memtable_whole_key_filtering = true;
  }
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(rocksdb::DBOptions(DatabaseOptions(options)),
                                                   options.folder, descriptors, &families, &opened);
  if (!status.ok()) {
    const std::string text = status.ToString();
    if (text.find("lock") != std::string::npos && status.IsIOError()) {
      return absl::UnavailableError(fmt::format("another process has {} open", options.folder));
    }
    // RocksDB reports a table file that is gone as an I/O error.
    if (status.IsIOError() && text.find("No such file") != std::string::npos) {
      return Damaged("a file of the database is missing: " + text);
    }
    return FromRocksdb(status);
  }
  auto journal = std::make_unique<RocksdbJournal>(options, std::unique_ptr<rocksdb::DB>(opened),
                                                  std::move(families));
  RETURN_IF_ERROR(journal->Begin());
  return journal;
}

absl::Status RestoreRocksdbBackup(const std::string& backup_folder, const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_FIELD_INVALID,
                  fmt::format("{} is not empty", folder))
        .Mend("Name an empty folder: a restore never overwrites.");
  }
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  RETURN_IF_ERROR(FromRocksdb(rocksdb::BackupEngineReadOnly::Open(
      rocksdb::Env::Default(), rocksdb::BackupEngineOptions(backup_folder), &opened)));
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> engine(opened);
  const rocksdb::Status restored_files = engine->RestoreDBFromLatestBackup(folder, folder);
  if (restored_files.IsNotFound()) {
    return Refuse(absl::StatusCode::kNotFound, api::v1::REASON_INSTANCE_NOT_FOUND,
                  fmt::format("{} holds no complete backup", backup_folder))
        .Mend("Name the folder of a backup that was reported as done.");
  }
  RETURN_IF_ERROR(FromRocksdb(restored_files));
  // HEAD is not a RocksDB file, so the backup has none.
  RocksdbJournalOptions options;
  options.folder = folder;
  options.must_exist = true;
  options.rebuild_head = true;
  return OpenRocksdbJournal(options).status();
}

}  // namespace kasundo
