#include "kasundo/committees/v1/membership_applications_service.pb.h"
#include "workflows/committee/body_fixture.h"
#include "workflows/committee/membership_application_decider.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;
using testing::Given;

constexpr char kApplication[] = "realms/test/committees/cmd/membershipApplications/atikha";

v1::CommitteeState BodyWithCriteria(const std::string& more = "") {
  return Read<v1::CommitteeState>(
      "rules { admission_criteria: 'registered' admission_criteria: 'two years of work' } " + more);
}

Given<MembershipApplication> GivenApplication(const std::vector<std::string>& events,
                                              const v1::CommitteeState& body = BodyWithCriteria()) {
  std::vector<v1::MembershipApplicationEvent> history;
  for (const std::string& text : events) {
    history.push_back(Read<v1::MembershipApplicationEvent>(text));
  }
  Given<MembershipApplication> given(history);
  given.Named(kApplication).Beside(kCmd, "established", body);
  return given;
}

constexpr char kApplied[] = "membership_applied { organisation: 'org/atikha' statement: 's' }";
constexpr char kChecked[] =
    "criteria_checked { checks { criterion: 'registered' met: true } checks { criterion: 'two "
    "years of work' met: true } }";

TEST(ApplyForMembership, KeepsStatementAndDay) {
  auto given = GivenApplication({});
  workflows::v1::Actor applicant;
  applicant.set_organisation("org/atikha");
  given.As(applicant).When(Read<v1::ApplyForMembershipRequest>(
      "membership_application_id: 'atikha' organisation: 'org/atikha' statement: 'We train "
      "families' documents: 'SEC 1'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().organisation(), "org/atikha");
  EXPECT_EQ(ToString(given.state().applied_on()), "2016-03-18");
}

TEST(ApplyForMembership, IsRefusedForAWrongIdOrAClosedBody) {
  GivenApplication({})
      .When(Read<v1::ApplyForMembershipRequest>("membership_application_id: 'At Ikha'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  GivenApplication({}, Read<v1::CommitteeState>("closed_on { year: 2015 }"))
      .When(Read<v1::ApplyForMembershipRequest>("membership_application_id: 'atikha'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "BODY_CLOSED");
}

TEST(ApplyForMembership, IsForTheOwnOrganisationUnlessTheSecretariatEntersIt) {
  const auto request = Read<v1::ApplyForMembershipRequest>(
      "membership_application_id: 'atikha' organisation: 'org/atikha'");
  workflows::v1::Actor other;
  other.set_organisation("org/other");
  other.set_office("office/sec");
  GivenApplication({}).As(other).When(request).ThenRejected(
      StatusCode::kPermissionDenied, "NOT_YOUR_ORGANISATION", "organisation");
  GivenApplication({}, BodyWithCriteria("secretariats { office: 'office/sec' }"))
      .As(other)
      .When(request)
      .ThenEvents();
}

TEST(CheckCriteria, ChecksEachCriterionOfTheBodyOnce) {
  GivenApplication({kApplied})
      .When(Read<v1::CheckCriteriaRequest>(
          "checks { criterion: 'registered' met: true } checks { criterion: 'two years of work' }"))
      .ThenEvents();
  const auto refuses = [](const std::string& checks) {
    GivenApplication({kApplied})
        .When(Read<v1::CheckCriteriaRequest>(checks))
        .ThenRejected(StatusCode::kInvalidArgument, "CRITERIA_NOT_MET");
  };
  refuses("checks { criterion: 'registered' met: true }");
  refuses("checks { criterion: 'rich' met: true }");
  refuses("checks { criterion: 'registered' } checks { criterion: 'registered' }");
}

TEST(GiveAdvice, KeepsWhoAdvised) {
  auto given = GivenApplication({kApplied, kChecked});
  given.When(
      Read<v1::GiveAdviceRequest>("recommendation: RECOMMENDATION_ACCEPT text: 'They know us'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().advice(0).account(), "realms/test/accounts/tester");
}

TEST(DecideApplication, NeedsReasonsEitherWay) {
  for (const std::string accept : {"accept: true", "accept: false"}) {
    GivenApplication({kApplied, kChecked})
        .When(Read<v1::DecideApplicationRequest>(accept + " document: 'Res 3'"))
        .ThenRejected(StatusCode::kInvalidArgument, "REASONS_REQUIRED");
  }
}

TEST(DecideApplication, AccreditsUntilADay) {
  auto given = GivenApplication({kApplied, kChecked});
  given.When(Read<v1::DecideApplicationRequest>(
      "accept: true reasons: 'all met' document: 'Res 3' accredited_until { year: 2018 }"));
  ASSERT_EQ(given.ThenEvents().size(), 1u);
  EXPECT_EQ(given.ThenEvents()[0].application_accepted().organisation(), "org/atikha");
  EXPECT_EQ(ToString(given.state().decision().accredited_since()), "2016-03-18");
}

TEST(DecideApplication, IsRefusedWithoutAnEndOrWithOneBeforeTheBeginning) {
  GivenApplication({kApplied, kChecked})
      .When(Read<v1::DecideApplicationRequest>("accept: true reasons: 'r' document: 'd'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ACCREDITATION_WITHOUT_END");
  GivenApplication({kApplied, kChecked})
      .When(Read<v1::DecideApplicationRequest>(
          "accept: true reasons: 'r' document: 'd' accredited_until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(DecideApplication, CannotAcceptWhatDoesNotMeetTheCriteriaButCanRefuseIt) {
  const std::string unmet = "criteria_checked { checks { criterion: 'registered' } }";
  GivenApplication({kApplied, unmet})
      .When(Read<v1::DecideApplicationRequest>(
          "accept: true reasons: 'r' document: 'd' accredited_until { year: 2018 }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "CRITERIA_NOT_MET");
  auto given = GivenApplication({kApplied, unmet});
  given.When(Read<v1::DecideApplicationRequest>("reasons: 'not registered' document: 'Res 4'"));
  EXPECT_TRUE(given.ThenEvents()[0].has_application_refused());
  EXPECT_FALSE(given.state().decision().accepted());
}

TEST(DecideApplication, IsRefusedWhileTheOrganisationIsAccredited) {
  GivenApplication({kApplied, kChecked},
                   BodyWithCriteria("accreditations { organisation: 'org/atikha' since { year: "
                                    "2015 } until { year: 2017 } }"))
      .When(Read<v1::DecideApplicationRequest>(
          "accept: true reasons: 'r' document: 'd' accredited_until { year: 2018 }"))
      .ThenRejected(StatusCode::kAlreadyExists, "ORGANISATION_ACCREDITED");
}

TEST(WithdrawApplication, KeepsTheDay) {
  auto given = GivenApplication({kApplied});
  given.When(v1::WithdrawApplicationRequest());
  EXPECT_EQ(ToString(given.ThenEvents()[0].application_withdrawn().withdrawn_on()), "2016-03-18");
}

}  // namespace
}  // namespace kasundo::committees
