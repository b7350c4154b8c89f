// Which office of an assignment an act is about.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::assignments {

// `office` if it is given, or else the office that the caller acts in if it is accountable or
// responsible, or else the accountable one. FAILED_PRECONDITION NOT_ASSIGNED if `office` neither is
// accountable nor responsible on the business date or under the last tenure.
absl::StatusOr<std::string> OfficeInRole(const std::string& office,
                                         const v1::AssignmentState& state, const Context& context);

// OK if the caller may speak for the office: it acts in it, or stands above the offices.
// PERMISSION_DENIED NOT_YOURS_TO_SAY: that another office has a part in the same assignment gives
// no say.
absl::Status CheckSpeaksFor(const std::string& office, const Context& context);

// The same, or the caller acts for the organisation to which the office belongs on the business
// date: what an institution records of its own.
absl::Status CheckRecordsFor(const std::string& office, const Context& context);

// The organisation of an office on the business date; "" if it is not known.
std::string OrganisationOfOffice(const std::string& office, const Context& context);

// Whether an office is accountable or responsible on the business date or under the last tenure,
// which may begin later.
bool HasRole(const v1::AssignmentState& state, const std::string& office, const Context& context);

}  // namespace kasundo::assignments
