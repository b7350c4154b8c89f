// Whether what a motion would do to something outside the meeting can be done where that stands:
// asked when the motion is tabled, and again when it is carried.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/committees/v1/meetings.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::committees {

// OK if the matter is open in the meeting's body and stands so that a decision can have this effect
// on it; else MATTER_EFFECT_IMPOSSIBLE at `matter_effect`.
absl::Status CheckMatterEffect(const std::string& matter, v1::MatterEffect effect,
                               const Context& context);

// The recommendation of an earlier meeting of the same body that waits for ratification; else
// RECOMMENDATION_NOT_OPEN at `field`.
absl::StatusOr<const v1::ResolutionState*> FindRecommendation(const std::string& name,
                                                              std::string_view field,
                                                              const Context& context);

}  // namespace kasundo::committees
