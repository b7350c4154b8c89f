#include "workflows/directory/term.h"

#include "gmock/gmock.h"
#include "workflows/directory/office_facts.h"

namespace kasundo::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace facts;  // NOLINT(google-build-using-namespace)

CivilDate Day(const std::string& text) { return *ParseCivilDate(text); }

// Requirement 51: "who was responsible on date X" always has an answer.
TEST(HoldingOn, AnswersForEveryDateOfAnOffice) {
  const auto office = State({Created("1990"), Held("ana", "1995-01-01", "2007-06-30"),
                             Held("vilma", "2007-06-30", "2016-06-30"),
                             Held("oic", "2016-07-01", "2016-07-15", "ACTING"), Deputised("dan", 2),
                             Deputised("eva", 1, "2016")});
  EXPECT_EQ(HoldingOn(office, Day("1989-12-31")).holding, v1::HOLDING_NO_OFFICE);
  EXPECT_EQ(HoldingOn(office, Day("1992-01-01")).holding, v1::HOLDING_VACANT);
  EXPECT_EQ(HoldingOn(office, Day("2000-01-01")).person, "realms/test/people/ana");
  EXPECT_EQ(HoldingOn(office, Day("2010-01-01")).person, "realms/test/people/vilma");
  const Holding acting = HoldingOn(office, Day("2016-07-10"));
  EXPECT_EQ(acting.holding, v1::HOLDING_ACTING);
  EXPECT_EQ(acting.person, "realms/test/people/oic");
  EXPECT_EQ(acting.days_vacant, 10);
  const Holding deputy = HoldingOn(office, Day("2016-07-20"));
  EXPECT_EQ(deputy.holding, v1::HOLDING_DEPUTY);
  EXPECT_EQ(deputy.person, "realms/test/people/eva");
  EXPECT_EQ(ToString(deputy.vacant_since), "2016-07-01");
  EXPECT_EQ(deputy.cause, v1::VACANCY_CAUSE_END_OF_TERM);
}

TEST(HoldingOn, TheSuccessorHoldsOnTheDayOfHandingOver) {
  const auto office =
      State({Created(), Held("ana", "2010-06-30", "2013-06-30"), Held("ben", "2013-06-30")});
  EXPECT_EQ(HoldingOn(office, Day("2013-06-30")).person, "realms/test/people/ben");
}

TEST(HoldingOn, SaysWhenTheSourceIsTooCoarse) {
  const auto office = State({Created(), Held("ana", "2007", "2011-06")});
  EXPECT_TRUE(HoldingOn(office, Day("2007-05-01")).uncertain);
  EXPECT_FALSE(HoldingOn(office, Day("2008-05-01")).uncertain);
  EXPECT_TRUE(HoldingOn(office, Day("2011-06-15")).uncertain);
  const Holding after = HoldingOn(office, Day("2011-07-02"));
  EXPECT_EQ(after.holding, v1::HOLDING_VACANT);
  EXPECT_EQ(ToString(after.vacant_since), "2011-06");
  EXPECT_EQ(after.days_vacant, 2);
}

TEST(HoldingOn, CountsAnOfficeThatWasNeverHeldFromItsBeginning) {
  const Holding never = HoldingOn(State({Created("2016-03-01")}), Day("2016-03-18"));
  EXPECT_EQ(never.holding, v1::HOLDING_VACANT);
  EXPECT_EQ(never.days_vacant, 18);
}

TEST(HoldingOn, KnowsThatAClosedOfficeIsGone) {
  const auto office = State({Created(), Held("ana", "2010"),
                             Fact("office_closed { on { year: 2015 } nothing_open: true }")});
  EXPECT_EQ(HoldingOn(office, Day("2015-12-31")).holding, v1::HOLDING_HELD);
  EXPECT_EQ(HoldingOn(office, Day("2016-01-01")).holding, v1::HOLDING_NO_OFFICE);
}

