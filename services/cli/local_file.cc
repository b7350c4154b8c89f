#include "services/cli/local_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fmt/format.h"
#include "services/cli/problem.h"

namespace kasundo::cli {

absl::StatusOr<std::string> ReadLocalFile(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return Usage(fmt::format("'{}' is a folder", path), "Name a file.");
  std::ifstream file(path, std::ios::binary);
  const auto unreadable = [&] {
    return Usage(fmt::format("'{}' cannot be read: {}", path, std::strerror(errno)),
                 "Name a file that exists and that you may read.");
  };
  if (!file) return unreadable();
  std::ostringstream content;
  content << file.rdbuf();
  if (file.bad()) return unreadable();
  return content.str();
}

absl::Status WritePrivateFile(const std::string& path, const std::string& content) {
  const auto fault = [&] {
    return Usage(fmt::format("'{}' cannot be written: {}", path, std::strerror(errno)),
                 "See to it that the folder exists, that you may write there and that the disk has "
                 "space.");
  };
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  // Private from the first byte, and never half written: a new file that takes the old one's place.
  const std::string fresh = path + ".new";
  ::unlink(fresh.c_str());
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return fault();
  size_t written = 0;
  while (written < content.size()) {
    const ssize_t count = ::write(file, content.data() + written, content.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const absl::Status status = fault();
      ::close(file);
      ::unlink(fresh.c_str());
      return status;
    }
    written += static_cast<size_t>(count);
  }
  if (::fsync(file) != 0 || ::close(file) != 0 || ::rename(fresh.c_str(), path.c_str()) != 0)
    return fault();
  return absl::OkStatus();
}

}  // namespace kasundo::cli
