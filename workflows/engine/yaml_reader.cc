#include "workflows/engine/yaml_reader.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/time/time.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/iso_duration.h"
#include "workflows/engine/nearest_name.h"

namespace kasundo {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::OneofDescriptor;

constexpr std::string_view kTypeKey = "@type";
constexpr std::string_view kValueKey = "value";
constexpr std::string_view kTypeUrlPrefix = "type.googleapis.com/";
// google.protobuf.Duration's own bound: about 10,000 years.
constexpr int64_t kMostSeconds = 315'576'000'000;

std::string Normalised(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '-' && c != '_') letters.push_back(absl::ascii_toupper(static_cast<unsigned char>(c)));
  }
  return letters;
}

// The name of a value without its enum's prefix: "VERY_HEAVY" of PROMISE_WEIGHT_VERY_HEAVY in
// PromiseWeight.
std::string_view WithoutPrefix(const EnumValueDescriptor* value) {
  const std::string prefix = Normalised(value->type()->name());
  std::string_view name = value->name();
  size_t matched = 0;
  size_t i = 0;
  for (; i < name.size() && matched < prefix.size(); ++i) {
    if (name[i] == '_') continue;
    if (absl::ascii_toupper(static_cast<unsigned char>(name[i])) != prefix[matched]) return name;
    ++matched;
  }
  if (matched < prefix.size() || i + 1 >= name.size() || name[i] != '_') return name;
  return name.substr(i + 1);
}

bool IsStruct(const Descriptor* type) { return type->full_name() == "google.protobuf.Struct"; }
bool IsValue(const Descriptor* type) { return type->full_name() == "google.protobuf.Value"; }
bool IsAny(const Descriptor* type) { return type->full_name() == "google.protobuf.Any"; }
bool IsListValue(const Descriptor* type) {
  return type->full_name() == "google.protobuf.ListValue";
}

// Types whose YAML is not (only) a mapping of their fields.
bool HasOwnForm(const Descriptor* type) {
  return IsCivilDate(type) || IsTimestamp(type) || IsDuration(type) || IsStruct(type) ||
         IsValue(type) || IsListValue(type) || IsAny(type);
}

bool HasScalarForm(const Descriptor* type) {
  return IsCivilDate(type) || IsTimestamp(type) || IsDuration(type) || IsValue(type);
}

// Whether a scalar can stand for the message: its first field, or that one's first field and so on,
// is a scalar.
bool TakesScalar(const Descriptor* type) {
  // Types whose first field is of the same type again have no end.
  for (size_t depth = 0; depth < kYamlMaxDepth; ++depth) {
    if (HasScalarForm(type)) return true;
    if (HasOwnForm(type) || type->field_count() == 0 || type->field(0)->is_repeated()) return false;
    type = type->field(0)->message_type();
    if (type == nullptr) return true;
  }
  return false;
}

bool TakesList(const Descriptor* type) {
  return type->field_count() == 1 && type->field(0)->is_repeated() && !type->field(0)->is_map();
}

template <typename Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template <typename Real>
std::optional<Real> ParseReal(std::string_view text) {
  if (text == ".inf" || text == "Infinity") return std::numeric_limits<Real>::infinity();
  if (text == "-.inf" || text == "-Infinity") return -std::numeric_limits<Real>::infinity();
  if (text == ".nan" || text == "NaN") return std::numeric_limits<Real>::quiet_NaN();
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  // from_chars would also take "infinity" and "nan", which are ordinary words in YAML.
  if (digits.empty() ||
      !(absl::ascii_isdigit(static_cast<unsigned char>(digits[0])) || digits[0] == '.')) {
    return std::nullopt;
  }
  return ParseNumber<Real>(text);
}

std::optional<bool> ParseBool(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

// How an error shows a value that somebody wrote.
std::string Quoted(const YamlNode& node) {
  if (node.kind() != YamlNode::Kind::kScalar) return std::string(node.KindInWords());
  constexpr size_t kMostShown = 60;
  std::string_view text = node.scalar();
  return fmt::format("\"{}{}\"", text.substr(0, kMostShown), text.size() > kMostShown ? "..." : "");
}

std::vector<std::string> ShortNames(const EnumDescriptor* type) {
  std::vector<std::string> names;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) names.push_back(ShortName(type->value(i)));
  }
  return names;
}

