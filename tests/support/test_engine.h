// An engine for tests: a realm "realms/test" (Asia/Manila) on a journal in memory or in a temporary
// folder, with a clock that stands still until it is told otherwise.
//
//   TestEngine test(ToyRegistry());
//   const Outcome made = test.Send(request, Acting("realms/test/offices/mayor"));
//   ASSERT_OK(made.status);
//
// Send() finds the instance as the runtime does: `name`, or `parent` and `<kind>_id`.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tests/support/temporary_folder.h"
#include "workflows/engine/clock.h"
#include "workflows/engine/engine.h"
#include "workflows/engine/memory_journal.h"

namespace kasundo::testing {

// Somebody who acts in an office.
workflows::v1::Actor Acting(std::string_view office);
workflows::v1::Actor Administrator();

class TestEngine {
 public:
  // Adds the engine's own kinds to the registry. Time begins at `start`, 1 February 2016 in the
  // morning in Manila unless it is given; it never goes back.
  explicit TestEngine(KindRegistry registry, EngineOptions options = {},
                      absl::Time start = absl::FromUnixSeconds(1454288400));
  // The same on RocksDB in `folder`; opens what is there.
  TestEngine(KindRegistry registry, const std::string& folder, EngineOptions options = {});

  // The command for a request, whose header is taken from its `header` field.
  Command Make(const google::protobuf::Message& request, const workflows::v1::Actor& actor) const;
  Outcome Send(const google::protobuf::Message& request, const workflows::v1::Actor& actor);
  // Fires deadlines until none is due; returns how many events that recorded.
  int64_t FireDeadlines();
  // Closes the engine and opens it again on what it had written. RocksDB only.
  absl::Status Reopen();
  void Close() { engine_.reset(); }

  Engine& operator*() { return *engine_; }
  Engine* operator->() { return engine_.get(); }
  FakeClock& clock() { return clock_; }
  // nullptr on RocksDB.
  MemoryJournal* memory() { return memory_; }

 private:
  void Open(std::unique_ptr<Journal> journal);

  EngineOptions options_;
  std::string folder_;
  FakeClock clock_;
  std::shared_ptr<KindRegistry> registry_;
  MemoryJournal* memory_ = nullptr;
  std::unique_ptr<Engine> engine_;
};

}  // namespace kasundo::testing

#define ASSERT_OK(expression)                     \
  do {                                            \
    const absl::Status kasundo_ok = (expression); \
    ASSERT_TRUE(kasundo_ok.ok()) << kasundo_ok;   \
  } while (false)
#define EXPECT_OK(expression)                     \
  do {                                            \
    const absl::Status kasundo_ok = (expression); \
    EXPECT_TRUE(kasundo_ok.ok()) << kasundo_ok;   \
  } while (false)
#define EXPECT_REFUSED(expression, expected_code, expected_reason)                       \
  do {                                                                                   \
    const absl::Status kasundo_refused = (expression);                                   \
    EXPECT_EQ(kasundo_refused.code(), expected_code) << kasundo_refused;                 \
    EXPECT_EQ(::kasundo::ReasonOf(kasundo_refused), expected_reason) << kasundo_refused; \
  } while (false)
