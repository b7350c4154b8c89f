// A quarter of monitoring over real gRPC: a template, an issuance, returns, figures and what is
// behind them, now and in the past.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "kasundo/monitoring/v1/checklists_service.pb.h"
#include "kasundo/monitoring/v1/evaluations_service.pb.h"
#include "kasundo/monitoring/v1/findings_service.pb.h"
#include "kasundo/monitoring/v1/issuances_service.pb.h"
#include "kasundo/monitoring/v1/reports.pb.h"
#include "kasundo/monitoring/v1/response_sessions_service.pb.h"
#include "kasundo/monitoring/v1/rollups_service.pb.h"
#include "services/committees/committees_service.h"
#include "services/directory/directory_service.h"
#include "services/monitoring/monitoring_service.h"
#include "tests/support/given.h"
#include "tests/support/test_server.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/refusal.h"
#include "workflows/monitoring/monitoring_kinds.h"

namespace kasundo {
namespace {

namespace v1 = monitoring::v1;
using testing::Parse;

testing::TestServerOptions Services() {
  testing::TestServerOptions options;
  options.modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"committees", committees::AddBodies,
       [](ServiceCatalog& catalog, Engine&) { RegisterCommittees(catalog); }},
      {"monitoring", monitoring::AddMonitoring,
       [](ServiceCatalog& catalog, Engine&) { RegisterMonitoring(catalog); }},
  };
  return options;
}

class MonitoringE2e : public ::testing::Test {
 protected:
  MonitoringE2e() : server_(Services()) {
    const std::string directory = "kasundo.directory.v1.Directory.";
    Admin<directory::v1::CreateTerritoryRequest>(
        directory + "CreateTerritory",
        "parent: 'realms/test' territory_id: 'batangas' title: 'Batangas' level: "
        "TERRITORY_LEVEL_PROVINCE");
    Admin<directory::v1::CreateOrganisationRequest>(
        directory + "CreateOrganisation",
        "parent: 'realms/test' organisation_id: 'province' title: 'Province' kind: "
        "ORGANISATION_KIND_LOCAL_GOVERNMENT");
    for (const std::string city : {"lipa", "tanauan"}) {
      Admin<directory::v1::CreateTerritoryRequest>(
          directory + "CreateTerritory",
          "parent: 'realms/test' territory_id: '" + city + "' title: '" + city +
              "' level: TERRITORY_LEVEL_CITY within: 'realms/test/territories/batangas'");
      Office(city, "territory: 'realms/test/territories/" + city + "'");
    }
    Office("council");
    Admin<committees::v1::EstablishCommitteeRequest>(
        "kasundo.committees.v1.Committees.EstablishCommittee",
        "parent: 'realms/test' committee_id: 'council' title: 'Council' form { type: "
        "BODY_TYPE_COUNCIL level: LEVEL_PROVINCIAL } territory: 'realms/test/territories/batangas' "
        "since { year: 2010 } legal_bases { kind: LEGAL_BASIS_KIND_RESOLUTION number: '1' issuer: "
        "'G' date { year: 2010 } } secretariat { office: 'realms/test/offices/council' }");
    Admin<v1::PrepareTemplateRequest>(
        kTemplates + "PrepareTemplate",
        "parent: 'realms/test' checklist_template_id: 'desks' title: 'Desks' "
        "validating_body: 'realms/test/committees/council' "
        "items { id: 'desk' text: 'A desk?' type: ANSWER_TYPE_YES_NO_PARTLY gap { kind: "
        "GAP_KIND_INSTITUTIONAL gap: 'A desk is missing' } } "
        "items { id: 'served' text: 'Served?' type: ANSWER_TYPE_NUMBER indicator { definition: "
        "'People served at the desk' unit: 'people' target: '100' } }");
    Admin<v1::ValidateTemplateRequest>(
        kTemplates + "ValidateTemplate",
        "name: 'realms/test/checklistTemplates/desks' decision { document: 'Resolution 2' }");
    Admin<v1::BeginIssuanceRequest>(
        "kasundo.monitoring.v1.Issuances.BeginIssuance",
        "parent: 'realms/test' issuance_id: 'desks-2016-q1' title: 'Desks' checklist_template: "
        "'realms/test/checklistTemplates/desks' oversight_body: 'realms/test/committees/council' "
        "units { within: 'realms/test/territories/batangas' levels: TERRITORY_LEVEL_CITY }");
  }

