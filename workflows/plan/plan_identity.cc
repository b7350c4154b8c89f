// What a plan is and what it stands on.
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/plans/v1/plan_templates_events.pb.h"
#include "kasundo/plans/v1/slippage_policies_events.pb.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/item_checks.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_commands.h"
#include "workflows/plan/plan_decider.h"
#include "workflows/plan/plan_template_decider.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

constexpr int kMostRisks = 500;

// Requirement 74.
absl::Status CheckCap(int territories, int cap) {
  if (cap == 0 || territories <= cap) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TERRITORY_CAP,
                fmt::format("{} territories, and the plan may cover {}", territories, cap))
      .Field("territories")
      .Mend("Leave some out: the network caps how many an office takes on.")
      .With("cap", cap);
}

// Requirement 68: in cyclic plans a new cycle cannot open before the assessment of the last one is
// closed. One that was abandoned is over and will never be assessed.
absl::Status CheckPreviousCycle(const std::string& previous, const Context& context) {
  if (previous.empty()) return absl::OkStatus();
  const auto* plan = context.Related<PlanState>(previous);
  if (plan == nullptr || plan->has_assessment() ||
      context.Find(previous)->lifecycle_state == kAbandoned) {
    return absl::OkStatus();
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_PREVIOUS_CYCLE_OPEN,
                fmt::format("{} is not closed with its assessment", previous))
      .Field("previous_cycle")
      .Mend("Close it first (ClosePlan, with the assessment), or abandon it (AbandonPlan).");
}

absl::Status CheckPolicy(const std::string& policy, const Context& context) {
  const auto* state = context.Related<v1::SlippagePolicyState>(policy);
  if (state == nullptr || state->retired_reason().empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_POLICY_RETIRED,
                fmt::format("{} was retired: {}", policy, state->retired_reason()))
      .Field("slippage_policy")
      .Mend("Name a policy that is in force.");
}

// What CreatePlan and CreatePlanFromTemplate have in common.
template <typename Request>
PlanEvents Begin(const Request& request, const Context& context) {
  RETURN_IF_ERROR(CheckCurrency("currency", request.currency()));
  RETURN_IF_ERROR(CheckSpan("ends_on", request.starts_on(), request.ends_on()));
  RETURN_IF_ERROR(CheckCap(request.territories_size(), request.territory_cap()));
  RETURN_IF_ERROR(CheckPreviousCycle(request.previous_cycle(), context));
  RETURN_IF_ERROR(CheckPolicy(request.slippage_policy(), context));
  std::vector<v1::PlanEvent> events(1);
  v1::PlanCreated& created = *events[0].mutable_plan_created();
  created.set_title(request.title());
  created.set_body(request.body());
  created.set_owner_office(request.owner_office());
  *created.mutable_territories() = request.territories();
  created.set_currency(request.currency());
  *created.mutable_starts_on() = request.starts_on();
  *created.mutable_ends_on() = request.ends_on();
  if (request.has_funding_ends_on()) {
    *created.mutable_funding_ends_on() = request.funding_ends_on();
  }
  created.set_slippage_policy(request.slippage_policy());
  created.set_previous_cycle(request.previous_cycle());
  created.set_territory_cap(request.territory_cap());
  if (!request.variant_of().empty()) {
    created.mutable_provenance()->set_variant_of(request.variant_of());
  }
  return events;
}

}  // namespace

PlanEvents CreatePlan(const v1::CreatePlanRequest& request, const PlanState&,
                      const Context& context) {
  ASSIGN_OR_RETURN(std::vector<v1::PlanEvent> events, Begin(request, context));
  events[0].mutable_plan_created()->set_description(request.description());
  return events;
}

