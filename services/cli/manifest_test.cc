#include "services/cli/manifest.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/testing/v1/toy.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"

namespace kasundo::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::v1::MakePromiseRequest;

const Catalog& TestCatalog() {
  static const Catalog catalog(/*for_tests=*/true);
  return catalog;
}

class ManifestTest : public ::testing::Test {
 protected:
  void Read(std::string_view text) { reader_.Read("realm.yaml", text); }
  const MakePromiseRequest& Promise(size_t at) {
    return static_cast<const MakePromiseRequest&>(*reader_.steps().at(at).request);
  }
  std::string RequestId(size_t at) { return Promise(at).header().request_id(); }
  std::vector<std::string> Errors() {
    std::vector<std::string> lines;
    for (const ManifestError& error : reader_.errors())
      lines.push_back(error.where + ": " + error.message);
    return lines;
  }

  ManifestReader reader_{TestCatalog(), "realms/calabarzon"};
};

TEST_F(ManifestTest, ReadsStepsWithTheirFields) {
  Read(R"(
manifest: calabarzon-2016
realm: realms/bicol
steps:
  - MakePromise: {promise_id: a, promiser: offices/dole, promisee: offices/neda, text: To come, due: 2016-03}
  - keep-promise: {name: promises/a}
)");
  EXPECT_THAT(Errors(), IsEmpty());
  ASSERT_THAT(reader_.steps(), SizeIs(2));
  EXPECT_EQ(Promise(0).parent(), "realms/bicol");
  EXPECT_EQ(Promise(0).text(), "To come");
  EXPECT_EQ(Promise(0).due().month(), 3);
  EXPECT_EQ(reader_.steps()[1].command, "KeepPromise");
  EXPECT_EQ(static_cast<const testing::v1::KeepPromiseRequest&>(*reader_.steps()[1].request).name(),
            "realms/bicol/promises/a");
  EXPECT_EQ(reader_.steps()[1].where(), "realm.yaml:6:5: step 2 KeepPromise");
}

TEST_F(ManifestTest, TakesHeaderFieldsBesideTheStepAmongItsFieldsAndFromTheDefaults) {
  Read(R"(
manifest: m
defaults: {reason: From the minutes., occurred_on: 2011}
steps:
  - MakePromise: {promise_id: a}
  - MakePromise: {promise_id: b}
    occurred_on: 2012-06
    acting_office: offices/dole
  - MakePromise: {promise_id: c, reason: Its own.}
  - MakePromise: {promise_id: d, header: {etag: '"3"'}}
)");
  EXPECT_THAT(Errors(), IsEmpty());
  ASSERT_THAT(reader_.steps(), SizeIs(4));
  EXPECT_EQ(Promise(0).header().reason(), "From the minutes.");
  EXPECT_EQ(Promise(0).header().occurred_on().year(), 2011);
  EXPECT_EQ(Promise(1).header().occurred_on().month(), 6);
  EXPECT_EQ(Promise(1).header().acting_office(), "realms/calabarzon/offices/dole");
  EXPECT_EQ(Promise(2).header().reason(), "Its own.");
  EXPECT_EQ(Promise(3).header().etag(), "\"3\"");
  EXPECT_EQ(Promise(3).header().reason(), "From the minutes.");
}

TEST_F(ManifestTest, NamesRequestsByKeyOrContent) {
  Read(R"(
manifest: m
steps:
  - MakePromise: {promise_id: a}
    key: first
  - MakePromise: {promise_id: b}
  - MakePromise: {promise_id: b}
)");
  EXPECT_THAT(Errors(), IsEmpty());
  EXPECT_EQ(RequestId(0), "m/first");
  EXPECT_EQ(RequestId(2), RequestId(1) + "-2");
}

TEST_F(ManifestTest, GivesAStepTheSameRequestIdWhereverItStands) {
  Read("manifest: m\nsteps:\n  - MakePromise: {promise_id: b, text: x}\n");
  ManifestReader later(TestCatalog(), "realms/calabarzon");
  later.Read("other.yaml",
             "manifest: m\nsteps:\n"
             "  - MakePromise: {promise_id: new}\n"
             "  - MakePromise: {text: x,\n      promise_id: b}\n"
             "  - MakePromise: {promise_id: b, text: changed}\n");
  ASSERT_THAT(later.steps(), SizeIs(3));
  const auto id = [&](size_t at) {
    return static_cast<const MakePromiseRequest&>(*later.steps()[at].request).header().request_id();
  };
  EXPECT_EQ(id(1), RequestId(0));
  EXPECT_NE(id(0), RequestId(0));
  EXPECT_NE(id(2), RequestId(0));
}

