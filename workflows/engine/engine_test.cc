// The way of a command through the engine, on the toy kind `promise`.
#include "workflows/engine/engine.h"

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/definition_checker.h"
#include "workflows/engine/definition_store.h"
#include "workflows/engine/log_format.h"

namespace kasundo {
namespace {

using testing::Acting;
using testing::Administrator;
using testing::TestEngine;
using testing::ToyRegistry;
namespace toy = testing::v1;
namespace wf = workflows::v1;

constexpr char kMayor[] = "realms/test/offices/mayor";
constexpr char kGovernor[] = "realms/test/offices/governor";
constexpr char kDesk[] = "realms/test/promises/desk";

toy::MakePromiseRequest MakeDesk(const std::string& request_id = "") {
  toy::MakePromiseRequest request;
  request.set_parent("realms/test");
  request.set_promise_id("desk");
  request.set_promiser(kMayor);
  request.set_promisee(kGovernor);
  request.set_text("an OFW desk in the city hall");
  request.mutable_due()->set_year(2016);
  request.mutable_due()->set_month(6);
  request.mutable_header()->set_request_id(request_id);
  return request;
}

toy::RewordPromiseRequest Reword(const std::string& text, const std::string& request_id = "") {
  toy::RewordPromiseRequest request;
  request.set_name(kDesk);
  request.set_text(text);
  request.mutable_header()->set_request_id(request_id);
  return request;
}

toy::KeepPromiseRequest Keep() {
  toy::KeepPromiseRequest request;
  request.set_name(kDesk);
  return request;
}

const toy::PromiseState& StateOf(const Instance& instance) {
  return static_cast<const toy::PromiseState&>(*instance.state);
}

class EngineTest : public ::testing::Test {
 protected:
  TestEngine test_{ToyRegistry()};

  Instance Desk() { return *test_->Get(kDesk); }

  // Another text of the definition of promises.
  absl::Status Deploy(const std::string& text) {
    wf::DeployDefinitionRequest request;
    request.set_parent("realms/test");
    request.set_text(text);
    Command command = test_.Make(request, Administrator());
    command.instance = "realms/test/definitions/promise";
    return test_->Execute(command).status;
  }
};

TEST_F(EngineTest, RecordsWhatItAnswers) {
  const Outcome made = test_.Send(MakeDesk(), Acting(kMayor));
  ASSERT_OK(made.status);
  EXPECT_EQ(made.instance.record.lifecycle_state(), "open");
  EXPECT_EQ(made.instance.etag(), "\"1\"");
  EXPECT_EQ(Desk().record.lifecycle_state(), "open");
  EXPECT_EQ(StateOf(Desk()).text(), "an OFW desk in the city hall");

  const auto history = *test_->History(kDesk, 1, 10);
  ASSERT_EQ(history.size(), 1u);
  EXPECT_EQ(history[0].event(), "PromiseMade");
  EXPECT_EQ(history[0].actor().office(), kMayor);
  EXPECT_EQ(history[0].actor().person(), "realms/test/people/tester");
  EXPECT_EQ(history[0].actor().organisation(), "realms/test/organisations/city");
  EXPECT_EQ(history[0].position(), made.position);
}

TEST_F(EngineTest, RefusesAnIdThatIsTaken) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  EXPECT_REFUSED(test_.Send(MakeDesk(), Acting(kMayor)).status, absl::StatusCode::kAlreadyExists,
                 "INSTANCE_EXISTS");
}

TEST_F(EngineTest, RefusesAnUnknownInstance) {
  EXPECT_REFUSED(test_.Send(Keep(), Acting(kGovernor)).status, absl::StatusCode::kNotFound,
                 "INSTANCE_NOT_FOUND");
}

TEST_F(EngineTest, RefusesAnUnknownRealm) {
  auto request = MakeDesk();
  request.set_parent("realms/nowhere");
  EXPECT_REFUSED(test_.Send(request, Acting(kMayor)).status, absl::StatusCode::kNotFound,
                 "REALM_NOT_FOUND");
}

TEST_F(EngineTest, RefusesAnIdThatIsNone) {
  auto request = MakeDesk();
  request.set_promise_id("The Desk");
  EXPECT_REFUSED(test_.Send(request, Acting(kMayor)).status, absl::StatusCode::kInvalidArgument,
                 "NAME_INVALID");
}

TEST_F(EngineTest, AsksForTheRoleBeforeTheState) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  ASSERT_OK(test_.Send(Keep(), Acting(kGovernor)).status);
  EXPECT_REFUSED(test_.Send(Reword("x"), Acting("realms/test/offices/other")).status,
                 absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_REFUSED(test_.Send(Reword("x"), Acting(kMayor)).status,
                 absl::StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
}

TEST_F(EngineTest, RefusesAStaleEtag) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  ASSERT_OK(test_.Send(Reword("two desks"), Acting(kMayor)).status);
  auto stale = Reword("three desks");
  stale.mutable_header()->set_etag("\"1\"");
  EXPECT_REFUSED(test_.Send(stale, Acting(kMayor)).status, absl::StatusCode::kAborted,
                 "ETAG_MISMATCH");
  stale.mutable_header()->set_etag("\"2\"");
  EXPECT_OK(test_.Send(stale, Acting(kMayor)).status);
}

TEST_F(EngineTest, AnswersARepeatedRequestAsBefore) {
  const Outcome first = test_.Send(MakeDesk("r1"), Acting(kMayor));
  ASSERT_OK(first.status);
  ASSERT_OK(test_.Send(Reword("two desks"), Acting(kMayor)).status);
  const Outcome again = test_.Send(MakeDesk("r1"), Acting(kMayor));
  ASSERT_OK(again.status);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.position, first.position);
  EXPECT_EQ(again.instance.record.SerializeAsString(), first.instance.record.SerializeAsString());
  EXPECT_EQ(testing::Text(*again.instance.state), testing::Text(*first.instance.state));
  EXPECT_EQ(Desk().record.revision(), 2);
}

