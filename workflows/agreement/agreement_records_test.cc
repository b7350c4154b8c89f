// Funding, contributions, private tracks and publication. What is refused, and to whom.
#include "workflows/agreement/agreement_engine_fixture.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

v1::RecordContributionRequest Gift(const std::string& more) {
  return Ask<v1::RecordContributionRequest>(
      "contribution { id: 'hall' party: 'rome' territory: 'realms/test/territories/rome' flow: "
      "CONTRIBUTION_FLOW_GIVEN text: 'A hall' " +
      more + " }");
}

TEST(SetFunding, KeepsWhatIsLeftOut) {
  auto given = With(Drafted());
  given.When(Ask<v1::SetFundingRequest>(
      "funding { project: 'Twinning grant' ends_on { year: 2011 month: 12 day: 31 } }"));
  given.ThenEvents();
  given.When(Ask<v1::SetFundingRequest>("funding { carrying_office: 'realms/test/offices/plan' }"));
  ASSERT_EQ(given.ThenEvents().size(), 1U);
  EXPECT_EQ(given.state().funding().project(), "Twinning grant");
  EXPECT_EQ(ToString(given.state().funding().ends_on()), "2011-12-31");
  given.When(Ask<v1::SetFundingRequest>("funding { project: 'Twinning grant' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RecordContribution, KeepsTheCurrencyAndTheDay) {
  auto given = With(InForce());
  given.When(Gift("form: CONTRIBUTION_FORM_MONEY quantity: '022222.50' unit: 'USD'"));
  ASSERT_EQ(given.ThenEvents().size(), 1U);
  const v1::Contribution& recorded = given.state().contributions(0);
  EXPECT_EQ(recorded.quantity(), "22222.5");
  EXPECT_EQ(recorded.unit(), "USD");
  EXPECT_EQ(ToString(recorded.on()), "2011-10-10");
  given.When(Gift("form: CONTRIBUTION_FORM_PREMISES"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

TEST(RecordContribution, IsRefusedForAmountsThatCannotBe) {
  const auto refused = [](const std::string& more) {
    With(InForce()).When(Gift(more)).ThenRejected(StatusCode::kInvalidArgument, "QUANTITY_INVALID");
  };
  refused("form: CONTRIBUTION_FORM_MONEY unit: 'USD'");
  refused("form: CONTRIBUTION_FORM_MONEY quantity: '5' unit: 'dollars'");
  refused("form: CONTRIBUTION_FORM_MONEY quantity: '5,000' unit: 'USD'");
  refused("form: CONTRIBUTION_FORM_LABOUR quantity: '-5' unit: 'days'");
  refused("form: CONTRIBUTION_FORM_LABOUR quantity: '5'");
}

TEST(RecordContribution, IsRefusedBeforeItWasGivenAndToStrangers) {
  With(InForce())
      .When(Gift("form: CONTRIBUTION_FORM_GOODS on { year: 2011 month: 10 day: 11 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  With(InForce())
      .As(Holder(kGovernor, "vilma"))
      .When(Gift("form: CONTRIBUTION_FORM_GOODS"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
  auto request = Gift("form: CONTRIBUTION_FORM_GOODS");
  request.mutable_contribution()->set_id("Hall");
  With(InForce()).When(request).ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  request.mutable_contribution()->set_id("hall");
  request.mutable_contribution()->set_party("paris");
  With(InForce()).When(request).ThenRejected(StatusCode::kNotFound, "PARTY_NOT_FOUND");
}

// Rule 38: a helper acts with both names on the act.
TEST(RecordContribution, NamesTheHelperThatRecordedIt) {
  auto state = InForce();
  auto& helper = *state.mutable_parties(1)->add_helpers();
  helper.set_office("realms/test/offices/desk");
  helper.add_scopes(v1::HELPER_SCOPE_COOPERATION);
  auto given = With(state);
  given.As(Holder("realms/test/offices/desk", "aida"))
      .When(Gift("form: CONTRIBUTION_FORM_PREMISES"));
  given.ThenEvents();
  EXPECT_EQ(given.state().contributions(0).helper_office(), "realms/test/offices/desk");
  EXPECT_EQ(given.state().contributions(0).party(), "rome");
}

// Rule 38: each side has a private track.
TEST(RecordPrivateEntry, IsForThePartyItselfOnly) {
  const auto request = Ask<v1::RecordPrivateEntryRequest>(
      "party_id: 'rome' kind: PRIVATE_ENTRY_KIND_LEGAL_REVIEW_OBJECTS text: 'Article 2 binds us'");
  auto given = With(Drafted());
  given.As(Holder(kPresident, "nicola")).When(request);
  ASSERT_EQ(given.ThenEvents().size(), 1U);
  EXPECT_EQ(given.state().private_entries(0).party(), "rome");
  EXPECT_EQ(given.state().private_entries(0).office(), kPresident);
  given.As(Holder(kGovernor, "vilma"))
      .When(request)
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
  given.As(Administrator())
      .When(request)
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
  given
      .When(Ask<v1::RecordPrivateEntryRequest>(
          "party_id: 'paris' kind: PRIVATE_ENTRY_KIND_NOTE text: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "PARTY_NOT_FOUND");
}

// Rule 41.
TEST(NameResponsibleUnit, IsForActsThatBindOffices) {
  const auto request = Ask<v1::NameResponsibleUnitRequest>(
      "unit { id: 'desk' office: 'realms/test/offices/peso' function: 'realms/test/functions/desk' "
      "territory: 'realms/test/territories/lipa' section: 'Section 4' }");
  With(Drafted()).When(request).ThenRejected(StatusCode::kFailedPrecondition, "NOT_AN_ORDER");
  auto ordinance = Drafted();
  ordinance.set_instrument(v1::INSTRUMENT_TYPE_ORDINANCE);
  auto given = With(ordinance);
  given.When(request);
  given.ThenEvents();
  EXPECT_EQ(given.state().responsible_units(0).section(), "Section 4");
  given.When(request).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
  auto again = request;
  again.mutable_unit()->set_id("other");
  given.When(again).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
  again.mutable_unit()->set_id("Other");
  given.When(again).ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

// Rule 43.
TEST(PublishAgreement, LastsUntilItIsTakenBackWithAReason) {
  auto given = With(InForce());
  given.When(Ask<v1::PublishAgreementRequest>(""));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().published_on()), "2011-10-10");
  given.When(Ask<v1::PublishAgreementRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::WithdrawPublicationRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("an error").When(Ask<v1::WithdrawPublicationRequest>(""));
  given.ThenEvents();
  EXPECT_FALSE(given.state().has_published_on());
  given.When(Ask<v1::WithdrawPublicationRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

}  // namespace
}  // namespace kasundo::agreements
