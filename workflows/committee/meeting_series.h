// Meetings of a year planned from a cadence (requirement 13). Pure calendar work.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "kasundo/committees/v1/committees.pb.h"

namespace kasundo::committees {

// INVALID_ARGUMENT CADENCE_INVALID if no calendar could follow the cadence.
absl::Status CheckCadence(std::string_view field, const v1::Cadence& cadence);

// The meetings of a year, by date. REQUIRES: CheckCadence() is OK and cadence.period() is set.
std::vector<v1::PlannedMeeting> PlanMeetings(const v1::Cadence& cadence, int year);

}  // namespace kasundo::committees
