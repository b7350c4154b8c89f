#include "services/admin/restore.h"

#include <filesystem>
#include <system_error>

#include "fmt/format.h"
#include "kasundo/admin/v1/admin.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/rocksdb_journal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {

namespace fs = std::filesystem;

absl::Status RestoreBackup(const std::string& from, const std::string& to) {
  std::error_code error;
  // The form of a RocksDB backup: what it holds is listed under meta/.
  if (!fs::is_directory(fs::path(from) / "meta", error)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, admin::v1::REASON_NOT_A_BACKUP,
                  fmt::format("{} holds no backup", from))
        .Mend("Name the folder that `kasundo admin backup` was given.");
  }
  if (fs::exists(to, error) && !fs::is_empty(to, error)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, admin::v1::REASON_FOLDER_NOT_EMPTY,
                  fmt::format("{} is not an empty folder", to))
        .Mend("Name a folder that does not exist yet; nothing is overwritten.");
  }
  RETURN_IF_ERROR(RestoreRocksdbBackup(from, to));
  RocksdbJournalOptions options;
  options.folder = to;
  options.must_exist = true;
  options.rebuild_head = true;
  ASSIGN_OR_RETURN(const auto journal, OpenRocksdbJournal(options));
  return journal->VerifyChecksums(nullptr);
}

}  // namespace kasundo
