#include "services/directory/directory_identity.h"

#include "gmock/gmock.h"
#include "services/directory/credentials.h"
#include "services/directory/first_start.h"
#include "services/directory/test_directory.h"

namespace kasundo::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const CivilDate kToday = MakeDate(2016, 2, 1);

class DirectoryIdentityTest : public ::testing::Test {
 protected:
  void SetUp() override {
    EnterOrganisation(directory_, "one");
    EnterOffice(directory_, "a", "one");
    EnterOffice(directory_, "b", "one");
    EnterPerson(directory_, "ana");
  }

  void OpenAccount(const std::string& more) {
    ASSERT_OK(
        directory_.Do<v1::CreateAccountRequest>("parent: 'realms/test' account_id: 'ana' " + more));
    Issue("t", token_);
  }
  void Issue(const std::string& id, const std::string& token) {
    v1::RecordTokenRequest request;
    request.set_name("realms/test/accounts/ana");
    request.set_token_id(id);
    request.set_token_hash(HashToken(token));
    request.set_kind(v1::TOKEN_KIND_API);
    request.mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(directory_.test().clock().Now()) + 3600);
    ASSERT_OK(directory_.test().Send(request, testing::Administrator()).status);
  }
  absl::StatusOr<Caller> Authenticate() { return directory_.identity().Authenticate(token_); }
  absl::StatusOr<workflows::v1::Actor> ActIn(const std::string& office,
                                             const CivilDate& on = kToday) {
    const auto caller = Authenticate();
    if (!caller.ok()) return caller.status();
    return directory_.identity().ActIn(*caller, office, on);
  }

  TestDirectory directory_;
  const std::string token_ = NewToken();
};

TEST_F(DirectoryIdentityTest, KnowsATokenAsSoonAsItIsIssuedAndUntilItIsRevoked) {
  OpenAccount("person: 'realms/test/people/ana'");
  const auto caller = Authenticate();
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->account, "realms/test/accounts/ana");
  EXPECT_EQ(caller->person, "realms/test/people/ana");
  EXPECT_FALSE(caller->administrator);
  ASSERT_OK(
      directory_.Do<v1::RevokeTokenRequest>("name: 'realms/test/accounts/ana' token_id: 't'"));
  EXPECT_REFUSED(Authenticate().status(), absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED");
}

