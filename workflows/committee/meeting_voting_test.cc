// What a meeting decides, and what that asks of whom. How votes are counted is tested in
// tally_test.cc.
#include "kasundo/committees/v1/matters_events.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;
using ::testing::ElementsAre;

constexpr char kMatter[] = "realms/test/committees/cmd/matters/desks";
constexpr char kRecommendation[] = "realms/test/committees/cmd/resolutions/q4-fund";

std::vector<std::string> Names(const std::vector<v1::MeetingEvent>& events) {
  std::vector<std::string> names;
  for (const v1::MeetingEvent& event : events) {
    const auto* oneof = v1::MeetingEvent::descriptor()->oneof_decl(0);
    names.push_back(
        event.GetReflection()->GetOneofFieldDescriptor(event, oneof)->message_type()->name());
  }
  return names;
}

v1::PlannedAction Action(const std::string& title = "Write",
                         const std::string& owner = Office("planning"), int year = 2016) {
  v1::PlannedAction action;
  action.set_title(title);
  action.set_owner_office(owner);
  if (year > 0) *action.mutable_due_date() = MakeDate(year, 6);
  return action;
}

v1::ResolutionState Recommendation() {
  return Parse<v1::ResolutionState>(R"pb(
    title: "Fund"
    meeting: "realms/test/committees/cmd/meetings/q4"
    matter: "realms/test/committees/cmd/matters/desks"
    matter_effect: MATTER_EFFECT_CLOSE
  )pb");
}

// A meeting of five seats; three make the quorum.
class Voting : public ::testing::Test {
 protected:
  Given<Meeting> Sitting(int present = 4) { return InMeeting(Present(body_, present), body_); }
  Given<Meeting> WithMotion(int present = 4, const v1::TableMotionRequest& motion = Table()) {
    Given<Meeting> given = Sitting(present);
    given.When(motion).Because("for the test");
    return given;
  }
  Given<Meeting> Ratifying(int present, const std::string& state = "recommended") {
    v1::TableMotionRequest motion = Table("Ratify");
    motion.set_ratifies(kRecommendation);
    Given<Meeting> given = Sitting(present);
    given.Beside(kRecommendation, "recommended", Recommendation()).When(motion);
    given.Beside(kRecommendation, state, Recommendation());
    given.Beside(kMatter, "open", v1::MatterState());
    return given;
  }

  v1::CommitteeState body_ = Body(5);
};

// --- CastVotes ---

TEST_F(Voting, GivesEachSeatOneVoteWithThePersonWhoGaveIt) {
  auto meeting = WithMotion();
  const auto events = meeting.When(Cast("motion-1", 1, 2, v1::CHOICE_YES)).ThenEvents();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[1].vote_cast().vote().seat(), "s2");
  EXPECT_EQ(events[1].vote_cast().person(), Person(2));
  EXPECT_EQ(meeting.state().motions(0).votes_size(), 2);
}

TEST_F(Voting, NamesTheStandInWhoVoted) {
  auto meeting = WithMotion();
  meeting.When(StandIn(5, Person(9))).When(Authority(5, Person(9)));
  const auto events = meeting.When(Cast("motion-1", 5, 5, v1::CHOICE_NO)).ThenEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].vote_cast().person(), Person(9));
}

TEST_F(Voting, IsRefusedToASeatThatIsNamedTwice) {
  v1::CastVotesRequest request = Cast("motion-1", 1, 1, v1::CHOICE_YES);
  *request.add_votes() = request.votes(0);
  WithMotion().When(request).ThenRejected(kInvalidArgument, "SEAT_TWICE", "votes[1].seat");
}

TEST_F(Voting, IsRefusedToASeatThatTheMeetingDoesNotHave) {
  WithMotion()
      .When(Cast("motion-1", 9, 9, v1::CHOICE_YES))
      .ThenRejected(kNotFound, "SEAT_NOT_FOUND", "votes[0].seat");
}

