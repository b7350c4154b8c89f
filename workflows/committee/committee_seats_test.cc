#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_fixture.h"
#include "workflows/committee/roster.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;

std::string HolderOn(const v1::CommitteeState& state, const std::string& seat,
                     const std::string& day) {
  const Roster roster = RosterOn(state, Day(day));
  const RosterSeat* found = roster.Find(seat);
  return found == nullptr || !found->filled() ? "" : found->holder->person();
}

TEST(AddSeat, BeginsOnTheBusinessDayWithoutHolder) {
  auto given = GivenBody();
  given.When(Read<v1::AddSeatRequest>(
      "seat { id: 'dti' title: 'DTI' organisation: 'dti' holders { person: 'x' } }"));
  given.ThenEvents();
  const v1::Seat& seat = given.state().seats(3);
  EXPECT_EQ(ToString(seat.since()), "2016-03-18");
  EXPECT_TRUE(seat.holders().empty());
}

TEST(AddSeat, BelongsToAnOrganisationOrCategoryNeverToAPerson) {
  GivenBody()
      .When(Read<v1::AddSeatRequest>("seat { id: 'x' title: 'X' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "SEAT_WITHOUT_OWNER");
}

TEST(AddSeat, IsRefusedForATakenOrWrongId) {
  GivenBody()
      .When(Read<v1::AddSeatRequest>("seat { id: 'dole' title: 'X' organisation: 'o' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "SEAT_EXISTS");
  GivenBody()
      .When(Read<v1::AddSeatRequest>("seat { id: 'D O' title: 'X' organisation: 'o' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(AddSeat, ATopicSeatHasTopicsAndNoOtherSeatHas) {
  GivenBody()
      .When(Read<v1::AddSeatRequest>("seat { id: 'x' organisation: 'o' kind: SEAT_KIND_TOPIC }"))
      .ThenRejected(StatusCode::kInvalidArgument, "SEAT_TOPICS_INVALID");
  GivenBody()
      .When(Read<v1::AddSeatRequest>("seat { id: 'x' organisation: 'o' topics: 'health' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "SEAT_TOPICS_INVALID");
}

TEST(AddSeat, IsRefusedBeforeTheBodyOrBackwardsInTime) {
  GivenBody()
      .When(Read<v1::AddSeatRequest>("seat { id: 'x' organisation: 'o' since { year: 2009 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
  GivenBody()
      .When(Read<v1::AddSeatRequest>(
          "seat { id: 'x' organisation: 'o' since { year: 2014 } until { year: 2012 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

constexpr char kAtMostThree[] = R"pb(composition_rules_set {
                                       rules {
                                         id: "size"
                                         title: "At most three seats"
                                         check: COMPOSITION_CHECK_MAXIMUM_SEATS
                                         minimum: 3
                                         enforced: true
                                       }
                                     })pb";

TEST(AddSeat, IsRefusedAgainstAnEnforcedRule) {
  GivenBody({kAtMostThree})
      .When(Read<v1::AddSeatRequest>("seat { id: 'x' title: 'X' organisation: 'o' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "COMPOSITION_RULE_BROKEN");
}

TEST(ChangeSeat, KeepsHoldersAndFirstDay) {
  auto given = GivenBody();
  given.When(Read<v1::ChangeSeatRequest>(
      "seat { id: 'dole' title: 'Regional Director' organisation: 'org/dole' stand_ins_barred: "
      "true since { year: 1999 } }"));
  given.ThenEvents();
  const v1::Seat& seat = given.state().seats(0);
  EXPECT_EQ(seat.title(), "Regional Director");
  EXPECT_TRUE(seat.stand_ins_barred());
  EXPECT_EQ(seat.since().year(), 2010);
  EXPECT_EQ(HolderOn(given.state(), "dole", "2016-03-18"), "ana");
}

TEST(ChangeSeat, IsRefusedForNoSeatAnEndedOneOrNoChange) {
  GivenBody()
      .When(Read<v1::ChangeSeatRequest>("seat { id: 'none' organisation: 'o' }"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody({"seat_ended { seat_id: 'dole' until { year: 2012 } }"})
      .When(Read<v1::ChangeSeatRequest>("seat { id: 'dole' organisation: 'o' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_ENDED");
  GivenBody()
      .When(Read<v1::ChangeSeatRequest>("seat { id: 'dole' title: 'Seat of dole' organisation: "
                                        "'org/dole' sector: SECTOR_NATIONAL_GOVERNMENT level: "
                                        "LEVEL_REGIONAL }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  GivenBody()
      .When(Read<v1::ChangeSeatRequest>("seat { id: 'dole' title: 'x' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "SEAT_WITHOUT_OWNER");
  GivenBody()
      .When(Read<v1::ChangeSeatRequest>("seat { id: 'dole' organisation: 'o' topics: 'x' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "SEAT_TOPICS_INVALID");
}

constexpr char kFamilySeat[] = R"pb(composition_rules_set {
                                      rules {
                                        id: "family-seat"
                                        title: "A family seat"
                                        check: COMPOSITION_CHECK_SECTORS_PRESENT
                                        sectors: SECTOR_FAMILIES
                                        enforced: true
                                      }
                                    })pb";

TEST(ChangeSeat, IsRefusedIfAnEnforcedRuleWouldBreak) {
  GivenBody({kFamilySeat})
      .When(Read<v1::ChangeSeatRequest>(
          "seat { id: 'families' organisation: 'o' sector: SECTOR_FAITH }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "COMPOSITION_RULE_BROKEN");
}

TEST(EndSeat, EndsTheTimeOfItsHolder) {
  auto given = GivenBody();
  given.When(Read<v1::EndSeatRequest>("seat_id: 'dole' until { year: 2015 month: 6 day: 30 }"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "dole", "2015-06-30"), "ana");
  EXPECT_EQ(RosterOn(given.state(), Day("2015-07-01")).Find("dole"), nullptr);
}

TEST(EndSeat, IsRefusedForNoSeatAnEndedOneOrAnEnforcedRule) {
  GivenBody()
      .When(Read<v1::EndSeatRequest>("seat_id: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody({"seat_ended { seat_id: 'dole' until { year: 2012 } }"})
      .When(Read<v1::EndSeatRequest>("seat_id: 'dole'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_ENDED");
  GivenBody()
      .When(Read<v1::EndSeatRequest>("seat_id: 'dole' until { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  GivenBody({kFamilySeat})
      .When(Read<v1::EndSeatRequest>("seat_id: 'families'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "COMPOSITION_RULE_BROKEN");
}

TEST(FillSeat, BeginsOnTheBusinessDay) {
  auto given = GivenBody();
  given.When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'cora'"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2016-03-17"), "");
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2016-03-18"), "cora");
}

TEST(FillSeat, IsRefusedWhileSomebodyHoldsTheSeat) {
  GivenBody()
      .When(Read<v1::FillSeatRequest>("seat_id: 'dole' person: 'ben'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_TAKEN");
}

TEST(FillSeat, FollowsAHolderWhoHoldsOver) {
  auto given =
      GivenBody({"seat_filled { seat_id: 'chamber' holder { person: 'cora' since { year: "
                 "2012 } term_until { year: 2014 } } }",
                 "seat_held_over { seat_id: 'chamber' person: 'cora' }"});
  given.When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'dan'"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2016-03-17"), "cora");
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2016-03-18"), "dan");
}

TEST(FillSeat, FollowsAHolderWhoseTermIsOver) {
  auto given =
      GivenBody({"seat_filled { seat_id: 'chamber' holder { person: 'cora' since { year: "
                 "2012 } term_until { year: 2014 } } }"});
  given.When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'dan'"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2015-06-01"), "");
  EXPECT_EQ(ToString(given.state().seats(2).holders(0).until()), "2014");
}

TEST(FillSeat, ReadsTouchingYearsAsOneAfterTheOther) {
  auto given =
      GivenBody({"seat_filled { seat_id: 'chamber' holder { person: 'cora' since { year: "
                 "2012 } until { year: 2014 } } }"});
  given.When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'dan' since { year: 2014 }"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2014-05-01"), "dan");
}

TEST(FillSeat, EnteredLateEndsWithItsTerm) {
  auto given =
      GivenBody({"seat_filled { seat_id: 'chamber' holder { person: 'dan' since { year: "
                 "2015 } } }"});
  given.When(Read<v1::FillSeatRequest>(
      "seat_id: 'chamber' person: 'cora' since { year: 2012 } term_until { year: 2014 }"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2013-01-01"), "cora");
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2016-01-01"), "dan");
  EXPECT_EQ(ToString(given.state().seats(2).holders(1).until()), "2014");
}

TEST(FillSeat, IsRefusedForAPersonInAnotherSeat) {
  GivenBody()
      .When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'ana'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "PERSON_SEATED");
}

TEST(FillSeat, IsRefusedBeforeASeatBeginsThatTheBodyGotLater) {
  GivenBody({"seat_added { seat { id: 'youth' organisation: 'o' since { year: 2014 } } }"})
      .When(Read<v1::FillSeatRequest>("seat_id: 'youth' person: 'x' since { year: 2013 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(FillSeat, IsRefusedOutsideTheTimeOfTheSeat) {
  GivenBody()
      .When(Read<v1::FillSeatRequest>("seat_id: 'none' person: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody()
      .When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'x' since { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
  GivenBody({"seat_ended { seat_id: 'chamber' until { year: 2012 } }"})
      .When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'x' since { year: 2013 }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_ENDED");
  GivenBody()
      .When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'x' until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  GivenBody()
      .When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'x' term_until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(FillSeat, NeedsTheAccreditationThatTheRulesDemand) {
  const std::string by_decision = "house_rules_set { rules { admission_by_decision: true } }";
  GivenBody({by_decision})
      .When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'cora'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ORGANISATION_NOT_ACCREDITED");
  const std::string until_2015 =
      "organisation_accredited { accreditation { id: 'm1' organisation: 'org/chamber' since { "
      "year: 2014 } until { year: 2015 } } }";
  GivenBody({by_decision, until_2015})
      .When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'cora'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ORGANISATION_NOT_ACCREDITED");
  GivenBody({by_decision, until_2015})
      .When(Read<v1::FillSeatRequest>(
          "seat_id: 'chamber' person: 'cora' since { year: 2015 month: 2 }"))
      .ThenEvents();
}

TEST(FillSeat, InABodyOfMinorsNeedsAnAdultAdviser) {
  const std::vector<v1::CommitteeEvent> youth = Events(
      {"committee_established { since { year: 2010 } members_from_age: 12 }", SeatEvent("pupils")});
  const auto fill = Read<v1::FillSeatRequest>("seat_id: 'pupils' person: 'kid'");
  testing::Given<Committee>(youth).When(fill).ThenRejected(StatusCode::kFailedPrecondition,
                                                           "ADULT_ADVISER_REQUIRED");
  auto advised = youth;
  advised.push_back(Read<v1::CommitteeEvent>(
      "officer_appointed { officer { id: 'o1' position: OFFICER_POSITION_ADULT_ADVISER person: "
      "'tess' } }"));
  testing::Given<Committee>(advised).When(fill).ThenEvents();
}

TEST(FillSeat, TellsThatAnEarlierViolationIsMended) {
  auto given = GivenBody();
  given.When(Read<v1::SetCompositionRulesRequest>(
      "rules { id: 'private' title: 'p' check: COMPOSITION_CHECK_SECTORS_PRESENT sectors: "
      "SECTOR_PRIVATE }"));
  EXPECT_EQ(given.state().violations_size(), 1);
  given.When(Read<v1::FillSeatRequest>("seat_id: 'chamber' person: 'cora'"));
  EXPECT_EQ(given.ThenEvents().size(), 2u);
  EXPECT_TRUE(given.state().violations().empty());
}

TEST(VacateSeat, LeavesTheSeatFilledOnTheLastDay) {
  auto given = GivenBody();
  given.When(Read<v1::VacateSeatRequest>("seat_id: 'dole' end_reason: 'transferred'"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "dole", "2016-03-18"), "ana");
  EXPECT_EQ(HolderOn(given.state(), "dole", "2016-03-19"), "");
  EXPECT_EQ(given.state().seats(0).holders(0).end_reason(), "transferred");
}

TEST(VacateSeat, ListsTheViolationThatComesOfIt) {
  auto given = GivenBody({R"pb(composition_rules_set {
                                 rules {
                                   id: "families"
                                   title: "f"
                                   check: COMPOSITION_CHECK_SECTORS_PRESENT
                                   sectors: SECTOR_FAMILIES
                                 }
                               })pb"});
  given.When(Read<v1::VacateSeatRequest>("seat_id: 'families'"));
  ASSERT_EQ(given.ThenEvents().size(), 2u);
  EXPECT_EQ(given.state().violations(0).rule(), "families");
}

TEST(VacateSeat, IsRefusedWithoutHolderOrAgainstAnEnforcedRule) {
  GivenBody()
      .When(Read<v1::VacateSeatRequest>("seat_id: 'chamber'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_VACANT");
  GivenBody()
      .When(Read<v1::VacateSeatRequest>("seat_id: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody()
      .When(Read<v1::VacateSeatRequest>("seat_id: 'dole' until { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  GivenBody({kFamilySeat})
      .When(Read<v1::VacateSeatRequest>("seat_id: 'families'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "COMPOSITION_RULE_BROKEN");
}

TEST(HoldOverSeat, KeepsTheHolderBeyondTheTerm) {
  auto given =
      GivenBody({"seat_filled { seat_id: 'chamber' holder { person: 'cora' since { year: "
                 "2012 } term_until { year: 2015 } } }"});
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2016-03-18"), "");
  given.When(Read<v1::HoldOverSeatRequest>("seat_id: 'chamber' document: 'Memo 3'"));
  given.ThenEvents();
  EXPECT_EQ(HolderOn(given.state(), "chamber", "2016-03-18"), "cora");
  given.When(Read<v1::HoldOverSeatRequest>("seat_id: 'chamber'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(HoldOverSeat, IsRefusedWithoutHolderOrTerm) {
  GivenBody()
      .When(Read<v1::HoldOverSeatRequest>("seat_id: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody()
      .When(Read<v1::HoldOverSeatRequest>("seat_id: 'chamber'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_VACANT");
  GivenBody()
      .When(Read<v1::HoldOverSeatRequest>("seat_id: 'dole'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TERM_WITHOUT_END");
}

v1::RecordStandInAuthorityRequest Authority(const std::string& seat, const std::string& more) {
  return Read<v1::RecordStandInAuthorityRequest>(
      "seat_id: '" + seat +
      "' authority { document { number: 'L-7' date { year: 2016 month: 3 day: 1 } issuer: 'RD' } " +
      more + " }");
}

TEST(RecordStandInAuthority, HoldsFromTheDayOfTheLetter) {
  auto given = GivenBody();
  given.When(Authority("dole", "person: 'ben'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().seats(0).authorities(0).id(), "a1");
  EXPECT_NE(FindAuthority(given.state().seats(0), "ben", Day("2016-03-01"), ""), nullptr);
  EXPECT_EQ(FindAuthority(given.state().seats(0), "ben", Day("2016-02-29"), ""), nullptr);
}

TEST(RecordStandInAuthority, IsRefusedForASeatThatCannotSendOne) {
  GivenBody()
      .When(Authority("chamber", "person: 'ben'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "STAND_INS_BARRED");
}

TEST(RecordStandInAuthority, IsRefusedForTheHolder) {
  GivenBody()
      .When(Authority("dole", "person: 'ana'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "STAND_IN_IS_HOLDER");
}

TEST(RecordStandInAuthority, IsRefusedIfItHoldsBeforeItIsWritten) {
  GivenBody()
      .When(Authority("dole", "person: 'ben' since { year: 2016 month: 2 day: 1 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  GivenBody()
      .When(Authority("dole", "person: 'ben' until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(RecordStandInAuthority, IsRefusedTwiceForTheSameTime) {
  auto given = GivenBody();
  given.When(Authority("dole", "person: 'ben'"));
  given.When(Authority("dole", "person: 'ben'"))
      .ThenRejected(StatusCode::kAlreadyExists, "AUTHORITY_EXISTS");
  given.When(Authority("dole", "person: 'ben' meeting: 'm/1'"));
  EXPECT_EQ(given.ThenEvents()[0].stand_in_authorised().authority().id(), "a2");
}

TEST(RecordStandInAuthority, IsRefusedForNoSeatOrAWrongId) {
  GivenBody()
      .When(Authority("none", "person: 'ben'"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody({"seat_ended { seat_id: 'dole' until { year: 2012 } }"})
      .When(Authority("dole", "person: 'ben'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_ENDED");
  GivenBody()
      .When(Authority("dole", "person: 'ben' id: 'A 1'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(RevokeStandInAuthority, EndsItOnTheDayAndKeepsTheReason) {
  auto given = GivenBody();
  given.When(Authority("dole", "person: 'ben'"));
  given.Because("left the agency")
      .When(Read<v1::RevokeStandInAuthorityRequest>("seat_id: 'dole' authority_id: 'a1'"));
  given.ThenEvents();
  EXPECT_EQ(FindAuthority(given.state().seats(0), "ben", Day("2016-03-18"), ""), nullptr);
  EXPECT_EQ(given.state().seats(0).authorities(0).revocation_reason(), "left the agency");
  given.When(Read<v1::RevokeStandInAuthorityRequest>("seat_id: 'dole' authority_id: 'a1'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "AUTHORITY_REVOKED");
}

TEST(RevokeStandInAuthority, IsRefusedForWhatIsNotThere) {
  GivenBody()
      .When(Read<v1::RevokeStandInAuthorityRequest>("seat_id: 'none' authority_id: 'a1'"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody()
      .When(Read<v1::RevokeStandInAuthorityRequest>("seat_id: 'dole' authority_id: 'a1'"))
      .ThenRejected(StatusCode::kNotFound, "AUTHORITY_NOT_FOUND");
  auto given = GivenBody();
  given.When(Authority("dole", "person: 'ben'"));
  given
      .When(Read<v1::RevokeStandInAuthorityRequest>(
          "seat_id: 'dole' authority_id: 'a1' revoked_on { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

}  // namespace
}  // namespace kasundo::committees
