#include "workflows/directory/territory_decider.h"

#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "tests/support/given.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Given;
using ::kasundo::testing::Parse;

v1::TerritoryEvent Fact(const std::string& text) { return Parse<v1::TerritoryEvent>(text); }

v1::TerritoryEvent Created(const std::string& title, const std::string& level) {
  return Fact("territory_created { name { text: '" + title + "' } level { level: TERRITORY_LEVEL_" +
              level + " } }");
}

v1::TerritoryState State(const std::vector<v1::TerritoryEvent>& events) {
  v1::TerritoryState state;
  for (const auto& event : events) state = TerritoryDecider::Evolve(std::move(state), event);
  return state;
}

v1::TerritoryState Territory(const std::string& level) { return State({Created("x", level)}); }

constexpr char kIt[] = "realms/test/territories/it";
constexpr char kOther[] = "realms/test/territories/other";

TEST(CreateTerritory, RecordsNameLevelAndPlaceWithTheirFirstDay) {
  Given<TerritoryDecider>()
      .Beside(kOther, "existing", Territory("REGION"))
      .When(Parse<v1::CreateTerritoryRequest>(R"(
        title: 'Batangas' level: TERRITORY_LEVEL_PROVINCE within: 'realms/test/territories/other'
        since { year: 1581 } codes { value: '0401000000' } aliases { text: 'Balayan' })"))
      .Then({Fact(R"(territory_created {
        name { text: 'Batangas' since { year: 1581 } }
        level { level: TERRITORY_LEVEL_PROVINCE since { year: 1581 } }
        placement { within: 'realms/test/territories/other' since { year: 1581 } }
        aliases { text: 'Balayan' } codes { value: '0401000000' } })")});
}

TEST(CreateTerritory, IsRefusedAboveTheLevelOfItsParent) {
  Given<TerritoryDecider>()
      .Beside(kOther, "existing", Territory("BARANGAY"))
      .When(Parse<v1::CreateTerritoryRequest>(
          "title: 'x' level: TERRITORY_LEVEL_PROVINCE within: 'realms/test/territories/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "LEVEL_NOT_BELOW_PARENT");
}

TEST(CreateTerritory, IsRefusedForACityWithinAMunicipality) {
  Given<TerritoryDecider>()
      .Beside(kOther, "existing", Territory("MUNICIPALITY"))
      .When(Parse<v1::CreateTerritoryRequest>(
          "title: 'x' level: TERRITORY_LEVEL_CITY within: 'realms/test/territories/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "LEVEL_NOT_BELOW_PARENT");
}

TEST(CreateTerritory, AllowsACityDirectlyWithinARegion) {
  EXPECT_TRUE(MayLieWithin(v1::TERRITORY_LEVEL_CITY, v1::TERRITORY_LEVEL_REGION));
  EXPECT_TRUE(MayLieWithin(v1::TERRITORY_LEVEL_OTHER, v1::TERRITORY_LEVEL_OTHER));
  EXPECT_FALSE(MayLieWithin(v1::TERRITORY_LEVEL_REGION, v1::TERRITORY_LEVEL_REGION));
}

TEST(CreateTerritory, IsRefusedWithinOneThatWasDissolvedBefore) {
  v1::TerritoryState gone = Territory("REGION");
  *gone.mutable_dissolved_on() = MakeDate(2000);
  Given<TerritoryDecider>()
      .Beside(kOther, "dissolved", gone)
      .When(Parse<v1::CreateTerritoryRequest>(R"(
        title: 'x' level: TERRITORY_LEVEL_CITY within: 'realms/test/territories/other'
        since { year: 2005 })"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

TEST(RenameTerritory, GivesANameFromADayOn) {
  auto given = Given<TerritoryDecider>({Created("Compostela Valley", "PROVINCE")});
  given
      .When(Parse<v1::RenameTerritoryRequest>(
          "title: 'Davao de Oro' since { year: 2019 month: 12 day: 7 } document: 'RA 11297'"))
      .Then({Fact(R"(name_given { name {
        text: 'Davao de Oro' since { year: 2019 month: 12 day: 7 } document: 'RA 11297' } })")});
  EXPECT_EQ(given.state().names(0).text(), "Compostela Valley");
  EXPECT_EQ(ToString(given.state().names(0).until()), "2019-12-06");
}

TEST(RenameTerritory, UsesTheBusinessDateByDefault) {
  const auto events = Given<TerritoryDecider>({Created("Old", "PROVINCE")})
                          .On("2013-05-02")
                          .When(Parse<v1::RenameTerritoryRequest>("title: 'New'"))
                          .ThenEvents();
  EXPECT_EQ(ToString(events[0].name_given().name().since()), "2013-05-02");
}

TEST(RenameTerritory, IsRefusedForTheSameNameOrTheSameDate) {
  const auto renamed = Fact("name_given { name { text: 'New' since { year: 2013 } } }");
  Given<TerritoryDecider>({Created("Old", "PROVINCE"), renamed})
      .When(Parse<v1::RenameTerritoryRequest>("title: 'New'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<TerritoryDecider>({Created("Old", "PROVINCE"), renamed})
      .When(Parse<v1::RenameTerritoryRequest>("title: 'Newer' since { year: 2013 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
}

TEST(AddTerritoryAlias, LetsAnotherSpellingResolve) {
  auto given = Given<TerritoryDecider>({Created("Ammelne", "MUNICIPALITY")});
  given
      .When(Parse<v1::AddTerritoryAliasRequest>(
          "alias { text: 'Ammelal' kind: ALIAS_KIND_SPELLING }"))
      .Then({Fact("alias_added { alias { text: 'Ammelal' kind: ALIAS_KIND_SPELLING } }")});
  EXPECT_EQ(given.state().aliases(0).text(), "Ammelal");
}

TEST(AddTerritoryAlias, IsRefusedForWhatResolvesAlready) {
  for (const std::string text : {"Ammelne", "Ammelal"}) {
    Given<TerritoryDecider>(
        {Created("Ammelne", "MUNICIPALITY"), Fact("alias_added { alias { text: 'Ammelal' } }")})
        .When(Parse<v1::AddTerritoryAliasRequest>("alias { text: '" + text + "' }"))
        .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  }
}

TEST(RemoveTerritoryAlias, TakesItBack) {
  auto given = Given<TerritoryDecider>(
      {Created("Ammelne", "MUNICIPALITY"), Fact("alias_added { alias { text: 'wrong' } }")});
  given.When(Parse<v1::RemoveTerritoryAliasRequest>("text: 'wrong'"))
      .Then({Fact("alias_removed { text: 'wrong' }")});
  EXPECT_EQ(given.state().aliases_size(), 0);
}

TEST(RemoveTerritoryAlias, IsRefusedForAnUnknownOne) {
  Given<TerritoryDecider>({Created("Ammelne", "MUNICIPALITY")})
      .When(Parse<v1::RemoveTerritoryAliasRequest>("text: 'wrong'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
}

TEST(CodeTerritory, RecordsACodeOnce) {
  auto given = Given<TerritoryDecider>({Created("Batangas", "PROVINCE")});
  given.When(Parse<v1::CodeTerritoryRequest>("code { value: '041000000' }"))
      .Then({Fact("territory_coded { code { value: '041000000' } }")});
  given.When(Parse<v1::CodeTerritoryRequest>("code { value: '041000000' }"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
}

TEST(ReclassifyTerritory, MakesAMunicipalityACity) {
  auto given = Given<TerritoryDecider>({Created("Calaca", "MUNICIPALITY")});
  given
      .When(Parse<v1::ReclassifyTerritoryRequest>(
          "level: TERRITORY_LEVEL_CITY since { year: 2022 month: 9 day: 3 } document: 'RA 11544'"))
      .Then({Fact(R"(territory_reclassified { level {
        level: TERRITORY_LEVEL_CITY since { year: 2022 month: 9 day: 3 } document: 'RA 11544' } })")});
  EXPECT_EQ(LevelOn(given.state(), MakeDate(2022, 9, 2)), v1::TERRITORY_LEVEL_MUNICIPALITY);
  EXPECT_EQ(LevelOn(given.state(), MakeDate(2022, 9, 3)), v1::TERRITORY_LEVEL_CITY);
}

TEST(ReclassifyTerritory, IsRefusedForTheSameLevelOrDate) {
  const auto city =
      Fact("territory_reclassified { level { level: TERRITORY_LEVEL_CITY since { year: 2010 } } }");
  Given<TerritoryDecider>({Created("x", "MUNICIPALITY"), city})
      .When(Parse<v1::ReclassifyTerritoryRequest>("level: TERRITORY_LEVEL_CITY"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<TerritoryDecider>({Created("x", "MUNICIPALITY"), city})
      .When(Parse<v1::ReclassifyTerritoryRequest>(
          "level: TERRITORY_LEVEL_PROVINCE since { year: 2010 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
}

TEST(ReclassifyTerritory, IsRefusedAgainstWhatLiesAroundAndWithin) {
  const auto placed =
      Fact("territory_placed { placement { within: 'realms/test/territories/other' } }");
  Given<TerritoryDecider>({Created("x", "MUNICIPALITY"), placed})
      .Beside(kOther, "existing", Territory("PROVINCE"))
      .When(Parse<v1::ReclassifyTerritoryRequest>("level: TERRITORY_LEVEL_PROVINCE"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "LEVEL_NOT_BELOW_PARENT");
  v1::TerritoryState unit = Territory("BARANGAY");
  unit.add_placements()->set_within(kIt);
  Given<TerritoryDecider>(
      {Created("x", "MUNICIPALITY"), Fact("unit_listed { unit: 'realms/test/territories/other' }")})
      .Beside(kOther, "existing", unit)
      .When(Parse<v1::ReclassifyTerritoryRequest>("level: TERRITORY_LEVEL_BARANGAY"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "LEVEL_NOT_BELOW_PARENT");
}

TEST(PlaceTerritory, MovesItFromADayOn) {
  auto given = Given<TerritoryDecider>({Created("Aurora", "PROVINCE"), Fact(R"(territory_placed {
      placement { within: 'realms/test/territories/four' } })")});
  given.Beside(kOther, "existing", Territory("REGION"))
      .When(Parse<v1::PlaceTerritoryRequest>(R"(
        within: 'realms/test/territories/other' since { year: 2002 month: 5 day: 17 }
        document: 'EO 103')"))
      .Then({Fact(R"(territory_placed { placement {
        within: 'realms/test/territories/other' since { year: 2002 month: 5 day: 17 }
        document: 'EO 103' } })")});
  EXPECT_EQ(WithinOn(given.state(), MakeDate(2002, 5, 16)), "realms/test/territories/four");
  EXPECT_EQ(WithinOn(given.state(), MakeDate(2002, 5, 17)), kOther);
}

TEST(PlaceTerritory, IsRefusedWithinItself) {
  Given<TerritoryDecider>({Created("x", "OTHER")})
      .When(Parse<v1::PlaceTerritoryRequest>("within: 'realms/test/territories/it'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERRITORY_CYCLE");
}

TEST(PlaceTerritory, IsRefusedWithinWhatLiesWithinIt) {
  v1::TerritoryState unit = Territory("OTHER");
  unit.add_placements()->set_within(kIt);
  Given<TerritoryDecider>({Created("x", "OTHER")})
      .Beside(kOther, "existing", unit)
      .When(Parse<v1::PlaceTerritoryRequest>("within: 'realms/test/territories/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERRITORY_CYCLE");
}

TEST(PlaceTerritory, IsRefusedWithinWhatWillLieWithinItLater) {
  v1::TerritoryState unit = Territory("OTHER");
  unit.add_placements()->set_within(kIt);
  *unit.mutable_placements(0)->mutable_since() = MakeDate(2020);
  Given<TerritoryDecider>({Created("x", "OTHER")})
      .Beside(kOther, "existing", unit)
      .When(Parse<v1::PlaceTerritoryRequest>(
          "within: 'realms/test/territories/other' since { year: 2010 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERRITORY_CYCLE");
}

TEST(PlaceTerritory, AllowsTwoTerritoriesToChangePlacesOneAfterTheOther) {
  v1::TerritoryState unit = Territory("OTHER");
  unit.add_placements()->set_within(kIt);
  *unit.mutable_placements(0)->mutable_until() = MakeDate(2009);
  unit.add_placements();
  *unit.mutable_placements(1)->mutable_since() = MakeDate(2010);
  Given<TerritoryDecider>({Created("x", "OTHER")})
      .Beside(kOther, "existing", unit)
      .When(Parse<v1::PlaceTerritoryRequest>(
          "within: 'realms/test/territories/other' since { year: 2010 }"))
      .ThenEvents();
}

TEST(PlaceTerritory, IsRefusedForTheSamePlaceOrDateOrLevel) {
  const auto placed = Fact(
      "territory_placed { placement { within: 'realms/test/territories/other' since { year: 2010 } "
      "} }");
  auto given = [&] {
    return Given<TerritoryDecider>({Created("x", "PROVINCE"), placed})
        .Beside(kOther, "existing", Territory("REGION"))
        .Beside("realms/test/territories/small", "existing", Territory("CITY"));
  };
  given()
      .When(Parse<v1::PlaceTerritoryRequest>("within: 'realms/test/territories/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given()
      .When(Parse<v1::PlaceTerritoryRequest>("since { year: 2010 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
  given()
      .When(Parse<v1::PlaceTerritoryRequest>("within: 'realms/test/territories/small'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "LEVEL_NOT_BELOW_PARENT");
}

TEST(SplitTerritory, RecordsWhatWasCarvedOut) {
  auto given = Given<TerritoryDecider>({Created("Maguindanao", "PROVINCE")});
  given
      .When(Parse<v1::SplitTerritoryRequest>(R"(
        into: 'realms/test/territories/north' into: 'realms/test/territories/south'
        on { year: 2022 month: 9 day: 18 } document: 'RA 11550' ceases: true)"))
      .Then({Fact(R"(territory_split {
               into: 'realms/test/territories/north' into: 'realms/test/territories/south'
               on { year: 2022 month: 9 day: 18 } document: 'RA 11550' })"),
             Fact(R"(territory_dissolved {
               on { year: 2022 month: 9 day: 17 } document: 'RA 11550' })")});
  EXPECT_EQ(given.state().split_into_size(), 2);
  EXPECT_EQ(ToString(given.state().dissolved_on()), "2022-09-17");
}

TEST(SplitTerritory, LetsItGoOnWithWhatIsLeft) {
  const auto events =
      Given<TerritoryDecider>({Created("x", "PROVINCE")})
          .When(Parse<v1::SplitTerritoryRequest>("into: 'realms/test/territories/n'"))
          .ThenEvents();
  EXPECT_EQ(events.size(), 1u);
}

TEST(SplitTerritory, IsRefusedIntoItself) {
  Given<TerritoryDecider>({Created("x", "PROVINCE")})
      .When(Parse<v1::SplitTerritoryRequest>("into: 'realms/test/territories/it'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERRITORY_CYCLE");
}

class WithAUnit : public ::testing::Test {
 protected:
  Given<TerritoryDecider> Whole() const {
    v1::TerritoryState unit = Territory("CITY");
    unit.add_placements()->set_within(kIt);
    auto given = Given<TerritoryDecider>(
        {Created("x", "PROVINCE"), Fact("unit_listed { unit: 'realms/test/territories/unit' }")});
    given.Beside("realms/test/territories/unit", "existing", unit)
        .Beside(kOther, "existing", Territory("PROVINCE"));
    return given;
  }
};

TEST_F(WithAUnit, ItCannotBeSplitUpMergedDissolvedOrWithdrawn) {
  Whole()
      .When(Parse<v1::SplitTerritoryRequest>("into: 'realms/test/territories/n' ceases: true"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "HAS_UNITS");
  Whole()
      .When(Parse<v1::MergeTerritoryRequest>("into: 'realms/test/territories/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "HAS_UNITS");
  Whole()
      .When(v1::DissolveTerritoryRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "HAS_UNITS");
  Whole()
      .When(v1::WithdrawTerritoryRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "IN_USE");
}

TEST_F(WithAUnit, ItCanBeDissolvedOnceTheUnitLiesElsewhere) {
  v1::TerritoryState moved = Territory("CITY");
  moved.add_placements()->set_within(kIt);
  *moved.mutable_placements(0)->mutable_until() = MakeDate(2016, 3, 18);
  moved.add_placements()->set_within(kOther);
  *moved.mutable_placements(1)->mutable_since() = MakeDate(2016, 3, 19);
  Whole()
      .Beside("realms/test/territories/unit", "existing", moved)
      .When(v1::DissolveTerritoryRequest())
      .Then({Fact("territory_dissolved { on { year: 2016 month: 3 day: 18 } }")});
}

TEST(MergeTerritory, EndsItTheDayBefore) {
  auto given = Given<TerritoryDecider>({Created("x", "BARANGAY")});
  given.Beside(kOther, "existing", Territory("BARANGAY"))
      .When(Parse<v1::MergeTerritoryRequest>(
          "into: 'realms/test/territories/other' on { year: 2012 month: 1 day: 1 }"))
      .Then({Fact(R"(territory_merged {
        into: 'realms/test/territories/other' on { year: 2012 month: 1 day: 1 } })")});
  EXPECT_EQ(ToString(given.state().dissolved_on()), "2011-12-31");
  EXPECT_EQ(given.state().merged_into(), kOther);
}

TEST(MergeTerritory, IsRefusedIntoItselfOrIntoOneThatIsGone) {
  Given<TerritoryDecider>({Created("x", "BARANGAY")})
      .When(Parse<v1::MergeTerritoryRequest>("into: 'realms/test/territories/it'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "TERRITORY_CYCLE");
  Given<TerritoryDecider>({Created("x", "BARANGAY")})
      .Beside(kOther, "dissolved", Territory("BARANGAY"))
      .When(Parse<v1::MergeTerritoryRequest>("into: 'realms/test/territories/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

TEST(RestoreTerritory, TakesTheEndBack) {
  auto given = Given<TerritoryDecider>(
      {Created("x", "BARANGAY"),
       Fact("territory_merged { into: 'realms/test/territories/other' on { year: 2012 } }")});
  given.When(v1::RestoreTerritoryRequest()).Then({Fact("territory_restored {}")});
  EXPECT_FALSE(given.state().has_dissolved_on());
  EXPECT_EQ(given.state().merged_into(), "");
}

TEST(WithdrawTerritory, MarksItAsAMistake) {
  Given<TerritoryDecider>({Created("x", "BARANGAY")})
      .When(v1::WithdrawTerritoryRequest())
      .Then({Fact("territory_withdrawn {}")});
}

TEST(ListUnit, ListsATerritoryOnce) {
  auto given = Given<TerritoryDecider>({Created("x", "PROVINCE")});
  given.When(Parse<v1::ListUnitRequest>("unit: 'realms/test/territories/u'"))
      .Then({Fact("unit_listed { unit: 'realms/test/territories/u' }")});
  given.When(Parse<v1::ListUnitRequest>("unit: 'realms/test/territories/u'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(TerritoryRoles, KnowTheOfficesOfTheTerritory) {
  v1::OrganisationState organisation;
  organisation.set_territory(kIt);
  workflows::v1::Actor actor;
  actor.set_organisation("realms/test/organisations/province");
  auto given = Given<TerritoryDecider>({Created("x", "PROVINCE")});
  given.As(actor)
      .Beside("realms/test/organisations/province", "active", organisation)
      .When(v1::WithdrawTerritoryRequest());
  EXPECT_TRUE(TerritoryDecider::Roles()[0].holds(given.state(), given.context()));
  actor.set_organisation("realms/test/organisations/else");
  given.As(actor);
  EXPECT_FALSE(TerritoryDecider::Roles()[0].holds(given.state(), given.context()));
}

}  // namespace
}  // namespace kasundo::directory