TEST_F(EngineTest, RefusesARequestIdWithOtherContent) {
  ASSERT_OK(test_.Send(MakeDesk("r1"), Acting(kMayor)).status);
  EXPECT_REFUSED(test_.Send(Reword("two desks", "r1"), Acting(kMayor)).status,
                 absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED");
}

TEST_F(EngineTest, ARefusedRequestIdMayBeUsedAgain) {
  EXPECT_REFUSED(test_.Send(Reword("two desks", "r1"), Acting(kMayor)).status,
                 absl::StatusCode::kNotFound, "INSTANCE_NOT_FOUND");
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  EXPECT_OK(test_.Send(Reword("two desks", "r1"), Acting(kMayor)).status);
}

TEST_F(EngineTest, RecordsNothingForAValidation) {
  auto request = MakeDesk("r1");
  request.mutable_header()->set_validate_only(true);
  const int64_t before = *test_->NextPosition("realms/test");
  const Outcome outcome = test_.Send(request, Acting(kMayor));
  ASSERT_OK(outcome.status);
  EXPECT_EQ(outcome.instance.record.lifecycle_state(), "open");
  EXPECT_EQ(*test_->NextPosition("realms/test"), before);
  EXPECT_REFUSED(test_->Get(kDesk).status(), absl::StatusCode::kNotFound, "INSTANCE_NOT_FOUND");
}

TEST_F(EngineTest, RehearsesCommandsThatBuildOnEachOther) {
  std::vector<Command> commands;
  commands.push_back(test_.Make(MakeDesk(), Acting(kMayor)));
  commands.push_back(test_.Make(Reword("two desks"), Acting(kMayor)));
  commands.push_back(test_.Make(Reword("two desks"), Acting(kMayor)));
  const auto outcomes = test_->Rehearse(std::move(commands));
  ASSERT_EQ(outcomes.size(), 3u);
  ASSERT_OK(outcomes[1].status);
  EXPECT_EQ(StateOf(outcomes[1].instance).text(), "two desks");
  EXPECT_FALSE(outcomes[2].status.ok());
  EXPECT_FALSE(test_->Get(kDesk).ok());
}

TEST_F(EngineTest, ARehearsalKnowsWhatWasDoneAlready) {
  ASSERT_OK(test_.Send(MakeDesk("r1"), Acting(kMayor)).status);
  std::vector<Command> commands;
  commands.push_back(test_.Make(MakeDesk("r1"), Acting(kMayor)));
  commands.push_back(test_.Make(Reword("two desks", "r2"), Acting(kMayor)));
  commands.push_back(test_.Make(Reword("two desks", "r2"), Acting(kMayor)));
  commands.push_back(test_.Make(Reword("three desks", "r1"), Acting(kMayor)));
  const auto outcomes = test_->Rehearse(std::move(commands));
  ASSERT_EQ(outcomes.size(), 4u);
  ASSERT_OK(outcomes[0].status);
  EXPECT_TRUE(outcomes[0].repeated);
  ASSERT_OK(outcomes[1].status);
  EXPECT_FALSE(outcomes[1].repeated);
  ASSERT_OK(outcomes[2].status);
  EXPECT_TRUE(outcomes[2].repeated);
  EXPECT_REFUSED(outcomes[3].status, absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED");
}

TEST_F(EngineTest, DecidesAGroupOneAfterAnotherAndWritesItAtOnce) {
  std::vector<std::string> answers;
  const auto note = [&](const Outcome& outcome) {
    answers.push_back(outcome.status.ok() ? outcome.instance.etag() : ReasonOf(outcome.status));
  };
  test_->Submit(test_.Make(MakeDesk(), Acting(kMayor)), note);
  test_->Submit(test_.Make(MakeDesk(), Acting(kMayor)), note);
  test_->Submit(test_.Make(Reword("two desks"), Acting(kMayor)), note);
  EXPECT_TRUE(answers.empty());
  EXPECT_EQ(test_->Pump(), 3u);
  EXPECT_THAT(answers, ::testing::ElementsAre("\"1\"", "INSTANCE_EXISTS", "\"2\""));
}

TEST_F(EngineTest, AFailedWriteLeavesNothingBehind) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  test_.memory()->FailNextWrite(absl::InternalError("the disk is gone"));
  EXPECT_EQ(test_.Send(Reword("two desks", "r1"), Acting(kMayor)).status.code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(Desk().record.revision(), 1);
  const Outcome again = test_.Send(Reword("two desks", "r1"), Acting(kMayor));
  ASSERT_OK(again.status);
  EXPECT_FALSE(again.repeated);
  EXPECT_OK(test_->Verify("realms/test", nullptr));
}

TEST_F(EngineTest, RefusesCommandsWhileTheDiskIsFullAndGoesOnByItself) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  test_.memory()->SetFreeBytes(1 << 20);
  EXPECT_REFUSED(test_.Send(Reword("two desks"), Acting(kMayor)).status,
                 absl::StatusCode::kResourceExhausted, "DISK_FULL");
  EXPECT_EQ(Desk().record.revision(), 1);
  test_.memory()->SetFreeBytes(~uint64_t{0});
  EXPECT_OK(test_.Send(Reword("two desks"), Acting(kMayor)).status);
}

TEST_F(EngineTest, DoesNotBeginACommandWhoseDeadlinePassed) {
  Command command = test_.Make(MakeDesk(), Acting(kMayor));
  command.deadline = test_.clock().Now() - absl::Seconds(1);
  EXPECT_REFUSED(test_->Execute(std::move(command)).status, absl::StatusCode::kDeadlineExceeded,
                 "DEADLINE_PASSED");
  EXPECT_FALSE(test_->Get(kDesk).ok());
}

TEST_F(EngineTest, RefusesAReferenceToNothing) {
  Command command = test_.Make(MakeDesk(), Acting(kMayor));
  command.references.push_back({"promiser", "realms/test/promises/none", "promise"});
  EXPECT_REFUSED(test_->Execute(command).status, absl::StatusCode::kNotFound,
                 "REFERENCE_NOT_FOUND");
  command.references[0] = {"promiser", "realms/test", "promise"};
  EXPECT_REFUSED(test_->Execute(command).status, absl::StatusCode::kInvalidArgument,
                 "FIELD_INVALID");
  command.references[0] = {"promiser", "realms/test", "realm"};
  const Outcome made = test_->Execute(command);
  ASSERT_OK(made.status);
  const auto event = test_->History(kDesk, 1, 1)->at(0);
  ASSERT_EQ(event.references_size(), 1);
  EXPECT_EQ(event.references(0).name(), "realms/test");
  EXPECT_EQ(event.references(0).position(), 0);
}

TEST_F(EngineTest, ShowsThePastAsItWas) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  const absl::Time made = test_.clock().Now();
  test_.clock().Advance(absl::Hours(24));
  const Outcome reworded = test_.Send(Reword("two desks"), Acting(kMayor));
  ASSERT_OK(reworded.status);

  api::v1::AsOf as_of;
  SetTime(made + absl::Hours(1), as_of.mutable_time());
  EXPECT_EQ(StateOf(*test_->Get(kDesk, as_of)).text(), "an OFW desk in the city hall");
  as_of.set_position(reworded.position);
  EXPECT_EQ(StateOf(*test_->Get(kDesk, as_of)).text(), "two desks");
  SetTime(made - absl::Hours(1), as_of.mutable_time());
  EXPECT_REFUSED(test_->Get(kDesk, as_of).status(), absl::StatusCode::kNotFound,
                 "NOT_YET_EXISTING");
  EXPECT_TRUE(test_->List("promise", "realms/test", "", 10, as_of)->empty());
}

