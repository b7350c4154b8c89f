// Who represents an office of an assignment, and what was promised in its name: what a delegate
// promises is owed by the office represented (requirement 52).
#include <utility>

#include "fmt/format.h"
#include "workflows/assignment/assignment_commands.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/role_offices.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::assignments {
namespace {

using Event = v1::AssignmentEvent;
using State = v1::AssignmentState;

absl::StatusOr<const v1::RoleDelegation*> DelegationInForce(const State& state,
                                                            const std::string& id,
                                                            const CivilDate& day) {
  const v1::RoleDelegation* delegation = FindDelegation(state, id);
  if (delegation == nullptr) {
    return EntryNotFound("delegation_id", fmt::format("there is no delegation \"{}\"", id));
  }
  if (Covers(delegation->since(), delegation->until(), day)) return delegation;
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_DELEGATION_NOT_IN_FORCE,
                fmt::format("the delegation \"{}\" did not hold on {}", id, ToString(day)))
      .Field("delegation_id")
      .Mend("Give the day on which it happened (header.occurred_on), or have the office promise.")
      .With("delegation", id);
}

// A promise binds the office represented: it, or that very delegate, says what was promised.
absl::Status CheckPromisesFor(const v1::RoleDelegation& delegation, const Context& context) {
  const std::string& delegate = delegation.delegate();
  if (delegate == context.actor.person() || delegate == context.actor.office()) {
    return absl::OkStatus();
  }
  return CheckSpeaksFor(delegation.office(), context);
}

}  // namespace

AssignmentEvents GrantRepresentation(const v1::GrantRepresentationRequest& request,
                                     const State& state, const Context& context) {
  const CivilDate& since = directory::DateOr(request.since(), context.today);
  RETURN_IF_ERROR(directory::CheckId("delegation_id", request.delegation_id()));
  RETURN_IF_ERROR(directory::CheckPeriod(since, request.until()));
  Event event;
  v1::RoleDelegation& delegation = *event.mutable_representation_granted()->mutable_delegation();
  ASSIGN_OR_RETURN(*delegation.mutable_office(), OfficeInRole(request.office(), state, context));
  RETURN_IF_ERROR(CheckSpeaksFor(delegation.office(), context));
  delegation.set_id(
      request.delegation_id().empty()
          ? fmt::format("{}-{}", IdOf(request.delegate()), ToString(since)).substr(0, 63)
          : request.delegation_id());
  if (FindDelegation(state, delegation.id()) != nullptr) {
    return AlreadyThere("delegation_id",
                        fmt::format("there is a delegation \"{}\"", delegation.id()));
  }
  delegation.set_delegate(request.delegate());
  delegation.set_scope(request.scope());
  *delegation.mutable_since() = since;
  if (request.has_until()) *delegation.mutable_until() = request.until();
  delegation.set_document(request.document());
  return {{std::move(event)}};
}

AssignmentEvents RevokeRepresentation(const v1::RevokeRepresentationRequest& request,
                                      const State& state, const Context& context) {
  const CivilDate& until = directory::DateOr(request.until(), context.today);
  ASSIGN_OR_RETURN(const v1::RoleDelegation* delegation,
                   DelegationInForce(state, request.delegation_id(), until));
  RETURN_IF_ERROR(CheckSpeaksFor(delegation->office(), context));
  Event event;
  event.mutable_representation_revoked()->set_delegation(request.delegation_id());
  *event.mutable_representation_revoked()->mutable_until() = until;
  return {{std::move(event)}};
}

AssignmentEvents RecordPromise(const v1::RecordPromiseRequest& request, const State& state,
                               const Context& context) {
  RETURN_IF_ERROR(directory::CheckId("promise_id", request.promise_id()));
  ASSIGN_OR_RETURN(const v1::RoleDelegation* delegation,
                   DelegationInForce(state, request.delegation_id(), context.today));
  RETURN_IF_ERROR(CheckPromisesFor(*delegation, context));
  if (FindById(state.promises(), request.promise_id()) != nullptr) {
    return AlreadyThere("promise_id",
                        fmt::format("there is a promise \"{}\"", request.promise_id()));
  }
  if (request.has_due_date() && Before(request.due_date(), context.today)) {
    return RequireAfter("due_date", request.due_date(), context.today, "when it was promised");
  }
  Event event;
  v1::Promise& promise = *event.mutable_promise_made()->mutable_promise();
  promise.set_id(request.promise_id());
  promise.set_delegation(request.delegation_id());
  promise.set_office(delegation->office());
  promise.set_made_by(delegation->delegate());
  *promise.mutable_made_on() = context.today;
  promise.set_text(request.text());
  promise.set_promised_to(request.promised_to());
  if (request.has_due_date()) *promise.mutable_due_date() = request.due_date();
  return {{std::move(event)}};
}

AssignmentEvents SettlePromise(const v1::SettlePromiseRequest& request, const State& state,
                               const Context& context) {
  const v1::Promise* promise = FindById(state.promises(), request.promise_id());
  if (promise == nullptr) {
    return EntryNotFound("promise_id",
                         fmt::format("there is no promise \"{}\"", request.promise_id()));
  }
  if (promise->has_kept_on()) {
    return NothingToChange(fmt::format("it was kept on {}", ToString(promise->kept_on())));
  }
  Event event;
  v1::PromiseKept& kept = *event.mutable_promise_kept();
  kept.set_promise(request.promise_id());
  *kept.mutable_on() = context.today;
  kept.set_evidence(request.evidence());
  return {{std::move(event)}};
}

}  // namespace kasundo::assignments
