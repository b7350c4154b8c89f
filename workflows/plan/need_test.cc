// Needs that people voiced, and what a plan answers (requirement 72).
#include "kasundo/plans/v1/needs_service.pb.h"
#include "kasundo/plans/v1/plans_follow_ups.pb.h"
#include "workflows/plan/need_decider.h"
#include "workflows/plan/need_processes.h"
#include "workflows/plan/plan_fixture.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

constexpr char kNeed[] = "realms/test/needs/desk";

Given<Need> Voiced() {
  Given<Need> given(Parse<v1::NeedState>(
      "text: 'a desk near the market' occasion: 'Rights Caravan' voiced_on { year: 2016 } plan: '" +
      std::string(kIt) + "'"));
  given.Named(kNeed).On("2016-03-18").As(In(kSecretary)).Beside(kIt, "draft", Draft());
  return given;
}

v1::AnswerNeedRequest Answer(const std::string& more) {
  return Parse<v1::AnswerNeedRequest>("name: '" + std::string(kNeed) + "' " + more);
}

TEST(VoiceNeed, IsOfThePastOrToday) {
  Given<Need> given;
  given.On("2016-03-18");
  const std::string need =
      "parent: 'realms/test' need_id: 'desk' text: 't' occasion: 'o' plan: 'p' ";
  given.When(Parse<v1::VoiceNeedRequest>(need + "voiced_on { year: 2017 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "voiced_on");
  given.When(Parse<v1::VoiceNeedRequest>(need)).ThenEvents();
  EXPECT_EQ(given.state().voiced_on().day(), 18);
}

TEST(AnswerNeed, NamesTheItemOrTheReason) {
  auto given = Voiced();
  given.When(Answer("answer: NEED_ANSWER_IN_PLAN"))
      .ThenRejected(StatusCode::kInvalidArgument, "ANSWER_INCOMPLETE", "item");
  given.When(Answer("answer: NEED_ANSWER_LATER item: 'desks'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ANSWER_INCOMPLETE", "reason");
  given.When(Answer("answer: NEED_ANSWER_NO"))
      .ThenRejected(StatusCode::kInvalidArgument, "ANSWER_INCOMPLETE", "reason");
  given.When(Answer("answer: NEED_ANSWER_IN_PLAN item: 'nothing'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND", "item");
  given.When(Answer("answer: NEED_ANSWER_IN_PLAN item: 'desks'")).ThenEvents();
  EXPECT_EQ(given.state().item(), "desks");
  EXPECT_TRUE(given.state().has_answered_on());
}

TEST(AnswerNeed, IsUpToWhoKeepsThePlan) {
  EXPECT_TRUE(Voiced().HasRole("planner"));
  EXPECT_FALSE(Voiced().As(In(kDole)).HasRole("planner"));
}

TEST(ReopenNeed, AsksThePlanOfTheNextCycle) {
  auto given = Voiced();
  given.When(Answer("answer: NEED_ANSWER_LATER reason: 'no money'")).ThenEvents();
  const auto reopen =
      Parse<v1::ReopenNeedRequest>("name: '" + std::string(kNeed) + "' plan: 'next'");
  given.When(reopen).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("a new year").When(reopen).ThenEvents();
  EXPECT_EQ(given.state().plan(), "next");
  EXPECT_FALSE(given.state().has_answered_on());
}

TEST(NeedListing, TellsThePlanWhatWaits) {
  const auto process = NeedListing();
  workflows::v1::EventRecord record;
  record.set_instance(kNeed);
  v1::NeedEvent event;
  event.mutable_need_voiced()->set_plan(kIt);
  auto follow_ups = process->React(record, event, {});
  ASSERT_EQ(follow_ups.size(), 1U);
  EXPECT_EQ(follow_ups[0].instance, kIt);
  EXPECT_EQ(static_cast<const v1::ListNeedRequest&>(*follow_ups[0].request).need(), kNeed);
  event.mutable_need_answered()->set_plan(kIt);
  follow_ups = process->React(record, event, {});
  ASSERT_EQ(follow_ups.size(), 1U);
  EXPECT_NE(dynamic_cast<const v1::SettleNeedRequest*>(follow_ups[0].request.get()), nullptr);
  EXPECT_TRUE(process->React(record, v1::PlanEvent(), {}).empty());
}

TEST(ProposePlan, IsRefusedWhileNeedsWaitForAnAnswer) {
  auto given = With(Draft());
  const auto list = Ask<v1::ListNeedRequest>("need: 'realms/test/needs/desk'");
  given.When(list).ThenEvents();
  given.When(list).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::ProposePlanRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "NEEDS_UNANSWERED");
  const auto settle = Ask<v1::SettleNeedRequest>("need: 'realms/test/needs/desk'");
  given.When(settle).ThenEvents();
  given.When(settle).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::ProposePlanRequest>()).ThenEvents();
}

}  // namespace
}  // namespace kasundo::plans
