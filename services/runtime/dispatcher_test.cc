// The order of the steps between transport and engine. What a whole request meets is in tests/e2e.
#include "services/runtime/dispatcher.h"

#include "absl/time/clock.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "gtest/gtest.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "tests/support/test_engine.h"
#include "tests/support/test_identity.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

namespace toy = testing::v1;

constexpr char kAna[] = "realms/test/accounts/ana";

class DispatcherTest : public ::testing::Test {
 protected:
  DispatcherTest() {
    catalog_.AddService("kasundo.testing.v1.Promises");
    catalog_.AddKind<toy::Promise>(
        "promise", [](const Instance&, const MappingContext&) { return toy::Promise(); });
  }

  absl::Status Send(const std::string& bytes, const std::string& token = kAna,
                    absl::Time deadline = absl::InfiniteFuture(),
                    const std::string& rpc = "MakePromise") {
    google::protobuf::io::ArrayInputStream body(bytes.data(), static_cast<int>(bytes.size()));
    Dispatcher::Incoming incoming;
    incoming.token = token;
    incoming.deadline = deadline;
    incoming.body = &body;
    absl::Status answered = absl::UnknownError("not answered");
    dispatcher_.Handle(*catalog_.FindMethod("kasundo.testing.v1.Promises." + rpc), incoming,
                       [&](Answer answer) { answered = answer.status; });
    engine_->Pump();
    return answered;
  }
  static toy::MakePromiseRequest Promising() {
    toy::MakePromiseRequest request;
    request.set_parent("realms/test");
    request.set_promise_id("road");
    request.set_promiser("realms/test/offices/ana");
    request.set_promisee("realms/test/offices/ben");
    request.set_text("soon");
    return request;
  }

  testing::TestEngine engine_{testing::ToyRegistry()};
  ServiceCatalog catalog_;
  testing::TestIdentity identity_;
  const Dispatcher dispatcher_{&*engine_, &catalog_, &identity_, nullptr};
};

