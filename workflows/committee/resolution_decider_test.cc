// Resolutions: adoption, what they ask of whom, how far that is done, and their end.
#include "workflows/committee/resolution_decider.h"

#include "kasundo/committees/v1/resolutions_follow_ups.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/coverage.h"
#include "workflows/committee/decision_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;

constexpr char kLipa[] = "realms/test/territories/lipa";
constexpr char kTanauan[] = "realms/test/territories/tanauan";
constexpr char kOther[] = "realms/test/committees/cmd/resolutions/other";

Given<Resolution> GivenResolution(const v1::ResolutionState& state = {},
                                  const v1::CommitteeState& body = Body(3)) {
  return Beneath<Resolution>("resolutions", state, body);
}

v1::RecordResolutionRequest Record(const std::vector<std::string>& addressees = {}) {
  v1::RecordResolutionRequest request;
  request.set_title("Desks");
  for (const std::string& addressee : addressees) {
    request.add_addressees()->set_addressee(addressee);
  }
  return request;
}

// Adopted, speaking to Lipa and Tanauan.
v1::ResolutionState Adopted() { return GivenResolution().When(Record({kLipa, kTanauan})).state(); }

v1::FulfilObligationRequest Fulfil(const std::string& addressee) {
  v1::FulfilObligationRequest request;
  request.set_addressee(addressee);
  request.mutable_evidence()->set_title("Ordinance 7");
  return request;
}

v1::ReleaseAddresseeRequest Release(const std::string& addressee) {
  v1::ReleaseAddresseeRequest request;
  request.set_addressee(addressee);
  return request;
}

v1::ReopenObligationRequest Reopen(const std::string& addressee) {
  v1::ReopenObligationRequest request;
  request.set_addressee(addressee);
  return request;
}

const v1::ResolutionObligation& ObligationOf(const v1::ResolutionState& state,
                                             const std::string& addressee) {
  static const v1::ResolutionObligation none;
  for (const auto& obligation : state.obligations()) {
    if (obligation.addressee() == addressee) return obligation;
  }
  ADD_FAILURE() << "no obligation of " << addressee;
  return none;
}

// --- RecordResolution ---

TEST(RecordResolution, OpensOneObligationForEachAddressee) {
  const v1::ResolutionState state = Adopted();
  ASSERT_EQ(state.obligations_size(), 2);
  for (const auto& obligation : state.obligations()) {
    EXPECT_EQ(obligation.obligation_state(), v1::OBLIGATION_STATE_OUTSTANDING);
  }
}

TEST(RecordResolution, TakesTheNextNumberOfItsYearByTheRuleOfTheBody) {
  v1::CommitteeState body = Body(3);
  body.mutable_rules()->set_resolution_number("IV-A-{seq:02}-{year}");
  const auto add = [&](int year, int sequence) {
    v1::RegisteredResolution& known = *body.add_resolutions();
    known.set_year(year);
    known.set_sequence(sequence);
  };
  add(2013, 8);
  add(2015, 30);
  v1::RecordResolutionRequest request = Record();
  *request.mutable_adopted_on() = MakeDate(2013, 9);
  const v1::ResolutionState state = GivenResolution({}, body).When(request).state();
  EXPECT_EQ(state.number(), "IV-A-09-2013");
  EXPECT_EQ(ToString(state.adopted_on()), "2013-09");
}

TEST(RecordResolution, GivesANumberOfTheRulesFormItsPlaceInTheSequence) {
  v1::CommitteeState body = Body(3);
  body.mutable_rules()->set_resolution_number("IV-A-{seq:02}-{year}");
  v1::RecordResolutionRequest request = Record();
  request.mutable_number()->set_number("IV-A-12-2016");
  const auto numbered = [&](const v1::RecordResolutionRequest& wanted) {
    return GivenResolution({}, body).When(wanted).ThenEvents().at(0).resolution_recorded().number();
  };
  EXPECT_EQ(numbered(request).sequence(), 12);
  request.mutable_number()->set_number("Special 1");
  EXPECT_EQ(numbered(request).sequence(), 0);
  EXPECT_EQ(numbered(request).year(), 2016);
}

