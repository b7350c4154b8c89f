// Nobody monitors what they do themselves (requirement 55), over all assignments of a realm:
// decided from the portfolios (portfolio_decider.h) of the offices that are asked, and of the other
// offices that the people hold who hold them.
#pragma once

#include "absl/status/status.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/portfolios.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::assignments {

// What an offer would lay upon its offices, as a claim of the assignment that is decided on.
v1::Claim DutyOf(const v1::AssignmentState& state, const v1::Offer& offer, const Context& context);

// `duty` says what is assigned: function, nature, territory, subject, part, since, until.
// FAILED_PRECONDITION MONITOR_IS_MONITORED; names the other assignment, and the person if it is
// one.
absl::Status CheckSeparation(const v1::Claim& duty, const v1::Offices& offices,
                             const Context& context);

// Whether two claims of opposite sort are about the same thing: one oversees what the other does.
//   - Both have a subject: it is the same, or one lies beneath the other, and so are the parts.
//   - The overseeing one has none: it watches functions (of its glossary entry) in a territory that
//     contains, or lies in, the other's.
bool IsSameItem(const v1::Claim& overseeing, const v1::Claim& doing, const Context& context);

}  // namespace kasundo::assignments
