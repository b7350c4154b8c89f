#include "services/runtime/field_rules.h"

#include <mutex>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"
#include "kasundo/api/v1/annotations.pb.h"
#include "kasundo/api/v1/civil_date.pb.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// 0001-01-01 and 9999-12-31 in seconds, the range of google.protobuf.Timestamp.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;

bool IsCollection(std::string_view segment) {
  if (segment.empty() || segment.size() > 63) return false;
  if (segment.front() < 'a' || segment.front() > 'z') return false;
  for (const char c : segment) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

std::string At(const std::string& path, const FieldDescriptor* field) {
  return path.empty() ? field->name() : path + "." + field->name();
}

absl::Status Invalid(std::string_view path, std::string message, std::string_view mend) {
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                std::move(message))
      .Field(path)
      .Mend(mend);
}

}  // namespace

bool IsWellFormedName(std::string_view name) {
  if (!name.starts_with("realms/") || name.size() > 1024) return false;
  bool collection = true;
  while (true) {
    const size_t slash = name.find('/');
    const std::string_view segment = name.substr(0, slash);
    if (collection ? !IsCollection(segment) : !IsValidId(segment)) return false;
    if (slash == std::string_view::npos) return !collection;
    name.remove_prefix(slash + 1);
    collection = !collection;
  }
}

struct FieldRulesChecker::FieldPlan {
  const FieldDescriptor* field = nullptr;
  api::v1::FieldRules rules;
  int max_bytes = kDefaultMaxBytes;
  enum class Form { kPlain, kMessage, kDate, kInstant, kAny, kHeader } form = Form::kPlain;
};

// Fields that nothing can be said against (numbers, flags, optional bytes) are not in it.
struct FieldRulesChecker::Plan {
  std::vector<FieldPlan> fields;
};

FieldRulesChecker::FieldRulesChecker(const KindRegistry& kinds) : kinds_(kinds) {}
FieldRulesChecker::~FieldRulesChecker() = default;

absl::Status FieldRulesChecker::Malformed(const Descriptor* type) {
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_MALFORMED_REQUEST,
                fmt::format("the bytes are not a {}", type->full_name()))
      .Mend("Send the message in protobuf's wire format, with strings in UTF-8.");
}

const FieldRulesChecker::Plan& FieldRulesChecker::PlanOf(const Descriptor* type) const {
  {
    std::shared_lock lock(mutex_);
    const auto found = plans_.find(type);
    if (found != plans_.end()) return *found->second;
  }
  auto plan = std::make_unique<Plan>();
  for (int i = 0; i < type->field_count(); ++i) {
    FieldPlan entry;
    entry.field = type->field(i);
    entry.rules = entry.field->options().GetExtension(api::v1::field);
    if (entry.rules.max_bytes() > 0) entry.max_bytes = entry.rules.max_bytes();
    bool speaks = entry.rules.required() || entry.rules.output_only();
    switch (entry.field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        speaks |= entry.field->type() == FieldDescriptor::TYPE_STRING;
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        speaks = true;
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE: {
        speaks = true;
        const Descriptor* inner = entry.field->message_type();
        if (inner == api::v1::CivilDate::descriptor()) {
          entry.form = FieldPlan::Form::kDate;
        } else if (inner == google::protobuf::Timestamp::descriptor()) {
          entry.form = FieldPlan::Form::kInstant;
        } else if (inner->full_name() == "google.protobuf.Any") {
          entry.form = FieldPlan::Form::kAny;
        } else if (inner == api::v1::CommandHeader::descriptor()) {
          entry.form = FieldPlan::Form::kHeader;
        } else {
          entry.form = FieldPlan::Form::kMessage;
        }
        break;
      }
      default:
        break;
    }
    if (speaks) plan->fields.push_back(std::move(entry));
  }
  std::unique_lock lock(mutex_);
  return *plans_.try_emplace(type, std::move(plan)).first->second;
}

absl::Status FieldRulesChecker::CheckName(std::string_view field, std::string_view name,
                                          std::string_view kind) const {
  const Kind* known = kind == "*" ? nullptr : kinds_.Find(kind);
  bool fits = IsWellFormedName(name);
  std::string form = "realms/<realm>/<collection>/<id>";
  if (known != nullptr) {
    // Walks up from the kind to the realm, comparing collections and building the form for the
    // message.
    form.clear();
    std::string_view rest = name;
    const Kind* level = known;
    while (level != nullptr && level->traits().kind != "realm") {
      const std::string& collection = level->traits().collection;
      form = fmt::format("/{}/<{}>", collection, level->traits().kind) + form;
      fits = fits && CollectionOf(rest) == collection;
      rest = ParentOf(rest);
      level = kinds_.Find(level->traits().parent_kind);
    }
    form = "realms/<realm>" + form;
    fits = fits && CollectionOf(rest) == "realms" && ParentOf(rest).empty();
  }
  if (known == nullptr && kind == "realm") {
    form = "realms/<realm>";
    fits = fits && ParentOf(name).empty();
  }
  if (fits) return absl::OkStatus();
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                kind == "*" ? fmt::format("\"{}\" is not a name", name)
                            : fmt::format("\"{}\" is not the name of a {}", name, kind))
      .Field(field)
      .Mend(fmt::format("Write {}; ids are lower-case letters, digits and hyphens.", form));
}

