// Reading events with their chain checked: each record names the leaf hash of the one before it, so
// a changed, missing or exchanged event shows at the next one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/journal.h"

namespace kasundo {

// Serialized events of a realm from `from` on, at most `limit`. DATA_LOSS with the position if one
// is missing, unreadable, or does not fit the stored leaf hash of the one before it.
absl::StatusOr<std::vector<std::string>> ReadEventChain(const View& view, uint32_t realm,
                                                        int64_t from, size_t limit);

// One event that must be there, checked against its stored leaf hash.
absl::StatusOr<workflows::v1::EventRecord> ReadEvent(const View& view, uint32_t realm,
                                                     int64_t position);

// DATA_LOSS, reason STORED_DATA_DAMAGED, at this position.
absl::Status DamagedAt(uint32_t realm, int64_t position, std::string_view what);

}  // namespace kasundo
