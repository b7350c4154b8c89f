// Names as they are compared: without case, accents, punctuation and, where it has a Latin
// transliteration, script. "Ouisselsate", "OUISSELSATE" and "Ouissélsate" fold alike (requirement
// 118).
#pragma once

#include <string>
#include <string_view>

namespace kasundo::directory {

// Lower-case words with one space between them; "" if there is no letter and no digit in it. UTF-8.
// Thread-safe.
std::string FoldName(std::string_view name);

}  // namespace kasundo::directory
