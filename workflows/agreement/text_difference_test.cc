#include "workflows/agreement/text_difference.h"

#include <string>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace kasundo::agreements {
namespace {

using api::v1::TextRun;

// As it stands on a terminal.
std::string Shown(const std::vector<TextRun>& runs) {
  std::string text;
  for (const TextRun& run : runs) {
    switch (run.change()) {
      case api::v1::TEXT_CHANGE_SAME:
        text += run.text();
        break;
      case api::v1::TEXT_CHANGE_REMOVED:
        text += "[-" + run.text() + "-]";
        break;
      default:
        text += "{+" + run.text() + "+}";
    }
  }
  return text;
}

std::string Shown(std::string_view before, std::string_view after) {
  return Shown(Difference(before, after));
}

TEST(TextDifference, ShowsTheWordsThatWereReplaced) {
  EXPECT_EQ(Shown("The host pays for travel and lodging.", "The guest pays for travel and board."),
            "The [-host-]{+guest+} pays for travel and [-lodging-]{+board+}.");
}

TEST(TextDifference, ShowsWhatWasAddedAndWhatWasTakenOut) {
  EXPECT_EQ(Shown("Each party pays.", "Each party pays its own way."),
            "Each party pays{+ its own way+}.");
  EXPECT_EQ(Shown("Each party pays its own way.", "Each party pays."),
            "Each party pays[- its own way-].");
}

TEST(TextDifference, KeepsAReplacedPhraseWhole) {
  EXPECT_EQ(Shown("Nurses are exchanged once a year in June and July, for a month.",
                  "Nurses are exchanged in every second quarter, for a month."),
            "Nurses are exchanged [-once a year in June and July-]{+in every second quarter+}, for "
            "a month.");
}

TEST(TextDifference, OfEqualTextsIsOnePieceAndOfNothingNone) {
  EXPECT_EQ(Shown("As agreed.", "As agreed."), "As agreed.");
  EXPECT_THAT(Difference("As agreed.", "As agreed."), ::testing::SizeIs(1));
  EXPECT_THAT(Difference("", ""), ::testing::IsEmpty());
  EXPECT_EQ(Shown("", "New."), "{+New.+}");
  EXPECT_EQ(Shown("Old.", ""), "[-Old.-]");
}

TEST(TextDifference, FindsWordsInAnyScript) {
  EXPECT_EQ(Shown("La città ospita gli infermieri.", "La città accoglie gli infermieri."),
            "La città [-ospita-]{+accoglie+} gli infermieri.");
  EXPECT_EQ(Shown("تدفع المدينة التكاليف.", "تدفع الجهة التكاليف."),
            "تدفع [-المدينة-]{+الجهة+} التكاليف.");
}

TEST(TextDifference, OfLongTextsWithNothingInCommonStillAddsUp) {
  std::string before;
  std::string after;
  for (int i = 0; i < 6000; ++i) {
    before += fmt::format("a{} ", i);
    after += fmt::format("b{} ", i);
  }
  const auto applied = Apply(before, Difference(before, after));
  ASSERT_TRUE(applied.ok()) << applied.status();
  EXPECT_EQ(*applied, after);
}

TEST(TextDifference, IsNotAppliedToAnotherText) {
  const auto difference = Difference("The host pays.", "The guest pays.");
  EXPECT_EQ(Apply("The town pays.", difference).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Apply("The host pays. Always.", difference).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(TextDifference, KnowsWhetherAnythingChanged) {
  EXPECT_FALSE(HasChanges(Difference("The host pays.", "The host pays.")));
  EXPECT_TRUE(HasChanges(Difference("The host pays.", "The host paid.")));
}

// Texts of a few words, so that they have something in common.
rc::Gen<std::string> SomeText() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "the", "host", "guest", "pays", "città", "年", "1,000", " ", " ", " ",
                          "\n", ".", ", ", "Batangas-Rome")),
                      [](const std::vector<std::string>& words) {
                        std::string text;
                        for (const std::string& word : words) text += word;
                        return text;
                      });
}

RC_GTEST_PROP(TextDifferenceProperty, AppliedToTheOldGivesTheNew, ()) {
  const std::string before = *SomeText();
  const std::string after = *SomeText();
  const std::vector<TextRun> difference = Difference(before, after);
  const auto applied = Apply(before, difference);
  RC_ASSERT(applied.ok());
  RC_ASSERT(*applied == after);
  RC_ASSERT(HasChanges(difference) == (before != after));
}

RC_GTEST_PROP(TextDifferenceProperty, NeighboursAreOfDifferentKindsAndNoneIsEmpty, ()) {
  const std::vector<TextRun> difference = Difference(*SomeText(), *SomeText());
  for (size_t i = 0; i < difference.size(); ++i) {
    RC_ASSERT(!difference[i].text().empty());
    if (i > 0) RC_ASSERT(difference[i].change() != difference[i - 1].change());
  }
}

// Whatever bytes come, also such as are no text.
RC_GTEST_PROP(TextDifferenceProperty, LosesNoByte,
              (const std::string& before, const std::string& after)) {
  const auto applied = Apply(before, Difference(before, after));
  RC_ASSERT(applied.ok());
  RC_ASSERT(*applied == after);
}

}  // namespace
}  // namespace kasundo::agreements
