// The whole interface with its comments, as a serialized google.protobuf.FileDescriptorSet with
// source information: compiled into the program, because the descriptors of generated code have no
// comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace kasundo::cli {

// Names of the .proto files of Kasundo ("kasundo/committees/v1/committees_service.proto").
const std::vector<std::string>& ApiFiles();

// The comment above an element, as one text without the comment signs; "" if it has none. Any
// thread may call it; the first call takes some milliseconds.
std::string CommentOf(const google::protobuf::MethodDescriptor& method);
std::string CommentOf(const google::protobuf::Descriptor& message);
std::string CommentOf(const google::protobuf::FieldDescriptor& field);
std::string CommentOf(const google::protobuf::EnumValueDescriptor& value);

// The first sentence of a text.
std::string FirstSentence(std::string_view text);

}  // namespace kasundo::cli
