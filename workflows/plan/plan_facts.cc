#include "workflows/plan/plan_facts.h"

#include <algorithm>
#include <vector>

#include "workflows/engine/civil_date.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

// Changes an item of the tree that is worked on. An item that is not there is one that nobody sees.
template <typename Change>
void InTree(v1::PlanState& state, const std::string& item, const Change& change) {
  if (v1::PlanItem* found = FindItem(*state.mutable_tree(), item)) change(*found);
}

// The same for what needs no new version: the approved tree says it too.
template <typename Change>
void InBothTrees(v1::PlanState& state, const std::string& item, const Change& change) {
  InTree(state, item, change);
  if (!state.has_baseline()) return;
  if (v1::PlanItem* found = FindItem(*state.mutable_baseline(), item)) change(*found);
}

// Replaces the entry of the same id, or adds it.
template <typename Entries, typename Entry>
void Put(Entries& entries, const Entry& entry) {
  if (Entry* found = FindById(entries, entry.id())) {
    *found = entry;
  } else {
    *entries.Add() = entry;
  }
}

bool SameLine(const v1::OfficialLine& a, const v1::OfficialLine& b) {
  return a.plan() == b.plan() && a.item() == b.item() && a.document() == b.document() &&
         a.line() == b.line();
}

v1::ActivityProgress* ProgressOf(v1::PlanState& state, const std::string& item) {
  for (v1::ActivityProgress& progress : *state.mutable_progress()) {
    if (progress.item() == item) return &progress;
  }
  return nullptr;
}

}  // namespace

void Apply(const v1::PlanCreated& event, v1::PlanState& state) {
  state.set_title(event.title());
  state.set_description(event.description());
  state.set_body(event.body());
  state.set_owner_office(event.owner_office());
  *state.mutable_territories() = event.territories();
  state.set_currency(event.currency());
  *state.mutable_starts_on() = event.starts_on();
  *state.mutable_ends_on() = event.ends_on();
  if (event.has_funding_ends_on()) *state.mutable_funding_ends_on() = event.funding_ends_on();
  state.set_slippage_policy(event.slippage_policy());
  state.set_previous_cycle(event.previous_cycle());
  state.set_territory_cap(event.territory_cap());
  if (event.has_provenance()) *state.mutable_provenance() = event.provenance();
  if (event.has_tree()) *state.mutable_tree() = event.tree();
}

void Apply(const v1::PlanDescribed& event, v1::PlanState& state) {
  state.set_title(event.title());
  state.set_description(event.description());
  *state.mutable_territories() = event.territories();
  if (event.has_funding_ends_on()) *state.mutable_funding_ends_on() = event.funding_ends_on();
}

void Apply(const v1::ItemAdded& event, v1::PlanState& state) {
  *state.mutable_tree()->add_items() = event.item();
}

void Apply(const v1::ItemDescribed& event, v1::PlanState& state) {
  InTree(state, event.item(), [&](v1::PlanItem& item) {
    item.set_title(event.title());
    item.set_description(event.description());
    *item.mutable_sdg_targets() = event.sdg_targets();
    *item.mutable_themes() = event.themes();
    item.set_recurring(event.recurring());
  });
}

void Apply(const v1::ItemScheduled& event, v1::PlanState& state) {
  InTree(state, event.item(), [&](v1::PlanItem& item) {
    item.clear_starts_on();
    if (event.has_starts_on()) *item.mutable_starts_on() = event.starts_on();
    *item.mutable_ends_on() = event.ends_on();
    *item.mutable_schedule() = event.schedule();
  });
}

void Apply(const v1::DependenciesSet& event, v1::PlanState& state) {
  InTree(state, event.item(),
         [&](v1::PlanItem& item) { *item.mutable_depends_on() = event.depends_on(); });
}

void Apply(const v1::IndicatorsSet& event, v1::PlanState& state) {
  InTree(state, event.item(),
         [&](v1::PlanItem& item) { *item.mutable_indicators() = event.indicators(); });
}

