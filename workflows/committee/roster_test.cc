#include "workflows/committee/roster.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace kasundo::committees {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::CommitteeState State(const std::string& text) {
  v1::CommitteeState state;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &state)) << text;
  return state;
}

CivilDate Day(std::string_view text) { return *ParseCivilDate(text); }

workflows::v1::Actor Person(const std::string& person, const std::string& office = "") {
  workflows::v1::Actor actor;
  actor.set_person(person);
  actor.set_office(office);
  return actor;
}

std::vector<std::string> Ids(const std::vector<RosterSeat>& seats) {
  std::vector<std::string> ids;
  for (const RosterSeat& seat : seats) ids.push_back(seat.id());
  return ids;
}

constexpr char kOneSeat[] = R"pb(
  seats {
    id: "dole"
    organisation: "o"
    since { year: 2010 }
    holders {
      person: "ana"
      since { year: 2010 }
      until { year: 2012 }
    }
    holders {
      person: "ben"
      since { year: 2012 }
      term_until { year: 2014 month: 6 day: 30 }
    }
  })pb";

TEST(RosterOn, NamesTheHolderOfAPastDay) {
  const auto state = State(kOneSeat);
  EXPECT_EQ(RosterOn(state, Day("2011-05-01")).Find("dole")->holder->person(), "ana");
  EXPECT_EQ(RosterOn(state, Day("2013-05-01")).Find("dole")->holder->person(), "ben");
}

TEST(RosterOn, PrefersTheLaterHolderWhereTwoTermsTouchInOneYear) {
  EXPECT_EQ(RosterOn(State(kOneSeat), Day("2012-05-01")).Find("dole")->holder->person(), "ben");
}

TEST(RosterOn, HasNoSeatBeforeItBegan) {
  EXPECT_EQ(RosterOn(State(kOneSeat), Day("2009-12-31")).Find("dole"), nullptr);
}

TEST(RosterOn, ASeatIsVacantAfterTheTermUnlessTheHolderHoldsOver) {
  auto state = State(kOneSeat);
  EXPECT_FALSE(RosterOn(state, Day("2014-07-01")).Find("dole")->filled());
  state.mutable_seats(0)->mutable_holders(1)->set_holding_over(true);
  const Roster roster = RosterOn(state, Day("2014-07-01"));
  EXPECT_TRUE(roster.Find("dole")->filled());
  EXPECT_TRUE(roster.Find("dole")->holding_over);
  EXPECT_FALSE(RosterOn(state, Day("2014-06-30")).Find("dole")->holding_over);
}

TEST(RosterOn, CountsRegularAndVotingSeats) {
  const auto state = State(R"pb(
    seats {
      id: "a"
      holders { person: "ana" }
    }
    seats { id: "b" kind: SEAT_KIND_EX_OFFICIO }
    seats {
      id: "c"
      kind: SEAT_KIND_OBSERVER
      holders { person: "cem" }
    }
    seats {
      id: "d"
      kind: SEAT_KIND_REGULAR
      voting: false
      holders { person: "dan" }
    }
    seats { id: "e" kind: SEAT_KIND_ADVISORY })pb");
  const Roster roster = RosterOn(state, Day("2016-01-01"));
  EXPECT_EQ(roster.regular(), 3);
  EXPECT_EQ(roster.regular_filled(), 2);
  EXPECT_EQ(roster.voting_filled(), 1);
}

constexpr char kAuthorised[] = R"pb(
  seats {
    id: "dti"
    holders { person: "ana" }
    authorities {
      id: "a1"
      person: "ben"
      document {
        number: "L-1"
        date { year: 2016 month: 3 day: 1 }
        issuer: "RD"
      }
      until { year: 2016 month: 12 day: 31 }
    }
    authorities {
      id: "a2"
      person: "cem"
      document {
        number: "L-2"
        date { year: 2016 month: 3 day: 1 }
        issuer: "RD"
      }
      meeting: "m/2016-q1"
    }
  })pb";

TEST(FindAuthority, HoldsFromTheDayOfTheDocument) {
  const auto state = State(kAuthorised);
  EXPECT_EQ(FindAuthority(state.seats(0), "ben", Day("2016-02-29"), "m/x"), nullptr);
  ASSERT_NE(FindAuthority(state.seats(0), "ben", Day("2016-03-01"), "m/x"), nullptr);
  EXPECT_EQ(FindAuthority(state.seats(0), "ben", Day("2017-01-01"), "m/x"), nullptr);
}

