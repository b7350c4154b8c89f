#include "workflows/engine/yaml_writer.h"

#include <array>
#include <random>

#include "fmt/format.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "rapidcheck.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using testing::v1::EveryType;

// The message that the text of `message` gives.
template <typename M>
M Again(const M& message) {
  const std::string text = WriteYaml(message);
  M again;
  const absl::Status status = ReadYaml(text, again);
  EXPECT_TRUE(status.ok()) << status << "\n" << text;
  return again;
}

TEST(YamlWriter, WritesFieldsInTheOrderOfTheirDeclarationAndLeavesOutWhatIsNotSet) {
  testing::v1::Promise promise;
  promise.set_rewordings(2);
  promise.set_name("realms/test/promises/p1");
  promise.mutable_due()->set_year(2016);
  promise.mutable_due()->set_month(3);
  promise.set_weight(testing::v1::PROMISE_WEIGHT_VERY_HEAVY);
  promise.mutable_kept_time()->set_seconds(1458262800);
  promise.add_witnesses("realms/test/offices/bishop");
  promise.set_text("to send the minutes");
  EXPECT_EQ(WriteYaml(promise),
            "name: realms/test/promises/p1\n"
            "text: to send the minutes\n"
            "due: 2016-03\n"
            "weight: very-heavy\n"
            "witnesses:\n"
            "  - realms/test/offices/bishop\n"
            "rewordings: 2\n"
            "kept_time: 2016-03-18T01:00:00Z\n");
}

TEST(YamlWriter, WritesNothingAsAnEmptyMapping) { EXPECT_EQ(WriteYaml(EveryType()), "{}\n"); }

TEST(YamlWriter, LeavesSecretsOut) {
  EveryType message;
  message.set_secret("hunter2");
  message.set_flag(true);
  EXPECT_EQ(WriteYaml(message), "flag: true\n");
  EveryType outer;
  outer.mutable_any()->PackFrom(message);
  EXPECT_EQ(WriteYaml(outer).find("hunter2"), std::string::npos);
}

TEST(YamlWriter, QuotesTextsThatLookLikeSomethingElse) {
  for (const std::string text : {"",
                                 " ",
                                 "7",
                                 "7.5",
                                 "true",
                                 "Yes",
                                 "null",
                                 "~",
                                 "2016-03-18",
                                 "- a",
                                 "a: b",
                                 "a #b",
                                 "{a}",
                                 "[a]",
                                 "&a",
                                 "*a",
                                 "!a",
                                 "%a",
                                 "@a",
                                 "`a",
                                 "'a",
                                 "\"a",
                                 "a\n",
                                 "a\nb",
                                 "a\nb\n",
                                 "\na",
                                 " a\nb\n",
                                 "a\n\n",
                                 "a\tb",
                                 "a\\b",
                                 "?",
                                 ":",
                                 "a:",
                                 ".inf",
                                 "0x1F",
                                 "1e5",
                                 "--- a",
                                 "...",
                                 "\x01\x1f",
                                 "\xc2\x85",
                                 "\xe2\x80\xa8",
                                 "Nu\xc3\xb1\xc2\xa0",
                                 "\xf0\x9f\x98\x80",
                                 "\xef\xbb\xbf",
                                 "a\r\nb",
                                 "x\x7f",
                                 "<<",
                                 "=",
                                 "a, b",
                                 "it's",
                                 "a  b",
                                 "a\n  b\n c\n"}) {
    EveryType message;
    message.set_string_value(text);
    message.add_strings(text);
    (*message.mutable_texts())[text] = text;
    (*message.mutable_structure()->mutable_fields())[text].set_string_value(text);
    EXPECT_TRUE(MessageDifferencer::Equals(Again(message), message)) << WriteYaml(message);
  }
}

TEST(YamlWriter, WritesTextsOfSeveralLinesAsBlocks) {
  EveryType message;
  message.set_string_value("Whereas\nit was promised\n");
  EXPECT_EQ(WriteYaml(message), "string_value: |\n  Whereas\n  it was promised\n");
}

TEST(YamlWriter, TellsWhatIsThereFromWhatIsNot) {
  EveryType message;
  message.set_optional_int32(0);
  message.mutable_inner();
  message.set_choice_name("");
  message.add_inners();
  message.mutable_date();
  message.add_weights(testing::v1::PROMISE_WEIGHT_UNSPECIFIED);
  const EveryType again = Again(message);
  EXPECT_TRUE(MessageDifferencer::Equals(again, message)) << WriteYaml(message);
  EXPECT_TRUE(again.has_optional_int32());
  EXPECT_TRUE(again.has_inner());
  EXPECT_EQ(again.choice_case(), EveryType::kChoiceName);
  EXPECT_EQ(again.inners_size(), 1);
}

