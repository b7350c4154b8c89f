// `kasundo continuity` against a server over real gRPC: what was about to kill a twinning in 2011,
// entered years later, under a definition that the realm wrote itself. The toy kind stands for
// every kind.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/cli/problem.h"
#include "services/cli/program.h"
#include "services/directory/directory_service.h"
#include "services/register/attention.h"
#include "services/register/continuity_service.h"
#include "tests/support/test_server.h"
#include "tests/support/toy_service.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The twinning of Batangas and Rome as one officer carried it (workflows/samples has the whole of
// it). Offices have the ids of those who act in them, as TestIdentity wants it.
constexpr char kDirectory[] = R"(
manifest: directory-2011
realm: test
steps:
  - CreateOrganisation: {organisation_id: batangas, title: Province of Batangas, kind: local-government}
  - CreateOrganisation: {organisation_id: rome, title: Province of Rome, kind: local-government}
  - CreatePerson: {person_id: ppdo, full_name: Meynard Melo}
  - CreatePerson: {person_id: council, full_name: Secretary of the Council}
  - CreatePerson: {person_id: clerk, full_name: Clerk of the Council}
  - CreatePerson: {person_id: rome, full_name: Governor of Rome}
  - CreateOffice: {office_id: ppdo, title: Planning and Development Officer, organisation: organisations/batangas, post: career}
  - CreateOffice: {office_id: council, title: Secretary to the Council, organisation: organisations/batangas, post: career}
  - CreateOffice: {office_id: rome, title: Governor of Rome, organisation: organisations/rome, post: elected}
  - BeginTerm: {name: offices/ppdo, person: people/ppdo, since: 2001}
  - BeginTerm: {name: offices/council, person: people/council, since: 2007}
  - NameDeputy: {name: offices/council, person: people/clerk, rank: 1, since: 2007}
  - BeginTerm: {name: offices/rome, person: people/rome, since: 2008, until: 2011-09-30}
)";

class ContinuityTest : public ::testing::Test {
 protected:
  ContinuityTest() : server_(Options()) {
    std::filesystem::create_directories(folder_);
    console_.environment = {{"HOME", folder_},
                            {"KASUNDO_SERVER", server_.address()},
                            {"KASUNDO_REALM", "realms/test"},
                            {"KASUNDO_TOKEN", "realms/test/accounts/rome"}};
  }
  ~ContinuityTest() override { std::filesystem::remove_all(folder_); }

  void SetUp() override {
    ASSERT_EQ(RunAs("admin-admin", {"apply", "-f", File("directory.yaml", kDirectory)}), Exit::kOk)
        << out() << err();
    ASSERT_EQ(RunAs("admin-admin", {"workflow", "deploy", File("p.yaml", OwnDefinition())}),
              Exit::kOk)
        << err();
    // Rome promises a signature by October; Batangas has to carry it through its council.
    ASSERT_EQ(Run({"act", "MakePromise", "promises/twinning", "promiser=realms/test/offices/rome",
                   "promisee=realms/test/offices/ppdo", "text=To sign", "due=2011-10",
                   "--occurred-on", "2011-01-15"}),
              Exit::kOk)
        << err();
  }

  static testing::TestServerOptions Options() {
    testing::TestServerOptions options;
    options.modules.push_back(testing::ToyModule());
    options.modules.push_back({"directory", directory::AddDirectory, directory::RegisterDirectory});
    options.modules.push_back(
        {"register", [](KindRegistry&) {},
         [](ServiceCatalog& catalog, Engine&) { RegisterContinuity(catalog); }});
    return options;
  }

  // The shipped definition with a state of the realm's own before the end: the council ratifies.
  static std::string OwnDefinition() {
    std::ifstream file(KASUNDO_SOURCE_DIR "/tests/support/promise.workflow.yaml");
    std::stringstream read;
    read << file.rdbuf();
    std::string text = read.str();
    const auto replace = [&](const std::string& from, const std::string& to) {
      const size_t at = text.find(from);
      EXPECT_NE(at, std::string::npos) << from;
      if (at != std::string::npos) text.replace(at, from.size(), to);
    };
    replace("initial: new", "target_field: due\ninitial: new");
    replace("  - {id: overdue, title: Overdue}",
            "  - {id: overdue, title: Overdue}\n  - {id: ratified, title: Ratified}");
    replace("title: Kept, final: true", "title: Kept, final: true, goal: true");
    replace("steps:\n", "steps:\n  - {id: council, title: The council ratifies}\n");
    replace("from: [open, overdue], to: kept", "from: [ratified, overdue], to: kept");
    replace("transitions:\n",
            "transitions:\n  - {on: [step/council], from: [open], to: ratified, "
            "by: [\"office:realms/test/offices/council\"]}\n");
    return text;
  }

