// The number under which a resolution enters the register of its body.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/resolutions.pb.h"

namespace kasundo::committees {

// The number wanted, or the next one of that year by the body's rule if `wanted` has none. A number
// given by hand that has the form of the body's rule takes its place in the sequence, so that it is
// not given again. NUMBER_TAKEN (at `field`) if the register has it.
absl::StatusOr<v1::ResolutionNumber> GiveNumber(const v1::CommitteeState& body,
                                                const v1::ResolutionNumber& wanted, int32_t year,
                                                std::string_view field);

}  // namespace kasundo::committees
