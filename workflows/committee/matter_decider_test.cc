// Matters: raised, taken upwards and answered, closed or dropped by decision, shared with bodies
// that are informed.
#include "workflows/committee/matter_decider.h"

#include "kasundo/committees/v1/matters_follow_ups.pb.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/decision_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;
using ::testing::ElementsAre;

constexpr char kMatter[] = "realms/test/committees/cmd/matters/it";
constexpr char kBelow[] = "realms/test/committees/local/matters/desks";
constexpr char kCouncil[] = "realms/test/committees/rdc";
constexpr char kWide[] = "realms/test/committees/wide";

v1::RaiseMatterRequest Raise(const std::string& raiser = "seat: 's1'") {
  v1::RaiseMatterRequest request;
  request.set_title("No desk in Lipa");
  *request.mutable_raised_by() = Parse<v1::Raiser>(raiser);
  return request;
}

v1::ReceiveMatterRequest Receive() {
  v1::ReceiveMatterRequest request;
  request.set_title("No desk in Lipa");
  request.set_origin(kBelow);
  return request;
}

v1::ReceiveAnswerRequest AnswerFromAbove() {
  v1::ReceiveAnswerRequest request;
  request.set_text("Granted");
  request.set_answered_by_body(kCouncil);
  return request;
}

v1::CommitteeState Nested() {
  v1::CommitteeState body = Body(3);
  body.set_parent_body(kCouncil);
  return body;
}

Given<Matter> GivenMatter(const v1::MatterState& state = {},
                          const v1::CommitteeState& body = Nested()) {
  return Beneath<Matter>("matters", state, body);
}

Given<Matter> GivenRaised() { return GivenMatter(GivenMatter().When(Raise()).state()); }
Given<Matter> GivenFromBelow() { return GivenMatter(GivenMatter().When(Receive()).state()); }

// --- RaiseMatter ---

TEST(RaiseMatter, KeepsWhoRaisedItAndWhen) {
  for (const std::string raiser :
       {"seat: 's2'", "office: 'realms/test/offices/sec'", "organisation: 'realms/test/o/neda'"}) {
    const v1::MatterState state = GivenMatter().When(Raise(raiser)).state();
    EXPECT_EQ(kasundo::testing::Text(state.raised_by()),
              kasundo::testing::Text(Parse<v1::Raiser>(raiser)));
    EXPECT_EQ(ToString(state.raised_on()), kDay);
  }
}

TEST(RaiseMatter, IsForTheOwnSeatOfficeAndOrganisation) {
  workflows::v1::Actor member = Officer(Office("neda"), "realms/test/o/neda");
  member.set_person(Person(2));
  const auto raise = [&](const std::string& raiser) {
    return GivenMatter().As(member).When(Raise(raiser));
  };
  raise("seat: 's2'").ThenEvents();
  raise("office: 'realms/test/offices/neda'").ThenEvents();
  raise("organisation: 'realms/test/o/neda'").ThenEvents();
  raise("seat: 's3'").ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT", "raised_by.seat");
  raise("office: 'realms/test/offices/sec'")
      .ThenRejected(kPermissionDenied, "NOT_YOUR_ORGANISATION", "raised_by.office");
  raise("organisation: 'realms/test/o/dole'")
      .ThenRejected(kPermissionDenied, "NOT_YOUR_ORGANISATION", "raised_by.organisation");
}

TEST(RaiseMatter, IsRefusedUnlessExactlyOneRaisesIt) {
  for (const std::string raiser : {"", "body: 'realms/test/committees/local'",
                                   "seat: 's1' office: 'realms/test/offices/sec'"}) {
    GivenMatter().When(Raise(raiser)).ThenRejected(kInvalidArgument, "RAISER_INVALID", "raised_by");
  }
}

TEST(RaiseMatter, IsRefusedFromASeatThatTheBodyDoesNotHave) {
  GivenMatter()
      .When(Raise("seat: 's9'"))
      .ThenRejected(kNotFound, "SEAT_NOT_FOUND", "raised_by.seat");
}

