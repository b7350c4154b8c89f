#include "workflows/committee/quorum.h"

#include <algorithm>
#include <map>
#include <set>

#include "fmt/format.h"
#include "google/protobuf/util/message_differencer.h"
#include "workflows/committee/instants.h"

namespace kasundo::committees {
namespace {

using google::protobuf::util::MessageDifferencer;

const v1::PresenceSpan* SpanAt(const v1::Attendance& attendance, absl::Time at) {
  for (const v1::PresenceSpan& span : attendance.spans()) {
    if (InstantOf(span.arrived()) <= at && (!span.has_left() || at < InstantOf(span.left()))) {
      return &span;
    }
  }
  return nullptr;
}

// A written authority counts if the body's record has it for the day, or if it was shown at the
// meeting by then.
bool HasAuthority(const v1::MeetingState& meeting, const v1::MeetingSeat& seat,
                  std::string_view person, absl::Time at) {
  const bool standing = std::any_of(
      seat.authorities().begin(), seat.authorities().end(),
      [&](const v1::StandInAuthority& authority) { return authority.person() == person; });
  return standing || std::any_of(meeting.authorities().begin(), meeting.authorities().end(),
                                 [&](const v1::MeetingAuthority& authority) {
                                   return authority.seat() == seat.seat() &&
                                          authority.person() == person &&
                                          InstantOf(authority.shown_time()) <= at;
                                 });
}

v1::UncountedReason WhyNot(const v1::MeetingState& meeting, const v1::MeetingSeat& seat,
                           const v1::Attendance& attendance, absl::Time at) {
  if (seat.holder().empty()) return v1::UNCOUNTED_REASON_SEAT_VACANT;
  if (attendance.presence() != v1::PRESENCE_STAND_IN) return v1::UNCOUNTED_REASON_UNSPECIFIED;
  if (seat.stand_ins_barred()) return v1::UNCOUNTED_REASON_STAND_IN_BARRED;
  if (!HasAuthority(meeting, seat, attendance.person(), at)) {
    return v1::UNCOUNTED_REASON_NO_WRITTEN_AUTHORITY;
  }
  return v1::UNCOUNTED_REASON_UNSPECIFIED;
}

int MembersOf(const v1::MeetingState& meeting) {
  const bool vacant_too = meeting.rules().quorum().base() == v1::QUORUM_BASE_ALL_REGULAR_SEATS;
  return static_cast<int>(std::count_if(
      meeting.roster().begin(), meeting.roster().end(),
      [&](const auto& seat) { return seat.regular() && (vacant_too || !seat.holder().empty()); }));
}

int NeededOf(const v1::QuorumRule& rule, int members) {
  int needed = members / 2 + 1;
  switch (rule.needed_case()) {
    case v1::QuorumRule::kFraction:
      // A share is rounded up: half of 17 is 9. A share without a denominator can never be reached.
      needed = rule.fraction().denominator() <= 0
                   ? members + 1
                   : (members * rule.fraction().numerator() + rule.fraction().denominator() - 1) /
                         rule.fraction().denominator();
      break;
    case v1::QuorumRule::kAtLeast:
      needed = rule.at_least();
      break;
    case v1::QuorumRule::kMoreThanHalf:
    case v1::QuorumRule::NEEDED_NOT_SET:
      break;
  }
  return std::max(needed, 1);  // an empty room is never a quorum
}

std::string Plural(int count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string Explain(const v1::QuorumCount& count) {
  std::string text =
      fmt::format("{} of {} present; {} needed", count.present(),
                  Plural(count.members(), "regular member", "regular members"), count.needed());
  std::map<v1::UncountedReason, int> by_reason;
  for (const v1::UncountedPresence& one : count.uncounted()) ++by_reason[one.reason()];
  const auto add = [&](v1::UncountedReason reason, std::string_view why) {
    if (by_reason[reason] == 0) return;
    text += fmt::format("; {} not counted: {}", Plural(by_reason[reason], "stand-in", "stand-ins"),
                        why);
  };
  add(v1::UNCOUNTED_REASON_NO_WRITTEN_AUTHORITY, "no written authority");
  add(v1::UNCOUNTED_REASON_STAND_IN_BARRED, "the seat admits none");
  add(v1::UNCOUNTED_REASON_SEAT_VACANT, "the seat is vacant");
  return text;
}

}  // namespace

const v1::MeetingSeat* FindSeat(const v1::MeetingState& meeting, std::string_view seat) {
  for (const v1::MeetingSeat& candidate : meeting.roster()) {
    if (candidate.seat() == seat) return &candidate;
  }
  return nullptr;
}

Sitting WhoSits(const v1::MeetingState& meeting, const v1::MeetingSeat& seat, absl::Time at) {
  for (const v1::Attendance& attendance : meeting.attendance()) {
    if (attendance.seat() != seat.seat() || SpanAt(attendance, at) == nullptr) continue;
    return {&attendance, WhyNot(meeting, seat, attendance, at)};
  }
  return {};
}

bool CanVote(const v1::MeetingState& meeting, std::string_view seat, absl::Time at) {
  const v1::MeetingSeat* found = FindSeat(meeting, seat);
  return found != nullptr && found->voting() && WhoSits(meeting, *found, at).counts();
}

v1::QuorumCount CountQuorum(const v1::MeetingState& meeting, absl::Time at) {
  v1::QuorumCount count;
  *count.mutable_time() = TimestampOf(at);
  count.set_members(MembersOf(meeting));
  count.set_needed(NeededOf(meeting.rules().quorum(), count.members()));
  for (const v1::Attendance& attendance : meeting.attendance()) {
    if (SpanAt(attendance, at) == nullptr) continue;
    const v1::MeetingSeat* seat = FindSeat(meeting, attendance.seat());
    v1::UncountedReason reason = v1::UNCOUNTED_REASON_OBSERVER;
    if (seat != nullptr) {
      reason = WhyNot(meeting, *seat, attendance, at);
      if (reason == v1::UNCOUNTED_REASON_UNSPECIFIED && !seat->regular()) {
        reason = v1::UNCOUNTED_REASON_NOT_REGULAR_MEMBER;
      }
    }
    if (reason == v1::UNCOUNTED_REASON_UNSPECIFIED) {
      count.add_present_seats(seat->seat());
      continue;
    }
    v1::UncountedPresence& uncounted = *count.add_uncounted();
    uncounted.set_seat(attendance.seat());
    uncounted.set_person(attendance.person().empty() ? attendance.guest() : attendance.person());
    uncounted.set_reason(reason);
  }
  count.set_present(count.present_seats_size());
  count.set_met(count.present() >= count.needed());
  count.set_explanation(Explain(count));
  return count;
}

std::vector<v1::QuorumCount> QuorumTimeline(const v1::MeetingState& meeting) {
  const absl::Time opened = InstantOf(meeting.opened_time());
  std::set<absl::Time> moments = {opened};
  for (const v1::Attendance& attendance : meeting.attendance()) {
    for (const v1::PresenceSpan& span : attendance.spans()) {
      moments.insert(InstantOf(span.arrived()));
      if (span.has_left()) moments.insert(InstantOf(span.left()));
    }
  }
  for (const v1::MeetingAuthority& authority : meeting.authorities()) {
    moments.insert(InstantOf(authority.shown_time()));
  }
  std::vector<v1::QuorumCount> timeline;
  for (auto moment = moments.lower_bound(opened); moment != moments.end(); ++moment) {
    v1::QuorumCount count = CountQuorum(meeting, *moment);
    if (!timeline.empty()) {
      v1::QuorumCount same_but_later = timeline.back();
      *same_but_later.mutable_time() = count.time();
      if (MessageDifferencer::Equals(same_but_later, count)) continue;
    }
    timeline.push_back(std::move(count));
  }
  return timeline;
}

std::vector<v1::QuorumCount> ChangedCounts(const v1::MeetingState& meeting,
                                           const std::vector<v1::QuorumCount>& timeline) {
  const auto& old = meeting.quorum_timeline();
  size_t same = 0;
  while (same < timeline.size() && static_cast<int>(same) < old.size() &&
         MessageDifferencer::Equals(timeline[same], old[static_cast<int>(same)])) {
    ++same;
  }
  if (same == timeline.size()) {
    if (static_cast<int>(same) == old.size() || same == 0) return {};
    --same;  // repeating the last one cuts off what came after it
  }
  return {timeline.begin() + static_cast<ptrdiff_t>(same), timeline.end()};
}

}  // namespace kasundo::committees
