// What is proposed to a meeting: tabling, seconding, amending, recusal, withdrawal.
#include "kasundo/committees/v1/matters_events.pb.h"
#include "kasundo/committees/v1/resolutions_events.pb.h"
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;

constexpr char kMatter[] = "realms/test/committees/cmd/matters/desks";
constexpr char kRecommendation[] = "realms/test/committees/cmd/resolutions/q4-fund";

v1::MatterState MatterBeforeBody() { return Parse<v1::MatterState>("title: 'Desks'"); }

v1::MatterState MatterFromBelow(bool answered = false) {
  v1::MatterState matter = MatterBeforeBody();
  matter.set_origin("realms/test/committees/local/matters/desks");
  if (answered) matter.set_answer("Granted");
  return matter;
}

v1::ResolutionState Recommendation() {
  return Parse<v1::ResolutionState>(R"pb(
    title: "Fund"
    meeting: "realms/test/committees/cmd/meetings/q4"
    actions {
      title: "Find the money"
      owner_office: "realms/test/offices/planning"
      due_date { year: 2016 }
    }
    matter: "realms/test/committees/cmd/matters/desks"
    matter_effect: MATTER_EFFECT_CLOSE
  )pb");
}

v1::TableMotionRequest TableOn(v1::MatterEffect effect, const std::string& matter = kMatter) {
  v1::TableMotionRequest request = Table();
  request.set_matter(matter);
  request.set_matter_effect(effect);
  return request;
}

v1::TableMotionRequest Ratify(const std::string& resolution = kRecommendation) {
  v1::TableMotionRequest request = Table("Ratify");
  request.set_ratifies(resolution);
  return request;
}

v1::SecondMotionRequest Second(const std::string& motion, int seat) {
  v1::SecondMotionRequest request;
  request.set_motion(motion);
  request.set_seat(Seat(seat));
  return request;
}

v1::AmendMotionRequest Amend(const std::string& motion, int seat, const std::string& text) {
  v1::AmendMotionRequest request;
  request.set_motion(motion);
  request.set_seat(Seat(seat));
  request.set_text(text);
  return request;
}

v1::RecuseFromMotionRequest Recuse(const std::string& motion, int seat) {
  v1::RecuseFromMotionRequest request;
  request.set_motion(motion);
  request.set_seat(Seat(seat));
  return request;
}

v1::WithdrawMotionRequest Withdraw(const std::string& motion) {
  v1::WithdrawMotionRequest request;
  request.set_motion(motion);
  return request;
}

// A meeting of three seats with the holders of s1 and s2 in the room and a vacant s3.
class Motions : public ::testing::Test {
 protected:
  Motions() { body_.mutable_seats(2)->clear_holders(); }

  Given<Meeting> Sitting() { return InMeeting(Present(body_, 2), body_); }
  Given<Meeting> WithMotion() {
    Given<Meeting> given = Sitting();
    given.When(Table()).Because("for the test");
    return given;
  }
  Given<Meeting> WithMatter(const v1::MatterState& matter, const std::string& state = "open") {
    Given<Meeting> given = Sitting();
    given.Beside(kMatter, state, matter);
    return given;
  }

  v1::CommitteeState body_ = Body(3);
};

// --- TableMotion ---

TEST_F(Motions, AreTabledWithMoverItemAndTheRuleOfTheirKind) {
  v1::SpecialDecisionRule& special = *body_.mutable_rules()->add_special_decisions();
  special.set_decision_kind("amend the rules");
  special.mutable_rule()->set_method(v1::DECISION_METHOD_TWO_THIRDS);
  v1::AddAgendaItemRequest item;
  item.set_item_id("rules");
  v1::TableMotionRequest request = Table("Quorum of seven");
  request.set_agenda_item("rules");
  request.set_decision_kind("amend the rules");
  const v1::MeetingState meeting = Sitting().When(item).When(request).state();
  ASSERT_EQ(meeting.motions_size(), 1);
  const v1::Motion& motion = meeting.motions(0);
  EXPECT_EQ(motion.motion(), "motion-1");
  EXPECT_EQ(motion.mover_seat(), "s1");
  EXPECT_EQ(motion.agenda_item(), "rules");
  EXPECT_EQ(motion.rule().method(), v1::DECISION_METHOD_TWO_THIRDS);
  EXPECT_EQ(motion.motion_state(), v1::MOTION_STATE_TABLED);
}

