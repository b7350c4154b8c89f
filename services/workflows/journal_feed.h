// The end of every realm's journal in the form in which watchers get it. A hundred watchers at the
// end share one reading, one translation and one serialization of each event; a watcher that is far
// behind reads for itself. Thread-safe.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "workflows/engine/engine.h"

namespace kasundo {

class JournalFeed {
 public:
  struct Entry {
    int64_t position = 0;
    std::string instance;
    std::string kind;
    std::shared_ptr<const std::string> response;  // a serialized WatchResponse
  };
  using EntryPtr = std::shared_ptr<const Entry>;

  explicit JournalFeed(const Engine* engine) : engine_(engine) {}

  // Events of the realm from a position on, at most `limit`; none at the end.
  absl::StatusOr<std::vector<EntryPtr>> Read(const std::string& realm, int64_t from, size_t limit);

 private:
  struct Tail {
    std::mutex mutex;
    int64_t next = -1;             // position after the last entry; -1 before the first reading
    std::deque<EntryPtr> entries;  // without gaps
  };

  EntryPtr ToEntry(const workflows::v1::EventRecord& record) const;
  Tail& TailOf(const std::string& realm);

  const Engine* const engine_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Tail>> tails_;
};

}  // namespace kasundo
