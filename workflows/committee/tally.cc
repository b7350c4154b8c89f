#include "workflows/committee/tally.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string>

#include "fmt/format.h"
#include "workflows/committee/quorum.h"
#include "workflows/committee/sector_words.h"

namespace kasundo::committees {
namespace {

// Ayes needed so that they are at least that share of the base; a share without a denominator can
// never be reached.
int Share(int base, int numerator, int denominator) {
  if (denominator <= 0) return std::numeric_limits<int>::max();
  const int64_t product = static_cast<int64_t>(base) * numerator;
  return static_cast<int>((product + denominator - 1) / denominator);
}

int NoesOf(const v1::DecisionRule& rule, const Votes& votes) {
  return votes.no + (rule.abstentions() == v1::ABSTENTION_RULE_AS_NO ? votes.abstain : 0);
}

int VotesCast(const v1::DecisionRule& rule, const Votes& votes) {
  const bool in_base = rule.abstentions() == v1::ABSTENTION_RULE_IN_BASE;
  return votes.yes + NoesOf(rule, votes) + (in_base ? votes.abstain : 0);
}

v1::DecisionBase BaseOf(const v1::DecisionRule& rule) {
  // More ayes than noes is a count of votes cast, whatever else the rule says.
  if (rule.method() == v1::DECISION_METHOD_SIMPLE_MAJORITY ||
      rule.method() == v1::DECISION_METHOD_UNSPECIFIED) {
    return v1::DECISION_BASE_VOTES_CAST;
  }
  if (rule.base() != v1::DECISION_BASE_UNSPECIFIED) return rule.base();
  if (rule.method() == v1::DECISION_METHOD_ABSOLUTE_MAJORITY) return v1::DECISION_BASE_ALL_MEMBERS;
  if (rule.method() == v1::DECISION_METHOD_UNANIMITY) return v1::DECISION_BASE_PRESENT;
  return v1::DECISION_BASE_VOTES_CAST;
}

int BaseCount(const v1::DecisionRule& rule, const Ballot& ballot) {
  switch (BaseOf(rule)) {
    case v1::DECISION_BASE_PRESENT:
      return ballot.entitled;
    case v1::DECISION_BASE_ALL_MEMBERS:
      return ballot.members;
    default:
      return VotesCast(rule, ballot.votes);
  }
}

int NeededOf(const v1::DecisionRule& rule, int base) {
  int needed = base / 2 + 1;
  switch (rule.method()) {
    case v1::DECISION_METHOD_TWO_THIRDS:
      needed = Share(base, 2, 3);
      break;
    case v1::DECISION_METHOD_FRACTION:
      needed = Share(base, rule.fraction().numerator(), rule.fraction().denominator());
      break;
    case v1::DECISION_METHOD_UNANIMITY:
      needed = base;
      break;
    case v1::DECISION_METHOD_CONSENSUS:
    case v1::DECISION_METHOD_SECTOR_CONSENT:
      needed = 1;
      break;
    default:
      break;
  }
  return std::max(needed, 1);  // nothing is adopted without a single aye
}

bool MeetsMethod(const v1::DecisionRule& rule, const v1::MotionResult& result, const Votes& votes) {
  switch (rule.method()) {
    case v1::DECISION_METHOD_CONSENSUS:
      return NoesOf(rule, votes) == 0 && votes.yes >= 1;
    case v1::DECISION_METHOD_SECTOR_CONSENT:
      return !rule.consenting_sectors().empty();  // the sectors decide, and nothing else
    default:
      return votes.yes >= result.needed();
  }
}

std::string MethodInWords(const v1::DecisionRule& rule) {
  switch (rule.method()) {
    case v1::DECISION_METHOD_ABSOLUTE_MAJORITY:
      return "absolute majority";
    case v1::DECISION_METHOD_TWO_THIRDS:
      return "two thirds";
    case v1::DECISION_METHOD_FRACTION:
      return fmt::format("{} of {} parts", rule.fraction().numerator(),
                         rule.fraction().denominator());
    case v1::DECISION_METHOD_CONSENSUS:
      return "consensus";
    case v1::DECISION_METHOD_UNANIMITY:
      return "unanimity";
    case v1::DECISION_METHOD_SECTOR_CONSENT:
      return "consent of sectors";
    default:
      return "simple majority";
  }
}

std::string_view BaseInWords(const v1::DecisionRule& rule) {
  switch (BaseOf(rule)) {
    case v1::DECISION_BASE_PRESENT:
      return "seats present";
    case v1::DECISION_BASE_ALL_MEMBERS:
      return "members";
    default:
      return "votes cast";
  }
}

std::string_view AbstentionsInWords(const v1::DecisionRule& rule) {
  switch (rule.abstentions()) {
    case v1::ABSTENTION_RULE_IN_BASE:
      return "counted among the votes cast";
    case v1::ABSTENTION_RULE_AS_NO:
      return "counted as against";
    default:
      return "not counted";
  }
}

std::string_view OutcomeInWords(const v1::MotionResult& result) {
  switch (OutcomeOf(result)) {
    case v1::MOTION_STATE_CARRIED:
      return "Carried";
    case v1::MOTION_STATE_RECOMMENDED:
      return "Recommended";
    default:
      return "Not carried";
  }
}

std::string Explain(const v1::MotionResult& result) {
  const v1::DecisionRule& rule = result.rule();
  std::string text =
      fmt::format("{} by {}: {} for, {} against, {} abstained", OutcomeInWords(result),
                  MethodInWords(rule), result.yes(), result.no(), result.abstain());
  if (result.abstain() > 0) text += fmt::format(" ({})", AbstentionsInWords(rule));
  if (result.silent() > 0) text += fmt::format(", {} did not vote", result.silent());
  if (result.recused() > 0) text += fmt::format(", {} recused", result.recused());
  if (rule.method() == v1::DECISION_METHOD_CONSENSUS) {
    text += "; no objection allowed";
  } else if (rule.method() != v1::DECISION_METHOD_SECTOR_CONSENT) {
    text += fmt::format("; {} of {} {} needed", result.needed(), result.base(), BaseInWords(rule));
  }
  for (const v1::SectorCount& sector : result.sectors()) {
    text +=
        fmt::format("; {} {}: {} for, {} against", InWords(sector.sector()),
                    sector.consents() ? "consent" : "do not consent", sector.yes(), sector.no());
  }
  return fmt::format("{}. {}: {}.", text, result.quorum().met() ? "Quorum" : "No quorum",
                     result.quorum().explanation());
}

void Add(Votes& votes, v1::Choice choice) {
  switch (choice) {
    case v1::CHOICE_YES:
      ++votes.yes;
      break;
    case v1::CHOICE_NO:
      ++votes.no;
      break;
    case v1::CHOICE_ABSTAIN:
      ++votes.abstain;
      break;
    default:
      break;
  }
}

}  // namespace

const v1::DecisionRule& RuleFor(const v1::HouseRules& rules, std::string_view decision_kind) {
  for (const v1::SpecialDecisionRule& special : rules.special_decisions()) {
    if (special.decision_kind() == decision_kind) return special.rule();
  }
  return rules.default_decision();
}

Ballot BallotOf(const v1::MeetingState& meeting, const v1::Motion& motion, absl::Time at,
                const v1::ShowOfHands* hands) {
  Ballot ballot;
  std::set<std::string_view> recused;
  for (const v1::Recusal& recusal : motion.recusals()) recused.insert(recusal.seat());
  std::map<std::string_view, v1::Choice> choices;
  for (const v1::Vote& vote : motion.votes()) choices[vote.seat()] = vote.choice();
  ballot.recused = static_cast<int>(recused.size());
  for (const v1::MeetingSeat& seat : meeting.roster()) {
    if (!seat.voting() || recused.contains(seat.seat())) continue;
    if (!seat.holder().empty()) ++ballot.members;
    const auto choice = choices.find(seat.seat());
    // Who voted and then left is not taken back.
    if (choice != choices.end() || CanVote(meeting, seat.seat(), at)) ++ballot.entitled;
    if (choice != choices.end() && hands == nullptr) {
      Add(ballot.votes, choice->second);
      Add(ballot.by_sector[seat.sector()], choice->second);
    }
  }
  if (hands != nullptr) {
    ballot.show_of_hands = true;
    ballot.votes = {hands->yes(), hands->no(), hands->abstain()};
  }
  return ballot;
}

v1::MotionResult Tally(const v1::DecisionRule& rule, const Ballot& ballot,
                       const v1::QuorumCount& quorum) {
  const Votes& votes = ballot.votes;
  v1::MotionResult result;
  *result.mutable_rule() = rule;
  result.set_yes(votes.yes);
  result.set_no(votes.no);
  result.set_abstain(votes.abstain);
  result.set_silent(std::max(0, ballot.entitled - votes.yes - votes.no - votes.abstain));
  result.set_recused(ballot.recused);
  result.set_base(BaseCount(rule, ballot));
  result.set_needed(NeededOf(rule, result.base()));
  result.set_show_of_hands(ballot.show_of_hands);
  bool met = MeetsMethod(rule, result, votes);
  for (const int number : rule.consenting_sectors()) {
    const auto sector = static_cast<v1::Sector>(number);
    const auto found = ballot.by_sector.find(sector);
    const Votes of_sector = found == ballot.by_sector.end() ? Votes{} : found->second;
    v1::SectorCount& count = *result.add_sectors();
    count.set_sector(sector);
    count.set_yes(of_sector.yes);
    count.set_no(of_sector.no);
    count.set_abstain(of_sector.abstain);
    // Each sector consents for itself: more ayes than noes among its seats, at least one aye.
    count.set_consents(of_sector.yes >= 1 && of_sector.yes > NoesOf(rule, of_sector));
    met = met && count.consents();
  }
  result.set_rule_met(met);
  *result.mutable_quorum() = quorum;
  *result.mutable_closed_time() = quorum.time();
  result.set_explanation(Explain(result));
  return result;
}

v1::MotionState OutcomeOf(const v1::MotionResult& result) {
  if (!result.rule_met()) return v1::MOTION_STATE_LOST;
  return result.quorum().met() ? v1::MOTION_STATE_CARRIED : v1::MOTION_STATE_RECOMMENDED;
}

}  // namespace kasundo::committees