TEST_F(Voting, IsRefusedToAnAbsentSeatAndToAStandInWithoutAuthority) {
  WithMotion()
      .When(Cast("motion-1", 5, 5, v1::CHOICE_YES))
      .ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "votes[0].seat");
  WithMotion()
      .When(StandIn(5, Person(9)))
      .When(Cast("motion-1", 5, 5, v1::CHOICE_YES))
      .ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "votes[0].seat");
}

TEST_F(Voting, IsRefusedToAnObserverSeat) {
  body_.mutable_seats(1)->set_kind(v1::SEAT_KIND_OBSERVER);
  WithMotion()
      .When(Cast("motion-1", 2, 2, v1::CHOICE_YES))
      .ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "votes[0].seat");
}

TEST_F(Voting, IsRefusedToASeatThatLeftTheCount) {
  v1::RecuseFromMotionRequest recuse;
  recuse.set_motion("motion-1");
  recuse.set_seat("s2");
  WithMotion()
      .When(recuse)
      .When(Cast("motion-1", 2, 2, v1::CHOICE_YES))
      .ThenRejected(kFailedPrecondition, "SEAT_RECUSED", "votes[0].seat");
}

TEST_F(Voting, AgainIsRefusedUnlessItIsSaidToChangeTheVote) {
  auto meeting = WithMotion();
  meeting.When(Cast("motion-1", 1, 1, v1::CHOICE_YES));
  v1::CastVotesRequest again = Cast("motion-1", 1, 1, v1::CHOICE_NO);
  meeting.When(again).ThenRejected(kFailedPrecondition, "VOTE_ALREADY_CAST", "votes[0].change");
  again.mutable_votes(0)->set_change(true);
  const v1::MeetingState changed = meeting.When(again).state();
  ASSERT_EQ(changed.motions(0).votes_size(), 1);
  EXPECT_EQ(changed.motions(0).votes(0).choice(), v1::CHOICE_NO);
}

TEST_F(Voting, IsForMembersByTheOwnSeatOnly) {
  WithMotion()
      .As(Somebody(Person(2)))
      .When(Cast("motion-1", 1, 1, v1::CHOICE_YES))
      .ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT");
  EXPECT_EQ(WithMotion()
                .As(Somebody(Person(2)))
                .When(Cast("motion-1", 2, 2, v1::CHOICE_YES))
                .ThenEvents()
                .size(),
            1u);
}

TEST_F(Voting, WaitsForASeconderWhereTheDefinitionSaysSo) {
  v1::SecondMotionRequest second;
  second.set_motion("motion-1");
  second.set_seat("s2");
  auto meeting = WithMotion();
  meeting.WithParameter("motions_need_second", "yes");
  meeting.When(Cast("motion-1", 1, 1, v1::CHOICE_YES))
      .ThenRejected(kFailedPrecondition, "NOT_SECONDED", "motion");
  meeting.When(CloseByHands("motion-1", 3, 0, 0))
      .ThenRejected(kFailedPrecondition, "NOT_SECONDED", "motion");
  meeting.When(second).When(CloseByHands("motion-1", 3, 0, 0));
  EXPECT_EQ(meeting.state().motions(0).motion_state(), v1::MOTION_STATE_CARRIED);
}

// --- CloseMotion: what comes of the vote ---

TEST_F(Voting, CarriesAMotionWithAQuorumAndSaysInFiguresWhy) {
  const v1::MeetingState meeting = WithMotion()
                                       .When(Cast("motion-1", 1, 3, v1::CHOICE_YES))
                                       .When(Cast("motion-1", 4, 4, v1::CHOICE_ABSTAIN))
                                       .When(Close("motion-1"))
                                       .state();
  const v1::MotionResult& result = meeting.motions(0).result();
  EXPECT_EQ(meeting.motions(0).motion_state(), v1::MOTION_STATE_CARRIED);
  EXPECT_EQ(result.yes(), 3);
  EXPECT_EQ(result.abstain(), 1);
  EXPECT_EQ(result.quorum().present(), 4);
  EXPECT_FALSE(result.explanation().empty());
}

