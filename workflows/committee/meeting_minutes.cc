// What is written of a meeting: drafted from the record, commented on by paragraph, approved.
#include <algorithm>
#include <iterator>

#include "fmt/format.h"
#include "kasundo/committees/v1/reasons.pb.h"
#include "workflows/committee/meeting_commands.h"
#include "workflows/committee/meeting_record.h"
#include "workflows/committee/minutes_draft.h"
#include "workflows/committee/roster.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::committees {
namespace {

absl::Status NoParagraph(std::string_view paragraph, std::string_view field) {
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_PARAGRAPH_NOT_FOUND,
                fmt::format("the minutes have no paragraph \"{}\"", paragraph))
      .Field(field)
      .Mend(
          "Name a paragraph of the draft: opening, attendance, quorum, agenda-<item>, motions, "
          "actions, products or closing.");
}

absl::StatusOr<const v1::MinutesParagraph*> RequireParagraph(const v1::MeetingState& state,
                                                             std::string_view paragraph,
                                                             std::string_view field) {
  for (const v1::MinutesParagraph& candidate : state.minutes().paragraphs()) {
    if (candidate.paragraph() == paragraph) return &candidate;
  }
  return NoParagraph(paragraph, field);
}

}  // namespace

MeetingDecision DraftMinutes(const v1::DraftMinutesRequest& request, const v1::MeetingState& state,
                             const Context& context) {
  std::vector<v1::MinutesParagraph> draft = DraftFrom(state, ZoneOf(state, context));
  for (int i = 0; i < request.paragraphs_size(); ++i) {
    const v1::MinutesParagraph& given = request.paragraphs(i);
    const auto found = std::find_if(draft.begin(), draft.end(), [&](const auto& paragraph) {
      return paragraph.paragraph() == given.paragraph();
    });
    if (found == draft.end()) {
      return NoParagraph(given.paragraph(), fmt::format("paragraphs[{}].paragraph", i));
    }
    found->set_text(given.text());
    if (!given.heading().empty()) found->set_heading(given.heading());
  }
  v1::MeetingEvent event;
  *event.mutable_minutes_drafted()->mutable_paragraphs() = {draft.begin(), draft.end()};
  return {{std::move(event)}};
}

MeetingDecision ReviseMinutes(const v1::ReviseMinutesRequest& request,
                              const v1::MeetingState& state, const Context&) {
  ASSIGN_OR_RETURN(const v1::MinutesParagraph* before,
                   RequireParagraph(state, request.paragraph().paragraph(), "paragraph.paragraph"));
  v1::MeetingEvent event;
  v1::MinutesParagraph& after = *event.mutable_minutes_revised()->mutable_paragraph();
  after = request.paragraph();
  if (after.heading().empty()) after.set_heading(before->heading());
  return {{std::move(event)}};
}

MeetingDecision CommentOnMinutes(const v1::CommentOnMinutesRequest& request,
                                 const v1::MeetingState& state, const Context& context) {
  RETURN_IF_ERROR(RequireParagraph(state, request.paragraph(), "paragraph").status());
  if (!request.seat().empty()) {
    ASSIGN_OR_RETURN(const v1::MeetingSeat* seat, RequireSeat(state, request.seat(), "seat"));
    const bool own = !context.actor.person().empty() && seat->holder() == context.actor.person();
    if (!own) {
      RETURN_IF_ERROR(
          RequireActsFor(state, request.seat(), MomentOf(false, {}, state, context), context));
    }
  }
  v1::MeetingEvent event;
  v1::MinutesComment& comment = *event.mutable_minutes_commented()->mutable_comment();
  comment.set_comment(fmt::format("comment-{}", state.minutes().comments_size() + 1));
  comment.set_paragraph(request.paragraph());
  comment.set_seat(request.seat());
  comment.set_text(request.text());
  comment.set_comment_state(v1::COMMENT_STATE_OPEN);
  return {{std::move(event)}};
}

MeetingDecision ResolveComment(const v1::ResolveCommentRequest& request,
                               const v1::MeetingState& state, const Context&) {
  const auto& comments = state.minutes().comments();
  const auto found = std::find_if(comments.begin(), comments.end(), [&](const auto& comment) {
    return comment.comment() == request.comment();
  });
  if (found == comments.end()) {
    return Refuse(absl::StatusCode::kNotFound, v1::REASON_COMMENT_NOT_FOUND,
                  fmt::format("the minutes have no comment \"{}\"", request.comment()))
        .Field("comment")
        .Mend(
            "Name a comment that waits for an answer; the meeting's `minutes.comments` lists all.");
  }
  if (found->comment_state() != v1::COMMENT_STATE_OPEN) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_COMMENT_NOT_OPEN,
                  "the comment has been answered")
        .Field("comment")
        .Mend("To change the text all the same, revise the minutes (ReviseMinutes).");
  }
  v1::MeetingEvent event;
  v1::CommentResolved& resolved = *event.mutable_comment_resolved();
  resolved.set_comment(request.comment());
  resolved.set_answer(request.answer());
  if (request.text().empty()) {
    if (request.answer().empty()) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_ANSWER_NEEDED,
                    "a comment that is not taken gets an answer")
          .Field("answer")
          .Mend("Say why, or give the paragraph's new text to accept the comment.");
    }
    resolved.set_comment_state(v1::COMMENT_STATE_REJECTED);
    return {{std::move(event)}};
  }
  ASSIGN_OR_RETURN(const v1::MinutesParagraph* before,
                   RequireParagraph(state, found->paragraph(), "comment"));
  resolved.set_comment_state(v1::COMMENT_STATE_ACCEPTED);
  *resolved.mutable_paragraph() = *before;
  resolved.mutable_paragraph()->set_text(request.text());
  return {{std::move(event)}};
}

MeetingDecision ApproveMinutes(const v1::ApproveMinutesRequest& request,
                               const v1::MeetingState& state, const Context& context) {
  const auto& comments = state.minutes().comments();
  const auto open = std::count_if(comments.begin(), comments.end(), [](const auto& comment) {
    return comment.comment_state() == v1::COMMENT_STATE_OPEN;
  });
  if (open > 0) {
    return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_COMMENTS_OPEN,
                  fmt::format("{} {} for an answer", open,
                              open == 1 ? "comment waits" : "comments wait"))
        .Mend("Accept or reject each comment first.")
        .With("comments", open);
  }
  if (!request.approved_at_meeting().empty()) {
    const auto* later = context.Related<v1::MeetingState>(request.approved_at_meeting());
    if (later == nullptr || ParentOf(request.approved_at_meeting()) != ParentOf(context.instance) ||
        !later->has_opened_time() || !Before(state.date(), later->date())) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_NOT_A_LATER_MEETING,
                    "minutes are approved by a later meeting of the same body that was opened")
          .Field("approved_at_meeting")
          .Mend(
              "Name the later meeting that approved them; ListMeetings shows the body's meetings.");
    }
  } else if (!context.actor.administrator() && !context.actor.system() &&
             !IsMeetingPresider(state, context)) {
    return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_ROLE_REQUIRED,
                  "only who presides approves minutes without a later meeting")
        .Field("approved_at_meeting")
        .Mend("Name the later meeting that approved them.");
  }
  v1::MeetingEvent event;
  *event.mutable_minutes_approved()->mutable_approved_on() = context.today;
  event.mutable_minutes_approved()->set_approved_at_meeting(request.approved_at_meeting());
  return {{std::move(event)}};
}

}  // namespace kasundo::committees
