#include "workflows/engine/projection.h"

#include <atomic>

#include "gtest/gtest.h"
#include "tests/support/test_engine.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/engine.h"

namespace kasundo {
namespace {

namespace toy = testing::v1;
using testing::Acting;
using testing::TemporaryFolder;
using testing::TestEngine;

constexpr char kMayor[] = "realms/test/offices/mayor";

// How many promises each office has made.
class PromisesByOffice : public Projection {
 public:
  std::string_view name() const override { return "promises-by-office"; }
  absl::Status Apply(const workflows::v1::EventRecord& record,
                     const google::protobuf::Message& payload,
                     ProjectionRows& rows) const override {
    if (record.event() != "PromiseMade") return absl::OkStatus();
    const auto& made = static_cast<const toy::PromiseEvent&>(payload).promise_made();
    const auto before = rows.Get(made.promiser());
    if (!before.ok()) return before.status();
    rows.Put(made.promiser(), std::to_string(before->has_value() ? std::stoi(**before) + 1 : 1));
    return absl::OkStatus();
  }
};

KindRegistry Registry() {
  KindRegistry registry = testing::ToyRegistry();
  registry.projections.push_back(std::make_unique<PromisesByOffice>());
  return registry;
}

int64_t MakePromise(TestEngine& test, int number) {
  toy::MakePromiseRequest request;
  request.set_parent("realms/test");
  request.set_promise_id("p" + std::to_string(number));
  request.set_promiser(number % 3 == 0 ? "realms/test/offices/governor" : kMayor);
  request.set_promisee("realms/test/offices/bishop");
  request.set_text("text");
  const Outcome made = test.Send(request, Acting(kMayor));
  EXPECT_OK(made.status);
  return made.position;
}

std::map<std::string, std::string> Rows(const ProjectionRunner& runner) {
  std::map<std::string, std::string> rows;
  EXPECT_OK(runner.Read("realms/test", "promises-by-office", "",
                        [&](std::string_view key, std::string_view value) {
                          rows.emplace(key, value);
                          return true;
                        }));
  return rows;
}

TEST(Projections, FollowTheJournalWhileItGrows) {
  TestEngine test(Registry());
  ProjectionRunner runner(*test);
  runner.Start();
  int64_t last = 0;
  for (int i = 0; i < 30; ++i) last = MakePromise(test, i);
  ASSERT_OK(runner.WaitUntilApplied("realms/test", last, absl::Minutes(1)));
  EXPECT_EQ(Rows(runner), (std::map<std::string, std::string>{
                              {kMayor, "20"}, {"realms/test/offices/governor", "10"}}));
  EXPECT_EQ(runner.Lag(), 0);
}

TEST(Projections, RebuiltAndFollowedAreTheSameRows) {
  TestEngine test(Registry());
  ProjectionRunner runner(*test);
  for (int i = 0; i < 20; ++i) {
    MakePromise(test, i);
    if (i % 7 == 0) ASSERT_OK(runner.CatchUp());
  }
  ASSERT_OK(runner.CatchUp());
  const auto followed = Rows(runner);
  ASSERT_OK(runner.Rebuild("realms/test", "promises-by-office"));
  EXPECT_EQ(Rows(runner), followed);
}

TEST(Projections, GoOnAfterARestartWhereTheyWere) {
  TemporaryFolder folder;
  TestEngine test(Registry(), folder.path() + "/db");
  {
    ProjectionRunner runner(*test);
    for (int i = 0; i < 5; ++i) MakePromise(test, i);
    ASSERT_OK(runner.CatchUp());
  }
  for (int i = 5; i < 9; ++i) MakePromise(test, i);
  ASSERT_OK(test.Reopen());
  ProjectionRunner runner(*test);
  ASSERT_OK(runner.CatchUp());
  EXPECT_EQ(Rows(runner)[kMayor], "6");
}

// Cannot write as long as the disk is full.
class OnAFullDisk : public PromisesByOffice {
 public:
  absl::Status Apply(const workflows::v1::EventRecord& record,
                     const google::protobuf::Message& payload,
                     ProjectionRows& rows) const override {
    if (!full) return PromisesByOffice::Apply(record, payload, rows);
    refused = true;
    refused.notify_all();
    return absl::ResourceExhaustedError("the disk is full");
  }

  mutable std::atomic<bool> refused = false;
  std::atomic<bool> full = true;
};

TEST(Projections, GoOnWhenTheDiskHasSpaceAgain) {
  auto owned = std::make_unique<OnAFullDisk>();
  OnAFullDisk& disk = *owned;
  KindRegistry registry = testing::ToyRegistry();
  registry.projections.push_back(std::move(owned));
  TestEngine test(std::move(registry));
  ProjectionRunner runner(*test);
  runner.Start();
  MakePromise(test, 1);
  disk.refused.wait(false);
  disk.full = false;
  const int64_t last = MakePromise(test, 2);
  ASSERT_OK(runner.WaitUntilApplied("realms/test", last, absl::Minutes(1)));
  EXPECT_EQ(Rows(runner)[kMayor], "2");
}

TEST(Projections, SayWhenTheyAreBehind) {
  TestEngine test(Registry());
  ProjectionRunner runner(*test);
  const int64_t last = MakePromise(test, 1);
  EXPECT_EQ(runner.WaitUntilApplied("realms/test", last, absl::Milliseconds(1)).code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(runner.Lag(), last + 1);
}

}  // namespace
}  // namespace kasundo