absl::Status FieldRulesChecker::CheckString(const FieldPlan& field, const std::string& value,
                                            const std::string& path,
                                            std::vector<Command::Reference>* references) const {
  if (value.size() > static_cast<size_t>(field.max_bytes)) {
    return Refuse(
               absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_TOO_LONG,
               fmt::format("{} has {} bytes; {} are allowed", path, value.size(), field.max_bytes))
        .Field(path)
        .Mend("Shorten it.")
        .With("bytes", static_cast<int64_t>(value.size()))
        .With("allowed", field.max_bytes);
  }
  if (!field.rules.reference().empty() && !value.empty()) {
    RETURN_IF_ERROR(CheckName(path, value, field.rules.reference()));
    if (references != nullptr) references->push_back({path, value, field.rules.reference()});
  }
  return absl::OkStatus();
}

absl::Status FieldRulesChecker::Check(Message& request,
                                      std::vector<Command::Reference>* references) const {
  return CheckMessage(request, PlanOf(request.GetDescriptor()), "", references);
}

absl::Status FieldRulesChecker::CheckMessage(Message& message, const Plan& plan,
                                             const std::string& path,
                                             std::vector<Command::Reference>* references) const {
  const google::protobuf::Reflection* reflection = message.GetReflection();
  for (const FieldPlan& entry : plan.fields) {
    const FieldDescriptor* field = entry.field;
    if (entry.rules.output_only()) {
      reflection->ClearField(&message, field);
      continue;
    }
    const int count = field->is_repeated() ? reflection->FieldSize(message, field)
                                           : (reflection->HasField(message, field) ? 1 : 0);
    if (count == 0) {
      if (!entry.rules.required()) continue;
      const std::string at = At(path, field);
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED,
                    fmt::format("{} is missing", at))
          .Field(at)
          .Mend(fmt::format("Set {}.", at));
    }
    for (int i = 0; i < count; ++i) {
      // Paths are only written out when something is wrong or when there is something beneath.
      const auto at = [&] {
        return field->is_repeated() ? fmt::format("{}[{}]", At(path, field), i) : At(path, field);
      };
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        if (field->type() != FieldDescriptor::TYPE_STRING) continue;
        std::string scratch;
        const std::string& value =
            field->is_repeated()
                ? reflection->GetRepeatedStringReference(message, field, i, &scratch)
                : reflection->GetStringReference(message, field, &scratch);
        if (entry.rules.reference().empty() &&
            value.size() <= static_cast<size_t>(entry.max_bytes) &&
            !(entry.rules.required() && value.empty())) {
          continue;
        }
        if (entry.rules.required() && value.empty()) {
          return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_REQUIRED,
                        fmt::format("{} is empty", at()))
              .Field(at())
              .Mend("Leave the element out, or fill it.");
        }
        RETURN_IF_ERROR(CheckString(entry, value, at(), references));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        const int value = field->is_repeated() ? reflection->GetRepeatedEnumValue(message, field, i)
                                               : reflection->GetEnumValue(message, field);
        const bool known = field->enum_type()->FindValueByNumber(value) != nullptr;
        if (!known || (entry.rules.required() && value == 0)) {
          std::string values;
          for (int v = 0; v < field->enum_type()->value_count(); ++v) {
            const auto* candidate = field->enum_type()->value(v);
            if (candidate->number() == 0) continue;
            values += (values.empty() ? "" : ", ") + candidate->name();
          }
          return Invalid(at(), fmt::format("{} has no value {}", at(), value),
                         fmt::format("Use one of {}.", values));
        }
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Message& inner = field->is_repeated()
                             ? *reflection->MutableRepeatedMessage(&message, field, i)
                             : *reflection->MutableMessage(&message, field);
        switch (entry.form) {
          case FieldPlan::Form::kDate: {
            const auto& date = static_cast<const api::v1::CivilDate&>(inner);
            if (!IsValid(date)) {
              return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_DATE_INVALID,
                            fmt::format("{} is {}-{}-{}, which is not in the calendar", at(),
                                        date.year(), date.month(), date.day()))
                  .Field(at())
                  .Mend("Give year, month and day, or year and month, or the year alone.");
            }
            break;
          }
          case FieldPlan::Form::kInstant: {
            const auto& instant = static_cast<const google::protobuf::Timestamp&>(inner);
            if (instant.seconds() < kFirstSecond || instant.seconds() > kLastSecond ||
                instant.nanos() < 0 || instant.nanos() > 999'999'999) {
              return Invalid(at(), fmt::format("{} is not an instant of the years 1 to 9999", at()),
                             "Give an RFC 3339 time.");
            }
            break;
          }
          case FieldPlan::Form::kAny:
            break;
          case FieldPlan::Form::kHeader:
            RETURN_IF_ERROR(CheckMessage(inner, PlanOf(inner.GetDescriptor()), at(), nullptr));
            break;
          case FieldPlan::Form::kMessage:
          case FieldPlan::Form::kPlain:
            RETURN_IF_ERROR(CheckMessage(inner, PlanOf(inner.GetDescriptor()), at(), references));
            break;
        }
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace kasundo
