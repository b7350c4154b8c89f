// What people need of a plan: it cannot be proposed before it has answered (requirement 72).
#include <algorithm>

#include "fmt/format.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_commands.h"

namespace kasundo::plans {
namespace {

bool IsOpen(const PlanState& state, const std::string& need) {
  const auto& open = state.open_needs();
  return std::find(open.begin(), open.end(), need) != open.end();
}

}  // namespace

PlanEvents ListNeed(const v1::ListNeedRequest& request, const PlanState& state, const Context&) {
  if (IsOpen(state, request.need())) return NothingToChange("the need is listed already");
  v1::PlanEvent event;
  event.mutable_need_listed()->set_need(request.need());
  return {{std::move(event)}};
}

PlanEvents SettleNeed(const v1::SettleNeedRequest& request, const PlanState& state,
                      const Context&) {
  if (!IsOpen(state, request.need())) return NothingToChange("the need is not listed");
  v1::PlanEvent event;
  event.mutable_need_settled()->set_need(request.need());
  return {{std::move(event)}};
}

}  // namespace kasundo::plans
