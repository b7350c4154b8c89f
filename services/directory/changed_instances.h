// Which instances of some kinds changed since one last asked, in every realm: what an index in
// memory needs to stay right. Asking costs nothing while nothing was recorded. A change is known
// here before the command that made it is answered, so an index that asks first never shows a
// caller less than that caller was told.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

class ChangedInstances {
 public:
  // Counts from now on. `engine` must outlive it.
  ChangedInstances(Engine& engine, std::set<std::string> kinds);
  ~ChangedInstances();
  ChangedInstances(const ChangedInstances&) = delete;
  ChangedInstances& operator=(const ChangedInstances&) = delete;

  // Something was recorded that was not learned. Any thread.
  bool Any() const { return any_.load(std::memory_order_acquire); }

  // Hands out the names of what changed. What could not be learned, because this or `learn` failed,
  // is handed out again the next time. One thread at a time.
  absl::Status Learn(const std::function<absl::Status(const std::set<std::string>&)>& learn);

 private:
  absl::Status Take();
  absl::Status TakeOf(const std::string& realm);

  Engine& engine_;
  const std::set<std::string> kinds_;
  std::map<std::string, int64_t> next_;  // by realm: first position that was not looked at
  std::set<std::string> names_;          // what was looked at and not learned
  std::atomic<bool> any_ = false;
  int64_t listener_ = 0;
};

// All instances of a kind in a realm.
absl::StatusOr<std::vector<Instance>> AllOf(const Engine& engine, std::string_view kind,
                                            std::string_view realm);

}  // namespace kasundo::directory
