#include "workflows/committee/tally.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;

v1::QuorumCount Quorum(bool met) {
  v1::QuorumCount quorum;
  quorum.set_met(met);
  quorum.set_explanation(met ? "10 of 18 regular members present; 10 needed"
                             : "9 of 18 regular members present; 10 needed");
  return quorum;
}

Ballot Votes(int yes, int no, int abstain, int entitled = 10, int members = 18) {
  Ballot ballot;
  ballot.votes = {yes, no, abstain};
  ballot.entitled = entitled;
  ballot.members = members;
  return ballot;
}

v1::DecisionRule Rule(v1::DecisionMethod method,
                      v1::AbstentionRule abstentions = v1::ABSTENTION_RULE_NOT_COUNTED,
                      v1::DecisionBase base = v1::DECISION_BASE_UNSPECIFIED) {
  v1::DecisionRule rule;
  rule.set_method(method);
  rule.set_abstentions(abstentions);
  rule.set_base(base);
  return rule;
}

bool Met(const v1::DecisionRule& rule, const Ballot& ballot) {
  return Tally(rule, ballot, Quorum(true)).rule_met();
}

TEST(SimpleMajority, WantsMoreForThanAgainst) {
  const auto rule = Rule(v1::DECISION_METHOD_SIMPLE_MAJORITY);
  EXPECT_TRUE(Met(rule, Votes(2, 1, 7)));
  EXPECT_FALSE(Met(rule, Votes(5, 5, 0)));
  EXPECT_FALSE(Met(rule, Votes(0, 0, 10)));
}

TEST(SimpleMajority, IsTheRuleOfABodyThatHasNone) {
  EXPECT_TRUE(Met(v1::DecisionRule(), Votes(2, 1, 7)));
  EXPECT_FALSE(Met(v1::DecisionRule(), Votes(2, 2, 6)));
}

TEST(Abstentions, WeighAgainstWhenTheRuleCountsThemAmongTheVotesCast) {
  const auto rule = Rule(v1::DECISION_METHOD_SIMPLE_MAJORITY, v1::ABSTENTION_RULE_IN_BASE);
  EXPECT_FALSE(Met(rule, Votes(4, 1, 4)));
  EXPECT_TRUE(Met(rule, Votes(5, 1, 3)));
}

TEST(Abstentions, CountAsAgainstWhenTheRuleSaysSo) {
  const auto consensus = Rule(v1::DECISION_METHOD_CONSENSUS, v1::ABSTENTION_RULE_AS_NO);
  EXPECT_FALSE(Met(consensus, Votes(9, 0, 1)));
  const auto majority = Rule(v1::DECISION_METHOD_SIMPLE_MAJORITY, v1::ABSTENTION_RULE_AS_NO);
  EXPECT_FALSE(Met(majority, Votes(5, 1, 4)));
}

TEST(AbsoluteMajority, IsMoreThanHalfOfAllMembersEvenOfThoseAbsent) {
  const auto rule = Rule(v1::DECISION_METHOD_ABSOLUTE_MAJORITY);
  EXPECT_FALSE(Met(rule, Votes(9, 0, 1)));
  EXPECT_TRUE(Met(rule, Votes(10, 0, 0)));
}

TEST(AbsoluteMajority, CanBeOfThosePresent) {
  const auto rule = Rule(v1::DECISION_METHOD_ABSOLUTE_MAJORITY, v1::ABSTENTION_RULE_NOT_COUNTED,
                         v1::DECISION_BASE_PRESENT);
  EXPECT_FALSE(Met(rule, Votes(5, 0, 5)));
  EXPECT_TRUE(Met(rule, Votes(6, 0, 4)));
}

TEST(TwoThirds, RoundsUp) {
  const auto rule = Rule(v1::DECISION_METHOD_TWO_THIRDS);
  EXPECT_FALSE(Met(rule, Votes(6, 4, 0)));
  EXPECT_TRUE(Met(rule, Votes(7, 3, 0)));
  EXPECT_TRUE(Met(rule, Votes(2, 1, 0)));
}

TEST(Fraction, IsTakenFromTheRule) {
  auto rule = Rule(v1::DECISION_METHOD_FRACTION);
  rule.mutable_fraction()->set_numerator(4);
  rule.mutable_fraction()->set_denominator(5);
  EXPECT_FALSE(Met(rule, Votes(7, 3, 0)));
  EXPECT_TRUE(Met(rule, Votes(8, 2, 0)));
}

