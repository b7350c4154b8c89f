// The directory's rules, definitions and followers together, on the real engine.
#include "gmock/gmock.h"
#include "kasundo/directory/v1/account_requests.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/directory/office_decider.h"
#include "workflows/directory/term.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Acting;
using ::kasundo::testing::Administrator;
using ::kasundo::testing::Parse;
using ::testing::ElementsAre;

KindRegistry Registry() {
  KindRegistry registry;
  AddDirectory(registry);
  return registry;
}

class DirectoryOnTheEngine : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* id : {"one", "two"}) {
      ASSERT_OK(Do<v1::CreateOrganisationRequest>(
          std::string(
              "parent: 'realms/test' title: 'x' kind: ORGANISATION_KIND_NGO organisation_id: '") +
          id + "'"));
    }
    for (const char* id : {"ana", "ben"}) {
      ASSERT_OK(Do<v1::CreatePersonRequest>(
          std::string("parent: 'realms/test' full_name: 'x' person_id: '") + id + "'"));
    }
    ASSERT_OK(Do<v1::CreateOfficeRequest>(R"(parent: 'realms/test' office_id: 'a' title: 'A'
        organisation: 'realms/test/organisations/one')"));
  }

  template <typename Request>
  absl::Status Do(const std::string& text, const workflows::v1::Actor& actor = Administrator()) {
    return test_.Send(Parse<Request>(text), actor).status;
  }
  template <typename State>
  State Now(const std::string& name) {
    return static_cast<const State&>(*test_->Get("realms/test/" + name)->state);
  }
  std::string StateOf(const std::string& name) {
    return test_->Get("realms/test/" + name)->record.lifecycle_state();
  }

  kasundo::testing::TestEngine test_{Registry()};
};

TEST_F(DirectoryOnTheEngine, OfficesAreListedWhereTheyAreLookedFor) {
  EXPECT_THAT(Now<v1::OrganisationState>("organisations/one").offices(),
              ElementsAre("realms/test/offices/a"));
  ASSERT_OK(
      Do<v1::BeginTermRequest>("name: 'realms/test/offices/a' person: 'realms/test/people/ana'"));
  ASSERT_OK(
      Do<v1::NameDeputyRequest>("name: 'realms/test/offices/a' person: 'realms/test/people/ben'"));
  EXPECT_THAT(Now<v1::PersonState>("people/ana").offices(), ElementsAre("realms/test/offices/a"));
  EXPECT_THAT(Now<v1::PersonState>("people/ben").offices(), ElementsAre("realms/test/offices/a"));
  ASSERT_OK(test_->Verify("realms/test", nullptr));
}

// Requirements 44 and 124, in one step.
TEST_F(DirectoryOnTheEngine, ADeathVacatesTheOfficeAndFreezesTheAccount) {
  ASSERT_OK(Do<v1::BeginTermRequest>(
      "name: 'realms/test/offices/a' person: 'realms/test/people/ana' since { year: 2010 }"));
  ASSERT_OK(Do<v1::CreateAccountRequest>(
      "parent: 'realms/test' account_id: 'ana' person: 'realms/test/people/ana'"));
  const Outcome death = test_.Send(
      Parse<v1::RecordDeathRequest>("name: 'realms/test/people/ana' on { year: 2016 month: 1 }"),
      Administrator());
  ASSERT_OK(death.status);
  EXPECT_EQ(StateOf("people/ana"), "deceased");
  EXPECT_EQ(StateOf("accounts/ana"), "frozen");
  const auto office = Now<v1::OfficeState>("offices/a");
  EXPECT_EQ(office.terms(0).ended_by(), v1::VACANCY_CAUSE_DEATH);
  EXPECT_EQ(office.vacancies(0).last_holder(), "realms/test/people/ana");
  ASSERT_OK(test_->Verify("realms/test", nullptr));
}

TEST_F(DirectoryOnTheEngine, WhoIsGoneTakesNoOfficeAgain) {
  ASSERT_OK(Do<v1::RecordDeathRequest>("name: 'realms/test/people/ana'"));
  EXPECT_REFUSED(Do<v1::BeginTermRequest>(R"(name: 'realms/test/offices/a'
                     person: 'realms/test/people/ana' since { year: 2010 })"),
                 absl::StatusCode::kFailedPrecondition, "PERSON_GONE");
}

