#include "services/runtime/page_token.h"

#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using testing::v1::ListPromisesRequest;

ListPromisesRequest Query(const std::string& parent) {
  ListPromisesRequest request;
  request.set_parent(parent);
  return request;
}

std::string TokenOf(const ListPromisesRequest& request, const std::string& last) {
  return Page::Of(request)->NextToken(last);
}

TEST(PageToken, BeginsTheNextPageAfterTheLastKey) {
  ListPromisesRequest request = Query("realms/r");
  EXPECT_EQ(Page::Of(request)->after, "");
  request.set_page_token(TokenOf(request, "realms/r/promises/p"));
  EXPECT_EQ(Page::Of(request)->after, "realms/r/promises/p");
}

TEST(PageToken, MayComeWithAnotherPageSize) {
  ListPromisesRequest request = Query("realms/r");
  request.set_page_token(TokenOf(request, "k"));
  request.set_page_size(7);
  EXPECT_EQ(Page::Of(request)->after, "k");
  EXPECT_EQ(Page::Of(request)->size, 7);
}

TEST(PageToken, OfAnotherQueryIsRefused) {
  ListPromisesRequest other = Query("realms/other");
  other.set_page_token(TokenOf(Query("realms/r"), "k"));
  EXPECT_REFUSED(Page::Of(other).status(), absl::StatusCode::kInvalidArgument,
                 "PAGE_TOKEN_INVALID");
  ListPromisesRequest past = Query("realms/r");
  past.mutable_as_of()->set_position(3);
  past.set_page_token(TokenOf(Query("realms/r"), "k"));
  EXPECT_REFUSED(Page::Of(past).status(), absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID");
}

TEST(PageToken, ThatWasChangedAnywhereIsRefused) {
  ListPromisesRequest request = Query("realms/r");
  const std::string token = TokenOf(request, "realms/r/promises/p");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    request.set_page_token(changed);
    EXPECT_REFUSED(Page::Of(request).status(), absl::StatusCode::kInvalidArgument,
                   "PAGE_TOKEN_INVALID");
  }
  for (const char* junk : {"x", "====", "not a token at all"}) {
    request.set_page_token(junk);
    EXPECT_REFUSED(Page::Of(request).status(), absl::StatusCode::kInvalidArgument,
                   "PAGE_TOKEN_INVALID");
  }
}

TEST(PageSize, IsFiftyByDefaultAndAThousandAtMost) {
  ListPromisesRequest request = Query("realms/r");
  EXPECT_EQ(Page::Of(request)->size, 50);
  request.set_page_size(1'001);
  EXPECT_EQ(Page::Of(request)->size, 1'000);
  request.set_page_size(-1);
  EXPECT_REFUSED(Page::Of(request).status(), absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
}

}  // namespace
}  // namespace kasundo
