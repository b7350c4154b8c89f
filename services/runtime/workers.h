// A few threads for what is not done on the thread that takes calls in.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace kasundo {

class Workers {
 public:
  // Of what is offered, more than `most_waiting` is refused.
  explicit Workers(size_t most_waiting) : most_waiting_(most_waiting) {}

  void Start(int threads) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { Run(); });
    }
  }
  // False if too much waits already. From any thread.
  bool Offer(std::function<void()> work) {
    {
      std::lock_guard lock(mutex_);
      if (stopped_ || work_.size() >= most_waiting_) return false;
      work_.push_back(std::move(work));
    }
    ready_.notify_one();
    return true;
  }
  // For the rest of what was begun: is never refused, but for nothing after Stop().
  void Add(std::function<void()> work) {
    {
      std::lock_guard lock(mutex_);
      if (stopped_) return;
      work_.push_back(std::move(work));
    }
    ready_.notify_one();
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

  const size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> work_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kasundo
