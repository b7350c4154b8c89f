#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_fixture.h"
#include "workflows/committee/roster.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;

v1::AppointOfficerRequest Appoint(const std::string& officer) {
  return Read<v1::AppointOfficerRequest>("officer { " + officer + " }");
}

std::string Led(const std::string& form) {
  return "leadership_set { leadership { form: LEADERSHIP_FORM_" + form + " } }";
}

constexpr char kAnaChairs[] = "position: OFFICER_POSITION_CHAIR person: 'ana'";

TEST(AppointOfficer, NumbersWhatHasNoIdAndBeginsOnTheBusinessDay) {
  auto given = GivenBody();
  given.When(Appoint(kAnaChairs));
  given.ThenEvents();
  EXPECT_EQ(given.state().officers(0).id(), "o1");
  EXPECT_EQ(ToString(given.state().officers(0).since()), "2016-03-18");
}

TEST(AppointOfficer, APostOfASeatFollowsWhoeverHoldsIt) {
  auto given = GivenBody();
  given.When(Appoint("position: OFFICER_POSITION_CHAIR seat_id: 'families'"));
  given.ThenEvents();
  const auto officers = OfficersOn(given.state(), Day("2016-03-18"));
  ASSERT_EQ(officers.size(), 1u);
  EXPECT_EQ(officers[0].person, "fe");
}

