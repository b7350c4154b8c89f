// Events as people read them.
#pragma once

#include <string>

#include "kasundo/workflows/v1/workflows.pb.h"
#include "services/cli/view.h"

namespace kasundo::cli {

// A line per event: position, when it was recorded, on which day it happened, who in which office,
// what, why, the lifecycle state before and after, and the fact itself as far as it fits.
std::string HistoryTable(
    const google::protobuf::RepeatedPtrField<workflows::v1::HistoryEntry>& entries,
    const ViewOptions& options);

// One event with everything that is known of it, the fact itself included.
std::string FullEvent(const workflows::v1::HistoryEntry& entry, const ViewOptions& options);

// One event in one line, for following a journal live.
std::string EventLine(const workflows::v1::HistoryEntry& entry, const ViewOptions& options);

}  // namespace kasundo::cli
