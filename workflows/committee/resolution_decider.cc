#include "workflows/committee/resolution_decider.h"

#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "kasundo/committees/v1/resolutions_follow_ups.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "workflows/committee/addressees.h"
#include "workflows/committee/body_roles.h"
#include "workflows/committee/decided_by.h"
#include "workflows/committee/follow_up_requests.h"
#include "workflows/committee/resolution_number.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

using State = v1::ResolutionState;
using Decision = absl::StatusOr<std::vector<v1::ResolutionEvent>>;

// --- due dates ---

// Whether a due date of it is still to be watched.
bool IsWatched(const v1::ResolutionObligation& obligation) {
  return obligation.obligation_state() == v1::OBLIGATION_STATE_OUTSTANDING &&
         !obligation.overdue() && IsSet(obligation.due_date());
}

// Notes whose due date lies before the day of recording, so that theirs does not keep the next one
// from being watched.
template <typename Entries>
void NoteOver(const Entries& entries, const Context& context,
              std::vector<v1::ResolutionEvent>& events) {
  const CivilDate today = DayOf(context.now, context.time_zone);
  v1::ResolutionEvent event;
  for (const auto& entry : entries) {
    if (!IsSet(entry.due_date()) || !Before(entry.due_date(), today)) continue;
    event.mutable_obligations_overdue()->add_addressees(entry.addressee());
  }
  if (event.has_obligations_overdue()) events.push_back(std::move(event));
}

// --- adoption ---

Decision RecordResolution(const v1::RecordResolutionRequest& request, const State&,
                          const Context& context) {
  RETURN_IF_ERROR(CheckAddressees(request.addressees(), {}));
  v1::ResolutionEvent event;
  v1::ResolutionRecorded& recorded = *event.mutable_resolution_recorded();
  const CivilDate& adopted_on = request.has_adopted_on() ? request.adopted_on() : context.today;
  const v1::CommitteeState* body = BodyOf(context);
  ASSIGN_OR_RETURN(*recorded.mutable_number(),
                   GiveNumber(body == nullptr ? v1::CommitteeState() : *body, request.number(),
                              adopted_on.year(), "number.number"));
  recorded.set_title(request.title());
  recorded.set_text(request.text());
  recorded.set_meeting(request.meeting());
  recorded.set_motion(request.motion());
  *recorded.mutable_adopted_on() = adopted_on;
  *recorded.mutable_addressees() = request.addressees();
  std::vector<v1::ResolutionEvent> events = {std::move(event)};
  if (context.entered_late) NoteOver(request.addressees(), context, events);
  return events;
}

Decision RecordRecommendation(const v1::RecordRecommendationRequest& request, const State&,
                              const Context&) {
  v1::ResolutionEvent event;
  v1::RecommendationRecorded& recorded = *event.mutable_recommendation_recorded();
  recorded.set_title(request.title());
  recorded.set_text(request.text());
  recorded.set_meeting(request.meeting());
  recorded.set_motion(request.motion());
  *recorded.mutable_recommended_on() = request.recommended_on();
  *recorded.mutable_addressees() = request.addressees();
  *recorded.mutable_actions() = request.actions();
  recorded.set_matter(request.matter());
  recorded.set_matter_effect(request.matter_effect());
  recorded.set_decision_kind(request.decision_kind());
  return {{std::move(event)}};
}

Decision RatifyRecommendation(const v1::RatifyRecommendationRequest& request, const State& state,
                              const Context& context) {
  v1::ResolutionEvent event;
  v1::ResolutionRatified& ratified = *event.mutable_resolution_ratified();
  *ratified.mutable_number() = request.number();
  ratified.set_meeting(request.meeting());
  *ratified.mutable_ratified_on() = request.ratified_on();
  std::vector<v1::ResolutionEvent> events = {std::move(event)};
  if (context.entered_late) NoteOver(state.obligations(), context, events);
  return events;
}

