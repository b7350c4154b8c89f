// A path of fields into a message that may lead through lists ("tenures.offices.accountable"), read
// on a day: elements of lists that have `since` or `until` count only on days that these cover.
//
//   ASSIGN_OR_RETURN(const DatedPath path, DatedPath::Resolve(State::descriptor(),
//   "secretariats.office"));
//   for (const std::string& office : path.Texts(state, day)) ...
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/civil_date.pb.h"

namespace kasundo {

class DatedPath {
 public:
  // INVALID_ARGUMENT, reason FIELD_INVALID if `type` has no such path; the mend names the nearest
  // field.
  static absl::StatusOr<DatedPath> Resolve(const google::protobuf::Descriptor* type,
                                           std::string_view path);

  const std::string& text() const { return text_; }
  // The last field.
  const google::protobuf::FieldDescriptor* field() const { return fields_.back(); }

  // Calls `visit` with every message that holds the last field on that day, in order.
  // REQUIRES: `message` is of the type that the path was resolved against.
  void VisitHolders(const google::protobuf::Message& message, const api::v1::CivilDate& day,
                    const std::function<void(const google::protobuf::Message&)>& visit) const;

  // Everything at the end of the path that is not empty, as text: strings as they are, enums by
  // their short names, dates, booleans as "true". REQUIRES: the last field is one of these or a
  // list of strings.
  std::vector<std::string> Texts(const google::protobuf::Message& message,
                                 const api::v1::CivilDate& day) const;

  // The same of one holder.
  std::vector<std::string> TextsIn(const google::protobuf::Message& holder) const;

  // Whether Texts() can be asked.
  bool IsText() const;

 private:
  std::string text_;
  std::vector<const google::protobuf::FieldDescriptor*> fields_;
};

// Whether a message counts on a day: it has neither `since` nor `until`, or they cover the day.
bool HoldsOn(const google::protobuf::Message& message, const api::v1::CivilDate& day);

}  // namespace kasundo
