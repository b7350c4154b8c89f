// How a server stops, and how it says that it does.
#include "absl/time/clock.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "tests/e2e/health.h"
#include "tests/e2e/promises.h"

namespace kasundo::testing {
namespace {

TEST(Drain, ServesReadsRefusesCommandsAndSaysSo) {
  TestServer server;
  const auto ana = server.ClientFor(kAna, {.attempts = 1});
  const v1::Promise made = Make(*ana, Promising("road"));
  EXPECT_EQ(HealthOf(server.address()), "SERVING");
  server.process().BeginDrain();
  EXPECT_EQ(HealthOf(server.address()), "NOT_SERVING");
  v1::Promise promise;
  ExpectRefused(ana->Call(Promises("MakePromise"), Promising("bridge"), &promise),
                absl::StatusCode::kUnavailable, "NOT_NOW");
  v1::GetPromiseRequest get;
  get.set_name(made.name());
  EXPECT_TRUE(ana->Call(Promises("GetPromise"), get, &promise).ok());
}

TEST(Drain, EndsOpenStreamsSoThatTheyGoOnElsewhere) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  workflows::v1::WatchRequest request;
  request.set_realm("realms/test");
  request.set_only_new(true);
  const auto stream = ana->Open(Workflows("Watch"), request);
  workflows::v1::WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.live());
  server.process().BeginDrain();
  EXPECT_FALSE(stream->Read(&response));
  ExpectRefused(stream->Finish(), absl::StatusCode::kUnavailable, "NOT_NOW");
}

TEST(Drain, StopsAtOnceWhenNothingIsOpen) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("road"));
  const absl::Time began = absl::Now();
  server.process().Stop(absl::Seconds(5));
  EXPECT_LT(absl::Now() - began, absl::Seconds(4));
  EXPECT_FALSE(
      Client::Connect({.address = server.address()})->WaitUntilReachable(absl::Milliseconds(200)));
}

TEST(Port, ThatIsTakenIsNamedWithTheWayOut) {
  TestServer first;
  TestServerOptions options;
  options.config.set_listen(first.address());
  const auto second = StartTestProcess(std::move(options), &first.clock());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  const std::string message(second.status().message());
  EXPECT_NE(message.find(std::to_string(first.process().port())), std::string::npos) << message;
  EXPECT_NE(message.find("--listen"), std::string::npos) << message;
}

}  // namespace
}  // namespace kasundo::testing
