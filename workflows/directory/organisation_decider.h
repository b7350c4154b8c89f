// Organisations: one identity under all the names that it had (requirement 4).
//
//   new ──OrganisationCreated──▶ active ──Merged──▶ merged, ──Dissolved──▶ dissolved
//                                 │   ▲──────Restored───────────┴──────────────┘
//                                 └──Withdrawn──▶ withdrawn
//
// To which organisation an office belongs is said by the office; OfficeListed only lets the
// organisation find it.
#pragma once

#include <vector>

#include "kasundo/directory/v1/organisation_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::directory {

struct OrganisationDecider {
  using State = v1::OrganisationState;
  using Event = v1::OrganisationEvent;
  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<OrganisationDecider>>& Commands();
  static const std::vector<RoleCase<OrganisationDecider>>& Roles();
  static const std::vector<GuardCase<OrganisationDecider>>& Guards();
};

}  // namespace kasundo::directory
