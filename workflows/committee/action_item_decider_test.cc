// Action items: what an office owes a body by a day.
#include "workflows/committee/action_item_decider.h"

#include "kasundo/committees/v1/action_items_service.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/decision_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;

v1::OpenActionItemRequest Open() {
  return Parse<v1::OpenActionItemRequest>(R"pb(
    title: "Send the model ordinance"
    owner_office: "realms/test/offices/planning"
    due_date { year: 2016 month: 3 day: 31 }
    meeting: "realms/test/committees/cmd/meetings/q1"
    motion: "m"
  )pb");
}

Given<ActionItem> GivenAction(const v1::ActionItemState& state = {}) {
  return Beneath<ActionItem>("actionItems", state);
}

Given<ActionItem> GivenOpen() { return GivenAction(GivenAction().When(Open()).state()); }

v1::CompleteActionItemRequest Complete(const std::string& evidence = "Letter 12") {
  v1::CompleteActionItemRequest request;
  request.mutable_evidence()->set_title(evidence);
  return request;
}

v1::ReassignActionItemRequest ReassignTo(const std::string& owner) {
  v1::ReassignActionItemRequest request;
  request.set_owner_office(owner);
  return request;
}

v1::ExtendActionItemRequest ExtendTo(const CivilDate& day) {
  v1::ExtendActionItemRequest request;
  *request.mutable_due_date() = day;
  return request;
}

v1::DropActionItemRequest DropBy(const v1::DecisionReference& decision) {
  v1::DropActionItemRequest request;
  *request.mutable_decision() = decision;
  return request;
}

// --- OpenActionItem: requirement 14 ---

TEST(OpenActionItem, KeepsOfficeDayAndWhereItCameFrom) {
  const v1::ActionItemState state = GivenOpen().state();
  EXPECT_EQ(state.owner_office(), Office("planning"));
  EXPECT_EQ(ToString(state.due_date()), "2016-03-31");
  EXPECT_EQ(state.meeting(), kMeeting);
  EXPECT_EQ(state.motion(), "m");
}

TEST(OpenActionItem, IsRefusedWithoutAnOwnerOrADueDate) {
  v1::OpenActionItemRequest request = Open();
  request.clear_owner_office();
  GivenAction().When(request).ThenRejected(kFailedPrecondition, "ACTIONS_INCOMPLETE",
                                           "owner_office");
  request = Open();
  request.clear_due_date();
  GivenAction().When(request).ThenRejected(kFailedPrecondition, "ACTIONS_INCOMPLETE", "due_date");
}

TEST(OpenActionItem, IsRefusedToAPerson) {
  v1::OpenActionItemRequest request = Open();
  request.set_owner_office(Person(1));
  GivenAction().When(request).ThenRejected(kInvalidArgument, "ACTION_OWNER_NOT_AN_OFFICE",
                                           "owner_office");
}

// --- ReportProgress ---

TEST(ReportProgress, NamesTheOfficeIfItIsTheOwnerWhoReports) {
  v1::ReportProgressRequest request;
  request.set_text("Half of it");
  auto action = GivenOpen();
  action.As(Officer(Office("planning"))).When(request).As(Secretary()).When(request);
  ASSERT_EQ(action.state().progress_size(), 2);
  EXPECT_EQ(action.state().progress(0).office(), Office("planning"));
  EXPECT_EQ(action.state().progress(1).office(), "");
  EXPECT_EQ(ToString(action.state().progress(0).on()), kDay);
}

// --- CompleteActionItem ---

TEST(CompleteActionItem, KeepsTheEvidenceAndTheDay) {
  const v1::ActionItemState state = GivenOpen().When(Complete()).state();
  EXPECT_EQ(state.evidence().title(), "Letter 12");
  EXPECT_EQ(ToString(state.done_on()), kDay);
  EXPECT_FALSE(state.was_overdue());
}

TEST(CompleteActionItem, AfterItsDayWasOverdue) {
  EXPECT_TRUE(GivenOpen().On("2016-04-01").When(Complete()).state().was_overdue());
  EXPECT_FALSE(GivenOpen().On("2016-03-31").When(Complete()).state().was_overdue());
  v1::CompleteActionItemRequest in_time = Complete();
  *in_time.mutable_done_on() = MakeDate(2016, 3, 30);
  EXPECT_FALSE(GivenOpen().On("2016-05-01").When(in_time).state().was_overdue());
}

TEST(CompleteActionItem, IsRefusedWithoutEvidence) {
  GivenOpen().When(Complete("")).ThenRejected(kInvalidArgument, "EVIDENCE_NEEDED", "evidence");
  v1::CompleteActionItemRequest by_document = Complete("");
  by_document.mutable_evidence()->set_document("L-12");
  EXPECT_EQ(GivenOpen().When(by_document).ThenEvents().size(), 1u);
}

// --- ReturnActionItem ---

