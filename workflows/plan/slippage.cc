#include "workflows/plan/slippage.h"

#include "workflows/plan/amounts.h"
#include "workflows/plan/plan_checks.h"
#include "workflows/plan/plan_tree.h"

namespace kasundo::plans {
namespace {

constexpr int kFigurePlaces = 6;

// Whether a bound is not given or holds.
template <typename Holds>
bool Keeps(const std::string& bound, const Holds& holds) {
  return bound.empty() || holds(FigureOf(bound));
}

// Amounts lie below kMoneyLimit, so that neither of these can overflow.
Decimal Weighted(const Decimal& weight, const Decimal& percent) {
  return Product(weight, percent).value_or(Decimal());
}
Decimal Hundredfold(const Decimal& number) { return Weighted(number, Decimal(100)); }
Decimal Share(const Decimal& sum, const Decimal& total) {
  return Quotient(sum, total, Decimal::kPlaces).value_or(Decimal());
}

}  // namespace

Decimal TargetOn(const v1::PlanItem& activity, const CivilDate& day) {
  const absl::CivilDay on = Last(day);
  const Decimal all(100);
  if (!activity.schedule().empty()) {
    Decimal target;
    for (const v1::TargetPoint& point : activity.schedule()) {
      if (Last(point.on()) <= on) target = FigureOf(point.percent());
    }
    return target;
  }
  if (!IsSet(activity.ends_on())) return Decimal();
  const absl::CivilDay last = Last(activity.ends_on());
  if (on >= last) return all;
  if (!IsSet(activity.starts_on())) return Decimal();
  const absl::CivilDay first = First(activity.starts_on());
  if (on < first) return Decimal();
  return Quotient(Decimal(100 * (on - first + 1)), Decimal(last - first + 1), Decimal::kPlaces)
      .value_or(all);
}

Decimal Weights::PercentOf(const std::string& activity) const {
  const auto found = of.find(activity);
  if (found == of.end()) return Decimal();
  return Quotient(Hundredfold(found->second), total, Decimal::kPlaces).value_or(Decimal());
}

Weights WeightsOf(const v1::PlanTree& tree) {
  const auto activities = ActivitiesOf(tree);
  Weights weights;
  for (const v1::PlanItem* activity : activities) weights.total += CostOf(*activity);
  const bool no_cost_is_known = weights.total.IsZero();
  for (const v1::PlanItem* activity : activities) {
    weights.of[activity->id()] = no_cost_is_known ? Decimal(1) : CostOf(*activity);
  }
  if (no_cost_is_known) weights.total = Decimal(static_cast<int64_t>(activities.size()));
  return weights;
}

Physical PhysicalOf(const v1::PlanTree& tree,
                    const google::protobuf::RepeatedPtrField<v1::ActivityProgress>& progress,
                    const CivilDate& day) {
  const Weights weights = WeightsOf(tree);
  std::map<std::string_view, const v1::ActivityProgress*> latest;
  for (const v1::ActivityProgress& entry : progress) latest.emplace(entry.item(), &entry);
  Physical sum;
  for (const v1::PlanItem* activity : ActivitiesOf(tree)) {
    const Decimal& weight = weights.of.at(activity->id());
    sum.target += Weighted(weight, TargetOn(*activity, day));
    const auto found = latest.find(activity->id());
    if (found != latest.end()) {
      sum.actual += Weighted(weight, FigureOf(found->second->report().percent()));
    }
  }
  if (weights.total.IsZero()) return sum;
  return {Share(sum.target, weights.total), Share(sum.actual, weights.total)};
}

const v1::SlippagePolicyVersion* VersionOn(const v1::SlippagePolicyState& policy,
                                           const CivilDate& day) {
  const v1::SlippagePolicyVersion* holds = nullptr;
  for (const v1::SlippagePolicyVersion& version : policy.versions()) {
    if (First(version.effective_on()) <= Last(day)) holds = &version;
  }
  return holds;
}

const v1::SlippageBand* BandOf(const v1::SlippagePolicyVersion& version, const Physical& physical) {
  const Decimal slippage = physical.slippage();
  const bool finished = physical.actual >= Decimal(100);
  for (const v1::SlippageBand& band : version.bands()) {
    if (band.only_unfinished() && finished) continue;
    if (Keeps(band.at_most(), [&](const Decimal& bound) { return slippage <= bound; }) &&
        Keeps(band.below(), [&](const Decimal& bound) { return slippage < bound; }) &&
        Keeps(band.at_least(), [&](const Decimal& bound) { return slippage >= bound; }) &&
        Keeps(band.above(), [&](const Decimal& bound) { return slippage > bound; })) {
      return &band;
    }
  }
  return nullptr;
}

v1::SlippageFigures FiguresOf(const Physical& physical, const CivilDate& day,
                              const PolicyInUse& policy) {
  v1::SlippageFigures figures;
  *figures.mutable_as_of() = day;
  figures.set_target(physical.target.Rounded(kFigurePlaces).ToString());
  figures.set_actual(physical.actual.Rounded(kFigurePlaces).ToString());
  figures.set_slippage(physical.slippage().Rounded(kFigurePlaces).ToString());
  const v1::SlippagePolicyVersion* version =
      policy.state == nullptr ? nullptr : VersionOn(*policy.state, day);
  if (version == nullptr) return figures;
  figures.set_policy(policy.name);
  figures.set_policy_version(version->version());
  if (const v1::SlippageBand* band = BandOf(*version, physical)) figures.set_band(band->id());
  return figures;
}

const v1::SlippageBand* BandOfFigures(const v1::SlippageFigures& figures,
                                      const PolicyInUse& policy) {
  if (figures.band().empty() || policy.state == nullptr) return nullptr;
  for (const v1::SlippagePolicyVersion& version : policy.state->versions()) {
    if (version.version() == figures.policy_version())
      return FindById(version.bands(), figures.band());
  }
  return nullptr;
}

}  // namespace kasundo::plans
