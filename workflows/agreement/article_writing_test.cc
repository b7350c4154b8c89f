// Drafting, writing, pegging and withdrawing articles.
#include "workflows/agreement/article_fixture.h"

namespace kasundo::agreements {
namespace {

using absl::StatusCode;

v1::DraftArticleRequest Draft(const std::string& number, const std::string& more = "") {
  return Read<v1::DraftArticleRequest>("parent: '" + std::string(kTwinning) +
                                       "' article_id: 'health' title: 'Health' number: '" + number +
                                       "' " + more);
}

v1::WriteTextRequest Write(const std::string& language, const std::string& text,
                           const std::string& more = "") {
  return Read<v1::WriteTextRequest>("language: '" + language + "' text: '" + text + "' " + more);
}

v1::PegTextRequest Peg(const std::string& language, const std::string& to, int version = 0) {
  return Read<v1::PegTextRequest>("language: '" + language + "' " + PeggedTo(to, version));
}

const std::string kEnglish = WrittenEvent("en", 1, "The host pays.");
const std::string kItalian = WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1));

// --- drafting ---

TEST(DraftArticle, BringsAHeadingAndTheFirstTextWithItsAuthor) {
  GivenArticle({})
      .On("2011-01-20")
      .When(Draft("3.2", "language: 'EN' text: 'The host pays.' note: 'After the call'"))
      .Then(Events({"article_drafted { number: '3.2' title: 'Health' }",
                    R"pb(text_written {
                           version {
                             language: "en"
                             version: 1
                             text: "The host pays."
                             note: "After the call"
                             author {
                               party: "batangas"
                               office: "realms/test/offices/batangas-ppdo"
                               person: "realms/test/people/batangas-ppdo"
                               account: "realms/test/accounts/batangas-ppdo"
                             }
                             written_on { year: 2011 month: 1 day: 20 }
                           }
                         })pb"}));
}

TEST(DraftArticle, MayBringAHeadingAlone) {
  GivenArticle({})
      .When(Draft("4 bis"))
      .Then(Events({"article_drafted { number: '4 bis' title: 'Health' }"}));
}

TEST(DraftArticle, IsRefusedWithANumberThatIsNone) {
  for (const char* number : {"3.", ".2", "3/2", " "}) {
    GivenArticle({})
        .When(Draft(number))
        .ThenRejected(StatusCode::kInvalidArgument, "NUMBER_INVALID");
  }
}

TEST(DraftArticle, IsRefusedWithTheNumberOfAnotherArticle) {
  GivenArticle({}).When(Draft("4")).ThenRejected(StatusCode::kAlreadyExists, "NUMBER_OF_ANOTHER");
}

TEST(DraftArticle, MayTakeTheNumberOfAWithdrawnArticle) {
  GivenArticle({})
      .Beside(kFinances, "withdrawn",
              StateAfter(Events({"article_drafted { number: '4' title: 'Finances' }",
                                 "article_withdrawn { withdrawn_on { year: 2011 } }"})))
      .When(Draft("4"))
      .Then(Events({"article_drafted { number: '4' title: 'Health' }"}));
}

TEST(DraftArticle, IsRefusedWithATextInNoLanguage) {
  GivenArticle({})
      .When(Draft("3", "text: 'The host pays.'"))
      .ThenRejected(StatusCode::kInvalidArgument, "TEXT_WITHOUT_LANGUAGE");
}

TEST(DraftArticle, IsRefusedInALanguageThatIsNone) {
  GivenArticle({})
      .When(Draft("3", "language: 'as we speak' text: 'The host pays.'"))
      .ThenRejected(StatusCode::kInvalidArgument, "LANGUAGE_INVALID");
}

TEST(DraftArticle, ByAHelperNamesTheHelperAndTheParty) {
  const auto events = GivenArticle({})
                          .As(Helper())
                          .When(Draft("3", "language: 'en' text: 'The host pays.'"))
                          .ThenEvents();
  ASSERT_EQ(events.size(), 2u);
  const v1::Author& author = events[1].text_written().version().author();
  EXPECT_EQ(author.party(), "batangas");
  EXPECT_EQ(author.office(), "realms/test/offices/university-law");
  EXPECT_TRUE(author.helper());
}

TEST(DraftArticle, IsRefusedInTheNameOfAnotherParty) {
  GivenArticle({})
      .When(Draft("3", "party: 'rome'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
}

TEST(DraftArticle, IsRefusedInTheNameOfAPartyThatLeft) {
  GivenArticle({})
      .When(Draft("3", "party: 'lipa'"))
      .ThenRejected(StatusCode::kNotFound, "PARTY_NOT_FOUND");
}

TEST(DraftArticle, ByAnAdministratorMayBeInThePartysName) {
  const auto events = GivenArticle({})
                          .As(Administrator())
                          .When(Draft("3", "party: 'rome' language: 'it' text: 'Paga chi ospita.'"))
                          .ThenEvents();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[1].text_written().version().author().party(), "rome");
}

// Every command that changes what is agreed upon, in every state in which the text is closed.
class TextClosed : public ::testing::TestWithParam<std::string> {
 protected:
  testing::Given<Article> Closed() {
    auto given = GivenHealth({kEnglish, kItalian}, GetParam());
    given.Because("Wrong number");
    return given;
  }
  static constexpr StatusCode kCode = StatusCode::kFailedPrecondition;
};

TEST_P(TextClosed, RefusesEveryChangeOfTheText) {
  GivenArticle({}, GetParam()).When(Draft("3")).ThenRejected(kCode, "TEXT_CLOSED");
  GivenArticle({}, GetParam())
      .When(Read<v1::InheritArticleRequest>("from: '" + std::string(kFinances) + "'"))
      .ThenRejected(kCode, "TEXT_CLOSED");
  Closed().When(Write("en", "The guest pays.")).ThenRejected(kCode, "TEXT_CLOSED");
  Closed().When(Peg("en", "it")).ThenRejected(kCode, "TEXT_CLOSED");
  Closed().When(Read<v1::RenumberArticleRequest>("number: '9'")).ThenRejected(kCode, "TEXT_CLOSED");
  Closed().When(Read<v1::RetitleArticleRequest>("title: 'X'")).ThenRejected(kCode, "TEXT_CLOSED");
  Closed().When(v1::WithdrawArticleRequest()).ThenRejected(kCode, "TEXT_CLOSED");
}

TEST_P(TextClosed, LetsCommentsBeMade) {
  EXPECT_EQ(Closed()
                .When(Read<v1::CommentOnArticleRequest>("language: 'en' text: 'Who pays?'"))
                .ThenEvents()
                .size(),
            1u);
}

INSTANTIATE_TEST_SUITE_P(Agreements, TextClosed,
                         ::testing::Values("agreed-text", "signing-scheduled", "partly-signed",
                                           "signed", "in-force", "renewed", "suspended", "expired",
                                           "terminated", "failed"));

TEST(WriteText, IsOpenWhereTheDefinitionSaysSo) {
  GivenHealth({kEnglish}, "technical-review")
      .WithParameter("text_open_states", "drafting technical-review")
      .When(Write("en", "The guest pays."))
      .ThenEvents();
  GivenHealth({kEnglish}, "legal-review")
      .WithParameter("text_open_states", "drafting technical-review")
      .When(Write("en", "The guest pays."))
      .ThenRejected(StatusCode::kFailedPrecondition, "TEXT_CLOSED");
}

TEST(WriteText, IsOpenAgainUnderReview) {
  EXPECT_EQ(GivenHealth({kEnglish}, "under-review")
                .When(Write("en", "The guest pays."))
                .ThenEvents()
                .size(),
            1u);
}

// --- inheriting ---

TEST(InheritArticle, TakesTheTextWithAllVersionsAndNoPosition) {
  auto given = GivenArticle({});
  given
      .Beside("realms/test/agreements/first/articles/health", "drafted",
              HealthState({kEnglish, kItalian, CommentEvent("comment-1"),
                           PositionEvent("rome", "STANCE_OBJECTS", "No money")}))
      .When(
          Read<v1::InheritArticleRequest>("from: 'realms/test/agreements/first/articles/health'"));
  EXPECT_EQ(given.ThenEvents().size(), 1u);
  EXPECT_EQ(given.state().number(), "3.2");
  EXPECT_EQ(given.state().versions_size(), 2);
  EXPECT_EQ(given.state().positions_size(), 0);
  EXPECT_EQ(given.state().comments_size(), 0);
  EXPECT_EQ(given.state().inherited_from(), "realms/test/agreements/first/articles/health");
}

TEST(InheritArticle, IsRefusedOfAnArticleThatWasWithdrawn) {
  GivenArticle({})
      .Beside("realms/test/agreements/first/articles/health", "withdrawn",
              HealthState({"article_withdrawn { withdrawn_on { year: 2011 } }"}))
      .When(Read<v1::InheritArticleRequest>("from: 'realms/test/agreements/first/articles/health'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ARTICLE_WITHDRAWN");
}

TEST(InheritArticle, IsRefusedWhereItsNumberIsTaken) {
  GivenArticle({})
      .Beside("realms/test/agreements/first/articles/money", "drafted",
              StateAfter(Events({"article_drafted { number: '4' title: 'Money' }"})))
      .When(Read<v1::InheritArticleRequest>("from: 'realms/test/agreements/first/articles/money'"))
      .ThenRejected(StatusCode::kAlreadyExists, "NUMBER_OF_ANOTHER");
}

// --- heading ---

TEST(RenumberArticle, KeepsTheFormerNumber) {
  auto given = GivenHealth();
  given.When(Read<v1::RenumberArticleRequest>("number: '3.3'"))
      .Then(Events({"article_renumbered { number: '3.3' }"}));
  EXPECT_EQ(given.state().number(), "3.3");
  EXPECT_THAT(given.state().former_numbers(), ::testing::ElementsAre("3.2"));
}

TEST(RenumberArticle, IsRefusedToItsOwnNumber) {
  GivenHealth()
      .When(Read<v1::RenumberArticleRequest>("number: '3.2'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RenumberArticle, IsRefusedToTheNumberOfAnother) {
  GivenHealth()
      .When(Read<v1::RenumberArticleRequest>("number: '4'"))
      .ThenRejected(StatusCode::kAlreadyExists, "NUMBER_OF_ANOTHER");
}

TEST(RenumberArticle, IsRefusedToWhatIsNoNumber) {
  GivenHealth()
      .When(Read<v1::RenumberArticleRequest>("number: 'four!'"))
      .ThenRejected(StatusCode::kInvalidArgument, "NUMBER_INVALID");
}

TEST(RetitleArticle, GivesItAnotherTitle) {
  GivenHealth()
      .When(Read<v1::RetitleArticleRequest>("title: 'Care'"))
      .Then(Events({"article_retitled { title: 'Care' }"}));
}

TEST(RetitleArticle, IsRefusedToItsOwnTitle) {
  GivenHealth()
      .When(Read<v1::RetitleArticleRequest>("title: 'Health'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

// --- versions ---

TEST(WriteText, NumbersTheVersionsOfEachLanguage) {
  auto given = GivenHealth({kEnglish, kItalian});
  given.When(Write("en", "The guest pays."));
  EXPECT_EQ(given.ThenEvents().at(0).text_written().version().version(), 2);
  given.When(Write("fil", "Ang panauhin ang magbabayad."));
  EXPECT_EQ(given.ThenEvents().at(0).text_written().version().version(), 1);
}

TEST(WriteText, IsPeggedToTheNewestVersionOfItsSource) {
  auto given = GivenHealth({kEnglish, WrittenEvent("en", 2, "The guest pays.")});
  given.As(OfRome())
      .On("2011-02-01")
      .When(Write("it", "Paga chi viene.", "peg { language: 'en' }"));
  const v1::LanguageVersion& written = given.ThenEvents().at(0).text_written().version();
  EXPECT_EQ(written.peg().version(), 2);
  EXPECT_EQ(written.pegged_by().party(), "rome");
  EXPECT_EQ(testing::Text(written.pegged_on()), testing::Text(*ParseCivilDate("2011-02-01")));
}

TEST(WriteText, MayBePeggedToAnOlderVersion) {
  EXPECT_EQ(GivenHealth({kEnglish, WrittenEvent("en", 2, "The guest pays.")})
                .When(Write("it", "Paga chi ospita.", PeggedTo("en", 1)))
                .ThenEvents()
                .at(0)
                .text_written()
                .version()
                .peg()
                .version(),
            1);
}

TEST(WriteText, IsRefusedWithWordsThatAreThere) {
  GivenHealth({kEnglish})
      .When(Write("en", "The host pays."))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(WriteText, MakesATranslationASource) {
  EXPECT_FALSE(GivenHealth({kEnglish, kItalian})
                   .When(Write("it", "Paga chi ospita."))
                   .ThenEvents()
                   .at(0)
                   .text_written()
                   .version()
                   .has_peg());
}

TEST(WriteText, IsRefusedOverWhatTheAuthorHasNotSeen) {
  GivenHealth({kEnglish, WrittenEvent("en", 2, "The guest pays.")})
      .When(Write("en", "Each pays.", "based_on: 1"))
      .ThenRejected(StatusCode::kAborted, "TEXT_WRITTEN_MEANWHILE");
}

TEST(WriteText, IsRefusedInALanguageThatIsNone) {
  GivenHealth()
      .When(Write("english!", "The host pays."))
      .ThenRejected(StatusCode::kInvalidArgument, "LANGUAGE_INVALID");
}

TEST(WriteText, IsRefusedWithAPegToASourceThatIsNotThere) {
  GivenHealth({kEnglish})
      .When(Write("it", "Paga chi ospita.", PeggedTo("fil", 0)))
      .ThenRejected(StatusCode::kNotFound, "PEG_NOT_FOUND");
  GivenHealth({kEnglish})
      .When(Write("it", "Paga chi ospita.", PeggedTo("en", 2)))
      .ThenRejected(StatusCode::kNotFound, "PEG_NOT_FOUND");
}

TEST(WriteText, IsRefusedWithAPegToATranslation) {
  GivenHealth({kEnglish, kItalian})
      .When(Write("fil", "Ang may-bahay ang magbabayad.", PeggedTo("it", 1)))
      .ThenRejected(StatusCode::kFailedPrecondition, "PEG_NOT_A_SOURCE");
}

TEST(WriteText, IsRefusedWithAPegToItsOwnLanguage) {
  GivenHealth({kEnglish})
      .When(Write("en", "The guest pays.", PeggedTo("EN", 1)))
      .ThenRejected(StatusCode::kInvalidArgument, "PEG_TO_ITSELF");
}

TEST(WriteText, IsRefusedInTheNameOfAnotherParty) {
  GivenHealth()
      .When(Write("en", "The host pays.", "party: 'rome'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
}

// --- pegs ---

TEST(PegText, VouchesThatATextSaysWhatItsSourceSaysNow) {
  auto given = GivenHealth({kEnglish, kItalian, WrittenEvent("en", 2, "The host will pay.")});
  given.As(OfRome()).When(Peg("it", "en"));
  const v1::TextPegged& pegged = given.ThenEvents().at(0).text_pegged();
  EXPECT_EQ(pegged.version(), 1);
  EXPECT_EQ(pegged.peg().version(), 2);
  EXPECT_EQ(pegged.author().party(), "rome");
  EXPECT_EQ(given.state().versions(1).peg().version(), 2);
  EXPECT_EQ(given.state().versions(1).text(), "Paga chi ospita.");
}

TEST(PegText, IsRefusedOfALanguageWithoutAText) {
  GivenHealth({kEnglish})
      .When(Peg("it", "en"))
      .ThenRejected(StatusCode::kNotFound, "TEXT_NOT_FOUND");
}

TEST(PegText, IsRefusedWhereItIsPeggedSo) {
  GivenHealth({kEnglish, kItalian})
      .When(Peg("it", "en"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(PegText, IsRefusedOfASourceThatOthersFollow) {
  GivenHealth({kEnglish, kItalian, WrittenEvent("fil", 1, "Ang may-bahay.")})
      .When(Peg("en", "fil"))
      .ThenRejected(StatusCode::kFailedPrecondition, "PEG_SOURCE_OF_OTHERS");
}

TEST(PegText, IsRefusedToATranslationToItselfAndToWhatIsNotThere) {
  GivenHealth({kEnglish, kItalian, WrittenEvent("fil", 1, "Ang may-bahay.")})
      .When(Peg("fil", "it"))
      .ThenRejected(StatusCode::kFailedPrecondition, "PEG_NOT_A_SOURCE");
  GivenHealth({kEnglish})
      .When(Peg("en", "en"))
      .ThenRejected(StatusCode::kInvalidArgument, "PEG_TO_ITSELF");
  GivenHealth({kEnglish})
      .When(Peg("en", "it"))
      .ThenRejected(StatusCode::kNotFound, "PEG_NOT_FOUND");
}

// --- withdrawing ---

TEST(WithdrawArticle, SaysWhyAndWhen) {
  GivenHealth({kEnglish})
      .On("2011-02-03")
      .Because("Moved into article 5")
      .When(v1::WithdrawArticleRequest())
      .Then(Events({"article_withdrawn { reason: 'Moved into article 5' withdrawn_on { year: 2011 "
                    "month: 2 day: 3 } }"}));
}

TEST(WithdrawArticle, IsRefusedWithoutAReason) {
  GivenHealth()
      .When(v1::WithdrawArticleRequest())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

// --- who ---

bool Holds(const std::string& role, const workflows::v1::Actor& actor) {
  auto given = GivenHealth({kEnglish});
  given.As(actor).When(Read<v1::RetitleArticleRequest>("title: 'Care'"));
  for (const auto& candidate : Article::Roles()) {
    if (candidate.name == role) return candidate.holds(given.state(), given.context());
  }
  ADD_FAILURE() << "no role " << role;
  return false;
}

TEST(ArticleRoles, APartyIsWhoActsInItsOfficesOrHelpsItWithTexts) {
  EXPECT_TRUE(Holds("party", OfBatangas()));
  EXPECT_TRUE(Holds("party", OfRome()));
  EXPECT_TRUE(Holds("party", Helper()));
  EXPECT_FALSE(Holds("party", OfBroker()));
  EXPECT_FALSE(Holds("party", Acting("lipa-mayor", "lipa"))) << "it left";
  EXPECT_FALSE(Holds("party", Acting("neda", "neda")));
}

TEST(ArticleRoles, ABrokerIsNoParty) {
  EXPECT_TRUE(Holds("broker", OfBroker()));
  EXPECT_FALSE(Holds("broker", OfBatangas()));
}

}  // namespace
}  // namespace kasundo::agreements