// What is entered today about 2011 is shown in 2011.
TEST_F(EngineTest, ShowsWhatHadHappenedByADayWheneverItWasRecorded) {
  const auto happened = [](auto request, int year, int month) {
    *request.mutable_header()->mutable_occurred_on() = MakeDate(year, month);
    return request;
  };
  const auto by = [](int year, int month = 0, int day = 0) {
    api::v1::AsOf as_of;
    *as_of.mutable_business_date() = MakeDate(year, month, day);
    return as_of;
  };
  ASSERT_OK(test_.Send(happened(MakeDesk(), 2011, 1), Acting(kMayor)).status);
  ASSERT_OK(test_.Send(happened(Reword("three desks"), 2012, 3), Acting(kMayor)).status);
  // Not in the order of its days.
  ASSERT_OK(test_.Send(happened(Reword("two desks"), 2011, 4), Acting(kMayor)).status);
  ASSERT_OK(test_.Send(Keep(), Acting(kGovernor)).status);

  EXPECT_REFUSED(test_->Get(kDesk, by(2010)).status(), absl::StatusCode::kNotFound,
                 "NOT_YET_EXISTING");
  // A month counts from its last day, on which it has surely happened.
  EXPECT_FALSE(test_->Get(kDesk, by(2011, 1, 30)).ok());
  EXPECT_EQ(StateOf(*test_->Get(kDesk, by(2011, 1, 31))).text(), "an OFW desk in the city hall");
  const Instance in_2011 = *test_->Get(kDesk, by(2011, 12));
  EXPECT_EQ(StateOf(in_2011).text(), "two desks");
  EXPECT_EQ(in_2011.record.revision(), 3);
  EXPECT_EQ(in_2011.record.lifecycle_state(), "open");
  // What has no day of its own happened when it was recorded.
  const absl::CivilDay today =
      absl::ToCivilDay(test_.clock().Now(), *test_->TimeZoneOf("realms/test"));
  const auto on = [](absl::CivilDay day) {
    api::v1::AsOf as_of;
    *as_of.mutable_business_date() = FromDay(day);
    return as_of;
  };
  EXPECT_EQ(test_->Get(kDesk, on(today - 1))->record.lifecycle_state(), "open");
  EXPECT_EQ(test_->Get(kDesk, on(today))->record.lifecycle_state(), "kept");
  EXPECT_EQ(test_->List("promise", "realms/test", "", 10, by(2011, 6))->size(), 1U);
  EXPECT_TRUE(test_->List("promise", "realms/test", "", 10, by(2009))->empty());
  EXPECT_REFUSED(test_->Get(kDesk, by(2011, 13)).status(), absl::StatusCode::kInvalidArgument,
                 "DATE_INVALID");
}

