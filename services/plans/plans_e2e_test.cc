// Plans over real gRPC: written by their office, approved by a resolution, reported on by the
// responsible offices, judged by the policy of the body.
#include "gtest/gtest.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/committees/v1/resolutions_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/plans/v1/needs_service.pb.h"
#include "kasundo/plans/v1/plan_questions.pb.h"
#include "kasundo/plans/v1/plan_templates_service.pb.h"
#include "kasundo/plans/v1/plans_requests.pb.h"
#include "kasundo/plans/v1/plans_service.pb.h"
#include "kasundo/plans/v1/slippage_policies_service.pb.h"
#include "services/committees/committees_service.h"
#include "services/committees/meetings_service.h"
#include "services/committees/membership_applications_service.h"
#include "services/directory/directory_service.h"
#include "services/plans/plans_service.h"
#include "tests/support/given.h"
#include "tests/support/test_server.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/refusal.h"
#include "workflows/plan/plan_kinds.h"

namespace kasundo {
namespace {

namespace v1 = plans::v1;
using testing::Parse;

constexpr char kPlan[] = "realms/test/plans/work-plan";

testing::TestServerOptions Services() {
  testing::TestServerOptions options;
  options.modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"committees",
       [](KindRegistry& kinds) {
         committees::AddBodies(kinds);
         committees::AddMeetings(kinds);
       },
       [](ServiceCatalog& catalog, Engine&) {
         RegisterCommittees(catalog);
         RegisterMembershipApplications(catalog);
         RegisterMeetings(catalog);
       }},
      {"plans", plans::AddPlans, [](ServiceCatalog& catalog, Engine&) { RegisterPlans(catalog); }},
  };
  return options;
}

class PlansE2e : public ::testing::Test {
 protected:
  PlansE2e() : server_(Services()) {
    Do<directory::v1::CreateOrganisationRequest>(
        "kasundo.directory.v1.Directory.CreateOrganisation",
        "parent: 'realms/test' organisation_id: 'neda' title: 'NEDA' kind: "
        "ORGANISATION_KIND_NATIONAL_AGENCY");
    for (const char* id : {"secretary", "dole"}) {
      const std::string name(id);
      Do<directory::v1::CreatePersonRequest>(
          "kasundo.directory.v1.Directory.CreatePerson",
          "parent: 'realms/test' person_id: '" + name + "' full_name: 'Somebody'");
      Do<directory::v1::CreateOfficeRequest>(
          "kasundo.directory.v1.Directory.CreateOffice",
          "parent: 'realms/test' office_id: '" + name +
              "' title: 'Office' organisation: 'realms/test/organisations/neda' post: "
              "POST_KIND_CAREER");
      Do<directory::v1::BeginTermRequest>("kasundo.directory.v1.Directory.BeginTerm",
                                          "name: 'realms/test/offices/" + name +
                                              "' person: 'realms/test/people/" + name +
                                              "' since { year: 2015 }");
    }
    Do<committees::v1::EstablishCommitteeRequest>(
        "kasundo.committees.v1.Committees.EstablishCommittee",
        "parent: 'realms/test' committee_id: 'cmd' title: 'CMD' form { type: BODY_TYPE_COMMITTEE "
        "} since { year: 2010 } secretariat { office: "
        "'realms/test/offices/secretary' }");
    Do<committees::v1::RecordResolutionRequest>(
        "kasundo.committees.v1.Resolutions.RecordResolution",
        "parent: 'realms/test/committees/cmd' resolution_id: 'r1' title: 'Work plan' number { "
        "number: 'CMD-01-2016' } adopted_on { year: 2016 month: 1 day: 4 }");
  }

  template <typename Request, typename Response = v1::Plan>
  absl::StatusOr<Response> Call(const std::string& account, const std::string& method,
                                const std::string& text) {
    Response response;
    const absl::Status status = server_.ClientFor("realms/test/accounts/" + account)
                                    ->Call(method, Parse<Request>(text), &response);
    if (!status.ok()) return status;
    return response;
  }

  template <typename Request>
  void Do(const std::string& method, const std::string& text,
          const std::string& account = "the-admin") {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(method);
    ASSERT_NE(descriptor, nullptr) << method;
    std::unique_ptr<google::protobuf::Message> answer(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(descriptor->output_type())
            ->New());
    const absl::Status status = server_.ClientFor("realms/test/accounts/" + account)
                                    ->Call(method, Parse<Request>(text), answer.get());
    ASSERT_TRUE(status.ok()) << method << ": " << status;
  }

  // A command of the plan by an office.
  template <typename Request>
  absl::StatusOr<v1::Plan> Act(const std::string& account, const std::string& method,
                               const std::string& more = "") {
    return Call<Request>(account, "kasundo.plans.v1.Plans." + method,
                         "name: '" + std::string(kPlan) + "' " + more);
  }