class Reader {
 public:
  explicit Reader(SourceMap* where) : where_(where) {}

  std::vector<YamlError> TakeErrors() { return std::move(errors_); }

  void ReadMessage(const YamlNode& node, Message& into, const std::string& path) {
    const Descriptor* type = into.GetDescriptor();
    if (IsValue(type)) return ReadValue(node, into, path);
    if (node.kind() == YamlNode::Kind::kNull) return;
    if (IsStruct(type)) return ReadStruct(node, into, path);
    if (IsAny(type) && node.Find(kTypeKey) != nullptr) return ReadAny(node, into, path);
    switch (node.kind()) {
      case YamlNode::Kind::kNull:
        return;
      case YamlNode::Kind::kScalar:
        return ReadScalarMessage(node, into, path);
      case YamlNode::Kind::kSequence:
        if (TakesList(type)) {
          return ReadField(node, into, type->field(0), Join(path, type->field(0)->name()));
        }
        break;
      case YamlNode::Kind::kMapping:
        return ReadFields(node, into, path, "");
    }
    Fail(node, path, fmt::format("a mapping is expected here, not {}", node.KindInWords()),
         Fields(type));
  }

 private:
  static std::string Join(const std::string& path, std::string_view field) {
    return path.empty() ? std::string(field) : fmt::format("{}.{}", path, field);
  }

  void Fail(SourcePosition at, const std::string& path, std::string message, std::string mend) {
    errors_.push_back({at, path, std::move(message), std::move(mend)});
  }
  void Fail(const YamlNode& node, const std::string& path, std::string message, std::string mend) {
    Fail(node.at(), path, std::move(message), std::move(mend));
  }

  static std::vector<std::string> FieldNames(const Descriptor* type) {
    std::vector<std::string> names;
    names.reserve(static_cast<size_t>(type->field_count()));
    for (int i = 0; i < type->field_count(); ++i) names.push_back(type->field(i)->name());
    return names;
  }

  // A mend that shows how the message is written.
  static std::string Fields(const Descriptor* type) {
    return fmt::format("Write it as a mapping. {}", SuggestName("", FieldNames(type), "keys"));
  }

  void Note(const std::string& path, const YamlNode& node) {
    if (where_ != nullptr) where_->Set(path, node.at());
  }

  // The keys of a mapping are fields of the message; `skip` is a key that is none.
  void ReadFields(const YamlNode& node, Message& into, const std::string& path,
                  std::string_view skip) {
    const Descriptor* type = into.GetDescriptor();
    std::set<const FieldDescriptor*> seen;
    std::map<const OneofDescriptor*, std::string> chosen;
    for (const YamlNode::Entry& entry : node.entries()) {
      if (entry.key == skip && !skip.empty()) continue;
      const FieldDescriptor* field = type->FindFieldByName(entry.key);
      if (field == nullptr) field = type->FindFieldByCamelcaseName(entry.key);
      if (field == nullptr) {
        Fail(entry.at, Join(path, entry.key),
             fmt::format("{} has no field \"{}\".", type->name(), entry.key),
             SuggestName(entry.key, FieldNames(type), "keys"));
        continue;
      }
      const std::string field_path = Join(path, field->name());
      if (!seen.insert(field).second) {
        Fail(entry.at, field_path, fmt::format("the key \"{}\" stands here twice.", field->name()),
             "Keep one of the two.");
        continue;
      }
      const OneofDescriptor* oneof = field->real_containing_oneof();
      if (oneof != nullptr && entry.value.kind() != YamlNode::Kind::kNull) {
        const auto [other, first] = chosen.emplace(oneof, entry.key);
        if (!first) {
          Fail(entry.at, field_path,
               fmt::format("\"{}\" and \"{}\" exclude each other.", other->second, entry.key),
               "Keep one of the two.");
          continue;
        }
      }
      ReadField(entry.value, into, field, field_path);
    }
  }

