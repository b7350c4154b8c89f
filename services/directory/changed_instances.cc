#include "services/directory/changed_instances.h"

#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

constexpr size_t kChunk = 1000;

}  // namespace

ChangedInstances::ChangedInstances(Engine& engine, std::set<std::string> kinds)
    : engine_(engine), kinds_(std::move(kinds)) {
  listener_ = engine_.AddListener(
      [this](std::string_view, int64_t) { any_.store(true, std::memory_order_release); });
  for (const std::string& realm : engine_.Realms()) {
    const auto next = engine_.NextPosition(realm);
    if (next.ok()) next_[realm] = *next;
  }
}

ChangedInstances::~ChangedInstances() { engine_.RemoveListener(listener_); }

absl::Status ChangedInstances::Learn(
    const std::function<absl::Status(const std::set<std::string>&)>& learn) {
  // Before reading: what is recorded meanwhile counts for the next time.
  any_.store(false, std::memory_order_release);
  absl::Status learned = Take();
  if (learned.ok()) learned = learn(names_);
  if (learned.ok()) {
    names_.clear();
  } else {
    any_.store(true, std::memory_order_release);
  }
  return learned;
}

absl::Status ChangedInstances::Take() {
  for (const std::string& realm : engine_.Realms()) RETURN_IF_ERROR(TakeOf(realm));
  return absl::OkStatus();
}

absl::Status ChangedInstances::TakeOf(const std::string& realm) {
  ASSIGN_OR_RETURN(const int64_t end, engine_.NextPosition(realm));
  int64_t& next = next_[realm];
  while (next < end) {
    ASSIGN_OR_RETURN(const auto records, engine_.ReadJournal(realm, next, kChunk));
    if (records.empty()) break;
    for (const auto& record : records) {
      if (kinds_.count(record.kind()) != 0) names_.insert(record.instance());
    }
    next = records.back().position() + 1;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Instance>> AllOf(const Engine& engine, std::string_view kind,
                                            std::string_view realm) {
  std::vector<Instance> all;
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(std::vector<Instance> page, engine.List(kind, realm, after, kChunk));
    if (page.empty()) return all;
    after = page.back().name;
    const bool last = page.size() < kChunk;
    std::move(page.begin(), page.end(), std::back_inserter(all));
    if (last) return all;
  }
}

}  // namespace kasundo::directory
