#include "workflows/agreement/frozen_text.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "kasundo/agreements/v1/articles_events.pb.h"
#include "workflows/agreement/article_text.h"
#include "workflows/engine/sha256.h"

namespace kasundo::agreements {

v1::AgreedText FreezeArticles(const v1::AgreementState& state, int number,
                              const std::string& prevailing_language, const Context& context) {
  v1::AgreedText text;
  text.set_number(number);
  *text.mutable_date() = context.today;
  text.set_prevailing_language(prevailing_language);
  for (const std::string& name : state.articles()) {
    const auto* article = context.Related<v1::ArticleState>(name);
    if (article == nullptr || article->has_withdrawn_on()) continue;
    v1::FrozenArticle& frozen = *text.add_articles();
    frozen.set_article(name);
    frozen.set_number(article->number());
    frozen.set_content_hash(ContentHash(*article));
  }
  // The text that is agreed reads in the order of the numbers that the articles bear on that day,
  // whatever the list of the agreement says: older journals did not move a renumbered article.
  std::stable_sort(text.mutable_articles()->begin(), text.mutable_articles()->end(),
                   [](const v1::FrozenArticle& a, const v1::FrozenArticle& b) {
                     return NumberBefore(a.number(), b.number());
                   });
  text.set_hash(HashOf(text));
  return text;
}

std::string HashOf(const v1::AgreedText& text) {
  std::string content = text.prevailing_language();
  content.push_back('\0');
  for (const v1::FrozenArticle& article : text.articles()) {
    for (const std::string& part : {article.article(), article.number(), article.content_hash()}) {
      content.append(part).push_back('\0');
    }
  }
  return absl::BytesToHexString(Sha256(content));
}

}  // namespace kasundo::agreements