TEST_F(DirectoryIdentityTest, RefusesUnknownAndExpiredTokens) {
  EXPECT_REFUSED(Authenticate().status(), absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED");
  OpenAccount("");
  directory_.test().clock().Advance(absl::Hours(1));
  EXPECT_REFUSED(Authenticate().status(), absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED");
}

TEST_F(DirectoryIdentityTest, LoadsWhatWasThereBefore) {
  OpenAccount("roles: ACCOUNT_ROLE_ADMINISTRATOR");
  const auto later = DirectoryIdentity::Open(directory_.engine());
  ASSERT_TRUE(later.ok());
  const auto caller = (*later)->Authenticate(token_);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_TRUE(caller->administrator);
}

// Requirement 124: death ends the terms and freezes the account in the same step, and what was done
// stays.
TEST_F(DirectoryIdentityTest, FreezesTheAccountOfWhoDied) {
  BeginTerm(directory_, "a", "ana");
  OpenAccount("person: 'realms/test/people/ana'");
  ASSERT_TRUE(ActIn("realms/test/offices/a").ok());
  ASSERT_OK(directory_.Do<v1::RecordDeathRequest>(
      "name: 'realms/test/people/ana' on { year: 2016 month: 1 day: 30 }"));
  EXPECT_REFUSED(Authenticate().status(), absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED");
  const auto office = *directory_.engine().Get("realms/test/offices/a");
  const auto& state = static_cast<const v1::OfficeState&>(*office.state);
  EXPECT_EQ(state.terms(0).ended_by(), v1::VACANCY_CAUSE_DEATH);
  EXPECT_EQ(ToString(state.vacancies(0).since()), "2016-01-31");
  EXPECT_EQ(directory_.engine().Get("realms/test/accounts/ana")->record.lifecycle_state(),
            "frozen");
}

TEST_F(DirectoryIdentityTest, LetsAPersonActInWhatItHoldsOrStandsInFor) {
  BeginTerm(directory_, "b", "ana", "since { year: 2014 }");
  OpenAccount("person: 'realms/test/people/ana'");
  EXPECT_THAT(Authenticate()->offices, ElementsAre("realms/test/offices/b"));
  EXPECT_REFUSED(ActIn("realms/test/offices/a").status(), absl::StatusCode::kPermissionDenied,
                 "NOT_HOLDER_OF_OFFICE");
  // At once, although it was just asked.
  ASSERT_OK(directory_.Do<v1::NameDeputyRequest>(R"(name: 'realms/test/offices/a'
      person: 'realms/test/people/ana' since { year: 2016 month: 2 day: 1 })"));
  EXPECT_THAT(Authenticate()->offices,
              ElementsAre("realms/test/offices/b", "realms/test/offices/a"));
  const auto deputy = ActIn("realms/test/offices/a");
  ASSERT_TRUE(deputy.ok()) << deputy.status();
  EXPECT_TRUE(deputy->acting());
  EXPECT_EQ(deputy->organisation(), "realms/test/organisations/one");
  const auto holder = ActIn("");
  EXPECT_EQ(holder->office(), "realms/test/offices/b");
  EXPECT_FALSE(holder->acting());
}

TEST_F(DirectoryIdentityTest, AsksWhoHeldTheOfficeOnTheBusinessDate) {
  BeginTerm(directory_, "a", "ana", "since { year: 2010 } until { year: 2012 }");
  OpenAccount("person: 'realms/test/people/ana'");
  EXPECT_TRUE(ActIn("realms/test/offices/a", MakeDate(2011, 5, 1)).ok());
  EXPECT_REFUSED(ActIn("realms/test/offices/a").status(), absl::StatusCode::kPermissionDenied,
                 "NOT_HOLDER_OF_OFFICE");
  EXPECT_EQ(ActIn("")->office(), "");
}

TEST_F(DirectoryIdentityTest, TheListOfAnAccountOrdersAndLimitsButGrantsNothingToPeople) {
  BeginTerm(directory_, "a", "ana");
  OpenAccount(
      "person: 'realms/test/people/ana' "
      "offices: 'realms/test/offices/b' offices: 'realms/test/offices/a'");
  EXPECT_THAT(Authenticate()->offices, ElementsAre("realms/test/offices/a"));
}

TEST_F(DirectoryIdentityTest, AMachineActsForTheOfficesThatItWasGiven) {
  OpenAccount("offices: 'realms/test/offices/b'");
  const auto actor = ActIn("");
  ASSERT_TRUE(actor.ok());
  EXPECT_EQ(actor->office(), "realms/test/offices/b");
  EXPECT_TRUE(actor->acting());
  EXPECT_EQ(actor->person(), "");
  ASSERT_OK(directory_.Do<v1::ChangeAccountOfficesRequest>("name: 'realms/test/accounts/ana'"));
  EXPECT_THAT(Authenticate()->offices, IsEmpty());
}

TEST_F(DirectoryIdentityTest, ADelegateActsWithinThePeriodOnly) {
  OpenAccount("person: 'realms/test/people/ana'");
  ASSERT_OK(directory_.Do<v1::GiveDelegationRequest>(R"(name: 'realms/test/offices/a'
      person: 'realms/test/people/ana' scope: 'CMD' document: 'letter'
      since { year: 2016 month: 2 day: 1 } until { year: 2016 month: 2 day: 1 })"));
  EXPECT_TRUE(ActIn("realms/test/offices/a")->acting());
  EXPECT_REFUSED(ActIn("realms/test/offices/a", MakeDate(2016, 2, 2)).status(),
                 absl::StatusCode::kPermissionDenied, "NOT_HOLDER_OF_OFFICE");
}

// --- first start ---

TEST_F(DirectoryIdentityTest, TheFirstStartGivesOutOneTokenForOneDay) {
  const auto first = EnsureAdministrator(directory_.engine());
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(first->has_value());
  EXPECT_EQ((*first)->account, "realms/system/accounts/admin");
  const auto caller = directory_.identity().Authenticate((*first)->token);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_TRUE(caller->administrator);
  EXPECT_FALSE(EnsureAdministrator(directory_.engine())->has_value());
  directory_.test().clock().Advance(absl::Hours(24));
  EXPECT_REFUSED(directory_.identity().Authenticate((*first)->token).status(),
                 absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED");
  // Nobody used it: the next start gives out another.
  const auto second = EnsureAdministrator(directory_.engine());
  ASSERT_TRUE(second.ok() && second->has_value());
  EXPECT_TRUE(directory_.identity().Authenticate((*second)->token).ok());
}

TEST_F(DirectoryIdentityTest, TheOneTimeTokenEndsWithTheFirstPassword) {
  const auto first = *EnsureAdministrator(directory_.engine());
  v1::SetPasswordRequest request;
  request.set_name(first->account);
  request.set_password("correct horse battery");
  ASSERT_TRUE(directory_.Call<v1::Account>("Identity.SetPassword", request, first->token).ok());
  EXPECT_FALSE(directory_.identity().Authenticate(first->token).ok());
  EXPECT_FALSE(EnsureAdministrator(directory_.engine())->has_value());
}

}  // namespace
}  // namespace kasundo::directory
