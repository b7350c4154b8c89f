#include "services/plans/plan_reading.h"

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/plans/v1/reasons.pb.h"
#include "services/runtime/instance_history.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/plan_reports.h"

namespace kasundo::plans {
namespace {

constexpr size_t kReadAtOnce = 1000;

}  // namespace

const v1::PlanState& PlanStateOf(const Instance& plan) {
  return static_cast<const v1::PlanState&>(*plan.state);
}

absl::StatusOr<Instance> ReadPlan(const std::string& name,
                                  const std::optional<api::v1::AsOf>& as_of,
                                  const CallContext& call) {
  ASSIGN_OR_RETURN(Instance plan, call.engine().Get(name, as_of));
  if (plan.record.kind() == "plan") return plan;
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                fmt::format("\"{}\" is a {}", name, plan.record.kind()))
      .Field("name")
      .Mend("Give the name of a plan.");
}

absl::StatusOr<Instance> PlanAt(const v1::PlanPoint& point, const std::string& field,
                                const CallContext& call) {
  if (point.version() == 0) {
    std::optional<api::v1::AsOf> as_of;
    if (point.has_as_of()) as_of = point.as_of();
    return ReadPlan(point.name(), as_of, call);
  }
  ASSIGN_OR_RETURN(const Instance now, ReadPlan(point.name(), {}, call));
  ASSIGN_OR_RETURN(const auto records, RecordsOf(point.name(), 1, call));
  for (const workflows::v1::EventRecord& record : records) {
    const std::optional<v1::PlanEvent> event = FactOf(record);
    if (!event.has_value() || !event->has_plan_approved() ||
        event->plan_approved().version().version() != point.version()) {
      continue;
    }
    // The tree of a version is what it was when the body decided.
    api::v1::AsOf as_of;
    as_of.set_position(record.position());
    return ReadPlan(point.name(), as_of, call);
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_VERSION_NOT_FOUND,
                fmt::format("{} has {} approved versions, and no version {}", point.name(),
                            PlanStateOf(now).versions_size(), point.version()))
      .Field(field + ".version")
      .Mend("Give the number of an approved version, or a point in time.");
}

absl::StatusOr<std::vector<Instance>> AllOf(const std::string& kind, const std::string& parent,
                                            const CallContext& call) {
  std::vector<Instance> all;
  while (true) {
    const std::string after = all.empty() ? "" : all.back().name;
    ASSIGN_OR_RETURN(auto page, call.engine().List(kind, parent, after, kReadAtOnce));
    const bool last = page.size() < kReadAtOnce;
    for (Instance& instance : page) all.push_back(std::move(instance));
    if (last) return all;
  }
}

absl::StatusOr<std::vector<Instance>> AllPlans(const std::string& realm, const std::string& only,
                                               const CallContext& call) {
  if (only.empty()) return AllOf("plan", realm, call);
  ASSIGN_OR_RETURN(Instance plan, ReadPlan(only, {}, call));
  std::vector<Instance> one;
  one.push_back(std::move(plan));
  return one;
}

absl::StatusOr<std::vector<workflows::v1::EventRecord>> RecordsOf(const std::string& plan,
                                                                  int64_t from_revision,
                                                                  const CallContext& call) {
  return HistoryOf(call.engine(), plan, from_revision);
}

}  // namespace kasundo::plans
