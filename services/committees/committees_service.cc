#include "services/committees/committees_service.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/committees/v1/action_items_events.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "services/committees/body_mapping.h"
#include "services/committees/body_queries.h"
#include "services/committees/participation.h"
#include "services/committees/realm_queries.h"
#include "workflows/committee/body_checks.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

using committees::Or;
namespace v1 = committees::v1;

std::string Rpc(std::string_view method) {
  return fmt::format("kasundo.committees.v1.Committees.{}", method);
}

absl::StatusOr<Instance> ReadBody(const CallContext& call, const std::string& name,
                                  const std::optional<api::v1::AsOf>& as_of = {}) {
  ASSIGN_OR_RETURN(Instance body, call.engine().Get(name, as_of));
  if (body.record.kind() == "committee") return body;
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                fmt::format("\"{}\" is a {}", name, body.record.kind()))
      .Field("name")
      .Mend("Give the name of a body.");
}

const v1::CommitteeState& StateOf(const Instance& body) {
  return static_cast<const v1::CommitteeState&>(*body.state);
}

absl::StatusOr<v1::GetRosterResponse> GetRoster(const v1::GetRosterRequest& request,
                                                const CallContext& call) {
  std::optional<api::v1::AsOf> as_of;
  if (request.has_as_of()) as_of = request.as_of();
  ASSIGN_OR_RETURN(const Instance body, ReadBody(call, request.name(), as_of));
  return committees::RosterOf(body.name, StateOf(body),
                              Or(request.on(), call.Today(RealmOf(request.name()))));
}

absl::StatusOr<v1::ListSeatHoldersResponse> ListSeatHolders(
    const v1::ListSeatHoldersRequest& request, const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance body, ReadBody(call, request.name()));
  return committees::HoldersOf(StateOf(body), request.seat_id(), request.on());
}

absl::StatusOr<v1::GetInvitationsResponse> GetInvitations(const v1::GetInvitationsRequest& request,
                                                          const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance body, ReadBody(call, request.name()));
  return committees::InvitationsOf(StateOf(body),
                                   {request.topics().begin(), request.topics().end()},
                                   Or(request.on(), call.Today(RealmOf(request.name()))));
}

absl::StatusOr<v1::GetVolunteerReachResponse> GetVolunteerReach(
    const v1::GetVolunteerReachRequest& request, const CallContext& call) {
  ASSIGN_OR_RETURN(const Instance body, ReadBody(call, request.name()));
  return committees::ReachOf(StateOf(body), Or(request.on(), call.Today(RealmOf(request.name()))));
}

absl::StatusOr<v1::GetBodyTreeResponse> GetBodyTree(const v1::GetBodyTreeRequest& request,
                                                    const CallContext& call) {
  const std::string realm(RealmOf(request.name()));
  ASSIGN_OR_RETURN(const auto bodies, committees::BodiesOf(call.engine(), realm));
  return committees::TreeOf(bodies, request.name(), Or(request.on(), call.Today(realm)),
                            request.closed_too());
}

absl::StatusOr<v1::GetCoverageResponse> GetCoverage(const v1::GetCoverageRequest& request,
                                                    const CallContext& call) {
  ASSIGN_OR_RETURN(const auto bodies, committees::BodiesOf(call.engine(), request.parent()));
  return committees::CoverageOf(bodies, request, Or(request.on(), call.Today(request.parent())));
}

// The organisation for which the meeting was called: that of the office which acted in its first
// event.
std::string ConvenerOf(const Engine& engine, const std::string& meeting) {
  const auto first = engine.History(meeting, 1, 1);
  return first.ok() && !first->empty() ? first->front().actor().organisation() : "";
}

// The organisation that the office was part of when the action was done; "" if this process does
// not hold the office.
std::string OrganisationOf(const Engine& engine, const v1::ActionItemState& action) {
  const auto office = engine.Get(action.owner_office());
  if (!office.ok()) return "";
  const auto* state = dynamic_cast<const directory::v1::OfficeState*>(office->state.get());
  if (state == nullptr) return "";
  std::string organisation;
  for (const auto& home : state->homes()) {
    if (Covers(home.since(), home.until(), action.done_on())) organisation = home.organisation();
  }
  return organisation;
}

absl::StatusOr<v1::GetParticipationResponse> GetParticipation(
    const v1::GetParticipationRequest& request, const CallContext& call) {
  const Engine& engine = call.engine();
  ASSIGN_OR_RETURN(const Instance body, ReadBody(call, request.name()));
  ASSIGN_OR_RETURN(const auto meetings, committees::ReadAll(engine, "meeting", request.name()));
  ASSIGN_OR_RETURN(const auto actions, committees::ReadAll(engine, "action_item", request.name()));
  std::vector<committees::HeldMeeting> held;
  for (const Instance& meeting : meetings) {
    const auto& state = static_cast<const v1::MeetingState&>(*meeting.state);
    if (!state.has_opened_time()) continue;
    held.push_back({meeting.name, &state, ConvenerOf(engine, meeting.name)});
  }
  std::vector<committees::OwnedAction> done;
  for (const Instance& action : actions) {
    const auto& state = static_cast<const v1::ActionItemState&>(*action.state);
    if (state.has_done_on()) done.push_back({&state, OrganisationOf(engine, state)});
  }
  return committees::ParticipationOf(StateOf(body), std::move(held), done,
                                     Or(request.until(), call.Today(RealmOf(request.name()))),
                                     request.silent_after());
}

}  // namespace

void RegisterCommittees(ServiceCatalog& catalog) {
  catalog.AddService(v1::GetRosterRequest::descriptor()->file()->FindServiceByName("Committees"));
  catalog.AddKind<v1::Committee>(
      "committee", [](const Instance& instance, const MappingContext& context) {
        return committees::ToCommittee(StateOf(instance), context.on, context.in_list);
      });
  catalog.Query<v1::GetRosterRequest, v1::GetRosterResponse>(Rpc("GetRoster"), GetRoster);
  catalog.Query<v1::ListSeatHoldersRequest, v1::ListSeatHoldersResponse>(Rpc("ListSeatHolders"),
                                                                         ListSeatHolders);
  catalog.Query<v1::GetInvitationsRequest, v1::GetInvitationsResponse>(Rpc("GetInvitations"),
                                                                       GetInvitations);
  catalog.Query<v1::GetVolunteerReachRequest, v1::GetVolunteerReachResponse>(
      Rpc("GetVolunteerReach"), GetVolunteerReach);
  catalog.Query<v1::GetBodyTreeRequest, v1::GetBodyTreeResponse>(Rpc("GetBodyTree"), GetBodyTree);
  catalog.Query<v1::GetCoverageRequest, v1::GetCoverageResponse>(Rpc("GetCoverage"), GetCoverage);
  catalog.Query<v1::GetParticipationRequest, v1::GetParticipationResponse>(Rpc("GetParticipation"),
                                                                           GetParticipation);
}

}  // namespace kasundo
