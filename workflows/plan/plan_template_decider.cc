#include "workflows/plan/plan_template_decider.h"

#include "fmt/format.h"
#include "kasundo/plans/v1/plan_templates_service.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/item_checks.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

using State = v1::PlanTemplateState;
using Items = google::protobuf::RepeatedPtrField<v1::TemplateItem>;
using Decision = absl::StatusOr<std::vector<v1::PlanTemplateEvent>>;

// What a plan fills in for itself.
void ClearWhatIsThePlans(v1::PlanItem& item) {
  item.clear_owner_office();
  item.clear_contributors();
  item.clear_starts_on();
  item.clear_ends_on();
  item.clear_schedule();
  item.clear_cost();
  item.clear_cost_conversion();
  item.clear_official_lines();
  item.clear_obligations();
  item.clear_owner_after_funding();
  item.clear_skipped();
}

// Checks new items as a plan would, behind those that are there already.
absl::StatusOr<Items> CheckItems(const Items& there, const Items& added, int version) {
  v1::PlanTree tree;
  for (const v1::TemplateItem& item : there) *tree.add_items() = item.item();
  Items checked;
  for (int i = 0; i < added.size(); ++i) {
    v1::TemplateItem& item = *checked.Add();
    item = added[i];
    item.set_since_version(version);
    ClearWhatIsThePlans(*item.mutable_item());
    RETURN_IF_ERROR(CheckNewItem(tree, "", *item.mutable_item()));
    if (item.starts_after_months() < 0 || item.lasts_months() < 0) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_FIGURE_INVALID,
                    fmt::format("\"{}\" would last or wait less than no time", item.item().id()))
          .Field(fmt::format("items[{}]", i))
          .Mend("Give months from 0 on.");
    }
    *tree.add_items() = item.item();
  }
  return checked;
}

Decision WritePlanTemplate(const v1::WritePlanTemplateRequest& request, const State&,
                           const Context&) {
  if (request.items().empty() || request.title().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_PLAN_EMPTY,
                  "a template has a title and at least one item")
        .Field(request.title().empty() ? "title" : "items")
        .Mend("Write it out, or name a shipped one (ListShippedTemplates).");
  }
  v1::PlanTemplateEvent event;
  v1::PlanTemplateWritten& written = *event.mutable_plan_template_written();
  written.set_title(request.title());
  written.set_description(request.description());
  written.set_author(request.author());
  written.set_source(request.source());
  written.set_shipped(request.shipped());
  ASSIGN_OR_RETURN(*written.mutable_items(), CheckItems({}, request.items(), 1));
  return {{std::move(event)}};
}

Decision ImprovePlanTemplate(const v1::ImprovePlanTemplateRequest& request, const State& state,
                             const Context&) {
  v1::PlanTemplateEvent event;
  v1::PlanTemplateImproved& improved = *event.mutable_plan_template_improved();
  improved.set_note(request.note());
  ASSIGN_OR_RETURN(*improved.mutable_added(),
                   CheckItems(state.items(), request.items(), state.versions_size() + 1));
  return {{std::move(event)}};
}

Decision RetirePlanTemplate(const v1::RetirePlanTemplateRequest&, const State&,
                            const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::PlanTemplateEvent event;
  event.mutable_plan_template_retired()->set_reason(context.reason);
  return {{std::move(event)}};
}

void AddVersion(const std::string& note, const Items& items, State& state) {
  v1::TemplateVersion& version = *state.add_versions();
  version.set_version(state.versions_size());
  version.set_note(note);
  for (const v1::TemplateItem& item : items) {
    version.add_added(item.item().id());
    *state.add_items() = item;
  }
}

// The last day before as many months have passed.
CivilDate LastDayOf(const CivilDate& starts_on, int months) {
  const absl::CivilDay first = First(starts_on);
  return FromDay(absl::CivilDay(first.year(), first.month() + months, first.day()) - 1);
}

}  // namespace

v1::PlanItem ItemOf(const v1::TemplateItem& item, const CivilDate& starts_on,
                    const CivilDate& ends_on) {
  v1::PlanItem made = item.item();
  const absl::CivilDay first = First(starts_on);
  const CivilDate begins = FromDay(
      absl::CivilDay(first.year(), first.month() + item.starts_after_months(), first.day()));
  *made.mutable_starts_on() = begins;
  *made.mutable_ends_on() =
      item.lasts_months() == 0 ? ends_on : LastDayOf(begins, item.lasts_months());
  // A plan that is shorter than the template ends when it ends.
  if (Last(ends_on) < Last(made.ends_on())) *made.mutable_ends_on() = ends_on;
  if (Last(made.ends_on()) < First(begins)) *made.mutable_starts_on() = made.ends_on();
  return made;
}

std::vector<v1::TemplateItem> OfferedTo(const v1::PlanState& plan,
                                        const v1::PlanTemplateState& source) {
  std::vector<v1::TemplateItem> offered;
  for (const v1::TemplateItem& item : source.items()) {
    if (item.since_version() > plan.provenance().template_version() &&
        FindItem(plan.tree(), item.item().id()) == nullptr) {
      offered.push_back(item);
    }
  }
  return offered;
}

State PlanTemplate::Evolve(State state, const Event& event) {
  using E = v1::PlanTemplateEvent;
  switch (event.event_case()) {
    case E::kPlanTemplateWritten: {
      const v1::PlanTemplateWritten& written = event.plan_template_written();
      state.set_title(written.title());
      state.set_description(written.description());
      state.set_author(written.author());
      state.set_source(written.source());
      state.set_shipped(written.shipped());
      AddVersion("", written.items(), state);
      break;
    }
    case E::kPlanTemplateImproved:
      AddVersion(event.plan_template_improved().note(), event.plan_template_improved().added(),
                 state);
      break;
    case E::kPlanTemplateRetired:
      state.set_retired_reason(event.plan_template_retired().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& PlanTemplate::Traits() {
  static const KindTraits traits{"plan_template", "planTemplates", ""};
  return traits;
}

const std::vector<CommandCase<PlanTemplate>>& PlanTemplate::Commands() {
  static const std::vector<CommandCase<PlanTemplate>> cases = {
      On(&WritePlanTemplate, {"PlanTemplateWritten"}),
      On(&ImprovePlanTemplate, {"PlanTemplateImproved"}),
      On(&RetirePlanTemplate, {"PlanTemplateRetired"}),
  };
  return cases;
}

const std::vector<RoleCase<PlanTemplate>>& PlanTemplate::Roles() {
  static const std::vector<RoleCase<PlanTemplate>> roles = {
      {"office-holder", "who acts in any office",
       [](const State&, const Context& context) { return !context.actor.office().empty(); }},
  };
  return roles;
}

const std::vector<GuardCase<PlanTemplate>>& PlanTemplate::Guards() {
  static const std::vector<GuardCase<PlanTemplate>> guards;
  return guards;
}

}  // namespace kasundo::plans
