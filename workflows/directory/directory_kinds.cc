#include "workflows/directory/directory_kinds.h"

#include <memory>
#include <string>
#include <string_view>

#include "workflows/directory/account_decider.h"
#include "workflows/directory/followers.h"
#include "workflows/directory/office_decider.h"
#include "workflows/directory/organisation_decider.h"
#include "workflows/directory/person_decider.h"
#include "workflows/directory/territory_decider.h"

namespace kasundo::embedded {
extern const std::string_view k_territory_workflow_yaml;
extern const std::string_view k_organisation_workflow_yaml;
extern const std::string_view k_office_workflow_yaml;
extern const std::string_view k_person_workflow_yaml;
extern const std::string_view k_account_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::directory {

void AddDirectory(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<TerritoryDecider>());
  registry.kinds.push_back(MakeKind<OrganisationDecider>());
  registry.kinds.push_back(MakeKind<OfficeDecider>());
  registry.kinds.push_back(MakeKind<PersonDecider>());
  registry.kinds.push_back(MakeKind<AccountDecider>());
  registry.builtin_definitions.emplace("territory", embedded::k_territory_workflow_yaml);
  registry.builtin_definitions.emplace("organisation", embedded::k_organisation_workflow_yaml);
  registry.builtin_definitions.emplace("office", embedded::k_office_workflow_yaml);
  registry.builtin_definitions.emplace("person", embedded::k_person_workflow_yaml);
  registry.builtin_definitions.emplace("account", embedded::k_account_workflow_yaml);
  registry.process_managers.push_back(std::make_unique<DirectoryListing>());
  registry.process_managers.push_back(std::make_unique<PersonDeparture>());
  registry.process_managers.push_back(std::make_unique<OrganisationMerger>());
  registry.process_managers.push_back(std::make_unique<TermEnd>());
}

}  // namespace kasundo::directory