  void Office(const std::string& id, const std::string& more = "") {
    const std::string directory = "kasundo.directory.v1.Directory.";
    Admin<directory::v1::CreatePersonRequest>(
        directory + "CreatePerson",
        "parent: 'realms/test' person_id: '" + id + "' full_name: 'Head Of'");
    Admin<directory::v1::CreateOfficeRequest>(
        directory + "CreateOffice",
        "parent: 'realms/test' office_id: '" + id +
            "' title: 'Office' organisation: "
            "'realms/test/organisations/province' post: POST_KIND_UNIT " +
            more);
    Admin<directory::v1::BeginTermRequest>(directory + "BeginTerm",
                                           "name: 'realms/test/offices/" + id +
                                               "' person: 'realms/test/people/" + id +
                                               "' since { year: 2015 }");
  }

  template <typename Request, typename Response = v1::Checklist>
  absl::StatusOr<Response> Call(const std::string& account, const std::string& method,
                                const std::string& text) {
    Response response;
    const absl::Status status = server_.ClientFor("realms/test/accounts/" + account)
                                    ->Call(method, Parse<Request>(text), &response);
    if (!status.ok()) return status;
    return response;
  }
  template <typename Request>
  void Admin(const std::string& method, const std::string& text) {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(method);
    ASSERT_NE(descriptor, nullptr) << method;
    std::unique_ptr<google::protobuf::Message> held(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(descriptor->output_type())
            ->New());
    const absl::Status status = server_.ClientFor("realms/test/accounts/the-admin")
                                    ->Call(method, Parse<Request>(text), held.get());
    ASSERT_TRUE(status.ok()) << method << ": " << status;
  }

  absl::StatusOr<v1::Checklist> Submit(const std::string& city, const std::string& desk,
                                       const std::string& served) {
    return Call<v1::SubmitChecklistRequest>(
        city, kChecklists + "SubmitChecklist",
        Name(city) + "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_" + desk +
            " } answers { item: 'served' number: '" + served + "' }");
  }
  v1::RollUp RollUp(const std::string& territory, const std::string& more = "") {
    const auto found = Call<v1::GetRollUpRequest, v1::RollUp>(
        "council", kRollUps + "GetRollUp",
        "parent: 'realms/test' territory: 'realms/test/territories/" + territory +
            "' checklist_template: 'realms/test/checklistTemplates/desks' " + more);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *found : v1::RollUp();
  }
  static std::string Name(const std::string& city) {
    return "name: 'realms/test/issuances/desks-2016-q1/checklists/" + city + "' ";
  }

  const std::string kTemplates = "kasundo.monitoring.v1.ChecklistTemplates.";
  const std::string kChecklists = "kasundo.monitoring.v1.Checklists.";
  const std::string kRollUps = "kasundo.monitoring.v1.RollUps.";
  testing::TestServer server_;
};