TEST_F(DispatcherTest, DoesNotBeginARequestWhoseDeadlineHasPassed) {
  const int64_t before = *engine_->NextPosition("realms/test");
  EXPECT_REFUSED(Send(Promising().SerializeAsString(), kAna, absl::Now() - absl::Milliseconds(1)),
                 absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED");
  EXPECT_EQ(*engine_->NextPosition("realms/test"), before);
  EXPECT_OK(Send(Promising().SerializeAsString(), kAna, absl::Now() + absl::Seconds(30)));
}

TEST_F(DispatcherTest, AsksWhoCallsBeforeItReadsAnything) {
  EXPECT_REFUSED(Send("these bytes are no message", ""), absl::StatusCode::kUnauthenticated,
                 "IDENTITY_REQUIRED");
  EXPECT_REFUSED(Send("these bytes are no message"), absl::StatusCode::kInvalidArgument,
                 "MALFORMED_REQUEST");
}

TEST_F(DispatcherTest, SaysNothingOfAnotherRealmBeforeItIsRefused) {
  toy::MakePromiseRequest request = Promising();
  request.set_parent("realms/system");
  request.clear_promisee();
  EXPECT_REFUSED(Send(request.SerializeAsString()), absl::StatusCode::kPermissionDenied,
                 "OTHER_REALM");
}

TEST_F(DispatcherTest, LetsAdministratorsOfTheSystemRealmActEverywhereAndOthersNot) {
  EXPECT_REFUSED(Send(Promising().SerializeAsString(), "realms/system/accounts/ana"),
                 absl::StatusCode::kPermissionDenied, "OTHER_REALM");
  EXPECT_OK(Send(Promising().SerializeAsString(), "realms/system/accounts/admin"));
}

TEST_F(DispatcherTest, ChecksFieldsBeforeTheActingOffice) {
  toy::MakePromiseRequest request = Promising();
  request.clear_promisee();
  request.mutable_header()->set_acting_office("realms/test/offices/ben");
  EXPECT_REFUSED(Send(request.SerializeAsString()), absl::StatusCode::kInvalidArgument,
                 "FIELD_REQUIRED");
  request.set_promisee("realms/test/offices/ben");
  EXPECT_REFUSED(Send(request.SerializeAsString()), absl::StatusCode::kPermissionDenied,
                 "NOT_HOLDER_OF_OFFICE");
}

// Who has left an office does not sign for it by naming a day before.
TEST_F(DispatcherTest, ActsOnAPastDayOnlyForWhomTheCallerStillActsFor) {
  toy::MakePromiseRequest request = Promising();
  request.mutable_header()->mutable_occurred_on()->set_year(2015);
  EXPECT_REFUSED(Send(request.SerializeAsString(), "realms/test/accounts/former-ben"),
                 absl::StatusCode::kPermissionDenied, "NOT_HOLDER_OF_OFFICE");
  EXPECT_OK(Send(request.SerializeAsString(), kAna));
  request.set_promise_id("by-the-secretariat");
  EXPECT_OK(Send(request.SerializeAsString(), "realms/test/accounts/former-admin"));
}

TEST_F(DispatcherTest, RefusesATextThatIsNotUtf8) {
  std::string bytes = Promising().SerializeAsString();
  bytes[bytes.find("soon")] = '\xff';
  EXPECT_REFUSED(Send(bytes), absl::StatusCode::kInvalidArgument, "MALFORMED_REQUEST");
}

TEST_F(DispatcherTest, NamesAnIdThatIsMissingOrNone) {
  toy::MakePromiseRequest request = Promising();
  request.set_promise_id("-road-");
  EXPECT_REFUSED(Send(request.SerializeAsString()), absl::StatusCode::kInvalidArgument,
                 "NAME_INVALID");
}

TEST_F(DispatcherTest, RefusesAParentThatIsNoRealm) {
  toy::MakePromiseRequest request = Promising();
  request.set_parent("realms/test/promises/other");
  EXPECT_REFUSED(Send(request.SerializeAsString()), absl::StatusCode::kInvalidArgument,
                 "NAME_INVALID");
}

TEST_F(DispatcherTest, PutsCommandsReadsAndWhatMayWaitOnDifferentThreads) {
  using Place = Dispatcher::Place;
  const auto place = [](const Dispatcher& dispatcher, const ServiceCatalog& catalog,
                        const std::string& rpc) {
    return dispatcher.PlaceOf(*catalog.FindMethod("kasundo.testing.v1.Promises." + rpc));
  };
  EXPECT_EQ(place(dispatcher_, catalog_, "MakePromise"), Place::kTransport);
  EXPECT_EQ(place(dispatcher_, catalog_, "GetPromise"), Place::kReader);
  class Elsewhere final : public testing::TestIdentity {
   public:
    bool MayBlock() const override { return true; }
  };
  const Elsewhere elsewhere;
  const Dispatcher split(&*engine_, &catalog_, &elsewhere, nullptr);
  EXPECT_EQ(place(split, catalog_, "MakePromise"), Place::kWorker);
  EXPECT_EQ(place(split, catalog_, "GetPromise"), Place::kWorker);
  catalog_.Prepare<toy::KeepPromiseRequest>(
      "kasundo.testing.v1.Promises.KeepPromise",
      [](toy::KeepPromiseRequest&, const CallContext&) { return absl::OkStatus(); });
  EXPECT_EQ(place(dispatcher_, catalog_, "KeepPromise"), Place::kWorker);
}

TEST(Preparation, KeepsARetryTheSameRequestThoughWhatIsStoredDiffers) {
  testing::TestEngine engine(testing::ToyRegistry());
  ServiceCatalog catalog;
  catalog.AddService("kasundo.testing.v1.Promises");
  catalog.AddKind<toy::Promise>(
      "promise", [](const Instance&, const MappingContext&) { return toy::Promise(); });
  int times = 0;
  catalog.Prepare<toy::MakePromiseRequest>(
      "kasundo.testing.v1.Promises.MakePromise",
      [&](toy::MakePromiseRequest& request, const CallContext&) {
        request.set_text("salted " + std::to_string(++times));
        return absl::OkStatus();
      });
  testing::TestIdentity identity;
  const Dispatcher dispatcher(&*engine, &catalog, &identity, nullptr);
  toy::MakePromiseRequest request;
  request.set_parent("realms/test");
  request.set_promise_id("road");
  request.set_promiser("realms/test/offices/ana");
  request.set_promisee("realms/test/offices/ben");
  request.mutable_header()->set_request_id("r-1");
  const auto send = [&] {
    const std::string bytes = request.SerializeAsString();
    google::protobuf::io::ArrayInputStream body(bytes.data(), static_cast<int>(bytes.size()));
    Dispatcher::Incoming incoming;
    incoming.token = kAna;
    incoming.body = &body;
    absl::Status answered = absl::UnknownError("not answered");
    dispatcher.Handle(*catalog.FindMethod("kasundo.testing.v1.Promises.MakePromise"), incoming,
                      [&](Answer answer) { answered = answer.status; });
    engine->Pump();
    return answered;
  };
  EXPECT_OK(send());
  const int64_t after = *engine->NextPosition("realms/test");
  EXPECT_OK(send());
  EXPECT_EQ(times, 2);
  EXPECT_EQ(*engine->NextPosition("realms/test"), after);
  request.set_promisee("realms/test/offices/carla");
  EXPECT_REFUSED(send(), absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED");
}

}  // namespace
}  // namespace kasundo
