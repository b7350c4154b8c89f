#include "services/cli/fields.h"

#include <charconv>
#include <optional>

#include "fmt/format.h"
#include "services/cli/catalog.h"
#include "services/cli/local_file.h"
#include "services/cli/problem.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/nearest_name.h"
#include "workflows/engine/status_macros.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

// "seats[0]" is a name and an index.
struct Segment {
  std::string name;
  std::optional<int> index;
};

absl::StatusOr<Segment> ParseSegment(std::string_view text) {
  Segment segment;
  const size_t bracket = text.find('[');
  segment.name = std::string(text.substr(0, bracket));
  if (bracket == std::string_view::npos) return segment;
  int index = 0;
  const char* begin = text.data() + bracket + 1;
  const char* end = text.data() + text.size() - 1;
  if (text.back() != ']')
    return Usage(fmt::format("'{}' lacks a closing bracket", text),
                 fmt::format("Write it as {}[0].", segment.name));
  const auto [stop, error] = std::from_chars(begin, end, index);
  if (error != std::errc() || stop != end || index < 0) {
    return Usage(fmt::format("'{}' has no number from 0 in its brackets", text),
                 fmt::format("Number the elements: {0}[0], {0}[1] and so on.", segment.name));
  }
  segment.index = index;
  return segment;
}

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return names;
}

absl::StatusOr<const FieldDescriptor*> FindField(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  if (field == nullptr) field = type.FindFieldByCamelcaseName(name);
  if (field != nullptr) return field;
  return Usage(fmt::format("{} has no field '{}'", type.name(), name),
               SuggestName(name, FieldNames(type), "fields"));
}

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool IsFlow(std::string_view value) {
  return !value.empty() && (value[0] == '[' || value[0] == '{');
}

bool IsText(const FieldDescriptor& field) { return field.type() == FieldDescriptor::TYPE_STRING; }

// Reads `value` through the YAML reader into the field, and merges: a list gets more elements, a
// map more entries.
absl::Status ReadValue(Message& message, const FieldDescriptor& field, const std::string& value) {
  const std::unique_ptr<Message> scratch(message.New());
  const bool one_of_many = field.is_repeated() && !field.is_map() && value.rfind('[', 0) != 0;
  const std::string element = one_of_many ? "[" + value + "]" : value;
  std::vector<YamlError> errors;
  const absl::Status status = ReadYaml(field.name() + ": " + element, *scratch, nullptr, &errors);
  if (!status.ok()) {
    const std::string why = errors.empty() ? std::string(status.message()) : errors.front().message;
    return Usage(fmt::format("{}={}: {}", field.name(), value, why), MendOf(status));
  }
  if (!field.is_repeated() && !IsMessage(field))
    message.GetReflection()->ClearField(&message, &field);
  message.MergeFrom(*scratch);
  return absl::OkStatus();
}

absl::Status SetText(Message& message, const FieldDescriptor& field, std::optional<int> index,
                     std::string text) {
  const Reflection& r = *message.GetReflection();
  if (!field.is_repeated()) {
    r.SetString(&message, &field, std::move(text));
  } else if (index.has_value() && *index < r.FieldSize(message, &field)) {
    r.SetRepeatedString(&message, &field, *index, std::move(text));
  } else {
    r.AddString(&message, &field, std::move(text));
  }
  return absl::OkStatus();
}

absl::Status CheckIndex(const Message& message, const FieldDescriptor& field,
                        const Segment& segment) {
  if (!segment.index.has_value()) return absl::OkStatus();
  if (!field.is_repeated() || field.is_map())
    return Usage(fmt::format("'{}' is no list", field.name()),
                 fmt::format("Leave the brackets out: {}.", field.name()));
  const int size = message.GetReflection()->FieldSize(message, &field);
  if (*segment.index <= size) return absl::OkStatus();
  return Usage(
      fmt::format("{}[{}]: the list has {} elements so far", field.name(), *segment.index, size),
      fmt::format("Number them from 0 without gaps: the next is {}[{}].", field.name(), size));
}

