#include "workflows/directory/organisation_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/directory/names.h"
#include "workflows/directory/term.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

using Event = v1::OrganisationEvent;
using Events = absl::StatusOr<std::vector<Event>>;
using State = v1::OrganisationState;

absl::Status RefuseCycle(std::string_view field, std::string_view other) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ORGANISATION_CYCLE,
                fmt::format("it would be part of itself, by {}", other))
      .Field(field)
      .Mend("Name another organisation: neither this one nor one that belongs to it.");
}

// Whether `name` is this organisation, or a part of it at any distance. `step` says which field
// leads upward.
bool LeadsHere(const Context& context, std::string name,
               const std::string& (State::*step)() const) {
  std::vector<std::string> seen;
  while (!name.empty() && std::find(seen.begin(), seen.end(), name) == seen.end()) {
    if (name == context.instance) return true;
    seen.push_back(name);
    const auto* state = context.Related<State>(name);
    name = state == nullptr ? "" : (state->*step)();
  }
  return false;
}

absl::Status CheckHome(const Context& context, const std::string& parent,
                       const std::string& territory) {
  if (LeadsHere(context, parent, &State::parent_organisation)) {
    return RefuseCycle("parent_organisation", parent);
  }
  RETURN_IF_ERROR(CheckThere(context, "parent_organisation", parent, {"active"}));
  return CheckThere(context, "territory", territory, {"existing"});
}

Events Create(const v1::CreateOrganisationRequest& request, const State&, const Context& context) {
  RETURN_IF_ERROR(CheckHome(context, request.parent_organisation(), request.territory()));
  v1::OrganisationCreated fact;
  *fact.mutable_name() = MakeName(request.title(), request.since(), request.document());
  v1::OrganisationProfile& profile = *fact.mutable_profile();
  profile.set_kind(request.kind());
  profile.set_sector(request.sector());
  *profile.mutable_functions() = request.functions();
  if (request.has_since()) *profile.mutable_since() = request.since();
  profile.set_document(request.document());
  fact.set_territory(request.territory());
  fact.set_parent_organisation(request.parent_organisation());
  *fact.mutable_aliases() = request.aliases();
  return Answer<Event, v1::OrganisationCreated>(&Event::mutable_organisation_created,
                                                std::move(fact));
}

Events Rename(const v1::RenameOrganisationRequest& request, const State& state,
              const Context& context) {
  return Answer(
      &Event::mutable_name_given,
      GiveName(state.names(), MakeName(request.title(), DateOr(request.since(), context.today),
                                       request.document())));
}

Events AddAnAlias(const v1::AddOrganisationAliasRequest& request, const State& state,
                  const Context&) {
  return Answer(&Event::mutable_alias_added,
                AddAlias(state.names(), state.aliases(), request.alias()));
}

Events RemoveAnAlias(const v1::RemoveOrganisationAliasRequest& request, const State& state,
                     const Context&) {
  return Answer(&Event::mutable_alias_removed, RemoveAlias(state.aliases(), request.text()));
}

Events Reclassify(const v1::ReclassifyOrganisationRequest& request, const State& state,
                  const Context& context) {
  v1::OrganisationProfile profile = request.profile();
  *profile.mutable_since() = DateOr(request.profile().since(), context.today);
  profile.clear_until();
  if (BeginningOn(state.profiles(), profile.since()) != nullptr) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SAME_DATE,
                  fmt::format("another profile begins on {}", ToString(profile.since())))
        .Field("profile.since")
        .Mend("Give the day on which the new profile begins.");
  }
  const v1::OrganisationProfile* present = DatedOn(state.profiles(), profile.since());
  if (present != nullptr && present->kind() == profile.kind() &&
      present->sector() == profile.sector() &&
      std::equal(present->functions().begin(), present->functions().end(),
                 profile.functions().begin(), profile.functions().end())) {
    return NothingToChange("kind, sector and functions are the same").Field("profile");
  }
  v1::OrganisationReclassified fact;
  *fact.mutable_profile() = std::move(profile);
  return Answer<Event, v1::OrganisationReclassified>(&Event::mutable_organisation_reclassified,
                                                     std::move(fact));
}

Events Move(const v1::MoveOrganisationRequest& request, const State& state,
            const Context& context) {
  if (request.parent_organisation() == state.parent_organisation() &&
      request.territory() == state.territory()) {
    return NothingToChange("parent organisation and territory are the same");
  }
  RETURN_IF_ERROR(CheckHome(context, request.parent_organisation(), request.territory()));
  v1::OrganisationMoved fact;
  fact.set_parent_organisation(request.parent_organisation());
  fact.set_territory(request.territory());
  fact.set_document(request.document());
  return Answer<Event, v1::OrganisationMoved>(&Event::mutable_organisation_moved, std::move(fact));
}

Events Merge(const v1::MergeOrganisationRequest& request, const State&, const Context& context) {
  if (LeadsHere(context, request.into(), &State::merged_into)) {
    return RefuseCycle("into", request.into());
  }
  RETURN_IF_ERROR(CheckThere(context, "into", request.into(), {"active"}));
  v1::OrganisationMerged fact;
  fact.set_into(request.into());
  *fact.mutable_on() = DateOr(request.on(), context.today);
  fact.set_document(request.document());
  return Answer<Event, v1::OrganisationMerged>(&Event::mutable_organisation_merged,
                                               std::move(fact));
}

