// An overlap of functions, recorded where all sides read it: as AttentionCalled in the history of
// the agreement whose entry is the later one, once (requirement 40). It warns and refuses nothing.
#pragma once

#include <map>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "services/agreements/overlap_index.h"
#include "workflows/engine/engine.h"

namespace kasundo::agreements {

// What `cause` of AttentionCalled says.
inline constexpr char kOverlapCause[] = "FUNCTION_OVERLAP";

// One thread at a time. `engine` must outlive it.
class OverlapAttention {
 public:
  explicit OverlapAttention(Engine& engine) : engine_(engine) {}

  // Looks at every realm in which something happened since the last look; answers how many overlaps
  // it recorded that were not known.
  absl::StatusOr<size_t> Look();

 private:
  absl::StatusOr<size_t> LookAt(const std::string& realm);

  Engine& engine_;
  OverlapIndex index_;
  std::map<std::string, int64_t> seen_;  // position after the last look, by realm
  std::set<std::string> known_;          // request ids that have been recorded
};

}  // namespace kasundo::agreements