TEST(ReturnActionItem, OpensItAgainWithTheOldOrANewDay) {
  v1::ReturnActionItemRequest request;
  auto action = GivenOpen();
  action.When(Complete()).Because("The annex is missing").When(request);
  EXPECT_FALSE(action.state().has_evidence());
  EXPECT_FALSE(action.state().has_done_on());
  EXPECT_EQ(ToString(action.state().due_date()), "2016-03-31");
  *request.mutable_due_date() = MakeDate(2016, 4, 15);
  EXPECT_EQ(ToString(action.When(Complete()).When(request).state().due_date()), "2016-04-15");
}

TEST(ReturnActionItem, IsRefusedWithoutAReason) {
  GivenOpen()
      .When(Complete())
      .Because("")
      .When(v1::ReturnActionItemRequest())
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
}

// --- ReassignActionItem ---

TEST(ReassignActionItem, KeepsWhoOwedItBefore) {
  const v1::ActionItemState state =
      GivenOpen().Because("New mandate").When(ReassignTo(Office("welfare"))).state();
  EXPECT_EQ(state.owner_office(), Office("welfare"));
  ASSERT_EQ(state.changes_size(), 1);
  EXPECT_EQ(state.changes(0).from_office(), Office("planning"));
  EXPECT_EQ(state.changes(0).reason(), "New mandate");
}

TEST(ReassignActionItem, IsRefusedWithoutAReasonToAPersonAndToWhoOwesItAlready) {
  GivenOpen()
      .Because("")
      .When(ReassignTo(Office("welfare")))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
  GivenOpen()
      .When(ReassignTo(Person(1)))
      .ThenRejected(kInvalidArgument, "ACTION_OWNER_NOT_AN_OFFICE", "owner_office");
  GivenOpen()
      .When(ReassignTo(Office("planning")))
      .ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "owner_office");
}

// --- ExtendActionItem ---

TEST(ExtendActionItem, MovesTheDayAndRemembersWhetherItWasOverdue) {
  const auto extended = [](const std::string& today) {
    return GivenOpen().On(today).When(ExtendTo(MakeDate(2016, 6))).state();
  };
  EXPECT_EQ(ToString(extended(kDay).due_date()), "2016-06");
  EXPECT_FALSE(extended(kDay).was_overdue());
  EXPECT_TRUE(extended("2016-04-02").was_overdue());
  EXPECT_EQ(ToString(extended(kDay).changes(0).from_due_date()), "2016-03-31");
}

TEST(ExtendActionItem, IsRefusedWithoutAReasonAndToADayThatIsNotLater) {
  GivenOpen()
      .Because("")
      .When(ExtendTo(MakeDate(2016, 6)))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
  for (const CivilDate& day : {MakeDate(2016, 3, 31), MakeDate(2016, 3), MakeDate(2015)}) {
    GivenOpen()
        .When(ExtendTo(day))
        .ThenRejected(kFailedPrecondition, "DUE_DATE_NOT_LATER", "due_date");
  }
}

// --- DropActionItem ---

TEST(DropActionItem, RestsOnADecisionOfTheBody) {
  const v1::ActionItemState state =
      GivenOpen().Beside(kMeeting, "open", Decided()).When(DropBy(Decision("m"))).state();
  EXPECT_EQ(state.dropped_by().motion(), "m");
  EXPECT_EQ(state.drop_reason(), "for the test");
  EXPECT_EQ(GivenOpen().When(DropBy(DecisionOnPaper())).ThenEvents().size(), 1u);
}

TEST(DropActionItem, IsRefusedWithoutAReasonOrADecision) {
  GivenOpen()
      .Because("")
      .When(DropBy(DecisionOnPaper()))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
  GivenOpen().When(DropBy({})).ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision");
  GivenOpen()
      .Beside(kMeeting, "open", Decided())
      .When(DropBy(Decision("lost")))
      .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.motion");
}

// --- who is who ---

TEST(ActionItemRoles, AreThoseOfTheBodyAndTheOwnerOffice) {
  EXPECT_TRUE(GivenOpen().HasRole("secretariat"));
  EXPECT_TRUE(GivenOpen().As(Somebody(Person(1))).HasRole("presider"));
  EXPECT_TRUE(GivenOpen().As(Officer(Office("planning"))).HasRole("owner"));
  EXPECT_FALSE(GivenOpen().As(Officer(Office("welfare"))).HasRole("owner"));
  EXPECT_FALSE(GivenAction().As(Officer("")).HasRole("owner"));
}

TEST(ActionItemGuards, WantAWordOnHowItGoes) {
  v1::ReportProgressRequest request;
  request.set_text("Half of it");
  EXPECT_REFUSED(GivenOpen().CheckGuard("progress-reported"), kFailedPrecondition, "GUARD_NOT_MET");
  EXPECT_OK(GivenOpen().When(request).CheckGuard("progress-reported"));
}

}  // namespace
}  // namespace kasundo::committees
