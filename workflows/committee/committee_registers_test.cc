#include "kasundo/committees/v1/committees_follow_ups.pb.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_fixture.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;

constexpr char kQuarterly[] =
    "cadence_set { cadence { period: CADENCE_PERIOD_QUARTERLY weekday: 5 week_of_month: 3 } }";

v1::GenerateMeetingSeriesRequest SeriesOf(int year) {
  v1::GenerateMeetingSeriesRequest request;
  request.set_year(year);
  return request;
}

v1::RecordMeetingHeldRequest Held(const std::string& meeting) {
  return Read<v1::RecordMeetingHeldRequest>("meeting: 'realms/test/committees/cmd/meetings/" +
                                            meeting + "'");
}

std::vector<std::string> Ids(const v1::MeetingSeries& series) {
  std::vector<std::string> ids;
  for (const auto& meeting : series.meetings()) ids.push_back(meeting.id());
  return ids;
}

TEST(GenerateMeetingSeries, PlansTheYearAndWaitsForTheFirstWindow) {
  auto given = GivenBody({kQuarterly});
  given.On("2016-01-04").When(SeriesOf(2016));
  given.ThenEvents();
  EXPECT_THAT(Ids(given.state().series(0)),
              ::testing::ElementsAre("2016-q1", "2016-q2", "2016-q3", "2016-q4"));
  EXPECT_EQ(ToString(given.state().next_window_end()), "2016-03-31");
}

TEST(GenerateMeetingSeries, AgainKeepsWhatWasHeld) {
  auto given = GivenBody({kQuarterly});
  given.On("2016-01-04").When(SeriesOf(2016));
  given.On("2016-03-18").When(Held("2016-q1"));
  given.When(Read<v1::SetCadenceRequest>("cadence { period: CADENCE_PERIOD_MONTHLY }"));
  given.When(SeriesOf(2016));
  given.ThenEvents();
  const v1::MeetingSeries& series = given.state().series(0);
  EXPECT_EQ(series.meetings_size(), 13);
  EXPECT_EQ(given.state().series_size(), 1);
  int held = 0;
  for (const auto& meeting : series.meetings()) held += meeting.meeting().empty() ? 0 : 1;
  EXPECT_EQ(held, 1);
}

TEST(GenerateMeetingSeries, SettlesWhatWasNeverHeldInTheYearsBefore) {
  auto given = GivenBody({kQuarterly});
  given.On("2015-01-04").When(SeriesOf(2015));
  given.On("2016-01-04").When(SeriesOf(2016));
  EXPECT_EQ(given.ThenEvents().size(), 5u) << "four missed, one series";
  EXPECT_TRUE(given.state().series(0).meetings(3).missed());
  EXPECT_EQ(ToString(given.state().next_window_end()), "2016-03-31");
}

