// How far a resolution is carried out, counted and said in words and figures.
#pragma once

#include "kasundo/committees/v1/resolutions_events.pb.h"

namespace kasundo::committees {

// "22 of 34 done: 21 of 31 municipalities, 1 of 3 cities". Released addressees are left out of the
// count.
v1::Coverage CoverageOf(const v1::ResolutionState& resolution);

}  // namespace kasundo::committees
