// What a plan's reports come to on a day: the events that say so.
#pragma once

#include <string>
#include <vector>

#include "kasundo/plans/v1/plans_events.pb.h"
#include "workflows/engine/context.h"
#include "workflows/plan/slippage.h"

namespace kasundo::plans {

// The policy that the plan follows.
PolicyInUse PolicyOf(const v1::PlanState& state, const Context& context);

// The latest day that was reported or assessed, or `day` if that is later.
CivilDate LatestDay(const v1::PlanState& state, const CivilDate& day);

// When the whole may come into another band or leave the one in which it lies.
enum class JudgeWhole {
  // Offices report one after the other, and who has not yet counts as if nothing had been done
  // since: judged before all have reported, most plans would be late for some days each quarter.
  kOnceAllHaveReported,
  // Somebody asks for it, whoever has not reported.
  kNow,
};

// Appends what is to be said after the events that stand there already: the figures of the whole on
// a day, and each band that an activity or the whole came into or left. `before` is the state
// before these events.
void AppendAssessment(const v1::PlanState& before, const CivilDate& day, JudgeWhole judge,
                      const Context& context, std::vector<v1::PlanEvent>& events);

}  // namespace kasundo::plans
