#include "services/agreements/article_mapping.h"

#include <algorithm>

#include "workflows/agreement/article_text.h"
#include "workflows/agreement/party_roles.h"

namespace kasundo::agreements {

std::string PrevailingLanguage(const v1::AgreementState& agreement) {
  return agreement.text_versions().empty()
             ? ""
             : agreement.text_versions().rbegin()->prevailing_language();
}

std::vector<std::string> ContestedBy(const v1::ArticleState& article,
                                     const v1::AgreementState& agreement) {
  std::vector<std::string> parties;
  for (const v1::Party* party : PartiesOf(agreement)) parties.push_back(party->id());
  return ContestedBy(article, parties);
}

v1::Article ToArticle(const v1::ArticleState& state, const v1::AgreementState& agreement,
                      bool in_list) {
  v1::Article article;
  article.set_number(state.number());
  article.set_title(state.title());
  for (std::string& party : ContestedBy(state, agreement)) {
    article.add_contested_by(std::move(party));
  }
  article.set_contested(!article.contested_by().empty());
  article.set_open_comments(static_cast<int>(std::count_if(
      state.comments().begin(), state.comments().end(), [](const v1::ArticleComment& comment) {
        return comment.comment_state() == v1::ARTICLE_COMMENT_STATE_OPEN;
      })));
  for (v1::ArticleLanguage& language : LanguagesNow(state, PrevailingLanguage(agreement))) {
    if (in_list) {
      v1::LanguageVersion& newest = *article.add_versions();
      newest = *FindText(state, language.language());
      newest.clear_text();
    }
    *article.add_languages() = std::move(language);
  }
  *article.mutable_positions() = state.positions();
  for (const v1::ArticlePosition& position : state.positions()) {
    if (IsOutdated(state, position)) article.add_outdated_positions(position.party());
  }
  *article.mutable_former_numbers() = state.former_numbers();
  article.set_inherited_from(state.inherited_from());
  if (state.has_withdrawn_on()) *article.mutable_withdrawn_on() = state.withdrawn_on();
  article.set_withdrawal_reason(state.withdrawal_reason());
  article.set_content_hash(ContentHash(state));
  if (in_list) return article;
  *article.mutable_versions() = state.versions();
  *article.mutable_comments() = state.comments();
  return article;
}

}  // namespace kasundo::agreements
