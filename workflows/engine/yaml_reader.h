// The one YAML reader: fills any protobuf message by reflection. Definitions, configuration and
// manifests all go through it.
//
// Keys are field names (`legal_bases`; `legalBases` is the same). Everything that does not fit is
// refused, all of it at once, each fault with line and column: unknown keys (with the nearest known
// one), keys twice, values of the wrong type, two members of one oneof. A key that is not there
// leaves its field as it is; a list or a map that is there replaces what the field held; null
// (`key:` with nothing) leaves the field unset.
//
// Shorter forms, for every message type:
//   date: 2011-06                    kasundo.api.v1.CivilDate, ISO 8601
//   at: 2016-03-18T09:00:00+08:00    google.protobuf.Timestamp, RFC 3339 with its zone
//   wait: PT12H  or  3600s           google.protobuf.Duration (days count as 24 hours; months have
//   no fixed length) check: quorum-met                a scalar for a message sets its first field
//   all: [a, b]                      a list for a message whose only field is repeated sets that
//   field sector: civil-society            an enum by its value's name without the enum's prefix,
//   in any case, or in full hash: 3q2+7w==                   bytes in base64 payload: {"@type":
//   kasundo.api.v1.AsOf, position: 7}     google.protobuf.Any of a type that is linked in; for a
//   type
//                                    with a scalar form {"@type": ..., value: 2011-06}
//   google.protobuf.Struct, Value and ListValue hold whatever stands there.
// Numbers and booleans stand without quotes (64-bit numbers may have them, as in protobuf's JSON);
// texts with or without.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "workflows/engine/yaml_document.h"

namespace kasundo {

// Where the fields of a message stood in the text that it was read from, by path:
// "transitions[2].to", "parameters[\"notice_days\"]".
class SourceMap {
 public:
  void Set(std::string path, SourcePosition at) { positions_[std::move(path)] = at; }
  // The position of the path, or of the nearest path above it; {0, 0} if not even that is known.
  SourcePosition Find(std::string_view path) const;
  size_t size() const { return positions_.size(); }

 private:
  std::map<std::string, SourcePosition, std::less<>> positions_;
};

// Fills `into` with a value of a document. `path` stands before the paths of errors and of `where`;
// empty for the root. Returns all faults; if there are any, `into` holds only what could be read.
std::vector<YamlError> ReadYamlNode(const YamlNode& node, google::protobuf::Message& into,
                                    SourceMap* where = nullptr, std::string_view path = "");

// Fills `into` with a text of one document. An error is as ToStatus() makes it and lists all
// faults; `errors` gets them one by one if it is given. An empty text changes nothing.
absl::Status ReadYaml(std::string_view text, google::protobuf::Message& into,
                      SourceMap* where = nullptr, std::vector<YamlError>* errors = nullptr);

// The name of an enum value as YAML has it: without the enum's prefix, lower case, hyphens
// ("very-heavy" of PROMISE_WEIGHT_VERY_HEAVY).
std::string ShortName(const google::protobuf::EnumValueDescriptor* value);

// The value that a name means (short in any case, or in full); nullptr if the enum has none.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor* type, std::string_view name);

}  // namespace kasundo