  v1::Plan Get(const std::string& more = "") {
    const auto plan = Call<v1::GetPlanRequest>("dole", "kasundo.plans.v1.Plans.GetPlan",
                                               "name: '" + std::string(kPlan) + "' " + more);
    EXPECT_TRUE(plan.ok()) << plan.status();
    return plan.value_or(v1::Plan());
  }

  void WritePlan() {
    Do<v1::AdoptSlippagePolicyRequest>(
        "kasundo.plans.v1.SlippagePolicies.AdoptSlippagePolicy",
        "parent: 'realms/test' slippage_policy_id: 'alert' title: 'Alert' body: "
        "'realms/test/committees/cmd' effective_on { year: 2010 } bands { id: 'behind' title: "
        "'Behind' definition: '10 points or more behind' at_most: '-10' }",
        "secretary");
    Do<v1::CreatePlanRequest>(
        "kasundo.plans.v1.Plans.CreatePlan",
        "parent: 'realms/test' plan_id: 'work-plan' title: 'Work plan' body: "
        "'realms/test/committees/cmd' owner_office: 'realms/test/offices/secretary' currency: "
        "'PHP' starts_on { year: 2016 } ends_on { year: 2016 } slippage_policy: "
        "'realms/test/slippagePolicies/alert'",
        "secretary");
    ASSERT_TRUE(
        Act<v1::AddItemRequest>(
            "secretary", "AddItem",
            "item { id: 'desks' level: ITEM_LEVEL_ACTIVITY title: 'Desks' starts_on { year: "
            "2016 } ends_on { year: 2016 month: 2 } cost { amount: '1000.10' currency: 'PHP' } }")
            .ok());
    ASSERT_TRUE(Act<v1::WaiveBaselineRequest>(
                    "secretary", "WaiveBaseline",
                    "waiver { office: 'realms/test/offices/secretary' document: 'L-1' } header { "
                    "reason: 'no study' }")
                    .ok());
  }

  testing::TestServer server_;
};

TEST_F(PlansE2e, APlanIsApprovedByAResolutionAndReportedOnByItsOffices) {
  WritePlan();
  const auto early = Act<v1::ProposePlanRequest>("secretary", "ProposePlan");
  EXPECT_EQ(ReasonOf(early.status()), "RESPONSIBLE_MISSING");
  EXPECT_EQ(RefusalOf(early.status())->metadata().at("items"), "desks");
  ASSERT_TRUE(Act<v1::AssignResponsibleRequest>("secretary", "AssignResponsible",
                                                "item: 'desks' office: 'realms/test/offices/dole'")
                  .ok());
  ASSERT_TRUE(Act<v1::ProposePlanRequest>("secretary", "ProposePlan").ok());
  const auto approved = Act<v1::ApprovePlanRequest>(
      "secretary", "ApprovePlan",
      "approval { resolution: 'realms/test/committees/cmd/resolutions/r1' }");
  ASSERT_TRUE(approved.ok()) << approved.status();
  EXPECT_EQ(approved->state(), "in-force");
  EXPECT_EQ(approved->versions(0).version(), 1);

  const std::string report =
      "as_of { year: 2016 month: 2 day: 29 } reports { item: 'desks' percent: '89.5' }";
  EXPECT_EQ(
      ReasonOf(Act<v1::ReportActivitiesRequest>("secretary", "ReportActivities", report).status()),
      "NOT_RESPONSIBLE");
  const auto reported = Act<v1::ReportActivitiesRequest>("dole", "ReportActivities", report);
  ASSERT_TRUE(reported.ok()) << reported.status();
  EXPECT_EQ(reported->figures().slippage(), "-10.5");
  EXPECT_EQ(reported->figures().band(), "behind");
  EXPECT_EQ(reported->figures().policy_version(), 1);
  EXPECT_EQ(reported->progress(0).office(), "realms/test/offices/dole");
  EXPECT_EQ(reported->review().gaps(0).uses(), "1000.10");
}

