// What somebody should look at about a role on a day (requirements 45, 49, 53, 54, 126): pure, over
// the assignment and the offices and functions that it names.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/assignments_service.pb.h"
#include "kasundo/assignments/v1/functions_events.pb.h"
#include "kasundo/directory/v1/office_events.pb.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::assignments {

// The state of an office by name; nullptr if there is none.
using OfficeLookup =
    std::function<std::shared_ptr<const directory::v1::OfficeState>(const std::string& office)>;

// Warnings of an assignment on a day, by kind; none on days on which nobody has it. `function` may
// be nullptr. `assignment` and `title` of what is answered stay empty.
std::vector<v1::AssignmentWarning> WarningsOf(const v1::AssignmentState& state,
                                              const v1::FunctionState* function,
                                              const OfficeLookup& offices, const CivilDate& on);

// Whether the role is held, has deputies and was confirmed in the last quarter (requirement 45).
bool IsReady(const v1::AssignmentState& state, const std::vector<v1::AssignmentWarning>& warnings,
             const CivilDate& on);

}  // namespace kasundo::assignments
