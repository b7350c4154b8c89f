// What is written of a meeting: drafted from the record, commented on by paragraph, approved.
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kNext[] = "realms/test/committees/cmd/meetings/q2";

v1::CommentOnMinutesRequest Comment(const std::string& paragraph, const std::string& seat = "") {
  v1::CommentOnMinutesRequest request;
  request.set_paragraph(paragraph);
  request.set_seat(seat);
  request.set_text("It was nine o'clock");
  return request;
}

v1::ResolveCommentRequest Resolve(const std::string& comment, const std::string& text,
                                  const std::string& answer) {
  v1::ResolveCommentRequest request;
  request.set_comment(comment);
  request.set_text(text);
  request.set_answer(answer);
  return request;
}

v1::ApproveMinutesRequest ApproveAt(const std::string& meeting) {
  v1::ApproveMinutesRequest request;
  request.set_approved_at_meeting(meeting);
  return request;
}

const v1::MinutesParagraph& Paragraph(const v1::MeetingState& meeting, const std::string& id) {
  static const v1::MinutesParagraph none;
  for (const v1::MinutesParagraph& paragraph : meeting.minutes().paragraphs()) {
    if (paragraph.paragraph() == id) return paragraph;
  }
  ADD_FAILURE() << "no paragraph " << id;
  return none;
}

// A closed meeting of three seats, two of them present; one item with a carried motion.
class MinutesTest : public ::testing::Test {
 protected:
  MinutesTest() {
    auto given = InMeeting(Present(body_, 2), body_);
    given.When(Parse<v1::AddAgendaItemRequest>("item_id: 'desks' title: 'Desks'"));
    given.When(Parse<v1::NoteDiscussionRequest>("item: 'desks' text: 'Lipa asks for two.'"));
    v1::TableMotionRequest motion = Table("That desks open");
    motion.set_agenda_item("desks");
    motion.set_resolution_title("Desks");
    *motion.add_actions() = Parse<v1::PlannedAction>(
        "title: 'Write' owner_office: 'realms/test/offices/planning' due_date { year: 2016 }");
    given.When(motion).When(CloseByHands("motion-1", 2, 0, 0));
    v1::CloseMeetingRequest close;
    *close.mutable_at() = Time("12:00");
    closed_ = given.When(close).state();
  }

  Given<Meeting> Closed() { return InMeeting(closed_, body_); }
  Given<Meeting> Drafted() {
    Given<Meeting> given = Closed();
    given.When(v1::DraftMinutesRequest());
    return given;
  }
  // The next meeting of the body, opened on 17 June.
  v1::MeetingState Next() {
    v1::MeetingState next;
    *next.mutable_date() = MakeDate(2016, 6, 17);
    *next.mutable_opened_time() = TimeOn("2016-06-17", "09:00");
    return next;
  }

  v1::CommitteeState body_ = Body(3);
  v1::MeetingState closed_;
};

// --- DraftMinutes ---

TEST_F(MinutesTest, AreDraftedFromTheRecord) {
  const v1::MeetingState meeting = Drafted().state();
  std::vector<std::string> ids;
  for (const auto& paragraph : meeting.minutes().paragraphs()) ids.push_back(paragraph.paragraph());
  EXPECT_THAT(ids,
              ElementsAre("opening", "attendance", "quorum", "agenda-desks", "actions", "closing"));
  EXPECT_THAT(Paragraph(meeting, "attendance").text(), HasSubstr("Seat 3: absent"));
  EXPECT_THAT(Paragraph(meeting, "quorum").text(),
              HasSubstr("2 of 3 regular members present; 2 needed"));
  EXPECT_THAT(Paragraph(meeting, "agenda-desks").text(), HasSubstr("Lipa asks for two."));
  EXPECT_THAT(Paragraph(meeting, "agenda-desks").text(), HasSubstr("Resolution 1-2016: Desks"));
  EXPECT_THAT(Paragraph(meeting, "actions").text(), HasSubstr("Write: planning, due 2016"));
  EXPECT_THAT(Paragraph(meeting, "closing").text(), HasSubstr("12:00"));
}

