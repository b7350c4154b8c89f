// What every institution should have (requirement 53).
#include "kasundo/assignments/v1/coverage_rules_service.pb.h"
#include "tests/support/given.h"
#include "workflows/assignment/coverage_rule_decider.h"

namespace kasundo::assignments {
namespace {

using absl::StatusCode;
using testing::Given;
using testing::Parse;

Given<CoverageRule> Set() {
  Given<CoverageRule> given;
  workflows::v1::Actor actor;
  actor.set_office("realms/test/offices/council");
  given.As(actor).When(
      Parse<v1::SetCoverageRuleRequest>("title: 'Speakers' demand { training: 'speaking' }"));
  given.ThenEvents();
  return given;
}

TEST(SetCoverageRule, DemandsAtLeastOneFromThatDayOn) {
  auto given = Set();
  EXPECT_EQ(given.state().demands(0).minimum(), 1);
  EXPECT_EQ(ToString(given.state().demands(0).since()), "2016-03-18");
  EXPECT_TRUE(given.HasRole("setter"));
  EXPECT_TRUE(given.HasRole("office-holder"));
  EXPECT_EQ(DemandOn(given.state(), MakeDate(2016, 3, 17)), nullptr);
  EXPECT_NE(DemandOn(given.state(), MakeDate(2016, 3, 18)), nullptr);
}

TEST(SetCoverageRule, IsRefusedIfItDemandsNothing) {
  Given<CoverageRule> given;
  given.When(Parse<v1::SetCoverageRuleRequest>("title: 'x' demand { minimum: 2 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "TOO_LITTLE_SAID", "demand");
  given.When(Parse<v1::SetCoverageRuleRequest>("demand { training: 't' minimum: 1001 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "TOO_LITTLE_SAID", "demand.minimum");
}

TEST(ChangeCoverageRule, KeepsWhatItDemandedBefore) {
  auto given = Set();
  const auto change = [](const std::string& more) {
    return Parse<v1::ChangeCoverageRuleRequest>("demand { training: 'speaking' minimum: 2 " + more +
                                                "}");
  };
  given.When(change("since { year: 2017 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("more schools").When(change("since { year: 2015 }"));
  given.ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "demand.since");
  given.When(change("since { year: 2017 }"));
  EXPECT_EQ(DemandOn(given.state(), MakeDate(2016, 12, 31))->minimum(), 1);
  EXPECT_EQ(DemandOn(given.state(), MakeDate(2017, 1, 1))->minimum(), 2);
}

TEST(LiftCoverageRule, NeedsAReasonAndADayNotBeforeItHeld) {
  auto given = Set();
  given.When(Parse<v1::LiftCoverageRuleRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("done").When(Parse<v1::LiftCoverageRuleRequest>("on { year: 2015 }"));
  given.ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "on");
  given.When(Parse<v1::LiftCoverageRuleRequest>("on { year: 2016 month: 6 day: 30 }"));
  EXPECT_NE(DemandOn(given.state(), MakeDate(2016, 6, 30)), nullptr);
  EXPECT_EQ(DemandOn(given.state(), MakeDate(2016, 7, 1)), nullptr);
}

}  // namespace
}  // namespace kasundo::assignments
