// Checking that something was decided: a carried motion of a meeting of the same body, or for
// history the document.
#pragma once

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "kasundo/committees/v1/decision_reference.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::committees {

// OK if the decision is a carried motion of a meeting of the body beneath which the instance lies
// and `concerns` says yes to it, or if only a document is given. Else NOT_DECIDED. What a process
// manager sends has been decided.
absl::Status CheckDecided(
    const v1::DecisionReference& decision, const Context& context,
    const std::function<bool(const v1::MeetingState&, const v1::Motion&)>& concerns);

// The same for a decision of any body: what lies elsewhere (a template, a plan) is approved by one.
absl::Status CheckDecidedBy(
    std::string_view body, const v1::DecisionReference& decision, const Context& context,
    const std::function<bool(const v1::MeetingState&, const v1::Motion&)>& concerns);

}  // namespace kasundo::committees
