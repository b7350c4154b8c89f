// Rule, term, schedule and signatures (requirements 24, 27, 28, 33, 131).
#include "workflows/agreement/agreement_fixture.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

v1::ScheduleSigningRequest Schedule(const std::string& date) {
  return Ask<v1::ScheduleSigningRequest>("signing_date { " + DateText(date) + " }");
}

v1::SignAgreementRequest Sign(const std::string& party, const std::string& more = "") {
  return Ask<v1::SignAgreementRequest>("party_id: '" + party + "' text_hash: '" +
                                       Agreed().text_versions(0).hash() + "' " + more);
}

TEST(SetForceRule, IsRefusedAfterTheFirstSignature) {
  With(Signed())
      .When(Ask<v1::SetForceRuleRequest>("rule { kind: FORCE_RULE_KIND_PAIRWISE }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "FORCE_RULE_FIXED");
}

TEST(SetForceRule, IsRefusedAQuorumThatCannotBe) {
  for (const char* rule :
       {"kind: FORCE_RULE_KIND_QUORUM quorum: 3", "kind: FORCE_RULE_KIND_QUORUM quorum: 1",
        "kind: FORCE_RULE_KIND_QUORUM", "kind: FORCE_RULE_KIND_ALL quorum: 2", "quorum: 2",
        "kind: FORCE_RULE_KIND_QUORUM quorum: 2 required_parties: 'rome' "
        "required_parties: 'rome'"}) {
    With(Agreed())
        .When(Ask<v1::SetForceRuleRequest>(std::string("rule { ") + rule + " }"))
        .ThenRejected(StatusCode::kInvalidArgument, "FORCE_RULE_INVALID");
  }
}

TEST(SetTerm, IsRefusedMonthsAndALastDayAtOnce) {
  With(Agreed())
      .When(Ask<v1::SetTermRequest>("term { months: 24 until { year: 2020 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "TERM_INVALID");
}

TEST(ScheduleSigning, SetsTheDay) {
  auto given = With(Agreed());
  given.On("2011-09-01").When(Schedule("2011-10-10"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().signing_date()), "2011-10-10");
  EXPECT_EQ(ToString(given.state().target_signing_date()), "2011-10-10");
}

// Rule 24.
TEST(ScheduleSigning, IsRefusedUntilEveryPartyHasItsMandate) {
  auto state = Agreed();
  state.mutable_parties(1)->clear_mandate();
  auto given = With(state);
  given.When(Schedule("2011-12-01"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MANDATE_MISSING");
  given.WithParameter("mandates", "not-required").When(Schedule("2011-12-01"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(ScheduleSigning, IsRefusedWithoutARuleOfComingIntoForce) {
  auto state = Agreed();
  state.clear_force_rule();
  With(state)
      .When(Schedule("2011-12-01"))
      .ThenRejected(StatusCode::kFailedPrecondition, "FORCE_RULE_MISSING");
}

// Rule 33: the earliest term ends on 30 June 2013; 30 days before it is the last safe day.
TEST(ScheduleSigning, IsRefusedAfterTheLastSafeDay) {
  auto given = With(Agreed());
  given.When(Schedule("2013-06-01"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TERM_ENDS_BEFORE_SIGNING");
  given.When(Schedule("2013-05-31"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(ScheduleSigning, IsRefusedWhereNobodyCanSign) {
  With(Agreed())
      .Beside(kPresident, "open",
              Parse<directory::v1::OfficeState>("names { text: 'x' since { year: 2000 } }"))
      .When(Schedule("2011-12-01"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SIGNATORY_MISSING");
}

TEST(ScheduleSigning, IsRefusedWhenAGateCannotBePassedInTime) {
  auto given = With(Agreed());
  given.WithParameter("gate.italian-notice.days", "30");
  given.When(Schedule("2011-11-08")).ThenRejected(StatusCode::kFailedPrecondition, "GATE_TOO_LATE");
  given.When(Schedule("2011-11-09"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(ScheduleSigning, IsRefusedWhileAPartyHasNotConfirmedAnew) {
  auto state = Agreed();
  state.mutable_parties(0)->set_confirmation_due(true);
  With(state)
      .When(Schedule("2011-12-01"))
      .ThenRejected(StatusCode::kFailedPrecondition, "CONFIRMATION_MISSING");
}

// Rule 131.
TEST(ScheduleSigning, IsRefusedALongAgreementWithoutAnAnchor) {
  auto state = Agreed();
  state.mutable_term()->set_months(60);
  With(state)
      .When(Schedule("2011-12-01"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ANCHOR_MISSING");
}

TEST(ScheduleSigning, NeedsAReasonForASlip) {
  With(Scheduled())
      .When(Schedule("2011-12-01"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

TEST(ScheduleSigning, IsRefusedForAPastDay) {
  With(Agreed())
      .When(Schedule("2011-09-01"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
}

TEST(SignAgreement, BindsTheOfficeToTheHash) {
  auto given = With(Scheduled());
  given.As(Holder(kPresident, "nicola")).When(Sign("rome"));
  const v1::Signature signature = given.ThenEvents().at(0).agreement_signed().signature();
  EXPECT_EQ(signature.capacity(), v1::SIGNING_CAPACITY_HOLDER);
  EXPECT_EQ(signature.person(), "realms/test/people/nicola");
  EXPECT_EQ(signature.text_hash(), given.state().text_versions(0).hash());
  given.As(Holder(kGovernor, "vilma")).When(Sign("batangas"));
  ASSERT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_TRUE(given.ThenEvents()[1].has_signatures_completed());
}

TEST(SignAgreement, ByADeputyNeedsTheDocument) {
  auto given = With(Scheduled());
  given.As(Holder(kPresident, "nicola-deputy"));
  given.When(Sign("rome")).ThenRejected(StatusCode::kInvalidArgument, "AUTHORITY_NEEDED");
  given.When(Sign("rome", "authority: 'Order 3'"));
  EXPECT_EQ(given.ThenEvents().at(0).agreement_signed().signature().capacity(),
            v1::SIGNING_CAPACITY_AUTHORISED);
}

TEST(SignAgreement, IsRefusedToWhoNeitherHoldsTheOfficeNorStandsIn) {
  With(Scheduled())
      .As(Holder(kGovernor, "vilma"))
      .When(Sign("rome"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_SIGNATORY");
  With(Scheduled())
      .When(Sign("rome", "person: 'realms/test/people/vilma'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_SIGNATORY");
  With(Scheduled())
      .As(Holder(kPresident, "vilma"))
      .When(Sign("rome", "person: 'realms/test/people/nicola'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_SIGNATORY");
}

TEST(SignAgreement, AsksWhoSignedWhenAnAdministratorEntersIt) {
  With(Scheduled()).When(Sign("rome")).ThenRejected(StatusCode::kInvalidArgument, "FIELD_REQUIRED");
}

TEST(SignAgreement, IsRefusedForAnotherText) {
  With(Scheduled())
      .As(Holder(kPresident, "nicola"))
      .When(Ask<v1::SignAgreementRequest>("party_id: 'rome' text_hash: 'abc'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TEXT_HASH_MISMATCH");
}

TEST(SignAgreement, IsRefusedTwice) {
  With(Signed())
      .As(Holder(kPresident, "nicola"))
      .When(Sign("rome"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SIGNED_ALREADY");
}

TEST(SignAgreement, IsRefusedBeforeTheDay) {
  With(Scheduled())
      .On("2011-10-09")
      .As(Holder(kPresident, "nicola"))
      .When(Sign("rome"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SIGNING_TOO_EARLY");
}

TEST(SignAgreement, IsRefusedWithoutAMandate) {
  auto state = Scheduled();
  state.mutable_parties(0)->clear_mandate();
  With(state)
      .As(Holder(kPresident, "nicola"))
      .When(Sign("rome"))
      .ThenRejected(StatusCode::kFailedPrecondition, "MANDATE_MISSING");
}

TEST(SignAgreement, IsRefusedUntilTheGatesWerePassedInTime) {
  auto given = With(Scheduled());
  given.WithParameter("gate.embassy.days", "7").As(Holder(kPresident, "nicola"));
  given.When(Sign("rome")).ThenRejected(StatusCode::kFailedPrecondition, "GATE_NOT_CLEARED");
  given.On("2011-10-05")
      .When(Ask<v1::ClearGateRequest>("gate: 'embassy' number: '1' issued_by: 'DFA'"));
  given.ThenEvents();
  given.On("2011-10-11")
      .When(Sign("rome"))
      .ThenRejected(StatusCode::kFailedPrecondition, "GATE_TOO_LATE");
  given.On("2011-10-12").When(Sign("rome"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

// Rule 27: a contested clause blocks signature, also one that became so after the text was agreed.
TEST(SignAgreement, IsRefusedWhileAnArticleIsContested) {
  With(Scheduled())
      .Beside(std::string(kHere) + "/articles/a1", "drafted", Article("1", Objects("batangas")))
      .As(Holder(kPresident, "nicola"))
      .When(Sign("rome"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ARTICLE_CONTESTED");
}

}  // namespace
}  // namespace kasundo::agreements
