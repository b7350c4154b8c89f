// What institutions lack by the coverage rules of a realm on a day, with the working time that they
// granted (requirement 53). Pure.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kasundo/assignments/v1/coverage_rules_events.pb.h"
#include "kasundo/assignments/v1/coverage_rules_service.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "services/assignments/answerable.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::assignments {

struct KnownRule {
  std::string name;
  std::shared_ptr<const v1::CoverageRuleState> state;
};

struct KnownOrganisation {
  std::string name;
  std::shared_ptr<const directory::v1::OrganisationState> state;
};

// Institutions are those of `organisations` that existed on the day.
v1::ListShortfallsResponse ShortfallsOn(const CivilDate& on, const std::vector<KnownRule>& rules,
                                        const std::vector<KnownOrganisation>& organisations,
                                        const std::vector<KnownAssignment>& assignments,
                                        const OfficeLookup& offices);

}  // namespace kasundo::assignments
