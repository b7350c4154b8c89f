// What an agreement is: its beginning, its name, its links, its target date.
#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

absl::Status CheckLink(const AgreementState& state, const v1::InstrumentLink& link,
                       const Context& context) {
  if (link.instrument().empty() == link.document().empty() ||
      link.kind() == v1::LINK_KIND_UNSPECIFIED) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  "a link says how, and names either an instance here or a document elsewhere")
        .Field("link")
        .Mend("Give kind, and one of instrument and document.");
  }
  if (link.instrument() == context.instance) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  "an agreement did not grow from itself")
        .Field("link.instrument")
        .Mend("Name the other instrument from which it grew.");
  }
  for (const v1::InstrumentLink& there : state.links()) {
    if (there.kind() == link.kind() && there.instrument() == link.instrument() &&
        there.document() == link.document()) {
      return AlreadyThere("link", "it is linked so already");
    }
  }
  return absl::OkStatus();
}

// Applies what was decided so far, so that what follows is checked against it.
template <typename Event>
void Record(Event event, AgreementState& state, std::vector<v1::AgreementEvent>& events) {
  state = Agreement::Evolve(std::move(state), event);
  events.push_back(std::move(event));
}

}  // namespace

AgreementEvents CreateAgreement(const v1::CreateAgreementRequest& request, const AgreementState&,
                                const Context& context) {
  std::vector<v1::AgreementEvent> events;
  AgreementState state;
  v1::AgreementEvent event = NewEvent(context);
  v1::AgreementProposed& proposed = *event.mutable_agreement_proposed();
  proposed.set_title(request.title());
  proposed.set_description(request.description());
  proposed.set_instrument(request.instrument());
  *proposed.mutable_territories() = request.territories();
  Record(std::move(event), state, events);
  for (const v1::InstrumentLink& link : request.links()) {
    RETURN_IF_ERROR(CheckLink(state, link, context));
    event = NewEvent(context);
    *event.mutable_instrument_linked()->mutable_link() = link;
    Record(std::move(event), state, events);
  }
  for (const v1::Party& party : request.parties()) {
    ASSIGN_OR_RETURN(const v1::Party checked, NewParty(party, state, "parties", context));
    event = NewEvent(context);
    *event.mutable_party_added()->mutable_party() = checked;
    Record(std::move(event), state, events);
  }
  for (const v1::Broker& broker : request.brokers()) {
    RETURN_IF_ERROR(CheckBroker(broker, state, "brokers"));
    event = NewEvent(context);
    *event.mutable_broker_named()->mutable_broker() = broker;
    Record(std::move(event), state, events);
  }
  if (IsSet(request.target_signing_date())) {
    event = NewEvent(context);
    *event.mutable_target_date_set()->mutable_target_signing_date() = request.target_signing_date();
    Record(std::move(event), state, events);
  }
  return events;
}

AgreementEvents ReviveAgreement(const v1::ReviveAgreementRequest& request, const AgreementState&,
                                const Context& context) {
  const RelatedInstance* before = context.Find(request.revived_from());
  const auto* failed = context.Related<AgreementState>(request.revived_from());
  if (before == nullptr || failed == nullptr || !failed->has_failure()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_FAILED,
                  fmt::format("{} is \"{}\", not failed", request.revived_from(),
                              before == nullptr ? "" : before->lifecycle_state))
        .Field("revived_from")
        .Mend("Go on with it, or begin a new agreement that grew from it.");
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::AgreementRevived& revived = *event.mutable_agreement_revived();
  revived.set_revived_from(request.revived_from());
  revived.set_title(request.title().empty() ? failed->title() : request.title());
  revived.set_description(failed->description());
  revived.set_instrument(failed->instrument());
  *revived.mutable_territories() = failed->territories();
  *revived.mutable_links() = failed->links();
  *revived.mutable_areas() = failed->areas();
  *revived.mutable_brokers() = failed->brokers();
  for (const v1::Party* party : PartiesOf(*failed)) {
    v1::Party& inherited = *revived.add_parties();
    inherited = *party;
    inherited.clear_mandate();
    inherited.clear_confirmations();
    inherited.set_confirmation_due(true);  // Rule 35: each party confirms anew.
  }
  return {{std::move(event)}};
}

AgreementEvents DescribeAgreement(const v1::DescribeAgreementRequest& request,
                                  const AgreementState& state, const Context& context) {
  v1::AgreementEvent event = NewEvent(context);
  v1::AgreementDescribed& described = *event.mutable_agreement_described();
  described.set_title(request.title().empty() ? state.title() : request.title());
  described.set_description(request.description().empty() ? state.description()
                                                          : request.description());
  if (described.title() == state.title() && described.description() == state.description()) {
    return NothingToChange("title and description are these already");
  }
  return {{std::move(event)}};
}

AgreementEvents LinkInstrument(const v1::LinkInstrumentRequest& request,
                               const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(CheckLink(state, request.link(), context));
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_instrument_linked()->mutable_link() = request.link();
  return {{std::move(event)}};
}

v1::TargetSlip SlipOf(const CivilDate& from, const CivilDate& to, const Context& context) {
  v1::TargetSlip slip;
  *slip.mutable_from() = from;
  *slip.mutable_to() = to;
  slip.set_reason(context.reason);
  slip.set_office(context.actor.office());
  *slip.mutable_on() = context.today;
  return slip;
}

AgreementEvents SetTargetSigningDate(const v1::SetTargetSigningDateRequest& request,
                                     const AgreementState& state, const Context& context) {
  const CivilDate& target = request.target_signing_date();
  if (IsSet(state.target_signing_date()) && Same(target, state.target_signing_date())) {
    return NothingToChange(fmt::format("the target is {} already", ToString(target)));
  }
  if (Before(target, context.today)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("{} is over", ToString(target)))
        .Field("target_signing_date")
        .Mend("Give a day that is still to come.");
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::TargetDateSet& set = *event.mutable_target_date_set();
  *set.mutable_target_signing_date() = target;
  if (IsSet(state.target_signing_date())) {
    // Rule 34: each slip needs a reason and an actor.
    if (First(target) > First(state.target_signing_date())) RETURN_IF_ERROR(RequireReason(context));
    *set.mutable_slip() = SlipOf(state.target_signing_date(), target, context);
  }
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
