// Agreements on the real engine: who may do what in which state, what follows of itself, deadlines.
#include "workflows/agreement/agreement_engine_fixture.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

TEST_F(AgreementEngineTest, GoesFromIdeaToInForceAndExpires) {
  ASSERT_OK(Begin("mou", {"batangas", "rome", "naga"}));
  EXPECT_EQ(StateId(), "idea");
  ASSERT_OK(Do<v1::SeekMandatesRequest>());
  EXPECT_EQ(StateId(), "mandate-secured");  // all came with one
  AgreeOnAText();
  EXPECT_EQ(StateId(), "agreed-text");
  EXPECT_EQ(State().articles(0), std::string(kIt) + "/articles/first");
  ASSERT_OK(Schedule("2011-10-10"));
  EXPECT_EQ(StateId(), "signing-scheduled");
  On("2011-10-10");
  ASSERT_OK(Sign("rome"));
  EXPECT_EQ(StateId(), "partly-signed");
  EXPECT_REFUSED(Do<v1::BringIntoForceRequest>(), StatusCode::kFailedPrecondition,
                 "SIGNATURE_MISSING");
  ASSERT_OK(Sign("naga"));
  ASSERT_OK(Sign("batangas"));
  EXPECT_EQ(StateId(), "signed");
  ASSERT_OK(Do<v1::BringIntoForceRequest>());
  EXPECT_EQ(StateId(), "in-force");
  On("2013-10-11");
  engine_.FireDeadlines();
  EXPECT_EQ(StateId(), "expired");
  EXPECT_OK(engine_->Verify("realms/test", nullptr));
}

TEST_F(AgreementEngineTest, ReminderIsGivenOnceAlsoAfterAReview) {
  ASSERT_OK(Begin("mou", {"batangas", "rome"}));
  ComeIntoForce("2011-10-10");
  On("2013-05-01");
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/term-180"), 1);
  ASSERT_OK(Do<v1::OpenReviewRequest>());
  ASSERT_OK(Do<v1::CloseReviewRequest>("outcome: 'it works'"));
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/term-180"), 1);
  for (const char* party : {"batangas", "rome"}) {
    ASSERT_OK(Do<v1::ConsentToRenewalRequest>(fmt::format("party_id: '{}' months: 24", party)));
  }
  EXPECT_EQ(StateId(), "renewed");
  On("2013-10-11");
  engine_.FireDeadlines();
  EXPECT_EQ(StateId(), "renewed");
  On("2015-05-01");
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/term-180"), 2);
}

TEST_F(AgreementEngineTest, StallsWhenNothingIsRecordedForThirtyDays) {
  ASSERT_OK(Begin("twinning", {"batangas", "rome"}));
  On("2011-02-05");
  ASSERT_OK(Do<v1::SeekMandatesRequest>());
  On("2011-02-20");
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/stalled"), 0);
  On("2011-03-10");
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/stalled"), 1);
}

// Requirement 34: what is entered today of an earlier time does not make it older.
TEST_F(AgreementEngineTest, DoesNotStallBecauseAnOldFactIsEnteredLate) {
  ASSERT_OK(Begin("twinning", {"batangas", "rome"}));
  On("2011-02-05");
  ASSERT_OK(Do<v1::SeekMandatesRequest>());
  ASSERT_OK(Do<v1::DescribeAgreementRequest>(
      "description: 'x' header { occurred_on { year: 2010 month: 12 day: 1 } }"));
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/stalled"), 0);
  On("2011-03-10");
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/stalled"), 1);
}

TEST_F(AgreementEngineTest, DoesNotStallWhileItsTextIsWorkedOn) {
  ASSERT_OK(Begin("mou", {"batangas", "rome"}));
  ASSERT_OK(Do<v1::StartDraftingRequest>());
  ASSERT_OK(Draft("first", "1"));
  On("2011-02-05");
  ASSERT_OK(Accept("first", "rome"));
  ASSERT_OK(Accept("first", "batangas"));
  EXPECT_EQ(Times("TextWorkedOn"), 1);
  On("2011-02-20");
  engine_.FireDeadlines();
  EXPECT_EQ(Times("deadline/stalled"), 0);
}

TEST_F(AgreementEngineTest, TwinningWaitsForEmbassyAndItalianAuthorities) {
  ASSERT_OK(Begin("twinning", {"batangas", "rome"}));
  AgreeOnAText();
  EXPECT_REFUSED(Schedule("2011-02-08"), StatusCode::kFailedPrecondition, "GATE_TOO_LATE");
  ASSERT_OK(Schedule("2011-02-09"));
  On("2011-02-09");
  EXPECT_REFUSED(Sign("rome"), StatusCode::kFailedPrecondition, "GATE_NOT_CLEARED");
  ASSERT_OK(Do<v1::ClearGateRequest>(
      "gate: 'embassy-coordination' number: '1' issued_by: 'DFA' date { year: 2011 month: 2 day: "
      "1 }"));
  ASSERT_OK(Do<v1::ClearGateRequest>(
      "gate: 'italian-notice' number: '2' issued_by: 'Rome' date { year: 2011 month: 1 day: 20 "
      "}"));
  EXPECT_REFUSED(Sign("rome"), StatusCode::kFailedPrecondition, "GATE_TOO_LATE");
  On("2011-02-19");
  ASSERT_OK(Sign("rome"));
}

