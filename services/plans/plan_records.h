// The facts of a plan in its stream, which holds facts of the engine too.
#pragma once

#include <optional>

#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/workflows/v1/records.pb.h"

namespace kasundo::plans {

// The plan's own fact in a record; nothing if it is one of the engine's.
inline std::optional<v1::PlanEvent> FactOf(const workflows::v1::EventRecord& record) {
  v1::PlanEvent event;
  if (record.payload_type() != v1::PlanEvent::descriptor()->full_name() ||
      !event.ParseFromString(record.payload())) {
    return std::nullopt;
  }
  return event;
}

}  // namespace kasundo::plans
