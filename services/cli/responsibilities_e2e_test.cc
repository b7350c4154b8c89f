// `kasundo responsibilities` against a server over real gRPC: assignments, and a kind that knows
// nothing of the table, under a definition in which the realm says itself who is responsible.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/assignments/assignments_service.h"
#include "services/cli/problem.h"
#include "services/cli/program.h"
#include "services/directory/directory_service.h"
#include "services/register/continuity_service.h"
#include "services/register/responsibilities_service.h"
#include "tests/support/test_server.h"
#include "tests/support/toy_service.h"
#include "workflows/assignment/assignment_kinds.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kRoles[] = R"(
manifest: roles
realm: test
defaults: {occurred_on: 2012-02-01}
steps:
  - CreateTerritory: {territory_id: batangas, title: Batangas, level: province}
  - CreateOrganisation: {organisation_id: batangas, title: Province of Batangas, kind: local-government}
  - CreatePerson: {person_id: ana, full_name: Ana Reyes}
  - CreateOffice: {office_id: planning, title: Planning, organisation: organisations/batangas, post: career}
  - CreateOffice: {office_id: desk, title: Migrant desk, organisation: organisations/batangas, post: career}
  - CreateOffice: {office_id: peso, title: Employment, organisation: organisations/batangas, post: career}
  - BeginTerm: {name: offices/planning, person: people/ana, since: 2010}
  - DefineFunction:
      function_id: migrant-desk
      version: {title: Migrant desk, meaning: Helps., since: 2010, legal_bases: [{kind: act, number: RA 10022, issuer: Congress}]}
  - DefineFunction:
      function_id: planning
      version: {title: Planning, meaning: Plans., since: 2010, legal_bases: [{kind: act, number: RA 7160, issuer: Congress}]}
  - ProposeAssignment:
      assignment_id: desk
      title: "=Desk, of Batangas"
      function: functions/migrant-desk
      territory: territories/batangas
      legal_bases: [{kind: act, number: RA 10022, issuer: Congress}]
      offices: {accountable: offices/planning, responsible: [offices/desk]}
  - AcceptAssignment: {name: assignments/desk, document: Letter}
---
manifest: roles-2014
realm: test
defaults: {occurred_on: 2014-02-01}
steps:
  - ProposeAssignment:
      assignment_id: second-desk
      title: Second desk
      function: functions/migrant-desk
      territory: territories/batangas
      legal_bases: [{kind: act, number: RA 10022, issuer: Congress}]
      offices: {accountable: offices/peso, responsible: [offices/peso]}
  - AcceptAssignment: {name: assignments/second-desk, document: Letter}
)";

class ResponsibilitiesTest : public ::testing::Test {
 protected:
  ResponsibilitiesTest() : server_(Options()) {
    std::filesystem::create_directories(folder_);
    console_.environment = {{"HOME", folder_},
                            {"KASUNDO_SERVER", server_.address()},
                            {"KASUNDO_REALM", "realms/test"},
                            {"KASUNDO_TOKEN", "realms/test/accounts/admin-admin"}};
  }
  ~ResponsibilitiesTest() override { std::filesystem::remove_all(folder_); }

  void SetUp() override {
    ASSERT_EQ(Run({"apply", "-f", File("roles.yaml", kRoles)}), Exit::kOk)
        << out_.str() << err_.str();
  }

  static testing::TestServerOptions Options() {
    testing::TestServerOptions options;
    options.modules.push_back(testing::ToyModule());
    options.modules.push_back({"directory", directory::AddDirectory, directory::RegisterDirectory});
    options.modules.push_back(
        {"assignments", assignments::AddAssignments,
         [](ServiceCatalog& catalog, Engine&) { RegisterAssignments(catalog); }});
    options.modules.push_back({"register", [](KindRegistry&) {},
                               [](ServiceCatalog& catalog, Engine&) {
                                 RegisterContinuity(catalog);
                                 RegisterResponsibilities(catalog);
                               }});
    return options;
  }

  Exit Run(const std::vector<std::string>& arguments) {
    out_.str("");
    err_.str("");
    static const Catalog catalog(/*for_tests=*/true);
    return static_cast<Exit>(cli::Run(arguments, console_, catalog));
  }
  std::string File(const std::string& name, const std::string& text) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path) << text;
    return path;
  }

  testing::TestServer server_;
  const std::string folder_ =
      ::testing::TempDir() + "responsibilities_e2e_test_" + std::to_string(getpid());
  std::stringstream in_, out_, err_;
  Console console_{in_, out_, err_, 0, false, {}, {}};
};

