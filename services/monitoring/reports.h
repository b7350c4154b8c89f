// Reports in the forms of RPMES, and what ships with the program.
#pragma once

#include "absl/status/statusor.h"
#include "kasundo/monitoring/v1/reports.pb.h"
#include "services/runtime/call_context.h"

namespace kasundo::monitoring {

absl::StatusOr<v1::Report> GetReport(const v1::GetReportRequest& request, const CallContext& call);
absl::StatusOr<v1::ListInstrumentsResponse> ListInstruments(
    const v1::ListInstrumentsRequest& request, const CallContext& call);

}  // namespace kasundo::monitoring
