// What a plan is and what it stands on.
#include "workflows/plan/plan_fixture.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

v1::CreatePlanRequest Create(const std::string& more = "") {
  auto request = Parse<v1::CreatePlanRequest>(
      "parent: 'realms/test' plan_id: 'it' title: 'Work plan' body: '" + std::string(kBody) +
      "' owner_office: '" + kSecretary +
      "' currency: 'PHP' starts_on { year: 2016 } ends_on { year: 2016 }");
  request.MergeFrom(Parse<v1::CreatePlanRequest>(more));
  return request;
}

TEST(CreatePlan, BeginsADraftInOneCurrency) {
  auto given = With({});
  EXPECT_EQ(given.When(Create()).ThenEvents().size(), 1U);
  EXPECT_EQ(given.state().title(), "Work plan");
  EXPECT_EQ(given.state().currency(), "PHP");
  With({})
      .When(Create("currency: 'pesos'"))
      .ThenRejected(StatusCode::kInvalidArgument, "CURRENCY_INVALID", "currency");
}

TEST(CreatePlan, IsRefusedIfItEndsBeforeItBegins) {
  With({})
      .When(Create("ends_on { year: 2015 month: 12 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "ends_on");
}

TEST(CreatePlan, IsRefusedWhileTheLastCycleIsNotClosedWithItsAssessment) {
  const std::string last = "previous_cycle: 'realms/test/plans/last'";
  With({})
      .Beside("realms/test/plans/last", "in-force", Approved())
      .When(Create(last))
      .ThenRejected(StatusCode::kFailedPrecondition, "PREVIOUS_CYCLE_OPEN", "previous_cycle");
  v1::PlanState closed = Approved();
  closed.mutable_assessment()->set_title("Assessment");
  auto given = With({});
  given.Beside("realms/test/plans/last", "closed", closed).When(Create(last));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

// It will never be assessed.
TEST(CreatePlan, FollowsACycleThatWasAbandoned) {
  auto given = With({});
  given.Beside("realms/test/plans/last", "abandoned", Approved())
      .When(Create("previous_cycle: 'realms/test/plans/last'"));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(CreatePlan, KeepsToTheCapOfTheNetwork) {
  const std::string two = "territories: 't1' territories: 't2' territory_cap: ";
  With({})
      .When(Create(two + "1"))
      .ThenRejected(StatusCode::kInvalidArgument, "TERRITORY_CAP", "territories");
  auto given = With({});
  given.When(Create(two + "2 variant_of: 'realms/test/plans/base'")).ThenEvents();
  EXPECT_EQ(given.state().provenance().variant_of(), "realms/test/plans/base");
  given.When(Ask<v1::DescribePlanRequest>("territories: 'a' territories: 'b' territories: 'c'"))
      .ThenRejected(StatusCode::kInvalidArgument, "TERRITORY_CAP");
}

TEST(DescribePlan, LeavesWhatIsNotSaid) {
  auto given = With(Draft());
  given.When(Ask<v1::DescribePlanRequest>("description: 'of the region'")).ThenEvents();
  EXPECT_EQ(given.state().title(), "Work plan of 2016");
  EXPECT_EQ(given.state().description(), "of the region");
  given.When(Ask<v1::DescribePlanRequest>("description: 'of the region'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::DescribePlanRequest>("funding_ends_on { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "funding_ends_on");
}

TEST(LinkBaselineStudy, TakesThePlaceOfAWaiver) {
  auto given = With(Draft());
  const std::string study =
      "study { id: 'profile' title: 'Profile' document: 'P-1' findings { id: 'f1' text: 'x' } ";
  given.When(Ask<v1::LinkBaselineStudyRequest>(study + "findings { id: 'f1' text: 'y' } }"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "study.findings[1].id");
  given.When(Ask<v1::LinkBaselineStudyRequest>(study + "date { year: 2017 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "study.date");
  given.When(Ask<v1::LinkBaselineStudyRequest>(study + "}")).ThenEvents();
  EXPECT_FALSE(given.state().has_waiver());
  given.When(Ask<v1::LinkBaselineStudyRequest>(study + "}"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "study.id");
  given.When(Ask<v1::LinkBaselineStudyRequest>("study { id: 'No Id' title: 't' document: 'd' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(WaiveBaseline, IsSignedWithAReasonAndOnlyIfThereIsNoStudy) {
  v1::PlanState state = Draft();
  state.clear_waiver();
  const std::string waiver = "waiver { office: 'o' document: 'Letter 2' } ";
  auto given = With(state);
  given.When(Ask<v1::WaiveBaselineRequest>(waiver))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no data in the province").When(Ask<v1::WaiveBaselineRequest>(waiver)).ThenEvents();
  EXPECT_EQ(given.state().waiver().reason(), "no data in the province");
  state.add_studies()->set_id("s");
  With(state)
      .Because("x")
      .When(Ask<v1::WaiveBaselineRequest>(waiver))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

TEST(ShowFoundation, ReplacesTheDocumentOfItsKind) {
  auto given = With(Draft());
  given
      .When(Ask<v1::ShowFoundationRequest>(
          "foundation { kind: FOUNDATION_KIND_PERSONNEL document: 'Order 1' }"))
      .ThenEvents();
  given
      .When(Ask<v1::ShowFoundationRequest>(
          "foundation { kind: FOUNDATION_KIND_PERSONNEL document: 'Order 1' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given
      .When(Ask<v1::ShowFoundationRequest>(
          "foundation { kind: FOUNDATION_KIND_PERSONNEL document: 'Order 2' }"))
      .ThenEvents();
  ASSERT_EQ(given.state().foundations_size(), 1);
  EXPECT_EQ(given.state().foundations(0).document(), "Order 2");
}

TEST(AddRisk, MayLookAsFarAheadAs2073) {
  auto given = With(Draft());
  const std::string risk =
      "risk { id: 'ageing' title: 'Fewer people of working age' owner_office: 'o' trigger: 'share "
      "below half' response: 'open programmes' threshold_on { year: 2073 } } ";
  given.When(Ask<v1::AddRiskRequest>(risk)).ThenEvents();
  EXPECT_EQ(given.state().risks(0).threshold_on().year(), 2073);
  given.When(Ask<v1::AddRiskRequest>(risk))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "risk.id");
}

TEST(RetireRisk, NeedsAReasonAndARisk) {
  v1::PlanState state = Draft();
  state.add_risks()->set_id("r");
  auto given = With(state);
  given.When(Ask<v1::RetireRiskRequest>("risk: 'r'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("gone")
      .When(Ask<v1::RetireRiskRequest>("risk: 'q'"))
      .ThenRejected(StatusCode::kNotFound, "RISK_NOT_FOUND");
  given.When(Ask<v1::RetireRiskRequest>("risk: 'r'")).ThenEvents();
  given.When(Ask<v1::RetireRiskRequest>("risk: 'r'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(FollowSlippagePolicy, IsRefusedForARetiredOne) {
  auto given = With(Draft());
  given
      .When(Ask<v1::FollowSlippagePolicyRequest>("slippage_policy: '" + std::string(kPolicy) + "'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  v1::SlippagePolicyState retired = Policy();
  retired.set_retired_reason("replaced");
  given.Beside("realms/test/slippagePolicies/old", "retired", retired)
      .When(Ask<v1::FollowSlippagePolicyRequest>(
          "slippage_policy: 'realms/test/slippagePolicies/old'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "POLICY_RETIRED");
  given.Beside("realms/test/slippagePolicies/new", "in-force", Policy())
      .When(Ask<v1::FollowSlippagePolicyRequest>(
          "slippage_policy: 'realms/test/slippagePolicies/new'"))
      .ThenEvents();
  EXPECT_EQ(given.state().slippage_policy(), "realms/test/slippagePolicies/new");
}

}  // namespace
}  // namespace kasundo::plans
