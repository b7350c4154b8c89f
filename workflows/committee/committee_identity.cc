#include <algorithm>
#include <set>
#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/util/message_differencer.h"
#include "workflows/committee/committee_commands.h"
#include "workflows/committee/committee_decider.h"
#include "workflows/committee/committee_rules.h"
#include "workflows/committee/committee_seats.h"
#include "workflows/committee/composition.h"
#include "workflows/committee/meeting_series.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using google::protobuf::util::MessageDifferencer;

constexpr std::string_view kClosed = "closed";

// Requirement 2: bodies nest to any depth, but none within itself.
absl::Status CheckParentBody(const std::string& parent_body, const Context& context) {
  if (parent_body.empty()) return absl::OkStatus();
  const RelatedInstance* parent = context.Find(parent_body);
  if (parent != nullptr && parent->lifecycle_state == kClosed) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_PARENT_BODY_CLOSED,
                  fmt::format("{} is closed", parent_body))
        .Field("parent_body")
        .Mend("Nest it in a body that works.");
  }
  std::vector<std::string> path;
  for (std::string body = parent_body; !body.empty();) {
    path.push_back(body);
    if (body == context.instance) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NESTING_CYCLE,
                    fmt::format("the body would lie within itself: {}",
                                fmt::join(path.rbegin(), path.rend(), " > ")))
          .Field("parent_body")
          .Mend("Choose a body that does not lie within this one.");
    }
    const auto* state = context.Related<CommitteeState>(body);
    body = state == nullptr ? "" : state->parent_body();
  }
  return absl::OkStatus();
}

// Founding is open to administrators and to the secretariat of the body in which the new one is
// nested.
absl::Status CheckFounder(const std::string& parent_body, const Context& context) {
  if (context.actor.administrator() || context.actor.system()) return absl::OkStatus();
  const auto* parent = context.Related<CommitteeState>(parent_body);
  if (parent != nullptr && IsSecretariat(*parent, context.actor, context.today)) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_SECRETARIAT_OF_PARENT,
                parent_body.empty()
                    ? "a body at the top is founded by an administrator"
                    : fmt::format("you do not act in the secretariat of {}", parent_body))
      .Field("parent_body")
      .Mend("Act in the office that is the parent body's secretariat, or ask an administrator.");
}

const v1::LegalBasis* FindLegalBasis(const CommitteeState& state, std::string_view id) {
  const auto found = std::find_if(state.legal_bases().begin(), state.legal_bases().end(),
                                  [&](const v1::LegalBasis& basis) { return basis.id() == id; });
  return found == state.legal_bases().end() ? nullptr : &*found;
}

absl::StatusOr<v1::CommitteeEvent> LinkOne(v1::LegalBasis basis, std::string_view field,
                                           const CommitteeState& state) {
  basis.clear_repealed_on();
  if (basis.id().empty()) basis.set_id(NextId(state.legal_bases(), "b"));
  RETURN_IF_ERROR(CheckId(fmt::format("{}.id", field), basis.id()));
  for (const v1::LegalBasis& linked : state.legal_bases()) {
    const bool same_document = linked.kind() == basis.kind() && linked.number() == basis.number() &&
                               linked.issuer() == basis.issuer() && !IsSet(linked.repealed_on());
    if (!same_document && linked.id() != basis.id()) continue;
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_LEGAL_BASIS_LINKED,
                  fmt::format("{} of {} is linked as \"{}\"", linked.number(), linked.issuer(),
                              linked.id()))
        .Field(field)
        .Mend("Nothing needs to be linked, or choose another id.");
  }
  v1::CommitteeEvent event;
  *event.mutable_legal_basis_linked()->mutable_legal_basis() = std::move(basis);
  return event;
}

// What a founding request says of the body itself; its seats, documents and secretariat are events
// of their own.
v1::CommitteeEvent Founded(const v1::EstablishCommitteeRequest& request, const CivilDate& since) {
  v1::CommitteeEvent event;
  v1::CommitteeEstablished& founded = *event.mutable_committee_established();
  founded.mutable_first_name()->set_title(request.title());
  founded.mutable_first_name()->set_short_title(request.short_title());
  *founded.mutable_first_name()->mutable_since() = since;
  *founded.mutable_form() = request.form();
  *founded.mutable_form()->mutable_since() = since;
  founded.set_territory(request.territory());
  founded.set_parent_body(request.parent_body());
  *founded.mutable_since() = since;
  *founded.mutable_functions() = request.functions();
  if (request.has_leadership()) {
    *founded.mutable_leadership() = request.leadership();
    *founded.mutable_leadership()->mutable_since() = since;
  }
  if (request.has_cadence()) *founded.mutable_cadence() = request.cadence();
  if (request.has_rules()) {
    *founded.mutable_rules() = request.rules();
    *founded.mutable_rules()->mutable_since() = Or(request.rules().since(), since);
  }
  *founded.mutable_composition_rules() = request.composition_rules();
  *founded.mutable_areas() = request.areas();
  for (v1::ThematicArea& area : *founded.mutable_areas()) area.clear_documents();
  founded.set_members_from_age(request.members_from_age());
  return event;
}

