// Finding things in a meeting's record, and the checks that several of its commands share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/engine/context.h"

namespace kasundo::committees {

// nullptr if there is none; withdrawn items are found as well.
const v1::AgendaItem* FindItem(const v1::MeetingState& meeting, std::string_view item);
const v1::Motion* FindMotion(const v1::MeetingState& meeting, std::string_view motion);

// The item if it is on the agenda and not withdrawn; else ITEM_NOT_FOUND.
absl::StatusOr<const v1::AgendaItem*> RequireItem(const v1::MeetingState& meeting,
                                                  std::string_view item, std::string_view field);
// The motion if it can still be voted on; else MOTION_NOT_FOUND or MOTION_NOT_OPEN.
absl::StatusOr<const v1::Motion*> RequireOpenMotion(const v1::MeetingState& meeting,
                                                    std::string_view motion);
// The seat if the meeting has it; else SEAT_NOT_FOUND.
absl::StatusOr<const v1::MeetingSeat*> RequireSeat(const v1::MeetingState& meeting,
                                                   std::string_view seat, std::string_view field);
// OK if somebody acts for the seat at that moment and it has a vote; else SEAT_NOT_FOUND or
// SEAT_NOT_COUNTED, saying why.
absl::Status RequireVoter(const v1::MeetingState& meeting, std::string_view seat, absl::Time at,
                          std::string_view field);
// OK if the actor keeps the record of the meeting, presides, or sits in the seat; else
// NOT_YOUR_SEAT.
absl::Status RequireActsFor(const v1::MeetingState& meeting, std::string_view seat, absl::Time at,
                            const Context& context);
// The time zone of the meeting, or the realm's if it has none.
absl::TimeZone ZoneOf(const v1::MeetingState& meeting, const Context& context);

// The moment that a command is about: what the request says; else now on the meeting's own day or
// before it; else, for history entered late, the time of the last thing that the record has.
absl::Time MomentOf(bool given, const google::protobuf::Timestamp& at,
                    const v1::MeetingState& meeting, const Context& context);

// The same for what is done in the room: for history entered late the latest moment of the record
// at which somebody was there, since all may have left before the last thing was recorded.
absl::Time RoomMoment(const v1::MeetingState& meeting, const Context& context);

// The moment at which something is done to a motion (nullptr: it is tabled): what the request says,
// else that of the room. TIMES_OUT_OF_ORDER at "at" if the request says a time before the opening,
// before the motion was tabled or before the last vote on it: nothing is decided on the quorum of a
// time at which it was not yet asked.
absl::StatusOr<absl::Time> MotionMoment(bool given, const google::protobuf::Timestamp& at,
                                        const v1::Motion* motion, const v1::MeetingState& meeting,
                                        const Context& context);

// Who is who; see Meeting::Roles.
bool IsMeetingSecretariat(const Context& context);
bool IsMeetingConvener(const Context& context);
bool IsMeetingPresider(const v1::MeetingState& meeting, const Context& context);
bool IsMeetingMember(const v1::MeetingState& meeting, const Context& context);
bool IsMeetingStandIn(const v1::MeetingState& meeting, const Context& context);

// Events that put the body's open matters and unratified recommendations on the agenda, as far as
// they are not there.
std::vector<v1::MeetingEvent> CarryForward(const v1::MeetingState& meeting,
                                           const v1::CommitteeState& body);

// The name, or with "-2", "-3", ... behind it if an instance has it already: what a meeting brings
// into being must not be refused because something else, entered by hand, bears its name.
std::string FreeName(const std::string& wanted, const Context& context);

// Rule 14: an action is owed by an office, never by a person. ACTION_OWNER_NOT_AN_OFFICE at
// `field`; OK if nobody is named.
absl::Status CheckOwnerOffice(const std::string& owner, std::string_view field);
// The same of each action, at "actions[<i>].owner_office".
absl::Status CheckActionOwners(
    const google::protobuf::RepeatedPtrField<v1::PlannedAction>& actions);

// Rule 14: what is missing of title, owner office and due date ("due date"); empty if nothing is.
std::vector<std::string> MissingIn(const v1::PlannedAction& action);

}  // namespace kasundo::committees
