// Whole command lines against a server over real gRPC. The toy kind stands for every kind: the
// program knows none.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "services/cli/problem.h"
#include "services/cli/program.h"
#include "tests/support/test_server.h"

namespace kasundo::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kPromise[] =
    "manifest: promises-2016\n"
    "defaults: {reason: Entered from the minutes.}\n"
    "steps:\n"
    "  - MakePromise: {promise_id: a, promiser: realms/test/offices/ana, promisee: "
    "realms/test/offices/ben, text: To "
    "come}\n"
    "    key: a\n"
    "    occurred_on: 2015-06\n"
    "  - MakePromise: {promise_id: b, promiser: realms/test/offices/ana, promisee: "
    "realms/test/offices/ben, text: To "
    "stay}\n"
    "  - RewordPromise: {name: promises/b, text: To stay until noon}\n";

class CliTest : public ::testing::Test {
 protected:
  CliTest() {
    std::filesystem::create_directories(folder_);
    console_.environment = {{"HOME", folder_},
                            {"KASUNDO_SERVER", server_.address()},
                            {"KASUNDO_REALM", "realms/test"},
                            {"KASUNDO_TOKEN", "realms/test/accounts/ana"}};
  }
  ~CliTest() override { std::filesystem::remove_all(folder_); }

  Exit Run(const std::vector<std::string>& arguments) {
    static const Catalog catalog(/*for_tests=*/true);
    out_.str("");
    err_.str("");
    return static_cast<Exit>(cli::Run(arguments, console_, catalog));
  }
  Exit RunAs(const std::string& account, const std::vector<std::string>& arguments) {
    const std::string before = console_.environment["KASUNDO_TOKEN"];
    console_.environment["KASUNDO_TOKEN"] = account;
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
  Exit MakePromise(const std::string& id) {
    return Run({"act", "MakePromise", "promises/" + id, "promiser=realms/test/offices/ana",
                "promisee=realms/test/offices/ben", "text=To come", "due=2016-12", "--reason",
                "As agreed."});
  }
  google::protobuf::Value Json() const {
    google::protobuf::Value value;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(out(), &value).ok()) << out();
    return value;
  }
  int64_t NextPosition() { return *server_.engine().NextPosition("realms/test"); }

  testing::TestServer server_;
  const std::string folder_ = ::testing::TempDir() + "cli_e2e_test_" + std::to_string(getpid());
  std::stringstream in_, out_, err_;
  Console console_{in_, out_, err_, 0, false, {}, {}};
};

TEST_F(CliTest, ActsAndShowsWhatBecameOfIt) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  EXPECT_THAT(out(), StartsWith("MakePromise: promises/a done\n"));
  EXPECT_THAT(out(), HasSubstr("text      To come\n"));
  ASSERT_EQ(Run({"act", "RewordPromise", "promises/a", "text=To come early"}), Exit::kOk) << err();
  EXPECT_THAT(out(), AllOf(HasSubstr("- text: To come\n"), HasSubstr("+ text: To come early\n")));
}

TEST_F(CliTest, ShowsOneThingInEveryFormat) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  ASSERT_EQ(Run({"get", "promises/a"}), Exit::kOk) << err();
  EXPECT_THAT(out(), AllOf(StartsWith("promises/a  [open]\n"), HasSubstr("due       2016-12\n")));
  ASSERT_EQ(Run({"get", "realms/test/promises/a", "-o", "yaml"}), Exit::kOk);
  EXPECT_THAT(out(), HasSubstr("promiser: realms/test/offices/ana\n"));
  ASSERT_EQ(Run({"get", "promises/a", "-o", "json"}), Exit::kOk);
  EXPECT_EQ(Json().struct_value().fields().at("state").string_value(), "open");
}

TEST_F(CliTest, RefusesATableForSpreadsheetsWhereTheAnswerBringsNone) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  EXPECT_EQ(Run({"act", "GetPromise", "promises/a", "-o", "csv"}), Exit::kUsage);
  EXPECT_THAT(err(), HasSubstr("GetReport"));
}

