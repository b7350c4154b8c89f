// The known name that somebody who wrote an unknown one most likely meant: for the mends of errors.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace kasundo {

// The candidate with the fewest edits from `name`, ignoring case, hyphens and underscores; "" if
// none is near (more than a third of the name's letters differ).
std::string NearestName(std::string_view name, std::span<const std::string> candidates);

// A mend that names the nearest candidate ("Did you mean \"draft\"?"), or, if none is near, what
// there is
// ("Known states: draft, in-force."); at most `most` candidates are listed. `plural` is "states",
// "events"...
std::string SuggestName(std::string_view name, std::span<const std::string> candidates,
                        std::string_view plural, size_t most = 12);

}  // namespace kasundo
