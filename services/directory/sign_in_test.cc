// The services as they are called: requests in, answers out, no gRPC.
#include "services/directory/sign_in.h"

#include "gmock/gmock.h"
#include "services/directory/first_start.h"
#include "services/directory/test_directory.h"

namespace kasundo::directory {
namespace {

constexpr char kPassword[] = "correct horse battery";

class SignInTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = (*EnsureAdministrator(directory_.engine()))->token;
    v1::CreateAccountRequest request;
    request.set_parent("realms/test");
    request.set_account_id("ana");
    request.set_password(kPassword);
    request.mutable_header()->set_request_id("create-ana");
    const auto created = directory_.Call<v1::Account>("Directory.CreateAccount", request, root_);
    ASSERT_TRUE(created.ok()) << created.status();
    EXPECT_TRUE(created->has_password());
  }

  absl::StatusOr<v1::SignInResponse> SignIn(const std::string& password = kPassword,
                                            const std::string& account = "ana@test") {
    v1::SignInRequest request;
    request.set_account(account);
    request.set_password(password);
    return directory_.Call<v1::SignInResponse>("Identity.SignIn", request);
  }
  absl::StatusOr<v1::WhoAmIResponse> WhoAmI(const std::string& token) {
    return directory_.Call<v1::WhoAmIResponse>("Identity.WhoAmI", v1::WhoAmIRequest(), token);
  }

  TestDirectory directory_;
  std::string root_;
};

TEST_F(SignInTest, GivesASessionOfTwelveHours) {
  const auto session = SignIn();
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_EQ(session->account(), "realms/test/accounts/ana");
  const auto who = WhoAmI(session->token());
  ASSERT_TRUE(who.ok()) << who.status();
  EXPECT_EQ(who->token_kind(), v1::TOKEN_KIND_SESSION);
  EXPECT_FALSE(who->administrator());
  directory_.test().clock().Advance(absl::Hours(12));
  EXPECT_REFUSED(WhoAmI(session->token()).status(), absl::StatusCode::kUnauthenticated,
                 "IDENTITY_REQUIRED");
}

TEST_F(SignInTest, TakesTheFullNameToo) {
  EXPECT_TRUE(SignIn(kPassword, "realms/test/accounts/ana").ok());
}

TEST_F(SignInTest, DoesNotSayWhetherTheAccountOrThePasswordIsWrong) {
  EXPECT_REFUSED(SignIn("wrong horse battery").status(), absl::StatusCode::kUnauthenticated,
                 "SIGN_IN_REFUSED");
  for (const char* account : {"nobody@test", "ana@nowhere", "ana", "@", "realms/test"}) {
    EXPECT_REFUSED(SignIn(kPassword, account).status(), absl::StatusCode::kUnauthenticated,
                   "SIGN_IN_REFUSED");
  }
}

TEST_F(SignInTest, IsLockedForFifteenMinutesAfterFiveWrongPasswords) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_REFUSED(SignIn("wrong horse battery").status(), absl::StatusCode::kUnauthenticated,
                   "SIGN_IN_REFUSED");
  }
  EXPECT_REFUSED(SignIn().status(), absl::StatusCode::kUnauthenticated, "ACCOUNT_LOCKED");
  directory_.test().clock().Advance(absl::Minutes(15));
  EXPECT_TRUE(SignIn().ok());
}

TEST_F(SignInTest, IsRefusedToFrozenAndClosedAccounts) {
  ASSERT_OK(directory_.Do<v1::FreezeAccountRequest>("name: 'realms/test/accounts/ana' cause: 'x'"));
  EXPECT_REFUSED(SignIn().status(), absl::StatusCode::kFailedPrecondition, "ACCOUNT_FROZEN");
  EXPECT_REFUSED(SignIn("wrong horse battery").status(), absl::StatusCode::kUnauthenticated,
                 "SIGN_IN_REFUSED");
  ASSERT_OK(directory_.Do<v1::CloseAccountRequest>("name: 'realms/test/accounts/ana'"));
  EXPECT_REFUSED(SignIn().status(), absl::StatusCode::kUnauthenticated, "SIGN_IN_REFUSED");
}

