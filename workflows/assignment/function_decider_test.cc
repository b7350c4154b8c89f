// The glossary of functions: what a function meant on any day.
#include "workflows/assignment/function_decider.h"

#include "kasundo/assignments/v1/functions_service.pb.h"
#include "tests/support/given.h"

namespace kasundo::assignments {
namespace {

using absl::StatusCode;
using testing::Given;
using testing::Parse;

constexpr char kVersion[] =
    "title: 'Planning' meaning: 'Plans.' legal_bases { kind: LEGAL_BASIS_KIND_ACT number: 'RA "
    "7160' "
    "issuer: 'Congress' } ";

Given<Function> Defined(const std::string& more = "since { year: 1991 month: 10 day: 10 }") {
  Given<Function> given;
  given.When(Parse<v1::DefineFunctionRequest>("parent: 'realms/test' function_id: 'it' version { " +
                                              std::string(kVersion) + more + "}"));
  given.ThenEvents();
  return given;
}

v1::ReviseFunctionRequest Revision(const std::string& more) {
  return Parse<v1::ReviseFunctionRequest>("name: 'it' version { " + std::string(kVersion) + more +
                                          "}");
}

TEST(DefineFunction, BeginsWithTheFirstVersion) {
  auto given = Defined("nature: FUNCTION_NATURE_OVERSIGHT number: 7 reason: 'x'");
  const auto& version = given.state().versions(0);
  EXPECT_EQ(version.number(), 1);
  EXPECT_EQ(version.reason(), "");
  EXPECT_EQ(ToString(version.since()), "2016-03-18");
  EXPECT_EQ(Defined().state().versions(0).nature(), v1::FUNCTION_NATURE_DELIVERY);
}

TEST(ReviseFunction, KeepsWhatItMeantBefore) {
  auto given = Defined();
  given.When(Revision("since { year: 2010 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("new code")
      .When(Revision("since { year: 1991 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "version.since");
  given.When(Revision("since { year: 2010 }"));
  given.ThenEvents();
  ASSERT_EQ(given.state().versions_size(), 2);
  EXPECT_EQ(given.state().versions(1).number(), 2);
  EXPECT_EQ(given.state().versions(1).reason(), "new code");
  EXPECT_EQ(ToString(given.state().versions(0).until()), "2009");
  EXPECT_EQ(VersionOn(given.state(), MakeDate(2009, 12, 31))->number(), 1);
  EXPECT_EQ(VersionOn(given.state(), MakeDate(2010, 1, 1))->number(), 2);
  EXPECT_EQ(VersionOn(given.state(), MakeDate(1990)), nullptr);
  EXPECT_EQ(VersionOnOrNearest(given.state(), MakeDate(1990))->number(), 1);
}

TEST(NameKeeper, IsRefusedForTheSame) {
  auto given = Defined();
  given.When(Parse<v1::NameKeeperRequest>("keeper_office: 'o'"));
  EXPECT_EQ(given.state().keeper_office(), "o");
  given.When(Parse<v1::NameKeeperRequest>("keeper_office: 'o'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  workflows::v1::Actor keeper;
  keeper.set_office("o");
  EXPECT_TRUE(given.As(keeper).HasRole("keeper"));
  EXPECT_FALSE(Defined().As({}).HasRole("keeper"));
}

TEST(RetireFunction, EndsItsLastVersion) {
  auto given = Defined();
  given.When(Parse<v1::RetireFunctionRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("devolved")
      .When(Parse<v1::RetireFunctionRequest>("on { year: 1980 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "on");
  given.When(Parse<v1::RetireFunctionRequest>("successor: 'realms/test/functions/it'"))
      .ThenRejected(StatusCode::kInvalidArgument, "TOO_LITTLE_SAID", "successor");
  given.When(Parse<v1::RetireFunctionRequest>("on { year: 2014 } successor: 'other'"));
  EXPECT_NE(VersionOn(given.state(), MakeDate(2014, 12, 31)), nullptr);
  EXPECT_EQ(VersionOn(given.state(), MakeDate(2015)), nullptr);
  given.When(Parse<v1::RestoreFunctionRequest>(""));
  EXPECT_NE(VersionOn(given.state(), MakeDate(2015)), nullptr);
  EXPECT_EQ(given.state().successor(), "");
  given.Because("")
      .When(Parse<v1::RestoreFunctionRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

TEST(WithdrawFunction, NeedsAReason) {
  auto given = Defined();
  given.When(Parse<v1::WithdrawFunctionRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("twice").When(Parse<v1::WithdrawFunctionRequest>(""));
  EXPECT_EQ(given.state().reason(), "twice");
}

}  // namespace
}  // namespace kasundo::assignments