TEST_F(Voting, WithoutAQuorumOnlyRecommends) {
  auto meeting = WithMotion(2);
  EXPECT_THAT(Names(meeting.When(CloseByHands("motion-1", 2, 0, 0)).ThenEvents()),
              ElementsAre("MotionRecommended"));
  EXPECT_EQ(meeting.state().motions(0).motion_state(), v1::MOTION_STATE_RECOMMENDED);
  EXPECT_EQ(meeting.state().motions(0).resolution(),
            "realms/test/committees/cmd/resolutions/q1-motion-1");
}

TEST_F(Voting, LosesAMotionWithMoreAgainst) {
  EXPECT_THAT(Names(WithMotion().When(CloseByHands("motion-1", 1, 2, 0)).ThenEvents()),
              ElementsAre("MotionLost"));
}

TEST_F(Voting, LeavesARecusedSeatOutOfTheCount) {
  v1::RecuseFromMotionRequest recuse;
  recuse.set_motion("motion-1");
  recuse.set_seat("s4");
  auto meeting = WithMotion();
  meeting.When(recuse);
  meeting.When(CloseByHands("motion-1", 4, 0, 0))
      .ThenRejected(kInvalidArgument, "MORE_HANDS_THAN_VOTERS", "hands");
  const v1::MeetingState closed = meeting.When(CloseByHands("motion-1", 3, 0, 0)).state();
  EXPECT_EQ(closed.motions(0).result().recused(), 1);
  EXPECT_EQ(closed.motions(0).result().silent(), 0);
}

TEST_F(Voting, IsCountedAtTheMomentThatIsSaid) {
  v1::RecordDeparturesRequest left;
  left.add_departures()->set_seat("s4");
  left.add_departures()->set_seat("s3");
  *left.mutable_at() = Time("10:00");
  auto meeting = WithMotion();
  meeting.When(left);
  v1::CloseMotionRequest early = CloseByHands("motion-1", 2, 0, 0);
  *early.mutable_at() = Time("09:30");
  EXPECT_EQ(Given<Meeting>(meeting).When(early).state().motions(0).motion_state(),
            v1::MOTION_STATE_CARRIED);
  *early.mutable_at() = Time("10:30");
  EXPECT_EQ(Given<Meeting>(meeting).When(early).state().motions(0).motion_state(),
            v1::MOTION_STATE_RECOMMENDED);
}

TEST_F(Voting, IsNotClosedBeforeTheMeetingOpened) {
  v1::CloseMotionRequest request = CloseByHands("motion-1", 3, 0, 0);
  *request.mutable_at() = Time("08:59");
  WithMotion().When(request).ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER", "at");
}

TEST_F(Voting, IsNotClosedIfNobodyVoted) {
  WithMotion().When(Close("motion-1")).ThenRejected(kFailedPrecondition, "NO_VOTES", "");
  WithMotion()
      .When(CloseByHands("motion-1", 0, 0, 0))
      .ThenRejected(kFailedPrecondition, "NO_VOTES", "");
}

TEST_F(Voting, IsNotClosedWithMoreHandsThanSeatsOrLessThanNone) {
  WithMotion()
      .When(CloseByHands("motion-1", 3, 1, 1))
      .ThenRejected(kInvalidArgument, "MORE_HANDS_THAN_VOTERS", "hands");
  WithMotion()
      .When(CloseByHands("motion-1", 3, -1, 0))
      .ThenRejected(kInvalidArgument, "MORE_HANDS_THAN_VOTERS", "hands");
}

TEST_F(Voting, IsNotCountedBySeatAndByHandsAtOnce) {
  WithMotion()
      .When(Cast("motion-1", 1, 1, v1::CHOICE_YES))
      .When(CloseByHands("motion-1", 3, 0, 0))
      .ThenRejected(kFailedPrecondition, "VOTES_COUNTED_TWICE", "hands");
}

