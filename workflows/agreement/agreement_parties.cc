// Who makes the agreement: parties, their objectives, roles, confirmations and helpers.
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

// Rule 122: an agreement is owned by a standing body of several seats; one person as owner is
// refused.
absl::Status CheckOwningBody(std::string_view field, const std::string& owner,
                             const Context& context) {
  if (owner.empty()) return absl::OkStatus();
  std::string wrong;
  const auto* body = context.Related<committees::v1::CommitteeState>(owner);
  if (CollectionOf(owner) != "committees") {
    wrong = fmt::format("{} is no standing body", owner);
  } else if (body != nullptr && body->seats_size() < 2) {
    wrong = fmt::format("{} has {} seats: it hangs on one person", owner, body->seats_size());
  }
  if (wrong.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_OWNER_NOT_A_BODY, wrong)
      .Field(field)
      .Mend("Name a committee with several seats; agreements outlive the persons who carry them.");
}

}  // namespace

absl::Status CheckMandate(std::string_view field, std::string_view party_id,
                          const v1::Mandate& mandate, const Context& context) {
  if (mandate.resolution().empty()) {
    std::vector<std::string_view> missing;
    if (mandate.number().empty()) missing.push_back("number");
    if (!IsSet(mandate.date())) missing.push_back("date");
    if (mandate.issuing_body().empty()) missing.push_back("issuing body");
    if (missing.empty()) return absl::OkStatus();
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_MANDATE_INCOMPLETE,
                  fmt::format("the mandate of {} is a document that is kept elsewhere, of which is "
                              "missing: {}",
                              party_id, fmt::join(missing, ", ")))
        .Field(field)
        .Mend("Name a resolution here, or number, date and issuing body of the document.");
  }
  const auto* resolution = context.Related<committees::v1::ResolutionState>(mandate.resolution());
  if (resolution == nullptr || (resolution->has_adopted_on() && !resolution->has_ended_on())) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_RESOLUTION_NOT_ADOPTED,
                fmt::format("{} {}", mandate.resolution(),
                            resolution->has_ended_on() ? "holds no longer" : "is not adopted"))
      .Field(field)
      .Mend("Attach a resolution that was adopted and holds.");
}

absl::StatusOr<v1::Party> NewParty(const v1::Party& party, const AgreementState& state,
                                   std::string_view field, const Context& context) {
  RETURN_IF_ERROR(CheckId(fmt::format("{}.id", field), party.id()));
  for (const v1::Party& there : state.parties()) {
    if (there.id() == party.id()) {
      return AlreadyThere(fmt::format("{}.id", field),
                          fmt::format("a party \"{}\" is there already", party.id()));
    }
    if (there.organisation() == party.organisation() && !there.has_left_on()) {
      return AlreadyThere(fmt::format("{}.organisation", field),
                          fmt::format("{} is a party already", party.organisation()));
    }
  }
  for (const v1::Broker& broker : state.brokers()) {
    if (broker.organisation() != party.organisation()) continue;
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_BROKER_IS_A_PARTY,
                  fmt::format("{} is here as broker \"{}\"", party.organisation(), broker.id()))
        .Field(fmt::format("{}.organisation", field))
        .Mend("Dismiss the broker first.");
  }
  RETURN_IF_ERROR(
      CheckOwningBody(fmt::format("{}.owning_body", field), party.owning_body(), context));
  if (party.has_mandate()) {
    RETURN_IF_ERROR(
        CheckMandate(fmt::format("{}.mandate", field), party.id(), party.mandate(), context));
  }
  v1::Party checked = party;
  checked.clear_helpers();
  checked.clear_confirmations();
  checked.clear_confirmation_due();
  checked.clear_joined_on();
  checked.clear_left_on();
  checked.clear_leaving_reason();
  return checked;
}

AgreementEvents AddParty(const v1::AddPartyRequest& request, const AgreementState& state,
                         const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party party, NewParty(request.party(), state, "party", context));
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_party_added()->mutable_party() = party;
  return {{std::move(event)}};
}

