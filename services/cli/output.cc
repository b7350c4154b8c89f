#include "services/cli/output.h"

#include "google/protobuf/util/json_util.h"
#include "services/cli/any_message.h"
#include "workflows/engine/check.h"
#include "workflows/engine/yaml_writer.h"

namespace kasundo::cli {
namespace {

using google::protobuf::Message;

std::string NameLine(const Message& message) {
  const auto* field = message.GetDescriptor()->FindFieldByName("name");
  if (field == nullptr || field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING)
    return "";
  return message.GetReflection()->GetString(message, field) + "\n";
}

std::string Json(const Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  options.preserve_proto_field_names = true;
  std::string json;
  KASUNDO_CHECK(google::protobuf::util::MessageToJsonString(message, &json, options).ok());
  return json;
}

std::string WithLineBreak(std::string text) {
  if (text.empty() || text.back() != '\n') text += '\n';
  return text;
}

}  // namespace

std::optional<Format> ParseFormat(std::string_view name) {
  if (name == "human" || name == "table") return Format::kHuman;
  if (name == "json") return Format::kJson;
  if (name == "yaml") return Format::kYaml;
  if (name == "name") return Format::kName;
  if (name == "csv") return Format::kCsv;
  return std::nullopt;
}

std::string ToJson(const Message& message) { return WithLineBreak(Json(message, true)); }

const google::protobuf::FieldDescriptor* CsvField(const google::protobuf::Descriptor& type) {
  const auto* field = type.FindFieldByName("csv");
  const bool is_text = field != nullptr && !field->is_repeated() &&
                       field->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
  return is_text ? field : nullptr;
}

std::string Print(const Message& message, Format format) {
  switch (format) {
    case Format::kJson:
      return ToJson(message);
    case Format::kYaml:
      return WithLineBreak(WriteYaml(message));
    case Format::kName:
      return NameLine(message);
    case Format::kCsv:
      if (const auto* csv = CsvField(*message.GetDescriptor())) {
        return message.GetReflection()->GetString(message, csv);
      }
      break;
    case Format::kHuman:
      break;
  }
  KASUNDO_CHECK(false);
}

std::string PrintAll(const std::vector<const Message*>& messages, Format format) {
  std::string text;
  for (const Message* message : messages) {
    if (format == Format::kJson) {
      text += text.empty() ? "[\n" : ",\n";
      text += Json(*message, false);
    } else {
      if (format == Format::kYaml) text += "---\n";
      text += Print(*message, format);
    }
  }
  if (format == Format::kJson) text += text.empty() ? "[]\n" : "\n]\n";
  return text;
}

}  // namespace kasundo::cli