TEST_F(MonitoringE2e, AReturnIsFilledReturnedMendedAndValidatedBySomebodyElse) {
  const auto incomplete =
      Call<v1::SubmitChecklistRequest>("lipa", kChecklists + "SubmitChecklist", Name("lipa"));
  EXPECT_EQ(ReasonOf(incomplete.status()), "ANSWERS_MISSING");
  EXPECT_EQ(RefusalOf(incomplete.status())->metadata().at("items"), "desk,served");
  const auto other = Submit("tanauan", "YES", "3");
  ASSERT_TRUE(other.ok()) << other.status();
  const auto foreign =
      Call<v1::FillChecklistRequest>("tanauan", kChecklists + "FillChecklist",
                                     Name("lipa") + "answers { item: 'served' number: '1' }");
  EXPECT_EQ(foreign.status().code(), absl::StatusCode::kPermissionDenied);

  ASSERT_TRUE(Submit("lipa", "PARTLY", "0").ok());
  const auto returned =
      Call<v1::ReturnChecklistRequest>("council", kChecklists + "ReturnChecklist",
                                       Name("lipa") + "remarks: 'Nobody at all?' items: 'served'");
  ASSERT_TRUE(returned.ok()) << returned.status();
  EXPECT_EQ(returned->state(), "returned");
  ASSERT_TRUE(Submit("lipa", "PARTLY", "12.5").ok());
  const auto validated = Call<v1::ValidateChecklistRequest>(
      "council", kChecklists + "ValidateChecklist", Name("lipa"));
  ASSERT_TRUE(validated.ok()) << validated.status();
  EXPECT_EQ(validated->state(), "validated");
  EXPECT_EQ(validated->completion(), "100.00");
  EXPECT_EQ(validated->score(), "50.00");
  ASSERT_EQ(validated->gaps_size(), 1);
  ASSERT_EQ(validated->lines_size(), 2);
  EXPECT_EQ(validated->lines(1).difference(), "-87.5");
  ASSERT_EQ(validated->chain_size(), 1);
  EXPECT_TRUE(validated->chain(0).validates());
}

TEST_F(MonitoringE2e, FiguresCountWhatIsValidatedAndLabelTheRest) {
  ASSERT_TRUE(Submit("lipa", "YES", "10.25").ok());
  ASSERT_TRUE(Submit("tanauan", "NO", "0").ok());
  ASSERT_TRUE(
      Call<v1::ValidateChecklistRequest>("council", kChecklists + "ValidateChecklist", Name("lipa"))
          .ok());
  const v1::RollUp province = RollUp("batangas");
  EXPECT_EQ(province.title(), "Batangas");
  EXPECT_EQ(province.period().id(), "2016-q1");
  EXPECT_EQ(province.issued(), 2);
  EXPECT_EQ(province.submitted(), 2);
  EXPECT_EQ(province.validated(), 1);
  EXPECT_EQ(province.office_completion(), "100.00");
  EXPECT_EQ(province.field_completion(), "100.00");
  EXPECT_EQ(province.score(), "100.00");
  ASSERT_EQ(province.items_size(), 2);
  const v1::RolledUpItem& served = province.items(1);
  EXPECT_EQ(served.validated().value(), "10.25");
  EXPECT_EQ(served.indicator_definition(), "People served at the desk");
  EXPECT_FALSE(served.rule().empty());
  ASSERT_EQ(served.unvalidated_size(), 1);
  EXPECT_EQ(served.unvalidated(0).stage(), v1::DATA_STAGE_RAW);
  EXPECT_EQ(served.unvalidated(0).zero(), 1);
  ASSERT_EQ(province.children_size(), 2);
  EXPECT_EQ(province.children(0).title(), "lipa");
  EXPECT_EQ(province.children(0).score(), "100.00");
  EXPECT_EQ(RollUp("lipa").checklists_size(), 1);
}