Decision RejectRecommendation(const v1::RejectRecommendationRequest& request, const State&,
                              const Context& context) {
  v1::ResolutionEvent event;
  v1::ResolutionRejected& rejected = *event.mutable_resolution_rejected();
  rejected.set_meeting(request.meeting());
  *rejected.mutable_rejected_on() = request.rejected_on();
  rejected.set_reason(context.reason);
  return {{std::move(event)}};
}

// --- what it asks of whom ---

Decision AddAddressees(const v1::AddAddresseesRequest& request, const State& state,
                       const Context& context) {
  std::set<std::string> known;
  for (const v1::ResolutionObligation& obligation : state.obligations()) {
    known.insert(obligation.addressee());
  }
  RETURN_IF_ERROR(CheckAddressees(request.addressees(), std::move(known)));
  v1::ResolutionEvent event;
  *event.mutable_addressees_added()->mutable_addressees() = request.addressees();
  std::vector<v1::ResolutionEvent> events = {std::move(event)};
  NoteOver(request.addressees(), context, events);
  return events;
}

absl::StatusOr<const v1::ResolutionObligation*> RequireObligation(const State& state,
                                                                  const std::string& addressee) {
  for (const v1::ResolutionObligation& obligation : state.obligations()) {
    if (obligation.addressee() == addressee) return &obligation;
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_ADDRESSEE_NOT_FOUND,
                fmt::format("the resolution does not speak to \"{}\"", addressee))
      .Field("addressee")
      .Mend("Name an addressee of the resolution's `obligations`, or add it (AddAddressees).");
}

absl::Status RequireOutstanding(const v1::ResolutionObligation& obligation) {
  if (obligation.obligation_state() == v1::OBLIGATION_STATE_OUTSTANDING) return absl::OkStatus();
  const bool done = obligation.obligation_state() == v1::OBLIGATION_STATE_DONE;
  return Refuse(
             absl::StatusCode::kFailedPrecondition, v1::REASON_OBLIGATION_SETTLED,
             fmt::format("\"{}\" {} on {}", obligation.addressee(),
                         done ? "has done it" : "was released", ToString(obligation.settled_on())))
      .Field("addressee")
      .Mend("Reopen the obligation first, with a reason.");
}

// Whether the actor is the addressee: acts in its office or organisation, or keeps the record of
// the body addressed.
bool IsAddressee(const std::string& addressee, const Context& context) {
  if (addressee.empty()) return false;
  return addressee == context.actor.office() || addressee == context.actor.organisation() ||
         IsSecretariatOfBody(context, addressee);
}

bool IsAnyAddressee(const State& state, const Context& context) {
  return std::any_of(state.obligations().begin(), state.obligations().end(),
                     [&](const v1::ResolutionObligation& obligation) {
                       return IsAddressee(obligation.addressee(), context);
                     });
}

bool KeepsTheRecord(const Context& context) {
  return context.actor.administrator() || context.actor.system() ||
         IsSecretariatOfBody(context, ParentOf(context.instance));
}

Decision FulfilObligation(const v1::FulfilObligationRequest& request, const State& state,
                          const Context& context) {
  ASSIGN_OR_RETURN(const auto* obligation, RequireObligation(state, request.addressee()));
  if (!KeepsTheRecord(context) && !IsAddressee(request.addressee(), context)) {
    return Refuse(absl::StatusCode::kPermissionDenied, v1::REASON_NOT_THE_ADDRESSEE,
                  fmt::format("you do not act for \"{}\"", request.addressee()))
        .Field("addressee")
        .Mend("Answer for your own office or organisation, or let the secretariat record it.");
  }
  RETURN_IF_ERROR(RequireOutstanding(*obligation));
  if (request.evidence().title().empty() && request.evidence().document().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_EVIDENCE_NEEDED,
                  "what shows that it was done?")
        .Field("evidence")
        .Mend("Give a title, a document number or an address.");
  }
  v1::ResolutionEvent event;
  v1::ObligationFulfilled& fulfilled = *event.mutable_obligation_fulfilled();
  fulfilled.set_addressee(request.addressee());
  *fulfilled.mutable_evidence() = request.evidence();
  *fulfilled.mutable_done_on() = request.has_done_on() ? request.done_on() : context.today;
  fulfilled.set_note(request.note());
  return {{std::move(event)}};
}

