#include "services/kasundod/modules.h"

#include <memory>

#include "services/agreements/agreements_service.h"
#include "services/agreements/articles_service.h"
#include "services/agreements/overlap_attention.h"
#include "services/assignments/assignments_service.h"
#include "services/committees/committees_service.h"
#include "services/committees/meetings_service.h"
#include "services/committees/membership_applications_service.h"
#include "services/directory/directory_service.h"
#include "services/monitoring/monitoring_service.h"
#include "services/plans/plans_service.h"
#include "services/register/attention.h"
#include "services/register/continuity_service.h"
#include "services/register/responsibilities_service.h"
#include "services/register/restructuring.h"
#include "services/runtime/config.h"
#include "workflows/agreement/agreement_kinds.h"
#include "workflows/assignment/assignment_kinds.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/continuity/attention_agenda.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/monitoring/monitoring_kinds.h"
#include "workflows/plan/plan_kinds.h"

namespace kasundo {
namespace {

void AddCommitteeKinds(KindRegistry& kinds) {
  committees::AddBodies(kinds);
  committees::AddMeetings(kinds);
}

// Without the directory nobody here knows who can act, so there is nothing to call attention to.
class AttentionFollower final : public Follower {
 public:
  explicit AttentionFollower(Engine& engine) : engine_(engine), attention_(engine) {}
  absl::Status Follow() override {
    if (engine_.kinds().Find("office") == nullptr) return absl::OkStatus();
    return attention_.Look().status();
  }

 private:
  Engine& engine_;
  Attention attention_;
};

void RegisterRegisterServices(ServiceCatalog& catalog, Engine&) {
  RegisterContinuity(catalog);
  RegisterResponsibilities(catalog);
  RegisterRestructuring(catalog);
}

class OverlapFollower final : public Follower {
 public:
  explicit OverlapFollower(Engine& engine) : attention_(engine) {}
  absl::Status Follow() override { return attention_.Look().status(); }

 private:
  agreements::OverlapAttention attention_;
};

void RegisterCommitteeServices(ServiceCatalog& catalog, Engine&) {
  RegisterCommittees(catalog);
  RegisterMembershipApplications(catalog);
  RegisterMeetings(catalog);
}

void RegisterAgreementServices(ServiceCatalog& catalog, Engine&) {
  RegisterAgreements(catalog);
  RegisterArticles(catalog);
}

}  // namespace

std::vector<ServiceModule> ModulesOf(const admin::v1::ServerConfig& config) {
  std::vector<ServiceModule> modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"committees", AddCommitteeKinds, RegisterCommitteeServices},
      {"agreements", agreements::AddAgreements, RegisterAgreementServices,
       [](Engine& engine) { return std::make_unique<OverlapFollower>(engine); }},
      {"plans", plans::AddPlans, [](ServiceCatalog& catalog, Engine&) { RegisterPlans(catalog); }},
      {"monitoring", monitoring::AddMonitoring,
       [](ServiceCatalog& catalog, Engine&) { RegisterMonitoring(catalog); }},
      {"assignments", assignments::AddAssignments,
       [](ServiceCatalog& catalog, Engine&) { RegisterAssignments(catalog); }},
      {"register", continuity::AddContinuity, RegisterRegisterServices,
       [](Engine& engine) { return std::make_unique<AttentionFollower>(engine); }},
  };
  std::erase_if(modules, [&](const ServiceModule& module) { return !Serves(config, module.name); });
  return modules;
}

}  // namespace kasundo
