// The sample realms, loaded as the README says: `kasundo apply` against a real server. What they
// tell is asked for again, and loading them a second time changes nothing.
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "kasundo/committees/v1/meetings_service.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "services/runtime/client.h"
#include "tests/support/server_process.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct ProgramRun {
  int exit_code = -1;
  std::string output;  // of both streams
};

// The manifests of a folder, in the order of their names, as the shell gives them.
std::string Manifests(const std::string& realm) {
  std::vector<std::string> files;
  for (const auto& entry :
       fs::directory_iterator(fs::path(KASUNDO_SOURCE_DIR) / "workflows" / "samples" / realm)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::string all;
  for (const std::string& file : files) all += " '" + file + "'";
  return all;
}

class Samples : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    server_ = new ServerProcess(folder_->path());
    const absl::Status started = server_->Start();
    ASSERT_TRUE(started.ok()) << started;
    ClientOptions options;
    options.address = server_->address();
    options.token = server_->administrator_token();
    ASSERT_FALSE(options.token.empty()) << server_->log();
    client_ = Client::Connect(options);
    loaded_ = Kasundo("apply -f" + Manifests("calabarzon") + Manifests("bicol"));
  }
  static void TearDownTestSuite() {
    client_.reset();
    delete server_;
    delete folder_;
  }
  void SetUp() override { ASSERT_EQ(loaded_.exit_code, 0) << loaded_.output; }

  // Runs the command line with this server and its administrator.
  static ProgramRun Kasundo(const std::string& arguments) {
    const std::string command = fmt::format(
        "XDG_CONFIG_HOME='{}' KASUNDO_SERVER='{}' KASUNDO_TOKEN='{}' '{}' {} 2>&1 </dev/null",
        folder_->path(), server_->address(), server_->administrator_token(),
        KASUNDO_BINARY_DIR "/services/cli/kasundo", arguments);
    ProgramRun run;
    FILE* out = popen(command.c_str(), "r");
    if (out == nullptr) return run;
    char buffer[4096];
    for (size_t read; (read = fread(buffer, 1, sizeof buffer, out)) > 0;) {
      run.output.append(buffer, read);
    }
    const int status = pclose(out);
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return run;
  }

  template <typename Response, typename Request>
  static Response Ask(const std::string& method, const Request& request) {
    Response response;
    const absl::Status status = client_->Call(method, request, &response);
    EXPECT_TRUE(status.ok()) << method << ": " << status;
    return response;
  }

  template <typename Response, typename Request>
  static Response ListAll(const std::string& method, const std::string& parent) {
    Request request;
    request.set_parent(parent);
    request.set_page_size(1000);
    return Ask<Response>(method, request);
  }

  static committees::v1::Resolution Resolution(const std::string& name) {
    committees::v1::GetResolutionRequest request;
    request.set_name(name);
    return Ask<committees::v1::Resolution>("kasundo.committees.v1.Resolutions.GetResolution",
                                           request);
  }
  static committees::v1::Meeting Meeting(const std::string& name) {
    committees::v1::GetMeetingRequest request;
    request.set_name(name);
    return Ask<committees::v1::Meeting>("kasundo.committees.v1.Meetings.GetMeeting", request);
  }
  static committees::v1::Matter Matter(const std::string& name) {
    committees::v1::GetMatterRequest request;
    request.set_name(name);
    return Ask<committees::v1::Matter>("kasundo.committees.v1.Matters.GetMatter", request);
  }
  static int64_t NextPosition(const std::string& realm) {
    admin::v1::GetRealmRequest request;
    request.set_name(realm);
    return Ask<admin::v1::Realm>("kasundo.admin.v1.Admin.GetRealm", request).next_position();
  }

  inline static TemporaryFolder* folder_ = nullptr;
  inline static ServerProcess* server_ = nullptr;
  inline static std::unique_ptr<Client> client_;
  inline static ProgramRun loaded_;
};

TEST_F(Samples, ChangeNothingWhenTheyAreLoadedAgain) {
  const int64_t calabarzon = NextPosition("realms/calabarzon");
  const int64_t bicol = NextPosition("realms/bicol");
  const ProgramRun again = Kasundo("apply -f" + Manifests("calabarzon") + Manifests("bicol"));
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("0 created, 0 changed"));
  EXPECT_EQ(NextPosition("realms/calabarzon"), calabarzon);
  EXPECT_EQ(NextPosition("realms/bicol"), bicol);
}

TEST_F(Samples, HoldTheBodiesOfCalabarzon) {
  namespace v1 = committees::v1;
  const auto bodies = ListAll<v1::ListCommitteesResponse, v1::ListCommitteesRequest>(
      "kasundo.committees.v1.Committees.ListCommittees", "realms/calabarzon");
  // Council, social committee, CMD, legislature; 4 provincial councils; 34 local committees.
  EXPECT_THAT(bodies.committees(), SizeIs(4 + 4 + 34));
}

