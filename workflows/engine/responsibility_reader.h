// Reads who is responsible for what out of a state, as a ResponsibilityRule of its definition says.
// Compiled once per rule; the checker of definitions compiles for the problems alone.
//
//   std::vector<ResponsibilityReader::Problem> problems;
//   const ResponsibilityReader reader(rule, state_type, &problems);
//   for (const ResponsibilityReader::Row& row : reader.Read(state, day, name)) ...
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/dated_path.h"

namespace kasundo {

class ResponsibilityReader {
 public:
  // Something wrong in a rule: where in it ("accountable[0].path"), and what with its mend.
  struct Problem {
    std::string where;
    absl::Status status;
  };

  // One row, with names as they stand in the state, each once.
  struct Row {
    std::string item;  // id of the element, or its number from 1; "" for the whole instance
    std::string title;
    std::vector<std::string> accountable;
    std::vector<std::string> responsible;
    std::vector<std::string> consulted;
    std::vector<std::string> informed;
    std::vector<std::string> topics;
    std::vector<std::string> territories;
    std::string subject;
    CivilDate since;
    CivilDate until;
  };

  // `rule` must outlive it. What is wrong is added to `problems` and left out of what is read.
  ResponsibilityReader(const workflows::v1::ResponsibilityRule& rule,
                       const google::protobuf::Descriptor* state_type,
                       std::vector<Problem>* problems);

  const workflows::v1::ResponsibilityRule& rule() const { return *rule_; }

  // Rows of a day. REQUIRES: `state` is of the type that the rule was compiled for.
  std::vector<Row> Read(const google::protobuf::Message& state, const CivilDate& day,
                        std::string_view instance) const;

 private:
  // A path and whether it begins in the state rather than in the element of `each`.
  struct Path {
    DatedPath path;
    bool in_state = true;
  };
  struct Source {
    Path path;
    std::vector<std::pair<DatedPath, std::string>> where;  // in the holder of the last field
    std::optional<DatedPath> among;
    std::vector<DatedPath> take;
  };
  struct Compiler;

  std::vector<std::string> Texts(const Path& path, const google::protobuf::Message& element,
                                 const google::protobuf::Message& state,
                                 const CivilDate& day) const;
  std::vector<std::string> TextsOfAll(const std::vector<Path>& paths,
                                      const google::protobuf::Message& element,
                                      const google::protobuf::Message& state,
                                      const CivilDate& day) const;
  std::vector<std::string> Names(const std::vector<Source>& sources,
                                 const google::protobuf::Message& element,
                                 const google::protobuf::Message& state,
                                 const CivilDate& day) const;
  std::optional<Row> ReadElement(const google::protobuf::Message& element,
                                 const google::protobuf::Message& state, const CivilDate& day,
                                 std::string_view instance) const;

  const workflows::v1::ResponsibilityRule* rule_;
  std::optional<DatedPath> each_;
  std::vector<Source> accountable_;
  std::vector<Source> responsible_;
  std::vector<Source> consulted_;
  std::vector<Source> informed_;
  std::vector<Path> title_;
  std::vector<Path> topics_;
  std::vector<Path> territories_;
  std::optional<Path> subject_;
  std::optional<Path> since_;
  std::optional<Path> until_;
  std::vector<std::pair<Path, std::string>> where_;
  std::vector<std::pair<Path, std::string>> unless_;
  bool named_topic_ = false;  // the instance's own name is a topic
};

}  // namespace kasundo
