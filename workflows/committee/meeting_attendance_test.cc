// Who is there: arrivals, departures, stand-ins and their written authorities. What of it counts
// for the quorum is tested in quorum_test.cc.
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;

constexpr char kVisitor[] = "realms/test/people/visitor";

// One arrival as text, at 09:00 unless it says when.
v1::RecordArrivalsRequest Arrival(const std::string& text) {
  v1::RecordArrivalsRequest request;
  *request.add_arrivals() = Parse<v1::Arrival>(text);
  *request.mutable_at() = Time("09:00");
  return request;
}

v1::RecordDeparturesRequest Leaving(const std::string& text, const std::string& at = "10:00") {
  v1::RecordDeparturesRequest request;
  *request.add_departures() = Parse<v1::Departure>(text);
  *request.mutable_at() = Time(at);
  return request;
}

v1::StrikeAttendanceRequest Strike(const std::string& text) {
  return Parse<v1::StrikeAttendanceRequest>(text);
}

// An open meeting of three seats; s3 is vacant.
class Attendance : public ::testing::Test {
 protected:
  Attendance() { body_.mutable_seats(2)->clear_holders(); }

  Given<Meeting> Open() { return InMeeting(Opened(body_), body_); }
  Given<Meeting> WithPresent(int present) { return InMeeting(Present(body_, present), body_); }

  v1::CommitteeState body_ = Body(3);
};

// --- arrivals ---

TEST_F(Attendance, OfAHolderNeedsOnlyTheSeat) {
  const v1::MeetingState meeting = Open().When(Arrival("seat: 's1'")).state();
  ASSERT_EQ(meeting.attendance_size(), 1);
  EXPECT_EQ(meeting.attendance(0).person(), Person(1));
  EXPECT_EQ(meeting.attendance(0).presence(), v1::PRESENCE_HOLDER);
  EXPECT_EQ(meeting.attendance(0).spans(0).arrived().seconds(), Time("09:00").seconds());
}

TEST_F(Attendance, OfAnObserverNeedsNoSeat) {
  auto meeting = Open();
  meeting.When(Arrival("guest: 'A visitor' organisation: 'realms/test/organisations/atikha'"));
  meeting.When(Arrival("person: '" + std::string(kVisitor) + "'"));
  ASSERT_EQ(meeting.state().attendance_size(), 2);
  EXPECT_EQ(meeting.state().attendance(0).presence(), v1::PRESENCE_OBSERVER);
  EXPECT_EQ(meeting.state().attendance(0).organisation(), "realms/test/organisations/atikha");
  EXPECT_EQ(meeting.state().attendance(1).person(), kVisitor);
}

TEST_F(Attendance, OfManyIsRecordedAtOnceEachWithItsOwnTimes) {
  v1::RecordArrivalsRequest request = Arrival("seat: 's1'");
  v1::Arrival& second = *request.add_arrivals();
  second.set_seat("s2");
  *second.mutable_at() = Time("09:30");
  *second.mutable_left_at() = Time("11:00");
  const v1::MeetingState meeting = Open().When(request).state();
  ASSERT_EQ(meeting.attendance_size(), 2);
  EXPECT_FALSE(meeting.attendance(0).spans(0).has_left());
  EXPECT_EQ(meeting.attendance(1).spans(0).arrived().seconds(), Time("09:30").seconds());
  EXPECT_EQ(meeting.attendance(1).spans(0).left().seconds(), Time("11:00").seconds());
}

TEST_F(Attendance, EnteredLateBeganWithTheOpeningUnlessItIsSaidOtherwise) {
  v1::RecordArrivalsRequest request;
  request.add_arrivals()->set_seat("s2");
  auto meeting = WithPresent(0);
  meeting.When(Arrivals(1, 1, "10:00")).On("2016-05-02").When(request);
  EXPECT_EQ(meeting.state().attendance(1).spans(0).arrived().seconds(), Time("09:00").seconds());
}

TEST_F(Attendance, OfWhoComesBackIsAnotherSpan) {
  const v1::MeetingState meeting =
      WithPresent(1).When(Leaving("seat: 's1'")).When(Arrivals(1, 1, "11:00")).state();
  ASSERT_EQ(meeting.attendance_size(), 1);
  EXPECT_EQ(meeting.attendance(0).spans_size(), 2);
}

TEST_F(Attendance, IsRefusedInASeatThatTheMeetingDoesNotHave) {
  Open().When(Arrival("seat: 's9'")).ThenRejected(kNotFound, "SEAT_NOT_FOUND", "arrivals[0].seat");
}

