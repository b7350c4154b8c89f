// What an office is: names, kind of post, organisation, place, end.
#include <algorithm>

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/directory/dated.h"
#include "workflows/directory/decisions.h"
#include "workflows/directory/names.h"
#include "workflows/directory/office_commands.h"
#include "workflows/directory/term.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

using Event = v1::OfficeEvent;
using State = v1::OfficeState;

// Whether `name` is this office or leads to it, step by step.
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

absl::Status RefuseCycle(std::string_view field, std::string_view other) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_OFFICE_CYCLE,
                fmt::format("the office would lead back to itself, by {}", other))
      .Field(field)
      .Mend("Name another office: neither this one nor one that leads back to it.");
}

absl::Status RefuseSameDate(std::string_view field, std::string_view what, const CivilDate& since) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SAME_DATE,
                fmt::format("another {} begins on {}", what, ToString(since)))
      .Field(field)
      .Mend(fmt::format("Give the day from which the new {} holds.", what));
}

absl::Status CheckPlace(const Context& context, const std::string& parent_office,
                        const std::string& territory) {
  if (LeadsHere(context, parent_office, &State::parent_office)) {
    return RefuseCycle("parent_office", parent_office);
  }
  RETURN_IF_ERROR(CheckThere(context, "parent_office", parent_office, {"open"}));
  return CheckThere(context, "territory", territory, {"existing"});
}

v1::OfficeHome MakeHome(const std::string& organisation, const CivilDate& since,
                        const std::string& document) {
  v1::OfficeHome home;
  home.set_organisation(organisation);
  if (IsSet(since)) *home.mutable_since() = since;
  home.set_document(document);
  return home;
}

bool SameWork(const v1::OfficeProfile& a, const v1::OfficeProfile& b) {
  return a.post() == b.post() && a.critical() == b.critical() &&
         std::equal(a.functions().begin(), a.functions().end(), b.functions().begin(),
                    b.functions().end());
}

}  // namespace

OfficeEvents CreateOffice(const v1::CreateOfficeRequest& request, const State&,
                          const Context& context) {
  RETURN_IF_ERROR(CheckThere(context, "organisation", request.organisation(), {"active"}));
  RETURN_IF_ERROR(CheckPlace(context, request.parent_office(), request.territory()));
  v1::OfficeCreated fact;
  *fact.mutable_name() = MakeName(request.title(), request.since(), request.document());
  v1::OfficeProfile& profile = *fact.mutable_profile();
  profile.set_post(request.post());
  *profile.mutable_functions() = request.functions();
  profile.set_critical(request.critical());
  if (request.has_since()) *profile.mutable_since() = request.since();
  profile.set_document(request.document());
  *fact.mutable_home() = MakeHome(request.organisation(), request.since(), request.document());
  fact.set_territory(request.territory());
  fact.set_parent_office(request.parent_office());
  *fact.mutable_aliases() = request.aliases();
  return Answer<Event, v1::OfficeCreated>(&Event::mutable_office_created, std::move(fact));
}

OfficeEvents RenameOffice(const v1::RenameOfficeRequest& request, const State& state,
                          const Context& context) {
  return Answer(
      &Event::mutable_name_given,
      GiveName(state.names(), MakeName(request.title(), DateOr(request.since(), context.today),
                                       request.document())));
}

OfficeEvents AddOfficeAlias(const v1::AddOfficeAliasRequest& request, const State& state,
                            const Context&) {
  return Answer(&Event::mutable_alias_added,
                AddAlias(state.names(), state.aliases(), request.alias()));
}

OfficeEvents RemoveOfficeAlias(const v1::RemoveOfficeAliasRequest& request, const State& state,
                               const Context&) {
  return Answer(&Event::mutable_alias_removed, RemoveAlias(state.aliases(), request.text()));
}

