// The table of a kind: what each command does in each lifecycle state, tried on the real engine.
// Each cell holds the events and the state they lead to, or the reason of the refusal. There is no
// empty cell: a state that no history reaches or a command without a request is an error.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/testing/v1/histories.pb.h"
#include "tests/support/stage.h"

namespace kasundo::testing {

struct StateCommandTable {
  std::string kind;
  std::vector<std::string> states;              // in the order of the definition; the columns
  std::vector<std::string> commands;            // the rows
  std::vector<std::vector<std::string>> cells;  // [command][state]
  // What is wrong with the cases, in words; the table is only good if there is nothing.
  std::vector<std::string> errors;

  // As Markdown, one row per command.
  std::string ToMarkdown() const;
};

// Plays every history and tries every command after each.
absl::StatusOr<StateCommandTable> MakeStateCommandTable(const Registry& registry,
                                                        const v1::StateCommandCases& cases);

// Reads a YAML file. INVALID_ARGUMENT with line and column of each mistake.
absl::StatusOr<v1::StateCommandCases> ReadCases(const std::string& path);

// A stage on which the history of `state` has been played; FAILED_PRECONDITION if an act was
// refused or another state reached.
absl::StatusOr<std::unique_ptr<Stage>> StageIn(const Registry& registry,
                                               const v1::StateCommandCases& cases,
                                               const v1::StateHistory& history);

}  // namespace kasundo::testing