TEST(RecordResolution, IsRefusedWithANumberThatIsTaken) {
  v1::CommitteeState body = Body(3);
  body.add_resolutions()->set_number("7-2016");
  v1::RecordResolutionRequest request = Record();
  request.mutable_number()->set_number("7-2016");
  GivenResolution({}, body).When(request).ThenRejected(kAlreadyExists, "NUMBER_TAKEN",
                                                       "number.number");
}

TEST(RecordResolution, IsRefusedToAPersonAndToTheSameTwice) {
  GivenResolution()
      .When(Record({kLipa, Person(1)}))
      .ThenRejected(kInvalidArgument, "ADDRESSEE_INVALID", "addressees[1].addressee");
  GivenResolution()
      .When(Record({kLipa, kLipa}))
      .ThenRejected(kInvalidArgument, "ADDRESSEE_INVALID", "addressees[1].addressee");
}

TEST(RecordResolution, SpeaksToBodiesOrganisationsOfficesAndTerritories) {
  const auto request = Record({kBody, "realms/test/organisations/dole", Office("planning"), kLipa});
  EXPECT_EQ(GivenResolution().When(request).state().obligations_size(), 4);
}

// --- recommendations ---

v1::RecordRecommendationRequest Recommend() {
  return Parse<v1::RecordRecommendationRequest>(R"pb(
    title: "Fund"
    meeting: "realms/test/committees/cmd/meetings/q1"
    recommended_on { year: 2016 month: 3 day: 18 }
    addressees { addressee: "realms/test/territories/lipa" }
    actions { title: "Find the money" }
    matter: "realms/test/committees/cmd/matters/fund"
    matter_effect: MATTER_EFFECT_CLOSE
  )pb");
}

TEST(Recommendation, KeepsWhatItWillAskOnceRatifiedAndHasNoNumber) {
  const v1::ResolutionState state = GivenResolution().When(Recommend()).state();
  EXPECT_EQ(state.number(), "");
  EXPECT_EQ(ToString(state.recommended_on()), "2016-03-18");
  EXPECT_EQ(state.actions_size(), 1);
  EXPECT_EQ(state.obligations_size(), 1);
  EXPECT_EQ(state.matter_effect(), v1::MATTER_EFFECT_CLOSE);
}

