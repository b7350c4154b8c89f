// Which office should lead, by where the work begins (requirement 48): work that begins with a plan
// is led by the planning office, work that begins with services by employment or social welfare.
// The rule is data: the parameters `lead_<entry point>` of the definition `assignment`, each a list
// of functions of offices.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/assignments/v1/assignments.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::assignments {

// Functions of offices that are proposed for an entry point, in order. INVALID_ARGUMENT
// ENTRY_POINT_UNKNOWN; the mend lists those that there are.
absl::StatusOr<std::vector<std::string>> ProposedFunctions(
    const std::string& entry_point, const std::map<std::string, std::string>& parameters);

// The first of `functions` that an office has on a day; "" for none.
std::string FunctionAmong(const directory::v1::OfficeState& office,
                          const std::vector<std::string>& functions, const CivilDate& day);

// How the accountable office compares with what is proposed; nullopt without an entry point.
// INVALID_ARGUMENT ENTRY_POINT_UNKNOWN, LEAD_CHOICE_NEEDS_REASON.
absl::StatusOr<std::optional<v1::LeadChoice>> JudgeLead(const std::string& entry_point,
                                                        const std::string& accountable,
                                                        const CivilDate& since,
                                                        const Context& context);

}  // namespace kasundo::assignments
