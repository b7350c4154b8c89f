// The sample realms, loaded as the README says: `kasundo apply` against a real server. What they
// tell is asked for again, and loading them a second time changes nothing.
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/admin/v1/admin_service.pb.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "kasundo/agreements/v1/articles_service.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "kasundo/assignments/v1/assignments_service.pb.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/matters_service.pb.h"
#include "kasundo/committees/v1/meetings_service.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/monitoring/v1/checklists_service.pb.h"
#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/monitoring/v1/reports.pb.h"
#include "kasundo/monitoring/v1/rollups_service.pb.h"
#include "kasundo/plans/v1/plan_questions.pb.h"
#include "kasundo/plans/v1/plans_service.pb.h"
#include "kasundo/responsibilities/v1/responsibilities_service.pb.h"
#include "services/runtime/client.h"
#include "tests/support/server_process.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<std::string>& Realms() {
  static const std::vector<std::string> realms = {
      "calabarzon",  "bicol", "batangas-rome", "batangas-rome-secured", "morazan", "sedhiou",
      "souss-massa", "cbms",  "imbabura"};
  return realms;
}

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

std::string AllManifests() {
  std::string all;
  for (const std::string& realm : Realms()) all += Manifests(realm);
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
    loaded_ = Kasundo("apply -f" + AllManifests());
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
  static agreements::v1::Agreement Agreement(const std::string& name) {
    agreements::v1::GetAgreementRequest request;
    request.set_name(name);
    return Ask<agreements::v1::Agreement>("kasundo.agreements.v1.Agreements.GetAgreement", request);
  }
  static agreements::v1::GetAgreementTextResponse Text(const std::string& name,
                                                       const std::string& language) {
    agreements::v1::GetAgreementTextRequest request;
    request.set_name(name);
    request.set_language(language);
    return Ask<agreements::v1::GetAgreementTextResponse>(
        "kasundo.agreements.v1.Articles.GetAgreementText", request);
  }
  static agreements::v1::GetProgressResponse Progress(const std::string& name) {
    agreements::v1::GetProgressRequest request;
    request.set_name(name);
    return Ask<agreements::v1::GetProgressResponse>("kasundo.agreements.v1.Obligations.GetProgress",
                                                    request);
  }
  static directory::v1::GetHolderResponse Holder(const std::string& office,
                                                 const api::v1::CivilDate& on) {
    directory::v1::GetHolderRequest request;
    request.set_office(office);
    *request.mutable_on() = on;
    return Ask<directory::v1::GetHolderResponse>("kasundo.directory.v1.Directory.GetHolder",
                                                 request);
  }
  // Activities beneath an area.
  static int64_t Activities(const agreements::v1::Agreement& agreement, std::string_view area) {
    return std::count_if(agreement.areas().begin(), agreement.areas().end(),
                         [&](const auto& each) { return each.parent() == area; });
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
  std::map<std::string, int64_t> before;
  for (const std::string& realm : Realms()) before[realm] = NextPosition("realms/" + realm);
  const ProgramRun again = Kasundo("apply -f" + AllManifests());
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("0 created, 0 changed"));
  // Deadlines that had passed may fire meanwhile; nothing else is recorded.
  for (const std::string& realm : Realms()) {
    const ProgramRun since =
        Kasundo(fmt::format("--realm realms/{} watch --from {} --until-end", realm, before[realm]));
    EXPECT_EQ(since.exit_code, 0) << since.output;
    std::istringstream lines(since.output);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_THAT(line, HasSubstr("  by system")) << realm;
    }
  }
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