// The answer of the province stands for its cities in the figure, but three returns came.
TEST_F(MonitoringE2e, CompletionCountsEveryReturnAlsoWhereAnswersIncludeOthers) {
  Admin<v1::PrepareTemplateRequest>(
      kTemplates + "PrepareTemplate",
      "parent: 'realms/test' checklist_template_id: 'census' title: 'Census' validating_body: "
      "'realms/test/committees/council' items { id: 'people' text: 'How many?' type: "
      "ANSWER_TYPE_NUMBER includes_lower_units: true }");
  Admin<v1::ValidateTemplateRequest>(
      kTemplates + "ValidateTemplate",
      "name: 'realms/test/checklistTemplates/census' decision { document: 'Resolution 3' }");
  Admin<v1::BeginIssuanceRequest>(
      "kasundo.monitoring.v1.Issuances.BeginIssuance",
      "parent: 'realms/test' issuance_id: 'census' title: 'Census' checklist_template: "
      "'realms/test/checklistTemplates/census' oversight_body: 'realms/test/committees/council' "
      "units { within: 'realms/test/territories/batangas' levels: TERRITORY_LEVEL_PROVINCE "
      "levels: TERRITORY_LEVEL_CITY }");
  for (const std::string unit : {"batangas", "lipa", "tanauan"}) {
    const std::string name = "name: 'realms/test/issuances/census/checklists/" + unit + "' ";
    Admin<v1::SubmitChecklistRequest>(
        kChecklists + "SubmitChecklist",
        name + "answers { item: 'people' number: '" + (unit == "batangas" ? "50" : "20") +
            "' } on_behalf_of { office: 'realms/test/offices/lipa' }");
    Admin<v1::ValidateChecklistRequest>(
        kChecklists + "ValidateChecklist",
        name +
            "body: 'realms/test/committees/council' "
            "on_behalf_of { office: 'realms/test/offices/council' }");
  }
  const auto census = Call<v1::GetRollUpRequest, v1::RollUp>(
      "council", kRollUps + "GetRollUp",
      "parent: 'realms/test' territory: 'realms/test/territories/batangas' "
      "issuance: 'realms/test/issuances/census'");
  ASSERT_TRUE(census.ok()) << census.status();
  EXPECT_EQ(census->validated(), 3);
  EXPECT_EQ(census->items(0).validated().value(), "50");
  EXPECT_EQ(census->field_completion(), "100.00");
}

TEST_F(MonitoringE2e, EveryFigureOpensTheEventsBehindItAndThePastStaysAsItWas) {
  ASSERT_TRUE(Submit("lipa", "YES", "10").ok());
  ASSERT_TRUE(
      Call<v1::ValidateChecklistRequest>("council", kChecklists + "ValidateChecklist", Name("lipa"))
          .ok());
  const v1::RollUp before = RollUp("batangas");
  const auto corrected = Call<v1::CorrectAnswerRequest>(
      "council", kChecklists + "CorrectAnswer",
      Name("lipa") +
          "answer { item: 'served' number: '11' } header { reason: 'The paper said 11' }");
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_EQ(corrected->corrections(0).before().number(), "10");
  EXPECT_EQ(RollUp("batangas").items(1).validated().value(), "11");
  const v1::RollUp again =
      RollUp("batangas", "as_of { position: " + std::to_string(before.position()) + " }");
  EXPECT_EQ(testing::Text(again), testing::Text(before));

  const auto why = Call<v1::ExplainFigureRequest, v1::ExplainFigureResponse>(
      "council", kRollUps + "ExplainFigure",
      "parent: 'realms/test' territory: 'realms/test/territories/batangas' issuance: "
      "'realms/test/issuances/desks-2016-q1' item: 'served'");
  ASSERT_TRUE(why.ok()) << why.status();
  ASSERT_EQ(why->sources_size(), 1);
  const v1::FigureSource& source = why->sources(0);
  EXPECT_EQ(source.event(), "AnswerCorrected");
  EXPECT_EQ(source.office(), "realms/test/offices/council");
  EXPECT_EQ(source.validated_by_office(), "realms/test/offices/council");
  EXPECT_TRUE(source.counts());
  const auto unknown = Call<v1::ExplainFigureRequest, v1::ExplainFigureResponse>(
      "council", kRollUps + "ExplainFigure",
      "parent: 'realms/test' territory: 'realms/test/territories/batangas' issuance: "
      "'realms/test/issuances/desks-2016-q1' item: 'x'");
  EXPECT_EQ(ReasonOf(unknown.status()), "ITEM_NOT_FOUND");
}

TEST_F(MonitoringE2e, NothingIsShownOfWhatWasNeverIssued) {
  const auto other = Call<v1::GetRollUpRequest, v1::RollUp>(
      "council", kRollUps + "GetRollUp",
      "parent: 'realms/test' territory: 'realms/test/territories/batangas' checklist_template: "
      "'realms/test/checklistTemplates/desks' period: '2015-q4'");
  EXPECT_EQ(ReasonOf(other.status()), "NOTHING_ISSUED");
  const auto which = Call<v1::GetRollUpRequest, v1::RollUp>(
      "council", kRollUps + "GetRollUp",
      "parent: 'realms/test' territory: 'realms/test/territories/batangas'");
  EXPECT_EQ(ReasonOf(which.status()), "FIELD_REQUIRED");
}

