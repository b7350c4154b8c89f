// Calling a meeting, moving it, opening and closing it.
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;
using ::testing::ElementsAre;

constexpr char kOther[] = "realms/test/committees/laguna";

// The day of the call in these tests; the meeting is on the 18th.
constexpr char kCallDay[] = "2016-03-01";

Given<Meeting> Calling(const v1::CommitteeState& body) {
  Given<Meeting> given = InMeeting({}, body);
  given.On(kCallDay);
  return given;
}

v1::CommitteeState BodyWithNotice(int regular_days, int special_days = 0) {
  v1::CommitteeState body = Body(3);
  body.mutable_rules()->mutable_notice()->set_regular_days(regular_days);
  body.mutable_rules()->mutable_notice()->set_special_days(special_days);
  return body;
}

v1::CommitteeState BodyClosedOn(const std::string& day) {
  v1::CommitteeState body = Body(3);
  *body.mutable_closed_on() = *ParseCivilDate(day);
  return body;
}

v1::MeetingState CalledWith(const v1::CommitteeState& body) {
  return InMeeting(Called(body), body).state();
}

std::vector<std::string> SeatsOf(const v1::MeetingState& meeting) {
  std::vector<std::string> seats;
  for (const v1::MeetingSeat& seat : meeting.roster()) seats.push_back(seat.seat());
  return seats;
}

std::vector<std::string> AgendaOf(const v1::MeetingState& meeting) {
  std::vector<std::string> lines;
  for (const v1::AgendaItem& item : meeting.agenda()) {
    lines.push_back(item.item() + ": " + item.title());
  }
  return lines;
}

// --- CallMeeting ---

TEST(CallMeeting, TakesItsDayAndUsesTheIdAsTitleUnlessOneIsGiven) {
  const v1::MeetingState meeting = Called(Body(3));
  EXPECT_EQ(meeting.title(), "q1");
  EXPECT_EQ(ToString(meeting.date()), kDay);
  EXPECT_EQ(meeting.occasion(), v1::MEETING_OCCASION_REGULAR);
  v1::CallMeetingRequest request = Call();
  request.set_title("First quarter 2016");
  request.set_place("Calamba");
  const v1::MeetingState titled = Calling(Body(3)).When(request).state();
  EXPECT_EQ(titled.title(), "First quarter 2016");
  EXPECT_EQ(titled.place(), "Calamba");
}

TEST(CallMeeting, ReadsItsDayInItsOwnTimeZone) {
  v1::CallMeetingRequest request = Call();
  *request.mutable_start_time() = TimeOn("2016-03-17", "20:00");
  request.set_time_zone("Asia/Manila");
  const v1::MeetingState meeting = Calling(Body(3)).When(request).state();
  EXPECT_EQ(ToString(meeting.date()), "2016-03-18");
  EXPECT_EQ(meeting.time_zone(), "Asia/Manila");
}

TEST(CallMeeting, IsRefusedInATimeZoneThatNobodyKnows) {
  v1::CallMeetingRequest request = Call();
  request.set_time_zone("Manila");
  Calling(Body(3)).When(request).ThenRejected(kInvalidArgument, "TIME_ZONE_UNKNOWN", "time_zone");
}

TEST(CallMeeting, IsRefusedFromTheDayOnWhichTheBodyClosed) {
  Calling(BodyClosedOn("2016-03-18"))
      .When(Call())
      .ThenRejected(kFailedPrecondition, "BODY_CLOSED", "start_time");
  EXPECT_EQ(Calling(BodyClosedOn("2016-03-19")).When(Call()).ThenEvents().size(), 1u);
}

TEST(CallMeeting, IsRefusedWithoutABody) {
  Given<Meeting>().Named(kMeeting).When(Call()).ThenRejected(kNotFound, "REFERENCE_NOT_FOUND", "");
}

TEST(CallMeeting, CountsNoticeInWholeDaysFromTheCall) {
  const v1::MeetingState meeting = Called(BodyWithNotice(15));
  EXPECT_EQ(meeting.notice().days(), 17);
  EXPECT_EQ(meeting.notice().days_needed(), 15);
  EXPECT_EQ(ToString(meeting.notice().given_on()), kCallDay);
  EXPECT_EQ(meeting.notice().short_notice_reason(), "");
}

