// Puts a backup back, offline: no server runs on the folder.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace kasundo {

// Copies the latest backup in `from` into `to`, which must not exist or be empty, and opens it once
// to see that it is whole. FAILED_PRECONDITION, reason NOT_A_BACKUP or FOLDER_NOT_EMPTY; DATA_LOSS
// if the copy is damaged.
absl::Status RestoreBackup(const std::string& from, const std::string& to);

}  // namespace kasundo