// A day that is over is answered with what was reported up to it, as it was corrected.
TEST_F(PlansE2e, ProgressOfAPastDayIsThatOfThen) {
  WritePlan();
  ASSERT_TRUE(Act<v1::AssignResponsibleRequest>("secretary", "AssignResponsible",
                                                "item: 'desks' office: 'realms/test/offices/dole'")
                  .ok());
  ASSERT_TRUE(Act<v1::ProposePlanRequest>("secretary", "ProposePlan").ok());
  ASSERT_TRUE(Act<v1::ApprovePlanRequest>(
                  "secretary", "ApprovePlan",
                  "approval { resolution: 'realms/test/committees/cmd/resolutions/r1' }")
                  .ok());
  const auto report = [&](int month, const std::string& percent) {
    return Act<v1::ReportActivitiesRequest>("dole", "ReportActivities",
                                            "as_of { year: 2016 month: " + std::to_string(month) +
                                                " } reports { item: 'desks' percent: '" + percent +
                                                "' }");
  };
  const auto actual_on = [&](const std::string& more) {
    const auto table = Call<v1::GetPlanProgressRequest, v1::GetPlanProgressResponse>(
        "dole", "kasundo.plans.v1.PlanQuestions.GetPlanProgress",
        "name: '" + std::string(kPlan) + "' " + more);
    EXPECT_TRUE(table.ok()) << table.status();
    if (!table.ok()) return table.status().ToString();
    EXPECT_EQ(table->plan().figures().actual(), table->activities(0).figures().actual());
    return table->activities(0).figures().actual();
  };
  ASSERT_TRUE(report(1, "30").ok());
  const std::string now = "name: '" + std::string(kPlan) + "'";
  const auto before = Call<v1::ComparePlansRequest, v1::ComparePlansResponse>(
      "dole", "kasundo.plans.v1.PlanQuestions.ComparePlans",
      "left { " + now + " } right { " + now + " }");
  ASSERT_TRUE(before.ok()) << before.status();
  ASSERT_TRUE(report(2, "90").ok());
  EXPECT_EQ(actual_on(""), "90");
  EXPECT_EQ(actual_on("on { year: 2016 month: 1 }"), "30");
  EXPECT_EQ(actual_on("on { year: 2015 month: 12 }"), "0");
  // Reported anew: the last word on January counts, but for whoever asks as of before it.
  const auto anew = report(1, "40");
  ASSERT_TRUE(anew.ok()) << anew.status();
  EXPECT_EQ(actual_on("on { year: 2016 month: 1 }"), "40");
  EXPECT_EQ(actual_on(""), "90");
  const std::string as_of =
      " as_of { position: " + std::to_string(before->left().position()) + " }";
  EXPECT_EQ(actual_on("on { year: 2016 month: 1 }" + as_of), "30");
  EXPECT_EQ(actual_on("on { year: 2016 month: 1 day: 15 }" + as_of), "0");
}

TEST_F(PlansE2e, APlanOfBeforeTheReportIsStillThere) {
  WritePlan();
  const std::string etag = Get().etag();
  const auto stale = Act<v1::DescribePlanRequest>("secretary", "DescribePlan",
                                                  "description: 'x' header { etag: '\"0\"' }");
  EXPECT_EQ(ReasonOf(stale.status()), "ETAG_MISMATCH");
  ASSERT_TRUE(Act<v1::DescribePlanRequest>("secretary", "DescribePlan", "description: 'x'").ok());
  EXPECT_NE(Get().etag(), etag);
  v1::ListPlansRequest list;
  list.set_parent("realms/test");
  v1::ListPlansResponse listed;
  ASSERT_TRUE(server_.ClientFor("realms/test/accounts/dole")
                  ->Call("kasundo.plans.v1.Plans.ListPlans", list, &listed)
                  .ok());
  ASSERT_EQ(listed.plans_size(), 1);
  EXPECT_FALSE(listed.plans(0).has_tree());
  EXPECT_TRUE(Get().has_tree());
}

