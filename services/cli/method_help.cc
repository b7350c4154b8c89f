#include "services/cli/method_help.h"

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "services/cli/api_description.h"
#include "services/cli/names.h"
#include "services/cli/table.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo::cli {
namespace {

constexpr int kWidth = 100;      // where output is no terminal
constexpr int kDeepest = 4;      // messages in messages that are shown
constexpr int kMostValues = 12;  // of an enum that are named in the line of the field

void Paragraph(std::string& text, const std::string& words, int indent, int width) {
  for (const std::string& line : Wrap(words, std::max(40, width - indent))) {
    text += std::string(indent, ' ') + line + "\n";
  }
}

bool IsHeader(const FieldDescriptor& field) {
  return field.message_type() == api::v1::CommandHeader::descriptor();
}

bool HasFieldsToShow(const FieldDescriptor& field) {
  const Descriptor* type = field.message_type();
  return type != nullptr && !field.is_map() && !IsCivilDate(type) && !IsTimestamp(type) &&
         !IsDuration(type) && type->full_name().rfind("kasundo.", 0) == 0;
}

void FieldList(std::string& text, const Descriptor& type, int depth, int width) {
  const int indent = 2 + 4 * depth;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsHeader(field) || RulesOf(field).output_only()) continue;
    std::string line = fmt::format("{} ({}", field.name(), TypeInWords(field));
    if (depth == 0 && IsTarget(field)) {
      line += ", given by NAME";
    } else if (RulesOf(field).required()) {
      line += ", required";
    }
    if (const std::string& kind = RulesOf(field).reference(); !kind.empty() && kind != "*") {
      line += fmt::format(", name of a {}", kind);
    }
    text += std::string(indent, ' ') + line + ")\n";
    Paragraph(text, CommentOf(field), indent + 4, width);
    if (field.enum_type() != nullptr && field.enum_type()->value_count() <= kMostValues) {
      for (int v = 0; v < field.enum_type()->value_count(); ++v) {
        const auto* value = field.enum_type()->value(v);
        if (value->number() == 0) continue;
        Paragraph(text, fmt::format("{}: {}", kasundo::ShortName(value), CommentOf(*value)),
                  indent + 6, width);
      }
    }
    if (HasFieldsToShow(field) && depth + 1 < kDeepest)
      FieldList(text, *field.message_type(), depth + 1, width);
  }
}

}  // namespace

std::string TypeInWords(const FieldDescriptor& field) {
  if (field.is_map()) return "map: " + field.name() + ".<key>=<value>";
  std::string type;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      type = field.type() == FieldDescriptor::TYPE_BYTES ? "base64" : "text";
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      type = "true or false";
      break;
    case FieldDescriptor::CPPTYPE_ENUM: {
      std::vector<std::string> values;
      for (int i = 0; i < field.enum_type()->value_count(); ++i) {
        if (field.enum_type()->value(i)->number() != 0)
          values.push_back(kasundo::ShortName(field.enum_type()->value(i)));
      }
      type = fmt::format("one of {}", fmt::join(values, ", "));
      break;
    }
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      type = "number";
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (IsCivilDate(field.message_type())) {
        type = "date";
      } else if (IsTimestamp(field.message_type())) {
        type = "instant";
      } else if (IsDuration(field.message_type())) {
        type = "duration";
      } else {
        type = field.message_type()->name();
      }
      break;
    default:
      type = "whole number";
  }
  return field.is_repeated() ? "list: " + type : type;
}

std::string MethodHelp(const Catalog& catalog, const MethodDescriptor& method, int width) {
  if (width <= 0) width = kWidth;
  const Descriptor& request = *method.input_type();
  const bool takes_name = request.FindFieldByName("name") != nullptr ||
                          request.FindFieldByName("parent") != nullptr ||
                          request.FindFieldByName("realm") != nullptr || Creates(method);
  std::string text = fmt::format("kasundo act {}{} field=value ...\n\n", catalog.NameOf(method),
                                 takes_name ? " NAME" : "");
  Paragraph(text, CommentOf(method), 0, width);
  if (Creates(method)) {
    text += "\nNAME is the name that it shall have.\n";
  }
  text += "\nFields\n";
  FieldList(text, request, 0, width);
  if (const FieldDescriptor* header = request.FindFieldByName("header");
      header != nullptr && IsHeader(*header)) {
    text +=
        "\nBeside them: --reason, --occurred-on, --as, --etag, --request-id, --dry-run (see "
        "kasundo act --help)\n";
  }
  text += fmt::format("\nAnswers with: {}. ", method.output_type()->name());
  text += CommentOf(*method.output_type()) + "\n";
  return text;
}

}  // namespace kasundo::cli
