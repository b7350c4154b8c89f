// Delegates and their promises, confirmations, trainings, granted time, reports.
#include "workflows/assignment/assignment_fixture.h"

namespace kasundo::assignments {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)

constexpr char kGrant[] =
    "delegation_id: 'd' delegate: 'realms/test/people/ben' scope: 'speak' document: 'SO 1' "
    "until { year: 2016 month: 6 day: 30 }";

// Requirement 52.
TEST(GrantRepresentation, NamesScopePeriodAndDocument) {
  auto given = Active();
  given.As(In("desk")).When(Ask<v1::GrantRepresentationRequest>(kGrant));
  const auto& delegation = given.ThenEvents().at(0).representation_granted().delegation();
  EXPECT_EQ(delegation.office(), Office("desk"));
  EXPECT_EQ(ToString(delegation.since()), "2016-03-18");
  given.When(Ask<v1::GrantRepresentationRequest>(kGrant))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "delegation_id");
  given.When(Ask<v1::GrantRepresentationRequest>("delegate: 'p' scope: 's' document: 'd'"));
  EXPECT_EQ(given.ThenEvents().at(0).representation_granted().delegation().id(), "p-2016-03-18");
}

TEST(GrantRepresentation, IsRefusedForAnOfficeWithoutThePart) {
  auto given = Active();
  given
      .When(Ask<v1::GrantRepresentationRequest>(std::string(kGrant) +
                                                " office: 'realms/test/offices/clerk'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_ASSIGNED", "office");
  given.When(Ask<v1::GrantRepresentationRequest>(std::string(kGrant) + " since { year: 2017 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  given.When(Ask<v1::GrantRepresentationRequest>("delegation_id: 'X' delegate: 'p'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

// A delegate binds an office (requirement 52), so no other office of the assignment names one for
// it.
TEST(GrantRepresentation, IsForTheOfficeItselfToGive) {
  auto given = Active();
  const std::string for_lead = std::string(kGrant) + " office: 'realms/test/offices/lead'";
  given.As(In("desk"))
      .When(Ask<v1::GrantRepresentationRequest>(for_lead))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_YOURS_TO_SAY", "office");
  given.As(Administrator()).When(Ask<v1::GrantRepresentationRequest>(for_lead));
  EXPECT_EQ(given.ThenEvents().at(0).representation_granted().delegation().office(),
            Office("lead"));
}

TEST(RevokeRepresentation, IsForTheOfficeRepresented) {
  auto given = Active();
  given.As(In("desk")).When(Ask<v1::GrantRepresentationRequest>(kGrant));
  for (const auto& other : {In("lead"), In("elsewhere", "ben")}) {
    given.As(other)
        .When(Ask<v1::RevokeRepresentationRequest>("delegation_id: 'd'"))
        .ThenRejected(StatusCode::kPermissionDenied, "NOT_YOURS_TO_SAY", "office");
  }
}

TEST(RevokeRepresentation, EndsItOnADay) {
  auto given = Active();
  given.As(In("desk")).When(Ask<v1::GrantRepresentationRequest>(kGrant));
  given.As(In("ben"));
  EXPECT_FALSE(given.HasRole("delegate"));
  given.As(In("elsewhere", "ben"));
  EXPECT_TRUE(given.HasRole("delegate"));
  given.On("2016-04-01")
      .As(In("desk"))
      .When(Ask<v1::RevokeRepresentationRequest>("delegation_id: 'd'"));
  EXPECT_EQ(ToString(given.state().delegations(0).until()), "2016-04-01");
  given.On("2016-04-02").As(In("elsewhere", "ben"));
  EXPECT_FALSE(given.HasRole("delegate"));
  given.When(Ask<v1::RevokeRepresentationRequest>("delegation_id: 'd'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "DELEGATION_NOT_IN_FORCE");
  given.When(Ask<v1::RevokeRepresentationRequest>("delegation_id: 'e'"))
      .ThenRejected(StatusCode::kNotFound, "ENTRY_NOT_FOUND");
}

// Requirement 52.
TEST(RecordPromise, IsOwedByTheOfficeRepresented) {
  auto given = Active();
  given.As(In("desk")).When(Ask<v1::GrantRepresentationRequest>(kGrant));
  const std::string promise =
      "promise_id: 'p1' delegation_id: 'd' text: 'a desk officer' promised_to: 'the committee' ";
  given.As(In("elsewhere", "ben")).When(Ask<v1::RecordPromiseRequest>(promise));
  const auto& made = given.ThenEvents().at(0).promise_made().promise();
  EXPECT_EQ(made.office(), Office("desk"));
  EXPECT_EQ(made.made_by(), "realms/test/people/ben");
  given.When(Ask<v1::RecordPromiseRequest>(promise))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "promise_id");
  given
      .When(Ask<v1::RecordPromiseRequest>("promise_id: 'p2' delegation_id: 'd' due_date { year: "
                                          "2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "due_date");
  given.When(Ask<v1::RecordPromiseRequest>("promise_id: 'P 2' delegation_id: 'd'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  given.When(Ask<v1::RecordPromiseRequest>("promise_id: 'p2' delegation_id: 'e'"))
      .ThenRejected(StatusCode::kNotFound, "ENTRY_NOT_FOUND");
  given.On("2016-07-01")
      .When(Ask<v1::RecordPromiseRequest>("promise_id: 'p2' delegation_id: 'd'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "DELEGATION_NOT_IN_FORCE");
  given.When(Ask<v1::SettlePromiseRequest>("promise_id: 'p9' evidence: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "ENTRY_NOT_FOUND");
  given.When(Ask<v1::SettlePromiseRequest>("promise_id: 'p1' evidence: 'Order 5'"));
  EXPECT_EQ(ToString(given.state().promises(0).kept_on()), "2016-07-01");
  given.When(Ask<v1::SettlePromiseRequest>("promise_id: 'p1' evidence: 'Order 5'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RecordPromise, IsNotForAnotherOfficeNorForAnotherDelegate) {
  auto given = Active();
  given.As(In("desk")).When(Ask<v1::GrantRepresentationRequest>(kGrant));
  given.As(In("lead"))
      .When(Ask<v1::GrantRepresentationRequest>(
          "delegation_id: 'e' delegate: 'realms/test/offices/clerk' scope: 's' document: 'SO 2'"));
  const std::string promise = "promise_id: 'p1' text: 'a room' promised_to: 'the committee' ";
  for (const auto& other : {In("lead"), In("clerk", "cel")}) {
    given.As(other)
        .When(Ask<v1::RecordPromiseRequest>(promise + "delegation_id: 'd'"))
        .ThenRejected(StatusCode::kPermissionDenied, "NOT_YOURS_TO_SAY", "office");
  }
  given.As(In("clerk", "cel")).When(Ask<v1::RecordPromiseRequest>(promise + "delegation_id: 'e'"));
  EXPECT_EQ(given.ThenEvents().at(0).promise_made().promise().office(), Office("lead"));
}

// Requirements 45, 126: a confirmation says that somebody of that office can be reached.
TEST(ConfirmRole, IsForTheOfficeItselfToSay) {
  Active()
      .As(In("desk"))
      .When(Ask<v1::ConfirmRoleRequest>("office: 'realms/test/offices/lead'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_YOURS_TO_SAY", "office");
}

// Requirement 45.
TEST(ConfirmRole, IsGoodForAQuarter) {
  auto given = Active();
  given.On("2016-06-10").As(In("desk", "ben")).When(Ask<v1::ConfirmRoleRequest>());
  EXPECT_EQ(given.ThenEvents().at(0).role_confirmed().confirmation().person(),
            "realms/test/people/ben");
  EXPECT_EQ(ToString(given.state().confirm_by()), "2016-09-10");
  given.When(Ask<v1::ConfirmRoleRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::ConfirmRoleRequest>("office: 'realms/test/offices/clerk'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_ASSIGNED");
  given.As(Administrator()).When(Ask<v1::ConfirmRoleRequest>());
  const auto& recorded = given.ThenEvents().at(0).role_confirmed().confirmation();
  EXPECT_EQ(recorded.office(), Office("lead"));
  EXPECT_EQ(recorded.person(), "");
}

// Requirement 53.
TEST(RecordRoleTraining, IsKeptOncePerPersonAndTraining) {
  auto given = Active();
  const std::string text = "person: 'realms/test/people/ben' training: 'speaking'";
  given.As(In("desk")).When(Ask<v1::RecordRoleTrainingRequest>(text));
  EXPECT_EQ(given.ThenEvents().at(0).training_recorded().training().office(), Office("desk"));
  given.When(Ask<v1::RecordRoleTrainingRequest>(text))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "training");
  given.When(Ask<v1::RecordRoleTrainingRequest>(text + " office: 'realms/test/offices/clerk'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_ASSIGNED");
}

// Requirement 53.
TEST(GrantTime, EndsWhatWasGrantedBefore) {
  auto given = Active();
  given.As(In("desk")).When(Ask<v1::GrantTimeRequest>("days_per_month: 4 document: 'SO 2'"));
  given.When(Ask<v1::GrantTimeRequest>("days_per_month: 6 document: 'SO 3'"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "since");
  given.On("2016-06-01").When(Ask<v1::GrantTimeRequest>("days_per_month: 6 document: 'SO 3'"));
  ASSERT_EQ(given.state().granted_times_size(), 2);
  EXPECT_EQ(ToString(given.state().granted_times(0).until()), "2016-05-31");
  given.When(Ask<v1::GrantTimeRequest>("days_per_month: 32 document: 'SO 4'"))
      .ThenRejected(StatusCode::kInvalidArgument, "TOO_LITTLE_SAID", "days_per_month");
  given.When(Ask<v1::GrantTimeRequest>("document: 'SO 5' office: 'realms/test/offices/clerk'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_ASSIGNED");
}

// What an institution grants and records (requirement 53) is its own, not that of another one.
TEST(GrantTime, IsForTheOrganisationOfTheOffice) {
  auto given = Active();
  workflows::v1::Actor stranger = In("desk");
  stranger.set_organisation("realms/test/organisations/partner");
  const std::string lead = " office: 'realms/test/offices/lead'";
  given.As(stranger)
      .When(Ask<v1::GrantTimeRequest>("days_per_month: 4 document: 'SO 2'" + lead))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_YOURS_TO_SAY", "office");
  given
      .When(Ask<v1::RecordRoleTrainingRequest>(
          "person: 'realms/test/people/ben' training: 'speaking'" + lead))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_YOURS_TO_SAY", "office");
  given.As(In("desk")).When(Ask<v1::GrantTimeRequest>("days_per_month: 4 document: 'SO 2'" + lead));
  EXPECT_EQ(given.ThenEvents().at(0).time_granted().time().office(), Office("lead"));
}

// Requirement 54.
TEST(ReportOnRole, SaysWhetherItIsLateAndWhenTheNextIsDue) {
  auto given = New();
  given.When(Proposal("until { year: 2019 } embassy { community: 'Rome' report_every_months: 6 }",
                      "embassy"));
  given.As(Administrator()).When(Ask<v1::AcceptAssignmentRequest>("document: 'Oath'"));
  EXPECT_EQ(ToString(given.state().report_due()), "2016-09-18");
  given.On("2016-09-18").As(In("desk")).When(Ask<v1::ReportOnRoleRequest>("summary: 'all well'"));
  EXPECT_FALSE(given.ThenEvents().at(0).role_reported().report().late());
  EXPECT_EQ(ToString(given.state().report_due()), "2017-03-18");
  given.On("2017-03-19").When(Ask<v1::ReportOnRoleRequest>("summary: 'all well'"));
  EXPECT_TRUE(given.ThenEvents().at(0).role_reported().report().late());
  Active()
      .When(Ask<v1::ReportOnRoleRequest>("summary: 'all well'"))
      .ThenRejected(StatusCode::kInvalidArgument, "NO_SUCH_DUTY");
}

}  // namespace
}  // namespace kasundo::assignments