TEST_F(Attendance, IsRefusedAsHolderOfAVacantSeat) {
  Open()
      .When(Arrival("seat: 's3'"))
      .ThenRejected(kFailedPrecondition, "SEAT_VACANT", "arrivals[0].seat");
}

TEST_F(Attendance, IsRefusedAsHolderOfAnotherPerson) {
  Open()
      .When(Arrival("seat: 's1' person: '" + Person(2) + "'"))
      .ThenRejected(kFailedPrecondition, "NOT_THE_HOLDER", "arrivals[0].person");
}

TEST_F(Attendance, IsRefusedAsStandInWithoutAPerson) {
  Open()
      .When(Arrival("seat: 's1' presence: PRESENCE_STAND_IN"))
      .ThenRejected(kInvalidArgument, "PERSON_MISSING", "arrivals[0].person");
}

TEST_F(Attendance, IsRefusedAsStandInOfTheHolder) {
  Open()
      .When(StandIn(1, Person(1)))
      .ThenRejected(kFailedPrecondition, "STAND_IN_IS_HOLDER", "arrivals[0].presence");
}

TEST_F(Attendance, IsRefusedAsObserverWithoutAName) {
  Open().When(Arrival("")).ThenRejected(kInvalidArgument, "PERSON_MISSING", "arrivals[0].guest");
}

TEST_F(Attendance, IsRefusedAsObserverInASeat) {
  Open()
      .When(Arrival("seat: 's1' presence: PRESENCE_OBSERVER guest: 'A visitor'"))
      .ThenRejected(kInvalidArgument, "FIELD_INVALID", "arrivals[0].seat");
}

// One seat, one person, one vote.
TEST_F(Attendance, IsRefusedInASeatThatIsTakenAtThatTime) {
  auto meeting = WithPresent(1);
  meeting.When(StandIn(1, Person(9), "09:30"))
      .ThenRejected(kFailedPrecondition, "SEAT_ALREADY_TAKEN", "arrivals[0]");
  meeting.When(Leaving("seat: 's1'", "10:00")).When(StandIn(1, Person(9), "10:00"));
  EXPECT_EQ(meeting.state().attendance_size(), 2);
}

TEST_F(Attendance, IsRefusedOfAPersonOrGuestWhoIsInTheRoom) {
  WithPresent(1)
      .When(StandIn(2, Person(1)))
      .ThenRejected(kFailedPrecondition, "SEAT_ALREADY_TAKEN", "arrivals[0]");
  Open()
      .When(Arrival("guest: 'A visitor'"))
      .When(Arrival("guest: 'A visitor'"))
      .ThenRejected(kFailedPrecondition, "SEAT_ALREADY_TAKEN", "arrivals[0]");
}

TEST_F(Attendance, IsRefusedTwiceInOneList) {
  v1::RecordArrivalsRequest request = Arrival("seat: 's1'");
  request.add_arrivals()->set_seat("s1");
  Open().When(request).ThenRejected(kFailedPrecondition, "SEAT_ALREADY_TAKEN", "arrivals[1]");
}

TEST_F(Attendance, IsRefusedOnADayBeforeTheMeeting) {
  v1::RecordArrivalsRequest request = Arrival("seat: 's1'");
  *request.mutable_at() = TimeOn("2016-03-17", "09:00");
  Open().When(request).ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER", "arrivals[0].at");
}

TEST_F(Attendance, IsRefusedIfSomebodyLeavesBeforeComing) {
  v1::RecordArrivalsRequest request = Arrival("seat: 's1'");
  *request.mutable_arrivals(0)->mutable_left_at() = Time("09:00");
  Open().When(request).ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER", "arrivals[0].left_at");
}

// --- departures ---

TEST_F(Attendance, EndsWithTheDepartureAndTheQuorumIsCountedAgain) {
  const v1::MeetingState meeting = WithPresent(2).When(Leaving("seat: 's2'")).state();
  EXPECT_EQ(meeting.attendance(1).spans(0).left().seconds(), Time("10:00").seconds());
  EXPECT_EQ(meeting.quorum_timeline(meeting.quorum_timeline_size() - 1).present(), 1);
}

TEST_F(Attendance, OfAGuestEndsByName) {
  const v1::MeetingState meeting =
      Open().When(Arrival("guest: 'A visitor'")).When(Leaving("guest: 'A visitor'")).state();
  EXPECT_TRUE(meeting.attendance(0).spans(0).has_left());
}

TEST_F(Attendance, DoesNotEndForWhoIsNotInTheRoom) {
  WithPresent(1)
      .When(Leaving("seat: 's2'"))
      .ThenRejected(kFailedPrecondition, "NOT_PRESENT", "departures[0]");
  WithPresent(1)
      .When(Leaving("seat: 's1'", "10:00"))
      .When(Leaving("seat: 's1'", "11:00"))
      .ThenRejected(kFailedPrecondition, "NOT_PRESENT", "departures[0]");
}