TEST(RaiseMatter, IsRefusedInABodyThatIsClosedOrNotThere) {
  v1::CommitteeState closed = Body(3);
  *closed.mutable_closed_on() = MakeDate(2016, 3, 18);
  GivenMatter({}, closed).When(Raise()).ThenRejected(kFailedPrecondition, "BODY_CLOSED", "parent");
  Given<Matter>().Named(kMatter).When(Raise()).ThenRejected(kFailedPrecondition, "BODY_CLOSED",
                                                            "parent");
}

// --- DescribeMatter ---

TEST(DescribeMatter, ChangesWhatIsGivenAndKeepsTheRest) {
  v1::DescribeMatterRequest request;
  request.set_description("Since 2014");
  const v1::MatterState state = GivenRaised().When(request).state();
  EXPECT_EQ(state.title(), "No desk in Lipa");
  EXPECT_EQ(state.description(), "Since 2014");
}

TEST(DescribeMatter, IsRefusedIfNothingChanges) {
  v1::DescribeMatterRequest request;
  request.set_title("No desk in Lipa");
  GivenRaised().When(request).ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "");
}

// --- upwards and back: requirement 18 ---

v1::ForwardMatterRequest Forward() {
  v1::ForwardMatterRequest request;
  request.set_text("Please decide");
  return request;
}

TEST(ForwardMatter, LogsTheHopToTheParentBody) {
  const v1::MatterState state =
      GivenRaised().Beside(kCouncil, "established", Body(1)).When(Forward()).state();
  ASSERT_EQ(state.hops_size(), 1);
  EXPECT_EQ(state.hops(0).direction(), v1::HOP_DIRECTION_RAISED);
  EXPECT_EQ(state.hops(0).from_body(), kBody);
  EXPECT_EQ(state.hops(0).to_body(), kCouncil);
  EXPECT_EQ(state.hops(0).text(), "Please decide");
  EXPECT_EQ(ToString(state.hops(0).on()), kDay);
  EXPECT_EQ(state.forwarded_to(), "realms/test/committees/rdc/matters/cmd-it");
}

TEST(ForwardMatter, TakesAFreeNameAbove) {
  EXPECT_EQ(GivenRaised()
                .Beside(kCouncil, "established", Body(1))
                .Beside("realms/test/committees/rdc/matters/cmd-it", "closed", v1::MatterState())
                .When(Forward())
                .state()
                .forwarded_to(),
            "realms/test/committees/rdc/matters/cmd-it-2");
}

TEST(ForwardMatter, IsRefusedWithoutAParentThatCanAnswer) {
  GivenMatter(GivenRaised().state(), Body(3))
      .When(Forward())
      .ThenRejected(kFailedPrecondition, "NO_PARENT_BODY", "");
  GivenRaised().When(Forward()).ThenRejected(kFailedPrecondition, "NO_PARENT_BODY", "");
  v1::CommitteeState closed = Body(1);
  *closed.mutable_closed_on() = MakeDate(2016, 3, 18);
  GivenRaised()
      .Beside(kCouncil, "closed", closed)
      .When(Forward())
      .ThenRejected(kFailedPrecondition, "NO_PARENT_BODY", "");
}

TEST(NoteHop, ShowsTheOriginHowFarItHasGone) {
  v1::NoteHopRequest request;
  request.mutable_hop()->set_to_body("realms/test/committees/national");
  EXPECT_EQ(GivenRaised().When(request).state().hops(0).to_body(),
            "realms/test/committees/national");
}

v1::AnswerMatterRequest Answer(const std::string& motion = "") {
  v1::AnswerMatterRequest request;
  request.set_text("Granted");
  if (!motion.empty()) *request.mutable_decision() = Decision(motion);
  return request;
}

TEST(AnswerMatter, KeepsTheAnswerForTheBodyBelow) {
  const v1::MatterState state = GivenFromBelow().When(Answer()).state();
  EXPECT_EQ(state.raised_by().body(), "realms/test/committees/local");
  EXPECT_EQ(state.answer(), "Granted");
  EXPECT_EQ(ToString(state.answered_on()), kDay);
}

TEST(AnswerMatter, MayRestOnADecision) {
  EXPECT_EQ(GivenFromBelow()
                .Beside(kMeeting, "open", Decided(kMatter))
                .When(Answer("on-item"))
                .state()
                .decided_by()
                .motion(),
            "on-item");
  GivenFromBelow()
      .Beside(kMeeting, "open", Decided(kMatter))
      .When(Answer("lost"))
      .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.motion");
}

