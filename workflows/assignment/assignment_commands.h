// The commands of an assignment, each decided by a pure function; grouped by the file that holds
// them.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/assignments_requests.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::assignments {

using AssignmentEvents = absl::StatusOr<std::vector<v1::AssignmentEvent>>;

// assignment_proposing.cc
AssignmentEvents ProposeAssignment(const v1::ProposeAssignmentRequest& request,
                                   const v1::AssignmentState& state, const Context& context);
AssignmentEvents ReviseProposal(const v1::ReviseProposalRequest& request,
                                const v1::AssignmentState& state, const Context& context);
AssignmentEvents AcceptAssignment(const v1::AcceptAssignmentRequest& request,
                                  const v1::AssignmentState& state, const Context& context);
AssignmentEvents DeclineAssignment(const v1::DeclineAssignmentRequest& request,
                                   const v1::AssignmentState& state, const Context& context);
AssignmentEvents WithdrawAssignment(const v1::WithdrawAssignmentRequest& request,
                                    const v1::AssignmentState& state, const Context& context);
AssignmentEvents EndAssignment(const v1::EndAssignmentRequest& request,
                               const v1::AssignmentState& state, const Context& context);

// assignment_handover.cc
AssignmentEvents OfferHandover(const v1::OfferHandoverRequest& request,
                               const v1::AssignmentState& state, const Context& context);
AssignmentEvents ConfirmHandover(const v1::ConfirmHandoverRequest& request,
                                 const v1::AssignmentState& state, const Context& context);
AssignmentEvents DropHandover(const v1::DropHandoverRequest& request,
                              const v1::AssignmentState& state, const Context& context);

// assignment_delegates.cc
AssignmentEvents GrantRepresentation(const v1::GrantRepresentationRequest& request,
                                     const v1::AssignmentState& state, const Context& context);
AssignmentEvents RevokeRepresentation(const v1::RevokeRepresentationRequest& request,
                                      const v1::AssignmentState& state, const Context& context);
AssignmentEvents RecordPromise(const v1::RecordPromiseRequest& request,
                               const v1::AssignmentState& state, const Context& context);
AssignmentEvents SettlePromise(const v1::SettlePromiseRequest& request,
                               const v1::AssignmentState& state, const Context& context);

// assignment_registers.cc
AssignmentEvents ConfirmRole(const v1::ConfirmRoleRequest& request,
                             const v1::AssignmentState& state, const Context& context);
AssignmentEvents RecordRoleTraining(const v1::RecordRoleTrainingRequest& request,
                                    const v1::AssignmentState& state, const Context& context);
AssignmentEvents GrantTime(const v1::GrantTimeRequest& request, const v1::AssignmentState& state,
                           const Context& context);
AssignmentEvents ReportOnRole(const v1::ReportOnRoleRequest& request,
                              const v1::AssignmentState& state, const Context& context);

}  // namespace kasundo::assignments