TEST_F(Motions, TakeTheNextFreeIdIfNoneIsGiven) {
  v1::TableMotionRequest named = Table();
  named.set_motion_id("motion-2");
  const v1::MeetingState meeting = Sitting().When(named).When(Table()).state();
  EXPECT_EQ(meeting.motions(1).motion(), "motion-3");
}

TEST_F(Motions, AreRefusedWithAnIdThatCannotBe) {
  v1::TableMotionRequest request = Table();
  request.set_motion_id("Motion 1");
  Sitting().When(request).ThenRejected(kInvalidArgument, "ID_INVALID", "motion_id");
}

TEST_F(Motions, AreRefusedWithAnIdThatIsTaken) {
  v1::TableMotionRequest request = Table();
  request.set_motion_id("motion-1");
  WithMotion().When(request).ThenRejected(kAlreadyExists, "MOTION_EXISTS", "motion_id");
}

TEST_F(Motions, AreRefusedOnAnItemThatIsNotOnTheAgenda) {
  v1::TableMotionRequest request = Table();
  request.set_agenda_item("other");
  Sitting().When(request).ThenRejected(kNotFound, "ITEM_NOT_FOUND", "agenda_item");
}

TEST_F(Motions, AreRefusedFromASeatThatTheMeetingDoesNotHave) {
  v1::TableMotionRequest request = Table();
  request.set_mover_seat("s9");
  Sitting().When(request).ThenRejected(kNotFound, "SEAT_NOT_FOUND", "mover_seat");
}

TEST_F(Motions, AreRefusedFromASeatWithoutAVote) {
  body_.mutable_seats(0)->set_kind(v1::SEAT_KIND_ADVISORY);
  Sitting().When(Table()).ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "mover_seat");
}

TEST_F(Motions, AreRefusedFromAnAbsentSeat) {
  InMeeting(Opened(body_), body_)
      .When(Table())
      .ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "mover_seat");
}

TEST_F(Motions, AreRefusedFromAStandInWithoutAWrittenAuthority) {
  auto meeting = InMeeting(Opened(body_), body_);
  meeting.When(StandIn(1, Person(9)));
  meeting.When(Table()).ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "mover_seat");
  meeting.When(Authority(1, Person(9))).When(Table());
  EXPECT_EQ(meeting.state().motions_size(), 1);
}

TEST_F(Motions, AreRefusedFromAStandInForAVacantOrBarredSeat) {
  body_.mutable_seats(1)->set_stand_ins_barred(true);
  for (const int seat : {2, 3}) {
    v1::TableMotionRequest request = Table();
    request.set_mover_seat(Seat(seat));
    InMeeting(Opened(body_), body_)
        .When(StandIn(seat, Person(9)))
        .When(request)
        .ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "mover_seat");
  }
}

TEST_F(Motions, AreTabledByMembersForTheirOwnSeatOnly) {
  EXPECT_EQ(Sitting().As(Somebody(Person(1))).When(Table()).ThenEvents().size(), 1u);
  Sitting().As(Somebody(Person(2))).When(Table()).ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT");
}

TEST_F(Motions, AreRefusedWithAddresseesButNoTitle) {
  v1::TableMotionRequest request = Table();
  request.add_addressees()->set_addressee("realms/test/territories/lipa");
  Sitting().When(request).ThenRejected(kInvalidArgument, "FIELD_REQUIRED", "resolution_title");
}

TEST_F(Motions, AreRefusedWithAPersonAsAddresseeOrOneTwice) {
  v1::TableMotionRequest request = Table();
  request.set_resolution_title("Desks");
  request.add_addressees()->set_addressee("realms/test/territories/lipa");
  request.add_addressees()->set_addressee("realms/test/territories/lipa");
  Sitting().When(request).ThenRejected(kInvalidArgument, "ADDRESSEE_INVALID",
                                       "addressees[1].addressee");
  request.mutable_addressees(1)->set_addressee(Person(1));
  Sitting().When(request).ThenRejected(kInvalidArgument, "ADDRESSEE_INVALID",
                                       "addressees[1].addressee");
}

TEST_F(Motions, AreRefusedWithAPersonAsOwnerOfAnAction) {
  v1::TableMotionRequest request = Table();
  request.add_actions()->set_owner_office(Office("planning"));
  request.add_actions()->set_owner_office(Person(1));
  Sitting().When(request).ThenRejected(kInvalidArgument, "ACTION_OWNER_NOT_AN_OFFICE",
                                       "actions[1].owner_office");
}

