// Statutory gates: what the law wants done a number of days before a milestone. They are parameters
// of the definition, so that a realm changes them without a rebuild:
//
//   parameters:
//     gate.embassy-coordination.title: Coordination with the embassy
//     gate.embassy-coordination.who: Department of Foreign Affairs
//     gate.embassy-coordination.days: "7"
//     gate.embassy-coordination.before: signing      # or entry-into-force
//
// A clearance (ClearGate) must be dated at least so many days before. The latest day to begin is
// computed back from the date of the milestone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "kasundo/agreements/v1/agreements_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

inline constexpr std::string_view kBeforeSigning = "signing";
inline constexpr std::string_view kBeforeForce = "entry-into-force";

struct StatutoryGate {
  std::string id;
  std::string title;
  std::string who;
  int64_t days = 0;
  std::string before;

  // The last day on which it can be cleared for a milestone on that day.
  absl::CivilDay LatestFor(const CivilDate& milestone) const { return First(milestone) - days; }
};

// The gates of the definition by id.
std::vector<StatutoryGate> GatesOf(const Context& context);

// The clearance of a gate; nullptr if it was not cleared.
const v1::GateClearance* ClearanceOf(const v1::AgreementState& state, std::string_view gate_id);

// Whether every gate before the milestone was, or can still be, cleared in time for that day.
// FAILED_PRECONDITION GATE_TOO_LATE: names each gate, who it is asked of, its days and the latest
// day.
absl::Status CheckGatesReachable(const v1::AgreementState& state, std::string_view milestone,
                                 const CivilDate& day, const Context& context);

// Whether every gate before the milestone was cleared in time for that day. FAILED_PRECONDITION
// GATE_NOT_CLEARED, GATE_TOO_LATE.
absl::Status CheckGatesCleared(const v1::AgreementState& state, std::string_view milestone,
                               const CivilDate& day, const Context& context);

}  // namespace kasundo::agreements