// Requirements 4 and 132.
TEST_F(DirectoryOnTheEngine, AMergerTakesTheOpenOfficesAlong) {
  EXPECT_REFUSED(Do<v1::DissolveOrganisationRequest>("name: 'realms/test/organisations/one'"),
                 absl::StatusCode::kFailedPrecondition, "HAS_OPEN_OFFICES");
  ASSERT_OK(Do<v1::MergeOrganisationRequest>(R"(name: 'realms/test/organisations/one'
      into: 'realms/test/organisations/two' on { year: 2016 month: 1 day: 15 })"));
  EXPECT_EQ(StateOf("organisations/one"), "merged");
  const auto office = Now<v1::OfficeState>("offices/a");
  EXPECT_EQ(OrganisationOn(office, MakeDate(2016, 1, 14)), "realms/test/organisations/one");
  EXPECT_EQ(OrganisationOn(office, MakeDate(2016, 1, 15)), "realms/test/organisations/two");
  EXPECT_THAT(Now<v1::OrganisationState>("organisations/two").offices(),
              ElementsAre("realms/test/offices/a"));
}

TEST_F(DirectoryOnTheEngine, AnOrganisationWithoutOpenOfficesCanBeDissolved) {
  ASSERT_OK(Do<v1::CloseOfficeRequest>("name: 'realms/test/offices/a' nothing_open: true"));
  ASSERT_OK(Do<v1::DissolveOrganisationRequest>("name: 'realms/test/organisations/one'"));
  EXPECT_EQ(StateOf("organisations/one"), "dissolved");
}

// Requirement 44: without anybody asking.
TEST_F(DirectoryOnTheEngine, ATermThatRunsOutIsRecordedAsAVacancy) {
  ASSERT_OK(
      Do<v1::BeginTermRequest>(R"(name: 'realms/test/offices/a' person: 'realms/test/people/ana'
      until { year: 2016 month: 6 day: 30 })"));
  test_.clock().Set(
      absl::FromCivil(absl::CivilSecond(2016, 6, 30, 23, 59, 0), absl::FixedTimeZone(8 * 3600)));
  test_.FireDeadlines();
  EXPECT_EQ(Now<v1::OfficeState>("offices/a").vacancies_size(), 0);
  test_.clock().Advance(absl::Minutes(1));
  test_.FireDeadlines();
  const auto office = Now<v1::OfficeState>("offices/a");
  ASSERT_EQ(office.vacancies_size(), 1);
  EXPECT_EQ(ToString(office.vacancies(0).since()), "2016-07-01");
  EXPECT_EQ(office.vacancies(0).cause(), v1::VACANCY_CAUSE_END_OF_TERM);
}

TEST_F(DirectoryOnTheEngine, ATermThatIsFollowedLeavesNoVacancy) {
  ASSERT_OK(
      Do<v1::BeginTermRequest>(R"(name: 'realms/test/offices/a' person: 'realms/test/people/ana'
      until { year: 2016 month: 6 day: 30 })"));
  ASSERT_OK(
      Do<v1::BeginTermRequest>(R"(name: 'realms/test/offices/a' person: 'realms/test/people/ben'
      since { year: 2016 month: 6 day: 30 })"));
  test_.clock().Advance(absl::Hours(24 * 400));
  test_.FireDeadlines();
  EXPECT_EQ(Now<v1::OfficeState>("offices/a").vacancies_size(), 0);
}

// The definition says who may do what.
TEST_F(DirectoryOnTheEngine, OnlyThoseConcernedMayAct) {
  workflows::v1::Actor holder = Acting("realms/test/offices/a");
  holder.set_organisation("realms/test/organisations/one");
  ASSERT_OK(Do<v1::NameDeputyRequest>(
      "name: 'realms/test/offices/a' person: 'realms/test/people/ben'", holder));
  EXPECT_REFUSED(Do<v1::BeginTermRequest>(
                     "name: 'realms/test/offices/a' person: 'realms/test/people/ana'", holder),
                 absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_REFUSED(Do<v1::CreateAccountRequest>("parent: 'realms/test' account_id: 'x'", holder),
                 absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  EXPECT_REFUSED(Do<v1::ConfirmReachableRequest>("name: 'realms/test/offices/a'",
                                                 Acting("realms/test/offices/b")),
                 absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  ASSERT_OK(Do<v1::ConfirmReachableRequest>("name: 'realms/test/offices/a'", holder));
}

TEST_F(DirectoryOnTheEngine, WhatIsListedIsListedByTheEngineAlone) {
  EXPECT_REFUSED(Do<v1::ListOfficeRequest>(
                     "name: 'realms/test/organisations/one' office: 'realms/test/offices/b'"),
                 absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
}

TEST_F(DirectoryOnTheEngine, WhoDiesBeforeATermBeginsNeverHoldsTheOffice) {
  const std::string office = "name: 'realms/test/offices/a' ";
  ASSERT_OK(Do<v1::BeginTermRequest>(
      office + "person: 'realms/test/people/ben' term_id: 'ben' since { year: 2010 }"));
  ASSERT_OK(Do<v1::EndTermRequest>(office + R"(term_id: 'ben'
      until { year: 2016 month: 6 day: 29 } cause: VACANCY_CAUSE_RESIGNATION)"));
  const std::string ana = office + "person: 'realms/test/people/ana' ";
  ASSERT_OK(Do<v1::BeginTermRequest>(ana + "since { year: 2016 month: 6 day: 30 }"));
  ASSERT_OK(Do<v1::NameDeputyRequest>(ana + "since { year: 2016 month: 3 }"));
  ASSERT_OK(Do<v1::GiveDelegationRequest>(
      ana + "scope: 's' document: 'd' since { year: 2016 month: 4 }"));
  EXPECT_EQ(Now<v1::OfficeState>("offices/a").vacancies_size(), 0);
  ASSERT_OK(Do<v1::RecordDeathRequest>(
      "name: 'realms/test/people/ana' on { year: 2016 month: 1 day: 20 }"));
  const auto state = Now<v1::OfficeState>("offices/a");
  ASSERT_EQ(state.terms_size(), 1);
  EXPECT_EQ(HolderOn(state, MakeDate(2016, 7, 1)), nullptr);
  EXPECT_EQ(state.deputies_size(), 0);
  EXPECT_EQ(state.delegations_size(), 0);
  ASSERT_EQ(state.vacancies_size(), 1);
  EXPECT_EQ(ToString(state.vacancies(0).since()), "2016-06-30");
  ASSERT_OK(test_->Verify("realms/test", nullptr));
}

}  // namespace
}  // namespace kasundo::directory
