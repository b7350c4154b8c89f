// Events as people and programs read them.
#pragma once

#include "kasundo/workflows/v1/records.pb.h"
#include "kasundo/workflows/v1/workflows.pb.h"
#include "workflows/engine/kind.h"

namespace kasundo {

// The entry of a stored event. The fact is given as JSON without the fields that are marked secret.
// A kind that this process does not know, or a fact that this program cannot read, leaves
// payload_json empty: history is shown as far as it can be.
workflows::v1::HistoryEntry ToHistoryEntry(const workflows::v1::EventRecord& record,
                                           const KindRegistry& kinds);

}  // namespace kasundo