TEST_F(SignInTest, SigningOutEndsTheSession) {
  const std::string token = SignIn()->token();
  ASSERT_TRUE(
      directory_.Call<v1::SignOutResponse>("Identity.SignOut", v1::SignOutRequest(), token).ok());
  EXPECT_REFUSED(WhoAmI(token).status(), absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED");
}

TEST_F(SignInTest, IssuesTokensOfOnesOwnAndAdministratorsThoseOfAll) {
  const std::string session = SignIn()->token();
  v1::IssueTokenRequest request;
  request.set_title("laptop");
  const auto own = directory_.Call<v1::IssueTokenResponse>("Identity.IssueToken", request, session);
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_EQ(own->account(), "realms/test/accounts/ana");
  EXPECT_EQ(WhoAmI(own->token())->token_id(), own->token_id());
  request.set_name("realms/test/accounts/ana");
  EXPECT_TRUE(directory_.Call<v1::IssueTokenResponse>("Identity.IssueToken", request, root_).ok());

  v1::CreateAccountRequest other;
  other.set_parent("realms/test");
  other.set_account_id("ben");
  ASSERT_TRUE(directory_.Call<v1::Account>("Directory.CreateAccount", other, root_).ok());
  request.set_name("realms/test/accounts/ben");
  EXPECT_REFUSED(
      directory_.Call<v1::IssueTokenResponse>("Identity.IssueToken", request, session).status(),
      absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");

  v1::RevokeTokenRequest revoke;
  revoke.set_name("realms/test/accounts/ana");
  revoke.set_token_id(own->token_id());
  ASSERT_TRUE(directory_.Call<v1::Account>("Identity.RevokeToken", revoke, session).ok());
  EXPECT_FALSE(WhoAmI(own->token()).ok());
}

TEST_F(SignInTest, ATokenIsShownOnceOnly) {
  const std::string session = SignIn()->token();
  v1::IssueTokenRequest request;
  request.mutable_header()->set_request_id("once");
  ASSERT_TRUE(
      directory_.Call<v1::IssueTokenResponse>("Identity.IssueToken", request, session).ok());
  EXPECT_REFUSED(
      directory_.Call<v1::IssueTokenResponse>("Identity.IssueToken", request, session).status(),
      absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED");
}

TEST_F(SignInTest, RefusesTokensThatLiveTooLong) {
  v1::IssueTokenRequest request;
  request.mutable_lifetime()->set_seconds(401 * 86400);
  EXPECT_REFUSED(
      directory_.Call<v1::IssueTokenResponse>("Identity.IssueToken", request, SignIn()->token())
          .status(),
      absl::StatusCode::kInvalidArgument, "TOKEN_LIFETIME");
}

TEST_F(SignInTest, SettingAPasswordEndsTheSessions) {
  const std::string session = SignIn()->token();
  v1::SetPasswordRequest request;
  request.set_name("realms/test/accounts/ana");
  request.set_password("short");
  EXPECT_REFUSED(directory_.Call<v1::Account>("Identity.SetPassword", request, session).status(),
                 absl::StatusCode::kInvalidArgument, "PASSWORD_LENGTH");
  request.set_password("another horse battery");
  ASSERT_TRUE(directory_.Call<v1::Account>("Identity.SetPassword", request, session).ok());
  EXPECT_FALSE(WhoAmI(session).ok());
  EXPECT_FALSE(SignIn().ok());
  EXPECT_TRUE(SignIn("another horse battery").ok());
}

// The salt is another each time, and yet a repeated request gets the first answer.
TEST_F(SignInTest, ARepeatedRequestWithAPasswordGetsTheFirstAnswer) {
  v1::CreateAccountRequest request;
  request.set_parent("realms/test");
  request.set_account_id("ana");
  request.set_password(kPassword);
  request.mutable_header()->set_request_id("create-ana");
  const auto again = directory_.Call<v1::Account>("Directory.CreateAccount", request, root_);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->name(), "realms/test/accounts/ana");
}

TEST_F(SignInTest, NoPasswordAndNoTokenIsEverStoredInClear) {
  const std::string token = SignIn()->token();
  for (const char* realm : {"realms/test", "realms/system"}) {
    const auto records = *directory_.engine().ReadJournal(realm, 0, 1000);
    EXPECT_FALSE(records.empty());
    for (const auto& record : records) {
      const std::string bytes = record.SerializeAsString();
      EXPECT_EQ(bytes.find(kPassword), std::string::npos);
      EXPECT_EQ(bytes.find(token), std::string::npos);
      EXPECT_EQ(bytes.find(root_), std::string::npos);
    }
  }
}

TEST_F(SignInTest, OnlySignInNeedsNoIdentity) {
  for (const auto& [name, method] : directory_.catalog().methods()) {
    EXPECT_EQ(method.rules.anonymous(), name == "kasundo.directory.v1.Identity.SignIn") << name;
  }
}

TEST_F(SignInTest, EverythingThatIsDeclaredIsServed) {
  EXPECT_THAT(directory_.catalog().Complete(directory_.engine().kinds()),
              ::testing::Each(::testing::HasSubstr("kasundo.workflows")));
}

TEST_F(SignInTest, QuestionsAreAskedOverTheService) {
  EnterOrganisation(directory_, "one");
  EnterOffice(directory_, "a", "one");
  v1::GetHolderRequest request;
  request.set_office("realms/test/offices/a");
  const auto answer =
      directory_.Call<v1::GetHolderResponse>("Directory.GetHolder", request, SignIn()->token());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->holding(), v1::HOLDING_VACANT);
  EXPECT_EQ(ToString(answer->on()), "2016-02-01");
  request.set_office("realms/system/offices/a");
  EXPECT_REFUSED(
      directory_.Call<v1::GetHolderResponse>("Directory.GetHolder", request, SignIn()->token())
          .status(),
      absl::StatusCode::kPermissionDenied, "OTHER_REALM");
}

}  // namespace
}  // namespace kasundo::directory
