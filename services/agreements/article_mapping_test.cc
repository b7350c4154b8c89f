#include "services/agreements/article_mapping.h"

#include "workflows/agreement/article_fixture.h"

namespace kasundo::agreements {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::ArticleState Contested() {
  return HealthState({WrittenEvent("en", 1, "The host pays."),
                      WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1)),
                      CommentEvent("comment-1"), CommentEvent("comment-2"),
                      "comment_resolved { comment: 'comment-1' reason: 'Done' }",
                      PositionEvent("rome", "STANCE_OBJECTS", "No money."),
                      PositionEvent("lipa", "STANCE_OBJECTS", "Neither."),
                      WrittenEvent("en", 2, "The guest pays.")});
}

TEST(ArticleMapping, SaysWhatIsComputed) {
  const v1::Article article = ToArticle(Contested(), Twinning(), false);
  EXPECT_EQ(article.number(), "3.2");
  EXPECT_TRUE(article.contested());
  EXPECT_EQ(article.open_comments(), 1);
  EXPECT_EQ(article.versions_size(), 3);
  EXPECT_EQ(article.comments_size(), 2);
  ASSERT_EQ(article.languages_size(), 2);
  EXPECT_TRUE(article.languages(1).behind());
  EXPECT_THAT(article.outdated_positions(), ElementsAre("rome", "lipa"));
  EXPECT_EQ(article.content_hash().size(), 64u);
}

TEST(ArticleMapping, CountsNoPositionOfAPartyThatLeft) {
  EXPECT_THAT(ToArticle(Contested(), Twinning(), false).contested_by(), ElementsAre("rome"));
}

TEST(ArticleMapping, SaysWhichLanguagePrevailsByTheLastAgreedText) {
  v1::AgreementState twinning = Twinning();
  EXPECT_EQ(PrevailingLanguage(twinning), "");
  twinning.add_text_versions()->set_prevailing_language("it");
  twinning.add_text_versions()->set_prevailing_language("en");
  const v1::Article article = ToArticle(Contested(), twinning, false);
  EXPECT_TRUE(article.languages(0).prevailing());
  EXPECT_FALSE(article.languages(1).prevailing());
}

TEST(ArticleMapping, LeavesWhatIsLongOutOfLists) {
  const v1::Article article = ToArticle(Contested(), Twinning(), true);
  EXPECT_THAT(article.comments(), IsEmpty());
  ASSERT_EQ(article.versions_size(), 2) << "the newest of each language";
  EXPECT_EQ(article.versions(0).version(), 2);
  EXPECT_EQ(article.versions(0).text(), "");
}

}  // namespace
}  // namespace kasundo::agreements