// An act that is entered late and changes no state leaves the state of its day.
TEST_F(EngineTest, KeepsTheStateOfADayWhateverIsEnteredForItAfterwards) {
  std::string text(testing::PromiseDefinitionText());
  const std::string rule = "{on: [PromiseReworded], from: [open], by: [promiser]}";
  text.replace(text.find(rule), rule.size(),
               "{on: [PromiseReworded], from: [open, overdue, kept], by: [promiser]}");
  text.replace(text.find("title: Kept, final: true"), 24, "title: Kept");
  text.replace(text.find("from: [open]\n    to: withdrawn"), 12, "from: [open, kept]");
  ASSERT_OK(Deploy(text));
  const auto in = [](auto request, int month) {
    *request.mutable_header()->mutable_occurred_on() = MakeDate(2015, month);
    return request;
  };
  ASSERT_OK(test_.Send(in(MakeDesk(), 1), Acting(kMayor)).status);
  ASSERT_OK(test_.Send(in(Keep(), 6), Acting(kGovernor)).status);
  ASSERT_OK(test_.Send(in(Reword("two desks"), 3), Acting(kMayor)).status);
  api::v1::AsOf as_of;
  *as_of.mutable_business_date() = MakeDate(2015, 4);
  const Instance in_april = *test_->Get(kDesk, as_of);
  EXPECT_EQ(StateOf(in_april).text(), "two desks");
  EXPECT_EQ(in_april.record.lifecycle_state(), "open");
  EXPECT_EQ(Desk().record.lifecycle_state(), "kept");
}

TEST_F(EngineTest, KnowsNothingOfADayBeforeTheBeginningWhateverWasEnteredForIt) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  auto reword = Reword("two desks");
  *reword.mutable_header()->mutable_occurred_on() = MakeDate(2011);
  ASSERT_OK(test_.Send(reword, Acting(kMayor)).status);
  api::v1::AsOf as_of;
  *as_of.mutable_business_date() = MakeDate(2012);
  EXPECT_REFUSED(test_->Get(kDesk, as_of).status(), absl::StatusCode::kNotFound,
                 "NOT_YET_EXISTING");
}

TEST_F(EngineTest, GivesRulesAContextOfAnotherDay) {
  auto make = MakeDesk();
  *make.mutable_header()->mutable_occurred_on() = MakeDate(2011, 1);
  ASSERT_OK(test_.Send(make, Acting(kMayor)).status);
  ASSERT_OK(test_.Send(Reword("two desks"), Acting(kMayor)).status);
  auto other = MakeDesk();
  other.set_promise_id("later");
  ASSERT_OK(test_.Send(other, Acting(kMayor)).status);
  const Instance desk = *test_->Get(kDesk);
  const Context then = *test_->ContextFor(desk, Acting(kMayor), MakeDate(2011, 5, 1));
  EXPECT_EQ(ToString(then.today), "2011-05-01");
  EXPECT_EQ(ToString(DayOf(then.now, then.time_zone)), "2011-05-01");
  EXPECT_EQ(then.Related<toy::PromiseState>(kDesk)->text(), "an OFW desk in the city hall");
  EXPECT_EQ(then.Find(kDesk), then.Find(kDesk));
  // Nothing says when it happened but the record: better as it is now than not at all.
  EXPECT_NE(then.Find("realms/test/promises/later"), nullptr);
  EXPECT_EQ(then.Find("realms/test/promises/none"), nullptr);
  const Context now = *test_->ContextFor(desk, Acting(kMayor));
  EXPECT_EQ(now.Related<toy::PromiseState>(kDesk)->text(), "two desks");
  EXPECT_EQ(now.now, test_.clock().Now());
}

