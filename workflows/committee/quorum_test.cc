#include "workflows/committee/quorum.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;

v1::QuorumCount Count(const v1::MeetingState& meeting, const std::string& at = "09:00") {
  return CountQuorum(meeting, InstantOf(Time(at)));
}

v1::StandInAuthority& Authorise(v1::CommitteeState& body, int seat, const std::string& person) {
  v1::StandInAuthority& authority = *body.mutable_seats(seat - 1)->add_authorities();
  authority.set_id("a1");
  authority.set_person(person);
  *authority.mutable_document()->mutable_date() = MakeDate(2016, 1, 5);
  return authority;
}

TEST(Quorum, NeedsMoreThanHalfOfTheFilledRegularSeatsIfNoRuleSaysOtherwise) {
  const v1::CommitteeState body = Body(18);
  EXPECT_EQ(Count(Present(body, 9)).needed(), 10);
  EXPECT_FALSE(Count(Present(body, 9)).met());
  EXPECT_TRUE(Count(Present(body, 10)).met());
}

TEST(Quorum, ExplainsTheCountInWordsAndFigures) {
  v1::CommitteeState body = Body(18);
  const v1::MeetingState meeting = InMeeting(Present(body, 9), body)
                                       .When(StandIn(10, Person(91)))
                                       .When(StandIn(11, Person(92)))
                                       .state();
  EXPECT_EQ(
      Count(meeting).explanation(),
      "9 of 18 regular members present; 10 needed; 2 stand-ins not counted: no written authority");
}

TEST(Quorum, ExplainsASingleStandInOfABarredSeat) {
  v1::CommitteeState body = Body(3);
  body.mutable_seats(2)->set_stand_ins_barred(true);
  const v1::MeetingState meeting =
      InMeeting(Present(body, 1), body).When(StandIn(3, Person(9))).state();
  EXPECT_EQ(
      Count(meeting).explanation(),
      "1 of 3 regular members present; 2 needed; 1 stand-in not counted: the seat admits none");
}

TEST(Quorum, CountsAStandInWithAStandingAuthority) {
  v1::CommitteeState body = Body(4);
  Authorise(body, 3, Person(91));
  const v1::MeetingState meeting =
      InMeeting(Present(body, 2), body).When(StandIn(3, Person(91))).state();
  EXPECT_EQ(Count(meeting).present(), 3);
  EXPECT_TRUE(Count(meeting).met());
}

TEST(Quorum, DoesNotCountAnAuthorityOfAnotherPerson) {
  v1::CommitteeState body = Body(4);
  Authorise(body, 3, Person(91));
  const v1::MeetingState meeting =
      InMeeting(Present(body, 2), body).When(StandIn(3, Person(92))).state();
  EXPECT_EQ(Count(meeting).present(), 2);
  ASSERT_EQ(Count(meeting).uncounted_size(), 1);
  EXPECT_EQ(Count(meeting).uncounted(0).reason(), v1::UNCOUNTED_REASON_NO_WRITTEN_AUTHORITY);
}

TEST(Quorum, DoesNotCountAnAuthorityThatHasEnded) {
  v1::CommitteeState body = Body(4);
  *Authorise(body, 3, Person(91)).mutable_until() = MakeDate(2016, 3, 17);
  const v1::MeetingState meeting =
      InMeeting(Present(body, 2), body).When(StandIn(3, Person(91))).state();
  EXPECT_EQ(Count(meeting).present(), 2);
}

TEST(Quorum, DoesNotCountAnAuthorityForAnotherMeeting) {
  v1::CommitteeState body = Body(4);
  Authorise(body, 3, Person(91)).set_meeting("realms/test/committees/cmd/meetings/q2");
  const v1::MeetingState meeting =
      InMeeting(Present(body, 2), body).When(StandIn(3, Person(91))).state();
  EXPECT_EQ(Count(meeting).present(), 2);
}

TEST(Quorum, CountsAnAuthorityFromTheMomentItIsShown) {
  const v1::CommitteeState body = Body(4);
  const v1::MeetingState meeting = InMeeting(Present(body, 2), body)
                                       .When(StandIn(3, Person(91)))
                                       .When(Authority(3, Person(91), "09:40"))
                                       .state();
  EXPECT_FALSE(Count(meeting, "09:39").met());
  EXPECT_TRUE(Count(meeting, "09:40").met());
}

TEST(Quorum, DoesNotCountObserversAndAdvisers) {
  v1::CommitteeState body = Body(3);
  body.mutable_seats(2)->set_kind(v1::SEAT_KIND_ADVISORY);
  v1::RecordArrivalsRequest guests;
  guests.add_arrivals()->set_guest("A visitor");
  guests.add_arrivals()->set_seat("s3");
  *guests.mutable_at() = Time("09:00");
  const v1::QuorumCount count = Count(InMeeting(Present(body, 1), body).When(guests).state());
  EXPECT_EQ(count.members(), 2);
  EXPECT_EQ(count.present(), 1);
  ASSERT_EQ(count.uncounted_size(), 2);
  EXPECT_EQ(count.uncounted(0).reason(), v1::UNCOUNTED_REASON_OBSERVER);
  EXPECT_EQ(count.uncounted(1).reason(), v1::UNCOUNTED_REASON_NOT_REGULAR_MEMBER);
}

