// The standard health service, as probes and load balancers use it.
#include "tests/e2e/health.h"

#include "grpc/health/v1/health.pb.h"
#include "tests/e2e/promises.h"

namespace kasundo::testing {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr char kCheck[] = "grpc.health.v1.Health.Check";
constexpr char kWatch[] = "grpc.health.v1.Health.Watch";

HealthCheckRequest Of(const std::string& service) {
  HealthCheckRequest request;
  request.set_service(service);
  return request;
}

class HealthTest : public ::testing::Test {
 protected:
  TestServer server_;
  const std::unique_ptr<Client> anonymous_ = server_.ClientFor("", {.attempts = 1});
};

TEST_F(HealthTest, NeedsNoIdentityAndAnswersForTheServerAndForEachService) {
  for (const char* service : {"", "kasundo.testing.v1.Promises", "grpc.health.v1.Health"}) {
    HealthCheckResponse response;
    ASSERT_TRUE(anonymous_->Call(kCheck, Of(service), &response).ok()) << service;
    EXPECT_EQ(response.status(), HealthCheckResponse::SERVING) << service;
  }
}

TEST_F(HealthTest, DoesNotKnowAServiceThatIsNotServed) {
  HealthCheckResponse response;
  ExpectRefused(anonymous_->Call(kCheck, Of("kasundo.nothing.v1.Nothing"), &response),
                absl::StatusCode::kNotFound, "REFERENCE_NOT_FOUND");
}

TEST_F(HealthTest, WatchSaysWhatItFindsAndEndsWhenTheServerDrains) {
  const auto all = anonymous_->Open(kWatch, Of(""));
  const auto unknown = anonymous_->Open(kWatch, Of("kasundo.nothing.v1.Nothing"));
  HealthCheckResponse response;
  ASSERT_TRUE(all->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  ASSERT_TRUE(unknown->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVICE_UNKNOWN);
  server_.process().BeginDrain();
  for (const auto& stream : {all.get(), unknown.get()}) {
    EXPECT_FALSE(stream->Read(&response));
    ExpectRefused(stream->Finish(), absl::StatusCode::kUnavailable, "NOT_NOW");
  }
  ASSERT_TRUE(anonymous_->Call(kCheck, Of("kasundo.testing.v1.Promises"), &response).ok());
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
}

// What an old probe sends and understands: bytes.
TEST_F(HealthTest, SpeaksTheProtocolByteForByte) {
  EXPECT_EQ(HealthOf(server_.address()), "SERVING");
}

}  // namespace
}  // namespace kasundo::testing