  Exit Run(const std::vector<std::string>& arguments) {
    static const Catalog catalog(/*for_tests=*/true);
    out_.str("");
    err_.str("");
    return static_cast<Exit>(cli::Run(arguments, console_, catalog));
  }
  Exit RunAs(const std::string& account, const std::vector<std::string>& arguments) {
    const std::string before = console_.environment["KASUNDO_TOKEN"];
    console_.environment["KASUNDO_TOKEN"] = "realms/test/accounts/" + account;
    const Exit exit = Run(arguments);
    console_.environment["KASUNDO_TOKEN"] = before;
    return exit;
  }
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }
  std::string File(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
    return folder_ + "/" + name;
  }
  void RecordDeath(const std::string& day = "2011-06-10") {
    ASSERT_EQ(RunAs("admin-admin", {"act", "RecordDeath", "people/ppdo", "on=" + day}), Exit::kOk)
        << err();
  }

  testing::TestServer server_;
  const std::string folder_ =
      ::testing::TempDir() + "continuity_e2e_test_" + std::to_string(getpid());
  std::stringstream in_, out_, err_;
  Console console_{in_, out_, err_, 0, false, {}, {}};
};

TEST_F(ContinuityTest, ListsWhatWasAboutToKillItOnTheDay) {
  RecordDeath();  // known today, in 2016; not in May 2011
  ASSERT_EQ(Run({"continuity", "promises/twinning", "--on", "2011-05-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), StartsWith("promises/twinning  [open]  on 2011-05-01\n"
                                "2 steps to Kept, wanted by 2011-10 (183 days left).\n"));
  EXPECT_THAT(out(), AllOf(HasSubstr("AT RISK"),
                           HasSubstr("only ppdo can act for Planning and "
                                     "Development Officer"),
                           HasSubstr("The council ratifies"),
                           HasSubstr("council, clerk (deputy 1)"), Not(HasSubstr("vacant"))));
}

TEST_F(ContinuityTest, ShowsTheVacancyAndThatNobodyStandsIn) {
  RecordDeath();
  ASSERT_EQ(Run({"continuity", "promises/twinning", "--on", "2011-07-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), AllOf(HasSubstr("STOPPED"),
                           HasSubstr("vacant since 2011-06-11 (death) and nobody stands in")));
  ASSERT_EQ(RunAs("admin-admin", {"act", "NameDeputy", "offices/ppdo", "person=people/clerk",
                                  "rank=1", "since=2011-06-20"}),
            Exit::kOk)
      << err();
  ASSERT_EQ(Run({"continuity", "promises/twinning", "--on", "2011-07-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), AllOf(HasSubstr("its step passes to clerk, who acts for it"),
                           Not(HasSubstr("STOPPED"))));
}

TEST_F(ContinuityTest, TellsWhatWouldStopIfSomebodyLeft) {
  ASSERT_EQ(Run({"continuity", "--losses", "--on", "2011-05-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), StartsWith("On 2011-05-01: 1 open, 1 person could stop something by leaving"));
  EXPECT_THAT(out(), HasSubstr("If people/ppdo left: 1 step would stop; nobody could act for "
                               "offices/ppdo\n"));
  ASSERT_EQ(Run({"continuity", "people/council", "--on", "2011-05-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("If people/council left: 0 steps would stop\n"));
}

TEST_F(ContinuityTest, ListsWhatIsOpenInTheRealmAndOfAnOffice) {
  ASSERT_EQ(Run({"continuity", "--on", "2011-05-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), StartsWith("On 2011-05-01: 1 open, 1 at risk, 0 stopped\n"));
  EXPECT_THAT(out(), HasSubstr("promises/twinning"));
  ASSERT_EQ(Run({"continuity", "offices/rome", "--on", "2011-05-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), StartsWith("On 2011-05-01: 0 open"));  // Rome has nothing left to do
  // Before it began there was nothing.
  ASSERT_EQ(Run({"continuity", "--on", "2010-12-31"}), Exit::kOk) << err();
  EXPECT_THAT(out(), StartsWith("On 2010-12-31: 0 open"));
  EXPECT_EQ(Run({"continuity", "promises/twinning", "--on", "2010-12-31"}), Exit::kNotFound);
}

TEST_F(ContinuityTest, PreparesTheHandover) {
  ASSERT_EQ(Run({"continuity", "offices/council", "--handover", "--on", "2011-05-01"}), Exit::kOk)
      << err();
  EXPECT_THAT(out(), AllOf(StartsWith("Handover of offices/council on 2011-05-01\n"),
                           HasSubstr("promises/twinning  [open]  needs this office\n"),
                           HasSubstr("PromiseMade by rome")));
  EXPECT_EQ(Run({"continuity", "--handover"}), Exit::kUsage);
  EXPECT_EQ(Run({"continuity", "offices/none", "--handover"}), Exit::kNotFound);
}

TEST_F(ContinuityTest, LooksAheadToElections) {
  ASSERT_EQ(Run({"continuity", "--elections", "--on", "2011-05-01"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("offices/rome: the term ends 2011-09-30, in 152 days; rome until "
                               "2011-09-30\n"));
  ASSERT_EQ(Run({"continuity", "--elections", "--months", "2", "--on", "2011-05-01"}), Exit::kOk);
  EXPECT_EQ(out(), "No elected term ends in that time.\n");
}

TEST_F(ContinuityTest, AnswersProgramsToo) {
  ASSERT_EQ(Run({"continuity", "promises/twinning", "--on", "2011-05-01", "-o", "json"}), Exit::kOk)
      << err();
  google::protobuf::Value item;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(out(), &item).ok()) << out();
  const auto& fields = item.struct_value().fields();
  EXPECT_EQ(fields.at("definition_version").number_value(), 2);
  ASSERT_EQ(fields.at("steps").list_value().values_size(), 2);
  EXPECT_EQ(fields.at("steps")
                .list_value()
                .values(0)
                .struct_value()
                .fields()
                .at("events")
                .list_value()
                .values(0)
                .string_value(),
            "step/council");
  ASSERT_EQ(Run({"continuity", "--on", "2011-05-01", "-o", "yaml"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("at_risk: 1"));
}

TEST_F(ContinuityTest, RefusesWhatCannotBeAnswered) {
  EXPECT_EQ(Run({"continuity", "promises/none"}), Exit::kNotFound);
  EXPECT_THAT(err(), HasSubstr("reason: INSTANCE_NOT_FOUND\n"));
  EXPECT_EQ(Run({"continuity", "--on", "yesterday"}), Exit::kUsage);
  EXPECT_EQ(Run({"continuity", "--target", "never"}), Exit::kUsage);
  EXPECT_EQ(Run({"continuity", "--person", "people/none"}), Exit::kNotFound);
  EXPECT_THAT(err(), HasSubstr("reason: REFERENCE_NOT_FOUND\n"));
  EXPECT_EQ(Run({"continuity", "--office", "people/ppdo"}), Exit::kInvalid);
  EXPECT_EQ(Run({"continuity", "promises/twinning", "--realm", "realms/other"}), Exit::kPermission);
  EXPECT_EQ(Run({"continuity", "--elections", "--months", "500"}), Exit::kUsage);
}

// Requirement 124: all sides read it in the record of the thing itself, once.
TEST_F(ContinuityTest, RecordsWhatHappenedToPeopleOnWhatTheyCarried) {
  Attention attention(server_.engine());
  EXPECT_EQ(*attention.Look(), 0U);
  RecordDeath("2016-03-17");
  EXPECT_EQ(*attention.Look(), 1U);
  EXPECT_EQ(*attention.Look(), 0U);
  server_.clock().Advance(absl::Hours(24));
  EXPECT_EQ(*attention.Look(), 0U);                    // nor on the next day
  EXPECT_EQ(*Attention(server_.engine()).Look(), 0U);  // nor after a restart
  ASSERT_EQ(Run({"history", "promises/twinning", "--full"}), Exit::kOk) << err();
  EXPECT_THAT(out(), AllOf(HasSubstr("AttentionCalled"), HasSubstr("OFFICE_VACANT"),
                           HasSubstr("vacant since 2016-03-18 (death) and nobody stands in"),
                           HasSubstr("offices/council")));
}

TEST_F(ContinuityTest, CallsNoAttentionToHistoryThatIsEnteredLate) {
  RecordDeath();
  EXPECT_EQ(*Attention(server_.engine()).Look(), 0U);
}

}  // namespace
}  // namespace kasundo::cli
