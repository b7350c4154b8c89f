#include "workflows/engine/event_chain.h"

#include "fmt/format.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

// The stored bytes must have the leaf hash that the tree holds for the position.
absl::Status CheckLeaf(const View& view, uint32_t realm, int64_t position, std::string_view bytes) {
  ASSIGN_OR_RETURN(
      const auto leaf,
      view.Get(Family::kTree, log_format::TreeKey(realm, 0, static_cast<uint64_t>(position))));
  if (!leaf.has_value()) return DamagedAt(realm, position, "its leaf hash is missing");
  if (*leaf != LeafHash(bytes))
    return DamagedAt(realm, position, "its bytes do not have its leaf hash");
  return absl::OkStatus();
}

}  // namespace

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

absl::StatusOr<workflows::v1::EventRecord> ReadEvent(const View& view, uint32_t realm,
                                                     int64_t position) {
  ASSIGN_OR_RETURN(const auto bytes,
                   view.Get(Family::kEvents, log_format::EventKey(realm, position)));
  if (!bytes.has_value()) return DamagedAt(realm, position, "it is missing");
  RETURN_IF_ERROR(CheckLeaf(view, realm, position, *bytes));
  workflows::v1::EventRecord record;
  if (!record.ParseFromString(*bytes)) return DamagedAt(realm, position, "it cannot be read");
  return record;
}

}  // namespace kasundo
