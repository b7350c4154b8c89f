#include "workflows/monitoring/checklist_template_decider.h"

#include <algorithm>
#include <optional>

#include "fmt/format.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "kasundo/monitoring/v1/reasons.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/committee/decided_by.h"
#include "workflows/directory/term.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/monitoring/oversight.h"
#include "workflows/monitoring/shipped_instruments.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using State = v1::ChecklistTemplateState;
using Decision = absl::StatusOr<std::vector<v1::ChecklistTemplateEvent>>;

v1::TemplateVersion Written(int32_t number, const TemplateItems& items, const Context& context) {
  v1::TemplateVersion version;
  version.set_number(number);
  *version.mutable_items() = items;
  *version.mutable_prepared_on() = context.today;
  version.set_prepared_by_office(context.actor.office());
  version.set_prepared_by_person(context.actor.person());
  return version;
}

// A rider stands beside its core in one checklist, so neither may use an id of the other. What a
// core asks later is seen when both go out (BeginIssuance, AttachRider).
absl::Status CheckBesideCore(const std::string& core, const TemplateItems& items,
                             const Context& context) {
  const auto* state = core.empty() ? nullptr : context.Related<State>(core);
  return state == nullptr ? absl::OkStatus() : CheckNotAskedBy(*state, core, items);
}

Decision PrepareTemplate(const v1::PrepareTemplateRequest& request, const State&,
                         const Context& context) {
  const bool rider = request.instrument() == v1::INSTRUMENT_RIDER;
  if (rider == request.rider_to().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_NOT_A_RIDER,
                  "a rider, and only a rider, belongs to a core checklist")
        .Field("rider_to")
        .Mend("Name the core template of a rider; leave it out for all others.");
  }
  std::optional<v1::ShippedInstrument> shipped;
  if (!request.shipped().empty()) shipped = FindInstrument(request.shipped());
  const bool unknown = !request.shipped().empty() && !shipped.has_value();
  if (unknown || request.items().empty() == !shipped.has_value()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ITEM_INVALID,
                  unknown ? fmt::format("no instrument \"{}\" ships", request.shipped())
                          : "a template has items of its own, or those of a shipped instrument")
        .Field(request.items().empty() ? "items" : "shipped")
        .Mend("Give items, or the id of an instrument that ListInstruments shows; not both.");
  }
  const TemplateItems& items = shipped.has_value() ? shipped->items() : request.items();
  RETURN_IF_ERROR(CheckItems(items));
  RETURN_IF_ERROR(CheckBesideCore(request.rider_to(), items, context));
  v1::ChecklistTemplateEvent event;
  v1::TemplatePrepared& prepared = *event.mutable_template_prepared();
  prepared.set_title(request.title());
  prepared.set_purpose(request.purpose());
  prepared.set_instrument(request.instrument());
  if (request.instrument() == v1::INSTRUMENT_UNSPECIFIED) {
    prepared.set_instrument(shipped.has_value() ? shipped->instrument() : v1::INSTRUMENT_CHECKLIST);
  }
  prepared.set_rider_to(request.rider_to());
  prepared.set_validating_body(request.validating_body());
  prepared.set_source(request.source().empty() && shipped.has_value() ? shipped->source()
                                                                      : request.source());
  *prepared.mutable_version() = Written(1, items, context);
  return {{std::move(event)}};
}

Decision ReviseTemplate(const v1::ReviseTemplateRequest& request, const State& state,
                        const Context& context) {
  RETURN_IF_ERROR(CheckItems(request.items()));
  RETURN_IF_ERROR(CheckSameTypes(state, request.items()));
  RETURN_IF_ERROR(CheckBesideCore(state.rider_to(), request.items(), context));
  const v1::TemplateVersion& newest = *state.versions().rbegin();
  const int32_t number = newest.has_validated_on() ? newest.number() + 1 : newest.number();
  v1::ChecklistTemplateEvent event;
  v1::TemplateVersion& version = *event.mutable_template_revised()->mutable_version();
  version = Written(number, request.items(), context);
  version.set_note(request.note());
  return {{std::move(event)}};
}

