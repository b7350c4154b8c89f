// Questions about figures: a territory's roll-up, what is behind a figure, what a body oversees.
#pragma once

#include "absl/status/statusor.h"
#include "kasundo/monitoring/v1/rollups_service.pb.h"
#include "services/runtime/call_context.h"

namespace kasundo::monitoring {

absl::StatusOr<v1::RollUp> GetRollUp(const v1::GetRollUpRequest& request, const CallContext& call);
absl::StatusOr<v1::ExplainFigureResponse> ExplainFigure(const v1::ExplainFigureRequest& request,
                                                        const CallContext& call);
absl::StatusOr<v1::ListOverseenChecklistsResponse> ListOverseenChecklists(
    const v1::ListOverseenChecklistsRequest& request, const CallContext& call);

}  // namespace kasundo::monitoring
