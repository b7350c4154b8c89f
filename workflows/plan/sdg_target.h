// The targets of the Sustainable Development Goals: a controlled list (requirement 114).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kasundo::plans {

// The official spelling of a target ("10.7", "11.a") for any spelling in use ("11A", "11.A",
// "16b"); nothing if there is no such target.
std::optional<std::string> CanonicalSdgTarget(std::string_view text);

}  // namespace kasundo::plans
