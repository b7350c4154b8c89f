#include "tests/support/temporary_folder.h"

#include <stdlib.h>  // mkdtemp

#include <filesystem>

#include "workflows/engine/check.h"

namespace kasundo::testing {

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "kasundo-XXXXXX").string();
  KASUNDO_CHECK(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace kasundo::testing
