// Mandates, gates and the way to the agreed text (requirements 24, 27, 122).
#include "kasundo/agreements/v1/agreements_follow_ups.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/agreement/agreement_fixture.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

TEST(AttachMandate, SecuresMandatesWithTheLastOne) {
  auto state = Drafted();
  state.mutable_parties(1)->clear_mandate();
  auto given = With(state);
  given.When(Ask<v1::AttachMandateRequest>(
      "party_id: 'rome' mandate { kind: MANDATE_KIND_ORDER number: '1' date { year: 2011 } "
      "issuing_body: 'Junta' }"));
  ASSERT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_TRUE(given.ThenEvents()[1].has_mandates_secured());
}

TEST(AttachMandate, SaysWhatIsMissingOfADocument) {
  With(Drafted())
      .When(Ask<v1::AttachMandateRequest>(
          "party_id: 'rome' mandate { kind: MANDATE_KIND_ORDER number: '1' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "MANDATE_INCOMPLETE");
}

TEST(AttachMandate, IsRefusedAResolutionThatIsNotAdopted) {
  With(Drafted())
      .Beside("realms/test/committees/rome/resolutions/r", "recommended",
              Parse<committees::v1::ResolutionState>("title: 'x' recommended_on { year: 2011 }"))
      .When(Ask<v1::AttachMandateRequest>(
          "party_id: 'rome' mandate { kind: MANDATE_KIND_RESOLUTION resolution: "
          "'realms/test/committees/rome/resolutions/r' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "RESOLUTION_NOT_ADOPTED");
}

TEST(WithdrawMandate, IsRefusedWhereThereIsNone) {
  auto state = Drafted();
  state.mutable_parties(1)->clear_mandate();
  auto given = With(state);
  const auto withdraw = Ask<v1::WithdrawMandateRequest>("party_id: 'rome'");
  given.When(withdraw).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("repealed")
      .When(withdraw)
      .ThenRejected(StatusCode::kFailedPrecondition, "MANDATE_MISSING");
}

TEST(ClearGate, IsRefusedAGateThatTheDefinitionDoesNotHave) {
  With(Drafted())
      .When(Ask<v1::ClearGateRequest>("gate: 'embassy' number: '1' issued_by: 'DFA'"))
      .ThenRejected(StatusCode::kNotFound, "GATE_NOT_FOUND");
}

TEST(ClearGate, IsRefusedTwiceAndForADayToCome) {
  auto given = With(Drafted());
  given.WithParameter("gate.embassy.days", "7");
  given
      .When(Ask<v1::ClearGateRequest>(
          "gate: 'embassy' number: '1' issued_by: 'DFA' date { year: 2012 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  const auto clear = Ask<v1::ClearGateRequest>("gate: 'embassy' number: '1' issued_by: 'DFA'");
  given.When(clear);
  EXPECT_EQ(given.ThenEvents().size(), 1U);
  given.When(clear).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

// Rule 122: on each side a standing body owns it from the first draft.
TEST(StartDrafting, IsRefusedWithoutAnOwningBodyOnEachSide) {
  auto state = Drafted();
  state.mutable_parties(1)->clear_owning_body();
  With(state)
      .When(Ask<v1::StartDraftingRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "OWNING_BODY_MISSING");
  state.mutable_parties(0)->set_side("one side");
  state.mutable_parties(1)->set_side("one side");
  EXPECT_EQ(With(state).When(Ask<v1::StartDraftingRequest>("")).ThenEvents().size(), 1U);
}

TEST(StartDrafting, IsRefusedToOnePartyAlone) {
  auto state = Drafted();
  state.mutable_parties()->RemoveLast();
  With(state)
      .When(Ask<v1::StartDraftingRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "TOO_FEW_PARTIES");
}

TEST(StartLegalReview, IsRefusedWithoutArticles) {
  auto state = Drafted();
  state.clear_articles();
  With(state)
      .When(Ask<v1::StartLegalReviewRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "TEXT_EMPTY");
}

TEST(ListArticle, KeepsTheOrderOfNumbers) {
  auto given = With(Drafted());
  given.Beside(std::string(kHere) + "/articles/x", "drafted", Article("1.1", ""))
      .When(Ask<v1::ListArticleRequest>("article: '" + std::string(kHere) +
                                        "/articles/x' number: '1.1'"));
  given.ThenEvents();
  ASSERT_EQ(given.state().articles_size(), 3);
  EXPECT_EQ(given.state().articles(1), std::string(kHere) + "/articles/x");
}

TEST(AgreeText, FreezesTheArticlesToAHash) {
  auto given = With(Drafted());
  given.When(Ask<v1::AgreeTextRequest>("prevailing_language: 'en'"));
  const v1::AgreedText text = given.ThenEvents().at(0).text_agreed().text();
  EXPECT_EQ(text.number(), 1);
  EXPECT_EQ(text.hash().size(), 64U);
  EXPECT_EQ(text.hash(), HashOf(text));
  ASSERT_EQ(text.articles_size(), 2);
  EXPECT_EQ(text.articles(1).number(), "2");
}

TEST(AgreeText, GivesAnotherHashToAnotherText) {
  auto one = With(Drafted());
  one.When(Ask<v1::AgreeTextRequest>(""));
  auto other = With(Drafted());
  other.Beside(std::string(kHere) + "/articles/a2", "drafted",
               Article("3", Accepts("batangas") + Accepts("rome")));
  other.When(Ask<v1::AgreeTextRequest>(""));
  EXPECT_NE(one.ThenEvents().at(0).text_agreed().text().hash(),
            other.ThenEvents().at(0).text_agreed().text().hash());
}

// Rule 27.
TEST(AgreeText, IsRefusedWhileAnArticleIsContested) {
  With(Drafted())
      .Beside(std::string(kHere) + "/articles/a2", "drafted",
              Article("2", Accepts("batangas") + Objects("rome")))
      .When(Ask<v1::AgreeTextRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "ARTICLE_CONTESTED");
}

TEST(AgreeText, IsRefusedUntilEachPartyHasConfirmedItsReading) {
  auto given = With(Drafted());
  given.Beside(std::string(kHere) + "/articles/a2", "drafted", Article("2", Accepts("batangas")));
  given.When(Ask<v1::AgreeTextRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "READING_MISSING");
  given.WithParameter("readings", "not-required").When(Ask<v1::AgreeTextRequest>(""));
  EXPECT_EQ(given.ThenEvents().size(), 1U);
}

TEST(AgreeText, IsRefusedUntilEachPartyHasStatedItsObjectives) {
  auto state = Drafted();
  state.mutable_parties(0)->clear_time_horizon();
  With(state)
      .When(Ask<v1::AgreeTextRequest>(""))
      .ThenRejected(StatusCode::kFailedPrecondition, "OBJECTIVES_MISSING");
}

TEST(ResumeDrafting, NeedsAReason) {
  With(Agreed())
      .When(Ask<v1::ResumeDraftingRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

}  // namespace
}  // namespace kasundo::agreements