TEST_F(Voting, IsNotCountedByHandsWhereSectorsMustConsent) {
  body_.mutable_rules()->mutable_default_decision()->add_consenting_sectors(v1::SECTOR_MIGRANTS);
  body_.mutable_seats(0)->set_sector(v1::SECTOR_MIGRANTS);
  WithMotion()
      .When(CloseByHands("motion-1", 3, 0, 0))
      .ThenRejected(kFailedPrecondition, "SEATS_MUST_VOTE", "hands");
  EXPECT_EQ(WithMotion()
                .When(Cast("motion-1", 1, 3, v1::CHOICE_YES))
                .When(Close("motion-1"))
                .state()
                .motions(0)
                .motion_state(),
            v1::MOTION_STATE_CARRIED);
}

// --- what a carried motion brings: requirement 14 ---

TEST_F(Voting, AssignsTheActionsOfACarriedMotion) {
  v1::TableMotionRequest motion = Table();
  *motion.add_actions() = Action("Write");
  *motion.add_actions() = Action("Print");
  auto meeting = WithMotion(4, motion);
  EXPECT_THAT(Names(meeting.When(CloseByHands("motion-1", 3, 0, 0)).ThenEvents()),
              ElementsAre("MotionCarried", "ActionAssigned", "ActionAssigned"));
  const v1::AssignedAction& second = meeting.state().actions(1);
  EXPECT_EQ(second.action_item(), "realms/test/committees/cmd/actionItems/q1-motion-1-2");
  EXPECT_EQ(second.owner_office(), Office("planning"));
  EXPECT_EQ(ToString(second.due_date()), "2016-06");
}

TEST_F(Voting, IsNotClosedIfItAsksForActionWithoutWhatWhoAndWhen) {
  const std::vector<v1::PlannedAction> incomplete = {Action(""), Action("Write", ""),
                                                     Action("Write", Office("planning"), 0)};
  for (const v1::PlannedAction& action : incomplete) {
    v1::TableMotionRequest motion = Table();
    *motion.add_actions() = action;
    WithMotion(4, motion)
        .When(CloseByHands("motion-1", 3, 0, 0))
        .ThenRejected(kFailedPrecondition, "ACTIONS_INCOMPLETE", "actions");
  }
  v1::TableMotionRequest without = Table();
  without.set_asks_for_action(true);
  WithMotion(4, without)
      .When(CloseByHands("motion-1", 3, 0, 0))
      .ThenRejected(kFailedPrecondition, "ACTIONS_INCOMPLETE", "actions");
}

TEST_F(Voting, AsksForCompleteActionsAlsoOfARecommendation) {
  v1::TableMotionRequest motion = Table();
  motion.set_asks_for_action(true);
  WithMotion(2, motion)
      .When(CloseByHands("motion-1", 2, 0, 0))
      .ThenRejected(kFailedPrecondition, "ACTIONS_INCOMPLETE", "actions");
}

TEST_F(Voting, AsksForNoActionsOfALostMotion) {
  v1::TableMotionRequest motion = Table();
  motion.set_asks_for_action(true);
  EXPECT_EQ(WithMotion(4, motion).When(CloseByHands("motion-1", 0, 3, 0)).ThenEvents().size(), 1u);
}

TEST_F(Voting, MayCompleteTheActionsAtTheClose) {
  v1::TableMotionRequest motion = Table();
  motion.set_asks_for_action(true);
  v1::CloseMotionRequest close = CloseByHands("motion-1", 3, 0, 0);
  *close.add_actions() = Action();
  EXPECT_EQ(WithMotion(4, motion).When(close).state().actions_size(), 1);
}

TEST_F(Voting, IsNotClosedWithAPersonAsOwnerOfAnAction) {
  v1::CloseMotionRequest close = CloseByHands("motion-1", 3, 0, 0);
  *close.add_actions() = Action("Write", Person(1));
  WithMotion().When(close).ThenRejected(kInvalidArgument, "ACTION_OWNER_NOT_AN_OFFICE",
                                        "actions[0].owner_office");
}

