#include "services/runtime/status_mapping.h"

#include <string>

#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"

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

// Reason of a status that the world gave us (disk, network), which carries none of its own.
api::v1::Reason ReasonOfCode(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kDeadlineExceeded:
      return api::v1::REASON_DEADLINE_PASSED;
    case absl::StatusCode::kUnauthenticated:
      return api::v1::REASON_IDENTITY_REQUIRED;
    case absl::StatusCode::kResourceExhausted:
      return api::v1::REASON_DISK_FULL;
    case absl::StatusCode::kDataLoss:
      return api::v1::REASON_STORED_DATA_DAMAGED;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kCancelled:
      return api::v1::REASON_NOT_NOW;
    default:
      return api::v1::REASON_INTERNAL;
  }
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(std::string(status.message()));
  if (status.ok()) return wire;
  std::optional<api::v1::Refusal> refusal = RefusalOf(status);
  if (!refusal.has_value()) {
    refusal.emplace();
    refusal->set_reason(
        api::v1::Reason_Name(ReasonOfCode(status.code())).substr(sizeof("REASON_") - 1));
    refusal->set_message(std::string(status.message()));
  }
  wire.add_details()->PackFrom(*refusal);
  return wire;
}

absl::Status FromRpcStatus(const google::rpc::Status& wire) {
  absl::Status status(static_cast<absl::StatusCode>(wire.code()), wire.message());
  for (const auto& detail : wire.details()) {
    if (!detail.Is<api::v1::Refusal>()) continue;
    status.SetPayload("type.googleapis.com/kasundo.api.v1.Refusal", absl::Cord(detail.value()));
  }
  return status;
}

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
