#include "services/agreements/whole_text.h"

#include "workflows/agreement/article_fixture.h"

namespace kasundo::agreements {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ArticleThen AnArticle(const std::string& id, const std::vector<std::string>& events,
                      int version = 0) {
  return {kTwinning + ("/articles/" + id),
          std::make_shared<v1::ArticleState>(StateAfter(Events(events))), version};
}

std::string Heading(const std::string& number, const std::string& title) {
  return "article_drafted { number: '" + number + "' title: '" + title + "' }";
}

WholeText Text(std::vector<ArticleThen> articles, const std::string& prevailing = "") {
  auto twinning = std::make_shared<v1::AgreementState>(Twinning());
  if (!prevailing.empty()) twinning->add_text_versions()->set_prevailing_language(prevailing);
  return {kTwinning, std::move(twinning), std::move(articles), "the present text"};
}

// Three articles: one whose Italian is behind, one without Italian, one that was withdrawn.
WholeText Draft(const std::string& prevailing = "") {
  return Text(
      {AnArticle("travel", {Heading("3.10", "Travel"), WrittenEvent("en", 1, "Each pays.")}),
       AnArticle("health", {Heading("3.2", "Health"), WrittenEvent("en", 1, "The host pays."),
                            WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1)),
                            WrittenEvent("en", 2, "The guest pays."),
                            PositionEvent("rome", "STANCE_OBJECTS", "No.")}),
       AnArticle("old", {Heading("1", "Old"), WrittenEvent("fil", 1, "Luma."),
                         "article_withdrawn { withdrawn_on { year: 2011 } }"})},
      prevailing);
}

// --- the whole text ---

TEST(AgreementText, HasTheArticlesInTheOrderOfTheirNumbers) {
  const auto response = TextIn("en", Draft());
  ASSERT_EQ(response.articles_size(), 2) << "the withdrawn one is left out";
  EXPECT_EQ(response.articles(0).number(), "3.2");
  EXPECT_EQ(response.articles(0).text(), "The guest pays.");
  EXPECT_EQ(response.articles(0).version(), 2);
  EXPECT_EQ(response.articles(1).number(), "3.10");
  EXPECT_THAT(response.languages(), ElementsAre("en", "it"));
}

TEST(AgreementText, SaysOfEachArticleWhetherItIsBehindMissingOrContested) {
  const auto response = TextIn("it", Draft());
  const v1::TextOfArticle& health = response.articles(0);
  EXPECT_TRUE(health.behind());
  EXPECT_EQ(health.peg().version(), 1);
  EXPECT_TRUE(health.contested());
  EXPECT_EQ(health.remark(), "behind: says what en 1 said, en is at 2; contested by rome");
  const v1::TextOfArticle& travel = response.articles(1);
  EXPECT_TRUE(travel.missing());
  EXPECT_EQ(travel.remark(), "no text in Italian yet");
}

TEST(AgreementText, StatesWhichLanguagePrevails) {
  EXPECT_EQ(TextIn("it", Draft("en")).explanation(),
            "The present text in Italian (it): 2 articles. Where the texts differ, English (en) "
            "prevails. Behind its source: 3.2. Not written yet: 3.10. Contested: 3.2.");
  EXPECT_THAT(TextIn("en", Draft("en")).explanation(),
              HasSubstr("It prevails where the texts differ."));
  EXPECT_THAT(TextIn("en", Draft()).explanation(),
              HasSubstr("No language prevails over the others."));
}

// --- which language ---

TEST(ChooseLanguage, TakesTheAskedThenThePrevailingThenTheFirst) {
  const WholeText draft = Draft("it");
  EXPECT_EQ(*ChooseLanguage("EN", {&draft}), "en");
  EXPECT_EQ(*ChooseLanguage("", {&draft}), "it");
  const WholeText without = Draft();
  EXPECT_EQ(*ChooseLanguage("", {&without}), "en");
}

