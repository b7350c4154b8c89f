// Percentages as they are shown: exact until the end, then rounded to two places.
#pragma once

#include <string>
#include <string_view>

#include "workflows/decimal/decimal.h"

namespace kasundo::monitoring {

// "66.67" of 2 and 3; "" of a whole of zero: a percentage of nothing is not 0 and not 100.
inline std::string Percent(const Decimal& part, const Decimal& whole) {
  constexpr int kPlaces = 2;
  const auto hundredfold = Product(part, Decimal(100));
  const auto percent =
      hundredfold.has_value() ? Quotient(*hundredfold, whole, kPlaces) : std::nullopt;
  return percent.has_value() ? percent->ToFixed(kPlaces) : "";
}

// A stored percentage for people, with at most two places: "-3.73" of "-3.726776", "-12.5" as it
// is.
inline std::string InWords(std::string_view stored) {
  constexpr int kPlaces = 2;
  const auto number = Decimal::Parse(stored);
  return number.has_value() ? number->Rounded(kPlaces).ToString() : std::string(stored);
}

}  // namespace kasundo::monitoring
