#include "services/runtime/status_mapping.h"

#include "google/rpc/status.pb.h"
#include "services/runtime/rpc_status.h"

namespace kasundo {
namespace {

#define KASUNDO_SAME_CODE(absl_code, grpc_code)                  \
  static_assert(static_cast<int>(absl::StatusCode::absl_code) == \
                static_cast<int>(grpc::StatusCode::grpc_code))
KASUNDO_SAME_CODE(kOk, OK);
KASUNDO_SAME_CODE(kCancelled, CANCELLED);
KASUNDO_SAME_CODE(kUnknown, UNKNOWN);
KASUNDO_SAME_CODE(kInvalidArgument, INVALID_ARGUMENT);
KASUNDO_SAME_CODE(kDeadlineExceeded, DEADLINE_EXCEEDED);
KASUNDO_SAME_CODE(kNotFound, NOT_FOUND);
KASUNDO_SAME_CODE(kAlreadyExists, ALREADY_EXISTS);
KASUNDO_SAME_CODE(kPermissionDenied, PERMISSION_DENIED);
KASUNDO_SAME_CODE(kUnauthenticated, UNAUTHENTICATED);
KASUNDO_SAME_CODE(kResourceExhausted, RESOURCE_EXHAUSTED);
KASUNDO_SAME_CODE(kFailedPrecondition, FAILED_PRECONDITION);
KASUNDO_SAME_CODE(kAborted, ABORTED);
KASUNDO_SAME_CODE(kOutOfRange, OUT_OF_RANGE);
KASUNDO_SAME_CODE(kUnimplemented, UNIMPLEMENTED);
KASUNDO_SAME_CODE(kInternal, INTERNAL);
KASUNDO_SAME_CODE(kUnavailable, UNAVAILABLE);
KASUNDO_SAME_CODE(kDataLoss, DATA_LOSS);
#undef KASUNDO_SAME_CODE

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status wire = ToRpcStatus(status);
  return {static_cast<grpc::StatusCode>(wire.code()), wire.message(), wire.SerializeAsString()};
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status wire;
  if (status.error_details().empty() || !wire.ParseFromString(status.error_details())) {
    wire.Clear();
  }
  // The code that gRPC reports decides: details are only what the server added.
  wire.set_code(status.error_code());
  wire.set_message(status.error_message());
  return FromRpcStatus(wire);
}

}  // namespace kasundo