TEST(CallMeeting, IsRefusedOnShortNotice) {
  Calling(BodyWithNotice(18))
      .When(Call())
      .ThenRejected(kFailedPrecondition, "SHORT_NOTICE", "notice_given_on");
  EXPECT_EQ(Calling(BodyWithNotice(17)).When(Call()).ThenEvents().size(), 1u);
}

TEST(CallMeeting, CountsNoticeFromTheDayThatIsSaid) {
  v1::CallMeetingRequest request = Call();
  *request.mutable_notice_given_on() = MakeDate(2016, 2, 17);
  EXPECT_EQ(Calling(BodyWithNotice(30)).When(request).state().notice().days(), 30);
}

TEST(CallMeeting, AcceptsShortNoticeWithItsReason) {
  v1::CallMeetingRequest request = Call();
  request.set_short_notice_reason("Typhoon");
  const v1::MeetingState meeting = Calling(BodyWithNotice(30)).When(request).state();
  EXPECT_EQ(meeting.notice().short_notice_reason(), "Typhoon");
  EXPECT_EQ(meeting.notice().days(), 17);
}

TEST(CallMeeting, AsksSpecialMeetingsForTheirOwnNotice) {
  v1::CallMeetingRequest request = Call();
  request.set_occasion(v1::MEETING_OCCASION_SPECIAL);
  EXPECT_EQ(Calling(BodyWithNotice(30, 3)).When(request).state().notice().days_needed(), 3);
  Calling(BodyWithNotice(0, 20))
      .When(request)
      .ThenRejected(kFailedPrecondition, "SHORT_NOTICE", "notice_given_on");
}

// Requirement 9.
TEST(CallMeeting, InvitesCoreSeatsAndTheSeatsOfItsTopics) {
  v1::CommitteeState body = Body(4);
  for (const int n : {2, 3}) body.mutable_seats(n)->set_kind(v1::SEAT_KIND_TOPIC);
  body.mutable_seats(2)->add_topics("returnees");
  body.mutable_seats(3)->add_topics("remittances");
  v1::CallMeetingRequest request = Call();
  request.add_topics("returnees");
  EXPECT_THAT(Calling(body).When(request).state().invited_seats(), ElementsAre("s1", "s2", "s3"));
  EXPECT_THAT(Calling(body).When(Call()).state().invited_seats(), ElementsAre("s1", "s2"));
}

// Requirement 15; what waits for ratification comes first.
TEST(CallMeeting, PutsWhatIsOpenInTheBodyOntoTheAgenda) {
  v1::CommitteeState body = Body(3);
  v1::OpenMatter& matter = *body.add_open_matters();
  matter.set_matter("realms/test/committees/cmd/matters/desks");
  matter.set_title("Desks");
  v1::OpenRecommendation& recommendation = *body.add_recommendations();
  recommendation.set_resolution("realms/test/committees/cmd/resolutions/q4-motion-1");
  recommendation.set_title("Fund");
  const v1::MeetingState meeting = Calling(body).When(Call()).state();
  EXPECT_THAT(AgendaOf(meeting), ElementsAre("item-1: Ratification: Fund", "item-2: Desks"));
  for (const v1::AgendaItem& item : meeting.agenda()) EXPECT_TRUE(item.carried_forward());
}

// Requirement 19.
TEST(CallMeeting, WithAnotherBodyIsAJointSessionUnlessItIsSaidToBeAVisit) {
  v1::CallMeetingRequest request = Call();
  request.add_joint_with(kOther);
  EXPECT_EQ(Calling(Body(3)).When(request).state().occasion(), v1::MEETING_OCCASION_JOINT_SESSION);
  request.set_occasion(v1::MEETING_OCCASION_EXCHANGE_VISIT);
  const v1::MeetingState visit = Calling(Body(3)).When(request).state();
  EXPECT_EQ(visit.occasion(), v1::MEETING_OCCASION_EXCHANGE_VISIT);
  EXPECT_THAT(visit.joint_with(), ElementsAre(kOther));
}

