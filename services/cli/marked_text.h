// Differences of texts for people (kasundo.api.v1.TextRun): removed words as [-these-], added ones
// as {+these+}, and red and green where the terminal has colours. A list of runs in any message is
// shown so.
#pragma once

#include <string>
#include <string_view>

#include "google/protobuf/message.h"

namespace kasundo::cli {

// Whether the field is a list of runs.
bool IsMarkedText(const google::protobuf::FieldDescriptor& field);

// The runs put together, with marks. REQUIRES: IsMarkedText(field).
std::string MarkedText(const google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field);

// Colours what MarkedText() gave and was then wrapped and indented: `shown` has the same characters
// after its first `head` bytes, apart from spaces and line breaks.
std::string Coloured(std::string_view shown, size_t head, const google::protobuf::Message& message,
                     const google::protobuf::FieldDescriptor& field);

}  // namespace kasundo::cli
