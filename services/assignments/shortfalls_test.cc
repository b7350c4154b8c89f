// What institutions lack by the coverage rules (requirement 53).
#include "services/assignments/shortfalls.h"

#include "gtest/gtest.h"
#include "tests/support/given.h"

namespace kasundo::assignments {
namespace {

using testing::Parse;

KnownRule Rule(const std::string& demand) {
  return {"realms/r/coverageRules/it",
          std::make_shared<const v1::CoverageRuleState>(Parse<v1::CoverageRuleState>(
              "title: 'Speakers' demands { minimum: 1 since { year: 2015 } " + demand + " }"))};
}

KnownOrganisation Organisation(const std::string& id, const std::string& more = "") {
  return {"realms/r/organisations/" + id,
          std::make_shared<const directory::v1::OrganisationState>(
              Parse<directory::v1::OrganisationState>("names { text: '" + id + "' } " + more))};
}

KnownAssignment Assignment(const std::string& office, const std::string& more = "") {
  return {"realms/r/assignments/of-" + office,
          std::make_shared<const v1::AssignmentState>(Parse<v1::AssignmentState>(
              "function: 'speak' tenures { since { year: 2015 } offices { accountable: '" + office +
              "' responsible: '" + office + "' } } " + more))};
}

// The office "of-a" belongs to the organisation "a".
OfficeLookup Offices() {
  return [](const std::string& name) {
    return std::make_shared<const directory::v1::OfficeState>(Parse<directory::v1::OfficeState>(
        "names { text: 'x' } homes { organisation: 'realms/r/organisations/" + name.substr(3) +
        "' }"));
  };
}

TEST(ShortfallsOn, NamesInstitutionsWithoutTheFunction) {
  const auto found =
      ShortfallsOn(MakeDate(2016), {Rule("function: 'speak'")},
                   {Organisation("a"), Organisation("b")}, {Assignment("of-a")}, Offices());
  EXPECT_EQ(found.covered(), 2);
  ASSERT_EQ(found.shortfalls_size(), 1);
  EXPECT_EQ(found.shortfalls(0).organisation(), "realms/r/organisations/b");
  EXPECT_EQ(found.shortfalls(0).has(), 0);
  EXPECT_EQ(found.shortfalls(0).minimum(), 1);
}

TEST(ShortfallsOn, CountsPeopleWithTheTrainingAndShowsTheGrantedTime) {
  const std::string granted =
      "granted_times { office: 'of-a' days_per_month: 4 since { year: 2015 } } granted_times { "
      "office: 'of-a' days_per_month: 9 since { year: 2017 } } ";
  const std::string trained =
      "trainings { office: 'of-a' person: 'p' training: 'speaking' on { year: 2016 month: 6 } } ";
  const std::vector<KnownRule> rules = {Rule("training: 'speaking'")};
  const std::vector<KnownOrganisation> organisations = {Organisation("a")};
  const std::vector<KnownAssignment> assignments = {Assignment("of-a", granted + trained)};
  const auto before = ShortfallsOn(MakeDate(2016, 3), rules, organisations, assignments, Offices());
  ASSERT_EQ(before.shortfalls_size(), 1);
  EXPECT_EQ(before.shortfalls(0).offices(0), "of-a");
  EXPECT_EQ(before.shortfalls(0).granted_days_per_month(), 4);
  EXPECT_EQ(ShortfallsOn(MakeDate(2016, 7), rules, organisations, assignments, Offices())
                .shortfalls_size(),
            0);
}

TEST(ShortfallsOn, CoversOnlyInstitutionsOfTheKindAndTerritoryThatExisted) {
  const auto rule =
      Rule("function: 'speak' organisation_kinds: ORGANISATION_KIND_NGO territory: 'batangas'");
  const std::string ngo = "profiles { kind: ORGANISATION_KIND_NGO } ";
  const auto found = ShortfallsOn(
      MakeDate(2016), {rule},
      {Organisation("a", ngo + "territory: 'batangas'"), Organisation("b", ngo),
       Organisation("c", "territory: 'batangas' profiles { kind: ORGANISATION_KIND_ACADEMIA }"),
       Organisation("d", ngo + "territory: 'batangas' ended_on { year: 2014 }")},
      {}, Offices());
  EXPECT_EQ(found.covered(), 1);
  EXPECT_EQ(found.shortfalls(0).organisation(), "realms/r/organisations/a");
}

TEST(ShortfallsOn, AsksNothingBeforeTheRuleHeld) {
  EXPECT_EQ(
      ShortfallsOn(MakeDate(2014), {Rule("function: 'f'")}, {Organisation("a")}, {}, Offices())
          .covered(),
      0);
}

}  // namespace
}  // namespace kasundo::assignments