TEST_F(Motions, AskForActionIfTheyNameOne) {
  v1::TableMotionRequest request = Table();
  request.add_actions()->set_title("Write");
  EXPECT_TRUE(Sitting().When(request).state().motions(0).asks_for_action());
  EXPECT_FALSE(Sitting().When(Table()).state().motions(0).asks_for_action());
}

// --- on a matter ---

TEST_F(Motions, OnAMatterNeedAnEffectAndTheOtherWayRound) {
  WithMatter(MatterBeforeBody())
      .When(TableOn(v1::MATTER_EFFECT_UNSPECIFIED))
      .ThenRejected(kInvalidArgument, "MATTER_EFFECT_INCOMPLETE", "matter_effect");
  WithMatter(MatterBeforeBody())
      .When(TableOn(v1::MATTER_EFFECT_CLOSE, ""))
      .ThenRejected(kInvalidArgument, "MATTER_EFFECT_INCOMPLETE", "matter");
}

TEST_F(Motions, MayCloseOrDropAMatterThatBeganHereOrWasAnswered) {
  for (const auto effect : {v1::MATTER_EFFECT_CLOSE, v1::MATTER_EFFECT_DROP}) {
    EXPECT_EQ(WithMatter(MatterBeforeBody()).When(TableOn(effect)).state().motions_size(), 1);
    v1::MatterState answered = MatterBeforeBody();
    answered.set_answer("Granted");
    EXPECT_EQ(WithMatter(answered, "answered").When(TableOn(effect)).state().motions_size(), 1);
  }
}

TEST_F(Motions, AreRefusedOnAMatterThatIsNotOpenHere) {
  const auto refused = [&](Given<Meeting> meeting, const std::string& matter) {
    meeting.When(TableOn(v1::MATTER_EFFECT_CLOSE, matter))
        .ThenRejected(kFailedPrecondition, "MATTER_EFFECT_IMPOSSIBLE", "matter_effect");
  };
  refused(Sitting(), kMatter);
  refused(WithMatter(MatterBeforeBody(), "forwarded"), kMatter);
  refused(WithMatter(MatterBeforeBody(), "closed"), kMatter);
  const std::string elsewhere = "realms/test/committees/local/matters/desks";
  refused(Sitting().Beside(elsewhere, "open", MatterBeforeBody()), elsewhere);
}

TEST_F(Motions, CannotCloseOrDropAMatterForWhoseAnswerABodyBelowWaits) {
  for (const auto effect : {v1::MATTER_EFFECT_CLOSE, v1::MATTER_EFFECT_DROP}) {
    WithMatter(MatterFromBelow())
        .When(TableOn(effect))
        .ThenRejected(kFailedPrecondition, "MATTER_EFFECT_IMPOSSIBLE", "matter_effect");
  }
}

TEST_F(Motions, AnswerOnlyAMatterForWhoseAnswerABodyBelowWaits) {
  EXPECT_EQ(
      WithMatter(MatterFromBelow()).When(TableOn(v1::MATTER_EFFECT_ANSWER)).state().motions_size(),
      1);
  for (const v1::MatterState& matter : {MatterBeforeBody(), MatterFromBelow(true)}) {
    WithMatter(matter)
        .When(TableOn(v1::MATTER_EFFECT_ANSWER))
        .ThenRejected(kFailedPrecondition, "MATTER_EFFECT_IMPOSSIBLE", "matter_effect");
  }
}

TEST_F(Motions, RaiseAMatterOnlyIfTheBodyHasAParent) {
  WithMatter(MatterBeforeBody())
      .When(TableOn(v1::MATTER_EFFECT_RAISE))
      .ThenRejected(kFailedPrecondition, "MATTER_EFFECT_IMPOSSIBLE", "matter_effect");
  body_.set_parent_body("realms/test/committees/rdc");
  EXPECT_EQ(
      WithMatter(MatterBeforeBody()).When(TableOn(v1::MATTER_EFFECT_RAISE)).state().motions_size(),
      1);
}

// --- that ratify ---