absl::Status CheckFoundingAreas(const v1::EstablishCommitteeRequest& request) {
  std::set<std::string> ids;
  for (int i = 0; i < request.areas_size(); ++i) {
    const std::string field = fmt::format("areas[{}].id", i);
    RETURN_IF_ERROR(CheckId(field, request.areas(i).id()));
    if (ids.insert(request.areas(i).id()).second) continue;
    return Refuse(absl::StatusCode::kAlreadyExists, v1::REASON_AREA_EXISTS,
                  fmt::format("two areas have the id \"{}\"", request.areas(i).id()))
        .Field(field)
        .Mend("Give each area an id of its own.");
  }
  return absl::OkStatus();
}

absl::Status CheckFounding(const v1::EstablishCommitteeRequest& request, const Context& context) {
  RETURN_IF_ERROR(CheckId("committee_id", request.committee_id()));
  RETURN_IF_ERROR(CheckFounder(request.parent_body(), context));
  RETURN_IF_ERROR(CheckParentBody(request.parent_body(), context));
  if (request.has_cadence()) RETURN_IF_ERROR(CheckCadence("cadence", request.cadence()));
  if (request.has_rules()) RETURN_IF_ERROR(CheckHouseRules("rules", request.rules()));
  RETURN_IF_ERROR(CheckCompositionRules(request.composition_rules()));
  return CheckFoundingAreas(request);
}

}  // namespace

CommitteeEvents EstablishCommittee(const v1::EstablishCommitteeRequest& request,
                                   const CommitteeState& state, const Context& context) {
  RETURN_IF_ERROR(CheckFounding(request, context));
  const CivilDate since = Or(request.since(), context.today);
  std::vector<v1::CommitteeEvent> events{Founded(request, since)};
  CommitteeState founded = state;
  const auto add = [&](v1::CommitteeEvent event) {
    founded = Committee::Evolve(std::move(founded), event);
    events.push_back(std::move(event));
  };
  founded = Committee::Evolve(std::move(founded), events.front());
  for (int i = 0; i < request.legal_bases_size(); ++i) {
    ASSIGN_OR_RETURN(auto linked,
                     LinkOne(request.legal_bases(i), fmt::format("legal_bases[{}]", i), founded));
    add(std::move(linked));
  }
  if (request.has_secretariat()) {
    v1::CommitteeEvent event;
    v1::Secretariat& secretariat = *event.mutable_secretariat_assigned()->mutable_secretariat();
    secretariat = request.secretariat();
    if (secretariat.role() == v1::SECRETARIAT_ROLE_UNSPECIFIED) {
      secretariat.set_role(v1::SECRETARIAT_ROLE_SECRETARIAT);
    }
    *secretariat.mutable_since() = Or(secretariat.since(), since);
    RETURN_IF_ERROR(CheckPeriod("secretariat.until", secretariat.since(), secretariat.until()));
    add(std::move(event));
  }
  for (int i = 0; i < request.seats_size(); ++i) {
    ASSIGN_OR_RETURN(auto added,
                     SeatToAdd(request.seats(i), fmt::format("seats[{}]", i), since, founded));
    add(std::move(added));
  }
  return WithComposition(state, std::move(events), Later(since, context.today));
}

CommitteeEvents RenameCommittee(const v1::RenameCommitteeRequest& request,
                                const CommitteeState& state, const Context& context) {
  const CivilDate since = Or(request.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("since", state, since));
  const v1::BodyName* name = NameOn(state, since);
  if (name != nullptr && name->title() == request.title() &&
      name->short_title() == request.short_title()) {
    return NothingToChange(
        fmt::format("on {} the body has the name \"{}\"", ToString(since), name->title()));
  }
  v1::CommitteeEvent event;
  v1::CommitteeRenamed& renamed = *event.mutable_committee_renamed();
  renamed.mutable_new_name()->set_title(request.title());
  renamed.mutable_new_name()->set_short_title(request.short_title());
  *renamed.mutable_new_name()->mutable_since() = since;
  renamed.set_document(request.document());
  return std::vector{std::move(event)};
}

