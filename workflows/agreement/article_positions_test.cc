// How parties read an article (requirement 27).
#include "workflows/agreement/article_fixture.h"
#include "workflows/agreement/article_text.h"

namespace kasundo::agreements {
namespace {

using absl::StatusCode;

const std::string kEnglish = WrittenEvent("en", 1, "The host pays.");

v1::TakePositionRequest Take(const std::string& stance, const std::string& more = "") {
  return Read<v1::TakePositionRequest>("stance: STANCE_" + stance + " " + more);
}

TEST(TakePosition, IsAboutTheNewestTextInThePartysName) {
  GivenHealth({kEnglish, WrittenEvent("en", 2, "The guest pays.")})
      .As(OfRome())
      .On("2011-02-03")
      .When(Take("ACCEPTS_WITH_READING", "reading: 'For lodging only.'"))
      .Then(Events({R"pb(position_taken {
                           position {
                             party: "rome"
                             stance: STANCE_ACCEPTS_WITH_READING
                             reading: "For lodging only."
                             language: "en"
                             version: 2
                             author {
                               party: "rome"
                               office: "realms/test/offices/rome-foreign"
                               person: "realms/test/people/rome-foreign"
                               account: "realms/test/accounts/rome-foreign"
                             }
                             taken_on { year: 2011 month: 2 day: 3 }
                           }
                         })pb"}));
}

TEST(TakePosition, OfTwoPartiesWithOtherReadingsContestsTheArticle) {
  auto given = GivenHealth({kEnglish});
  given.When(Take("ACCEPTS_WITH_READING", "reading: 'For travel, too.'"));
  EXPECT_FALSE(IsContested(given.state()));
  given.As(OfRome()).When(Take("ACCEPTS_WITH_READING", "reading: 'For lodging only.'"));
  EXPECT_THAT(ContestedBy(given.state()), ::testing::ElementsAre("batangas", "rome"));
}

TEST(TakePosition, MayShareTheReadingOfAnotherParty) {
  auto given = GivenHealth(
      {kEnglish, PositionEvent("batangas", "STANCE_ACCEPTS_WITH_READING", "For travel, too.")});
  given.As(OfRome()).When(Take("ACCEPTS_WITH_READING", "shares_reading_of: 'batangas'"));
  EXPECT_EQ(PositionOf(given.state(), "rome")->reading(), "For travel, too.");
  EXPECT_FALSE(IsContested(given.state()));
}

TEST(TakePosition, ReplacesTheOneBefore) {
  auto given = GivenHealth({kEnglish, PositionEvent("batangas", "STANCE_OBJECTS", "Too dear.")});
  given.When(Take("ACCEPTS"));
  EXPECT_EQ(given.ThenEvents().size(), 1u);
  ASSERT_EQ(given.state().positions_size(), 1);
  EXPECT_EQ(given.state().positions(0).stance(), v1::STANCE_ACCEPTS);
}

TEST(TakePosition, ByAHelperNamesBoth) {
  const auto events = GivenHealth({kEnglish}).As(Helper()).When(Take("ACCEPTS")).ThenEvents();
  ASSERT_EQ(events.size(), 1u);
  const v1::ArticlePosition& position = events[0].position_taken().position();
  EXPECT_EQ(position.party(), "batangas");
  EXPECT_TRUE(position.author().helper());
  EXPECT_EQ(position.author().office(), "realms/test/offices/university-law");
}

TEST(TakePosition, IsOpenUntilAllHaveSigned) {
  for (const char* open : {"drafting", "agreed-text", "signing-scheduled", "partly-signed"}) {
    EXPECT_EQ(GivenHealth({kEnglish}, open).When(Take("ACCEPTS")).ThenEvents().size(), 1u) << open;
  }
  for (const char* closed : {"signed", "in-force", "expired", "terminated", "failed"}) {
    GivenHealth({kEnglish}, closed)
        .When(Take("ACCEPTS"))
        .ThenRejected(StatusCode::kFailedPrecondition, "READINGS_CLOSED");
  }
}

TEST(TakePosition, IsRefusedWhereNobodySaysForWhichParty) {
  GivenHealth({kEnglish})
      .As(Administrator())
      .When(Take("ACCEPTS"))
      .ThenRejected(StatusCode::kInvalidArgument, "PARTY_NEEDED");
}

TEST(TakePosition, IsRefusedInTheNameOfAnotherParty) {
  GivenHealth({kEnglish})
      .When(Take("ACCEPTS", "party: 'rome'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
}

TEST(TakePosition, IsRefusedForAPartyThatIsNone) {
  GivenHealth({kEnglish})
      .When(Take("ACCEPTS", "party: 'naga'"))
      .ThenRejected(StatusCode::kNotFound, "PARTY_NOT_FOUND");
}

TEST(TakePosition, IsRefusedWithoutWordsForAReadingOrAnObjection) {
  GivenHealth({kEnglish})
      .When(Take("ACCEPTS_WITH_READING"))
      .ThenRejected(StatusCode::kInvalidArgument, "READING_NEEDED");
  GivenHealth({kEnglish})
      .When(Take("OBJECTS"))
      .ThenRejected(StatusCode::kInvalidArgument, "READING_NEEDED");
}

TEST(TakePosition, IsRefusedWithAReadingOfWhatIsAcceptedAsWritten) {
  GivenHealth({kEnglish})
      .When(Take("ACCEPTS", "reading: 'Or so.'"))
      .ThenRejected(StatusCode::kInvalidArgument, "READING_NOT_NEEDED");
}

TEST(TakePosition, IsRefusedWithTheReadingOfAPartyThatStatedNone) {
  GivenHealth({kEnglish, PositionEvent("rome", "STANCE_ACCEPTS")})
      .When(Take("ACCEPTS_WITH_READING", "shares_reading_of: 'rome'"))
      .ThenRejected(StatusCode::kNotFound, "READING_NOT_FOUND");
}

TEST(TakePosition, IsRefusedOnAVersionThatWasOvertaken) {
  GivenHealth({kEnglish, WrittenEvent("en", 2, "The guest pays.")})
      .When(Take("ACCEPTS", "version: 1"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TEXT_OUTDATED");
}

TEST(TakePosition, IsRefusedOnATranslationThatIsBehindItsSource) {
  GivenHealth({kEnglish, WrittenEvent("it", 1, "Paga chi ospita.", PeggedTo("en", 1)),
               WrittenEvent("en", 2, "The guest pays.")})
      .When(Take("ACCEPTS", "language: 'it'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TEXT_OUTDATED");
}

TEST(TakePosition, IsRefusedOnATextThatIsNotThereOrNotNamed) {
  GivenHealth().When(Take("ACCEPTS")).ThenRejected(StatusCode::kNotFound, "TEXT_NOT_FOUND");
  GivenHealth({kEnglish, WrittenEvent("it", 1, "Paga chi ospita.")})
      .When(Take("ACCEPTS"))
      .ThenRejected(StatusCode::kInvalidArgument, "LANGUAGE_NEEDED");
}

TEST(TakePosition, IsRefusedWhereItSaysNothingNew) {
  GivenHealth({kEnglish, PositionEvent("batangas", "STANCE_ACCEPTS")})
      .When(Take("ACCEPTS"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(ArticleGuards, NotContestedNamesThePartiesThatContest) {
  auto given = GivenHealth({kEnglish});
  for (const auto& guard : Article::Guards()) {
    if (guard.name != "not-contested") continue;
    EXPECT_TRUE(guard.check(given.state(), given.context(), {}).ok());
    const absl::Status contested =
        guard.check(HealthState({kEnglish, PositionEvent("rome", "STANCE_OBJECTS", "No.")}),
                    given.context(), {});
    EXPECT_EQ(ReasonOf(contested), "ARTICLE_CONTESTED");
    return;
  }
  FAIL() << "there is no such guard";
}

}  // namespace
}  // namespace kasundo::agreements
