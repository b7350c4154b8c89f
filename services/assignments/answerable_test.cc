// "Who was responsible on date X" always has an answer (requirement 51).
#include "services/assignments/answerable.h"

#include "gtest/gtest.h"
#include "tests/support/given.h"

namespace kasundo::assignments {
namespace {

using testing::Parse;

KnownAssignment Known(const std::string& name, const std::string& text) {
  return {name, std::make_shared<const v1::AssignmentState>(
                    Parse<v1::AssignmentState>("function: 'serve' " + text))};
}

std::string Tenure(int year, int until, const std::string& office) {
  return "tenures { since { year: " + std::to_string(year) + " } " +
         (until == 0 ? "" : "until { year: " + std::to_string(until) + " } ") +
         "offices { accountable: '" + office + "' responsible: '" + office + "' } } ";
}

Surroundings World() {
  Surroundings world;
  world.office = [](const std::string& name) {
    return std::make_shared<const directory::v1::OfficeState>(
        Parse<directory::v1::OfficeState>("names { text: 'x' } terms { term_id: 't' person: '" +
                                          name + "-holder' since { year: 2000 } }"));
  };
  world.function = [](const std::string& name) {
    return std::make_shared<const v1::FunctionState>(
        Parse<v1::FunctionState>(name == "serve" ? "keeper_office: 'keeper'" : ""));
  };
  world.territory = [](const std::string& name) {
    return std::make_shared<const directory::v1::TerritoryState>(
        Parse<directory::v1::TerritoryState>(name == "lipa" ? "placements { within: 'batangas' }"
                                                            : ""));
  };
  return world;
}

v1::GetAnswerableResponse Ask(const std::vector<KnownAssignment>& known, const std::string& text) {
  return AnswerableOn(Parse<v1::GetAnswerableRequest>(text), known, World());
}

const std::vector<KnownAssignment>& Province() {
  static const std::vector<KnownAssignment> known = {
      Known("a", "territory: 'batangas' " + Tenure(2010, 2011, "old") + Tenure(2012, 0, "new") +
                     "delegations { office: 'new' delegate: 'ben' since { year: 2013 } }")};
  return known;
}

TEST(AnswerableOn, NamesWhoHadItOnThatDay) {
  auto answer = Ask(Province(), "function: 'serve' territory: 'batangas' on { year: 2011 }");
  ASSERT_EQ(answer.answerable_size(), 1);
  EXPECT_EQ(answer.answerable(0).by(), v1::ANSWERABLE_BY_ASSIGNMENT);
  EXPECT_EQ(answer.answerable(0).accountable().office(), "old");
  EXPECT_EQ(answer.answerable(0).accountable().person(), "old-holder");
  EXPECT_FALSE(answer.nobody());
  answer = Ask(Province(), "function: 'serve' territory: 'batangas' on { year: 2014 }");
  EXPECT_EQ(answer.answerable(0).accountable().office(), "new");
  EXPECT_EQ(answer.answerable(0).accountable().delegates(0), "ben");
}

TEST(AnswerableOn, TurnsToATerritoryAround) {
  const auto answer = Ask(Province(), "function: 'serve' territory: 'lipa' on { year: 2014 }");
  ASSERT_EQ(answer.answerable_size(), 1);
  EXPECT_EQ(answer.answerable(0).by(), v1::ANSWERABLE_BY_WIDER_ASSIGNMENT);
}

TEST(AnswerableOn, PrefersTheNearest) {
  auto known = Province();
  known.push_back(Known("b", "territory: 'lipa' " + Tenure(2010, 0, "city")));
  const auto answer = Ask(known, "function: 'serve' territory: 'lipa' on { year: 2014 }");
  ASSERT_EQ(answer.answerable_size(), 1);
  EXPECT_EQ(answer.answerable(0).assignment(), "b");
}

TEST(AnswerableOn, GivesBothOfAnOverlap) {
  auto known = Province();
  known.push_back(Known("b", "territory: 'batangas' " + Tenure(2010, 0, "other")));
  EXPECT_EQ(
      Ask(known, "function: 'serve' territory: 'batangas' on { year: 2014 }").answerable_size(), 2);
}

TEST(AnswerableOn, FallsBackOnTheKeeperOfTheFunction) {
  const auto answer = Ask(Province(), "function: 'serve' territory: 'laguna' on { year: 2014 }");
  ASSERT_EQ(answer.answerable_size(), 1);
  EXPECT_EQ(answer.answerable(0).by(), v1::ANSWERABLE_BY_KEEPER);
  EXPECT_EQ(answer.answerable(0).accountable().person(), "keeper-holder");
}

TEST(AnswerableOn, SaysWhoWasBeforeAndAfterIfNobodyWas) {
  const std::vector<KnownAssignment> known = {
      Known("a", "subject: 's' " + Tenure(2010, 2010, "first")),
      Known("b", "subject: 's' " + Tenure(2014, 0, "last"))};
  const auto answer = Ask(known, "subject: 's' on { year: 2012 }");
  EXPECT_TRUE(answer.nobody());
  EXPECT_EQ(answer.before().accountable().office(), "first");
  EXPECT_EQ(answer.after().accountable().office(), "last");
  EXPECT_TRUE(Ask(known, "subject: 't' on { year: 2012 }").nobody());
}

TEST(AnswerableOn, TurnsToTheWholeOfAPart) {
  const std::vector<KnownAssignment> known = {
      Known("whole", "subject: 'realms/r/committees/c' " + Tenure(2010, 0, "w")),
      Known("part", "subject: 'realms/r/committees/c' part: 'a' " + Tenure(2010, 0, "p"))};
  const std::string about = "subject: 'realms/r/committees/c' on { year: 2012 } ";
  EXPECT_EQ(Ask(known, about + "part: 'a'").answerable(0).assignment(), "part");
  EXPECT_EQ(Ask(known, about + "part: 'b'").answerable(0).assignment(), "whole");
  const auto beneath = Ask(known, "subject: 'realms/r/committees/c/meetings/m' on { year: 2012 }");
  ASSERT_EQ(beneath.answerable_size(), 1);
  EXPECT_EQ(beneath.answerable(0).assignment(), "whole");
  EXPECT_EQ(beneath.answerable(0).by(), v1::ANSWERABLE_BY_WIDER_ASSIGNMENT);
}

}  // namespace
}  // namespace kasundo::assignments