PlanEvents CreatePlanFromTemplate(const v1::CreatePlanFromTemplateRequest& request,
                                  const PlanState&, const Context& context) {
  ASSIGN_OR_RETURN(std::vector<v1::PlanEvent> events, Begin(request, context));
  const auto* source = context.Related<v1::PlanTemplateState>(request.plan_template());
  if (source == nullptr) return events;
  v1::PlanCreated& created = *events[0].mutable_plan_created();
  if (created.title().empty()) created.set_title(source->title());
  created.set_description(source->description());
  v1::Provenance& provenance = *created.mutable_provenance();
  provenance.set_template_name(request.plan_template());
  provenance.set_template_version(source->versions_size());
  provenance.set_template_author(source->author());
  for (const v1::TemplateItem& item : source->items()) {
    *created.mutable_tree()->add_items() = ItemOf(item, request.starts_on(), request.ends_on());
  }
  return events;
}

PlanEvents TakeImprovements(const v1::TakeImprovementsRequest& request, const PlanState& state,
                            const Context& context) {
  RETURN_IF_ERROR(CheckFinding(state, request.finding()));
  const auto* source = context.Related<v1::PlanTemplateState>(state.provenance().template_name());
  const std::vector<v1::TemplateItem> offered =
      source == nullptr ? std::vector<v1::TemplateItem>() : OfferedTo(state, *source);
  if (offered.empty()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOTHING_TO_TAKE,
                  source == nullptr ? "the plan was not made of a template"
                                    : "the plan has all that its template has")
        .Mend("Nothing needs to be done. Other items are added one by one (AddItem).");
  }
  RETURN_IF_ERROR(CheckRoom(
      "items", state.tree().items_size() + static_cast<int>(offered.size()) - 1, kMostItems));
  v1::PlanEvent event;
  v1::ImprovementsTaken& taken = *event.mutable_improvements_taken();
  taken.set_template_version(source->versions_size());
  taken.set_finding(request.finding());
  v1::PlanTree tree = state.tree();
  for (const v1::TemplateItem& item : offered) {
    v1::PlanItem made = ItemOf(item, state.starts_on(), state.ends_on());
    // The template does not know what was taken out of the plan, or moved in it.
    if (!CheckNewItem(tree, state.currency(), made).ok()) {
      taken.add_left_out(made.id());
      continue;
    }
    *tree.add_items() = made;
    *taken.add_items() = std::move(made);
  }
  if (!taken.items().empty()) return {{std::move(event)}};
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOTHING_TO_TAKE,
                fmt::format("what the template added has no place in the plan: {}",
                            fmt::join(taken.left_out(), ", ")))
      .Mend("Add what is wanted one by one, where the plan has a place for it (AddItem).");
}

PlanEvents DescribePlan(const v1::DescribePlanRequest& request, const PlanState& state,
                        const Context&) {
  v1::PlanEvent event;
  v1::PlanDescribed& described = *event.mutable_plan_described();
  described.set_title(request.title().empty() ? state.title() : request.title());
  described.set_description(request.description().empty() ? state.description()
                                                          : request.description());
  *described.mutable_territories() =
      request.territories().empty() ? state.territories() : request.territories();
  if (request.has_funding_ends_on()) {
    *described.mutable_funding_ends_on() = request.funding_ends_on();
  } else if (state.has_funding_ends_on()) {
    *described.mutable_funding_ends_on() = state.funding_ends_on();
  }
  RETURN_IF_ERROR(CheckSpan("funding_ends_on", state.starts_on(), described.funding_ends_on()));
  RETURN_IF_ERROR(CheckCap(described.territories_size(), state.territory_cap()));
  PlanState after = Plan::Evolve(state, event);
  if (after.SerializeAsString() == state.SerializeAsString()) {
    return NothingToChange("the plan says this already");
  }
  return {{std::move(event)}};
}

