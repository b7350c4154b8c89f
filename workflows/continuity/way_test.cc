#include "workflows/continuity/way.h"

#include "gmock/gmock.h"
#include "tests/support/pact.h"

namespace kasundo::continuity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "from>to Event,Event" of each step, with "*" where each is needed.
std::vector<std::string> Steps(const std::vector<WayStep>& steps) {
  std::vector<std::string> words;
  for (const WayStep& step : steps) {
    std::string text = step.from + ">" + step.to;
    for (const std::string& event : step.Events()) text += " " + event;
    words.push_back(text + (step.each ? " *" : ""));
  }
  return words;
}

TEST(WayToGoal, CountsTheStepsToTheGoalAndNotToAFailure) {
  const auto definition = DefinitionOf(kPact);
  const Way way = WayToGoal(definition, "idea");
  EXPECT_EQ(way.goal, "in-force");
  EXPECT_FALSE(way.reached);
  EXPECT_THAT(Steps(way.steps),
              ElementsAre("idea>drafting PromiseMade", "drafting>in-force PromiseKept *"));
}

// The first signature, those between and the last are one step of all parties.
TEST(WayToGoal, JoinsWhatEachDoesOnce) {
  const auto definition = DefinitionOf(kPact);
  EXPECT_THAT(Steps(WayToGoal(definition, "partly-signed").steps),
              ElementsAre("partly-signed>in-force PromiseKept *"));
}

TEST(WayToGoal, WaitsForEachBeforeAStateIsLeft) {
  auto definition = DefinitionOf(kPact);
  // The secretariat declares it in force when each has signed.
  definition.mutable_transitions(3)->set_each(false);
  definition.mutable_transitions(3)->set_by(0, "side");
  definition.mutable_transitions(3)->set_on(0, "PromiseWitnessed");
  EXPECT_THAT(Steps(WayToGoal(definition, "partly-signed").steps),
              ElementsAre("partly-signed>partly-signed PromiseKept *",
                          "partly-signed>in-force PromiseWitnessed"));
}

TEST(WayToGoal, FindsNothingLeftAtTheGoalAndAfterTheEnd) {
  const auto definition = DefinitionOf(kPact);
  const Way reached = WayToGoal(definition, "in-force");
  EXPECT_TRUE(reached.reached);
  EXPECT_FALSE(reached.ended);
  EXPECT_THAT(reached.steps, IsEmpty());
  const Way failed = WayToGoal(definition, "failed");
  EXPECT_TRUE(failed.ended);
  EXPECT_FALSE(failed.reached);
  EXPECT_EQ(failed.goal, "");
  EXPECT_THAT(WayToGoal(definition, "no-such-state").steps, IsEmpty());
}

TEST(WayToGoal, GoesToTheNearestEndWhereNoGoalIsMarked) {
  auto definition = DefinitionOf(kPact);
  definition.mutable_states(3)->set_goal(false);
  const Way way = WayToGoal(definition, "drafting");
  EXPECT_EQ(way.goal, "failed");
  EXPECT_THAT(Steps(way.steps), ElementsAre("drafting>failed PromiseWithdrawn"));
  EXPECT_TRUE(WayToGoal(definition, "ended").reached);
}

TEST(WayToGoal, DoesNotWaitForADeadlineWhereSomebodyCanAct) {
  auto definition = DefinitionOf(kPact);
  auto& lapse = *definition.add_transitions();
  lapse.add_on("deadline/sign-by");
  lapse.add_from("drafting");
  lapse.set_to("in-force");
  lapse.add_by("system");
  EXPECT_THAT(Steps(WayToGoal(definition, "drafting").steps),
              ElementsAre("drafting>in-force PromiseKept *"));
  // Where nothing else leads on, it is waited for.
  definition.mutable_states(3)->set_goal(false);
  definition.mutable_states(4)->set_goal(true);
  EXPECT_THAT(Steps(WayToGoal(definition, "in-force").steps),
              ElementsAre("in-force>ended deadline/end"));
}

TEST(WayToGoal, GoesToAnEndWhereTheGoalIsOutOfReach) {
  auto definition = DefinitionOf(kPact);
  auto& state = *definition.add_states();
  state.set_id("being-wound-up");
  auto& out = *definition.add_transitions();
  out.add_on("PromiseWithdrawn");
  out.add_from("being-wound-up");
  out.set_to("failed");
  out.add_by("party");
  EXPECT_EQ(WayToGoal(definition, "being-wound-up").goal, "failed");
}

TEST(WayToGoal, TakesAStarForEveryStateThatIsNotFinal) {
  auto definition = DefinitionOf(kPact);
  auto& shortcut = *definition.add_transitions();
  shortcut.add_on("step/council");
  shortcut.add_from("*");
  shortcut.set_to("in-force");
  shortcut.add_by("administrator");
  EXPECT_THAT(Steps(WayToGoal(definition, "idea").steps),
              ElementsAre("idea>in-force step/council"));
  EXPECT_TRUE(WayToGoal(definition, "failed").ended);
}

// A realm writes a state of its own: the way goes through it, without a line of C++.
TEST(WayToGoal, GoesThroughTheStatesThatARealmAdds) {
  auto definition = DefinitionOf(kPact);
  definition.add_states()->set_id("council");
  definition.mutable_transitions(0)->set_to("council");
  auto& ratified = *definition.add_transitions();
  ratified.add_on("step/council");
  ratified.add_from("council");
  ratified.set_to("drafting");
  ratified.add_by("office:realms/test/offices/secretary");
  EXPECT_THAT(Steps(WayToGoal(definition, "idea").steps),
              ElementsAre("idea>council PromiseMade", "council>drafting step/council",
                          "drafting>in-force PromiseKept *"));
}

TEST(WayToGoal, KnowsAlternativesOfOneStep) {
  auto definition = DefinitionOf(kPact);
  auto& other = *definition.add_transitions();
  other.add_on("PromiseWitnessed");
  other.add_from("idea");
  other.set_to("drafting");
  other.add_by("side");
  const Way way = WayToGoal(definition, "idea");
  EXPECT_EQ(Steps(way.steps)[0], "idea>drafting PromiseMade PromiseWitnessed");
  EXPECT_THAT(way.steps[0].Roles(), ElementsAre("friend", "administrator", "side"));
}

TEST(StandingSteps, AreWhatStaysInTheStateByRoles) {
  auto definition = DefinitionOf(kPact);
  auto& more = *definition.add_transitions();
  more.add_on("PromiseWitnessed");
  more.add_from("in-force");
  more.add_by("side");
  auto& own = *definition.add_transitions();
  own.add_on("PromiseMade");
  own.add_from("in-force");
  own.add_by("system");
  EXPECT_THAT(Steps(StandingSteps(definition, "in-force")),
              ElementsAre("in-force>in-force PromiseReworded PromiseWitnessed"));
  EXPECT_THAT(StandingSteps(definition, "ended"), IsEmpty());
}

}  // namespace
}  // namespace kasundo::continuity