TEST(AnswerMatter, IsRefusedIfNobodyBelowWaits) {
  GivenRaised().When(Answer()).ThenRejected(kFailedPrecondition, "NOT_RAISED_FROM_BELOW", "");
  GivenFromBelow().When(Answer()).When(Answer()).ThenRejected(kFailedPrecondition,
                                                              "NOT_RAISED_FROM_BELOW", "");
}

TEST(ReceiveAnswer, PutsTheAnswerOntoTheOriginalItem) {
  const v1::MatterState state = GivenRaised().When(AnswerFromAbove()).state();
  EXPECT_EQ(state.answer(), "Granted");
  EXPECT_EQ(state.answered_by_body(), kCouncil);
  EXPECT_EQ(ToString(state.answered_on()), kDay);
}

// --- its end ---

v1::CloseMatterRequest CloseBy(const v1::DecisionReference& decision) {
  v1::CloseMatterRequest request;
  *request.mutable_decision() = decision;
  return request;
}

v1::DropMatterRequest DropBy(const v1::DecisionReference& decision) {
  v1::DropMatterRequest request;
  *request.mutable_decision() = decision;
  return request;
}

TEST(CloseMatter, RestsOnAMotionThatConcernsItOrOnItsAgendaItem) {
  v1::MeetingState meeting = Decided(kMatter);
  meeting.mutable_motions(0)->set_matter(kMatter);
  for (const std::string motion : {"m", "on-item"}) {
    EXPECT_EQ(GivenRaised()
                  .Beside(kMeeting, "open", meeting)
                  .When(CloseBy(Decision(motion)))
                  .state()
                  .decided_by()
                  .motion(),
              motion);
  }
  EXPECT_EQ(GivenRaised().When(CloseBy(DecisionOnPaper())).ThenEvents().size(), 1u);
}

TEST(DropMatter, KeepsDecisionAndReason) {
  const v1::MatterState state = GivenRaised()
                                    .Beside(kMeeting, "open", Decided(kMatter))
                                    .Because("Overtaken")
                                    .When(DropBy(Decision("on-item")))
                                    .state();
  EXPECT_EQ(state.decided_by().motion(), "on-item");
  EXPECT_EQ(state.end_reason(), "Overtaken");
}

TEST(DropMatter, IsRefusedByHandWithoutAReason) {
  workflows::v1::Actor system;
  system.set_system(true);
  GivenRaised()
      .Because("")
      .When(DropBy(DecisionOnPaper()))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
  EXPECT_EQ(
      GivenRaised().Because("").As(system).When(DropBy(DecisionOnPaper())).ThenEvents().size(), 1u)
      << "the motion that drops it is reason enough";
}

template <typename Request>
void EndsOnlyByDecision(Request (*end)(const v1::DecisionReference&)) {
  GivenRaised().When(end({})).ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision");
  GivenRaised()
      .When(end(Decision("m")))
      .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.meeting");
  const std::string elsewhere = "realms/test/committees/laguna/meetings/q1";
  GivenRaised()
      .Beside(elsewhere, "open", Decided(kMatter))
      .When(end(Decision("on-item", elsewhere)))
      .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.meeting");
  for (const std::string motion : {"m", "lost", "other"}) {
    GivenRaised()
        .Beside(kMeeting, "open", Decided(kMatter))
        .When(end(Decision(motion)))
        .ThenRejected(kFailedPrecondition, "NOT_DECIDED", "decision.motion");
  }
  GivenFromBelow()
      .When(end(DecisionOnPaper()))
      .ThenRejected(kFailedPrecondition, "ANSWER_OWED", "");
}

TEST(CloseMatter, IsRefusedWithoutADecisionOnItAndWhileAnAnswerIsOwed) {
  EndsOnlyByDecision(&CloseBy);
}

TEST(DropMatter, IsRefusedWithoutADecisionOnItAndWhileAnAnswerIsOwed) {
  EndsOnlyByDecision(&DropBy);
}

// --- who is informed: requirement 21 ---

v1::InformBodyRequest Inform(const std::string& body) {
  v1::InformBodyRequest request;
  request.set_body(body);
  return request;
}

v1::RemarkOnMatterRequest Remark() {
  v1::RemarkOnMatterRequest request;
  request.set_body(kWide);
  request.set_text("Earlier, please");
  return request;
}

