#include "workflows/agreement/function_overlaps.h"

#include <map>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "tests/support/given.h"

namespace kasundo::agreements {
namespace {

using kasundo::testing::Parse;

// Naga lies in Bicol.
std::string Around(const std::string& territory) { return territory == "naga" ? "bicol" : ""; }

// An agreement of the city with an agency about one function.
v1::AgreementState Pact(const std::string& agency, const std::string& area,
                        const std::string& territory = "naga") {
  return Parse<v1::AgreementState>(
      fmt::format("parties {{ id: 'city' organisation: 'city' }} parties {{ id: 'agency' "
                  "organisation: '{}' }} territories: '{}' areas {{ id: 'a' {} }}",
                  agency, territory, area));
}

std::string LedBy(const std::string& party, const std::string& more = "title: 'Migrant Desk'") {
  return fmt::format("{} leads {{ party: '{}' office: 'o' }}", more, party);
}

std::vector<v1::FunctionOverlap> Between(const v1::AgreementState& here,
                                         const v1::AgreementState& other) {
  return OverlapsOf({"agreements/b", &here}, {"agreements/a", &other}, Around);
}

// Rule 40.
TEST(OverlapsOf, FindsOneFunctionInOneTerritoryGivenToTwo) {
  const auto found = Between(Pact("dswd", LedBy("agency")),
                             Pact("dole", LedBy("agency", "title: 'migrant-desk'")));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].function(), "Migrant Desk");
  EXPECT_EQ(found[0].other(), "agreements/a");
  EXPECT_EQ(found[0].territory(), "naga");
  EXPECT_EQ(found[0].organisations(0), "dswd");
  EXPECT_EQ(found[0].other_organisations(0), "dole");
}

TEST(OverlapsOf, TakesTheFunctionBeforeTheTitle) {
  const std::string desk = "title: 'One-stop shop' function: 'migrant-desk'";
  EXPECT_EQ(Between(Pact("dswd", LedBy("agency", desk)), Pact("dole", LedBy("agency"))).size(), 1U);
  EXPECT_TRUE(
      Between(Pact("dswd", LedBy("agency", desk + " ")),
              Pact("dole", LedBy("agency", "title: 'Migrant desk' function: 'counselling'")))
          .empty());
}

TEST(OverlapsOf, KnowsATerritoryWithinAnother) {
  const auto found =
      Between(Pact("dswd", LedBy("agency"), "bicol"), Pact("dole", LedBy("agency"), "naga"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].territory(), "naga");
  EXPECT_TRUE(
      Between(Pact("dswd", LedBy("agency"), "lipa"), Pact("dole", LedBy("agency"))).empty());
}

TEST(OverlapsOf, SaysNothingOfOneOrganisationThatHasItTwice) {
  EXPECT_TRUE(Between(Pact("dswd", LedBy("city")), Pact("dole", LedBy("city"))).empty());
  // Without leads it is given to all parties.
  EXPECT_EQ(Between(Pact("dswd", "title: 'Migrant desk'"), Pact("dole", LedBy("city"))).size(), 1U);
}

TEST(OverlapsOf, SaysNothingWhereOneGivesEffectToTheOther) {
  auto protocol = Pact("dswd", LedBy("agency"));
  protocol.add_links()->set_instrument("agreements/a");
  EXPECT_TRUE(Between(protocol, Pact("dole", LedBy("agency"))).empty());
}

TEST(OverlapsOf, IsAboutTheSecondEntry) {
  auto first = Pact("dole", LedBy("agency"));
  auto second = Pact("dswd", LedBy("agency"));
  *first.mutable_areas(0)->mutable_since() = MakeDate(2012, 1, 1);
  *second.mutable_areas(0)->mutable_since() = MakeDate(2012, 1, 2);
  EXPECT_TRUE(Between(second, first)[0].entered_later());
  EXPECT_FALSE(Between(first, second)[0].entered_later());
}

TEST(FunctionKey, ForgetsCaseSpacesAndHyphens) {
  EXPECT_EQ(FunctionKey(" Migrant  Desk"), "migrant-desk");
  EXPECT_EQ(FunctionKey("migrant-desk."), "migrant-desk");
  EXPECT_EQ(FunctionKey("Búsqueda"), "búsqueda");
}

}  // namespace
}  // namespace kasundo::agreements
