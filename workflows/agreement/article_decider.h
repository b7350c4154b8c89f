// The kind `article`: one numbered part of an agreement's text, in every language, with its
// versions, remarks and positions. Lives beneath its agreement, which says who its parties and
// brokers are and whether the text is still worked on. That an article is contested is computed
// from the positions (article_text.h), not a state.
//
//   new ──▶ drafted ──▶ withdrawn
#pragma once

#include <vector>

#include "kasundo/agreements/v1/articles_events.pb.h"
#include "workflows/engine/decider.h"

namespace kasundo::agreements {

struct Article {
  using State = v1::ArticleState;
  using Event = v1::ArticleEvent;

  static State Initial();
  static State Evolve(State state, const Event& event);
  static const KindTraits& Traits();
  static const std::vector<CommandCase<Article>>& Commands();
  static const std::vector<RoleCase<Article>>& Roles();
  static const std::vector<GuardCase<Article>>& Guards();
};

}  // namespace kasundo::agreements
