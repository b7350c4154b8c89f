#include "workflows/directory/dated.h"

#include "gtest/gtest.h"
#include "kasundo/directory/v1/names.pb.h"

namespace kasundo::directory {
namespace {

using Names = google::protobuf::RepeatedPtrField<v1::DatedName>;

v1::DatedName Name(const std::string& text, const std::string& since) {
  v1::DatedName name;
  name.set_text(text);
  if (!since.empty()) *name.mutable_since() = *ParseCivilDate(since);
  return name;
}

TEST(Dated, EachFactLastsUntilTheDayBeforeTheNext) {
  Names names;
  InsertDated(&names, Name("NEDA", "1972"));
  InsertDated(&names, Name("DEPDev", "2025-04-10"));
  EXPECT_EQ(ToString(names[0].until()), "2025-04-09");
  EXPECT_FALSE(names[1].has_until());
  EXPECT_EQ(DatedOn(names, MakeDate(2025, 4, 9))->text(), "NEDA");
  EXPECT_EQ(DatedOn(names, MakeDate(2025, 4, 10))->text(), "DEPDev");
}

TEST(Dated, AFactThatIsEnteredLateFallsBetweenTheOthers) {
  Names names;
  InsertDated(&names, Name("first", ""));
  InsertDated(&names, Name("third", "2013"));
  InsertDated(&names, Name("second", "2010-06"));
  EXPECT_EQ(names[1].text(), "second");
  EXPECT_EQ(ToString(names[0].until()), "2010-05");
  EXPECT_EQ(ToString(names[1].until()), "2012");
}

TEST(Dated, NothingHeldBeforeTheFirstFactBegan) {
  Names names;
  InsertDated(&names, Name("NEDA", "1972"));
  EXPECT_EQ(DatedOn(names, MakeDate(1971, 12, 31)), nullptr);
  EXPECT_EQ(DatedOnOrFirst(names, MakeDate(1971, 12, 31))->text(), "NEDA");
}

TEST(Dated, TheEndKeepsThePrecisionOfTheBeginning) {
  EXPECT_EQ(ToString(EndBefore(MakeDate(2011))), "2010");
  EXPECT_EQ(ToString(EndBefore(MakeDate(2011, 1))), "2010-12");
  EXPECT_EQ(ToString(EndBefore(MakeDate(2012, 3, 1))), "2012-02-29");
  EXPECT_EQ(ToString(StartAfter(MakeDate(2011, 6))), "2011-06");
  EXPECT_EQ(ToString(StartAfter(MakeDate(2011, 6, 30))), "2011-07-01");
}

}  // namespace
}  // namespace kasundo::directory
