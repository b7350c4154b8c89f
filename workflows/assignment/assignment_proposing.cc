// Proposing an assignment, answering the proposal, and ending what came of it.
#include <utility>

#include "fmt/format.h"
#include "workflows/assignment/assignment_commands.h"
#include "workflows/assignment/function_decider.h"
#include "workflows/assignment/lead_policy.h"
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

constexpr int kMostMonthsBetweenReports = 24;

absl::StatusOr<const v1::FunctionVersion*> FunctionOn(const std::string& function,
                                                      const CivilDate& since,
                                                      const Context& context) {
  const auto* found = context.Related<v1::FunctionState>(function);
  const RelatedInstance* instance = context.Find(function);
  const v1::FunctionVersion* version = found == nullptr ? nullptr : VersionOn(*found, since);
  if (version != nullptr && instance->lifecycle_state != "withdrawn") return version;
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_FUNCTION_NOT_IN_FORCE,
                fmt::format("{} was not in force on {}", function, ToString(since)))
      .Field("function")
      .Mend("Name a function of the glossary that is in force then, or define one first.")
      .With("function", function);
}

// Requirement 54: created by an act, for a community, for a term, with a reporting duty.
absl::Status CheckEmbassy(bool ambassador, const v1::ProposeAssignmentRequest& request) {
  if (!ambassador) {
    if (!request.has_embassy()) return absl::OkStatus();
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NO_SUCH_DUTY,
                  "only an ambassador owes reports from a community abroad")
        .Field("embassy")
        .Mend("Leave it out, or assign a function whose nature is ambassador.");
  }
  const int months = request.embassy().report_every_months();
  if (!request.embassy().community().empty() && months >= 1 &&
      months <= kMostMonthsBetweenReports && request.has_until()) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_AMBASSADOR_INCOMPLETE,
                "an ambassador has a community, a last day, and a report every 1 to 24 months")
      .Field(request.has_until() ? "embassy" : "until")
      .Mend("Give embassy.community, embassy.report_every_months and until.");
}

absl::StatusOr<v1::Offer> MakeProposal(const v1::Offices& offices, const CivilDate& since,
                                       const CivilDate& until, const std::string& document,
                                       const Context& context) {
  RETURN_IF_ERROR(directory::CheckPeriod(since, until));
  RETURN_IF_ERROR(CheckOffices(offices, since, context));
  v1::Offer offer;
  *offer.mutable_offices() = offices;
  *offer.mutable_since() = since;
  if (IsSet(until)) *offer.mutable_until() = until;
  offer.set_document(document);
  AskAll({}, &offer);
  return offer;
}

}  // namespace

AssignmentEvents ProposeAssignment(const v1::ProposeAssignmentRequest& request, const State&,
                                   const Context& context) {
  const CivilDate& since = directory::DateOr(request.since(), context.today);
  if (!request.part().empty() && request.subject().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TOO_LITTLE_SAID,
                  fmt::format("\"{}\" is part of what?", request.part()))
        .Field("subject")
        .Mend("Name the subject of which it is a part, or leave the part out.");
  }
  ASSIGN_OR_RETURN(const v1::FunctionVersion* function,
                   FunctionOn(request.function(), since, context));
  RETURN_IF_ERROR(CheckEmbassy(function->nature() == v1::FUNCTION_NATURE_AMBASSADOR, request));
  Event event;
  v1::AssignmentProposed& proposed = *event.mutable_assignment_proposed();
  ASSIGN_OR_RETURN(
      *proposed.mutable_offer(),
      MakeProposal(request.offices(), since, request.until(), request.document(), context));
  ASSIGN_OR_RETURN(
      auto lead, JudgeLead(request.entry_point(), request.offices().accountable(), since, context));
  if (lead.has_value()) *proposed.mutable_lead_choice() = *std::move(lead);
  proposed.set_title(request.title());
  proposed.set_function(request.function());
  proposed.set_function_version(function->number());
  proposed.set_nature(function->nature());
  proposed.set_territory(request.territory());
  proposed.set_subject(request.subject());
  proposed.set_part(request.part());
  proposed.set_mandate(request.mandate());
  *proposed.mutable_legal_bases() = request.legal_bases();
  proposed.set_assigned_by(context.actor.office());
  if (request.has_embassy()) *proposed.mutable_embassy() = request.embassy();
  State as_proposed;
  as_proposed.set_function(proposed.function());
  as_proposed.set_nature(proposed.nature());
  as_proposed.set_territory(proposed.territory());
  as_proposed.set_subject(proposed.subject());
  as_proposed.set_part(proposed.part());
  RETURN_IF_ERROR(
      CheckSeparation(DutyOf(as_proposed, proposed.offer(), context), request.offices(), context));
  return {{std::move(event)}};
}

