// What a definition declares of a state, read on a day.
#include "workflows/engine/responsibility_reader.h"

#include "gmock/gmock.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "tests/support/given.h"

namespace kasundo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Parse;
using workflows::v1::ResponsibilityRule;

template <typename State>
std::vector<ResponsibilityReader::Row> Read(const std::string& rule, const std::string& state,
                                            const CivilDate& day) {
  const auto parsed = Parse<ResponsibilityRule>("role: 'does it' " + rule);
  std::vector<ResponsibilityReader::Problem> problems;
  const ResponsibilityReader reader(parsed, State::descriptor(), &problems);
  EXPECT_TRUE(problems.empty()) << problems.front().where << problems.front().status;
  return reader.Read(Parse<State>(state), day, "realms/test/things/it");
}

std::vector<std::string> Wrong(const std::string& rule) {
  const auto parsed = Parse<ResponsibilityRule>(rule);
  std::vector<ResponsibilityReader::Problem> problems;
  const ResponsibilityReader reader(parsed, assignments::v1::AssignmentState::descriptor(),
                                    &problems);
  std::vector<std::string> where;
  for (const auto& problem : problems) where.push_back(problem.where);
  return where;
}

constexpr char kTenures[] =
    "tenures { since { year: 2010 } until { year: 2011 } offices { accountable: 'a' responsible: "
    "'b' responsible: 'c' } } tenures { since { year: 2012 } offices { accountable: 'b' } } ";

TEST(ResponsibilityReader, ReadsListsAsTheyHoldOnTheDay) {
  const std::string rule =
      "accountable { path: 'tenures.offices.accountable' } responsible { path: "
      "'tenures.offices.responsible' } title: 'mandate' title: 'title' topics: 'function' topics: "
      "'name' subject: 'subject'";
  const std::string state =
      std::string(kTenures) + "title: 'Desk' function: 'serve' subject: 'realms/test/plans/p'";
  const auto before = Read<assignments::v1::AssignmentState>(rule, state, MakeDate(2011, 6));
  ASSERT_EQ(before.size(), 1U);
  EXPECT_THAT(before[0].accountable, ElementsAre("a"));
  EXPECT_THAT(before[0].responsible, ElementsAre("b", "c"));
  EXPECT_EQ(before[0].title, "Desk");
  EXPECT_THAT(before[0].topics, ElementsAre("serve", "realms/test/things/it"));
  EXPECT_EQ(before[0].subject, "realms/test/plans/p");
  EXPECT_EQ(before[0].item, "");
  const auto after = Read<assignments::v1::AssignmentState>(rule, state, MakeDate(2012, 6));
  EXPECT_THAT(after[0].accountable, ElementsAre("b"));
  EXPECT_THAT(after[0].responsible, IsEmpty());
}

TEST(ResponsibilityReader, MakesARowOfEachElementOnTheDaysThatItHolds) {
  const auto rows = Read<assignments::v1::AssignmentState>(
      "each: 'promises' responsible { path: 'office' } title: 'text' since: 'made_on' topics: "
      "'function' unless { key: 'kept_on' value: '*' }",
      "function: 'serve' promises { id: 'p1' office: 'a' text: 'one' made_on { year: 2012 } } "
      "promises { id: 'p2' office: 'a' text: 'two' made_on { year: 2010 } kept_on { year: 2011 } } "
      "promises { id: 'p3' office: 'b' text: 'three' made_on { year: 2015 } }",
      MakeDate(2012, 3));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].item, "p1");
  EXPECT_EQ(rows[0].title, "one");
  EXPECT_THAT(rows[0].responsible, ElementsAre("a"));
  EXPECT_THAT(rows[0].topics, ElementsAre("serve"));  // of the state: the element has no such field
}

TEST(ResponsibilityReader, NumbersElementsWithoutAnId) {
  const auto rows = Read<assignments::v1::AssignmentState>(
      "each: 'tenures' accountable { path: 'offices.accountable' }", kTenures, MakeDate(2013));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].item, "2");
  EXPECT_EQ(rows[0].title, "it");
}

TEST(ResponsibilityReader, TakesOnlyWhatHasTheValuesAskedFor) {
  const std::string state = "nature: FUNCTION_NATURE_OVERSIGHT title: 'x'";
  const auto count = [&](const std::string& rule) {
    return Read<assignments::v1::AssignmentState>(rule, state, MakeDate(2013)).size();
  };
  EXPECT_EQ(count("where { key: 'nature' value: 'oversight' }"), 1U);
  EXPECT_EQ(count("where { key: 'nature' value: 'delivery' }"), 0U);
  EXPECT_EQ(count("where { key: 'subject' value: '' }"), 1U);
  EXPECT_EQ(count("where { key: 'subject' value: '*' }"), 0U);
  EXPECT_EQ(count("unless { key: 'nature' value: 'oversight' }"), 0U);
  EXPECT_EQ(count("unless { key: 'nature' value: 'delivery' }"), 1U);
}

TEST(ResponsibilityReader, LooksUpWhatIsGivenByItsIdInAnotherList) {
  const std::string rule =
      "accountable { path: 'officers.office' where { key: 'position' value: 'chair' } } "
      "accountable { path: 'officers.seat_id' where { key: 'position' value: 'chair' } among: "
      "'seats' take: 'organisation' take: 'category' }";
  const std::string state =
      "seats { id: 'neda' organisation: 'realms/test/organisations/neda' } seats { id: 'families' "
      "category: 'families of migrants' } officers { position: OFFICER_POSITION_CHAIR seat_id: "
      "'families' since { year: 2013 } } officers { position: OFFICER_POSITION_CHAIR seat_id: "
      "'neda' until { year: 2012 } } officers { position: OFFICER_POSITION_VICE_CHAIR office: 'v' "
      "}";
  EXPECT_THAT(Read<committees::v1::CommitteeState>(rule, state, MakeDate(2012))[0].accountable,
              ElementsAre("realms/test/organisations/neda"));
  EXPECT_THAT(Read<committees::v1::CommitteeState>(rule, state, MakeDate(2014))[0].accountable,
              ElementsAre("families of migrants"));
}

TEST(ResponsibilityReader, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(Wrong("each: 'title'"), ElementsAre("each"));
  EXPECT_THAT(Wrong("each: 'promise'"), ElementsAre("each"));
  EXPECT_THAT(Wrong("accountable { path: 'tenures.office' } responsible { path: 'until' }"),
              ElementsAre("accountable[0].path", "responsible[0].path"));
  EXPECT_THAT(Wrong("title: 'tenures' topics: 'x' since: 'title'"),
              ElementsAre("title[0]", "topics[0]", "since"));
  EXPECT_THAT(Wrong("informed { path: 'function' among: 'title' }"),
              ElementsAre("informed[0].among"));
  EXPECT_THAT(Wrong("informed { path: 'function' among: 'promises' take: 'x' take: 'made_on' }"),
              ElementsAre("informed[0].take[0]"));
  EXPECT_THAT(
      Wrong("where { key: 'x' value: 'y' } consulted { path: 'function' where { key: 'z' } }"),
      ElementsAre("consulted[0].where", "where"));
}

}  // namespace
}  // namespace kasundo
