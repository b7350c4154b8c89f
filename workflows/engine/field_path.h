// A path of fields into a message, as definitions write it ("term.until", "legal_bases"): resolved
// once against a message type, then read in any message of it. Every field but the last must be a
// single message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace kasundo {

class FieldPath {
 public:
  // INVALID_ARGUMENT, reason FIELD_INVALID if `type` has no such path; the mend names the nearest
  // field.
  static absl::StatusOr<FieldPath> Resolve(const google::protobuf::Descriptor* type,
                                           std::string_view path);

  const std::string& text() const { return text_; }
  // The last field.
  const google::protobuf::FieldDescriptor* field() const { return fields_.back(); }

  // The message that holds the last field; nullptr if a message on the way is absent.
  // REQUIRES: `message` is of the type that the path was resolved against.
  const google::protobuf::Message* Holder(const google::protobuf::Message& message) const;

  // Whether nothing is there: a field without presence that has its default, an absent message, an
  // empty list, and a CivilDate without a year.
  bool IsEmpty(const google::protobuf::Message& message) const;

 private:
  std::string text_;
  std::vector<const google::protobuf::FieldDescriptor*> fields_;
};

// Whether the type is kasundo.api.v1.CivilDate, google.protobuf.Timestamp or
// google.protobuf.Duration.
bool IsCivilDate(const google::protobuf::Descriptor* type);
bool IsTimestamp(const google::protobuf::Descriptor* type);
bool IsDuration(const google::protobuf::Descriptor* type);

}  // namespace kasundo