AssignmentEvents ReviseProposal(const v1::ReviseProposalRequest& request, const State& state,
                                const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const CivilDate& since = directory::DateOr(request.since(), context.today);
  RETURN_IF_ERROR(FunctionOn(state.function(), since, context).status());
  if (state.has_embassy() && !request.has_until()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_AMBASSADOR_INCOMPLETE,
                  "an ambassador has a last day")
        .Field("until")
        .Mend("Give until.");
  }
  Event event;
  v1::ProposalRevised& revised = *event.mutable_proposal_revised();
  ASSIGN_OR_RETURN(*revised.mutable_offer(), MakeProposal(request.offices(), since, request.until(),
                                                          request.document(), context));
  revised.mutable_offer()->set_reason(context.reason);
  ASSIGN_OR_RETURN(
      auto lead, JudgeLead(request.entry_point(), request.offices().accountable(), since, context));
  if (lead.has_value()) *revised.mutable_lead_choice() = *std::move(lead);
  RETURN_IF_ERROR(
      CheckSeparation(DutyOf(state, revised.offer(), context), request.offices(), context));
  return {{std::move(event)}};
}

AssignmentEvents AcceptAssignment(const v1::AcceptAssignmentRequest& request, const State& state,
                                  const Context& context) {
  ASSIGN_OR_RETURN(const auto answers,
                   AcceptancesOf(request.office(), request.document(), state.offer(), context));
  std::vector<Event> events;
  v1::Offer offer = state.offer();
  for (const v1::Answer& answer : answers) {
    *events.emplace_back().mutable_assignment_accepted()->mutable_answer() = answer;
    PutAnswer(answer, &offer);
  }
  if (!IsAgreed(offer)) return events;
  v1::AssignmentTakenUp taken;
  *taken.mutable_tenure() = TenureOf(offer, context);
  const CivilDate& since = taken.tenure().since();
  if (IsSet(offer.until()) && Before(offer.until(), since)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("the mandate ended on {}, before all accepted it",
                              ToString(offer.until())))
        .Field("header.occurred_on")
        .Mend("Give the day on which it was accepted, or have it proposed for a later time.");
  }
  taken.mutable_tenure()->set_number(1);
  *taken.mutable_confirm_by() = MonthsAfter(since, 3);
  if (state.has_embassy()) {
    *taken.mutable_report_due() = MonthsAfter(since, state.embassy().report_every_months());
  }
  *events.emplace_back().mutable_assignment_taken_up() = std::move(taken);
  return events;
}

AssignmentEvents DeclineAssignment(const v1::DeclineAssignmentRequest& request, const State& state,
                                   const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(std::string office, RefusingOffice(request.office(), state.offer(), context));
  if (office.empty()) office = state.offer().answers(0).office();
  Event event;
  event.mutable_assignment_declined()->set_office(office);
  event.mutable_assignment_declined()->set_reason(context.reason);
  return {{std::move(event)}};
}

AssignmentEvents WithdrawAssignment(const v1::WithdrawAssignmentRequest&, const State&,
                                    const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  Event event;
  event.mutable_assignment_withdrawn()->set_reason(context.reason);
  return {{std::move(event)}};
}

AssignmentEvents EndAssignment(const v1::EndAssignmentRequest& request, const State& state,
                               const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const CivilDate& on = directory::DateOr(request.on(), context.today);
  if (Before(on, LastTenure(state.tenures())->since())) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_DATE_OUT_OF_ORDER,
                  fmt::format("those who have it have it since {}",
                              ToString(LastTenure(state.tenures())->since())))
        .Field("on")
        .Mend("Give a day that is not before that one.");
  }
  Event event;
  v1::AssignmentEnded& ended = *event.mutable_assignment_ended();
  *ended.mutable_on() = on;
  ended.set_successor(request.successor());
  ended.set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace kasundo::assignments