TEST_F(MinutesTest, TakeTheTextsThatAreGivenInPlaceOfTheDraft) {
  const v1::MeetingState meeting =
      Closed()
          .When(Parse<v1::DraftMinutesRequest>(
              "paragraphs { paragraph: 'opening' text: 'The chair greeted all.' }"))
          .state();
  EXPECT_EQ(Paragraph(meeting, "opening").text(), "The chair greeted all.");
  EXPECT_EQ(Paragraph(meeting, "opening").heading(), "Opening");
}

TEST_F(MinutesTest, AreNotDraftedWithAParagraphThatTheyDoNotHave) {
  Closed()
      .When(Parse<v1::DraftMinutesRequest>(
          "paragraphs { paragraph: 'opening' text: 'x' } paragraphs { paragraph: 'songs' }"))
      .ThenRejected(kNotFound, "PARAGRAPH_NOT_FOUND", "paragraphs[1].paragraph");
}

// --- ReviseMinutes ---

TEST_F(MinutesTest, AreRevisedByParagraphAndKeepTheHeading) {
  const v1::MeetingState meeting =
      Drafted()
          .When(Parse<v1::ReviseMinutesRequest>(
              "paragraph { paragraph: 'closing' text: 'It ended at noon.' }"))
          .state();
  EXPECT_EQ(Paragraph(meeting, "closing").text(), "It ended at noon.");
  EXPECT_EQ(Paragraph(meeting, "closing").heading(), "Closing");
}

TEST_F(MinutesTest, AreNotRevisedInAParagraphThatTheyDoNotHave) {
  Drafted()
      .When(Parse<v1::ReviseMinutesRequest>("paragraph { paragraph: 'songs' text: 'x' }"))
      .ThenRejected(kNotFound, "PARAGRAPH_NOT_FOUND", "paragraph.paragraph");
}

// --- CommentOnMinutes ---

TEST_F(MinutesTest, KeepCommentsWithTheirSeat) {
  const v1::MeetingState meeting =
      Drafted().When(Comment("opening", "s1")).When(Comment("closing")).state();
  ASSERT_EQ(meeting.minutes().comments_size(), 2);
  EXPECT_EQ(meeting.minutes().comments(0).seat(), "s1");
  EXPECT_EQ(meeting.minutes().comments(1).comment(), "comment-2");
  EXPECT_EQ(meeting.minutes().comments(1).comment_state(), v1::COMMENT_STATE_OPEN);
}

TEST_F(MinutesTest, AreCommentedOnAlsoByAHolderWhoWasAbsent) {
  EXPECT_EQ(Drafted()
                .As(Somebody(Person(3)))
                .When(Comment("opening", "s3"))
                .state()
                .minutes()
                .comments_size(),
            1);
}

TEST_F(MinutesTest, AreNotCommentedOnForAnotherSeat) {
  Drafted()
      .As(Somebody(Person(2)))
      .When(Comment("opening", "s1"))
      .ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT");
}

TEST_F(MinutesTest, AreNotCommentedOnInAParagraphOrFromASeatThatIsNotThere) {
  Drafted().When(Comment("songs")).ThenRejected(kNotFound, "PARAGRAPH_NOT_FOUND", "paragraph");
  Drafted().When(Comment("opening", "s9")).ThenRejected(kNotFound, "SEAT_NOT_FOUND", "seat");
}

// --- ResolveComment ---

TEST_F(MinutesTest, TakeTheTextOfACommentThatIsAccepted) {
  const v1::MeetingState meeting =
      Drafted().When(Comment("opening")).When(Resolve("comment-1", "Opened at nine.", "")).state();
  EXPECT_EQ(Paragraph(meeting, "opening").text(), "Opened at nine.");
  EXPECT_EQ(meeting.minutes().comments(0).comment_state(), v1::COMMENT_STATE_ACCEPTED);
}

