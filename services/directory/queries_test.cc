#include "services/directory/queries.h"

#include "gmock/gmock.h"
#include "services/directory/test_directory.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Parse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const CivilDate kToday = MakeDate(2016, 2, 1);

class Queries : public ::testing::Test {
 protected:
  void EnterTerritory(const std::string& id, const std::string& level,
                      const std::string& within = "", const std::string& more = "") {
    ASSERT_OK(directory_.Do<v1::CreateTerritoryRequest>(
        "parent: 'realms/test' territory_id: '" + id + "' title: '" + id +
        "' level: TERRITORY_LEVEL_" + level +
        (within.empty() ? "" : " within: 'realms/test/territories/" + within + "'") + " " + more));
  }

  std::vector<std::string> Resolve(const std::string& text, const std::string& kind = "") {
    v1::ResolveNameRequest request;
    request.set_realm("realms/test");
    request.set_text(text);
    if (!kind.empty()) request.add_kinds(kind);
    const auto response = ResolveName(request, directory_.engine(), names_, kToday);
    std::vector<std::string> found;
    if (!response.ok()) return {response.status().ToString()};
    for (const auto& match : response->matches()) {
      found.push_back(std::string(IdOf(match.name())) + (match.exact() ? "!" : ""));
    }
    return found;
  }

  v1::GetHolderResponse Holder(const std::string& office, const CivilDate& on) {
    v1::GetHolderRequest request;
    request.set_office("realms/test/offices/" + office);
    return *GetHolder(request, directory_.engine(), on);
  }

  std::vector<std::string> Units(const std::string& territory, const CivilDate& on,
                                 v1::TerritoryLevel level = v1::TERRITORY_LEVEL_UNSPECIFIED) {
    v1::ListTerritoryUnitsRequest request;
    request.set_territory("realms/test/territories/" + territory);
    request.set_level(level);
    std::vector<std::string> found;
    const auto response = *ListTerritoryUnits(request, directory_.engine(), on);
    for (const auto& unit : response.units()) {
      found.emplace_back(IdOf(unit.territory()));
    }
    return found;
  }

  TestDirectory directory_;
  NameIndex names_{directory_.engine()};
};

// Requirement 118.
TEST_F(Queries, ResolveNameFindsEveryVariant) {
  EnterTerritory("ammelne", "MUNICIPALITY", "",
                 "aliases { text: 'Ammelal' } aliases { text: 'أملن' }");
  EnterTerritory("perquin", "MUNICIPALITY", "", "aliases { text: 'Pequín' }");
  EnterTerritory("ouisselsate", "MUNICIPALITY", "", "aliases { text: 'Ouislate' }");
  for (const char* text : {"Ammelal", "AMMELNE", "أملن"}) {
    EXPECT_THAT(Resolve(text), ElementsAre("ammelne!")) << text;
  }
  for (const char* text : {"Perquín", "perquin", "Pequin", "PEQUÍN"}) {
    EXPECT_THAT(Resolve(text), ElementsAre("perquin!")) << text;
  }
  for (const char* text : {"Ouislate", "ouisselsate"}) {
    EXPECT_THAT(Resolve(text), ElementsAre("ouisselsate!")) << text;
  }
  EXPECT_THAT(Resolve("oui"), ElementsAre("ouisselsate"));
  EXPECT_THAT(Resolve("uisselsate"), IsEmpty());
  EXPECT_THAT(Resolve("!"), IsEmpty());
}

TEST_F(Queries, ResolveNameFollowsWhatIsRecordedAfterTheFirstQuestion) {
  EXPECT_THAT(Resolve("Batangas"), IsEmpty());
  EnterTerritory("batangas", "PROVINCE");
  EXPECT_THAT(Resolve("Batangas"), ElementsAre("batangas!"));
  ASSERT_OK(directory_.Do<v1::AddTerritoryAliasRequest>(
      "name: 'realms/test/territories/batangas' alias { text: 'Balayan' }"));
  EXPECT_THAT(Resolve("balayan"), ElementsAre("batangas!"));
  ASSERT_OK(
      directory_.Do<v1::WithdrawTerritoryRequest>("name: 'realms/test/territories/batangas'"));
  EXPECT_THAT(Resolve("Batangas"), IsEmpty());
}

