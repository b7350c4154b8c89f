// Who counts at a meeting, and whether they are enough.
//
// The quorum is counted from regular members present. A stand-in counts only with a written
// authority that is recorded and valid on the meeting's day, and only in a seat that is not barred
// from sending one. Votes follow the same reading of who sits where, so that nobody can vote who is
// not counted. All functions are pure and read the meeting's own copy of the roster and rules
// (MeetingOpened), never the body's present ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "kasundo/committees/v1/meetings_events.pb.h"

namespace kasundo::committees {

// Who sits in a seat at a moment.
struct Sitting {
  const v1::Attendance* attendance = nullptr;  // nullptr: nobody
  // Why the person does not act for the seat; UNSPECIFIED if the person does.
  v1::UncountedReason uncounted = v1::UNCOUNTED_REASON_UNSPECIFIED;

  bool counts() const {
    return attendance != nullptr && uncounted == v1::UNCOUNTED_REASON_UNSPECIFIED;
  }
};

const v1::MeetingSeat* FindSeat(const v1::MeetingState& meeting, std::string_view seat);

Sitting WhoSits(const v1::MeetingState& meeting, const v1::MeetingSeat& seat, absl::Time at);

// Whether somebody acts for the seat at that moment and the seat has a vote.
bool CanVote(const v1::MeetingState& meeting, std::string_view seat, absl::Time at);

// The quorum at a moment, with its explanation.
v1::QuorumCount CountQuorum(const v1::MeetingState& meeting, absl::Time at);

// Every change of the quorum from the opening on, by time; the first count is that of the opening.
// REQUIRES: the meeting has been opened.
std::vector<v1::QuorumCount> QuorumTimeline(const v1::MeetingState& meeting);

// What an event QuorumCounted has to say so that the meeting's timeline becomes `timeline`: the
// counts from the first difference on; none if there is no difference.
std::vector<v1::QuorumCount> ChangedCounts(const v1::MeetingState& meeting,
                                           const std::vector<v1::QuorumCount>& timeline);

}  // namespace kasundo::committees
