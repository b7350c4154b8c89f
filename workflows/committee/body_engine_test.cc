// Bodies on the real engine: roles and states of the definition, follow-ups in the same batch,
// deadlines.
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/committees/v1/membership_applications_service.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/body_fixture.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/roster.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;
using testing::Acting;
using testing::Administrator;
using testing::TestEngine;

KindRegistry Bodies() {
  KindRegistry registry;
  AddBodies(registry);
  directory::AddDirectory(registry);
  return registry;
}

constexpr char kSecretariat[] = "realms/test/offices/neda-secretariat";

class BodyEngineTest : public ::testing::Test {
 protected:
  BodyEngineTest() : engine_(Bodies()) { engine_.clock().Set(At("2016-01-04")); }

  static absl::Time At(const std::string& day) {
    return absl::FromCivil(First(Day(day)), absl::FixedTimeZone(8 * 3600)) + absl::Hours(9);
  }

  Outcome Found(const std::string& id, const std::string& more = "",
                const workflows::v1::Actor& actor = Administrator()) {
    return engine_.Send(Read<v1::EstablishCommitteeRequest>(
                            "parent: 'realms/test' committee_id: '" + id + "' title: '" + id +
                            "' form { type: BODY_TYPE_COMMITTEE } since { year: "
                            "2010 } " +
                            more),
                        actor);
  }

  template <typename Request>
  Outcome Send(const std::string& body, const std::string& text,
               const workflows::v1::Actor& actor = Administrator()) {
    auto request = Read<Request>(text);
    request.set_name("realms/test/committees/" + body);
    return engine_.Send(request, actor);
  }

  Instance Get(const std::string& body) { return *engine_->Get("realms/test/committees/" + body); }
  std::string StateIdOf(const std::string& body) { return Get(body).record.lifecycle_state(); }
  v1::CommitteeState StateOf(const std::string& body) {
    return static_cast<const v1::CommitteeState&>(*Get(body).state);
  }

  TestEngine engine_;
};

constexpr char kAct[] =
    "legal_basis { id: 'ra' kind: LEGAL_BASIS_KIND_ACT number: 'RA 10022' issuer: 'Congress' }";
constexpr char kOrder[] =
    "legal_basis { id: 'eo' kind: LEGAL_BASIS_KIND_EXECUTIVE_ORDER number: 'EO 1' issuer: 'Mayor' "
    "}";

TEST_F(BodyEngineTest, ABodyIsInformalUntilALegalDocumentIsLinked) {
  ASSERT_OK(Found("cmd").status);
  EXPECT_EQ(StateIdOf("cmd"), "informal");
  ASSERT_OK(Send<v1::LinkLegalBasisRequest>("cmd", kAct).status);
  EXPECT_EQ(StateIdOf("cmd"), "established");
}

TEST_F(BodyEngineTest, FoundedWithADocumentItIsEstablishedAtOnce) {
  ASSERT_OK(
      Found("cmd",
            "legal_bases { kind: LEGAL_BASIS_KIND_ACT number: '1' issuer: 'C' } secretariat { "
            "office: 'realms/test/offices/neda-secretariat' } seats { id: 'a' title: 'A' "
            "category: 'c' }")
          .status);
  EXPECT_EQ(StateIdOf("cmd"), "established");
}

TEST_F(BodyEngineTest, OnlyTheLastRepealedDocumentMakesItInformalAgain) {
  ASSERT_OK(Found("cmd").status);
  ASSERT_OK(Send<v1::LinkLegalBasisRequest>("cmd", kAct).status);
  ASSERT_OK(Send<v1::LinkLegalBasisRequest>("cmd", kOrder).status);
  ASSERT_OK(Send<v1::RepealLegalBasisRequest>("cmd", "legal_basis_id: 'ra'").status);
  EXPECT_EQ(StateIdOf("cmd"), "established");
  ASSERT_OK(Send<v1::RepealLegalBasisRequest>("cmd", "legal_basis_id: 'eo'").status);
  EXPECT_EQ(StateIdOf("cmd"), "informal");
}

