// What stands in the lines of the RPMES forms: read from findings, resolutions and validated
// returns. A line is a set of fields; which of them are printed, and under which heads, the form
// says (workflows/monitoring/report_forms.yaml).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/monitoring/v1/findings.pb.h"
#include "kasundo/monitoring/v1/instruments.pb.h"
#include "kasundo/monitoring/v1/reports.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/engine.h"

namespace kasundo::monitoring {

struct ReportLine {
  std::string source;  // the instance that it tells of
  std::map<std::string, std::string> fields;
  bool continues = false;  // goes on with the line before it, and has no number of its own
};

// The time and the part of the realm that a report is about.
struct ReportScope {
  std::string realm;
  CivilDate from;
  CivilDate until;
  std::string body;                 // "" = all
  std::string implementing_office;  // "" = all
  std::optional<api::v1::AsOf> as_of;
};

absl::StatusOr<std::vector<ReportLine>> LinesOf(const v1::ReportForm& form,
                                                const ReportScope& scope, const Engine& engine);

// "mm-dd-yyyy": the forms print that mask, and only they do; "" for no date.
std::string Printed(const CivilDate& date);

// "Site Condition/Availability": a typology as the forms print it; "" if not said.
std::string TypologyInWords(v1::IssueTypology typology);

}  // namespace kasundo::monitoring
