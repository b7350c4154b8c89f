#include "workflows/continuity/continuity.h"

#include "gmock/gmock.h"
#include "tests/support/pact.h"

namespace kasundo::continuity {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

// The offices of a step with those who can act, "governor:ana,ben".
std::vector<std::string> Offices(const v1::RemainingStep& step) {
  std::vector<std::string> words;
  for (const v1::OfficeCover& office : step.offices()) {
    std::string text(IdOf(office.office()));
    for (int i = 0; i < office.carriers_size(); ++i) {
      text += (i == 0 ? ":" : ",") + std::string(IdOf(office.carriers(i).person()));
    }
    words.push_back(text);
  }
  return words;
}

// --- who can take a step ---

TEST_F(PactTest, ListsEveryOfficeOfARoleWithThoseWhoCanActForIt) {
  Add("rome", OfficeOf("rome", Held("zingaretti") + Deputy("vice")));
  Add("batangas", OfficeOf("batangas", Held("vilma")));
  Add("other", OfficeOf("other", Held("somebody")));
  Name(Office("rome"));
  Name(Office("batangas"));
  const auto item = Assess("drafting");
  ASSERT_EQ(item.steps_size(), 1);
  const v1::RemainingStep& step = item.steps(0);
  EXPECT_THAT(Offices(step), ElementsAre("batangas:vilma", "rome:zingaretti,vice"));
  EXPECT_TRUE(step.each());
  EXPECT_EQ(step.distinct_people(), 3);
  EXPECT_EQ(step.title(), "In force");
  EXPECT_EQ(item.goal_title(), "In force");
  EXPECT_EQ(item.definition_version(), 3);
}

// A role may ask who a person is, in whatever office or in none.
TEST_F(PactTest, FindsPeopleWhoActInTheirOwnName) {
  Add("ngo", OfficeOf("atikha", Held("estrella") + Deputy("ben")));
  Name(Person("estrella"));
  Name(Person("romulo"));
  const auto item = Assess("idea");
  EXPECT_THAT(Offices(item.steps(0)), ElementsAre("ngo:estrella"));
  ASSERT_EQ(item.steps(0).people_size(), 1);  // estrella is counted in her office
  EXPECT_EQ(item.steps(0).people(0).person(), Person("romulo"));
  EXPECT_EQ(item.steps(0).people(0).capacity(), v1::CAPACITY_OWN_NAME);
  EXPECT_EQ(item.steps(0).distinct_people(), 2);
}

TEST_F(PactTest, FindsPeopleWhomOnlyALookedUpInstanceNames) {
  definition_.mutable_transitions(0)->set_by(0, "heir");
  testing::v1::PromiseState before;
  before.add_witnesses(Person("heiress"));
  RelatedInstance related;
  related.state = &before;
  lookup_ = [&](std::string_view name) {
    return name == "realms/test/pacts/old" ? &related : nullptr;
  };
  state_.set_text("realms/test/pacts/old");
  const auto item = Assess("idea");
  ASSERT_EQ(item.steps(0).people_size(), 1);
  EXPECT_EQ(item.steps(0).people(0).person(), Person("heiress"));
}

TEST_F(PactTest, FindsEveryOfficeOfAnOrganisation) {
  definition_.mutable_transitions(0)->set_by(0, "side");
  state_.set_promiser(Organisation("batangas"));
  Add("ppdo", OfficeOf("batangas", Held("melo")));
  Add("legal", OfficeOf("batangas", Held("lawyer")));
  Add("rome", OfficeOf("rome", Held("zingaretti")));
  EXPECT_THAT(Offices(Assess("idea").steps(0)), ElementsAre("legal:lawyer", "ppdo:melo"));
}

TEST_F(PactTest, TakesAnOfficeThatTheDefinitionNames) {
  definition_.mutable_transitions(0)->set_by(0, "office:" + Office("council"));
  Add("council", OfficeOf("batangas", Held("secretary") + Deputy("clerk")));
  EXPECT_THAT(Offices(Assess("idea").steps(0)), ElementsAre("council:secretary,clerk"));
}

// Who runs the server is no succession.
TEST_F(PactTest, DoesNotCountAdministratorsWhereOthersAreMeant) {
  const auto item = Assess("idea");
  EXPECT_FALSE(item.steps(0).administrators());
  EXPECT_THAT(Found(item), Contains("NOBODY_CAN_ACT"));
  definition_.mutable_transitions(0)->mutable_by()->RemoveLast();
  definition_.mutable_transitions(0)->set_by(0, "administrator");
  EXPECT_TRUE(Assess("idea").steps(0).administrators());
  const auto by_administrators = Assess("idea");
  for (const v1::Finding& finding : by_administrators.findings()) {
    EXPECT_THAT(finding.steps(), Not(Contains(1)));
  }
}

TEST_F(PactTest, AsksNobodyForWhatAnyoneMayDoOrFollowsOfItself) {
  definition_.mutable_transitions(0)->set_by(0, "anyone");
  EXPECT_TRUE(Assess("idea").steps(0).anyone());
  definition_.mutable_transitions(0)->mutable_by()->RemoveLast();
  definition_.mutable_transitions(0)->set_by(0, "system");
  const auto item = Assess("idea");
  EXPECT_TRUE(item.steps(0).automatic());
  for (const v1::Finding& finding : item.findings()) {
    EXPECT_THAT(finding.steps(), Not(Contains(1)));
  }
}

// --- findings about carriers ---

TEST_F(PactTest, NamesThePersonOnWhomAStepHangs) {
  Name(Person("melo"));
  Add("ppdo", OfficeOf("batangas", Held("melo")));
  const auto item = Assess("idea");
  EXPECT_THAT(Found(item), Contains("SINGLE_CARRIER ppdo melo"));
  EXPECT_EQ(item.severity(), v1::SEVERITY_STOPPED);  // and nobody can sign
  EXPECT_THAT(item.findings(1).message(), HasSubstr("only melo can act for the office"));
}

TEST_F(PactTest, IsContentWhereTwoCanTakeAStep) {
  Name(Office("rome"));
  Name(Office("batangas"));
  Add("rome", OfficeOf("rome", Held("zingaretti") + Deputy("vice")));
  Add("batangas", OfficeOf("batangas", Held("vilma") + Deputy("mark")));
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
  EXPECT_EQ(Assess("drafting").severity(), v1::SEVERITY_UNSPECIFIED);
}

// Where each is needed, one office with a deputy does not help the other.
TEST_F(PactTest, JudgesEachOfficeOfAStepThatEachTakes) {
  Name(Office("rome"));
  Name(Office("batangas"));
  Add("rome", OfficeOf("rome", Held("zingaretti") + Deputy("vice")));
  Add("batangas", OfficeOf("batangas", Held("vilma")));
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("SINGLE_CARRIER batangas vilma"));
  definition_.mutable_transitions(1)->set_each(false);
  definition_.mutable_transitions(2)->set_each(false);
  definition_.mutable_transitions(3)->set_each(false);
  // One of them is enough: that the other hangs on one person is only a notice.
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("SINGLE_CARRIER batangas vilma"));
  EXPECT_EQ(item.findings(0).severity(), v1::SEVERITY_NOTICE);
}

