// Golden histories: what instances went through in earlier builds and what those builds made of it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/testing/v1/histories.pb.h"
#include "workflows/engine/engine.h"

namespace kasundo::testing {

// Replays the events through the kind's Evolve and compares the state with the recorded one byte
// for byte. DATA_LOSS with both as text if they differ; NOT_FOUND if this build does not know the
// kind or a stored message type.
absl::Status Replay(const KindRegistry& kinds, const v1::GoldenHistory& history);

// What an instance went through until now.
absl::StatusOr<v1::GoldenHistory> HistoryOf(const Engine& engine, const std::string& instance);

// As a file: every event with its fact in words before it. `kinds` knows the types.
std::string ToText(const KindRegistry& kinds, const v1::GoldenHistory& history);

absl::StatusOr<v1::GoldenHistory> ReadHistory(const std::string& path);

}  // namespace kasundo::testing
