// The minutes as they can be written from the record alone: opening, attendance, the quorum's
// timeline, every agenda item with its motions and results, every action with owner and due date,
// closing. The secretariat writes over them.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "kasundo/committees/v1/meetings_events.pb.h"

namespace kasundo::committees {

// Paragraphs in order. Times of day are those of `zone`.
std::vector<v1::MinutesParagraph> DraftFrom(const v1::MeetingState& meeting, absl::TimeZone zone);

}  // namespace kasundo::committees