TEST(CallMeeting, IsRefusedWithTheBodyItselfAsTheOther) {
  v1::CallMeetingRequest request = Call();
  request.add_joint_with(kOther);
  request.add_joint_with(kBody);
  Calling(Body(3)).When(request).ThenRejected(kInvalidArgument, "SAME_BODY", "joint_with[1]");
}

TEST(CallMeeting, IsRefusedWithABodyThatIsClosedByThen) {
  v1::CallMeetingRequest request = Call();
  request.add_joint_with(kOther);
  Calling(Body(3))
      .Beside(kOther, "closed", BodyClosedOn("2016-03-01"))
      .When(request)
      .ThenRejected(kFailedPrecondition, "BODY_CLOSED", "joint_with[0]");
}

// --- RescheduleMeeting ---

v1::RescheduleMeetingRequest MoveTo(const std::string& day, const std::string& time = "09:00") {
  v1::RescheduleMeetingRequest request;
  *request.mutable_start_time() = TimeOn(day, time);
  return request;
}

TEST(RescheduleMeeting, MovesTheDayAndCountsNoticeAgain) {
  const v1::CommitteeState body = BodyWithNotice(5);
  const v1::MeetingState moved =
      InMeeting(CalledWith(body), body).On("2016-03-10").When(MoveTo("2016-03-25")).state();
  EXPECT_EQ(ToString(moved.date()), "2016-03-25");
  EXPECT_EQ(moved.notice().days(), 15);
}

TEST(RescheduleMeeting, ToAnotherPlaceKeepsTheNotice) {
  const v1::CommitteeState body = BodyWithNotice(15);
  v1::RescheduleMeetingRequest request;
  request.set_place("Lipa");
  const v1::MeetingState moved =
      InMeeting(CalledWith(body), body).On("2016-03-17").When(request).state();
  EXPECT_EQ(moved.place(), "Lipa");
  EXPECT_EQ(ToString(moved.date()), kDay);
  EXPECT_EQ(moved.notice().days(), 17);
}

TEST(RescheduleMeeting, IsRefusedOnShortNotice) {
  const v1::CommitteeState body = BodyWithNotice(10);
  InMeeting(CalledWith(body), body)
      .On("2016-03-16")
      .When(MoveTo("2016-03-25"))
      .ThenRejected(kFailedPrecondition, "SHORT_NOTICE", "notice_given_on");
}

TEST(RescheduleMeeting, AcceptsShortNoticeWithItsReason) {
  const v1::CommitteeState body = BodyWithNotice(10);
  v1::RescheduleMeetingRequest request = MoveTo("2016-03-25");
  request.set_short_notice_reason("All agreed");
  EXPECT_EQ(InMeeting(CalledWith(body), body)
                .On("2016-03-16")
                .When(request)
                .state()
                .notice()
                .short_notice_reason(),
            "All agreed");
}

TEST(RescheduleMeeting, IsRefusedIfNothingChanges) {
  const v1::CommitteeState body = Body(3);
  InMeeting(CalledWith(body), body)
      .When(MoveTo(kDay))
      .ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "");
  InMeeting(CalledWith(body), body)
      .When(v1::RescheduleMeetingRequest())
      .ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "");
}

TEST(RescheduleMeeting, IsRefusedWithoutItsBody) {
  Given<Meeting>(CalledWith(Body(3)))
      .Named(kMeeting)
      .When(MoveTo("2016-03-25"))
      .ThenRejected(kNotFound, "REFERENCE_NOT_FOUND", "");
}

TEST(RescheduleMeeting, IsRefusedToADayOnWhichTheBodyIsClosed) {
  InMeeting(CalledWith(Body(3)), BodyClosedOn("2016-03-20"))
      .When(MoveTo("2016-03-25"))
      .ThenRejected(kFailedPrecondition, "BODY_CLOSED", "start_time");
}

// --- CancelMeeting ---