TEST(Recommendation, IsAdoptedWithItsNumberWhenRatified) {
  const v1::ResolutionState state = GivenResolution()
                                        .When(Recommend())
                                        .When(Parse<v1::RatifyRecommendationRequest>(R"pb(
                                          number { number: "3-2016" }
                                          meeting: "realms/test/committees/cmd/meetings/q2"
                                          ratified_on { year: 2016 month: 6 day: 17 }
                                        )pb"))
                                        .state();
  EXPECT_EQ(state.number(), "3-2016");
  EXPECT_EQ(state.ratified_at_meeting(), "realms/test/committees/cmd/meetings/q2");
  EXPECT_EQ(ToString(state.adopted_on()), "2016-06-17");
}

TEST(Recommendation, EndsOnTheDayOfItsRejection) {
  const v1::ResolutionState state = GivenResolution()
                                        .When(Recommend())
                                        .When(Parse<v1::RejectRecommendationRequest>(
                                            "rejected_on { year: 2016 month: 6 day: 17 }"))
                                        .state();
  EXPECT_EQ(ToString(state.ended_on()), "2016-06-17");
  EXPECT_FALSE(state.has_adopted_on());
}

// --- AddAddressees ---

TEST(AddAddressees, OpensTheirObligations) {
  v1::AddAddresseesRequest request;
  request.add_addressees()->set_addressee(kBody);
  EXPECT_EQ(GivenResolution(Adopted()).When(request).state().obligations_size(), 3);
}

TEST(AddAddressees, IsRefusedForOneThatTheResolutionSpeaksToAlready) {
  v1::AddAddresseesRequest request;
  request.add_addressees()->set_addressee(kLipa);
  GivenResolution(Adopted()).When(request).ThenRejected(kInvalidArgument, "ADDRESSEE_INVALID",
                                                        "addressees[0].addressee");
}

// --- FulfilObligation ---

TEST(FulfilObligation, KeepsEvidenceAndTheDay) {
  v1::FulfilObligationRequest request = Fulfil(kLipa);
  *request.mutable_done_on() = MakeDate(2016, 2);
  const v1::ResolutionState state = GivenResolution(Adopted()).When(request).state();
  EXPECT_EQ(ObligationOf(state, kLipa).obligation_state(), v1::OBLIGATION_STATE_DONE);
  EXPECT_EQ(ObligationOf(state, kLipa).evidence().title(), "Ordinance 7");
  EXPECT_EQ(ToString(ObligationOf(state, kLipa).settled_on()), "2016-02");
  EXPECT_EQ(ObligationOf(state, kTanauan).obligation_state(), v1::OBLIGATION_STATE_OUTSTANDING);
  const v1::ResolutionState today = GivenResolution(Adopted()).When(Fulfil(kLipa)).state();
  EXPECT_EQ(ToString(ObligationOf(today, kLipa).settled_on()), kDay);
}

TEST(FulfilObligation, IsRefusedOfWhomTheResolutionDoesNotSpeakTo) {
  GivenResolution(Adopted())
      .When(Fulfil(kBody))
      .ThenRejected(kNotFound, "ADDRESSEE_NOT_FOUND", "addressee");
}

TEST(FulfilObligation, IsRefusedWithoutEvidence) {
  v1::FulfilObligationRequest request = Fulfil(kLipa);
  request.mutable_evidence()->clear_title();
  GivenResolution(Adopted()).When(request).ThenRejected(kInvalidArgument, "EVIDENCE_NEEDED",
                                                        "evidence");
  request.mutable_evidence()->set_document("PO 7");
  EXPECT_EQ(GivenResolution(Adopted()).When(request).ThenEvents().size(), 1u);
}

TEST(FulfilObligation, IsRefusedOnceItIsSettled) {
  for (const bool done : {true, false}) {
    auto settled = GivenResolution(Adopted());
    if (done) settled.When(Fulfil(kLipa));
    if (!done) settled.When(Release(kLipa));
    settled.When(Fulfil(kLipa))
        .ThenRejected(kFailedPrecondition, "OBLIGATION_SETTLED", "addressee");
    settled.When(Release(kLipa))
        .ThenRejected(kFailedPrecondition, "OBLIGATION_SETTLED", "addressee");
  }
}

TEST(FulfilObligation, IsForTheAddresseeItselfOrTheSecretariat) {
  const std::string dole = "realms/test/organisations/dole";
  const std::string local = "realms/test/committees/local";
  v1::CommitteeState local_body = Body(1);
  local_body.mutable_secretariats(0)->set_office(Office("local-sec"));
  auto resolution = GivenResolution();
  resolution.When(Record({dole, Office("planning"), local}));
  resolution.Beside(local, "established", local_body);
  const auto by = [&](const workflows::v1::Actor& actor) {
    Given<Resolution> given = resolution;
    given.As(actor);
    return given;
  };
  EXPECT_EQ(by(Officer(Office("any"), dole)).When(Fulfil(dole)).ThenEvents().size(), 1u);
  EXPECT_EQ(by(Officer(Office("planning"))).When(Fulfil(Office("planning"))).ThenEvents().size(),
            1u);
  EXPECT_EQ(by(Officer(Office("local-sec"))).When(Fulfil(local)).ThenEvents().size(), 1u);
  EXPECT_EQ(by(kasundo::testing::Administrator()).When(Fulfil(dole)).ThenEvents().size(), 1u);
  by(Officer(Office("planning")))
      .When(Fulfil(dole))
      .ThenRejected(kPermissionDenied, "NOT_THE_ADDRESSEE", "addressee");
}

// --- ReleaseAddressee and ReopenObligation ---

TEST(ReleaseAddressee, KeepsTheReason) {
  const v1::ResolutionState state =
      GivenResolution(Adopted()).Because("Has no migrants").When(Release(kLipa)).state();
  EXPECT_EQ(ObligationOf(state, kLipa).obligation_state(), v1::OBLIGATION_STATE_RELEASED);
  EXPECT_EQ(ObligationOf(state, kLipa).note(), "Has no migrants");
}

TEST(ReleaseAddressee, IsRefusedWithoutAReasonOrAnAddressee) {
  GivenResolution(Adopted())
      .Because("")
      .When(Release(kLipa))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
  GivenResolution(Adopted())
      .When(Release(kBody))
      .ThenRejected(kNotFound, "ADDRESSEE_NOT_FOUND", "addressee");
}

TEST(ReopenObligation, TakesBackThatItWasDoneOrReleased) {
  for (const bool done : {true, false}) {
    auto settled = GivenResolution(Adopted());
    if (done) settled.When(Fulfil(kLipa));
    if (!done) settled.When(Release(kLipa));
    const v1::ResolutionState state =
        settled.Because("It was another town").When(Reopen(kLipa)).state();
    EXPECT_EQ(ObligationOf(state, kLipa).obligation_state(), v1::OBLIGATION_STATE_OUTSTANDING);
    EXPECT_FALSE(ObligationOf(state, kLipa).has_evidence());
    EXPECT_FALSE(ObligationOf(state, kLipa).has_settled_on());
  }
}

TEST(ReopenObligation, IsRefusedWithoutAReasonAnAddresseeOrAnythingToReopen) {
  GivenResolution(Adopted())
      .Because("")
      .When(Reopen(kLipa))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
  GivenResolution(Adopted())
      .When(Reopen(kBody))
      .ThenRejected(kNotFound, "ADDRESSEE_NOT_FOUND", "addressee");
  GivenResolution(Adopted())
      .When(Reopen(kLipa))
      .ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "addressee");
}

