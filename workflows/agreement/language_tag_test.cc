#include "workflows/agreement/language_tag.h"

#include "gtest/gtest.h"
#include "workflows/engine/refusal.h"

namespace kasundo::agreements {
namespace {

TEST(LanguageTag, IsKeptInItsCanonicalForm) {
  EXPECT_EQ(*CanonicalLanguage("it"), "it");
  EXPECT_EQ(*CanonicalLanguage("IT"), "it");
  EXPECT_EQ(*CanonicalLanguage("fil"), "fil");
  EXPECT_EQ(*CanonicalLanguage("zh-hant"), "zh-Hant");
  EXPECT_EQ(*CanonicalLanguage("es-hn"), "es-HN");
}

TEST(LanguageTag, IsRefusedWhenItIsNone) {
  for (const char* tag : {"", "italian language", "i", "en_US!", "und", "-", "en-"}) {
    const auto language = CanonicalLanguage(tag);
    ASSERT_FALSE(language.ok()) << tag;
    EXPECT_EQ(ReasonOf(language.status()), "LANGUAGE_INVALID") << tag;
  }
}

TEST(LanguageTag, HasANameForPeople) {
  EXPECT_EQ(LanguageName("it"), "Italian");
  EXPECT_EQ(LanguageName("fil"), "Filipino");
}

}  // namespace
}  // namespace kasundo::agreements
