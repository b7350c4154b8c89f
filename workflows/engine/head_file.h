// HEAD: how far each realm's journal had come when its last batch was acknowledged (log_format.h).
// A plain file written in place, one small pwrite for each batch and no sync of its own: it
// survives the death of the process, and after a power cut it can only be older than the synced
// log, never newer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kasundo {

class HeadFile {
 public:
  struct Slot {
    int64_t next = 0;
    std::string leaf_prefix;  // 8 bytes
  };

  // `must_exist`: the database has events, so a missing file is a damaged folder.
  static absl::StatusOr<HeadFile> Open(const std::string& path, bool must_exist);

  HeadFile(HeadFile&& other) noexcept;
  HeadFile& operator=(HeadFile&&) = delete;
  ~HeadFile();

  // As they were when the file was opened.
  const std::map<uint32_t, Slot>& slots() const { return slots_; }
  absl::Status Put(uint32_t realm, int64_t next, std::string_view leaf_hash);

 private:
  explicit HeadFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  std::map<uint32_t, Slot> slots_;
};

}  // namespace kasundo
