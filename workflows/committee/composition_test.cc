#include "workflows/committee/composition.h"

#include "workflows/committee/body_fixture.h"

namespace kasundo::committees {
namespace {

using ::testing::ElementsAre;

std::vector<v1::CompositionViolation> Violations(const std::string& rule,
                                                 const std::vector<std::string>& more = {}) {
  std::vector<std::string> events = more;
  events.push_back("composition_rules_set { rules { id: 'r' title: 'R' " + rule + " } }");
  return CompositionViolations(StateAfter(Body(events)), Day("2016-03-18"));
}

TEST(LevelsPresent, ListsEachLevelWithoutAFilledSeat) {
  EXPECT_TRUE(Violations("check: COMPOSITION_CHECK_LEVELS_PRESENT levels: LEVEL_REGIONAL levels: "
                         "LEVEL_LOCAL")
                  .empty());
  const auto violations = Violations(
      "check: COMPOSITION_CHECK_LEVELS_PRESENT levels: LEVEL_REGIONAL levels: LEVEL_PROVINCIAL");
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_THAT(violations[0].missing_levels(), ElementsAre(v1::LEVEL_PROVINCIAL));
}

TEST(SectorsPresent, AreMetByAnyOfTheSectors) {
  EXPECT_TRUE(Violations("check: COMPOSITION_CHECK_SECTORS_PRESENT sectors: SECTOR_MIGRANTS "
                         "sectors: SECTOR_FAMILIES")
                  .empty());
  EXPECT_EQ(Violations("check: COMPOSITION_CHECK_SECTORS_PRESENT sectors: SECTOR_ACADEMIA").size(),
            1u);
}

TEST(SectorsPresent, AVacantSeatIsNotPresent) {
  EXPECT_EQ(Violations("check: COMPOSITION_CHECK_SECTORS_PRESENT sectors: SECTOR_PRIVATE").size(),
            1u);
}

TEST(SectorsPresent, CountUpToTheMinimum) {
  EXPECT_EQ(Violations("check: COMPOSITION_CHECK_SECTORS_PRESENT sectors: SECTOR_FAMILIES minimum: "
                       "2")
                .size(),
            1u);
}

TEST(Posts, MustBeInOfficeAndTheCoordinatorElected) {
  const std::string elected = "check: COMPOSITION_CHECK_ELECTED_COORDINATOR";
  const std::string coordinator =
      "officer_appointed { officer { position: OFFICER_POSITION_COORDINATOR person: 'ana' ";
  EXPECT_EQ(Violations(elected).size(), 1u);
  EXPECT_EQ(Violations(elected, {coordinator + "} }"}).size(), 1u);
  EXPECT_TRUE(Violations(elected, {coordinator + "elected: true } }"}).empty());
  EXPECT_EQ(Violations("check: COMPOSITION_CHECK_PLANNING_FOCAL_POINT").size(), 1u);
}

TEST(OneSeatPerTerritory, ListsUncoveredTerritoriesAndDoubles) {
  const std::string rule =
      "check: COMPOSITION_CHECK_ONE_SEAT_PER_TERRITORY territories: 't/a' territories: 't/b' "
      "territories: 't/c'";
  const auto violations =
      Violations(rule, {SeatEvent("a", "territory: 't/a'"), SeatEvent("b", "territory: 't/b'"),
                        FilledEvent("a", "p1")});
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_THAT(violations[0].uncovered_territories(), ElementsAre("t/b", "t/c"));
  EXPECT_TRUE(Violations("check: COMPOSITION_CHECK_ONE_SEAT_PER_TERRITORY territories: 't/a'",
                         {SeatEvent("a", "territory: 't/a'"), FilledEvent("a", "p1")})
                  .empty());
  EXPECT_EQ(Violations("check: COMPOSITION_CHECK_ONE_SEAT_PER_TERRITORY territories: 't/a'",
                       {SeatEvent("a", "territory: 't/a'"), SeatEvent("a2", "territory: 't/a'"),
                        FilledEvent("a", "p1")})
                .size(),
            1u);
}

TEST(OneSeatPerTerritory, NinePromotersForNineDistricts) {
  std::string rule = "check: COMPOSITION_CHECK_ONE_SEAT_PER_TERRITORY";
  std::vector<std::string> events;
  for (int i = 1; i <= 9; ++i) {
    const std::string id = "district-" + std::to_string(i);
    rule += " territories: 't/" + id + "'";
    events.push_back(SeatEvent(id, "territory: 't/" + id + "'"));
    if (i != 7) events.push_back(FilledEvent(id, "promoter-" + std::to_string(i)));
  }
  const auto violations = Violations(rule, events);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_THAT(violations[0].uncovered_territories(), ElementsAre("t/district-7"));
}

TEST(Numbers, OfMembersAndSeats) {
  EXPECT_TRUE(Violations("check: COMPOSITION_CHECK_MINIMUM_MEMBERS minimum: 2").empty());
  EXPECT_EQ(Violations("check: COMPOSITION_CHECK_MINIMUM_MEMBERS minimum: 3").size(), 1u);
  EXPECT_TRUE(Violations("check: COMPOSITION_CHECK_MAXIMUM_SEATS minimum: 3").empty());
  EXPECT_EQ(Violations("check: COMPOSITION_CHECK_MAXIMUM_SEATS minimum: 2").size(), 1u);
}

TEST(WithComposition, SaysNothingIfTheViolationsAreTheSameAsBefore) {
  const auto before = StateAfter(Body());
  const auto events =
      WithComposition(before, Events({FilledEvent("chamber", "cora")}), Day("2016"));
  ASSERT_TRUE(events.ok());
  EXPECT_EQ(events->size(), 1u);
}

TEST(WithComposition, LetsAnEnforcedRuleThatIsBrokenBeMendedStepByStep) {
  auto before = StateAfter(Body({R"pb(composition_rules_set {
                                        rules {
                                          id: "four"
                                          title: "At least four members"
                                          check: COMPOSITION_CHECK_MINIMUM_MEMBERS
                                          minimum: 4
                                          enforced: true
                                        }
                                      })pb"}));
  EXPECT_TRUE(
      WithComposition(before, Events({FilledEvent("chamber", "cora")}), Day("2016-03-18")).ok());
  const auto worse = WithComposition(
      before, Events({"seat_vacated { seat_id: 'dole' person: 'ana' until { year: 2015 } }"}),
      Day("2016-03-18"));
  EXPECT_EQ(worse.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(worse.status()), "COMPOSITION_RULE_BROKEN");
}

}  // namespace
}  // namespace kasundo::committees
