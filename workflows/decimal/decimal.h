// Exact decimal numbers: amounts of money, percentages, counts, indicators. Never floating point.
//
//   std::optional<Decimal> cost = Decimal::Parse("1000000.00");
//   std::optional<Decimal> usd = Quotient(*cost, *Decimal::Parse("45"), /*places=*/2);  // 22222.22
//
// A number has up to 18 digits before the point and up to 9 after it. Sums are exact: a hundred
// thousand million such numbers can be added before anything could overflow. On the wire and on
// disk a number is its text (ToString), which is canonical: equal numbers have equal text.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kasundo {

class Decimal {
  __extension__ using Wide = __int128;

 public:
  static constexpr int kIntegerDigits = 18;
  static constexpr int kPlaces = 9;

  constexpr Decimal() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a whole number is a decimal number.
  constexpr Decimal(int64_t whole) : billionths_(static_cast<Wide>(whole) * kOne) {}

  // "-12.50": an optional sign, digits, and after a point more digits. nullopt for anything else:
  // nothing, spaces, group marks, exponents, too many digits.
  static std::optional<Decimal> Parse(std::string_view text);
  // The same of a sum of such numbers, which may be longer: whatever ToString wrote is read back.
  static std::optional<Decimal> ParseSum(std::string_view text);

  // Without superfluous zeros: "0", "12.5", "-0.001".
  std::string ToString() const;
  // With exactly so many places, rounded half away from zero: "12.50". REQUIRES: 0 to 9.
  std::string ToFixed(int places) const;
  // Rounded half away from zero. REQUIRES: 0 to 9 places.
  Decimal Rounded(int places) const;

  bool IsZero() const { return billionths_ == 0; }
  bool IsNegative() const { return billionths_ < 0; }
  Decimal Abs() const { return IsNegative() ? -*this : *this; }

  Decimal operator-() const { return FromBillionths(-billionths_); }
  Decimal& operator+=(const Decimal& other) {
    billionths_ += other.billionths_;
    return *this;
  }
  Decimal& operator-=(const Decimal& other) {
    billionths_ -= other.billionths_;
    return *this;
  }
  friend Decimal operator+(Decimal a, const Decimal& b) { return a += b; }
  friend Decimal operator-(Decimal a, const Decimal& b) { return a -= b; }
  friend bool operator==(const Decimal& a, const Decimal& b) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.billionths_ == b.billionths_) return std::strong_ordering::equal;
    return a.billionths_ < b.billionths_ ? std::strong_ordering::less
                                         : std::strong_ordering::greater;
  }

 private:
  friend std::optional<Decimal> Product(const Decimal& a, const Decimal& b, int places);
  friend std::optional<Decimal> Quotient(const Decimal& a, const Decimal& b, int places);

  static constexpr int64_t kOne = 1'000'000'000;
  // With the places after the point, the digits that always fit.
  static constexpr int kSumIntegerDigits = 29;

  static std::optional<Decimal> ParseDigits(std::string_view text, size_t integer_digits);

  static constexpr Decimal FromBillionths(Wide billionths) {
    Decimal number;
    number.billionths_ = billionths;
    return number;
  }

  Wide billionths_ = 0;
};

// a * b, rounded half away from zero to so many places (0 to 9); nullopt if it does not fit.
std::optional<Decimal> Product(const Decimal& a, const Decimal& b, int places = Decimal::kPlaces);

// a / b, rounded in the same way; nullopt if b is zero or the result does not fit.
std::optional<Decimal> Quotient(const Decimal& a, const Decimal& b, int places);

}  // namespace kasundo