TEST_F(PactTest, SaysThatNobodyIsThere) {
  Name(Office("rome"));
  Add("rome", OfficeOf("rome"));
  const auto item = Assess("drafting");
  // That the office is vacant says it; it is not said twice.
  EXPECT_THAT(Found(item), ElementsAre("OFFICE_VACANT rome"));
  EXPECT_EQ(item.severity(), v1::SEVERITY_STOPPED);
  EXPECT_THAT(item.findings(0).message(), HasSubstr("nobody stands in: 1 step waits"));
}

TEST_F(PactTest, SaysThatAnOfficeOfTheDefinitionIsNotThere) {
  definition_.mutable_transitions(0)->set_by(0, "office:" + Office("none"));
  EXPECT_THAT(Found(Assess("idea")), Contains("NOBODY_CAN_ACT none"));
}

TEST_F(PactTest, DoesNotJudgeAUnitOfManyPosts) {
  Name(Office("unit"));
  Add("unit", OfficeOf("x", "profiles { post: POST_KIND_UNIT }"));
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(PactTest, JoinsWhatOnePersonStopsInSeveralSteps) {
  definition_.mutable_transitions(0)->set_by(0, "party");
  Name(Office("ppdo"));
  Add("ppdo", OfficeOf("batangas", Held("melo")));
  const auto item = Assess("idea");
  ASSERT_THAT(Found(item), ElementsAre("SINGLE_CARRIER ppdo melo"));
  EXPECT_THAT(item.findings(0).steps(), ElementsAre(1, 2));
}

// --- vacancies: requirements 44, 124 ---

TEST_F(PactTest, PassesTheStepsOfAVacantOfficeToTheDeputy) {
  Day(2011, 7, 1);
  Name(Office("ppdo"));
  Add("ppdo", OfficeOf("batangas",
                       "terms { person: 'realms/test/people/melo' until { year: 2011 month: 6 day: "
                       "10 } ended_by: VACANCY_CAUSE_DEATH } " +
                           Deputy("ana") + Deputy("ben", 2)));
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("OFFICE_VACANT ppdo ana"));
  EXPECT_EQ(item.severity(), v1::SEVERITY_AT_RISK);
  EXPECT_EQ(ToString(item.findings(0).date()), "2011-06-11");
  EXPECT_THAT(item.findings(0).message(),
              HasSubstr("since 2011-06-11 (death); its step passes to ana"));
  EXPECT_THAT(Offices(item.steps(0)), ElementsAre("ppdo:ana,ben"));
}

