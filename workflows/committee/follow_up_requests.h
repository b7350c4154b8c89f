// Making the follow-ups of process managers.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "workflows/engine/process_manager.h"

namespace kasundo::committees {

using FollowUps = std::vector<FollowUp>;

// Adds a request to an instance, whose `name` it fills, and hands it out for the rest. The
// reference holds until the vector is destroyed: requests live on the heap.
template <typename Request>
Request& Send(const std::string& instance, FollowUps& follow_ups) {
  auto request = std::make_unique<Request>();
  Request& reference = *request;
  reference.set_name(instance);
  follow_ups.push_back({instance, std::move(request)});
  return reference;
}

// The same for a request that brings `instance` into being, whose `parent` it fills.
template <typename Request>
Request& SendNew(const std::string& instance, FollowUps& follow_ups) {
  auto request = std::make_unique<Request>();
  Request& reference = *request;
  reference.set_parent(std::string(ParentOf(instance)));
  follow_ups.push_back({instance, std::move(request), /*creates=*/true});
  return reference;
}

}  // namespace kasundo::committees
