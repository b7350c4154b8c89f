#include "workflows/engine/yaml_writer.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/time/time.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "kasundo/api/v1/annotations.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/yaml_reader.h"
#include "yaml-cpp/emitter.h"

namespace kasundo {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

constexpr int64_t kMostSeconds = 315'576'000'000;  // of a google.protobuf.Duration
constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kEndSecond = 253'402'300'800;    // 10000-01-01T00:00:00Z
constexpr int kNanos = 1'000'000'000;

// Whether the text means itself, and nothing else, without quotes: to our reader, to which it is a
// text because the field is one, and to any other, which goes by how it looks.
bool IsPlain(std::string_view text) {
  if (text.empty() || text.size() > 200) return false;
  const auto is_letter = [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); };
  const auto is_digit = [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); };
  if (!is_letter(text.front()) || text.back() == ' ' || text.back() == ':') return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_letter(c) || is_digit(c) ||
        std::string_view("-_./()+;'").find(c) != std::string_view::npos)
      continue;
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    if ((c == ':' || c == ',') && (c == ',' || next != ' ')) continue;
    if (c == ' ' && next != '#' && next != ' ') continue;
    return false;
  }
  const std::string lower = absl::AsciiStrToLower(std::string(text));
  constexpr std::string_view kWords[] = {"null", "true", "false", "yes", "no",
                                         "on",   "off",  "y",     "n"};
  return std::find(std::begin(kWords), std::end(kWords), lower) == std::end(kWords);
}