TEST_F(Samples, LetTheTwinningFailAsItDid) {
  namespace v1 = agreements::v1;
  const auto twinning = Agreement("realms/batangas-rome/agreements/twinning");
  EXPECT_EQ(twinning.state(), "failed");
  EXPECT_THAT(
      twinning.failure().causes(),
      ElementsAre(v1::FAILURE_CAUSE_LOSS_OF_KEY_OFFICER, v1::FAILURE_CAUSE_CHANGE_OF_ELECTED_HEAD,
                  v1::FAILURE_CAUSE_NO_MANDATE, v1::FAILURE_CAUSE_TIMING));
  EXPECT_THAT(twinning.failure().lessons(), HasSubstr("standing committee"));
  EXPECT_EQ(ToString(twinning.target_signing_date()), "2011-10");
  ASSERT_THAT(twinning.meetings(), SizeIs(2));
  EXPECT_EQ(ToString(twinning.meetings(0).on()), "2011-04-15");
  EXPECT_EQ(ToString(twinning.meetings(1).on()), "2011-04-18");
  EXPECT_THAT(twinning.text_versions(), IsEmpty());
  EXPECT_THAT(twinning.signatures(), IsEmpty());
  for (const v1::Party& party : twinning.parties()) {
    EXPECT_FALSE(party.has_mandate()) << party.id();
    EXPECT_EQ(party.owning_body(), "") << party.id();
  }
}

TEST_F(Samples, HoldTheFourAreasThreeTopicsAndSixServicesOfTheDraft) {
  for (const char* realm : {"batangas-rome", "batangas-rome-secured"}) {
    const auto twinning = Agreement(fmt::format("realms/{}/agreements/twinning", realm));
    EXPECT_EQ(Activities(twinning, ""), 4) << realm;
    EXPECT_EQ(Activities(twinning, "exchange"), 3) << realm;
    EXPECT_EQ(Activities(twinning, "services"), 6) << realm;
  }
}

TEST_F(Samples, LeaveThePlanningOfficeVacantUnlessItHadADeputy) {
  namespace v1 = directory::v1;
  const auto july = MakeDate(2011, 7, 1);
  const auto vacant = Holder("realms/batangas-rome/offices/batangas-ppdo", july);
  EXPECT_EQ(vacant.holding(), v1::HOLDING_VACANT);
  EXPECT_EQ(vacant.cause(), v1::VACANCY_CAUSE_DEATH);
  EXPECT_THAT(vacant.deputies(), IsEmpty());
  const auto stood_in = Holder("realms/batangas-rome-secured/offices/batangas-ppdo", july);
  EXPECT_EQ(stood_in.holding(), v1::HOLDING_DEPUTY);
  EXPECT_THAT(stood_in.deputies(),
              ElementsAre("realms/batangas-rome-secured/people/lualhati-maagap"));
}

TEST_F(Samples, BringTheSecuredTwinningIntoForceBeforeItsTarget) {
  namespace v1 = agreements::v1;
  const auto twinning = Agreement("realms/batangas-rome-secured/agreements/twinning");
  EXPECT_EQ(twinning.state(), "in-force");
  EXPECT_EQ(ToString(twinning.signing_date()), "2011-08-26");
  EXPECT_EQ(ToString(twinning.in_force_on()), "2011-09-01");
  EXPECT_TRUE(Before(twinning.in_force_on(), MakeDate(2011, 10, 1)));  // the target of April 2011
  EXPECT_THAT(twinning.slips(), IsEmpty());
  ASSERT_THAT(twinning.text_versions(), SizeIs(1));
  ASSERT_THAT(twinning.signatures(), SizeIs(2));
  for (const v1::Signature& signature : twinning.signatures()) {
    EXPECT_EQ(signature.text_hash(), twinning.text_versions(0).hash()) << signature.party();
    EXPECT_EQ(signature.capacity(), v1::SIGNING_CAPACITY_HOLDER) << signature.party();
  }
  EXPECT_THAT(twinning.clearances(), SizeIs(2));
  ASSERT_THAT(twinning.parties(), SizeIs(2));
  EXPECT_THAT(twinning.parties(0).mandate().resolution(), HasSubstr("resolutions/twinning-rome"));
  EXPECT_EQ(twinning.parties(1).mandate().number(), "Deliberation 412/2010");
  // The governor who came into office in October has confirmed it.
  ASSERT_THAT(twinning.parties(1).confirmations(), SizeIs(1));
  EXPECT_EQ(twinning.parties(1).confirmations(0).answer(), v1::CONFIRMATION_ANSWER_CONFIRM);

  const auto progress = Progress(twinning.name());
  EXPECT_EQ(progress.counts().total(), 4);
  EXPECT_EQ(progress.counts().fulfilled(), 3);
  EXPECT_EQ(progress.counts().percent(), 75);
}