// Sets `path` in the message to `value`.
absl::Status Set(Message& message, std::string_view path, const std::string& value) {
  const size_t point = std::min(path.find('.'), path.size());
  ASSIGN_OR_RETURN(const Segment segment, ParseSegment(path.substr(0, point)));
  ASSIGN_OR_RETURN(const FieldDescriptor* field, FindField(*message.GetDescriptor(), segment.name));
  RETURN_IF_ERROR(CheckIndex(message, *field, segment));
  const Reflection& r = *message.GetReflection();

  if (point == path.size()) {
    if (IsText(*field) && !(field->is_repeated() && IsFlow(value))) {
      return SetText(message, *field, segment.index, value);
    }
    if (field->is_repeated() && segment.index.has_value()) {
      if (!IsMessage(*field)) return ReadValue(message, *field, value);
      // One element of a list of messages: read through a message that holds only this element.
      const std::unique_ptr<Message> scratch(message.New());
      RETURN_IF_ERROR(ReadValue(*scratch, *field, value));
      if (r.FieldSize(*scratch, field) != 1) {
        return Usage(
            fmt::format("{} takes one value", path),
            fmt::format("Write {{...}} for one element, or leave the number out for a list: "
                        "{}=[...].",
                        segment.name));
      }
      Message* element = *segment.index < r.FieldSize(message, field)
                             ? r.MutableRepeatedMessage(&message, field, *segment.index)
                             : r.AddMessage(&message, field);
      element->MergeFrom(r.GetRepeatedMessage(*scratch, field, 0));
      return absl::OkStatus();
    }
    return ReadValue(message, *field, value);
  }

  const std::string_view rest = path.substr(point + 1);
  if (field->is_map()) {
    Message* entry = r.AddMessage(&message, field);
    RETURN_IF_ERROR(Set(*entry, "key", std::string(rest)));
    return Set(*entry, "value", value);
  }
  if (!IsMessage(*field)) {
    return Usage(fmt::format("'{}' is a single value and has no field '{}'", field->name(), rest),
                 fmt::format("Write {}=VALUE.", field->name()));
  }
  if (!field->is_repeated()) return Set(*r.MutableMessage(&message, field), rest, value);
  if (!segment.index.has_value()) {
    return Usage(fmt::format("'{}' is a list", field->name()),
                 fmt::format("Say which element: {}[0].{}=...", field->name(), rest));
  }
  Message* element = *segment.index < r.FieldSize(message, field)
                         ? r.MutableRepeatedMessage(&message, field, *segment.index)
                         : r.AddMessage(&message, field);
  return Set(*element, rest, value);
}

std::vector<std::string> Values(const FieldDescriptor& field) {
  std::vector<std::string> values;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) values = {"true", "false"};
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    for (int i = 0; i < field.enum_type()->value_count(); ++i) {
      if (field.enum_type()->value(i)->number() == 0) continue;
      values.push_back(kasundo::ShortName(field.enum_type()->value(i)));
    }
  }
  return values;
}

}  // namespace

absl::Status SetField(Message& message, std::string_view assignment) {
  const size_t equals = assignment.find('=');
  if (equals == 0 || equals == std::string_view::npos) {
    return Usage(fmt::format("'{}' is not of the form field=value", assignment),
                 "Write the field's name, an equals sign and the value, for example title=Board.");
  }
  std::string value(assignment.substr(equals + 1));
  if (value.rfind("@@", 0) == 0) {
    value.erase(0, 1);
  } else if (value.rfind('@', 0) == 0) {
    ASSIGN_OR_RETURN(value, ReadLocalFile(value.substr(1)));
  }
  return Set(message, assignment.substr(0, equals), value);
}

std::vector<std::string> CompletePath(const Descriptor& type, std::string_view begun) {
  const Descriptor* at = &type;
  std::string before;
  const size_t equals = begun.find('=');
  std::string_view path = begun.substr(0, equals);
  for (size_t point = path.find('.'); point != std::string_view::npos; point = path.find('.')) {
    const auto segment = ParseSegment(path.substr(0, point));
    const FieldDescriptor* field = segment.ok() ? at->FindFieldByName(segment->name) : nullptr;
    if (field == nullptr || !IsMessage(*field) || field->is_map()) return {};
    at = field->message_type();
    before += std::string(path.substr(0, point + 1));
    path.remove_prefix(point + 1);
  }

  std::vector<std::string> candidates;
  if (equals != std::string_view::npos) {
    const auto segment = ParseSegment(path);
    const FieldDescriptor* field = segment.ok() ? at->FindFieldByName(segment->name) : nullptr;
    if (field == nullptr) return {};
    const std::string_view begun_value = begun.substr(equals + 1);
    for (const std::string& value : Values(*field)) {
      if (value.rfind(begun_value, 0) == 0)
        candidates.push_back(fmt::format("{}{}={}", before, path, value));
    }
    return candidates;
  }
  for (int i = 0; i < at->field_count(); ++i) {
    const FieldDescriptor& field = *at->field(i);
    if (field.name().rfind(path, 0) != 0) continue;
    const bool list_of_messages = field.is_repeated() && IsMessage(field) && !field.is_map();
    const bool message = IsMessage(field) && !IsCivilDate(field.message_type()) &&
                         !IsTimestamp(field.message_type()) && !IsDuration(field.message_type());
    candidates.push_back(before + field.name() + (list_of_messages ? "[0]." : message ? "." : "="));
  }
  return candidates;
}

}  // namespace kasundo::cli