  void ReadField(const YamlNode& node, Message& into, const FieldDescriptor* field,
                 const std::string& path) {
    Note(path, node);
    const bool keeps_null =
        field->message_type() != nullptr && IsValue(field->message_type()) && !field->is_repeated();
    if (node.kind() == YamlNode::Kind::kNull && !keeps_null) {
      into.GetReflection()->ClearField(&into, field);
      return;
    }
    if (field->is_map()) return ReadMap(node, into, field, path);
    if (!field->is_repeated()) return ReadSingle(node, into, field, path);
    into.GetReflection()->ClearField(&into, field);
    if (node.kind() != YamlNode::Kind::kSequence) {
      Fail(node, path, fmt::format("a list is expected here, not {}.", node.KindInWords()),
           node.kind() == YamlNode::Kind::kScalar
               ? fmt::format("Write [{}].", node.scalar().substr(0, 60))
               : "Begin each element with a hyphen.");
      return;
    }
    for (size_t i = 0; i < node.items().size(); ++i) {
      const YamlNode& item = node.items()[i];
      const std::string item_path = fmt::format("{}[{}]", path, i);
      if (where_ != nullptr) where_->Set(item_path, item.at());
      if (item.kind() == YamlNode::Kind::kNull &&
          !(field->message_type() != nullptr && IsValue(field->message_type()))) {
        Fail(item, item_path, "this element is empty.", "Write its value, or leave it out.");
        continue;
      }
      ReadSingle(item, into, field, item_path);
    }
  }

  void ReadMap(const YamlNode& node, Message& into, const FieldDescriptor* field,
               const std::string& path) {
    const auto* reflection = into.GetReflection();
    reflection->ClearField(&into, field);
    if (node.kind() != YamlNode::Kind::kMapping) {
      Fail(node, path, fmt::format("a mapping is expected here, not {}.", node.KindInWords()),
           "Write `key: value` lines.");
      return;
    }
    const FieldDescriptor* key = field->message_type()->map_key();
    const FieldDescriptor* value = field->message_type()->map_value();
    std::set<std::string> keys;
    for (const YamlNode::Entry& entry : node.entries()) {
      const std::string entry_path = fmt::format("{}[\"{}\"]", path, entry.key);
      if (where_ != nullptr) where_->Set(entry_path, entry.value.at());
      // Keys that differ as texts may be the same number.
      std::unique_ptr<Message> read(
          reflection->GetMessageFactory()->GetPrototype(field->message_type())->New());
      const size_t before = errors_.size();
      ReadScalar(entry.key, true, entry.at, *read, key, entry_path);
      if (errors_.size() != before) continue;
      if (!keys.insert(read->SerializePartialAsString()).second) {
        Fail(entry.at, entry_path, fmt::format("the key \"{}\" stands here twice.", entry.key),
             "Keep one of the two.");
        continue;
      }
      if (entry.value.kind() == YamlNode::Kind::kNull &&
          !(value->message_type() != nullptr && IsValue(value->message_type()))) {
        Fail(entry.at, entry_path, fmt::format("\"{}\" has no value.", entry.key),
             "Write one, or leave the key out.");
        continue;
      }
      ReadSingle(entry.value, *read, value, entry_path);
      reflection->AddAllocatedMessage(&into, field, read.release());
    }
  }

  // One value: sets the field, or adds to it if it is a list.
  void ReadSingle(const YamlNode& node, Message& into, const FieldDescriptor* field,
                  const std::string& path) {
    const auto* reflection = into.GetReflection();
    if (field->message_type() != nullptr) {
      Message* message = field->is_repeated() ? reflection->AddMessage(&into, field)
                                              : reflection->MutableMessage(&into, field);
      return ReadMessage(node, *message, path);
    }
    if (node.kind() != YamlNode::Kind::kScalar) {
      Fail(node, path,
           fmt::format("{} is expected here, not {}.", InWords(field), node.KindInWords()),
           "Write a single value.");
      return;
    }
    ReadScalar(node.scalar(), node.plain(), node.at(), into, field, path);
  }