void Apply(const v1::ItemMoved& event, v1::PlanState& state) {
  InTree(state, event.item(), [&](v1::PlanItem& item) { item.set_parent(event.new_parent()); });
  // Each item stands after the one above it: it goes to the end with all beneath it.
  auto& items = *state.mutable_tree()->mutable_items();
  std::vector<v1::PlanItem> stay;
  std::vector<v1::PlanItem> moved;
  for (const v1::PlanItem& item : items) {
    (IsWithin(state.tree(), item.id(), event.item()) ? moved : stay).push_back(item);
  }
  items.Clear();
  for (auto* part : {&stay, &moved}) {
    for (v1::PlanItem& item : *part) *items.Add() = std::move(item);
  }
}

void Apply(const v1::ItemRemoved& event, v1::PlanState& state) {
  EraseById(*state.mutable_tree()->mutable_items(), event.item().id());
}

void Apply(const v1::ItemSkipped& event, v1::PlanState& state) {
  InTree(state, event.item(), [&](v1::PlanItem& item) { item.set_skipped(event.reason()); });
}

void Apply(const v1::ItemResumed& event, v1::PlanState& state) {
  InTree(state, event.item(), [](v1::PlanItem& item) { item.clear_skipped(); });
}

void Apply(const v1::CostSet& event, v1::PlanState& state) {
  InTree(state, event.item(), [&](v1::PlanItem& item) {
    item.clear_cost();
    item.clear_cost_conversion();
    if (event.has_cost()) *item.mutable_cost() = event.cost();
    if (event.has_conversion()) *item.mutable_cost_conversion() = event.conversion();
  });
}

void Apply(const v1::ResponsibleAssigned& event, v1::PlanState& state) {
  InBothTrees(state, event.item(),
              [&](v1::PlanItem& item) { item.set_owner_office(event.office()); });
}

void Apply(const v1::ResponsibilityTransferred& event, v1::PlanState& state) {
  if (event.item().empty()) {
    state.set_owner_office(event.to_office());
    return;
  }
  InBothTrees(state, event.item(),
              [&](v1::PlanItem& item) { item.set_owner_office(event.to_office()); });
}

void Apply(const v1::ContributorsSet& event, v1::PlanState& state) {
  InBothTrees(state, event.item(),
              [&](v1::PlanItem& item) { *item.mutable_contributors() = event.contributors(); });
}

void Apply(const v1::OwnerAfterFundingNamed& event, v1::PlanState& state) {
  InBothTrees(state, event.item(),
              [&](v1::PlanItem& item) { item.set_owner_after_funding(event.office()); });
}

void Apply(const v1::UptakeRecorded& event, v1::PlanState& state) {
  InBothTrees(state, event.item(), [&](v1::PlanItem& item) {
    for (v1::OfficialLine& line : *item.mutable_official_lines()) {
      if (!SameLine(line, event.official_line())) continue;
      line = event.official_line();
      return;
    }
    *item.add_official_lines() = event.official_line();
  });
}

void Apply(const v1::ObligationsLinked& event, v1::PlanState& state) {
  InBothTrees(state, event.item(), [&](v1::PlanItem& item) {
    for (const std::string& obligation : event.obligations()) item.add_obligations(obligation);
  });
}

void Apply(const v1::BudgetLineAdded& event, v1::PlanState& state) {
  *state.mutable_tree()->add_budget() = event.line();
}

void Apply(const v1::BudgetLineChanged& event, v1::PlanState& state) {
  Put(*state.mutable_tree()->mutable_budget(), event.line());
}

void Apply(const v1::BudgetLineRemoved& event, v1::PlanState& state) {
  EraseById(*state.mutable_tree()->mutable_budget(), event.line().id());
}

void Apply(const v1::ContributionAdded& event, v1::PlanState& state) {
  *state.mutable_tree()->add_contributions() = event.contribution();
}

void Apply(const v1::ContributionRemoved& event, v1::PlanState& state) {
  EraseById(*state.mutable_tree()->mutable_contributions(), event.contribution().id());
}