// Requirement 132: what is open needs a new owner before its old one can end.
Events Dissolve(const v1::DissolveOrganisationRequest& request, const State& state,
                const Context& context) {
  const CivilDate& on = DateOr(request.on(), context.today);
  const std::vector<std::string> open = OpenOfficesOf(state, context.instance, context.lookup, on);
  if (!open.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_HAS_OPEN_OFFICES,
                  fmt::format("{} of its offices are open: {}", open.size(), fmt::join(open, ", ")))
        .Mend("Close them with a successor, transfer them, or merge the organisation.")
        .With("open_offices", static_cast<int64_t>(open.size()));
  }
  v1::OrganisationDissolved fact;
  *fact.mutable_on() = on;
  fact.set_document(request.document());
  return Answer<Event, v1::OrganisationDissolved>(&Event::mutable_organisation_dissolved,
                                                  std::move(fact));
}

Events Restore(const v1::RestoreOrganisationRequest&, const State&, const Context&) {
  return Answer<Event, v1::OrganisationRestored>(&Event::mutable_organisation_restored,
                                                 v1::OrganisationRestored());
}

Events Withdraw(const v1::WithdrawOrganisationRequest&, const State& state, const Context&) {
  if (!state.offices().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_IN_USE,
                  fmt::format("{} offices are or were its own", state.offices_size()))
        .Mend("Dissolve it instead.");
  }
  return Answer<Event, v1::OrganisationWithdrawn>(&Event::mutable_organisation_withdrawn,
                                                  v1::OrganisationWithdrawn());
}

Events ListOffice(const v1::ListOfficeRequest& request, const State& state, const Context&) {
  RETURN_IF_ERROR(CheckNotListed(state.offices(), request.office()));
  v1::OfficeListed fact;
  fact.set_office(request.office());
  return Answer<Event, v1::OfficeListed>(&Event::mutable_office_listed, std::move(fact));
}

void ApplyCreated(const v1::OrganisationCreated& fact, State* state) {
  InsertDated(state->mutable_names(), fact.name());
  InsertDated(state->mutable_profiles(), fact.profile());
  state->set_territory(fact.territory());
  state->set_parent_organisation(fact.parent_organisation());
  *state->mutable_aliases() = fact.aliases();
}

bool IsOwnOffice(const State&, const Context& context) {
  return context.actor.organisation() == context.instance;
}

}  // namespace

State OrganisationDecider::Initial() { return State(); }

State OrganisationDecider::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kOrganisationCreated:
      ApplyCreated(event.organisation_created(), &state);
      break;
    case Event::kNameGiven:
      Apply(event.name_given(), state.mutable_names());
      break;
    case Event::kAliasAdded:
      Apply(event.alias_added(), state.mutable_aliases());
      break;
    case Event::kAliasRemoved:
      Apply(event.alias_removed(), state.mutable_aliases());
      break;
    case Event::kOrganisationReclassified:
      InsertDated(state.mutable_profiles(), event.organisation_reclassified().profile());
      break;
    case Event::kOrganisationMoved:
      state.set_parent_organisation(event.organisation_moved().parent_organisation());
      state.set_territory(event.organisation_moved().territory());
      break;
    case Event::kOrganisationMerged:
      state.set_merged_into(event.organisation_merged().into());
      *state.mutable_ended_on() = EndBefore(event.organisation_merged().on());
      state.set_end_document(event.organisation_merged().document());
      break;
    case Event::kOrganisationDissolved:
      *state.mutable_ended_on() = event.organisation_dissolved().on();
      state.set_end_document(event.organisation_dissolved().document());
      break;
    case Event::kOrganisationRestored:
      state.clear_merged_into();
      state.clear_ended_on();
      state.clear_end_document();
      break;
    case Event::kOfficeListed:
      state.add_offices(event.office_listed().office());
      break;
    case Event::kOrganisationWithdrawn:
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& OrganisationDecider::Traits() {
  static const KindTraits traits{"organisation", "organisations", ""};
  return traits;
}

const std::vector<CommandCase<OrganisationDecider>>& OrganisationDecider::Commands() {
  static const std::vector<CommandCase<OrganisationDecider>> cases = {
      On(&Create, {"OrganisationCreated"}),
      On(&Rename, {"NameGiven"}),
      On(&AddAnAlias, {"AliasAdded"}),
      On(&RemoveAnAlias, {"AliasRemoved"}),
      On(&Reclassify, {"OrganisationReclassified"}),
      On(&Move, {"OrganisationMoved"}),
      On(&Merge, {"OrganisationMerged"}),
      On(&Dissolve, {"OrganisationDissolved"}),
      On(&Restore, {"OrganisationRestored"}),
      On(&Withdraw, {"OrganisationWithdrawn"}),
      On(&ListOffice, {"OfficeListed"}),
  };
  return cases;
}

const std::vector<RoleCase<OrganisationDecider>>& OrganisationDecider::Roles() {
  static const std::vector<RoleCase<OrganisationDecider>> roles = {
      {"own-office", "an office of this organisation", &IsOwnOffice},
  };
  return roles;
}

const std::vector<GuardCase<OrganisationDecider>>& OrganisationDecider::Guards() {
  static const std::vector<GuardCase<OrganisationDecider>> guards = {};
  return guards;
}

}  // namespace kasundo::directory
