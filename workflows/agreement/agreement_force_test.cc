// In force and after: completeness, term, renewal, failure, revival, amendments, areas, disputes
// (requirements 26, 28, 29, 30, 32, 35, 37).
#include "workflows/agreement/agreement_fixture.h"
#include "workflows/agreement/party_roles.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

TEST(BringIntoForce, BeginsTheTerm) {
  auto given = With(Signed());
  given.When(Ask<v1::BringIntoForceRequest>(""));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().in_force_on()), "2011-10-10");
  EXPECT_EQ(ToString(given.state().ends_on()), "2013-10-09");
}

// Rule 26: the refusal lists each missing cell.
TEST(BringIntoForce, IsRefusedWhileCellsAreEmpty) {
  auto state = Signed();
  state.mutable_parties(1)->mutable_role()->clear_budget_effect();
  state.mutable_parties(1)->mutable_role()->clear_monitoring_rule();
  auto given = With(state);
  given.When(Ask<v1::BringIntoForceRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "ROLE_CELLS_MISSING");
}

// Rule 28.
TEST(BringIntoForce, IsRefusedWithoutTheSignaturesOfTheRule) {
  auto state = Signed();
  state.mutable_signatures()->RemoveLast();
  With(state)
      .When(Ask<v1::BringIntoForceRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "SIGNATURE_MISSING");
  state.mutable_force_rule()->set_kind(v1::FORCE_RULE_KIND_PAIRWISE);
  With(state)
      .When(Ask<v1::BringIntoForceRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "SIGNATURE_MISSING");
}

TEST(BringIntoForce, ByAQuorumNeedsThoseThatAreNamed) {
  auto state = Signed();
  *state.add_parties() = Parse<v1::Party>(PartyText("naga", "realms/test/offices/mayor"));
  state.mutable_force_rule()->set_kind(v1::FORCE_RULE_KIND_QUORUM);
  state.mutable_force_rule()->set_quorum(2);
  EXPECT_EQ(With(state).When(Ask<v1::BringIntoForceRequest>("")).ThenEvents().size(), 1U);
  state.mutable_force_rule()->add_required_parties("naga");
  With(state)
      .When(Ask<v1::BringIntoForceRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "SIGNATURE_MISSING");
}

TEST(BringIntoForce, IsRefusedWithoutAMandateOrAClearance) {
  auto state = Signed();
  With(state)
      .WithParameter("gate.embassy.days", "7")
      .When(Ask<v1::BringIntoForceRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "GATE_NOT_CLEARED");
  state.mutable_parties(0)->clear_mandate();
  With(state)
      .When(Ask<v1::BringIntoForceRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "MANDATE_MISSING");
}

TEST(BringIntoForce, IsRefusedAfterAFixedTermEnded) {
  auto state = Signed();
  state.clear_term();
  *state.mutable_term()->mutable_until() = MakeDate(2011, 9);
  With(state)
      .When(Ask<v1::BringIntoForceRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "TERM_INVALID");
}

