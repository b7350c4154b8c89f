// A few threads for what may take long or wait: actions, password hashes, questions to other
// processes.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kasundo {

// Threads for what may wait.
class Workers {
 public:
  // Work that may wait; more is refused.
  static constexpr size_t kWaiting = 1'000;

  void Start(int threads) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { Run(); });
    }
  }
  // False if too much waits already.
  bool Add(std::function<void()> work) {
    {
      std::lock_guard lock(mutex_);
      if (stopped_ || work_.size() >= kWaiting) return false;
      work_.push_back(std::move(work));
    }
    ready_.notify_one();
    return true;
  }
  // Finishes what waits.
  void Stop() {
    {
      std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  void Run() {
    while (true) {
      std::function<void()> work;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return stopped_ || !work_.empty(); });
        if (work_.empty()) return;
        work = std::move(work_.front());
        work_.pop_front();
      }
      work();
    }
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> work_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kasundo