Decision ReleaseAddressee(const v1::ReleaseAddresseeRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const auto* obligation, RequireObligation(state, request.addressee()));
  RETURN_IF_ERROR(RequireOutstanding(*obligation));
  v1::ResolutionEvent event;
  event.mutable_addressee_released()->set_addressee(request.addressee());
  event.mutable_addressee_released()->set_reason(context.reason);
  *event.mutable_addressee_released()->mutable_released_on() = context.today;
  return {{std::move(event)}};
}

Decision ReopenObligation(const v1::ReopenObligationRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  ASSIGN_OR_RETURN(const auto* obligation, RequireObligation(state, request.addressee()));
  if (obligation->obligation_state() == v1::OBLIGATION_STATE_OUTSTANDING) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  "the obligation is outstanding")
        .Field("addressee")
        .Mend("Nothing needs to be done. If another addressee was meant, name that one.");
  }
  v1::ResolutionEvent event;
  event.mutable_obligation_reopened()->set_addressee(request.addressee());
  event.mutable_obligation_reopened()->set_reason(context.reason);
  std::vector<v1::ResolutionEvent> events = {std::move(event)};
  NoteOver(google::protobuf::RepeatedPtrField<v1::ResolutionObligation>(obligation, obligation + 1),
           context, events);
  return events;
}

Decision NoteOverdue(const v1::NoteOverdueRequest&, const State& state, const Context& context) {
  google::protobuf::RepeatedPtrField<v1::ResolutionObligation> watched;
  for (const v1::ResolutionObligation& obligation : state.obligations()) {
    if (IsWatched(obligation)) *watched.Add() = obligation;
  }
  std::vector<v1::ResolutionEvent> events;
  NoteOver(watched, context, events);
  return events;
}

class OverdueObligations final : public ProcessManager {
 public:
  std::string_view name() const override { return "overdue-obligations"; }

  std::vector<FollowUp> React(const workflows::v1::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& /*related*/) const override {
    FollowUps follow_ups;
    const auto* event = dynamic_cast<const workflows::v1::EngineEvent*>(&payload);
    if (event != nullptr && record.kind() == "resolution" &&
        event->deadline_reached().deadline() == "obligation-due") {
      Send<v1::NoteOverdueRequest>(record.instance(), follow_ups);
    }
    return follow_ups;
  }
};

// --- its end ---

Decision SupersedeResolution(const v1::SupersedeResolutionRequest& request, const State&,
                             const Context& context) {
  const RelatedInstance* successor = context.Find(request.superseded_by());
  if (request.superseded_by() == context.instance || successor == nullptr ||
      successor->lifecycle_state != "adopted") {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_SUCCESSOR_INVALID,
                  fmt::format("\"{}\" is not another adopted resolution", request.superseded_by()))
        .Field("superseded_by")
        .Mend("Name the adopted resolution that takes its place; ListResolutions shows them.");
  }
  v1::ResolutionEvent event;
  event.mutable_resolution_superseded()->set_superseded_by(request.superseded_by());
  *event.mutable_resolution_superseded()->mutable_superseded_on() = context.today;
  return {{std::move(event)}};
}

Decision RepealResolution(const v1::RepealResolutionRequest& request, const State&,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  // Any carried motion will do: that it repeals this one stands in its text.
  RETURN_IF_ERROR(
      CheckDecided(request.decision(), context, [](const auto&, const auto&) { return true; }));
  v1::ResolutionEvent event;
  *event.mutable_resolution_repealed()->mutable_decision() = request.decision();
  event.mutable_resolution_repealed()->set_reason(context.reason);
  *event.mutable_resolution_repealed()->mutable_repealed_on() = context.today;
  return {{std::move(event)}};
}

