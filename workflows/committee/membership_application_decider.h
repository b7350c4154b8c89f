// An organisation's way into a body (requirement 12):
//
//   applying -> received -> checked -> advised -> accepted -> lapsed
//   (membership_application.workflow.yaml)
//                  \___________\__________\-----> refused, withdrawn
//
// No membership is active without the decision: the process manager "admissions" carries an
// accepted application to the body as an accreditation with an end, and a body that admits by
// decision lets nobody into a seat of an organisation without one.
#pragma once

#include <memory>
#include <vector>

#include "kasundo/committees/v1/membership_applications_events.pb.h"
#include "workflows/engine/decider.h"
#include "workflows/engine/process_manager.h"

namespace kasundo::committees {

struct MembershipApplication {
  using State = v1::MembershipApplicationState;
  using Event = v1::MembershipApplicationEvent;

  static State Initial() { return {}; }
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<MembershipApplication>>& Commands();
  // applicant; secretariat, presider, member of the body.
  static const std::vector<RoleCase<MembershipApplication>>& Roles();
  // criteria-met.
  static const std::vector<GuardCase<MembershipApplication>>& Guards();
};

// "admissions": an accepted application accredits the organisation with the body.
std::unique_ptr<ProcessManager> Admissions();

}  // namespace kasundo::committees
