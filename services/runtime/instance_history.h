// The events of one instance, now or as of a point in the past.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// All events from a revision on that count at a point, read page by page: exactly those of which
// the engine makes the instance as of it.
absl::StatusOr<std::vector<workflows::v1::EventRecord>> HistoryOf(
    const Engine& engine, const std::string& instance, int64_t from_revision,
    const std::optional<api::v1::AsOf>& as_of = {});

}  // namespace kasundo
