// What a meeting treats.
#include "workflows/committee/meeting_fixture.h"

namespace kasundo::committees {
namespace {

using namespace testing;
using ::testing::ElementsAre;

constexpr char kMatter[] = "realms/test/committees/cmd/matters/desks";

v1::CommitteeState BodyWithMatter() {
  v1::CommitteeState body = Body(3);
  body.add_open_matters()->set_matter(kMatter);
  return body;
}

v1::AddAgendaItemRequest Item(const std::string& id = "", const std::string& title = "Work plan") {
  v1::AddAgendaItemRequest request;
  request.set_item_id(id);
  request.set_title(title);
  return request;
}

v1::WithdrawAgendaItemRequest Withdraw(const std::string& item) {
  v1::WithdrawAgendaItemRequest request;
  request.set_item(item);
  return request;
}

v1::ReorderAgendaRequest Order(const std::vector<std::string>& items) {
  v1::ReorderAgendaRequest request;
  *request.mutable_items() = {items.begin(), items.end()};
  return request;
}

// A called meeting of three seats with the items "plan" and "desks".
Given<Meeting> WithItems() {
  const v1::CommitteeState body = Body(3);
  Given<Meeting> given = InMeeting(Called(body), body);
  given.When(Item("plan")).When(Item("desks", "Desks")).Because("Not ready");
  return given;
}

std::vector<std::string> Ids(const v1::MeetingState& meeting) {
  std::vector<std::string> ids;
  for (const v1::AgendaItem& item : meeting.agenda()) ids.push_back(item.item());
  return ids;
}

// --- AddAgendaItem ---

TEST(AddAgendaItem, KeepsWhoProposedItAndItsPapers) {
  const v1::CommitteeState body = Body(3);
  auto request = Parse<v1::AddAgendaItemRequest>(R"pb(
    title: "Work plan"
    proposed_by_seat: "s2"
    papers { title: "Draft" document: "D-1" }
  )pb");
  const v1::MeetingState meeting = InMeeting(Called(body), body).When(request).state();
  ASSERT_EQ(meeting.agenda_size(), 1);
  EXPECT_EQ(meeting.agenda(0).item(), "item-1");
  EXPECT_EQ(meeting.agenda(0).proposed_by_seat(), "s2");
  EXPECT_EQ(meeting.agenda(0).papers(0).document(), "D-1");
  EXPECT_FALSE(meeting.agenda(0).carried_forward());
}

TEST(AddAgendaItem, IsProposedForTheOwnSeatUnlessWhoKeepsTheRecordEntersIt) {
  const v1::CommitteeState body = Body(3);
  v1::AddAgendaItemRequest request = Item();
  request.set_proposed_by_seat("s2");
  InMeeting(Called(body), body)
      .As(Somebody(Person(3)))
      .When(request)
      .ThenRejected(kPermissionDenied, "NOT_YOUR_SEAT", "proposed_by_seat");
  for (const auto& actor : {Somebody(Person(2)), Somebody(Person(1)), Secretary()}) {
    InMeeting(Called(body), body).As(actor).When(request).ThenEvents();
  }
}

TEST(AddAgendaItem, TakesTheNextFreeIdIfNoneIsGiven) {
  const v1::CommitteeState body = Body(3);
  EXPECT_THAT(
      Ids(InMeeting(Called(body), body).When(Item("item-2")).When(Item()).When(Item()).state()),
      ElementsAre("item-2", "item-3", "item-4"));
}

TEST(AddAgendaItem, IsRefusedWithAnIdThatCannotBe) {
  const v1::CommitteeState body = Body(3);
  InMeeting(Called(body), body)
      .When(Item("Work Plan"))
      .ThenRejected(kInvalidArgument, "ID_INVALID", "item_id");
}

TEST(AddAgendaItem, IsRefusedWithAnIdThatIsTakenEvenByAWithdrawnItem) {
  WithItems().When(Item("plan")).ThenRejected(kAlreadyExists, "ITEM_EXISTS", "item_id");
  WithItems()
      .When(Withdraw("plan"))
      .When(Item("plan"))
      .ThenRejected(kAlreadyExists, "ITEM_EXISTS", "item_id");
}

TEST(AddAgendaItem, IsRefusedFromASeatThatTheBodyDoesNotHaveOnTheDay) {
  v1::CommitteeState body = Body(3);
  *body.mutable_seats(2)->mutable_until() = MakeDate(2016, 3, 17);
  for (const std::string seat : {"s3", "s9"}) {
    v1::AddAgendaItemRequest request = Item();
    request.set_proposed_by_seat(seat);
    InMeeting(Called(body), body)
        .When(request)
        .ThenRejected(kNotFound, "SEAT_NOT_FOUND", "proposed_by_seat");
  }
}

TEST(AddAgendaItem, TreatsAnOpenMatterOfTheBodyOnce) {
  v1::AddAgendaItemRequest request = Item();
  request.set_matter(kMatter);
  auto meeting = InMeeting(Called(Body(3)), BodyWithMatter());
  EXPECT_EQ(meeting.When(request).state().agenda(0).matter(), kMatter);
  meeting.When(request).ThenRejected(kAlreadyExists, "ITEM_EXISTS", "matter");
}

TEST(AddAgendaItem, IsRefusedOnAMatterThatIsNotOpenInTheBody) {
  v1::AddAgendaItemRequest request = Item();
  request.set_matter("realms/test/committees/cmd/matters/settled");
  InMeeting(Called(Body(3)), BodyWithMatter())
      .When(request)
      .ThenRejected(kFailedPrecondition, "MATTER_NOT_OPEN", "matter");
}

// Requirement 9.
TEST(AddAgendaItem, InvitesTheSeatsOfItsTopicUntilTheMeetingHasBegun) {
  v1::CommitteeState body = Body(3);
  body.mutable_seats(2)->set_kind(v1::SEAT_KIND_TOPIC);
  body.mutable_seats(2)->add_topics("returnees");
  v1::AddAgendaItemRequest request = Item();
  request.set_topic("returnees");
  auto called = InMeeting(Called(body), body);
  EXPECT_THAT(called.When(request).state().invited_seats(), ElementsAre("s1", "s2", "s3"));
  EXPECT_THAT(called.When(request).state().invited_seats(), ElementsAre("s1", "s2", "s3"))
      << "nobody is invited twice";
  EXPECT_THAT(InMeeting(Opened(body), body).When(request).state().invited_seats(),
              ElementsAre("s1", "s2"));
}

// --- AddAgendaPapers ---

TEST(AddAgendaPapers, AddsToThoseThatAreThere) {
  auto request =
      Parse<v1::AddAgendaPapersRequest>(R"pb(item: "plan"
                                             papers { title: "Draft" document: "D-1" })pb");
  const v1::MeetingState meeting = WithItems().When(request).When(request).state();
  EXPECT_EQ(meeting.agenda(0).papers_size(), 2);
  EXPECT_EQ(meeting.agenda(1).papers_size(), 0);
}

TEST(AddAgendaPapers, IsRefusedOnAnItemThatIsNotThere) {
  for (const std::string item : {"plan", "other"}) {
    v1::AddAgendaPapersRequest request;
    request.set_item(item);
    WithItems()
        .When(Withdraw("plan"))
        .When(request)
        .ThenRejected(kNotFound, "ITEM_NOT_FOUND", "item");
  }
}

// --- ReorderAgenda ---

TEST(ReorderAgenda, PutsTheItemsIntoTheOrderGiven) {
  EXPECT_THAT(Ids(WithItems().When(Order({"desks", "plan"})).state()),
              ElementsAre("desks", "plan"));
}

TEST(ReorderAgenda, LeavesWithdrawnItemsOut) {
  auto meeting = WithItems();
  meeting.When(Item("fund")).When(Withdraw("plan")).When(Order({"fund", "desks"}));
  EXPECT_THAT(Ids(meeting.state()), ElementsAre("fund", "desks", "plan"));
}

TEST(ReorderAgenda, IsRefusedUnlessEveryItemIsNamedOnce) {
  for (const std::vector<std::string>& items : std::vector<std::vector<std::string>>{
           {"desks"}, {"desks", "desks"}, {"desks", "other"}, {"desks", "plan", "plan"}}) {
    WithItems()
        .When(Order(items))
        .ThenRejected(kInvalidArgument, "AGENDA_ORDER_INCOMPLETE", "items");
  }
}

TEST(ReorderAgenda, IsRefusedInTheOrderThatItHas) {
  WithItems()
      .When(Order({"plan", "desks"}))
      .ThenRejected(kFailedPrecondition, "NOTHING_TO_CHANGE", "items");
}

// --- WithdrawAgendaItem ---

TEST(WithdrawAgendaItem, KeepsTheItemInTheRecordWithTheReason) {
  const v1::MeetingState meeting = WithItems().When(Withdraw("plan")).state();
  ASSERT_EQ(meeting.agenda_size(), 2);
  EXPECT_TRUE(meeting.agenda(0).withdrawn());
  EXPECT_EQ(meeting.agenda(0).withdrawal_reason(), "Not ready");
}

TEST(WithdrawAgendaItem, IsRefusedWithoutAReason) {
  WithItems()
      .Because("")
      .When(Withdraw("plan"))
      .ThenRejected(kInvalidArgument, "REASON_NEEDED", "header.reason");
}

TEST(WithdrawAgendaItem, IsRefusedOfAnItemThatIsNotThere) {
  WithItems().When(Withdraw("other")).ThenRejected(kNotFound, "ITEM_NOT_FOUND", "item");
  WithItems()
      .When(Withdraw("plan"))
      .When(Withdraw("plan"))
      .ThenRejected(kNotFound, "ITEM_NOT_FOUND", "item");
}

// Requirement 15.
TEST(WithdrawAgendaItem, IsRefusedOfWhatTheRulesCarriedForward) {
  const v1::CommitteeState body = BodyWithMatter();
  InMeeting(Called(body), body)
      .Because("Later")
      .When(Withdraw("item-1"))
      .ThenRejected(kFailedPrecondition, "ITEM_CARRIED_FORWARD", "item");
}

TEST(WithdrawAgendaItem, IsRefusedWhileAMotionOnItIsOpen) {
  const v1::CommitteeState body = Body(3);
  v1::TableMotionRequest motion = Table();
  motion.set_agenda_item("plan");
  auto meeting = InMeeting(Present(body, 2), body);
  meeting.When(Item("plan")).When(motion).Because("Later");
  meeting.When(Withdraw("plan")).ThenRejected(kFailedPrecondition, "ITEM_HAS_MOTION", "item");
  meeting.When(CloseByHands("motion-1", 2, 0, 0)).When(Withdraw("plan"));
  EXPECT_TRUE(meeting.state().agenda(0).withdrawn());
}

// --- NoteDiscussion ---

TEST(NoteDiscussion, StandsInPlaceOfWhatWasNotedBefore) {
  auto meeting = WithItems();
  for (const std::string text : {"first", "second"}) {
    v1::NoteDiscussionRequest note;
    note.set_item("desks");
    note.set_text(text);
    meeting.When(note);
  }
  EXPECT_EQ(meeting.state().agenda(1).discussion(), "second");
}

TEST(NoteDiscussion, IsRefusedOnAnItemThatIsNotThere) {
  v1::NoteDiscussionRequest note;
  note.set_item("other");
  WithItems().When(note).ThenRejected(kNotFound, "ITEM_NOT_FOUND", "item");
}

}  // namespace
}  // namespace kasundo::committees