TEST(ChooseLanguage, IsRefusedWhereNoArticleHasATextInIt) {
  const WholeText draft = Draft();
  EXPECT_EQ(ReasonOf(ChooseLanguage("fil", {&draft}).status()), "TEXT_NOT_FOUND")
      << "only the withdrawn article has one";
  EXPECT_EQ(ReasonOf(ChooseLanguage("no such", {&draft}).status()), "LANGUAGE_INVALID");
  const WholeText nothing = Text({});
  EXPECT_EQ(ReasonOf(ChooseLanguage("", {&nothing}).status()), "TEXT_NOT_FOUND");
}

// --- comparing ---

TEST(CompareTexts, ShowsWhatChangedWordByWord) {
  const WholeText before = Text(
      {AnArticle("health", {Heading("3.2", "Health"), WrittenEvent("en", 1, "The host pays.")})});
  const auto response = Compare("en", before, Draft(), false);
  ASSERT_EQ(response.articles_size(), 2);
  const v1::ArticleDifference& health = response.articles(0);
  EXPECT_EQ(health.change(), v1::ARTICLE_CHANGE_CHANGED);
  EXPECT_EQ(health.version_before(), 1);
  EXPECT_EQ(health.version_after(), 2);
  ASSERT_EQ(health.text_size(), 4);
  EXPECT_EQ(health.text(1).text(), "host");
  EXPECT_EQ(health.text(1).change(), api::v1::TEXT_CHANGE_REMOVED);
  EXPECT_EQ(health.text(2).text(), "guest");
  EXPECT_EQ(health.text(2).change(), api::v1::TEXT_CHANGE_ADDED);
  const v1::ArticleDifference& travel = response.articles(1);
  EXPECT_EQ(travel.change(), v1::ARTICLE_CHANGE_ADDED);
  EXPECT_EQ(response.explanation(),
            "English (en), from the present text to the present text. Articles: 1 changed, 1 "
            "added.");
}

TEST(CompareTexts, ShowsArticlesThatWereRemovedRenumberedOrRetitled) {
  const WholeText before =
      Text({AnArticle("a", {Heading("1", "Aims"), WrittenEvent("en", 1, "To help.")}),
            AnArticle("b", {Heading("2", "Means"), WrittenEvent("en", 1, "By work.")}),
            AnArticle("c", {Heading("3", "Term"), WrittenEvent("en", 1, "Two years.")})});
  const WholeText after =
      Text({AnArticle("a", {Heading("2", "Aims"), WrittenEvent("en", 1, "To help.")}),
            AnArticle("b", {Heading("1", "Ways"), WrittenEvent("en", 1, "By work.")}),
            AnArticle("c", {Heading("3", "Term"), WrittenEvent("en", 1, "Two years."),
                            "article_withdrawn { withdrawn_on { year: 2011 } }"})});
  const auto response = Compare("en", before, after, false);
  ASSERT_EQ(response.articles_size(), 3);
  EXPECT_EQ(response.articles(0).number_before(), "2");
  EXPECT_EQ(response.articles(0).title_size(), 2);
  EXPECT_EQ(response.articles(1).number_before(), "1");
  EXPECT_EQ(response.articles(2).change(), v1::ARTICLE_CHANGE_REMOVED);
}

TEST(CompareTexts, LeavesOutWhatIsTheSameUnlessAskedForIt) {
  const WholeText text = Draft();
  EXPECT_EQ(Compare("en", text, text, false).articles_size(), 0);
  const auto response = Compare("en", text, text, true);
  EXPECT_EQ(response.articles_size(), 2);
  EXPECT_THAT(response.explanation(), HasSubstr("2 the same"));
}

TEST(CompareTexts, OfOneArticleComparesTheVersionsThatAreAskedFor) {
  const std::vector<std::string> events = {
      Heading("3.2", "Health"), WrittenEvent("en", 1, "The host pays."),
      WrittenEvent("en", 2, "The guest pays."), WrittenEvent("en", 3, "Each pays.")};
  const WholeText before = Text({AnArticle("health", events, 1)});
  const WholeText after = Text({AnArticle("health", events, 2)});
  const auto response = Compare("en", before, after, false);
  ASSERT_EQ(response.articles_size(), 1);
  EXPECT_EQ(response.articles(0).version_before(), 1);
  EXPECT_EQ(response.articles(0).version_after(), 2);
}

}  // namespace
}  // namespace kasundo::agreements
