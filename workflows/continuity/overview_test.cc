#include "workflows/continuity/overview.h"

#include "gmock/gmock.h"
#include "tests/support/pact.h"

namespace kasundo::continuity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OverviewTest : public PactTest {
 protected:
  OverviewTest() {
    Add("rome", OfficeOf("rome", "profiles { post: POST_KIND_ELECTED } " +
                                     Held("zingaretti", 2008, 2013) + Deputy("vice")));
    Add("governor",
        OfficeOf("batangas", "profiles { post: POST_KIND_ELECTED } " + Held("vilma", 2007, 2012)));
    Add("ppdo", OfficeOf("batangas", Held("melo")));
    Add("empty", OfficeOf("batangas"));
    for (const char* id : {"rome", "governor", "ppdo"}) Name(Office(id));
  }
};

TEST_F(OverviewTest, TellsWhatWouldStopIfSomebodyLeft) {
  const Items items = {Assess("drafting"), Assess("partly-signed")};
  const auto losses = LossesOf(items, *offices_, "");
  ASSERT_EQ(losses.size(), 2U);
  EXPECT_EQ(losses[0].person(), Person("melo"));
  ASSERT_EQ(losses[0].stops_size(), 2);
  EXPECT_EQ(losses[0].stops(0).office(), Office("ppdo"));
  EXPECT_EQ(losses[0].stops(1).state(), "partly-signed");
  EXPECT_THAT(losses[0].offices_left_empty(), ElementsAre(Office("ppdo")));
  EXPECT_EQ(losses[1].person(), Person("vilma"));
}

TEST_F(OverviewTest, AnswersWithAnEmptyListForSomebodyWhoMayLeave) {
  const auto losses = LossesOf({Assess("drafting")}, *offices_, Person("zingaretti"));
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_EQ(losses[0].person(), Person("zingaretti"));
  EXPECT_THAT(losses[0].stops(), IsEmpty());
}

TEST_F(OverviewTest, ListsVacantOffices) {
  ASSERT_EQ(VacanciesOf(*offices_, "").size(), 1U);
  EXPECT_EQ(VacanciesOf(*offices_, "")[0].office(), Office("empty"));
  EXPECT_EQ(VacanciesOf(*offices_, Organisation("batangas")).size(), 1U);
  EXPECT_THAT(VacanciesOf(*offices_, Organisation("rome")), IsEmpty());
}

TEST_F(OverviewTest, PutsTheWorstFirst) {
  Items items = {Assess("failed"), Assess("drafting")};
  items[0].set_name("a");
  items[1].set_name("b");
  SortByUrgency(items);
  EXPECT_EQ(items[0].name(), "b");
}

TEST_F(OverviewTest, TellsWhatMustBeDoneBeforeElections) {
  const Items items = {Assess("drafting")};
  const auto within_two_years = ElectionsOf(items, *offices_, "", 24);
  ASSERT_EQ(within_two_years.terms_size(), 2);
  const v1::ElectedTermEnd& first = within_two_years.terms(0);
  EXPECT_EQ(first.office().office(), Office("governor"));
  EXPECT_EQ(ToString(first.term_end()), "2012");
  EXPECT_EQ(first.days_left(), 610);
  ASSERT_EQ(first.before_size(), 1);
  EXPECT_EQ(first.before(0).title(), "In force");
  EXPECT_EQ(ElectionsOf(items, *offices_, "", 12).terms_size(), 1);
  EXPECT_EQ(ElectionsOf(items, *offices_, "", 6).terms_size(), 0);
  EXPECT_EQ(ElectionsOf(items, *offices_, Organisation("rome"), 24).terms_size(), 1);
  Add("mayor", OfficeOf("naga", "profiles { post: POST_KIND_ELECTED } " + Held("mayor")));
  EXPECT_EQ(ElectionsOf(items, *offices_, "", 12).end_unknown_size(), 1);
}

TEST_F(OverviewTest, HandsOverWhatTheOfficeHasToDoAndWhomToTalkTo) {
  const auto handed = HandoverOf(Assess("idea"), *offices_->Find(Office("ppdo")));
  EXPECT_TRUE(handed.indispensable());
  ASSERT_EQ(handed.continuity().steps_size(), 1);  // the idea is not its business
  EXPECT_EQ(handed.continuity().steps(0).number(), 2);
  ASSERT_EQ(handed.counterparts_size(), 1);
  EXPECT_EQ(handed.counterparts(0).office(), Office("rome"));
}

TEST_F(OverviewTest, HandsOverBeforeTheEndAndInAVacancy) {
  EXPECT_FALSE(HandoverIsDue(*offices_->Find(Office("ppdo")), MakeDate(2011, 5, 1)));
  EXPECT_TRUE(HandoverIsDue(*offices_->Find(Office("empty")), MakeDate(2011, 5, 1)));
  const KnownOffice& governor = *offices_->Find(Office("governor"));
  EXPECT_FALSE(HandoverIsDue(governor, MakeDate(2012, 10, 31)));
  EXPECT_TRUE(HandoverIsDue(governor, MakeDate(2012, 11, 1)));
}

}  // namespace
}  // namespace kasundo::continuity
