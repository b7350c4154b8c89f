#include "workflows/decimal/decimal.h"

#include <rapidcheck.h>

#include "gtest/gtest.h"

namespace kasundo {
namespace {

Decimal D(std::string_view text) {
  const auto number = Decimal::Parse(text);
  EXPECT_TRUE(number.has_value()) << text;
  return number.value_or(Decimal());
}

TEST(Decimal, ReadsAndWritesCanonicalText) {
  EXPECT_EQ(D("1000000.00").ToString(), "1000000");
  EXPECT_EQ(D("-0.10").ToString(), "-0.1");
  EXPECT_EQ(D("+007").ToString(), "7");
  EXPECT_EQ(D("-0").ToString(), "0");
  EXPECT_EQ(D("999999999999999999.999999999").ToString(), "999999999999999999.999999999");
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1,000", "1e3", " 1", "1 ", "1.0.0", "--1",
                           "1000000000000000000", "0.0000000001", "NaN"}) {
    EXPECT_FALSE(Decimal::Parse(text).has_value()) << text;
  }
}

TEST(Decimal, ReadsBackSumsThatAreLongerThanANumber) {
  const Decimal sum = D("999999999999999999") + D("999999999999999999.5");
  EXPECT_FALSE(Decimal::Parse(sum.ToString()).has_value());
  EXPECT_EQ(Decimal::ParseSum(sum.ToString()), sum);
  EXPECT_EQ(Decimal::ParseSum("-99999999999999999999999999999.999999999")->ToString(),
            "-99999999999999999999999999999.999999999");
  EXPECT_FALSE(Decimal::ParseSum("100000000000000000000000000000").has_value());
}

TEST(Decimal, RoundsHalfAwayFromZero) {
  EXPECT_EQ(D("2.345").ToFixed(2), "2.35");
  EXPECT_EQ(D("-2.345").ToFixed(2), "-2.35");
  EXPECT_EQ(D("2.344999999").ToFixed(2), "2.34");
  EXPECT_EQ(D("12").ToFixed(2), "12.00");
  EXPECT_EQ(D("-0.004").ToFixed(2), "0.00");
  EXPECT_EQ(D("0.5").ToFixed(0), "1");
}

// Requirement 65: PHP 1,000,000 are USD 22,222 at 45.
TEST(Decimal, MultipliesAndDividesExactly) {
  EXPECT_EQ(Quotient(D("1000000"), D("45"), 0)->ToString(), "22222");
  EXPECT_EQ(Quotient(D("1000000"), D("45"), 2)->ToString(), "22222.22");
  EXPECT_EQ(Quotient(D("-1"), D("3"), 9)->ToString(), "-0.333333333");
  EXPECT_EQ(Quotient(D("2"), D("-3"), 2)->ToString(), "-0.67");
  EXPECT_FALSE(Quotient(D("1"), D("0"), 2).has_value());
  EXPECT_EQ(Product(D("0.1"), D("0.1"))->ToString(), "0.01");
  EXPECT_EQ(Product(D("19999.99"), D("45.5"), 2)->ToString(), "909999.55");
  EXPECT_EQ(Product(D("-1.5"), D("1.5"), 1)->ToString(), "-2.3");
  EXPECT_FALSE(Product(D("999999999999999999"), D("999999999999999999")).has_value());
}

Decimal Any() {
  const auto whole = *rc::gen::inRange<int64_t>(-1'000'000'000'000, 1'000'000'000'000);
  return *Quotient(Decimal(whole), Decimal(1'000'000), 6);
}

TEST(Decimal, NeverLosesAPartOfASum) {
  EXPECT_TRUE(rc::check("any order of adding and taking away gives the same", [] {
    std::vector<Decimal> numbers(*rc::gen::inRange<size_t>(1, 40));
    for (Decimal& number : numbers) number = Any();
    Decimal forwards;
    Decimal backwards;
    for (const Decimal& number : numbers) forwards += number;
    for (auto it = numbers.rbegin(); it != numbers.rend(); ++it) backwards += *it;
    RC_ASSERT(forwards == backwards);
    for (const Decimal& number : numbers) forwards -= number;
    RC_ASSERT(forwards.IsZero());
  }));
}

TEST(Decimal, ReadsWhatItWrites) {
  EXPECT_TRUE(rc::check("text and number are the same", [] {
    const Decimal number = Any();
    RC_ASSERT(Decimal::Parse(number.ToString()) == number);
  }));
}

}  // namespace
}  // namespace kasundo
