// What the writer is told, and what it tells of each group.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace kasundo {

struct EngineOptions {
  // A database on whose disk less is free refuses commands with RESOURCE_EXHAUSTED. Bytes.
  uint64_t min_free_bytes = 64ull << 20;
  // Most instances kept parsed in memory by the writer.
  size_t instance_cache = 100'000;
  // Most commands in one batch.
  size_t max_group = 1'000;
};

// What the writer did with one group, for metrics. Called on the writer's thread.
struct GroupReport {
  size_t commands = 0;
  size_t refused = 0;
  size_t events = 0;
  size_t bytes = 0;  // of the events
  absl::Duration decide;
  absl::Duration commit;  // of the synced write
};

}  // namespace kasundo
