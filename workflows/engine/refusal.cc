#include "workflows/engine/refusal.h"

#include "absl/strings/cord.h"

namespace kasundo {
namespace {

constexpr char kTypeUrl[] = "type.googleapis.com/kasundo.api.v1.Refusal";
constexpr std::string_view kPrefix = "REASON_";

}  // namespace

Refuse::Refuse(absl::StatusCode code, std::string_view reason_name, std::string message, int)
    : code_(code) {
  if (reason_name.starts_with(kPrefix)) reason_name.remove_prefix(kPrefix.size());
  refusal_.set_reason(std::string(reason_name));
  refusal_.set_message(std::move(message));
}

Refuse& Refuse::Field(std::string_view path) {
  refusal_.set_field(std::string(path));
  return *this;
}

Refuse& Refuse::Mend(std::string_view text) {
  refusal_.set_mend(std::string(text));
  return *this;
}

Refuse& Refuse::With(std::string_view key, std::string_view value) {
  (*refusal_.mutable_metadata())[std::string(key)] = std::string(value);
  return *this;
}

Refuse& Refuse::With(std::string_view key, int64_t value) {
  return With(key, std::to_string(value));
}

Refuse::operator absl::Status() const {
  absl::Status status(code_, refusal_.message());
  status.SetPayload(kTypeUrl, absl::Cord(refusal_.SerializeAsString()));
  return status;
}

std::optional<api::v1::Refusal> RefusalOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kTypeUrl);
  if (!payload.has_value()) return std::nullopt;
  api::v1::Refusal refusal;
  if (!refusal.ParseFromString(std::string(*payload))) return std::nullopt;
  return refusal;
}

std::string ReasonOf(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  return refusal ? refusal->reason() : "";
}

}  // namespace kasundo
