#include "workflows/agreement/agreement_kinds.h"

#include <string_view>
#include <utility>

#include "workflows/agreement/agreement_decider.h"
#include "workflows/agreement/agreement_processes.h"
#include "workflows/agreement/article_kinds.h"
#include "workflows/agreement/obligation_decider.h"

namespace kasundo::embedded {
extern const std::string_view k_decentralised_cooperation_workflow_yaml;
extern const std::string_view k_letter_of_support_workflow_yaml;
extern const std::string_view k_mou_workflow_yaml;
extern const std::string_view k_obligation_workflow_yaml;
extern const std::string_view k_twinning_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::agreements {

void AddAgreements(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<Agreement>());
  registry.kinds.push_back(MakeKind<Obligation>());
  AddArticles(registry);
  auto& definitions = registry.builtin_definitions;
  definitions.emplace("mou", embedded::k_mou_workflow_yaml);
  definitions.emplace("twinning", embedded::k_twinning_workflow_yaml);
  definitions.emplace("decentralised-cooperation",
                      embedded::k_decentralised_cooperation_workflow_yaml);
  definitions.emplace("letter-of-support", embedded::k_letter_of_support_workflow_yaml);
  definitions.emplace("obligation", embedded::k_obligation_workflow_yaml);
  for (auto& process : AgreementProcesses()) {
    registry.process_managers.push_back(std::move(process));
  }
}

}  // namespace kasundo::agreements
