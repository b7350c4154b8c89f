#include "services/cli/view.h"

#include <algorithm>
#include <cctype>
#include <memory>

#include "absl/strings/ascii.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "kasundo/api/v1/civil_date.pb.h"
#include "services/cli/any_message.h"
#include "services/cli/catalog.h"
#include "services/cli/marked_text.h"
#include "services/cli/names.h"
#include "services/cli/table.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kFirstOwnField = 10;  // before it stand the fields that every resource has
constexpr int kListColumns = 4;     // own fields of a resource that a table shows
constexpr int kWordsInCell = 60;    // a list's cell is for a few words
constexpr int kCardWidth = 100;     // where output is no terminal
constexpr int kLongText = 160;      // columns beyond which a text is not for a table

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool IsAny(const Descriptor& type) {
  return type.full_name() == google::protobuf::Any::descriptor()->full_name();
}

// A message that is one value for people.
bool IsValue(const Descriptor& type) {
  return IsCivilDate(&type) || IsTimestamp(&type) || IsDuration(&type);
}

std::string RealText(double value) { return fmt::format("{}", value); }

// Element `index` of a repeated field; index -1 of a single one.
std::string ElementText(const Message& message, const FieldDescriptor& field, int index,
                        const ViewOptions& options) {
  const Reflection& r = *message.GetReflection();
  const bool repeated = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      if (field.type() == FieldDescriptor::TYPE_BYTES) {
        const std::string bytes =
            repeated ? r.GetRepeatedString(message, &field, index) : r.GetString(message, &field);
        return fmt::format("{:02x}",
                           fmt::join(std::vector<uint8_t>(bytes.begin(), bytes.end()), ""));
      }
      return ShortName(
          repeated ? r.GetRepeatedString(message, &field, index) : r.GetString(message, &field),
          options.realm);
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return kasundo::ShortName(repeated ? r.GetRepeatedEnum(message, &field, index)
                                         : r.GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (repeated ? r.GetRepeatedBool(message, &field, index) : r.GetBool(message, &field))
                 ? "yes"
                 : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(repeated ? r.GetRepeatedInt32(message, &field, index)
                                     : r.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(repeated ? r.GetRepeatedInt64(message, &field, index)
                                     : r.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(repeated ? r.GetRepeatedUInt32(message, &field, index)
                                     : r.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(repeated ? r.GetRepeatedUInt64(message, &field, index)
                                     : r.GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return RealText(repeated ? r.GetRepeatedDouble(message, &field, index)
                               : r.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return RealText(repeated ? r.GetRepeatedFloat(message, &field, index)
                               : r.GetFloat(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Inline(
          repeated ? r.GetRepeatedMessage(message, &field, index) : r.GetMessage(message, &field),
          options);
  }
  return "";
}

std::string MapText(const Message& message, const FieldDescriptor& field,
                    const ViewOptions& options) {
  const Reflection& r = *message.GetReflection();
  std::vector<std::string> entries;
  for (int i = 0; i < r.FieldSize(message, &field); ++i) {
    const Message& entry = r.GetRepeatedMessage(message, &field, i);
    entries.push_back(
        fmt::format("{} = {}", ElementText(entry, *field.message_type()->map_key(), -1, options),
                    ElementText(entry, *field.message_type()->map_value(), -1, options)));
  }
  std::sort(entries.begin(), entries.end());
  return fmt::format("{}", fmt::join(entries, ", "));
}

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

// Lists of messages stand beneath the card as tables, everything else in it.
bool IsTable(const FieldDescriptor& field) {
  return field.is_repeated() && !field.is_map() && IsMessage(field) &&
         !IsValue(*field.message_type()) && !IsMarkedText(field);
}

// Whether a field holds more than fits a table: a difference of texts, paragraphs, a long text.
bool IsLong(const Message& message, const FieldDescriptor& field) {
  if (IsMarkedText(field)) return true;
  if (field.is_repeated() || field.type() != FieldDescriptor::TYPE_STRING) return false;
  const std::string text = message.GetReflection()->GetString(message, &field);
  return text.find('\n') != std::string::npos || DisplayWidth(text) > kLongText;
}

bool HasLongText(const std::vector<const Message*>& items) {
  return std::any_of(items.begin(), items.end(), [](const Message* item) {
    const auto fields = SetFields(*item);
    return std::any_of(fields.begin(), fields.end(),
                       [&](const auto* field) { return IsLong(*item, *field); });
  });
}

// Messages with long texts, each as fields, with a line between two.
std::string Blocks(const std::vector<const Message*>& items, const ViewOptions& options) {
  std::string text;
  for (const Message* item : items) text += (text.empty() ? "" : "\n") + Fields(*item, options);
  return text;
}

int Room(const ViewOptions& options) { return options.width > 0 ? options.width : kCardWidth; }

// "label   text", the text wrapped beneath itself.
std::string Line(const std::string& label, const std::string& text, int label_width, int room) {
  std::string lines;
  std::string head = label + std::string(std::max(0, label_width - DisplayWidth(label)) + 2, ' ');
  size_t begin = 0;
  while (begin <= text.size()) {  // paragraphs of the text stay paragraphs
    const size_t end = std::min(text.find('\n', begin), text.size());
    for (const std::string& part : Wrap(OneLine(std::string_view(text).substr(begin, end - begin)),
                                        std::max(20, room - label_width - 2))) {
      lines += head + part + "\n";
      head = std::string(label_width + 2, ' ');
    }
    begin = end + 1;
  }
  return lines;
}

std::string Indent(const std::string& text, int by) {
  std::string indented;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size() - 1);
    const std::string line = text.substr(begin, end - begin + 1);
    indented += (line == "\n" ? "" : std::string(by, ' ')) + line;
    begin = end + 1;
  }
  return indented;
}

std::string Lines(const Message& message, const std::vector<const FieldDescriptor*>& fields,
                  const ViewOptions& options) {
  int label_width = 0;
  for (const auto* field : fields) {
    if (!IsTable(*field)) label_width = std::max(label_width, DisplayWidth(Label(*field)));
  }
  std::string text;
  for (const auto* field : fields) {
    if (IsTable(*field)) continue;
    const std::string value = FieldText(message, *field, options);
    const bool nested = IsMessage(*field) && !field->is_repeated() &&
                        !IsValue(*field->message_type()) &&
                        DisplayWidth(value) > Room(options) - label_width - 2;
    if (nested) {
      text += Label(*field) + "\n" +
              Indent(Fields(message.GetReflection()->GetMessage(message, field), options), 2);
    } else {
      const std::string lines = Line(Label(*field), value, label_width, Room(options));
      text += options.colour && IsMarkedText(*field)
                  ? Coloured(lines, Label(*field).size(), message, *field)
                  : lines;
    }
  }
  for (const auto* field : fields) {
    if (!IsTable(*field)) continue;
    std::vector<const Message*> items;
    for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
      items.push_back(&message.GetReflection()->GetRepeatedMessage(message, field, i));
    }
    ViewOptions narrower = options;
    if (narrower.width > 2) narrower.width -= 2;
    text += fmt::format(
        "\n{} ({})\n{}", Label(*field), items.size(),
        Indent(HasLongText(items) ? Blocks(items, narrower) : MessageTable(items, narrower), 2));
  }
  return text;
}

std::string StringOf(const Message& message, const char* field_name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(field_name);
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_STRING)
    return "";
  return message.GetReflection()->GetString(message, field);
}

// A meeting is read in the time of its place, wherever the reader sits.
ViewOptions InZoneOf(const Message& resource, const ViewOptions& options) {
  ViewOptions zoned = options;
  if (const std::string zone = StringOf(resource, "time_zone");
      !zone.empty() && !absl::LoadTimeZone(zone, &zoned.zone)) {
    zoned.zone = options.zone;
  }
  return zoned;
}

std::string UpperLabel(const FieldDescriptor& field) { return absl::AsciiStrToUpper(Label(field)); }

// A column of a table of resources: says something in a few words.
bool FitsInList(const FieldDescriptor& field) {
  if (field.number() < kFirstOwnField || field.is_repeated()) return false;
  return !IsMessage(field) || IsValue(*field.message_type());
}

}  // namespace

std::string Label(const FieldDescriptor& field) {
  std::string label = field.name();
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

std::string InstantText(absl::Time time, const ViewOptions& options) {
  const bool is_utc = options.zone.At(time).offset == 0;
  return absl::FormatTime(is_utc ? "%Y-%m-%d %H:%MZ" : "%Y-%m-%d %H:%M%Ez", time, options.zone);
}

std::string Inline(const Message& message, const ViewOptions& options) {
  if (const auto* date = dynamic_cast<const api::v1::CivilDate*>(&message)) return ToString(*date);
  if (const auto* instant = dynamic_cast<const google::protobuf::Timestamp*>(&message)) {
    return InstantText(
        absl::FromUnixSeconds(instant->seconds()) + absl::Nanoseconds(instant->nanos()), options);
  }
  if (const auto* span = dynamic_cast<const google::protobuf::Duration*>(&message)) {
    return std::string(
        absl::FormatDuration(absl::Seconds(span->seconds()) + absl::Nanoseconds(span->nanos())));
  }
  if (const auto* any = dynamic_cast<const google::protobuf::Any*>(&message)) {
    const auto inner = Unpack(*any);
    return inner.ok() ? Inline(**inner, options) : any->type_url();
  }
  const auto fields = SetFields(message);
  // A message of which only one field is set is that value.
  if (fields.size() == 1 && !fields[0]->is_repeated() &&
      fields[0]->cpp_type() != FieldDescriptor::CPPTYPE_BOOL) {
    return FieldText(message, *fields[0], options);
  }
  std::vector<std::string> parts;
  for (const auto* field : fields) {
    const bool nested = IsMessage(*field) && !field->is_map() && !IsValue(*field->message_type());
    const std::string text = FieldText(message, *field, options);
    parts.push_back(nested ? fmt::format("{}: ({})", Label(*field), text)
                           : fmt::format("{}: {}", Label(*field), text));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string FieldText(const Message& message, const FieldDescriptor& field,
                      const ViewOptions& options) {
  const Reflection& r = *message.GetReflection();
  if (field.is_map()) return MapText(message, field, options);
  if (IsMarkedText(field)) return MarkedText(message, field);
  if (!field.is_repeated()) {
    if (field.has_presence() && !r.HasField(message, &field)) return "";
    const bool unset_enum = field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
                            r.GetEnum(message, &field)->number() == 0;
    return unset_enum ? "" : ElementText(message, field, -1, options);
  }
  std::vector<std::string> elements;
  const bool bracket = IsMessage(field) && !IsValue(*field.message_type());
  for (int i = 0; i < r.FieldSize(message, &field); ++i) {
    const std::string text = ElementText(message, field, i, options);
    elements.push_back(bracket ? "(" + text + ")" : text);
  }
  return fmt::format("{}", fmt::join(elements, ", "));
}

std::string Fields(const Message& message, const ViewOptions& options) {
  if (IsAny(*message.GetDescriptor())) {
    const auto inner = Unpack(static_cast<const google::protobuf::Any&>(message));
    if (inner.ok()) return Fields(**inner, options);
  }
  return Lines(message, SetFields(message), options);
}

std::string Card(const Message& resource, const ViewOptions& given) {
  const ViewOptions options = InZoneOf(resource, given);
  const std::string state = StringOf(resource, "state");
  std::string text = ShortName(StringOf(resource, "name"), options.realm);
  if (!state.empty()) text += fmt::format("  [{}]", state);
  text += "\n\n";
  auto fields = SetFields(resource);
  std::erase_if(fields, [](const auto* field) { return field->number() < kFirstOwnField; });
  text += Lines(resource, fields, options);

  std::vector<std::string> governed;
  const Descriptor& type = *resource.GetDescriptor();
  const auto add = [&](const char* words, const char* name) {
    const FieldDescriptor* field = type.FindFieldByName(name);
    if (field == nullptr || field->number() >= kFirstOwnField) return;
    if (field->has_presence() && !resource.GetReflection()->HasField(resource, field)) return;
    const std::string value = FieldText(resource, *field, options);
    if (!value.empty() && value != "0") governed.push_back(fmt::format("{} {}", words, value));
  };
  add("definition", "definition");
  add("version", "definition_version");
  add("recorded", "create_time");
  add("changed", "update_time");
  add("etag", "etag");
  if (!governed.empty()) text += fmt::format("\n{}\n", fmt::join(governed, ", "));
  return text;
}

std::string ResourceTable(const std::vector<const Message*>& resources, std::string_view parent,
                          const ViewOptions& given) {
  if (resources.empty()) return "";
  const Descriptor& type = *resources.front()->GetDescriptor();

  std::vector<const FieldDescriptor*> shown;
  for (int i = 0; i < type.field_count() && shown.size() < kListColumns; ++i) {
    const FieldDescriptor* field = type.field(i);
    if (!FitsInList(*field) || RulesOf(*field).secret()) continue;
    const bool says_something =
        std::any_of(resources.begin(), resources.end(), [&](const Message* resource) {
          const std::string text = FieldText(*resource, *field, given);
          return !text.empty() && text != "0" && text != "no";
        });
    if (says_something) shown.push_back(field);
  }

  std::vector<Table::Column> columns = {{"NAME", 12}};
  for (const auto* field : shown) columns.push_back({UpperLabel(*field), 10});
  // State and change stand before the fields that give way on a narrow terminal.
  const size_t after_first = std::min<size_t>(shown.size(), 1) + 1;
  columns.insert(columns.begin() + static_cast<long>(after_first), {"STATE", 10});
  columns.push_back({"CHANGED", 16});
  Table table(columns);
  for (const Message* resource : resources) {
    const ViewOptions options = InZoneOf(*resource, given);
    const std::string name = StringOf(*resource, "name");
    std::vector<std::string> cells = {ParentOf(name) == parent ? std::string(IdOf(name))
                                                               : ShortName(name, options.realm)};
    for (const auto* field : shown)
      cells.push_back(Shorten(FieldText(*resource, *field, options), kWordsInCell));
    cells.insert(cells.begin() + static_cast<long>(after_first), StringOf(*resource, "state"));
    const FieldDescriptor* changed = type.FindFieldByName("update_time");
    cells.push_back(changed == nullptr ? "" : FieldText(*resource, *changed, options));
    table.Add(std::move(cells));
  }
  return table.Print(given.width);
}

std::string MessageTable(const std::vector<const Message*>& messages, const ViewOptions& options) {
  if (messages.empty()) return "";
  const Descriptor& type = *messages.front()->GetDescriptor();
  std::vector<Table::Column> columns;
  for (int i = 0; i < type.field_count(); ++i) columns.push_back({UpperLabel(*type.field(i)), 8});
  Table table(columns);
  for (const Message* message : messages) {
    const auto set = SetFields(*message);
    std::vector<std::string> cells;
    for (int i = 0; i < type.field_count(); ++i) {
      const bool is_set = std::find(set.begin(), set.end(), type.field(i)) != set.end();
      cells.push_back(is_set ? FieldText(*message, *type.field(i), options) : "");
    }
    table.Add(std::move(cells));
  }
  return table.Print(options.width);
}

}  // namespace kasundo::cli