// --- resolutions ---

v1::TableMotionRequest TableResolution() {
  v1::TableMotionRequest motion = Table();
  motion.set_resolution_title("Desks");
  motion.add_addressees()->set_addressee("realms/test/territories/lipa");
  return motion;
}

TEST_F(Voting, AdoptsAResolutionUnderTheNextNumberOfItsYear) {
  v1::RegisteredResolution& earlier = *body_.add_resolutions();
  earlier.set_number("4-2016");
  earlier.set_year(2016);
  earlier.set_sequence(4);
  auto meeting = WithMotion(4, TableResolution());
  const auto events = meeting.When(CloseByHands("motion-1", 3, 0, 0)).ThenEvents();
  ASSERT_THAT(Names(events), ElementsAre("MotionCarried", "ResolutionAdopted"));
  EXPECT_EQ(events[1].resolution_adopted().number().number(), "5-2016");
  EXPECT_EQ(events[1].resolution_adopted().addressees_size(), 1);
  EXPECT_EQ(ToString(events[1].resolution_adopted().adopted_on()), kDay);
  EXPECT_EQ(meeting.state().motions(0).resolution_number(), "5-2016");
}

TEST_F(Voting, AdoptsAResolutionUnderTheNumberThatHistoryGaveIt) {
  v1::CloseMotionRequest close = CloseByHands("motion-1", 3, 0, 0);
  close.set_resolution_number("IV-A-09-2013");
  EXPECT_EQ(WithMotion(4, TableResolution()).When(close).state().motions(0).resolution_number(),
            "IV-A-09-2013");
}

TEST_F(Voting, IsNotClosedWithANumberThatIsTaken) {
  body_.add_resolutions()->set_number("IV-A-09-2013");
  v1::CloseMotionRequest close = CloseByHands("motion-1", 3, 0, 0);
  close.set_resolution_number("IV-A-09-2013");
  WithMotion(4, TableResolution())
      .When(close)
      .ThenRejected(kAlreadyExists, "NUMBER_TAKEN", "resolution_number");
}

TEST_F(Voting, GivesWhatComesOfItAFreeNameIfHistoryHasTheUsualOne) {
  v1::TableMotionRequest motion = TableResolution();
  *motion.add_actions() = Action();
  auto meeting = WithMotion(4, motion);
  const std::string resolution = std::string(kBody) + "/resolutions/q1-motion-1";
  const std::string action = std::string(kBody) + "/actionItems/q1-motion-1-1";
  meeting.Beside(resolution, "adopted", v1::ResolutionState());
  meeting.Beside(action, "open", v1::ResolutionState());
  meeting.When(CloseByHands("motion-1", 3, 0, 0));
  EXPECT_EQ(meeting.state().motions(0).resolution(), resolution + "-2");
  EXPECT_EQ(meeting.state().actions(0).action_item(), action + "-2");
}

// --- ratification ---

TEST_F(Voting, RatifiesARecommendationWithItsMatter) {
  const auto events = Ratifying(4).When(CloseByHands("motion-1", 3, 0, 0)).ThenEvents();
  ASSERT_THAT(Names(events),
              ElementsAre("MotionCarried", "RecommendationRatified", "MatterDecided"));
  EXPECT_EQ(events[1].recommendation_ratified().resolution(), kRecommendation);
  EXPECT_EQ(events[1].recommendation_ratified().number().number(), "1-2016");
  EXPECT_EQ(events[2].matter_decided().matter(), kMatter);
}

TEST_F(Voting, RejectsARecommendationThatIsNotRatified) {
  EXPECT_THAT(Names(Ratifying(4).When(CloseByHands("motion-1", 0, 3, 0)).ThenEvents()),
              ElementsAre("MotionLost", "RecommendationRejected"));
}

TEST_F(Voting, RatifiesOnlyWithAQuorum) {
  Ratifying(2)
      .When(CloseByHands("motion-1", 2, 0, 0))
      .ThenRejected(kFailedPrecondition, "QUORUM_NOT_MET", "motion");
}