CommitteeEvents ChangeForm(const v1::ChangeFormRequest& request, const CommitteeState& state,
                           const Context& context) {
  const CivilDate since = Or(request.form().since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("form.since", state, since));
  const v1::Form* form = FormOn(state, since);
  if (form != nullptr && form->type() == request.form().type() &&
      form->standing() == request.form().standing() && form->level() == request.form().level()) {
    return NothingToChange(fmt::format("on {} the body has this form", ToString(since)));
  }
  v1::CommitteeEvent event;
  *event.mutable_form_changed()->mutable_form() = request.form();
  *event.mutable_form_changed()->mutable_form()->mutable_since() = since;
  return std::vector{std::move(event)};
}

CommitteeEvents MoveCommittee(const v1::MoveCommitteeRequest& request, const CommitteeState& state,
                              const Context& context) {
  if (request.parent_body() == state.parent_body()) {
    return NothingToChange("the body is nested there");
  }
  RETURN_IF_ERROR(CheckParentBody(request.parent_body(), context));
  const CivilDate since = Or(request.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("since", state, since));
  v1::CommitteeEvent event;
  v1::CommitteeMoved& moved = *event.mutable_committee_moved();
  moved.set_from_body(state.parent_body());
  moved.set_to_body(request.parent_body());
  *moved.mutable_since() = since;
  moved.set_document(request.document());
  return std::vector{std::move(event)};
}

CommitteeEvents LinkLegalBasis(const v1::LinkLegalBasisRequest& request,
                               const CommitteeState& state, const Context& /*context*/) {
  ASSIGN_OR_RETURN(auto linked, LinkOne(request.legal_basis(), "legal_basis", state));
  return std::vector{std::move(linked)};
}

CommitteeEvents RepealLegalBasis(const v1::RepealLegalBasisRequest& request,
                                 const CommitteeState& state, const Context& context) {
  const v1::LegalBasis* basis = FindLegalBasis(state, request.legal_basis_id());
  if (basis == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_LEGAL_BASIS_NOT_FOUND,
                  fmt::format("the body has no legal document \"{}\"", request.legal_basis_id()))
        .Field("legal_basis_id")
        .Mend("The body's `legal_bases` list them.");
  }
  if (IsSet(basis->repealed_on())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_LEGAL_BASIS_REPEALED,
                  fmt::format("{} ceased to hold on {}", basis->number(),
                              ToString(basis->repealed_on())))
        .Field("legal_basis_id")
        .Mend("Nothing needs to be done.");
  }
  const CivilDate repealed_on = Or(request.repealed_on(), context.today);
  RETURN_IF_ERROR(CheckPeriod("repealed_on", basis->date(), repealed_on));
  v1::CommitteeEvent event;
  v1::LegalBasisRepealed& repealed = *event.mutable_legal_basis_repealed();
  repealed.set_legal_basis_id(basis->id());
  *repealed.mutable_repealed_on() = repealed_on;
  repealed.set_document(request.document());
  return std::vector{std::move(event)};
}

CommitteeEvents SetFunctions(const v1::SetFunctionsRequest& request, const CommitteeState& state,
                             const Context& context) {
  if (std::equal(request.functions().begin(), request.functions().end(), state.functions().begin(),
                 state.functions().end())) {
    return NothingToChange("the body has these functions");
  }
  const CivilDate since = Or(request.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("since", state, since));
  v1::CommitteeEvent event;
  *event.mutable_functions_set()->mutable_functions() = request.functions();
  *event.mutable_functions_set()->mutable_since() = since;
  return std::vector{std::move(event)};
}

CommitteeEvents SuspendCommittee(const v1::SuspendCommitteeRequest& request,
                                 const CommitteeState& state, const Context& context) {
  const CivilDate since = Or(request.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("since", state, since));
  v1::CommitteeEvent event;
  *event.mutable_committee_suspended()->mutable_since() = since;
  event.mutable_committee_suspended()->set_suspension_id(NextId(state.suspensions(), "r"));
  event.mutable_committee_suspended()->set_document(request.document());
  return std::vector{std::move(event)};
}

