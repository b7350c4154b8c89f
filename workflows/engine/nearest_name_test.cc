#include "workflows/engine/nearest_name.h"

#include <vector>

#include "gtest/gtest.h"

namespace kasundo {
namespace {

const std::vector<std::string> kStates = {"draft", "in-force", "withdrawn"};

TEST(NearestName, FindsWhatWasMeant) {
  EXPECT_EQ(NearestName("darft", kStates), "draft");
  EXPECT_EQ(NearestName("InForce", kStates), "in-force");
  EXPECT_EQ(NearestName("withdraw", kStates), "withdrawn");
}

TEST(NearestName, FindsNothingWhereNothingIsNear) {
  EXPECT_EQ(NearestName("closed", kStates), "");
  EXPECT_EQ(NearestName("x", kStates), "");
  EXPECT_EQ(NearestName("", kStates), "");
  EXPECT_EQ(NearestName(std::string(100'000, 'x'), kStates), "");
}

TEST(NearestName, ListsWhatThereIsIfNothingIsNear) {
  EXPECT_EQ(SuggestName("darft", kStates, "states"), "Did you mean \"draft\"?");
  EXPECT_EQ(SuggestName("closed", kStates, "states"), "Known states: draft, in-force, withdrawn.");
  EXPECT_EQ(SuggestName("closed", kStates, "states", 2), "Known states: draft, in-force, ...");
  EXPECT_EQ(SuggestName("closed", {}, "states"), "There are no states.");
}

}  // namespace
}  // namespace kasundo
