// Reading events with their chain checked: each record names the leaf hash of the one before it, so
// a changed, missing or exchanged event shows at the next one.
#pragma once

#include <cstdint>
#include <functional>
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

// The events of one instance, by its name beneath the realm, from `from_revision` on (from 1),
// until `visit` answers false. The record is only good for the call. DATA_LOSS with the position if
// one cannot be read or stands in the wrong place, or if the revisions have a gap.
absl::Status ScanStream(const View& view, uint32_t realm, std::string_view beneath,
                        int64_t from_revision,
                        const std::function<bool(const workflows::v1::EventRecord&)>& visit);

// DATA_LOSS, reason STORED_DATA_DAMAGED, at this position.
absl::Status DamagedAt(uint32_t realm, int64_t position, std::string_view what);

}  // namespace kasundo
