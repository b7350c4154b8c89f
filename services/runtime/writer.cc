#include "services/runtime/writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kasundo {

// More deadlines are due than were fired at once: whatever else was submitted comes in between.
constexpr absl::Duration kSoon = absl::Milliseconds(5);

void Writer::Start() {
  engine_->SetWake([this] { Wake(); });
  thread_ = std::thread([this] { Run(); });
}

void Writer::Stop() {
  if (!thread_.joinable()) return;
  engine_->SetWake([] {});
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  woken_changed_.notify_one();
  thread_.join();
}

void Writer::Wake() {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(woken_, true)) return;
  }
  woken_changed_.notify_one();
}

absl::Duration Writer::FireDeadlines() {
  const bool more = engine_->FireDueTimers() <= engine_->clock().Now();
  return more ? std::min(timer_period_, kSoon) : timer_period_;
}

void Writer::Run() {
  id_.store(std::this_thread::get_id());
  using SteadyClock = std::chrono::steady_clock;
  const bool looks = timer_period_ < absl::InfiniteDuration();
  const auto in = [](absl::Duration time) {
    return SteadyClock::now() + absl::ToChronoMicroseconds(time);
  };
  SteadyClock::time_point next_look = looks ? in(timer_period_) : SteadyClock::time_point::max();
  const auto called = [this] { return woken_ || stopped_; };
  std::unique_lock lock(mutex_);
  while (true) {
    if (looks) {
      woken_changed_.wait_until(lock, next_look, called);
    } else {
      woken_changed_.wait(lock, called);
    }
    const bool last = stopped_;
    woken_ = false;
    lock.unlock();
    if (SteadyClock::now() >= next_look) next_look = in(FireDeadlines());
    engine_->Pump();
    if (last) return;
    lock.lock();
  }
}

}  // namespace kasundo