TEST(YamlWriter, WritesDatesThatDoNotExistAsTheyAre) {
  EveryType message;
  message.mutable_date()->set_year(2015);
  message.mutable_date()->set_month(2);
  message.mutable_date()->set_day(30);
  message.mutable_time()->set_seconds(-99'999'999'999'999);
  message.mutable_duration()->set_seconds(1);
  message.mutable_duration()->set_nanos(-1);
  EXPECT_TRUE(MessageDifferencer::Equals(Again(message), message)) << WriteYaml(message);
}

TEST(YamlWriter, KeepsAnAny) {
  EveryType message;
  api::v1::AsOf as_of;
  as_of.set_position(7);
  message.mutable_any()->PackFrom(as_of);
  EXPECT_EQ(WriteYaml(message), "any:\n  \"@type\": kasundo.api.v1.AsOf\n  position: 7\n");
  EXPECT_TRUE(MessageDifferencer::Equals(Again(message), message));
  EveryType with_date;
  api::v1::CivilDate date;
  date.set_year(2011);
  with_date.mutable_any()->PackFrom(date);
  EXPECT_EQ(WriteYaml(with_date), "any:\n  \"@type\": kasundo.api.v1.CivilDate\n  value: 2011\n");
  EXPECT_TRUE(MessageDifferencer::Equals(Again(with_date), with_date));
  EveryType unknown;
  unknown.mutable_any()->set_type_url("type.googleapis.com/kasundo.unknown.v1.X");
  unknown.mutable_any()->set_value("\x01\xff");
  EXPECT_TRUE(MessageDifferencer::Equals(Again(unknown), unknown)) << WriteYaml(unknown);
}

// A message with random fields set, from one seed.
class RandomMessage {
 public:
  explicit RandomMessage(uint64_t seed) : random_(seed) {}

