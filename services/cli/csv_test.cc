#include "services/cli/csv.h"

#include "gtest/gtest.h"

namespace kasundo::cli {
namespace {

TEST(Csv, LeavesPlainCellsAsTheyAre) {
  EXPECT_EQ(CsvCell("Batangas"), "Batangas");
  EXPECT_EQ(CsvCell(""), "");
  EXPECT_EQ(CsvCell("Parañaque; City"), "Parañaque; City");
}

TEST(Csv, QuotesWhatRfc4180AsksFor) {
  EXPECT_EQ(CsvCell("Lipa, Batangas"), "\"Lipa, Batangas\"");
  EXPECT_EQ(CsvCell("the \"desk\""), "\"the \"\"desk\"\"\"");
  EXPECT_EQ(CsvCell("one\ntwo"), "\"one\ntwo\"");
  EXPECT_EQ(CsvCell("one\rtwo"), "\"one\rtwo\"");
  EXPECT_EQ(CsvCell(" padded"), "\" padded\"");
  EXPECT_EQ(CsvCell("padded "), "\"padded \"");
}

TEST(Csv, KeepsSpreadsheetsFromRunningWhatStandsInACell) {
  EXPECT_EQ(CsvCell("=1+1"), "'=1+1");
  EXPECT_EQ(CsvCell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(CsvCell("-5"), "'-5");
  EXPECT_EQ(CsvCell("+63"), "'+63");
  EXPECT_EQ(CsvCell("\t=1"), "'\t=1");
  EXPECT_EQ(CsvCell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(CsvCell("a=b"), "a=b");
}

TEST(Csv, EndsLinesWithCarriageReturnAndLineFeed) {
  EXPECT_EQ(CsvLine({"a", "b,c", ""}), "a,\"b,c\",\r\n");
  EXPECT_EQ(CsvLine({}), "\r\n");
}

}  // namespace
}  // namespace kasundo::cli
