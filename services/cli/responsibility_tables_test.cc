#include "services/cli/responsibility_tables.h"

#include "gmock/gmock.h"
#include "tests/support/given.h"

namespace kasundo::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

responsibilities::v1::ResponsibilityMatrix Matrix() {
  return testing::Parse<responsibilities::v1::ResponsibilityMatrix>(R"pb(
    on { year: 2016 month: 3 day: 18 }
    rows {
      instance: "realms/r/assignments/desk"
      kind: "assignment"
      state: "active"
      title: "Desk, of Batangas"
      role: "has a function"
      accountable { name: "realms/r/offices/planning" person: "realms/r/people/ana" acting: true }
      responsible { name: "realms/r/offices/desk" vacant: true }
      consulted { name: "families of migrants" }
      topics: "=1+1"
    }
    rows { instance: "realms/r/agreements/rome" item: "rome" title: "Accord" }
    findings {
      kind: RESPONSIBILITY_FINDING_KIND_VACANCY
      text: "nobody can act for realms/r/offices/desk"
      office: "realms/r/offices/desk"
      rows: [ 0, 1, 9 ]
    })pb");
}

TEST(ResponsibilityTables, ShowNamesWithoutTheRealmAndWhoIsThere) {
  ViewOptions options;
  options.realm = "realms/r";
  const std::string text = MatrixText(Matrix(), options);
  EXPECT_THAT(text, HasSubstr("on 2016-03-18: 2 rows"));
  EXPECT_THAT(text, HasSubstr("planning (acting: ana)"));
  EXPECT_THAT(text, HasSubstr("desk (VACANT)"));
  EXPECT_THAT(text, HasSubstr("families of migrants"));
  EXPECT_THAT(text, HasSubstr("agreements/rome #rome"));
  EXPECT_THAT(text, HasSubstr("vacancy"));
  EXPECT_THAT(FindingsText(Matrix(), options),
              HasSubstr("assignments/desk, agreements/rome #rome"));
  EXPECT_EQ(FindingsText({}, options), "Nothing was found.\n");
}

TEST(ResponsibilityTables, AreSafeAndWholeAsCsv) {
  const std::string csv = MatrixCsv(Matrix());
  EXPECT_THAT(csv, HasSubstr("instance,item,kind,state,title,role,accountable,responsible"));
  EXPECT_THAT(csv, HasSubstr("\"Desk, of Batangas\""));
  EXPECT_THAT(csv, HasSubstr("realms/r/offices/planning (realms/r/people/ana)"));
  EXPECT_THAT(csv, HasSubstr("realms/r/offices/desk (vacant)"));
  EXPECT_THAT(csv, HasSubstr("'=1+1"));
  EXPECT_THAT(csv, Not(HasSubstr(",=1+1")));
  EXPECT_THAT(FindingsCsv(Matrix()),
              HasSubstr("vacancy,nobody can act for realms/r/offices/desk,realms/r/offices/desk,"));
}

}  // namespace
}  // namespace kasundo::cli