  void Fill(Message& message, int depth = 0) {
    const auto* type = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    if (type->full_name() == "google.protobuf.Any") {
      EveryType inside;
      if (depth < 3) Fill(inside, depth + 2);
      inside.clear_secret();
      const google::protobuf::FieldDescriptor* url = type->FindFieldByNumber(1);
      reflection->SetString(&message, url, "type.googleapis.com/kasundo.testing.v1.EveryType");
      reflection->SetString(&message, type->FindFieldByNumber(2), inside.SerializeAsString());
      return;
    }
    const bool must = type->full_name() == "google.protobuf.Value";
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (field->name() == "secret") continue;
      if (field->message_type() != nullptr && depth > 4) continue;
      if (!must && Pick(3) != 0) continue;
      if (must && reflection->HasOneof(message, type->oneof_decl(0)) && Pick(3) != 0) continue;
      const int times = field->is_repeated() ? Pick(4) : 1;
      for (int j = 0; j < times; ++j) Set(message, field, depth);
    }
  }

 private:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<uint64_t>(below)); }

  // Often an extreme, else anything.
  template <typename Number>
  Number Integer() {
    switch (Pick(5)) {
      case 0:
        return 0;
      case 1:
        return std::numeric_limits<Number>::min();
      case 2:
        return std::numeric_limits<Number>::max();
      case 3:
        return static_cast<Number>(Pick(100));
      default:
        return static_cast<Number>(random_());
    }
  }

  template <typename Number>
  Number Real() {
    switch (Pick(5)) {
      case 0:
        return std::numeric_limits<Number>::infinity();
      case 1:
        return std::numeric_limits<Number>::denorm_min();
      case 2:
        return -std::numeric_limits<Number>::max();
      case 3:
        return static_cast<Number>(Pick(1000)) / 8;
      default:
        return static_cast<Number>(random_()) / static_cast<Number>(3e9);
    }
  }

  std::string Text() {
    constexpr std::array<std::string_view, 28> kPieces = {
        "a",    "B",   "7", " ", "\n", "\t", ":", "#", "-", "'", "\"",       "\\",           "{",
        "}",    "[",   "]", ",", "&",  "*",  "!", "|", ">", "%", "\xc3\xb1", "\xe2\x80\xa9", "~",
        "null", "true"};
    std::string text;
    for (int length = Pick(8); length > 0; --length) {
      text += kPieces[static_cast<size_t>(Pick(static_cast<int>(kPieces.size())))];
    }
    return text;
  }

  void Set(Message& message, const FieldDescriptor* field, int depth) {
    const auto* reflection = message.GetReflection();
    const bool adds = field->is_repeated();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        adds ? reflection->AddBool(&message, field, Pick(2) == 0)
             : reflection->SetBool(&message, field, Pick(2) == 0);
        return;
      case FieldDescriptor::CPPTYPE_INT32: {
        const auto value = Integer<int32_t>();
        adds ? reflection->AddInt32(&message, field, value)
             : reflection->SetInt32(&message, field, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_INT64: {
        const auto value = Integer<int64_t>();
        adds ? reflection->AddInt64(&message, field, value)
             : reflection->SetInt64(&message, field, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_UINT32: {
        const auto value = Integer<uint32_t>();
        adds ? reflection->AddUInt32(&message, field, value)
             : reflection->SetUInt32(&message, field, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_UINT64: {
        const auto value = Integer<uint64_t>();
        adds ? reflection->AddUInt64(&message, field, value)
             : reflection->SetUInt64(&message, field, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_FLOAT:
        reflection->SetFloat(&message, field, Real<float>());
        return;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        reflection->SetDouble(&message, field, Real<double>());
        return;
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string value = Text();
        adds ? reflection->AddString(&message, field, value)
             : reflection->SetString(&message, field, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        // 9 is a value of a newer program.
        const bool null = field->enum_type()->full_name() == "google.protobuf.NullValue";
        const int value = null ? 0 : std::array{0, 1, 2, 9}[static_cast<size_t>(Pick(4))];
        adds ? reflection->AddEnumValue(&message, field, value)
             : reflection->SetEnumValue(&message, field, value);
        return;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (field->is_map()) {
          SetEntry(message, field, depth);
        } else {
          Fill(adds ? *reflection->AddMessage(&message, field)
                    : *reflection->MutableMessage(&message, field),
               depth + 1);
        }
        return;
    }
  }

  void SetEntry(Message& message, const FieldDescriptor* field, int depth) {
    const auto* reflection = message.GetReflection();
    std::unique_ptr<Message> entry(
        reflection->GetMessageFactory()->GetPrototype(field->message_type())->New());
    const auto* key = field->message_type()->map_key();
    Set(*entry, key, depth);
    // Two entries of one key would come back as one.
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const Message& other = reflection->GetRepeatedMessage(message, field, i);
      if (MessageDifferencer::Equals(*KeyOnly(other), *KeyOnly(*entry))) return;
    }
    if (field->message_type()->map_value()->message_type() != nullptr) {
      Fill(*entry->GetReflection()->MutableMessage(entry.get(), field->message_type()->map_value()),
           depth + 1);
    } else {
      Set(*entry, field->message_type()->map_value(), depth);
    }
    reflection->AddAllocatedMessage(&message, field, entry.release());
  }

  static std::unique_ptr<Message> KeyOnly(const Message& entry) {
    std::unique_ptr<Message> copy(entry.New());
    copy->CopyFrom(entry);
    copy->GetReflection()->ClearField(copy.get(), entry.GetDescriptor()->map_value());
    return copy;
  }

  std::mt19937_64 random_;
};

TEST(YamlWriter, GivesBackEveryMessageThatItWrote) {
  const bool held = rc::check("read(write(m)) == m", [](uint64_t seed) {
    EveryType message;
    RandomMessage(seed).Fill(message);
    const std::string text = WriteYaml(message);
    EveryType again;
    const absl::Status status = ReadYaml(text, again);
    if (!status.ok()) RC_FAIL(fmt::format("{}\n{}", status.ToString(), text));
    MessageDifferencer differencer;
    std::string differences;
    differencer.ReportDifferencesToString(&differences);
    if (!differencer.Compare(message, again)) RC_FAIL(differences + text);
    // The same text again: nothing in it depends on the order of a map.
    RC_ASSERT(WriteYaml(again) == text);
  });
  EXPECT_TRUE(held);
}

TEST(YamlWriter, GivesBackDefinitionsToo) {
  EXPECT_TRUE(rc::check("read(write(definition)) == definition", [](uint64_t seed) {
    workflows::v1::WorkflowDefinition message;
    RandomMessage(seed).Fill(message);
    workflows::v1::WorkflowDefinition again;
    const absl::Status status = ReadYaml(WriteYaml(message), again);
    if (!status.ok()) RC_FAIL(status.ToString());
    RC_ASSERT(MessageDifferencer::Equals(again, message));
  }));
}

}  // namespace
}  // namespace kasundo
