#include "workflows/plan/plan_assessment.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_decider.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

// Says that a band was entered or left, if it was.
void AppendBand(const std::string& item, const std::string& office,
                const v1::SlippageFigures& before, const v1::SlippageFigures& after,
                const PolicyInUse& policy, std::vector<v1::PlanEvent>& events) {
  if (before.band() == after.band()) return;
  v1::PlanEvent& event = events.emplace_back();
  const v1::SlippageBand* band = BandOfFigures(after, policy);
  if (band == nullptr) {
    v1::SlippageBandLeft& left = *event.mutable_slippage_band_left();
    left.set_item(item);
    *left.mutable_figures() = after;
    left.set_from_band(before.band());
    return;
  }
  v1::SlippageBandEntered& entered = *event.mutable_slippage_band_entered();
  entered.set_item(item);
  *entered.mutable_figures() = after;
  *entered.mutable_band() = *band;
  entered.set_from_band(before.band());
  entered.set_office(office);
}

const v1::SlippageFigures& FiguresOfActivity(const v1::PlanState& state, const std::string& item) {
  for (const v1::ActivityProgress& progress : state.progress()) {
    if (progress.item() == item) return progress.figures();
  }
  return v1::SlippageFigures::default_instance();
}

// Whether the figures of the whole on a day rest on reports for it: of each activity of which
// something is due by then, but for those that are done or weigh nothing.
bool HaveAllReported(const v1::PlanState& state, const CivilDate& day) {
  const v1::PlanTree& tree = ApprovedTree(state);
  const Weights weights = WeightsOf(tree);
  std::map<std::string_view, const v1::ActivityProgress*> latest;
  for (const v1::ActivityProgress& progress : state.progress()) {
    latest.emplace(progress.item(), &progress);
  }
  const auto is_known = [&](const v1::PlanItem* activity) {
    if (weights.of.at(activity->id()).IsZero() || TargetOn(*activity, day).IsZero()) return true;
    const auto found = latest.find(activity->id());
    if (found == latest.end()) return false;
    const v1::ActivityProgress& progress = *found->second;
    return Last(progress.figures().as_of()) >= Last(day) ||
           FigureOf(progress.report().percent()) >= Decimal(100);
  };
  const auto activities = ActivitiesOf(tree);
  return std::all_of(activities.begin(), activities.end(), is_known);
}

// What figures that do not rest on all reports say of the band: who has not reported counts too
// little, never too much, so that only a rise out of the band is certain.
void KeepBand(const v1::SlippageFigures& before, const PolicyInUse& policy,
              v1::SlippageFigures& figures) {
  const bool has_risen = FigureOf(figures.slippage()) > FigureOf(before.slippage());
  if (figures.band().empty() && has_risen) return;
  figures.set_band(before.band());
  // A policy that knows the band no more says nothing by it.
  if (BandOfFigures(figures, policy) == nullptr) figures.clear_band();
}

}  // namespace

PolicyInUse PolicyOf(const v1::PlanState& state, const Context& context) {
  const auto* policy = context.Related<v1::SlippagePolicyState>(state.slippage_policy());
  const bool holds = policy != nullptr && policy->retired_reason().empty();
  return {state.slippage_policy(), holds ? policy : nullptr};
}

CivilDate LatestDay(const v1::PlanState& state, const CivilDate& day) {
  CivilDate latest = day;
  const auto consider = [&](const v1::SlippageFigures& figures) {
    if (figures.has_as_of() && Last(latest) < Last(figures.as_of())) latest = figures.as_of();
  };
  consider(state.figures());
  for (const v1::ActivityProgress& progress : state.progress()) consider(progress.figures());
  return latest;
}

void AppendAssessment(const v1::PlanState& before, const CivilDate& day, JudgeWhole judge,
                      const Context& context, std::vector<v1::PlanEvent>& events) {
  v1::PlanState after = before;
  for (const v1::PlanEvent& event : events) after = Plan::Evolve(std::move(after), event);
  const PolicyInUse policy = PolicyOf(after, context);
  const CivilDate on = LatestDay(after, day);
  v1::SlippageFigures figures =
      FiguresOf(PhysicalOf(ApprovedTree(after), after.progress(), on), on, policy);
  if (judge == JudgeWhole::kOnceAllHaveReported && !HaveAllReported(after, on)) {
    KeepBand(before.figures(), policy, figures);
  }
  *events.emplace_back().mutable_slippage_assessed()->mutable_figures() = figures;
  AppendBand("", after.owner_office(), before.figures(), figures, policy, events);
  for (const v1::ActivityProgress& progress : after.progress()) {
    AppendBand(progress.item(), progress.office(), FiguresOfActivity(before, progress.item()),
               progress.figures(), policy, events);
  }
}

}  // namespace kasundo::plans