TEST_F(CliTest, ListsPageByPageOrAll) {
  for (const char* id : {"a", "b", "c"}) ASSERT_EQ(MakePromise(id), Exit::kOk) << err();
  ASSERT_EQ(Run({"list", "promises", "--page-size", "2", "-o", "name"}), Exit::kOk) << err();
  EXPECT_EQ(out(), "realms/test/promises/a\nrealms/test/promises/b\n");
  EXPECT_THAT(err(), HasSubstr("--all"));
  ASSERT_EQ(Run({"list", "promises", "--page-size", "2", "--all", "-o", "json"}), Exit::kOk);
  EXPECT_EQ(Json().list_value().values_size(), 3);
  ASSERT_EQ(Run({"list", "promises"}), Exit::kOk);
  EXPECT_THAT(
      out(), AllOf(StartsWith("NAME  PROMISER     STATE"), HasSubstr("\nc     offices/ana  open")));
}

TEST_F(CliTest, SaysThatAListIsEmpty) {
  EXPECT_EQ(Run({"list", "promises"}), Exit::kOk);
  EXPECT_THAT(out(), IsEmpty());
  EXPECT_EQ(err(), "none\n");
}

TEST_F(CliTest, DescribesWhatMayBeDoneNow) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  ASSERT_EQ(Run({"describe", "promises/a"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("WHAT MAY BE DONE NOW"));
  EXPECT_THAT(out(), HasSubstr("RewordPromise"));
  EXPECT_THAT(out(), HasSubstr("TakeStep step=reminder"));
  EXPECT_THAT(out(), HasSubstr("The promise is due"));
  EXPECT_THAT(out(), HasSubstr("Last of 1 event\n"));
}

TEST_F(CliTest, TellsWhoActedInWhichOfficeWhenAndWhy) {
  ASSERT_EQ(Run({"act", "MakePromise", "promises/a", "promiser=realms/test/offices/ana",
                 "promisee=realms/test/offices/ben", "text=x", "--occurred-on", "2015-06",
                 "--reason", "From the minutes."}),
            Exit::kOk)
      << err();
  ASSERT_EQ(Run({"history", "promises/a"}), Exit::kOk) << err();
  EXPECT_THAT(out(),
              AllOf(HasSubstr("PromiseMade"), HasSubstr("2015-06"), HasSubstr("From the minutes."),
                    HasSubstr("ana"), HasSubstr("new → open")));
  ASSERT_EQ(Run({"history", "promises/a", "--full"}), Exit::kOk);
  EXPECT_THAT(out(), AllOf(HasSubstr("  office       offices/ana\n"),
                           HasSubstr("    promiser: realms/test/offices/ana\n")));
  ASSERT_EQ(Run({"history", "promises/a", "-o", "json"}), Exit::kOk);
  EXPECT_EQ(Json().list_value().values(0).struct_value().fields().at("event").string_value(),
            "PromiseMade");
}

TEST_F(CliTest, ShowsThePastAndTheDifference) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  ASSERT_EQ(Run({"act", "RewordPromise", "promises/a", "text=To come early"}), Exit::kOk) << err();
  ASSERT_EQ(Run({"get", "promises/a", "--as-of", "@1", "-o", "yaml"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("text: To come\n"));
  ASSERT_EQ(Run({"diff", "promises/a", "--from", "@1"}), Exit::kOk) << err();
  EXPECT_THAT(out(), AllOf(HasSubstr("- text: To come\n"), HasSubstr("+ text: To come early\n")));
  ASSERT_EQ(Run({"diff", "promises/a", "--from", "@2", "--to", "@2"}), Exit::kOk);
  EXPECT_EQ(err(), "no difference\n");
  EXPECT_EQ(Run({"diff", "promises/a", "--from", "@9"}), Exit::kUsage);
  EXPECT_EQ(Run({"get", "promises/a", "--as-of", "2001-01-01"}), Exit::kNotFound);
  EXPECT_EQ(Run({"get", "promises/a", "--on", "2016-01-01"}), Exit::kNotFound);
  ASSERT_EQ(Run({"get", "promises/a", "--on", "2016-12-31", "-o", "yaml"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("text: To come early\n"));
  EXPECT_EQ(Run({"get", "promises/a", "--on", "2016", "--as-of", "@1"}), Exit::kUsage);
}

TEST_F(CliTest, FollowsTheJournal) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  ASSERT_EQ(MakePromise("b"), Exit::kOk) << err();
  ASSERT_EQ(Run({"watch", "promises/b", "--from", "0", "--until-end"}), Exit::kOk) << err();
  EXPECT_THAT(out(), AllOf(HasSubstr("PromiseMade  promises/b"), Not(HasSubstr("promises/a"))));
  ASSERT_EQ(Run({"watch", "promises/b", "--from", "0", "--until-end", "-o", "json"}), Exit::kOk);
  EXPECT_EQ(Json().struct_value().fields().at("instance").string_value(), "realms/test/promises/b");
}

TEST_F(CliTest, EndsWithACodeThatSaysWhyItWasRefused) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  EXPECT_EQ(MakePromise("a"), Exit::kConflict);
  EXPECT_THAT(err(), HasSubstr("reason: INSTANCE_EXISTS\n"));
  EXPECT_EQ(Run({"act", "MakePromise", "promises/b", "promiser=realms/test/offices/ana",
                 "promisee=realms/test/offices/ana", "text=x"}),
            Exit::kInvalid);
  EXPECT_THAT(err(),
              AllOf(HasSubstr("reason: PROMISE_TO_ONESELF\n"), HasSubstr("field: promisee\n")));
  EXPECT_EQ(Run({"act", "RewordPromise", "promises/a", "text=To come"}), Exit::kPrecondition);
  EXPECT_THAT(err(), HasSubstr("reason: SAME_TEXT\n"));
  EXPECT_EQ(Run({"get", "promises/none"}), Exit::kNotFound);
  EXPECT_EQ(Run({"act", "KeepPromise", "promises/a"}),
            Exit::kPermission);  // the promisee keeps it, not ana
  EXPECT_EQ(RunAs("nobody", {"get", "promises/a"}), Exit::kPermission);
  EXPECT_EQ(Run({"act", "RewordPromise", "promises/a", "text=y", "--etag", "\"99\""}),
            Exit::kConflict);
  EXPECT_THAT(err(), HasSubstr("reason: ETAG_MISMATCH\n"));
}

TEST_F(CliTest, DoesARequestOnceHoweverOftenItIsSent) {
  const std::vector<std::string> make = {"act",
                                         "MakePromise",
                                         "promises/a",
                                         "promiser=realms/test/offices/ana",
                                         "promisee=realms/test/offices/ben",
                                         "text=To come",
                                         "--request-id",
                                         "r1"};
  ASSERT_EQ(Run(make), Exit::kOk) << err();
  const int64_t next = NextPosition();
  EXPECT_EQ(Run(make), Exit::kOk) << err();
  EXPECT_EQ(NextPosition(), next);
}

TEST_F(CliTest, RehearsesACommandWithoutRecordingIt) {
  const int64_t next = NextPosition();
  ASSERT_EQ(Run({"act", "MakePromise", "promises/a", "promiser=realms/test/offices/ana",
                 "promisee=realms/test/offices/ben", "text=x", "--dry-run"}),
            Exit::kOk)
      << err();
  EXPECT_THAT(out(), HasSubstr("nothing was recorded"));
  EXPECT_EQ(NextPosition(), next);
  EXPECT_EQ(Run({"get", "promises/a"}), Exit::kNotFound);
}

TEST_F(CliTest, ReadsFieldsFromAFileAndFromTheStandardInput) {
  const std::string file = File(
      "promise.yaml",
      "promiser: realms/test/offices/ana\npromisee: realms/test/offices/ben\ntext: From a file\n");
  ASSERT_EQ(Run({"act", "MakePromise", "promises/a", "-f", file}), Exit::kOk) << err();
  in_.str(
      R"({"promiser": "realms/test/offices/ana", "promisee": "realms/test/offices/ben", "text": "From a pipe"})");
  ASSERT_EQ(Run({"act", "MakePromise", "promises/b", "-f", "-"}), Exit::kOk) << err();
  ASSERT_EQ(Run({"get", "promises/b", "-o", "yaml"}), Exit::kOk);
  EXPECT_THAT(out(), HasSubstr("text: From a pipe\n"));
  EXPECT_EQ(
      Run({"act", "MakePromise", "promises/c", "-f", File("bad.yaml", "text: x\ntitel: y\n")}),
      Exit::kUsage);
  EXPECT_THAT(err(), HasSubstr("bad.yaml:2:1: "));
}

TEST_F(CliTest, AppliesAManifestOnce) {
  const std::string file = File("realm.yaml", kPromise);
  ASSERT_EQ(Run({"apply", "-f", file}), Exit::kOk) << err();
  EXPECT_EQ(out(), "2 created, 1 changed, 0 unchanged, 0 refused\n");
  const int64_t next = NextPosition();
  ASSERT_EQ(Run({"apply", "-f", file}), Exit::kOk) << err();
  EXPECT_EQ(out(), "0 created, 0 changed, 3 unchanged, 0 refused\n");
  EXPECT_EQ(NextPosition(), next);
}

TEST_F(CliTest, AppliesOnlyWhatIsNewInAManifest) {
  ASSERT_EQ(Run({"apply", "-f", File("realm.yaml", kPromise)}), Exit::kOk) << err();
  const std::string extended =
      std::string(kPromise) +
      "  - MakePromise: {promise_id: c, promiser: realms/test/offices/ana, promisee: "
      "realms/test/offices/ben, text: x}\n";
  ASSERT_EQ(Run({"apply", "-f", File("realm.yaml", extended), "-o", "json"}), Exit::kOk) << err();
  EXPECT_EQ(Json().struct_value().fields().at("created").number_value(), 1);
  EXPECT_EQ(Json().struct_value().fields().at("unchanged").number_value(), 3);
}

TEST_F(CliTest, StopsBeforeAStepThatIsRefusedAndNamesItsLine) {
  const std::string file =
      File("realm.yaml", std::string(kPromise) +
                             "  - RewordPromise: {name: promises/b, text: To stay until noon}\n"
                             "  - RewordPromise: {name: promises/b, text: To stay}\n");
  EXPECT_EQ(Run({"apply", "-f", file}), Exit::kPrecondition);
  EXPECT_THAT(err(), HasSubstr("realm.yaml:9:5: step 4 RewordPromise: SAME_TEXT: "));
  EXPECT_EQ(out(), "2 created, 1 changed, 0 unchanged, 1 refused, 1 not sent\n");
  ASSERT_EQ(Run({"get", "promises/b", "-o", "yaml"}), Exit::kOk);
  EXPECT_THAT(out(), HasSubstr("text: To stay until noon\n"));
}

TEST_F(CliTest, GoesOnAfterARefusedStepIfTold) {
  const std::string file =
      File("realm.yaml", std::string(kPromise) +
                             "  - RewordPromise: {name: promises/b, text: To stay until noon}\n"
                             "  - RewordPromise: {name: promises/b, text: To stay}\n");
  EXPECT_EQ(Run({"apply", "-f", file, "--continue"}), Exit::kPrecondition);
  EXPECT_EQ(out(), "2 created, 2 changed, 0 unchanged, 1 refused\n");
}

TEST_F(CliTest, RefusesAChangedStepUnderAKeyThatWasUsed) {
  ASSERT_EQ(Run({"apply", "-f", File("realm.yaml", kPromise)}), Exit::kOk) << err();
  std::string changed = kPromise;
  changed.replace(changed.find("To come"), 7, "To fly!");
  EXPECT_EQ(Run({"apply", "-f", File("realm.yaml", changed)}), Exit::kConflict);
  EXPECT_THAT(err(), HasSubstr("REQUEST_ID_REUSED"));
}

TEST_F(CliTest, ShowsTheDifferenceThatAManifestWouldMake) {
  ASSERT_EQ(MakePromise("b"), Exit::kOk) << err();
  const int64_t next = NextPosition();
  const std::string file =
      File("realm.yaml",
           "manifest: m\nsteps:\n"
           "  - RewordPromise: {name: promises/b, text: To go}\n"
           "  - MakePromise: {promise_id: n, promiser: realms/test/offices/ana, promisee: "
           "realms/test/offices/ben, text: New}\n"
           "  - RewordPromise: {name: promises/n, text: Newer}\n");
  ASSERT_EQ(Run({"apply", "-f", file, "--dry-run"}), Exit::kOk) << err();
  EXPECT_THAT(out(),
              AllOf(HasSubstr("promises/b\n"), HasSubstr("- text: To come\n"),
                    HasSubstr("+ text: To go\n"), HasSubstr("promises/n (new)\n"),
                    HasSubstr("+ text: Newer\n"), HasSubstr("dry run: 1 created, 2 changed")));
  EXPECT_EQ(NextPosition(), next);
}

TEST_F(CliTest, FoundsARealmAndFillsItFromOneManifest) {
  const std::string file =
      File("realm.yaml",
           "manifest: m\nrealm: realms/bicol\nsteps:\n"
           "  - CreateRealm: {realm_id: bicol, title: Bicol}\n"
           "  - MakePromise: {promise_id: a, promiser: realms/test/offices/ana, promisee: "
           "realms/test/offices/ben, text: x}\n");
  ASSERT_EQ(RunAs("realms/system/accounts/root-admin", {"apply", "-f", file, "--dry-run"}),
            Exit::kOk)
      << err();
  EXPECT_THAT(
      out(), AllOf(HasSubstr("realms/bicol (new)\n"),
                   HasSubstr("dry run: 1 created, 0 changed, 0 unchanged, 0 refused, 1 not sent")));
  EXPECT_THAT(err(), HasSubstr("not there yet"));
  EXPECT_EQ(RunAs("realms/system/accounts/root-admin", {"get", "realms/bicol"}), Exit::kNotFound);
  ASSERT_EQ(RunAs("realms/system/accounts/root-admin", {"apply", "-f", file}), Exit::kOk) << err();
  EXPECT_EQ(out(), "2 created, 0 changed, 0 unchanged, 0 refused\n");
  ASSERT_EQ(RunAs("realms/system/accounts/root-admin", {"apply", "-f", file}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("2 unchanged"));
  ASSERT_EQ(RunAs("realms/system/accounts/root-admin", {"list", "realms", "-o", "name"}), Exit::kOk)
      << err();
  EXPECT_THAT(out(), HasSubstr("realms/bicol\n"));
}

TEST_F(CliTest, DeploysShowsAndListsDefinitionsAndMigrates) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  const std::string admin = "realms/test/accounts/ana-admin";
  std::ifstream builtin(KASUNDO_SOURCE_DIR "/tests/support/promise.workflow.yaml");
  std::stringstream text;
  text << builtin.rdbuf();
  const std::string file = File("promise.workflow.yaml", text.str() + "# changed\n");
  ASSERT_EQ(RunAs(admin, {"workflow", "deploy", file}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("definitions/promise version 2\n"));
  ASSERT_EQ(RunAs(admin, {"workflow", "deploy", file}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("unchanged"));
  ASSERT_EQ(Run({"workflow", "list", "-o", "name"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("realms/test/definitions/promise\n"));
  ASSERT_EQ(Run({"workflow", "show", "promise"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("# changed"));
  ASSERT_EQ(RunAs(admin, {"workflow", "migrate", "promises/a", "--dry-run"}), Exit::kOk) << err();
  EXPECT_EQ(out(),
            "promises/a: promise version 1 [open] -> version 2 [open] (would be; nothing was "
            "recorded)\n");
  ASSERT_EQ(RunAs(admin, {"workflow", "migrate", "promises/a"}), Exit::kOk) << err();
  EXPECT_EQ(Run({"workflow", "migrate", "promises/a"}), Exit::kPermission);
  EXPECT_EQ(Run({"workflow", "migrate", "promises/a", "--map", "open"}), Exit::kUsage);
}

TEST_F(CliTest, VerifiesAndCounts) {
  ASSERT_EQ(MakePromise("a"), Exit::kOk) << err();
  const std::string admin = "realms/system/accounts/root-admin";
  ASSERT_EQ(RunAs(admin, {"admin", "verify"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("everything that is stored is in order\n"));
  ASSERT_EQ(RunAs(admin, {"admin", "stats"}), Exit::kOk) << err();
  EXPECT_THAT(out(), HasSubstr("FIGURE"));
  EXPECT_EQ(Run({"admin", "verify"}), Exit::kPermission);
  EXPECT_EQ(RunAs(admin, {"admin", "backup", "relative"}), Exit::kInvalid);
}

}  // namespace
}  // namespace kasundo::cli