TEST(CancelMeeting, KeepsTheReason) {
  const v1::CommitteeState body = Body(3);
  EXPECT_EQ(InMeeting(CalledWith(body), body)
                .Because("Typhoon")
                .When(v1::CancelMeetingRequest())
                .state()
                .cancellation_reason(),
            "Typhoon");
}

TEST(CancelMeeting, IsRefusedWithoutAReason) {
  const v1::CommitteeState body = Body(3);
  InMeeting(CalledWith(body), body)
      .When(v1::CancelMeetingRequest())
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
}

// --- OpenMeeting ---

TEST(OpenMeeting, CopiesTheSeatsAndRulesOfTheBodyAsOnItsDay) {
  v1::CommitteeState body = Body(4);
  body.mutable_rules()->mutable_quorum()->set_at_least(2);
  body.mutable_seats(1)->set_sector(v1::SECTOR_MIGRANTS);
  body.mutable_seats(2)->clear_holders();
  *body.mutable_seats(3)->mutable_until() = MakeDate(2016, 3, 17);
  const v1::MeetingState meeting = Opened(body);
  EXPECT_THAT(SeatsOf(meeting), ElementsAre("s1", "s2", "s3"));
  EXPECT_EQ(meeting.roster(0).holder(), Person(1));
  EXPECT_EQ(meeting.roster(1).sector(), v1::SECTOR_MIGRANTS);
  EXPECT_EQ(meeting.roster(2).holder(), "");
  EXPECT_EQ(meeting.rules().quorum().at_least(), 2);
}

TEST(OpenMeeting, CountsTheQuorumOfTheEmptyRoom) {
  const v1::MeetingState meeting = Opened(Body(3));
  ASSERT_EQ(meeting.quorum_timeline_size(), 1);
  EXPECT_EQ(meeting.quorum_timeline(0).present(), 0);
  EXPECT_EQ(meeting.quorum_timeline(0).needed(), 2);
  EXPECT_FALSE(meeting.quorum_timeline(0).met());
}

TEST(OpenMeeting, HappensAtTheMomentThatIsSaid) {
  const v1::CommitteeState body = Body(3);
  v1::OpenMeetingRequest request;
  *request.mutable_at() = Time("09:25");
  EXPECT_EQ(InMeeting(Called(body), body).When(request).state().opened_time().seconds(),
            Time("09:25").seconds());
}

TEST(OpenMeeting, EnteredLateHappenedAtThePlannedStart) {
  const v1::CommitteeState body = Body(3);
  v1::CallMeetingRequest call = Call();
  *call.mutable_start_time() = Time("10:00");
  const v1::MeetingState called = Calling(body).When(call).state();
  EXPECT_EQ(InMeeting(called, body)
                .On("2016-05-02")
                .When(v1::OpenMeetingRequest())
                .state()
                .opened_time()
                .seconds(),
            Time("10:00").seconds());
}

TEST(OpenMeeting, IsRefusedOnAnotherDay) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Called(body), body)
      .On("2016-03-17")
      .When(v1::OpenMeetingRequest())
      .ThenRejected(kFailedPrecondition, "TIMES_OUT_OF_ORDER", "at");
  v1::OpenMeetingRequest request;
  *request.mutable_at() = TimeOn("2016-03-19", "09:00");
  InMeeting(Called(body), body)
      .When(request)
      .ThenRejected(kFailedPrecondition, "TIMES_OUT_OF_ORDER", "at");
}

TEST(OpenMeeting, IsRefusedWithoutItsBody) {
  Given<Meeting>(Called(Body(3)))
      .Named(kMeeting)
      .On(kDay)
      .When(v1::OpenMeetingRequest())
      .ThenRejected(kNotFound, "REFERENCE_NOT_FOUND", "");
}

TEST(OpenMeeting, IsRefusedOfABodyThatHasClosed) {
  InMeeting(Called(Body(3)), BodyClosedOn("2016-03-10"))
      .When(v1::OpenMeetingRequest())
      .ThenRejected(kFailedPrecondition, "BODY_CLOSED", "");
}

