// Exactly one responsible office; official plans and obligations that items serve.
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

TEST(AssignResponsible, RefusesASecondOne) {
  v1::PlanState state = Draft();
  FindItem(*state.mutable_tree(), "data")->clear_owner_office();
  auto given = With(state);
  given.When(Ask<v1::AssignResponsibleRequest>("item: 'data' office: 'realms/test/offices/poea'"))
      .ThenEvents();
  EXPECT_EQ(FindItem(given.state().tree(), "data")->owner_office(), kPoea);
  given.When(Ask<v1::AssignResponsibleRequest>("item: 'data' office: 'realms/test/offices/dole'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "SECOND_RESPONSIBLE", "office");
  given.When(Ask<v1::AssignResponsibleRequest>("item: 'none' office: 'realms/test/offices/dole'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
}

TEST(TransferResponsibility, HoldsInThePlanInForceAndInItsRevision) {
  v1::PlanState state = Approved();
  *state.mutable_baseline() = state.tree();
  auto given = With(state);
  const auto transfer =
      Ask<v1::TransferResponsibilityRequest>("item: 'data' office: 'realms/test/offices/dole'");
  given.When(transfer).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("POEA merged").When(transfer).ThenEvents();
  EXPECT_EQ(FindItem(given.state().tree(), "data")->owner_office(), kDole);
  EXPECT_EQ(FindItem(given.state().baseline(), "data")->owner_office(), kDole);
  given.When(transfer).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given
      .When(Ask<v1::TransferResponsibilityRequest>(
          "item: 'protected' office: 'realms/test/offices/dole'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "RESPONSIBLE_MISSING");
}

// Requirement 132: an office that keeps a plan can close once another one keeps it.
TEST(TransferResponsibility, WithoutAnItemGivesThePlanItself) {
  auto given = With(Approved());
  const std::string before = given.state().owner_office();
  const auto transfer =
      Ask<v1::TransferResponsibilityRequest>("office: 'realms/test/offices/dole'");
  given.Because("The office closes").When(transfer);
  EXPECT_EQ(given.ThenEvents().at(0).responsibility_transferred().from_office(), before);
  EXPECT_EQ(given.state().owner_office(), kDole);
  EXPECT_EQ(FindItem(given.state().tree(), "data")->owner_office(), kPoea);
  given.When(transfer).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(SetContributors, MayBeAnyNumber) {
  auto given = With(Draft());
  const auto set =
      Ask<v1::SetContributorsRequest>("item: 'data' contributors: 'a' contributors: 'b'");
  given.When(set).ThenEvents();
  EXPECT_EQ(FindItem(given.state().tree(), "data")->contributors_size(), 2);
  given.When(set).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::SetContributorsRequest>("item: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND");
}

TEST(NameOwnerAfterFunding, IsNamedOnce) {
  auto given = With(Draft());
  const auto name = Ask<v1::NameOwnerAfterFundingRequest>("item: 'data' office: 'a'");
  given.When(name).ThenEvents();
  EXPECT_EQ(FindItem(given.state().tree(), "data")->owner_after_funding(), "a");
  given.When(name).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RecordUptake, SaysTheLineOrTheReasonForLeavingItOut) {
  auto given = With(Draft());
  given.When(Ask<v1::RecordUptakeRequest>("item: 'data' official_line { uptake: UPTAKE_TAKEN_UP }"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICIAL_LINE_INCOMPLETE", "official_line");
  given
      .When(Ask<v1::RecordUptakeRequest>(
          "item: 'data' official_line { plan: 'p' uptake: UPTAKE_LEFT_OUT }"))
      .ThenRejected(StatusCode::kInvalidArgument, "OFFICIAL_LINE_INCOMPLETE",
                    "official_line.reason");
  given
      .When(Ask<v1::RecordUptakeRequest>(
          "item: 'data' official_line { plan: 'p' uptake: UPTAKE_LEFT_OUT reason: 'no money' }"))
      .ThenEvents();
  given
      .When(Ask<v1::RecordUptakeRequest>("item: 'data' official_line { document: 'AIP 2016' line: "
                                         "'8000-1' uptake: UPTAKE_TAKEN_UP }"))
      .ThenEvents();
  EXPECT_EQ(FindItem(given.state().tree(), "data")->official_lines_size(), 2);
  // The same line said otherwise takes the place of what was said.
  const auto partly = Ask<v1::RecordUptakeRequest>(
      "item: 'data' official_line { document: 'AIP 2016' line: '8000-1' uptake: UPTAKE_PARTLY "
      "reason: 'half' }");
  given.When(partly).ThenEvents();
  EXPECT_EQ(FindItem(given.state().tree(), "data")->official_lines_size(), 2);
  given.When(partly).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(LinkObligations, AddsThoseThatAreNew) {
  auto given = With(Draft());
  given.When(Ask<v1::LinkObligationsRequest>("item: 'data' obligations: 'a' obligations: 'a'"));
  EXPECT_EQ(given.ThenEvents().at(0).obligations_linked().obligations_size(), 1);
  given.When(Ask<v1::LinkObligationsRequest>("item: 'data' obligations: 'a'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

}  // namespace
}  // namespace kasundo::plans
