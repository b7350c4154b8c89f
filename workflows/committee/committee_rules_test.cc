#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_fixture.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;

v1::SetHouseRulesRequest Rules(const std::string& rules) {
  return Read<v1::SetHouseRulesRequest>("rules { " + rules + " }");
}

TEST(SetLeadership, TakesEveryForm) {
  for (const std::string form : {"CHAIR_AND_CO_CHAIR", "BOARD_OF_OFFICERS", "TRIPARTITE",
                                 "ELECTED_COORDINATOR", "CHAIR_AND_SECRETARIAT"}) {
    auto given = GivenBody();
    given.When(Read<v1::SetLeadershipRequest>("leadership { form: LEADERSHIP_FORM_" + form + " }"));
    given.ThenEvents();
    EXPECT_EQ(v1::LeadershipForm_Name(given.state().leadership().form()),
              "LEADERSHIP_FORM_" + form);
    EXPECT_EQ(ToString(given.state().leadership().since()), "2016-03-18");
  }
}

TEST(SetLeadership, IsRefusedIfNothingChangesOrTheBodyHadNotBegun) {
  GivenBody()
      .When(Read<v1::SetLeadershipRequest>("leadership { form: LEADERSHIP_FORM_SINGLE_CHAIR }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  GivenBody()
      .When(Read<v1::SetLeadershipRequest>(
          "leadership { form: LEADERSHIP_FORM_TRIPARTITE since { year: 2009 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(SetCadence, ReplacesTheOldOne) {
  auto given = GivenBody();
  given.When(Read<v1::SetCadenceRequest>("cadence { period: CADENCE_PERIOD_QUARTERLY }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().cadence().period(), v1::CADENCE_PERIOD_QUARTERLY);
  given.When(Read<v1::SetCadenceRequest>("cadence { period: CADENCE_PERIOD_QUARTERLY }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(SetCadence, IsRefusedIfNoCalendarCouldFollowIt) {
  const auto refuses = [](const std::string& cadence) {
    GivenBody()
        .When(Read<v1::SetCadenceRequest>("cadence { " + cadence + " }"))
        .ThenRejected(StatusCode::kInvalidArgument, "CADENCE_INVALID");
  };
  refuses("");
  refuses("period: CADENCE_PERIOD_END_OF_CYCLE");
  refuses("period: CADENCE_PERIOD_END_OF_CYCLE cycle_months: 5");
  refuses("period: CADENCE_PERIOD_MONTHLY cycle_months: 3");
  refuses("period: CADENCE_PERIOD_QUARTERLY month_of_period: 4");
  refuses("period: CADENCE_PERIOD_MONTHLY weekday: 8");
  refuses("period: CADENCE_PERIOD_MONTHLY week_of_month: 2");
  refuses("period: CADENCE_PERIOD_MONTHLY weekday: 1 week_of_month: 6");
  refuses("period: CADENCE_PERIOD_TWICE_A_MONTH weekday: 1 week_of_month: 2");
  refuses("period: CADENCE_PERIOD_YEARLY window_days: 400");
}

TEST(SetHouseRules, BeginsOnTheBusinessDay) {
  auto given = GivenBody();
  given.When(
      Rules("quorum { more_than_half: true } default_decision { method: "
            "DECISION_METHOD_CONSENSUS } resolution_number: 'IV-A-{seq:02}-{year}'"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().rules().since()), "2016-03-18");
}

TEST(SetHouseRules, IsRefusedIfNothingChangesOrTheBodyHadNotBegun) {
  GivenBody({"house_rules_set { rules { quorum { at_least: 3 } } }"})
      .When(Rules("quorum { at_least: 3 }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  GivenBody()
      .When(Rules("since { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(SetHouseRules, IsRefusedIfNobodyCouldFollowThem) {
  const auto refuses = [](const std::string& rules) {
    GivenBody().When(Rules(rules)).ThenRejected(StatusCode::kInvalidArgument, "RULE_INVALID");
  };
  refuses("quorum { at_least: 0 }");
  refuses("quorum { more_than_half: false }");
  refuses("quorum { fraction { numerator: 3 denominator: 2 } }");
  refuses("quorum { fraction { numerator: 0 denominator: 2 } }");
  refuses("quorum { fraction { numerator: 1 } }");
  refuses("default_decision { method: DECISION_METHOD_FRACTION }");
  refuses("default_decision { fraction { numerator: 3 denominator: 4 } }");
  refuses("default_decision { method: DECISION_METHOD_SECTOR_CONSENT }");
  refuses(
      "default_decision { consenting_sectors: SECTOR_MIGRANTS consenting_sectors: SECTOR_MIGRANTS "
      "}");
  refuses("default_decision { consenting_sectors: SECTOR_UNSPECIFIED }");
  refuses(
      "special_decisions { decision_kind: 'a' rule { } } special_decisions { decision_kind: 'a' "
      "rule { } }");
  refuses("special_decisions { decision_kind: 'a' rule { method: DECISION_METHOD_FRACTION } }");
  refuses("notice { regular_days: -1 }");
  refuses("notice { special_days: 366 }");
  refuses("resolution_number: 'IV-A-{year}'");
  refuses("resolution_number: 'IV-A-{seq}'");
}

constexpr char kMigrantSeat[] = R"pb(rules {
                                       id: "migrant-seat"
                                       title: "A migrant seat"
                                       check: COMPOSITION_CHECK_SECTORS_PRESENT
                                       sectors: SECTOR_MIGRANTS
                                     })pb";

TEST(SetCompositionRules, ListsWhatIsBrokenAtOnce) {
  auto given = GivenBody();
  given.When(Read<v1::SetCompositionRulesRequest>(kMigrantSeat));
  ASSERT_EQ(given.ThenEvents().size(), 2u);
  EXPECT_EQ(given.state().violations(0).rule(), "migrant-seat");
  given.When(v1::SetCompositionRulesRequest());
  given.ThenEvents();
  EXPECT_TRUE(given.state().violations().empty()) << "without rules nothing is broken";
}

TEST(SetCompositionRules, IsRefusedIfNothingChanges) {
  GivenBody()
      .When(v1::SetCompositionRulesRequest())
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(SetCompositionRules, IsRefusedIfARuleLacksWhatItsCheckNeeds) {
  const auto refuses = [](const std::string& rules, const std::string& reason) {
    GivenBody()
        .When(Read<v1::SetCompositionRulesRequest>(rules))
        .ThenRejected(StatusCode::kInvalidArgument, reason);
  };
  const std::string invalid = "COMPOSITION_RULE_INVALID";
  refuses("rules { id: 'a' }", invalid);
  refuses("rules { id: 'a' check: COMPOSITION_CHECK_LEVELS_PRESENT }", invalid);
  refuses("rules { id: 'a' check: COMPOSITION_CHECK_SECTORS_PRESENT }", invalid);
  refuses("rules { id: 'a' check: COMPOSITION_CHECK_ONE_SEAT_PER_TERRITORY }", invalid);
  refuses("rules { id: 'a' check: COMPOSITION_CHECK_MAXIMUM_SEATS }", invalid);
  refuses(
      "rules { id: 'a' check: COMPOSITION_CHECK_MINIMUM_MEMBERS } rules { id: 'a' check: "
      "COMPOSITION_CHECK_MINIMUM_MEMBERS }",
      invalid);
  refuses("rules { id: 'A B' check: COMPOSITION_CHECK_MINIMUM_MEMBERS }", "ID_INVALID");
}

}  // namespace
}  // namespace kasundo::committees
