// Evaluations and recommendations (requirements 82, 87, 94, 95).
#include "kasundo/monitoring/v1/evaluations_service.pb.h"
#include "workflows/monitoring/evaluation_decider.h"
#include "workflows/monitoring/monitoring_fixture.h"
#include "workflows/monitoring/recommendation_decider.h"

namespace kasundo::monitoring {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

Given<Evaluation> Planned(const std::string& kind, const std::string& more = "") {
  auto given = InItsWorld(Given<Evaluation>(Parse<v1::EvaluationState>(
      "planned { title: 'Desk' kind: EVALUATION_KIND_" + kind +
      " about: 'realms/test/offices/planning' evaluated_office: 'realms/test/offices/planning' "
      "body: 'realms/test/committees/council' external: true } " +
      more)));
  given.Named("realms/test/evaluations/desk").As(Council());
  return given;
}

v1::RecordEvaluationRequest Record(const std::string& more) {
  return Parse<v1::RecordEvaluationRequest>("result { summary: 'Good' " + more + " }");
}

TEST(PlanEvaluation, SetsADate) {
  auto given = InItsWorld(Given<Evaluation>());
  given.When(Parse<v1::PlanEvaluationRequest>(
      "title: 'Desk' kind: EVALUATION_KIND_ACTIVITY planned_on { year: 2017 } because_replaced: "
      "'realms/test/organisations/poea'"));
  EXPECT_EQ(given.ThenEvents().at(0).evaluation_planned().planned_on().year(), 2017);
}

TEST(RecordEvaluation, NeedsWhatFeedsItsKind) {
  auto outcome = Planned("OUTCOME");
  outcome.When(Record(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "EVALUATION_INCOMPLETE", "result.sessions");
  outcome.When(Record("sessions: 'realms/test/responseSessions/s'"));
  EXPECT_EQ(outcome.ThenEvents().size(), 1U);
  auto comprehensive = Planned("COMPREHENSIVE");
  comprehensive.When(Record("swot { strengths: 'a' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "EVALUATION_INCOMPLETE", "result.swot");
  comprehensive.When(Record("swot { strengths: 'a' weaknesses: 'b' }"));
  EXPECT_EQ(comprehensive.ThenEvents().size(), 1U);
  auto activity = Planned("ACTIVITY");
  activity.When(Record(""));
  EXPECT_EQ(ToString(activity.ThenEvents().at(0).evaluation_recorded().result().on()),
            "2016-03-18");
}

// Requirement 87: the evaluated party may reply, but not edit.
TEST(RecordEvaluation, IsNotForTheEvaluatedOffice) {
  auto given = Planned("ACTIVITY");
  given.As(Unit())
      .When(Record(""))
      .ThenRejected(StatusCode::kPermissionDenied, "EVALUATED_CANNOT_EDIT");
  given.As(Council()).When(Record(""));
  given.ThenEvents();
  EXPECT_TRUE(given.As(Unit()).HasRole("evaluated"));
  EXPECT_FALSE(given.CheckGuard("replied").ok());
  given.When(Parse<v1::ReplyToEvaluationRequest>("text: 'We had no staff'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().replies(0).by().person(), "realms/test/people/lina");
  EXPECT_EQ(given.state().result().summary(), "Good");
  EXPECT_TRUE(given.CheckGuard("replied").ok());
}

TEST(DecideOnProgramme, NeedsAReason) {
  auto given = Planned("ACTIVITY");
  const auto decide = Parse<v1::DecideOnProgrammeRequest>("fate: PROGRAMME_FATE_CHANGE");
  given.When(decide).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.When(v1::CancelEvaluationRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("Another office does it now").When(decide);
  given.ThenEvents();
  EXPECT_EQ(given.state().fate(), v1::PROGRAMME_FATE_CHANGE);
}

TEST(SendRecommendation, WaitsNinetyDaysUnlessItSaysOtherwise) {
  auto given = InItsWorld(Given<Recommendation>());
  const auto send = [](const std::string& more) {
    return Parse<v1::SendRecommendationRequest>(
        "title: 'Desks' text: 'Pay for desks' to: 'DBM' body: 'realms/test/committees/council' " +
        more);
  };
  given.As(Unit()).When(send("")).ThenRejected(StatusCode::kPermissionDenied, "NOT_IN_CHAIN");
  given.As(Council()).When(send(""));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().sent().answer_by()), "2016-06-16");
  given.When(send("answer_days: 30"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().sent().answer_by()), "2016-04-17");
  EXPECT_TRUE(given.HasRole("recommending-body"));
  given.When(Parse<v1::AnswerRecommendationRequest>("answer: 'Yes'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().answered().answer(), "Yes");
  given.When(v1::WithdrawRecommendationRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

}  // namespace
}  // namespace kasundo::monitoring
