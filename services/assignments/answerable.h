// "Who was answerable for this on date X" (requirement 51): always has an answer. Pure, over the
// assignments of a realm.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/assignments/v1/assignments_service.pb.h"
#include "kasundo/assignments/v1/functions_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "services/assignments/role_warnings.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::assignments {

struct KnownAssignment {
  std::string name;
  std::shared_ptr<const v1::AssignmentState> state;
};

// What the question asks about beside the assignments; each answers nullptr for what is not there.
struct Surroundings {
  OfficeLookup office;
  std::function<std::shared_ptr<const v1::FunctionState>(const std::string&)> function;
  std::function<std::shared_ptr<const directory::v1::TerritoryState>(const std::string&)> territory;
};

// `request.on` is the day.
v1::GetAnswerableResponse AnswerableOn(const v1::GetAnswerableRequest& request,
                                       const std::vector<KnownAssignment>& assignments,
                                       const Surroundings& surroundings);

}  // namespace kasundo::assignments
