// From the first draft to the agreed text.
#include "kasundo/agreements/v1/articles_events.pb.h"
#include "workflows/agreement/agreement_commands.h"
#include "workflows/agreement/article_text.h"
#include "workflows/agreement/frozen_text.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {

AgreementEvents StartDrafting(const v1::StartDraftingRequest&, const AgreementState& state,
                              const Context& context) {
  RETURN_IF_ERROR(CheckEnoughParties(state, context));
  // Rule 122: from the first draft a standing body owns it on each side.
  RETURN_IF_ERROR(CheckOwningBodies(state, context));
  RETURN_IF_ERROR(CheckConfirmations(state, context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_drafting_started();
  return {{std::move(event)}};
}

AgreementEvents ListArticle(const v1::ListArticleRequest& request, const AgreementState& state,
                            const Context& context) {
  // Its place among the others; a renumbered one may be there already and moves.
  int position = 0;
  int listed_at = -1;
  bool found = false;
  for (int i = 0; i < state.articles_size(); ++i) {
    if (state.articles(i) == request.article()) {
      listed_at = i;
      continue;
    }
    const auto* article = context.Related<v1::ArticleState>(state.articles(i));
    found = found || (article != nullptr && NumberBefore(request.number(), article->number()));
    if (!found) ++position;
  }
  std::vector<v1::AgreementEvent> events;
  if (position == listed_at) return events;
  events.push_back(NewEvent(context));
  events.back().mutable_article_listed()->set_article(request.article());
  events.back().mutable_article_listed()->set_position(position);
  return events;
}

AgreementEvents NoteTextWork(const v1::NoteTextWorkRequest& request, const AgreementState& state,
                             const Context& context) {
  std::vector<v1::AgreementEvent> events;
  // Once a day is enough to know that it is not stalled.
  if (Same(state.last_event_on(), context.today)) return events;
  events.push_back(NewEvent(context));
  events.back().mutable_text_worked_on()->set_article(request.article());
  return events;
}

AgreementEvents StartLegalReview(const v1::StartLegalReviewRequest&, const AgreementState& state,
                                 const Context& context) {
  RETURN_IF_ERROR(CheckHasArticles(state, context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_legal_review_started();
  return {{std::move(event)}};
}

AgreementEvents ResumeDrafting(const v1::ResumeDraftingRequest&, const AgreementState&,
                               const Context& context) {
  RETURN_IF_ERROR(RequireReason(context));
  v1::AgreementEvent event = NewEvent(context);
  event.mutable_drafting_resumed()->set_reason(context.reason);
  return {{std::move(event)}};
}

AgreementEvents AgreeText(const v1::AgreeTextRequest& request, const AgreementState& state,
                          const Context& context) {
  RETURN_IF_ERROR(CheckArticles(state, context));
  RETURN_IF_ERROR(CheckObjectives(state, context));
  v1::AgreementEvent event = NewEvent(context);
  *event.mutable_text_agreed()->mutable_text() =
      FreezeArticles(state, state.text_versions_size() + 1, request.prevailing_language(), context);
  return {{std::move(event)}};
}

}  // namespace kasundo::agreements
