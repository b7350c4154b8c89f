#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_fixture.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/kind.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using testing::Given;

workflows::v1::Actor Administrator() {
  workflows::v1::Actor actor;
  actor.set_administrator(true);
  return actor;
}

workflows::v1::Actor In(const std::string& office) {
  workflows::v1::Actor actor;
  actor.set_office(office);
  return actor;
}

v1::CommitteeState Council() {
  return Read<v1::CommitteeState>(R"pb(
    names { title: "Regional Development Council" }
    secretariats {
      role: SECRETARIAT_ROLE_SECRETARIAT
      office: "neda/sec"
      since { year: 2000 }
    })pb");
}

v1::EstablishCommitteeRequest Establish(const std::string& more = "") {
  return Read<v1::EstablishCommitteeRequest>(
      "parent: 'realms/test' committee_id: 'cmd' title: 'CMD' form { type: BODY_TYPE_COMMITTEE } " +
      more);
}

std::vector<std::string> EventNames(const std::vector<v1::CommitteeEvent>& events) {
  std::vector<std::string> names;
  for (const auto& event : events) names.push_back(EventNameOf(event));
  return names;
}

Given<Committee> GivenNothing() {
  Given<Committee> given;
  given.Named(kCmd).As(Administrator()).On("2010-05-07");
  return given;
}

TEST(EstablishCommittee, BeginsOnTheBusinessDayUnlessToldOtherwise) {
  auto given = GivenNothing();
  given.When(Establish());
  EXPECT_THAT(EventNames(given.ThenEvents()), ElementsAre("CommitteeEstablished"));
  EXPECT_EQ(ToString(given.state().since()), "2010-05-07");
  EXPECT_EQ(ToString(given.state().forms(0).since()), "2010-05-07");
}

