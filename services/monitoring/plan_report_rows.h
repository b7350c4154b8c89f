// Lines of the RPMES forms that tell of plans: 1 (targets), 2 and 5 (accomplishment), 4 (results).
// One line for each activity of an approved plan, thirteen in Form 1.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "kasundo/plans/v1/plans_events.pb.h"
#include "services/monitoring/report_rows.h"

namespace kasundo::monitoring {

// `agency_of`: the title of an office's organisation; `title_of`: of an organisation.
struct PlanTitles {
  std::function<std::string(const std::string&)> agency_of;
  std::function<std::string(const std::string&)> title_of;
};

void AddPlanLines(const v1::ReportForm& form, const ReportScope& scope, const std::string& plan,
                  const plans::v1::PlanState& state,
                  const std::map<std::string, std::string>& location, const PlanTitles& titles,
                  std::vector<ReportLine>& lines);

}  // namespace kasundo::monitoring
