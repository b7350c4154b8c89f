// Sums of answers over territories.
#include "workflows/monitoring/rollup_figures.h"

#include "tests/support/given.h"

namespace kasundo::monitoring {
namespace {

using testing::Parse;
using testing::Text;

v1::FigureSums Of(const std::string& answer) { return SumsOf(Parse<v1::Answer>(answer)); }

FigureChange Number(const std::string& number, bool inclusive = false) {
  return {"served", v1::DATA_STAGE_VALIDATED, inclusive, Of("number: '" + number + "'")};
}

TEST(SumsOf, TellsZeroFromNotApplicable) {
  EXPECT_EQ(Text(Of("number: '0.00'")), "answered: 1\nzero: 1\n");
  EXPECT_EQ(Text(Of("not_applicable: true")), "not_applicable: 1\n");
  EXPECT_EQ(Text(Of("number: '2.50'")), "answered: 1\nsum: \"2.5\"\n");
  EXPECT_EQ(Text(Of("choice_of_three: YES_NO_PARTLY_PARTLY")), "answered: 1\npartly: 1\n");
  EXPECT_EQ(Text(Of("text: ''")), "answered: 1\n");
}

TEST(AddSums, TakesAwayWhatItAdded) {
  v1::FigureSums sums = Of("choice: 'peso'");
  const std::string before = Text(sums);
  for (const char* answer : {"choice: 'mswdo'", "number: '0.1'", "number: '-7'"}) {
    AddSums(Of(answer), 1, sums);
  }
  for (const char* answer : {"number: '-7'", "choice: 'mswdo'", "number: '0.1'"}) {
    AddSums(Of(answer), -1, sums);
  }
  EXPECT_EQ(Text(sums), before);
}

// One mistyped number is taken away again, to the last digit.
TEST(AddSums, SurvivesASumThatIsLongerThanANumber) {
  v1::FigureSums sums = Of("number: '5'");
  AddSums(Of("number: '999999999999999999'"), 1, sums);
  EXPECT_EQ(sums.sum(), "1000000000000000004");
  AddSums(Of("number: '7'"), 1, sums);
  AddSums(Of("number: '999999999999999999'"), -1, sums);
  EXPECT_EQ(sums.sum(), "12");
}

TEST(AddSums, KeepsChoicesSorted) {
  v1::FigureSums sums = Of("choice: 'b'");
  AddSums(Of("choice: 'c'"), 1, sums);
  AddSums(Of("choice: 'a'"), 1, sums);
  AddSums(Of("choice: 'b'"), 1, sums);
  ASSERT_EQ(sums.choices_size(), 3);
  EXPECT_EQ(sums.choices(0).choice(), "a");
  EXPECT_EQ(sums.choices(1).count(), 2);
}

TEST(ChangeFigure, LetsAUnitStandForWhatLiesWithinItWhereItsAnswersIncludeThat) {
  v1::RollUpRow row;
  FigureChange within = Number("30", /*inclusive=*/true);
  ChangeFigure(within, /*own=*/false, row);
  EXPECT_EQ(within.sums.sum(), "30");
  FigureChange own = Number("100", /*inclusive=*/true);
  ChangeFigure(own, /*own=*/true, row);
  EXPECT_EQ(own.sums.sum(), "70") << "those around saw 30 and see 100 now";
  FigureChange more = Number("5", /*inclusive=*/true);
  ChangeFigure(more, /*own=*/false, row);
  EXPECT_TRUE(IsNothing(more.sums)) << "it is in the 100";
}

TEST(ChangeFigure, CountsEachUnitThatAnsweredWhateverItsAnswerIncludes) {
  v1::RollUpRow row;
  for (const bool own : {false, false, true}) {
    FigureChange change = Number("30", /*inclusive=*/true);
    change.units_answered = 1;
    ChangeFigure(change, own, row);
    EXPECT_EQ(change.units_answered, 1) << "those around count it, too";
  }
  EXPECT_EQ(EffectiveSums(row.items(0), row.items(0).stages(0)).answered(), 1);
  EXPECT_EQ(row.items(0).stages(0).units_answered(), 3);
}

TEST(ChangeFigure, AddsWhatLiesWithinToEveryOtherItem) {
  v1::RollUpRow row;
  FigureChange within = Number("30");
  ChangeFigure(within, /*own=*/false, row);
  FigureChange own = Number("100");
  ChangeFigure(own, /*own=*/true, row);
  EXPECT_EQ(own.sums.sum(), "100");
  EXPECT_EQ(EffectiveSums(row.items(0), row.items(0).stages(0)).sum(), "130");
}

TEST(DropZeros, LeavesNothingOfWhatWasTakenAway) {
  v1::RollUpRow row;
  FigureChange added = Number("3");
  ChangeFigure(added, true, row);
  ChangeCount("open", 1, row);
  FigureChange taken = Number("3");
  v1::FigureSums minus;
  AddSums(taken.sums, -1, minus);
  taken.sums = minus;
  ChangeFigure(taken, true, row);
  ChangeCount("open", -1, row);
  DropZeros(row);
  EXPECT_EQ(row.ByteSizeLong(), 0U);
}

TEST(AddName, KeepsNamesSortedAndOnce) {
  v1::RollUpRow row;
  for (const char* name : {"b", "a", "c", "b"}) AddName(name, *row.mutable_children());
  ASSERT_EQ(row.children_size(), 3);
  EXPECT_EQ(row.children(0), "a");
  RemoveName("b", *row.mutable_children());
  EXPECT_EQ(row.children_size(), 2);
}

}  // namespace
}  // namespace kasundo::monitoring
