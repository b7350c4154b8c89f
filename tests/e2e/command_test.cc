// What every command goes through, over real gRPC.
#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "tests/e2e/promises.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::testing {
namespace {

using ::testing::HasSubstr;

TEST(Command, AnswersWithTheResourceAndItsStandardFields) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  const v1::Promise promise = Make(*ana, Promising("road"));
  EXPECT_EQ(promise.name(), "realms/test/promises/road");
  EXPECT_EQ(promise.state(), "open");
  EXPECT_EQ(promise.definition(), "promise");
  EXPECT_EQ(promise.definition_version(), 1);
  EXPECT_EQ(promise.promisee(), "realms/test/offices/ben");
  EXPECT_FALSE(promise.etag().empty());
  EXPECT_EQ(promise.create_time().seconds(), absl::ToUnixSeconds(server.clock().Now()));
  EXPECT_EQ(promise.update_time().seconds(), promise.create_time().seconds());
}

TEST(Command, SentAgainWithTheSameRequestIdGetsTheFirstAnswerAndAddsNothing) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  const v1::Promise first = Make(*ana, Promising("road", "r-1"));
  const int64_t events = *server.engine().NextPosition("realms/test");
  server.clock().Advance(absl::Hours(1));
  const v1::Promise again = Make(*ana, Promising("road", "r-1"));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(*server.engine().NextPosition("realms/test"), events);
}

TEST(Command, IsRefusedWhenItsRequestIdWasUsedForSomethingElse) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("road", "r-1"));
  v1::Promise promise;
  ExpectRefused(ana->Call(Promises("MakePromise"), Promising("bridge", "r-1"), &promise),
                absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED");
}

TEST(Command, IsRefusedWithAStaleEtag) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  const v1::Promise made = Make(*ana, Promising("road"));
  v1::RewordPromiseRequest reword;
  reword.set_name(made.name());
  reword.set_text("the road will be open in June");
  reword.mutable_header()->set_etag(made.etag());
  v1::Promise promise;
  ASSERT_TRUE(ana->Call(Promises("RewordPromise"), reword, &promise).ok());
  EXPECT_NE(promise.etag(), made.etag());
  reword.set_text("the road will be open in July");
  ExpectRefused(ana->Call(Promises("RewordPromise"), reword, &promise), absl::StatusCode::kAborted,
                "ETAG_MISMATCH");
}

TEST(Command, WithoutAnIdentityIsRefused) {
  TestServer server;
  v1::Promise promise;
  for (const char* token : {"", "realms/test/accounts/nobody"}) {
    const auto client = server.ClientFor(token);
    ExpectRefused(client->Call(Promises("MakePromise"), Promising("road"), &promise),
                  absl::StatusCode::kUnauthenticated, "IDENTITY_REQUIRED");
  }
}

TEST(Command, IntoAnotherRealmIsRefused) {
  TestServer server;
  const auto stranger = server.ClientFor("realms/elsewhere/accounts/admin");
  v1::Promise promise;
  ExpectRefused(stranger->Call(Promises("MakePromise"), Promising("road"), &promise),
                absl::StatusCode::kPermissionDenied, "OTHER_REALM");
}

TEST(Command, InAnOfficeOfSomebodyElseIsRefused) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  v1::MakePromiseRequest request = Promising("road");
  request.mutable_header()->set_acting_office("realms/test/offices/ben");
  v1::Promise promise;
  ExpectRefused(ana->Call(Promises("MakePromise"), request, &promise),
                absl::StatusCode::kPermissionDenied, "NOT_HOLDER_OF_OFFICE");
}

TEST(Command, WithAMissingFieldIsRefusedWithItsPathAndAMend) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  v1::MakePromiseRequest request = Promising("road");
  request.clear_promisee();
  v1::Promise promise;
  const absl::Status status = ana->Call(Promises("MakePromise"), request, &promise);
  ExpectRefused(status, absl::StatusCode::kInvalidArgument, "FIELD_REQUIRED");
  ASSERT_TRUE(RefusalOf(status).has_value());
  EXPECT_EQ(RefusalOf(status)->field(), "promisee");
  EXPECT_FALSE(RefusalOf(status)->mend().empty());
}

