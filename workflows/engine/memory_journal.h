// A journal in memory, for tests. Can be told to fail as a disk would.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "workflows/engine/journal.h"

namespace kasundo {

class MemoryJournal : public Journal {
 public:
  absl::Status Write(const std::vector<Append>& appends, const std::vector<Row>& rows) override;
  absl::Status WriteRows(const std::vector<Row>& rows) override;
  int64_t Next(uint32_t realm) const override;
  absl::StatusOr<std::vector<std::string>> Read(uint32_t realm, int64_t from,
                                                size_t limit) const override;
  std::unique_ptr<View> Snapshot() const override;
  uint64_t FreeBytes() const override;
  absl::Status Resume() override { return absl::OkStatus(); }
  absl::Status Backup(const std::string& folder) override;
  absl::Status VerifyChecksums(const std::function<bool()>&) const override {
    return absl::OkStatus();
  }
  std::map<std::string, uint64_t> Stats() const override;

  // The next Write fails with this status and writes nothing.
  void FailNextWrite(absl::Status status);
  void SetFreeBytes(uint64_t bytes);
  // Overwrites a stored row behind the engine's back, as a damaged disk would.
  void Damage(Family family, const std::string& key, const std::string& value);

 private:
  using Rows = std::map<std::string, std::string, std::less<>>;
  using Families = std::vector<std::shared_ptr<Rows>>;
  class MemoryView;

  void Apply(const std::vector<Row>& rows);
  // The family's rows for writing: copied first if a view still reads them.
  Rows& Mutable(Family family);

  mutable std::mutex mutex_;
  Families families_ = MakeFamilies();
  std::map<uint32_t, int64_t> next_;
  absl::Status failure_;
  uint64_t free_bytes_ = ~uint64_t{0};

  static Families MakeFamilies();
};

}  // namespace kasundo
