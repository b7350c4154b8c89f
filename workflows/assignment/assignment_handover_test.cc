// Handing an assignment over: with confirm or drop, and somebody answerable on every day
// (requirements 51, 126).
#include "workflows/assignment/assignment_fixture.h"
#include "workflows/assignment/tenures.h"

namespace kasundo::assignments {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)

// Clerk takes the lead, desk stays.
constexpr char kClerkLeads[] =
    "offices { accountable: 'realms/test/offices/clerk' responsible: 'realms/test/offices/desk' } ";

std::string AccountableOn(const v1::AssignmentState& state, const std::string& day) {
  const v1::Tenure* tenure = TenureOn(state.tenures(), *ParseCivilDate(day));
  return tenure == nullptr ? "" : std::string(IdOf(tenure->offices().accountable()));
}

TEST(OfferHandover, LeavesThoseAnswerableWhoHaveIt) {
  auto given = Active();
  given.On("2016-06-01")
      .As(In("chief"))
      .When(Ask<v1::OfferHandoverRequest>(kClerkLeads))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("reorganised").When(Ask<v1::OfferHandoverRequest>(kClerkLeads));
  const auto& offer = given.ThenEvents().at(0).handover_offered().offer();
  ASSERT_EQ(offer.answers_size(), 1);
  EXPECT_EQ(offer.answers(0).office(), Office("clerk"));
  EXPECT_EQ(AccountableOn(given.state(), "2016-06-01"), "lead");
}

TEST(OfferHandover, AsksAResponsibleOfficeThatShallLead) {
  auto given = Active();
  given.On("2016-06-01")
      .Because("x")
      .When(Ask<v1::OfferHandoverRequest>("offices { accountable: 'realms/test/offices/desk' "
                                          "responsible: 'realms/test/offices/desk' }"));
  const auto& offer = given.ThenEvents().at(0).handover_offered().offer();
  ASSERT_EQ(offer.answers_size(), 1);
  EXPECT_EQ(offer.answers(0).office(), Office("desk"));
}

TEST(OfferHandover, AsksNobodyIfNobodyTakesAnythingUponItself) {
  auto given = Active();
  given.On("2016-06-01")
      .Because("clerk asked out")
      .When(Ask<v1::OfferHandoverRequest>("offices { accountable: 'realms/test/offices/lead' "
                                          "responsible: 'realms/test/offices/desk' }"));
  EXPECT_TRUE(given.ThenEvents().at(0).has_offices_rearranged());
  ASSERT_EQ(given.state().tenures_size(), 2);
  EXPECT_EQ(given.state().tenures(1).number(), 2);
  EXPECT_EQ(ToString(given.state().tenures(0).until()), "2016-05-31");
}

TEST(OfferHandover, IsRefusedToThoseWhoHaveItAndBeforeTheyHadIt) {
  auto given = Active();
  given.On("2016-06-01")
      .Because("x")
      .When(Ask<v1::OfferHandoverRequest>(kOffices))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given
      .When(Ask<v1::OfferHandoverRequest>(std::string(kClerkLeads) +
                                          "on { year: 2016 month: 3 day: 18 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER", "on");
  given
      .When(Ask<v1::OfferHandoverRequest>(
          "offices { accountable: 'realms/test/offices/gone' responsible: 'd' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "OFFICE_NOT_THERE");
  auto ending = Active("until { year: 2016 month: 12 day: 31 }");
  ending.On("2016-06-01").Because("x");
  ending.When(Ask<v1::OfferHandoverRequest>(std::string(kClerkLeads) + "on { year: 2017 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(ConfirmHandover, TakesItNotBeforeTheDayOfConfirming) {
  auto given = Active();
  given.On("2016-06-01").Because("x").When(Ask<v1::OfferHandoverRequest>(kClerkLeads));
  given.On("2016-06-20").As(In("clerk")).When(Ask<v1::ConfirmHandoverRequest>());
  EXPECT_EQ(given.ThenEvents().size(), 2U);
  EXPECT_EQ(AccountableOn(given.state(), "2016-06-19"), "lead");
  EXPECT_EQ(AccountableOn(given.state(), "2016-06-20"), "clerk");
  EXPECT_EQ(ToString(given.state().confirm_by()), "2016-09-20");
}

TEST(ConfirmHandover, IsForReceivingOffices) {
  auto given = Active();
  given.On("2016-06-01").Because("x").When(Ask<v1::OfferHandoverRequest>(kClerkLeads));
  given.As(In("desk"))
      .When(Ask<v1::ConfirmHandoverRequest>())
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_ASKED");
  given.As(Administrator())
      .When(Ask<v1::ConfirmHandoverRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "DOCUMENT_NEEDED");
  given.When(Ask<v1::ConfirmHandoverRequest>("document: 'Letter'"));
  EXPECT_EQ(AccountableOn(given.state(), "2016-06-01"), "clerk");
}

TEST(ConfirmHandover, IsRefusedAfterTheMandateEnded) {
  auto given = Active("until { year: 2016 month: 6 day: 30 }");
  given.On("2016-06-01").Because("x").When(Ask<v1::OfferHandoverRequest>(kClerkLeads));
  given.On("2016-07-02")
      .As(In("clerk"))
      .When(Ask<v1::ConfirmHandoverRequest>())
      .ThenRejected(StatusCode::kFailedPrecondition, "DATE_OUT_OF_ORDER");
}

TEST(ConfirmHandover, IsRefusedWhereNothingIsOffered) {
  Active()
      .As(Administrator())
      .When(Ask<v1::ConfirmHandoverRequest>("document: 'Letter'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_ASKED");
}

TEST(DropHandover, LeavesItWhereItWas) {
  auto given = Active();
  given.On("2016-06-01").Because("x").When(Ask<v1::OfferHandoverRequest>(kClerkLeads));
  given.Because("")
      .As(In("clerk"))
      .When(Ask<v1::DropHandoverRequest>())
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.Because("no staff")
      .When(Ask<v1::DropHandoverRequest>("office: 'realms/test/offices/desk'"));
  given.ThenRejected(StatusCode::kPermissionDenied, "NOT_ASKED");
  given.When(Ask<v1::DropHandoverRequest>());
  EXPECT_EQ(given.ThenEvents().at(0).handover_dropped().office(), Office("clerk"));
  EXPECT_EQ(given.state().tenures_size(), 1);
  EXPECT_FALSE(given.state().has_offer());
}

TEST(DropHandover, ByWhoOfferedItNamesNoOffice) {
  auto given = Active();
  given.On("2016-06-01").Because("x").When(Ask<v1::OfferHandoverRequest>(kClerkLeads));
  given.As(In("chief")).When(Ask<v1::DropHandoverRequest>());
  EXPECT_EQ(given.ThenEvents().at(0).handover_dropped().office(), "");
}

}  // namespace
}  // namespace kasundo::assignments
