// What a return says as a whole: line by line beside what was planned, how complete it is, its
// score, its gaps. Pure functions of the answers and of what was asked.
#pragma once

#include <string>
#include <vector>

#include "kasundo/monitoring/v1/checklists_events.pb.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {

// Core and riders in order, each question with its answer, target and difference (requirement 80).
std::vector<v1::ChecklistLine> LinesOf(const v1::ChecklistState& state,
                                       const std::vector<AskedItem>& asked);

struct Completion {
  int answered = 0;  // zero is an answer
  int not_applicable = 0;
  int not_answered = 0;
  std::string percent;  // answered of those that apply, two places; "" if none applies
};
Completion CompletionOf(const v1::ChecklistState& state, const std::vector<AskedItem>& asked);

// Weighted yes (1) and partly (1/2) of the yes/no/partly items that were answered, in percent with
// two places; "" if none scores.
std::string ScoreOf(const v1::ChecklistState& state, const std::vector<AskedItem>& asked);

// Gaps that "no" and "partly" show, in the order of the questions (requirement 78).
std::vector<v1::Gap> GapsOf(const v1::ChecklistState& state, const std::vector<AskedItem>& asked);

}  // namespace kasundo::monitoring
