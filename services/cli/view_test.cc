#include "services/cli/view.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/committees/v1/meetings.pb.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"

namespace kasundo::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::v1::Promise;

ViewOptions Options(int width = 0) {
  ViewOptions options;
  options.width = width;
  options.realm = "realms/calabarzon";
  options.zone = absl::UTCTimeZone();
  return options;
}

Promise Sample(const std::string& id) {
  Promise promise;
  promise.set_name("realms/calabarzon/promises/" + id);
  promise.set_etag("\"2\"");
  promise.set_state("open");
  promise.set_definition("promise");
  promise.set_definition_version(1);
  promise.mutable_update_time()->set_seconds(1458291600);  // 2016-03-18 09:00 UTC
  promise.set_promiser("realms/calabarzon/offices/dole");
  promise.set_text("To come");
  promise.mutable_due()->set_year(2016);
  promise.mutable_due()->set_month(3);
  promise.set_weight(testing::v1::PROMISE_WEIGHT_VERY_HEAVY);
  promise.add_witnesses("realms/calabarzon/offices/neda");
  promise.add_witnesses("realms/bicol/offices/neda");
  return promise;
}

TEST(Card, ShowsNameStateAndItsOwnFields) {
  EXPECT_EQ(Card(Sample("a"), Options()),
            "promises/a  [open]\n"
            "\n"
            "promiser   offices/dole\n"
            "text       To come\n"
            "due        2016-03\n"
            "weight     very-heavy\n"
            "witnesses  offices/neda, realms/bicol/offices/neda\n"
            "\n"
            "definition promise, version 1, changed 2016-03-18 09:00Z, etag \"2\"\n");
}

TEST(Card, WrapsLongTextBeneathItself) {
  Promise promise = Sample("a");
  promise.set_text("To come to every meeting of the committee and to bring the papers");
  EXPECT_THAT(Card(promise, Options(40)),
              HasSubstr("text       To come to every meeting of\n           the committee and to "
                        "bring\n           the papers\n"));
}

TEST(Fields, ShowsListsOfMessagesAsTables) {
  workflows::v1::WorkflowDefinition definition;
  definition.set_definition("twinning");
  auto* state = definition.add_states();
  state->set_id("draft");
  state->set_title("Draft");
  definition.add_states()->set_id("kept");
  EXPECT_EQ(Fields(definition, Options()),
            "definition  twinning\n"
            "\n"
            "states (2)\n"
            "  ID     TITLE\n"
            "  draft  Draft\n"
            "  kept\n");
}

TEST(ResourceTable, ShowsIdsOfWhatLiesBeneathTheParent) {
  const Promise a = Sample("a");
  Promise b = Sample("b");
  b.clear_due();
  EXPECT_EQ(ResourceTable({&a, &b}, "realms/calabarzon", Options()),
            "NAME  PROMISER      STATE  TEXT     DUE      WEIGHT      CHANGED\n"
            "a     offices/dole  open   To come  2016-03  very-heavy  2016-03-18 09:00Z\n"
            "b     offices/dole  open   To come           very-heavy  2016-03-18 09:00Z\n");
}

TEST(ResourceTable, ShowsNamesOfWhatDoesNot) {
  const Promise a = Sample("a");
  Promise b = Sample("b");
  b.set_name("realms/bicol/promises/b");
  const std::string table = ResourceTable({&a, &b}, "realms/-", Options());
  EXPECT_THAT(table, HasSubstr("promises/a "));
  EXPECT_THAT(table, HasSubstr("realms/bicol/promises/b "));
}

TEST(Card, ShowsInstantsInTheZoneOfTheResource) {
  committees::v1::Meeting meeting;
  meeting.set_name("realms/calabarzon/committees/cmd/meetings/2016-q1");
  meeting.mutable_start_time()->set_seconds(1'458'262'800);  // 2016-03-18T01:00:00Z
  ViewOptions options = Options();
  options.zone = absl::UTCTimeZone();
  EXPECT_THAT(Card(meeting, options), HasSubstr("2016-03-18 01:00Z"));
  meeting.set_time_zone("Asia/Manila");
  EXPECT_THAT(Card(meeting, options), HasSubstr("2016-03-18 09:00+08:00"));
  meeting.set_time_zone("no such zone");
  EXPECT_THAT(Card(meeting, options), HasSubstr("2016-03-18 01:00Z"));
}

TEST(Inline, ShowsMessagesInAnyOfAKnownType) {
  workflows::v1::AnyInstance instance;
  instance.mutable_resource()->PackFrom(Sample("a"));
  EXPECT_THAT(Inline(instance, Options()), HasSubstr("To come"));
  instance.mutable_resource()->set_type_url("type.googleapis.com/kasundo.future.v1.Treaty");
  EXPECT_THAT(Inline(instance, Options()), HasSubstr("kasundo.future.v1.Treaty"));
}

TEST(Inline, ShowsMapsSortedAndBoolsInWords) {
  workflows::v1::MigrateInstanceRequest request;
  (*request.mutable_state_mapping())["b"] = "y";
  (*request.mutable_state_mapping())["a"] = "x";
  request.mutable_header()->set_validate_only(true);
  EXPECT_EQ(Inline(request, Options()),
            "state mapping: a = x, b = y, header: (validate only: yes)");
}

TEST(FieldText, IsEmptyForWhatIsNotSet) {
  const Promise promise;
  const auto* type = Promise::descriptor();
  EXPECT_EQ(FieldText(promise, *type->FindFieldByName("due"), Options()), "");
  EXPECT_EQ(FieldText(promise, *type->FindFieldByName("weight"), Options()), "");
  EXPECT_EQ(FieldText(promise, *type->FindFieldByName("witnesses"), Options()), "");
}

}  // namespace
}  // namespace kasundo::cli