AgreementEvents ChangeParty(const v1::ChangePartyRequest& request, const AgreementState& state,
                            const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  RETURN_IF_ERROR(CheckOwningBody("owning_body", request.owning_body(), context));
  const auto or_before = [](const std::string& given, const std::string& before) {
    return given.empty() ? before : given;
  };
  v1::AgreementEvent event = NewEvent(context);
  v1::PartyChanged& changed = *event.mutable_party_changed();
  changed.set_party(party->id());
  changed.set_side(or_before(request.side(), party->side()));
  changed.set_owning_body(or_before(request.owning_body(), party->owning_body()));
  changed.set_signatory_office(or_before(request.signatory_office(), party->signatory_office()));
  if (changed.side() == party->side() && changed.owning_body() == party->owning_body() &&
      changed.signatory_office() == party->signatory_office()) {
    return NothingToChange("the party is like this already");
  }
  return {{std::move(event)}};
}

AgreementEvents RemoveParty(const v1::RemovePartyRequest& request, const AgreementState& state,
                            const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_party_removed()->set_party(party->id());
  event.mutable_party_removed()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents StateObjectives(const v1::StateObjectivesRequest& request,
                                const AgreementState& state, const Context& context) {
  ASSIGN_OR_RETURN(v1::ActingFor acting,
                   ActAs(state, request.party_id(), v1::HELPER_SCOPE_PARTICULARS, context));
  v1::AgreementEvent event = NewEvent(context);
  v1::ObjectivesStated& stated = *event.mutable_objectives_stated();
  *stated.mutable_acting_for() = std::move(acting);
  stated.set_objectives(request.objectives());
  stated.set_time_horizon(request.time_horizon());
  return {{std::move(event)}};
}

AgreementEvents SetPartyRole(const v1::SetPartyRoleRequest& request, const AgreementState& state,
                             const Context& context) {
  ASSIGN_OR_RETURN(v1::ActingFor acting,
                   ActAs(state, request.party_id(), v1::HELPER_SCOPE_PARTICULARS, context));
  const v1::PartyRole& before = FindParty(state, request.party_id())->role();
  v1::PartyRole role = before;
  const v1::PartyRole& given = request.role();
  if (!given.role().empty()) role.set_role(given.role());
  if (!given.responsibilities().empty()) {
    *role.mutable_responsibilities() = given.responsibilities();
  }
  if (!given.budget_effect().empty()) role.set_budget_effect(given.budget_effect());
  if (!given.monitoring_rule().empty()) role.set_monitoring_rule(given.monitoring_rule());
  if (role.SerializeAsString() == before.SerializeAsString()) {
    return NothingToChange("the cells say this already");
  }
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_role_set()->mutable_acting_for() = std::move(acting);
  *event.mutable_role_set()->mutable_role() = std::move(role);
  return {{std::move(event)}};
}

AgreementEvents AnswerParticipation(const v1::AnswerParticipationRequest& request,
                                    const AgreementState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  if (request.answer() != v1::CONFIRMATION_ANSWER_CONFIRM && request.text().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED,
                  "the others have to know what is to change, or why you drop out")
        .Field("text")
        .Mend("Say it in words.");
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::ParticipationAnswered& answered = *event.mutable_participation_answered();
  answered.set_party(party->id());
  v1::Confirmation& confirmation = *answered.mutable_confirmation();
  confirmation.set_answer(request.answer());
  confirmation.set_text(request.text());
  confirmation.set_person(context.actor.person());
  confirmation.set_office(context.actor.office());
  *confirmation.mutable_on() = context.today;
  return {{std::move(event)}};
}

AgreementEvents AppointHelper(const v1::AppointHelperRequest& request, const AgreementState& state,
                              const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  for (const v1::Helper& helper : party->helpers()) {
    if (helper.office() == request.helper().office()) {
      return AlreadyThere("helper.office", fmt::format("{} helps already", helper.office()));
    }
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::HelperAppointed& appointed = *event.mutable_helper_appointed();
  appointed.set_party(party->id());
  *appointed.mutable_helper() = request.helper();
  *appointed.mutable_helper()->mutable_since() = context.today;
  return {{std::move(event)}};
}

AgreementEvents DismissHelper(const v1::DismissHelperRequest& request, const AgreementState& state,
                              const Context& context) {
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  for (const v1::Helper& helper : party->helpers()) {
    if (helper.office() != request.office()) continue;
    v1::AgreementEvent event = NewEvent(context);
    event.mutable_helper_dismissed()->set_party(party->id());
    event.mutable_helper_dismissed()->set_office(helper.office());
    return {{std::move(event)}};
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_HELPER_NOT_FOUND,
                fmt::format("{} does not help {}", request.office(), party->id()))
      .Field("office")
      .Mend("Name one of the party's `helpers`.");
}

}  // namespace kasundo::agreements