// --- terms: requirements 33, 125, 128 ---

class Terms : public PactTest {
 protected:
  Terms() {
    // Only what the tests of the last safe day are about; they set it themselves.
    definition_.mutable_continuity()->add_warn_ahead("P1D");
    definition_.mutable_continuity()->set_lead_time("P1D");
  }

  // An elected governor, with a deputy so that nothing else is found.
  void Governor(const std::string& until) {
    Name(Office("governor"));
    Add("governor",
        OfficeOf("batangas",
                 "profiles { post: POST_KIND_ELECTED } terms { person: "
                 "'realms/test/people/vilma' since { year: 2007 } " +
                     (until.empty() ? "" : "until { " + until + " }") + " } " + Deputy("mark")));
  }
};

TEST_F(Terms, WarnOfAnEndBeforeTheTarget) {
  target_ = MakeDate(2011, 10);
  Governor("year: 2011 month: 9 day: 30");
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("TERM_ENDS_BEFORE_TARGET governor vilma"));
  EXPECT_EQ(item.findings(0).severity(), v1::SEVERITY_AT_RISK);
  EXPECT_EQ(item.days_to_target(), 183);
  EXPECT_THAT(item.findings(0).message(),
              HasSubstr("ends 2011-09-30, in 152 days, before the target of 2011-10"));
}

TEST_F(Terms, WarnOfAnEndWithinTheHandoverTime) {
  Governor("year: 2011 month: 6 day: 30");  // the 60th day
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("TERM_ENDS_SOON governor vilma"));
  EXPECT_EQ(Assess("drafting").severity(), v1::SEVERITY_NOTICE);
  definition_.mutable_continuity()->set_handover_ahead("P59D");
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("ELECTED_TERM_ENDS governor vilma"));
}

TEST_F(Terms, LookAYearAheadToElections) {
  Governor("year: 2012 month: 5 day: 1");
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("ELECTED_TERM_ENDS governor vilma"));
  definition_.mutable_continuity()->set_elections_ahead("P6M");
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(Terms, OfTheElectedMustBeKnown) {
  Governor("");
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("TERM_END_UNKNOWN governor vilma"));
}

