#include "kasundo/committees/v1/committees_follow_ups.pb.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_fixture.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;

constexpr char kBicol[] = "realms/test/committees/bicol-cmd";

v1::RecordJointSessionRequest Session(const std::string& more = "") {
  return Read<v1::RecordJointSessionRequest>(
      "session_id: 'exchange-1' other_body: 'realms/test/committees/bicol-cmd' kind: "
      "JOINT_SESSION_KIND_EXCHANGE_VISIT " +
      more);
}

TEST(RecordJointSession, NamesTheBodyThatEnteredIt) {
  auto given = GivenBody();
  given.When(Session("place: 'Legazpi' product: 'Survey form'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().joint_sessions(0).entered_by(), kCmd);
  EXPECT_EQ(ToString(given.state().joint_sessions(0).held_on()), "2016-03-18");
}

TEST(RecordJointSession, IsRefusedWithItselfTwiceOrWithABodyThatWasClosed) {
  GivenBody()
      .When(Read<v1::RecordJointSessionRequest>(
          "session_id: 's' other_body: 'realms/test/committees/cmd'"))
      .ThenRejected(StatusCode::kInvalidArgument, "SAME_BODY");
  auto given = GivenBody();
  given.When(Session());
  given.When(Session()).ThenRejected(StatusCode::kAlreadyExists, "JOINT_SESSION_EXISTS");
  GivenBody()
      .Beside(kBicol, "established",
              Read<v1::CommitteeState>("joint_sessions { id: 'exchange-1' }"))
      .When(Session())
      .ThenRejected(StatusCode::kAlreadyExists, "JOINT_SESSION_EXISTS");
  GivenBody()
      .Beside(kBicol, "closed", Read<v1::CommitteeState>("closed_on { year: 2015 }"))
      .When(Session())
      .ThenRejected(StatusCode::kFailedPrecondition, "BODY_CLOSED");
  GivenBody()
      .When(Read<v1::RecordJointSessionRequest>("session_id: 'S 1' other_body: 'x'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  GivenBody()
      .When(Session("held_on { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(EnterJointSession, EntersWhatTheOtherBodyRecordedOnce) {
  const auto enter = Read<v1::EnterJointSessionRequest>("session { id: 'exchange-1' }");
  auto given = GivenBody();
  given.When(enter);
  EXPECT_EQ(given.ThenEvents().size(), 1u);
  given.When(enter).Then({});
}

TEST(RecordJointProduct, IsInTheRecordOfTheSession) {
  auto given = GivenBody();
  given.When(Session());
  const auto product =
      Read<v1::RecordJointProductRequest>("session_id: 'exchange-1' product: 'Survey form'");
  given.When(product);
  given.ThenEvents();
  EXPECT_EQ(given.state().joint_sessions(0).product(), "Survey form");
  given.When(product).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RecordJointProduct, IsRefusedForNoSession) {
  GivenBody()
      .When(Read<v1::RecordJointProductRequest>("session_id: 'none' product: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "JOINT_SESSION_NOT_FOUND");
}

TEST(EnterJointProduct, PassesOverSessionsThatItDoesNotKnow) {
  GivenBody().When(Read<v1::EnterJointProductRequest>("session_id: 'none'")).Then({});
  auto given = GivenBody();
  given.When(Session());
  given.When(Read<v1::EnterJointProductRequest>("session_id: 'exchange-1' product: 'p'"));
  EXPECT_EQ(given.state().joint_sessions(0).product(), "p");
}

constexpr char kShare[] =
    "project_id: 'desk' title: 'Help desk' informed_bodies: 'realms/test/committees/bicol-cmd'";
constexpr char kInformed[] =
    "project_shared { project { id: 'desk' right: PROJECT_RIGHT_INFORMED deciding_body: "
    "'realms/test/committees/bicol-cmd' } }";

TEST(ShareProject, MakesThisBodyTheOneThatDecides) {
  auto given = GivenBody();
  given.When(Read<v1::ShareProjectRequest>(kShare));
  given.ThenEvents();
  EXPECT_EQ(given.state().projects(0).right(), v1::PROJECT_RIGHT_DECIDES);
  EXPECT_EQ(given.state().projects(0).deciding_body(), kCmd);
}

TEST(ShareProject, IsRefusedTwiceOrWithItselfOrAWrongId) {
  auto given = GivenBody();
  given.When(Read<v1::ShareProjectRequest>(kShare));
  given.When(Read<v1::ShareProjectRequest>(kShare))
      .ThenRejected(StatusCode::kAlreadyExists, "PROJECT_EXISTS");
  GivenBody()
      .Beside(kBicol, "established", Read<v1::CommitteeState>("projects { id: 'desk' }"))
      .When(Read<v1::ShareProjectRequest>(kShare))
      .ThenRejected(StatusCode::kAlreadyExists, "PROJECT_EXISTS");
  GivenBody()
      .Beside(kBicol, "closed", Read<v1::CommitteeState>("closed_on { year: 2015 }"))
      .When(Read<v1::ShareProjectRequest>(kShare))
      .ThenRejected(StatusCode::kFailedPrecondition, "BODY_CLOSED");
  GivenBody()
      .When(Read<v1::ShareProjectRequest>(
          "project_id: 'desk' informed_bodies: 'realms/test/committees/cmd'"))
      .ThenRejected(StatusCode::kInvalidArgument, "SAME_BODY");
  GivenBody()
      .When(Read<v1::ShareProjectRequest>("project_id: 'The desk' informed_bodies: 'x'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(DecideOnProject, IsForTheDecidingBodyOnly) {
  auto given = GivenBody();
  given.When(Read<v1::ShareProjectRequest>(kShare));
  given.When(Read<v1::DecideOnProjectRequest>("project_id: 'desk' decision: 'Open in May'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().projects(0).decisions(0).decision(), "Open in May");
  GivenBody({kInformed})
      .When(Read<v1::DecideOnProjectRequest>("project_id: 'desk' decision: 'Close it'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_THE_DECIDING_BODY");
  GivenBody()
      .When(Read<v1::DecideOnProjectRequest>("project_id: 'none' decision: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "PROJECT_NOT_FOUND");
}

TEST(CommentOnProject, IsOpenToInformedBodies) {
  auto given = GivenBody({kInformed});
  given.When(Read<v1::CommentOnProjectRequest>("project_id: 'desk' text: 'Later, please'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().projects(0).comments(0).body(), kCmd);
  EXPECT_EQ(given.state().projects(0).comments(0).account(), "realms/test/accounts/tester");
  GivenBody()
      .When(Read<v1::CommentOnProjectRequest>("project_id: 'none' text: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "PROJECT_NOT_FOUND");
}

TEST(SharedProjects, EnterWhatOtherBodiesDidOnce) {
  auto given = GivenBody();
  const auto enter = Read<v1::EnterProjectRequest>("project { id: 'desk' }");
  given.When(enter);
  given.When(enter).Then({});
  given.When(
      Read<v1::EnterProjectDecisionRequest>("project_id: 'desk' decision { decision: 'd' }"));
  given.When(Read<v1::EnterProjectCommentRequest>("project_id: 'desk' comment { text: 'c' }"));
  EXPECT_EQ(given.state().projects(0).decisions_size(), 1);
  EXPECT_EQ(given.state().projects(0).comments_size(), 1);
  given.When(Read<v1::EnterProjectDecisionRequest>("project_id: 'none'")).Then({});
  given.When(Read<v1::EnterProjectCommentRequest>("project_id: 'none'")).Then({});
}

}  // namespace
}  // namespace kasundo::committees