TEST(FindAuthority, ForOneMeetingIsGoodInThatMeetingOnly) {
  const auto state = State(kAuthorised);
  EXPECT_NE(FindAuthority(state.seats(0), "cem", Day("2016-03-18"), "m/2016-q1"), nullptr);
  EXPECT_EQ(FindAuthority(state.seats(0), "cem", Day("2016-06-18"), "m/2016-q2"), nullptr);
}

TEST(FindAuthority, EndsOnTheDayOfItsRevocation) {
  auto state = State(kAuthorised);
  *state.mutable_seats(0)->mutable_authorities(0)->mutable_revoked_on() = Day("2016-05-02");
  EXPECT_NE(FindAuthority(state.seats(0), "ben", Day("2016-05-01"), ""), nullptr);
  EXPECT_EQ(FindAuthority(state.seats(0), "ben", Day("2016-05-02"), ""), nullptr);
}

TEST(FindAuthority, IsNoneForAStrangerOrABarredSeat) {
  auto state = State(kAuthorised);
  EXPECT_EQ(FindAuthority(state.seats(0), "eva", Day("2016-03-18"), ""), nullptr);
  EXPECT_EQ(FindAuthority(state.seats(0), "", Day("2016-03-18"), ""), nullptr);
  state.mutable_seats(0)->set_stand_ins_barred(true);
  EXPECT_EQ(FindAuthority(state.seats(0), "ben", Day("2016-03-18"), ""), nullptr);
  EXPECT_THAT(RosterOn(state, Day("2016-03-18")).seats[0].authorities, IsEmpty());
}

TEST(InvitedSeats, BringTopicSeatsOnlyForTheirTopics) {
  const auto state = State(R"pb(
    seats { id: "core" }
    seats { id: "health" kind: SEAT_KIND_TOPIC topics: "health" topics: "medical examinations" }
    seats { id: "schools" kind: SEAT_KIND_TOPIC topics: "schools" })pb");
  const Roster roster = RosterOn(state, Day("2016-01-01"));
  EXPECT_THAT(Ids(InvitedSeats(roster, {"medical examinations"})), ElementsAre("core", "health"));
  EXPECT_THAT(Ids(InvitedSeats(roster, {})), ElementsAre("core"));
}

struct ModelCase {
  v1::LeadershipForm form;
  std::vector<v1::OfficerPosition> conveners;
  std::vector<v1::OfficerPosition> presiders;
  bool secretariat_convenes;
};

// Without it gtest prints the bytes of the case, pointers among them, and ctest makes them part of
// the test's name.
void PrintTo(const ModelCase& model, std::ostream* out) {
  *out << v1::LeadershipForm_Name(model.form);
}

class LeadershipModels : public ::testing::TestWithParam<ModelCase> {};

TEST_P(LeadershipModels, SayWhoConvenesAndWhoPresides) {
  v1::CommitteeState state;
  state.mutable_leadership()->set_form(GetParam().form);
  EXPECT_EQ(WhoMayConvene(state), GetParam().conveners);
  EXPECT_EQ(WhoMayPreside(state), GetParam().presiders);
  EXPECT_EQ(SecretariatMayConvene(state), GetParam().secretariat_convenes);
}

INSTANTIATE_TEST_SUITE_P(
    AllForms, LeadershipModels,
    ::testing::Values(ModelCase{v1::LEADERSHIP_FORM_SINGLE_CHAIR,
                                {v1::OFFICER_POSITION_CHAIR},
                                {v1::OFFICER_POSITION_CHAIR},
                                false},
                      ModelCase{v1::LEADERSHIP_FORM_CHAIR_AND_CO_CHAIR,
                                {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_CO_CHAIR},
                                {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_CO_CHAIR},
                                false},
                      ModelCase{v1::LEADERSHIP_FORM_BOARD_OF_OFFICERS,
                                {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_SECRETARY},
                                {v1::OFFICER_POSITION_CHAIR, v1::OFFICER_POSITION_VICE_CHAIR},
                                false},
                      ModelCase{v1::LEADERSHIP_FORM_TRIPARTITE,
                                {v1::OFFICER_POSITION_CO_LEAD},
                                {v1::OFFICER_POSITION_CO_LEAD},
                                false},
                      ModelCase{v1::LEADERSHIP_FORM_ELECTED_COORDINATOR,
                                {v1::OFFICER_POSITION_COORDINATOR},
                                {v1::OFFICER_POSITION_COORDINATOR},
                                false},
                      ModelCase{v1::LEADERSHIP_FORM_CHAIR_AND_SECRETARIAT,
                                {},
                                {v1::OFFICER_POSITION_CHAIR},
                                true}),
    [](const ::testing::TestParamInfo<ModelCase>& model) {
      // gtest takes letters, digits and underscores for names.
      return v1::LeadershipForm_Name(model.param.form);
    });

