// Languages of texts, as BCP 47 tags.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kasundo::agreements {

// The tag in its canonical form: "it", "zh-Hant" of "ZH-hant". INVALID_ARGUMENT, reason
// LANGUAGE_INVALID if it is not well-formed or names no language.
absl::StatusOr<std::string> CanonicalLanguage(std::string_view tag);

// "Italian" of "it", for people; the tag itself where no name is known.
std::string LanguageName(std::string_view tag);

}  // namespace kasundo::agreements