// Requirement 77: a body validates it before it can be issued.
Decision ValidateTemplate(const v1::ValidateTemplateRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(committees::CheckDecidedBy(
      state.validating_body(), request.decision(), context,
      [](const committees::v1::MeetingState&, const committees::v1::Motion&) { return true; }));
  v1::ChecklistTemplateEvent event;
  v1::TemplateValidated& validated = *event.mutable_template_validated();
  validated.set_version(state.versions().rbegin()->number());
  *validated.mutable_on() = context.today;
  *validated.mutable_decision() = request.decision();
  return {{std::move(event)}};
}

Decision RetireTemplate(const v1::RetireTemplateRequest&, const State&, const Context& context) {
  RETURN_IF_ERROR(committees::RequireReason(context));
  v1::ChecklistTemplateEvent event;
  event.mutable_template_retired()->set_reason(context.reason);
  return {{std::move(event)}};
}

bool IsFocalPoint(const State&, const Context& context) {
  const auto* office = context.Related<directory::v1::OfficeState>(context.actor.office());
  if (office == nullptr) return false;
  const auto duties = directory::DutiesOn(*office, context.today);
  return std::any_of(duties.begin(), duties.end(), [](const directory::v1::Duty* duty) {
    return duty->kind() == directory::v1::DUTY_KIND_FOCAL_POINT;
  });
}

}  // namespace

State ChecklistTemplate::Evolve(State state, const Event& event) {
  using E = v1::ChecklistTemplateEvent;
  switch (event.event_case()) {
    case E::kTemplatePrepared: {
      const v1::TemplatePrepared& prepared = event.template_prepared();
      state.set_title(prepared.title());
      state.set_purpose(prepared.purpose());
      state.set_instrument(prepared.instrument());
      state.set_rider_to(prepared.rider_to());
      state.set_validating_body(prepared.validating_body());
      state.set_source(prepared.source());
      *state.add_versions() = prepared.version();
      break;
    }
    case E::kTemplateRevised: {
      const v1::TemplateVersion& version = event.template_revised().version();
      if (!state.versions().empty() && state.versions().rbegin()->number() == version.number()) {
        state.mutable_versions()->RemoveLast();
      }
      *state.add_versions() = version;
      break;
    }
    case E::kTemplateValidated: {
      const v1::TemplateValidated& validated = event.template_validated();
      for (v1::TemplateVersion& version : *state.mutable_versions()) {
        if (version.number() != validated.version()) continue;
        *version.mutable_validated_on() = validated.on();
        *version.mutable_decision() = validated.decision();
      }
      state.set_issuable_version(validated.version());
      break;
    }
    case E::kTemplateRetired:
      state.set_issuable_version(0);
      state.set_reason(event.template_retired().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& ChecklistTemplate::Traits() {
  static const KindTraits traits{"checklist_template", "checklistTemplates", ""};
  return traits;
}

const std::vector<CommandCase<ChecklistTemplate>>& ChecklistTemplate::Commands() {
  static const std::vector<CommandCase<ChecklistTemplate>> cases = {
      On(&PrepareTemplate, {"TemplatePrepared"}),
      On(&ReviseTemplate, {"TemplateRevised"}),
      On(&ValidateTemplate, {"TemplateValidated"}),
      On(&RetireTemplate, {"TemplateRetired"}),
  };
  return cases;
}

const std::vector<RoleCase<ChecklistTemplate>>& ChecklistTemplate::Roles() {
  static const std::vector<RoleCase<ChecklistTemplate>> roles = {
      {"focal-point", "who acts in an office to which AssignDuty gave the duty of a focal point",
       &IsFocalPoint},
      {"validating-body", "who presides the body that validates it, or is its secretariat",
       [](const State& state, const Context& context) {
         return !state.validating_body().empty() && ActsForBody(context, state.validating_body());
       }},
  };
  return roles;
}

const std::vector<GuardCase<ChecklistTemplate>>& ChecklistTemplate::Guards() {
  static const std::vector<GuardCase<ChecklistTemplate>> guards = {
      {"validated-by-a-meeting",
       "a meeting of the body in the record validated the newest version",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         const bool by_meeting =
             !state.versions().empty() && !state.versions().rbegin()->decision().meeting().empty();
         if (by_meeting) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    api::v1::REASON_GUARD_NOT_MET,
                                    "no meeting in the record validated it")
                                 .Mend("Let a meeting of the body decide on it."));
       }},
  };
  return guards;
}

}  // namespace kasundo::monitoring