TEST_F(Samples, PegTheItalianTextToTheEnglishOne) {
  const auto text = Text("realms/batangas-rome-secured/agreements/twinning", "it");
  EXPECT_EQ(text.prevailing_language(), "en");
  EXPECT_THAT(text.languages(), ElementsAre("en", "it"));
  ASSERT_THAT(text.articles(), SizeIs(5));
  for (const auto& article : text.articles()) {
    EXPECT_FALSE(article.behind()) << article.number();
    EXPECT_FALSE(article.missing()) << article.number();
    EXPECT_EQ(article.peg().language(), "en") << article.number();
  }
  EXPECT_EQ(text.articles(3).peg().version(), 2);
  EXPECT_THAT(text.articles(3).text(), HasSubstr("nei prossimi 5-10 anni"));
}

TEST_F(Samples, LetTheFrameworkAgreementGrowFromTheTwinningAndRenewItByConsentOfBoth) {
  namespace v1 = agreements::v1;
  const auto twinning = Agreement("realms/morazan/agreements/morazan-montgomery");
  EXPECT_EQ(twinning.state(), "signed");
  ASSERT_THAT(twinning.signatures(), SizeIs(2));
  EXPECT_EQ(ToString(twinning.signatures(0).signed_on()), "2011");
  // Who carried out the procedures is no party.
  ASSERT_THAT(twinning.broker_acts(), SizeIs(1));
  EXPECT_EQ(twinning.broker_acts(0).broker(), "adel-morazan");

  const auto framework = Agreement("realms/morazan/agreements/adel-cotsa");
  EXPECT_EQ(framework.instrument(), v1::INSTRUMENT_TYPE_FRAMEWORK);
  ASSERT_THAT(framework.links(), SizeIs(1));
  EXPECT_EQ(framework.links(0).instrument(), twinning.name());
  EXPECT_EQ(ToString(framework.in_force_on()), "2014-05");
  ASSERT_THAT(framework.renewals(), SizeIs(1));
  EXPECT_EQ(ToString(framework.renewals(0).from()), "2016-04-30");
  EXPECT_EQ(ToString(framework.renewals(0).until()), "2018-04-30");
  EXPECT_THAT(framework.renewals(0).consents(), SizeIs(2));
  EXPECT_EQ(framework.state(), "expired");
}

TEST_F(Samples, HoldTheCityOfNagaAndTenAgenciesInOneMemorandum) {
  namespace v1 = agreements::v1;
  const auto memorandum = Agreement("realms/bicol/agreements/naga-memorandum");
  EXPECT_EQ(memorandum.state(), "in-force");
  EXPECT_EQ(ToString(memorandum.in_force_on()), "2015-12-19");
  EXPECT_THAT(memorandum.parties(), SizeIs(1 + 10));
  ASSERT_THAT(memorandum.signatures(), SizeIs(1 + 10));
  for (const v1::Signature& signature : memorandum.signatures()) {
    const bool deputy = signature.party() == "tesda";
    EXPECT_EQ(signature.capacity(),
              deputy ? v1::SIGNING_CAPACITY_AUTHORISED : v1::SIGNING_CAPACITY_HOLDER)
        << signature.party();
    EXPECT_EQ(signature.authority(), deputy ? "TESDA office order (2014)" : "")
        << signature.party();
  }
  const auto progress = Progress(memorandum.name());
  EXPECT_EQ(progress.counts().total(), 10);
  EXPECT_EQ(progress.counts().percent(), 100);
  EXPECT_THAT(progress.parties(), SizeIs(1 + 10));
}

