// Beginning an agreement, its parties, helpers, brokers, confirmations (requirements 25, 26, 34,
// 35, 38, 39, 122, 126).
#include "workflows/agreement/agreement_fixture.h"

namespace kasundo::agreements {
namespace {

using namespace fixture;  // NOLINT(google-build-using-namespace)
using absl::StatusCode;

v1::CreateAgreementRequest Create(const std::string& more) {
  return Parse<v1::CreateAgreementRequest>(
      "parent: 'realms/test' agreement_id: 'it' definition: 'mou' title: 'Pact' instrument: "
      "INSTRUMENT_TYPE_MEMORANDUM_OF_UNDERSTANDING " +
      more);
}

TEST(CreateAgreement, BeginsWithPartiesLinksBrokersAndATargetDate) {
  auto given = With({});
  given.When(
      Create("parties { id: 'naga' organisation: 'realms/test/organisations/naga' "
             "owning_body: 'realms/test/committees/rome' } links { kind: "
             "LINK_KIND_GREW_FROM document: 'Letter 4' } brokers { id: 'fgw' organisation: "
             "'realms/test/organisations/fgw' } target_signing_date { year: 2012 }"));
  EXPECT_EQ(given.ThenEvents().size(), 5U);
  EXPECT_EQ(given.state().parties(0).id(), "naga");
  EXPECT_EQ(given.state().brokers(0).id(), "fgw");
  EXPECT_EQ(given.state().links(0).document(), "Letter 4");
  EXPECT_EQ(given.state().target_signing_date().year(), 2012);
  EXPECT_EQ(ToString(given.state().last_event_on()), "2011-10-10");
}

TEST(CreateAgreement, IsRefusedOneOrganisationTwice) {
  With({})
      .When(Create("parties { id: 'a' organisation: 'realms/test/organisations/naga' } parties { "
                   "id: 'b' organisation: 'realms/test/organisations/naga' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

TEST(CreateAgreement, IsRefusedABrokerThatIsAParty) {
  With({})
      .When(Create("parties { id: 'a' organisation: 'realms/test/organisations/naga' } brokers { "
                   "id: 'b' organisation: 'realms/test/organisations/naga' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "BROKER_IS_A_PARTY");
}

TEST(CreateAgreement, IsRefusedALinkToNothing) {
  With({})
      .When(Create("links { kind: LINK_KIND_GREW_FROM }"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIELD_INVALID");
}

TEST(LinkInstrument, IsRefusedTwice) {
  auto given = With(Drafted());
  given.When(Ask<v1::LinkInstrumentRequest>("link { kind: LINK_KIND_GREW_FROM document: 'A' }"));
  given.ThenEvents();
  given.When(Ask<v1::LinkInstrumentRequest>("link { kind: LINK_KIND_GREW_FROM document: 'A' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

// Rule 122.
TEST(AddParty, IsRefusedOnePersonAsOwner) {
  With(Drafted())
      .When(Ask<v1::AddPartyRequest>("party { id: 'naga' organisation: "
                                     "'realms/test/organisations/naga' owning_body: "
                                     "'realms/test/people/ada' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "OWNER_NOT_A_BODY");
}

TEST(AddParty, IsRefusedABodyOfOneSeatAsOwner) {
  With(Drafted())
      .Beside("realms/test/committees/one", "established",
              Parse<committees::v1::CommitteeState>("seats { id: 'a' }"))
      .When(Ask<v1::AddPartyRequest>("party { id: 'naga' organisation: "
                                     "'realms/test/organisations/naga' owning_body: "
                                     "'realms/test/committees/one' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "OWNER_NOT_A_BODY");
}

TEST(AddParty, IsRefusedAnIdThatIsNone) {
  With(Drafted())
      .When(Ask<v1::AddPartyRequest>("party { id: 'Naga City' organisation: 'o' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
}

TEST(ChangeParty, IsRefusedToWhoActsForAnotherParty) {
  With(Drafted())
      .As(Holder(kPresident, "nicola"))
      .When(Ask<v1::ChangePartyRequest>("party_id: 'batangas' side: 'Philippine side'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
}

TEST(ChangeParty, IsRefusedWithoutAChange) {
  With(Drafted())
      .When(Ask<v1::ChangePartyRequest>("party_id: 'batangas'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(RemoveParty, NeedsAReason) {
  With(Drafted())
      .When(Ask<v1::RemovePartyRequest>("party_id: 'rome'"))
      .ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
}

TEST(RemoveParty, IsRefusedAPartyThatIsNotThere) {
  With(Drafted())
      .Because("it left")
      .When(Ask<v1::RemovePartyRequest>("party_id: 'naga'"))
      .ThenRejected(StatusCode::kNotFound, "PARTY_NOT_FOUND");
}

TEST(SetPartyRole, KeepsCellsThatAreLeftOut) {
  auto given = With(Drafted());
  given.When(Ask<v1::SetPartyRoleRequest>("party_id: 'rome' role { budget_effect: '10,000' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().parties(1).role().budget_effect(), "10,000");
  EXPECT_EQ(given.state().parties(1).role().role(), "partner");
}

// Rule 38: both names and the scope stand on every act of a helper.
TEST(AppointHelper, LetsAnotherOfficeActInItsScopeOnly) {
  auto given = With(Drafted());
  given.When(Ask<v1::AppointHelperRequest>(
      "party_id: 'rome' helper { office: 'realms/test/offices/ngo' scopes: "
      "HELPER_SCOPE_PARTICULARS document: 'Letter 9' }"));
  given.ThenEvents();
  given.As(Holder("realms/test/offices/ngo", "pia"));
  given.When(Ask<v1::StateObjectivesRequest>(
      "party_id: 'rome' objectives: 'integration' time_horizon: '2014'"));
  const auto& acting = given.ThenEvents().at(0).objectives_stated().acting_for();
  EXPECT_EQ(acting.party(), "rome");
  EXPECT_EQ(acting.helper_office(), "realms/test/offices/ngo");
  EXPECT_EQ(acting.scope(), v1::HELPER_SCOPE_PARTICULARS);
  given
      .When(Ask<v1::AttachMandateRequest>(
          "party_id: 'rome' mandate { kind: MANDATE_KIND_ORDER number: '1' date { year: 2011 } "
          "issuing_body: 'Junta' }"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
}

TEST(AppointHelper, IsRefusedTwice) {
  auto given = With(Drafted());
  const auto appoint = Ask<v1::AppointHelperRequest>(
      "party_id: 'rome' helper { office: 'realms/test/offices/ngo' scopes: HELPER_SCOPE_TEXT "
      "document: 'Letter 9' }");
  given.When(appoint);
  given.ThenEvents();
  given.When(appoint).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

TEST(DismissHelper, IsRefusedWhereThereIsNone) {
  With(Drafted())
      .When(Ask<v1::DismissHelperRequest>("party_id: 'rome' office: 'realms/test/offices/ngo'"))
      .ThenRejected(StatusCode::kNotFound, "HELPER_NOT_FOUND");
}

TEST(AnswerParticipation, SaysWhatIsToChange) {
  With(Drafted())
      .When(
          Ask<v1::AnswerParticipationRequest>("party_id: 'rome' answer: CONFIRMATION_ANSWER_DROP"))
      .ThenRejected(StatusCode::kInvalidArgument, "FIELD_REQUIRED");
}

// Rule 34.
TEST(SetTargetSigningDate, NeedsAReasonForASlip) {
  auto given = With(Drafted());
  given.On("2011-01-10")
      .When(Ask<v1::SetTargetSigningDateRequest>("target_signing_date { year: 2011 month: 10 }"));
  given.ThenEvents();
  const auto slip =
      Ask<v1::SetTargetSigningDateRequest>("target_signing_date { year: 2012 month: 2 }");
  given.When(slip).ThenRejected(StatusCode::kInvalidArgument, "REASON_NEEDED");
  given.As(Holder(kGovernor, "vilma")).Because("the officer died").When(slip);
  given.ThenEvents();
  EXPECT_EQ(given.state().slips(0).reason(), "the officer died");
  EXPECT_EQ(given.state().slips(0).office(), kGovernor);
  EXPECT_EQ(ToString(given.state().slips(0).from()), "2011-10");
}

TEST(SetTargetSigningDate, IsRefusedForAPastDay) {
  With(Drafted())
      .When(Ask<v1::SetTargetSigningDateRequest>("target_signing_date { year: 2011 month: 4 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_OUT_OF_ORDER");
}

// Rule 39.
TEST(RecordBrokerAct, IsKeptWithWhatItDid) {
  auto state = Drafted();
  *state.add_brokers() = Parse<v1::Broker>(
      "id: 'fgw' organisation: 'realms/test/organisations/fgw' office: 'realms/test/offices/fgw'");
  auto given = With(state);
  given.As(Holder("realms/test/offices/fgw", "aida"))
      .When(Ask<v1::RecordBrokerActRequest>(
          "broker_id: 'fgw' kind: BROKER_ACT_KIND_REMINDER text: 'the draft waits'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().broker_acts(0).text(), "the draft waits");
  given
      .When(Ask<v1::RecordBrokerActRequest>(
          "broker_id: 'other' kind: BROKER_ACT_KIND_REMINDER text: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "BROKER_NOT_FOUND");
}

TEST(RecordBrokerAct, IsRefusedInTheNameOfAnotherBroker) {
  auto state = Drafted();
  for (const char* id : {"fgw", "ccp"}) {
    *state.add_brokers() = Parse<v1::Broker>(std::string("id: '") + id +
                                             "' organisation: 'realms/test/organisations/" + id +
                                             "' office: 'realms/test/offices/" + id + "'");
  }
  With(state)
      .As(Holder("realms/test/offices/fgw", "aida"))
      .When(Ask<v1::RecordBrokerActRequest>(
          "broker_id: 'ccp' kind: BROKER_ACT_KIND_COMMENT text: 'x'"))
      .ThenRejected(StatusCode::kPermissionDenied, "NOT_OF_THE_PARTY");
}

// Rule 42.
TEST(RecordPartnerMeeting, SaysByWhenTheyMeetAgain) {
  auto given = With(Drafted());
  given.On("2011-01-31").When(Ask<v1::SetMeetingIntervalRequest>("months: 1"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().next_meeting_by()), "2011-02-28");
  given.On("2011-04-15")
      .When(Ask<v1::RecordPartnerMeetingRequest>(
          "form: MEETING_FORM_LIVE party_ids: 'batangas' party_ids: 'rome'"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().next_meeting_by()), "2011-05-15");
}

TEST(RecordPartnerMeeting, IsRefusedForOnePartyAlone) {
  With(Drafted())
      .When(Ask<v1::RecordPartnerMeetingRequest>("form: MEETING_FORM_LIVE party_ids: 'rome'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "TOO_FEW_PARTIES");
}

TEST(SetMeetingInterval, IsRefusedForNoTime) {
  With(Drafted())
      .When(Ask<v1::SetMeetingIntervalRequest>("months: 0"))
      .ThenRejected(StatusCode::kInvalidArgument, "TERM_INVALID");
}

TEST(AddAnchor, IsRefusedTwice) {
  auto given = With(Drafted());
  const auto add = Ask<v1::AddAnchorRequest>(
      "anchor { organisation: 'realms/test/organisations/up' kind: ANCHOR_KIND_UNIVERSITY }");
  given.When(add);
  EXPECT_EQ(given.ThenEvents().size(), 1U);
  given.When(add).ThenRejected(StatusCode::kAlreadyExists, "ALREADY_THERE");
}

}  // namespace
}  // namespace kasundo::agreements