v1::CommitteeState WideBody() {
  v1::CommitteeState wide = Body(2);
  wide.mutable_secretariats(0)->set_office(Office("wide-sec"));
  return wide;
}

Given<Matter> GivenInformed() {
  Given<Matter> given = GivenRaised();
  given.When(Inform(kWide)).Beside(kWide, "established", WideBody());
  return given;
}

TEST(InformBody, LetsAnotherBodyRemark) {
  EXPECT_THAT(GivenInformed().state().informed_bodies(), ElementsAre(kWide));
}

TEST(InformBody, IsRefusedForTheDecidingBodyAndForOneThatIsInformed) {
  GivenRaised().When(Inform(kBody)).ThenRejected(kInvalidArgument, "SAME_BODY", "body");
  GivenInformed().When(Inform(kWide)).ThenRejected(kAlreadyExists, "BODY_ALREADY_INFORMED", "body");
}

TEST(RemarkOnMatter, IsForSecretariatPresiderMembersAndTheAdministrator) {
  for (const auto& actor : {Officer(Office("wide-sec")), Somebody(Person(1)), Somebody(Person(2)),
                            kasundo::testing::Administrator()}) {
    const v1::MatterState state = GivenInformed().As(actor).When(Remark()).state();
    ASSERT_EQ(state.notes_size(), 1);
    EXPECT_EQ(state.notes(0).body(), kWide);
    EXPECT_EQ(state.notes(0).text(), "Earlier, please");
  }
}

TEST(RemarkOnMatter, IsRefusedToWhoDoesNotSpeakForAnInformedBody) {
  GivenInformed()
      .As(Somebody(Person(3)))
      .When(Remark())
      .ThenRejected(kPermissionDenied, "BODY_NOT_INFORMED", "body");
  GivenRaised()
      .Beside(kWide, "established", WideBody())
      .As(Officer(Office("wide-sec")))
      .When(Remark())
      .ThenRejected(kPermissionDenied, "BODY_NOT_INFORMED", "body");
}

// --- who is who ---

TEST(MatterRoles, AreThoseOfTheBodyAndOfWhoRaisedIt) {
  EXPECT_TRUE(GivenRaised().HasRole("secretariat"));
  EXPECT_TRUE(GivenRaised().As(Somebody(Person(1))).HasRole("presider"));
  EXPECT_FALSE(GivenRaised().As(Somebody(Person(2))).HasRole("presider"));
  EXPECT_TRUE(GivenRaised().As(Somebody(Person(2))).HasRole("member"));
  EXPECT_FALSE(GivenRaised().As(Somebody(Person(9))).HasRole("member"));
  const std::string neda = "realms/test/organisations/neda";
  auto by_office = GivenMatter();
  by_office.When(Raise("office: '" + Office("planning") + "'"));
  EXPECT_TRUE(by_office.As(Officer(Office("planning"))).HasRole("raiser"));
  EXPECT_FALSE(by_office.As(Officer(Office("welfare"))).HasRole("raiser"));
  auto by_organisation = GivenMatter();
  by_organisation.When(Raise("organisation: '" + neda + "'"));
  EXPECT_TRUE(by_organisation.As(Officer(Office("any"), neda)).HasRole("raiser"));
  EXPECT_FALSE(by_organisation.As(Officer(Office("any"))).HasRole("raiser"));
}

TEST(MatterRoles, TheInformedSpeakForAnInformedBody) {
  EXPECT_TRUE(GivenInformed().As(Officer(Office("wide-sec"))).HasRole("informed"));
  EXPECT_FALSE(GivenInformed().As(Somebody(Person(3))).HasRole("informed"));
  EXPECT_FALSE(GivenRaised()
                   .Beside(kWide, "established", WideBody())
                   .As(Officer(Office("wide-sec")))
                   .HasRole("informed"));
}

TEST(MatterGuards, WantADescription) {
  v1::DescribeMatterRequest request;
  request.set_description("Since 2014");
  EXPECT_REFUSED(GivenRaised().CheckGuard("described"), kFailedPrecondition, "GUARD_NOT_MET");
  EXPECT_OK(GivenRaised().When(request).CheckGuard("described"));
}

}  // namespace
}  // namespace kasundo::committees