// Whether a block gives the text back unchanged: YAML keeps one newline at the end and takes spaces
// at the very beginning for indentation.
bool IsBlock(std::string_view text) {
  if (text.size() < 2 || text.back() != '\n' || text[text.size() - 2] == '\n') return false;
  if (text.front() == ' ' || text.front() == '\n') return false;
  const std::string_view inside = text.substr(0, text.size() - 1);
  if (inside.find('\n') == std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

bool IsSecret(const FieldDescriptor* field) {
  return field->options().GetExtension(api::v1::field).secret();
}

class Writer {
 public:
  std::string Text() const {
    std::string text(out_.c_str(), out_.size());
    if (!text.ends_with('\n')) text += '\n';  // a block at the end has brought its own
    return text;
  }

  void WriteMessage(const Message& message) {
    const Descriptor* type = message.GetDescriptor();
    if (WriteScalarForm(message)) return;
    if (type->full_name() == "google.protobuf.Value") return WriteValue(message);
    if (type->full_name() == "google.protobuf.Struct") return WriteStruct(message);
    if (type->full_name() == "google.protobuf.ListValue") {
      return WriteList(message, type->FindFieldByNumber(1));
    }
    if (type->full_name() == "google.protobuf.Any" && WriteAny(message)) return;
    WriteFields(message, "");
  }

 private:
  // The set fields of a message; `type_name`, if there is one, comes before them as "@type".
  void WriteFields(const Message& message, std::string_view type_name) {
    std::vector<const FieldDescriptor*> fields;
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      const auto* reflection = message.GetReflection();
      const bool set = field->is_repeated() ? reflection->FieldSize(message, field) > 0
                                            : reflection->HasField(message, field);
      if (set && !IsSecret(field)) fields.push_back(field);
    }
    // An empty mapping has to be written in flow style, or nothing would stand there.
    if (fields.empty() && type_name.empty()) {
      out_ << YAML::Flow << YAML::BeginMap << YAML::EndMap;
      return;
    }
    out_ << YAML::Block << YAML::BeginMap;
    if (!type_name.empty()) {
      out_ << YAML::Key << YAML::DoubleQuoted << "@type" << YAML::Value << std::string(type_name);
    }
    for (const FieldDescriptor* field : fields) {
      out_ << YAML::Key << field->name() << YAML::Value;
      WriteField(message, field);
    }
    out_ << YAML::EndMap;
  }

  void WriteField(const Message& message, const FieldDescriptor* field) {
    if (field->is_map()) {
      WriteMap(message, field);
    } else if (field->is_repeated()) {
      WriteList(message, field);
    } else {
      WriteSingle(message, field, -1);
    }
  }

  void WriteList(const Message& message, const FieldDescriptor* field) {
    const int size = message.GetReflection()->FieldSize(message, field);
    if (size == 0) {
      out_ << YAML::Flow << YAML::BeginSeq << YAML::EndSeq;
      return;
    }
    out_ << YAML::Block << YAML::BeginSeq;
    for (int i = 0; i < size; ++i) WriteSingle(message, field, i);
    out_ << YAML::EndSeq;
  }

  // Maps have no order; by key they always come out the same.
  void WriteMap(const Message& message, const FieldDescriptor* field) {
    const auto* reflection = message.GetReflection();
    const FieldDescriptor* key = field->message_type()->map_key();
    const FieldDescriptor* value = field->message_type()->map_value();
    std::vector<std::pair<std::string, const Message*>> entries;
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const Message& entry = reflection->GetRepeatedMessage(message, field, i);
      entries.emplace_back(KeyText(entry, key), &entry);
    }
    std::sort(entries.begin(), entries.end());
    if (entries.empty()) {
      out_ << YAML::Flow << YAML::BeginMap << YAML::EndMap;
      return;
    }
    out_ << YAML::Block << YAML::BeginMap;
    for (const auto& [text, entry] : entries) {
      out_ << YAML::Key;
      if (key->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        WriteText(text, false);
      } else {
        out_ << text;
      }
      out_ << YAML::Value;
      WriteSingle(*entry, value, -1);
    }
    out_ << YAML::EndMap;
  }

  static std::string KeyText(const Message& entry, const FieldDescriptor* key) {
    const auto* reflection = entry.GetReflection();
    switch (key->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection->GetBool(entry, key) ? "true" : "false";
      case FieldDescriptor::CPPTYPE_INT32:
        return std::to_string(reflection->GetInt32(entry, key));
      case FieldDescriptor::CPPTYPE_INT64:
        return std::to_string(reflection->GetInt64(entry, key));
      case FieldDescriptor::CPPTYPE_UINT32:
        return std::to_string(reflection->GetUInt32(entry, key));
      case FieldDescriptor::CPPTYPE_UINT64:
        return std::to_string(reflection->GetUInt64(entry, key));
      case FieldDescriptor::CPPTYPE_STRING:
        return reflection->GetString(entry, key);
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_ENUM:
      case FieldDescriptor::CPPTYPE_MESSAGE:
        break;  // protobuf allows none of these as a key
    }
    return "";
  }

  // One value of a field: the `index`-th of a list, or the only one (-1).
  void WriteSingle(const Message& message, const FieldDescriptor* field, int index) {
    const auto* reflection = message.GetReflection();
    const bool listed = index >= 0;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        out_ << (listed ? reflection->GetRepeatedBool(message, field, index)
                        : reflection->GetBool(message, field));
        return;
      case FieldDescriptor::CPPTYPE_INT32:
        out_ << (listed ? reflection->GetRepeatedInt32(message, field, index)
                        : reflection->GetInt32(message, field));
        return;
      case FieldDescriptor::CPPTYPE_INT64:
        out_ << std::to_string(listed ? reflection->GetRepeatedInt64(message, field, index)
                                      : reflection->GetInt64(message, field));
        return;
      case FieldDescriptor::CPPTYPE_UINT32:
        out_ << (listed ? reflection->GetRepeatedUInt32(message, field, index)
                        : reflection->GetUInt32(message, field));
        return;
      case FieldDescriptor::CPPTYPE_UINT64:
        out_ << std::to_string(listed ? reflection->GetRepeatedUInt64(message, field, index)
                                      : reflection->GetUInt64(message, field));
        return;
      case FieldDescriptor::CPPTYPE_FLOAT:
        WriteNumber(listed ? reflection->GetRepeatedFloat(message, field, index)
                           : reflection->GetFloat(message, field));
        return;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        WriteNumber(listed ? reflection->GetRepeatedDouble(message, field, index)
                           : reflection->GetDouble(message, field));
        return;
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string text = listed ? reflection->GetRepeatedString(message, field, index)
                                        : reflection->GetString(message, field);
        if (field->type() == FieldDescriptor::TYPE_BYTES) {
          out_ << YAML::DoubleQuoted << absl::Base64Escape(text);
        } else {
          WriteText(text, true);
        }
        return;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = listed ? reflection->GetRepeatedEnumValue(message, field, index)
                                  : reflection->GetEnumValue(message, field);
        WriteEnum(field, number);
        return;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        WriteMessage(listed ? reflection->GetRepeatedMessage(message, field, index)
                            : reflection->GetMessage(message, field));
        return;
    }
  }

  void WriteEnum(const FieldDescriptor* field, int number) {
    const auto* value = field->enum_type()->FindValueByNumber(number);
    if (value == nullptr) {
      out_ << number;
      return;
    }
    // As people type it; a short name that two values share is written in full.
    const std::string name = ShortName(value);
    const auto* meant = FindEnumValue(field->enum_type(), name);
    WriteText(meant != nullptr && meant->number() == number ? name : value->name(), false);
  }

  // The shortest text that gives the same number back.
  template <typename Number>
  void WriteNumber(Number number) {
    if (std::isnan(number)) {
      out_ << ".nan";
    } else if (std::isinf(number)) {
      out_ << (number > 0 ? ".inf" : "-.inf");
    } else {
      out_ << fmt::format("{}", number);
    }
  }

  void WriteText(const std::string& text, bool may_be_block) {
    if (IsPlain(text)) {
      out_ << text;
    } else if (may_be_block && IsBlock(text)) {
      out_ << YAML::Literal << text;
    } else {
      out_ << YAML::DoubleQuoted << text;
    }
  }

  // Dates, times and durations, unless they hold something that has no such form.
  bool WriteScalarForm(const Message& message) {
    const Descriptor* type = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    if (IsCivilDate(type)) {
      const CivilDate date = MakeDate(reflection->GetInt32(message, type->FindFieldByNumber(1)),
                                      reflection->GetInt32(message, type->FindFieldByNumber(2)),
                                      reflection->GetInt32(message, type->FindFieldByNumber(3)));
      if (!IsValid(date)) return false;
      out_ << ToString(date);
      return true;
    }
    if (!IsTimestamp(type) && !IsDuration(type)) return false;
    const int64_t seconds = reflection->GetInt64(message, type->FindFieldByNumber(1));
    const int32_t nanos = reflection->GetInt32(message, type->FindFieldByNumber(2));
    if (IsTimestamp(type)) {
      if (seconds < kFirstSecond || seconds >= kEndSecond || nanos < 0 || nanos >= kNanos) {
        return false;
      }
      const absl::Time time = absl::FromUnixSeconds(seconds) + absl::Nanoseconds(nanos);
      out_ << absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone());
      return true;
    }
    // std::abs of the least number is not defined, so the bounds come first.
    const bool in_range =
        seconds > -kMostSeconds && seconds < kMostSeconds && nanos > -kNanos && nanos < kNanos;
    const bool same_sign = seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0);
    if (!in_range || !same_sign) return false;
    std::string fraction;
    if (nanos != 0) {
      fraction = fmt::format(".{:09}", std::abs(nanos));
      fraction.erase(fraction.find_last_not_of('0') + 1);
    }
    out_ << fmt::format("{}{}{}s", seconds < 0 || nanos < 0 ? "-" : "", std::abs(seconds),
                        fraction);
    return true;
  }

  void WriteStruct(const Message& message) {
    WriteMap(message, message.GetDescriptor()->FindFieldByNumber(1));
  }

  void WriteValue(const Message& message) {
    const Descriptor* type = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    const auto* field = reflection->GetOneofFieldDescriptor(message, type->oneof_decl(0));
    if (field == nullptr || field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      out_ << YAML::Null;
    } else {
      WriteSingle(message, field, -1);
    }
  }

  // False if the type is not linked in, or the bytes are not of it: then its own fields are
  // written.
  bool WriteAny(const Message& message) {
    const Descriptor* any = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    const std::string url = reflection->GetString(message, any->FindFieldByNumber(1));
    const std::string name = url.substr(url.rfind('/') + 1);
    const Descriptor* type = DescriptorPool::generated_pool()->FindMessageTypeByName(name);
    if (type == nullptr) return false;
    const std::unique_ptr<Message> inside(
        MessageFactory::generated_factory()->GetPrototype(type)->New());
    if (!inside->ParseFromString(reflection->GetString(message, any->FindFieldByNumber(2)))) {
      return false;
    }
    // Only a mapping can take the type beside its own keys.
    const Descriptor* descriptor = inside->GetDescriptor();
    const bool has_own_form = IsCivilDate(descriptor) || IsTimestamp(descriptor) ||
                              IsDuration(descriptor) ||
                              (descriptor->file()->package() == "google.protobuf" &&
                               (descriptor->name() == "Struct" || descriptor->name() == "Value" ||
                                descriptor->name() == "ListValue" || descriptor->name() == "Any"));
    if (!has_own_form) {
      WriteFields(*inside, name);
      return true;
    }
    out_ << YAML::Block << YAML::BeginMap << YAML::Key << YAML::DoubleQuoted << "@type"
         << YAML::Value << name << YAML::Key << "value" << YAML::Value;
    WriteMessage(*inside);
    out_ << YAML::EndMap;
    return true;
  }

  YAML::Emitter out_;
};

}  // namespace

std::string WriteYaml(const Message& message) {
  Writer writer;
  writer.WriteMessage(message);
  return writer.Text();
}

}  // namespace kasundo
