// What follows of itself from meetings and matters, on the real engine: resolutions, action items,
// registers, hops.
#include "workflows/committee/meeting_processes.h"

#include "kasundo/committees/v1/action_items_events.pb.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/matters_events.pb.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_fixture.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/engine/definition_checker.h"

namespace kasundo::committees {
namespace {

using namespace testing;
using kasundo::testing::Administrator;
using kasundo::testing::TestEngine;

KindRegistry Registry() {
  KindRegistry registry;
  AddBodies(registry);
  AddMeetings(registry);
  return registry;
}

TEST(MeetingDefinitions, AreAcceptedByTheChecker) {
  const KindRegistry registry = Registry();
  for (const auto& [id, text] : registry.builtin_definitions) {
    std::vector<workflows::v1::DefinitionError> errors;
    EXPECT_TRUE(ReadDefinition(text, registry, &errors).ok()) << FormatErrors(id, errors);
  }
}

std::string BodyNamed(const std::string& id) { return "realms/test/committees/" + id; }

class ProcessesTest : public ::testing::Test {
 protected:
  ProcessesTest() { test_.clock().Set(absl::FromCivil(absl::CivilHour(2016, 3, 1, 9), zone_)); }

  // A request given as text; the header's reason is "for the test".
  template <typename Request>
  Outcome Send(const std::string& text, const workflows::v1::Actor& actor = Secretary()) {
    Request request = Parse<Request>(text);
    if (request.header().reason().empty()) request.mutable_header()->set_reason("for the test");
    return test_.Send(request, actor);
  }
  template <typename Request>
  void Do(const std::string& text) {
    ASSERT_OK(Send<Request>(text).status);
  }

  // A body with seats s1 to s4, all filled; the office "sec" keeps its record.
  void Found(const std::string& id, const std::string& parent_body = "") {
    const auto found = [&](auto request) {
      ASSERT_OK(test_.Send(request, Administrator()).status);
    };
    auto body = Parse<v1::EstablishCommitteeRequest>(R"pb(
      parent: "realms/test"
      form { type: BODY_TYPE_COMMITTEE }
      since { year: 2010 }
      secretariat { office: "realms/test/offices/sec" }
    )pb");
    body.set_committee_id(id);
    body.set_title("Body " + id);
    body.set_parent_body(parent_body);
    found(body);
    for (int n = 1; n <= 4; ++n) {
      v1::AddSeatRequest seat;
      seat.set_name(BodyNamed(id));
      seat.mutable_seat()->set_id(Seat(n));
      seat.mutable_seat()->set_title(fmt::format("Seat {}", n));
      seat.mutable_seat()->set_category("any");
      seat.mutable_seat()->mutable_since()->set_year(2011);
      found(seat);
      v1::FillSeatRequest fill;
      fill.set_name(BodyNamed(id));
      fill.set_seat_id(Seat(n));
      fill.set_person(fmt::format("realms/test/people/{}-p{}", id, n));
      fill.mutable_since()->set_year(2012);
      found(fill);
    }
  }

  void GoTo(int month, int day, int hour = 9) {
    test_.clock().Set(absl::FromCivil(absl::CivilHour(2016, month, day, hour), zone_));
  }

  // Calls a meeting for 10:00 on a day, goes there, opens it, and lets seats s1 to s<present> come.
  std::string Hold(const std::string& body, const std::string& id, int month, int day,
                   int present) {
    const std::string name = BodyNamed(body) + "/meetings/" + id;
    Called(body, id, month, day);
    GoTo(month, day, 10);
    EXPECT_OK(Send<v1::OpenMeetingRequest>(fmt::format("name: '{}'", name)).status);
    std::string arrivals = fmt::format("name: '{}'", name);
    for (int n = 1; n <= present; ++n) arrivals += fmt::format(" arrivals {{ seat: 's{}' }}", n);
    EXPECT_OK(Send<v1::RecordArrivalsRequest>(arrivals).status);
    return name;
  }
  Outcome Called(const std::string& body, const std::string& id, int month, int day,
                 const std::string& more = "") {
    const int64_t start =
        absl::ToUnixSeconds(absl::FromCivil(absl::CivilHour(2016, month, day, 10), zone_));
    Outcome outcome = Send<v1::CallMeetingRequest>(
        fmt::format("parent: '{}' meeting_id: '{}' start_time {{ seconds: {} }} {}",
                    BodyNamed(body), id, start, more),
        Administrator());
    EXPECT_OK(outcome.status);
    return outcome;
  }