TEST_F(Motions, ThatRatifyTakeEverythingFromTheRecommendation) {
  const v1::MeetingState meeting =
      Sitting().Beside(kRecommendation, "recommended", Recommendation()).When(Ratify()).state();
  const v1::Motion& motion = meeting.motions(0);
  EXPECT_EQ(motion.ratifies(), kRecommendation);
  EXPECT_EQ(motion.resolution_title(), "Fund");
  EXPECT_EQ(motion.actions(0).title(), "Find the money");
  EXPECT_TRUE(motion.asks_for_action());
  EXPECT_EQ(motion.matter(), kMatter);
  EXPECT_EQ(motion.matter_effect(), v1::MATTER_EFFECT_CLOSE);
}

TEST_F(Motions, ThatRatifyAddNothing) {
  auto meeting = Sitting();
  meeting.Beside(kRecommendation, "recommended", Recommendation());
  const auto refused = [&](const v1::TableMotionRequest& request) {
    meeting.When(request).ThenRejected(kInvalidArgument, "RATIFICATION_ADDS", "ratifies");
  };
  v1::TableMotionRequest request = Ratify();
  request.set_asks_for_action(true);
  refused(request);
  request = Ratify();
  request.add_actions();
  refused(request);
  request = Ratify();
  request.add_addressees();
  refused(request);
  request = Ratify();
  request.set_resolution_title("Another");
  refused(request);
  request = Ratify();
  request.set_matter(kMatter);
  refused(request);
}

TEST_F(Motions, RatifyOnlyWhatWaitsInThisBodySinceAnEarlierMeeting) {
  const auto refused = [](Given<Meeting> meeting, const std::string& name) {
    meeting.When(Ratify(name))
        .ThenRejected(kFailedPrecondition, "RECOMMENDATION_NOT_OPEN", "ratifies");
  };
  refused(Sitting(), kRecommendation);
  for (const std::string state : {"adopted", "rejected"}) {
    refused(Sitting().Beside(kRecommendation, state, Recommendation()), kRecommendation);
  }
  const std::string elsewhere = "realms/test/committees/laguna/resolutions/q4-fund";
  refused(Sitting().Beside(elsewhere, "recommended", Recommendation()), elsewhere);
  v1::ResolutionState of_this_meeting = Recommendation();
  of_this_meeting.set_meeting(kMeeting);
  refused(Sitting().Beside(kRecommendation, "recommended", of_this_meeting), kRecommendation);
}

// --- SecondMotion ---

TEST_F(Motions, AreSecondedByAnotherSeat) {
  EXPECT_EQ(WithMotion().When(Second("motion-1", 2)).state().motions(0).seconder_seat(), "s2");
}

TEST_F(Motions, AreNotSecondedByWhoMovesThem) {
  WithMotion()
      .When(Second("motion-1", 1))
      .ThenRejected(kFailedPrecondition, "SECONDER_IS_MOVER", "seat");
}

TEST_F(Motions, AreNotSecondedTwice) {
  WithMotion()
      .When(Second("motion-1", 2))
      .When(Second("motion-1", 2))
      .ThenRejected(kFailedPrecondition, "ALREADY_SECONDED", "motion");
}

TEST_F(Motions, AreNotSecondedByASeatThatDoesNotCount) {
  WithMotion()
      .When(Second("motion-1", 3))
      .ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "seat");
  WithMotion().When(Second("motion-1", 9)).ThenRejected(kNotFound, "SEAT_NOT_FOUND", "seat");
}

TEST_F(Motions, AreNotSecondedForAnotherSeat) {
  WithMotion()
      .As(Somebody(Person(3)))
      .When(Second("motion-1", 2))
      .ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT");
}

// --- AmendMotion ---

TEST_F(Motions, KeepTheTextBeforeAndAfterAnAmendment) {
  const v1::MeetingState meeting =
      WithMotion().When(Amend("motion-1", 2, "That it be done soon")).state();
  const v1::Motion& motion = meeting.motions(0);
  EXPECT_EQ(motion.text(), "That it be done soon");
  ASSERT_EQ(motion.amendments_size(), 1);
  EXPECT_EQ(motion.amendments(0).text_before(), "That it be done");
  EXPECT_EQ(motion.amendments(0).seat(), "s2");
}

TEST_F(Motions, AreNotAmendedOnceVotingHasBegun) {
  WithMotion()
      .When(Cast("motion-1", 1, 1, v1::CHOICE_YES))
      .When(Amend("motion-1", 2, "Another"))
      .ThenRejected(kFailedPrecondition, "VOTING_HAS_BEGUN", "motion");
}

