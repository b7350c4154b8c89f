#include "workflows/agreement/article_decider.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/agreements/v1/reasons.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/agreement/article_authors.h"
#include "workflows/agreement/article_commands.h"
#include "workflows/agreement/article_text.h"
#include "workflows/engine/refusal.h"

namespace kasundo::agreements {
namespace {

using State = v1::ArticleState;

void Apply(State& state, const v1::ArticleInherited& event) {
  state.set_inherited_from(event.from());
  state.set_number(event.number());
  state.set_title(event.title());
  *state.mutable_versions() = event.versions();
}

void Apply(State& state, const v1::TextPegged& event) {
  for (v1::LanguageVersion& version : *state.mutable_versions()) {
    if (version.language() != event.language() || version.version() != event.version()) continue;
    *version.mutable_peg() = event.peg();
    *version.mutable_pegged_by() = event.author();
    *version.mutable_pegged_on() = event.pegged_on();
  }
}

// A comment that is not there is one that nobody sees.
v1::ArticleComment& CommentIn(State& state, const std::string& id, v1::ArticleComment& nowhere) {
  for (v1::ArticleComment& comment : *state.mutable_comments()) {
    if (comment.comment() == id) return comment;
  }
  return nowhere;
}

void Settle(v1::ArticleComment& comment, v1::ArticleCommentState comment_state,
            const v1::Author& by, const api::v1::CivilDate& on, const std::string& reason) {
  comment.set_comment_state(comment_state);
  *comment.mutable_settled_by() = by;
  *comment.mutable_settled_on() = on;
  comment.set_settlement(reason);
}

void Apply(State& state, const v1::PositionTaken& event) {
  for (v1::ArticlePosition& position : *state.mutable_positions()) {
    if (position.party() != event.position().party()) continue;
    position = event.position();
    return;
  }
  *state.add_positions() = event.position();
}

}  // namespace

State Article::Initial() { return {}; }

State Article::Evolve(State state, const v1::ArticleEvent& event) {
  using E = v1::ArticleEvent;
  v1::ArticleComment nowhere;
  switch (event.event_case()) {
    case E::kArticleDrafted:
      state.set_number(event.article_drafted().number());
      state.set_title(event.article_drafted().title());
      break;
    case E::kArticleInherited:
      Apply(state, event.article_inherited());
      break;
    case E::kArticleRenumbered:
      state.add_former_numbers(state.number());
      state.set_number(event.article_renumbered().number());
      break;
    case E::kArticleRetitled:
      state.set_title(event.article_retitled().title());
      break;
    case E::kTextWritten:
      *state.add_versions() = event.text_written().version();
      break;
    case E::kTextPegged:
      Apply(state, event.text_pegged());
      break;
    case E::kCommentMade:
      *state.add_comments() = event.comment_made().comment();
      break;
    case E::kCommentReplied:
      *CommentIn(state, event.comment_replied().comment(), nowhere).add_replies() =
          event.comment_replied().reply();
      break;
    case E::kCommentResolved: {
      const v1::CommentResolved& resolved = event.comment_resolved();
      Settle(CommentIn(state, resolved.comment(), nowhere), v1::ARTICLE_COMMENT_STATE_RESOLVED,
             resolved.author(), resolved.resolved_on(), resolved.reason());
      break;
    }
    case E::kCommentRejected: {
      const v1::CommentRejected& rejected = event.comment_rejected();
      Settle(CommentIn(state, rejected.comment(), nowhere), v1::ARTICLE_COMMENT_STATE_REJECTED,
             rejected.author(), rejected.rejected_on(), rejected.reason());
      break;
    }
    case E::kPositionTaken:
      Apply(state, event.position_taken());
      break;
    case E::kArticleWithdrawn:
      *state.mutable_withdrawn_on() = event.article_withdrawn().withdrawn_on();
      state.set_withdrawal_reason(event.article_withdrawn().reason());
      break;
    case E::EVENT_NOT_SET:
      break;
  }
  return state;
}

const KindTraits& Article::Traits() {
  static const KindTraits traits = {"article", "articles", "agreement"};
  return traits;
}

const std::vector<CommandCase<Article>>& Article::Commands() {
  static const std::vector<CommandCase<Article>> cases = {
      On(&DraftArticle, {"ArticleDrafted", "TextWritten"}),
      On(&InheritArticle, {"ArticleInherited"}),
      On(&RenumberArticle, {"ArticleRenumbered"}),
      On(&RetitleArticle, {"ArticleRetitled"}),
      On(&WriteText, {"TextWritten"}),
      On(&PegText, {"TextPegged"}),
      On(&CommentOnArticle, {"CommentMade"}),
      On(&ReplyToArticleComment, {"CommentReplied"}),
      On(&ResolveArticleComment, {"CommentResolved"}),
      On(&RejectArticleComment, {"CommentRejected"}),
      On(&TakePosition, {"PositionTaken"}),
      On(&WithdrawArticle, {"ArticleWithdrawn"}),
  };
  return cases;
}

const std::vector<RoleCase<Article>>& Article::Roles() {
  static const std::vector<RoleCase<Article>> roles = {
      {"party",
       "who acts for a party of the agreement, in an office of its own or as its helper for texts",
       [](const State&, const Context& context) { return WritesForParty(context); }},
      {"broker", "who acts for a broker of the agreement",
       [](const State&, const Context& context) { return IsBrokerAbove(context); }},
  };
  return roles;
}

const std::vector<GuardCase<Article>>& Article::Guards() {
  static const std::vector<GuardCase<Article>> guards = {
      {"comments-settled",
       "no comment on the article is open",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         const auto open = std::count_if(
             state.comments().begin(), state.comments().end(), [](const auto& comment) {
               return comment.comment_state() == v1::ARTICLE_COMMENT_STATE_OPEN;
             });
         if (open == 0) return absl::OkStatus();
         return absl::Status(
             Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_GUARD_NOT_MET,
                    fmt::format("{} {} open", open, open == 1 ? "comment is" : "comments are"))
                 .Mend("Resolve or reject each comment with a reason."));
       }},
      {"not-contested",
       "no party objects, and no two parties read the article differently",
       {},
       [](const State& state, const Context&, const std::map<std::string, std::string>&) {
         const std::vector<std::string> contested = ContestedBy(state);
         if (contested.empty()) return absl::OkStatus();
         return absl::Status(Refuse(absl::StatusCode::kFailedPrecondition,
                                    v1::REASON_ARTICLE_CONTESTED,
                                    fmt::format("article {} is contested by {}", state.number(),
                                                fmt::join(contested, ", ")))
                                 .Mend("Agree on a text or a reading that all of them accept."));
       }},
  };
  return guards;
}

}  // namespace kasundo::agreements