  static std::string InWords(const FieldDescriptor* field) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return "true or false";
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
        return "a whole number";
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
        return "a whole number from 0";
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return "a number";
      case FieldDescriptor::CPPTYPE_STRING:
        return field->type() == FieldDescriptor::TYPE_BYTES ? "base64" : "a text";
      case FieldDescriptor::CPPTYPE_ENUM:
        return "one of its names";
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return "a mapping";
    }
    return "a value";
  }

  void ReadScalar(const std::string& text, bool plain, SourcePosition at, Message& into,
                  const FieldDescriptor* field, const std::string& path) {
    const auto* reflection = into.GetReflection();
    const bool adds = field->is_repeated();
    const auto refuse = [&](std::string mend = "") {
      if (mend.empty()) {
        mend = plain ? fmt::format("Write {}.", InWords(field)) : "Leave the quotes out.";
      }
      Fail(at, path,
           fmt::format("{} is expected here, not \"{}\".", InWords(field), text.substr(0, 60)),
           std::move(mend));
    };
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL: {
        const auto value = plain ? ParseBool(text) : std::nullopt;
        if (!value) return refuse(plain ? "Write true or false." : "");
        adds ? reflection->AddBool(&into, field, *value)
             : reflection->SetBool(&into, field, *value);
        return;
      }
      case FieldDescriptor::CPPTYPE_INT32: {
        const auto value = plain ? ParseNumber<int32_t>(text) : std::nullopt;
        if (!value) return refuse();
        adds ? reflection->AddInt32(&into, field, *value)
             : reflection->SetInt32(&into, field, *value);
        return;
      }
      case FieldDescriptor::CPPTYPE_UINT32: {
        const auto value = plain ? ParseNumber<uint32_t>(text) : std::nullopt;
        if (!value) return refuse();
        adds ? reflection->AddUInt32(&into, field, *value)
             : reflection->SetUInt32(&into, field, *value);
        return;
      }
      case FieldDescriptor::CPPTYPE_INT64: {
        // Protobuf's JSON has 64-bit numbers in quotes, and JSON is YAML.
        const auto value = ParseNumber<int64_t>(text);
        if (!value) return refuse();
        adds ? reflection->AddInt64(&into, field, *value)
             : reflection->SetInt64(&into, field, *value);
        return;
      }
      case FieldDescriptor::CPPTYPE_UINT64: {
        const auto value = ParseNumber<uint64_t>(text);
        if (!value) return refuse();
        adds ? reflection->AddUInt64(&into, field, *value)
             : reflection->SetUInt64(&into, field, *value);
        return;
      }
      case FieldDescriptor::CPPTYPE_FLOAT: {
        const auto value = plain ? ParseReal<float>(text) : std::nullopt;
        if (!value) return refuse();
        adds ? reflection->AddFloat(&into, field, *value)
             : reflection->SetFloat(&into, field, *value);
        return;
      }
      case FieldDescriptor::CPPTYPE_DOUBLE: {
        const auto value = plain ? ParseReal<double>(text) : std::nullopt;
        if (!value) return refuse();
        adds ? reflection->AddDouble(&into, field, *value)
             : reflection->SetDouble(&into, field, *value);
        return;
      }
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string value = text;
        if (field->type() == FieldDescriptor::TYPE_BYTES && !absl::Base64Unescape(text, &value) &&
            !absl::WebSafeBase64Unescape(text, &value)) {
          return refuse("Encode the bytes as base64.");
        }
        adds ? reflection->AddString(&into, field, std::move(value))
             : reflection->SetString(&into, field, std::move(value));
        return;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const EnumValueDescriptor* named = FindEnumValue(field->enum_type(), text);
        // Enums are open: a newer program's value comes as its number.
        const auto number = named != nullptr ? std::optional<int>(named->number())
                            : plain          ? ParseNumber<int>(text)
                                             : std::nullopt;
        if (!number) {
          return refuse(SuggestName(text, ShortNames(field->enum_type()), "names"));
        }
        adds ? reflection->AddEnumValue(&into, field, *number)
             : reflection->SetEnumValue(&into, field, *number);
        return;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return;  // ReadSingle does not come here with one
    }
  }

  static void SetParts(Message& into, int64_t seconds, int64_t nanos) {
    const Descriptor* type = into.GetDescriptor();
    into.GetReflection()->SetInt64(&into, type->FindFieldByNumber(1), seconds);
    into.GetReflection()->SetInt32(&into, type->FindFieldByNumber(2), static_cast<int32_t>(nanos));
  }

  void ReadScalarMessage(const YamlNode& node, Message& into, const std::string& path) {
    const Descriptor* type = into.GetDescriptor();
    if (IsCivilDate(type)) return ReadDate(node, into, path);
    if (IsTimestamp(type)) return ReadTime(node, into, path);
    if (IsDuration(type)) return ReadDuration(node, into, path);
    if (!TakesScalar(type)) {
      Fail(
          node, path,
          fmt::format("{} is expected here, not {}.", TakesList(type) ? "a list" : "a mapping",
                      Quoted(node)),
          TakesList(type) ? fmt::format("Write [{}].", node.scalar().substr(0, 60)) : Fields(type));
      return;
    }
    const FieldDescriptor* first = type->field(0);
    const std::string first_path = Join(path, first->name());
    Note(first_path, node);
    ReadSingle(node, into, first, first_path);
  }

  void ReadDate(const YamlNode& node, Message& into, const std::string& path) {
    const auto date = ParseCivilDate(node.scalar());
    if (!date.ok()) {
      return Fail(node, path, fmt::format("{} is not a date.", Quoted(node)),
                  "Write a year, a month or a day that exists: 2011, 2011-06 or 2011-06-15.");
    }
    const Descriptor* type = into.GetDescriptor();
    const auto* reflection = into.GetReflection();
    reflection->SetInt32(&into, type->FindFieldByNumber(1), date->year());
    reflection->SetInt32(&into, type->FindFieldByNumber(2), date->month());
    reflection->SetInt32(&into, type->FindFieldByNumber(3), date->day());
  }

  void ReadTime(const YamlNode& node, Message& into, const std::string& path) {
    absl::Time time;
    std::string error;
    const std::string& text = node.scalar();
    // Year 0 and beyond 9999, and "infinite-future", absl would take as well.
    const bool good = !text.empty() && absl::ascii_isdigit(static_cast<unsigned char>(text[0])) &&
                      absl::ParseTime(absl::RFC3339_full, text, &time, &error) &&
                      time >= absl::FromUnixSeconds(-62'135'596'800) &&
                      time < absl::FromUnixSeconds(253'402'300'800);
    if (!good) {
      return Fail(node, path, fmt::format("{} is not a time.", Quoted(node)),
                  "Write it with its zone: 2016-03-18T09:00:00+08:00.");
    }
    const int64_t seconds = absl::ToUnixSeconds(time);
    SetParts(into, seconds, absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds)));
  }

  void ReadDuration(const YamlNode& node, Message& into, const std::string& path) {
    const std::string& text = node.scalar();
    absl::Duration duration;
    bool good = false;
    if (text.starts_with('P') || text.starts_with("-P")) {
      const auto iso = ParseIsoDuration(text);
      if (iso.ok() && iso->HasMonths()) {
        return Fail(node, path, fmt::format("{} has no fixed length.", Quoted(node)),
                    "Write it in days or hours: P30D, PT12H.");
      }
      good = iso.ok();
      if (good) {
        duration = absl::Hours(24) * (iso->negative ? -iso->days : iso->days) + ClockPart(*iso);
      }
    } else {
      good = absl::ParseDuration(text, &duration);
    }
    if (!good || absl::AbsDuration(duration) > absl::Seconds(kMostSeconds)) {
      return Fail(node, path, fmt::format("{} is not a duration.", Quoted(node)),
                  "Write it as ISO 8601 does (PT12H, P30D) or in seconds (3600s).");
    }
    const int64_t seconds = absl::ToInt64Seconds(duration);
    SetParts(into, seconds, absl::ToInt64Nanoseconds(duration - absl::Seconds(seconds)));
  }

  void ReadStruct(const YamlNode& node, Message& into, const std::string& path) {
    const FieldDescriptor* fields = into.GetDescriptor()->FindFieldByNumber(1);
    ReadMap(node, into, fields, path);
  }

  void ReadValue(const YamlNode& node, Message& into, const std::string& path) {
    const Descriptor* type = into.GetDescriptor();
    const auto* reflection = into.GetReflection();
    switch (node.kind()) {
      case YamlNode::Kind::kNull:
        reflection->SetEnumValue(&into, type->FindFieldByNumber(1), 0);
        return;
      case YamlNode::Kind::kScalar: {
        const auto boolean = node.plain() ? ParseBool(node.scalar()) : std::nullopt;
        const auto number = node.plain() ? ParseReal<double>(node.scalar()) : std::nullopt;
        if (boolean) {
          reflection->SetBool(&into, type->FindFieldByNumber(4), *boolean);
        } else if (number) {
          reflection->SetDouble(&into, type->FindFieldByNumber(2), *number);
        } else {
          reflection->SetString(&into, type->FindFieldByNumber(3), node.scalar());
        }
        return;
      }
      case YamlNode::Kind::kSequence: {
        Message* list = reflection->MutableMessage(&into, type->FindFieldByNumber(6));
        ReadField(node, *list, list->GetDescriptor()->FindFieldByNumber(1), path);
        return;
      }
      case YamlNode::Kind::kMapping:
        ReadStruct(node, *reflection->MutableMessage(&into, type->FindFieldByNumber(5)), path);
        return;
    }
  }

  void ReadAny(const YamlNode& node, Message& into, const std::string& path) {
    const YamlNode& type_node = *node.Find(kTypeKey);
    const std::string& url = type_node.scalar();
    const std::string name = url.substr(url.rfind('/') + 1);
    const Descriptor* type = DescriptorPool::generated_pool()->FindMessageTypeByName(name);
    if (type == nullptr) {
      Fail(type_node, path, fmt::format("no message type \"{}\" is known.", name),
           "Write the type's full name: kasundo.api.v1.AsOf.");
      return;
    }
    std::unique_ptr<Message> inside(MessageFactory::generated_factory()->GetPrototype(type)->New());
    const YamlNode* value = node.Find(kValueKey);
    if (HasOwnForm(type) && value != nullptr && node.entries().size() == 2) {
      ReadMessage(*value, *inside, path);
    } else {
      ReadFields(node, *inside, path, kTypeKey);
    }
    const Descriptor* any = into.GetDescriptor();
    const auto* reflection = into.GetReflection();
    reflection->SetString(&into, any->FindFieldByNumber(1),
                          std::string(kTypeUrlPrefix) + type->full_name());
    reflection->SetString(&into, any->FindFieldByNumber(2), inside->SerializeAsString());
  }

  SourceMap* where_;
  std::vector<YamlError> errors_;
};

}  // namespace

