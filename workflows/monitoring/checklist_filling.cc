#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/directory/term.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/acting.h"
#include "workflows/monitoring/checklist_commands.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using State = v1::ChecklistState;

const v1::IssuanceBegun* SettingsOf(const Context& context) {
  const auto* issuance = context.Related<v1::IssuanceState>(ParentOf(context.instance));
  return issuance == nullptr ? nullptr : &issuance->settings();
}

// Where the figures of a unit count: in the territory that it is, or in which it lies.
std::string TerritoryOf(const std::string& unit, const Context& context) {
  if (context.Related<directory::v1::TerritoryState>(unit) != nullptr) return unit;
  if (const auto* found = context.Related<directory::v1::OrganisationState>(unit)) {
    return found->territory();
  }
  const auto* office = context.Related<directory::v1::OfficeState>(unit);
  if (office == nullptr) return "";
  if (!office->territory().empty()) return office->territory();
  return TerritoryOf(directory::OrganisationOn(*office, context.today), context);
}

v1::ChecklistEvent AnswersFrom(const google::protobuf::RepeatedPtrField<v1::Answer>& answers,
                               const v1::ChecklistActor& reporter) {
  v1::ChecklistEvent event;
  *event.mutable_answers_given()->mutable_answers() = answers;
  *event.mutable_answers_given()->mutable_reporter() = reporter;
  return event;
}

// What is asked with one rider more, also of the other units of the issuance: their figures come
// together.
std::vector<AskedItem> ItemsWith(const v1::AttachedRider& rider, State state,
                                 const Context& context) {
  if (const v1::IssuanceBegun* settings = SettingsOf(context)) {
    for (const v1::IssuedRider& issued : settings->riders()) {
      v1::AttachedRider& one = *state.add_riders();
      one.set_rider(issued.rider());
      one.set_version(issued.version());
    }
  }
  *state.add_riders() = rider;
  return ItemsOf(context.lookup, state);
}

absl::Status Incomplete(absl::StatusCode code, v1::Reason reason,
                        const std::vector<std::string>& items, std::string_view what,
                        std::string_view mend) {
  return Refuse(code, reason, fmt::format("{}: {}", what, fmt::join(items, ", ")))
      .Field("answers")
      .Mend(mend)
      .With("items", fmt::format("{}", fmt::join(items, ",")));
}

absl::Status CheckComplete(const State& state, const std::vector<AskedItem>& asked) {
  std::vector<std::string> missing;
  std::vector<std::string> unproven;
  for (const AskedItem& one : asked) {
    const v1::Answer* answer = FindAnswer(state.answers(), one.item->id());
    if (answer == nullptr) {
      if (!one.item->optional()) missing.push_back(one.item->id());
    } else if (LacksEvidence(*one.item, *answer)) {
      unproven.push_back(one.item->id());
    }
  }
  if (!missing.empty()) {
    return Incomplete(absl::StatusCode::kFailedPrecondition, v1::REASON_ANSWERS_MISSING, missing,
                      "not answered",
                      "Answer them, or say of each that it does not apply, and why.");
  }
  if (!unproven.empty()) {
    return Incomplete(absl::StatusCode::kFailedPrecondition, v1::REASON_EVIDENCE_NEEDED, unproven,
                      "without evidence", "Give the title or the number of a document for each.");
  }
  return absl::OkStatus();
}

}  // namespace

ChecklistDecision OpenChecklist(const v1::OpenChecklistRequest& request, const State&,
                                const Context& context) {
  const v1::IssuanceBegun* settings = SettingsOf(context);
  const std::string territory = TerritoryOf(request.unit(), context);
  if (settings == nullptr || territory.empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NO_UNITS,
                  fmt::format("{} lies in no territory", request.unit()))
        .Field("unit")
        .Mend("Name a territory, or an organisation or office whose territory is known.");
  }
  v1::ChecklistEvent event;
  v1::ChecklistOpened& opened = *event.mutable_checklist_opened();
  opened.set_unit(request.unit());
  opened.set_territory(territory);
  opened.set_checklist_template(settings->checklist_template());
  opened.set_template_version(settings->template_version());
  for (const v1::IssuedRider& issued : settings->riders()) {
    const auto& units = issued.units();
    if (!units.empty() && std::find(units.begin(), units.end(), request.unit()) == units.end()) {
      continue;
    }
    v1::AttachedRider& rider = *opened.add_riders();
    rider.set_rider(issued.rider());
    rider.set_version(issued.version());
  }
  *opened.mutable_remind_on() = settings->remind_on();
  *opened.mutable_due_on() = settings->due_on();
  *opened.mutable_close_on() = settings->close_on();
  return {{std::move(event)}};
}

