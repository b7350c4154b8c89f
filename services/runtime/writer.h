// The thread on which the engine decides, writes and syncs.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "workflows/engine/engine.h"

namespace kasundo {

// Pumps an engine whenever something was submitted, and has it fire the deadlines that are due.
// What is submitted while a group is written and synced makes the next group; no delay is added to
// make groups larger.
class Writer {
 public:
  // Looks at deadlines every `timer_period`; never if it is infinite. `engine` must outlive it.
  Writer(Engine* engine, absl::Duration timer_period)
      : engine_(engine), timer_period_(timer_period) {}
  ~Writer() { Stop(); }

  void Start();
  // Decides what was submitted and ends. Idempotent.
  void Stop();

  // Whether the caller runs on the writer's thread, as all answers of the engine do.
  bool IsThisThread() const { return std::this_thread::get_id() == id_.load(); }

 private:
  void Wake();
  void Run();
  // How long until the next look.
  absl::Duration FireDeadlines();

  Engine* const engine_;
  const absl::Duration timer_period_;
  std::mutex mutex_;
  std::condition_variable woken_changed_;
  bool woken_ = true;  // by what was submitted before it began
  bool stopped_ = false;
  std::thread thread_;
  std::atomic<std::thread::id> id_;
};

}  // namespace kasundo
