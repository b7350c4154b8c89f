// What authorises an agreement: the parties' mandates (requirement 24) and the statutory gates.
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/agreement/statutory_gates.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {

AgreementEvents SeekMandates(const v1::SeekMandatesRequest&, const AgreementState& state,
                             const Context& context) {
  RETURN_IF_ERROR(CheckEnoughParties(state, context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_mandates_sought();
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  if (MandatesComplete(state)) {
    events.push_back(NewEvent(context));
    events.back().mutable_mandates_secured();
  }
  return events;
}

AgreementEvents AttachMandate(const v1::AttachMandateRequest& request, const AgreementState& state,
                              const Context& context) {
  ASSIGN_OR_RETURN(v1::ActingFor acting,
                   ActAs(state, request.party_id(), v1::HELPER_SCOPE_MANDATES, context));
  RETURN_IF_ERROR(CheckMandate("mandate", request.party_id(), request.mandate(), context));
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_mandate_attached()->mutable_acting_for() = std::move(acting);
  *event.mutable_mandate_attached()->mutable_mandate() = request.mandate();
  const bool had_all = MandatesComplete(state);
  const AgreementState after = Agreement::Evolve(state, event);
  std::vector<v1::AgreementEvent> events = {std::move(event)};
  if (!had_all && MandatesComplete(after) && CheckEnoughParties(after, context).ok()) {
    events.push_back(NewEvent(context));
    events.back().mutable_mandates_secured();
  }
  return events;
}

AgreementEvents WithdrawMandate(const v1::WithdrawMandateRequest& request,
                                const AgreementState& state, const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const v1::Party* party, ActAsOwn(state, request.party_id(), context));
  if (!party->has_mandate()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_MANDATE_MISSING,
                  fmt::format("{} has attached none", NameOfParty(*party, context)))
        .Field("party_id")
        .Mend("Nothing needs to be done. If another party was meant, name that one.");
  }
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_mandate_withdrawn()->set_party(party->id());
  event.mutable_mandate_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents ClearGate(const v1::ClearGateRequest& request, const AgreementState& state,
                          const Context& context) {
  const auto gates = GatesOf(context);
  const StatutoryGate* gate = nullptr;
  std::vector<std::string> ids;
  for (const StatutoryGate& each : gates) {
    if (each.id == request.gate()) gate = &each;
    ids.push_back(each.id);
  }
  if (gate == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_GATE_NOT_FOUND,
                  fmt::format("the definition has no gate \"{}\"", request.gate()))
        .Field("gate")
        .Mend(ids.empty() ? "Nothing needs to be passed."
                          : fmt::format("Name one of: {}.", fmt::join(ids, ", ")));
  }
  if (const v1::GateClearance* clearance = ClearanceOf(state, gate->id)) {
    return AlreadyThere("gate", fmt::format("{} was passed on {} ({})", gate->title,
                                            ToString(clearance->date()), clearance->number()));
  }
  const CivilDate& date = IsSet(request.date()) ? request.date() : context.today;
  if (Before(context.today, date)) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("{} is still to come", ToString(date)))
        .Field("date")
        .Mend("Record it when the document is there.");
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::GateClearance& clearance = *event.mutable_gate_cleared()->mutable_clearance();
  clearance.set_gate(gate->id);
  clearance.set_number(request.number());
  *clearance.mutable_date() = date;
  clearance.set_issued_by(request.issued_by());
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
