// What completion queues hand back, and what makes them hand something back.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/completion_queue.h>

#include <functional>
#include <memory>
#include <mutex>

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

  // For an operation of gRPC, as the last thing that is done before it: its other arguments are
  // made on lines of their own, since arguments have no order.
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

}  // namespace kasundo
