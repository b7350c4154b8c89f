#include "services/runtime/writer.h"

#include <atomic>
#include <functional>
#include <future>

#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "tests/support/test_engine.h"
#include "tests/support/toy_kind.h"

namespace kasundo {
namespace {

namespace toy = testing::v1;

toy::MakePromiseRequest Promising(const std::string& id) {
  toy::MakePromiseRequest request;
  request.set_parent("realms/test");
  request.set_promise_id(id);
  request.set_promiser("realms/test/offices/ana");
  request.set_promisee("realms/test/offices/ben");
  request.set_text("a bridge");
  return request;
}

class WriterTest : public ::testing::Test {
 protected:
  // Submits and answers where it was decided.
  std::future<std::thread::id> Submit(const std::string& id) {
    auto where = std::make_shared<std::promise<std::thread::id>>();
    auto future = where->get_future();
    test_->Submit(test_.Make(Promising(id), testing::Acting("realms/test/offices/ana")),
                  [where](const Outcome& outcome) {
                    EXPECT_TRUE(outcome.status.ok()) << outcome.status;
                    where->set_value(std::this_thread::get_id());
                  });
    return future;
  }

  testing::TestEngine test_{testing::ToyRegistry()};
};

TEST_F(WriterTest, DecidesWhatIsSubmittedBeforeItBeginsAndAfterOnItsOwnThread) {
  auto before = Submit("road");
  Writer writer(&*test_, absl::InfiniteDuration());
  writer.Start();
  const std::thread::id its = before.get();
  EXPECT_NE(its, std::this_thread::get_id());
  EXPECT_EQ(Submit("bridge").get(), its);
  EXPECT_FALSE(writer.IsThisThread());
}

TEST_F(WriterTest, DecidesWhatWaitsWhenItIsStopped) {
  Writer writer(&*test_, absl::InfiniteDuration());
  writer.Start();
  std::vector<std::future<std::thread::id>> decided;
  for (int i = 0; i < 100; ++i) decided.push_back(Submit("p" + std::to_string(i)));
  writer.Stop();
  for (auto& one : decided) {
    EXPECT_EQ(one.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  }
  writer.Stop();
}

TEST_F(WriterTest, FiresTheDeadlinesThatAreDue) {
  toy::MakePromiseRequest request = Promising("road");
  request.mutable_due()->set_year(2016);
  request.mutable_due()->set_month(2);
  request.mutable_due()->set_day(10);
  EXPECT_OK(test_.Send(request, testing::Acting("realms/test/offices/ana")).status);
  std::promise<size_t> fired;
  test_->SetReporter([&fired](const GroupReport& report) { fired.set_value(report.events); });
  test_.clock().Advance(absl::Hours(24 * 12));
  Writer writer(&*test_, absl::Milliseconds(1));
  writer.Start();
  EXPECT_EQ(fired.get_future().get(), 1u);
  writer.Stop();
  EXPECT_EQ(test_->Get("realms/test/promises/road")->record.lifecycle_state(), "overdue");
}

// Callers that come again as soon as they are answered: there is never a moment without a command
// that waits.
TEST_F(WriterTest, UnderLoadWithoutEndDeadlinesFireAndOthersHaveTheirTurn) {
  toy::MakePromiseRequest due = Promising("due");
  due.mutable_due()->set_year(2016);
  due.mutable_due()->set_month(2);
  due.mutable_due()->set_day(10);
  ASSERT_OK(test_.Send(due, testing::Acting("realms/test/offices/ana")).status);
  test_.clock().Advance(absl::Hours(24 * 12));
  Writer writer(&*test_, absl::Milliseconds(1));
  writer.Start();
  std::atomic<bool> enough = false;
  std::atomic<int> number = 0;
  std::function<void()> again = [&] {
    if (enough) return;
    test_->Submit(test_.Make(Promising("p" + std::to_string(++number)),
                             testing::Acting("realms/test/offices/ana")),
                  [&again](const Outcome&) { again(); });
  };
  again();
  int executed = 0;
  do {
    const Command command = test_.Make(Promising("other" + std::to_string(++executed)),
                                       testing::Acting("realms/test/offices/ben"));
    EXPECT_OK(test_->Execute(command).status);
    EXPECT_EQ(test_->Rehearse({command}).size(), 1u);
  } while (test_->Get("realms/test/promises/due")->record.lifecycle_state() != "overdue");
  enough = true;
  writer.Stop();
  EXPECT_GT(number, 0);
}

}  // namespace
}  // namespace kasundo
