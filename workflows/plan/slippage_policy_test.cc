// Policies as versioned data of a body.
#include "kasundo/plans/v1/slippage_policies_service.pb.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/slippage_policy_decider.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

Given<SlippagePolicy> WithPolicy(const v1::SlippagePolicyState& state) {
  Given<SlippagePolicy> given(state);
  given.Named(kPolicy).On("2016-03-18").As(Administrator());
  return given;
}

v1::AdoptSlippagePolicyRequest Adopt(const std::string& bands) {
  return Parse<v1::AdoptSlippagePolicyRequest>(
      "parent: 'realms/test' slippage_policy_id: 'alert' title: 'Alert' body: '" +
      std::string(kBody) + "' " + bands);
}

std::string Band(const std::string& id, const std::string& bounds) {
  return "bands { id: '" + id + "' title: 'T' definition: 'D' " + bounds + " } ";
}

TEST(AdoptSlippagePolicy, BeginsWithVersionOneOnTheDayOfTheAct) {
  auto given = WithPolicy({});
  given.When(Adopt(Band("terminal", "at_most: '-15'") + Band("icu", "at_most: '-10'")))
      .ThenEvents();
  ASSERT_EQ(given.state().versions_size(), 1);
  EXPECT_EQ(given.state().versions(0).version(), 1);
  EXPECT_EQ(given.state().versions(0).effective_on().month(), 3);
}

TEST(AdoptSlippagePolicy, IsRefusedWithBandsInWhichNothingCanLie) {
  const auto refused = [](const std::string& bands, const std::string& field) {
    SCOPED_TRACE(bands);
    WithPolicy({})
        .When(Adopt(bands))
        .ThenRejected(StatusCode::kInvalidArgument, "BAND_INVALID", field);
  };
  refused(Band("a", ""), "bands[0]");
  refused(Band("a", "at_least: '5' at_most: '-5'"), "bands[0]");
  refused(Band("a", "above: '5' at_most: '5'"), "bands[0]");
  refused(Band("a", "at_most: '5' below: '5'"), "bands[0]");
  // -5 covers -10, so the more serious must stand first.
  refused(Band("a", "at_most: '-5'") + Band("b", "at_most: '-10'"), "bands[1]");
  refused(Band("a", "below: '0'") + Band("b", "below: '0'"), "bands[1]");
}

TEST(AdoptSlippagePolicy, TakesRegionsBandsOnBothSides) {
  auto given = WithPolicy({});
  given.When(Adopt(Band("behind", "at_most: '-10' only_unfinished: true") +
                   Band("ahead", "at_least: '10'") + Band("late", "at_most: '-10'") +
                   Band("on-time", "at_least: '0' at_most: '0'")));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(AdoptSlippagePolicy, IsRefusedWithFiguresIdsOrApprovalsThatCannotBe) {
  WithPolicy({})
      .When(Adopt(Band("a", "at_most: 'minus five'")))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "bands[0].at_most");
  WithPolicy({})
      .When(Adopt(Band("A", "at_most: '1'")))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID", "bands[0].id");
  WithPolicy({})
      .When(Adopt(Band("a", "at_most: '-5'") + Band("a", "at_least: '5'")))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "bands[1].id");
  WithPolicy({})
      .When(Adopt(Band("a", "at_most: '-5'") + "approval { number: '1' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "APPROVAL_INCOMPLETE");
}

TEST(AdoptSlippagePolicy, IsUpToTheSecretariatOfTheBody) {
  WithPolicy({})
      .As(In(kDole))
      .When(Adopt(Band("a", "at_most: '-5'")))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_RESPONSIBLE", "body");
}

TEST(ReviseSlippagePolicy, MakesTheNextVersionFromALaterDayOn) {
  auto given = WithPolicy(Policy());
  const auto revise = [](const std::string& more) {
    return Parse<v1::ReviseSlippagePolicyRequest>("name: '" + std::string(kPolicy) + "' " +
                                                  Band("behind", "at_most: '-10'") + more);
  };
  given.When(revise("")).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("Region 1 counts from ten")
      .When(revise("effective_on { year: 2010 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "POLICY_DATE_INVALID", "effective_on");
  given.When(revise("")).ThenEvents();
  ASSERT_EQ(given.state().versions_size(), 2);
  EXPECT_EQ(given.state().versions(0).bands_size(), 3);
  EXPECT_EQ(given.state().versions(1).reason(), "Region 1 counts from ten");
  given.On("2016-03-19")
      .When(revise(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RetireSlippagePolicy, SaysWhy) {
  auto given = WithPolicy(Policy());
  const auto retire =
      Parse<v1::RetireSlippagePolicyRequest>("name: '" + std::string(kPolicy) + "'");
  given.When(retire).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("replaced").When(retire).ThenEvents();
  EXPECT_EQ(given.state().retired_reason(), "replaced");
}

}  // namespace
}  // namespace kasundo::plans
