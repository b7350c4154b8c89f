#include "services/kasundod/modules.h"

#include "services/committees/committees_service.h"
#include "services/committees/meetings_service.h"
#include "services/committees/membership_applications_service.h"
#include "services/directory/directory_service.h"
#include "services/runtime/config.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo {
namespace {

void AddCommitteeKinds(KindRegistry& kinds) {
  committees::AddBodies(kinds);
  committees::AddMeetings(kinds);
}

void RegisterCommitteeServices(ServiceCatalog& catalog, Engine&) {
  RegisterCommittees(catalog);
  RegisterMembershipApplications(catalog);
  RegisterMeetings(catalog);
}

}  // namespace

std::vector<ServiceModule> ModulesOf(const admin::v1::ServerConfig& config) {
  std::vector<ServiceModule> modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"committees", AddCommitteeKinds, RegisterCommitteeServices},
  };
  std::erase_if(modules, [&](const ServiceModule& module) { return !Serves(config, module.name); });
  return modules;
}

}  // namespace kasundo