// --- due dates ---

TEST(ResolutionDueDate, IsTheEarliestOfWhatIsOutstanding) {
  v1::RecordResolutionRequest request = Record({kLipa, kTanauan, kBody});
  *request.mutable_addressees(0)->mutable_due_date() = MakeDate(2016, 6);
  *request.mutable_addressees(1)->mutable_due_date() = MakeDate(2016, 12);
  auto resolution = GivenResolution();
  EXPECT_EQ(ToString(resolution.When(request).state().next_due_date()), "2016-06");
  EXPECT_EQ(ToString(resolution.When(Fulfil(kLipa)).state().next_due_date()), "2016-12");
  EXPECT_FALSE(resolution.When(Release(kTanauan)).state().has_next_due_date());
  EXPECT_EQ(ToString(resolution.When(Reopen(kLipa)).state().next_due_date()), "2016-06");
}

// --- SupersedeResolution ---

v1::SupersedeResolutionRequest SupersedeBy(const std::string& successor) {
  v1::SupersedeResolutionRequest request;
  request.set_superseded_by(successor);
  return request;
}

TEST(SupersedeResolution, NamesTheResolutionThatStandsInItsPlace) {
  const v1::ResolutionState state = GivenResolution(Adopted())
                                        .Beside(kOther, "adopted", v1::ResolutionState())
                                        .When(SupersedeBy(kOther))
                                        .state();
  EXPECT_EQ(state.superseded_by(), kOther);
  EXPECT_EQ(ToString(state.ended_on()), kDay);
}

TEST(SupersedeResolution, IsRefusedByItselfAndByWhatIsNotAdopted) {
  const std::string itself = std::string(kBody) + "/resolutions/it";
  GivenResolution(Adopted())
      .Beside(itself, "adopted", Adopted())
      .When(SupersedeBy(itself))
      .ThenRejected(kFailedPrecondition, "SUCCESSOR_INVALID", "superseded_by");
  GivenResolution(Adopted())
      .When(SupersedeBy(kOther))
      .ThenRejected(kFailedPrecondition, "SUCCESSOR_INVALID", "superseded_by");
  GivenResolution(Adopted())
      .Beside(kOther, "recommended", v1::ResolutionState())
      .When(SupersedeBy(kOther))
      .ThenRejected(kFailedPrecondition, "SUCCESSOR_INVALID", "superseded_by");
}