  template <typename State>
  State Read(const std::string& name) {
    const auto found = test_->Get(name);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? static_cast<const State&>(*found->state) : State();
  }
  std::string StateOf(const std::string& name) {
    const auto found = test_->Get(name);
    return found.ok() ? found->record.lifecycle_state() : std::string(found.status().message());
  }
  v1::CommitteeState Committee(const std::string& id) {
    return Read<v1::CommitteeState>(BodyNamed(id));
  }

  // Nothing that a process manager wanted was refused, and all of it replays to the same bytes.
  void TearDown() override {
    const auto journal = test_->ReadJournal("realms/test", 0, 10'000);
    ASSERT_OK(journal.status());
    for (const auto& record : *journal) {
      if (record.event() != "FollowUpRefused") continue;
      workflows::v1::EngineEvent refused;
      refused.ParseFromString(record.payload());
      ADD_FAILURE() << record.instance() << ": " << kasundo::testing::Text(refused);
    }
    EXPECT_OK(test_->Verify("realms/test", [](int64_t, int64_t) { return true; }));
  }

  const absl::TimeZone zone_ = [] {
    absl::TimeZone zone;
    absl::LoadTimeZone("Asia/Manila", &zone);
    return zone;
  }();
  TestEngine test_{Registry()};
};

constexpr char kMotion[] =
    R"pb(motion_id: "desk"
         mover_seat: "s1"
         text: "That every municipality opens a desk"
         resolution_title: "Desks"
         addressees { addressee: "realms/test/territories/lipa" group: "cities" }
         actions {
           title: "Send the model ordinance"
           owner_office: "realms/test/offices/planning"
           due_date { year: 2016 month: 6 }
         })pb";

TEST_F(ProcessesTest, ACarriedMotionBecomesANumberedResolutionWithItsActionItems) {
  Found("cmd");
  const std::string meeting = Hold("cmd", "q1", 3, 18, 3);
  Do<v1::TableMotionRequest>(fmt::format("name: '{}' {}", meeting, kMotion));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'desk' hands {{ yes: 3 }}", meeting));
  const std::string resolution = BodyNamed("cmd") + "/resolutions/q1-desk";
  EXPECT_EQ(StateOf(resolution), "adopted");
  EXPECT_EQ(Read<v1::ResolutionState>(resolution).number(), "1-2016");
  EXPECT_EQ(Read<v1::ResolutionState>(resolution).meeting(), meeting);
  ASSERT_EQ(Committee("cmd").resolutions_size(), 1);
  EXPECT_EQ(Committee("cmd").resolutions(0).resolution(), resolution);
  const std::string action = BodyNamed("cmd") + "/actionItems/q1-desk-1";
  EXPECT_EQ(StateOf(action), "open");
  EXPECT_EQ(Read<v1::ActionItemState>(action).owner_office(), "realms/test/offices/planning");
  EXPECT_EQ(Read<v1::ActionItemState>(action).motion(), "desk");
}

TEST_F(ProcessesTest, NumbersGoOnFromOneMotionToTheNext) {
  Found("cmd");
  const std::string meeting = Hold("cmd", "q1", 3, 18, 3);
  for (const char* id : {"one", "two"}) {
    Do<v1::TableMotionRequest>(
        fmt::format("name: '{}' motion_id: '{}' mover_seat: 's1' text: 'x' resolution_title: 'x'",
                    meeting, id));
    Do<v1::CloseMotionRequest>(
        fmt::format("name: '{}' motion: '{}' hands {{ yes: 3 }}", meeting, id));
  }
  EXPECT_EQ(Read<v1::MeetingState>(meeting).motions(1).resolution_number(), "2-2016");
}

TEST_F(ProcessesTest, WithoutAQuorumARecommendationWaitsAndTheNextMeetingRatifiesIt) {
  Found("cmd");
  const std::string first = Hold("cmd", "q1", 3, 18, 2);
  Do<v1::TableMotionRequest>(fmt::format("name: '{}' {}", first, kMotion));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'desk' hands {{ yes: 2 }}", first));
  const std::string resolution = BodyNamed("cmd") + "/resolutions/q1-desk";
  EXPECT_EQ(StateOf(resolution), "recommended");
  EXPECT_EQ(Read<v1::ResolutionState>(resolution).number(), "");
  ASSERT_EQ(Committee("cmd").recommendations_size(), 1);
  EXPECT_FALSE(test_->Get(BodyNamed("cmd") + "/actionItems/q1-desk-1").ok());

  const std::string second = Hold("cmd", "q2", 6, 17, 3);
  const v1::MeetingState called = Read<v1::MeetingState>(second);
  ASSERT_EQ(called.agenda_size(), 1);
  EXPECT_EQ(called.agenda(0).recommendation(), resolution);
  EXPECT_TRUE(called.agenda(0).carried_forward());
  Do<v1::TableMotionRequest>(
      fmt::format("name: '{}' motion_id: 'ratify' mover_seat: 's1' text: 'Ratify' ratifies: '{}'",
                  second, resolution));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'ratify' hands {{ yes: 3 }}", second));
  EXPECT_EQ(StateOf(resolution), "adopted");
  EXPECT_EQ(Read<v1::ResolutionState>(resolution).number(), "1-2016");
  EXPECT_EQ(Read<v1::ResolutionState>(resolution).ratified_at_meeting(), second);
  EXPECT_EQ(Committee("cmd").recommendations_size(), 0);
  EXPECT_EQ(Committee("cmd").resolutions_size(), 1);
  EXPECT_EQ(StateOf(BodyNamed("cmd") + "/actionItems/q2-ratify-1"), "open");
}

TEST_F(ProcessesTest, ARecommendationThatIsNotRatifiedIsRejectedAndComesBackNoMore) {
  Found("cmd");
  const std::string first = Hold("cmd", "q1", 3, 18, 2);
  Do<v1::TableMotionRequest>(fmt::format("name: '{}' {}", first, kMotion));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'desk' hands {{ yes: 2 }}", first));
  const std::string resolution = BodyNamed("cmd") + "/resolutions/q1-desk";
  const std::string second = Hold("cmd", "q2", 6, 17, 3);
  Do<v1::TableMotionRequest>(
      fmt::format("name: '{}' motion_id: 'ratify' mover_seat: 's1' text: 'Ratify' ratifies: '{}'",
                  second, resolution));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'ratify' hands {{ no: 3 }}", second));
  EXPECT_EQ(StateOf(resolution), "rejected");
  EXPECT_EQ(Committee("cmd").recommendations_size(), 0);
  Called("cmd", "q3", 9, 16);
  EXPECT_EQ(Read<v1::MeetingState>(BodyNamed("cmd") + "/meetings/q3").agenda_size(), 0);
}

TEST_F(ProcessesTest, ARecommendationComesOntoEveryAgendaUntilItIsAnswered) {
  Found("cmd");
  const std::string first = Hold("cmd", "q1", 3, 18, 2);
  Do<v1::TableMotionRequest>(fmt::format("name: '{}' {}", first, kMotion));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'desk' hands {{ yes: 2 }}", first));
  Hold("cmd", "q2", 6, 17, 1);
  Called("cmd", "q3", 9, 16);
  EXPECT_EQ(Read<v1::MeetingState>(BodyNamed("cmd") + "/meetings/q3").agenda_size(), 1);
}

TEST_F(ProcessesTest, AnOpenMatterIsCarriedToTheNextAgendaUntilAMotionClosesIt) {
  Found("cmd");
  const std::string matter = BodyNamed("cmd") + "/matters/desks";
  Do<v1::RaiseMatterRequest>(fmt::format(
      "parent: '{}' matter_id: 'desks' title: 'No desk in Lipa' raised_by {{ seat: 's2' }}",
      BodyNamed("cmd")));
  ASSERT_EQ(Committee("cmd").open_matters_size(), 1);
  Hold("cmd", "q1", 3, 18, 3);
  const std::string second = Hold("cmd", "q2", 6, 17, 3);
  ASSERT_EQ(Read<v1::MeetingState>(second).agenda_size(), 1);
  EXPECT_EQ(Read<v1::MeetingState>(second).agenda(0).matter(), matter);
  Do<v1::TableMotionRequest>(
      fmt::format("name: '{}' motion_id: 'm' mover_seat: 's1' text: 'Settled' matter: '{}' "
                  "matter_effect: MATTER_EFFECT_CLOSE",
                  second, matter));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'm' hands {{ yes: 3 }}", second));
  EXPECT_EQ(StateOf(matter), "closed");
  EXPECT_EQ(Read<v1::MatterState>(matter).decided_by().meeting(), second);
  EXPECT_EQ(Committee("cmd").open_matters_size(), 0);
}

TEST_F(ProcessesTest, AMatterThatComesUpAfterTheCallIsOnTheAgendaWhenTheMeetingOpens) {
  Found("cmd");
  Called("cmd", "q1", 3, 18);
  Do<v1::RaiseMatterRequest>(fmt::format(
      "parent: '{}' matter_id: 'late' title: 'Late' raised_by {{ seat: 's2' }}", BodyNamed("cmd")));
  GoTo(3, 18, 10);
  const std::string meeting = BodyNamed("cmd") + "/meetings/q1";
  EXPECT_EQ(Read<v1::MeetingState>(meeting).agenda_size(), 0);
  Do<v1::OpenMeetingRequest>(fmt::format("name: '{}'", meeting));
  EXPECT_EQ(Read<v1::MeetingState>(meeting).agenda_size(), 1);
}

// Local, regional, national; the answer comes back hop by hop, each with its date (requirement 18).
TEST_F(ProcessesTest, AMatterRaisedTwiceIsAnsweredHopByHopOntoTheOriginalItem) {
  Found("national");
  Found("regional", BodyNamed("national"));
  Found("local", BodyNamed("regional"));
  const std::string here = BodyNamed("local") + "/matters/desk";
  const std::string above = BodyNamed("regional") + "/matters/local-desk";
  const std::string top = BodyNamed("national") + "/matters/regional-local-desk";
  Do<v1::RaiseMatterRequest>(
      fmt::format("parent: '{}' matter_id: 'desk' title: 'Desk' raised_by {{ seat: 's1' }}",
                  BodyNamed("local")));
  GoTo(3, 5);
  Do<v1::ForwardMatterRequest>(fmt::format("name: '{}' text: 'Please decide'", here));
  EXPECT_EQ(StateOf(here), "forwarded");
  EXPECT_EQ(Committee("local").open_matters_size(), 0);
  EXPECT_EQ(Committee("regional").open_matters_size(), 1);
  EXPECT_EQ(StateOf(above), "open");
  GoTo(4, 5);
  Do<v1::ForwardMatterRequest>(fmt::format("name: '{}' text: 'Please decide nationally'", above));
  EXPECT_EQ(StateOf(top), "open");
  EXPECT_EQ(Read<v1::MatterState>(here).hops_size(), 2) << "the origin sees how far it has gone";

  const std::string meeting = Hold("national", "m1", 5, 6, 3);
  EXPECT_EQ(Read<v1::MeetingState>(meeting).agenda(0).matter(), top);
  Do<v1::TableMotionRequest>(
      fmt::format("name: '{}' motion_id: 'a' mover_seat: 's1' text: 'Granted' matter: '{}' "
                  "matter_effect: MATTER_EFFECT_ANSWER",
                  meeting, top));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'a' hands {{ yes: 3 }}", meeting));
  EXPECT_EQ(StateOf(top), "closed");
  EXPECT_EQ(Committee("national").open_matters_size(), 0);
  EXPECT_EQ(StateOf(above), "answered");
  EXPECT_EQ(StateOf(here), "answered");
  const v1::MatterState answered = Read<v1::MatterState>(here);
  EXPECT_EQ(answered.answer(), "Granted");
  EXPECT_EQ(answered.answered_by_body(), BodyNamed("national"));
  ASSERT_EQ(answered.hops_size(), 4);
  EXPECT_EQ(ToString(answered.hops(0).on()), "2016-03-05");
  EXPECT_EQ(ToString(answered.hops(1).on()), "2016-04-05");
  EXPECT_EQ(answered.hops(2).direction(), v1::HOP_DIRECTION_ANSWERED);
  EXPECT_EQ(answered.hops(2).from_body(), BodyNamed("national"));
  EXPECT_EQ(answered.hops(3).to_body(), BodyNamed("local"));
  EXPECT_EQ(ToString(answered.hops(3).on()), "2016-05-06");
  EXPECT_EQ(Committee("local").open_matters_size(), 1) << "on the agenda again, with its answer";
}

TEST_F(ProcessesTest, AMotionRaisesAMatterAndItCanBeRaisedOnceMoreAfterTheAnswer) {
  Found("regional");
  Found("local", BodyNamed("regional"));
  const std::string here = BodyNamed("local") + "/matters/desk";
  Do<v1::RaiseMatterRequest>(
      fmt::format("parent: '{}' matter_id: 'desk' title: 'Desk' raised_by {{ seat: 's1' }}",
                  BodyNamed("local")));
  const std::string meeting = Hold("local", "q1", 3, 18, 3);
  Do<v1::TableMotionRequest>(
      fmt::format("name: '{}' motion_id: 'r' mover_seat: 's1' text: 'Raise it' matter: '{}' "
                  "matter_effect: MATTER_EFFECT_RAISE",
                  meeting, here));
  Do<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'r' hands {{ yes: 3 }}", meeting));
  EXPECT_EQ(StateOf(here), "forwarded");
  Do<v1::AnswerMatterRequest>(
      fmt::format("name: '{}/matters/local-desk' text: 'No'", BodyNamed("regional")));
  EXPECT_EQ(StateOf(here), "answered");
  Do<v1::ForwardMatterRequest>(fmt::format("name: '{}' text: 'Think again'", here));
  EXPECT_EQ(StateOf(BodyNamed("regional") + "/matters/local-desk-2"), "open");
}

TEST_F(ProcessesTest, AJointSessionAndItsProductAreInBothRecords) {
  Found("north");
  Found("south");
  Called("north", "visit", 3, 18,
         fmt::format("joint_with: '{}' occasion: MEETING_OCCASION_EXCHANGE_VISIT",
                     BodyNamed("south")));
  GoTo(3, 18, 10);
  const std::string meeting = BodyNamed("north") + "/meetings/visit";
  Do<v1::OpenMeetingRequest>(fmt::format("name: '{}'", meeting));
  Do<v1::RecordSharedProductRequest>(
      fmt::format("name: '{}' product {{ title: 'Joint manual' document: 'JM-1' }}", meeting));
  for (const auto& [body, other] : {std::pair("north", "south"), std::pair("south", "north")}) {
    const v1::CommitteeState state = Committee(body);
    ASSERT_EQ(state.joint_sessions_size(), 1) << body;
    EXPECT_EQ(state.joint_sessions(0).other_body(), BodyNamed(other));
    EXPECT_EQ(state.joint_sessions(0).kind(), v1::JOINT_SESSION_KIND_EXCHANGE_VISIT);
    EXPECT_EQ(state.joint_sessions(0).product(), "Joint manual");
  }
}

TEST_F(ProcessesTest, AMeetingHeldSettlesItsPlaceInTheSeries) {
  Found("cmd");
  ASSERT_OK(Send<v1::SetCadenceRequest>(
                fmt::format("name: '{}' cadence {{ period: CADENCE_PERIOD_QUARTERLY }}",
                            BodyNamed("cmd")),
                Administrator())
                .status);
  ASSERT_OK(Send<v1::GenerateMeetingSeriesRequest>(
                fmt::format("name: '{}' year: 2016", BodyNamed("cmd")), Administrator())
                .status);
  const std::string meeting = Hold("cmd", "2016-q1", 3, 18, 3);
  EXPECT_EQ(Committee("cmd").series(0).meetings(0).meeting(), meeting);
}

// Requirement 13: flagged the next day, and it can still be entered late.
TEST_F(ProcessesTest, AMeetingThatIsNotOpenedByTheEndOfItsDayIsNotHeld) {
  Found("cmd");
  Called("cmd", "q1", 3, 18);
  const std::string meeting = BodyNamed("cmd") + "/meetings/q1";
  GoTo(3, 18, 23);
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(meeting), "called");
  GoTo(3, 19, 1);
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(meeting), "not-held");
  Do<v1::OpenMeetingRequest>(fmt::format("name: '{}'", meeting));
  EXPECT_EQ(StateOf(meeting), "open");
}

