// Many commands at once, each with its own answer.
#pragma once

#include "absl/status/statusor.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/runtime/call_context.h"
#include "services/runtime/catalog.h"

namespace kasundo {

inline constexpr int kMaxBatch = 1'000;

absl::StatusOr<workflows::v1::BatchResponse> RunBatch(const workflows::v1::BatchRequest& request,
                                                      const CallContext& call,
                                                      const ServiceCatalog& catalog);

}  // namespace kasundo