PlanEvents LinkBaselineStudy(const v1::LinkBaselineStudyRequest& request, const PlanState& state,
                             const Context& context) {
  const v1::BaselineStudy& study = request.study();
  RETURN_IF_ERROR(CheckId("study.id", study.id()));
  if (FindById(state.studies(), study.id()) != nullptr) {
    return AlreadyThere("study.id", fmt::format("a study \"{}\" is linked already", study.id()));
  }
  RETURN_IF_ERROR(CheckNotAhead("study.date", study.date(), context));
  for (int i = 0; i < study.findings_size(); ++i) {
    const std::string field = fmt::format("study.findings[{}].id", i);
    RETURN_IF_ERROR(CheckId(field, study.findings(i).id()));
    if (FindById(study.findings(), study.findings(i).id()) != &study.findings(i)) {
      return AlreadyThere(field,
                          fmt::format("two findings are called \"{}\"", study.findings(i).id()));
    }
  }
  v1::PlanEvent event;
  *event.mutable_baseline_study_linked()->mutable_study() = study;
  return {{std::move(event)}};
}

PlanEvents WaiveBaseline(const v1::WaiveBaselineRequest& request, const PlanState& state,
                         const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  if (!state.studies().empty()) {
    return AlreadyThere("waiver", "a baseline study is linked, so nothing needs to be waived");
  }
  RETURN_IF_ERROR(CheckNotAhead("waiver.date", request.waiver().date(), context));
  v1::PlanEvent event;
  v1::BaselineWaiver& waiver = *event.mutable_baseline_waived()->mutable_waiver();
  waiver = request.waiver();
  waiver.set_reason(context.reason);
  return {{std::move(event)}};
}

PlanEvents ShowFoundation(const v1::ShowFoundationRequest& request, const PlanState& state,
                          const Context&) {
  for (const v1::Foundation& shown : state.foundations()) {
    if (shown.kind() == request.foundation().kind() &&
        shown.document() == request.foundation().document()) {
      return NothingToChange(fmt::format("\"{}\" is shown already", shown.document()));
    }
  }
  v1::PlanEvent event;
  *event.mutable_foundation_shown()->mutable_foundation() = request.foundation();
  return {{std::move(event)}};
}

PlanEvents AddRisk(const v1::AddRiskRequest& request, const PlanState& state, const Context&) {
  RETURN_IF_ERROR(CheckId("risk.id", request.risk().id()));
  if (FindById(state.risks(), request.risk().id()) != nullptr) {
    return AlreadyThere("risk.id",
                        fmt::format("a risk \"{}\" is there already", request.risk().id()));
  }
  RETURN_IF_ERROR(CheckRoom("risks", state.risks_size(), kMostRisks));
  v1::PlanEvent event;
  v1::Risk& risk = *event.mutable_risk_added()->mutable_risk();
  risk = request.risk();
  risk.clear_retired();
  return {{std::move(event)}};
}

PlanEvents RetireRisk(const v1::RetireRiskRequest& request, const PlanState& state,
                      const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const v1::Risk* risk = FindById(state.risks(), request.risk());
  if (risk == nullptr) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_RISK_NOT_FOUND,
                  fmt::format("the plan has no risk \"{}\"", request.risk()))
        .Field("risk")
        .Mend("Give the id of a risk of the plan.");
  }
  if (!risk->retired().empty()) return NothingToChange("it is no risk any more");
  v1::PlanEvent event;
  event.mutable_risk_retired()->set_risk(risk->id());
  event.mutable_risk_retired()->set_reason(context.reason);
  return {{std::move(event)}};
}

PlanEvents FollowSlippagePolicy(const v1::FollowSlippagePolicyRequest& request,
                                const PlanState& state, const Context& context) {
  if (request.slippage_policy() == state.slippage_policy()) {
    return NothingToChange("the plan follows this policy already");
  }
  RETURN_IF_ERROR(CheckPolicy(request.slippage_policy(), context));
  v1::PlanEvent event;
  event.mutable_slippage_policy_followed()->set_slippage_policy(request.slippage_policy());
  event.mutable_slippage_policy_followed()->set_before(state.slippage_policy());
  return {{std::move(event)}};
}

}  // namespace kasundo::plans
