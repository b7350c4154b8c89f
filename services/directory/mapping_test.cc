#include "services/directory/mapping.h"

#include "gmock/gmock.h"
#include "services/directory/test_directory.h"

namespace kasundo::directory {
namespace {

using ::testing::ElementsAre;

class DirectoryMapping : public ::testing::Test {
 protected:
  MappingContext On(const CivilDate& day, const std::string& viewer_office = "") {
    MappingContext context{directory_.engine(), {}, day, {}, false, {}};
    context.viewer.set_office("realms/test/offices/first");
    context.viewer_offices = {"realms/test/offices/first", viewer_office};
    return context;
  }
  Instance Get(const std::string& name) { return *directory_.engine().Get("realms/test/" + name); }

  TestDirectory directory_;
};

// Requirement 4.
TEST_F(DirectoryMapping, ShowsAnOrganisationAsItWasOnTheDate) {
  EnterOrganisation(directory_, "neda", "functions: 'planning' sector: 'government'");
  ASSERT_OK(directory_.Do<v1::RenameOrganisationRequest>(R"(
      name: 'realms/test/organisations/neda' title: 'DEPDev'
      since { year: 2025 month: 4 day: 10 } document: 'RA 12145')"));
  ASSERT_OK(directory_.Do<v1::ReclassifyOrganisationRequest>(R"(
      name: 'realms/test/organisations/neda'
      profile { kind: ORGANISATION_KIND_NATIONAL_AGENCY functions: 'economy'
                since { year: 2025 month: 4 day: 10 } })"));
  const Instance neda = Get("organisations/neda");
  const auto before = ToOrganisation(neda, On(MakeDate(2025, 4, 9)));
  EXPECT_EQ(before.title(), "neda");
  EXPECT_EQ(before.sector(), "government");
  EXPECT_THAT(before.functions(), ElementsAre("planning"));
  const auto after = ToOrganisation(neda, On(MakeDate(2025, 4, 10)));
  EXPECT_EQ(after.title(), "DEPDev");
  EXPECT_THAT(after.functions(), ElementsAre("economy"));
  EXPECT_EQ(after.names(1).document(), "RA 12145");
}

TEST_F(DirectoryMapping, ShowsWhoHeldAnOfficeOnTheDateAndWhatIsMissing) {
  EnterOrganisation(directory_, "one");
  EnterOffice(directory_, "a", "one", "since { year: 2000 }");
  EnterPerson(directory_, "ana");
  BeginTerm(directory_, "a", "ana", "since { year: 2010 } until { year: 2015 }");
  const Instance office = Get("offices/a");
  EXPECT_EQ(ToOffice(office, On(MakeDate(2012, 1, 1))).holder(), "realms/test/people/ana");
  const auto now = ToOffice(office, On(MakeDate(2016, 2, 1)));
  EXPECT_EQ(now.holder(), "");
  EXPECT_FALSE(now.ready());
  EXPECT_THAT(now.warnings(),
              ElementsAre(v1::WARNING_VACANT, v1::WARNING_NO_DEPUTY, v1::WARNING_NOT_CONFIRMED));
}

TEST_F(DirectoryMapping, ShowsWhereATerritoryLayOnTheDate) {
  ASSERT_OK(directory_.Do<v1::CreateTerritoryRequest>(
      "parent: 'realms/test' territory_id: 'r' title: 'R' level: TERRITORY_LEVEL_REGION"));
  ASSERT_OK(directory_.Do<v1::CreateTerritoryRequest>(
      "parent: 'realms/test' territory_id: 'p' title: 'P' level: TERRITORY_LEVEL_PROVINCE"));
  ASSERT_OK(
      directory_.Do<v1::PlaceTerritoryRequest>("name: 'realms/test/territories/p' within: "
                                               "'realms/test/territories/r' since { year: 2002 }"));
  EXPECT_EQ(ToTerritory(Get("territories/p"), On(MakeDate(2001, 12, 31))).within(), "");
  EXPECT_EQ(ToTerritory(Get("territories/p"), On(MakeDate(2002, 1, 1))).within(),
            "realms/test/territories/r");
}

// Requirement 22: never outside the adviser's office, not even by asking about another date.
TEST_F(DirectoryMapping, WithholdsContactDataOfMinors) {
  EnterOrganisation(directory_, "school");
  EnterOffice(directory_, "adviser", "school");
  EnterPerson(
      directory_, "bea",
      "birth_year: 2002 adviser_office: 'realms/test/offices/adviser' contact { phones: '1' }");
  EnterPerson(directory_, "ana", "contact { phones: '2' }");
  const Instance bea = Get("people/bea");
  for (const CivilDate& day : {MakeDate(2016, 2, 1), MakeDate(2100, 1, 1)}) {
    EXPECT_FALSE(ToPerson(bea, On(day)).has_contact());
    EXPECT_TRUE(ToPerson(bea, On(day)).contact_withheld());
  }
  EXPECT_FALSE(ToPerson(bea, On(MakeDate(2016), "realms/test/offices/other")).has_contact());
  EXPECT_TRUE(ToPerson(bea, On(MakeDate(2016), "realms/test/offices/adviser")).has_contact());
  EXPECT_TRUE(ToPerson(bea, On(MakeDate(2016))).minor());
  EXPECT_TRUE(ToPerson(Get("people/ana"), On(MakeDate(2016))).has_contact());
}

TEST_F(DirectoryMapping, ShowsNoSecretOfAnAccount) {
  ASSERT_OK(directory_.Do<v1::CreateAccountRequest>(
      "parent: 'realms/test' account_id: 'ana' password_hash: 'secret-hash'"));
  ASSERT_OK(directory_.Do<v1::RecordTokenRequest>(R"(name: 'realms/test/accounts/ana' token_id: 't'
      token_hash: 'secret-token' kind: TOKEN_KIND_API expire_time { seconds: 1454300000 })"));
  const auto account = ToAccount(Get("accounts/ana"), On(MakeDate(2016)));
  EXPECT_TRUE(account.has_password());
  ASSERT_EQ(account.tokens_size(), 1);
  EXPECT_EQ(account.SerializeAsString().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace kasundo::directory