TEST_F(ProcessesTest, ARescheduledMeetingIsFlaggedAfterItsNewDay) {
  Found("cmd");
  Called("cmd", "q1", 3, 18);
  const std::string meeting = BodyNamed("cmd") + "/meetings/q1";
  Do<v1::RescheduleMeetingRequest>(
      fmt::format("name: '{}' start_time {{ seconds: {} }}", meeting,
                  absl::ToUnixSeconds(absl::FromCivil(absl::CivilHour(2016, 3, 25, 10), zone_))));
  GoTo(3, 20);
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(meeting), "called");
  GoTo(3, 26);
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(meeting), "not-held");
}

TEST_F(ProcessesTest, AnActionItemIsOverdueAfterItsDayAndEscalatesToTheSecretariat) {
  Found("cmd");
  const std::string meeting = Hold("cmd", "q1", 3, 18, 3);
  Do<v1::AssignActionRequest>(
      fmt::format("name: '{}' action {{ title: 'Write' owner_office: "
                  "'realms/test/offices/planning' due_date {{ year: 2016 "
                  "month: 4 day: 1 }} }}",
                  meeting));
  const std::string action = BodyNamed("cmd") + "/actionItems/q1-action-1";
  EXPECT_EQ(StateOf(action), "open");
  GoTo(4, 2, 1);
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(action), "overdue");
  const auto history = test_->History(action, 2, 10);
  workflows::v1::EngineEvent reached;
  reached.ParseFromString(history->front().payload());
  EXPECT_THAT(reached.deadline_reached().escalate_to(), ::testing::Contains("secretariat"));
  Do<v1::ExtendActionItemRequest>(
      fmt::format("name: '{}' due_date {{ year: 2016 month: 5 }}", action));
  EXPECT_EQ(StateOf(action), "open");
  EXPECT_TRUE(Read<v1::ActionItemState>(action).was_overdue());
  GoTo(6, 1, 1);
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(action), "overdue");
}

