// The commands of checklists: checklist_filling.cc has what the unit does, checklist_reviewing.cc
// what the bodies of the chain do.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "kasundo/monitoring/v1/checklists_service.pb.h"
#include "workflows/engine/context.h"
#include "workflows/monitoring/oversight.h"

namespace kasundo::monitoring {

using ChecklistDecision = absl::StatusOr<std::vector<v1::ChecklistEvent>>;

ChecklistDecision OpenChecklist(const v1::OpenChecklistRequest& request,
                                const v1::ChecklistState& state, const Context& context);
ChecklistDecision FillChecklist(const v1::FillChecklistRequest& request,
                                const v1::ChecklistState& state, const Context& context);
ChecklistDecision SetChecklistTargets(const v1::SetChecklistTargetsRequest& request,
                                      const v1::ChecklistState& state, const Context& context);
ChecklistDecision AttachRider(const v1::AttachRiderRequest& request,
                              const v1::ChecklistState& state, const Context& context);
ChecklistDecision SubmitChecklist(const v1::SubmitChecklistRequest& request,
                                  const v1::ChecklistState& state, const Context& context);
ChecklistDecision AnalyseChecklist(const v1::AnalyseChecklistRequest& request,
                                   const v1::ChecklistState& state, const Context& context);
ChecklistDecision CrossCheckChecklist(const v1::CrossCheckChecklistRequest& request,
                                      const v1::ChecklistState& state, const Context& context);
ChecklistDecision ReturnChecklist(const v1::ReturnChecklistRequest& request,
                                  const v1::ChecklistState& state, const Context& context);
ChecklistDecision ValidateChecklist(const v1::ValidateChecklistRequest& request,
                                    const v1::ChecklistState& state, const Context& context);
ChecklistDecision CorrectAnswer(const v1::CorrectAnswerRequest& request,
                                const v1::ChecklistState& state, const Context& context);
ChecklistDecision WithdrawChecklist(const v1::WithdrawChecklistRequest& request,
                                    const v1::ChecklistState& state, const Context& context);

// The bodies that oversee the checklist's unit, the nearest first, on the business date.
std::vector<Overseer> ChainOfChecklist(const v1::ChecklistState& state, const Context& context);

// The level from which on a body validates.
directory::v1::TerritoryLevel ValidatingLevelOf(const Context& context);

}  // namespace kasundo::monitoring
