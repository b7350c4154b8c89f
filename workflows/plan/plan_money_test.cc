// Exact money: original amounts, the rate used, sources and uses, contributions in kind.
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

constexpr char kMillion[] = "amount { amount: '1000000' currency: 'PHP' } ";

v1::AddBudgetLineRequest Line(const std::string& more) {
  auto request = Ask<v1::AddBudgetLineRequest>(
      "line { id: 'gad' purpose: BUDGET_PURPOSE_WORK_PLAN source_type: SOURCE_TYPE_GENDER_FUND "
      "source_title: 'GAD fund' starts_on { year: 2016 } use: 'training' }");
  request.MergeFrom(Parse<v1::AddBudgetLineRequest>("line { " + more + " }"));
  return request;
}

// Requirement 65.
TEST(AddBudgetLine, KeepsAMillionPesosAndTheRateAt22222Dollars) {
  v1::PlanState state = Draft();
  state.set_currency("USD");
  for (auto& item : *state.mutable_tree()->mutable_items()) item.clear_cost();
  auto given = With(state);
  given.When(Line(kMillion))
      .ThenRejected(StatusCode::kInvalidArgument, "RATE_MISSING", "line.conversion");
  const std::string rate = std::string(kMillion) + "conversion { currency: 'USD' rate: '45.0' ";
  given.When(Line(rate + "amount: '22223' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "CONVERSION_WRONG", "line.conversion.amount");
  given.When(Line(rate + "amount: '22222' }")).ThenEvents();
  const v1::BudgetLine& line = given.state().tree().budget(0);
  EXPECT_EQ(line.amount().amount(), "1000000");
  EXPECT_EQ(line.amount().currency(), "PHP");
  EXPECT_EQ(line.conversion().rate(), "45.0");
  EXPECT_EQ(line.conversion().amount(), "22222");
}

TEST(AddBudgetLine, ComputesTheConvertedAmountIfNobodyStatesIt) {
  v1::PlanState state = Draft();
  state.set_currency("USD");
  auto given = With(state);
  given.When(Line(std::string(kMillion) + "conversion { currency: 'USD' rate: '45.0' }"))
      .ThenEvents();
  EXPECT_EQ(given.state().tree().budget(0).conversion().amount(), "22222.22");
}

TEST(AddBudgetLine, IsRefusedWithRatesAndAmountsThatCannotBe) {
  const std::string dollars = "amount { amount: '100' currency: 'USD' } ";
  With(Draft())
      .When(Line(dollars + "conversion { currency: 'EUR' rate: '1' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "CURRENCY_INVALID", "line.conversion.currency");
  With(Draft())
      .When(Line(dollars + "conversion { currency: 'PHP' rate: '0' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "line.conversion.rate");
  With(Draft())
      .When(Line("amount { amount: '-1' currency: 'PHP' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "line.amount.amount");
  With(Draft())
      .When(Line("amount { amount: '0.12345' currency: 'PHP' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "line.amount.amount");
  With(Draft())
      .When(Line("amount { amount: '1' currency: 'Peso' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "CURRENCY_INVALID", "line.amount.currency");
  With(Draft())
      .When(Line(std::string(kMillion) + "ends_on { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "line.ends_on");
  v1::AddBudgetLineRequest of_nobody = Line(kMillion);
  of_nobody.mutable_line()->clear_source_title();
  With(Draft()).When(of_nobody).ThenRejected(StatusCode::kInvalidArgument, "OWNER_MISSING",
                                             "line.source_title");
  With(Draft())
      .When(Line(std::string(kMillion) + "item: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND", "line.item");
  With(Draft())
      .When(Line(std::string(kMillion) + "id: 'G'"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID", "line.id");
}

TEST(AddBudgetLine, KeepsOperatingCostApartFromItems) {
  With(Draft())
      .When(Line(std::string(kMillion) + "purpose: BUDGET_PURPOSE_OPERATING item: 'data'"))
      .ThenRejected(StatusCode::kInvalidArgument, "OPERATING_HAS_NO_ITEM", "line.item");
}

TEST(ChangeBudgetLine, KeepsTheLineAsItWas) {
  auto given = With(Draft());
  given.When(Line(kMillion)).ThenEvents();
  given.When(Line(kMillion)).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE", "line.id");
  v1::ChangeBudgetLineRequest change;
  change.set_name(kIt);
  *change.mutable_line() = Line("amount { amount: '900000' currency: 'PHP' }").line();
  given.When(change);
  EXPECT_EQ(given.ThenEvents().at(0).budget_line_changed().before().amount().amount(), "1000000");
  EXPECT_EQ(given.state().tree().budget(0).amount().amount(), "900000");
  given.When(change).ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  change.mutable_line()->set_id("other");
  given.When(change).ThenRejected(StatusCode::kNotFound, "LINE_NOT_FOUND", "line.id");
}

TEST(RemoveBudgetLine, NeedsAReason) {
  auto given = With(Draft());
  given.When(Line(kMillion)).ThenEvents();
  given.When(Ask<v1::RemoveBudgetLineRequest>("line: 'gad'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("withdrawn")
      .When(Ask<v1::RemoveBudgetLineRequest>("line: 'other'"))
      .ThenRejected(StatusCode::kNotFound, "LINE_NOT_FOUND");
  given.When(Ask<v1::RemoveBudgetLineRequest>("line: 'gad'")).ThenEvents();
  EXPECT_TRUE(given.state().tree().budget().empty());
}

TEST(AddBudgetLine, IsRefusedBeyondWhatOnePlanMayHold) {
  v1::PlanState state = Draft();
  while (state.tree().budget_size() < kMostLines) state.mutable_tree()->add_budget();
  With(state).When(Line(kMillion)).ThenRejected(StatusCode::kFailedPrecondition, "TOO_MANY_ITEMS");
}

TEST(SetCost, IsTheWeightAndMayBeUnknown) {
  auto given = With(Draft());
  given.When(Ask<v1::SetCostRequest>("item: 'data' cost { amount: '250000' currency: 'PHP' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Ask<v1::SetCostRequest>("item: 'data' cost { amount: 'much' currency: 'PHP' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "cost.amount");
  given
      .When(Ask<v1::SetCostRequest>(
          "item: 'data' cost { amount: '10' currency: 'USD' } conversion { currency: 'PHP' rate: "
          "'0' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "conversion.rate");
  given.When(Ask<v1::SetCostRequest>("item: 'data'")).ThenEvents();
  EXPECT_FALSE(FindItem(given.state().tree(), "data")->has_cost());
}

v1::AddContributionRequest InKind(const std::string& more) {
  auto request = Ask<v1::AddContributionRequest>(
      "contribution { id: 'land' what: 'land' unit: 'hectares' quantity: '0.5' }");
  request.MergeFrom(Parse<v1::AddContributionRequest>("contribution { " + more + " }"));
  return request;
}

TEST(AddContribution, HasOwnerUnitAndQuantity) {
  auto given = With(Draft());
  given.When(InKind("")).ThenRejected(StatusCode::kInvalidArgument, "OWNER_MISSING");
  const std::string owner = "owner_title: 'the young people' ";
  given.When(InKind(owner + "quantity: '0'"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIGURE_INVALID", "contribution.quantity");
  given.When(InKind(owner + "item: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "ITEM_NOT_FOUND", "contribution.item");
  given.When(InKind(owner + "value { amount: '10' currency: 'x' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "CURRENCY_INVALID");
  given.When(InKind(owner + "item: 'data'")).ThenEvents();
  EXPECT_EQ(given.state().tree().contributions(0).quantity(), "0.5");
  given.When(InKind(owner)).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
  given.When(InKind(owner + "id: 'L'")).ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(RemoveContribution, NeedsAReason) {
  auto given = With(Draft());
  given.When(InKind("owner_title: 'they'")).ThenEvents();
  given.When(Ask<v1::RemoveContributionRequest>("contribution: 'land'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("sold")
      .When(Ask<v1::RemoveContributionRequest>("contribution: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "LINE_NOT_FOUND");
  given.When(Ask<v1::RemoveContributionRequest>("contribution: 'land'")).ThenEvents();
  EXPECT_TRUE(given.state().tree().contributions().empty());
}

}  // namespace
}  // namespace kasundo::plans
