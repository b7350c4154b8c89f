// Gets, lists and history over real gRPC.
#include <gmock/gmock.h>

#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "tests/e2e/promises.h"

namespace kasundo::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Ids(const v1::ListPromisesResponse& response) {
  std::vector<std::string> ids;
  for (const auto& promise : response.promises()) ids.emplace_back(IdOf(promise.name()));
  return ids;
}

class Reading : public ::testing::Test {
 protected:
  absl::Status List(const v1::ListPromisesRequest& request, v1::ListPromisesResponse* response) {
    response->Clear();
    return ana_->Call(Promises("ListPromises"), request, response);
  }

  TestServer server_;
  std::unique_ptr<Client> ana_ = server_.ClientFor(kAna);
};

TEST_F(Reading, GetsWhatTheCommandAnsweredWith) {
  const v1::Promise made = Make(*ana_, Promising("road"));
  v1::GetPromiseRequest get;
  get.set_name(made.name());
  v1::Promise got;
  ASSERT_TRUE(ana_->Call(Promises("GetPromise"), get, &got).ok());
  EXPECT_EQ(got.SerializeAsString(), made.SerializeAsString());
}

TEST_F(Reading, GetsThePastByPositionAndByTime) {
  const v1::Promise made = Make(*ana_, Promising("road"));
  server_.clock().Advance(absl::Hours(1));
  v1::RewordPromiseRequest reword;
  reword.set_name(made.name());
  reword.set_text("soon");
  v1::Promise promise;
  ASSERT_TRUE(ana_->Call(Promises("RewordPromise"), reword, &promise).ok());

  v1::GetPromiseRequest get;
  get.set_name(made.name());
  get.mutable_as_of()->mutable_time()->set_seconds(absl::ToUnixSeconds(server_.clock().Now()) - 60);
  ASSERT_TRUE(ana_->Call(Promises("GetPromise"), get, &promise).ok());
  EXPECT_EQ(promise.text(), made.text());
  EXPECT_EQ(promise.etag(), made.etag());
  get.mutable_as_of()->set_position(*server_.engine().NextPosition("realms/test") - 2);
  ASSERT_TRUE(ana_->Call(Promises("GetPromise"), get, &promise).ok());
  EXPECT_EQ(promise.text(), made.text());
  get.mutable_as_of()->mutable_time()->set_seconds(0);
  ExpectRefused(ana_->Call(Promises("GetPromise"), get, &promise), absl::StatusCode::kNotFound,
                "NOT_YET_EXISTING");
}

TEST_F(Reading, RefusesANameOfAnotherKind) {
  v1::GetPromiseRequest get;
  get.set_name("realms/test/definitions/promise");
  v1::Promise promise;
  ExpectRefused(ana_->Call(Promises("GetPromise"), get, &promise),
                absl::StatusCode::kInvalidArgument, "NAME_INVALID");
}

TEST_F(Reading, PagesThroughAllRowsAlsoWhileRowsAreAdded) {
  for (const char* id : {"b", "d", "f"}) Make(*ana_, Promising(id));
  v1::ListPromisesRequest list;
  list.set_parent("realms/test");
  list.set_page_size(2);
  v1::ListPromisesResponse page;
  ASSERT_TRUE(List(list, &page).ok());
  EXPECT_THAT(Ids(page), ElementsAre("b", "d"));
  // One before where the next page begins, one after it.
  Make(*ana_, Promising("a"));
  Make(*ana_, Promising("e"));
  list.set_page_token(page.next_page_token());
  ASSERT_TRUE(List(list, &page).ok());
  EXPECT_THAT(Ids(page), ElementsAre("e", "f"));
  EXPECT_THAT(page.next_page_token(), IsEmpty());
}

