// Reading plans for questions: all of a realm, one at a version, the events of one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/plans/v1/plan_questions.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "services/runtime/call_context.h"

namespace kasundo::plans {

// REQUIRES: a plan.
const v1::PlanState& PlanStateOf(const Instance& plan);

// One plan, now or as of the past. NOT_FOUND; INVALID_ARGUMENT NAME_INVALID if it is something
// else.
absl::StatusOr<Instance> ReadPlan(const std::string& name,
                                  const std::optional<api::v1::AsOf>& as_of,
                                  const CallContext& call);

// The same at a point of a question. NOT_FOUND VERSION_NOT_FOUND.
absl::StatusOr<Instance> PlanAt(const v1::PlanPoint& point, const std::string& field,
                                const CallContext& call);

// All instances of a kind beneath a parent.
absl::StatusOr<std::vector<Instance>> AllOf(const std::string& kind, const std::string& parent,
                                            const CallContext& call);

// The plans of a realm, or only one of them.
absl::StatusOr<std::vector<Instance>> AllPlans(const std::string& realm, const std::string& only,
                                               const CallContext& call);

// The events of a plan from a revision on.
absl::StatusOr<std::vector<workflows::v1::EventRecord>> RecordsOf(const std::string& plan,
                                                                  int64_t from_revision,
                                                                  const CallContext& call);

}  // namespace kasundo::plans
