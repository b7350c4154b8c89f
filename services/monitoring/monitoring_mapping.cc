#include "services/monitoring/monitoring_mapping.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "kasundo/monitoring/v1/checklist_templates_events.pb.h"
#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "kasundo/monitoring/v1/findings_events.pb.h"
#include "kasundo/monitoring/v1/issuances_events.pb.h"
#include "services/monitoring/instance_lookup.h"
#include "workflows/monitoring/checklist_figures.h"
#include "workflows/monitoring/oversight.h"

namespace kasundo::monitoring {
namespace {

void AddChain(const v1::ChecklistState& state, const Instance& instance,
              const MappingContext& context, const Context::Lookup& lookup,
              v1::Checklist& checklist) {
  const RelatedInstance* parent = lookup(ParentOf(instance.name));
  const auto* issuance =
      parent == nullptr ? nullptr : dynamic_cast<const v1::IssuanceState*>(parent->state);
  if (issuance == nullptr) return;
  const v1::IssuanceBegun& settings = issuance->settings();
  for (const Overseer& overseer :
       ChainOf(lookup, settings.oversight_body(), state.territory(), context.on)) {
    v1::OverseeingBody& body = *checklist.add_chain();
    body.set_body(overseer.body);
    body.set_territory(overseer.territory);
    body.set_validates(Validates(overseer, settings.validating_level()));
  }
}

}  // namespace

v1::ChecklistTemplate ToChecklistTemplate(const Instance& instance, const MappingContext& context) {
  const auto& state = static_cast<const v1::ChecklistTemplateState&>(*instance.state);
  v1::ChecklistTemplate to;
  to.set_title(state.title());
  to.set_purpose(state.purpose());
  to.set_instrument(state.instrument());
  to.set_rider_to(state.rider_to());
  to.set_validating_body(state.validating_body());
  to.set_source(state.source());
  *to.mutable_versions() = state.versions();
  if (context.in_list) {
    for (v1::TemplateVersion& version : *to.mutable_versions()) version.clear_items();
  }
  to.set_issuable_version(state.issuable_version());
  to.set_reason(state.reason());
  return to;
}

v1::Issuance ToIssuance(const Instance& instance, const MappingContext&) {
  const auto& state = static_cast<const v1::IssuanceState&>(*instance.state);
  const v1::IssuanceBegun& settings = state.settings();
  v1::Issuance to;
  to.set_title(settings.title());
  to.set_series(settings.series());
  to.set_checklist_template(settings.checklist_template());
  to.set_template_version(settings.template_version());
  *to.mutable_period() = settings.period();
  to.set_cadence(settings.cadence());
  *to.mutable_units() = settings.units();
  *to.mutable_riders() = settings.riders();
  to.set_oversight_body(settings.oversight_body());
  to.set_validating_level(settings.validating_level());
  *to.mutable_remind_on() = settings.remind_on();
  *to.mutable_due_on() = settings.due_on();
  *to.mutable_close_on() = settings.close_on();
  to.set_issued(state.issued());
  to.set_next(state.next());
  to.set_ended_reason(state.ended_reason());
  return to;
}

v1::Finding ToFinding(const Instance& instance, const MappingContext&) {
  const auto& state = static_cast<const v1::FindingState&>(*instance.state);
  const v1::FindingRaised& raised = state.raised();
  v1::Finding to;
  to.set_title(raised.title());
  to.set_details(raised.details());
  to.set_typology(raised.typology());
  to.set_origin(raised.origin());
  to.set_about(raised.about());
  to.set_item(raised.item());
  to.set_territory(raised.territory());
  to.set_implementing_office(raised.implementing_office());
  to.set_body(raised.body());
  to.set_source_of_information(raised.source_of_information());
  if (raised.has_slippage()) *to.mutable_slippage() = raised.slippage();
  *to.mutable_raised_on() = raised.raised_on();
  *to.mutable_explain_by() = raised.explain_by();
  if (state.has_explanation()) *to.mutable_explanation() = state.explanation();
  *to.mutable_inspections() = state.inspections();
  *to.mutable_sessions() = state.sessions();
  if (state.has_referral()) *to.mutable_referral() = state.referral();
  *to.mutable_corrective_actions() = state.corrective_actions();
  to.set_resolution(state.resolution());
  if (state.has_resolved_on()) *to.mutable_resolved_on() = state.resolved_on();
  if (state.has_lesson()) *to.mutable_lesson() = state.lesson();
  to.set_reason(state.reason());
  return to;
}

v1::CorrectiveAction ToCorrectiveAction(const Instance& instance, const MappingContext&) {
  const auto& state = static_cast<const v1::CorrectiveActionState&>(*instance.state);
  v1::CorrectiveAction to;
  to.set_title(state.title());
  to.set_owner_office(state.owner_office());
  *to.mutable_due_date() = state.due_date();
  if (state.has_evidence()) *to.mutable_evidence() = state.evidence();
  if (state.has_done_on()) *to.mutable_done_on() = state.done_on();
  if (state.has_done_by()) *to.mutable_done_by() = state.done_by();
  to.set_was_late(state.was_late() || instance.record.lifecycle_state() == "overdue");
  if (state.has_verified_on()) *to.mutable_verified_on() = state.verified_on();
  if (state.has_verified_by()) *to.mutable_verified_by() = state.verified_by();
  to.set_reason(state.reason());
  to.set_session(state.session());
  return to;
}

v1::Checklist ToChecklist(const Instance& instance, const MappingContext& context) {
  const auto& state = static_cast<const v1::ChecklistState&>(*instance.state);
  InstanceLookup held(context.engine, context.as_of);
  const Context::Lookup lookup = held.function();
  v1::Checklist to;
  to.set_unit(state.unit());
  to.set_territory(state.territory());
  to.set_checklist_template(state.checklist_template());
  to.set_template_version(state.template_version());
  *to.mutable_riders() = state.riders();
  *to.mutable_remind_on() = state.remind_on();
  *to.mutable_due_on() = state.due_on();
  *to.mutable_close_on() = state.close_on();
  to.set_stage(state.stage());
  const std::vector<AskedItem> asked = ItemsOf(lookup, state);
  const Completion completion = CompletionOf(state, asked);
  to.set_answered(completion.answered);
  to.set_not_applicable(completion.not_applicable);
  to.set_not_answered(completion.not_answered);
  to.set_completion(completion.percent);
  to.set_score(ScoreOf(state, asked));
  if (state.has_submitted_on()) *to.mutable_submitted_on() = state.submitted_on();
  to.set_was_late(state.was_late() || instance.record.lifecycle_state() == "late" ||
                  instance.record.lifecycle_state() == "closed");
  *to.mutable_reporters() = state.reporters();
  *to.mutable_reviews() = state.reviews();
  *to.mutable_corrections() = state.corrections();
  for (v1::Gap& gap : GapsOf(state, asked)) *to.add_gaps() = std::move(gap);
  to.set_reason(state.reason());
  if (state.has_rework_due_on()) *to.mutable_rework_due_on() = state.rework_due_on();
  if (context.in_list) return to;
  for (v1::ChecklistLine& line : LinesOf(state, asked)) *to.add_lines() = std::move(line);
  AddChain(state, instance, context, lookup, to);
  return to;
}

}  // namespace kasundo::monitoring
