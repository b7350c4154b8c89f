// Handing an assignment over: until all who shall have it confirm, those who have it stay
// answerable (requirements 51, 126).
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/util/message_differencer.h"
#include "workflows/assignment/assignment_commands.h"
#include "workflows/assignment/offers.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/assignment/separation.h"
#include "workflows/assignment/tenures.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::assignments {
namespace {

using Event = v1::AssignmentEvent;
using State = v1::AssignmentState;

Event Completed(const v1::Offer& offer, const State& state, const Context& context) {
  Event event;
  v1::HandoverCompleted& completed = *event.mutable_handover_completed();
  *completed.mutable_tenure() = TenureOf(offer, context);
  completed.mutable_tenure()->set_number(state.tenures_size() + 1);
  *completed.mutable_confirm_by() = MonthsAfter(completed.tenure().since(), 3);
  return event;
}

absl::Status CheckHandover(const v1::Offer& offer, const State& state, const Context& context) {
  const v1::Tenure& present = *LastTenure(state.tenures());
  if (google::protobuf::util::MessageDifferencer::Equals(offer.offices(), present.offices())) {
    return NothingToChange("these offices have it already");
  }
  RETURN_IF_ERROR(
      RequireAfter("on", offer.since(), present.since(), "since when those have it who have it"));
  RETURN_IF_ERROR(directory::CheckPeriod(offer.since(), state.until()));
  RETURN_IF_ERROR(CheckOffices(offer.offices(), offer.since(), context));
  return CheckSeparation(DutyOf(state, offer, context), offer.offices(), context);
}

}  // namespace

AssignmentEvents OfferHandover(const v1::OfferHandoverRequest& request, const State& state,
                               const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::Offer offer;
  *offer.mutable_offices() = request.offices();
  *offer.mutable_since() = directory::DateOr(request.on(), context.today);
  if (state.has_until()) *offer.mutable_until() = state.until();
  offer.set_document(request.document());
  offer.set_reason(context.reason);
  RETURN_IF_ERROR(CheckHandover(offer, state, context));
  AskAll(LastTenure(state.tenures())->offices(), &offer);
  // Nobody takes anything new upon itself: only who is consulted or informed, or fewer do it.
  Event event;
  if (offer.answers().empty()) {
    v1::Tenure& tenure = *event.mutable_offices_rearranged()->mutable_tenure();
    tenure = TenureOf(offer, context);
    tenure.set_number(state.tenures_size() + 1);
    return {{std::move(event)}};
  }
  *event.mutable_handover_offered()->mutable_offer() = std::move(offer);
  return {{std::move(event)}};
}

AssignmentEvents ConfirmHandover(const v1::ConfirmHandoverRequest& request, const State& state,
                                 const Context& context) {
  ASSIGN_OR_RETURN(const auto answers,
                   AcceptancesOf(request.office(), request.document(), state.offer(), context));
  std::vector<Event> events;
  v1::Offer offer = state.offer();
  for (const v1::Answer& answer : answers) {
    *events.emplace_back().mutable_handover_confirmed()->mutable_answer() = answer;
    PutAnswer(answer, &offer);
  }
  if (!IsAgreed(offer)) return events;
  events.push_back(Completed(offer, state, context));
  if (IsSet(offer.until()) &&
      Before(offer.until(), events.back().handover_completed().tenure().since())) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("the mandate ended on {}, before all confirmed",
                              ToString(offer.until())))
        .Field("header.occurred_on")
        .Mend("Give the day on which it was confirmed, or propose a new assignment.");
  }
  return events;
}

AssignmentEvents DropHandover(const v1::DropHandoverRequest& request, const State& state,
                              const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const std::string office,
                   RefusingOffice(request.office(), state.offer(), context));
  Event event;
  event.mutable_handover_dropped()->set_office(office);
  event.mutable_handover_dropped()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace kasundo::assignments
