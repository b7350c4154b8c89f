#include "workflows/continuity/offices.h"

#include "gmock/gmock.h"
#include "tests/support/pact.h"

namespace kasundo::continuity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace dv1 = directory::v1;

// "person:CAPACITY" of everybody who can act, in order.
std::vector<std::string> Carriers(const v1::OfficeCover& cover) {
  std::vector<std::string> words;
  for (const v1::Carrier& carrier : cover.carriers()) {
    words.push_back(std::string(IdOf(carrier.person())) + ":" +
                    v1::Capacity_Name(carrier.capacity()).substr(sizeof("CAPACITY")));
  }
  return words;
}

v1::OfficeCover CoverOf(const dv1::OfficeState& state, const CivilDate& day) {
  OfficeRegister offices(day);
  offices.Add(Office("o"), state);
  const KnownOffice* known = offices.Find(Office("o"));
  return known == nullptr ? v1::OfficeCover() : known->cover;
}

TEST(OfficeRegister, NamesThoseWhoCanActInOrder) {
  const auto state =
      OfficeOf("batangas", Held("governor", 2007, 2013) + Deputy("second", 2) + Deputy("first", 1) +
                               "delegations { person: 'realms/test/people/envoy' scope: 'in Rome' "
                               "until { year: 2011 month: 12 } }");
  const v1::OfficeCover cover = CoverOf(state, MakeDate(2011, 5, 1));
  EXPECT_THAT(Carriers(cover),
              ElementsAre("governor:HOLDER", "first:DEPUTY", "second:DEPUTY", "envoy:DELEGATE"));
  EXPECT_EQ(cover.organisation(), Organisation("batangas"));
  EXPECT_EQ(ToString(cover.carriers(0).until()), "2013");
  EXPECT_EQ(cover.carriers(2).rank(), 2);
  EXPECT_EQ(cover.carriers(3).scope(), "in Rome");
  EXPECT_FALSE(cover.vacant());
  EXPECT_THAT(Carriers(CoverOf(state, MakeDate(2012, 1, 1))),
              ElementsAre("governor:HOLDER", "first:DEPUTY", "second:DEPUTY"));
}

TEST(OfficeRegister, CountsAPersonOnceInTheFirstCapacity) {
  const auto state = OfficeOf("x", Held("ana") + Deputy("ana") + Deputy("ben", 2));
  EXPECT_THAT(Carriers(CoverOf(state, MakeDate(2011))), ElementsAre("ana:HOLDER", "ben:DEPUTY"));
}

TEST(OfficeRegister, SaysSinceWhenAndWhyAnOfficeIsVacant) {
  const auto state =
      OfficeOf("x",
               "terms { person: 'realms/test/people/melo' since { year: 2001 } until { year: 2011 "
               "month: 6 day: 10 } ended_by: VACANCY_CAUSE_DEATH } " +
                   Deputy("ana"));
  const v1::OfficeCover cover = CoverOf(state, MakeDate(2011, 7, 1));
  EXPECT_TRUE(cover.vacant());
  EXPECT_EQ(ToString(cover.vacant_since()), "2011-06-11");
  EXPECT_EQ(cover.vacancy_cause(), dv1::VACANCY_CAUSE_DEATH);
  EXPECT_THAT(Carriers(cover), ElementsAre("ana:DEPUTY"));
}

TEST(OfficeRegister, TakesAUnitWithoutARecordedHolderForManyPosts) {
  const auto unit = OfficeOf("x", "profiles { post: POST_KIND_UNIT }");
  EXPECT_TRUE(CoverOf(unit, MakeDate(2011)).unit());
  EXPECT_FALSE(CoverOf(unit, MakeDate(2011)).vacant());
  const auto led = OfficeOf("x", "profiles { post: POST_KIND_UNIT } " + Held("ana"));
  EXPECT_FALSE(CoverOf(led, MakeDate(2011)).unit());
}

TEST(OfficeRegister, LeavesOutWhatDidNotExistOnTheDay) {
  const auto state =
      OfficeOf("x", "names { text: 'o' since { year: 2005 } } closed_on { year: 2010 }");
  OfficeRegister offices(MakeDate(2011));
  offices.Add(Office("closed"), state);
  EXPECT_THAT(offices.all(), IsEmpty());
  EXPECT_EQ(offices.Find(Office("closed")), nullptr);
}

// --- without hindsight ---

