#include "workflows/plan/plan_kinds.h"

#include <string_view>

#include "workflows/plan/allotment_decider.h"
#include "workflows/plan/need_decider.h"
#include "workflows/plan/need_processes.h"
#include "workflows/plan/plan_decider.h"
#include "workflows/plan/plan_template_decider.h"
#include "workflows/plan/slippage_policy_decider.h"

namespace kasundo::embedded {
extern const std::string_view k_allotment_workflow_yaml;
extern const std::string_view k_need_workflow_yaml;
extern const std::string_view k_plan_workflow_yaml;
extern const std::string_view k_plan_template_workflow_yaml;
extern const std::string_view k_slippage_policy_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::plans {

void AddPlans(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<Plan>());
  registry.kinds.push_back(MakeKind<SlippagePolicy>());
  registry.kinds.push_back(MakeKind<PlanTemplate>());
  registry.kinds.push_back(MakeKind<Need>());
  registry.kinds.push_back(MakeKind<Allotment>());
  auto& definitions = registry.builtin_definitions;
  definitions.emplace("plan", embedded::k_plan_workflow_yaml);
  definitions.emplace("slippage-policy", embedded::k_slippage_policy_workflow_yaml);
  definitions.emplace("plan-template", embedded::k_plan_template_workflow_yaml);
  definitions.emplace("need", embedded::k_need_workflow_yaml);
  definitions.emplace("allotment", embedded::k_allotment_workflow_yaml);
  registry.process_managers.push_back(NeedListing());
}

}  // namespace kasundo::plans
