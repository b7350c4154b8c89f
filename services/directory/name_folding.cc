#include "services/directory/name_folding.h"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>
#include <mutex>

#include "workflows/engine/check.h"

namespace kasundo::directory {
namespace {

constexpr char kRules[] = "Any-Latin; Latin-ASCII; NFD; [:Nonspacing Mark:] Remove; NFC; Any-Lower";

// ICU says of a transliterator only that it may be used by one thread at a time.
icu::UnicodeString Transliterate(icu::UnicodeString text) {
  static std::mutex mutex;
  static const std::unique_ptr<icu::Transliterator> transliterator = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance(kRules, UTRANS_FORWARD, error));
    KASUNDO_CHECK(U_SUCCESS(error));
    return made;
  }();
  std::lock_guard lock(mutex);
  transliterator->transliterate(text);
  return text;
}

}  // namespace

std::string FoldName(std::string_view name) {
  const icu::UnicodeString text = Transliterate(icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<int32_t>(name.size()))));
  icu::UnicodeString folded;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    // "D'Ivoire" is one word; a hyphen parts two.
    if (c == '\'') continue;
    if (u_isalnum(c)) {
      folded.append(c);
    } else if (!folded.isEmpty() && !folded.endsWith(' ')) {
      folded.append(static_cast<UChar>(' '));
    }
  }
  folded.trim();
  std::string utf8;
  return folded.toUTF8String(utf8);
}

}  // namespace kasundo::directory
