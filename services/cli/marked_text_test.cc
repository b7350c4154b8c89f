#include "services/cli/marked_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/agreements/v1/articles_service.pb.h"
#include "services/cli/view.h"

namespace kasundo::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

namespace av1 = agreements::v1;

av1::CompareTextsResponse Comparison() {
  av1::CompareTextsResponse response;
  response.set_explanation("English (en), from version 1 to version 2.");
  auto* article = response.add_articles();
  article->set_number("3.2");
  article->set_change(av1::ARTICLE_CHANGE_CHANGED);
  const auto add = [&](api::v1::TextChange change, const char* text) {
    auto* run = article->add_text();
    run->set_change(change);
    run->set_text(text);
  };
  add(api::v1::TEXT_CHANGE_SAME, "The ");
  add(api::v1::TEXT_CHANGE_REMOVED, "host");
  add(api::v1::TEXT_CHANGE_ADDED, "guest and its partner");
  add(api::v1::TEXT_CHANGE_SAME, " pays.");
  return response;
}

ViewOptions Options(int width, bool colour) {
  ViewOptions options;
  options.width = width;
  options.colour = colour;
  return options;
}

TEST(MarkedText, StandsInBracketsArticleByArticle) {
  EXPECT_EQ(Fields(Comparison(), Options(0, false)),
            "explanation  English (en), from version 1 to version 2.\n"
            "\n"
            "articles (1)\n"
            "  number  3.2\n"
            "  change  changed\n"
            "  text    The [-host-]{+guest and its partner+} pays.\n");
}

TEST(MarkedText, IsRedAndGreenWhereTheTerminalHasColours) {
  EXPECT_THAT(Fields(Comparison(), Options(0, true)),
              HasSubstr("  text    The \033[31m[-host-]\033[32m{+guest and its partner+}\033[0m "
                        "pays.\n"));
}

TEST(MarkedText, IsWrappedWithoutColouringTheIndent) {
  EXPECT_THAT(Fields(Comparison(), Options(40, true)),
              HasSubstr("  text    The \033[31m[-host-]\033[32m{+guest and its\033[0m\n"
                        "          \033[32mpartner+}\033[0m pays.\n"));
}

// What a text says must not drive the terminal.
TEST(MarkedText, LetsNoControlCharacterOfTheTextThrough) {
  av1::CompareTextsResponse response = Comparison();
  response.mutable_articles(0)->mutable_text(1)->set_text("\033[2Jhost");
  EXPECT_THAT(Fields(response, Options(0, true)), Not(HasSubstr("\033[2J")));
}

TEST(Fields, ShowsLongTextsOneAfterTheOtherInsteadOfInATable) {
  av1::GetAgreementTextResponse response;
  for (const char* number : {"1", "2"}) {
    auto* article = response.add_articles();
    article->set_number(number);
    article->set_text("First paragraph.\nSecond paragraph.");
  }
  EXPECT_EQ(Fields(response, Options(0, false)),
            "\n"
            "articles (2)\n"
            "  number  1\n"
            "  text    First paragraph.\n"
            "          Second paragraph.\n"
            "\n"
            "  number  2\n"
            "  text    First paragraph.\n"
            "          Second paragraph.\n");
}

}  // namespace
}  // namespace kasundo::cli