TEST_F(Motions, ThatRatifyAreNotAmended) {
  Sitting()
      .Beside(kRecommendation, "recommended", Recommendation())
      .When(Ratify())
      .When(Amend("motion-1", 2, "Another"))
      .ThenRejected(kInvalidArgument, "RATIFICATION_ADDS", "text");
}

TEST_F(Motions, AreNotAmendedToTheSameText) {
  WithMotion()
      .When(Amend("motion-1", 2, "That it be done"))
      .ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "text");
}

TEST_F(Motions, AreNotAmendedByASeatThatDoesNotCountNorForAnother) {
  WithMotion()
      .When(Amend("motion-1", 3, "Another"))
      .ThenRejected(kFailedPrecondition, "SEAT_NOT_COUNTED", "seat");
  WithMotion()
      .As(Somebody(Person(3)))
      .When(Amend("motion-1", 2, "Another"))
      .ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT");
}

// --- RecuseFromMotion ---

TEST_F(Motions, KeepWhoLeftTheCountAndWhy) {
  const v1::MeetingState meeting =
      WithMotion().Because("Owns land at the site").When(Recuse("motion-1", 2)).state();
  ASSERT_EQ(meeting.motions(0).recusals_size(), 1);
  EXPECT_EQ(meeting.motions(0).recusals(0).seat(), "s2");
  EXPECT_EQ(meeting.motions(0).recusals(0).reason(), "Owns land at the site");
}

TEST_F(Motions, AreNotLeftWithoutAReason) {
  WithMotion()
      .Because("")
      .When(Recuse("motion-1", 2))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
}

TEST_F(Motions, AreLeftOnceAndOnlyBeforeVoting) {
  WithMotion()
      .When(Recuse("motion-1", 2))
      .When(Recuse("motion-1", 2))
      .ThenRejected(kFailedPrecondition, "SEAT_RECUSED", "seat");
  WithMotion()
      .When(Cast("motion-1", 2, 2, v1::CHOICE_YES))
      .When(Recuse("motion-1", 2))
      .ThenRejected(kFailedPrecondition, "SEAT_HAS_VOTED", "seat");
}

TEST_F(Motions, AreLeftByTheOwnSeatOnly) {
  WithMotion()
      .As(Somebody(Person(1)))
      .When(Recuse("motion-1", 9))
      .ThenRejected(kNotFound, "SEAT_NOT_FOUND", "seat");
  WithMotion()
      .As(Somebody(Person(3)))
      .When(Recuse("motion-1", 2))
      .ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT");
}

// --- WithdrawMotion ---

TEST_F(Motions, AreTakenBackByWhoMovedThem) {
  EXPECT_EQ(WithMotion()
                .As(Somebody(Person(1)))
                .When(Withdraw("motion-1"))
                .state()
                .motions(0)
                .motion_state(),
            v1::MOTION_STATE_WITHDRAWN);
  WithMotion()
      .As(Somebody(Person(2)))
      .When(Withdraw("motion-1"))
      .ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT");
}

TEST_F(Motions, AreNotTakenBackWithoutAReason) {
  WithMotion()
      .Because("")
      .When(Withdraw("motion-1"))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
}

// --- on what is not there, or closed ---

TEST_F(Motions, ThatAreNotThereCannotBeActedOn) {
  const auto refused = [&](const auto& request) {
    WithMotion().When(request).ThenRejected(kNotFound, "MOTION_NOT_FOUND", "motion");
  };
  refused(Second("other", 2));
  refused(Amend("other", 2, "Another"));
  refused(Recuse("other", 2));
  refused(Withdraw("other"));
  refused(Cast("other", 2, 2, v1::CHOICE_YES));
  refused(Close("other"));
}

TEST_F(Motions, ThatAreClosedOrWithdrawnCannotBeActedOn) {
  const auto refused = [&](const auto& request) {
    WithMotion()
        .When(Withdraw("motion-1"))
        .When(request)
        .ThenRejected(kFailedPrecondition, "MOTION_NOT_OPEN", "motion");
    WithMotion()
        .When(CloseByHands("motion-1", 2, 0, 0))
        .When(request)
        .ThenRejected(kFailedPrecondition, "MOTION_NOT_OPEN", "motion");
  };
  refused(Second("motion-1", 2));
  refused(Amend("motion-1", 2, "Another"));
  refused(Recuse("motion-1", 2));
  refused(Withdraw("motion-1"));
  refused(Cast("motion-1", 2, 2, v1::CHOICE_YES));
  refused(Close("motion-1"));
}

}  // namespace
}  // namespace kasundo::committees