TEST_F(Terms, DoNotMatterWhereAnotherOfficeCanTakeTheStep) {
  target_ = MakeDate(2011, 10);
  for (const int i : {1, 2, 3}) definition_.mutable_transitions(i)->set_each(false);
  Governor("year: 2011 month: 9 day: 30");
  Name(Office("vice"));
  Add("vice", OfficeOf("batangas", Held("mark") + Deputy("ana")));
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(Terms, LeaveALastSafeDayBeforeTheFirstEnd) {
  Governor("year: 2013 month: 6 day: 30");
  Name(Office("rome"));
  Add("rome", OfficeOf("rome", Held("zingaretti", 2008, 2012) + Deputy("vice")));
  definition_.clear_continuity();
  auto item = Assess("drafting");
  EXPECT_EQ(ToString(item.last_safe_date()), "2011-12-02");  // 1 January 2012 less 30 days
  ASSERT_THAT(Found(item), ElementsAre("LAST_SAFE_DAY rome zingaretti"));
  EXPECT_EQ(item.findings(0).ahead(), "P12M");
  EXPECT_EQ(item.severity(), v1::SEVERITY_NOTICE);
  definition_.mutable_continuity()->set_lead_time("P3M");
  EXPECT_EQ(ToString(Assess("drafting").last_safe_date()), "2011-10-01");
  EXPECT_EQ(Assess("drafting").findings(0).ahead(), "P6M");
  definition_.mutable_continuity()->set_lead_time("P9M");
  EXPECT_EQ(Assess("drafting").findings(0).severity(), v1::SEVERITY_AT_RISK);
  EXPECT_EQ(Assess("drafting").findings(0).ahead(), "");
  EXPECT_FALSE(Assess("in-force").has_last_safe_date());
}

TEST_F(PactTest, SaysThatTheTargetHasPassed) {
  Day(2011, 11, 1);
  target_ = MakeDate(2011, 10);
  Name(Office("o"));
  Add("o", OfficeOf("x", Held("ana") + Deputy("ben")));
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("TARGET_PASSED"));
  EXPECT_EQ(Assess("drafting").days_to_target(), -1);
  EXPECT_THAT(Found(Assess("in-force")), IsEmpty());
}

// --- activity: requirement 123 ---

class Sides : public PactTest {
 protected:
  Sides() {
    for (const char* side : {"rome", "batangas"}) {
      Name(Office(side));
      Add(side,
          OfficeOf(side, Held(std::string(side) + "-head") + Deputy(std::string(side) + "-2")));
    }
  }
};

TEST_F(Sides, AreAtRiskWithFewerThanTwoPeopleActiveWithinNinetyDays) {
  Acted("cisp", "rome", 2011, 4, 1);
  Acted("fwc", "rome", 2011, 2, 1);  // the 89th day back
  Acted("melo", "batangas", 2011, 4, 15);
  Acted("ana", "batangas", 2011, 1, 31);  // the 90th
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("FEW_ACTIVE_CARRIERS melo"));
  EXPECT_EQ(item.findings(0).organisation(), Organisation("batangas"));
  EXPECT_THAT(item.findings(0).message(), HasSubstr("only melo of batangas acted within 90 days"));
  EXPECT_EQ(ToString(item.sides(0).last_act()), "2011-04-15");
}

TEST_F(Sides, CountBySettingsOfTheDefinition) {
  Acted("cisp", "rome", 2011, 4, 1);
  Acted("melo", "batangas", 2011, 4, 15);
  definition_.mutable_continuity()->set_carriers_per_side(1);
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
  definition_.mutable_continuity()->set_carriers_within("P20D");
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("FEW_ACTIVE_CARRIERS"));
}

// The parties of a step that each must take are sides from the idea on, also one that never acted.
TEST_F(Sides, AreThePartiesAlsoThoseThatNeverActed) {
  Acted("a", "rome", 2011, 4, 1);
  Acted("b", "rome", 2011, 4, 1);
  const auto item = Assess("drafting");
  ASSERT_EQ(item.sides_size(), 2);
  EXPECT_FALSE(item.sides(0).has_last_act());
  EXPECT_THAT(item.findings(0).message(), HasSubstr("nobody of batangas acted"));
}

TEST_F(PactTest, HasTheOrganisationsThatActedForSidesWhereNobodyMustSign) {
  for (const int i : {1, 2, 3}) definition_.mutable_transitions(i)->set_each(false);
  Acted("a", "neda", 2011, 4, 1);
  const auto item = Assess("drafting");
  ASSERT_EQ(item.sides_size(), 1);
  EXPECT_EQ(item.sides(0).organisation(), Organisation("neda"));
}

// --- new holders: requirements 126, 127 ---

