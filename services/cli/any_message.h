// What a google.protobuf.Any holds, as a message of its own type.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/message.h"

namespace kasundo::cli {

// A new, empty message of a type of the generated pool. REQUIRES: `type` is of that pool.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type);

// INTERNAL if the type is not linked in (the server is newer than this program) or the bytes are
// not of it.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Unpack(const google::protobuf::Any& any);

}  // namespace kasundo::cli