TEST_F(MonitoringE2e, ABodySeesExactlyItsSubtree) {
  const auto establish = [&](const std::string& id, const std::string& more) {
    Admin<committees::v1::EstablishCommitteeRequest>(
        "kasundo.committees.v1.Committees.EstablishCommittee",
        "parent: 'realms/test' committee_id: '" + id +
            "' title: 'Body' form { type: BODY_TYPE_COMMITTEE level: LEVEL_LOCAL } since { year: "
            "2012 } legal_bases { kind: LEGAL_BASIS_KIND_RESOLUTION number: '1' issuer: 'G' "
            "date { year: 2012 } } " +
            more);
  };
  establish("lipa",
            "territory: 'realms/test/territories/lipa' "
            "parent_body: 'realms/test/committees/council'");
  establish("group", "parent_body: 'realms/test/committees/lipa'");
  establish("centre", "");
  std::string issuance = "desks-2016-q1";
  const auto overseen = [&](const std::string& body, const std::string& more = "") {
    const auto listed = Call<v1::ListOverseenChecklistsRequest, v1::ListOverseenChecklistsResponse>(
        "council", kRollUps + "ListOverseenChecklists",
        "name: 'realms/test/committees/" + body + "' issuance: 'realms/test/issuances/" + issuance +
            "' " + more);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return listed.ok() ? *listed : v1::ListOverseenChecklistsResponse();
  };
  EXPECT_EQ(overseen("council").checklists_size(), 2);
  ASSERT_EQ(overseen("lipa").checklists_size(), 1);
  EXPECT_EQ(overseen("lipa").checklists(0).unit(), "realms/test/territories/lipa");
  EXPECT_EQ(overseen("council", "states: 'submitted'").checklists_size(), 0);
  EXPECT_TRUE(overseen("council", "page_size: 1").truncated());
  EXPECT_EQ(overseen("group").checklists_size(), 1) << "it is of Lipa as its committee is";
  EXPECT_EQ(overseen("centre").checklists_size(), 2);
  EXPECT_TRUE(overseen("centre", "page_size: 1").truncated());
  EXPECT_EQ(overseen("centre", "states: 'submitted'").checklists_size(), 0);
  // A centre sees named units, too, wherever they lie.
  issuance = "named";
  Admin<v1::BeginIssuanceRequest>(
      "kasundo.monitoring.v1.Issuances.BeginIssuance",
      "parent: 'realms/test' issuance_id: 'named' title: 'Desks' checklist_template: "
      "'realms/test/checklistTemplates/desks' oversight_body: 'realms/test/committees/council' "
      "units { units: 'realms/test/offices/lipa' units: 'realms/test/territories/tanauan' }");
  EXPECT_EQ(overseen("centre").checklists_size(), 2);
}