class NewHolders : public PactTest {
 protected:
  NewHolders() {
    definition_.mutable_continuity()->set_carriers_per_side(1);
    Acted("zingaretti", "rome", 2011, 1, 10);
    Acted("somebody", "rome", 2011, 4, 10);
    Acted("somebody", "batangas", 2011, 4, 10);
  }
  void Since(const std::string& side, const std::string& person, int month, int day) {
    Name(Office(side));
    Add(side, OfficeOf(side,
                       "terms { person: 'realms/test/people/before' until { year: 2010 } } "
                       "terms { person: '" +
                           Person(person) + "' since { year: 2011 month: " + std::to_string(month) +
                           " day: " + std::to_string(day) + " } } " + Deputy(side + "-2")));
  }
};

TEST_F(NewHolders, HaveThirtyDaysToConfirmChangeOrDrop) {
  Since("rome", "new", 4, 5);
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("NEW_HOLDER_TO_CONFIRM rome new"));
  EXPECT_EQ(ToString(item.findings(0).date()), "2011-05-05");
  EXPECT_EQ(item.severity(), v1::SEVERITY_NOTICE);
  definition_.mutable_continuity()->set_confirm_within("P7D");
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("NEW_HOLDER_SILENT rome new"));
}

TEST_F(NewHolders, AreSilentAfterThat) {
  Since("rome", "new", 3, 1);
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("NEW_HOLDER_SILENT rome new"));
}

TEST_F(NewHolders, HaveSpokenOnceTheyActed) {
  Since("rome", "new", 3, 1);
  Acted("new", "rome", 2011, 3, 20);
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(NewHolders, AreThoseWhoCameAfterTheBeginning) {
  Since("rome", "old", 1, 9);
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(NewHolders, OnBothSidesWithinAYearCallForAMeeting) {
  Since("rome", "new", 3, 1);
  Since("batangas", "newer", 4, 20);
  Acted("new", "rome", 2011, 3, 20);
  Acted("newer", "batangas", 2011, 4, 21);
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("BOTH_SIDES_CHANGED"));
  EXPECT_EQ(ToString(item.findings(0).date()), "2011-04-20");
  EXPECT_THAT(item.findings(0).message(),
              HasSubstr("2 sides changed holders: batangas on 2011-04-20, rome on 2011-03-01"));
  definition_.mutable_continuity()->set_both_sides_within("P1M");
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(NewHolders, AVacancyOnTheOtherSideCountsAsAChange) {
  Since("rome", "new", 3, 1);
  Acted("new", "rome", 2011, 3, 20);
  Name(Office("batangas"));
  Add("batangas", OfficeOf("batangas",
                           "terms { person: 'realms/test/people/melo' until { year: "
                           "2011 month: 4 day: 2 } } " +
                               Deputy("ana") + Deputy("ben", 2)));
  EXPECT_THAT(Found(Assess("drafting")),
              UnorderedElementsAre("OFFICE_VACANT batangas ana", "BOTH_SIDES_CHANGED"));
}

// --- what is not recorded, what a project alone carries ---

// Requirement 129.
TEST_F(PactTest, FlagsAMeetingAfterWhichNothingWasRecorded) {
  last_meeting_ =
      BodyMeeting{"realms/test/committees/twinning/meetings/q1", absl::CivilDay(2011, 4, 23)};
  last_recorded_ = absl::CivilDay(2011, 4, 22);
  Day(2011, 5, 1);
  Add("rome", OfficeOf("rome", Held("ana") + Deputy("ben")));
  Name(Office("rome"));
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("MEETING_NOT_RECORDED"));
  EXPECT_EQ(ToString(item.findings(0).date()), "2011-04-23");
  EXPECT_THAT(item.findings(0).message(),
              HasSubstr("twinning met on 2011-04-23 and nothing has been recorded since; the last "
                        "record is of 2011-04-22"));
  // What is recorded on the day of the meeting is of the meeting.
  last_recorded_ = absl::CivilDay(2011, 4, 23);
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(PactTest, LeavesTimeToRecordAMeeting) {
  last_meeting_ =
      BodyMeeting{"realms/test/committees/twinning/meetings/q1", absl::CivilDay(2011, 4, 24)};
  Day(2011, 5, 1);
  Add("rome", OfficeOf("rome", Held("ana") + Deputy("ben")));
  Name(Office("rome"));
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
  definition_.mutable_continuity()->set_record_within("P3D");
  EXPECT_THAT(Found(Assess("drafting")), ElementsAre("MEETING_NOT_RECORDED"));
}

// Requirement 130.
TEST_F(PactTest, EndsWithTheProjectThatNobodyBridges) {
  auto& project = *definition_.mutable_continuity()->mutable_project_end();
  project.set_field("due");
  project.add_bridged_by("text");
  *state_.mutable_due() = MakeDate(2011, 10, 31);
  Add("rome", OfficeOf("rome", Held("ana") + Deputy("ben")));
  Name(Office("rome"));
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("ENDS_WITH_PROJECT"));
  EXPECT_EQ(item.findings(0).severity(), v1::SEVERITY_AT_RISK);
  EXPECT_THAT(item.findings(0).message(), HasSubstr("on 2011-10-31 (in 183 days): no text"));
  state_.set_text("carried by the province");
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
  state_.clear_text();
  project.set_ahead("P1M");
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
  Day(2011, 11, 2);
  Add("rome", OfficeOf("rome", Held("ana") + Deputy("ben")));
  EXPECT_THAT(Assess("drafting").findings(0).message(), HasSubstr("2 days ago"));
}

// --- offices that carry it ---

// Every office of Batangas can take the one step that remains; planning is named in the state.
class CarryingOffices : public PactTest {
 protected:
  void SetUp() override {
    definition_.clear_transitions();
    auto& keep = *definition_.add_transitions();
    keep.add_on("PromiseKept");
    keep.add_from("drafting");
    keep.set_to("in-force");
    keep.add_by("side");
    state_.set_promiser(Organisation("batangas"));
    Name(Office("planning"));
    Add("governor", OfficeOf("batangas", Held("lakan") + Deputy("vice")));
  }
};

TEST_F(CarryingOffices, AreNamedWithTheOnePersonBehindThem) {
  Add("planning", OfficeOf("batangas", Held("melo")));
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("SINGLE_CARRIER planning melo"));
  EXPECT_EQ(item.findings(0).severity(), v1::SEVERITY_NOTICE);
  EXPECT_THAT(item.findings(0).message(), HasSubstr("which carries it"));
  Add("planning", OfficeOf("batangas", Held("melo") + Deputy("ana")));
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
}

