// The one mapping between absl::Status and grpc::Status: the code is numerically the same, and
// rpc_status.h travels in `grpc-status-details-bin`.
#pragma once

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace kasundo {

grpc::Status ToGrpcStatus(const absl::Status& status);
// The inverse; a status of gRPC itself (no such method, connection refused) keeps its message and
// has no refusal.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace kasundo
