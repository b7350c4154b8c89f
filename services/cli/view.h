// Messages as people read them: one value in a line, one resource as a card, many as a table.
// Everything goes by reflection, so resources of every kind look alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/message.h"

namespace kasundo::cli {

struct ViewOptions {
  int width = 0;                                // columns of the terminal; 0 shortens nothing
  std::string realm;                            // names in it are shown without it
  absl::TimeZone zone = absl::LocalTimeZone();  // of instants
  bool colour = false;                          // the terminal has colours
};

// A single field of a message in one line; "" if it is not set.
std::string FieldText(const google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor& field, const ViewOptions& options);

// A whole message in one line: dates and instants as such, others as "field: value, field: value".
std::string Inline(const google::protobuf::Message& message, const ViewOptions& options);

// An instant to the minute in the zone of the options ("2016-03-18 09:00+08:00"); "" for the epoch
// of protobuf's default.
std::string InstantText(absl::Time time, const ViewOptions& options);

// A resource: name and lifecycle state, its own fields, lists of messages as tables, and last how
// it is governed. Instants are in the zone of its field `time_zone`, if it has one.
std::string Card(const google::protobuf::Message& resource, const ViewOptions& options);

// Any other message: its fields, a line each, lists of messages as tables.
std::string Fields(const google::protobuf::Message& message, const ViewOptions& options);

// Resources in a table: name, the first fields of their own that say something in a few words,
// state, last change. Names right beneath `parent` are shown by id, others as they can be given to
// the next command. REQUIRES: all are of one type.
std::string ResourceTable(const std::vector<const google::protobuf::Message*>& resources,
                          std::string_view parent, const ViewOptions& options);

// Any messages of one type in a table with a column per field that is set in at least one.
std::string MessageTable(const std::vector<const google::protobuf::Message*>& messages,
                         const ViewOptions& options);

// "acting office" of `acting_office`.
std::string Label(const google::protobuf::FieldDescriptor& field);

}  // namespace kasundo::cli