TEST(HoldingOn, DoesNotMindInWhichOrderTermsWereEntered) {
  const auto office =
      State({Created(), Held("ben", "2013-06-30"), Held("ana", "2010-06-30", "2013-06-30")});
  EXPECT_EQ(HoldingOn(office, Day("2012-01-01")).person, "realms/test/people/ana");
  EXPECT_EQ(HoldingOn(office, Day("2014-01-01")).person, "realms/test/people/ben");
}

TEST(CapacityOf, TellsHolderFromThoseWhoStandIn) {
  const auto office = State(
      {Created(), Held("ana", "2010"), Deputised("dan", 1), Fact(R"(delegation_given { delegation {
        delegation_id: 'd' person: 'realms/test/people/eva' scope: 's' since { year: 2016 }
        until { year: 2016 month: 6 } } })")});
  EXPECT_EQ(CapacityOf(office, "realms/test/people/ana", Day("2016-03-18")), Capacity::kHolder);
  EXPECT_EQ(CapacityOf(office, "realms/test/people/dan", Day("2016-03-18")), Capacity::kActing);
  EXPECT_EQ(CapacityOf(office, "realms/test/people/eva", Day("2016-03-18")), Capacity::kActing);
  EXPECT_EQ(CapacityOf(office, "realms/test/people/eva", Day("2016-07-01")), Capacity::kNone);
  EXPECT_EQ(CapacityOf(office, "", Day("2016-03-18")), Capacity::kNone);
}

TEST(TermsCollide, AllowsTheDayOfHandingOverAndCoarseDates) {
  const auto term = [](const std::string& since, const std::string& until) {
    return kasundo::testing::Parse<v1::Term>(Date("since", since) + Date("until", until));
  };
  EXPECT_FALSE(TermsCollide(term("2010-06-30", "2013-06-30"), term("2013-06-30", "")));
  EXPECT_TRUE(TermsCollide(term("2010-06-30", "2013-06-30"), term("2013-06-29", "")));
  EXPECT_TRUE(TermsCollide(term("2010", ""), term("2013", "")));
  EXPECT_FALSE(TermsCollide(term("2007", "2011"), term("2011", "2016")));
  EXPECT_TRUE(TermsCollide(term("2007", "2011"), term("2010", "2016")));
  EXPECT_TRUE(TermsCollide(term("", ""), term("2010", "2016")));
}

// Requirements 44, 45, 49.
TEST(WarningsOn, NameWhatIsMissing) {
  EXPECT_THAT(WarningsOn(State({Created()}), Day("2016-03-18")),
              ElementsAre(v1::WARNING_VACANT, v1::WARNING_NO_DEPUTY, v1::WARNING_NOT_CONFIRMED));
  const auto ready =
      State({Created(), Held("ana", "2010"), Deputised("dan", 1), Fact(R"(reachability_confirmed {
                              confirmation { on { year: 2016 month: 3 day: 1 } }
                              good_until { year: 2016 month: 6 day: 1 } })")});
  EXPECT_THAT(WarningsOn(ready, Day("2016-03-18")), IsEmpty());
  EXPECT_THAT(WarningsOn(ready, Day("2016-06-02")), ElementsAre(v1::WARNING_NOT_CONFIRMED));
  EXPECT_THAT(WarningsOn(State({Created("1990", "UNIT")}), Day("2016-03-18")), IsEmpty());
}

TEST(WarningsOn, NameACriticalOfficeOnATemporaryPost) {
  auto office = State({Created("1990", "TEMPORARY")});
  EXPECT_THAT(WarningsOn(office, Day("2016-03-18")),
              ::testing::Not(::testing::Contains(v1::WARNING_CRITICAL_ON_TEMPORARY_POST)));
  office.mutable_profiles(0)->set_critical(true);
  EXPECT_THAT(WarningsOn(office, Day("2016-03-18")),
              ::testing::Contains(v1::WARNING_CRITICAL_ON_TEMPORARY_POST));
}

}  // namespace
}  // namespace kasundo::directory
