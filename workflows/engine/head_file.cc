#include "workflows/engine/head_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "fmt/format.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

constexpr size_t kSlot = log_format::kHeadSlotBytes;
constexpr size_t kChecked = kSlot - 4;

uint32_t Checksum(std::string_view bytes) { return log_format::GetU32(Sha256(bytes)); }

absl::Status Damaged(const std::string& path, std::string_view what) {
  return Refuse(absl::StatusCode::kDataLoss, api::v1::REASON_STORED_DATA_DAMAGED,
                fmt::format("{} {}", path, what))
      .Mend("Keep the data folder as it is and restore the latest backup elsewhere.");
}

}  // namespace

absl::StatusOr<HeadFile> HeadFile::Open(const std::string& path, bool must_exist) {
  const int descriptor =
      open(path.c_str(), O_RDWR | O_CLOEXEC | (must_exist ? 0 : O_CREAT), S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    if (errno == ENOENT && must_exist) return Damaged(path, "is missing");
    return absl::InternalError(fmt::format("{}: {}", path, std::strerror(errno)));
  }
  HeadFile head(descriptor);
  char slot[kSlot];
  for (off_t offset = 0;; offset += static_cast<off_t>(kSlot)) {
    const ssize_t got = pread(descriptor, slot, kSlot, offset);
    if (got == 0) break;
    if (got != static_cast<ssize_t>(kSlot)) return Damaged(path, "is cut off");
    const std::string_view bytes(slot, kSlot);
    if (bytes == std::string_view(std::string(kSlot, '\0'))) continue;  // no such realm
    if (log_format::GetU32(bytes.substr(kChecked)) != Checksum(bytes.substr(0, kChecked))) {
      return Damaged(path, "has a slot whose checksum is wrong");
    }
    head.slots_[log_format::GetU32(bytes)] = {
        static_cast<int64_t>(log_format::GetU64(bytes.substr(4))),
        std::string(bytes.substr(12, 8))};
  }
  return head;
}

HeadFile::HeadFile(HeadFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), slots_(std::move(other.slots_)) {}

HeadFile::~HeadFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::Status HeadFile::Put(uint32_t realm, int64_t next, std::string_view leaf_hash) {
  std::string slot = log_format::U32(realm);
  log_format::PutU64(slot, static_cast<uint64_t>(next));
  slot.append(leaf_hash.substr(0, 8));
  log_format::PutU32(slot, Checksum(slot));
  const off_t offset = static_cast<off_t>(realm * kSlot);
  if (pwrite(descriptor_, slot.data(), slot.size(), offset) != static_cast<ssize_t>(slot.size())) {
    return absl::InternalError(fmt::format("HEAD: {}", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace kasundo