TEST_F(Voting, RatifiesNothingThatWasSettledInTheMeantime) {
  for (const std::string state : {"adopted", "rejected"}) {
    Ratifying(4, state)
        .When(CloseByHands("motion-1", 3, 0, 0))
        .ThenRejected(kFailedPrecondition, "RECOMMENDATION_NOT_OPEN", "motion");
    EXPECT_THAT(Names(Ratifying(4, state).When(CloseByHands("motion-1", 0, 3, 0)).ThenEvents()),
                ElementsAre("MotionLost"));
  }
}

TEST_F(Voting, RatifiesWithoutTheMatterIfThatWasSettledInTheMeantime) {
  auto meeting = Ratifying(4);
  meeting.Beside(kMatter, "closed", v1::MatterState());
  EXPECT_THAT(Names(meeting.When(CloseByHands("motion-1", 3, 0, 0)).ThenEvents()),
              ElementsAre("MotionCarried", "RecommendationRatified"));
}

// --- matters ---

TEST_F(Voting, DecidesTheMatterOfACarriedMotion) {
  v1::TableMotionRequest motion = Table();
  motion.set_matter(kMatter);
  motion.set_matter_effect(v1::MATTER_EFFECT_DROP);
  auto meeting = Sitting();
  meeting.Beside(kMatter, "open", v1::MatterState()).When(motion);
  const auto events = meeting.When(CloseByHands("motion-1", 3, 0, 0)).ThenEvents();
  ASSERT_THAT(Names(events), ElementsAre("MotionCarried", "MatterDecided"));
  EXPECT_EQ(events[1].matter_decided().effect(), v1::MATTER_EFFECT_DROP);
}

TEST_F(Voting, DecidesNoMatterThatWasSettledInTheMeantime) {
  v1::TableMotionRequest motion = Table();
  motion.set_matter(kMatter);
  motion.set_matter_effect(v1::MATTER_EFFECT_CLOSE);
  auto meeting = Sitting();
  meeting.Beside(kMatter, "open", v1::MatterState()).When(motion);
  meeting.Beside(kMatter, "closed", v1::MatterState());
  meeting.When(CloseByHands("motion-1", 3, 0, 0))
      .ThenRejected(kFailedPrecondition, "MATTER_EFFECT_IMPOSSIBLE", "matter_effect");
}

// --- AssignAction: by word of the presider, without a vote ---

class AssignAction : public Voting {};

TEST_F(AssignAction, NamesTheOfficeAndTheDay) {
  v1::AssignActionRequest request;
  *request.mutable_action() = Action();
  const v1::MeetingState meeting = Sitting().When(request).state();
  ASSERT_EQ(meeting.actions_size(), 1);
  EXPECT_EQ(meeting.actions(0).action_item(), "realms/test/committees/cmd/actionItems/q1-action-1");
  EXPECT_EQ(meeting.actions(0).motion(), "");
}

TEST_F(AssignAction, IsRefusedWithoutWhatWhoAndWhen) {
  for (const v1::PlannedAction& action :
       {Action(""), Action("Write", ""), Action("Write", Office("planning"), 0)}) {
    v1::AssignActionRequest request;
    *request.mutable_action() = action;
    Sitting().When(request).ThenRejected(kFailedPrecondition, "ACTIONS_INCOMPLETE", "action");
  }
}

TEST_F(AssignAction, IsRefusedToAPerson) {
  v1::AssignActionRequest request;
  *request.mutable_action() = Action("Write", Person(1));
  Sitting().When(request).ThenRejected(kInvalidArgument, "ACTION_OWNER_NOT_AN_OFFICE",
                                       "action.owner_office");
}

TEST_F(AssignAction, IsRefusedOnAnItemThatIsNotOnTheAgenda) {
  v1::AssignActionRequest request;
  *request.mutable_action() = Action();
  request.set_agenda_item("other");
  Sitting().When(request).ThenRejected(kNotFound, "ITEM_NOT_FOUND", "agenda_item");
}

