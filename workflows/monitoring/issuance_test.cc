// Issuances: to any number of units, by themselves, without anybody having to wait (requirement
// 79).
#include "workflows/monitoring/issuance_decider.h"
#include "workflows/monitoring/issued_units.h"
#include "workflows/monitoring/monitoring_fixture.h"
#include "workflows/monitoring/monitoring_world.h"
#include "workflows/monitoring/reporting_period.h"

namespace kasundo::monitoring {
namespace {

using absl::StatusCode;
using fixture::MonitoringWorld;
using testing::Given;
using testing::Parse;

TEST(ReportingPeriod, IsThatOfTheCalendarAroundADay) {
  const auto period = [](v1::ReportingCadence cadence, const std::string& day) {
    const v1::ReportingPeriod around = PeriodAround(cadence, *ParseCivilDate(day));
    return around.id() + " " + ToString(around.from()) + " " + ToString(around.until());
  };
  EXPECT_EQ(period(v1::REPORTING_CADENCE_MONTHLY, "2016-02-10"), "2016-02 2016-02-01 2016-02-29");
  EXPECT_EQ(period(v1::REPORTING_CADENCE_QUARTERLY, "2016-12-31"), "2016-q4 2016-10-01 2016-12-31");
  EXPECT_EQ(period(v1::REPORTING_CADENCE_HALF_YEARLY, "2016-07"), "2016-h2 2016-07-01 2016-12-31");
  EXPECT_EQ(period(v1::REPORTING_CADENCE_YEARLY, "2073"), "2073 2073-01-01 2073-12-31");
  EXPECT_EQ(period(v1::REPORTING_CADENCE_ONCE, "2016-05"), "2016-05 2016-05-01 2016-05-31");
}

Given<Issuance> Lipa() {
  auto given = fixture::InItsWorld(Given<Issuance>());
  given.Named(fixture::kIssuance).As(fixture::Region());
  return given;
}

v1::BeginIssuanceRequest Begin(const std::string& more) {
  return Parse<v1::BeginIssuanceRequest>(
      "title: 'Desks' checklist_template: 'realms/test/checklistTemplates/desks' oversight_body: "
      "'realms/test/committees/regional' " +
      more);
}

constexpr char kLipa[] = "units { units: 'realms/test/territories/lipa' } ";

TEST(BeginIssuance, BindsTheChecklistsToTheValidatedVersionAndItsDates) {
  auto given = Lipa();
  given.When(Begin(kLipa));
  ASSERT_EQ(given.ThenEvents().size(), 3U);
  const v1::IssuanceBegun& begun = given.state().settings();
  EXPECT_EQ(begun.template_version(), 1);
  EXPECT_EQ(begun.series(), "desks");
  EXPECT_EQ(begun.period().id(), "2016-q1");
  EXPECT_EQ(ToString(begun.remind_on()), "2016-04-10");
  EXPECT_EQ(ToString(begun.due_on()), "2016-04-15");
  EXPECT_EQ(ToString(begun.close_on()), "2016-05-15");
  EXPECT_EQ(given.state().issued(), 1);
}

TEST(BeginIssuance, IsRefusedBeforeABodyHasValidatedTheTemplate) {
  auto given = Lipa();
  given.Beside(fixture::kTemplate, "draft", v1::ChecklistTemplateState());
  given.When(Begin(kLipa))
      .ThenRejected(StatusCode::kFailedPrecondition, "TEMPLATE_NOT_VALIDATED",
                    "checklist_template");
}

TEST(BeginIssuance, NeedsUnitsEachOnce) {
  auto given = Lipa();
  given.When(Begin("units {}")).ThenRejected(StatusCode::kInvalidArgument, "NO_UNITS");
  given.When(Begin("units { within: 'realms/test/territories/batangas' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "NO_UNITS");
  given
      .When(Begin("units { units: 'realms/test/territories/lipa' units: "
                  "'realms/test/territories/lipa' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "UNIT_TWICE");
  given
      .When(Begin("units { within: 'realms/test/territories/region' within: "
                  "'realms/test/territories/batangas' levels: TERRITORY_LEVEL_CITY }"))
      .ThenRejected(StatusCode::kInvalidArgument, "UNIT_TWICE", "units.within");
  given
      .When(Begin("units { units: 'realms/test/organisations/lipa' units: "
                  "'realms/test/territories/lipa' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "UNIT_TWICE");
}

TEST(BeginIssuance, ReachesNoUnitByTwoWays) {
  auto given = Lipa();
  const std::string cities =
      "within: 'realms/test/territories/batangas' levels: TERRITORY_LEVEL_CITY } ";
  // The province itself, and its cities.
  given.When(Begin("units { units: 'realms/test/territories/batangas' " + cities));
  EXPECT_EQ(given.ThenEvents().size(), 3U);
  given = Lipa();
  given.When(
      Begin("units { units: 'realms/test/territories/batangas' "
            "within: 'realms/test/territories/lipa' levels: TERRITORY_LEVEL_BARANGAY }"));
  EXPECT_EQ(given.ThenEvents().size(), 3U);
  // A city that is one of the cities, and what would have its checklist's id.
  for (const char* unit : {"territories/lipa", "organisations/lipa"}) {
    given = Lipa();
    given.When(Begin("units { units: 'realms/test/" + std::string(unit) + "' " + cities))
        .ThenRejected(StatusCode::kInvalidArgument, "UNIT_TWICE", "units.units");
  }
}

TEST(BeginIssuance, TakesRidersThatAskSomethingElse) {
  auto given = Lipa();
  const std::string rider = "riders { rider: 'realms/test/checklistTemplates/rider' } ";
  given.Beside("realms/test/checklistTemplates/other", "validated", fixture::Rider());
  given
      .When(Begin(std::string(kLipa) + rider +
                  "riders { rider: 'realms/test/checklistTemplates/other' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ITEM_TWICE", "riders");
  auto desks = fixture::Desks();
  desks.mutable_versions(0)->mutable_items(4)->set_id("fair");
  given.Beside(fixture::kTemplate, "validated", desks);
  given.When(Begin(std::string(kLipa) + rider))
      .ThenRejected(StatusCode::kInvalidArgument, "ITEM_TWICE", "riders");
}

TEST(BeginIssuance, TakesOnlyRidersToItsTemplate) {
  auto given = Lipa();
  given.When(Begin(std::string(kLipa) + "riders { rider: 'realms/test/checklistTemplates/desks' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "NOT_A_RIDER");
  given.When(
      Begin(std::string(kLipa) + "riders { rider: 'realms/test/checklistTemplates/rider' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().settings().riders(0).version(), 3);
}

TEST(BeginIssuance, KeepsItsDatesInOrder) {
  Lipa()
      .When(Begin(std::string(kLipa) + "remind_days: 20"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
}

TEST(BeginIssuance, IsForTheOversightBody) {
  auto given = Lipa();
  given.As(fixture::Unit())
      .When(Begin(kLipa))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_IN_CHAIN");
}

// Nobody ends another body's series by following it.
TEST(BeginIssuance, FollowsOnlyWhatItsCallerMayIssue) {
  auto given = Lipa();
  const std::string before = "realms/test/issuances/desks-2015-q4";
  auto earlier = Parse<v1::IssuanceState>(
      "next_after { year: 2015 month: 12 day: 31 } settings { series: 'd' oversight_body: '" +
      std::string(fixture::kCouncil) + "' period { until { year: 2015 month: 12 day: 31 } } }");
  given.Beside(before, "issued", earlier);
  const auto follow = Begin(std::string(kLipa) + "follows: '" + before + "'");
  given.When(follow).ThenRejected(StatusCode::kPermissionDenied, "NOT_IN_CHAIN");
  earlier.mutable_settings()->set_oversight_body(fixture::kRegional);
  given.Beside(before, "issued", earlier);
  given.When(follow);
  EXPECT_EQ(given.ThenEvents().at(0).issuance_begun().series(), "d");
  earlier.clear_next_after();
  given.Beside(before, "issued", earlier);
  given.When(follow).ThenRejected(StatusCode::kFailedPrecondition, "NOT_THE_TIME", "follows");
}

TEST(EndSeries, NeedsAReasonAndHappensOnce) {
  auto given = Lipa();
  given.When(Begin(kLipa));
  given.When(v1::EndSeriesRequest()).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("Replaced").When(v1::EndSeriesRequest());
  given.ThenEvents();
  EXPECT_FALSE(given.state().has_next_after());
  given.When(v1::EndSeriesRequest()).ThenRejected(StatusCode::kFailedPrecondition, "NOT_THE_TIME");
}

TEST_F(MonitoringWorld, IssuesToAHundredUnitsAtOnceAndToTheOthersInStepsBetweenOtherCommands) {
  AddCities(250);
  const Outcome begun = Begin();
  EXPECT_EQ(begun.instance.record.lifecycle_state(), "issuing");
  EXPECT_EQ(CountChecklists("desks-2016-q1"), 100U);
  engine_.clock().Advance(absl::Milliseconds(2));
  engine_->FireDueTimers();
  engine_->Pump();
  EXPECT_EQ(CountChecklists("desks-2016-q1"), 200U);
  // Somebody else is answered between two steps.
  EXPECT_OK(
      Do<v1::SubmitChecklistRequest>("name: 'realms/test/issuances/desks-2016-q1/checklists/c7' "
                                     "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_YES } "
                                     "answers { item: 'served' number: '3' }")
          .status);
  engine_.clock().Advance(absl::Milliseconds(2));
  engine_.FireDeadlines();
  EXPECT_EQ(CountChecklists("desks-2016-q1"), 250U);
  EXPECT_EQ(LifecycleOf("realms/test/issuances/desks-2016-q1"), "issued");
  EXPECT_EQ(StateOf<v1::IssuanceState>("realms/test/issuances/desks-2016-q1").issued(), 250);
}

// The next step is set by the one before: whoever fires deadlines is told to ask again at once.
TEST_F(MonitoringWorld, AsksForTheNextStepAtOnce) {
  AddCities(150);
  Begin();
  EXPECT_GT(engine_->FireDueTimers(), engine_.clock().Now()) << "nothing is due yet";
  engine_.clock().Advance(absl::Milliseconds(1));
  EXPECT_LE(engine_->FireDueTimers(), engine_.clock().Now()) << "something was, so more may be";
  engine_->Pump();
  EXPECT_EQ(CountChecklists("desks-2016-q1"), 150U);
  EXPECT_GT(engine_->FireDueTimers(), engine_.clock().Now());
}

TEST_F(MonitoringWorld, ReachesEachUnitWhereItLiesOnTheLastDayOfThePeriod) {
  AddCities(3);
  Do<directory::v1::CreateTerritoryRequest>(
      "territory_id: 'cavite' title: 'Cavite' level: TERRITORY_LEVEL_PROVINCE");
  Do<directory::v1::PlaceTerritoryRequest>(
      "name: 'realms/test/territories/c0' within: 'realms/test/territories/cavite' "
      "since { year: 2016 month: 3 day: 1 }");
  Begin();
  EXPECT_EQ(CountChecklists("desks-2016-q1"), 2U);
  Do<v1::BeginIssuanceRequest>(
      "issuance_id: 'both' title: 'Desks' checklist_template: "
      "'realms/test/checklistTemplates/desks' oversight_body: 'realms/test/committees/council' "
      "units { within: 'realms/test/territories/batangas' within: 'realms/test/territories/cavite' "
      "levels: TERRITORY_LEVEL_CITY }");
  EXPECT_EQ(CountChecklists("both"), 3U) << "each once";
}

TEST_F(MonitoringWorld, RemindsEscalatesAndClosesByItself) {
  AddCities(2);
  Begin();
  const std::string silent = "realms/test/issuances/desks-2016-q1/checklists/c0";
  const auto until = [&](absl::CivilDay day) {
    engine_.clock().Set(absl::FromCivil(day, absl::FixedTimeZone(8 * 3600)));
    engine_.FireDeadlines();
  };
  until(absl::CivilDay(2016, 4, 11));
  const auto history = engine_->History(silent, 1, 10);
  ASSERT_OK(history.status());
  EXPECT_EQ(history->back().event(), "deadline/remind");
  EXPECT_EQ(LifecycleOf(silent), "open");
  until(absl::CivilDay(2016, 4, 16));
  EXPECT_EQ(LifecycleOf(silent), "late");
  until(absl::CivilDay(2016, 5, 16));
  EXPECT_EQ(LifecycleOf(silent), "closed");
  EXPECT_EQ(LifecycleOf("realms/test/issuances/desks-2016-q1"), "closed");
}

TEST_F(MonitoringWorld, BeginsTheNextPeriodWithTheNewestValidatedVersion) {
  AddCities(2);
  Begin();
  Do<v1::ReviseTemplateRequest>(
      "name: 'realms/test/checklistTemplates/desks' "
      "items { id: 'served' text: 'Served?' type: ANSWER_TYPE_NUMBER }");
  Do<v1::ValidateTemplateRequest>(
      "name: 'realms/test/checklistTemplates/desks' decision { document: 'R2' }");
  engine_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 4, 1), absl::FixedTimeZone(8 * 3600)));
  engine_.FireDeadlines();
  EXPECT_EQ(StateOf<v1::IssuanceState>("realms/test/issuances/desks-2016-q1").next(),
            "realms/test/issuances/desks-2016-q2");
  const auto next = StateOf<v1::IssuanceState>("realms/test/issuances/desks-2016-q2");
  EXPECT_EQ(next.settings().template_version(), 2);
  EXPECT_EQ(ToString(next.settings().due_on()), "2016-07-15");
  EXPECT_EQ(CountChecklists("desks-2016-q2"), 2U);
  // Answers stay bound to the version under which they are given (requirement 85).
  EXPECT_EQ(StateOf<v1::ChecklistState>("realms/test/issuances/desks-2016-q1/checklists/c0")
                .template_version(),
            1);
}

// A rider was retired meanwhile: nothing follows by itself, and nothing says so falsely. Whoever
// oversees it goes on by hand.
TEST_F(MonitoringWorld, KeepsASeriesOpenWhoseNextIssuanceIsRefused) {
  AddCities(1);
  Do<v1::PrepareTemplateRequest>(
      "checklist_template_id: 'rider' title: 'Rider' instrument: INSTRUMENT_RIDER rider_to: "
      "'realms/test/checklistTemplates/desks' validating_body: 'realms/test/committees/council' "
      "items { id: 'fairs' text: 'Fairs?' type: ANSWER_TYPE_NUMBER }");
  Do<v1::ValidateTemplateRequest>(
      "name: 'realms/test/checklistTemplates/rider' decision { document: 'R' }");
  const std::string units =
      "units { within: 'realms/test/territories/batangas' levels: TERRITORY_LEVEL_CITY } ";
  Begin(units + "riders { rider: 'realms/test/checklistTemplates/rider' }");
  Do<v1::RetireTemplateRequest>(
      "name: 'realms/test/checklistTemplates/rider' header { reason: 'Asked for nothing' }");
  engine_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 4, 1), absl::FixedTimeZone(8 * 3600)));
  engine_.FireDeadlines();
  const std::string first = "realms/test/issuances/desks-2016-q1";
  const std::string second = "realms/test/issuances/desks-2016-q2";
  EXPECT_FALSE(engine_->Get(second).ok());
  EXPECT_EQ(StateOf<v1::IssuanceState>(first).next(), "");
  EXPECT_TRUE(StateOf<v1::IssuanceState>(first).has_next_after());

  const std::string begin =
      "title: 'Desks' checklist_template: 'realms/test/checklistTemplates/desks' "
      "oversight_body: 'realms/test/committees/council' follows: '" +
      first + "' " + units;
  const auto again = Try<v1::BeginIssuanceRequest>(
      begin + "issuance_id: 'again' period { year: 2016 month: 3 }", testing::Administrator());
  EXPECT_EQ(ReasonOf(again.status), "DATE_OUT_OF_ORDER");
  Do<v1::BeginIssuanceRequest>(begin + "issuance_id: 'desks-2016-q2'");
  EXPECT_EQ(StateOf<v1::IssuanceState>(first).next(), second);
  EXPECT_EQ(StateOf<v1::IssuanceState>(second).settings().series(), "desks");
  EXPECT_EQ(CountChecklists("desks-2016-q2"), 1U);
  const auto twice =
      Try<v1::BeginIssuanceRequest>(begin + "issuance_id: 'twice'", testing::Administrator());
  EXPECT_EQ(ReasonOf(twice.status), "NOT_THE_TIME");
  engine_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 7, 1), absl::FixedTimeZone(8 * 3600)));
  engine_.FireDeadlines();
  EXPECT_EQ(StateOf<v1::IssuanceState>(second).next(), "realms/test/issuances/desks-2016-q3");
}

TEST_F(MonitoringWorld, JoinsTheNextIssuanceThatWasBegunByHand) {
  AddCities(1);
  Begin();
  Do<v1::BeginIssuanceRequest>(
      "issuance_id: 'desks-2016-q2' title: 'Desks' checklist_template: "
      "'realms/test/checklistTemplates/desks' oversight_body: 'realms/test/committees/council' "
      "period { year: 2016 month: 4 } units { within: 'realms/test/territories/batangas' levels: "
      "TERRITORY_LEVEL_CITY }");
  engine_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 4, 1), absl::FixedTimeZone(8 * 3600)));
  engine_.FireDeadlines();
  EXPECT_EQ(StateOf<v1::IssuanceState>("realms/test/issuances/desks-2016-q1").next(),
            "realms/test/issuances/desks-2016-q2");
}

TEST_F(MonitoringWorld, EndsASeriesForGood) {
  AddCities(1);
  Begin();
  Do<v1::EndSeriesRequest>(
      "name: 'realms/test/issuances/desks-2016-q1' header { reason: 'Replaced' }");
  engine_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 4, 2), absl::FixedTimeZone(8 * 3600)));
  engine_.FireDeadlines();
  EXPECT_FALSE(engine_->Get("realms/test/issuances/desks-2016-q2").ok());
}

// What was issued is what the journal says.
TEST_F(MonitoringWorld, FollowsFromItsJournal) {
  AddCities(120);
  Begin();
  engine_.clock().Advance(absl::Milliseconds(2));
  engine_.FireDeadlines();
  EXPECT_OK(engine_->Verify("realms/test", {}));
}

}  // namespace
}  // namespace kasundo::monitoring