TEST_F(ManifestTest, NamesFileLineAndColumnOfEveryFault) {
  Read(R"(manifest: m
steps:
  - MakePromise: {promise_id: a, titel: x}
  - MakePromis: {promise_id: b}
  - MakePromise:
      promise_id: c
      due: someday
)");
  ASSERT_THAT(reader_.errors(), SizeIs(3));
  EXPECT_EQ(reader_.errors()[0].where, "realm.yaml:3:34: step 1 MakePromise");
  EXPECT_EQ(reader_.errors()[1].where, "realm.yaml:4:5: step 2");
  EXPECT_THAT(reader_.errors()[1].mend, HasSubstr("MakePromise"));
  EXPECT_EQ(reader_.errors()[2].where, "realm.yaml:7:12: step 3 MakePromise");
}

TEST_F(ManifestTest, RefusesWhatIsNoManifest) {
  Read("- a\n- b\n");
  EXPECT_THAT(Errors(), ElementsAre(HasSubstr("realm.yaml:1:1: a manifest is expected here")));
}

TEST_F(ManifestTest, RefusesAnEmptyFile) {
  Read("# nothing\n");
  EXPECT_THAT(Errors(), ElementsAre("realm.yaml: the file has no manifest"));
}

TEST_F(ManifestTest, RefusesAManifestWithoutIdOrSteps) {
  Read("realm: realms/calabarzon\n");
  EXPECT_THAT(Errors(), ElementsAre(HasSubstr("has no id"), HasSubstr("has no list of steps")));
}

TEST_F(ManifestTest, RefusesUnknownKeysAndIdsThatFitNoRequestId) {
  Read("manifest: has blanks\nstep: []\nsteps: []\n");
  EXPECT_THAT(Errors(), ElementsAre(HasSubstr("'has blanks' is no id"), HasSubstr("no 'step'")));
}

TEST_F(ManifestTest, RefusesTwoCommandsInOneStep) {
  Read(
      "manifest: m\nsteps:\n  - MakePromise: {promise_id: a}\n    KeepPromise: {name: "
      "promises/a}\n");
  EXPECT_THAT(Errors(), ElementsAre(HasSubstr("'KeepPromise' beside 'MakePromise'")));
}

TEST_F(ManifestTest, RefusesAKeyThatIsTaken) {
  Read(
      "manifest: m\nsteps:\n  - MakePromise: {promise_id: a}\n    key: x\n  - MakePromise: "
      "{promise_id: b}\n    key: x\n");
  EXPECT_THAT(Errors(), ElementsAre(HasSubstr("the key 'x' is taken")));
}

TEST_F(ManifestTest, RefusesReadsAsSteps) {
  Read("manifest: m\nsteps:\n  - GetPromise: {name: promises/a}\n");
  EXPECT_THAT(Errors(), ElementsAre(HasSubstr("changes nothing")));
}

TEST_F(ManifestTest, RefusesYamlThatCannotBeRead) {
  Read("manifest: [m\n");
  EXPECT_THAT(reader_.errors(), SizeIs(::testing::Ge(1u)));
}

TEST_F(ManifestTest, TakesSeveralDocumentsEachWithItsRealm) {
  Read(
      "manifest: a\nrealm: bicol\nsteps: [MakePromise: {promise_id: x}]\n---\n"
      "manifest: b\nsteps: [MakePromise: {promise_id: x}]\n");
  EXPECT_THAT(Errors(), IsEmpty());
  ASSERT_THAT(reader_.steps(), SizeIs(2));
  EXPECT_EQ(Promise(0).parent(), "realms/bicol");
  EXPECT_EQ(Promise(1).parent(), "realms/calabarzon");
}

TEST_F(ManifestTest, TakesATextFromAFileBesideIt) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / ("manifest_test_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "text.md") << "long text\n";
  reader_.Read(
      (folder / "realm.yaml").string(),
      "manifest: m\nsteps:\n  - MakePromise: {promise_id: a}\n    files: {text: text.md}\n"
      "  - MakePromise: {promise_id: b}\n    files: {text: missing.md, witnesses: text.md}\n");
  std::filesystem::remove_all(folder);
  EXPECT_EQ(Promise(0).text(), "long text\n");
  EXPECT_THAT(Errors(), ElementsAre(HasSubstr("missing.md"), HasSubstr("'witnesses'")));
}

}  // namespace
}  // namespace kasundo::cli
