// Obligations of parties (requirement 36).
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "workflows/agreement/agreement_fixture.h"
#include "workflows/agreement/obligation_decider.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

constexpr char kIt[] = "realms/test/agreements/it/obligations/report";

Given<Obligation> Owed(const std::string& more = "") {
  Given<Obligation> given(Parse<v1::ObligationState>(
      "party: 'rome' article: 'a' duty: 'report' owner_office: 'realms/test/offices/welfare' "
      "due_date { year: 2012 month: 6 day: 30 } " +
      more));
  given.Named(kIt).On("2012-07-01").As(Administrator()).Beside(kHere, "in-force", InForce());
  return given;
}

template <typename Request>
Request Of(const std::string& text) {
  return Parse<Request>("name: '" + std::string(kIt) + "' " + text);
}

v1::RecordObligationRequest Record(const std::string& party, const std::string& article,
                                   const std::string& more = "") {
  return Parse<v1::RecordObligationRequest>(
      "parent: 'realms/test/agreements/it' obligation_id: 'report' party_id: '" + party +
      "' article: '" + std::string(kHere) + "/articles/" + article +
      "' duty: 'report' owner_office: 'o' due_date { year: 2012 } " + more);
}

TEST(RecordObligation, RestsOnAnArticleOfTheAgreement) {
  auto given = Owed();
  EXPECT_EQ(given.When(Record("rome", "a1")).ThenEvents().size(), 1U);
  given.When(Record("rome", "a9"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ARTICLE_NOT_IN_TEXT");
  given.When(Record("naga", "a1")).ThenRejected(StatusCode::kNotFound, "PARTY_NOT_FOUND");
  given.When(Record("rome", "a1", "activity: 'choir'"))
      .ThenRejected(StatusCode::kNotFound, "AREA_NOT_FOUND");
}

TEST(CompleteObligation, NeedsEvidenceAndSaysWhetherItWasLate) {
  auto given = Owed();
  given.When(Of<v1::CompleteObligationRequest>("evidence {}"))
      .ThenRejected(StatusCode::kInvalidArgument, "EVIDENCE_NEEDED");
  given.When(Of<v1::CompleteObligationRequest>("evidence { document: 'Report 1' }"));
  EXPECT_TRUE(given.ThenEvents().at(0).obligation_fulfilled().late());
  given.When(Of<v1::RestoreObligationRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("half of it").When(Of<v1::RestoreObligationRequest>(""));
  given.ThenEvents();
  EXPECT_FALSE(given.state().has_done_on());
  EXPECT_TRUE(given.state().was_late());
}

TEST(ExtendObligation, IsRefusedToAnEarlierDay) {
  auto given = Owed();
  given.Because("flood")
      .When(Of<v1::ExtendObligationRequest>("due_date { year: 2012 month: 5 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
  given.When(Of<v1::ExtendObligationRequest>("due_date { year: 2012 month: 12 }"));
  given.ThenEvents();
  EXPECT_TRUE(given.state().was_late());
  EXPECT_EQ(given.state().changes_size(), 1);
}

TEST(ReassignObligation, IsRefusedToTheSameOffice) {
  auto given = Owed();
  given.Because("reorganised")
      .When(Of<v1::ReassignObligationRequest>("owner_office: 'realms/test/offices/welfare'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(SuspendObligation, NeedsAReasonOfPeopleAndNoneOfTheSystem) {
  auto given = Owed();
  given.When(Of<v1::SuspendObligationRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  workflows::v1::Actor system;
  system.set_system(true);
  given.As(system).When(Of<v1::SuspendObligationRequest>(""));
  given.ThenEvents();
  EXPECT_TRUE(given.state().suspended());
  EXPECT_FALSE(given.state().reason().empty());
  given.When(Of<v1::ResumeObligationRequest>(""));
  given.ThenEvents();
  EXPECT_FALSE(given.state().suspended());
}

TEST(WithdrawObligation, NeedsAReason) {
  Owed()
      .When(Of<v1::WithdrawObligationRequest>(""))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

}  // namespace
}  // namespace kasundo::agreements
