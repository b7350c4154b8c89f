#include "workflows/decimal/decimal.h"

#include <algorithm>

namespace kasundo {
namespace {

__extension__ using Wide = __int128;

constexpr Wide PowerOfTen(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// numerator / denominator, rounded half away from zero. REQUIRES: denominator > 0.
Wide Divide(Wide numerator, Wide denominator) {
  const Wide whole = numerator / denominator;
  const Wide rest = numerator % denominator;
  const Wide distance = rest < 0 ? -rest : rest;
  if (distance < denominator - distance) return whole;
  return numerator < 0 ? whole - 1 : whole + 1;
}

std::optional<Wide> Multiply(Wide a, Wide b) {
  Wide product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

std::string Digits(Wide number) {
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number != 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  return ParseDigits(text, kIntegerDigits);
}

std::optional<Decimal> Decimal::ParseSum(std::string_view text) {
  return ParseDigits(text, kSumIntegerDigits);
}

std::optional<Decimal> Decimal::ParseDigits(std::string_view text, size_t integer_digits) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view places = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && places.empty())) return std::nullopt;
  while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
  while (!places.empty() && places.back() == '0') places.remove_suffix(1);
  if (whole.size() > integer_digits || places.size() > kPlaces) return std::nullopt;
  Wide number = 0;
  for (const std::string_view part : {whole, places}) {
    for (const char c : part) {
      if (!IsDigit(c)) return std::nullopt;
      number = number * 10 + (c - '0');
    }
  }
  number *= PowerOfTen(kPlaces - static_cast<int>(places.size()));
  return FromBillionths(negative ? -number : number);
}

std::string Decimal::ToString() const {
  std::string text = ToFixed(kPlaces);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string Decimal::ToFixed(int places) const {
  const Decimal rounded = Rounded(places);
  const Wide size = rounded.IsNegative() ? -rounded.billionths_ : rounded.billionths_;
  std::string text = rounded.IsNegative() ? "-" : "";
  text += Digits(size / kOne);
  if (places == 0) return text;
  const std::string part = Digits(size % kOne);
  std::string after(static_cast<size_t>(kPlaces) - part.size(), '0');
  after += part;
  return text + "." + after.substr(0, static_cast<size_t>(places));
}

Decimal Decimal::Rounded(int places) const {
  const Wide step = PowerOfTen(kPlaces - places);
  return FromBillionths(Divide(billionths_, step) * step);
}

std::optional<Decimal> Product(const Decimal& a, const Decimal& b, int places) {
  const auto fine = Multiply(a.billionths_, b.billionths_);  // in parts of 10^-18
  if (!fine) return std::nullopt;
  const Wide step = PowerOfTen(Decimal::kPlaces - places);
  return Decimal::FromBillionths(Divide(*fine, Decimal::kOne * step) * step);
}

std::optional<Decimal> Quotient(const Decimal& a, const Decimal& b, int places) {
  if (b.IsZero()) return std::nullopt;
  Wide numerator = b.IsNegative() ? -a.billionths_ : a.billionths_;
  const Wide denominator = b.IsNegative() ? -b.billionths_ : b.billionths_;
  const Wide whole = numerator / denominator;
  numerator %= denominator;
  const Wide scale = PowerOfTen(places);
  const auto rest = Multiply(numerator, scale);
  if (!rest) return std::nullopt;
  const auto units = Multiply(whole, scale);
  if (!units) return std::nullopt;
  const auto billionths =
      Multiply(*units + Divide(*rest, denominator), PowerOfTen(Decimal::kPlaces - places));
  if (!billionths) return std::nullopt;
  return Decimal::FromBillionths(*billionths);
}

}  // namespace kasundo
