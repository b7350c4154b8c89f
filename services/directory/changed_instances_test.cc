#include "services/directory/changed_instances.h"

#include "gmock/gmock.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "tests/support/toy_kind.h"

namespace kasundo::directory {
namespace {

using ::testing::ElementsAre;
using Names = std::set<std::string>;

TEST(ChangedInstances, HandsOutAgainWhatCouldNotBeLearned) {
  testing::TestEngine test(testing::ToyRegistry());
  ChangedInstances changed(*test, {"promise"});
  EXPECT_FALSE(changed.Any());
  ASSERT_OK(test.Send(testing::Parse<testing::v1::MakePromiseRequest>(
                          "parent: 'realms/test' promise_id: 'road' text: 'soon' promiser: "
                          "'realms/test/offices/ana' promisee: 'realms/test/offices/ben'"),
                      testing::Acting("realms/test/offices/ana"))
                .status);
  EXPECT_TRUE(changed.Any());
  EXPECT_FALSE(changed.Learn([](const Names&) { return absl::UnavailableError("a read"); }).ok());
  EXPECT_TRUE(changed.Any());
  Names learned;
  EXPECT_OK(changed.Learn([&](const Names& names) {
    learned = names;
    return absl::OkStatus();
  }));
  EXPECT_THAT(learned, ElementsAre("realms/test/promises/road"));
  EXPECT_FALSE(changed.Any());
}

}  // namespace
}  // namespace kasundo::directory