TEST(Quorum, LeavesVacantSeatsOutUnlessTheRuleCountsAllRegularSeats) {
  v1::CommitteeState body = Body(6);
  body.mutable_seats(5)->clear_holders();
  EXPECT_EQ(Count(Opened(body)).members(), 5);
  EXPECT_EQ(Count(Opened(body)).needed(), 3);
  body.mutable_rules()->mutable_quorum()->set_base(v1::QUORUM_BASE_ALL_REGULAR_SEATS);
  EXPECT_EQ(Count(Opened(body)).members(), 6);
  EXPECT_EQ(Count(Opened(body)).needed(), 4);
}

TEST(Quorum, DoesNotCountAStandInInAVacantSeat) {
  v1::CommitteeState body = Body(3);
  body.mutable_seats(2)->clear_holders();
  const v1::QuorumCount count = Count(InMeeting(Present(body, 1), body)
                                          .When(StandIn(3, Person(9)))
                                          .When(Authority(3, Person(9)))
                                          .state());
  EXPECT_EQ(count.present(), 1);
  ASSERT_EQ(count.uncounted_size(), 1);
  EXPECT_EQ(count.uncounted(0).reason(), v1::UNCOUNTED_REASON_SEAT_VACANT);
}

TEST(Quorum, RoundsAShareUp) {
  v1::CommitteeState body = Body(7);
  body.mutable_rules()->mutable_quorum()->mutable_fraction()->set_numerator(1);
  body.mutable_rules()->mutable_quorum()->mutable_fraction()->set_denominator(3);
  EXPECT_EQ(Count(Opened(body)).needed(), 3);
}

TEST(Quorum, TakesAFixedNumber) {
  v1::CommitteeState body = Body(7);
  body.mutable_rules()->mutable_quorum()->set_at_least(2);
  EXPECT_EQ(Count(Opened(body)).needed(), 2);
}

TEST(Quorum, IsNeverMetByAnEmptyRoom) {
  v1::CommitteeState body = Body(3);
  body.mutable_rules()->mutable_quorum()->set_at_least(0);
  EXPECT_FALSE(Count(Opened(body)).met());
}

TEST(Quorum, CountsASpanFromComingToLeaving) {
  const v1::CommitteeState body = Body(2);
  v1::RecordDeparturesRequest left;
  left.add_departures()->set_seat("s2");
  *left.mutable_at() = Time("10:00");
  const v1::MeetingState meeting = InMeeting(Present(body, 2), body).When(left).state();
  EXPECT_TRUE(Count(meeting, "09:59").met());
  EXPECT_FALSE(Count(meeting, "10:00").met());
}

TEST(QuorumTimeline, HasAnEntryForEveryChangeAndNoneForNothing) {
  const v1::CommitteeState body = Body(3);
  const v1::MeetingState meeting = InMeeting(Opened(body), body)
                                       .When(Arrivals(1, 1, "09:10"))
                                       .When(Arrivals(2, 2, "09:20"))
                                       .state();
  ASSERT_EQ(meeting.quorum_timeline_size(), 3);
  EXPECT_EQ(meeting.quorum_timeline(0).present(), 0);
  EXPECT_EQ(meeting.quorum_timeline(1).present(), 1);
  EXPECT_TRUE(meeting.quorum_timeline(2).met());
}

TEST(QuorumTimeline, IsTheSameInWhateverOrderPresenceIsEntered) {
  const v1::CommitteeState body = Body(4);
  const std::vector<v1::RecordArrivalsRequest> arrivals = {
      Arrivals(1, 1, "09:10"), Arrivals(2, 2, "09:20"), Arrivals(3, 4, "09:30")};
  auto forwards = InMeeting(Opened(body), body);
  for (const auto& arrival : arrivals) forwards.When(arrival);
  auto backwards = InMeeting(Opened(body), body);
  for (auto arrival = arrivals.rbegin(); arrival != arrivals.rend(); ++arrival)
    backwards.When(*arrival);
  ASSERT_EQ(forwards.state().quorum_timeline_size(), 4);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(forwards.state().quorum_timeline(i).present(),
              backwards.state().quorum_timeline(i).present());
    EXPECT_EQ(forwards.state().quorum_timeline(i).time().seconds(),
              backwards.state().quorum_timeline(i).time().seconds());
  }
}

RC_GTEST_PROP(Quorum, CountsNoSeatTwiceAndNobodyWithoutAuthority, ()) {
  const int seats = *rc::gen::inRange(1, 8);
  const v1::CommitteeState body = Body(seats);
  auto sitting = InMeeting(Opened(body), body);
  for (int n = 1; n <= seats; ++n) {
    if (*rc::gen::arbitrary<bool>()) sitting.When(Arrivals(n, n));
    if (*rc::gen::arbitrary<bool>()) sitting.When(StandIn(n, Person(90 + n)));
  }
  const v1::QuorumCount count = Count(sitting.state());
  std::set<std::string> seen;
  for (const std::string& seat : count.present_seats()) {
    RC_ASSERT(seen.insert(seat).second);
    const Sitting who =
        WhoSits(sitting.state(), *FindSeat(sitting.state(), seat), InstantOf(Time("09:00")));
    RC_ASSERT(who.attendance->presence() == v1::PRESENCE_HOLDER);
  }
  RC_ASSERT(count.present() <= count.members());
  RC_ASSERT(count.met() == (count.present() >= count.needed()));
}

}  // namespace
}  // namespace kasundo::committees