TEST_F(CarryingOffices, RaiseTheAlarmWhenTheyAreVacant) {
  Add("planning", OfficeOf("batangas",
                           "terms { person: 'realms/test/people/melo' until { year: 2011 month: 4 "
                           "day: 2 } }"));
  const auto item = Assess("drafting");
  ASSERT_THAT(Found(item), ElementsAre("OFFICE_VACANT planning"));
  EXPECT_EQ(item.findings(0).severity(), v1::SEVERITY_AT_RISK);
  EXPECT_THAT(item.findings(0).message(), HasSubstr("nobody stands in: 1 step waits"));
}

TEST_F(CarryingOffices, AreThoseThatActedToo) {
  state_.clear_witnesses();
  Add("planning", OfficeOf("batangas", Held("melo")));
  EXPECT_THAT(Found(Assess("drafting")), IsEmpty());
  Acted("melo", "batangas", 2011, 4, 20, Office("planning"));
  EXPECT_THAT(Found(Assess("drafting")), Contains("SINGLE_CARRIER planning melo"));
}

// --- ends and lasting states ---

TEST_F(PactTest, AsksNothingAfterTheEnd) {
  const auto item = Assess("failed");
  EXPECT_TRUE(item.ended());
  EXPECT_THAT(item.steps(), IsEmpty());
  EXPECT_THAT(item.findings(), IsEmpty());
}

