// What may be done to an instance now, and by whom: read from its definition and its kind.
#pragma once

#include "absl/status/statusor.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/runtime/call_context.h"
#include "services/runtime/catalog.h"

namespace kasundo {

absl::StatusOr<workflows::v1::DescribeInstanceResponse> DescribeInstance(
    const workflows::v1::DescribeInstanceRequest& request, const CallContext& call,
    const ServiceCatalog& catalog);

}  // namespace kasundo