TEST_F(EngineTest, CallsAttentionToAnInstanceOfAnyKindOnce) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  auto attention = std::make_shared<wf::AttentionCalled>();
  attention->set_cause("OFFICE_VACANT");
  attention->set_office(kMayor);
  attention->add_tell_offices(kGovernor);
  Command command;
  command.instance = kDesk;
  command.request = attention;
  command.header.set_request_id("continuity/1");
  command.actor = Acting(kMayor);
  EXPECT_REFUSED(test_->Execute(command).status, absl::StatusCode::kPermissionDenied,
                 "ROLE_REQUIRED");
  command.actor.set_system(true);
  ASSERT_OK(test_->Execute(command).status);
  EXPECT_TRUE(test_->Execute(command).repeated);
  const auto history = *test_->History(kDesk, 1, 10);
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[1].event(), "AttentionCalled");
  EXPECT_EQ(Desk().record.lifecycle_state(), "open");
  EXPECT_OK(test_->Verify("realms/test", nullptr));
}

TEST_F(EngineTest, ListsByNamePageByPage) {
  for (const char* id : {"c", "a", "b"}) {
    auto request = MakeDesk();
    request.set_promise_id(id);
    ASSERT_OK(test_.Send(request, Acting(kMayor)).status);
  }
  const auto first = *test_->List("promise", "realms/test", "", 2);
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[1].name, "realms/test/promises/b");
  const auto rest = *test_->List("promise", "realms/test", first[1].name, 2);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].name, "realms/test/promises/c");
}

TEST_F(EngineTest, ADeadlineThatPassesIsAnEventAndMovesTheState) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  EXPECT_EQ(test_.FireDeadlines(), 0);
  test_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 7, 1), absl::UTCTimeZone()));
  EXPECT_EQ(test_.FireDeadlines(), 2);  // ask-after, a month after it was made, and keep-by
  EXPECT_EQ(Desk().record.lifecycle_state(), "overdue");
  const auto history = *test_->History(kDesk, 1, 10);
  EXPECT_EQ(history.back().actor().account(), "system");
  EXPECT_THAT((std::vector<std::string>{history[1].event(), history[2].event()}),
              ::testing::ElementsAre("deadline/ask-after", "deadline/keep-by"));
  EXPECT_EQ(test_.FireDeadlines(), 0);
  EXPECT_OK(test_->Verify("realms/test", nullptr));
}

// What a deadline did may be undone while its date stays: then it is due again, and once.
TEST_F(EngineTest, ADeadlineThatIsBegunAgainWithTheSameDateFiresAgain) {
  std::string text(testing::PromiseDefinitionText());
  const std::string rule = "{on: [PromiseReworded], from: [open], by: [promiser]}";
  ASSERT_NE(text.find(rule), std::string::npos);
  text.replace(text.find(rule), rule.size(),
               "{on: [PromiseReworded], from: [open, overdue], to: open, by: [promiser]}");
  ASSERT_OK(Deploy(text));
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  test_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 7, 1), absl::UTCTimeZone()));
  EXPECT_EQ(test_.FireDeadlines(), 2);
  ASSERT_OK(test_.Send(Reword("a desk, later"), Acting(kMayor)).status);
  EXPECT_EQ(Desk().record.lifecycle_state(), "open");
  EXPECT_EQ(test_.FireDeadlines(), 1);
  EXPECT_EQ(Desk().record.lifecycle_state(), "overdue");
  EXPECT_EQ(test_.FireDeadlines(), 0);
  EXPECT_OK(test_->Verify("realms/test", nullptr));
}

// A mistyped year is due at once, and not for ever.
TEST_F(EngineTest, ADeadlineBefore1970FiresOnce) {
  auto request = MakeDesk();
  request.mutable_due()->set_year(216);
  ASSERT_OK(test_.Send(request, Acting(kMayor)).status);
  EXPECT_EQ(test_.FireDeadlines(), 1);
  EXPECT_EQ(Desk().record.lifecycle_state(), "overdue");
  EXPECT_EQ(test_.FireDeadlines(), 0);
}

// A text that an earlier program accepted governs on, though a kind has learned an event since that
// it does not admit.
TEST(DefinitionStore, KeepsWhatAnEarlierProgramAccepted) {
  const KindRegistry registry = ToyRegistry();
  std::string text(testing::PromiseDefinitionText());
  const std::string witnessed =
      "  - {on: [PromiseWitnessed], from: [open, overdue], by: [anyone]}\n";
  ASSERT_NE(text.find(witnessed), std::string::npos);
  text.erase(text.find(witnessed), witnessed.size());
  ASSERT_FALSE(ReadDefinition(text, registry, nullptr).ok());
  const auto store = DefinitionStore::Create(registry);
  ASSERT_TRUE(store.ok()) << store.status();
  ASSERT_OK((*store)->Add("realms/test", "promise", 1, text));
  EXPECT_NE((*store)->Find("realms/test", "promise", 1), nullptr);
}

wf::TakeStepRequest Retire(const std::string& definition) {
  wf::TakeStepRequest request;
  request.set_name("realms/test/definitions/" + definition);
  request.set_step("retire");
  return request;
}

TEST(Engine, OpensWithANewTextOfADefinitionThatARealmHasRetired) {
  const testing::TemporaryFolder folder;
  {
    TestEngine test(ToyRegistry(), folder.path() + "/db");
    ASSERT_OK(test.Send(Retire("promise"), Administrator()).status);
  }
  KindRegistry changed = ToyRegistry();
  changed.builtin_definitions["promise"] += "# changed\n";
  TestEngine test(std::move(changed), folder.path() + "/db");
  const auto found = test->Get("realms/test/definitions/promise");
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(static_cast<const wf::DefinitionState&>(*found->state).versions_size(), 1);
}

