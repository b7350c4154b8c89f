// Who stands beside the parties: brokers and facilitators, co-owners outside politics; and how
// partners meet.
#include "fmt/format.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

absl::StatusOr<const v1::Broker*> FindBrokerOr(const AgreementState& state,
                                               std::string_view broker_id) {
  if (const v1::Broker* broker = FindById(state.brokers(), broker_id)) return broker;
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_BROKER_NOT_FOUND,
                fmt::format("there is no broker \"{}\"", broker_id))
      .Field("broker_id")
      .Mend("Name one of the agreement's brokers.");
}

// `months` after a day; the last day of a month stays one.
CivilDate MonthsAfter(const CivilDate& day, int months) {
  return FromDay(AddMonths(Last(day), months));
}

}  // namespace

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::CivilDay(month.year(), month.month(), std::min(day.day(), last.day()));
}

absl::Status CheckBroker(const v1::Broker& broker, const AgreementState& state,
                         std::string_view field) {
  RETURN_IF_ERROR(CheckId(fmt::format("{}.id", field), broker.id()));
  for (const v1::Party* party : PartiesOf(state)) {
    if (party->organisation() != broker.organisation()) continue;
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_BROKER_IS_A_PARTY,
                  fmt::format("{} is the party \"{}\"", broker.organisation(), party->id()))
        .Field(fmt::format("{}.organisation", field))
        .Mend("A broker or facilitator is not a party; it neither signs nor writes.");
  }
  for (const v1::Broker& there : state.brokers()) {
    if (there.id() == broker.id() || there.organisation() == broker.organisation()) {
      return AlreadyThere(field, fmt::format("\"{}\" is a broker already", there.id()));
    }
  }
  return absl::OkStatus();
}

AgreementEvents NameBroker(const v1::NameBrokerRequest& request, const AgreementState& state,
                           const Context& context) {
  RETURN_IF_ERROR(CheckBroker(request.broker(), state, "broker"));
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_broker_named()->mutable_broker() = request.broker();
  return {{std::move(event)}};
}

AgreementEvents DismissBroker(const v1::DismissBrokerRequest& request, const AgreementState& state,
                              const Context& context) {
  ASSIGN_OR_RETURN(const v1::Broker* broker, FindBrokerOr(state, request.broker_id()));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_broker_dismissed()->set_broker(broker->id());
  event.mutable_broker_dismissed()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents RecordBrokerAct(const v1::RecordBrokerActRequest& request,
                                const AgreementState& state, const Context& context) {
  ASSIGN_OR_RETURN(const v1::Broker* broker, FindBrokerOr(state, request.broker_id()));
  // Parties may record what a facilitator did; a broker records only its own acts.
  const v1::Broker* own = BrokerOfActor(state, context);
  if (own != nullptr && own != broker &&
      !ActsForAnyParty(state, v1::HELPER_SCOPE_COOPERATION, context)) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_OF_THE_PARTY,
                  fmt::format("you act for the broker \"{}\"", own->id()))
        .Field("broker_id")
        .Mend("Record only what your own broker did, or ask a party to record this.");
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::BrokerAct& act = *event.mutable_broker_acted()->mutable_act();
  act.set_broker(broker->id());
  act.set_kind(request.kind());
  act.set_text(request.text());
  *act.mutable_on() = context.today;
  return {{std::move(event)}};
}

AgreementEvents AddAnchor(const v1::AddAnchorRequest& request, const AgreementState& state,
                          const Context& context) {
  for (const v1::Anchor& anchor : state.anchors()) {
    if (anchor.organisation() == request.anchor().organisation()) {
      return AlreadyThere("anchor.organisation",
                          fmt::format("{} is a co-owner already", anchor.organisation()));
    }
  }
  v1::AgreementEvent event = NewEvent(context);
  v1::Anchor& anchor = *event.mutable_anchor_added()->mutable_anchor();
  anchor = request.anchor();
  *anchor.mutable_since() = context.today;
  return {{std::move(event)}};
}

AgreementEvents RecordPartnerMeeting(const v1::RecordPartnerMeetingRequest& request,
                                     const AgreementState& state, const Context& context) {
  v1::AgreementEvent event = NewEvent(context);
  v1::PartnersMet& met = *event.mutable_partners_met();
  v1::PartnerMeeting& meeting = *met.mutable_meeting();
  *meeting.mutable_on() = context.today;
  meeting.set_form(request.form());
  meeting.set_note(request.note());
  for (const std::string& party_id : request.party_ids()) {
    ASSIGN_OR_RETURN(const v1::Party* party, FindPartyOr(state, "party_ids", party_id));
    const auto& there = meeting.parties();
    if (std::find(there.begin(), there.end(), party->id()) == there.end()) {
      meeting.add_parties(party->id());
    }
  }
  if (meeting.parties_size() < 2) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TOO_FEW_PARTIES,
                  "one party alone does not meet")
        .Field("party_ids")
        .Mend("Name at least two parties that took part.");
  }
  if (state.meeting_interval_months() > 0) {
    *met.mutable_next_meeting_by() = MonthsAfter(context.today, state.meeting_interval_months());
  }
  return {{std::move(event)}};
}

AgreementEvents SetMeetingInterval(const v1::SetMeetingIntervalRequest& request,
                                   const AgreementState& state, const Context& context) {
  if (request.months() < 1 || request.months() > 120) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TERM_INVALID,
                  fmt::format("{} months is no interval", request.months()))
        .Field("months")
        .Mend("Give 1 to 120 months.");
  }
  const CivilDate last = state.meetings().empty() ? context.today : state.meetings().rbegin()->on();
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_meeting_interval_set()->set_months(request.months());
  *event.mutable_meeting_interval_set()->mutable_next_meeting_by() =
      MonthsAfter(last, request.months());
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
