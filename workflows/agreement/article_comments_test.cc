// Comments on articles: each tied to a version, settled by name.
#include "workflows/agreement/article_fixture.h"

namespace kasundo::agreements {
namespace {

using absl::StatusCode;

const std::string kEnglish = WrittenEvent("en", 1, "The host pays.");

v1::CommentOnArticleRequest Comment(const std::string& more = "") {
  return Read<v1::CommentOnArticleRequest>("text: 'Also for travel?' " + more);
}

template <typename Request>
Request To(const std::string& comment) {
  return Read<Request>("comment: '" + comment + "'");
}

TEST(CommentOnArticle, IsTiedToTheVersionAndKeepsWhoMadeIt) {
  GivenHealth({kEnglish, CommentEvent("comment-1")})
      .As(OfRome())
      .On("2011-02-03")
      .When(Comment("quote: 'The host'"))
      .Then(Events({R"pb(comment_made {
                           comment {
                             comment: "comment-2"
                             language: "en"
                             version: 1
                             quote: "The host"
                             text: "Also for travel?"
                             author {
                               party: "rome"
                               office: "realms/test/offices/rome-foreign"
                               person: "realms/test/people/rome-foreign"
                               account: "realms/test/accounts/rome-foreign"
                             }
                             made_on { year: 2011 month: 2 day: 3 }
                             comment_state: ARTICLE_COMMENT_STATE_OPEN
                           }
                         })pb"}));
}

TEST(CommentOnArticle, OfABrokerIsMarkedAsSuch) {
  const auto events = GivenHealth({kEnglish}).As(OfBroker()).When(Comment()).ThenEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_TRUE(events[0].comment_made().comment().author().broker());
  EXPECT_EQ(events[0].comment_made().comment().author().party(), "");
}

TEST(CommentOnArticle, MayBeAboutAnOlderVersion) {
  const auto events = GivenHealth({kEnglish, WrittenEvent("en", 2, "The guest pays.")})
                          .When(Comment("version: 1 quote: 'host'"))
                          .ThenEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].comment_made().comment().version(), 1);
}

TEST(CommentOnArticle, IsRefusedWithWordsThatDoNotStandThere) {
  GivenHealth({kEnglish, WrittenEvent("en", 2, "The guest pays.")})
      .When(Comment("quote: 'host'"))
      .ThenRejected(StatusCode::kInvalidArgument, "QUOTE_NOT_IN_TEXT");
}

TEST(CommentOnArticle, IsRefusedWhereSeveralLanguagesCouldBeMeant) {
  GivenHealth({kEnglish, WrittenEvent("it", 1, "Paga chi ospita.")})
      .When(Comment())
      .ThenRejected(StatusCode::kInvalidArgument, "LANGUAGE_NEEDED");
}

TEST(CommentOnArticle, IsRefusedOnATextThatIsNotThere) {
  GivenHealth().When(Comment()).ThenRejected(StatusCode::kNotFound, "TEXT_NOT_FOUND");
  GivenHealth({kEnglish})
      .When(Comment("language: 'it'"))
      .ThenRejected(StatusCode::kNotFound, "TEXT_NOT_FOUND");
  GivenHealth({kEnglish})
      .When(Comment("version: 7"))
      .ThenRejected(StatusCode::kNotFound, "TEXT_NOT_FOUND");
}

TEST(CommentOnArticle, IsRefusedInALanguageThatIsNone) {
  GivenHealth({kEnglish})
      .When(Comment("language: 'the English one'"))
      .ThenRejected(StatusCode::kInvalidArgument, "LANGUAGE_INVALID");
}

TEST(ReplyToArticleComment, StandsBeneathTheComment) {
  auto given = GivenHealth({kEnglish, CommentEvent("comment-1")});
  given.As(OfBroker())
      .When(Read<v1::ReplyToArticleCommentRequest>("comment: 'comment-1' text: 'Rome does.'"));
  EXPECT_EQ(given.ThenEvents().size(), 1u);
  ASSERT_EQ(given.state().comments(0).replies_size(), 1);
  EXPECT_EQ(given.state().comments(0).replies(0).text(), "Rome does.");
  EXPECT_TRUE(given.state().comments(0).replies(0).author().broker());
}

TEST(ReplyToArticleComment, IsRefusedToACommentThatIsNotThere) {
  GivenHealth({kEnglish})
      .When(Read<v1::ReplyToArticleCommentRequest>("comment: 'comment-1' text: 'Rome does.'"))
      .ThenRejected(StatusCode::kNotFound, "ARTICLE_COMMENT_NOT_FOUND");
}

TEST(ResolveArticleComment, IsByNameAndWithAReason) {
  auto given = GivenHealth({kEnglish, CommentEvent("comment-1")});
  given.As(OfRome())
      .Because("Taken up in version 2")
      .When(To<v1::ResolveArticleCommentRequest>("comment-1"));
  EXPECT_EQ(given.ThenEvents().size(), 1u);
  const v1::ArticleComment& comment = given.state().comments(0);
  EXPECT_EQ(comment.comment_state(), v1::ARTICLE_COMMENT_STATE_RESOLVED);
  EXPECT_EQ(comment.settled_by().person(), "realms/test/people/rome-foreign");
  EXPECT_EQ(comment.settlement(), "Taken up in version 2");
  EXPECT_TRUE(comment.has_settled_on());
}

TEST(RejectArticleComment, IsByNameAndWithAReason) {
  auto given = GivenHealth({kEnglish, CommentEvent("comment-1")});
  given.As(OfRome())
      .Because("Article 5 says so")
      .When(To<v1::RejectArticleCommentRequest>("comment-1"));
  EXPECT_EQ(given.ThenEvents().size(), 1u);
  const v1::ArticleComment& comment = given.state().comments(0);
  EXPECT_EQ(comment.comment_state(), v1::ARTICLE_COMMENT_STATE_REJECTED);
  EXPECT_EQ(comment.settled_by().party(), "rome");
  EXPECT_EQ(comment.settlement(), "Article 5 says so");
}

template <typename Request>
class SettleArticleComment : public ::testing::Test {};
using Settlements =
    ::testing::Types<v1::ResolveArticleCommentRequest, v1::RejectArticleCommentRequest>;
TYPED_TEST_SUITE(SettleArticleComment, Settlements);

TYPED_TEST(SettleArticleComment, IsRefusedWithoutAReason) {
  GivenHealth({kEnglish, CommentEvent("comment-1")})
      .When(To<TypeParam>("comment-1"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

TYPED_TEST(SettleArticleComment, IsRefusedOfACommentThatIsNotThere) {
  GivenHealth({kEnglish})
      .Because("So")
      .When(To<TypeParam>("comment-1"))
      .ThenRejected(StatusCode::kNotFound, "ARTICLE_COMMENT_NOT_FOUND");
}

TYPED_TEST(SettleArticleComment, IsRefusedTwice) {
  for (const char* settled : {"comment_resolved", "comment_rejected"}) {
    GivenHealth({kEnglish, CommentEvent("comment-1"),
                 std::string(settled) + " { comment: 'comment-1' reason: 'Done' }"})
        .Because("So")
        .When(To<TypeParam>("comment-1"))
        .ThenRejected(StatusCode::kFailedPrecondition, "ARTICLE_COMMENT_SETTLED");
  }
}

TEST(ArticleGuards, CommentsAreSettledWhenNoneIsOpen) {
  auto given = GivenHealth({kEnglish, CommentEvent("comment-1")});
  for (const auto& guard : Article::Guards()) {
    if (guard.name != "comments-settled") continue;
    EXPECT_EQ(ReasonOf(guard.check(given.state(), given.context(), {})), "GUARD_NOT_MET");
    EXPECT_TRUE(guard
                    .check(HealthState({kEnglish, CommentEvent("comment-1"),
                                        "comment_resolved { comment: 'comment-1' }"}),
                           given.context(), {})
                    .ok());
    return;
  }
  FAIL() << "there is no such guard";
}

}  // namespace
}  // namespace kasundo::agreements