TEST_F(MinutesTest, StayAsTheyAreWhenACommentIsRejectedWithAnAnswer) {
  auto meeting = Drafted();
  const std::string before = Paragraph(meeting.state(), "opening").text();
  meeting.When(Comment("opening")).When(Resolve("comment-1", "", "The clock says so."));
  EXPECT_EQ(Paragraph(meeting.state(), "opening").text(), before);
  EXPECT_EQ(meeting.state().minutes().comments(0).comment_state(), v1::COMMENT_STATE_REJECTED);
  EXPECT_EQ(meeting.state().minutes().comments(0).answer(), "The clock says so.");
}

TEST_F(MinutesTest, RejectNoCommentWithoutAnAnswer) {
  Drafted()
      .When(Comment("opening"))
      .When(Resolve("comment-1", "", ""))
      .ThenRejected(kInvalidArgument, "ANSWER_NEEDED", "answer");
}

TEST_F(MinutesTest, ResolveEachCommentOnce) {
  Drafted()
      .When(Comment("opening"))
      .When(Resolve("comment-2", "x", ""))
      .ThenRejected(kNotFound, "COMMENT_NOT_FOUND", "comment");
  Drafted()
      .When(Comment("opening"))
      .When(Resolve("comment-1", "x", ""))
      .When(Resolve("comment-1", "y", ""))
      .ThenRejected(kFailedPrecondition, "COMMENT_NOT_OPEN", "comment");
}

// A comment on a paragraph that a later draft no longer has can only be rejected.
TEST_F(MinutesTest, AcceptNoCommentOnAParagraphThatIsGone) {
  v1::MeetingState drafted = Drafted().When(Comment("closing")).state();
  drafted.mutable_minutes()->mutable_paragraphs()->RemoveLast();
  InMeeting(drafted, body_)
      .When(Resolve("comment-1", "x", ""))
      .ThenRejected(kNotFound, "PARAGRAPH_NOT_FOUND", "comment");
}

// --- ApproveMinutes ---

TEST_F(MinutesTest, AreApprovedByALaterMeeting) {
  const v1::MeetingState meeting =
      Drafted().Beside(kNext, "open", Next()).On("2016-06-17").When(ApproveAt(kNext)).state();
  EXPECT_EQ(ToString(meeting.minutes().approved_on()), "2016-06-17");
  EXPECT_EQ(meeting.minutes().approved_at_meeting(), kNext);
}

TEST_F(MinutesTest, AreApprovedWithoutAMeetingByWhoPresidesOnly) {
  EXPECT_TRUE(
      Drafted().As(Somebody(Person(1))).When(ApproveAt("")).state().minutes().has_approved_on());
  Drafted()
      .When(ApproveAt(""))
      .ThenRejected(kPermissionDenied, "ROLE_REQUIRED", "approved_at_meeting");
}

TEST_F(MinutesTest, AreNotApprovedWhileACommentIsOpen) {
  Drafted()
      .Beside(kNext, "open", Next())
      .When(Comment("opening"))
      .When(ApproveAt(kNext))
      .ThenRejected(kFailedPrecondition, "COMMENTS_OPEN", "");
}

TEST_F(MinutesTest, AreNotApprovedByAnEarlierAnUnopenedOrAnotherBodysMeeting) {
  const auto refused = [](Given<Meeting> meeting, const std::string& name) {
    meeting.When(ApproveAt(name))
        .ThenRejected(kFailedPrecondition, "NOT_A_LATER_MEETING", "approved_at_meeting");
  };
  refused(Drafted(), kNext);
  v1::MeetingState unopened = Next();
  unopened.clear_opened_time();
  refused(Drafted().Beside(kNext, "called", unopened), kNext);
  v1::MeetingState earlier = Next();
  *earlier.mutable_date() = MakeDate(2016, 3, 18);
  refused(Drafted().Beside(kNext, "open", earlier), kNext);
  const std::string elsewhere = "realms/test/committees/laguna/meetings/q2";
  refused(Drafted().Beside(elsewhere, "open", Next()), elsewhere);
}

}  // namespace
}  // namespace kasundo::committees