OfficeFact Fact(const std::string& event, const std::string& record = "") {
  auto known = testing::Parse<workflows::v1::EventRecord>(record);
  if (!known.has_recorded_time()) {
    known.mutable_recorded_time()->set_seconds(1458288000);  // 18 March 2016
  }
  return {known, testing::Parse<dv1::OfficeEvent>(event)};
}

std::vector<OfficeFact> HistoryOfMelo() {
  return {
      Fact("office_created { name { text: 'PPDO' } home { organisation: 'o' } }"),
      Fact("term_begun { term { term_id: 't' person: 'realms/test/people/melo' since { year: 2001 "
           "} } }"),
      Fact("term_ended { term_id: 't' person: 'realms/test/people/melo' until { year: 2011 month: "
           "6 day: 10 } cause: VACANCY_CAUSE_DEATH }"),
      Fact("office_vacated { vacancy { since { year: 2011 month: 6 day: 11 } } }"),
  };
}

const absl::TimeZone kUtc = absl::UTCTimeZone();

// He died in June. In May nobody knew, whenever it was entered.
TEST(WithoutHindsight, KnowsNoDeathBeforeItHappened) {
  const auto in_may = WithoutHindsight(HistoryOfMelo(), MakeDate(2011, 5, 1), kUtc);
  ASSERT_TRUE(in_may.has_value());
  EXPECT_FALSE(in_may->terms(0).has_until());
  EXPECT_THAT(in_may->vacancies(), IsEmpty());
  const auto in_july = WithoutHindsight(HistoryOfMelo(), MakeDate(2011, 7, 1), kUtc);
  EXPECT_EQ(ToString(in_july->terms(0).until()), "2011-06-10");
}

TEST(WithoutHindsight, KnowsEndsThatWereForeseen) {
  auto history = HistoryOfMelo();
  history.resize(2);
  history.push_back(
      Fact("term_ended { term_id: 't' until { year: 2013 } "
           "cause: VACANCY_CAUSE_END_OF_TERM }"));
  const auto known = WithoutHindsight(history, MakeDate(2011, 5, 1), kUtc);
  EXPECT_EQ(ToString(known->terms(0).until()), "2013");
}

// A resignation announced in April for June was known in May.
TEST(WithoutHindsight, KnowsWhatHadBeenRecordedByThen) {
  auto history = HistoryOfMelo();
  history[2].first.mutable_recorded_time()->set_seconds(1302825600);  // 15 April 2011
  const auto known = WithoutHindsight(history, MakeDate(2011, 5, 1), kUtc);
  EXPECT_EQ(ToString(known->terms(0).until()), "2011-06-10");
}

TEST(WithoutHindsight, LeavesOutWhatWasGivenALaterDay) {
  auto history = HistoryOfMelo();
  history.push_back(Fact("deputy_named { deputy { person: 'realms/test/people/ana' rank: 1 } }",
                         "occurred_on { year: 2011 month: 9 }"));
  EXPECT_THAT(WithoutHindsight(history, MakeDate(2011, 7, 1), kUtc)->deputies(), IsEmpty());
  EXPECT_EQ(WithoutHindsight(history, MakeDate(2011, 9, 30), kUtc)->deputies_size(), 1);
  for (auto& [record, event] : history) *record.mutable_occurred_on() = MakeDate(2012);
  EXPECT_FALSE(WithoutHindsight(history, MakeDate(2011, 7, 1), kUtc).has_value());
}

TEST(WithoutHindsight, KeepsDeputiesAndDelegatesUntilTheyWereReleased) {
  auto history = HistoryOfMelo();
  history.resize(2);
  history.push_back(Fact("deputy_named { deputy { person: 'realms/test/people/ana' rank: 1 } }"));
  history.push_back(
      Fact("deputy_released { person: 'realms/test/people/ana' until { year: 2012 "
           "} }"));
  history.push_back(
      Fact("delegation_given { delegation { delegation_id: 'd' person: "
           "'realms/test/people/ben' } }"));
  history.push_back(Fact("delegation_revoked { delegation_id: 'd' until { year: 2012 } }"));
  history.push_back(Fact("office_closed { on { year: 2013 } }"));
  const auto known = WithoutHindsight(history, MakeDate(2011, 5, 1), kUtc);
  EXPECT_FALSE(known->deputies(0).has_until());
  EXPECT_FALSE(known->delegations(0).has_until());
  EXPECT_FALSE(known->has_closed_on());
}

}  // namespace
}  // namespace kasundo::continuity
