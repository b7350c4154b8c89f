#include "workflows/assignment/tenures.h"

#include "tests/support/given.h"
#include "workflows/assignment/lead_policy.h"
#include "workflows/assignment/role_checks.h"

namespace kasundo::assignments {
namespace {

using testing::Parse;

v1::Tenure From(const std::string& office, int year, int month = 0) {
  v1::Tenure tenure;
  tenure.mutable_offices()->set_accountable(office);
  *tenure.mutable_since() = MakeDate(year, month);
  return tenure;
}

TEST(TenureOn, HasNoGapBetweenTheFirstDayAndTheLast) {
  Tenures tenures;
  EXPECT_EQ(TenureOn(tenures, MakeDate(2011)), nullptr);
  EXPECT_EQ(LastTenure(tenures), nullptr);
  BeginTenure(From("a", 2011, 3), &tenures);
  BeginTenure(From("b", 2012), &tenures);
  EndTenures(MakeDate(2013, 6, 30), &tenures);
  EXPECT_EQ(TenureOn(tenures, MakeDate(2011, 2, 28)), nullptr);
  EXPECT_EQ(TenureOn(tenures, MakeDate(2011, 3, 1))->offices().accountable(), "a");
  EXPECT_EQ(TenureOn(tenures, MakeDate(2011, 12, 31))->offices().accountable(), "a");
  EXPECT_EQ(TenureOn(tenures, MakeDate(2012, 1, 1))->offices().accountable(), "b");
  EXPECT_EQ(TenureOn(tenures, MakeDate(2013, 6, 30))->number(), 2);
  EXPECT_EQ(TenureOn(tenures, MakeDate(2013, 7, 1)), nullptr);
}

TEST(AnswerableOffices, AreTheAccountableOneAndTheResponsibleOnesEachOnce) {
  const auto offices =
      Parse<v1::Offices>("accountable: 'a' responsible: ['b', 'a'] consulted: 'c' informed: 'd'");
  EXPECT_THAT(AnswerableOffices(offices), ::testing::ElementsAre("a", "b"));
  EXPECT_TRUE(IsAnswerable(offices, "b"));
  EXPECT_FALSE(IsAnswerable(offices, "c"));
  EXPECT_FALSE(IsAnswerable({}, ""));
  EXPECT_TRUE(IsInvolved(offices, "c"));
  EXPECT_TRUE(IsInvolved(offices, "d"));
  EXPECT_FALSE(IsInvolved(offices, "e"));
}

TEST(LaterOf, IsTheFirstUnlessItSurelyLiesBefore) {
  EXPECT_EQ(ToString(LaterOf(MakeDate(2011), MakeDate(2011, 6))), "2011");
  EXPECT_EQ(ToString(LaterOf(MakeDate(2010), MakeDate(2011, 6))), "2011-06");
}

TEST(MonthsAfter, EndsWithTheMonth) {
  EXPECT_EQ(ToString(MonthsAfter(MakeDate(2016, 11, 30), 3)), "2017-02-28");
}

TEST(FunctionAmong, IsTheFirstProposedOneThatTheOfficeHasOnThatDay) {
  const auto office = Parse<directory::v1::OfficeState>(
      "profiles { functions: 'records' } profiles { functions: ['b', 'a'] since { year: 2012 } }");
  EXPECT_EQ(FunctionAmong(office, {"a", "b"}, MakeDate(2012)), "a");
  EXPECT_EQ(FunctionAmong(office, {"a", "b"}, MakeDate(2011)), "");
  EXPECT_EQ(FunctionAmong({}, {"a"}, MakeDate(2011)), "");
}

}  // namespace
}  // namespace kasundo::assignments