ChecklistDecision FillChecklist(const v1::FillChecklistRequest& request, const State& state,
                                const Context& context) {
  ASSIGN_OR_RETURN(const v1::ChecklistActor reporter,
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  const std::vector<AskedItem> asked = ItemsOf(context.lookup, state);
  RETURN_IF_ERROR(CheckAnswers(request.answers(), asked));
  for (int i = 0; i < request.clear_size(); ++i) {
    if (FindItem(asked, request.clear(i)) == nullptr) {
      return ItemNotFound(request.clear(i), fmt::format("clear[{}]", i));
    }
  }
  if (request.answers().empty() && request.clear().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED,
                  "nothing is answered")
        .Field("answers")
        .Mend("Give at least one answer, or an item to clear.");
  }
  v1::ChecklistEvent event = AnswersFrom(request.answers(), reporter);
  *event.mutable_answers_given()->mutable_cleared() = request.clear();
  return {{std::move(event)}};
}

ChecklistDecision SetChecklistTargets(const v1::SetChecklistTargetsRequest& request,
                                      const State& state, const Context& context) {
  const std::vector<AskedItem> asked = ItemsOf(context.lookup, state);
  for (int i = 0; i < request.targets_size(); ++i) {
    const v1::ItemTarget& target = request.targets(i);
    const std::string field = fmt::format("targets[{}]", i);
    if (FindItem(asked, target.item()) == nullptr) {
      return ItemNotFound(target.item(), field + ".item");
    }
    RETURN_IF_ERROR(CheckNumber(target.baseline(), field + ".baseline"));
    RETURN_IF_ERROR(CheckNumber(target.target(), field + ".target"));
  }
  v1::ChecklistEvent event;
  *event.mutable_targets_set()->mutable_targets() = request.targets();
  return {{std::move(event)}};
}

ChecklistDecision AttachRider(const v1::AttachRiderRequest& request, const State& state,
                              const Context& context) {
  const auto* rider = context.Related<v1::ChecklistTemplateState>(request.rider());
  if (rider == nullptr || rider->rider_to() != state.checklist_template()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NOT_A_RIDER,
                  fmt::format("{} is no rider to {}", request.rider(), state.checklist_template()))
        .Field("rider")
        .Mend("Name a template that is a rider to this checklist's.");
  }
  if (rider->issuable_version() == 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_TEMPLATE_NOT_VALIDATED,
                  fmt::format("no version of {} is validated and in use", request.rider()))
        .Field("rider")
        .Mend("Let its body validate it first.");
  }
  const bool there = std::any_of(
      state.riders().begin(), state.riders().end(),
      [&](const v1::AttachedRider& attached) { return attached.rider() == request.rider(); });
  if (there) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_RIDER_ATTACHED,
                  "the rider is attached already")
        .Field("rider")
        .Mend("Nothing needs to be done.");
  }
  v1::ChecklistEvent event;
  v1::AttachedRider& attached = *event.mutable_rider_attached()->mutable_rider();
  attached.set_rider(request.rider());
  attached.set_version(rider->issuable_version());
  RETURN_IF_ERROR(CheckApart(ItemsWith(attached, state, context), "rider"));
  return {{std::move(event)}};
}

ChecklistDecision SubmitChecklist(const v1::SubmitChecklistRequest& request, const State& state,
                                  const Context& context) {
  ASSIGN_OR_RETURN(const v1::ChecklistActor reporter,
                   ActorOf(context, request.on_behalf_of(), request.has_on_behalf_of()));
  const std::vector<AskedItem> asked = ItemsOf(context.lookup, state);
  RETURN_IF_ERROR(CheckAnswers(request.answers(), asked));
  std::vector<v1::ChecklistEvent> events;
  v1::ChecklistState then = state;
  if (!request.answers().empty()) {
    events.push_back(AnswersFrom(request.answers(), reporter));
    for (const v1::Answer& answer : request.answers()) {
      if (FindAnswer(then.answers(), answer.item()) == nullptr) {
        *then.add_answers() = answer;
      } else {
        for (v1::Answer& old : *then.mutable_answers()) {
          if (old.item() == answer.item()) old = answer;
        }
      }
    }
  }
  RETURN_IF_ERROR(CheckComplete(then, asked));
  v1::ChecklistSubmitted& submitted = *events.emplace_back().mutable_checklist_submitted();
  *submitted.mutable_reporter() = reporter;
  *submitted.mutable_on() = context.today;
  submitted.set_late(Before(state.due_on(), context.today));
  return events;
}

}  // namespace kasundo::monitoring
