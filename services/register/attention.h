// What continuity finds, recorded where all sides read it: as AttentionCalled in the history of the
// instance, once, on the day on which it is found (requirements 33, 124-127).
//
//   Attention attention(engine);
//   attention.Look();   // now and then: after a start, when offices changed, when a day began
//
// A finding has an identity (what, whom, when, on which instance), from which the request id is
// made; so however often it is found, by whichever process, it is recorded once. History that is
// entered late calls no attention: only today is looked at.
#pragma once

#include <map>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// One thread at a time. `engine` must outlive it.
class Attention {
 public:
  explicit Attention(Engine& engine) : engine_(engine) {}

  // Looks at every realm in which an office changed since the last look, or in which another day
  // began; answers how many findings it recorded that were not known.
  absl::StatusOr<size_t> Look();

 private:
  struct Seen {
    int64_t next = -1;   // position up to which the journal was looked at
    absl::CivilDay day;  // of the last full look
  };

  absl::StatusOr<bool> NeedsALook(const std::string& realm, absl::CivilDay today, Seen& seen);
  absl::StatusOr<size_t> LookAt(const std::string& realm);

  Engine& engine_;
  std::map<std::string, Seen> seen_;
  std::set<std::string> known_;  // request ids that have been recorded
};

}  // namespace kasundo