TEST_F(BodyEngineTest, ASuspendedBodyResumesAsWhatItsDocumentsMakeIt) {
  ASSERT_OK(Found("cmd").status);
  ASSERT_OK(Send<v1::LinkLegalBasisRequest>("cmd", kAct).status);
  ASSERT_OK(Send<v1::SuspendCommitteeRequest>("cmd", "").status);
  EXPECT_REFUSED(Send<v1::AddSeatRequest>("cmd", "seat { id: 'a' category: 'c' }").status,
                 StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
  ASSERT_OK(Send<v1::ResumeCommitteeRequest>("cmd", "").status);
  EXPECT_EQ(StateIdOf("cmd"), "established");
  ASSERT_OK(Send<v1::SuspendCommitteeRequest>("cmd", "").status);
  ASSERT_OK(Send<v1::RepealLegalBasisRequest>("cmd", "legal_basis_id: 'ra'").status);
  ASSERT_OK(Send<v1::ResumeCommitteeRequest>("cmd", "").status);
  EXPECT_EQ(StateIdOf("cmd"), "informal");
}

TEST_F(BodyEngineTest, TheSecretariatKeepsTheSeatsAndNobodyElse) {
  ASSERT_OK(Found("cmd", "secretariat { office: 'realms/test/offices/neda-secretariat' }").status);
  const std::string seat = "seat { id: 'dole' title: 'DOLE' category: 'agency' }";
  EXPECT_REFUSED(Send<v1::AddSeatRequest>("cmd", seat, Acting("realms/test/offices/other")).status,
                 StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_OK(Send<v1::AddSeatRequest>("cmd", seat, Acting(kSecretariat)).status);
}

TEST_F(BodyEngineTest, TheSecretariatOfTheParentFoundsAndItsBodiesAreListed) {
  ASSERT_OK(Found("rdc", "secretariat { office: 'realms/test/offices/neda-secretariat' }").status);
  const std::string nested = "parent_body: 'realms/test/committees/rdc'";
  EXPECT_REFUSED(Found("cmd", nested, Acting("realms/test/offices/other")).status,
                 StatusCode::kPermissionDenied, "NOT_SECRETARIAT_OF_PARENT");
  ASSERT_OK(Found("cmd",
                  nested + " seats { id: 'a' title: 'A' category: 'c' } legal_bases { kind: "
                           "LEGAL_BASIS_KIND_ACT number: '1' issuer: 'C' }",
                  Acting(kSecretariat))
                .status);
  EXPECT_THAT(StateOf("rdc").child_bodies(), ::testing::ElementsAre(kCmd));
}

TEST_F(BodyEngineTest, AParentClosesOnlyAfterItsChildren) {
  ASSERT_OK(Found("rdc").status);
  ASSERT_OK(Found("sdc", "parent_body: 'realms/test/committees/rdc'").status);
  ASSERT_OK(Found("cmd", "parent_body: 'realms/test/committees/rdc'").status);
  EXPECT_REFUSED(Send<v1::CloseCommitteeRequest>("rdc", "").status, StatusCode::kFailedPrecondition,
                 "ACTIVE_CHILD_BODIES");
  ASSERT_OK(
      Send<v1::MoveCommitteeRequest>("cmd", "parent_body: 'realms/test/committees/sdc'").status);
  EXPECT_THAT(StateOf("rdc").child_bodies(), ::testing::ElementsAre("realms/test/committees/sdc"));
  EXPECT_THAT(StateOf("sdc").child_bodies(), ::testing::ElementsAre(kCmd));
  ASSERT_OK(Send<v1::CloseCommitteeRequest>("cmd", "").status);
  ASSERT_OK(Send<v1::CloseCommitteeRequest>("sdc", "").status);
  ASSERT_OK(Send<v1::CloseCommitteeRequest>("rdc", "").status);
  EXPECT_EQ(StateIdOf("rdc"), "closed");
}

TEST_F(BodyEngineTest, AMeetingNotHeldByItsWindowIsFlaggedTheNextDay) {
  ASSERT_OK(Found("cmd", "cadence { period: CADENCE_PERIOD_QUARTERLY }").status);
  ASSERT_OK(Send<v1::GenerateMeetingSeriesRequest>("cmd", "year: 2016").status);
  engine_.clock().Set(At("2016-03-31"));
  engine_.FireDeadlines();
  EXPECT_FALSE(StateOf("cmd").series(0).meetings(0).missed());
  engine_.clock().Set(At("2016-04-01"));
  engine_.FireDeadlines();
  EXPECT_TRUE(StateOf("cmd").series(0).meetings(0).missed());
  EXPECT_FALSE(StateOf("cmd").series(0).meetings(1).missed());
  engine_.clock().Set(At("2017-01-01"));
  engine_.FireDeadlines();
  EXPECT_TRUE(StateOf("cmd").series(0).meetings(3).missed()) << "each window in its turn";
}

TEST_F(BodyEngineTest, AJointSessionAndItsProductAreInBothRecords) {
  ASSERT_OK(Found("cmd").status);
  ASSERT_OK(Found("bicol-cmd").status);
  ASSERT_OK(Send<v1::RecordJointSessionRequest>(
                "cmd",
                "session_id: 'exchange-1' other_body: 'realms/test/committees/bicol-cmd' kind: "
                "JOINT_SESSION_KIND_EXCHANGE_VISIT")
                .status);
  ASSERT_EQ(StateOf("bicol-cmd").joint_sessions_size(), 1);
  EXPECT_EQ(StateOf("bicol-cmd").joint_sessions(0).other_body(), kCmd);
  ASSERT_OK(Send<v1::RecordJointProductRequest>("bicol-cmd",
                                                "session_id: 'exchange-1' product: 'Survey form'")
                .status);
  EXPECT_EQ(StateOf("cmd").joint_sessions(0).product(), "Survey form");
}

TEST_F(BodyEngineTest, OneBodyDecidesAndTheOtherIsInformed) {
  ASSERT_OK(Found("narrow").status);
  ASSERT_OK(Found("wide", "seats { id: 'a' title: 'A' category: 'c' }").status);
  ASSERT_OK(
      Send<v1::FillSeatRequest>("wide", "seat_id: 'a' person: 'realms/test/people/mia'").status);
  ASSERT_OK(Send<v1::ShareProjectRequest>(
                "narrow",
                "project_id: 'desk' title: 'Desk' informed_bodies: 'realms/test/committees/wide'")
                .status);
  ASSERT_OK(
      Send<v1::DecideOnProjectRequest>("narrow", "project_id: 'desk' decision: 'Open'").status);
  EXPECT_EQ(StateOf("wide").projects(0).decisions(0).decision(), "Open");
  EXPECT_REFUSED(
      Send<v1::DecideOnProjectRequest>("wide", "project_id: 'desk' decision: 'Close'").status,
      StatusCode::kPermissionDenied, "NOT_THE_DECIDING_BODY");
  workflows::v1::Actor member;
  member.set_account("realms/test/accounts/mia");
  member.set_person("realms/test/people/mia");
  ASSERT_OK(Send<v1::CommentOnProjectRequest>("wide", "project_id: 'desk' text: 'Earlier'", member)
                .status);
  ASSERT_EQ(StateOf("narrow").projects(0).comments_size(), 1);
  EXPECT_EQ(StateOf("narrow").projects(0).comments(0).body(), "realms/test/committees/wide");
}

TEST_F(BodyEngineTest, NoMembershipIsActiveWithoutTheDecisionAndItEnds) {
  ASSERT_OK(Found("cmd",
                  "rules { admission_by_decision: true admission_criteria: 'registered' } seats { "
                  "id: 'ngo' title: 'NGO' organisation: 'realms/test/organisations/atikha' }")
                .status);
  const std::string fill = "seat_id: 'ngo' person: 'realms/test/people/mai'";
  EXPECT_REFUSED(Send<v1::FillSeatRequest>("cmd", fill).status, StatusCode::kFailedPrecondition,
                 "ORGANISATION_NOT_ACCREDITED");
  const std::string application = "membershipApplications/atikha";
  workflows::v1::Actor applicant = Acting("realms/test/offices/atikha");
  applicant.set_organisation("realms/test/organisations/atikha");
  ASSERT_OK(engine_
                .Send(Read<v1::ApplyForMembershipRequest>(
                          "parent: 'realms/test/committees/cmd' membership_application_id: "
                          "'atikha' organisation: 'realms/test/organisations/atikha' statement: "
                          "'We train families'"),
                      applicant)
                .status);
  EXPECT_REFUSED(Send<v1::DecideApplicationRequest>(
                     "cmd/" + application,
                     "accept: true reasons: 'r' document: 'd' accredited_until { year: 2017 }")
                     .status,
                 StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
  ASSERT_OK(Send<v1::CheckCriteriaRequest>("cmd/" + application,
                                           "checks { criterion: 'registered' met: true }")
                .status);
  ASSERT_OK(Send<v1::GiveAdviceRequest>("cmd/" + application,
                                        "recommendation: RECOMMENDATION_ACCEPT text: 't'")
                .status);
  ASSERT_OK(Send<v1::DecideApplicationRequest>(
                "cmd/" + application,
                "accept: true reasons: 'r' document: 'Res 3' accredited_until { year: 2017 }")
                .status);
  ASSERT_EQ(StateOf("cmd").accreditations_size(), 1);
  EXPECT_EQ(StateOf("cmd").accreditations(0).application(), std::string(kCmd) + "/" + application);
  ASSERT_OK(Send<v1::FillSeatRequest>("cmd", fill).status);

  engine_.clock().Set(At("2017-11-03"));
  EXPECT_GE(engine_.FireDeadlines(), 1) << "reminder 60 days before the end";
  EXPECT_EQ(StateIdOf("cmd/" + application), "accepted");
  engine_.clock().Set(At("2018-01-01"));
  engine_.FireDeadlines();
  EXPECT_EQ(StateIdOf("cmd/" + application), "lapsed");
}

TEST_F(BodyEngineTest, ReplaysToTheSameBytes) {
  ASSERT_OK(Found("rdc", "cadence { period: CADENCE_PERIOD_MONTHLY }").status);
  ASSERT_OK(Found("cmd", "parent_body: 'realms/test/committees/rdc'").status);
  ASSERT_OK(Send<v1::GenerateMeetingSeriesRequest>("rdc", "year: 2016").status);
  engine_.clock().Set(At("2016-06-01"));
  engine_.FireDeadlines();
  EXPECT_OK(engine_->Verify("realms/test", [](int64_t, int64_t) { return true; }));
}

// Requirement 124, for seats and posts.
class DepartureTest : public BodyEngineTest {
 protected:
  void SetUp() override {
    ASSERT_OK(
        Found("cmd", "seats { id: 'a' category: 'c' } seats { id: 'b' category: 'c' }").status);
    ASSERT_OK(engine_
                  .Send(Read<directory::v1::CreatePersonRequest>(
                            "parent: 'realms/test' person_id: 'anna' full_name: 'Anna'"),
                        Administrator())
                  .status);
    ASSERT_OK(Send<v1::FillSeatRequest>("cmd", kAnna + " seat_id: 'a' since { year: 2012 } "
                                                       "until { year: 2016 month: 6 day: 30 }")
                  .status);
    ASSERT_OK(Send<v1::FillSeatRequest>(
                  "cmd", kAnna + " seat_id: 'b' since { year: 2016 month: 7 day: 1 }")
                  .status);
    ASSERT_OK(Send<v1::AppointOfficerRequest>(
                  "cmd", "officer { id: 'chair' position: OFFICER_POSITION_CHAIR " + kAnna +
                             " since { year: 2013 } }")
                  .status);
  }
  absl::Status Die() {
    return engine_
        .Send(Read<directory::v1::RecordDeathRequest>(
                  "name: 'realms/test/people/anna' on { year: 2015 month: 12 day: 1 }"),
              Administrator())
        .status;
  }
  void ExpectReleased() {
    const v1::CommitteeState body = StateOf("cmd");
    EXPECT_EQ(RosterOn(body, Day("2015-12-01")).HeldBy("realms/test/people/anna")->id(), "a");
    EXPECT_EQ(RosterOn(body, Day("2015-12-02")).regular_filled(), 0);
    EXPECT_EQ(RosterOn(body, Day("2016-07-02")).regular_filled(), 0);
    EXPECT_EQ(body.seats(0).holders(0).end_reason(), "death");
    EXPECT_EQ(ToString(body.officers(0).until()), "2015-12-01");
    const auto person = std::dynamic_pointer_cast<const directory::v1::PersonState>(
        engine_->Get("realms/test/people/anna")->state);
    EXPECT_EQ(person->bodies_size(), 1);
    ASSERT_OK(engine_->Verify("realms/test", nullptr));
  }

  const std::string kAnna = "person: 'realms/test/people/anna'";
};

TEST_F(DepartureTest, WhoDiesHoldsNoSeatAndNoPostFromThatDayOnAndComesIntoNone) {
  ASSERT_OK(Die());
  ExpectReleased();
  EXPECT_REFUSED(
      Send<v1::FillSeatRequest>("cmd", kAnna + " seat_id: 'a' since { year: 2016 month: 1 }")
          .status,
      StatusCode::kFailedPrecondition, "PERSON_GONE");
  EXPECT_REFUSED(Send<v1::AppointOfficerRequest>(
                     "cmd",
                     "officer { position: OFFICER_POSITION_CHAIR since { year: 2016 month: "
                     "1 } " +
                         kAnna + " }")
                     .status,
                 StatusCode::kFailedPrecondition, "PERSON_GONE");
  ASSERT_OK(Send<v1::FillSeatRequest>(
                "cmd", kAnna + " seat_id: 'b' since { year: 2010 } until { year: 2011 }")
                .status);
}

TEST_F(DepartureTest, ABodyThatRestsLosesThemToo) {
  ASSERT_OK(Send<v1::SuspendCommitteeRequest>("cmd", "").status);
  ASSERT_OK(Die());
  ExpectReleased();
}

TEST_F(DepartureTest, NoRuleKeepsTheDeadInASeat) {
  ASSERT_OK(
      Send<v1::SetCompositionRulesRequest>(
          "cmd",
          "rules { id: 'full' title: 'Two seats filled' check: COMPOSITION_CHECK_MINIMUM_MEMBERS "
          "minimum: 1 enforced: true }")
          .status);
  ASSERT_OK(Die());
  ExpectReleased();
}

}  // namespace
}  // namespace kasundo::committees
