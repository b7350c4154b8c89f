#include "services/cli/table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kasundo::cli {
namespace {

using ::testing::ElementsAre;

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("cmd"), 3);
  EXPECT_EQ(DisplayWidth("Biñan"), 5);
  EXPECT_EQ(DisplayWidth("会議"), 4);
  EXPECT_EQ(DisplayWidth("n\xcc\x83"), 1);  // n and a combining tilde
  EXPECT_EQ(DisplayWidth("\xff"), 1);
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(Shorten, LeavesWhatFitsAndMarksWhatItCuts) {
  EXPECT_EQ(Shorten("Biñan", 5), "Biñan");
  EXPECT_EQ(Shorten("Biñan", 4), "Biñ…");
  EXPECT_EQ(Shorten("会議室", 4), "会…");
  EXPECT_EQ(Shorten("abc", 0), "");
}

TEST(Wrap, BreaksBetweenWords) {
  EXPECT_THAT(Wrap("call the meeting to order", 10),
              ElementsAre("call the", "meeting to", "order"));
  EXPECT_THAT(Wrap("unbreakablelong word", 5), ElementsAre("unbreakablelong", "word"));
  EXPECT_THAT(Wrap("", 5), ElementsAre());
}

TEST(OneLine, TakesControlCharactersOut) { EXPECT_EQ(OneLine("a\nb\x1b[31m"), "a b [31m"); }

TEST(Table, AlignsColumnsByDisplayWidth) {
  Table table({{"NAME"}, {"TITLE"}});
  table.Add({"biñan", "City"});
  table.Add({"sta-rosa", "City too"});
  EXPECT_EQ(table.Print(0),
            "NAME      TITLE\n"
            "biñan     City\n"
            "sta-rosa  City too\n");
}

TEST(Table, LeavesOutColumnsWithoutContent) {
  Table table({{"NAME"}, {"WHY"}, {"STATE"}});
  table.Add({"cmd", "", "active"});
  EXPECT_EQ(table.Print(0), "NAME  STATE\ncmd   active\n");
}

TEST(Table, ShortensTheWidestColumnToTheTerminal) {
  Table table({{"NAME"}, {"TITLE"}});
  table.Add({"committees/cmd", "Committee on Migration and Development of Region IV-A"});
  EXPECT_EQ(table.Print(40),
            "NAME            TITLE\n"
            "committees/cmd  Committee on Migration …\n");
}

TEST(Table, DropsTheLastColumnsWhenThereIsNoRoom) {
  Table table({{"NAME", 10}, {"TITLE", 10}, {"STATE", 10}});
  table.Add({"committees/cmd", "Committee on Migration", "in-preparation"});
  EXPECT_EQ(table.Print(24), "NAME         TITLE\ncommittees…  Committee …\n");
}

TEST(Table, IsEmptyWithoutRows) { EXPECT_EQ(Table({{"NAME"}}).Print(80), ""); }

}  // namespace
}  // namespace kasundo::cli