// --- when ---

TEST_F(Voting, IsNotClosedBeforeItWasTabledAndVotedOn) {
  v1::TableMotionRequest motion = Table();
  *motion.mutable_at() = Time("10:00");
  v1::CloseMotionRequest close = CloseByHands("motion-1", 3, 0, 0);
  *close.mutable_at() = Time("09:30");
  WithMotion(4, motion).When(close).ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER", "at");
  v1::CastVotesRequest cast = Cast("motion-1", 1, 3, v1::CHOICE_YES);
  *cast.mutable_at() = Time("11:00");
  close = Close("motion-1");
  *close.mutable_at() = Time("10:30");
  WithMotion(4, motion).When(cast).When(close).ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER",
                                                            "at");
  *cast.mutable_at() = Time("09:59");
  WithMotion(4, motion).When(cast).ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER", "at");
}

// The sheet of a past meeting is entered as it stands: all have left before the first motion is.
TEST_F(Voting, EnteredLateIsOfTheTimeAtWhichTheyWereThere) {
  v1::RecordDeparturesRequest left;
  for (int n = 1; n <= 4; ++n) left.add_departures()->set_seat(Seat(n));
  *left.mutable_at() = Time("16:00");
  auto late = [&] {
    Given<Meeting> given = Sitting(4);
    return given.When(left).On("2016-04-01").When(Table());
  };
  const v1::MeetingState tabled = late().state();
  ASSERT_EQ(tabled.motions_size(), 1);
  EXPECT_EQ(tabled.motions(0).tabled_time().seconds(), Time("09:00").seconds());
  const v1::MeetingState carried =
      late().When(Cast("motion-1", 1, 3, v1::CHOICE_YES)).When(Close("motion-1")).state();
  EXPECT_EQ(carried.motions(0).motion_state(), v1::MOTION_STATE_CARRIED);
  v1::TableMotionRequest again = Table();
  *again.mutable_at() = Time("16:00");
  late().When(again).ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "mover_seat");
}

// --- what is ratified ---

TEST_F(Voting, CountsARatificationByTheRuleForWhatWasRecommended) {
  auto& special = *body_.mutable_rules()->add_special_decisions();
  special.set_decision_kind("charter");
  special.mutable_rule()->set_method(v1::DECISION_METHOD_UNANIMITY);
  v1::ResolutionState waiting = Recommendation();
  waiting.set_text("That the charter be amended");
  waiting.set_decision_kind("charter");
  v1::TableMotionRequest motion = Table("We ratify");
  motion.set_ratifies(kRecommendation);
  const auto ratifying = [&] {
    Given<Meeting> given = Sitting(4);
    given.Beside(kRecommendation, "recommended", waiting)
        .Beside(kMatter, "open", v1::MatterState());
    return given.When(motion);
  };
  EXPECT_EQ(ratifying().state().motions(0).rule().method(), v1::DECISION_METHOD_UNANIMITY);
  const auto events = ratifying().When(CloseByHands("motion-1", 4, 0, 0)).ThenEvents();
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[2].matter_decided().text(), "That the charter be amended");
  v1::CloseMotionRequest with_actions = CloseByHands("motion-1", 4, 0, 0);
  *with_actions.add_actions() = Action();
  ratifying().When(with_actions).ThenRejected(kInvalidArgument, "RATIFICATION_ADDS", "actions");
  motion.set_decision_kind("other");
  ratifying().ThenRejected(kInvalidArgument, "RATIFICATION_ADDS", "decision_kind");
}

TEST_F(Voting, KeepsTheKindOfDecisionWithTheRecommendation) {
  v1::TableMotionRequest motion = Table();
  motion.set_decision_kind("charter");
  const auto events = WithMotion(2, motion).When(CloseByHands("motion-1", 2, 0, 0)).ThenEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].motion_recommended().decision_kind(), "charter");
}

}  // namespace
}  // namespace kasundo::committees
