// Lines of the RPMES forms that tell of plans: 1 (targets), 2 and 5 (accomplishment), 4 (results).
// One line for each activity that is to be done in the period, thirteen in Form 1: as the body
// approved it, with the latest report up to the end of the period. Nothing of plans that were given
// up.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "kasundo/plans/v1/plans_events.pb.h"
#include "services/monitoring/report_rows.h"
#include "workflows/engine/engine.h"

namespace kasundo::monitoring {

// `agency_of`: the title of an office's organisation; `title_of`: of an organisation.
struct PlanTitles {
  std::function<std::string(const std::string&)> agency_of;
  std::function<std::string(const std::string&)> title_of;
};

// REQUIRES: an approved plan. Errors are those of reading its stream, which is done only if it was
// reported on since.
absl::Status AddPlanLines(const v1::ReportForm& form, const ReportScope& scope,
                          const Engine& engine, const Instance& plan,
                          const std::map<std::string, std::string>& location,
                          const PlanTitles& titles, std::vector<ReportLine>& lines);

}  // namespace kasundo::monitoring