SourcePosition SourceMap::Find(std::string_view path) const {
  while (true) {
    const auto found = positions_.find(path);
    if (found != positions_.end()) return found->second;
    if (path.empty()) return {};
    // "a.b[2]" lies in "a.b", which lies in "a", which lies in "".
    const size_t end = path.find_last_of(".[");
    path = end == std::string_view::npos ? std::string_view() : path.substr(0, end);
  }
}

std::vector<YamlError> ReadYamlNode(const YamlNode& node, Message& into, SourceMap* where,
                                    std::string_view path) {
  Reader reader(where);
  const std::string root(path);
  if (where != nullptr) where->Set(root, node.at());
  reader.ReadMessage(node, into, root);
  return reader.TakeErrors();
}

absl::Status ReadYaml(std::string_view text, Message& into, SourceMap* where,
                      std::vector<YamlError>* errors) {
  const auto node = ParseYaml(text, errors);
  if (!node.ok()) return node.status();
  const std::vector<YamlError> found = ReadYamlNode(*node, into, where);
  if (found.empty()) return absl::OkStatus();
  if (errors != nullptr) errors->insert(errors->end(), found.begin(), found.end());
  return ToStatus(found);
}

std::string ShortName(const EnumValueDescriptor* value) {
  std::string name(WithoutPrefix(value));
  for (char& c : name) {
    c = c == '_' ? '-' : absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return name;
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor* type, std::string_view name) {
  if (const auto* value = type->FindValueByName(std::string(name)); value != nullptr) return value;
  const std::string wanted = Normalised(name);
  for (int i = 0; i < type->value_count(); ++i) {
    const EnumValueDescriptor* value = type->value(i);
    if (wanted == Normalised(WithoutPrefix(value)) || wanted == Normalised(value->name())) {
      return value;
    }
  }
  return nullptr;
}

}  // namespace kasundo