// --- RepealResolution ---

v1::RepealResolutionRequest RepealBy(const v1::DecisionReference& decision) {
  v1::RepealResolutionRequest request;
  *request.mutable_decision() = decision;
  return request;
}

TEST(RepealResolution, RestsOnACarriedMotionOrOnTheDocumentOfHistory) {
  const v1::ResolutionState state = GivenResolution(Adopted())
                                        .Beside(kMeeting, "open", Decided())
                                        .When(RepealBy(Decision("m")))
                                        .state();
  EXPECT_EQ(state.repealed_by().motion(), "m");
  EXPECT_EQ(ToString(state.ended_on()), kDay);
  EXPECT_EQ(state.end_reason(), "for the test");
  EXPECT_EQ(GivenResolution(Adopted()).When(RepealBy(DecisionOnPaper())).ThenEvents().size(), 1u);
}

TEST(RepealResolution, IsRefusedWithoutAReason) {
  GivenResolution(Adopted())
      .Because("")
      .When(RepealBy(DecisionOnPaper()))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
}

TEST(RepealResolution, IsRefusedWithoutADecisionOfThisBody) {
  GivenResolution(Adopted())
      .When(RepealBy({}))
      .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision");
  GivenResolution(Adopted())
      .When(RepealBy(Decision("m")))
      .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.meeting");
  const std::string elsewhere = "realms/test/committees/laguna/meetings/q1";
  GivenResolution(Adopted())
      .Beside(elsewhere, "open", Decided())
      .When(RepealBy(Decision("m", elsewhere)))
      .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.meeting");
  for (const std::string motion : {"lost", "other"}) {
    GivenResolution(Adopted())
        .Beside(kMeeting, "open", Decided())
        .When(RepealBy(Decision(motion)))
        .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.motion");
  }
}

// --- coverage: requirement 17 ---

// 34 addressees: 31 municipalities and 3 cities.
v1::ResolutionState ToThirtyFour() {
  v1::RecordResolutionRequest request = Record();
  for (int n = 1; n <= 34; ++n) {
    v1::Addressee& addressee = *request.add_addressees();
    addressee.set_addressee(fmt::format("realms/test/territories/lgu-{}", n));
    addressee.set_group(n <= 31 ? "municipalities" : "cities");
  }
  return GivenResolution().When(request).state();
}

v1::ResolutionState After(Given<Resolution> resolution, int first, int last) {
  for (int n = first; n <= last; ++n) {
    resolution.When(Fulfil(fmt::format("realms/test/territories/lgu-{}", n)));
  }
  return resolution.state();
}

TEST(ResolutionCoverage, CountsThirtyFourAddresseesByGroup) {
  EXPECT_EQ(ToThirtyFour().obligations_size(), 34);
  v1::ResolutionState state = After(GivenResolution(ToThirtyFour()), 1, 21);
  state = After(GivenResolution(state), 32, 32);
  const v1::Coverage coverage = CoverageOf(state);
  EXPECT_EQ(coverage.done(), 22);
  EXPECT_EQ(coverage.total(), 34);
  ASSERT_EQ(coverage.groups_size(), 2);
  EXPECT_EQ(coverage.groups(0).done(), 21);
  EXPECT_EQ(coverage.groups(0).total(), 31);
  EXPECT_EQ(coverage.groups(1).done(), 1);
  EXPECT_EQ(coverage.groups(1).total(), 3);
  EXPECT_EQ(coverage.explanation(), "22 of 34 done: 21 of 31 municipalities, 1 of 3 cities");
}

