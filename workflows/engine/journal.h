// Where events and what derives from them are kept. One journal holds many realms; each realm is
// one total order of events with positions 0, 1, 2... Append is conditional on the next position of
// each realm, so of two writers one fails. Everything that belongs to the events (instances,
// timers, request ids, tree nodes) goes into the same atomic, synced write.
//
// rocksdb_journal.h keeps it on disk, memory_journal.h in memory for tests. Keys and values:
// log_format.h.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kasundo {

// Families of rows; the numbers are part of the format and never reused (log_format.h).
enum class Family : uint8_t {
  kMeta = 0,       // format number, realms
  kEvents = 1,     // position -> EventRecord
  kStreams = 2,    // instance, revision -> position and event
  kInstances = 3,  // instance -> InstanceRecord
  kTimers = 4,     // due time, instance, deadline -> nothing
  kRequests = 5,   // request id -> RequestRecord
  kTree = 6,       // level, index -> hash (RFC 6962)
  kRows = 7,       // projection, key -> row; projection -> its position
};
inline constexpr int kFamilies = 8;

// Rows to be written together. Deletes have no value.
struct Row {
  Family family;
  std::string key;
  std::optional<std::string> value;
};

struct Append {
  uint32_t realm = 0;         // number of the realm
  int64_t expected_next = 0;  // CONFLICT (ABORTED) if the realm's next position is another
  // Serialized EventRecords, for expected_next and the positions after; the caller keeps them until
  // the write is done.
  std::vector<std::string_view> events;
};

// A consistent view of the rows at one moment. Any thread may use it.
class View {
 public:
  virtual ~View() = default;
  // nullopt if there is no such row. DATA_LOSS if it cannot be read as it was written.
  virtual absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                         std::string_view key) const = 0;
  // Calls `visit` for rows from `from` on while the key begins with `prefix`, in key order, until
  // it answers false.
  virtual absl::Status Scan(
      Family family, std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
};

class Journal {
 public:
  virtual ~Journal() = default;

  // Writes events and rows in one atomic batch and syncs it. Errors: ABORTED (another writer was
  // there: nothing is written), RESOURCE_EXHAUSTED (disk full: nothing is written), DATA_LOSS,
  // INTERNAL.
  virtual absl::Status Write(const std::vector<Append>& appends, const std::vector<Row>& rows) = 0;
  // Writes rows of projections; atomic, durable with the next Write.
  virtual absl::Status WriteRows(const std::vector<Row>& rows) = 0;
  // Next position of a realm; 0 for a new one.
  virtual int64_t Next(uint32_t realm) const = 0;
  // Serialized events from `from` on, at most `limit`, checked against their chain.
  virtual absl::StatusOr<std::vector<std::string>> Read(uint32_t realm, int64_t from,
                                                        size_t limit) const = 0;
  virtual std::unique_ptr<View> Snapshot() const = 0;

  // Free bytes where it is kept; a very large number in memory.
  virtual uint64_t FreeBytes() const = 0;
  // Tries to go on after a full disk.
  virtual absl::Status Resume() = 0;
  // A consistent copy into an empty folder; UNIMPLEMENTED in memory.
  virtual absl::Status Backup(const std::string& folder) = 0;
  // Checks every stored block's checksum. CANCELLED once `go_on`, which is asked before each file,
  // says no; nullptr goes on to the end.
  virtual absl::Status VerifyChecksums(const std::function<bool()>& go_on) const = 0;
  // Named figures for `admin stats` (bytes per family, ...).
  virtual std::map<std::string, uint64_t> Stats() const = 0;
};

}  // namespace kasundo
