// The commands of meetings, by group: each decides one request against the meeting's state. Joined
// to the kind in meeting_decider.cc. The rules stand in the .cc files of the groups: calling,
// agenda, attendance, motions, voting, minutes.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "kasundo/committees/v1/meetings_service.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::committees {

using MeetingDecision = absl::StatusOr<std::vector<v1::MeetingEvent>>;

// meeting_calling.cc: when and where it takes place.
MeetingDecision CallMeeting(const v1::CallMeetingRequest& request, const v1::MeetingState& state,
                            const Context& context);
MeetingDecision RescheduleMeeting(const v1::RescheduleMeetingRequest& request,
                                  const v1::MeetingState& state, const Context& context);
MeetingDecision CancelMeeting(const v1::CancelMeetingRequest& request,
                              const v1::MeetingState& state, const Context& context);
MeetingDecision OpenMeeting(const v1::OpenMeetingRequest& request, const v1::MeetingState& state,
                            const Context& context);
MeetingDecision ChoosePresider(const v1::ChoosePresiderRequest& request,
                               const v1::MeetingState& state, const Context& context);
MeetingDecision CloseMeeting(const v1::CloseMeetingRequest& request, const v1::MeetingState& state,
                             const Context& context);
MeetingDecision RecordSharedProduct(const v1::RecordSharedProductRequest& request,
                                    const v1::MeetingState& state, const Context& context);

// meeting_agenda.cc: what it treats.
MeetingDecision AddAgendaItem(const v1::AddAgendaItemRequest& request,
                              const v1::MeetingState& state, const Context& context);
MeetingDecision AddAgendaPapers(const v1::AddAgendaPapersRequest& request,
                                const v1::MeetingState& state, const Context& context);
MeetingDecision ReorderAgenda(const v1::ReorderAgendaRequest& request,
                              const v1::MeetingState& state, const Context& context);
MeetingDecision WithdrawAgendaItem(const v1::WithdrawAgendaItemRequest& request,
                                   const v1::MeetingState& state, const Context& context);
MeetingDecision NoteDiscussion(const v1::NoteDiscussionRequest& request,
                               const v1::MeetingState& state, const Context& context);

// meeting_attendance.cc: who is there.
MeetingDecision RecordArrivals(const v1::RecordArrivalsRequest& request,
                               const v1::MeetingState& state, const Context& context);
MeetingDecision RecordDepartures(const v1::RecordDeparturesRequest& request,
                                 const v1::MeetingState& state, const Context& context);
MeetingDecision StrikeAttendance(const v1::StrikeAttendanceRequest& request,
                                 const v1::MeetingState& state, const Context& context);
MeetingDecision ShowAuthority(const v1::ShowAuthorityRequest& request,
                              const v1::MeetingState& state, const Context& context);

// meeting_motions.cc: what is proposed.
MeetingDecision TableMotion(const v1::TableMotionRequest& request, const v1::MeetingState& state,
                            const Context& context);
MeetingDecision SecondMotion(const v1::SecondMotionRequest& request, const v1::MeetingState& state,
                             const Context& context);
MeetingDecision AmendMotion(const v1::AmendMotionRequest& request, const v1::MeetingState& state,
                            const Context& context);
MeetingDecision RecuseFromMotion(const v1::RecuseFromMotionRequest& request,
                                 const v1::MeetingState& state, const Context& context);
MeetingDecision WithdrawMotion(const v1::WithdrawMotionRequest& request,
                               const v1::MeetingState& state, const Context& context);

// meeting_voting.cc: what is decided, and what it asks for.
MeetingDecision CastVotes(const v1::CastVotesRequest& request, const v1::MeetingState& state,
                          const Context& context);
MeetingDecision CloseMotion(const v1::CloseMotionRequest& request, const v1::MeetingState& state,
                            const Context& context);
MeetingDecision AssignAction(const v1::AssignActionRequest& request, const v1::MeetingState& state,
                             const Context& context);

// meeting_minutes.cc: what is written of it.
MeetingDecision DraftMinutes(const v1::DraftMinutesRequest& request, const v1::MeetingState& state,
                             const Context& context);
MeetingDecision ReviseMinutes(const v1::ReviseMinutesRequest& request,
                              const v1::MeetingState& state, const Context& context);
MeetingDecision CommentOnMinutes(const v1::CommentOnMinutesRequest& request,
                                 const v1::MeetingState& state, const Context& context);
MeetingDecision ResolveComment(const v1::ResolveCommentRequest& request,
                               const v1::MeetingState& state, const Context& context);
MeetingDecision ApproveMinutes(const v1::ApproveMinutesRequest& request,
                               const v1::MeetingState& state, const Context& context);

}  // namespace kasundo::committees
