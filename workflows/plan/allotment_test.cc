// Blind rotation: nobody chooses the order, nobody is skipped (requirement 71).
#include <set>

#include "kasundo/plans/v1/allotments_service.pb.h"
#include "workflows/engine/sha256.h"
#include "workflows/plan/allotment_decider.h"
#include "workflows/plan/plan_fixture.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

constexpr char kAllotment[] = "realms/test/allotments/tools";

v1::OpenAllotmentRequest Open(const std::vector<std::string>& codes) {
  auto request = Parse<v1::OpenAllotmentRequest>(
      "parent: 'realms/test' allotment_id: 'tools' benefit: 'tools' plan: 'p' office: 'o'");
  for (const std::string& code : codes) request.add_codes(code);
  return request;
}

Given<Allotment> Opened(const std::vector<std::string>& codes) {
  Given<Allotment> given;
  given.Named(kAllotment).On("2016-03-18").As(Administrator()).When(Open(codes)).ThenEvents();
  return given;
}

v1::TakeTurnRequest Take(const std::string& more = "outcome: TURN_OUTCOME_TAKEN") {
  return Parse<v1::TakeTurnRequest>("name: '" + std::string(kAllotment) + "' " + more);
}

std::vector<std::string> Codes(const v1::AllotmentState& state) {
  std::vector<std::string> codes;
  for (const auto& participant : state.participants()) codes.push_back(participant.code());
  return codes;
}

TEST(OpenAllotment, PutsParticipantsInAnOrderThatNobodyChooses) {
  const auto one = Opened({"a1", "b2", "c3", "d4", "e5"});
  const auto other = Opened({"e5", "c3", "a1", "d4", "b2"});
  EXPECT_EQ(Codes(one.state()), Codes(other.state()));
  // Another allotment has another order.
  std::set<std::vector<std::string>> orders;
  for (int i = 0; i < 5; ++i) {
    Given<Allotment> given;
    given.Named(std::string(kAllotment) + std::to_string(i)).As(Administrator());
    given.When(Open({"a1", "b2", "c3", "d4", "e5"})).ThenEvents();
    orders.insert(Codes(given.state()));
  }
  EXPECT_GT(orders.size(), 1U);
}

// Whoever tries ids and codes until a favourite comes first finds another order when it counts.
TEST(OpenAllotment, DrawsTheOrderWithTheInstantOfRecording) {
  const std::vector<std::string> codes = {"a1", "b2", "c3", "d4", "e5"};
  std::set<std::vector<std::string>> orders;
  for (const char* day : {"2016-03-18", "2016-03-19", "2016-03-20", "2016-03-21"}) {
    Given<Allotment> given;
    given.Named(kAllotment).On(day).As(Administrator()).When(Open(codes));
    // Anybody can check it.
    const v1::AllotmentOpened& opened = given.ThenEvents().at(0).allotment_opened();
    EXPECT_EQ(opened.drawn_with(), std::to_string(absl::ToUnixMicros(given.context().now)));
    const auto place = [&](const std::string& code) {
      return Sha256(std::string(kAllotment) + "/" + code + "/" + opened.drawn_with());
    };
    for (int i = 1; i < opened.codes_size(); ++i) {
      EXPECT_LT(place(opened.codes(i - 1)), place(opened.codes(i)));
    }
    orders.insert(Codes(given.state()));
  }
  EXPECT_GT(orders.size(), 1U);
}

TEST(OpenAllotment, TakesCodesOnceAndNoNames) {
  Given<Allotment> given;
  given.Named(kAllotment).As(Administrator());
  given.When(Open({"a1", "a1"})).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "codes");
  given.When(Open({"Maria Clara"})).ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(TakeTurn, IsRefusedOutOfTurn) {
  auto given = Opened({"a1", "b2", "c3"});
  const std::vector<std::string> order = Codes(given.state());
  given.When(Take("outcome: TURN_OUTCOME_TAKEN code: '" + order[1] + "'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOT_NEXT", "code");
  for (const std::string& code : order) {
    given.When(Take("outcome: TURN_OUTCOME_TAKEN code: '" + code + "'")).ThenEvents();
  }
  EXPECT_EQ(NextOf(given.state()).round, 2);
  EXPECT_EQ(NextOf(given.state()).participant->code(), order[0]);
}

TEST(TakeTurn, CountsADeclinedTurnWithItsReason) {
  auto given = Opened({"a1", "b2"});
  given.When(Take("outcome: TURN_OUTCOME_DECLINED"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("away").When(Take("outcome: TURN_OUTCOME_DECLINED")).ThenEvents();
  EXPECT_EQ(given.state().participants(0).turns(), 1);
  EXPECT_EQ(given.state().participants(0).taken(), 0);
  EXPECT_EQ(given.state().latest_turns(0).note(), "away");
  EXPECT_EQ(NextOf(given.state()).participant->code(), given.state().participants(1).code());
}

TEST(TakeTurn, IsRefusedWhenNobodyTakesPart) {
  auto given = Opened({"a1"});
  const auto leave = Parse<v1::LeaveAllotmentRequest>("name: 'n' code: 'a1'");
  given.When(leave).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("moved").When(leave).ThenEvents();
  given.When(leave).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Parse<v1::LeaveAllotmentRequest>("name: 'n' code: 'zz'"))
      .ThenRejected(StatusCode::kNotFound, "PARTICIPANT_NOT_FOUND");
  given.When(Take()).ThenRejected(StatusCode::kFailedPrecondition, "NOBODY_TAKES_PART");
}

TEST(JoinAllotment, BeginsWithTheNextRound) {
  auto given = Opened({"a1", "b2"});
  const auto join = Parse<v1::JoinAllotmentRequest>("name: 'n' code: 'c3'");
  given.When(Take()).ThenEvents();
  given.When(join).ThenEvents();
  given.When(join).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "code");
  given.When(Parse<v1::JoinAllotmentRequest>("name: 'n' code: 'C'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  given.When(Take()).ThenEvents();
  std::set<std::string> second;
  for (int i = 0; i < 3; ++i) {
    given.When(Take());
    EXPECT_EQ(given.ThenEvents().at(0).turn_taken().turn().round(), 2);
    second.insert(given.ThenEvents().at(0).turn_taken().turn().code());
  }
  EXPECT_EQ(second.size(), 3U);
}

TEST(CloseAllotment, SaysWhy) {
  auto given = Opened({"a1"});
  const auto close = Parse<v1::CloseAllotmentRequest>("name: 'n'");
  given.When(close).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("all given").When(close).ThenEvents();
  EXPECT_EQ(given.state().closed_reason(), "all given");
}

}  // namespace
}  // namespace kasundo::plans
