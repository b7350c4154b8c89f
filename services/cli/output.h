// What goes to the standard output: for people by default, with `-o json` or `-o yaml` for
// programs, with `-o name` names alone, with `-o csv` a table for spreadsheets. JSON and YAML have
// the fields' names as in the protos.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"

namespace kasundo::cli {

// Only some commands have tables for kCsv; others refuse it.
enum class Format { kHuman, kJson, kYaml, kName, kCsv };

// nullopt if there is no format of this name.
std::optional<Format> ParseFormat(std::string_view name);

// A message as JSON, indented, ending in a line break.
std::string ToJson(const google::protobuf::Message& message);

// The field in which a message brings its own table for spreadsheets along: a text named `csv`;
// nullptr if it has none.
const google::protobuf::FieldDescriptor* CsvField(const google::protobuf::Descriptor& type);

// One message in a format for programs. REQUIRES: format is not kHuman, and kCsv only if the
// message has a CsvField.
std::string Print(const google::protobuf::Message& message, Format format);

// Many messages: a JSON list, YAML documents, or names. REQUIRES: format is neither kHuman
// nor kCsv.
std::string PrintAll(const std::vector<const google::protobuf::Message*>& messages, Format format);

}  // namespace kasundo::cli
