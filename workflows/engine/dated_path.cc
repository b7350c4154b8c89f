#include "workflows/engine/dated_path.h"

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/nearest_name.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The date in a field of that name; unset if the message has none.
CivilDate DateIn(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() || !IsCivilDate(field->message_type())) return {};
  CivilDate date;
  date.CopyFrom(message.GetReflection()->GetMessage(message, field));
  return date;
}

void AddTexts(const Message& holder, const FieldDescriptor* field,
              std::vector<std::string>* texts) {
  const auto* reflection = holder.GetReflection();
  if (field->is_repeated()) {
    for (int i = 0; i < reflection->FieldSize(holder, field); ++i) {
      texts->push_back(reflection->GetRepeatedString(holder, field, i));
    }
    return;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (std::string text = reflection->GetString(holder, field); !text.empty()) {
        texts->push_back(std::move(text));
      }
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      if (const auto* value = reflection->GetEnum(holder, field); value->number() != 0) {
        texts->push_back(ShortName(value));
      }
      return;
    case FieldDescriptor::CPPTYPE_BOOL:
      if (reflection->GetBool(holder, field)) texts->push_back("true");
      return;
    default:
      if (const CivilDate date = DateIn(holder, field->name().c_str()); IsSet(date)) {
        texts->push_back(ToString(date));
      }
  }
}

}  // namespace

absl::StatusOr<DatedPath> DatedPath::Resolve(const Descriptor* type, std::string_view path) {
  DatedPath resolved;
  resolved.text_ = std::string(path);
  std::string_view rest = path;
  while (true) {
    const size_t dot = rest.find('.');
    const std::string name(rest.substr(0, dot));
    const FieldDescriptor* field = type->FindFieldByName(name);
    if (field == nullptr) {
      std::vector<std::string> names;
      names.reserve(static_cast<size_t>(type->field_count()));
      for (int i = 0; i < type->field_count(); ++i) names.push_back(type->field(i)->name());
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    fmt::format("\"{}\": {} has no field \"{}\"", path, type->name(), name))
          .Mend(SuggestName(name, names, "fields"));
    }
    resolved.fields_.push_back(field);
    if (dot == std::string_view::npos) return resolved;
    if (field->message_type() == nullptr || field->is_map()) {
      return Refuse(
                 absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                 fmt::format("\"{}\": \"{}\" is no message, so nothing can follow it", path, name))
          .Mend(fmt::format("End the path at \"{}\".", name));
    }
    type = field->message_type();
    rest.remove_prefix(dot + 1);
  }
}

bool DatedPath::IsText() const {
  switch (field()->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return true;
    case FieldDescriptor::CPPTYPE_ENUM:
    case FieldDescriptor::CPPTYPE_BOOL:
      return !field()->is_repeated();
    default:
      return !field()->is_repeated() && IsCivilDate(field()->message_type());
  }
}

void DatedPath::VisitHolders(const Message& message, const CivilDate& day,
                             const std::function<void(const Message&)>& visit) const {
  std::vector<const Message*> holders = {&message};
  for (size_t i = 0; i + 1 < fields_.size(); ++i) {
    std::vector<const Message*> next;
    for (const Message* holder : holders) {
      const auto* reflection = holder->GetReflection();
      if (!fields_[i]->is_repeated()) {
        if (reflection->HasField(*holder, fields_[i])) {
          next.push_back(&reflection->GetMessage(*holder, fields_[i]));
        }
        continue;
      }
      for (int at = 0; at < reflection->FieldSize(*holder, fields_[i]); ++at) {
        const Message& element = reflection->GetRepeatedMessage(*holder, fields_[i], at);
        if (HoldsOn(element, day)) next.push_back(&element);
      }
    }
    holders = std::move(next);
  }
  for (const Message* holder : holders) visit(*holder);
}

std::vector<std::string> DatedPath::Texts(const Message& message, const CivilDate& day) const {
  std::vector<std::string> texts;
  VisitHolders(message, day, [&](const Message& holder) { AddTexts(holder, field(), &texts); });
  return texts;
}

std::vector<std::string> DatedPath::TextsIn(const Message& holder) const {
  std::vector<std::string> texts;
  AddTexts(holder, field(), &texts);
  return texts;
}

bool HoldsOn(const Message& message, const CivilDate& day) {
  return Covers(DateIn(message, "since"), DateIn(message, "until"), day);
}

}  // namespace kasundo
