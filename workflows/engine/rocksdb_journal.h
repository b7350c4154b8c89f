// The journal on disk: one RocksDB with a column family for each family of rows, one synced
// WriteBatch for each group of commands. The only file of the project that knows RocksDB.
//
// What it promises beyond RocksDB: a database of a newer program is refused by name; a folder that
// has lost files is refused rather than begun anew; a log that ends before the last acknowledged
// event (HEAD, see log_format.h) is refused; a full disk refuses writes and recovers by itself.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "workflows/engine/journal.h"

namespace kasundo {

struct RocksdbJournalOptions {
  std::string folder;
  uint64_t block_cache_bytes = 128ull << 20;
  // Memory for rows not yet in a table file, all families together.
  uint64_t memtable_bytes = 64ull << 20;
  // Only for benchmarks of the cost of durability.
  bool sync = true;
  // Refuse to create a database where there is none.
  bool must_exist = false;
  // Hears what RocksDB warns of, a line each, from any thread; default nobody.
  std::function<void(std::string_view)> warn;
  // Write HEAD anew from what the database holds: a restored backup has none.
  bool rebuild_head = false;
};

// Errors: DATA_LOSS (reason STORED_DATA_DAMAGED: damaged or missing files), FAILED_PRECONDITION
// (NEWER_FORMAT, or the folder is not a Kasundo database), UNAVAILABLE (another process has it
// open), NOT_FOUND (must_exist and nothing there).
absl::StatusOr<std::unique_ptr<Journal>> OpenRocksdbJournal(const RocksdbJournalOptions& options);

// Copies the latest backup in `backup_folder` into `folder`, which must be empty or absent.
absl::Status RestoreRocksdbBackup(const std::string& backup_folder, const std::string& folder);

}  // namespace kasundo