// --- evolve ---

void Address(State& state, const google::protobuf::RepeatedPtrField<v1::Addressee>& addressees) {
  for (const v1::Addressee& addressee : addressees) {
    v1::ResolutionObligation& obligation = *state.add_obligations();
    obligation.set_addressee(addressee.addressee());
    obligation.set_group(addressee.group());
    obligation.set_obligation(addressee.obligation());
    if (addressee.has_due_date()) *obligation.mutable_due_date() = addressee.due_date();
    obligation.set_obligation_state(v1::OBLIGATION_STATE_OUTSTANDING);
  }
}

// An obligation that is not there is one that nobody sees.
v1::ResolutionObligation& ObligationIn(State& state, const std::string& addressee,
                                       v1::ResolutionObligation& nowhere) {
  for (v1::ResolutionObligation& obligation : *state.mutable_obligations()) {
    if (obligation.addressee() == addressee) return obligation;
  }
  return nowhere;
}

void FindNextDueDate(State& state) {
  state.clear_next_due_date();
  for (const v1::ResolutionObligation& obligation : state.obligations()) {
    if (!IsWatched(obligation)) continue;
    if (!state.has_next_due_date() || Last(obligation.due_date()) < Last(state.next_due_date())) {
      *state.mutable_next_due_date() = obligation.due_date();
    }
  }
}

void Apply(State& state, const v1::ResolutionRecorded& event) {
  state.set_number(event.number().number());
  state.set_title(event.title());
  state.set_text(event.text());
  state.set_meeting(event.meeting());
  state.set_motion(event.motion());
  *state.mutable_adopted_on() = event.adopted_on();
  Address(state, event.addressees());
}

void Apply(State& state, const v1::RecommendationRecorded& event) {
  state.set_title(event.title());
  state.set_text(event.text());
  state.set_meeting(event.meeting());
  state.set_motion(event.motion());
  *state.mutable_recommended_on() = event.recommended_on();
  Address(state, event.addressees());
  *state.mutable_actions() = event.actions();
  state.set_matter(event.matter());
  state.set_matter_effect(event.matter_effect());
  state.set_decision_kind(event.decision_kind());
}

}  // namespace

State Resolution::Initial() { return {}; }

