// The difference of two texts, line by line.
#pragma once

#include <string>
#include <string_view>

namespace kasundo::cli {

// Lines that only `before` has begin with "- ", lines that only `after` has with "+ ", lines that
// both have with two spaces; of these at most `context` stand around each change, and "  ..." for
// those left out. "" if the texts are the same.
std::string Difference(std::string_view before, std::string_view after, int context = 2);

}  // namespace kasundo::cli