TEST_F(ProcessesTest, HistoryEnteredLateRaisesNoAlarm) {
  Found("cmd");
  test_.clock().Set(absl::FromCivil(absl::CivilHour(2026, 1, 5, 9), zone_));
  const int64_t start =
      absl::ToUnixSeconds(absl::FromCivil(absl::CivilHour(2016, 3, 18, 10), zone_));
  const std::string late = "header { occurred_on { year: 2016 month: 3 day: 1 } }";
  const std::string then = "header { occurred_on { year: 2016 month: 3 day: 18 } }";
  ASSERT_OK(Send<v1::CallMeetingRequest>(
                fmt::format("parent: '{}' meeting_id: 'q1' start_time {{ seconds: {} }} {}",
                            BodyNamed("cmd"), start, late),
                Administrator())
                .status);
  const std::string meeting = BodyNamed("cmd") + "/meetings/q1";
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(meeting), "called");
  Do<v1::OpenMeetingRequest>(fmt::format("name: '{}' {}", meeting, then));
  Do<v1::RecordArrivalsRequest>(fmt::format(
      "name: '{}' arrivals {{ seat: 's1' }} arrivals {{ seat: 's2' }} arrivals {{ seat: 's3' }} {}",
      meeting, then));
  Do<v1::TableMotionRequest>(fmt::format("name: '{}' {} {}", meeting, kMotion, then));
  Do<v1::CloseMotionRequest>(
      fmt::format("name: '{}' motion: 'desk' hands {{ yes: 3 }} {}", meeting, then));
  Do<v1::CloseMeetingRequest>(fmt::format("name: '{}' {}", meeting, then));
  const std::string action = BodyNamed("cmd") + "/actionItems/q1-desk-1";
  test_.FireDeadlines();
  EXPECT_EQ(StateOf(action), "open");
  EXPECT_EQ(
      ToString(Read<v1::ResolutionState>(BodyNamed("cmd") + "/resolutions/q1-desk").adopted_on()),
      "2016-03-18");
  EXPECT_EQ(Read<v1::MeetingState>(meeting).opened_time().seconds(), start);
}

