// Money never loses a cent, and slippage is the same from any order of reports.
#include <algorithm>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "rapidcheck/gtest.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_review.h"
#include "workflows/plan/slippage.h"

namespace kasundo::plans {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)

// An amount in cents as a text, and its cents.
struct Cents {
  std::string text;
  int64_t cents = 0;
};

Cents AnyAmount() {
  Cents amount;
  amount.cents = *rc::gen::inRange<int64_t>(0, int64_t{1} << 46);
  amount.text = fmt::format("{}.{:02}", amount.cents / 100, amount.cents % 100);
  return amount;
}

RC_GTEST_PROP(Money, IsTheSameTextAfterReadingAndWriting, ()) {
  const Cents amount = AnyAmount();
  RC_ASSERT(SumText(FigureOf(amount.text)) == amount.text);
}

// However a budget is divided into lines, sources, currencies and items, and in whatever order: no
// sum loses a cent.
RC_GTEST_PROP(Money, NeverLosesACentWhateverItIsDividedInto, ()) {
  v1::PlanState state = Draft();
  const int lines = *rc::gen::inRange(1, 60);
  int64_t work_plan = 0;
  int64_t operating = 0;
  for (int i = 0; i < lines; ++i) {
    const Cents amount = AnyAmount();
    v1::BudgetLine& line = *state.mutable_tree()->add_budget();
    line.mutable_amount()->set_amount(amount.text);
    line.mutable_amount()->set_currency("PHP");
    line.set_source_type(static_cast<v1::SourceType>(
        *rc::gen::inRange(1, static_cast<int>(v1::SourceType_MAX) + 1)));
    const bool runs_the_body = *rc::gen::arbitrary<bool>();
    line.set_purpose(runs_the_body ? v1::BUDGET_PURPOSE_OPERATING : v1::BUDGET_PURPOSE_WORK_PLAN);
    if (!runs_the_body && *rc::gen::arbitrary<bool>()) line.set_item("desks");
    (runs_the_body ? operating : work_plan) += amount.cents;
  }
  const auto as_money = [](int64_t cents) { return *Quotient(Decimal(cents), Decimal(100), 2); };
  const auto in_cents = [&](int64_t cents) { return SumText(as_money(cents)); };
  const v1::PlanReview review = ReviewOf(state);
  Decimal of_sources;
  for (const v1::MoneySum& sum : review.sums()) {
    if (sum.of() == "operating") {
      RC_ASSERT(sum.total() == in_cents(operating));
    } else if (sum.of() == "work-plan") {
      RC_ASSERT(sum.total() == in_cents(work_plan));
    } else {
      of_sources += FigureOf(sum.total());
    }
  }
  RC_ASSERT(SumText(of_sources) == in_cents(operating + work_plan));
  RC_ASSERT(review.gaps_size() > 0);
  RC_ASSERT(review.gaps(0).gap() == SumText(Decimal(1000000) - as_money(work_plan)));
}

// Requirement 65: the rounded amount differs from the exact one by less than half of its last
// place, and rounding twice changes nothing.
RC_GTEST_PROP(Money, IsConvertedToTheNearestCent, ()) {
  v1::Money money;
  money.set_amount(AnyAmount().text);
  money.set_currency("PHP");
  v1::Conversion conversion;
  conversion.set_currency("USD");
  conversion.set_rate(
      fmt::format("{}.{:04}", *rc::gen::inRange(1, 500), *rc::gen::inRange(0, 10000)));
  RC_ASSERT(Convert({"m", "c"}, money, "USD", true, conversion).ok());
  const Decimal back = *Product(FigureOf(conversion.amount()), FigureOf(conversion.rate()));
  const Decimal half_a_cent = *Product(FigureOf(conversion.rate()), FigureOf("0.005"));
  RC_ASSERT((back - FigureOf(money.amount())).Abs() <= half_a_cent);
  RC_ASSERT(Convert({"m", "c"}, money, "USD", true, conversion).ok());
}

struct Reported {
  std::string item;
  int month = 0;
  int percent = 0;  // hundredths
};

// The band of the whole is the one exception: until all have reported for a day it stays that in
// which it lay before, and so depends on what was known when. Whoever asks for it is told the same.
RC_GTEST_PROP(Slippage, IsTheSameFromAnyOrderOfReports, ()) {
  std::vector<Reported> reports;
  for (const char* item : {"desks", "data"}) {
    for (int month = 1; month <= 12; ++month) {
      if (!*rc::gen::arbitrary<bool>()) continue;
      reports.push_back({item, month, *rc::gen::inRange(0, 10001)});
    }
  }
  const auto play = [](const std::vector<Reported>& order) {
    auto given = With(Approved());
    given.On("2017-01-31");
    for (const Reported& report : order) {
      given
          .When(Ask<v1::ReportActivitiesRequest>(fmt::format(
              "as_of {{ year: 2016 month: {} }} reports {{ item: '{}' percent: '{}.{:02}' }}",
              report.month, report.item, report.percent / 100, report.percent % 100)))
          .ThenEvents();
    }
    v1::PlanState reported = given.state();
    reported.mutable_figures()->clear_band();
    given.When(Ask<v1::AssessSlippageRequest>()).ThenEvents();
    return kasundo::testing::Text(reported) + kasundo::testing::Text(given.state());
  };
  const std::string one = play(reports);
  std::vector<Reported> shuffled = reports;
  for (size_t i = shuffled.size(); i > 1; --i) {
    std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<size_t>(0, i)]);
  }
  RC_ASSERT(one == play(shuffled));
}

// Bands that were entered and left, read one after the other, tell the band in which the plan lies.
RC_GTEST_PROP(Slippage, IsToldInFullByTheBandsThatWereEnteredAndLeft, ()) {
  auto given = With(Approved());
  std::map<std::string, std::string> told;
  for (int month = 1; month <= 12; ++month) {
    const std::string item = *rc::gen::arbitrary<bool>() ? "desks" : "data";
    given.On(ToString(FromDay(Last(MakeDate(2016, month)))))
        .When(Ask<v1::ReportActivitiesRequest>(fmt::format("reports {{ item: '{}' percent: '{}' }}",
                                                           item, *rc::gen::inRange(0, 101))));
    for (const v1::PlanEvent& event : given.ThenEvents()) {
      if (event.has_slippage_band_entered()) {
        const auto& entered = event.slippage_band_entered();
        RC_ASSERT(told[entered.item()] == entered.from_band());
        told[entered.item()] = entered.band().id();
      } else if (event.has_slippage_band_left()) {
        RC_ASSERT(told[event.slippage_band_left().item()] ==
                  event.slippage_band_left().from_band());
        told[event.slippage_band_left().item()] = "";
      }
    }
    RC_ASSERT(told[""] == given.state().figures().band());
    for (const auto& progress : given.state().progress()) {
      RC_ASSERT(told[progress.item()] == progress.figures().band());
    }
  }
}

}  // namespace
}  // namespace kasundo::plans