TEST(Fraction, WithoutADenominatorCanNeverBeReached) {
  EXPECT_FALSE(Met(Rule(v1::DECISION_METHOD_FRACTION), Votes(10, 0, 0)));
}

TEST(Consensus, FailsByOneObjection) {
  const auto rule = Rule(v1::DECISION_METHOD_CONSENSUS);
  EXPECT_TRUE(Met(rule, Votes(1, 0, 9)));
  EXPECT_FALSE(Met(rule, Votes(9, 1, 0)));
  EXPECT_FALSE(Met(rule, Votes(0, 0, 10)));
}

TEST(Unanimity, WantsEveryoneInTheRoomInFavour) {
  const auto rule = Rule(v1::DECISION_METHOD_UNANIMITY);
  EXPECT_TRUE(Met(rule, Votes(10, 0, 0)));
  EXPECT_FALSE(Met(rule, Votes(9, 0, 1)));
  EXPECT_FALSE(Met(rule, Votes(9, 0, 0)));
}

TEST(SectorConsent, WantsEachNamedSectorInFavourAndNothingElse) {
  auto rule = Rule(v1::DECISION_METHOD_SECTOR_CONSENT);
  rule.add_consenting_sectors(v1::SECTOR_MIGRANTS);
  rule.add_consenting_sectors(v1::SECTOR_LABOUR);
  Ballot ballot = Votes(3, 7, 0);
  ballot.by_sector[v1::SECTOR_MIGRANTS] = {2, 1, 0};
  ballot.by_sector[v1::SECTOR_LABOUR] = {1, 0, 0};
  EXPECT_TRUE(Met(rule, ballot));
  ballot.by_sector[v1::SECTOR_LABOUR] = {1, 1, 0};
  EXPECT_FALSE(Met(rule, ballot));
  ballot.by_sector.erase(v1::SECTOR_LABOUR);
  EXPECT_FALSE(Met(rule, ballot));
}

TEST(SectorConsent, CanBeAskedBesideAMajority) {
  auto rule = Rule(v1::DECISION_METHOD_SIMPLE_MAJORITY);
  rule.add_consenting_sectors(v1::SECTOR_MIGRANTS);
  Ballot ballot = Votes(8, 2, 0);
  ballot.by_sector[v1::SECTOR_MIGRANTS] = {0, 1, 0};
  EXPECT_FALSE(Met(rule, ballot));
  ballot.by_sector[v1::SECTOR_MIGRANTS] = {1, 0, 0};
  EXPECT_TRUE(Met(rule, ballot));
  ballot.votes = {2, 8, 0};
  EXPECT_FALSE(Met(rule, ballot));
}

TEST(Outcome, IsARecommendationWithoutAQuorum) {
  const auto rule = Rule(v1::DECISION_METHOD_SIMPLE_MAJORITY);
  EXPECT_EQ(OutcomeOf(Tally(rule, Votes(6, 3, 0), Quorum(true))), v1::MOTION_STATE_CARRIED);
  EXPECT_EQ(OutcomeOf(Tally(rule, Votes(6, 3, 0), Quorum(false))), v1::MOTION_STATE_RECOMMENDED);
  EXPECT_EQ(OutcomeOf(Tally(rule, Votes(3, 6, 0), Quorum(false))), v1::MOTION_STATE_LOST);
}

TEST(Outcome, IsStoredWithItsRule) {
  const auto rule = Rule(v1::DECISION_METHOD_TWO_THIRDS);
  const v1::MotionResult result = Tally(rule, Votes(6, 3, 0), Quorum(true));
  EXPECT_EQ(result.rule().method(), v1::DECISION_METHOD_TWO_THIRDS);
  EXPECT_EQ(result.needed(), 6);
  EXPECT_EQ(result.base(), 9);
}

// The one place where sentences are asserted; everywhere else figures are.
TEST(Outcome, IsExplainedInWordsAndFigures) {
  EXPECT_EQ(Tally(Rule(v1::DECISION_METHOD_TWO_THIRDS), Votes(7, 2, 1), Quorum(true)).explanation(),
            "Carried by two thirds: 7 for, 2 against, 1 abstained (not counted); 6 of 9 votes cast "
            "needed. "
            "Quorum: 10 of 18 regular members present; 10 needed.");
  EXPECT_EQ(
      Tally(Rule(v1::DECISION_METHOD_CONSENSUS), Votes(8, 0, 0, 9), Quorum(false)).explanation(),
      "Recommended by consensus: 8 for, 0 against, 0 abstained, 1 did not vote; no objection "
      "allowed. No quorum: 9 of 18 regular members present; 10 needed.");
  EXPECT_EQ(
      Tally(Rule(v1::DECISION_METHOD_ABSOLUTE_MAJORITY), Votes(9, 1, 0), Quorum(true))
          .explanation(),
      "Not carried by absolute majority: 9 for, 1 against, 0 abstained; 10 of 18 members needed. "
      "Quorum: 10 of 18 regular members present; 10 needed.");
}

