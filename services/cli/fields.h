// Fields of a request from the command line: `title=CMD`, `seats[0].title=Chair`, `since=2011-06`,
// `functions=[a, b]`, `parameters.notice_days=7`, `text=@minutes.md`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace kasundo::cli {

// Sets one field. `assignment` is PATH=VALUE:
//  - PATH: field names joined by points; [i] after a list takes its element i, at most one past its
//  end; a list without
//    an index gets one more element; after a map its key.
//  - VALUE: as in YAML, but a text is taken as it stands; [..] and {..} for lists and messages;
//  @FILE takes the file's
//    content, @@ begins a text with an @.
// A usage error names the field that does not exist and the nearest that does.
absl::Status SetField(google::protobuf::Message& message, std::string_view assignment);

// The paths that may come next, for completion: what begins with `begun` ("seats[0].ti" ->
// "seats[0].title="). A field that holds a message ends in "." instead of "=". After "=" the values
// of an enum or a bool.
std::vector<std::string> CompletePath(const google::protobuf::Descriptor& type,
                                      std::string_view begun);

}  // namespace kasundo::cli
