#include "services/plans/plan_progress_table.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "services/plans/plan_comparison.h"
#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_decider.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

constexpr int kShownPlaces = 2;

const v1::ActivityProgress* LatestOf(const v1::PlanState& plan, const std::string& item) {
  for (const v1::ActivityProgress& progress : plan.progress()) {
    if (progress.item() == item) return &progress;
  }
  return nullptr;
}

// Division by zero prints blank, not 0 and not 100 (standards.md 2.4).
std::string PercentOf(const std::string& part, const std::string& whole) {
  if (part.empty() || whole.empty() || FigureOf(whole).IsZero()) return "";
  const auto hundredfold = Product(FigureOf(part), Decimal(100));
  if (!hundredfold.has_value()) return "";
  const auto percent = Quotient(*hundredfold, FigureOf(whole), kShownPlaces);
  return percent.has_value() ? percent->ToFixed(kShownPlaces) : "";
}

void AddWords(const PolicyInUse& policy, v1::ProgressRow& row) {
  const v1::SlippageBand* band = BandOfFigures(row.figures(), policy);
  if (band == nullptr) return;
  row.set_word(band->title());
  row.set_definition(band->definition());
}

v1::ProgressRow RowOf(const v1::PlanState& plan, const v1::PlanItem& activity,
                      const Decimal& weight_percent, const CivilDate& on,
                      const PolicyInUse& policy) {
  v1::ProgressRow row;
  row.set_item(activity.id());
  row.set_title(activity.title());
  row.set_office(activity.owner_office());
  row.set_weight(weight_percent.ToFixed(kShownPlaces));
  if (activity.has_cost()) row.set_cost(SumText(CostOf(activity)));
  Physical physical;
  physical.target = TargetOn(activity, on);
  if (const v1::ActivityProgress* latest = LatestOf(plan, activity.id())) {
    const v1::ActivityReport& report = latest->report();
    physical.actual = FigureOf(report.percent());
    *row.mutable_reported_for() = latest->figures().as_of();
    if (report.has_financials()) {
      const v1::Financials& money = report.financials();
      *row.mutable_financials() = money;
      row.set_funding_support(PercentOf(money.allotment(), money.appropriations()));
      row.set_fund_utilization(PercentOf(money.disbursements(), money.allotment()));
    }
  }
  *row.mutable_figures() = FiguresOf(physical, on, policy);
  AddWords(policy, row);
  return row;
}

bool IsCarried(const v1::PlanItem& item) {
  return std::any_of(item.official_lines().begin(), item.official_lines().end(),
                     [](const auto& line) { return line.uptake() != v1::UPTAKE_LEFT_OUT; });
}

// The best that was said of an item.
v1::Uptake BestOf(const v1::PlanItem& item) {
  v1::Uptake best = v1::UPTAKE_UNSPECIFIED;
  for (const v1::OfficialLine& line : item.official_lines()) {
    if (best == v1::UPTAKE_UNSPECIFIED || line.uptake() < best) best = line.uptake();
  }
  return best;
}

v1::UptakeRow RowOf(const NamedPlan& plan, const v1::PlanItem& item) {
  v1::UptakeRow row;
  row.set_plan(plan.name);
  row.set_item(item.id());
  row.set_title(item.title());
  return row;
}

void Count(v1::Uptake uptake, v1::GetUptakeResponse& response) {
  switch (uptake) {
    case v1::UPTAKE_TAKEN_UP:
      response.set_taken_up(response.taken_up() + 1);
      break;
    case v1::UPTAKE_PARTLY:
      response.set_partly(response.partly() + 1);
      break;
    case v1::UPTAKE_LEFT_OUT:
      response.set_left_out(response.left_out() + 1);
      break;
    default:
      response.set_unanswered(response.unanswered() + 1);
  }
}

}  // namespace

v1::GetPlanProgressResponse ProgressTable(const v1::PlanState& plan, const CivilDate& on,
                                          const PolicyInUse& policy) {
  v1::GetPlanProgressResponse response;
  const v1::PlanTree& tree = ApprovedTree(plan);
  const Weights weights = WeightsOf(tree);
  Decimal cost;
  for (const v1::PlanItem* activity : ActivitiesOf(tree)) {
    cost += CostOf(*activity);
    *response.add_activities() =
        RowOf(plan, *activity, weights.PercentOf(activity->id()), on, policy);
  }
  v1::ProgressRow& whole = *response.mutable_plan();
  whole.set_title(plan.title());
  whole.set_office(plan.owner_office());
  whole.set_weight(Decimal(weights.of.empty() ? 0 : 100).ToFixed(kShownPlaces));
  if (!cost.IsZero()) whole.set_cost(SumText(cost));
  *whole.mutable_figures() = FiguresOf(PhysicalOf(tree, plan.progress(), on), on, policy);
  AddWords(policy, whole);
  return response;
}

