// Reports in the forms of RPMES, and what ships with the program.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/monitoring/v1/reports.pb.h"
#include "services/monitoring/report_rows.h"
#include "services/runtime/call_context.h"

namespace kasundo::monitoring {

// The lines as rows of a form: each with its number, but those that go on with the one before.
void AddRows(const v1::ReportForm& form, const std::vector<ReportLine>& lines, v1::Report& report);

absl::StatusOr<v1::Report> GetReport(const v1::GetReportRequest& request, const CallContext& call);
absl::StatusOr<v1::ListInstrumentsResponse> ListInstruments(
    const v1::ListInstrumentsRequest& request, const CallContext& call);

}  // namespace kasundo::monitoring