TEST_F(ProcessesTest, AStrangerMayNotActInAMeeting) {
  Found("cmd");
  Hold("cmd", "q1", 3, 18, 3);
  const Outcome refused =
      Send<v1::CloseMeetingRequest>(fmt::format("name: '{}/meetings/q1'", BodyNamed("cmd")),
                                    Somebody("realms/test/people/nobody"));
  EXPECT_REFUSED(refused.status, kPermissionDenied, "ROLE_REQUIRED");
}

TEST_F(ProcessesTest, AMemberMovesAndVotesForTheOwnSeatOnly) {
  Found("cmd");
  const std::string meeting = Hold("cmd", "q1", 3, 18, 3);
  const auto member = Somebody("realms/test/people/cmd-p2");
  EXPECT_OK(
      Send<v1::TableMotionRequest>(
          fmt::format("name: '{}' motion_id: 'm' mover_seat: 's2' text: 'x'", meeting), member)
          .status);
  EXPECT_OK(
      Send<v1::CastVotesRequest>(
          fmt::format("name: '{}' motion: 'm' votes {{ seat: 's2' choice: CHOICE_YES }}", meeting),
          member)
          .status);
  EXPECT_REFUSED(
      Send<v1::CastVotesRequest>(
          fmt::format("name: '{}' motion: 'm' votes {{ seat: 's1' choice: CHOICE_NO }}", meeting),
          member)
          .status,
      kPermissionDenied, "NOT_YOUR_SEAT");
  EXPECT_REFUSED(
      Send<v1::CloseMotionRequest>(fmt::format("name: '{}' motion: 'm'", meeting), member).status,
      kPermissionDenied, "ROLE_REQUIRED");
}

