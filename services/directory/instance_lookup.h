// Instances by name with their states typed, for queries.
#pragma once

#include <memory>
#include <string>

#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/engine.h"

namespace kasundo::directory {

// The state of an instance if it exists and is of the kind whose state is S.
template <typename S>
std::shared_ptr<const S> StateNamed(const Engine& engine, const std::string& name) {
  if (name.empty()) return nullptr;
  const auto found = engine.Get(name);
  return found.ok() ? std::dynamic_pointer_cast<const S>(found->state) : nullptr;
}

template <typename S>
const S& StateOf(const Instance& instance) {
  return static_cast<const S&>(*instance.state);
}

// Whether the office is a post that somebody should hold on a day: it existed, was not withdrawn
// and is no unit of many posts.
bool IsPostOn(const Instance& office, const CivilDate& day);

}  // namespace kasundo::directory