TEST(ResolutionCoverage, LeavesReleasedAddresseesOutAndSaysSo) {
  auto resolution = GivenResolution(ToThirtyFour());
  resolution.When(Release("realms/test/territories/lgu-34"));
  const v1::Coverage coverage = CoverageOf(resolution.state());
  EXPECT_EQ(coverage.total(), 33);
  EXPECT_EQ(coverage.released(), 1);
  EXPECT_EQ(coverage.explanation(),
            "0 of 33 done: 0 of 31 municipalities, 0 of 2 cities; 1 released");
}

TEST(ResolutionCoverage, OfAddresseesWithoutAGroupIsOneCount) {
  EXPECT_EQ(CoverageOf(GivenResolution(Adopted()).When(Fulfil(kLipa)).state()).explanation(),
            "1 of 2 done");
}

// --- who is who ---

TEST(ResolutionRoles, AreThoseOfTheBodyAndTheAddressees) {
  EXPECT_TRUE(GivenResolution(Adopted()).HasRole("secretariat"));
  EXPECT_FALSE(GivenResolution(Adopted()).As(Somebody(Person(1))).HasRole("secretariat"));
  EXPECT_TRUE(GivenResolution(Adopted()).As(Somebody(Person(1))).HasRole("presider"));
  EXPECT_FALSE(GivenResolution(Adopted()).As(Somebody(Person(2))).HasRole("presider"));
  auto resolution = GivenResolution();
  resolution.When(Record({Office("planning")}));
  EXPECT_TRUE(resolution.As(Officer(Office("planning"))).HasRole("addressee"));
  EXPECT_FALSE(resolution.As(Officer(Office("other"))).HasRole("addressee"));
  EXPECT_FALSE(resolution.As(Somebody(Person(2))).HasRole("addressee"));
}

TEST(ResolutionGuards, WantNothingOutstanding) {
  auto resolution = GivenResolution(Adopted());
  EXPECT_REFUSED(resolution.When(Fulfil(kLipa)).CheckGuard("nothing-outstanding"),
                 kFailedPrecondition, "GUARD_NOT_MET");
  EXPECT_OK(resolution.When(Release(kTanauan)).CheckGuard("nothing-outstanding"));
}

// --- due dates ---

TEST(NoteOverdue, LetsTheNextDueDateBeWatched) {
  v1::RecordResolutionRequest request = Record({kLipa, kTanauan});
  *request.mutable_addressees(0)->mutable_due_date() = MakeDate(2016, 6, 30);
  *request.mutable_addressees(1)->mutable_due_date() = MakeDate(2016, 9, 30);
  v1::ResolutionState state = GivenResolution().When(request).state();
  EXPECT_EQ(ToString(state.next_due_date()), "2016-06-30");
  state = GivenResolution(state).On("2016-07-01").When(v1::NoteOverdueRequest()).state();
  EXPECT_TRUE(ObligationOf(state, kLipa).overdue());
  EXPECT_EQ(ToString(state.next_due_date()), "2016-09-30");
  state = GivenResolution(state).On("2016-07-05").When(Fulfil(kLipa)).state();
  // Done and taken back: its day is over, so that the other one stays the next.
  state = GivenResolution(state).On("2016-07-06").When(Reopen(kLipa)).state();
  EXPECT_EQ(ToString(state.next_due_date()), "2016-09-30");
  EXPECT_THAT(GivenResolution(state).On("2016-07-07").When(v1::NoteOverdueRequest()).ThenEvents(),
              ::testing::IsEmpty());
}

TEST(AddAddressees, WithADayThatIsOverKeepsNoOtherFromBeingWatched) {
  v1::RecordResolutionRequest request = Record({kLipa});
  *request.mutable_addressees(0)->mutable_due_date() = MakeDate(2016, 9, 30);
  v1::AddAddresseesRequest add;
  add.add_addressees()->set_addressee(kTanauan);
  *add.mutable_addressees(0)->mutable_due_date() = MakeDate(2015);
  const v1::ResolutionState state = GivenResolution().When(request).When(add).state();
  EXPECT_EQ(ToString(state.next_due_date()), "2016-09-30");
}

}  // namespace
}  // namespace kasundo::committees
