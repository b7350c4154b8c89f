// Checks of what an item or its change says, whether it comes alone or with a whole tree.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "kasundo/plans/v1/plan_items.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"

namespace kasundo::plans {

// INVALID_ARGUMENT FIGURE_INVALID, DATE_OUT_OF_ORDER: percentages from 0 to 100 that never fall, on
// days one after the other.
absl::Status CheckSchedule(std::string_view field,
                           const google::protobuf::RepeatedPtrField<v1::TargetPoint>& schedule);

// INVALID_ARGUMENT ID_INVALID, FIGURE_INVALID; ALREADY_EXISTS ALREADY_THERE.
absl::Status CheckIndicators(std::string_view field,
                             const google::protobuf::RepeatedPtrField<v1::Indicator>& indicators);

// Rewrites each in its official spelling. INVALID_ARGUMENT SDG_TARGET_UNKNOWN.
absl::Status NormaliseSdgTargets(std::string_view field,
                                 google::protobuf::RepeatedPtrField<std::string>& targets);

// INVALID_ARGUMENT OFFICIAL_LINE_INCOMPLETE.
absl::Status CheckOfficialLine(std::string_view field, const v1::OfficialLine& line);

// Everything that can be said against a new item of a tree with this currency; normalises its SDG
// targets and converted amount.
absl::Status CheckNewItem(const v1::PlanTree& tree, std::string_view currency, v1::PlanItem& item);

// Requirement 59: in a revision that a study led to, each change names one of its findings;
// elsewhere a finding that is named must be there. INVALID_ARGUMENT FINDING_MISSING.
absl::Status CheckFinding(const v1::PlanState& state, const std::string& finding);

}  // namespace kasundo::plans
