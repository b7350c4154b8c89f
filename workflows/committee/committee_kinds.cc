#include "workflows/committee/committee_kinds.h"

#include <string_view>
#include <utility>

#include "workflows/committee/body_processes.h"
#include "workflows/committee/committee_decider.h"
#include "workflows/committee/membership_application_decider.h"

namespace kasundo::embedded {
extern const std::string_view k_committee_workflow_yaml;
extern const std::string_view k_membership_application_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::committees {

void AddBodies(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<Committee>());
  registry.kinds.push_back(MakeKind<MembershipApplication>());
  registry.builtin_definitions.emplace("membership-application",
                                       embedded::k_membership_application_workflow_yaml);
  registry.builtin_definitions.emplace("committee", embedded::k_committee_workflow_yaml);
  for (auto& process : BodyProcesses()) registry.process_managers.push_back(std::move(process));
  registry.process_managers.push_back(Admissions());
}

}  // namespace kasundo::committees