TEST(MayConvene, AnyOfThreeCoLeadsWhoeverBearsThePost) {
  const auto state = State(R"pb(
    leadership { form: LEADERSHIP_FORM_TRIPARTITE }
    seats {
      id: "families"
      holders { person: "fe" }
    }
    officers { id: "o1" position: OFFICER_POSITION_CO_LEAD office: "neda/planning" }
    officers { id: "o2" position: OFFICER_POSITION_CO_LEAD person: "dora" }
    officers { id: "o3" position: OFFICER_POSITION_CO_LEAD seat_id: "families" })pb");
  const CivilDate day = Day("2016-03-18");
  EXPECT_TRUE(MayConvene(state, Person("nina", "neda/planning"), day));
  EXPECT_TRUE(MayConvene(state, Person("dora"), day));
  EXPECT_TRUE(MayConvene(state, Person("fe"), day));
  EXPECT_FALSE(MayConvene(state, Person("gus", "dole/regional"), day));
}

TEST(MayConvene, TheSecretariatOnlyWhereTheModelSaysSo) {
  auto state = State(R"pb(
    leadership { form: LEADERSHIP_FORM_SINGLE_CHAIR }
    secretariats {
      role: SECRETARIAT_ROLE_SECRETARIAT
      office: "neda/sec"
      since { year: 2013 }
    })pb");
  const auto clerk = Person("cara", "neda/sec");
  EXPECT_TRUE(IsSecretariat(state, clerk, Day("2014-01-01")));
  EXPECT_FALSE(IsSecretariat(state, clerk, Day("2012-12-31")));
  EXPECT_FALSE(MayConvene(state, clerk, Day("2014-01-01")));
  state.mutable_leadership()->set_secretariat_convenes(true);
  EXPECT_TRUE(MayConvene(state, clerk, Day("2014-01-01")));
}

TEST(MayPreside, NobodyWithoutAPersonOrOffice) {
  const auto state =
      State(R"pb(officers { id: "o1" position: OFFICER_POSITION_CHAIR seat_id: "x" })pb");
  EXPECT_FALSE(MayPreside(state, Person(""), Day("2016-01-01")));
}

TEST(FormOn, GivesTheTypeValidThen) {
  const auto state = State(R"pb(
    forms {
      type: BODY_TYPE_COMMITTEE
      standing: STANDING_AD_HOC
      since { year: 2010 }
    }
    forms {
      type: BODY_TYPE_COMMITTEE
      standing: STANDING_SPECIAL
      since { year: 2013 }
    })pb");
  EXPECT_EQ(FormOn(state, Day("2012-12-31"))->standing(), v1::STANDING_AD_HOC);
  EXPECT_EQ(FormOn(state, Day("2013-01-01"))->standing(), v1::STANDING_SPECIAL);
  EXPECT_EQ(FormOn(state, Day("2009-01-01")), nullptr);
}

TEST(RuleFor, IsThatOfTheKindOfDecisionOrElseTheDefault) {
  const auto state = State(R"pb(
    rules {
      default_decision { method: DECISION_METHOD_SIMPLE_MAJORITY }
      special_decisions {
        decision_kind: "amend the work plan"
        rule { method: DECISION_METHOD_TWO_THIRDS }
      }
    })pb");
  EXPECT_EQ(RuleFor(state, "amend the work plan").method(), v1::DECISION_METHOD_TWO_THIRDS);
  EXPECT_EQ(RuleFor(state, "").method(), v1::DECISION_METHOD_SIMPLE_MAJORITY);
}

TEST(NextResolutionNumber, GoesOnWithinTheYear) {
  const auto state = State(R"pb(
    rules { resolution_number: "IV-A-{seq:02}-{year}" }
    resolutions { number: "IV-A-08-2013" year: 2013 sequence: 8 }
    resolutions { number: "IV-A-5-2010" year: 2010 sequence: 5 })pb");
  EXPECT_EQ(NextResolutionNumber(state, 2013).number, "IV-A-09-2013");
  EXPECT_EQ(NextResolutionNumber(state, 2010).sequence, 6);
  EXPECT_EQ(NextResolutionNumber(state, 2016).number, "IV-A-01-2016");
}

TEST(NextResolutionNumber, HasAFormWithoutAnyRule) {
  EXPECT_EQ(NextResolutionNumber(v1::CommitteeState(), 2016).number, "1-2016");
}

}  // namespace
}  // namespace kasundo::committees
