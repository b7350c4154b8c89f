// What completion queues hand back, and what makes them hand something back.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/completion_queue.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

#include "absl/time/time.h"

#ifdef KASUNDO_THREAD_SANITIZER
extern "C" void __tsan_acquire(void* address);  // NOLINT: the sanitizer's names
extern "C" void __tsan_release(void* address);  // NOLINT
#endif

namespace kasundo {

// What a completion queue hands back, on its own thread. A queue orders what happened before a tag
// was given to it and what happens after it comes back; the thread sanitizer does not see that in a
// gRPC that was built without it, so both ends are said here.
class Tag {
 public:
  virtual ~Tag() = default;
  virtual void Proceed(bool ok) = 0;

  // For an operation of gRPC, as the last thing that is done before it.
  void* Given() {
#ifdef KASUNDO_THREAD_SANITIZER
    __tsan_release(this);
#endif
    return this;
  }
  // What Next() answered.
  static Tag* Back(void* tag) {
#ifdef KASUNDO_THREAD_SANITIZER
    __tsan_acquire(tag);
#endif
    return static_cast<Tag*>(tag);
  }
};

// Wakes the thread of a completion queue: one alarm however often it is asked before the thread
// runs.
class Waker final : public Tag {
 public:
  Waker(grpc::ServerCompletionQueue* queue, std::function<void()> run)
      : queue_(queue), run_(std::move(run)) {}

  // From any thread.
  void Wake() {
    std::lock_guard lock(mutex_);
    if (posted_ || closed_) return;
    posted_ = true;
    alarm_ = std::make_unique<grpc::Alarm>();
    alarm_->Set(queue_, gpr_time_0(GPR_CLOCK_MONOTONIC), Given());
  }
  // No more alarms; called before the queue is shut down.
  void Close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  void Proceed(bool) override {
    {
      std::lock_guard lock(mutex_);
      posted_ = false;
    }
    run_();
  }

 private:
  grpc::ServerCompletionQueue* const queue_;
  const std::function<void()> run_;
  std::mutex mutex_;
  bool posted_ = false;
  bool closed_ = false;
  std::unique_ptr<grpc::Alarm> alarm_;
};

// Comes again and again until it is closed.
class Ticker final : public Tag {
 public:
  // `run` answers whether it wants to run again at once, and not only after the period.
  Ticker(grpc::ServerCompletionQueue* queue, absl::Duration period, std::function<bool()> run)
      : queue_(queue), period_(period), run_(std::move(run)) {}

  void Set() { SetIn(period_); }
  void Close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    if (alarm_ != nullptr) alarm_->Cancel();
  }
  void Proceed(bool ok) override {
    if (!ok) return;
    SetIn(run_() ? std::min(period_, kSoon) : period_);
  }

 private:
  // Whatever else waits for the thread comes in between.
  static constexpr absl::Duration kSoon = absl::Milliseconds(5);

  void SetIn(absl::Duration time) {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    alarm_ = std::make_unique<grpc::Alarm>();
    alarm_->Set(queue_, std::chrono::system_clock::now() + absl::ToChronoMilliseconds(time),
                Given());
  }

  grpc::ServerCompletionQueue* const queue_;
  const absl::Duration period_;
  const std::function<bool()> run_;
  std::mutex mutex_;
  bool closed_ = false;
  std::unique_ptr<grpc::Alarm> alarm_;
};

}  // namespace kasundo
