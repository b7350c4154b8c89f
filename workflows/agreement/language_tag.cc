#include "workflows/agreement/language_tag.h"

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <array>

#include "fmt/format.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo::agreements {
namespace {

using Buffer = std::array<char, ULOC_FULLNAME_CAPACITY>;

// ICU's own name of the language; "" if the tag is not well-formed.
std::string LocaleOf(std::string_view tag) {
  const std::string text(tag);
  Buffer locale{};
  int32_t parsed = 0;
  UErrorCode error = U_ZERO_ERROR;
  uloc_forLanguageTag(text.c_str(), locale.data(), static_cast<int32_t>(locale.size()), &parsed,
                      &error);
  const bool whole = U_SUCCESS(error) && error != U_STRING_NOT_TERMINATED_WARNING &&
                     parsed == static_cast<int32_t>(text.size());
  return whole ? locale.data() : "";
}

}  // namespace

absl::StatusOr<std::string> CanonicalLanguage(std::string_view tag) {
  const std::string locale = LocaleOf(tag);
  Buffer canonical{};
  UErrorCode error = U_ZERO_ERROR;
  if (!locale.empty()) {
    uloc_toLanguageTag(locale.c_str(), canonical.data(), static_cast<int32_t>(canonical.size()),
                       /*strict=*/1, &error);
  }
  if (locale.empty() || U_FAILURE(error) ||
      std::string_view(canonical.data()).substr(0, 3) == "und") {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_LANGUAGE_INVALID,
                  fmt::format("\"{}\" is not a tag of a language", tag))
        .Field("language")
        .Mend("Write for example en, it, fil, es or zh-Hant.");
  }
  return std::string(canonical.data());
}

std::string LanguageName(std::string_view tag) {
  const std::string locale = LocaleOf(tag);
  if (locale.empty()) return std::string(tag);
  icu::UnicodeString name;
  icu::Locale(locale.c_str()).getDisplayName(icu::Locale::getEnglish(), name);
  std::string text;
  name.toUTF8String(text);
  return text.empty() ? std::string(tag) : text;
}

}  // namespace kasundo::agreements