CommitteeEvents ResumeCommittee(const v1::ResumeCommitteeRequest& request,
                                const CommitteeState& state, const Context& context) {
  const CivilDate since = Or(request.since(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("since", state, since));
  v1::CommitteeEvent event;
  *event.mutable_committee_resumed()->mutable_since() = since;
  for (const v1::Suspension& suspension : state.suspensions()) {
    if (IsSet(suspension.resumed_on())) continue;
    RETURN_IF_ERROR(CheckPeriod("since", suspension.since(), since));
    event.mutable_committee_resumed()->set_suspension_id(suspension.id());
  }
  event.mutable_committee_resumed()->set_document(request.document());
  return std::vector{std::move(event)};
}

CommitteeEvents CloseCommittee(const v1::CloseCommitteeRequest& request,
                               const CommitteeState& state, const Context& context) {
  // Requirement 2: closing a parent that has active children is refused.
  if (!state.child_bodies().empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_ACTIVE_CHILD_BODIES,
                  fmt::format("{} active bodies are nested in it: {}", state.child_bodies_size(),
                              fmt::join(state.child_bodies(), ", ")))
        .Mend("Close these bodies, or nest them elsewhere, first.")
        .With("active", state.child_bodies_size());
  }
  const CivilDate closed_on = Or(request.closed_on(), context.today);
  RETURN_IF_ERROR(CheckNotBeforeBody("closed_on", state, closed_on));
  v1::CommitteeEvent event;
  v1::CommitteeClosed& closed = *event.mutable_committee_closed();
  *closed.mutable_closed_on() = closed_on;
  closed.set_document(request.document());
  closed.set_parent_body(state.parent_body());
  return std::vector{std::move(event)};
}

void Apply(const v1::CommitteeEstablished& event, CommitteeState& state) {
  *state.add_names() = event.first_name();
  *state.add_forms() = event.form();
  state.set_territory(event.territory());
  state.set_parent_body(event.parent_body());
  *state.mutable_since() = event.since();
  *state.mutable_functions() = event.functions();
  if (event.has_leadership()) *state.mutable_leadership() = event.leadership();
  if (event.has_cadence()) *state.mutable_cadence() = event.cadence();
  if (event.has_rules()) *state.mutable_rules() = event.rules();
  *state.mutable_composition_rules() = event.composition_rules();
  *state.mutable_areas() = event.areas();
  state.set_members_from_age(event.members_from_age());
}

namespace {

// Keeps a list of dated entries in the order of their first days; an entry of the same day takes
// the place of the old one.
template <typename Dated>
void InsertByDate(const Dated& entry, google::protobuf::RepeatedPtrField<Dated>& entries) {
  for (Dated& old : entries) {
    if (Same(old.since(), entry.since())) {
      old = entry;
      return;
    }
  }
  *entries.Add() = entry;
  std::stable_sort(entries.begin(), entries.end(), [](const Dated& a, const Dated& b) {
    return Compare(a.since(), b.since()) < 0;
  });
}

}  // namespace

void Apply(const v1::CommitteeRenamed& event, CommitteeState& state) {
  InsertByDate(event.new_name(), *state.mutable_names());
}

void Apply(const v1::FormChanged& event, CommitteeState& state) {
  InsertByDate(event.form(), *state.mutable_forms());
}

void Apply(const v1::CommitteeMoved& event, CommitteeState& state) {
  state.set_parent_body(event.to_body());
}

void Apply(const v1::LegalBasisLinked& event, CommitteeState& state) {
  *state.add_legal_bases() = event.legal_basis();
}

void Apply(const v1::LegalBasisRepealed& event, CommitteeState& state) {
  for (v1::LegalBasis& basis : *state.mutable_legal_bases()) {
    if (basis.id() == event.legal_basis_id()) *basis.mutable_repealed_on() = event.repealed_on();
  }
}

void Apply(const v1::FunctionsSet& event, CommitteeState& state) {
  *state.mutable_functions() = event.functions();
}

// Without an id the days were not kept: then only the lifecycle says that the body rests.
void Apply(const v1::CommitteeSuspended& event, CommitteeState& state) {
  if (event.suspension_id().empty()) return;
  v1::Suspension& suspension = *state.add_suspensions();
  suspension.set_id(event.suspension_id());
  *suspension.mutable_since() = event.since();
}

void Apply(const v1::CommitteeResumed& event, CommitteeState& state) {
  for (v1::Suspension& suspension : *state.mutable_suspensions()) {
    if (suspension.id() == event.suspension_id()) *suspension.mutable_resumed_on() = event.since();
  }
}

void Apply(const v1::CommitteeClosed& event, CommitteeState& state) {
  *state.mutable_closed_on() = event.closed_on();
}

}  // namespace kasundo::committees
