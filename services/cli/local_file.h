// Files on the caller's side.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace kasundo::cli {

// The whole content. A usage error that says why it cannot be read.
absl::StatusOr<std::string> ReadLocalFile(const std::string& path);

// Puts `content` in place of the file in one step, readable by its owner only; makes the folder if
// it does not exist.
absl::Status WritePrivateFile(const std::string& path, const std::string& content);

}  // namespace kasundo::cli
