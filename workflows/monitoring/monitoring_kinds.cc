#include "workflows/monitoring/monitoring_kinds.h"

#include <memory>
#include <string_view>
#include <utility>

#include "workflows/monitoring/adoption_decider.h"
#include "workflows/monitoring/checklist_decider.h"
#include "workflows/monitoring/checklist_template_decider.h"
#include "workflows/monitoring/corrective_action_decider.h"
#include "workflows/monitoring/evaluation_decider.h"
#include "workflows/monitoring/finding_decider.h"
#include "workflows/monitoring/issuance_decider.h"
#include "workflows/monitoring/issuance_processes.h"
#include "workflows/monitoring/recommendation_decider.h"
#include "workflows/monitoring/response_session_decider.h"
#include "workflows/monitoring/rollup_projection.h"
#include "workflows/monitoring/slippage_exceptions.h"

namespace kasundo::embedded {
extern const std::string_view k_checklist_template_workflow_yaml;
extern const std::string_view k_adoption_workflow_yaml;
extern const std::string_view k_evaluation_workflow_yaml;
extern const std::string_view k_recommendation_workflow_yaml;
extern const std::string_view k_response_session_workflow_yaml;
extern const std::string_view k_checklist_workflow_yaml;
extern const std::string_view k_corrective_action_workflow_yaml;
extern const std::string_view k_finding_workflow_yaml;
extern const std::string_view k_issuance_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::monitoring {

void AddMonitoring(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<ChecklistTemplate>());
  registry.kinds.push_back(MakeKind<Issuance>());
  registry.kinds.push_back(MakeKind<Checklist>());
  registry.kinds.push_back(MakeKind<Adoption>());
  registry.kinds.push_back(MakeKind<Evaluation>());
  registry.kinds.push_back(MakeKind<Recommendation>());
  registry.kinds.push_back(MakeKind<ResponseSession>());
  registry.kinds.push_back(MakeKind<Finding>());
  registry.kinds.push_back(MakeKind<CorrectiveAction>());
  auto& definitions = registry.builtin_definitions;
  definitions.emplace("checklist-template", embedded::k_checklist_template_workflow_yaml);
  definitions.emplace("issuance", embedded::k_issuance_workflow_yaml);
  definitions.emplace("finding", embedded::k_finding_workflow_yaml);
  definitions.emplace("corrective-action", embedded::k_corrective_action_workflow_yaml);
  definitions.emplace("adoption", embedded::k_adoption_workflow_yaml);
  definitions.emplace("evaluation", embedded::k_evaluation_workflow_yaml);
  definitions.emplace("recommendation", embedded::k_recommendation_workflow_yaml);
  definitions.emplace("response-session", embedded::k_response_session_workflow_yaml);
  definitions.emplace("checklist", embedded::k_checklist_workflow_yaml);
  for (auto& process : IssuanceProcesses()) {
    registry.process_managers.push_back(std::move(process));
  }
  registry.process_managers.push_back(CorrectiveActionRegister());
  registry.process_managers.push_back(SlippageExceptions());
  registry.projections.push_back(std::make_unique<RollUps>());
}

}  // namespace kasundo::monitoring
