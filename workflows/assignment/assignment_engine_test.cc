// Assignments, their definition and the portfolios together, on the real engine.
#include "gmock/gmock.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/portfolios_events.pb.h"
#include "kasundo/assignments/v1/portfolios_follow_ups.pb.h"
#include "workflows/assignment/assignment_engine_fixture.h"

namespace kasundo::assignments {
namespace {

using absl::StatusCode;
using fixture::AssignmentWorld;
using testing::Acting;
using testing::Administrator;

workflows::v1::Actor System() {
  workflows::v1::Actor actor;
  actor.set_account("system");
  actor.set_system(true);
  return actor;
}

class AssignmentsOnTheEngine : public ::testing::Test {
 protected:
  void Activate(const std::string& id) {
    world_.Do<v1::AcceptAssignmentRequest>(AssignmentWorld::Named(id) + "document: 'Letter'");
  }
  void At(const std::string& day) {
    world_.engine().clock().Set(
        absl::FromCivil(First(*ParseCivilDate(day)), absl::FixedTimeZone(8 * 3600)) +
        absl::Hours(9));
  }
  AssignmentWorld world_;
};

TEST_F(AssignmentsOnTheEngine, HoldWhenTheOfficesThemselvesHaveAccepted) {
  ASSERT_OK(world_.Propose("it", "serve", "lead", "desk"));
  EXPECT_EQ(world_.StateOf("it"), "proposed");
  EXPECT_REFUSED(world_.Try<v1::AcceptAssignmentRequest>(AssignmentWorld::Named("it"),
                                                         Acting("realms/test/offices/clerk")),
                 StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  ASSERT_OK(world_.Try<v1::AcceptAssignmentRequest>(AssignmentWorld::Named("it"),
                                                    Acting("realms/test/offices/desk")));
  EXPECT_EQ(world_.StateOf("it"), "proposed");
  ASSERT_OK(world_.Try<v1::AcceptAssignmentRequest>(AssignmentWorld::Named("it"),
                                                    Acting("realms/test/offices/lead")));
  EXPECT_EQ(world_.StateOf("it"), "active");
  ASSERT_OK(world_.engine()->Verify("realms/test", nullptr));
}

TEST_F(AssignmentsOnTheEngine, AreKeptInThePortfoliosOfTheirOffices) {
  ASSERT_OK(world_.Propose("it", "serve", "lead", "desk"));
  auto desk = world_.Read<v1::PortfolioState>("portfolios/desk");
  ASSERT_EQ(desk.claims_size(), 1);
  EXPECT_TRUE(desk.claims(0).offered());
  EXPECT_TRUE(desk.claims(0).responsible());
  EXPECT_FALSE(desk.claims(0).accountable());
  Activate("it");
  desk = world_.Read<v1::PortfolioState>("portfolios/desk");
  ASSERT_EQ(desk.claims_size(), 1);
  EXPECT_FALSE(desk.claims(0).offered());
  At("2016-06-01");
  ASSERT_OK(world_.Try<v1::OfferHandoverRequest>(
      AssignmentWorld::Named("it") +
      "offices { accountable: 'realms/test/offices/lead' responsible: 'realms/test/offices/clerk' "
      "} header { reason: 'x' }"));
  EXPECT_EQ(world_.StateOf("it"), "handing-over");
  EXPECT_EQ(world_.Read<v1::PortfolioState>("portfolios/clerk").claims_size(), 1);
  world_.Do<v1::DropHandoverRequest>(AssignmentWorld::Named("it") + "header { reason: 'no' }");
  EXPECT_EQ(world_.Read<v1::PortfolioState>("portfolios/clerk").claims_size(), 0);
  world_.Do<v1::EndAssignmentRequest>(AssignmentWorld::Named("it") + "header { reason: 'done' }");
  desk = world_.Read<v1::PortfolioState>("portfolios/desk");
  EXPECT_EQ(ToString(desk.claims(0).until()), "2016-06-01");
  ASSERT_OK(world_.engine()->Verify("realms/test", nullptr));
}

TEST_F(AssignmentsOnTheEngine, DiscardThePortfolioOfAnOfficeThatWasEnteredByMistake) {
  ASSERT_OK(world_.Propose("it", "serve", "lead", "desk"));
  EXPECT_REFUSED(
      world_.Try<v1::DiscardPortfolioRequest>("name: 'realms/test/portfolios/desk'", System()),
      StatusCode::kFailedPrecondition, "STILL_ASSIGNED");
  world_.Do<v1::WithdrawAssignmentRequest>(AssignmentWorld::Named("it") + "header { reason: 'x' }");
  world_.Do<directory::v1::WithdrawOfficeRequest>(
      "name: 'realms/test/offices/desk' header { reason: 'entered twice' }");
  EXPECT_EQ(world_.engine()->Get("realms/test/portfolios/desk")->record.lifecycle_state(),
            "discarded");
}

// Requirement 55, over assignments that were made one after the other.
TEST_F(AssignmentsOnTheEngine, NobodyIsAskedToMonitorWhatItDoes) {
  ASSERT_OK(world_.Propose("doing", "serve", "lead", "desk"));
  EXPECT_REFUSED(world_.Propose("watching", "watch", "audit", "desk"),
                 StatusCode::kFailedPrecondition, "MONITOR_IS_MONITORED");
  ASSERT_OK(world_.Propose("watching", "watch", "audit", "clerk"));
  // The one that is only proposed counts already.
  EXPECT_REFUSED(world_.Propose("more", "serve", "lead", "clerk"), StatusCode::kFailedPrecondition,
                 "MONITOR_IS_MONITORED");
  world_.Do<v1::WithdrawAssignmentRequest>(AssignmentWorld::Named("watching") +
                                           "header { reason: 'x' }");
  ASSERT_OK(world_.Propose("more", "serve", "lead", "clerk"));
}

// Requirement 45.
TEST_F(AssignmentsOnTheEngine, MustBeConfirmedEachQuarter) {
  ASSERT_OK(world_.Propose("it", "serve", "lead", "desk"));
  Activate("it");
  At("2016-05-01");
  EXPECT_EQ(world_.engine().FireDeadlines(), 0);
  At("2016-05-03");
  EXPECT_EQ(world_.engine().FireDeadlines(), 1);
  EXPECT_EQ(world_.StateOf("it"), "active");
  world_.Do<v1::ConfirmRoleRequest>(AssignmentWorld::Named("it"));
  At("2016-08-05");
  EXPECT_EQ(world_.engine().FireDeadlines(), 1);
}

TEST_F(AssignmentsOnTheEngine, EndWithTheMandate) {
  ASSERT_OK(world_.Propose("it", "serve", "lead", "desk", "until { year: 2016 month: 3 day: 31 }"));
  Activate("it");
  At("2016-04-02");
  EXPECT_EQ(world_.engine().FireDeadlines(), 1);
  EXPECT_EQ(world_.StateOf("it"), "ended");
  const auto state = world_.Read<v1::AssignmentState>("assignments/it");
  EXPECT_EQ(ToString(state.tenures(0).until()), "2016-03-31");
}

TEST_F(AssignmentsOnTheEngine, AreNotConfirmedWhenNothingIsOffered) {
  ASSERT_OK(world_.Propose("it", "serve", "lead", "desk"));
  Activate("it");
  EXPECT_REFUSED(
      world_.Try<v1::ConfirmHandoverRequest>(AssignmentWorld::Named("it") + "document: 'Letter'"),
      StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
}

// Requirement 126: silence escalates and ends nothing.
TEST_F(AssignmentsOnTheEngine, StayWithThoseWhoHaveThemWhileAHandoverIsNotAnswered) {
  ASSERT_OK(world_.Propose("it", "serve", "lead", "desk"));
  Activate("it");
  At("2016-02-10");
  world_.Do<v1::OfferHandoverRequest>(
      AssignmentWorld::Named("it") +
      "offices { accountable: 'realms/test/offices/clerk' responsible: 'realms/test/offices/desk' "
      "} header { reason: 'x' }");
  At("2016-03-12");
  EXPECT_EQ(world_.engine().FireDeadlines(), 1);
  EXPECT_EQ(world_.StateOf("it"), "handing-over");
  EXPECT_REFUSED(world_.Try<v1::ConfirmHandoverRequest>(AssignmentWorld::Named("it"),
                                                        Acting("realms/test/offices/desk")),
                 StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  ASSERT_OK(world_.Try<v1::ConfirmHandoverRequest>(AssignmentWorld::Named("it"),
                                                   Acting("realms/test/offices/clerk")));
  EXPECT_EQ(world_.StateOf("it"), "active");
}

}  // namespace
}  // namespace kasundo::assignments
