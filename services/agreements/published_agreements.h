// What the public may read of agreements that were published (requirement 43).
#pragma once

#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "services/runtime/call_context.h"

namespace kasundo::agreements {

absl::StatusOr<v1::ListPublishedAgreementsResponse> ListPublishedAgreements(
    const v1::ListPublishedAgreementsRequest& request, const CallContext& call);

}  // namespace kasundo::agreements