TEST_F(Samples, HoldThePartnershipsOfSedhiouFromOneToTheNext) {
  const auto partnership = Agreement("realms/sedhiou/agreements/rda-grdr");
  EXPECT_EQ(partnership.state(), "in-force");
  EXPECT_FALSE(partnership.has_ends_on());
  EXPECT_THAT(partnership.anchors(), SizeIs(1));
  const auto paicodels = Agreement("realms/sedhiou/agreements/paicodels");
  EXPECT_EQ(paicodels.state(), "expired");
  EXPECT_EQ(ToString(paicodels.ends_on()), "2016");
  EXPECT_EQ(Progress(paicodels.name()).counts().percent(), 100);
  const auto abroad = Agreement("realms/sedhiou/agreements/regions-abroad");
  EXPECT_EQ(abroad.state(), "idea");
  EXPECT_THAT(abroad.parties(), SizeIs(6));
  ASSERT_THAT(abroad.links(), SizeIs(1));
  EXPECT_EQ(abroad.links(0).instrument(), paicodels.name());
}

TEST_F(Samples, LetFifteenPartiesOpenElevenOfficesInSoussMassa) {
  const auto partnership = Agreement("realms/souss-massa/agreements/mtd");
  EXPECT_EQ(partnership.state(), "expired");
  EXPECT_THAT(partnership.parties(), SizeIs(2 + 2 + 11));
  EXPECT_THAT(partnership.signatures(), SizeIs(2 + 2 + 11));
  EXPECT_THAT(partnership.obligations(), SizeIs(11 + 1));
  EXPECT_EQ(Progress(partnership.name()).counts().fulfilled(), 11 + 1);
}

// Must show 2: a quarter in the life of one region, now and as of two days before and after a
// correction.
TEST_F(Samples, TellAQuarterInTheLifeOfTheRegion) {
  namespace v1 = monitoring::v1;
  const auto roll_up = [](const std::string& day) {
    v1::GetRollUpRequest request;
    request.set_parent("realms/calabarzon");
    request.set_territory("realms/calabarzon/territories/region-iv-a");
    request.set_checklist_template("realms/calabarzon/checklistTemplates/quarterly-check");
    if (!day.empty()) *request.mutable_as_of()->mutable_business_date() = *ParseCivilDate(day);
    return Ask<v1::RollUp>("kasundo.monitoring.v1.RollUps.GetRollUp", request);
  };
  const auto served = [](const v1::RollUp& figures) {
    for (const v1::RolledUpItem& item : figures.items()) {
      if (item.item() == "served") return item.validated().value();
    }
    return std::string("no such item");
  };
  const v1::RollUp now = roll_up("");
  EXPECT_EQ(now.issued(), 5);
  EXPECT_EQ(now.submitted(), 4) << "the return of Rizal never came";
  EXPECT_EQ(now.validated(), 4);
  EXPECT_EQ(now.office_completion(), "80.00");
  EXPECT_EQ(served(now), "315");
  EXPECT_EQ(served(roll_up("2016-08-01")), "315");
  EXPECT_EQ(served(roll_up("2016-07-15")), "324") << "before the correction";
  EXPECT_EQ(served(roll_up("2016-04-30")), "") << "nothing was validated yet";
  ASSERT_THAT(now.children(), SizeIs(5));

  v1::GetChecklistRequest checklist;
  checklist.set_name("realms/calabarzon/issuances/provinces-2016-q1/checklists/laguna");
  const auto laguna =
      Ask<v1::Checklist>("kasundo.monitoring.v1.Checklists.GetChecklist", checklist);
  EXPECT_EQ(laguna.state(), "validated");
  ASSERT_THAT(laguna.reviews(), SizeIs(2));
  EXPECT_EQ(laguna.reviews(0).stage(), v1::DATA_STAGE_RAW) << "returned once";

  // The slippage policy of the work plan began this one by itself.
  v1::GetFindingRequest finding;
  finding.set_name("realms/calabarzon/findings/cmd-2016-desks-icu-2016-06-30");
  const auto exception = Ask<v1::Finding>("kasundo.monitoring.v1.Findings.GetFinding", finding);
  EXPECT_EQ(exception.origin(), v1::FINDING_ORIGIN_SLIPPAGE);
  EXPECT_EQ(exception.slippage().policy(), "realms/calabarzon/slippagePolicies/alert-mechanism");
  EXPECT_EQ(exception.state(), "resolved");

  v1::GetReportRequest report;
  report.set_parent("realms/calabarzon");
  report.set_form("8");
  *report.mutable_period() = *ParseCivilDate("2016-06");
  EXPECT_THAT(Ask<v1::Report>("kasundo.monitoring.v1.Reports.GetReport", report).rows(), SizeIs(1));
}