TEST_F(Reading, RefusesATokenOfAnotherQueryOrOneThatWasChanged) {
  for (const char* id : {"a", "b"}) Make(*ana_, Promising(id));
  v1::ListPromisesRequest list;
  list.set_parent("realms/test");
  list.set_page_size(1);
  v1::ListPromisesResponse page;
  ASSERT_TRUE(List(list, &page).ok());
  const std::string token = page.next_page_token();
  list.mutable_as_of()->set_position(1'000);
  list.set_page_token(token);
  ExpectRefused(List(list, &page), absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID");
  list.clear_as_of();
  list.set_page_token(token + "AAAA");
  ExpectRefused(List(list, &page), absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID");
}

TEST_F(Reading, TellsTheHistoryWithWhoWhereAndWhy) {
  v1::MakePromiseRequest request = Promising("road", "r-7");
  request.mutable_header()->set_reason("asked for by the barangay");
  const v1::Promise made = Make(*ana_, request);
  v1::RewordPromiseRequest reword;
  reword.set_name(made.name());
  reword.set_text("soon");
  v1::Promise promise;
  ASSERT_TRUE(ana_->Call(Promises("RewordPromise"), reword, &promise).ok());

  workflows::v1::ListHistoryRequest list;
  list.set_name(made.name());
  list.set_page_size(1);
  workflows::v1::ListHistoryResponse history;
  ASSERT_TRUE(ana_->Call(Workflows("ListHistory"), list, &history).ok());
  ASSERT_EQ(history.entries_size(), 1);
  const auto& entry = history.entries(0);
  EXPECT_EQ(entry.event(), "PromiseMade");
  EXPECT_EQ(entry.actor().account(), kAna);
  EXPECT_EQ(entry.actor().office(), "realms/test/offices/ana");
  EXPECT_EQ(entry.actor().organisation(), "realms/test/organisations/test");
  EXPECT_EQ(entry.reason(), "asked for by the barangay");
  EXPECT_EQ(entry.request_id(), "r-7");
  EXPECT_EQ(entry.from_state(), "new");
  EXPECT_EQ(entry.to_state(), "open");
  EXPECT_EQ(entry.command(), "kasundo.testing.v1.MakePromiseRequest");
  EXPECT_EQ(entry.payload_type(), "kasundo.testing.v1.PromiseMade");
  EXPECT_THAT(entry.payload_json(),
              ::testing::HasSubstr("\"text\":\"the road will be open in May\""));

  list.set_page_token(history.next_page_token());
  ASSERT_TRUE(ana_->Call(Workflows("ListHistory"), list, &history).ok());
  ASSERT_EQ(history.entries_size(), 1);
  EXPECT_EQ(history.entries(0).event(), "PromiseReworded");
  EXPECT_THAT(history.next_page_token(), IsEmpty());
}

TEST_F(Reading, ShowsEachAccountTheRealmsThatItMaySee) {
  admin::v1::ListRealmsResponse realms;
  ASSERT_TRUE(ana_->Call(Admin("ListRealms"), admin::v1::ListRealmsRequest(), &realms).ok());
  ASSERT_EQ(realms.realms_size(), 1);
  EXPECT_EQ(realms.realms(0).name(), "realms/test");
  const auto system = server_.ClientFor(kOperator);
  ASSERT_TRUE(system->Call(Admin("ListRealms"), admin::v1::ListRealmsRequest(), &realms).ok());
  EXPECT_EQ(realms.realms_size(), 2);
}

TEST_F(Reading, FiguresAreForAdministrators) {
  admin::v1::StatsResponse stats;
  ExpectRefused(ana_->Call(Admin("Stats"), admin::v1::StatsRequest(), &stats),
                absl::StatusCode::kPermissionDenied, "ADMINISTRATOR_REQUIRED");
  const auto admin = server_.ClientFor(kAdmin);
  ASSERT_TRUE(admin->Call(Admin("Stats"), admin::v1::StatsRequest(), &stats).ok());
  EXPECT_GT(stats.figures().at("events/realms/test"), 0);
}

}  // namespace
}  // namespace kasundo::testing
