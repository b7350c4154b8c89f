#include "services/cli/moment.h"

#include "gtest/gtest.h"
#include "services/cli/problem.h"

namespace kasundo::cli {
namespace {

absl::TimeZone Manila() { return absl::FixedTimeZone(8 * 3600); }

int64_t Seconds(const char* rfc3339) {
  absl::Time time;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, rfc3339, &time, nullptr));
  return absl::ToUnixSeconds(time);
}

TEST(ParseMoment, TakesANumberAsAPosition) {
  EXPECT_EQ(ParseMoment("1834", Manila())->as_of.position(), 1834);
  EXPECT_EQ(ParseMoment("0", Manila())->as_of.position(), 0);
}

TEST(ParseMoment, TakesADateAsItsEndWhereTheCallerIs) {
  EXPECT_EQ(ParseMoment("2016-03-18", Manila())->as_of.time().seconds(),
            Seconds("2016-03-18T23:59:59+08:00"));
  EXPECT_EQ(ParseMoment("2016-02", Manila())->as_of.time().seconds(),
            Seconds("2016-02-29T23:59:59+08:00"));
}

TEST(ParseMoment, TakesAnInstant) {
  EXPECT_EQ(ParseMoment("2016-03-18T09:00:00Z", Manila())->as_of.time().seconds(),
            Seconds("2016-03-18T09:00:00Z"));
}

TEST(ParseMoment, TakesARevision) {
  const auto moment = ParseMoment("@3", Manila());
  ASSERT_TRUE(moment.ok());
  EXPECT_EQ(moment->revision, 3);
  EXPECT_EQ(moment->as_of.at_case(), api::v1::AsOf::AT_NOT_SET);
}

TEST(ParseMoment, RefusesEverythingElse) {
  for (const char* wrong : {"", "yesterday", "-3", "@0", "@x", "2016-02-30", "18.03.2016"}) {
    EXPECT_EQ(ExitOf(ParseMoment(wrong, Manila()).status()), Exit::kUsage) << wrong;
  }
}

}  // namespace
}  // namespace kasundo::cli