TEST(Outcome, ExplainsTheConsentOfSectors) {
  auto rule = Rule(v1::DECISION_METHOD_SECTOR_CONSENT);
  rule.add_consenting_sectors(v1::SECTOR_MIGRANTS);
  rule.add_consenting_sectors(v1::SECTOR_LABOUR);
  Ballot ballot = Votes(3, 1, 0, 4);
  ballot.by_sector[v1::SECTOR_MIGRANTS] = {2, 0, 0};
  ballot.by_sector[v1::SECTOR_LABOUR] = {1, 1, 0};
  EXPECT_EQ(
      Tally(rule, ballot, Quorum(true)).explanation(),
      "Not carried by consent of sectors: 3 for, 1 against, 0 abstained; migrants consent: 2 for, "
      "0 against; labour do not consent: 1 for, 1 against. Quorum: 10 of 18 regular members "
      "present; 10 needed.");
}

TEST(RuleFor, PrefersTheRuleOfTheKindOfDecision) {
  v1::HouseRules rules;
  rules.mutable_default_decision()->set_method(v1::DECISION_METHOD_SIMPLE_MAJORITY);
  v1::SpecialDecisionRule& special = *rules.add_special_decisions();
  special.set_decision_kind("amend the rules");
  special.mutable_rule()->set_method(v1::DECISION_METHOD_TWO_THIRDS);
  EXPECT_EQ(RuleFor(rules, "amend the rules").method(), v1::DECISION_METHOD_TWO_THIRDS);
  EXPECT_EQ(RuleFor(rules, "").method(), v1::DECISION_METHOD_SIMPLE_MAJORITY);
}

rc::Gen<v1::DecisionRule> AnyRule() {
  return rc::gen::exec([] {
    auto rule = Rule(static_cast<v1::DecisionMethod>(*rc::gen::inRange(0, 8)),
                     static_cast<v1::AbstentionRule>(*rc::gen::inRange(0, 4)),
                     static_cast<v1::DecisionBase>(*rc::gen::inRange(0, 4)));
    rule.mutable_fraction()->set_numerator(*rc::gen::inRange(0, 5));
    rule.mutable_fraction()->set_denominator(*rc::gen::inRange(0, 5));
    if (*rc::gen::arbitrary<bool>()) rule.add_consenting_sectors(v1::SECTOR_MIGRANTS);
    return rule;
  });
}

RC_GTEST_PROP(Tally, NeverCarriesWithoutAQuorumNorWithoutASingleAye, ()) {
  const v1::DecisionRule rule = *AnyRule();
  const int yes = *rc::gen::inRange(0, 6);
  const int no = *rc::gen::inRange(0, 6);
  const int abstain = *rc::gen::inRange(0, 6);
  Ballot ballot = Votes(yes, no, abstain, yes + no + abstain + *rc::gen::inRange(0, 3), 20);
  ballot.by_sector[v1::SECTOR_MIGRANTS] = ballot.votes;
  const v1::MotionResult without = Tally(rule, ballot, Quorum(false));
  RC_ASSERT(OutcomeOf(without) != v1::MOTION_STATE_CARRIED);
  const v1::MotionResult with = Tally(rule, ballot, Quorum(true));
  RC_ASSERT(with.rule_met() == without.rule_met());
  if (yes == 0) RC_ASSERT(!with.rule_met());
}

RC_GTEST_PROP(Tally, OneMoreAyeNeverLosesAMotion, ()) {
  const v1::DecisionRule rule = *AnyRule();
  const int entitled = *rc::gen::inRange(1, 12);
  const int yes = *rc::gen::inRange(0, entitled);
  const int no = *rc::gen::inRange(0, entitled - yes);
  Ballot before = Votes(yes, no, 0, entitled, entitled);
  before.by_sector[v1::SECTOR_MIGRANTS] = before.votes;
  Ballot after = Votes(yes + 1, no, 0, entitled, entitled);
  after.by_sector[v1::SECTOR_MIGRANTS] = after.votes;
  if (Met(rule, before)) RC_ASSERT(Met(rule, after));
}

}  // namespace
}  // namespace kasundo::committees