TEST(Command, WithAnIdThatIsNoneIsRefused) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  v1::Promise promise;
  ExpectRefused(ana->Call(Promises("MakePromise"), Promising("The Road"), &promise),
                absl::StatusCode::kInvalidArgument, "NAME_INVALID");
}

TEST(Command, ToAnInstanceThatIsNotThereIsRefused) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  v1::KeepPromiseRequest keep;
  keep.set_name("realms/test/promises/nowhere");
  v1::Promise promise;
  ExpectRefused(ana->Call(Promises("KeepPromise"), keep, &promise), absl::StatusCode::kNotFound,
                "INSTANCE_NOT_FOUND");
}

TEST(Command, OfSomebodyWithoutTheRoleIsRefused) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  v1::KeepPromiseRequest keep;
  keep.set_name(Make(*ana, Promising("road")).name());
  v1::Promise promise;
  ExpectRefused(ana->Call(Promises("KeepPromise"), keep, &promise),
                absl::StatusCode::kPermissionDenied, "ROLE_REQUIRED");
  const auto ben = server.ClientFor(kBen);
  ASSERT_TRUE(ben->Call(Promises("KeepPromise"), keep, &promise).ok());
  EXPECT_EQ(promise.state(), "kept");
}

TEST(Command, ForLookingOnlyRecordsNothing) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  const int64_t events = *server.engine().NextPosition("realms/test");
  v1::MakePromiseRequest request = Promising("road");
  request.mutable_header()->set_validate_only(true);
  EXPECT_EQ(Make(*ana, request).state(), "open");
  EXPECT_EQ(*server.engine().NextPosition("realms/test"), events);
}

TEST(Command, OfAMessageThatIsTooLongIsNotTakenIn) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  v1::MakePromiseRequest request = Promising("road");
  request.set_text(std::string(5 << 20, 'x'));
  v1::Promise promise;
  EXPECT_EQ(ana->Call(Promises("MakePromise"), request, &promise).code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(Command, ThatNoServiceHasIsUnimplemented) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  v1::Promise promise;
  EXPECT_EQ(ana->Call(Promises("BreakPromise"), Promising("road"), &promise).code(),
            absl::StatusCode::kUnimplemented);
}

TEST(Command, OfManyCallersAtOnceIsAnsweredEachWithItsOwnResource) {
  TestServer server;
  constexpr int kCallers = 8;
  constexpr int kEach = 25;
  std::vector<std::thread> callers;
  for (int c = 0; c < kCallers; ++c) {
    callers.emplace_back([&server, c] {
      const auto ana = server.ClientFor(kAna);
      for (int i = 0; i < kEach; ++i) {
        const std::string id = "p-" + std::to_string(c) + "-" + std::to_string(i);
        EXPECT_EQ(Make(*ana, Promising(id)).name(), "realms/test/promises/" + id);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_TRUE(server.engine().Verify("realms/test", nullptr).ok());
}

TEST(Command, IsCountedWithItsOutcome) {
  TestServerOptions options;
  options.config.set_metrics_listen("127.0.0.1:0");
  TestServer server(std::move(options));
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("road"));
  v1::Promise promise;
  EXPECT_FALSE(ana->Call(Promises("MakePromise"), Promising("road"), &promise).ok());
  const std::string page = server.MetricsPage();
  EXPECT_THAT(page, HasSubstr("kasundo_commands_total{method=\"MakePromise\",outcome=\"OK\","
                              "service=\"kasundo.testing.v1.Promises\"} 1"));
  EXPECT_THAT(page, HasSubstr("kasundo_commands_total{method=\"MakePromise\",outcome=\"ALREADY_"
                              "EXISTS\",service=\"kasundo.testing.v1.Promises\"} 1"));
  EXPECT_THAT(page, HasSubstr("kasundo_journal_next_position{realm=\"realms/test\"}"));
}

}  // namespace
}  // namespace kasundo::testing
