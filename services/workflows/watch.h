// The server stream of Workflows.Watch.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/runtime/call_context.h"
#include "services/workflows/journal_feed.h"

namespace kasundo {

// OUT_OF_RANGE, reason POSITION_BEYOND_END; NOT_FOUND, reason REALM_NOT_FOUND.
absl::StatusOr<std::unique_ptr<StreamSource>> OpenWatch(const workflows::v1::WatchRequest& request,
                                                        std::shared_ptr<const CallContext> call,
                                                        std::shared_ptr<JournalFeed> feed);

}  // namespace kasundo
