#include "workflows/continuity/attention_agenda.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/matters_events.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"

namespace kasundo::continuity {
namespace {

namespace v1 = committees::v1;

using kasundo::testing::Administrator;
using kasundo::testing::Parse;
using kasundo::testing::TestEngine;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kBody[] = "realms/test/committees/twinning";
constexpr char kAction[] = "realms/test/committees/twinning/actionItems/sign";

class AttentionAgendaTest : public ::testing::Test {
 protected:
  static KindRegistry Registry() {
    KindRegistry registry;
    committees::AddBodies(registry);
    committees::AddMeetings(registry);
    AddContinuity(registry);
    return registry;
  }

  void SetUp() override {
    ASSERT_OK(test_
                  .Send(Parse<v1::EstablishCommitteeRequest>(R"pb(
                          parent: "realms/test"
                          committee_id: "twinning"
                          title: "Committee on Twinning"
                          form { type: BODY_TYPE_COMMITTEE }
                          since { year: 2010 }
                          secretariat { office: "realms/test/offices/sec" }
                        )pb"),
                        Administrator())
                  .status);
    ASSERT_OK(test_
                  .Send(Parse<v1::OpenActionItemRequest>(R"pb(
                          parent: "realms/test/committees/twinning"
                          action_item_id: "sign"
                          title: "Sign"
                          owner_office: "realms/test/offices/ppdo"
                          due_date { year: 2016 month: 12 }
                        )pb"),
                        Administrator())
                  .status);
  }

  absl::Status Call(const std::string& cause, const std::string& office = "",
                    const CivilDate& meet_on = {}) {
    auto attention = std::make_shared<workflows::v1::AttentionCalled>();
    if (IsSet(meet_on)) *attention->mutable_meet_on() = meet_on;
    attention->set_cause(cause);
    attention->set_office(office);
    attention->set_message("2 sides changed holders");
    attention->add_tell_offices("realms/test/offices/ppdo");
    Command command;
    command.instance = kAction;
    command.request = attention;
    command.header.set_request_id(cause);
    command.actor.set_system(true);
    return test_->Execute(command).status;
  }
  std::vector<std::string> Matters() {
    std::vector<std::string> titles;
    const auto matters = *test_->List("matter", kBody, "", 10);
    for (const Instance& matter : matters) {
      const auto& state = static_cast<const v1::MatterState&>(*matter.state);
      titles.push_back(state.title() + " / " + state.raised_by().office());
    }
    return titles;
  }

  std::vector<v1::MeetingState> Meetings() {
    std::vector<v1::MeetingState> states;
    const auto meetings = *test_->List("meeting", kBody, "", 10);
    for (const Instance& meeting : meetings) {
      states.push_back(static_cast<const v1::MeetingState&>(*meeting.state));
    }
    return states;
  }

  TestEngine test_{Registry()};
};

// Requirement 127.
TEST_F(AttentionAgendaTest, PutsAChangeOnBothSidesBeforeTheOwningBody) {
  ASSERT_OK(Call("BOTH_SIDES_CHANGED"));
  EXPECT_THAT(Matters(), ElementsAre("Extraordinary: 2 sides changed holders / "
                                     "realms/test/offices/ppdo"));
  // Asked again under the same id, nothing is added.
  ASSERT_OK(Call("BOTH_SIDES_CHANGED"));
  EXPECT_EQ(Matters().size(), 1U);
}

// Requirement 127: an extraordinary meeting of the owning bodies is scheduled at once.
TEST_F(AttentionAgendaTest, CallsTheOwningBodyToAnExtraordinaryMeeting) {
  ASSERT_OK(Call("BOTH_SIDES_CHANGED", "", MakeDate(2016, 2, 15)));
  const auto meetings = Meetings();
  ASSERT_EQ(meetings.size(), 1U);
  EXPECT_EQ(ToString(meetings[0].date()), "2016-02-15");
  EXPECT_EQ(meetings[0].occasion(), v1::MEETING_OCCASION_SPECIAL);
  EXPECT_EQ(meetings[0].title(), "Extraordinary: 2 sides changed holders");
  // What it is about is on its agenda.
  ASSERT_EQ(meetings[0].agenda_size(), 1);
  EXPECT_FALSE(meetings[0].agenda(0).matter().empty());
  // Nine in the morning in Manila.
  EXPECT_EQ(meetings[0].start_time().seconds(),
            absl::ToUnixSeconds(absl::FromCivil(absl::CivilSecond(2016, 2, 15, 9, 0, 0),
                                                absl::FixedTimeZone(8 * 3600))));
}

TEST_F(AttentionAgendaTest, CallsNoMeetingWhereNoneIsAsked) {
  ASSERT_OK(Call("NEW_HOLDER_SILENT", "realms/test/offices/governor"));
  EXPECT_THAT(Meetings(), IsEmpty());
}

// Requirement 126: silence escalates to the owning body.
TEST_F(AttentionAgendaTest, PutsTheSilenceOfANewHolderBeforeTheOwningBody) {
  ASSERT_OK(Call("NEW_HOLDER_SILENT", "realms/test/offices/governor"));
  EXPECT_THAT(Matters(), ElementsAre(HasSubstr("realms/test/offices/governor")));
}

TEST_F(AttentionAgendaTest, LeavesTheRestToTheOfficesThatAreTold) {
  ASSERT_OK(Call("OFFICE_VACANT", "realms/test/offices/ppdo"));
  EXPECT_THAT(Matters(), IsEmpty());
}

TEST_F(AttentionAgendaTest, RaisesNothingBeforeABodyThatIsClosed) {
  auto close = Parse<v1::CloseCommitteeRequest>("name: 'realms/test/committees/twinning'");
  close.mutable_header()->set_reason("done");
  ASSERT_OK(test_.Send(close, Administrator()).status);
  ASSERT_OK(Call("BOTH_SIDES_CHANGED"));
  EXPECT_THAT(Matters(), IsEmpty());
}

}  // namespace
}  // namespace kasundo::continuity