TEST_F(Samples, RollUpWhatTheReportsGiveAsSums) {
  namespace v1 = monitoring::v1;
  const auto sum = [](const std::string& realm, const std::string& territory,
                      const std::string& issuance, const std::string& wanted) {
    v1::GetRollUpRequest request;
    request.set_parent("realms/" + realm);
    request.set_territory("realms/" + realm + "/territories/" + territory);
    request.set_issuance("realms/" + realm + "/issuances/" + issuance);
    const auto figures = Ask<v1::RollUp>("kasundo.monitoring.v1.RollUps.GetRollUp", request);
    for (const v1::RolledUpItem& item : figures.items()) {
      if (item.item() == wanted) return item.validated().value();
    }
    return std::string("no such item");
  };
  EXPECT_EQ(sum("souss-massa", "souss-massa", "offices-2015", "cases"), "730");
  EXPECT_EQ(sum("sedhiou", "sedhiou", "census-2014", "immigrants"), "762");
  EXPECT_EQ(sum("sedhiou", "sedhiou", "census-2014", "emigrants"), "3243");
  EXPECT_EQ(sum("morazan", "morazan", "youth-2014", "stakeholders"), "101");
  EXPECT_EQ(sum("cbms", "philippines", "totals-2014", "members"), "4755")
      << "three of four barangays are validated";
}

// Requirement 51, over a handover.
TEST_F(Samples, TellWhoWasAnswerableForACentreOnAnyDay) {
  namespace v1 = assignments::v1;
  const auto lead_on = [](const CivilDate& day) {
    v1::GetAnswerableRequest request;
    request.set_parent("realms/calabarzon");
    request.set_function("realms/calabarzon/functions/resource-centre");
    request.set_territory("realms/calabarzon/territories/batangas");
    *request.mutable_on() = day;
    const auto answer =
        Ask<v1::GetAnswerableResponse>("kasundo.assignments.v1.Assignments.GetAnswerable", request);
    return answer.answerable_size() == 1 ? answer.answerable(0).accountable().office() : "";
  };
  EXPECT_EQ(lead_on(MakeDate(2014, 5, 1)), "realms/calabarzon/offices/batangas-peso");
  EXPECT_EQ(lead_on(MakeDate(2015, 6, 30)), "realms/calabarzon/offices/batangas-peso");
  EXPECT_EQ(lead_on(MakeDate(2015, 7, 1)), "realms/calabarzon/offices/batangas-ppdo");
  EXPECT_EQ(lead_on(MakeDate(2011, 5, 1)), "");
}

