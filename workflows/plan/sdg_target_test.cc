#include "workflows/plan/sdg_target.h"

#include "gtest/gtest.h"

namespace kasundo::plans {
namespace {

TEST(CanonicalSdgTarget, BringsEverySpellingToOneCode) {
  EXPECT_EQ(CanonicalSdgTarget("10.7"), "10.7");
  EXPECT_EQ(CanonicalSdgTarget("1.A"), "1.a");
  EXPECT_EQ(CanonicalSdgTarget("1A"), "1.a");
  EXPECT_EQ(CanonicalSdgTarget("11A"), "11.a");
  EXPECT_EQ(CanonicalSdgTarget("16.B"), "16.b");
  EXPECT_EQ(CanonicalSdgTarget("17.17"), "17.17");
}

TEST(CanonicalSdgTarget, KnowsNoTargetThatTheGoalsDoNotHave) {
  for (const char* text : {"", "10", "0.1", "18.1", "10.8", "10.0", "10.d", "17.a", "107", "10.7.1",
                           "10,7", "10.", "a.1", "10.77"}) {
    EXPECT_FALSE(CanonicalSdgTarget(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace kasundo::plans
