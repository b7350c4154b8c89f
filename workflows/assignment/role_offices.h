// Which office of an assignment an act is about.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::assignments {

// `office` if it is given, or else the office that the caller acts in if it is accountable or
// responsible, or else the accountable one. FAILED_PRECONDITION NOT_ASSIGNED if `office` neither is
// accountable nor responsible on the business date or under the last tenure.
absl::StatusOr<std::string> OfficeInRole(const std::string& office,
                                         const v1::AssignmentState& state, const Context& context);

// Whether an office is accountable or responsible on the business date or under the last tenure,
// which may begin later.
bool HasRole(const v1::AssignmentState& state, const std::string& office, const Context& context);

}  // namespace kasundo::assignments
