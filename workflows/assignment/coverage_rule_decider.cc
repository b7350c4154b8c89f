#include "workflows/assignment/coverage_rule_decider.h"

#include "fmt/format.h"
#include "kasundo/assignments/v1/coverage_rules_service.pb.h"
#include "workflows/assignment/role_checks.h"
#include "workflows/directory/decisions.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::assignments {
namespace {

using State = v1::CoverageRuleState;
using Event = v1::CoverageRuleEvent;
using Decision = absl::StatusOr<std::vector<Event>>;

constexpr int kMostDemanded = 1000;

absl::StatusOr<v1::CoverageDemand> Checked(v1::CoverageDemand demand, const Context& context) {
  if (demand.function().empty() && demand.training().empty()) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TOO_LITTLE_SAID,
                  "it demands neither a function nor a training")
        .Field("demand")
        .Mend("Name a function, a training, or both.");
  }
  if (demand.minimum() < 0 || demand.minimum() > kMostDemanded) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_TOO_LITTLE_SAID,
                  fmt::format("{} cannot be demanded", demand.minimum()))
        .Field("demand.minimum")
        .Mend(fmt::format("Give 1 to {}.", kMostDemanded));
  }
  if (demand.minimum() == 0) demand.set_minimum(1);
  *demand.mutable_since() = directory::DateOr(demand.since(), context.today);
  return demand;
}

// REQUIRES: it was set.
const v1::CoverageDemand& LatestOf(const State& state) {
  return state.demands(state.demands_size() - 1);
}

Decision SetCoverageRule(const v1::SetCoverageRuleRequest& request, const State&,
                         const Context& context) {
  Event event;
  v1::CoverageRuleSet& set = *event.mutable_coverage_rule_set();
  ASSIGN_OR_RETURN(*set.mutable_demand(), Checked(request.demand(), context));
  set.set_title(request.title());
  set.set_set_by(context.actor.office());
  return {{std::move(event)}};
}

Decision ChangeCoverageRule(const v1::ChangeCoverageRuleRequest& request, const State& state,
                            const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  Event event;
  v1::CoverageRuleChanged& changed = *event.mutable_coverage_rule_changed();
  ASSIGN_OR_RETURN(*changed.mutable_demand(), Checked(request.demand(), context));
  RETURN_IF_ERROR(RequireAfter("demand.since", changed.demand().since(), LatestOf(state).since(),
                               "the first day of what it demands"));
  changed.set_reason(context.reason);
  return {{std::move(event)}};
}

Decision LiftCoverageRule(const v1::LiftCoverageRuleRequest& request, const State& state,
                          const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  const CivilDate& on = directory::DateOr(request.on(), context.today);
  if (Before(on, LatestOf(state).since())) {
    return RequireAfter("on", on, LatestOf(state).since(), "the first day of what it demands");
  }
  Event event;
  *event.mutable_coverage_rule_lifted()->mutable_on() = on;
  event.mutable_coverage_rule_lifted()->set_reason(context.reason);
  return {{std::move(event)}};
}

}  // namespace

const v1::CoverageDemand* DemandOn(const v1::CoverageRuleState& rule, const CivilDate& day) {
  if (rule.has_until() && Before(rule.until(), day)) return nullptr;
  const v1::CoverageDemand* found = nullptr;
  for (const v1::CoverageDemand& demand : rule.demands()) {
    if (First(demand.since()) <= Last(day)) found = &demand;
  }
  return found;
}

State CoverageRule::Evolve(State state, const Event& event) {
  switch (event.event_case()) {
    case Event::kCoverageRuleSet:
      state.set_title(event.coverage_rule_set().title());
      state.set_set_by(event.coverage_rule_set().set_by());
      *state.add_demands() = event.coverage_rule_set().demand();
      break;
    case Event::kCoverageRuleChanged:
      *state.add_demands() = event.coverage_rule_changed().demand();
      state.set_reason(event.coverage_rule_changed().reason());
      break;
    case Event::kCoverageRuleLifted:
      *state.mutable_until() = event.coverage_rule_lifted().on();
      state.set_reason(event.coverage_rule_lifted().reason());
      break;
    case Event::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& CoverageRule::Traits() {
  static const KindTraits traits{"coverage_rule", "coverageRules", ""};
  return traits;
}

const std::vector<CommandCase<CoverageRule>>& CoverageRule::Commands() {
  static const std::vector<CommandCase<CoverageRule>> cases = {
      On(&SetCoverageRule, {"CoverageRuleSet"}),
      On(&ChangeCoverageRule, {"CoverageRuleChanged"}),
      On(&LiftCoverageRule, {"CoverageRuleLifted"}),
  };
  return cases;
}

const std::vector<RoleCase<CoverageRule>>& CoverageRule::Roles() {
  static const std::vector<RoleCase<CoverageRule>> roles = {
      {"office-holder", "who acts in any office",
       [](const State&, const Context& context) { return !context.actor.office().empty(); }},
      {"setter", "who acts in the office that set it",
       [](const State& state, const Context& context) {
         return !state.set_by().empty() && state.set_by() == context.actor.office();
       }},
  };
  return roles;
}

const std::vector<GuardCase<CoverageRule>>& CoverageRule::Guards() {
  static const std::vector<GuardCase<CoverageRule>> guards = {};
  return guards;
}

}  // namespace kasundo::assignments
