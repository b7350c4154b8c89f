// Proposing, accepting, declining and ending an assignment.
#include "workflows/assignment/assignment_fixture.h"
#include "workflows/assignment/tenures.h"

namespace kasundo::assignments {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)

TEST(ProposeAssignment, AsksWhoWouldBeAccountableOrResponsible) {
  auto given = New();
  const auto& event = given.When(Proposal()).ThenEvents().at(0).assignment_proposed();
  EXPECT_EQ(event.assigned_by(), Office("chief"));
  EXPECT_EQ(event.function_version(), 1);
  ASSERT_EQ(event.offer().answers_size(), 2);
  EXPECT_EQ(event.offer().answers(0).office(), Office("lead"));
  EXPECT_EQ(event.offer().answers(1).office(), Office("desk"));
  EXPECT_FALSE(event.offer().answers(0).has_accepted_on());
}

TEST(ProposeAssignment, IsRefusedForAFunctionThatIsNotInForce) {
  auto given = New();
  given.When(Proposal("since { year: 2007 }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "FUNCTION_NOT_IN_FORCE", "function");
  given.When(Proposal("", "mistake"))
      .ThenRejected(StatusCode::kFailedPrecondition, "FUNCTION_NOT_IN_FORCE");
}

TEST(ProposeAssignment, IsRefusedWithAnOfficeInTwoPlaces) {
  const std::string desk = "'realms/test/offices/desk' ";
  const std::string lead = "'realms/test/offices/lead' ";
  auto given = New();
  given
      .When(Proposal(
          "", "serve",
          "offices { accountable: " + lead + "responsible: " + desk + "responsible: " + desk + "}"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICE_TWICE", "offices.responsible");
  given
      .When(Proposal(
          "", "serve",
          "offices { accountable: " + lead + "responsible: " + desk + "consulted: " + lead + "}"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICE_TWICE", "offices.consulted");
  given
      .When(Proposal("", "serve",
                     "offices { accountable: " + lead + "responsible: " + desk +
                         "consulted: 'c' informed: 'c' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICE_TWICE", "offices.informed");
  given.When(
      Proposal("", "serve", "offices { accountable: " + lead + "responsible: " + lead + "}"));
  EXPECT_EQ(given.ThenEvents().at(0).assignment_proposed().offer().answers_size(), 1);
}

TEST(ProposeAssignment, IsRefusedToAnOfficeThatDidNotExist) {
  New()
      .When(Proposal("", "serve",
                     "offices { accountable: 'realms/test/offices/gone' responsible: "
                     "'realms/test/offices/desk' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "OFFICE_NOT_THERE", "offices.accountable");
}

TEST(ProposeAssignment, IsRefusedToAnOfficeThatWasEnteredByMistake) {
  New()
      .When(Proposal("", "serve",
                     "offices { accountable: 'realms/test/offices/lead' responsible: "
                     "'realms/test/offices/mistake' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "OFFICE_NOT_THERE", "offices.responsible");
}

TEST(ProposeAssignment, IsRefusedIfItEndsBeforeItBegins) {
  New()
      .When(Proposal("since { year: 2016 } until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(ProposeAssignment, IsRefusedForAPartOfNothing) {
  New()
      .When(Proposal("part: 'choir'"))
      .ThenRejected(StatusCode::kInvalidArgument, "TOO_LITTLE_SAID", "subject");
}

// Requirement 48.
TEST(ProposeAssignment, RecordsAnotherLeadThanTheEntryPointProposesWithItsReason) {
  auto given = New();
  given.When(Proposal("entry_point: 'plan'"));
  EXPECT_TRUE(given.ThenEvents().at(0).assignment_proposed().lead_choice().as_proposed());
  given.When(Proposal("entry_point: 'services'"))
      .ThenRejected(StatusCode::kInvalidArgument, "LEAD_CHOICE_NEEDS_REASON", "header.reason");
  given.Because("it has the staff").When(Proposal("entry_point: 'services'"));
  const auto& choice = given.ThenEvents().at(0).assignment_proposed().lead_choice();
  EXPECT_FALSE(choice.as_proposed());
  EXPECT_EQ(choice.reason(), "it has the staff");
  EXPECT_THAT(choice.proposed_functions(), ::testing::ElementsAre("employment", "social-welfare"));
  given.When(Proposal("entry_point: 'moon'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ENTRY_POINT_UNKNOWN", "entry_point");
}

// Requirement 54.
TEST(ProposeAssignment, OfAnAmbassadorNeedsACommunityATermAndAReportingDuty) {
  const std::string full =
      "until { year: 2019 } embassy { community: 'Rome' report_every_months: 6 }";
  auto given = New();
  given.When(Proposal("until { year: 2019 }", "embassy"))
      .ThenRejected(StatusCode::kInvalidArgument, "AMBASSADOR_INCOMPLETE", "embassy");
  given.When(Proposal("embassy { community: 'Rome' report_every_months: 6 }", "embassy"))
      .ThenRejected(StatusCode::kInvalidArgument, "AMBASSADOR_INCOMPLETE", "until");
  given.When(Proposal(full)).ThenRejected(StatusCode::kInvalidArgument, "NO_SUCH_DUTY", "embassy");
  given.When(Proposal(full, "embassy"));
  EXPECT_EQ(given.ThenEvents().at(0).assignment_proposed().embassy().community(), "Rome");
  given.Because("other offices")
      .When(Ask<v1::ReviseProposalRequest>(kOffices))
      .ThenRejected(StatusCode::kInvalidArgument, "AMBASSADOR_INCOMPLETE", "until");
}

TEST(ReviseProposal, AsksAnewAndNeedsAReason) {
  auto given = Proposed();
  given.As(In("lead")).When(Ask<v1::AcceptAssignmentRequest>());
  const std::string others =
      "offices { accountable: 'realms/test/offices/clerk' responsible: 'realms/test/offices/desk' "
      "}";
  given.As(In("chief"))
      .When(Ask<v1::ReviseProposalRequest>(others))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("lead is overworked").When(Ask<v1::ReviseProposalRequest>(others));
  const auto& offer = given.ThenEvents().at(0).proposal_revised().offer();
  EXPECT_EQ(offer.answers_size(), 2);
  EXPECT_FALSE(offer.answers(0).has_accepted_on());
  EXPECT_THAT(given.state().asked_offices(),
              ::testing::ElementsAre(Office("lead"), Office("desk"), Office("clerk")));
}

TEST(ReviseProposal, IsRefusedAsAProposalWouldBe) {
  auto given = Proposed();
  given.Because("x")
      .When(Ask<v1::ReviseProposalRequest>(std::string(kOffices) + "since { year: 2007 }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "FUNCTION_NOT_IN_FORCE");
  given
      .When(Ask<v1::ReviseProposalRequest>(
          "offices { accountable: 'realms/test/offices/gone' responsible: 'd' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "OFFICE_NOT_THERE");
}

TEST(AcceptAssignment, HoldsWithTheLastAcceptance) {
  auto given = Proposed("since { year: 2016 month: 3 day: 1 }");
  given.As(In("desk", "ben")).When(Ask<v1::AcceptAssignmentRequest>());
  EXPECT_EQ(given.ThenEvents().size(), 1U);
  EXPECT_EQ(given.state().offer().answers(1).person(), "realms/test/people/ben");
  EXPECT_EQ(given.state().tenures_size(), 0);
  given.On("2016-04-02").As(In("lead")).When(Ask<v1::AcceptAssignmentRequest>());
  EXPECT_EQ(given.ThenEvents().size(), 2U);
  // Nobody answers for what it had not accepted.
  ASSERT_EQ(given.state().tenures_size(), 1);
  EXPECT_EQ(ToString(given.state().tenures(0).since()), "2016-04-02");
  EXPECT_EQ(ToString(given.state().confirm_by()), "2016-07-02");
  EXPECT_FALSE(given.state().has_offer());
}

TEST(AcceptAssignment, IsForThoseWhoAreAsked) {
  auto given = Proposed();
  given.As(In("clerk"))
      .When(Ask<v1::AcceptAssignmentRequest>())
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_ASKED");
  given.As(In("desk"))
      .When(Ask<v1::AcceptAssignmentRequest>("office: 'realms/test/offices/lead'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_ASKED");
  given.When(Ask<v1::AcceptAssignmentRequest>());
  given.When(Ask<v1::AcceptAssignmentRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "ALREADY_ANSWERED");
}

TEST(AcceptAssignment, IsRecordedFromPaperWithItsDocument) {
  auto given = Proposed();
  given.As(Administrator())
      .When(Ask<v1::AcceptAssignmentRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "DOCUMENT_NEEDED", "document");
  given.When(Ask<v1::AcceptAssignmentRequest>("document: 'Letter 7'"));
  EXPECT_EQ(given.ThenEvents().size(), 3U);
  EXPECT_EQ(given.state().tenures_size(), 1);
}

TEST(AcceptAssignment, IsRefusedAfterTheMandateEnded) {
  auto given = Proposed("until { year: 2016 month: 4 day: 30 }");
  given.On("2016-05-02").As(In("desk")).When(Ask<v1::AcceptAssignmentRequest>());
  given.As(In("lead"))
      .When(Ask<v1::AcceptAssignmentRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "DATE_OUT_OF_ORDER");
}

TEST(DeclineAssignment, NeedsAReasonAndNamesTheOffice) {
  auto given = Proposed();
  given.As(In("desk"))
      .When(Ask<v1::DeclineAssignmentRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no staff")
      .When(Ask<v1::DeclineAssignmentRequest>("office: 'realms/test/offices/lead'"));
  given.ThenRejected(StatusCode::kPermissionDenied, "NOT_ASKED");
  given.When(Ask<v1::DeclineAssignmentRequest>());
  EXPECT_EQ(given.ThenEvents().at(0).assignment_declined().office(), Office("desk"));
  EXPECT_FALSE(given.state().has_offer());
  EXPECT_EQ(given.state().reason(), "no staff");
}

TEST(DeclineAssignment, ByAnAdministratorIsThatOfTheFirstAsked) {
  auto given = Proposed();
  given.As(Administrator()).Because("by letter").When(Ask<v1::DeclineAssignmentRequest>());
  EXPECT_EQ(given.ThenEvents().at(0).assignment_declined().office(), Office("lead"));
}

TEST(WithdrawAssignment, NeedsAReason) {
  auto given = Proposed();
  given.When(Ask<v1::WithdrawAssignmentRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no longer needed").When(Ask<v1::WithdrawAssignmentRequest>());
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(EndAssignment, EndsTheTenureAndStaysAnsweredForEarlierDays) {
  auto given = Active();
  given.As(In("chief"))
      .On("2016-12-01")
      .When(Ask<v1::EndAssignmentRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("merged")
      .When(Ask<v1::EndAssignmentRequest>("on { year: 2016 month: 2 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "on");
  given.When(Ask<v1::EndAssignmentRequest>("on { year: 2016 month: 11 day: 30 }"));
  given.ThenEvents();
  EXPECT_EQ(TenureOn(given.state().tenures(), MakeDate(2016, 12, 1)), nullptr);
  EXPECT_NE(TenureOn(given.state().tenures(), MakeDate(2016, 11, 30)), nullptr);
  EXPECT_EQ(ToString(given.state().until()), "2016-11-30");
}

TEST(Roles, AreThoseOfTheOfficesThatTakePart) {
  auto proposed = Proposed();
  EXPECT_TRUE(proposed.As(In("chief")).HasRole("assigner"));
  EXPECT_TRUE(proposed.HasRole("office-holder"));
  EXPECT_FALSE(proposed.HasRole("asked"));
  EXPECT_FALSE(proposed.As(Administrator()).HasRole("office-holder"));
  EXPECT_TRUE(proposed.As(In("desk")).HasRole("asked"));
  EXPECT_FALSE(proposed.HasRole("assignee"));
  auto active = Active();
  EXPECT_TRUE(active.As(In("desk")).HasRole("assignee"));
  EXPECT_FALSE(active.HasRole("accountable"));
  EXPECT_TRUE(active.As(In("lead")).HasRole("accountable"));
  EXPECT_TRUE(active.As(In("clerk")).HasRole("institution"));
  EXPECT_FALSE(active.HasRole("assignee"));
}

}  // namespace
}  // namespace kasundo::assignments
