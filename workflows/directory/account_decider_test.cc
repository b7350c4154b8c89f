#include "workflows/directory/account_decider.h"

#include "kasundo/directory/v1/account_requests.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "tests/support/given.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Given;
using ::kasundo::testing::Parse;

v1::AccountEvent Fact(const std::string& text) { return Parse<v1::AccountEvent>(text); }

v1::AccountEvent Created(const std::string& more = "") {
  return Fact("account_created { password_hash: 'h' " + more + " }");
}

v1::AccountEvent Issued(const std::string& id, const std::string& kind, int64_t expires) {
  return Fact("token_issued { token { token { token_id: '" + id + "' kind: TOKEN_KIND_" + kind +
              " expire_time { seconds: " + std::to_string(expires) + " } } hash: 'x' } }");
}

workflows::v1::Actor Self() {
  workflows::v1::Actor actor;
  actor.set_account("realms/test/accounts/it");
  return actor;
}

// 2016-03-18 09:00 UTC, the hour at which Given decides.
constexpr int64_t kNow = 1458291600;

TEST(CreateAccount, RecordsPersonOfficesRolesAndHash) {
  Given<AccountDecider>()
      .When(Parse<v1::CreateAccountRequest>(R"(
        person: 'realms/test/people/ana' offices: 'realms/test/offices/a'
        roles: ACCOUNT_ROLE_ADMINISTRATOR password_hash: 'h' purpose: 'p')"))
      .Then({Fact(R"(account_created {
        person: 'realms/test/people/ana' offices: 'realms/test/offices/a'
        roles: ACCOUNT_ROLE_ADMINISTRATOR password_hash: 'h' purpose: 'p' })")});
}

TEST(CreateAccount, NeverRecordsThePasswordItself) {
  const auto events = Given<AccountDecider>()
                          .When(Parse<v1::CreateAccountRequest>(
                              "password: 'correct horse battery' password_hash: 'h'"))
                          .ThenEvents();
  EXPECT_EQ(events[0].SerializeAsString().find("correct horse"), std::string::npos);
}

TEST(CreateAccount, IsRefusedForWhoIsGoneAndForUnknownRoles) {
  v1::PersonState gone;
  *gone.mutable_gone_on() = MakeDate(2011, 6);
  Given<AccountDecider>()
      .Beside("realms/test/people/ana", "deceased", gone)
      .When(Parse<v1::CreateAccountRequest>("person: 'realms/test/people/ana'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "PERSON_GONE");
  Given<AccountDecider>()
      .When(Parse<v1::CreateAccountRequest>("roles: ACCOUNT_ROLE_UNSPECIFIED"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
}

TEST(SetPassword, EndsSessionsAndOneTimeTokensButNotApiTokens) {
  auto given = Given<AccountDecider>(
      {Created(), Issued("o", "ONE_TIME", kNow + 9), Fact("sign_in_failed { in_a_row: 3 }")});
  given.When(Parse<v1::SetPasswordRequest>("password_hash: 'new'"))
      .Then({Fact("password_set { password_hash: 'new' }")});
  EXPECT_EQ(given.state().tokens_size(), 0);
  EXPECT_EQ(given.state().failures(), 0);
  EXPECT_EQ(given.state().password_hash(), "new");
}

TEST(SetPassword, KeepsApiTokens) {
  auto given = Given<AccountDecider>({Created(), Issued("a", "API", kNow + 9)});
  given.When(Parse<v1::SetPasswordRequest>("password_hash: 'new'")).ThenEvents();
  EXPECT_EQ(given.state().tokens_size(), 1);
}

TEST(SetPassword, IsRefusedWithoutOne) {
  Given<AccountDecider>({Created()})
      .When(v1::SetPasswordRequest())
      .ThenRejected(absl::StatusCode::kInvalidArgument, "FIELD_REQUIRED");
}

TEST(RecordSignIn, BeginsASessionOfTwelveHoursAndForgetsFailures) {
  auto given = Given<AccountDecider>({Created(), Fact("sign_in_failed { in_a_row: 4 }")});
  given.When(Parse<v1::RecordSignInRequest>("token_id: 's1' token_hash: 'x' title: 'laptop'"))
      .Then({Fact(R"(signed_in { session { token {
        token_id: 's1' kind: TOKEN_KIND_SESSION title: 'laptop'
        issue_time { seconds: 1458291600 } expire_time { seconds: 1458334800 } } hash: 'x' } })")});
  EXPECT_EQ(given.state().failures(), 0);
  EXPECT_EQ(given.state().tokens_size(), 1);
}

TEST(RecordSignIn, KeepsTheNewestTwentySessions) {
  auto given = Given<AccountDecider>({Created()});
  for (int i = 0; i < 25; ++i) {
    given
        .When(Parse<v1::RecordSignInRequest>("token_hash: 'x' token_id: 's" + std::to_string(i) +
                                             "'"))
        .ThenEvents();
  }
  EXPECT_EQ(given.state().tokens_size(), kSessionsMax);
  EXPECT_EQ(given.state().tokens(0).token().token_id(), "s5");
}

TEST(RecordSignIn, IsRefusedForAnIdThatIsTakenOrIsNone) {
  Given<AccountDecider>({Created(), Issued("s1", "API", kNow + 9)})
      .When(Parse<v1::RecordSignInRequest>("token_id: 's1' token_hash: 'x'"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  Given<AccountDecider>({Created()})
      .When(Parse<v1::RecordSignInRequest>("token_id: 'S 1' token_hash: 'x'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(RecordFailedSignIn, LocksForFifteenMinutesAfterFiveInARow) {
  auto given = Given<AccountDecider>({Created()});
  for (int i = 1; i < kFailuresBeforeLockout; ++i) {
    given.When(v1::RecordFailedSignInRequest())
        .Then({Fact("sign_in_failed { in_a_row: " + std::to_string(i) + " }")});
  }
  given.When(v1::RecordFailedSignInRequest())
      .Then({Fact("sign_in_failed { in_a_row: 5 }"),
             Fact("account_locked { until { seconds: 1458292500 } }")});
  EXPECT_TRUE(IsLocked(given.state(), absl::FromUnixSeconds(kNow + 899)));
  EXPECT_FALSE(IsLocked(given.state(), absl::FromUnixSeconds(kNow + 900)));
  given.When(v1::RecordFailedSignInRequest())
      .ThenRejected(absl::StatusCode::kUnauthenticated, "ACCOUNT_LOCKED");
}

TEST(RecordToken, TakesThePlaceOfTheOneTimeTokenAndOfWhatHasEnded) {
  auto given = Given<AccountDecider>({Created(), Issued("o", "ONE_TIME", kNow + 9)});
  given
      .When(Parse<v1::RecordTokenRequest>(R"(
        token_id: 't' token_hash: 'y' kind: TOKEN_KIND_API title: 'laptop'
        expire_time { seconds: 1458378000 })"))
      .Then({Fact(R"(token_issued { token { token {
        token_id: 't' kind: TOKEN_KIND_API title: 'laptop' issue_time { seconds: 1458291600 }
        expire_time { seconds: 1458378000 } } hash: 'y' } })")});
  ASSERT_EQ(given.state().tokens_size(), 1);
  EXPECT_EQ(given.state().tokens(0).token().token_id(), "t");
}

TEST(RecordToken, IsRefusedForLivesThatAreTooShortOrTooLong) {
  for (const int64_t expires : {kNow, kNow + 401 * 86400}) {
    Given<AccountDecider>({Created()})
        .When(Parse<v1::RecordTokenRequest>(
            "token_id: 't' token_hash: 'y' expire_time { seconds: " + std::to_string(expires) +
            " }"))
        .ThenRejected(absl::StatusCode::kInvalidArgument, "TOKEN_LIFETIME");
  }
}

TEST(RecordToken, IsRefusedForAnIdThatIsTaken) {
  Given<AccountDecider>({Created(), Issued("t", "API", kNow + 9)})
      .When(Parse<v1::RecordTokenRequest>(
          "token_id: 't' token_hash: 'y' expire_time { seconds: 1458378000 }"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
}

TEST(RevokeToken, EndsItOnce) {
  auto given = Given<AccountDecider>({Created(), Issued("t", "API", kNow + 9)});
  given.When(Parse<v1::RevokeTokenRequest>("token_id: 't'"))
      .Then({Fact("token_revoked { token_id: 't' }")});
  given.When(Parse<v1::RevokeTokenRequest>("token_id: 't'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
}

TEST(ChangeAccountOffices, IsRefusedWithoutChange) {
  auto given = Given<AccountDecider>({Created()});
  given.When(Parse<v1::ChangeAccountOfficesRequest>("offices: 'a' offices: 'b'"))
      .Then({Fact("account_offices_changed { offices: 'a' offices: 'b' }")});
  given.When(Parse<v1::ChangeAccountOfficesRequest>("offices: 'a' offices: 'b'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(ChangeAccountRoles, IsRefusedWithoutChangeAndForUnknownRoles) {
  auto given = Given<AccountDecider>({Created()});
  given.When(v1::ChangeAccountRolesRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Parse<v1::ChangeAccountRolesRequest>("roles: ACCOUNT_ROLE_UNSPECIFIED"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
  given.When(Parse<v1::ChangeAccountRolesRequest>("roles: ACCOUNT_ROLE_ADMINISTRATOR"))
      .Then({Fact("account_roles_changed { roles: ACCOUNT_ROLE_ADMINISTRATOR }")});
  EXPECT_TRUE(IsAdministrator(given.state()));
}

// So that one administrator always remains.
TEST(Administrators, CannotDemoteFreezeOrCloseThemselves) {
  auto given = [] {
    return Given<AccountDecider>({Created("roles: ACCOUNT_ROLE_ADMINISTRATOR")}).As(Self());
  };
  given()
      .When(v1::ChangeAccountRolesRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "OWN_ACCOUNT");
  given()
      .When(Parse<v1::FreezeAccountRequest>("cause: 'x'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "OWN_ACCOUNT");
  given()
      .When(v1::CloseAccountRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "OWN_ACCOUNT");
}

TEST(FreezeAccount, SaysWhyAndIsTakenBack) {
  auto given = Given<AccountDecider>({Created("person: 'realms/test/people/ana'")});
  given.When(Parse<v1::FreezeAccountRequest>("cause: 'leave'"))
      .Then({Fact("account_frozen { cause: 'leave' }")});
  given.When(v1::UnfreezeAccountRequest()).Then({Fact("account_unfrozen {}")});
}

TEST(UnfreezeAccount, IsRefusedForWhoIsGone) {
  v1::PersonState gone;
  *gone.mutable_gone_on() = MakeDate(2011, 6);
  Given<AccountDecider>({Created("person: 'realms/test/people/ana'")})
      .Beside("realms/test/people/ana", "deceased", gone)
      .When(v1::UnfreezeAccountRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "PERSON_GONE");
}

TEST(CloseAccount, ForgetsItsSecrets) {
  auto given = Given<AccountDecider>({Created(), Issued("t", "API", kNow + 9)});
  given.When(v1::CloseAccountRequest()).Then({Fact("account_closed {}")});
  EXPECT_EQ(given.state().tokens_size(), 0);
  EXPECT_EQ(given.state().password_hash(), "");
}

TEST(RecordToken, IsRefusedBeyondTwentyTokensOfPrograms) {
  auto given = Given<AccountDecider>({Created()});
  const auto issue = [](int n) {
    auto request =
        Parse<v1::RecordTokenRequest>("token_hash: 'x' title: 'API' kind: TOKEN_KIND_API");
    request.set_token_id("t" + std::to_string(n));
    request.mutable_expire_time()->set_seconds(kNow + 9);
    return request;
  };
  for (int i = 0; i < kApiTokensMax; ++i) given.When(issue(i)).ThenEvents();
  given.When(issue(99)).ThenRejected(absl::StatusCode::kFailedPrecondition, "TOO_MANY_TOKENS");
  given.When(Parse<v1::RevokeTokenRequest>("token_id: 't0'")).ThenEvents();
  given.When(issue(99)).ThenEvents();
}

}  // namespace
}  // namespace kasundo::directory
