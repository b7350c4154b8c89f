// Requirement 31: drafts and comments live in one record that both sides see; each comment is tied
// to a version and is resolved or rejected by name.
#include <algorithm>

#include "fmt/format.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "workflows/agreement/article_authors.h"
#include "workflows/agreement/article_commands.h"
#include "workflows/agreement/article_text.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

using State = v1::ArticleState;

absl::StatusOr<const v1::ArticleComment*> RequireComment(const State& state,
                                                         const std::string& id) {
  for (const v1::ArticleComment& comment : state.comments()) {
    if (comment.comment() == id) return &comment;
  }
  return Refuse(absl::StatusCode::kNotFound, v1::REASON_ARTICLE_COMMENT_NOT_FOUND,
                fmt::format("the article has no comment \"{}\"", id))
      .Field("comment")
      .Mend("See the comments of the article, and name one by its id.")
      .With("comments", state.comments_size());
}

absl::Status RequireOpen(const v1::ArticleComment& comment) {
  if (comment.comment_state() == v1::ARTICLE_COMMENT_STATE_OPEN) return absl::OkStatus();
  return Refuse(
             absl::StatusCode::kFailedPrecondition, v1::REASON_ARTICLE_COMMENT_SETTLED,
             fmt::format("{} was {}: {}", comment.comment(),
                         comment.comment_state() == v1::ARTICLE_COMMENT_STATE_RESOLVED ? "resolved"
                                                                                       : "rejected",
                         comment.settlement()))
      .Field("comment")
      .Mend("Reply to it, or make a new comment.");
}

// Checks what resolving and rejecting have in common; answers with who does it.
absl::StatusOr<v1::Author> Settle(const State& state, const std::string& id,
                                  const Context& context) {
  ASSIGN_OR_RETURN(const v1::ArticleComment* comment, RequireComment(state, id));
  RETURN_IF_ERROR(RequireOpen(*comment));
  RETURN_IF_ERROR(RequireArticleReason(context));
  ASSIGN_OR_RETURN(const v1::Party* party, PartyFor({}, context));
  return AuthorOf(party, context);
}

}  // namespace

ArticleDecision CommentOnArticle(const v1::CommentOnArticleRequest& request, const State& state,
                                 const Context& context) {
  ASSIGN_OR_RETURN(const v1::LanguageVersion* text,
                   RequireText(state, request.language(), request.version()));
  if (text->text().find(request.quote()) == std::string::npos) {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_QUOTE_NOT_IN_TEXT,
                  fmt::format("\"{}\" does not stand in {} {}", request.quote(), text->language(),
                              text->version()))
        .Field("quote")
        .Mend("Copy the words from that version, or leave the quote out.");
  }
  ASSIGN_OR_RETURN(const v1::Party* party, PartyFor({}, context));
  v1::ArticleEvent event;
  v1::ArticleComment& comment = *event.mutable_comment_made()->mutable_comment();
  comment.set_comment(fmt::format("comment-{}", state.comments_size() + 1));
  comment.set_language(text->language());
  comment.set_version(text->version());
  comment.set_quote(request.quote());
  comment.set_text(request.text());
  *comment.mutable_author() = AuthorOf(party, context);
  *comment.mutable_made_on() = context.today;
  comment.set_comment_state(v1::ARTICLE_COMMENT_STATE_OPEN);
  return {{std::move(event)}};
}

ArticleDecision ReplyToArticleComment(const v1::ReplyToArticleCommentRequest& request,
                                      const State& state, const Context& context) {
  RETURN_IF_ERROR(RequireComment(state, request.comment()).status());
  ASSIGN_OR_RETURN(const v1::Party* party, PartyFor({}, context));
  v1::ArticleEvent event;
  v1::CommentReplied& replied = *event.mutable_comment_replied();
  replied.set_comment(request.comment());
  *replied.mutable_reply()->mutable_author() = AuthorOf(party, context);
  replied.mutable_reply()->set_text(request.text());
  *replied.mutable_reply()->mutable_replied_on() = context.today;
  return {{std::move(event)}};
}

ArticleDecision ResolveArticleComment(const v1::ResolveArticleCommentRequest& request,
                                      const State& state, const Context& context) {
  ASSIGN_OR_RETURN(v1::Author author, Settle(state, request.comment(), context));
  v1::ArticleEvent event;
  v1::CommentResolved& resolved = *event.mutable_comment_resolved();
  resolved.set_comment(request.comment());
  *resolved.mutable_author() = std::move(author);
  resolved.set_reason(context.reason);
  *resolved.mutable_resolved_on() = context.today;
  return {{std::move(event)}};
}

ArticleDecision RejectArticleComment(const v1::RejectArticleCommentRequest& request,
                                     const State& state, const Context& context) {
  ASSIGN_OR_RETURN(v1::Author author, Settle(state, request.comment(), context));
  v1::ArticleEvent event;
  v1::CommentRejected& rejected = *event.mutable_comment_rejected();
  rejected.set_comment(request.comment());
  *rejected.mutable_author() = std::move(author);
  rejected.set_reason(context.reason);
  *rejected.mutable_rejected_on() = context.today;
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
