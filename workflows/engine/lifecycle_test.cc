#include "workflows/engine/lifecycle.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/definition_checker.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::v1::PromiseState;

constexpr char kNaga[] = "realms/test/offices/naga-mayor";
constexpr char kRome[] = "realms/test/offices/rome-mayor";

class LifecycleTest : public ::testing::Test {
 public:
  LifecycleTest() : registry_(testing::ToyRegistry()) {
    Load(std::string(testing::PromiseDefinitionText()));
    state_.set_promiser(kNaga);
    state_.set_promisee(kRome);
    state_.set_text("to send the minutes");
    context_.instance = "realms/test/promises/p1";
    context_.today = MakeDate(2016, 3, 18);
  }

  void Load(const std::string& text) {
    auto definition = ReadDefinition(text, registry_);
    ASSERT_TRUE(definition.ok()) << definition.status();
    auto lifecycle = Lifecycle::Compile(*definition, *registry_.Find("promise"));
    ASSERT_TRUE(lifecycle.ok()) << lifecycle.status();
    lifecycle_ = *std::move(lifecycle);
  }

  // The promise's definition with its transitions on PromiseWithdrawn replaced by `transitions`.
  void LoadWithdrawal(const std::string& transitions) {
    std::string text(testing::PromiseDefinitionText());
    const size_t begin = text.find("  - on: [PromiseWithdrawn]");
    const size_t end = text.find("  - {on: [deadline/keep-by]");
    Load(text.replace(begin, end - begin, transitions));
  }

  LifecycleTest& As(const std::string& office) {
    context_.actor.set_office(office);
    return *this;
  }

  absl::Status MayAct(std::vector<std::string> events, std::string_view state_id) {
    return lifecycle_->MayAct(events, state_id, state_, context_).status();
  }

  absl::StatusOr<const Lifecycle::Transition*> Match(const std::string& event,
                                                     std::string_view state_id) {
    const std::vector<std::string> events = {event};
    auto held = lifecycle_->MayAct(events, state_id, state_, context_);
    if (!held.ok()) return held.status();
    return lifecycle_->Match(event, state_id, state_, context_, *held);
  }

  static void ExpectRefused(const absl::Status& status, absl::StatusCode code,
                            const std::string& reason) {
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_EQ(ReasonOf(status), reason) << status;
  }

  static std::string Metadata(const absl::Status& status, const std::string& key) {
    const auto refusal = RefusalOf(status);
    return refusal && refusal->metadata().contains(key) ? refusal->metadata().at(key) : "";
  }

  absl::Time Due(std::string_view deadline, std::string_view began) {
    const auto due =
        Lifecycle::DueTime(*lifecycle_->FindDeadline(deadline), state_, Time(began), Manila());
    return due.value_or(absl::InfiniteFuture());
  }

  static absl::Time Time(std::string_view text) {
    absl::Time time;
    std::string error;
    EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, std::string(text), &time, &error)) << error;
    return time;
  }

  static absl::TimeZone Manila() {
    absl::TimeZone zone;
    EXPECT_TRUE(absl::LoadTimeZone("Asia/Manila", &zone));
    return zone;
  }

  KindRegistry registry_;
  std::unique_ptr<const Lifecycle> lifecycle_;
  PromiseState state_;
  Context context_;
};

// --- who ---

TEST_F(LifecycleTest, LetsTheHolderOfTheRoleAct) {
  EXPECT_TRUE(As(kNaga).MayAct({"PromiseReworded"}, "open").ok());
}