// Rule 29.
TEST(ConsentToRenewal, RenewsOnlyWhenAllConsent) {
  auto given = With(InForce());
  given.On("2013-08-01");
  given.When(Ask<v1::ConsentToRenewalRequest>("party_id: 'rome' months: 24"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
  EXPECT_EQ(ToString(given.state().ends_on()), "2013-10-09");
  given.When(Ask<v1::ConsentToRenewalRequest>("party_id: 'rome' months: 24"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SIGNED_ALREADY");
  given.When(Ask<v1::ConsentToRenewalRequest>("party_id: 'batangas' months: 12"))
      .ThenRejected(StatusCode::kFailedPrecondition, "RENEWAL_DIFFERS");
  given.When(Ask<v1::ConsentToRenewalRequest>("party_id: 'batangas' months: 24"));
  ASSERT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_EQ(ToString(given.state().ends_on()), "2015-10-09");
  EXPECT_EQ(given.state().renewals(0).consents_size(), 2);
  EXPECT_TRUE(given.state().renewal_consents().empty());
}

TEST(ConsentToRenewal, IsRefusedWithoutATermOrALength) {
  auto state = InForce();
  With(state)
      .When(Ask<v1::ConsentToRenewalRequest>("party_id: 'rome' months: -1"))
      .ThenRejected(StatusCode::kInvalidArgument, "TERM_INVALID");
  state.clear_ends_on();
  With(state)
      .When(Ask<v1::ConsentToRenewalRequest>("party_id: 'rome' months: 24"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NO_TERM");
}

TEST(WithdrawRenewalConsent, IsRefusedWhereThereIsNone) {
  auto given = With(InForce());
  given.Because("no budget");
  given.When(Ask<v1::WithdrawRenewalConsentRequest>("party_id: 'rome'"))
      .ThenRejected(StatusCode::kNotFound, "CONSENT_NOT_FOUND");
  given.When(Ask<v1::ConsentToRenewalRequest>("party_id: 'rome' months: 24"));
  given.When(Ask<v1::WithdrawRenewalConsentRequest>("party_id: 'rome'"));
  given.ThenEvents();
  EXPECT_TRUE(given.state().renewal_consents().empty());
}

TEST(ExpireAgreement, IsRefusedBeforeTheEnd) {
  auto given = With(InForce());
  given.On("2013-10-09")
      .When(Ask<v1::ExpireAgreementRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "TERM_NOT_OVER");
  given.On("2013-10-10").When(Ask<v1::ExpireAgreementRequest>(""));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(SuspendAgreement, NeedsAReasonAsResumingAndTerminatingDo) {
  auto given = With(InForce());
  given.When(Ask<v1::SuspendAgreementRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.When(Ask<v1::ResumeAgreementRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.When(Ask<v1::TerminateAgreementRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

// Rule 35.
TEST(ReviveAgreement, InheritsPartiesThatConfirmAnew) {
  auto failed = Drafted();
  failed.mutable_failure()->add_causes(v1::FAILURE_CAUSE_LOSS_OF_KEY_OFFICER);
  auto given = With({});
  given.Beside("realms/test/agreements/first", "failed", failed)
      .When(Parse<v1::ReviveAgreementRequest>(
          "parent: 'realms/test' agreement_id: 'it' definition: 'twinning' revived_from: "
          "'realms/test/agreements/first'"));
  given.ThenEvents();
  ASSERT_EQ(given.state().parties_size(), 2);
  EXPECT_EQ(given.state().title(), "Twinning");
  EXPECT_TRUE(given.state().parties(0).confirmation_due());
  EXPECT_FALSE(given.state().parties(0).has_mandate());
  given.When(Ask<v1::StartDraftingRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "CONFIRMATION_MISSING");
  for (const char* party : {"batangas", "rome"}) {
    given.When(Ask<v1::AnswerParticipationRequest>(std::string("party_id: '") + party +
                                                   "' answer: CONFIRMATION_ANSWER_CONFIRM"));
  }
  given.When(Ask<v1::StartDraftingRequest>(""));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(ReviveAgreement, IsRefusedForOneThatDidNotFail) {
  With({})
      .Beside("realms/test/agreements/first", "drafting", Drafted())
      .When(Parse<v1::ReviveAgreementRequest>(
          "parent: 'realms/test' agreement_id: 'it' definition: 'twinning' revived_from: "
          "'realms/test/agreements/first'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_FAILED");
}

// Rule 30: a party that joins makes a dated new version, consented to by all.
TEST(ProposeAmendment, LetsAPartyJoinWhenAllHaveConsented) {
  auto given = With(InForce());
  given.Beside("realms/test/offices/mayor", "open", Office("john", ""));
  given.Beside("realms/test/committees/naga", "established",
               Parse<committees::v1::CommitteeState>("seats { id: 'a' } seats { id: 'b' }"));
  given.On("2012-03-01")
      .When(Ask<v1::ProposeAmendmentRequest>("amendment_id: 'naga' note: 'Naga joins' joining { " +
                                             PartyText("naga", "realms/test/offices/mayor") +
                                             " }"));
  given.ThenEvents();
  const std::string hash = given.state().amendments(0).text().hash();
  const auto consent = [&](const std::string& party) {
    return Ask<v1::ConsentToAmendmentRequest>("party_id: '" + party +
                                              "' amendment_id: 'naga' text_hash: '" + hash + "'");
  };
  given.As(Holder(kGovernor, "vilma")).When(consent("batangas"));
  given.ThenEvents();
  given.When(consent("batangas")).ThenRejected(StatusCode::kFailedPrecondition, "SIGNED_ALREADY");
  given.As(Holder("realms/test/offices/mayor", "john")).When(consent("naga"));
  given.ThenEvents();
  EXPECT_EQ(given.state().parties_size(), 2);
  given.As(Holder(kPresident, "nicola")).When(consent("rome"));
  ASSERT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_EQ(given.state().parties_size(), 3);
  EXPECT_EQ(ToString(given.state().parties(2).joined_on()), "2012-03-01");
  ASSERT_EQ(given.state().text_versions_size(), 2);
  EXPECT_EQ(given.state().text_versions(1).number(), 2);
  given.When(consent("rome")).ThenRejected(StatusCode::kNotFound, "AMENDMENT_NOT_FOUND");
}

TEST(ProposeAmendment, IsRefusedAPartyThatBringsLessThanTheOthersBrought) {
  auto party = Parse<v1::Party>(PartyText("naga", "realms/test/offices/mayor"));
  party.clear_owning_body();
  auto request = Ask<v1::ProposeAmendmentRequest>("amendment_id: 'naga' note: 'Naga joins'");
  *request.mutable_joining() = party;
  request.mutable_joining()->mutable_role()->clear_role();
  With(InForce()).When(request).ThenRejected(StatusCode::kFailedPrecondition, "ROLE_CELLS_MISSING");
  *request.mutable_joining() = party;
  request.mutable_joining()->clear_mandate();
  With(InForce()).When(request).ThenRejected(StatusCode::kFailedPrecondition, "MANDATE_MISSING");
  *request.mutable_joining() = party;
  request.mutable_joining()->clear_signatory_office();
  With(InForce()).When(request).ThenRejected(StatusCode::kFailedPrecondition, "SIGNATORY_MISSING");
}

TEST(ProposeAmendment, IsRefusedWhereNothingChangesOrAnotherIsOpen) {
  auto state = InForce();
  auto given = With(state);
  given.When(Ask<v1::ProposeAmendmentRequest>("amendment_id: 'a' note: 'a' territories: 't'"));
  given.ThenEvents();
  given.When(Ask<v1::ProposeAmendmentRequest>("amendment_id: 'a' note: 'a' territories: 't'"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
  given.When(Ask<v1::ProposeAmendmentRequest>("amendment_id: 'b' note: 'b' territories: 't'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "AMENDMENT_OPEN");
  given.When(Ask<v1::CloseReviewRequest>("outcome: 'well'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "AMENDMENT_OPEN");
  given.When(Ask<v1::WithdrawAmendmentRequest>("amendment_id: 'a'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no").When(Ask<v1::WithdrawAmendmentRequest>("amendment_id: 'a'"));
  given.ThenEvents();
  // What was frozen with the articles of today is what the articles say: nothing changes.
  given.When(Ask<v1::ProposeAmendmentRequest>("amendment_id: 'c' note: 'c'"));
  const std::string hash = given.state().amendments(1).text().hash();
  auto same = InForce();
  same.mutable_text_versions(0)->set_hash(hash);
  With(same)
      .When(Ask<v1::ProposeAmendmentRequest>("amendment_id: 'c' note: 'c'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(LeaveAgreement, MakesADatedVersionAndLeavesTheOthers) {
  auto state = InForce();
  *state.add_parties() = Parse<v1::Party>(PartyText("naga", "realms/test/offices/mayor"));
  auto given = With(state);
  given.Because("budget").When(Ask<v1::LeaveAgreementRequest>("party_id: 'naga'"));
  given.ThenEvents();
  EXPECT_EQ(PartiesOf(given.state()).size(), 2U);
  ASSERT_EQ(given.state().text_versions_size(), 2);
  EXPECT_EQ(given.state().text_versions(1).hash(), given.state().text_versions(0).hash());
  given.When(Ask<v1::LeaveAgreementRequest>("party_id: 'rome'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TOO_FEW_PARTIES");
}

v1::AddCooperationAreaRequest Area(const std::string& id, const std::string& parent,
                                   const std::string& level, const std::string& more = "") {
  return Ask<v1::AddCooperationAreaRequest>("area_id: '" + id + "' parent_area: '" + parent +
                                            "' level: AREA_LEVEL_" + level + " title: '" + id +
                                            "' " + more);
}

// Rule 32.
TEST(AddCooperationArea, BuildsATreeWithALeadPerSide) {
  auto given = With(InForce());
  given.When(Area("culture", "", "AREA",
                  "leads { party: 'rome' office: 'o' } leads { party: 'batangas' office: 'p' }"));
  given.ThenEvents();
  given.When(Area("music", "culture", "SUB_AREA")).ThenEvents();
  given.When(Area("choir", "music", "ACTIVITY")).ThenEvents();
  EXPECT_EQ(given.state().areas_size(), 3);
  given.When(Area("dance", "culture", "ACTIVITY", "leads { party: 'rome' office: 'o' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "LEAD_MISSING");
  given.When(Area("choir", "music", "ACTIVITY"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
  given.When(Area("dance", "ballet", "ACTIVITY"))
      .ThenRejected(StatusCode::kNotFound, "AREA_NOT_FOUND");
  given.When(Area("dance", "choir", "ACTIVITY"))
      .ThenRejected(StatusCode::kInvalidArgument, "AREA_LEVEL_INVALID");
  given.When(Area("dance", "culture", "AREA"))
      .ThenRejected(StatusCode::kInvalidArgument, "AREA_LEVEL_INVALID");
  given.When(Ask<v1::ChangeCooperationAreaRequest>("area_id: 'music' title: 'music'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

// Rule 37.
TEST(RaiseDispute, SuspendsThatActivityOnlyUntilItIsSettled) {
  auto given = With(InForce());
  given.When(Area("culture", "", "AREA"));
  given.When(Area("choir", "culture", "ACTIVITY"));
  given.When(Area("dance", "culture", "ACTIVITY"));
  given.When(Ask<v1::RaiseDisputeRequest>(
      "dispute_id: 'd1' party_id: 'rome' activity: 'choir' text: 'who pays'"));
  ASSERT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_TRUE(given.state().areas(1).suspended());
  EXPECT_FALSE(given.state().areas(2).suspended());
  given.When(Ask<v1::RaiseDisputeRequest>(
      "dispute_id: 'd2' party_id: 'batangas' activity: 'choir' text: 'who sings'"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
  given.When(Ask<v1::SettleDisputeRequest>("dispute_id: 'd1' outcome: 'both'"));
  EXPECT_TRUE(given.state().areas(1).suspended());
  given.When(Ask<v1::SettleDisputeRequest>("dispute_id: 'd2' outcome: 'all'"));
  EXPECT_FALSE(given.state().areas(1).suspended());
  given.When(Ask<v1::SettleDisputeRequest>("dispute_id: 'd2' outcome: 'all'"))
      .ThenRejected(StatusCode::kNotFound, "DISPUTE_NOT_FOUND");
  given
      .When(Ask<v1::RaiseDisputeRequest>(
          "dispute_id: 'd3' party_id: 'rome' activity: 'culture' text: 'x'"))
      .ThenRejected(StatusCode::kInvalidArgument, "AREA_LEVEL_INVALID");
}

TEST(SuspendActivity, IsRefusedWithoutAReasonOrTwice) {
  auto given = With(InForce());
  given.When(Area("culture", "", "AREA"));
  given.When(Area("choir", "culture", "ACTIVITY"));
  given.When(Ask<v1::SuspendActivityRequest>("area_id: 'choir'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no room").When(Ask<v1::SuspendActivityRequest>("area_id: 'choir'"));
  given.ThenEvents();
  given.When(Ask<v1::SuspendActivityRequest>("area_id: 'choir'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

}  // namespace
}  // namespace kasundo::agreements
