#include "tests/histories/all_kinds.h"

#include "workflows/agreement/agreement_kinds.h"
#include "workflows/assignment/assignment_kinds.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/engine_kinds.h"
#include "workflows/monitoring/monitoring_kinds.h"
#include "workflows/plan/plan_kinds.h"

namespace kasundo::testing {

Registry AllKinds() {
  static const Registry registry = [] {
    auto all = std::make_shared<KindRegistry>();
    AddEngineKinds(*all);
    directory::AddDirectory(*all);
    committees::AddBodies(*all);
    committees::AddMeetings(*all);
    agreements::AddAgreements(*all);
    monitoring::AddMonitoring(*all);
    plans::AddPlans(*all);
    assignments::AddAssignments(*all);
    return all;
  }();
  return registry;
}

}  // namespace kasundo::testing