// Requirement 4: the old name leads to the same organisation.
TEST_F(Queries, ResolveNameFindsFormerNamesAndShowsThePresentOne) {
  EnterOrganisation(directory_, "neda", "aliases { text: 'NEDA' }");
  ASSERT_OK(directory_.Do<v1::RenameOrganisationRequest>(R"(
      name: 'realms/test/organisations/neda' title: 'DEPDev'
      since { year: 2025 month: 4 day: 10 })"));
  v1::ResolveNameRequest request;
  request.set_realm("realms/test");
  request.set_text("neda");
  EXPECT_EQ(
      ResolveName(request, directory_.engine(), names_, MakeDate(2025, 4, 9))->matches(0).title(),
      "neda");
  EXPECT_EQ(
      ResolveName(request, directory_.engine(), names_, MakeDate(2025, 4, 10))->matches(0).title(),
      "DEPDev");
  EXPECT_THAT(Resolve("depdev"), ElementsAre("neda!"));
}

TEST_F(Queries, ResolveNamePutsWholeMatchesFirstAndKeepsToKindsAndLimit) {
  EnterTerritory("a-batangas-city", "CITY");
  EnterTerritory("batangas", "PROVINCE");
  EnterOrganisation(directory_, "batangas");
  EXPECT_THAT(Resolve("batangas"), ElementsAre("batangas!", "batangas!", "a-batangas-city"));
  EXPECT_THAT(Resolve("batangas", "organisation"), ElementsAre("batangas!"));
  v1::ResolveNameRequest request;
  request.set_realm("realms/test");
  request.set_text("batangas");
  request.set_page_size(1);
  EXPECT_EQ(ResolveName(request, directory_.engine(), names_, kToday)->matches_size(), 1);
}

// Requirement 51: always an answer.
TEST_F(Queries, GetHolderAnswersForEveryDate) {
  EnterOrganisation(directory_, "province");
  EnterOffice(directory_, "governor", "province", "since { year: 1901 }");
  EnterPerson(directory_, "vilma");
  EnterPerson(directory_, "dodo");
  EnterPerson(directory_, "mark");
  BeginTerm(directory_, "governor", "vilma",
            "since { year: 2007 month: 6 day: 30 } until { year: 2016 month: 1 day: 12 }");
  BeginTerm(directory_, "governor", "mark",
            "since { year: 2016 month: 1 day: 13 } kind: TERM_KIND_ACTING");
  ASSERT_OK(directory_.Do<v1::NameDeputyRequest>(R"(name: 'realms/test/offices/governor'
      person: 'realms/test/people/dodo' since { year: 2010 })"));
  const auto held = Holder("governor", MakeDate(2011, 6, 14));
  EXPECT_EQ(held.holding(), v1::HOLDING_HELD);
  EXPECT_EQ(held.person(), "realms/test/people/vilma");
  EXPECT_EQ(held.person_title(), "vilma");
  EXPECT_EQ(held.organisation(), "realms/test/organisations/province");
  EXPECT_THAT(held.deputies(), ElementsAre("realms/test/people/dodo"));
  const auto acting = Holder("governor", kToday);
  EXPECT_EQ(acting.holding(), v1::HOLDING_ACTING);
  EXPECT_EQ(acting.person(), "realms/test/people/mark");
  EXPECT_EQ(acting.days_vacant(), 20);
  EXPECT_EQ(ToString(acting.vacant_since()), "2016-01-13");
  EXPECT_EQ(Holder("governor", MakeDate(1950, 1, 1)).holding(), v1::HOLDING_VACANT);
  EXPECT_EQ(Holder("governor", MakeDate(1900, 1, 1)).holding(), v1::HOLDING_NO_OFFICE);
}

// Requirement 44.
TEST_F(Queries, ListVacanciesNamesOfficesWithoutHolder) {
  EnterOrganisation(directory_, "one");
  EnterOrganisation(directory_, "two");
  EnterOffice(directory_, "held", "one");
  EnterOffice(directory_, "vacant", "one", "critical: true");
  EnterOffice(directory_, "elsewhere", "two");
  ASSERT_OK(directory_.Do<v1::CreateOfficeRequest>(R"(parent: 'realms/test' office_id: 'unit'
      title: 'unit' organisation: 'realms/test/organisations/one' post: POST_KIND_UNIT)"));
  EnterPerson(directory_, "ana");
  BeginTerm(directory_, "held", "ana");
  v1::ListVacanciesRequest request;
  request.set_parent("realms/test");
  EXPECT_EQ(ListVacancies(request, directory_.engine(), kToday)->vacancies_size(), 2);
  request.set_organisation("realms/test/organisations/one");
  auto response = *ListVacancies(request, directory_.engine(), kToday);
  ASSERT_EQ(response.vacancies_size(), 1);
  EXPECT_EQ(response.vacancies(0).office(), "realms/test/offices/vacant");
  EXPECT_TRUE(response.vacancies(0).critical());
  EXPECT_EQ(response.offices(), 2);
  // At once when the holder resigns.
  ASSERT_OK(directory_.Do<v1::EndTermRequest>(
      "name: 'realms/test/offices/held' cause: VACANCY_CAUSE_RESIGNATION until { year: 2016 month: "
      "1 day: 31 }"));
  response = *ListVacancies(request, directory_.engine(), kToday);
  ASSERT_EQ(response.vacancies_size(), 2);
  EXPECT_EQ(response.vacancies(0).cause(), v1::VACANCY_CAUSE_RESIGNATION);
  EXPECT_EQ(response.vacancies(0).days_vacant(), 1);
}

// Requirement 112: no double counting, at any date.
TEST_F(Queries, ListTerritoryUnitsCountsEachUnitOnceOnItsDate) {
  EnterTerritory("philippines", "NATION");
  EnterTerritory("region-iv", "REGION", "philippines");
  EnterTerritory("calabarzon", "REGION", "philippines", "since { year: 2002 month: 5 day: 17 }");
  EnterTerritory("batangas", "PROVINCE", "region-iv");
  EnterTerritory("lipa", "CITY", "batangas");
  EnterTerritory("calaca", "MUNICIPALITY", "batangas");
  ASSERT_OK(directory_.Do<v1::PlaceTerritoryRequest>(R"(name: 'realms/test/territories/batangas'
      within: 'realms/test/territories/calabarzon' since { year: 2002 month: 5 day: 17 })"));
  EXPECT_THAT(Units("region-iv", MakeDate(2002, 5, 16)), ElementsAre("batangas", "calaca", "lipa"));
  EXPECT_THAT(Units("region-iv", kToday), IsEmpty());
  EXPECT_THAT(Units("calabarzon", kToday), ElementsAre("batangas", "calaca", "lipa"));
  EXPECT_THAT(Units("philippines", MakeDate(2000, 1, 1), v1::TERRITORY_LEVEL_REGION),
              ElementsAre("region-iv"));
  v1::ListTerritoryUnitsRequest request;
  request.set_territory("realms/test/territories/philippines");
  const auto response = *ListTerritoryUnits(request, directory_.engine(), kToday);
  EXPECT_EQ(response.units_size(), 5);
  ASSERT_EQ(response.counts_size(), 4);
  EXPECT_EQ(response.counts(0).level(), v1::TERRITORY_LEVEL_REGION);
  EXPECT_EQ(response.counts(0).units(), 2);
}

// Requirement 47.
TEST_F(Queries, GetDutyCoverageSaysWhereThereIsAFocalPoint) {
  EnterTerritory("batangas", "PROVINCE");
  EnterTerritory("lipa", "CITY", "batangas");
  EnterTerritory("calaca", "MUNICIPALITY", "batangas");
  EnterOrganisation(directory_, "lipa-city", "territory: 'realms/test/territories/lipa'");
  EnterOrganisation(directory_, "calaca-town", "territory: 'realms/test/territories/calaca'");
  EnterOffice(directory_, "lipa-focal", "lipa-city");
  EnterPerson(directory_, "ana");
  BeginTerm(directory_, "lipa-focal", "ana",
            "since { year: 2010 } until { year: 2016 month: 1 day: 22 }");
  ASSERT_OK(directory_.Do<v1::AssignDutyRequest>(R"(name: 'realms/test/offices/lipa-focal'
      kind: DUTY_KIND_FOCAL_POINT topic: 'migration' since { year: 2015 })"));
  v1::GetDutyCoverageRequest request;
  request.set_parent("realms/test");
  request.set_territory("realms/test/territories/batangas");
  auto response = *GetDutyCoverage(request, directory_.engine(), MakeDate(2016, 1, 20));
  EXPECT_EQ(response.units(), 2);
  EXPECT_EQ(response.covered(), 1);
  EXPECT_EQ(response.rows(0).title(), "calaca");
  EXPECT_FALSE(response.rows(0).covered());
  EXPECT_THAT(response.rows(1).people(), ElementsAre("realms/test/people/ana"));
  response = *GetDutyCoverage(request, directory_.engine(), kToday);
  EXPECT_EQ(response.covered(), 0);
  EXPECT_EQ(response.rows(1).days_vacant(), 10);
  request.clear_territory();
  request.set_topic("migration");
  EXPECT_EQ(GetDutyCoverage(request, directory_.engine(), MakeDate(2016, 1, 20))->covered(), 1);
  request.set_topic("other");
  EXPECT_EQ(GetDutyCoverage(request, directory_.engine(), MakeDate(2016, 1, 20))->covered(), 0);
}

// Requirements 45, 49, 50.
TEST_F(Queries, ListWarningsNamesWhatSomebodyShouldLookAt) {
  EnterOrganisation(directory_, "one");
  EnterPerson(directory_, "ana");
  for (const char* office : {"a", "b"}) {
    EnterOffice(directory_, office, "one");
    BeginTerm(directory_, office, "ana");
  }
  ASSERT_OK(directory_.Do<v1::AssignDutyRequest>(R"(name: 'realms/test/offices/a'
      kind: DUTY_KIND_CHAMPION initiatives: 'realms/test/organisations/one'
      since { year: 2015 } until { year: 2016 month: 1 day: 15 })"));
  v1::ListWarningsRequest request;
  request.set_parent("realms/test");
  request.set_max_offices(1);
  const auto texts = [&](const CivilDate& on) {
    std::vector<std::string> all;
    const auto response = *ListWarnings(request, directory_.engine(), on);
    for (const auto& warning : response.warnings()) {
      all.push_back(std::string(IdOf(warning.name())) + " " +
                    v1::Warning_Name(warning.warning()).substr(8));
    }
    return all;
  };
  EXPECT_THAT(texts(kToday),
              ElementsAre("a NO_DEPUTY", "a NOT_CONFIRMED", "b NO_DEPUTY", "b NOT_CONFIRMED",
                          "one LAST_CHAMPION_LOST", "ana TOO_MANY_OFFICES"));
  EXPECT_THAT(texts(MakeDate(2016, 1, 15)),
              ::testing::Not(::testing::Contains("one LAST_CHAMPION_LOST")));
  request.set_max_offices(0);
  EXPECT_THAT(texts(kToday), ::testing::Not(::testing::Contains("ana TOO_MANY_OFFICES")));
  const auto response = *ListWarnings(request, directory_.engine(), kToday);
  EXPECT_EQ(response.offices(), 2);
  EXPECT_EQ(response.ready(), 0);
  EnterPerson(directory_, "ben");
  ASSERT_OK(directory_.Do<v1::NameDeputyRequest>(
      "name: 'realms/test/offices/a' person: 'realms/test/people/ben'"));
  ASSERT_OK(directory_.Do<v1::ConfirmReachableRequest>("name: 'realms/test/offices/a'"));
  EXPECT_EQ(ListWarnings(request, directory_.engine(), kToday)->ready(), 1);
}

}  // namespace
}  // namespace kasundo::directory