TEST(OpenMeeting, MayNameWhoPresides) {
  const v1::CommitteeState body = Body(3);
  v1::OpenMeetingRequest request;
  request.set_presider_seat("s2");
  EXPECT_EQ(InMeeting(Called(body), body).When(request).state().presider_seat(), "s2");
  request.set_presider_seat("s9");
  InMeeting(Called(body), body)
      .When(request)
      .ThenRejected(kNotFound, "SEAT_NOT_FOUND", "presider_seat");
}

TEST(OpenMeeting, PutsOnTheAgendaWhatCameUpSinceTheCallAndNothingTwice) {
  v1::CommitteeState body = Body(3);
  const auto add = [&](const std::string& id) {
    v1::OpenMatter& matter = *body.add_open_matters();
    matter.set_matter("realms/test/committees/cmd/matters/" + id);
    matter.set_title(id);
  };
  add("early");
  const v1::MeetingState called = Called(body);
  add("late");
  EXPECT_THAT(AgendaOf(InMeeting(called, body).When(v1::OpenMeetingRequest()).state()),
              ElementsAre("item-1: early", "item-2: late"));
}

// Requirement 9: the agenda decides whom the meeting needs, however an item came onto it.
TEST(OpenMeeting, SeatsTheSeatsOfTheTopicsOfItsAgenda) {
  v1::CommitteeState body = Body(3);
  body.mutable_seats(2)->set_kind(v1::SEAT_KIND_TOPIC);
  body.mutable_seats(2)->add_topics("returnees");
  v1::AddAgendaItemRequest item;
  item.set_title("Returnees");
  item.set_topic("returnees");
  auto meeting = InMeeting(Called(body), body);
  meeting.When(item);
  EXPECT_THAT(meeting.state().invited_seats(), ElementsAre("s1", "s2", "s3"));
  EXPECT_THAT(SeatsOf(meeting.When(v1::OpenMeetingRequest()).state()),
              ElementsAre("s1", "s2", "s3"));
  EXPECT_THAT(SeatsOf(Opened(body)), ElementsAre("s1", "s2"));
}

TEST(OpenMeeting, LeavesOutTheSeatsOfATopicThatWasTakenOff) {
  v1::CommitteeState body = Body(3);
  body.mutable_seats(2)->set_kind(v1::SEAT_KIND_TOPIC);
  body.mutable_seats(2)->add_topics("returnees");
  v1::AddAgendaItemRequest item;
  item.set_title("Returnees");
  item.set_topic("returnees");
  v1::WithdrawAgendaItemRequest withdraw;
  withdraw.set_item("item-1");
  auto meeting = InMeeting(Called(body), body);
  meeting.When(item).Because("Not ready").When(withdraw).When(v1::OpenMeetingRequest());
  EXPECT_THAT(SeatsOf(meeting.state()), ElementsAre("s1", "s2"));
}

// --- ChoosePresider ---

v1::ChoosePresiderRequest Preside(const std::string& seat) {
  v1::ChoosePresiderRequest request;
  request.set_seat(seat);
  return request;
}

TEST(ChoosePresider, GivesTheChairToASeatInTheRoom) {
  const v1::CommitteeState body = Body(3);
  EXPECT_EQ(InMeeting(Present(body, 2), body).When(Preside("s2")).state().presider_seat(), "s2");
}

TEST(ChoosePresider, IsRefusedToASeatThatTheMeetingDoesNotHave) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Present(body, 2), body)
      .When(Preside("s9"))
      .ThenRejected(kNotFound, "SEAT_NOT_FOUND", "seat");
}

TEST(ChoosePresider, IsRefusedToAnEmptySeatAndToAStandInWhoDoesNotCount) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Present(body, 2), body)
      .When(Preside("s3"))
      .ThenRejected(kFailedPrecondition, "NOT_PRESENT", "seat");
  InMeeting(Present(body, 2), body)
      .When(StandIn(3, Person(9)))
      .When(Preside("s3"))
      .ThenRejected(kFailedPrecondition, "NOT_PRESENT", "seat");
}

TEST(ChoosePresider, IsRefusedToTheSeatThatPresidesAlready) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Present(body, 2), body)
      .When(Preside("s2"))
      .When(Preside("s2"))
      .ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "seat");
}

