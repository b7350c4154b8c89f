#include "services/workflows/journal_feed.h"

#include <algorithm>

#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/workflows/history.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

// Events kept per realm: what one burst of commands may record before a watcher gets its turn.
constexpr size_t kKept = 1'024;

}  // namespace

JournalFeed::EntryPtr JournalFeed::ToEntry(const workflows::v1::EventRecord& record) const {
  workflows::v1::WatchResponse response;
  *response.mutable_entry() = ToHistoryEntry(record, engine_->kinds());
  response.set_next_position(record.position() + 1);
  auto entry = std::make_shared<Entry>();
  entry->position = record.position();
  entry->instance = record.instance();
  entry->kind = record.kind();
  entry->response = std::make_shared<const std::string>(response.SerializeAsString());
  return entry;
}

JournalFeed::Tail& JournalFeed::TailOf(const std::string& realm) {
  std::lock_guard lock(mutex_);
  std::unique_ptr<Tail>& tail = tails_[realm];
  if (tail == nullptr) tail = std::make_unique<Tail>();
  return *tail;
}

absl::StatusOr<std::vector<JournalFeed::EntryPtr>> JournalFeed::Read(const std::string& realm,
                                                                     int64_t from, size_t limit) {
  std::vector<EntryPtr> found;
  ASSIGN_OR_RETURN(const int64_t end, engine_->NextPosition(realm));
  if (from >= end) return found;

  if (end - from <= static_cast<int64_t>(kKept)) {
    Tail& tail = TailOf(realm);
    std::lock_guard lock(tail.mutex);
    // One that was not read for long begins anew near the end.
    if (tail.next < end - static_cast<int64_t>(kKept)) {
      tail.entries.clear();
      tail.next = std::max<int64_t>(0, end - static_cast<int64_t>(kKept));
    }
    while (tail.next < end) {
      ASSIGN_OR_RETURN(
          const auto records,
          engine_->ReadJournal(realm, tail.next, static_cast<size_t>(end - tail.next)));
      if (records.empty()) break;
      for (const auto& record : records) tail.entries.push_back(ToEntry(record));
      tail.next += static_cast<int64_t>(records.size());
    }
    while (tail.entries.size() > kKept) tail.entries.pop_front();
    if (!tail.entries.empty() && from >= tail.entries.front()->position) {
      auto at = tail.entries.begin() + (from - tail.entries.front()->position);
      for (; at != tail.entries.end() && found.size() < limit; ++at) found.push_back(*at);
      return found;
    }
  }
  ASSIGN_OR_RETURN(const auto records, engine_->ReadJournal(realm, from, limit));
  for (const auto& record : records) found.push_back(ToEntry(record));
  return found;
}

}  // namespace kasundo
