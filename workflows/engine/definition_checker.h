// Checks a definition against the kind that it governs, before it is accepted into a journal. Every
// fault is found at once, and each names its line, what is wrong and how to mend it.
//
// Codes (DefinitionError.code):
//   MALFORMED               the text is not YAML, or not of the definition's form
//   FIELD_REQUIRED          a required field is empty
//   ID_INVALID              an id is not made of lower-case letters, digits and hyphens
//   UNKNOWN_KIND            no kind of this name, or not the kind it is checked against
//   UNKNOWN_STATE           `initial`, `from` or `to` names none
//   UNKNOWN_EVENT           `on` names neither an event of the kind nor "step/" or "deadline/"
//   UNKNOWN_STEP            `on` names a step that the definition does not have
//   UNKNOWN_DEADLINE        `on` names a deadline that the definition does not have
//   UNKNOWN_GUARD           a guard names no predicate of the kind
//   UNKNOWN_GUARD_PARAMETER the predicate has no such parameter
//   GUARD_EMPTY             a guard without a form, or `all` or `any` of nothing
//   UNKNOWN_ROLE            `by` or `escalate_to` names none
//   UNKNOWN_FIELD           a path names no field of the kind's state
//   FIELD_NOT_A_DATE        a deadline counts from a field that is neither a date nor a time, or
//                           `target_field` is none
//   DURATION_INVALID        an offset is not an ISO 8601 duration
//   DUPLICATE_ID            a state, step or deadline has the id of another (the same deadline may
//                           stand in several states)
//   DUPLICATE_ENTRY         a list names the same thing twice
//   UNREACHABLE_STATE       no transitions lead there from the initial state
//   NO_FINAL_STATE          no state is final
//   NO_WAY_OUT              no transitions lead from a state to a final one
//   NOBODY_MAY_ACT          a state that is not final has no transition that somebody may take
//   GOAL_IS_INITIAL         the initial state is a goal: there would be nothing to reach
//   EACH_OF_ANYONE          `each` of a role that everybody holds, or only the engine
//   LEAVES_FINAL_STATE      a transition begins in a final state, in which nothing more happens
//                           than what `system` alone notes without `to`
//   DEADLINE_IN_FINAL_STATE a final state has a deadline, which could never matter
//   DEADLINE_WITHOUT_ESCALATION  nobody hears of it
//   DEADLINE_AT_ONCE        a deadline that counts from nothing and waits for nothing, or looks
//                           back from its own beginning
//   EVENT_NOT_ADMITTED      a command of the kind yields an event that no transition has: it could
//                           never be recorded
//   STEP_NOT_ADMITTED       no transition has the step: it could never be taken
//   AMBIGUOUS               two transitions can fire on the same event in the same state
//   NUMBER_INVALID          a number is less than it can be
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "workflows/engine/kind.h"
#include "workflows/engine/yaml_reader.h"

namespace kasundo {

// All faults, in the order of the text; empty if the definition may be accepted (Lifecycle::Compile
// will then succeed). Positions are those of `where`, 0 where it knows none.
std::vector<workflows::v1::DefinitionError> CheckDefinition(
    const workflows::v1::WorkflowDefinition& definition, const Kind& kind,
    const SourceMap& where = {});

// Reads a text that was checked when it was accepted. Kinds learn events, and this check learns
// rules, that a text of an earlier program cannot know: it governs what it governs all the same.
// INVALID_ARGUMENT, reason DEFINITION_INVALID if it cannot be read or names a kind that is not
// there.
absl::StatusOr<workflows::v1::WorkflowDefinition> ReadAcceptedDefinition(std::string_view text,
                                                                         const KindRegistry& kinds);

// Reads and checks a definition's text. INVALID_ARGUMENT, reason DEFINITION_INVALID if it has
// faults; the message lists them, `errors` gets them one by one if it is given.
absl::StatusOr<workflows::v1::WorkflowDefinition> ReadDefinition(
    std::string_view text, const KindRegistry& kinds,
    std::vector<workflows::v1::DefinitionError>* errors = nullptr);

// One line per fault, as compilers write them:
//   twinning.workflow.yaml:12:9: UNKNOWN_STATE: no state "inforce" (mend: Did you mean "in-force"?)
std::string FormatErrors(std::string_view file,
                         const std::vector<workflows::v1::DefinitionError>& errors);

}  // namespace kasundo
