// Proof that what is derived is what the events say: replays a realm's journal through the same
// Evolve and compares instances, streams, deadlines, request ids and tree nodes with what is
// stored, byte for byte.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "workflows/engine/definition_store.h"
#include "workflows/engine/journal.h"
#include "workflows/engine/kind.h"

namespace kasundo {

// Called every few thousand events, and, with `position` at `end`, every few thousand rows that are
// then compared with them. False gives up: the answer is then CANCELLED.
using VerifyProgress = std::function<bool(int64_t position, int64_t end)>;

// OK, or DATA_LOSS (reason STORED_DATA_DAMAGED) with the position or the name at which the first
// difference lies. Memory grows with the number of instances, not of events.
absl::Status VerifyRealm(const View& view, std::string_view realm_name, uint32_t realm, int64_t end,
                         const KindRegistry& kinds, const DefinitionStore& definitions,
                         absl::TimeZone zone, const VerifyProgress& progress);

}  // namespace kasundo
