#include "services/runtime/workers.h"

#include <atomic>
#include <latch>

#include "gtest/gtest.h"

namespace kasundo {
namespace {

TEST(Workers, RefuseWhatIsOfferedAboveTheirMostAndStillTakeWhatGoesOn) {
  Workers workers(2);
  std::atomic<int> done = 0;
  const auto work = [&done] { ++done; };
  EXPECT_TRUE(workers.Offer(work));
  EXPECT_TRUE(workers.Offer(work));
  EXPECT_FALSE(workers.Offer(work));
  workers.Add(work);
  workers.Start(1);
  workers.Stop();
  EXPECT_EQ(done, 3);
}

TEST(Workers, FinishWhatWaitsAndTakeNothingAfterIt) {
  Workers workers(100);
  workers.Start(2);
  std::latch begun(1);
  std::atomic<int> done = 0;
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(workers.Offer([&] {
      begun.wait();
      ++done;
    }));
  }
  begun.count_down();
  workers.Stop();
  EXPECT_EQ(done, 50);
  EXPECT_FALSE(workers.Offer([&done] { ++done; }));
  workers.Add([&done] { ++done; });
  EXPECT_EQ(done, 50);
}

}  // namespace
}  // namespace kasundo