TEST_F(Samples, StandInOneTableOfResponsibilities) {
  namespace v1 = responsibilities::v1;
  v1::GetResponsibilityMatrixRequest request;
  request.set_parent("realms/calabarzon");
  *request.mutable_on() = MakeDate(2016, 3, 18);
  const auto matrix = Ask<v1::ResponsibilityMatrix>(
      "kasundo.responsibilities.v1.Responsibilities.GetResponsibilityMatrix", request);
  std::set<std::string> kinds;
  for (const auto& row : matrix.rows()) kinds.insert(row.kind());
  EXPECT_THAT(kinds, ::testing::IsSupersetOf({"committee", "assignment", "plan"}));
  bool desks = false;  // promised by the governor's representative, owed by the governor
  for (const auto& row : matrix.rows()) {
    if (row.kind() != "assignment" || row.item() != "desks") continue;
    desks = true;
    EXPECT_EQ(row.responsible(0).name(), "realms/calabarzon/offices/batangas-governor");
  }
  EXPECT_TRUE(desks);
  EXPECT_FALSE(matrix.findings().empty());
}

TEST_F(Samples, FollowFromTheirJournals) {
  const ProgramRun verified = Kasundo("admin verify");
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
}

// The work plan of the regional committee: its second quarter before and after the correction,
// the plan after its revision.
TEST_F(Samples, TheWorkPlanIsJudgedAsOfEachDay) {
  const auto on = [](int month, int day) {
    plans::v1::GetPlanRequest request;
    request.set_name("realms/calabarzon/plans/cmd-2016");
    *request.mutable_as_of()->mutable_business_date() = MakeDate(2016, month, day);
    return Ask<plans::v1::Plan>("kasundo.plans.v1.Plans.GetPlan", request);
  };
  const auto desks = [](const plans::v1::Plan& plan) {
    for (const auto& progress : plan.progress()) {
      if (progress.item() == "desks") return progress;
    }
    return plans::v1::ActivityProgress();
  };
  const plans::v1::Plan before = on(7, 10);
  EXPECT_EQ(desks(before).figures().slippage(), "-12.5");
  EXPECT_EQ(desks(before).figures().band(), "icu");
  EXPECT_THAT(before.versions(), SizeIs(1));
  EXPECT_EQ(desks(on(7, 31)).figures().slippage(), "-10");
  const plans::v1::Plan after = on(12, 31);
  EXPECT_THAT(after.versions(), SizeIs(2));
  EXPECT_EQ(desks(after).figures().slippage(), "-3");
  EXPECT_EQ(desks(after).figures().band(), "");

  // What the revision changed, with the finding behind it; the task that it deleted is still
  // shown.
  plans::v1::ComparePlansRequest compare;
  compare.mutable_left()->set_name("realms/calabarzon/plans/cmd-2016");
  compare.mutable_left()->set_version(1);
  compare.mutable_right()->set_name("realms/calabarzon/plans/cmd-2016");
  compare.mutable_right()->set_version(2);
  const auto compared =
      Ask<plans::v1::ComparePlansResponse>("kasundo.plans.v1.PlanQuestions.ComparePlans", compare);
  std::map<std::string, plans::v1::PlanDifference> differences;
  for (const auto& difference : compared.differences()) differences[difference.id()] = difference;
  EXPECT_EQ(differences["one-form"].difference(), plans::v1::DIFFERENCE_REMOVED);
  EXPECT_EQ(differences["desks"].difference(), plans::v1::DIFFERENCE_CHANGED);
  ASSERT_THAT(differences["one-form"].reasons(), SizeIs(1));
  EXPECT_EQ(differences["one-form"].reasons(0).finding(), "no-common-form");
}

// Requirement 65, as the source has it.
TEST_F(Samples, AMillionPesosAre22222Dollars) {
  plans::v1::GetPlanRequest request;
  request.set_name("realms/calabarzon/plans/quezon-centre");
  const auto plan = Ask<plans::v1::Plan>("kasundo.plans.v1.Plans.GetPlan", request);
  ASSERT_THAT(plan.tree().budget(), SizeIs(1));
  EXPECT_EQ(plan.tree().budget(0).amount().amount(), "1000000");
  EXPECT_EQ(plan.tree().budget(0).conversion().amount(), "22222");
  EXPECT_EQ(plan.review().sums(0).total(), "22222.00");
}

}  // namespace
}  // namespace kasundo::testing
