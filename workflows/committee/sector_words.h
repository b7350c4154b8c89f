// What sectors are called in explanations and refusals.
#pragma once

#include <string_view>

#include "kasundo/committees/v1/committees.pb.h"

namespace kasundo::committees {

// "migrants", "local government"; "no sector" if it is not said.
std::string_view InWords(v1::Sector sector);

}  // namespace kasundo::committees
