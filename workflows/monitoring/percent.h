// Percentages as they are shown: exact until the end, then rounded to two places.
#pragma once

#include <string>

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

}  // namespace kasundo::monitoring
