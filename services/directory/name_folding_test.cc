#include "services/directory/name_folding.h"

#include "gtest/gtest.h"

namespace kasundo::directory {
namespace {

TEST(FoldName, KnowsNoCaseNoAccentsAndNoPunctuation) {
  EXPECT_EQ(FoldName("Perquín"), "perquin");
  EXPECT_EQ(FoldName("SÉDHIOU"), "sedhiou");
  EXPECT_EQ(FoldName("Calabarzon (Region IV-A)"), "calabarzon region iv a");
  EXPECT_EQ(FoldName("Côte d'Ivoire"), "cote divoire");
  EXPECT_EQ(FoldName("  Biñan  "), "binan");
}

TEST(FoldName, ReadsOtherScripts) {
  EXPECT_EQ(FoldName("Αθήνα"), "athena");
  EXPECT_EQ(FoldName("Москва"), FoldName("Moskva"));
}

TEST(FoldName, KeepsScriptsThatHaveNoTransliteration) {
  EXPECT_FALSE(FoldName("ⴰⵎⵎⵍⵏ").empty());
  EXPECT_EQ(FoldName("ⴰⵎⵎⵍⵏ"), FoldName(" ⴰⵎⵎⵍⵏ!"));
}

TEST(FoldName, LeavesNothingOfPunctuationAlone) { EXPECT_EQ(FoldName(" -.- "), ""); }

}  // namespace
}  // namespace kasundo::directory