TEST_F(AgreementEngineTest, LetterOfSupportNeedsNeitherMandateNorReview) {
  ASSERT_OK(Begin("letter-of-support", {"naga"}));
  ASSERT_OK(Do<v1::StartDraftingRequest>());
  ASSERT_OK(Draft("only", "1"));
  ASSERT_OK(Do<v1::AgreeTextRequest>());
  EXPECT_EQ(StateId(), "agreed-text");
}

// Requirement 23: moves that are not in the table are refused; 39: a broker neither signs nor
// edits.
TEST_F(AgreementEngineTest, RefusesWhatIsNotInTheTable) {
  ASSERT_OK(Begin("mou", {"batangas", "rome"}));
  ASSERT_OK(Do<v1::NameBrokerRequest>(
      "broker { id: 'fgw' organisation: 'realms/test/organisations/fgw' office: "
      "'realms/test/offices/fgw' function: 'began the talks' }"));
  EXPECT_REFUSED(Do<v1::BringIntoForceRequest>(), StatusCode::kFailedPrecondition,
                 "NOT_IN_THIS_STATE");
  const auto broker = Holder("realms/test/offices/fgw", "aida");
  EXPECT_REFUSED(Do<v1::StartDraftingRequest>("", broker), StatusCode::kPermissionDenied,
                 "ROLE_REQUIRED");
  EXPECT_REFUSED(Do<v1::SignAgreementRequest>("party_id: 'rome' text_hash: 'x'", broker),
                 StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_OK(Do<v1::RecordBrokerActRequest>(
      "broker_id: 'fgw' kind: BROKER_ACT_KIND_REMINDER text: 'it waits'", broker));
}

TEST_F(AgreementEngineTest, ARevivedAttemptInheritsTheText) {
  ASSERT_OK(Begin("twinning", {"batangas", "rome"}));
  AgreeOnAText();
  ASSERT_OK(Do<v1::FailAgreementRequest>(
      "causes: FAILURE_CAUSE_LOSS_OF_KEY_OFFICER lessons: 'Name a deputy'"));
  EXPECT_EQ(StateId(), "failed");
  ASSERT_OK(engine_
                .Send(Parse<v1::ReviveAgreementRequest>(
                          "parent: 'realms/test' agreement_id: 'again' definition: 'twinning' "
                          "revived_from: 'realms/test/agreements/it'"),
                      Administrator())
                .status);
  it_ = "realms/test/agreements/again";
  ASSERT_EQ(State().articles_size(), 2);
  EXPECT_EQ(State().articles(0), "realms/test/agreements/again/articles/first");
  EXPECT_EQ(State().revived_from(), kIt);
}

TEST_F(AgreementEngineTest, EightyPartiesSignOutOfOrderAndOneLeaves) {
  std::vector<std::string> parties;
  for (int i = 1; i <= 80; ++i) parties.push_back(fmt::format("agency-{:02}", i));
  ASSERT_OK(Begin("mou", parties));
  ComeIntoForce("2011-10-10");
  EXPECT_EQ(State().signatures_size(), 80);
  for (const char* party : {"agency-07", "agency-08"}) {
    auto request = Parse<v1::RecordObligationRequest>(
        fmt::format("parent: '{0}' obligation_id: '{1}' party_id: '{1}' article: "
                    "'{0}/articles/first' duty: 'report' owner_office: '{2}' due_date {{ year: "
                    "2012 }}",
                    kIt, party, OfficeOf(party)));
    ASSERT_OK(engine_.Send(request, Administrator()).status);
  }
  ASSERT_OK(Do<v1::LeaveAgreementRequest>("party_id: 'agency-07' header { reason: 'closed' }"));
  EXPECT_EQ(PartiesOf(State()).size(), 79U);
  const std::string obligations = std::string(kIt) + "/obligations/";
  EXPECT_EQ(engine_->Get(obligations + "agency-07")->record.lifecycle_state(), "withdrawn");
  EXPECT_EQ(engine_->Get(obligations + "agency-08")->record.lifecycle_state(), "open");
  EXPECT_OK(engine_->Verify("realms/test", nullptr));
}

// Rule 29: with the last silent party gone, all that are left have consented.
TEST_F(AgreementEngineTest, IsRenewedWhenTheLastSilentPartyLeaves) {
  ASSERT_OK(Begin("mou", {"batangas", "rome", "naga"}));
  ComeIntoForce("2011-10-10");
  for (const char* party : {"batangas", "rome"}) {
    ASSERT_OK(Do<v1::ConsentToRenewalRequest>(fmt::format("party_id: '{}' months: 24", party)));
  }
  EXPECT_EQ(StateId(), "in-force");
  ASSERT_OK(Do<v1::LeaveAgreementRequest>("party_id: 'naga' header { reason: 'budget' }"));
  EXPECT_EQ(StateId(), "renewed");
  EXPECT_EQ(ToString(State().ends_on()), "2015-10-09");
  EXPECT_TRUE(State().renewal_consents().empty());
  EXPECT_OK(engine_->Verify("realms/test", nullptr));
}

TEST_F(AgreementEngineTest, IsNotRenewedByADepartureWhileOthersAreSilent) {
  ASSERT_OK(Begin("mou", {"batangas", "rome", "naga", "lipa"}));
  ComeIntoForce("2011-10-10");
  ASSERT_OK(Do<v1::ConsentToRenewalRequest>("party_id: 'batangas' months: 24"));
  ASSERT_OK(Do<v1::LeaveAgreementRequest>("party_id: 'naga' header { reason: 'budget' }"));
  ASSERT_OK(Do<v1::LeaveAgreementRequest>("party_id: 'lipa' header { reason: 'budget' }"));
  EXPECT_EQ(StateId(), "in-force");
  EXPECT_EQ(ToString(State().ends_on()), "2013-10-09");
}

TEST_F(AgreementEngineTest, ReadsInTheOrderOfItsNumbersAfterARenumbering) {
  ASSERT_OK(Begin("mou", {"batangas", "rome"}));
  ASSERT_OK(Do<v1::StartDraftingRequest>());
  ASSERT_OK(Draft("first", "1"));
  ASSERT_OK(Draft("second", "2"));
  const std::string articles = std::string(kIt) + "/articles/";
  ASSERT_OK(Do<v1::RenumberArticleRequest>(fmt::format("name: '{}first' number: '3'", articles)));
  EXPECT_EQ(Listed(), (std::vector<std::string>{articles + "second", articles + "first"}));
  // In its place already: the list says nothing new.
  ASSERT_OK(Do<v1::RenumberArticleRequest>(fmt::format("name: '{}first' number: '4'", articles)));
  EXPECT_EQ(Times("ArticleListed"), 3);
}

// What was agreed keeps the order and the numbers of the day on which it was agreed.
TEST_F(AgreementEngineTest, AFrozenTextKeepsItsOrderWhenArticlesAreRenumberedLater) {
  ASSERT_OK(Begin("mou", {"batangas", "rome"}));
  ComeIntoForce("2011-10-10");
  const v1::AgreedText signed_text = State().text_versions(0);
  EXPECT_EQ(signed_text.articles(0).article(), std::string(kIt) + "/articles/first");
  ASSERT_OK(Do<v1::OpenReviewRequest>());
  ASSERT_OK(
      Do<v1::RenumberArticleRequest>(fmt::format("name: '{}/articles/first' number: '3'", kIt)));
  ASSERT_OK(Do<v1::ProposeAmendmentRequest>("amendment_id: 'order' note: 'order'"));
  EXPECT_EQ(State().text_versions(0).SerializeAsString(), signed_text.SerializeAsString());
  const v1::AgreedText proposed = State().amendments(0).text();
  EXPECT_EQ(proposed.articles(0).number(), "2");
  EXPECT_EQ(proposed.articles(1).number(), "3");
  EXPECT_NE(proposed.hash(), signed_text.hash());
}

TEST_F(AgreementEngineTest, ASuspendedActivityRestsWithItsObligationsOnly) {
  ASSERT_OK(Begin("mou", {"batangas", "rome"}));
  ComeIntoForce("2011-10-10");
  ASSERT_OK(Do<v1::AddCooperationAreaRequest>(
      "area_id: 'culture' level: AREA_LEVEL_AREA title: 'Culture'"));
  for (const char* activity : {"choir", "dance"}) {
    ASSERT_OK(Do<v1::AddCooperationAreaRequest>(
        fmt::format("area_id: '{0}' parent_area: 'culture' level: AREA_LEVEL_ACTIVITY title: '{0}'",
                    activity)));
    auto request = Parse<v1::RecordObligationRequest>(
        fmt::format("parent: '{0}' obligation_id: '{1}' party_id: 'rome' article: "
                    "'{0}/articles/first' duty: 'sing' owner_office: 'o' activity: '{1}' due_date "
                    "{{ year: 2012 }}",
                    kIt, activity));
    ASSERT_OK(engine_.Send(request, Administrator()).status);
  }
  ASSERT_OK(Do<v1::RaiseDisputeRequest>(
      "dispute_id: 'pay' party_id: 'rome' activity: 'choir' text: 'who pays'"));
  const std::string obligations = std::string(kIt) + "/obligations/";
  EXPECT_EQ(engine_->Get(obligations + "choir")->record.lifecycle_state(), "suspended");
  EXPECT_EQ(engine_->Get(obligations + "dance")->record.lifecycle_state(), "open");
  ASSERT_OK(Do<v1::SettleDisputeRequest>("dispute_id: 'pay' outcome: 'both'"));
  EXPECT_EQ(engine_->Get(obligations + "choir")->record.lifecycle_state(), "open");
}

}  // namespace
}  // namespace kasundo::agreements
