#include "services/cli/problem.h"

#include <sstream>

#include "gtest/gtest.h"
#include "kasundo/directory/v1/reason.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo::cli {
namespace {

TEST(ExitOf, IsStableForEveryCode) {
  using C = absl::StatusCode;
  const auto exit_of = [](C code) { return static_cast<int>(ExitOf(absl::Status(code, "x"))); };
  EXPECT_EQ(static_cast<int>(ExitOf(absl::OkStatus())), 0);
  EXPECT_EQ(static_cast<int>(ExitOf(Usage("x", "y"))), 1);
  EXPECT_EQ(exit_of(C::kInvalidArgument), 2);
  EXPECT_EQ(exit_of(C::kOutOfRange), 2);
  EXPECT_EQ(exit_of(C::kFailedPrecondition), 3);
  EXPECT_EQ(exit_of(C::kNotFound), 4);
  EXPECT_EQ(exit_of(C::kPermissionDenied), 5);
  EXPECT_EQ(exit_of(C::kUnauthenticated), 5);
  EXPECT_EQ(exit_of(C::kAborted), 6);
  EXPECT_EQ(exit_of(C::kAlreadyExists), 6);
  EXPECT_EQ(exit_of(C::kUnavailable), 7);
  EXPECT_EQ(exit_of(C::kDeadlineExceeded), 7);
  EXPECT_EQ(exit_of(C::kResourceExhausted), 7);
  EXPECT_EQ(exit_of(C::kCancelled), 7);
  EXPECT_EQ(exit_of(C::kDataLoss), 8);
  EXPECT_EQ(exit_of(C::kInternal), 8);
  EXPECT_EQ(exit_of(C::kUnknown), 8);
  EXPECT_EQ(exit_of(C::kUnimplemented), 8);
}

TEST(PrintProblem, ShowsReasonFieldAndMendOfARefusal) {
  const absl::Status status = Refuse(absl::StatusCode::kInvalidArgument,
                                     api::v1::REASON_FIELD_REQUIRED, "The title is missing.")
                                  .Field("title")
                                  .Mend("Give it one.");
  std::ostringstream err;
  PrintProblem(err, status);
  EXPECT_EQ(err.str(),
            "error: The title is missing.\n"
            "reason: FIELD_REQUIRED\n"
            "field: title\n"
            "to mend: Give it one.\n");
}

TEST(PrintProblem, SaysHowToSignInRatherThanHowProgramsDo) {
  const absl::Status unknown =
      Refuse(absl::StatusCode::kUnauthenticated, api::v1::REASON_IDENTITY_REQUIRED, "who is it?")
          .Mend("Send the token as metadata.");
  EXPECT_EQ(MendOf(unknown), "Run: kasundo sign-in");
  const absl::Status locked =
      Refuse(absl::StatusCode::kUnauthenticated, directory::v1::REASON_ACCOUNT_LOCKED, "locked")
          .Mend("Wait.");
  EXPECT_EQ(MendOf(locked), "Wait.") << "signing in again would not help";
}

TEST(PrintProblem, LeavesOutWhatIsNotKnown) {
  std::ostringstream err;
  PrintProblem(err, absl::InternalError("broken"));
  EXPECT_EQ(err.str(), "error: broken\n");
}

TEST(PrintProblem, SaysHowToReachAServerThatDoesNotAnswer) {
  EXPECT_NE(MendOf(absl::UnavailableError("refused")), "");
}

TEST(UsageAt, NamesThePlaceInTheFile) {
  std::ostringstream err;
  PrintProblem(err, UsageAt("realm.yaml:3:7", "no such field", "Take it out."));
  EXPECT_EQ(err.str(), "error: realm.yaml:3:7: no such field\nto mend: Take it out.\n");
}

TEST(MeaningOf, IsThereForEveryExit) {
  for (int code = 0; code <= 8; ++code) EXPECT_NE(MeaningOf(static_cast<Exit>(code)), "") << code;
}

TEST(PrintProblem, SaysSomethingWhereTheServerSaidNothing) {
  std::ostringstream err;
  PrintProblem(err, absl::Status(absl::StatusCode::kUnimplemented, ""));
  PrintProblem(err, absl::Status(absl::StatusCode::kUnknown, ""));
  EXPECT_EQ(err.str().find("error: \n"), std::string::npos) << err.str();
}

}  // namespace
}  // namespace kasundo::cli
