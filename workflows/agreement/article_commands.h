// The commands of articles, by what they are about. Each is one pure function; article_decider.cc
// joins them with the events that they may yield.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "kasundo/agreements/v1/articles_events.pb.h"
#include "kasundo/agreements/v1/articles_requests.pb.h"
#include "workflows/engine/context.h"

namespace kasundo::agreements {

using ArticleDecision = absl::StatusOr<std::vector<v1::ArticleEvent>>;

// --- article_writing.cc: the text itself ---

ArticleDecision DraftArticle(const v1::DraftArticleRequest& request, const v1::ArticleState& state,
                             const Context& context);
ArticleDecision InheritArticle(const v1::InheritArticleRequest& request,
                               const v1::ArticleState& state, const Context& context);
ArticleDecision RenumberArticle(const v1::RenumberArticleRequest& request,
                                const v1::ArticleState& state, const Context& context);
ArticleDecision RetitleArticle(const v1::RetitleArticleRequest& request,
                               const v1::ArticleState& state, const Context& context);
ArticleDecision WriteText(const v1::WriteTextRequest& request, const v1::ArticleState& state,
                          const Context& context);
ArticleDecision PegText(const v1::PegTextRequest& request, const v1::ArticleState& state,
                        const Context& context);
ArticleDecision WithdrawArticle(const v1::WithdrawArticleRequest& request,
                                const v1::ArticleState& state, const Context& context);

// --- article_comments.cc: remarks on it ---

ArticleDecision CommentOnArticle(const v1::CommentOnArticleRequest& request,
                                 const v1::ArticleState& state, const Context& context);
ArticleDecision ReplyToArticleComment(const v1::ReplyToArticleCommentRequest& request,
                                      const v1::ArticleState& state, const Context& context);
ArticleDecision ResolveArticleComment(const v1::ResolveArticleCommentRequest& request,
                                      const v1::ArticleState& state, const Context& context);
ArticleDecision RejectArticleComment(const v1::RejectArticleCommentRequest& request,
                                     const v1::ArticleState& state, const Context& context);

// --- article_positions.cc: how parties read it ---

ArticleDecision TakePosition(const v1::TakePositionRequest& request, const v1::ArticleState& state,
                             const Context& context);

}  // namespace kasundo::agreements
