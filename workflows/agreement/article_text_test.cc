#include "workflows/agreement/article_text.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "workflows/agreement/article_fixture.h"

namespace kasundo::agreements {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kAccepts[] = "STANCE_ACCEPTS";
constexpr char kReads[] = "STANCE_ACCEPTS_WITH_READING";
constexpr char kObjects[] = "STANCE_OBJECTS";

v1::ArticleState English(const std::vector<std::string>& more = {}) {
  std::vector<std::string> texts = {WrittenEvent("en", 1, "The host pays.")};
  texts.insert(texts.end(), more.begin(), more.end());
  return HealthState(texts);
}

// --- languages ---

TEST(FindText, GivesTheNewestAndEachOlderVersion) {
  const auto state = English(
      {WrittenEvent("it", 1, "Paga chi ospita."), WrittenEvent("en", 2, "The guest pays.")});
  EXPECT_EQ(FindText(state, "en")->text(), "The guest pays.");
  EXPECT_EQ(FindText(state, "en", 1)->text(), "The host pays.");
  EXPECT_EQ(FindText(state, "en", 3), nullptr);
  EXPECT_EQ(FindText(state, "fil"), nullptr);
  EXPECT_THAT(LanguagesOf(state), ElementsAre("en", "it"));
}

TEST(IsBehind, WhenTheSourceHasANewerVersionThanThePeg) {
  auto state = English({WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1))});
  EXPECT_FALSE(IsBehind(state, "it"));
  state = English({WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1)),
                   WrittenEvent("en", 2, "The guest pays.")});
  EXPECT_TRUE(IsBehind(state, "it"));
  EXPECT_FALSE(IsBehind(state, "en"));
}

TEST(IsBehind, NoLongerOnceTheTranslationFollowed) {
  const auto state = English({WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1)),
                              WrittenEvent("en", 2, "The guest pays."),
                              WrittenEvent("it", 2, "Paga chi viene.", PeggedTo("en", 2))});
  EXPECT_FALSE(IsBehind(state, "it"));
}

TEST(IsBehind, NotForALanguageThatIsASourceItself) {
  EXPECT_FALSE(IsBehind(English({WrittenEvent("it", 1, "Paga chi ospita.")}), "it"));
  EXPECT_FALSE(IsBehind(English(), "fil"));
}

TEST(LanguagesNow, TellsOfEachLanguageWhereItStands) {
  const auto languages =
      LanguagesNow(English({WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1)),
                            WrittenEvent("en", 2, "The guest pays.")}),
                   "it");
  ASSERT_EQ(languages.size(), 2u);
  EXPECT_EQ(testing::Text(languages[0]),
            testing::Text(Read<v1::ArticleLanguage>("language: 'en' version: 2")));
  EXPECT_EQ(testing::Text(languages[1]),
            testing::Text(Read<v1::ArticleLanguage>(
                "language: 'it' version: 1 peg { language: 'en' version: 1 } behind: true "
                "newest_source_version: 2 prevailing: true")));
}

// --- positions ---

TEST(ContestedBy, NobodyWhereAllAccept) {
  const auto state =
      English({PositionEvent("batangas", kAccepts), PositionEvent("rome", kAccepts)});
  EXPECT_THAT(ContestedBy(state), IsEmpty());
  EXPECT_FALSE(IsContested(state));
}

TEST(ContestedBy, WhoeverObjects) {
  const auto state = English(
      {PositionEvent("batangas", kAccepts), PositionEvent("rome", kObjects, "No money for it.")});
  EXPECT_THAT(ContestedBy(state), ElementsAre("rome"));
  EXPECT_TRUE(IsContested(state));
}

TEST(ContestedBy, PartiesThatReadItDifferently) {
  const auto state = English({PositionEvent("batangas", kReads, "The host pays for lodging."),
                              PositionEvent("rome", kReads, "The host pays for travel."),
                              PositionEvent("lipa", kAccepts)});
  EXPECT_THAT(ContestedBy(state), ElementsAre("batangas", "rome"));
}

TEST(ContestedBy, NobodyWhereTheyReadItAlikeInOtherSpacesAndCapitals) {
  const auto state = English({PositionEvent("batangas", kReads, "The host pays for lodging."),
                              PositionEvent("rome", kReads, " the host  pays for lodging. ")});
  EXPECT_THAT(ContestedBy(state), IsEmpty());
}

TEST(ContestedBy, OneReadingAloneContestsNothing) {
  EXPECT_THAT(ContestedBy(English({PositionEvent("rome", kReads, "Only lodging.")})), IsEmpty());
}

TEST(ContestedBy, TheLastPositionOfAPartyCounts) {
  const auto state = English(
      {PositionEvent("rome", kObjects, "No money for it."), PositionEvent("rome", kAccepts)});
  EXPECT_THAT(ContestedBy(state), IsEmpty());
  EXPECT_EQ(state.positions_size(), 1);
}

TEST(ContestedBy, AnObjectionStandsWhenTheTextChangesUntilItsPartySaysOtherwise) {
  auto state = English({PositionEvent("rome", kObjects, "No money for it."),
                        WrittenEvent("en", 2, "Each pays its own way.")});
  EXPECT_TRUE(IsOutdated(state, state.positions(0)));
  EXPECT_THAT(ContestedBy(state), ElementsAre("rome"));
  state = Article::Evolve(state, Read<v1::ArticleEvent>(PositionEvent(
                                     "rome", kAccepts, "", "language: 'en' version: 2")));
  EXPECT_THAT(ContestedBy(state), IsEmpty());
}