State Resolution::Evolve(State state, const v1::ResolutionEvent& event) {
  using E = v1::ResolutionEvent;
  v1::ResolutionObligation nowhere;
  switch (event.event_case()) {
    case E::kResolutionRecorded:
      Apply(state, event.resolution_recorded());
      break;
    case E::kRecommendationRecorded:
      Apply(state, event.recommendation_recorded());
      break;
    case E::kResolutionRatified:
      state.set_number(event.resolution_ratified().number().number());
      state.set_ratified_at_meeting(event.resolution_ratified().meeting());
      *state.mutable_adopted_on() = event.resolution_ratified().ratified_on();
      break;
    case E::kResolutionRejected:
      state.set_end_reason(event.resolution_rejected().reason());
      *state.mutable_ended_on() = event.resolution_rejected().rejected_on();
      break;
    case E::kAddresseesAdded:
      Address(state, event.addressees_added().addressees());
      break;
    case E::kObligationFulfilled: {
      auto& obligation = ObligationIn(state, event.obligation_fulfilled().addressee(), nowhere);
      obligation.set_obligation_state(v1::OBLIGATION_STATE_DONE);
      *obligation.mutable_evidence() = event.obligation_fulfilled().evidence();
      *obligation.mutable_settled_on() = event.obligation_fulfilled().done_on();
      obligation.set_note(event.obligation_fulfilled().note());
      break;
    }
    case E::kAddresseeReleased: {
      auto& obligation = ObligationIn(state, event.addressee_released().addressee(), nowhere);
      obligation.set_obligation_state(v1::OBLIGATION_STATE_RELEASED);
      *obligation.mutable_settled_on() = event.addressee_released().released_on();
      obligation.set_note(event.addressee_released().reason());
      break;
    }
    case E::kObligationReopened: {
      auto& obligation = ObligationIn(state, event.obligation_reopened().addressee(), nowhere);
      obligation.set_obligation_state(v1::OBLIGATION_STATE_OUTSTANDING);
      obligation.clear_evidence();
      obligation.clear_settled_on();
      obligation.clear_overdue();
      obligation.set_note(event.obligation_reopened().reason());
      break;
    }
    case E::kObligationsOverdue:
      for (const std::string& addressee : event.obligations_overdue().addressees()) {
        ObligationIn(state, addressee, nowhere).set_overdue(true);
      }
      break;
    case E::kResolutionSuperseded:
      state.set_superseded_by(event.resolution_superseded().superseded_by());
      *state.mutable_ended_on() = event.resolution_superseded().superseded_on();
      break;
    case E::kResolutionRepealed:
      *state.mutable_repealed_by() = event.resolution_repealed().decision();
      state.set_end_reason(event.resolution_repealed().reason());
      *state.mutable_ended_on() = event.resolution_repealed().repealed_on();
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  FindNextDueDate(state);
  return state;
}

const KindTraits& Resolution::Traits() {
  static const KindTraits traits = {"resolution", "resolutions", "committee"};
  return traits;
}

const std::vector<CommandCase<Resolution>>& Resolution::Commands() {
  static const std::vector<CommandCase<Resolution>> cases = {
      On(&RecordResolution, {"ResolutionRecorded", "ObligationsOverdue"}),
      On(&RecordRecommendation, {"RecommendationRecorded"}),
      On(&RatifyRecommendation, {"ResolutionRatified", "ObligationsOverdue"}),
      On(&RejectRecommendation, {"ResolutionRejected"}),
      On(&AddAddressees, {"AddresseesAdded", "ObligationsOverdue"}),
      On(&FulfilObligation, {"ObligationFulfilled"}),
      On(&ReleaseAddressee, {"AddresseeReleased"}),
      On(&ReopenObligation, {"ObligationReopened", "ObligationsOverdue"}),
      On(&NoteOverdue, {"ObligationsOverdue"}),
      On(&SupersedeResolution, {"ResolutionSuperseded"}),
      On(&RepealResolution, {"ResolutionRepealed"}),
  };
  return cases;
}

const std::vector<RoleCase<Resolution>>& Resolution::Roles() {
  static const std::vector<RoleCase<Resolution>> roles = {
      SecretariatOfItsBody<Resolution>(),
      PresiderOfItsBody<Resolution>(),
      {"addressee", "an office, organisation or body that the resolution speaks to",
       &IsAnyAddressee},
  };
  return roles;
}

const std::vector<GuardCase<Resolution>>& Resolution::Guards() {
  static const std::vector<GuardCase<Resolution>> guards = {
      {"nothing-outstanding",
       "every addressee has done what is asked or was released",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         const auto outstanding = std::count_if(
             state.obligations().begin(), state.obligations().end(), [](const auto& obligation) {
               return obligation.obligation_state() == v1::OBLIGATION_STATE_OUTSTANDING;
             });
         if (outstanding == 0) return absl::OkStatus();
         return absl::Status(
             Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_GUARD_NOT_MET,
                    fmt::format("{} obligations are outstanding", outstanding))
                 .Mend("Record what was done, or release the addressees with a reason."));
       }},
  };
  return guards;
}

std::unique_ptr<ProcessManager> ObligationsWatch() {
  return std::make_unique<OverdueObligations>();
}

}  // namespace kasundo::committees