OfficeEvents ReclassifyOffice(const v1::ReclassifyOfficeRequest& request, const State& state,
                              const Context& context) {
  v1::OfficeProfile profile = request.profile();
  *profile.mutable_since() = DateOr(request.profile().since(), context.today);
  profile.clear_until();
  if (BeginningOn(state.profiles(), profile.since()) != nullptr) {
    return RefuseSameDate("profile.since", "profile", profile.since());
  }
  const v1::OfficeProfile* present = DatedOn(state.profiles(), profile.since());
  if (present != nullptr && SameWork(*present, profile)) {
    return NothingToChange("kind of post and functions are the same").Field("profile");
  }
  v1::OfficeReclassified fact;
  *fact.mutable_profile() = std::move(profile);
  return Answer<Event, v1::OfficeReclassified>(&Event::mutable_office_reclassified,
                                               std::move(fact));
}

OfficeEvents TransferOffice(const v1::TransferOfficeRequest& request, const State& state,
                            const Context& context) {
  const CivilDate& since = DateOr(request.since(), context.today);
  if (BeginningOn(state.homes(), since) != nullptr) {
    return RefuseSameDate("since", "organisation", since);
  }
  if (OrganisationOn(state, since) == request.organisation()) {
    return NothingToChange(fmt::format("it belongs to {} already", request.organisation()))
        .Field("organisation");
  }
  RETURN_IF_ERROR(CheckThere(context, "organisation", request.organisation(), {"active"}));
  v1::OfficeTransferred fact;
  *fact.mutable_home() = MakeHome(request.organisation(), since, request.document());
  return Answer<Event, v1::OfficeTransferred>(&Event::mutable_office_transferred, std::move(fact));
}

OfficeEvents MoveOffice(const v1::MoveOfficeRequest& request, const State& state,
                        const Context& context) {
  if (request.parent_office() == state.parent_office() &&
      request.territory() == state.territory()) {
    return NothingToChange("the office above it and its territory are the same");
  }
  RETURN_IF_ERROR(CheckPlace(context, request.parent_office(), request.territory()));
  v1::OfficeMoved fact;
  fact.set_parent_office(request.parent_office());
  fact.set_territory(request.territory());
  fact.set_document(request.document());
  return Answer<Event, v1::OfficeMoved>(&Event::mutable_office_moved, std::move(fact));
}

// Requirement 132: every open item needs a new owner before the old office can be closed.
OfficeEvents CloseOffice(const v1::CloseOfficeRequest& request, const State&,
                         const Context& context) {
  if (request.successor().empty() != request.nothing_open()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_SUCCESSOR_REQUIRED,
                  request.nothing_open()
                      ? "a successor was named and yet nothing is said to be open"
                      : "it is not said who takes over what is open")
        .Field("successor")
        .Mend("Name the successor, or state with nothing_open that there is nothing to take over.");
  }
  if (LeadsHere(context, request.successor(), &State::successor)) {
    return RefuseCycle("successor", request.successor());
  }
  RETURN_IF_ERROR(CheckThere(context, "successor", request.successor(), {"open"}));
  v1::OfficeClosed fact;
  *fact.mutable_on() = DateOr(request.on(), context.today);
  fact.set_successor(request.successor());
  fact.set_nothing_open(request.nothing_open());
  fact.set_document(request.document());
  return Answer<Event, v1::OfficeClosed>(&Event::mutable_office_closed, std::move(fact));
}

OfficeEvents ReopenOffice(const v1::ReopenOfficeRequest&, const State&, const Context&) {
  return Answer<Event, v1::OfficeReopened>(&Event::mutable_office_reopened, v1::OfficeReopened());
}

OfficeEvents WithdrawOffice(const v1::WithdrawOfficeRequest&, const State& state, const Context&) {
  const int uses =
      state.terms_size() + state.deputies_size() + state.delegations_size() + state.duties_size();
  if (uses > 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_IN_USE,
                  fmt::format("{} terms, deputies, delegations and duties are recorded", uses))
        .Mend("Close it instead.");
  }
  return Answer<Event, v1::OfficeWithdrawn>(&Event::mutable_office_withdrawn,
                                            v1::OfficeWithdrawn());
}

}  // namespace kasundo::directory
