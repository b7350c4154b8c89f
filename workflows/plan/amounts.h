// Money of plans: what a text may say, what it is worth in the plan's currency, what amounts add up
// to.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kasundo/plans/v1/money.pb.h"
#include "kasundo/plans/v1/plan_items.pb.h"
#include "workflows/decimal/decimal.h"

namespace kasundo::plans {

// The most places behind the point of an amount: no currency has smaller coins.
inline constexpr int kMoneyPlaces = 4;
// Amounts lie below this, so that costs weighted by percentages add up within what a Decimal holds,
// however many items there are.
inline constexpr int64_t kMoneyLimit = 100'000'000'000'000;
// Places that a sum is written with at least, and a conversion without a stated amount is rounded
// to.
inline constexpr int kCents = 2;

// INVALID_ARGUMENT CURRENCY_INVALID unless it is three capital letters.
absl::Status CheckCurrency(std::string_view field, std::string_view currency);

// INVALID_ARGUMENT FIGURE_INVALID (no figure, negative, too many places), CURRENCY_INVALID.
absl::Status CheckMoney(std::string_view field, const v1::Money& money);

// Where an amount and its conversion stand in a request: "line.amount", "line.conversion".
struct AmountFields {
  std::string_view money;
  std::string_view conversion;
};

// Checks an amount with its conversion to `currency`, and fills in the converted amount if it is
// not stated (requirement 65). Clears the conversion if the amount is in that currency.
// INVALID_ARGUMENT RATE_MISSING, CURRENCY_INVALID, FIGURE_INVALID, CONVERSION_WRONG.
absl::Status Convert(const AmountFields& fields, const v1::Money& money, std::string_view currency,
                     bool has_conversion, v1::Conversion& conversion);

// How many digits stand behind the point of a decimal text.
int PlacesOf(std::string_view text);

// The figure of a text that was checked before; 0 for an empty one.
Decimal FigureOf(std::string_view text);

// What an amount that was checked before is worth in the plan's currency.
Decimal WorthOf(const v1::Money& money, const v1::Conversion& conversion);
Decimal WorthOf(const v1::BudgetLine& line);

// A sum as it is written.
std::string SumText(const Decimal& sum);

// Adds up money without mixing currencies.
class MoneyTotals {
 public:
  void Add(const v1::Money& money) { totals_[money.currency()] += FigureOf(money.amount()); }
  // One amount per currency, by currency.
  const std::map<std::string, Decimal>& totals() const { return totals_; }

 private:
  std::map<std::string, Decimal> totals_;
};

}  // namespace kasundo::plans
