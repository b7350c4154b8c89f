// House rules as founding and SetHouseRules check them.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "kasundo/committees/v1/committees.pb.h"

namespace kasundo::committees {

// INVALID_ARGUMENT RULE_INVALID if a quorum, a decision rule, a notice or the form of numbers
// cannot be.
absl::Status CheckHouseRules(std::string_view field, const v1::HouseRules& rules);

}  // namespace kasundo::committees