TEST_F(Samples, ShowTheCommitteeAsItWasIn2011AndIn2014) {
  namespace v1 = committees::v1;
  v1::GetCommitteeRequest request;
  request.set_name("realms/calabarzon/committees/cmd");
  *request.mutable_on() = MakeDate(2011, 6, 30);
  const auto before = Ask<v1::Committee>("kasundo.committees.v1.Committees.GetCommittee", request);
  EXPECT_EQ(before.form().standing(), v1::STANDING_AD_HOC);
  EXPECT_EQ(before.title(), "Ad Hoc Committee on Migration and Development");
  *request.mutable_on() = MakeDate(2014, 6, 30);
  const auto after = Ask<v1::Committee>("kasundo.committees.v1.Committees.GetCommittee", request);
  EXPECT_EQ(after.form().standing(), v1::STANDING_SPECIAL);
  EXPECT_EQ(after.name(), before.name());
}

TEST_F(Samples, ShowAnAgencyUnderTheNameOfTheDay) {
  directory::v1::GetOrganisationRequest request;
  request.set_name("realms/calabarzon/organisations/neda");
  *request.mutable_on() = MakeDate(2016, 3, 18);
  EXPECT_EQ(
      Ask<directory::v1::Organisation>("kasundo.directory.v1.Directory.GetOrganisation", request)
          .title(),
      "National Economic and Development Authority");
  *request.mutable_on() = MakeDate(2025, 6, 1);
  EXPECT_EQ(
      Ask<directory::v1::Organisation>("kasundo.directory.v1.Directory.GetOrganisation", request)
          .title(),
      "Department of Economy, Planning, and Development");
}

TEST_F(Samples, CountDesksIn21Of31MunicipalitiesAnd1Of3Cities) {
  const auto resolution =
      Resolution("realms/calabarzon/committees/batangas-sp/resolutions/527-2012");
  EXPECT_THAT(resolution.obligations(), SizeIs(34));
  EXPECT_EQ(resolution.coverage().total(), 34);
  EXPECT_EQ(resolution.coverage().done(), 22);
  ASSERT_THAT(resolution.coverage().groups(), SizeIs(2));
  EXPECT_EQ(resolution.coverage().groups(0).group(), "municipalities");
  EXPECT_EQ(resolution.coverage().groups(0).done(), 21);
  EXPECT_EQ(resolution.coverage().groups(0).total(), 31);
  EXPECT_EQ(resolution.coverage().groups(1).done(), 1);
  EXPECT_EQ(resolution.coverage().groups(1).total(), 3);
}

TEST_F(Samples, HoldAYearOfQuarterlyMeetings) {
  namespace v1 = committees::v1;
  const auto meetings = ListAll<v1::ListMeetingsResponse, v1::ListMeetingsRequest>(
      "kasundo.committees.v1.Meetings.ListMeetings", "realms/calabarzon/committees/cmd");
  ASSERT_THAT(meetings.meetings(), SizeIs(4));
  for (int i : {0, 1, 2}) EXPECT_EQ(meetings.meetings(i).state(), "minutes-approved") << i;
  EXPECT_EQ(meetings.meetings(3).state(), "minutes-drafted");
  const auto items = ListAll<v1::ListActionItemsResponse, v1::ListActionItemsRequest>(
      "kasundo.committees.v1.ActionItems.ListActionItems", "realms/calabarzon/committees/cmd");
  ASSERT_THAT(items.action_items(), SizeIs(3));
  for (const auto& item : items.action_items()) EXPECT_EQ(item.state(), "done") << item.name();
}

TEST_F(Samples, OnlyRecommendWithoutAQuorumAndRatifyAtTheNextMeeting) {
  const auto meeting = Meeting("realms/calabarzon/committees/cmd/meetings/2016-q2");
  ASSERT_THAT(meeting.motions(), SizeIs(1));
  EXPECT_EQ(meeting.motions(0).motion_state(), committees::v1::MOTION_STATE_RECOMMENDED);
  const auto resolution =
      Resolution("realms/calabarzon/committees/cmd/resolutions/2016-q2-guideline");
  EXPECT_EQ(resolution.state(), "adopted");
  EXPECT_EQ(resolution.ratified_at_meeting(), "realms/calabarzon/committees/cmd/meetings/2016-q3");
  EXPECT_EQ(ToString(resolution.recommended_on()), "2016-06-17");
  EXPECT_EQ(ToString(resolution.adopted_on()), "2016-09-16");
}

TEST_F(Samples, BringTheNationalAnswerBackToLegazpi) {
  const auto matter = Matter("realms/bicol/committees/legazpi-cmd/matters/accredited-hospital");
  EXPECT_EQ(matter.state(), "answered");
  EXPECT_THAT(matter.answer(), HasSubstr("Department of Health"));
  // Three hops up, three down.
  EXPECT_THAT(matter.hops(), SizeIs(6));
}

TEST_F(Samples, FollowFromTheirJournals) {
  const ProgramRun verified = Kasundo("admin verify");
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
}

}  // namespace
}  // namespace kasundo::testing
