// Which bodies own an instance and which offices carry it, for any kind: those that its state
// names, and the bodies beneath which it lies. One that has them names them, so no kind does here.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "google/protobuf/message.h"

namespace kasundo::continuity {

// Full names; `state` may be null.
std::set<std::string> BodiesOf(std::string_view name, const google::protobuf::Message* state);

// Full names.
std::set<std::string> OfficesNamedIn(std::string_view name, const google::protobuf::Message& state);

}  // namespace kasundo::continuity
