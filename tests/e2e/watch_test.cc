// Following a journal over real gRPC.
#include <atomic>
#include <thread>

#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "tests/e2e/promises.h"
#include "tests/support/test_identity.h"

namespace kasundo::testing {
namespace {

using workflows::v1::WatchRequest;
using workflows::v1::WatchResponse;

// Reads until the stream says that it is live; returns what came before.
std::vector<WatchResponse> ReadUntilLive(Client::Stream& stream) {
  std::vector<WatchResponse> entries;
  WatchResponse response;
  while (stream.Read(&response)) {
    if (response.live()) return entries;
    entries.push_back(response);
  }
  ADD_FAILURE() << "it ended: " << stream.Finish();
  return entries;
}

TEST(Watch, GivesEveryEventOnceInOrderFromThePastIntoThePresent) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("before"));
  WatchRequest request;
  request.set_realm("realms/test");
  const auto stream = ana->Open(Workflows("Watch"), request);
  const auto past = ReadUntilLive(*stream);
  ASSERT_FALSE(past.empty());
  for (size_t i = 0; i < past.size(); ++i)
    EXPECT_EQ(past[i].entry().position(), static_cast<int64_t>(i));
  EXPECT_EQ(past.back().entry().instance(), "realms/test/promises/before");

  for (int i = 0; i < 300; ++i) Make(*ana, Promising("live-" + std::to_string(i)));
  WatchResponse response;
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.entry().position(), static_cast<int64_t>(past.size()) + i);
    EXPECT_EQ(response.entry().instance(), "realms/test/promises/live-" + std::to_string(i));
    EXPECT_EQ(response.next_position(), response.entry().position() + 1);
  }
}

TEST(Watch, FromAPositionGivesWhatWasMissed) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("a"));
  const int64_t seen = *server.engine().NextPosition("realms/test");
  Make(*ana, Promising("b"));
  WatchRequest request;
  request.set_realm("realms/test");
  request.set_from_position(seen);
  request.set_until_end(true);
  const auto stream = ana->Open(Workflows("Watch"), request);
  WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.entry().instance(), "realms/test/promises/b");
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST(Watch, OfOneInstanceGivesNoOther) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("road"));
  Make(*ana, Promising("road-2"));
  WatchRequest request;
  request.set_realm("realms/test");
  request.set_instance("realms/test/promises/road");
  request.set_until_end(true);
  const auto stream = ana->Open(Workflows("Watch"), request);
  WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.entry().instance(), "realms/test/promises/road");
  EXPECT_FALSE(stream->Read(&response));
}

TEST(Watch, OfOneKindGivesNoOther) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("road"));
  WatchRequest request;
  request.set_realm("realms/test");
  request.add_kinds("realm");
  request.set_until_end(true);
  const auto stream = ana->Open(Workflows("Watch"), request);
  WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.entry().event(), "RealmFounded");
  EXPECT_FALSE(stream->Read(&response));
}

// Lets ana in until it is told otherwise.
class Revocable final : public TestIdentity {
 public:
  explicit Revocable(const std::atomic<bool>* revoked) : revoked_(revoked) {}
  absl::StatusOr<Caller> Authenticate(std::string_view token) const override {
    if (token != kAna || !*revoked_) return TestIdentity::Authenticate(token);
    return absl::UnauthenticatedError("the token was revoked");
  }

 private:
  const std::atomic<bool>* const revoked_;
};

TEST(Watch, EndsSoonAfterTheTokenIsRevoked) {
  std::atomic<bool> revoked{false};
  TestServerOptions options;
  options.identity = [&revoked](Engine&) -> absl::StatusOr<std::unique_ptr<Identity>> {
    return std::make_unique<Revocable>(&revoked);
  };
  TestServer server(std::move(options));
  const auto ben = server.ClientFor("realms/test/accounts/ben");
  WatchRequest request;
  request.set_realm("realms/test");
  const auto stream = server.ClientFor(kAna)->Open(Workflows("Watch"), request);
  ReadUntilLive(*stream);
  revoked = true;
  Make(*ben, Promising("soon-after"));
  WatchResponse response;
  EXPECT_TRUE(stream->Read(&response));
  server.clock().Advance(absl::Seconds(11));
  Make(*ben, Promising("later"));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().code(), absl::StatusCode::kUnauthenticated);
}

TEST(Watch, OfAnotherRealmOrBeyondTheEndIsRefused) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  WatchRequest request;
  WatchResponse response;
  request.set_realm("realms/system");
  auto stream = ana->Open(Workflows("Watch"), request);
  EXPECT_FALSE(stream->Read(&response));
  ExpectRefused(stream->Finish(), absl::StatusCode::kPermissionDenied, "OTHER_REALM");
  request.set_realm("realms/test");
  request.set_from_position(1'000'000);
  stream = ana->Open(Workflows("Watch"), request);
  EXPECT_FALSE(stream->Read(&response));
  ExpectRefused(stream->Finish(), absl::StatusCode::kOutOfRange, "POSITION_BEYOND_END");
}

TEST(Watch, ByManyGivesEachOfThemEverything) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  WatchRequest request;
  request.set_realm("realms/test");
  request.set_only_new(true);
  std::vector<std::unique_ptr<Client::Stream>> streams;
  for (int i = 0; i < 20; ++i) {
    streams.push_back(ana->Open(Workflows("Watch"), request));
    EXPECT_TRUE(ReadUntilLive(*streams.back()).empty());
  }
  for (int i = 0; i < 10; ++i) Make(*ana, Promising("p-" + std::to_string(i)));
  WatchResponse response;
  for (auto& stream : streams) {
    for (int i = 0; i < 10; ++i) {
      ASSERT_TRUE(stream->Read(&response));
      EXPECT_EQ(response.entry().instance(), "realms/test/promises/p-" + std::to_string(i));
    }
  }
}

TEST(Verify, ReportsUntilEverythingIsAsItWasWritten) {
  TestServer server;
  const auto ana = server.ClientFor(kAna);
  Make(*ana, Promising("road"));
  const auto admin = server.ClientFor(kAdmin);
  const auto stream = admin->Open(Admin("Verify"), admin::v1::VerifyRequest());
  admin::v1::VerifyResponse response;
  bool done = false;
  while (stream->Read(&response)) done = response.done();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace kasundo::testing
