// A status as it travels, in gRPC's details and in the results of a batch: google.rpc.Status with
// exactly one kasundo.api.v1.Refusal.
#pragma once

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace kasundo {

// A status without a refusal gets the reason of its code.
google::rpc::Status ToRpcStatus(const absl::Status& status);
absl::Status FromRpcStatus(const google::rpc::Status& wire);

}  // namespace kasundo
