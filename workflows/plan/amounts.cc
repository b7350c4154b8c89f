#include "workflows/plan/amounts.h"

#include <algorithm>

#include "fmt/format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/plan_checks.h"

namespace kasundo::plans {

absl::Status CheckCurrency(std::string_view field, std::string_view currency) {
  constexpr size_t kLetters = 3;
  if (currency.size() == kLetters &&
      std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CURRENCY_INVALID,
                fmt::format("\"{}\" is no currency", currency))
      .Field(field)
      .Mend("Give the ISO 4217 code, three capital letters: PHP, USD, XOF, MAD.");
}

absl::Status CheckMoney(std::string_view field, const v1::Money& money) {
  const std::string amount = fmt::format("{}.amount", field);
  ASSIGN_OR_RETURN(const Decimal figure, ReadFigure(amount, money.amount()));
  if (figure.IsNegative() || figure >= Decimal(kMoneyLimit) ||
      PlacesOf(money.amount()) > kMoneyPlaces) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                  fmt::format("{} is no amount of money", money.amount()))
        .Field(amount)
        .Mend("Give an amount from 0 to 10^14, with at most four digits behind the point.");
  }
  return CheckCurrency(fmt::format("{}.currency", field), money.currency());
}

absl::Status Convert(const AmountFields& fields, const v1::Money& money, std::string_view currency,
                     bool has_conversion, v1::Conversion& conversion) {
  RETURN_IF_ERROR(CheckMoney(fields.money, money));
  if (money.currency() == currency) {
    conversion.Clear();
    return absl::OkStatus();
  }
  if (!has_conversion) {
    return Refuse(
               absl::StatusCode::kInvalidArgument, v1::REASON_RATE_MISSING,
               fmt::format("it is in {}, and the plan adds up in {}", money.currency(), currency))
        .Field(fields.conversion)
        .Mend(
            "Give the conversion with the rate that is used; the original amount stays as it is.");
  }
  if (conversion.currency() != currency) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CURRENCY_INVALID,
                  fmt::format("the plan adds up in {}, not in {}", currency, conversion.currency()))
        .Field(fmt::format("{}.currency", fields.conversion))
        .Mend("Convert into the currency of the plan.");
  }
  ASSIGN_OR_RETURN(const Decimal rate,
                   ReadFigure(fmt::format("{}.rate", fields.conversion), conversion.rate()));
  if (rate <= Decimal(0)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                  fmt::format("{} is no rate", conversion.rate()))
        .Field(fmt::format("{}.rate", fields.conversion))
        .Mend(fmt::format("Say how many {} one {} costs.", money.currency(), currency));
  }
  const std::string& amount = conversion.amount();
  const int places = amount.empty() ? kCents : PlacesOf(amount);
  const auto converted =
      Quotient(FigureOf(money.amount()), rate, std::min(places, Decimal::kPlaces));
  if (!converted.has_value() || *converted >= Decimal(kMoneyLimit)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                  fmt::format("{} {} at {} are more {} than there are", money.amount(),
                              money.currency(), conversion.rate(), currency))
        .Field(fmt::format("{}.rate", fields.conversion))
        .Mend(fmt::format("Say how many {} one {} costs.", money.currency(), currency));
  }
  if (amount.empty()) {
    conversion.set_amount(converted->ToFixed(kCents));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const Decimal stated,
                   ReadFigure(fmt::format("{}.amount", fields.conversion), amount));
  if (stated == *converted) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_CONVERSION_WRONG,
                fmt::format("{} {} at {} are {} {}, not {}", money.amount(), money.currency(),
                            conversion.rate(), converted->ToString(), currency, amount))
      .Field(fmt::format("{}.amount", fields.conversion))
      .Mend("Correct the rate or the amount, or leave the amount out: it is then computed.");
}

int PlacesOf(std::string_view text) {
  const size_t point = text.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

Decimal FigureOf(std::string_view text) { return Decimal::Parse(text).value_or(Decimal()); }

Decimal WorthOf(const v1::Money& money, const v1::Conversion& conversion) {
  return FigureOf(conversion.amount().empty() ? money.amount() : conversion.amount());
}

Decimal WorthOf(const v1::BudgetLine& line) { return WorthOf(line.amount(), line.conversion()); }

std::string SumText(const Decimal& sum) {
  const bool in_cents = sum.Rounded(kCents) == sum;
  return in_cents ? sum.ToFixed(kCents) : sum.Rounded(kMoneyPlaces).ToString();
}

}  // namespace kasundo::plans