TEST_F(EngineTest, KeepsTheDefinitionThatGovernsDefinitions) {
  EXPECT_REFUSED(test_.Send(Retire("definition"), Administrator()).status,
                 absl::StatusCode::kFailedPrecondition, "GUARD_NOT_MET");
  EXPECT_OK(test_.Send(Retire("promise"), Administrator()).status);
}

TEST_F(EngineTest, KeepsItsOwnRequestIdsToItself) {
  EXPECT_REFUSED(test_.Send(MakeDesk("system/one-back/1/0"), Acting(kMayor)).status,
                 absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
  EXPECT_OK(test_.Send(MakeDesk("systems"), Acting(kMayor)).status);
}

TEST_F(EngineTest, AKeptPromiseIsNoLongerDue) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  ASSERT_OK(test_.Send(Keep(), Acting(kGovernor)).status);
  test_.clock().Advance(absl::Hours(24 * 365));
  EXPECT_EQ(test_.FireDeadlines(), 0);
}

TEST_F(EngineTest, HistoryEnteredLateKeepsItsDayAndRaisesNoOldAlarm) {
  test_.clock().Set(absl::FromCivil(absl::CivilDay(2020, 1, 1), absl::UTCTimeZone()));
  auto request = MakeDesk();
  *request.mutable_header()->mutable_occurred_on() = *ParseCivilDate("2016-02");
  ASSERT_OK(test_.Send(request, Acting(kMayor)).status);
  EXPECT_EQ(test_.FireDeadlines(), 0);
  const auto event = test_->History(kDesk, 1, 1)->at(0);
  EXPECT_EQ(ToString(event.occurred_on()), "2016-02");
  EXPECT_EQ(TimeOf(event.recorded_time()), test_.clock().Now());
  *request.mutable_header()->mutable_occurred_on() = *ParseCivilDate("2020-01-02");
  request.set_promise_id("later");
  EXPECT_REFUSED(test_.Send(request, Acting(kMayor)).status, absl::StatusCode::kInvalidArgument,
                 "OCCURRED_IN_FUTURE");
}

TEST_F(EngineTest, AMigrationEndsTheDeadlinesOfTheStateThatIsLeft) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  EXPECT_EQ(Desk().record.timers_size(), 2);
  ASSERT_OK(Deploy(std::string(testing::PromiseDefinitionText()) + "# changed\n"));
  wf::MigrateInstanceRequest migrate;
  migrate.set_name(kDesk);
  (*migrate.mutable_state_mapping())["open"] = "overdue";
  ASSERT_OK(test_.Send(migrate, Administrator()).status);
  // What a transition scheduled belongs to no state.
  ASSERT_EQ(Desk().record.timers_size(), 1);
  EXPECT_EQ(Desk().record.timers(0).deadline(), "ask-after");
  EXPECT_OK(test_->Verify("realms/test", nullptr));
}

TEST_F(EngineTest, TakesAStepThatOnlyTheDefinitionKnows) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  wf::TakeStepRequest request;
  request.set_name(kDesk);
  request.set_step("reminder");
  EXPECT_REFUSED(test_.Send(request, Acting(kMayor)).status, absl::StatusCode::kPermissionDenied,
                 "ROLE_REQUIRED");
  ASSERT_OK(test_.Send(request, Acting(kGovernor)).status);
  EXPECT_EQ(test_->History(kDesk, 2, 1)->at(0).event(), "step/reminder");
}

