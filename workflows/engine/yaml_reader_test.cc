#include "workflows/engine/yaml_reader.h"

#include <cmath>
#include <limits>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "kasundo/api/v1/civil_date.pb.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::v1::EveryType;

EveryType Read(std::string_view text) {
  EveryType message;
  const absl::Status status = ReadYaml(text, message);
  EXPECT_TRUE(status.ok()) << status << "\n" << text;
  return message;
}

std::vector<YamlError> Errors(std::string_view text) {
  EveryType message;
  std::vector<YamlError> errors;
  const absl::Status status = ReadYaml(text, message, nullptr, &errors);
  EXPECT_EQ(status.ok(), errors.empty());
  return errors;
}

// "line:column field" of each error.
std::vector<std::string> Places(std::string_view text) {
  std::vector<std::string> places;
  for (const YamlError& error : Errors(text)) {
    places.push_back(std::to_string(error.at.line) + ":" + std::to_string(error.at.column) + " " +
                     error.field);
  }
  return places;
}

// --- values ---

TEST(YamlReader, ReadsEveryScalar) {
  const EveryType message = Read(
      "flag: true\nint32_value: -7\nint64_value: \"-9223372036854775808\"\nuint32_value: "
      "4294967295\n"
      "uint64_value: 18446744073709551615\nsint32_value: -1\nfixed64_value: 3\nfloat_value: 0.5\n"
      "double_value: 1e300\nstring_value: 7\nbytes_value: 3q2+7w==\nweight: "
      "very-heavy\noptional_int32: 0\n");
  EXPECT_TRUE(message.flag());
  EXPECT_EQ(message.int32_value(), -7);
  EXPECT_EQ(message.int64_value(), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(message.uint32_value(), std::numeric_limits<uint32_t>::max());
  EXPECT_EQ(message.uint64_value(), std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(message.sint32_value(), -1);
  EXPECT_EQ(message.fixed64_value(), 3U);
  EXPECT_EQ(message.float_value(), 0.5F);
  EXPECT_EQ(message.double_value(), 1e300);
  EXPECT_EQ(message.string_value(), "7");
  EXPECT_EQ(message.bytes_value(), "\xde\xad\xbe\xef");
  EXPECT_EQ(message.weight(), testing::v1::PROMISE_WEIGHT_VERY_HEAVY);
  EXPECT_TRUE(message.has_optional_int32());
}

TEST(YamlReader, RefusesValuesOfAnotherType) {
  for (const std::string text : {"flag: yes",
                                 "flag: 1",
                                 "flag: \"true\"",
                                 "flag: [true]",
                                 "int32_value: 7.0",
                                 "int32_value: \"7\"",
                                 "int32_value: 2147483648",
                                 "int32_value: seven",
                                 "uint32_value: -1",
                                 "uint64_value: 18446744073709551616",
                                 "float_value: 1e39",
                                 "double_value: big",
                                 "double_value: 1e999",
                                 "double_value: inf",
                                 "bytes_value: \"???\"",
                                 "weight: heavyish",
                                 "string_value: [a]",
                                 "string_value: {a: b}",
                                 "inner: [a]",
                                 "strings: a",
                                 "strings: {a: b}",
                                 "texts: [a]",
                                 "texts: a",
                                 "date: soon",
                                 "date: 2015-02-30",
                                 "date: [2015]",
                                 "time: 2016-03-18",
                                 "time: 2016-03-18T09:00:00",
                                 "time: infinite-future",
                                 "duration: P1M",
                                 "duration: soon",
                                 "duration: inf",
                                 "strings: [~]",
                                 "texts: {a: }",
                                 "numbered: {one: a}",
                                 "answers: {maybe: light}",
                                 "numbers: [1, two]",
                                 "inners: [[a]]"}) {
    EXPECT_THAT(Errors(text), SizeIs(1)) << text;
  }
}

TEST(YamlReader, ReadsNumbersThatAreNone) {
  EXPECT_EQ(Read("double_value: .inf").double_value(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(Read("double_value: -.inf").double_value(), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(Read("float_value: .nan").float_value()));
}

TEST(YamlReader, TakesEnumsByShortNameInAnyCaseOrInFull) {
  for (const std::string name : {"very-heavy", "VERY_HEAVY", "VeryHeavy", "very_heavy",
                                 "PROMISE_WEIGHT_VERY_HEAVY", "promise-weight-very-heavy", "2"}) {
    EXPECT_EQ(Read("weight: " + name).weight(), testing::v1::PROMISE_WEIGHT_VERY_HEAVY) << name;
  }
  EXPECT_EQ(Errors("weight: very-haevy")[0].mend, "Did you mean \"very-heavy\"?");
  EXPECT_EQ(Errors("weight: x")[0].mend, "Known names: light, very-heavy.");
}

TEST(YamlReader, LeavesNullUnset) {
  const EveryType message = Read("string_value:\ninner: ~\nstrings: null\nflag: true\n");
  EXPECT_FALSE(message.has_inner());
  EXPECT_TRUE(message.string_value().empty());
  EXPECT_TRUE(message.flag());
}

TEST(YamlReader, ReplacesListsAndLeavesTheRest) {
  EveryType message;
  message.add_strings("old");
  (*message.mutable_texts())["old"] = "old";
  message.set_int32_value(7);
  message.mutable_inner()->set_label("old");
  ASSERT_TRUE(ReadYaml("strings: [new]\ntexts: {new: new}\ninner: {count: 1}", message).ok());
  EXPECT_THAT(message.strings(), ElementsAre("new"));
  EXPECT_EQ(message.texts_size(), 1);
  EXPECT_EQ(message.int32_value(), 7);
  EXPECT_EQ(message.inner().label(), "old");
  ASSERT_TRUE(ReadYaml("", message).ok());
  EXPECT_EQ(message.int32_value(), 7);
}

TEST(YamlReader, TakesJson) {
  const EveryType message =
      Read(R"({"stringValue": "a", "int64Value": "7", "inner": {"label": "x"}})");
  EXPECT_EQ(message.string_value(), "a");
  EXPECT_EQ(message.int64_value(), 7);
  EXPECT_EQ(message.inner().label(), "x");
}

// --- shorter forms ---

TEST(YamlReader, ReadsDatesTimesAndDurations) {
  const EveryType message = Read(
      "date: 2011-06\ntime: 2016-03-18T09:00:00.25+08:00\nduration: PT12H\ndates: [2011, "
      "2011-06-15]\n");
  EXPECT_EQ(message.date().year(), 2011);
  EXPECT_EQ(message.date().month(), 6);
  EXPECT_EQ(message.date().day(), 0);
  EXPECT_EQ(message.time().seconds(), 1458262800);
  EXPECT_EQ(message.time().nanos(), 250'000'000);
  EXPECT_EQ(message.duration().seconds(), 43200);
  EXPECT_EQ(message.dates(1).day(), 15);
  EXPECT_EQ(Read("duration: 3600s").duration().seconds(), 3600);
  EXPECT_EQ(Read("duration: -1.5s").duration().seconds(), -1);
  EXPECT_EQ(Read("duration: -1.5s").duration().nanos(), -500'000'000);
  EXPECT_EQ(Read("duration: -P2D").duration().seconds(), -172800);
  EXPECT_EQ(Read("date: {year: 2011, month: 6}").date().month(), 6);
  EXPECT_EQ(Read("time: 1969-12-31T23:59:59.5Z").time().seconds(), -1);
  EXPECT_EQ(Read("time: 1969-12-31T23:59:59.5Z").time().nanos(), 500'000'000);
}

TEST(YamlReader, LetsAScalarStandForTheFirstField) {
  EXPECT_EQ(Read("inner: x").inner().label(), "x");
  EXPECT_EQ(Read("inners: [x, {label: y, count: 2}]").inners(1).count(), 2);
  EXPECT_EQ(Read("numbered: {7: x}").numbered().at(7).label(), "x");
}

TEST(YamlReader, LetsAListStandForTheOnlyField) {
  EXPECT_THAT(Read("labels: [a, b]").labels().labels(), ElementsAre("a", "b"));
  EXPECT_THAT(Read("labels: {labels: [a, b]}").labels().labels(), ElementsAre("a", "b"));
}

TEST(YamlReader, ReadsGuardsAsPeopleWriteThem) {
  workflows::v1::Guard guard;
  ASSERT_TRUE(
      ReadYaml("all: [{check: quorum-met}, {not: {check: {name: x, with: {days: \"7\"}}}}]", guard)
          .ok());
  workflows::v1::Guard expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(all { of { check { name: "quorum-met" } }
             of { not { check { name: "x" with { key: "days" value: "7" } } } } })",
      &expected));
  EXPECT_EQ(guard.DebugString(), expected.DebugString());
  // The first field of a guard is a list, so a name alone says nothing.
  EXPECT_FALSE(ReadYaml("quorum-met", guard).ok());
  EXPECT_FALSE(ReadYaml("all: quorum-met", guard).ok());
}

TEST(YamlReader, ReadsAnyMessageByItsType) {
  api::v1::AsOf as_of;
  ASSERT_TRUE(Read("any: {\"@type\": kasundo.api.v1.AsOf, position: 7}").any().UnpackTo(&as_of));
  EXPECT_EQ(as_of.position(), 7);
  api::v1::CivilDate date;
  ASSERT_TRUE(Read("any: {\"@type\": type.googleapis.com/kasundo.api.v1.CivilDate, value: 2011}")
                  .any()
                  .UnpackTo(&date));
  EXPECT_EQ(date.year(), 2011);
  EXPECT_THAT(Places("any: {\"@type\": kasundo.api.v1.Asof, position: 7}"),
              ElementsAre("1:16 any"));
  EXPECT_THAT(Places("any: {\"@type\": kasundo.api.v1.AsOf, positoin: 7}"),
              ElementsAre("1:37 any.positoin"));
}

TEST(YamlReader, ReadsWhateverStandsInAStruct) {
  const EveryType message =
      Read("structure: {a: 1.5, b: \"1.5\", c: [true, ~, x], d: {e: -2}}\nvalue: [1]\n");
  const auto& fields = message.structure().fields();
  EXPECT_EQ(fields.at("a").number_value(), 1.5);
  EXPECT_EQ(fields.at("b").string_value(), "1.5");
  EXPECT_TRUE(fields.at("c").list_value().values(0).bool_value());
  EXPECT_TRUE(fields.at("c").list_value().values(1).has_null_value());
  EXPECT_EQ(fields.at("c").list_value().values(2).string_value(), "x");
  EXPECT_EQ(fields.at("d").struct_value().fields().at("e").number_value(), -2);
  EXPECT_EQ(message.value().list_value().values_size(), 1);
  EXPECT_TRUE(Read("value: ~").value().has_null_value());
}

// --- faults ---

TEST(YamlReader, NamesThePlaceOfEveryFaultAtOnce) {
  EXPECT_THAT(Places("flag: maybe\n"
                     "inner:\n"
                     "  label: x\n"
                     "  cuont: 7\n"
                     "inners:\n"
                     "  - label: y\n"
                     "    count: z\n"
                     "  - more: [{count: q}]\n"
                     "nothing: 1\n"),
              ElementsAre("1:7 flag", "4:3 inner.cuont", "7:12 inners[0].count",
                          "8:20 inners[1].more[0].count", "9:1 nothing"));
}

TEST(YamlReader, SuggestsTheNearestKey) {
  EXPECT_EQ(Errors("inner: {cuont: 7}")[0].mend, "Did you mean \"count\"?");
  EXPECT_EQ(Errors("inner: {zzz: 7}")[0].mend, "Known keys: label, count, inner, more.");
}

TEST(YamlReader, RefusesKeysThatStandTwice) {
  EXPECT_THAT(Places("flag: true\nflag: true\n"), ElementsAre("2:1 "));
  EXPECT_THAT(Places("int32_value: 1\nint32Value: 1\n"), ElementsAre("2:1 int32_value"));
  EXPECT_THAT(Places("texts: {a: b, \"a\": c}"), ElementsAre("1:15 "));
  EXPECT_THAT(Places("numbered: {7: a, 007: b}"), ElementsAre("1:18 numbered[\"007\"]"));
}

TEST(YamlReader, RefusesTwoMembersOfOneOneof) {
  EXPECT_THAT(Places("choice_name: a\nchoice_number: 7\n"), ElementsAre("2:1 choice_number"));
  EXPECT_THAT(Places("choice_name: a\nchoice_number: ~\n"), IsEmpty());
}

TEST(YamlReader, RefusesAsInvalidArgument) {
  EveryType message;
  const absl::Status wrong = ReadYaml("flag: maybe", message);
  EXPECT_EQ(wrong.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(wrong), "FIELD_INVALID");
  EXPECT_EQ(RefusalOf(wrong)->field(), "flag");
  EXPECT_EQ(RefusalOf(wrong)->metadata().at("line"), "1");
  const absl::Status malformed = ReadYaml("flag: [", message);
  EXPECT_EQ(malformed.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(malformed), "MALFORMED_REQUEST");
}

TEST(YamlReader, FillsAMessageThatIsChosenByAKey) {
  // As a manifest does: the key says the type.
  const auto document = ParseYaml("- MakePromise:\n    promise_id: p1\n    due: 2016-02-30\n");
  ASSERT_TRUE(document.ok()) << document.status();
  const YamlNode& step = document->items()[0];
  ASSERT_THAT(step.entries(), SizeIs(1));
  EXPECT_EQ(step.entries()[0].key, "MakePromise");
  testing::v1::MakePromiseRequest request;
  const auto errors =
      ReadYamlNode(step.entries()[0].value, request, nullptr, "steps[0].MakePromise");
  EXPECT_EQ(request.promise_id(), "p1");
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_EQ(errors[0].at, (SourcePosition{3, 10}));
  EXPECT_EQ(errors[0].field, "steps[0].MakePromise.due");
}

TEST(SourceMap, FindsTheNearestPathAbove) {
  workflows::v1::WorkflowDefinition definition;
  SourceMap where;
  ASSERT_TRUE(ReadYaml("kind: x\n"
                       "transitions:\n"
                       "  - on: [A]\n"
                       "    to: b\n"
                       "parameters: {days: \"7\"}\n",
                       definition, &where)
                  .ok());
  EXPECT_EQ(where.Find("transitions[0].to"), (SourcePosition{4, 9}));
  EXPECT_EQ(where.Find("transitions[0].on[0]"), (SourcePosition{3, 10}));
  EXPECT_EQ(where.Find("transitions[0].by[2]"), (SourcePosition{3, 5}));
  EXPECT_EQ(where.Find("parameters[\"days\"]"), (SourcePosition{5, 20}));
  EXPECT_EQ(where.Find("steps[0].id"), (SourcePosition{1, 1}));
  EXPECT_EQ(SourceMap().Find("steps"), SourcePosition());
}

// --- documents ---

std::vector<YamlError> ParseErrors(const std::string& text) {
  std::vector<YamlError> errors;
  const auto node = ParseYaml(text, &errors);
  EXPECT_EQ(node.ok(), errors.empty());
  return errors;
}

TEST(YamlDocument, FollowsAliases) {
  const EveryType message = Read("inner: &a {label: x}\ninners: [*a, *a]\n");
  EXPECT_EQ(message.inners(1).label(), "x");
}

TEST(YamlDocument, RefusesAliasesThatUnfoldWithoutEnd) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j == 0 ? "*a" : ", *a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  EXPECT_THAT(ParseErrors(bomb), SizeIs(1));
  EXPECT_THAT(ParseErrors("a: &a [*a]\n"), SizeIs(1));
}

TEST(YamlDocument, RefusesDeepNesting) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_THAT(ParseErrors(nested(kYamlMaxDepth)), IsEmpty());
  EXPECT_THAT(ParseErrors(nested(kYamlMaxDepth + 1)), SizeIs(1));
  EXPECT_THAT(ParseErrors(nested(100'000)), SizeIs(1));
  // Depth that only aliases make.
  std::string chain = "a0: &a0 [x]\n";
  for (int i = 1; i < 80; ++i) {
    chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
             "]\n";
  }
  EXPECT_THAT(ParseErrors(chain), SizeIs(1));
}

TEST(YamlDocument, RefusesWhatIsTooLong) {
  EXPECT_THAT(ParseErrors(std::string(kYamlMaxBytes + 1, ' ')), SizeIs(1));
}

TEST(YamlDocument, RefusesWhatIsNoUtf8Text) {
  for (const std::string text : {"a: \xff", "a: \xc0\x80", "a: \xed\xa0\x80", "a: \xf4\x90\x80\x80",
                                 "a: \xe2\x80", "a: \x01", "a: \x04"}) {
    const auto errors = ParseErrors(text);
    ASSERT_THAT(errors, SizeIs(1)) << text;
    EXPECT_EQ(errors[0].at, (SourcePosition{1, 4})) << text;
  }
  EXPECT_THAT(ParseErrors(std::string("a: \0b", 5)), SizeIs(1));
  EXPECT_THAT(ParseErrors("a: \xc3\xb1 \xe2\x82\xb1 \xf0\x9f\x98\x80"), IsEmpty());
}

TEST(YamlDocument, RefusesTagsAndKeysThatAreNoTexts) {
  EXPECT_THAT(ParseErrors("a: !!binary x"), SizeIs(1));
  EXPECT_THAT(ParseErrors("a: !thing {b: c}"), SizeIs(1));
  EXPECT_THAT(ParseErrors("? [a]\n: b\n"), SizeIs(1));
}

TEST(YamlDocument, NamesThePlaceOfASyntaxError) {
  const auto errors = ParseErrors("a: b\nc: [d\n");
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_GE(errors[0].at.line, 2);
  EXPECT_FALSE(errors[0].message.empty());
}

TEST(YamlDocument, SplitsDocuments) {
  const auto documents = ParseYamlDocuments("a: b\n---\nc: d\n");
  ASSERT_TRUE(documents.ok()) << documents.status();
  ASSERT_THAT(*documents, SizeIs(2));
  EXPECT_EQ((*documents)[1].Find("c")->scalar(), "d");
  EXPECT_EQ((*documents)[1].Find("c")->at(), (SourcePosition{3, 4}));
  EXPECT_THAT(ParseErrors("a: b\n---\nc: d\n"), SizeIs(1));
  EXPECT_THAT(*ParseYamlDocuments(""), IsEmpty());
}

TEST(YamlDocument, TellsQuotedFromPlain) {
  const auto document = ParseYaml("a: x\nb: \"x\"\nc: |\n  x\nd: ~\ne: \"~\"\n");
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_TRUE(document->Find("a")->plain());
  EXPECT_FALSE(document->Find("b")->plain());
  EXPECT_FALSE(document->Find("c")->plain());
  EXPECT_EQ(document->Find("d")->kind(), YamlNode::Kind::kNull);
  EXPECT_EQ(document->Find("e")->kind(), YamlNode::Kind::kScalar);
  EXPECT_EQ(document->Find("f"), nullptr);
}

}  // namespace
}  // namespace kasundo
