// Messages as YAML for people: the inverse of yaml_reader.h, in the short forms that it reads.
//
// Fields come in the order of their declaration; what is not set is left out; dates and times are
// ISO scalars, enums their short names, texts of several lines blocks. Fields declared secret
// ((kasundo.api.v1.field).secret) are left out, also inside of an Any. ReadYaml() of what
// WriteYaml() gives is the same message again, but for secrets, for unknown fields and for a
// google.protobuf.Value that holds nothing (it comes back as null).
#pragma once

#include <string>

#include "google/protobuf/message.h"

namespace kasundo {

// Ends with a newline; "{}\n" for a message in which nothing is set.
std::string WriteYaml(const google::protobuf::Message& message);

}  // namespace kasundo