void Apply(const v1::BaselineStudyLinked& event, v1::PlanState& state) {
  *state.add_studies() = event.study();
  state.clear_waiver();
}

void Apply(const v1::BaselineWaived& event, v1::PlanState& state) {
  *state.mutable_waiver() = event.waiver();
}

void Apply(const v1::FoundationShown& event, v1::PlanState& state) {
  for (v1::Foundation& foundation : *state.mutable_foundations()) {
    if (foundation.kind() != event.foundation().kind()) continue;
    foundation = event.foundation();
    return;
  }
  *state.add_foundations() = event.foundation();
}

void Apply(const v1::RiskAdded& event, v1::PlanState& state) { *state.add_risks() = event.risk(); }

void Apply(const v1::RiskRetired& event, v1::PlanState& state) {
  if (v1::Risk* risk = FindById(*state.mutable_risks(), event.risk())) {
    risk->set_retired(event.reason());
  }
}

void Apply(const v1::SlippagePolicyFollowed& event, v1::PlanState& state) {
  state.set_slippage_policy(event.slippage_policy());
}

void Apply(const v1::PlanProposed&, v1::PlanState& state) { state.clear_reason(); }

void Apply(const v1::PlanReturned& event, v1::PlanState& state) {
  state.set_reason(event.reason());
}

void Apply(const v1::PlanApproved& event, v1::PlanState& state) {
  *state.add_versions() = event.version();
  state.clear_baseline();
  state.clear_revision();
  state.clear_reason();
}

void Apply(const v1::RevisionOpened& event, v1::PlanState& state) {
  *state.mutable_revision() = event.revision();
  *state.mutable_baseline() = state.tree();
}

void Apply(const v1::RevisionDropped&, v1::PlanState& state) {
  if (state.has_baseline()) state.mutable_tree()->Swap(state.mutable_baseline());
  state.clear_baseline();
  state.clear_revision();
}

void Apply(const v1::ProgressReported& event, v1::PlanState& state) {
  if (event.superseded()) return;
  if (v1::ActivityProgress* progress = ProgressOf(state, event.progress().item())) {
    *progress = event.progress();
    return;
  }
  // By id, so that the state does not depend on who reported first.
  auto& all = *state.mutable_progress();
  *all.Add() = event.progress();
  for (int i = all.size() - 1; i > 0 && all[i].item() < all[i - 1].item(); --i) {
    all.SwapElements(i, i - 1);
  }
}

void Apply(const v1::ProgressCorrected& event, v1::PlanState& state) {
  if (v1::ActivityProgress* progress = ProgressOf(state, event.progress().item())) {
    *progress = event.progress();
  }
}

void Apply(const v1::SlippageAssessed& event, v1::PlanState& state) {
  *state.mutable_figures() = event.figures();
}

// The figures that the band was entered with stand in the report or the assessment before.
void Apply(const v1::SlippageBandEntered&, v1::PlanState&) {}
void Apply(const v1::SlippageBandLeft&, v1::PlanState&) {}

void Apply(const v1::PlanClosed& event, v1::PlanState& state) {
  *state.mutable_assessment() = event.assessment();
}

void Apply(const v1::PlanAbandoned& event, v1::PlanState& state) {
  state.set_reason(event.reason());
}

void Apply(const v1::ImprovementsTaken& event, v1::PlanState& state) {
  for (const v1::PlanItem& item : event.items()) *state.mutable_tree()->add_items() = item;
  state.mutable_provenance()->set_template_version(event.template_version());
}

void Apply(const v1::NeedListed& event, v1::PlanState& state) {
  state.add_open_needs(event.need());
}

void Apply(const v1::NeedSettled& event, v1::PlanState& state) {
  auto& needs = *state.mutable_open_needs();
  const auto found = std::find(needs.begin(), needs.end(), event.need());
  if (found != needs.end()) needs.erase(found);
}

}  // namespace kasundo::plans