v1::GetUptakeResponse UptakeOf(const NamedPlan& plan, const std::vector<NamedPlan>& all) {
  v1::GetUptakeResponse response;
  for (const v1::PlanItem* activity : ActivitiesOf(plan.state->tree())) {
    Count(BestOf(*activity), response);
    if (activity->official_lines().empty()) *response.add_items() = RowOf(plan, *activity);
    for (const v1::OfficialLine& line : activity->official_lines()) {
      v1::UptakeRow& row = *response.add_items();
      row = RowOf(plan, *activity);
      *row.mutable_official_line() = line;
    }
  }
  for (const NamedPlan& other : all) {
    for (const v1::PlanItem& item : other.state->tree().items()) {
      for (const v1::OfficialLine& line : item.official_lines()) {
        if (line.plan() != plan.name) continue;
        v1::UptakeRow& row = *response.add_carried();
        row = RowOf(other, item);
        *row.mutable_official_line() = line;
      }
    }
  }
  return response;
}

v1::GetThemeResponse ThemeOf(const std::string& theme, const std::vector<NamedPlan>& all) {
  struct Sum {
    Decimal target;
    std::optional<Decimal> actual;
    std::set<std::string> offices;
  };
  v1::GetThemeResponse response;
  std::map<std::string, Sum> sums;
  for (const NamedPlan& plan : all) {
    if (plan.state->versions().empty() || plan.lifecycle_state == kAbandoned) continue;
    for (const v1::PlanItem* each : ItemsToBeDone(ApprovedTree(*plan.state))) {
      const v1::PlanItem& item = *each;
      if (std::find(item.themes().begin(), item.themes().end(), theme) == item.themes().end()) {
        continue;
      }
      const v1::ActivityProgress* latest = LatestOf(*plan.state, item.id());
      for (const v1::Indicator& indicator : item.indicators()) {
        v1::ThemeTarget& target = *response.add_targets();
        target.set_plan(plan.name);
        target.set_item(item.id());
        target.set_title(item.title());
        target.set_office(item.owner_office());
        *target.mutable_indicator() = indicator;
        target.set_outside_official_plan(!IsCarried(item));
        Sum& sum = sums[indicator.unit()];
        sum.target += FigureOf(indicator.target());
        sum.offices.insert(item.owner_office());
        if (latest == nullptr) continue;
        for (const v1::IndicatorActual& actual : latest->report().indicators()) {
          if (actual.indicator() != indicator.id()) continue;
          target.set_actual(actual.value());
          sum.actual = sum.actual.value_or(Decimal()) + FigureOf(actual.value());
        }
      }
    }
  }
  for (const auto& [unit, sum] : sums) {
    v1::ThemeSum& written = *response.add_sums();
    written.set_unit(unit);
    written.set_target(sum.target.ToString());
    if (sum.actual.has_value()) written.set_actual(sum.actual->ToString());
    written.set_offices(static_cast<int32_t>(sum.offices.size()));
  }
  return response;
}

v1::PlanVariant VariantOf(const NamedPlan& variant, const v1::PlanState& base) {
  v1::PlanVariant written;
  const v1::PlanState& state = *variant.state;
  written.set_plan(variant.name);
  written.set_title(state.title());
  written.set_owner_office(state.owner_office());
  *written.mutable_territories() = state.territories();
  written.set_territory_cap(state.territory_cap());
  if (state.has_figures()) *written.mutable_figures() = state.figures();
  for (const v1::PlanDifference& difference : DifferencesOf(base, state)) {
    if (difference.part() != "item") continue;
    if (difference.difference() == v1::DIFFERENCE_ADDED) written.set_added(written.added() + 1);
    if (difference.difference() == v1::DIFFERENCE_REMOVED) {
      written.set_removed(written.removed() + 1);
    }
    if (difference.difference() == v1::DIFFERENCE_CHANGED) {
      written.set_changed(written.changed() + 1);
    }
  }
  return written;
}

}  // namespace kasundo::plans