TEST_F(Attendance, DoesNotEndBeforeItBegan) {
  WithPresent(1)
      .When(Leaving("seat: 's1'", "09:00"))
      .ThenRejected(kInvalidArgument, "TIMES_OUT_OF_ORDER", "departures[0].at");
}

// --- strikes ---

TEST_F(Attendance, RecordedByMistakeIsStruckAndDoesNotCount) {
  const v1::MeetingState meeting =
      WithPresent(2).Because("Came in the afternoon").When(Strike("seat: 's2'")).state();
  EXPECT_EQ(meeting.attendance_size(), 1);
  EXPECT_EQ(meeting.quorum_timeline(0).present(), 1) << "as if it had never been recorded";
}

TEST_F(Attendance, IsStruckByNameForAGuest) {
  auto meeting = Open();
  meeting.When(Arrival("guest: 'A visitor'")).Because("Another day");
  EXPECT_EQ(meeting.When(Strike("guest: 'A visitor'")).state().attendance_size(), 0);
}

TEST_F(Attendance, IsNotStruckWithoutAReason) {
  WithPresent(2)
      .When(Strike("seat: 's2'"))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
}

TEST_F(Attendance, IsNotStruckIfThereIsNone) {
  WithPresent(1)
      .Because("Mistake")
      .When(Strike("seat: 's2'"))
      .ThenRejected(kFailedPrecondition, "NOT_PRESENT", "seat");
}

TEST_F(Attendance, IsNotStruckOfASeatThatHasActedInAMotion) {
  v1::SecondMotionRequest second;
  second.set_motion("motion-1");
  second.set_seat("s2");
  auto seconded = WithPresent(2);
  seconded.When(Table()).When(second).Because("Mistake");
  for (const std::string seat : {"s1", "s2"}) {
    seconded.When(Strike("seat: '" + seat + "'"))
        .ThenRejected(kFailedPrecondition, "SEAT_HAS_VOTED", "seat");
  }
  WithPresent(2)
      .When(Table())
      .When(Cast("motion-1", 2, 2, v1::CHOICE_YES))
      .Because("Mistake")
      .When(Strike("seat: 's2'"))
      .ThenRejected(kFailedPrecondition, "SEAT_HAS_VOTED", "seat");
}

// --- written authorities ---

TEST_F(Attendance, WithAWrittenAuthorityKeepsTheLetter) {
  const v1::MeetingState meeting = Open().When(Authority(1, Person(9))).state();
  ASSERT_EQ(meeting.authorities_size(), 1);
  EXPECT_EQ(meeting.authorities(0).document().number(), "L-7");
  EXPECT_EQ(meeting.authorities(0).shown_time().seconds(), Time("09:00").seconds());
}

TEST_F(Attendance, AuthorityIsRefusedForASeatThatTheMeetingDoesNotHave) {
  Open().When(Authority(9, Person(9))).ThenRejected(kNotFound, "SEAT_NOT_FOUND", "seat");
}

TEST_F(Attendance, AuthorityIsRefusedForASeatThatBarsStandIns) {
  body_.mutable_seats(0)->set_stand_ins_barred(true);
  Open()
      .When(Authority(1, Person(9)))
      .ThenRejected(kFailedPrecondition, "STAND_INS_BARRED", "seat");
}

TEST_F(Attendance, AuthorityIsRefusedForTheHolder) {
  Open()
      .When(Authority(1, Person(1)))
      .ThenRejected(kFailedPrecondition, "STAND_IN_IS_HOLDER", "person");
}

TEST_F(Attendance, AuthorityIsRefusedIfTheLetterIsYoungerThanTheMeeting) {
  v1::ShowAuthorityRequest request = Authority(1, Person(9));
  *request.mutable_document()->mutable_date() = MakeDate(2016, 3, 19);
  Open().When(request).ThenRejected(kFailedPrecondition, "AUTHORITY_TOO_LATE", "document.date");
  *request.mutable_document()->mutable_date() = MakeDate(2016, 3, 18);
  EXPECT_EQ(Open().When(request).state().authorities_size(), 1);
}

TEST_F(Attendance, AuthorityIsRefusedTwice) {
  Open()
      .When(Authority(1, Person(9)))
      .When(Authority(1, Person(9)))
      .ThenRejected(kAlreadyExists, "AUTHORITY_EXISTS", "person");
}

}  // namespace
}  // namespace kasundo::committees