TEST(EstablishCommittee, LinksDocumentsAssignsTheSecretariatAndAddsSeats) {
  auto given = GivenNothing();
  given.When(Establish(R"pb(
    since { year: 2009 }
    legal_bases { kind: LEGAL_BASIS_KIND_RESOLUTION number: "IV-A-5-2010" issuer: "RDC" }
    secretariat { office: "neda/sec" }
    seats {
      id: "dole"
      title: "DOLE"
      organisation: "dole"
      holders { person: "x" }
    }
    seats { id: "families" title: "Families" category: "families of migrants" })pb"));
  EXPECT_THAT(EventNames(given.ThenEvents()),
              ElementsAre("CommitteeEstablished", "LegalBasisLinked", "SecretariatAssigned",
                          "SeatAdded", "SeatAdded"));
  EXPECT_EQ(given.state().legal_bases(0).id(), "b1");
  EXPECT_EQ(given.state().secretariats(0).role(), v1::SECRETARIAT_ROLE_SECRETARIAT);
  EXPECT_EQ(ToString(given.state().seats(1).since()), "2009");
  EXPECT_TRUE(given.state().seats(0).holders().empty()) << "nobody is seated by founding";
}

TEST(EstablishCommittee, ListsAtOnceWhichCompositionRulesDoNotHold) {
  auto given = GivenNothing();
  given.When(Establish(R"pb(composition_rules {
                              id: "migrant-seat"
                              title: "A migrant or family seat"
                              check: COMPOSITION_CHECK_SECTORS_PRESENT
                              sectors: SECTOR_MIGRANTS
                              enforced: true
                            })pb"));
  EXPECT_THAT(EventNames(given.ThenEvents()),
              ElementsAre("CommitteeEstablished", "CompositionChecked"));
  EXPECT_EQ(given.state().violations(0).rule(), "migrant-seat");
}

TEST(EstablishCommittee, IsOpenToTheSecretariatOfTheParentBody) {
  Given<Committee>()
      .Named(kCmd)
      .As(In("neda/sec"))
      .Beside(kCouncil, "established", Council())
      .When(Establish("parent_body: 'realms/test/committees/rdc'"))
      .ThenEvents();
}

TEST(EstablishCommittee, IsRefusedToOthers) {
  Given<Committee>()
      .Named(kCmd)
      .As(In("dole/sec"))
      .Beside(kCouncil, "established", Council())
      .When(Establish("parent_body: 'realms/test/committees/rdc'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_SECRETARIAT_OF_PARENT");
  Given<Committee>()
      .Named(kCmd)
      .As(In("neda/sec"))
      .When(Establish())
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_SECRETARIAT_OF_PARENT");
}

TEST(EstablishCommittee, IsRefusedBeneathAClosedBody) {
  GivenNothing()
      .Beside(kCouncil, "closed", Council())
      .When(Establish("parent_body: 'realms/test/committees/rdc'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "PARENT_BODY_CLOSED");
}

TEST(EstablishCommittee, RefusesWhatTheOtherCommandsWouldRefuse) {
  const auto refuses = [](const std::string& more, StatusCode code, const std::string& reason) {
    GivenNothing().When(Establish(more)).ThenRejected(code, reason);
  };
  auto wrong_id = Establish();
  wrong_id.set_committee_id("CMD!");
  GivenNothing().When(wrong_id).ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  refuses("cadence { }", StatusCode::kInvalidArgument, "CADENCE_INVALID");
  refuses("rules { quorum { at_least: 0 } }", StatusCode::kInvalidArgument, "RULE_INVALID");
  refuses("composition_rules { id: 'a' check: COMPOSITION_CHECK_LEVELS_PRESENT }",
          StatusCode::kInvalidArgument, "COMPOSITION_RULE_INVALID");
  refuses("areas { id: 'a' } areas { id: 'a' }", StatusCode::kAlreadyExists, "AREA_EXISTS");
  refuses("areas { id: 'A' }", StatusCode::kInvalidArgument, "ID_INVALID");
  refuses("seats { id: 'a' }", StatusCode::kInvalidArgument, "SEAT_WITHOUT_OWNER");
  refuses("seats { id: 'a' category: 'c' } seats { id: 'a' category: 'c' }",
          StatusCode::kAlreadyExists, "SEAT_EXISTS");
  refuses("seats { id: 'a' category: 'c' kind: SEAT_KIND_TOPIC }", StatusCode::kInvalidArgument,
          "SEAT_TOPICS_INVALID");
  refuses(
      "legal_bases { kind: LEGAL_BASIS_KIND_ACT number: '1' issuer: 'i' } "
      "legal_bases { kind: LEGAL_BASIS_KIND_ACT number: '1' issuer: 'i' }",
      StatusCode::kAlreadyExists, "LEGAL_BASIS_LINKED");
  refuses("secretariat { office: 'o' since { year: 2012 } until { year: 2011 } }",
          StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(RenameCommittee, KeepsTheNameOfTheTimeBefore) {
  auto given = GivenBody();
  given.When(Read<v1::RenameCommitteeRequest>("title: 'Migration Council' since { year: 2014 }"));
  given.ThenEvents();
  EXPECT_EQ(NameOn(given.state(), Day("2013-05"))->title(),
            "Committee on Migration and Development");
  EXPECT_EQ(NameOn(given.state(), Day("2014-05"))->title(), "Migration Council");
}

TEST(RenameCommittee, IsRefusedWithTheSameName) {
  GivenBody()
      .When(Read<v1::RenameCommitteeRequest>("title: 'Committee on Migration and Development'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RenameCommittee, IsRefusedForADayBeforeTheBody) {
  GivenBody()
      .When(Read<v1::RenameCommitteeRequest>("title: 'x' since { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(ChangeForm, KeepsOneIdentityAndTheTypeOfEveryDay) {
  auto given = GivenBody();
  given.When(Read<v1::ChangeFormRequest>(R"pb(form {
                                                type: BODY_TYPE_COMMITTEE
                                                standing: STANDING_SPECIAL
                                                level: LEVEL_REGIONAL
                                                since { year: 2013 }
                                                document: "IV-A-09-2013"
                                              })pb"));
  given.ThenEvents();
  EXPECT_EQ(FormOn(given.state(), Day("2012"))->standing(), v1::STANDING_AD_HOC);
  EXPECT_EQ(FormOn(given.state(), Day("2013-06"))->standing(), v1::STANDING_SPECIAL);
}

TEST(ChangeForm, EnteredLateTakesItsPlaceInTime) {
  auto given =
      GivenBody({"form_changed { form { type: BODY_TYPE_COUNCIL since { year: 2015 } } }"});
  given.When(
      Read<v1::ChangeFormRequest>("form { type: BODY_TYPE_COMMITTEE standing: "
                                  "STANDING_SPECIAL since { year: 2013 } }"));
  given.ThenEvents();
  EXPECT_EQ(FormOn(given.state(), Day("2014"))->standing(), v1::STANDING_SPECIAL);
  EXPECT_EQ(FormOn(given.state(), Day("2016"))->type(), v1::BODY_TYPE_COUNCIL);
}

TEST(ChangeForm, IsRefusedIfNothingChangesOrTheBodyHadNotBegun) {
  GivenBody()
      .When(Read<v1::ChangeFormRequest>(
          "form { type: BODY_TYPE_COMMITTEE standing: STANDING_AD_HOC level: LEVEL_REGIONAL }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  GivenBody()
      .When(Read<v1::ChangeFormRequest>("form { type: BODY_TYPE_BOARD since { year: 2001 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(MoveCommittee, SaysFromWhereAndWhereTo) {
  auto given = GivenBody();
  given.Beside("realms/test/committees/sdc", "established", v1::CommitteeState())
      .When(Read<v1::MoveCommitteeRequest>("parent_body: 'realms/test/committees/sdc'"));
  ASSERT_EQ(given.ThenEvents().size(), 1u);
  EXPECT_EQ(given.ThenEvents()[0].committee_moved().from_body(), kCouncil);
  EXPECT_EQ(given.state().parent_body(), "realms/test/committees/sdc");
}

TEST(MoveCommittee, IsRefusedIntoItself) {
  const auto child = Read<v1::CommitteeState>("parent_body: 'realms/test/committees/cmd'");
  const auto grandchild = Read<v1::CommitteeState>("parent_body: 'realms/test/committees/sub'");
  GivenBody()
      .Beside("realms/test/committees/sub", "informal", child)
      .Beside("realms/test/committees/subsub", "informal", grandchild)
      .When(Read<v1::MoveCommitteeRequest>("parent_body: 'realms/test/committees/subsub'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NESTING_CYCLE");
}

TEST(MoveCommittee, IsRefusedIntoAClosedBodyOrToWhereItIs) {
  GivenBody()
      .Beside("realms/test/committees/old", "closed", v1::CommitteeState())
      .When(Read<v1::MoveCommitteeRequest>("parent_body: 'realms/test/committees/old'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "PARENT_BODY_CLOSED");
  GivenBody()
      .When(Read<v1::MoveCommitteeRequest>("parent_body: 'realms/test/committees/rdc'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  GivenBody()
      .When(Read<v1::MoveCommitteeRequest>("since { year: 1999 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

constexpr char kLinked[] = R"pb(legal_basis_linked {
                                  legal_basis {
                                    id: "b1"
                                    kind: LEGAL_BASIS_KIND_RESOLUTION
                                    number: "IV-A-5-2010"
                                    issuer: "RDC"
                                    date { year: 2010 }
                                  }
                                })pb";

TEST(LinkLegalBasis, NumbersWhatHasNoId) {
  auto given = GivenBody({kLinked});
  given.When(Read<v1::LinkLegalBasisRequest>(
      "legal_basis { kind: LEGAL_BASIS_KIND_RESOLUTION number: 'IV-A-09-2013' issuer: 'RDC' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().legal_bases(1).id(), "b2");
}

TEST(LinkLegalBasis, IsRefusedTwice) {
  GivenBody({kLinked})
      .When(Read<v1::LinkLegalBasisRequest>(
          "legal_basis { kind: LEGAL_BASIS_KIND_RESOLUTION number: 'IV-A-5-2010' issuer: 'RDC' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "LEGAL_BASIS_LINKED");
  GivenBody()
      .When(Read<v1::LinkLegalBasisRequest>(
          "legal_basis { id: 'No 5' kind: LEGAL_BASIS_KIND_ACT number: '5' issuer: 'RDC' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(RepealLegalBasis, KeepsTheDocumentWithItsLastDay) {
  auto given = GivenBody({kLinked});
  given.When(Read<v1::RepealLegalBasisRequest>("legal_basis_id: 'b1'"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().legal_bases(0).repealed_on()), "2016-03-18");
}

TEST(RepealLegalBasis, IsRefusedForWhatIsNotLinkedOrRepealedAlready) {
  GivenBody()
      .When(Read<v1::RepealLegalBasisRequest>("legal_basis_id: 'b9'"))
      .ThenRejected(StatusCode::kNotFound, "LEGAL_BASIS_NOT_FOUND");
  GivenBody({kLinked, "legal_basis_repealed { legal_basis_id: 'b1' repealed_on { year: 2012 } }"})
      .When(Read<v1::RepealLegalBasisRequest>("legal_basis_id: 'b1'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "LEGAL_BASIS_REPEALED");
  GivenBody({kLinked})
      .When(Read<v1::RepealLegalBasisRequest>("legal_basis_id: 'b1' repealed_on { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(SetFunctions, ReplacesThemAll) {
  auto given = GivenBody();
  given.When(Read<v1::SetFunctionsRequest>("functions: 'research' functions: 'monitoring'"));
  given.ThenEvents();
  EXPECT_THAT(given.state().functions(), ElementsAre("research", "monitoring"));
}

TEST(SetFunctions, IsRefusedWithTheSameOnesOrBeforeTheBody) {
  GivenBody()
      .When(Read<v1::SetFunctionsRequest>("functions: 'planning guidelines'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  GivenBody()
      .When(Read<v1::SetFunctionsRequest>("functions: 'x' since { year: 1999 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(SuspendAndResume, CarryTheirDayAndDocument) {
  auto given = GivenBody();
  given.When(Read<v1::SuspendCommitteeRequest>("document: 'EO 1'"));
  EXPECT_EQ(given.ThenEvents()[0].committee_suspended().document(), "EO 1");
  given.When(Read<v1::ResumeCommitteeRequest>("document: 'EO 2'"));
  EXPECT_EQ(given.ThenEvents()[0].committee_resumed().document(), "EO 2");
}

TEST(SuspendAndResume, AreRefusedBeforeTheBody) {
  GivenBody()
      .When(Read<v1::SuspendCommitteeRequest>("since { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
  GivenBody()
      .When(Read<v1::ResumeCommitteeRequest>("since { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(CloseCommittee, NamesTheParentThatHasToDelistIt) {
  auto given = GivenBody();
  given.When(Read<v1::CloseCommitteeRequest>("document: 'EO 3'"));
  EXPECT_EQ(given.ThenEvents()[0].committee_closed().parent_body(), kCouncil);
  EXPECT_EQ(ToString(given.state().closed_on()), "2016-03-18");
}

TEST(CloseCommittee, IsRefusedWithActiveChildren) {
  GivenBody({"child_body_listed { child_body: 'realms/test/committees/sub' }"})
      .When(v1::CloseCommitteeRequest())
      .ThenRejected(StatusCode::kFailedPrecondition, "ACTIVE_CHILD_BODIES");
}

TEST(CloseCommittee, IsRefusedBeforeTheBody) {
  GivenBody()
      .When(Read<v1::CloseCommitteeRequest>("closed_on { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

}  // namespace
}  // namespace kasundo::committees