TEST(GenerateMeetingSeries, PlansNothingBeforeTheBody) {
  auto given = GivenBody(
      {kQuarterly, "committee_established { since { year: 2010 month: 5 } }", kQuarterly});
  given.On("2010-05-20").When(SeriesOf(2010));
  given.ThenEvents();
  EXPECT_THAT(Ids(given.state().series(0)),
              ::testing::ElementsAre("2010-q2", "2010-q3", "2010-q4"));
  given.When(SeriesOf(2009)).ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(GenerateMeetingSeries, IsRefusedWithoutCadenceOrForNoYear) {
  GivenBody().When(SeriesOf(2016)).ThenRejected(StatusCode::kFailedPrecondition, "CADENCE_MISSING");
  GivenBody({kQuarterly})
      .When(SeriesOf(20166))
      .ThenRejected(StatusCode::kInvalidArgument, "FIELD_INVALID");
}

TEST(RecordMeetingHeld, MovesOnToTheNextWindow) {
  auto given = GivenBody({kQuarterly});
  given.On("2016-01-04").When(SeriesOf(2016));
  given.On("2016-03-18").When(Held("2016-q1"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().series(0).meetings(0).held_on()), "2016-03-18");
  EXPECT_EQ(ToString(given.state().next_window_end()), "2016-06-30");
}

TEST(RecordMeetingHeld, PassesOverMeetingsOutsideTheSeries) {
  GivenBody({kQuarterly}).When(Held("special-1")).Then({});
}

TEST(FlagMissedMeeting, FlagsEveryWindowThatPassed) {
  auto given = GivenBody({kQuarterly});
  given.On("2016-01-04").When(SeriesOf(2016));
  given.On("2016-07-01").When(v1::FlagMissedMeetingRequest());
  EXPECT_EQ(given.ThenEvents().size(), 2u);
  EXPECT_TRUE(given.state().series(0).meetings(1).missed());
  EXPECT_EQ(ToString(given.state().next_window_end()), "2016-09-30");
}

TEST(FlagMissedMeeting, NothingOnTheLastDayOfTheWindow) {
  auto given = GivenBody({kQuarterly});
  given.On("2016-01-04").When(SeriesOf(2016));
  given.On("2016-03-31").When(v1::FlagMissedMeetingRequest()).Then({});
}

TEST(RecordMeetingHeld, LateKeepsTheFlag) {
  auto given = GivenBody({kQuarterly});
  given.On("2016-01-04").When(SeriesOf(2016));
  given.On("2016-04-01").When(v1::FlagMissedMeetingRequest());
  given.On("2016-04-08").When(Held("2016-q1"));
  given.ThenEvents();
  EXPECT_TRUE(given.state().series(0).meetings(0).missed());
  EXPECT_EQ(ToString(given.state().series(0).meetings(0).held_on()), "2016-04-08");
}

TEST(ListChildBody, ListsOnceAndDelists) {
  auto given = GivenBody();
  const auto list = Read<v1::ListChildBodyRequest>("child_body: 'b/sub'");
  given.When(list);
  EXPECT_EQ(given.ThenEvents().size(), 1u);
  given.When(list).Then({});
  given.When(Read<v1::DelistChildBodyRequest>("child_body: 'b/sub'"));
  EXPECT_TRUE(given.state().child_bodies().empty());
  given.When(Read<v1::DelistChildBodyRequest>("child_body: 'b/sub'")).Then({});
}

TEST(RegisterResolution, GivesEachNumberOnce) {
  auto given = GivenBody();
  given.When(Read<v1::RegisterResolutionRequest>(
      "resolution { resolution: 'r/1' number: '1-2016' year: 2016 sequence: 1 }"));
  given.ThenEvents();
  given
      .When(Read<v1::RegisterResolutionRequest>(
          "resolution { resolution: 'r/2' number: '1-2016' year: 2016 sequence: 1 }"))
      .ThenRejected(StatusCode::kAlreadyExists, "RESOLUTION_REGISTERED");
  given
      .When(Read<v1::RegisterResolutionRequest>(
          "resolution { resolution: 'r/1' number: '2-2016' year: 2016 sequence: 2 }"))
      .ThenRejected(StatusCode::kAlreadyExists, "RESOLUTION_REGISTERED");
}

TEST(ListMatter, ListsOnceAndDelists) {
  auto given = GivenBody();
  const auto list = Read<v1::ListMatterRequest>("matter { matter: 'm/1' title: 'Hospitals' }");
  given.When(list);
  EXPECT_EQ(ToString(given.state().open_matters(0).since()), "2016-03-18");
  given.When(list).Then({});
  given.When(Read<v1::DelistMatterRequest>("matter: 'm/1'"));
  EXPECT_TRUE(given.state().open_matters().empty());
  given.When(Read<v1::DelistMatterRequest>("matter: 'm/1'")).Then({});
}

TEST(ListRecommendation, ListsOnceAndDelists) {
  auto given = GivenBody();
  const auto list = Read<v1::ListRecommendationRequest>(
      "recommendation { resolution: 'r/1' title: 'Fund the desk' }");
  given.When(list);
  EXPECT_EQ(ToString(given.state().recommendations(0).since()), "2016-03-18");
  given.When(list).Then({});
  given.When(Read<v1::DelistRecommendationRequest>("resolution: 'r/1'"));
  EXPECT_TRUE(given.state().recommendations().empty());
  given.When(Read<v1::DelistRecommendationRequest>("resolution: 'r/1'")).Then({});
}

}  // namespace
}  // namespace kasundo::committees
