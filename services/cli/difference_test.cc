#include "services/cli/difference.h"

#include "gtest/gtest.h"

namespace kasundo::cli {
namespace {

TEST(Difference, IsEmptyForTheSameText) {
  EXPECT_EQ(Difference("a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(Difference("", ""), "");
}

TEST(Difference, MarksLinesThatCameAndWent) {
  EXPECT_EQ(Difference("a\nb\nc\n", "a\nx\nc\n"), "  a\n- b\n+ x\n  c\n");
  EXPECT_EQ(Difference("", "a\nb\n"), "+ a\n+ b\n");
  EXPECT_EQ(Difference("a\n", ""), "- a\n");
}

TEST(Difference, FindsAnInsertionInTheMiddleOfRepetition) {
  EXPECT_EQ(Difference("s\ns\ns\n", "s\ns\nt\ns\n", 1), "  ...\n  s\n+ t\n  s\n");
}

TEST(Difference, LeavesOutWhatIsFarFromAChange) {
  EXPECT_EQ(Difference("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\n6\n7\n8\n", 1),
            "  ...\n  4\n- 5\n+ x\n  6\n  ...\n");
}

TEST(Difference, TakesALastLineWithoutABreak) { EXPECT_EQ(Difference("a", "b"), "- a\n+ b\n"); }

}  // namespace
}  // namespace kasundo::cli