TEST_F(LifecycleTest, RefusesWhoHoldsNoneOfTheRoles) {
  const absl::Status status = As(kNaga).MayAct({"PromiseKept"}, "open");
  ExpectRefused(status, absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_EQ(Metadata(status, "roles"), "promisee,administrator");
}

TEST_F(LifecycleTest, NamesWhoMayDoWhatWasAskedForAndNotWhatMayFollow) {
  const std::vector<std::string> events = {"PromiseReworded", "PromiseKept", "deadline/keep-by"};
  const auto refused =
      lifecycle_->MayAct(events, "open", state_, As("realms/test/offices/stranger").context_);
  ExpectRefused(refused.status(), absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_EQ(Metadata(refused.status(), "roles"), "promiser");
}

TEST_F(LifecycleTest, LetsAdministratorsActOnlyWhereTheyAreListed) {
  context_.actor.set_administrator(true);
  EXPECT_TRUE(MayAct({"PromiseKept"}, "open").ok());
  ExpectRefused(MayAct({"PromiseReworded"}, "open"), absl::StatusCode::kPermissionDenied,
                "ROLE_REQUIRED");
}

TEST_F(LifecycleTest, LetsTheSystemPassEveryRole) {
  context_.actor.set_system(true);
  EXPECT_TRUE(MayAct({"PromiseReworded"}, "open").ok());
  EXPECT_EQ((*Match("PromiseKept", "open"))->to, "kept");
}

TEST_F(LifecycleTest, LetsAnyoneDoWhatIsOpenToAnyone) {
  EXPECT_TRUE(MayAct({"PromiseMade"}, "new").ok());
}

TEST_F(LifecycleTest, KeepsSystemToTheEngine) {
  context_.actor.set_administrator(true);
  ExpectRefused(As(kNaga).MayAct({"deadline/keep-by"}, "open"), absl::StatusCode::kPermissionDenied,
                "ROLE_REQUIRED");
}

TEST_F(LifecycleTest, KnowsOneOfficeByName) {
  LoadWithdrawal(
      "  - {on: [PromiseWithdrawn], from: [open], to: withdrawn, by: "
      "[\"office:realms/test/offices/judge\"]}\n");
  ExpectRefused(As(kNaga).MayAct({"PromiseWithdrawn"}, "open"), absl::StatusCode::kPermissionDenied,
                "ROLE_REQUIRED");
  EXPECT_TRUE(As("realms/test/offices/judge").MayAct({"PromiseWithdrawn"}, "open").ok());
}

TEST_F(LifecycleTest, AsksWhoBeforeWhen) {
  // Neither the role nor the state fits.
  ExpectRefused(As(kNaga).MayAct({"PromiseKept"}, "withdrawn"), absl::StatusCode::kPermissionDenied,
                "ROLE_REQUIRED");
}

TEST_F(LifecycleTest, DoesNotAdmitPeopleWhereOnlyTheServerNotesSomething) {
  LoadWithdrawal(
      "  - {on: [PromiseWithdrawn], from: [open], to: withdrawn, by: [promiser]}\n"
      "  - {on: [PromiseWithdrawn], from: [kept], by: [system]}\n");
  const absl::Status status = As(kNaga).MayAct({"PromiseWithdrawn"}, "kept");
  ExpectRefused(status, absl::StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
}

TEST_F(LifecycleTest, SaysInWhichStatesItWouldBeAllowed) {
  const absl::Status status = As(kRome).MayAct({"PromiseKept"}, "withdrawn");
  ExpectRefused(status, absl::StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
  EXPECT_EQ(Metadata(status, "state"), "withdrawn");
  EXPECT_EQ(Metadata(status, "allowed_in"), "open,overdue");
}

TEST_F(LifecycleTest, AsksOnlyForTheRolesOfThisStateIfTheEventMayHappenInIt) {
  LoadWithdrawal(
      "  - {on: [PromiseWithdrawn], from: [open], to: withdrawn, by: [promiser]}\n"
      "  - {on: [PromiseWithdrawn], from: [overdue], to: withdrawn, by: [promisee]}\n");
  EXPECT_TRUE(As(kRome).MayAct({"PromiseWithdrawn"}, "overdue").ok());
  const absl::Status status = As(kRome).MayAct({"PromiseWithdrawn"}, "open");
  ExpectRefused(status, absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_EQ(Metadata(status, "roles"), "promiser");
}

TEST_F(LifecycleTest, BindsEachEventOfACommandToItsOwnRoles) {
  // A command that may yield both lets pass who may do the first, but not the second by that.
  const std::vector<std::string> events = {"PromiseWitnessed", "PromiseKept"};
  const auto held = lifecycle_->MayAct(events, "open", state_, As(kNaga).context_);
  ASSERT_TRUE(held.ok()) << held.status();
  EXPECT_TRUE(lifecycle_->Match("PromiseWitnessed", "open", state_, context_, *held).ok());
  ExpectRefused(lifecycle_->Match("PromiseKept", "open", state_, context_, *held).status(),
                absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
}

TEST_F(LifecycleTest, CountsTheRolesFromBeforeTheCommand) {
  const std::vector<std::string> events = {"PromiseReworded"};
  const auto held = lifecycle_->MayAct(events, "open", state_, As(kNaga).context_);
  ASSERT_TRUE(held.ok()) << held.status();
  state_.set_promiser(kRome);  // as if an event before it had done so
  EXPECT_TRUE(lifecycle_->Match("PromiseReworded", "open", state_, context_, *held).ok());
}

TEST_F(LifecycleTest, LetsPassACommandThatYieldsNothing) { EXPECT_TRUE(MayAct({}, "kept").ok()); }

TEST_F(LifecycleTest, RefusesAnEventThatTheDefinitionDoesNotProvideFor) {
  const absl::Status status = MayAct({"deadline/none"}, "open");
  ExpectRefused(status, absl::StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
  EXPECT_EQ(Metadata(status, "allowed_in"), "");
}

// --- transitions ---

TEST_F(LifecycleTest, LeadsToTheStateOfTheTransition) {
  const auto transition = Match("PromiseMade", "new");
  ASSERT_TRUE(transition.ok()) << transition.status();
  EXPECT_EQ(Lifecycle::NextState(*transition, "new"), "open");
  ASSERT_EQ((*transition)->schedule.size(), 1U);
  EXPECT_EQ((*transition)->schedule[0].id, "ask-after");
}

TEST_F(LifecycleTest, StaysWhereNoTargetIsNamed) {
  const auto transition = As(kNaga).Match("PromiseReworded", "open");
  ASSERT_TRUE(transition.ok()) << transition.status();
  EXPECT_EQ(Lifecycle::NextState(*transition, "open"), "open");
}

TEST_F(LifecycleTest, RefusesAnEventInAStateThatDoesNotHaveIt) {
  const auto match =
      lifecycle_->Match("PromiseMade", "open", state_, context_, Lifecycle::HeldRoles::All());
  ExpectRefused(match.status(), absl::StatusCode::kFailedPrecondition, "NOT_IN_THIS_STATE");
}

TEST_F(LifecycleTest, TakesTheStarForEveryStateThatIsNotFinal) {
  EXPECT_THAT(lifecycle_->StatesAdmitting("step/reminder"), ElementsAre("new", "open", "overdue"));
  ExpectRefused(As(kRome).MayAct({"step/reminder"}, "kept"), absl::StatusCode::kFailedPrecondition,
                "NOT_IN_THIS_STATE");
}

TEST_F(LifecycleTest, RecordsAMigrationWhateverTheStateIs) {
  for (const char* event :
       {"InstanceMigrated", "FollowUpRefused", "AttentionCalled", "deadline/gone"}) {
    const auto match =
        lifecycle_->Match(event, "kept", state_, context_, Lifecycle::HeldRoles::All());
    ASSERT_TRUE(match.ok()) << match.status();
    EXPECT_EQ(*match, nullptr);
    EXPECT_EQ(Lifecycle::NextState(*match, "kept"), "kept");
  }
}

TEST_F(LifecycleTest, LetsADeadlineChangeTheStateWhereATransitionSaysSo) {
  context_.actor.set_system(true);
  EXPECT_EQ((*Match("deadline/keep-by", "open"))->to, "overdue");
  const auto elsewhere = lifecycle_->Match("deadline/keep-by", "overdue", state_, context_,
                                           Lifecycle::HeldRoles::All());
  ASSERT_TRUE(elsewhere.ok()) << elsewhere.status();
  EXPECT_EQ(*elsewhere, nullptr);
}

// --- guards ---

TEST_F(LifecycleTest, AnswersWithTheRefusalOfThePredicate) {
  LoadWithdrawal(
      "  - {on: [PromiseWithdrawn], from: [open], to: withdrawn, by: [promiser], guard: {all: "
      "[{check: "
      "witnessed}, {check: {name: due-in, with: {days: \"7\"}}}]}}\n");
  ExpectRefused(As(kNaga).Match("PromiseWithdrawn", "open").status(),
                absl::StatusCode::kFailedPrecondition, "NO_WITNESS");
  state_.add_witnesses("realms/test/offices/bishop");
  *state_.mutable_due() = MakeDate(2016, 3, 24);
  ExpectRefused(Match("PromiseWithdrawn", "open").status(), absl::StatusCode::kFailedPrecondition,
                "DUE_TOO_SOON");
  *state_.mutable_due() = MakeDate(2016, 3, 25);
  EXPECT_TRUE(Match("PromiseWithdrawn", "open").ok());
}

TEST_F(LifecycleTest, AsksForOneOfSeveral) {
  *state_.mutable_due() = MakeDate(2016, 3, 20);
  EXPECT_TRUE(As(kNaga).Match("PromiseWithdrawn", "open").ok());  // nobody heard it
  state_.add_witnesses("realms/test/offices/bishop");
  const absl::Status status = Match("PromiseWithdrawn", "open").status();
  ExpectRefused(status, absl::StatusCode::kFailedPrecondition, "GUARD_NOT_MET");
  EXPECT_EQ(Metadata(status, "guard"),
            "(the promise is due in no fewer days than `days` [days: 7] or not so: somebody heard "
            "the promise)");
}

TEST_F(LifecycleTest, AsksThatSomethingIsNotSo) {
  LoadWithdrawal(
      "  - {on: [PromiseWithdrawn], from: [open], to: withdrawn, by: [promiser], guard: {not: "
      "{check: "
      "witnessed}}}\n");
  EXPECT_TRUE(As(kNaga).Match("PromiseWithdrawn", "open").ok());
  state_.add_witnesses("realms/test/offices/bishop");
  ExpectRefused(Match("PromiseWithdrawn", "open").status(), absl::StatusCode::kFailedPrecondition,
                "GUARD_NOT_MET");
}

TEST_F(LifecycleTest, ChoosesTheTransitionWhoseGuardHolds) {
  LoadWithdrawal(
      "  - {on: [PromiseWithdrawn], from: [open], to: withdrawn, by: [promiser], guard: {not: "
      "{check: "
      "witnessed}}}\n"
      "  - {on: [PromiseWithdrawn], from: [open], to: overdue, by: [promiser], guard: {check: "
      "witnessed}}\n");
  EXPECT_EQ((*As(kNaga).Match("PromiseWithdrawn", "open"))->to, "withdrawn");
  state_.add_witnesses("realms/test/offices/bishop");
  EXPECT_EQ((*Match("PromiseWithdrawn", "open"))->to, "overdue");
}

TEST_F(LifecycleTest, DoesNotAskTheGuardBeforeDecide) {
  state_.add_witnesses("realms/test/offices/bishop");
  *state_.mutable_due() = MakeDate(2016, 3, 20);
  EXPECT_TRUE(As(kNaga).MayAct({"PromiseWithdrawn"}, "open").ok());
}

// --- fields and deadlines ---

TEST_F(LifecycleTest, NamesTheRequiredFieldsThatAreEmpty) {
  EXPECT_TRUE(lifecycle_->CheckRequiredFields("open", state_).ok());
  state_.clear_text();
  EXPECT_THAT(lifecycle_->MissingFields("open", state_), ElementsAre("text"));
  EXPECT_THAT(lifecycle_->MissingFields("kept", state_), IsEmpty());
  const absl::Status status = lifecycle_->CheckRequiredFields("open", state_);
  ExpectRefused(status, absl::StatusCode::kFailedPrecondition, "STATE_FIELD_MISSING");
  EXPECT_EQ(Metadata(status, "fields"), "text");
}

TEST_F(LifecycleTest, TakesADateForTheEndOfItsDayInTheZone) {
  *state_.mutable_due() = MakeDate(2016, 3, 18);
  EXPECT_EQ(Due("keep-by", "2016-01-01T00:00:00Z"), Time("2016-03-19T00:00:00+08:00"));
  *state_.mutable_due() = MakeDate(2016, 2);
  EXPECT_EQ(Due("keep-by", "2016-01-01T00:00:00Z"), Time("2016-03-01T00:00:00+08:00"));
  *state_.mutable_due() = MakeDate(2016);
  EXPECT_EQ(Due("keep-by", "2016-01-01T00:00:00Z"), Time("2017-01-01T00:00:00+08:00"));
}

TEST_F(LifecycleTest, WaitsForNothingIfTheDateIsUnknown) {
  const auto* deadline = lifecycle_->FindDeadline("keep-by");
  EXPECT_EQ(Lifecycle::DueTime(*deadline, state_, absl::UnixEpoch(), Manila()), std::nullopt);
  state_.mutable_due();
  EXPECT_EQ(Lifecycle::DueTime(*deadline, state_, absl::UnixEpoch(), Manila()), std::nullopt);
}

TEST_F(LifecycleTest, CountsFromTheEventIfNoFieldIsNamed) {
  EXPECT_EQ(Due("ask-after", "2016-01-31T09:30:00+08:00"), Time("2016-02-29T09:30:00+08:00"));
}

TEST_F(LifecycleTest, AddsTheOffsetToTheDayBeforeTakingItsEnd) {
  std::string text(testing::PromiseDefinitionText());
  text.replace(text.find("field: due"), 10, "field: due\n        offset: P1M");
  Load(text);
  *state_.mutable_due() = MakeDate(2016, 1, 30);
  EXPECT_EQ(Due("keep-by", "2016-01-01T00:00:00Z"), Time("2016-03-01T00:00:00+08:00"));
}

TEST_F(LifecycleTest, CountsExactlyFromATime) {
  std::string text(testing::PromiseDefinitionText());
  text.replace(text.find("field: due"), 10, "field: kept_time\n        offset: -PT2H");
  Load(text);
  state_.mutable_kept_time()->set_seconds(absl::ToUnixSeconds(Time("2016-03-18T09:00:00+08:00")));
  EXPECT_EQ(Due("keep-by", "2016-01-01T00:00:00Z"), Time("2016-03-18T07:00:00+08:00"));
}

TEST_F(LifecycleTest, KnowsTheDeadlinesOfAState) {
  ASSERT_EQ(lifecycle_->DeadlinesOf("open").size(), 1U);
  EXPECT_EQ(lifecycle_->DeadlinesOf("open")[0].id, "keep-by");
  EXPECT_THAT(lifecycle_->DeadlinesOf("open")[0].escalate_to, ElementsAre("promisee"));
  EXPECT_THAT(lifecycle_->DeadlinesOf("kept"), IsEmpty());
  EXPECT_THAT(lifecycle_->DeadlinesOf("none"), IsEmpty());
  EXPECT_EQ(lifecycle_->FindDeadline("none"), nullptr);
}

// --- describing ---

TEST_F(LifecycleTest, DescribesWhatMayHappen) {
  EXPECT_EQ(lifecycle_->initial(), "new");
  EXPECT_TRUE(lifecycle_->IsFinal("kept"));
  EXPECT_FALSE(lifecycle_->IsFinal("open"));
  EXPECT_FALSE(lifecycle_->IsFinal("none"));
  EXPECT_EQ(lifecycle_->Title("kept"), "Kept");
  EXPECT_EQ(lifecycle_->Title("none"), "none");
  EXPECT_THAT(lifecycle_->PossibleEvents("open"),
              ElementsAre("PromiseReworded", "PromiseWitnessed", "PromiseKept", "PromiseWithdrawn",
                          "step/reminder"));
  EXPECT_THAT(lifecycle_->PossibleEvents("kept"), IsEmpty());
  EXPECT_THAT(lifecycle_->RolesFor("PromiseKept", "open"),
              ElementsAre("promisee", "administrator"));
  EXPECT_TRUE(lifecycle_->AdmitsAnywhere("PromiseKept"));
  EXPECT_FALSE(lifecycle_->AdmitsAnywhere("PromiseForgotten"));
  EXPECT_EQ(lifecycle_->parameters().at("rewordings_max"), "3");
  EXPECT_EQ(lifecycle_->RoleMeaning("promisee"), "the office that was promised");
}

// --- a program that has lost what a stored definition names ---

TEST_F(LifecycleTest, RefusesAStoredDefinitionThatTheProgramNoLongerUnderstands) {
  const auto compile = [this](auto change) {
    workflows::v1::WorkflowDefinition definition = lifecycle_->definition();
    change(definition);
    return Lifecycle::Compile(definition, *registry_.Find("promise")).status();
  };
  const auto refused = [](const absl::Status& status) {
    ExpectRefused(status, absl::StatusCode::kFailedPrecondition, "DEFINITION_INVALID");
  };
  refused(compile([](auto& d) { d.mutable_transitions(0)->set_on(0, "PromiseForgotten"); }));
  refused(compile([](auto& d) { d.mutable_transitions(0)->set_by(0, "notary"); }));
  refused(compile([](auto& d) { d.mutable_transitions(0)->set_to("nowhere"); }));
  refused(compile([](auto& d) { d.mutable_transitions(0)->set_from(0, "nowhere"); }));
  refused(compile([](auto& d) {
    d.mutable_transitions(0)->mutable_guard()->mutable_check()->set_name("lost");
  }));
  refused(compile([](auto& d) { d.mutable_states(1)->set_required_fields(0, "lost"); }));
  refused(compile([](auto& d) { d.mutable_states(1)->mutable_deadlines(0)->set_field("text"); }));
  refused(compile([](auto& d) { d.mutable_states(1)->mutable_deadlines(0)->set_offset("soon"); }));
  refused(compile([](auto& d) { d.set_initial("nowhere"); }));
}

}  // namespace
}  // namespace kasundo
