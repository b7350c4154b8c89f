#include "workflows/engine/memory_journal.h"

#include "fmt/format.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/log_format.h"

namespace kasundo {

class MemoryJournal::MemoryView final : public View {
 public:
  explicit MemoryView(Families families) : families_(std::move(families)) {}

  absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                 std::string_view key) const override {
    const Rows& rows = *families_[static_cast<size_t>(family)];
    const auto found = rows.find(key);
    if (found == rows.end()) return std::nullopt;
    return found->second;
  }

  absl::Status Scan(
      Family family, std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    const Rows& rows = *families_[static_cast<size_t>(family)];
    for (auto row = rows.lower_bound(std::max(prefix, from)); row != rows.end(); ++row) {
      if (!std::string_view(row->first).starts_with(prefix)) break;
      if (!visit(row->first, row->second)) break;
    }
    return absl::OkStatus();
  }

 private:
  Families families_;
};

MemoryJournal::Families MemoryJournal::MakeFamilies() {
  Families families;
  for (int i = 0; i < kFamilies; ++i) families.push_back(std::make_shared<Rows>());
  return families;
}

MemoryJournal::Rows& MemoryJournal::Mutable(Family family) {
  std::shared_ptr<Rows>& rows = families_[static_cast<size_t>(family)];
  if (rows.use_count() > 1) rows = std::make_shared<Rows>(*rows);
  return *rows;
}

void MemoryJournal::Apply(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    if (row.value.has_value()) {
      Mutable(row.family)[row.key] = *row.value;
    } else {
      Mutable(row.family).erase(row.key);
    }
  }
}

absl::Status MemoryJournal::Write(const std::vector<Append>& appends,
                                  const std::vector<Row>& rows) {
  std::lock_guard lock(mutex_);
  if (!failure_.ok()) return std::exchange(failure_, absl::OkStatus());
  for (const Append& append : appends) {
    if (next_[append.realm] != append.expected_next) {
      return absl::AbortedError(fmt::format("realm {} is at {}, not at {}", append.realm,
                                            next_[append.realm], append.expected_next));
    }
  }
  for (const Append& append : appends) {
    int64_t& next = next_[append.realm];
    for (const std::string_view event : append.events) {
      Mutable(Family::kEvents)[log_format::EventKey(append.realm, next++)] = event;
    }
  }
  Apply(rows);
  return absl::OkStatus();
}

absl::Status MemoryJournal::WriteRows(const std::vector<Row>& rows) {
  std::lock_guard lock(mutex_);
  Apply(rows);
  return absl::OkStatus();
}

int64_t MemoryJournal::Next(uint32_t realm) const {
  std::lock_guard lock(mutex_);
  const auto found = next_.find(realm);
  return found == next_.end() ? 0 : found->second;
}

absl::StatusOr<std::vector<std::string>> MemoryJournal::Read(uint32_t realm, int64_t from,
                                                             size_t limit) const {
  return ReadEventChain(*Snapshot(), realm, from, limit);
}

std::unique_ptr<View> MemoryJournal::Snapshot() const {
  std::lock_guard lock(mutex_);
  return std::make_unique<MemoryView>(families_);
}

uint64_t MemoryJournal::FreeBytes() const {
  std::lock_guard lock(mutex_);
  return free_bytes_;
}

absl::Status MemoryJournal::Backup(const std::string&) {
  return absl::UnimplementedError("a journal in memory has no backup");
}

std::map<std::string, uint64_t> MemoryJournal::Stats() const {
  std::lock_guard lock(mutex_);
  std::map<std::string, uint64_t> stats;
  for (int i = 0; i < kFamilies; ++i) {
    stats[fmt::format("family_{}_rows", i)] = families_[static_cast<size_t>(i)]->size();
  }
  return stats;
}

void MemoryJournal::FailNextWrite(absl::Status status) {
  std::lock_guard lock(mutex_);
  failure_ = std::move(status);
}

void MemoryJournal::SetFreeBytes(uint64_t bytes) {
  std::lock_guard lock(mutex_);
  free_bytes_ = bytes;
}

void MemoryJournal::Damage(Family family, const std::string& key, const std::string& value) {
  std::lock_guard lock(mutex_);
  Mutable(family)[key] = value;
}

}  // namespace kasundo