TEST_F(ResponsibilitiesTest, ShowsOneTableWithWhatIsWrongInIt) {
  ASSERT_EQ(Run({"responsibilities"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("2 rows"), HasSubstr("assignments/desk"),
                                HasSubstr("planning (ana)"), HasSubstr("desk (VACANT)"),
                                HasSubstr("overlap"), HasSubstr("vacancy"), HasSubstr("gap")));
}

TEST_F(ResponsibilitiesTest, AnswersForADayThatIsOver) {
  ASSERT_EQ(Run({"responsibilities", "--on", "2013-05-01"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("on 2013-05-01: 1 rows"), Not(HasSubstr("second-desk")),
                                Not(HasSubstr("overlap"))));
  ASSERT_EQ(Run({"responsibilities", "--on", "2011-05-01"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("0 rows"));
}

TEST_F(ResponsibilitiesTest, ShowsFindingsAlone) {
  ASSERT_EQ(Run({"responsibilities", "--overlaps"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("overlap"), Not(HasSubstr("vacancy"))));
  ASSERT_EQ(Run({"responsibilities", "--gaps"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("gap"), HasSubstr("Planning")));
  ASSERT_EQ(Run({"responsibilities", "--vacancies", "--party", "offices/desk"}), Exit::kOk);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("offices/desk"), Not(HasSubstr("offices/peso"))));
}

TEST_F(ResponsibilitiesTest, WritesASheetThatRunsNothing) {
  ASSERT_EQ(Run({"responsibilities", "-o", "csv"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("instance,item,kind"), HasSubstr("\r\n"),
                                HasSubstr("\"'=Desk, of Batangas\"")));
  ASSERT_EQ(Run({"responsibilities", "-o", "json", "--vacancies"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("\"RESPONSIBILITY_FINDING_KIND_VACANCY\""));
  EXPECT_EQ(Run({"list", "assignments", "-o", "csv"}), Exit::kUsage);
}

// A portfolio is kept up by the engine alone, with commands that have no RPC.
TEST_F(ResponsibilitiesTest, ACommandOfTheEngineIsNotDescribedAsOneForPeople) {
  ASSERT_EQ(Run({"describe", "portfolios/planning"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("[kept]"), Not(HasSubstr("NotePortfolio")),
                                Not(HasSubstr("WHAT MAY BE DONE NOW"))));
}

TEST_F(ResponsibilitiesTest, RefusesKindsThatThereAreNot) {
  EXPECT_NE(Run({"responsibilities", "--kind", "unicorn"}), Exit::kOk);
  EXPECT_THAT(err_.str(), HasSubstr("unicorn"));
}

// The realm says itself who is responsible, for a kind that knows nothing of it.
TEST_F(ResponsibilitiesTest, TakesWhatADefinitionOfTheRealmDeclares) {
  std::ifstream file(KASUNDO_SOURCE_DIR "/tests/support/promise.workflow.yaml");
  std::stringstream read;
  read << file.rdbuf();
  std::string text = read.str();
  const std::string initial = "initial: new";
  ASSERT_NE(text.find(initial), std::string::npos);
  const auto with = [&](const std::string& path) {
    std::string changed = text;
    return changed.replace(changed.find(initial), initial.size(),
                           "responsibilities:\n  - {role: keeps a promise, responsible: [" + path +
                               "], title: [text]}\n" + initial);
  };
  EXPECT_NE(Run({"workflow", "deploy", File("wrong.yaml", with("promisor"))}), Exit::kOk);
  EXPECT_THAT(err_.str() + out_.str(), HasSubstr("promiser"));
  ASSERT_EQ(Run({"workflow", "deploy", File("right.yaml", with("promiser"))}), Exit::kOk)
      << err_.str();
  ASSERT_EQ(Run({"act", "MakePromise", "promises/it", "promiser=realms/test/offices/planning",
                 "promisee=realms/test/offices/desk", "text=A second desk", "due=2017-10"}),
            Exit::kOk)
      << err_.str();
  ASSERT_EQ(Run({"responsibilities", "--kind", "promise"}), Exit::kOk) << err_.str();
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("A second desk"), HasSubstr("keeps a promise"),
                                HasSubstr("planning (ana)"), HasSubstr("1 rows")));
}

}  // namespace
}  // namespace kasundo::cli
