#include "workflows/agreement/article_kinds.h"

#include <string_view>

#include "workflows/agreement/article_decider.h"

namespace kasundo::embedded {
extern const std::string_view k_article_workflow_yaml;
}  // namespace kasundo::embedded

namespace kasundo::agreements {

void AddArticles(KindRegistry& registry) {
  registry.kinds.push_back(MakeKind<Article>());
  registry.builtin_definitions.emplace("article", embedded::k_article_workflow_yaml);
}

}  // namespace kasundo::agreements