TEST_F(PactTest, CoversALastingGoalIfTheDefinitionSaysSo) {
  state_.set_promiser(Organisation("batangas"));
  Add("ppdo", OfficeOf("batangas", Held("melo")));
  EXPECT_THAT(Assess("in-force").steps(), IsEmpty());
  definition_.mutable_continuity()->set_standing(true);
  const auto item = Assess("in-force");
  ASSERT_EQ(item.steps_size(), 1);
  EXPECT_TRUE(item.steps(0).standing());
  EXPECT_EQ(item.steps(0).title(), "Promise reworded");
  EXPECT_THAT(Found(item), ElementsAre("SINGLE_CARRIER ppdo melo"));
}

TEST_F(PactTest, NamesAStepOfTheDefinitionByItsTitle) {
  definition_.mutable_transitions(0)->set_on(0, "step/council");
  EXPECT_EQ(Assess("idea").steps(0).title(), "Council ratifies");
}

// --- what is asked of an item ---

TEST_F(PactTest, KnowsWhoActsInIt) {
  Name(Office("rome"));
  Name(Person("romulo"));
  Add("rome", OfficeOf("rome", Held("zingaretti")));
  Add("other", OfficeOf("rome", Held("other")));
  const auto item = Assess("idea");
  EXPECT_TRUE(OfficeActs(item, Office("rome")));
  EXPECT_FALSE(OfficeActs(item, Office("other")));
  EXPECT_TRUE(PersonActs(item, Person("zingaretti")));
  EXPECT_TRUE(PersonActs(item, Person("romulo")));
  EXPECT_FALSE(PersonActs(item, Person("other")));
  EXPECT_TRUE(IsNeeded(item.steps(1), Office("rome")));
  EXPECT_FALSE(IsNeeded(item.steps(0), Office("rome")));
}

TEST(HasCarriers, NotWhereOnlyAdministratorsAct) {
  auto definition = DefinitionOf(kPact);
  EXPECT_TRUE(HasCarriers(definition));
  for (auto& transition : *definition.mutable_transitions()) {
    transition.clear_by();
    transition.add_by("administrator");
    transition.add_by("anyone");
  }
  EXPECT_FALSE(HasCarriers(definition));
}

TEST(RulesOf, AreThoseOfTheRequirementsUnlessTheDefinitionSaysOtherwise) {
  const Rules rules = RulesOf(DefinitionOf(kPact));
  EXPECT_EQ(ToString(rules.carriers_within), "P90D");
  EXPECT_EQ(rules.carriers_per_side, 2);
  EXPECT_EQ(ToString(rules.handover_ahead), "P60D");
  EXPECT_EQ(ToString(rules.confirm_within), "P30D");
  EXPECT_EQ(ToString(rules.both_sides_within), "P12M");
  EXPECT_EQ(ToString(rules.elections_ahead), "P12M");
  EXPECT_EQ(ToString(rules.lead_time), "P30D");
  EXPECT_EQ(ToString(rules.extraordinary_meeting_within), "P14D");
  EXPECT_EQ(ToString(rules.record_within), "P7D");
  EXPECT_EQ(ToString(rules.project_end_ahead), "P6M");
  EXPECT_EQ(rules.warn_ahead.size(), 3U);
  EXPECT_FALSE(rules.standing);
}

TEST_F(PactTest, AsksAThousandOfficesForTwentySteps) {
  for (int i = 0; i < 1000; ++i) {
    Add("o" + std::to_string(i), OfficeOf("x", Held("p" + std::to_string(i)) + Deputy("d")));
    if (i % 50 == 0) Name(Office("o" + std::to_string(i)));
  }
  for (int i = 0; i < 20; ++i) {
    const std::string from = i == 0 ? "idea" : "s" + std::to_string(i);
    if (i > 0) definition_.add_states()->set_id(from);
    auto& step = *definition_.add_transitions();
    step.add_on("PromiseMade");
    step.add_from(from);
    step.set_to(i == 19 ? "in-force" : "s" + std::to_string(i + 1));
    step.add_by(i % 2 == 0 ? "party" : "side");
  }
  definition_.mutable_transitions(0)->clear_from();
  definition_.mutable_transitions(0)->add_from("s1");
  definition_.mutable_transitions(0)->set_to("s1");
  const auto item = Assess("idea");
  EXPECT_EQ(item.steps_size(), 20);
  EXPECT_EQ(item.steps(0).offices_size(), 20);
}

}  // namespace
}  // namespace kasundo::continuity
