#include "services/runtime/field_rules.h"

#include <gmock/gmock.h>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "tests/support/test_engine.h"
#include "tests/support/toy_kind.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using google::protobuf::TextFormat;
using testing::v1::EveryType;
using testing::v1::MakePromiseRequest;
using testing::v1::RewordPromiseRequest;

class FieldRules : public ::testing::Test {
 protected:
  template <typename M>
  absl::Status Check(const std::string& text) {
    M message;
    EXPECT_TRUE(TextFormat::ParseFromString(text, &message)) << text;
    references_.clear();
    return checker_.Check(message, &references_);
  }
  template <typename M>
  void ExpectRefused(const std::string& text, const std::string& reason, const std::string& path) {
    const absl::Status status = Check<M>(text);
    EXPECT_REFUSED(status, absl::StatusCode::kInvalidArgument, reason);
    ASSERT_TRUE(RefusalOf(status).has_value());
    EXPECT_EQ(RefusalOf(status)->field(), path);
    EXPECT_FALSE(RefusalOf(status)->mend().empty());
  }

  const KindRegistry kinds_ = testing::ToyRegistry();
  const FieldRulesChecker checker_{kinds_};
  std::vector<Command::Reference> references_;
};

TEST_F(FieldRules, LetACompleteRequestPass) {
  EXPECT_OK(Check<MakePromiseRequest>(
      R"(parent: "realms/r" promise_id: "p" promiser: "a" promisee: "b" due { year: 2016 month: 2 day: 29 })"));
}

TEST_F(FieldRules, NameTheRequiredFieldThatIsMissing) {
  ExpectRefused<MakePromiseRequest>(R"(parent: "realms/r" promise_id: "p" promiser: "a")",
                                    "FIELD_REQUIRED", "promisee");
}

TEST_F(FieldRules, WantAnElementInARequiredList) {
  ExpectRefused<workflows::v1::BatchRequest>("", "FIELD_REQUIRED", "commands");
}

TEST_F(FieldRules, WantNoEmptyStringInARequiredList) {
  ExpectRefused<workflows::v1::WorkflowDefinition>(
      R"(definition: "d" kind: "k" title: "t" initial: "s" states { id: "s" } transitions { on: "A" on: "" })",
      "FIELD_REQUIRED", "transitions[0].on[1]");
}

TEST_F(FieldRules, GoIntoMessagesAndListsAndNameThePath) {
  ExpectRefused<workflows::v1::WorkflowDefinition>(
      R"(definition: "d" kind: "k" title: "t" initial: "s" states { id: "s" } states { title: "no id" })",
      "FIELD_REQUIRED", "states[1].id");
}

TEST_F(FieldRules, RefuseAStringThatIsTooLong) {
  const std::string ok(200, 'x');
  EXPECT_OK(Check<RewordPromiseRequest>("name: \"realms/r/promises/p\" text: \"" + ok + "\""));
  ExpectRefused<RewordPromiseRequest>("name: \"realms/r/promises/p\" text: \"" + ok + "x\"",
                                      "FIELD_TOO_LONG", "text");
}

TEST_F(FieldRules, AllowFourKibibytesWhereNothingIsSaid) {
  EXPECT_OK(Check<EveryType>("string_value: \"" + std::string(4096, 'x') + "\""));
  ExpectRefused<EveryType>("strings: \"a\" strings: \"" + std::string(4097, 'x') + "\"",
                           "FIELD_TOO_LONG", "strings[1]");
}

TEST_F(FieldRules, RefuseAnEnumValueThatIsNone) {
  EveryType message;
  message.set_weight(static_cast<testing::v1::PromiseWeight>(77));
  EXPECT_REFUSED(checker_.Check(message, nullptr), absl::StatusCode::kInvalidArgument,
                 "FIELD_INVALID");
  message.clear_weight();
  message.add_weights(testing::v1::PROMISE_WEIGHT_LIGHT);
  message.add_weights(static_cast<testing::v1::PromiseWeight>(-1));
  const absl::Status status = checker_.Check(message, nullptr);
  EXPECT_REFUSED(status, absl::StatusCode::kInvalidArgument, "FIELD_INVALID");
  EXPECT_EQ(RefusalOf(status)->field(), "weights[1]");
}

TEST_F(FieldRules, RefuseADateThatIsNotInTheCalendar) {
  ExpectRefused<EveryType>("date { year: 2015 month: 2 day: 29 }", "DATE_INVALID", "date");
  ExpectRefused<EveryType>("dates { year: 2015 } dates { year: 2015 day: 3 }", "DATE_INVALID",
                           "dates[1]");
  EXPECT_OK(Check<EveryType>("date { year: 2011 } dates { year: 2011 month: 6 }"));
}

TEST_F(FieldRules, RefuseAnInstantBeyondTheYears1To9999) {
  ExpectRefused<EveryType>("time { seconds: 253402300800 }", "FIELD_INVALID", "time");
  ExpectRefused<EveryType>("time { nanos: -1 }", "FIELD_INVALID", "time");
}

TEST_F(FieldRules, CollectReferencesWithTheirPaths) {
  EXPECT_OK(Check<RewordPromiseRequest>(
      R"(name: "realms/r/promises/p" text: "t" header { acting_office: "realms/r/offices/o" })"));
  ASSERT_EQ(references_.size(), 1u) << "the acting office is the caller's, not the command's";
  EXPECT_EQ(references_[0].field, "name");
  EXPECT_EQ(references_[0].name, "realms/r/promises/p");
  EXPECT_EQ(references_[0].kind, "promise");
}

TEST_F(FieldRules, RefuseAReferenceWithTheFormOfAnotherKind) {
  ExpectRefused<RewordPromiseRequest>(R"(name: "realms/r/definitions/p" text: "t")", "NAME_INVALID",
                                      "name");
  ExpectRefused<RewordPromiseRequest>(R"(name: "realms/r/promises/p/promises/q" text: "t")",
                                      "NAME_INVALID", "name");
  ExpectRefused<RewordPromiseRequest>(R"(name: "realms/r/promises/Not-An-Id" text: "t")",
                                      "NAME_INVALID", "name");
}

TEST_F(FieldRules, ForgetWhatOnlyTheServerMaySay) {
  testing::v1::Promise promise;
  promise.set_etag("mine");
  promise.set_text("kept");
  EXPECT_OK(checker_.Check(promise, nullptr));
  EXPECT_EQ(promise.etag(), "");
  EXPECT_EQ(promise.text(), "kept");
}

TEST(Names, AreCollectionsAndIdsInTurn) {
  EXPECT_TRUE(IsWellFormedName("realms/calabarzon"));
  EXPECT_TRUE(IsWellFormedName("realms/r/actionItems/a-1"));
  for (const char* name : {"", "realms", "realms/", "realms/r/", "realms/r/offices", "realms/r//x",
                           "offices/o", "realms/R", "realms/r/Offices/o", "realms/r/offices/o o"}) {
    EXPECT_FALSE(IsWellFormedName(name)) << name;
  }
}

}  // namespace
}  // namespace kasundo
