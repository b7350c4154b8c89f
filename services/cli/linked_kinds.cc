#include "services/cli/linked_kinds.h"

#include "workflows/agreement/agreement_kinds.h"
#include "workflows/assignment/assignment_kinds.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/engine_kinds.h"
#include "workflows/monitoring/monitoring_kinds.h"
#include "workflows/plan/plan_kinds.h"

namespace kasundo::cli {

const KindRegistry& LinkedKinds() {
  static const KindRegistry* registry = [] {
    auto* kinds = new KindRegistry;
    AddEngineKinds(*kinds);
    directory::AddDirectory(*kinds);
    committees::AddBodies(*kinds);
    committees::AddMeetings(*kinds);
    agreements::AddAgreements(*kinds);
    monitoring::AddMonitoring(*kinds);
    plans::AddPlans(*kinds);
    assignments::AddAssignments(*kinds);
    return kinds;
  }();
  return *registry;
}

}  // namespace kasundo::cli
