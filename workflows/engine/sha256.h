// SHA-256, the one hash of Kasundo: of stored events, of request contents, of the texts that
// signatures are bound to.
#pragma once

#include <string>
#include <string_view>

namespace kasundo {

// The 32 bytes of the hash of all parts, one after another as if they were one string.
std::string Sha256(std::string_view bytes, std::string_view more = {}, std::string_view last = {});

}  // namespace kasundo
