// Who is who in a meeting, and the guards that its definition may name.
#include "tests/support/test_engine.h"
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;

v1::OpenMeetingRequest OpenUnder(const std::string& seat) {
  v1::OpenMeetingRequest request;
  request.set_presider_seat(seat);
  return request;
}

TEST(MeetingRoles, TheSecretariatActsInItsOffice) {
  const v1::CommitteeState body = Body(3);
  EXPECT_TRUE(InMeeting(Called(body), body).HasRole("secretariat"));
  EXPECT_FALSE(InMeeting(Called(body), body).As(Somebody(Person(1))).HasRole("secretariat"));
}

TEST(MeetingRoles, TheConvenerFollowsTheLeadershipModel) {
  v1::CommitteeState body = Body(3);
  EXPECT_TRUE(InMeeting(Called(body), body).As(Somebody(Person(1))).HasRole("convener"));
  EXPECT_FALSE(InMeeting(Called(body), body).As(Somebody(Person(2))).HasRole("convener"));
  EXPECT_FALSE(InMeeting(Called(body), body).HasRole("convener"));
  body.mutable_leadership()->set_form(v1::LEADERSHIP_FORM_CHAIR_AND_SECRETARIAT);
  EXPECT_TRUE(InMeeting(Called(body), body).HasRole("convener"));
}

TEST(MeetingRoles, AMemberHoldsASeatOnTheMeetingsDay) {
  v1::CommitteeState body = Body(3);
  v1::SeatHolder& former = *body.mutable_seats(1)->mutable_holders(0);
  *former.mutable_since() = MakeDate(2012);
  *former.mutable_until() = MakeDate(2016, 3, 17);
  EXPECT_TRUE(InMeeting(Called(body), body).As(Somebody(Person(1))).HasRole("member"));
  EXPECT_FALSE(
      InMeeting(Called(body), body).As(Somebody(Person(2))).On("2016-03-01").HasRole("member"));
}

TEST(MeetingRoles, AStandInHasAWrittenAuthority) {
  const v1::CommitteeState body = Body(3);
  auto meeting = InMeeting(Present(body, 1), body);
  meeting.When(StandIn(2, Person(9))).As(Somebody(Person(9)));
  EXPECT_FALSE(meeting.HasRole("stand-in"));
  meeting.When(Authority(2, Person(9)));
  EXPECT_TRUE(meeting.HasRole("stand-in"));
}

TEST(MeetingRoles, ThePresiderHoldsThePostOrTheChairOfThisMeeting) {
  const v1::CommitteeState body = Body(3);
  v1::ChoosePresiderRequest choose;
  choose.set_seat("s2");
  auto meeting = InMeeting(Present(body, 3), body);
  meeting.When(choose);
  EXPECT_TRUE(meeting.As(Somebody(Person(1))).HasRole("presider"));
  EXPECT_TRUE(meeting.As(Somebody(Person(2))).HasRole("presider"));
  EXPECT_FALSE(meeting.As(Somebody(Person(3))).HasRole("presider"));
}

TEST(MeetingRoles, AStandInWithoutAWrittenAuthorityDoesNotPreside) {
  const v1::CommitteeState body = Body(3);
  auto meeting = InMeeting(Called(body), body);
  meeting.When(OpenUnder("s2")).When(StandIn(2, Person(9))).As(Somebody(Person(9)));
  EXPECT_FALSE(meeting.HasRole("presider"));
  meeting.When(Authority(2, Person(9)));
  EXPECT_TRUE(meeting.HasRole("presider"));
}

TEST(MeetingRoles, WhoPresidedAndLeftPresidesNoMore) {
  const v1::CommitteeState body = Body(3);
  v1::RecordDeparturesRequest left;
  left.add_departures()->set_seat("s2");
  *left.mutable_at() = Time("10:00");
  auto meeting = InMeeting(Called(body), body);
  meeting.When(OpenUnder("s2")).When(Arrivals(2, 2)).As(Somebody(Person(2)));
  EXPECT_TRUE(meeting.HasRole("presider"));
  meeting.When(left).On("2016-03-20");
  EXPECT_FALSE(meeting.HasRole("presider"));
}

TEST(MeetingGuards, WantAQuorumAsLastCounted) {
  const v1::CommitteeState body = Body(3);
  EXPECT_OK(InMeeting(Present(body, 2), body).CheckGuard("quorum-met"));
  EXPECT_REFUSED(InMeeting(Present(body, 1), body).CheckGuard("quorum-met"), kFailedPrecondition,
                 "QUORUM_NOT_MET");
  EXPECT_REFUSED(InMeeting(Called(body), body).CheckGuard("quorum-met"), kFailedPrecondition,
                 "QUORUM_NOT_MET");
}

TEST(MeetingGuards, WantAnItemThatIsNotWithdrawn) {
  const v1::CommitteeState body = Body(3);
  v1::AddAgendaItemRequest item;
  item.set_title("Plan");
  v1::WithdrawAgendaItemRequest withdraw;
  withdraw.set_item("item-1");
  auto meeting = InMeeting(Called(body), body);
  EXPECT_REFUSED(meeting.CheckGuard("agenda-not-empty"), kFailedPrecondition, "ITEM_NOT_FOUND");
  EXPECT_OK(meeting.When(item).CheckGuard("agenda-not-empty"));
  EXPECT_REFUSED(meeting.Because("Later").When(withdraw).CheckGuard("agenda-not-empty"),
                 kFailedPrecondition, "ITEM_NOT_FOUND");
}

TEST(MeetingGuards, WantAPresider) {
  const v1::CommitteeState body = Body(3);
  EXPECT_REFUSED(InMeeting(Opened(body), body).CheckGuard("presider-known"), kFailedPrecondition,
                 "SEAT_NOT_FOUND");
  EXPECT_OK(InMeeting(Called(body), body).When(OpenUnder("s2")).CheckGuard("presider-known"));
}

}  // namespace
}  // namespace kasundo::committees
