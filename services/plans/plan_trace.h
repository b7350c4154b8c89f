// From clause to evidence and back: pure functions over what was read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "kasundo/agreements/v1/obligations_events.pb.h"
#include "kasundo/plans/v1/plan_questions.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "kasundo/workflows/v1/records.pb.h"

namespace kasundo::plans {

// A plan with what is known of it.
struct TracedPlan {
  std::string name;
  const v1::PlanState* state = nullptr;
  std::vector<workflows::v1::EventRecord> records;  // its reports and corrections
};

// OK unless the request names an item, or an indicator of it, that none of the plans has. NOT_FOUND
// ITEM_NOT_FOUND, INDICATOR_NOT_FOUND.
absl::Status CheckTraced(const v1::GetTraceRequest& request, const std::vector<TracedPlan>& plans);

// The ways that hold what the request names, as far as they go. `obligations`: by name, those that
// items of the plans name and those that the request asks for, whether or not an item fulfils them.
std::vector<v1::TraceRow> TraceOf(
    const v1::GetTraceRequest& request, const std::vector<TracedPlan>& plans,
    const std::map<std::string, const agreements::v1::ObligationState*>& obligations);

}  // namespace kasundo::plans
