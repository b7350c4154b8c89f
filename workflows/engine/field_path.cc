#include "workflows/engine/field_path.h"

#include "fmt/format.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/nearest_name.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

}  // namespace

absl::StatusOr<FieldPath> FieldPath::Resolve(const Descriptor* type, std::string_view path) {
  FieldPath resolved;
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
    if (field->is_repeated() || field->message_type() == nullptr) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    fmt::format("\"{}\": \"{}\" is no single message, so nothing can follow it",
                                path, name))
          .Mend(fmt::format("End the path at \"{}\".", name));
    }
    type = field->message_type();
    rest.remove_prefix(dot + 1);
  }
}

const Message* FieldPath::Holder(const Message& message) const {
  const Message* holder = &message;
  for (size_t i = 0; i + 1 < fields_.size(); ++i) {
    if (!holder->GetReflection()->HasField(*holder, fields_[i])) return nullptr;
    holder = &holder->GetReflection()->GetMessage(*holder, fields_[i]);
  }
  return holder;
}

bool FieldPath::IsEmpty(const Message& message) const {
  const Message* holder = Holder(message);
  if (holder == nullptr) return true;
  const auto* reflection = holder->GetReflection();
  const FieldDescriptor* last = field();
  if (last->is_repeated()) return reflection->FieldSize(*holder, last) == 0;
  if (!reflection->HasField(*holder, last)) return true;
  if (!IsCivilDate(last->message_type())) return false;
  const Message& date = reflection->GetMessage(*holder, last);
  return date.GetReflection()->GetInt32(date, date.GetDescriptor()->FindFieldByNumber(1)) == 0;
}

bool IsCivilDate(const Descriptor* type) {
  return type != nullptr && type->full_name() == "kasundo.api.v1.CivilDate";
}

bool IsTimestamp(const Descriptor* type) {
  return type != nullptr && type->full_name() == "google.protobuf.Timestamp";
}

bool IsDuration(const Descriptor* type) {
  return type != nullptr && type->full_name() == "google.protobuf.Duration";
}

}  // namespace kasundo
