// Instances that the writer had in its hands lately.
#pragma once

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "workflows/engine/instance_entry.h"

namespace kasundo {

// Holds so many instances and no more. For each new one above that, any one goes: no order is kept,
// and nothing ever frees many at once.
class InstanceCache {
 public:
  explicit InstanceCache(size_t most) : most_(std::max<size_t>(most, 1)) {}

  // nullptr if it is not held.
  InstancePtr Find(const std::string& name) const {
    const auto found = instances_.find(name);
    return found == instances_.end() ? nullptr : found->second;
  }
  void Put(InstancePtr instance) {
    std::string name = instance->name;
    const auto [place, added] = instances_.insert_or_assign(std::move(name), std::move(instance));
    if (added && instances_.size() > most_) DropAnyBut(place->first);
  }
  void Clear() { instances_.clear(); }
  size_t size() const { return instances_.size(); }

 private:
  // The hand goes round over the buckets, of which about each holds one.
  void DropAnyBut(const std::string& name) {
    while (true) {
      hand_ = (hand_ + 1) % instances_.bucket_count();
      for (auto one = instances_.begin(hand_); one != instances_.end(hand_); ++one) {
        if (one->first == name) continue;
        instances_.erase(std::string(one->first));
        return;
      }
    }
  }

  const size_t most_;
  size_t hand_ = 0;
  std::unordered_map<std::string, InstancePtr> instances_;
};

}  // namespace kasundo