TEST(AppointOfficer, GivesAPostToExactlyOneOfSeatOfficeAndPerson) {
  GivenBody()
      .When(Appoint("position: OFFICER_POSITION_CHAIR"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICER_WITHOUT_BEARER");
  GivenBody()
      .When(Appoint("position: OFFICER_POSITION_CHAIR person: 'ana' office: 'o'"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICER_WITHOUT_BEARER");
}

TEST(AppointOfficer, IsRefusedForAPositionThatTheModelDoesNotHave) {
  GivenBody()
      .When(Appoint("position: OFFICER_POSITION_TREASURER person: 'ana'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "POSITION_NOT_IN_MODEL");
}

TEST(AppointOfficer, TakesPositionsThatTheModelNames) {
  GivenBody({"leadership_set { leadership { form: LEADERSHIP_FORM_SINGLE_CHAIR presiders: "
             "OFFICER_POSITION_CHAIR presiders: OFFICER_POSITION_VICE_CHAIR } }"})
      .When(Appoint("position: OFFICER_POSITION_VICE_CHAIR person: 'ana'"))
      .ThenEvents();
}

TEST(AppointOfficer, FillsTheEightSeatFormOfHomestays) {
  auto given = GivenBody({Led("BOARD_OF_OFFICERS")});
  for (const std::string position : {"CHAIR", "VICE_CHAIR", "SECRETARY", "TREASURER"}) {
    given.When(Appoint("position: OFFICER_POSITION_" + position + " person: '" + position + "'"));
    given.ThenEvents();
  }
  EXPECT_EQ(given.state().officers_size(), 4);
}

TEST(AppointOfficer, IsRefusedWhileThePostIsFilled) {
  auto given = GivenBody();
  given.When(Appoint(kAnaChairs));
  given.When(Appoint("position: OFFICER_POSITION_CHAIR person: 'fe'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "POSITION_FILLED");
}

TEST(AppointOfficer, ATripartiteBodyHasThreeCoLeads) {
  auto given = GivenBody({Led("TRIPARTITE")});
  for (const std::string office : {"neda", "dole", "families"}) {
    given.When(Appoint("position: OFFICER_POSITION_CO_LEAD office: '" + office + "'"));
    given.ThenEvents();
  }
  given.When(Appoint("position: OFFICER_POSITION_CO_LEAD office: 'fourth'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "POSITION_FILLED");
}

TEST(AppointOfficer, ACoordinatorIsElectedWhereTheModelSaysSo) {
  const std::string coordinator = "position: OFFICER_POSITION_COORDINATOR person: 'ana' ";
  GivenBody({Led("ELECTED_COORDINATOR")})
      .When(Appoint(coordinator))
      .ThenRejected(StatusCode::kFailedPrecondition, "ELECTION_REQUIRED");
  GivenBody({Led("ELECTED_COORDINATOR")})
      .When(Appoint(coordinator + "elected: true"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ELECTION_REQUIRED");
  GivenBody({Led("ELECTED_COORDINATOR")})
      .When(Appoint(coordinator + "elected: true document: 'Minutes 4'"))
      .ThenEvents();
}

TEST(AppointOfficer, IsRefusedForNoSeatAWrongTimeOrATakenId) {
  GivenBody()
      .When(Appoint("position: OFFICER_POSITION_CHAIR seat_id: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody({"seat_ended { seat_id: 'dole' until { year: 2012 } }"})
      .When(Appoint("position: OFFICER_POSITION_CHAIR seat_id: 'dole'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SEAT_ENDED");
  GivenBody()
      .When(Appoint(std::string(kAnaChairs) + " since { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
  GivenBody()
      .When(Appoint(std::string(kAnaChairs) + " until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  GivenBody()
      .When(Appoint(std::string(kAnaChairs) + " id: 'The Chair'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  GivenBody({"officer_appointed { officer { id: 'chair' position: OFFICER_POSITION_CHAIR until { "
             "year: 2012 } } }"})
      .When(Appoint(std::string(kAnaChairs) + " id: 'chair'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(RelieveOfficer, MakesRoomForTheNext) {
  auto given = GivenBody();
  given.When(Appoint(kAnaChairs));
  given.When(Read<v1::RelieveOfficerRequest>("officer_id: 'o1'"));
  given.ThenEvents();
  given.On("2016-03-19").When(Appoint("position: OFFICER_POSITION_CHAIR person: 'fe'"));
  given.ThenEvents();
  EXPECT_EQ(OfficersOn(given.state(), Day("2016-03-18"))[0].person, "ana");
  EXPECT_EQ(OfficersOn(given.state(), Day("2016-03-19"))[0].person, "fe");
}

TEST(RelieveOfficer, IsRefusedForNobodyOrTwiceOrBackwards) {
  GivenBody()
      .When(Read<v1::RelieveOfficerRequest>("officer_id: 'o9'"))
      .ThenRejected(StatusCode::kNotFound, "OFFICER_NOT_FOUND");
  auto given = GivenBody();
  given.When(Appoint(kAnaChairs));
  given.When(Read<v1::RelieveOfficerRequest>("officer_id: 'o1' until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  given.When(Read<v1::RelieveOfficerRequest>("officer_id: 'o1'"));
  given.When(Read<v1::RelieveOfficerRequest>("officer_id: 'o1'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "OFFICER_RELIEVED");
}

TEST(RelieveOfficer, DoesNotLeaveMinorsWithoutAnAdultAdviser) {
  const auto adviser = [](const std::string& id) {
    return "officer_appointed { officer { id: '" + id +
           "' position: OFFICER_POSITION_ADULT_ADVISER person: '" + id + "' } }";
  };
  std::vector<std::string> youth = {
      "committee_established { since { year: 2010 } members_from_age: 12 }", SeatEvent("pupils"),
      adviser("o1"), FilledEvent("pupils", "kid")};
  const auto relieve = Read<v1::RelieveOfficerRequest>("officer_id: 'o1'");
  testing::Given<Committee>(Events(youth))
      .When(relieve)
      .ThenRejected(StatusCode::kFailedPrecondition, "ADULT_ADVISER_REQUIRED");
  youth.push_back(adviser("o2"));
  testing::Given<Committee>(Events(youth)).When(relieve).ThenEvents();
}

TEST(RelieveOfficer, IsRefusedAgainstAnEnforcedRule) {
  GivenBody({"officer_appointed { officer { id: 'o1' position: "
             "OFFICER_POSITION_PLANNING_FOCAL_POINT person: 'ana' } }",
             "composition_rules_set { rules { id: 'plan' title: 'Planning focal point' check: "
             "COMPOSITION_CHECK_PLANNING_FOCAL_POINT enforced: true } }"})
      .When(Read<v1::RelieveOfficerRequest>("officer_id: 'o1'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "COMPOSITION_RULE_BROKEN");
}

v1::AssignSecretariatRequest Assign(const std::string& secretariat) {
  return Read<v1::AssignSecretariatRequest>("secretariat { " + secretariat + " }");
}

TEST(AssignSecretariat, EndsTheOneBeforeTheDayBefore) {
  auto given = GivenBody();
  given.When(Assign("office: 'neda/sec' since { year: 2010 }"));
  given.When(Assign("office: 'university/sec'"));
  given.ThenEvents();
  const auto role = v1::SECRETARIAT_ROLE_SECRETARIAT;
  EXPECT_EQ(SecretariatOn(given.state(), role, Day("2016-03-17"))->office(), "neda/sec");
  EXPECT_EQ(SecretariatOn(given.state(), role, Day("2016-03-18"))->office(), "university/sec");
}

TEST(AssignSecretariat, LeavesTheTechnicalOneAlone) {
  auto given = GivenBody();
  given.When(Assign("office: 'neda/sec'"));
  given.When(Assign("role: SECRETARIAT_ROLE_TECHNICAL office: 'migrants/sec'"));
  given.ThenEvents();
  EXPECT_NE(SecretariatOn(given.state(), v1::SECRETARIAT_ROLE_SECRETARIAT, Day("2016-04-01")),
            nullptr);
  EXPECT_NE(SecretariatOn(given.state(), v1::SECRETARIAT_ROLE_TECHNICAL, Day("2016-04-01")),
            nullptr);
}

TEST(AssignSecretariat, IsRefusedIfItServesAlreadyOrTheDatesOverlap) {
  auto given = GivenBody();
  given.When(Assign("office: 'neda/sec' since { year: 2012 }"));
  given.When(Assign("office: 'neda/sec'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Assign("office: 'dole/sec' since { year: 2011 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  given.When(Assign("office: 'dole/sec' since { year: 2011 } until { year: 2010 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  given.When(Assign("office: 'dole/sec' since { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
  given.When(Assign("office: 'dole/sec' since { year: 2010 } until { year: 2011 }"));
  given.ThenEvents();
}

}  // namespace
}  // namespace kasundo::committees
