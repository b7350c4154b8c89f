// A refusal is a value: an absl::Status that carries a kasundo.api.v1.Refusal (reason, field, mend,
// metadata) as payload.
//
//   return Refuse(absl::StatusCode::kFailedPrecondition, REASON_QUORUM_NOT_MET,
//                 "9 of 18 regular members present; 10 needed")
//       .Mend("Record two more attendances, or close the motion as a recommendation.")
//       .With("present", 9).With("needed", 10);
//
// `reason` is a value of an area's proto enum Reason; on the wire it is the value's name without
// "REASON_". Tests assert the code and ReasonOf(status), never the message. services/runtime maps
// it to gRPC, in one place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "kasundo/api/v1/refusal.pb.h"

namespace kasundo {

class Refuse {
 public:
  template <typename ReasonEnum>
  Refuse(absl::StatusCode code, ReasonEnum reason, std::string message)
      : Refuse(code,
               google::protobuf::GetEnumDescriptor<ReasonEnum>()->FindValueByNumber(reason)->name(),
               std::move(message), 0) {}

  // Path of the field that is wrong.
  Refuse& Field(std::string_view path);
  // What the caller can do about it.
  Refuse& Mend(std::string_view text);
  // A figure or a name of the message, for programs.
  Refuse& With(std::string_view key, std::string_view value);
  Refuse& With(std::string_view key, int64_t value);

  operator absl::Status() const;  // NOLINT(google-explicit-constructor)
  template <typename T>
  operator absl::StatusOr<T>() const {  // NOLINT(google-explicit-constructor)
    return absl::Status(*this);
  }

 private:
  Refuse(absl::StatusCode code, std::string_view reason_name, std::string message, int);

  absl::StatusCode code_;
  api::v1::Refusal refusal_;
};

// The refusal inside a status, if it carries one.
std::optional<api::v1::Refusal> RefusalOf(const absl::Status& status);

// The reason inside a status ("QUORUM_NOT_MET"), or "" if it carries none.
std::string ReasonOf(const absl::Status& status);

}  // namespace kasundo
