// Who must sit in a body (requirements 8 and 10): rules checked against the roster of a day, each
// violation named by its rule.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "workflows/committee/body_checks.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::committees {

// A rule and how far it is from holding.
struct CompositionFinding {
  const v1::CompositionRule* rule = nullptr;
  int shortfall = 0;  // 0: it holds; else how many seats or posts are missing or too many
  v1::CompositionViolation violation;
};

// One finding per rule of the body, in its order.
std::vector<CompositionFinding> CheckComposition(const v1::CommitteeState& state,
                                                 const CivilDate& day);

// The rules that do not hold on that day.
std::vector<v1::CompositionViolation> CompositionViolations(const v1::CommitteeState& state,
                                                            const CivilDate& day);

// INVALID_ARGUMENT COMPOSITION_RULE_INVALID if a rule lacks what its check needs or two have one
// id.
absl::Status CheckCompositionRules(
    const google::protobuf::RepeatedPtrField<v1::CompositionRule>& rules);

// Ends every change of membership: refuses it with FAILED_PRECONDITION COMPOSITION_RULE_BROKEN if
// it takes an enforced rule further from holding, and adds CompositionChecked if other rules are
// broken after it than the state says.
CommitteeEvents WithComposition(const v1::CommitteeState& before,
                                std::vector<v1::CommitteeEvent> events, const CivilDate& day);

// The same for a change that nobody decides, such as a death: an enforced rule that it breaks is
// noted like any other.
std::vector<v1::CommitteeEvent> NoteComposition(const v1::CommitteeState& before,
                                                std::vector<v1::CommitteeEvent> events,
                                                const CivilDate& day);

}  // namespace kasundo::committees