// RPMES: an exception (Form 3), what was agreed (Form 8), what was mended, what was learned (Form
// 11).
TEST_F(MonitoringE2e, AFindingGoesThroughTheFormsOfRpmes) {
  const std::string findings = "kasundo.monitoring.v1.Findings.";
  const std::string actions = "kasundo.monitoring.v1.CorrectiveActions.";
  const std::string finding = "name: 'realms/test/findings/desk' ";
  const std::string action = "name: 'realms/test/findings/desk/correctiveActions/hire' ";
  const auto report = [&](const std::string& form) {
    const auto found = Call<v1::GetReportRequest, v1::Report>(
        "council", "kasundo.monitoring.v1.Reports.GetReport",
        "parent: 'realms/test' form: '" + form + "' period { year: 2016 month: 3 }");
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *found : v1::Report();
  };
  ASSERT_TRUE((Call<v1::RaiseFindingRequest, v1::Finding>(
                   "council", findings + "RaiseFinding",
                   "parent: 'realms/test' finding_id: 'desk' title: 'Desk, of \"Lipa\"' details: "
                   "'Behind' typology: ISSUE_TYPOLOGY_PROCUREMENT territory: "
                   "'realms/test/territories/lipa' implementing_office: 'realms/test/offices/lipa' "
                   "body: 'realms/test/committees/council' slippage { slippage: '-12' }")
                   .ok()));
  const v1::Report exceptions = report("3");
  EXPECT_EQ(exceptions.form(), "RPMES FORM 3");
  EXPECT_EQ(exceptions.head(1), "PROJECT EXCEPTION REPORT");
  EXPECT_EQ(exceptions.head(2), "As of March 2016 (Quarterly)");
  ASSERT_EQ(exceptions.rows_size(), 1);
  EXPECT_EQ(exceptions.columns_size(), 13);
  EXPECT_EQ(exceptions.rows(0).cells_size(), 13);
  EXPECT_EQ(exceptions.rows(0).cells(2), "Province");
  EXPECT_EQ(exceptions.rows(0).cells(4), "Batangas");
  EXPECT_EQ(exceptions.rows(0).cells(5), "lipa");
  EXPECT_EQ(exceptions.rows(0).cells(8), "Procurement");
  EXPECT_EQ(exceptions.rows(0).cells(9), "Current");
  EXPECT_THAT(exceptions.csv(), ::testing::HasSubstr("1,\"Desk, of \"\"Lipa\"\"\",Province,"));
  EXPECT_EQ(report("6").rows_size(), 1);
  EXPECT_EQ(report("8").rows_size(), 0);
  // An exception of a quarter is raised after its end, when its figures are known.
  const auto raise = [&](const std::string& id, const std::string& as_of) {
    return Call<v1::RaiseFindingRequest, v1::Finding>(
               "council", findings + "RaiseFinding",
               "parent: 'realms/test' finding_id: '" + id +
                   "' title: 'Hire' details: 'Behind' implementing_office: "
                   "'realms/test/offices/lipa' body: 'realms/test/committees/council' "
                   "slippage { slippage: '-3.726776' as_of { " +
                   as_of + " } }")
        .status();
  };
  ASSERT_TRUE(raise("hire-before", "year: 2015 month: 12 day: 31").ok());
  EXPECT_EQ(report("3").rows_size(), 1) << "that is of the quarter before";
  ASSERT_TRUE(raise("hire-now", "year: 2016 month: 3 day: 31").ok());
  ASSERT_EQ(report("3").rows_size(), 2);
  EXPECT_THAT(report("6").csv(), ::testing::HasSubstr("-3.73,"));
  Admin<v1::DropFindingRequest>(findings + "DropFinding",
                                "name: 'realms/test/findings/hire-before' header { reason: 'x' }");
  Admin<v1::DropFindingRequest>(findings + "DropFinding",
                                "name: 'realms/test/findings/hire-now' header { reason: 'x' }");
  ASSERT_TRUE((Call<v1::ExplainFindingRequest, v1::Finding>("lipa", findings + "ExplainFinding",
                                                            finding + "reasons: 'No staff'")
                   .ok()));
  ASSERT_TRUE((Call<v1::RecordProblemSessionRequest, v1::Finding>(
                   "council", findings + "RecordProblemSession",
                   finding + "session { agreements: 'Hire by June' }")
                   .ok()));
  EXPECT_EQ(report("8").rows(0).cells(8), "Hire by June");
  ASSERT_TRUE((Call<v1::OpenCorrectiveActionRequest, v1::CorrectiveAction>(
                   "council", actions + "OpenCorrectiveAction",
                   "parent: 'realms/test/findings/desk' corrective_action_id: 'hire' title: 'Hire' "
                   "owner_office: 'realms/test/offices/lipa' due_date { year: 2016 month: 6 }")
                   .ok()));
  const auto early = Call<v1::ResolveFindingRequest, v1::Finding>(
      "council", findings + "ResolveFinding", finding + "resolution: 'Hired'");
  EXPECT_EQ(ReasonOf(early.status()), "ACTIONS_OPEN");
  ASSERT_TRUE((Call<v1::CompleteCorrectiveActionRequest, v1::CorrectiveAction>(
                   "lipa", actions + "CompleteCorrectiveAction",
                   action + "evidence { document: 'Appointment 5' }")
                   .ok()));
  const auto verified = Call<v1::VerifyCorrectiveActionRequest, v1::CorrectiveAction>(
      "council", actions + "VerifyCorrectiveAction", action);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->state(), "verified");
  ASSERT_TRUE((Call<v1::ResolveFindingRequest, v1::Finding>("council", findings + "ResolveFinding",
                                                            finding + "resolution: 'Hired'")
                   .ok()));
  ASSERT_TRUE(
      (Call<v1::RecordLessonRequest, v1::Finding>("council", findings + "RecordLesson",
                                                  finding + "lesson { lesson: 'Hire early' }")
           .ok()));
  EXPECT_EQ(report("6").rows_size(), 0);
  EXPECT_EQ(report("11").rows(0).cells(8), "Hire early");
  EXPECT_EQ(report("11").head(2), "In 2016");
  const auto unknown = Call<v1::GetReportRequest, v1::Report>(
      "council", "kasundo.monitoring.v1.Reports.GetReport", "parent: 'realms/test' form: '12'");
  EXPECT_EQ(ReasonOf(unknown.status()), "FORM_NOT_FOUND");
}

