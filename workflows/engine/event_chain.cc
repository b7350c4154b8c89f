#include "workflows/engine/event_chain.h"

#include <algorithm>

#include "fmt/format.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {

absl::Status DamagedAt(uint32_t realm, int64_t position, std::string_view what) {
  return Refuse(absl::StatusCode::kDataLoss, api::v1::REASON_STORED_DATA_DAMAGED,
                fmt::format("the event at position {} of realm number {} is damaged: {}", position,
                            realm, what))
      .Mend(
          "Stop the server, keep the data folder as it is, and restore the latest backup "
          "elsewhere.")
      .With("position", position)
      .With("realm_number", realm);
}

absl::StatusOr<std::vector<std::string>> ReadEventChain(const View& view, uint32_t realm,
                                                        int64_t from, size_t limit) {
  // Both ranges lie in the order of positions: two scans cost less than a lookup for each event.
  std::vector<std::string> leaves;
  RETURN_IF_ERROR(view.Scan(Family::kTree, log_format::U32(realm).append(1, '\0'),
                            log_format::TreeKey(realm, 0, static_cast<uint64_t>(from)),
                            [&](std::string_view, std::string_view leaf) {
                              if (leaves.size() == limit) return false;
                              leaves.emplace_back(leaf);
                              return true;
                            }));
  std::vector<std::string> events;
  absl::Status status;
  int64_t expected = from;
  RETURN_IF_ERROR(
      view.Scan(Family::kEvents, log_format::U32(realm), log_format::EventKey(realm, from),
                [&](std::string_view key, std::string_view value) {
                  if (events.size() >= limit) return false;
                  const int64_t position = log_format::EventPosition(key);
                  if (position != expected) {
                    status = DamagedAt(realm, expected, "it is missing");
                  } else if (events.size() >= leaves.size()) {
                    status = DamagedAt(realm, position, "its leaf hash is missing");
                  } else if (leaves[events.size()] != LeafHash(value)) {
                    status = DamagedAt(realm, position, "its bytes do not have its leaf hash");
                  }
                  if (!status.ok()) return false;
                  events.emplace_back(value);
                  ++expected;
                  return true;
                }));
  RETURN_IF_ERROR(status);
  if (events.size() < leaves.size()) return DamagedAt(realm, expected, "it is missing");
  return events;
}

absl::Status ScanStream(const View& view, uint32_t realm, std::string_view beneath,
                        int64_t from_revision,
                        const std::function<bool(const workflows::v1::EventRecord&)>& visit) {
  workflows::v1::EventRecord record;  // one for all: its strings keep their memory
  int64_t expected = std::max<int64_t>(from_revision, 1);
  absl::Status status;
  RETURN_IF_ERROR(view.Scan(
      Family::kStreams, log_format::StreamPrefix(realm, beneath),
      log_format::StreamKey(realm, beneath, expected),
      [&](std::string_view key, std::string_view value) {
        const int64_t revision = log_format::StreamRevision(key);
        const auto position = value.size() < sizeof(uint64_t)
                                  ? int64_t{-1}
                                  : static_cast<int64_t>(log_format::GetU64(value));
        if (revision != expected) {
          status = DamagedAt(realm, position,
                             fmt::format("revision {} of {} is missing", expected, beneath));
        } else if (position < 0 ||
                   !record.ParseFromArray(value.data() + sizeof(uint64_t),
                                          static_cast<int>(value.size() - sizeof(uint64_t)))) {
          status = DamagedAt(realm, position, "it cannot be read");
        } else if (record.position() != position || record.revision() != revision) {
          status = DamagedAt(realm, position, "it bears another position or revision");
        }
        ++expected;
        return status.ok() && visit(record);
      }));
  return status;
}

}  // namespace kasundo
