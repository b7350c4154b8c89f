// The one mapping between absl::Status and grpc::Status: the code is numerically the same, and
// google.rpc.Status with exactly one kasundo.api.v1.Refusal travels in `grpc-status-details-bin`.
#pragma once

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace kasundo {

// What a program gets to see of a status: code, message, one Refusal. A status without a refusal
// gets the reason of its code.
google::rpc::Status ToRpcStatus(const absl::Status& status);
absl::Status FromRpcStatus(const google::rpc::Status& status);

grpc::Status ToGrpcStatus(const absl::Status& status);
// The inverse; a status of gRPC itself (no such method, connection refused) keeps its message and
// has no refusal.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace kasundo