// Requirement 94.
TEST_F(MonitoringE2e, AServiceThatWasNeverEvaluatedIsShownAsSuch) {
  const std::string evaluations = "kasundo.monitoring.v1.Evaluations.";
  const auto plan = [&](const std::string& office) {
    Admin<v1::PlanEvaluationRequest>(
        evaluations + "PlanEvaluation",
        "parent: 'realms/test' evaluation_id: '" + office +
            "' title: 'E' kind: " + "EVALUATION_KIND_ACTIVITY about: 'realms/test/offices/" +
            office + "' evaluated_office: 'realms/test/offices/" + office +
            "' body: 'realms/test/committees/council' planned_on { year: 2016 month: 9 }");
  };
  plan("lipa");
  plan("tanauan");
  Admin<v1::RecordEvaluationRequest>(
      evaluations + "RecordEvaluation",
      "name: 'realms/test/evaluations/tanauan' result { summary: 'Good' }");
  const auto listed = Call<v1::ListEvaluationStandingsRequest, v1::ListEvaluationStandingsResponse>(
      "council", evaluations + "ListEvaluationStandings",
      "parent: 'realms/test' about: 'realms/test/offices/lipa' about: "
      "'realms/test/offices/tanauan' about: 'realms/test/offices/council'");
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->standings_size(), 3);
  EXPECT_TRUE(listed->standings(0).never_evaluated());
  EXPECT_EQ(listed->standings(0).next(), "realms/test/evaluations/lipa");
  EXPECT_EQ(listed->standings(1).last(), "realms/test/evaluations/tanauan");
  EXPECT_TRUE(listed->standings(2).never_evaluated());
  EXPECT_TRUE(listed->standings(2).next().empty()) << "a date is to be set";
}

// Requirement 96.
TEST_F(MonitoringE2e, AdoptionIsCountedByStage) {
  const std::string adoptions = "kasundo.monitoring.v1.Adoptions.";
  for (const std::string city : {"lipa", "tanauan"}) {
    Admin<v1::InviteUnitRequest>(
        adoptions + "InviteUnit",
        "parent: 'realms/test' adoption_id: '" + city +
            "' instrument: 'realms/test/checklistTemplates/desks' unit: 'realms/test/territories/" +
            city + "'");
  }
  Admin<v1::RecordTrainingRequest>(adoptions + "RecordTraining",
                                   "name: 'realms/test/adoptions/lipa' staff: 3");
  Admin<v1::TakeUpInstrumentRequest>(adoptions + "TakeUpInstrument",
                                     "name: 'realms/test/adoptions/lipa'");
  const auto counted = Call<v1::CountAdoptionRequest, v1::CountAdoptionResponse>(
      "council", adoptions + "CountAdoption",
      "parent: 'realms/test' instrument: 'realms/test/checklistTemplates/desks'");
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->invited(), 1);
  EXPECT_EQ(counted->adopting(), 1);
  EXPECT_EQ(counted->trained_staff(), 3);
}

}  // namespace
}  // namespace kasundo
