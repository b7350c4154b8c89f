#include "workflows/assignment/assignment_kinds.h"

#include <memory>
#include <string_view>

#include "workflows/assignment/assignment_decider.h"
#include "workflows/assignment/coverage_rule_decider.h"
#include "workflows/assignment/function_decider.h"
#include "workflows/assignment/ordained_roles.h"
#include "workflows/assignment/portfolio_decider.h"
#include "workflows/assignment/portfolio_keeping.h"

namespace kasundo::embedded {
extern const std::string_view k_assignment_workflow_yaml;
extern const std::string_view k_coverage_rule_workflow_yaml;
extern const std::string_view k_function_workflow_yaml;
extern const std::string_view k_portfolio_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::assignments {

void AddAssignments(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<Function>());
  registry.kinds.push_back(MakeKind<Assignment>());
  registry.kinds.push_back(MakeKind<Portfolio>());
  registry.kinds.push_back(MakeKind<CoverageRule>());
  auto& definitions = registry.builtin_definitions;
  definitions.emplace("function", embedded::k_function_workflow_yaml);
  definitions.emplace("assignment", embedded::k_assignment_workflow_yaml);
  definitions.emplace("portfolio", embedded::k_portfolio_workflow_yaml);
  definitions.emplace("coverage-rule", embedded::k_coverage_rule_workflow_yaml);
  registry.process_managers.push_back(std::make_unique<PortfolioKeeping>());
  registry.process_managers.push_back(std::make_unique<OrdainedRoles>());
}

}  // namespace kasundo::assignments
