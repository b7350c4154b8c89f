#include "services/runtime/rpc_status.h"

#include <optional>
#include <string>

#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

// Errors travel in HTTP/2 trailers, of which 8 KiB get through everywhere; the details are sent in
// base64 beside the message.
constexpr size_t kLongestText = 1'200;

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

// In UTF-8, not in the middle of a character.
std::string Cut(std::string text) {
  if (text.size() <= kLongestText) return text;
  size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  wire.set_message(Cut(std::string(status.message())));
  if (status.ok()) return wire;
  std::optional<api::v1::Refusal> refusal = RefusalOf(status);
  if (!refusal.has_value()) {
    refusal.emplace();
    refusal->set_reason(
        api::v1::Reason_Name(ReasonOfCode(status.code())).substr(sizeof("REASON_") - 1));
    refusal->set_message(std::string(status.message()));
  }
  refusal->set_message(Cut(refusal->message()));
  refusal->set_mend(Cut(refusal->mend()));
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

}  // namespace kasundo
