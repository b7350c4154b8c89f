// The table of responsibilities of a realm on a day: rows out of any instance whose definition
// declares them, and what is wrong with them taken together. Pure; names no kind.
//
//   ResponsibilityTable table(day);
//   for (...) table.Add({name, kind, &definition, lifecycle_state, &state});
//   const v1::ResponsibilityMatrix matrix = table.Finish(offices, 20);
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "kasundo/responsibilities/v1/responsibilities.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "workflows/continuity/offices.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/responsibility_reader.h"

namespace kasundo::responsibilities {

// An instance as it is on the day.
struct DeclaringInstance {
  std::string name;
  std::string kind;
  const workflows::v1::WorkflowDefinition* definition = nullptr;  // must outlive the table
  std::string lifecycle_state;
  const google::protobuf::Message* state = nullptr;  // looked at in Add() only
  // It is as it is now, since nobody said when its acts happened: only rows with a first day of
  // their own count.
  bool undated = false;
};

class ResponsibilityTable {
 public:
  explicit ResponsibilityTable(CivilDate day) : day_(std::move(day)) {}

  // Adds what the instance's definition declares of it.
  void Add(const DeclaringInstance& instance);

  // All rows by instance, with who holds the offices, and the findings over them. A person who acts
  // in more than `most_per_person` rows is overloaded.
  v1::ResponsibilityMatrix Finish(const continuity::OfficeRegister& offices, int most_per_person);

 private:
  // What is wanted of a row beside what it says.
  struct Wants {
    bool accountable = false;
    bool responsible = false;
  };

  const std::vector<ResponsibilityReader>& ReadersOf(const DeclaringInstance& instance);

  CivilDate day_;
  std::map<const workflows::v1::WorkflowDefinition*, std::vector<ResponsibilityReader>> readers_;
  std::vector<v1::Responsibility> rows_;
  std::vector<Wants> wants_;                // of each row
  std::vector<v1::Responsibility> wishes_;  // that there be a row with their topics
};

// Only the rows in which `party` (an office, organisation, body or person) stands, and findings
// about them.
v1::ResponsibilityMatrix OnlyOf(const v1::ResponsibilityMatrix& matrix, const std::string& party);

// Only the findings of these kinds, and their rows.
v1::ResponsibilityMatrix OnlyFindings(const v1::ResponsibilityMatrix& matrix,
                                      const std::vector<v1::ResponsibilityFindingKind>& kinds);

}  // namespace kasundo::responsibilities