TEST(ContestedBy, PositionsOfOthersThanTheAskedDoNotCount) {
  const auto state = English(
      {PositionEvent("batangas", kReads, "Lodging."), PositionEvent("lipa", kReads, "Travel.")});
  EXPECT_THAT(ContestedBy(state, {"batangas", "rome"}), IsEmpty());
}

TEST(ContestedBy, NobodyOnceTheArticleIsWithdrawn) {
  const auto state = English({PositionEvent("rome", kObjects, "No money for it."),
                              "article_withdrawn { withdrawn_on { year: 2011 } }"});
  EXPECT_FALSE(IsContested(state));
}

TEST(IsOutdated, WhenTheLanguageItIsAboutFellBehindItsSource) {
  const std::string about = "language: 'it' version: 1";
  auto state = English({WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1)),
                        PositionEvent("rome", kAccepts, "", about)});
  EXPECT_FALSE(IsOutdated(state, state.positions(0)));
  state = Article::Evolve(state, Read<v1::ArticleEvent>(WrittenEvent("en", 2, "The guest pays.")));
  EXPECT_TRUE(IsOutdated(state, state.positions(0)));
}

TEST(NotConfirmedBy, PartiesWithoutAPositionOnThePresentText) {
  const auto state =
      English({PositionEvent("batangas", kAccepts), WrittenEvent("en", 2, "The guest pays."),
               PositionEvent("rome", kAccepts, "", "language: 'en' version: 2")});
  EXPECT_THAT(NotConfirmedBy(state, {"batangas", "rome", "lipa"}), ElementsAre("batangas", "lipa"));
}

// --- hash ---

TEST(ContentHash, IsOfWhatTheArticleSaysAndOfNothingElse) {
  const std::string hash = ContentHash(English());
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(hash.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(ContentHash(English({CommentEvent("comment-1"), PositionEvent("rome", kAccepts)})),
            hash);
  EXPECT_EQ(ContentHash(English(
                {WrittenEvent("en", 2, "Other."), WrittenEvent("en", 3, "The host pays.")})),
            hash);
}

// A signature is bound to this value for ever: it must never come out differently.
TEST(ContentHash, IsTheSameInEveryRelease) {
  EXPECT_EQ(ContentHash(English()),
            "91e9d13a856837b335fe058469c90592bf7501c9e3964f02d7bc0bd539844ac4");
}

TEST(ContentHash, ChangesWithNumberTitleLanguageAndText) {
  const std::string hash = ContentHash(English());
  EXPECT_NE(ContentHash(English({"article_renumbered { number: '3.3' }"})), hash);
  EXPECT_NE(ContentHash(English({"article_retitled { title: 'Care' }"})), hash);
  EXPECT_NE(ContentHash(English({WrittenEvent("en", 2, "The host  pays.")})), hash);
  EXPECT_NE(ContentHash(English({WrittenEvent("it", 1, "Paga chi ospita.")})), hash);
}

TEST(ContentHash, DoesNotDependOnTheOrderInWhichLanguagesCame) {
  EXPECT_EQ(ContentHash(HealthState({WrittenEvent("it", 1, "B"), WrittenEvent("en", 1, "A")})),
            ContentHash(HealthState({WrittenEvent("en", 1, "A"), WrittenEvent("it", 1, "B")})));
}

// Moving letters from one part to the next must not go unnoticed.
RC_GTEST_PROP(ContentHashProperty, TellsPartsApart,
              (const std::string& a, const std::string& b, const std::string& c)) {
  v1::ArticleState one;
  one.set_number(a + b);
  one.set_title(c);
  v1::ArticleState other;
  other.set_number(a);
  other.set_title(b + c);
  RC_ASSERT((ContentHash(one) == ContentHash(other)) == b.empty());
}

// --- numbers ---

TEST(NumberBefore, CountsFiguresAsNumbers) {
  EXPECT_TRUE(NumberBefore("3.2", "3.10"));
  EXPECT_FALSE(NumberBefore("3.10", "3.2"));
  EXPECT_TRUE(NumberBefore("2", "10"));
  EXPECT_TRUE(NumberBefore("3", "3.1"));
  EXPECT_TRUE(NumberBefore("4", "4 bis"));
  EXPECT_TRUE(NumberBefore("4 bis", "5"));
  EXPECT_TRUE(NumberBefore("4bis", "4ter"));
  EXPECT_FALSE(NumberBefore("4", "4"));
}

RC_GTEST_PROP(NumberBeforeProperty, IsAStrictOrder, ()) {
  const auto number =
      rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                       "0", "1", "2", "10", ".", "-", " ", "a", "bis")),
                   [](const std::vector<std::string>& parts) {
                     std::string text;
                     for (const std::string& part : parts) text += part;
                     return text;
                   });
  const std::string a = *number;
  const std::string b = *number;
  const std::string c = *number;
  RC_ASSERT(!NumberBefore(a, a));
  RC_ASSERT(a == b || NumberBefore(a, b) != NumberBefore(b, a));
  if (NumberBefore(a, b) && NumberBefore(b, c)) RC_ASSERT(NumberBefore(a, c));
}

}  // namespace
}  // namespace kasundo::agreements