TEST_F(ProcessesTest, EveryDueDateOfAResolutionIsWatchedNotOnlyTheFirst) {
  Found("cmd");
  Do<v1::RecordResolutionRequest>(fmt::format(
      "parent: '{}' resolution_id: 'r' title: 'Desks' "
      "addressees {{ addressee: 'realms/test/territories/lipa' due_date {{ year: 2016 month: 6 "
      "day: 30 }} }} addressees {{ addressee: 'realms/test/territories/taal' due_date {{ year: "
      "2016 "
      "month: 9 day: 30 }} }}",
      BodyNamed("cmd")));
  const auto fired_by = [&](int month) {
    GoTo(month, 2);
    test_.FireDeadlines();
    const auto journal = test_->ReadJournal("realms/test", 0, 10'000);
    return std::count_if(journal->begin(), journal->end(), [](const auto& record) {
      return record.event() == "deadline/obligation-due";
    });
  };
  EXPECT_EQ(fired_by(7), 1);
  EXPECT_EQ(fired_by(9), 1);
  EXPECT_EQ(fired_by(10), 2);
}

TEST_F(ProcessesTest, ABodyThatRestsHoldsNoMeetingsUntilItWorksAgain) {
  Found("cmd");
  Called("cmd", "q1", 6, 17);
  GoTo(5, 2);
  const auto send = [&](auto request) { return test_.Send(request, Administrator()).status; };
  ASSERT_OK(send(Parse<v1::SuspendCommitteeRequest>("name: '" + BodyNamed("cmd") + "'")));
  auto call =
      Parse<v1::CallMeetingRequest>(fmt::format("parent: '{}' meeting_id: 'q2'", BodyNamed("cmd")));
  *call.mutable_start_time() = TimeOn("2016-06-18", "03:00");
  EXPECT_REFUSED(send(call), kFailedPrecondition, "BODY_SUSPENDED");
  GoTo(6, 17, 10);
  const std::string open = fmt::format("name: '{}/meetings/q1'", BodyNamed("cmd"));
  EXPECT_REFUSED(Send<v1::OpenMeetingRequest>(open).status, kFailedPrecondition, "BODY_SUSPENDED");
  ASSERT_OK(send(Parse<v1::ResumeCommitteeRequest>("name: '" + BodyNamed("cmd") + "'")));
  EXPECT_OK(Send<v1::OpenMeetingRequest>(open).status);
}

TEST_F(ProcessesTest, ABodyThatIsClosedStillNumbersTheResolutionsOfItsTime) {
  Found("cmd");
  const std::string first = Hold("cmd", "q1", 3, 18, 3);
  const std::string second = Hold("cmd", "q2", 4, 18, 3);
  GoTo(5, 2);
  ASSERT_OK(test_
                .Send(Parse<v1::CloseCommitteeRequest>("name: '" + BodyNamed("cmd") + "'"),
                      Administrator())
                .status);
  for (const std::string& meeting : {first, second}) {
    Do<v1::TableMotionRequest>(fmt::format("name: '{}' {}", meeting, kMotion));
    Do<v1::CloseMotionRequest>(
        fmt::format("name: '{}' motion: 'desk' hands {{ yes: 3 }}", meeting));
  }
  ASSERT_EQ(Committee("cmd").resolutions_size(), 2);
  EXPECT_EQ(Committee("cmd").resolutions(1).number(), "2-2016");
}

TEST_F(ProcessesTest, TheLaterAnswerOfABodyBetweenReachesTheOrigin) {
  Found("national");
  Found("regional", BodyNamed("national"));
  Found("local", BodyNamed("regional"));
  const std::string here = BodyNamed("local") + "/matters/desk";
  const std::string above = BodyNamed("regional") + "/matters/local-desk";
  const std::string top = BodyNamed("national") + "/matters/regional-local-desk";
  Do<v1::RaiseMatterRequest>(
      fmt::format("parent: '{}' matter_id: 'desk' title: 'Desk' raised_by {{ seat: 's1' }}",
                  BodyNamed("local")));
  Do<v1::ForwardMatterRequest>(fmt::format("name: '{}' text: 'Please decide'", here));
  for (const char* answer : {"No", "Yes"}) {
    Do<v1::ForwardMatterRequest>(fmt::format("name: '{}' text: 'Please decide'", above));
    const std::string asked = answer == std::string("No") ? top : top + "-2";
    Do<v1::AnswerMatterRequest>(fmt::format("name: '{}' text: '{}'", asked, answer));
    EXPECT_EQ(Read<v1::MatterState>(here).answer(), answer);
  }
}

}  // namespace
}  // namespace kasundo::committees