TEST_F(PlansE2e, AShippedTemplateBecomesAPlanWhoseVersionsCanBeCompared) {
  Do<v1::WritePlanTemplateRequest>(
      "kasundo.plans.v1.PlanTemplates.WritePlanTemplate",
      "parent: 'realms/test' plan_template_id: 'desk' shipped: 'support-desk'", "secretary");
  const auto unknown = Call<v1::WritePlanTemplateRequest, v1::PlanTemplate>(
      "secretary", "kasundo.plans.v1.PlanTemplates.WritePlanTemplate",
      "parent: 'realms/test' plan_template_id: 'other' shipped: 'nine-steps'");
  EXPECT_EQ(ReasonOf(unknown.status()), "TEMPLATE_NOT_SHIPPED");
  Do<v1::CreatePlanFromTemplateRequest>(
      "kasundo.plans.v1.Plans.CreatePlanFromTemplate",
      "parent: 'realms/test' plan_id: 'work-plan' plan_template: 'realms/test/planTemplates/desk' "
      "body: 'realms/test/committees/cmd' owner_office: 'realms/test/offices/secretary' currency: "
      "'PHP' starts_on { year: 2016 } ends_on { year: 2016 }",
      "secretary");
  EXPECT_EQ(Get().tree().items_size(), 6);
  const auto copies = Call<v1::ListTemplateCopiesRequest, v1::ListTemplateCopiesResponse>(
      "dole", "kasundo.plans.v1.PlanTemplates.ListTemplateCopies",
      "name: 'realms/test/planTemplates/desk'");
  ASSERT_TRUE(copies.ok()) << copies.status();
  ASSERT_EQ(copies->copies_size(), 1);
  EXPECT_EQ(copies->copies(0).template_version(), 1);

  // Version 1, then one with a step less: the deleted step is still shown.
  ASSERT_TRUE(Act<v1::SetIndicatorsRequest>(
                  "secretary", "SetIndicators",
                  "item: 'supported' indicators { id: 'p' title: 'Projects' baseline: '0' target: "
                  "'3' target_on { year: 2016 } }")
                  .ok());
  for (const char* id : {"receive", "develop", "write", "fund", "start"}) {
    ASSERT_TRUE(Act<v1::AssignResponsibleRequest>(
                    "secretary", "AssignResponsible",
                    std::string("item: '") + id + "' office: 'realms/test/offices/dole'")
                    .ok());
  }
  ASSERT_TRUE(Act<v1::LinkBaselineStudyRequest>("secretary", "LinkBaselineStudy",
                                                "study { id: 's' title: 'Study' document: 'S-1' }")
                  .ok());
  const std::string approval =
      "approval { resolution: 'realms/test/committees/cmd/resolutions/r1' }";
  ASSERT_TRUE(Act<v1::ProposePlanRequest>("secretary", "ProposePlan").ok());
  ASSERT_TRUE(Act<v1::ApprovePlanRequest>("secretary", "ApprovePlan", approval).ok());
  ASSERT_TRUE(
      Act<v1::ReportActivitiesRequest>(
          "dole", "ReportActivities",
          "reports { item: 'start' percent: '5' evidence { title: 'Minutes' document: 'M-1' } }")
          .ok());
  const std::string why = " header { reason: 'no money' }";
  ASSERT_TRUE(Act<v1::OpenRevisionRequest>("secretary", "OpenRevision", why).ok());
  ASSERT_TRUE(Act<v1::RemoveItemRequest>("secretary", "RemoveItem", "item: 'start'" + why).ok());
  ASSERT_TRUE(Act<v1::ApprovePlanRequest>("secretary", "ApprovePlan", approval).ok());
  const std::string name = "name: '" + std::string(kPlan) + "' version: ";
  const auto compared = Call<v1::ComparePlansRequest, v1::ComparePlansResponse>(
      "dole", "kasundo.plans.v1.PlanQuestions.ComparePlans",
      "left { " + name + "1 } right { " + name + "2 }");
  ASSERT_TRUE(compared.ok()) << compared.status();
  ASSERT_EQ(compared->differences_size(), 1);
  EXPECT_EQ(compared->differences(0).id(), "start");
  EXPECT_EQ(compared->differences(0).difference(), v1::DIFFERENCE_REMOVED);
  EXPECT_EQ(compared->differences(0).right_progress().report().percent(), "5");
  EXPECT_EQ(compared->differences(0).reasons(0).reason(), "no money");
  const auto third = Call<v1::ComparePlansRequest, v1::ComparePlansResponse>(
      "dole", "kasundo.plans.v1.PlanQuestions.ComparePlans",
      "left { " + name + "1 } right { " + name + "3 }");
  EXPECT_EQ(ReasonOf(third.status()), "VERSION_NOT_FOUND");
  const auto trace = Call<v1::GetTraceRequest, v1::GetTraceResponse>(
      "dole", "kasundo.plans.v1.PlanQuestions.GetTrace", "parent: 'realms/test'");
  EXPECT_EQ(ReasonOf(trace.status()), "TRACE_WITHOUT_START");
  const auto table = Call<v1::GetPlanProgressRequest, v1::GetPlanProgressResponse>(
      "dole", "kasundo.plans.v1.PlanQuestions.GetPlanProgress",
      "name: '" + std::string(kPlan) + "'");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->activities_size(), 4);
}

TEST_F(PlansE2e, ANeedWaitsForThePlansAnswer) {
  WritePlan();
  Do<v1::VoiceNeedRequest>("kasundo.plans.v1.Needs.VoiceNeed",
                           "parent: 'realms/test' need_id: 'desk' text: 'A desk' occasion: "
                           "'Hearing' plan: '" +
                               std::string(kPlan) + "'",
                           "dole");
  EXPECT_EQ(Get().review().open_needs(0), "realms/test/needs/desk");
  const std::string answer = "name: 'realms/test/needs/desk' answer: NEED_ANSWER_NO reason: 'far'";
  EXPECT_EQ(ReasonOf(Call<v1::AnswerNeedRequest, v1::Need>(
                         "dole", "kasundo.plans.v1.Needs.AnswerNeed", answer)
                         .status()),
            "ROLE_REQUIRED");
  const auto answered = Call<v1::AnswerNeedRequest, v1::Need>(
      "secretary", "kasundo.plans.v1.Needs.AnswerNeed", answer);
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->state(), "answered");
  EXPECT_EQ(Get().review().open_needs_size(), 0);
}

}  // namespace
}  // namespace kasundo