// --- CloseMeeting ---

v1::CloseMeetingRequest CloseAt(const std::string& time) {
  v1::CloseMeetingRequest request;
  *request.mutable_at() = Time(time);
  return request;
}

TEST(CloseMeeting, HappensAtTheMomentThatIsSaid) {
  const v1::CommitteeState body = Body(3);
  EXPECT_EQ(
      InMeeting(Present(body, 2), body).When(CloseAt("12:00")).state().closed_time().seconds(),
      Time("12:00").seconds());
}

TEST(CloseMeeting, EnteredLateHappenedWithTheLastThingThatIsRecorded) {
  const v1::CommitteeState body = Body(3);
  auto meeting = InMeeting(Present(body, 2), body);
  meeting.When(Arrivals(3, 3, "11:10")).On("2016-05-02").When(v1::CloseMeetingRequest());
  EXPECT_EQ(meeting.state().closed_time().seconds(), Time("11:10").seconds());
}

TEST(CloseMeeting, IsRefusedBeforeTheLastThingThatIsRecorded) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Present(body, 2), body)
      .When(Arrivals(3, 3, "11:10"))
      .When(CloseAt("11:09"))
      .ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER", "at");
}

TEST(CloseMeeting, IsRefusedWhileAMotionIsOpen) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Present(body, 2), body)
      .When(Table())
      .When(CloseAt("12:00"))
      .ThenRejected(kFailedPrecondition, "MOTIONS_OPEN", "");
}

TEST(CloseMeeting, IsAllowedOnceEveryMotionIsClosedOrWithdrawn) {
  const v1::CommitteeState body = Body(3);
  v1::WithdrawMotionRequest withdraw;
  withdraw.set_motion("motion-2");
  auto meeting = InMeeting(Present(body, 2), body);
  meeting.When(Table()).When(Table("Another")).When(CloseByHands("motion-1", 2, 0, 0));
  meeting.Because("Not ripe").When(withdraw).When(CloseAt("12:00"));
  EXPECT_TRUE(meeting.state().has_closed_time());
}

// --- RecordSharedProduct ---

TEST(RecordSharedProduct, KeepsWhatBothBodiesMade) {
  const v1::CommitteeState body = Body(3);
  v1::CallMeetingRequest call = Call();
  call.add_joint_with(kOther);
  auto meeting = Calling(body);
  meeting.When(call).On(kDay).When(v1::OpenMeetingRequest());
  meeting.When(Parse<v1::RecordSharedProductRequest>(
      R"pb(product { title: "Joint manual" document: "JM-1" })pb"));
  ASSERT_EQ(meeting.state().products_size(), 1);
  EXPECT_EQ(meeting.state().products(0).document(), "JM-1");
}

TEST(RecordSharedProduct, IsRefusedOfAMeetingWithNoOtherBody) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Opened(body), body)
      .When(Parse<v1::RecordSharedProductRequest>(
          R"pb(product { title: "Manual" document: "M-1" })pb"))
      .ThenRejected(kFailedPrecondition, "NOT_A_JOINT_SESSION", "");
}

TEST(CallMeeting, CountsNoticeFromTheLastDayOnWhichItCanHaveBeenGiven) {
  v1::CommitteeState body = Body(3);
  body.mutable_rules()->mutable_notice()->set_regular_days(7);
  v1::CallMeetingRequest request = Call();
  *request.mutable_notice_given_on() = MakeDate(2016);
  InMeeting({}, body)
      .On("2016-03-10")
      .When(request)
      .ThenRejected(kFailedPrecondition, "SHORT_NOTICE", "notice_given_on");
  *request.mutable_notice_given_on() = MakeDate(2016, 2);
  InMeeting({}, body).On("2016-03-10").When(request).ThenEvents();
  *request.mutable_notice_given_on() = MakeDate(2016, 3, 11);
  InMeeting({}, body)
      .On("2016-03-10")
      .When(request)
      .ThenRejected(kInvalidArgument, "FIELD_INVALID", "notice_given_on");
}

}  // namespace
}  // namespace kasundo::committees
