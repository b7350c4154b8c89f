// Counting a vote by the body's decision rule, and saying the result in words and figures.
//
// A motion that meets its rule is carried with a quorum and only recommended without one. The rule
// is stored with the result, so that the count can be checked later against the rule of its day.
#pragma once

#include <map>
#include <string_view>

#include "absl/time/time.h"
#include "kasundo/committees/v1/meetings_events.pb.h"

namespace kasundo::committees {

struct Votes {
  int yes = 0;
  int no = 0;
  int abstain = 0;
};

// What is counted.
struct Ballot {
  Votes votes;
  bool show_of_hands = false;
  int entitled = 0;  // seats that may vote: in the room or voted before leaving, not recused
  int members = 0;   // voting seats with a holder, not recused, whether in the room or not
  int recused = 0;
  std::map<v1::Sector, Votes> by_sector;  // empty for a show of hands
};

// The body's rule for a kind of decision: its own or the default.
const v1::DecisionRule& RuleFor(const v1::HouseRules& rules, std::string_view decision_kind);

// What was voted on a motion up to a moment; `hands` instead of the motion's votes if it is not
// nullptr.
Ballot BallotOf(const v1::MeetingState& meeting, const v1::Motion& motion, absl::Time at,
                const v1::ShowOfHands* hands);

// The count under a rule. `closed_time` is that of the quorum.
v1::MotionResult Tally(const v1::DecisionRule& rule, const Ballot& ballot,
                       const v1::QuorumCount& quorum);

// CARRIED, RECOMMENDED or LOST.
v1::MotionState OutcomeOf(const v1::MotionResult& result);

}  // namespace kasundo::committees