TEST_F(EngineTest, ANewVersionGovernsNewInstancesAndOldOnesAfterMigration) {
  ASSERT_OK(test_.Send(MakeDesk(), Acting(kMayor)).status);
  std::string text(testing::PromiseDefinitionText());
  for (size_t at = 0; (at = text.find("overdue", at)) != std::string::npos; at += 4) {
    text.replace(at, 7, "late");
  }
  ASSERT_OK(Deploy(text));
  EXPECT_REFUSED(Deploy(text), absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");

  auto other = MakeDesk();
  other.set_promise_id("other");
  EXPECT_EQ(test_.Send(other, Acting(kMayor)).instance.record.definition_version(), 2);
  EXPECT_EQ(Desk().record.definition_version(), 1);

  test_.clock().Set(absl::FromCivil(absl::CivilDay(2016, 7, 2), absl::UTCTimeZone()));
  test_.FireDeadlines();
  wf::MigrateInstanceRequest migrate;
  migrate.set_name(kDesk);
  EXPECT_REFUSED(test_.Send(migrate, Acting(kMayor)).status, absl::StatusCode::kPermissionDenied,
                 "ADMINISTRATOR_REQUIRED");
  EXPECT_REFUSED(test_.Send(migrate, Administrator()).status, absl::StatusCode::kFailedPrecondition,
                 "MIGRATION_STATE_UNMAPPED");
  (*migrate.mutable_state_mapping())["overdue"] = "late";
  migrate.mutable_header()->set_validate_only(true);
  ASSERT_OK(test_.Send(migrate, Administrator()).status);
  EXPECT_EQ(Desk().record.lifecycle_state(), "overdue");
  migrate.mutable_header()->set_validate_only(false);
  ASSERT_OK(test_.Send(migrate, Administrator()).status);
  EXPECT_EQ(Desk().record.lifecycle_state(), "late");
  EXPECT_EQ(Desk().record.definition_version(), 2);
  EXPECT_OK(test_->Verify("realms/test", nullptr));
}

TEST_F(EngineTest, RefusesADefinitionWithErrors) {
  EXPECT_REFUSED(Deploy("definition: promise\nkind: promise\n"), absl::StatusCode::kInvalidArgument,
                 "DEFINITION_INVALID");
}

TEST_F(EngineTest, ARetiredDefinitionGovernsNothingNew) {
  wf::TakeStepRequest retire;
  retire.set_name("realms/test/definitions/promise");
  retire.set_step("retire");
  ASSERT_OK(test_.Send(retire, Administrator()).status);
  EXPECT_REFUSED(test_.Send(MakeDesk(), Acting(kMayor)).status,
                 absl::StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
}

TEST_F(EngineTest, RealmsHaveJournalsOfTheirOwn) {
  ASSERT_OK(test_->CreateRealm("realms/rome", "Rome", "Europe/Rome", Administrator()));
  EXPECT_REFUSED(test_->CreateRealm("realms/rome", "Rome", "Europe/Rome", Administrator()),
                 absl::StatusCode::kAlreadyExists, "INSTANCE_EXISTS");
  EXPECT_REFUSED(test_->CreateRealm("realms/mars", "Mars", "Mars/Olympus", Administrator()),
                 absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
  auto request = MakeDesk();
  request.set_parent("realms/rome");
  const int64_t before = *test_->NextPosition("realms/test");
  const Outcome made = test_.Send(request, Acting(kMayor));
  ASSERT_OK(made.status);
  EXPECT_EQ(made.position + 1, *test_->NextPosition("realms/rome"));
  EXPECT_EQ(*test_->NextPosition("realms/test"), before);
  EXPECT_OK(test_->Verify("realms/rome", nullptr));
}

TEST_F(EngineTest, TellsListenersHowFarARealmHasCome) {
  int64_t reached = 0;
  const int64_t id = test_->AddListener([&](std::string_view, int64_t next) { reached = next; });
  const Outcome made = test_.Send(MakeDesk(), Acting(kMayor));
  EXPECT_EQ(reached, made.position + 1);
  test_->RemoveListener(id);
  ASSERT_OK(test_.Send(Reword("two desks"), Acting(kMayor)).status);
  EXPECT_EQ(reached, made.position + 1);
}

TEST_F(EngineTest, GivesUpVerifyingWhileItComparesRowsWithWhatTheEventsSaid) {
  toy::MakePromiseRequest promise = MakeDesk();
  for (int i = 0; i < 3'000; ++i) {
    promise.set_promise_id(fmt::format("p{}", i));
    ASSERT_OK(test_.Send(promise, Acting(kMayor)).status);
  }
  int said_at_end = 0;
  ASSERT_OK(test_->Verify("realms/test", [&](int64_t position, int64_t end) {
    said_at_end += position == end ? 1 : 0;
    return true;
  }));
  ASSERT_GT(said_at_end, 1) << "once when all events are read, and then while rows are compared";
  const absl::Status given_up = test_->Verify("realms/test", [&](int64_t position, int64_t end) {
    return position < end || --said_at_end > 0;
  });
  EXPECT_EQ(given_up.code(), absl::StatusCode::kCancelled) << given_up;
}

// Every family, every row: what is changed behind the engine's back is found.
TEST_F(EngineTest, VerificationFindsEveryChangedRow) {
  ASSERT_OK(test_.Send(MakeDesk("r1"), Acting(kMayor)).status);
  ASSERT_OK(test_.Send(Reword("two desks"), Acting(kMayor)).status);
  ASSERT_OK(test_->Verify("realms/test", nullptr));
  for (const Family family :
       {Family::kEvents, Family::kStreams, Family::kInstances, Family::kTree, Family::kRequests}) {
    std::vector<std::pair<std::string, std::string>> rows;
    ASSERT_OK(test_.memory()->Snapshot()->Scan(family, "", "",
                                               [&](std::string_view key, std::string_view value) {
                                                 rows.emplace_back(key, value);
                                                 return true;
                                               }));
    ASSERT_FALSE(rows.empty());
    for (const auto& [key, value] : rows) {
      std::string damaged = value;
      damaged.back() = static_cast<char>(damaged.back() ^ 1);
      // The content hash of a request cannot be had from the journal; its instance and position
      // can.
      if (family == Family::kRequests) damaged = std::string("\x12\x01x", 3);
      test_.memory()->Damage(family, key, damaged);
      EXPECT_REFUSED(test_->Verify("realms/test", nullptr), absl::StatusCode::kDataLoss,
                     "STORED_DATA_DAMAGED");
      test_.memory()->Damage(family, key, value);
    }
  }
  ASSERT_OK(test_->Verify("realms/test", nullptr));
  test_.memory()->Damage(Family::kTimers, log_format::TimerKey(0, 1, "promises/desk", "keep-by"),
                         "");
  EXPECT_REFUSED(test_->Verify("realms/test", nullptr), absl::StatusCode::kDataLoss,
                 "STORED_DATA_DAMAGED");
}

// Whenever a promise is made, somebody is asked to make one back; the second of them is refused.
class MakesOneBack : public ProcessManager {
 public:
  std::string_view name() const override { return "one-back"; }
  std::vector<FollowUp> React(const wf::EventRecord& record,
                              const google::protobuf::Message& payload,
                              const Context::Lookup& related) const override {
    std::vector<FollowUp> follow_ups;
    if (record.event() != "PromiseMade" || record.instance() != kDesk) return follow_ups;
    EXPECT_NE(related(record.instance()), nullptr);
    const auto& made = static_cast<const toy::PromiseEvent&>(payload).promise_made();
    for (int i = 0; i < 2; ++i) {
      auto request = std::make_unique<toy::MakePromiseRequest>(MakeDesk());
      request->set_promiser(made.promisee());
      request->set_promisee(made.promiser());
      follow_ups.push_back({"realms/test/promises/back", std::move(request), /*creates=*/true});
    }
    return follow_ups;
  }
};

// Whenever a promise is made, a deadline is said to be reached that does not run: nothing comes of
// it.
class AsksForNothing : public ProcessManager {
 public:
  std::string_view name() const override { return "for-nothing"; }
  std::vector<FollowUp> React(const wf::EventRecord& record, const google::protobuf::Message&,
                              const Context::Lookup&) const override {
    std::vector<FollowUp> follow_ups;
    if (record.event() != "PromiseMade") return follow_ups;
    auto request = std::make_unique<wf::DeadlineReached>();
    request->set_deadline("no-such-deadline");
    follow_ups.push_back({record.instance(), std::move(request)});
    return follow_ups;
  }
};

// Whenever a promise is made, one is asked for in another realm.
class ReachesIntoAnotherRealm : public ProcessManager {
 public:
  std::string_view name() const override { return "elsewhere"; }
  std::vector<FollowUp> React(const wf::EventRecord& record, const google::protobuf::Message&,
                              const Context::Lookup&) const override {
    std::vector<FollowUp> follow_ups;
    if (record.event() != "PromiseMade") return follow_ups;
    follow_ups.push_back({"realms/other/promises/desk",
                          std::make_unique<toy::MakePromiseRequest>(MakeDesk()), /*creates=*/true});
    return follow_ups;
  }
};

TEST(ProcessManagers, ChangeNothingInAnotherRealm) {
  KindRegistry registry = ToyRegistry();
  registry.process_managers.push_back(std::make_unique<ReachesIntoAnotherRealm>());
  TestEngine test(std::move(registry));
  ASSERT_OK(test->CreateRealm("realms/other", "Other", "UTC", Administrator()));
  ASSERT_OK(test.Send(MakeDesk(), Acting(kMayor)).status);
  EXPECT_FALSE(test->Get("realms/other/promises/desk").ok());
  const auto history = *test->History(kDesk, 1, 10);
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[1].event(), "FollowUpRefused");
}

TEST(ProcessManagers, LeaveNoTraceOfAFollowUpThatChangesNothing) {
  KindRegistry registry = ToyRegistry();
  registry.process_managers.push_back(std::make_unique<AsksForNothing>());
  TestEngine test(std::move(registry));
  ASSERT_OK(test.Send(MakeDesk("r1"), Acting(kMayor)).status);
  EXPECT_EQ(test->History(kDesk, 1, 10)->size(), 1u);
  EXPECT_OK(test->Verify("realms/test", nullptr));
}

TEST(ProcessManagers, ActInTheSameBatchAndTheirRefusalsAreEvents) {
  KindRegistry registry = ToyRegistry();
  registry.process_managers.push_back(std::make_unique<MakesOneBack>());
  TestEngine test(std::move(registry));
  int commits = 0;
  test->AddListener([&](std::string_view, int64_t) { ++commits; });
  const Outcome made = test.Send(MakeDesk("r1"), Acting(kMayor));
  ASSERT_OK(made.status);
  EXPECT_EQ(commits, 1);
  const auto back = test->History("realms/test/promises/back", 1, 10);
  ASSERT_EQ(back->size(), 1u);
  EXPECT_EQ(back->at(0).caused_by(), test->History(kDesk, 1, 1)->at(0).position() + 1);
  EXPECT_TRUE(back->at(0).actor().system());
  EXPECT_EQ(back->at(0).actor().office(), kMayor);
  const auto history = *test->History(kDesk, 1, 10);
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[1].event(), "FollowUpRefused");
  EXPECT_OK(test->Verify("realms/test", nullptr));
  const Outcome again = test.Send(MakeDesk("r1"), Acting(kMayor));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.position, made.position);
  EXPECT_EQ(again.instance.etag(), made.instance.etag());
  EXPECT_EQ(test->History("realms/test/promises/back", 1, 10)->size(), 1u);
}

}  // namespace
}  // namespace kasundo
