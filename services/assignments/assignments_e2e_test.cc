// Functions, assignments and portfolios over real gRPC.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/assignments/v1/assignments_service.pb.h"
#include "kasundo/assignments/v1/functions_service.pb.h"
#include "kasundo/assignments/v1/portfolios_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "services/assignments/assignments_service.h"
#include "services/directory/directory_service.h"
#include "tests/support/given.h"
#include "tests/support/test_server.h"
#include "workflows/assignment/assignment_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

namespace v1 = assignments::v1;
using testing::Parse;

testing::TestServerOptions Services() {
  testing::TestServerOptions options;
  options.modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"assignments", assignments::AddAssignments,
       [](ServiceCatalog& catalog, Engine&) { RegisterAssignments(catalog); }},
  };
  return options;
}

class AssignmentsE2e : public ::testing::Test {
 protected:
  AssignmentsE2e() : server_(Services()) {
    Admin<directory::v1::CreateOrganisationRequest>(
        "directory.v1.Directory.CreateOrganisation",
        "parent: 'realms/test' organisation_id: 'province' title: 'Province' kind: "
        "ORGANISATION_KIND_LOCAL_GOVERNMENT");
    Admin<directory::v1::CreateTerritoryRequest>(
        "directory.v1.Directory.CreateTerritory",
        "parent: 'realms/test' territory_id: 'batangas' title: 'Batangas' level: "
        "TERRITORY_LEVEL_PROVINCE");
    for (const std::string id : {"planning", "desk"}) {
      Admin<directory::v1::CreatePersonRequest>(
          "directory.v1.Directory.CreatePerson",
          "parent: 'realms/test' person_id: '" + id + "' full_name: 'Head Of'");
      Admin<directory::v1::CreateOfficeRequest>(
          "directory.v1.Directory.CreateOffice",
          "parent: 'realms/test' office_id: '" + id + "' title: 'Office' organisation: " +
              "'realms/test/organisations/province' post: POST_KIND_CAREER functions: '" + id +
              "'");
      Admin<directory::v1::BeginTermRequest>("directory.v1.Directory.BeginTerm",
                                             "name: 'realms/test/offices/" + id +
                                                 "' person: 'realms/test/people/" + id +
                                                 "' since { year: 2010 }");
    }
    Admin<v1::DefineFunctionRequest>(
        "assignments.v1.Functions.DefineFunction",
        "parent: 'realms/test' function_id: 'migrant-desk' keeper_office: "
        "'realms/test/offices/planning' version { title: 'Migrant desk' meaning: 'Helps.' since { "
        "year: 2008 } legal_bases { kind: LEGAL_BASIS_KIND_ACT number: 'RA 10022' issuer: "
        "'Congress' } }");
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const std::string& account, const std::string& method,
                                const std::string& text) {
    Response response;
    const absl::Status status = server_.ClientFor("realms/test/accounts/" + account)
                                    ->Call("kasundo." + method, Parse<Request>(text), &response);
    if (!status.ok()) return status;
    return response;
  }

  template <typename Request>
  void Admin(const std::string& method, const std::string& text) {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName("kasundo." + method);
    ASSERT_NE(descriptor, nullptr) << method;
    std::unique_ptr<google::protobuf::Message> held(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(descriptor->output_type())
            ->New());
    const absl::Status status = server_.ClientFor("realms/test/accounts/the-admin")
                                    ->Call("kasundo." + method, Parse<Request>(text), held.get());
    ASSERT_TRUE(status.ok()) << method << ": " << status;
  }

  absl::StatusOr<v1::Assignment> Propose(const std::string& more = "") {
    return Call<v1::Assignment, v1::ProposeAssignmentRequest>(
        "the-admin", "assignments.v1.Assignments.ProposeAssignment",
        "parent: 'realms/test' assignment_id: 'desk' title: 'Migrant desk of Batangas' function: "
        "'realms/test/functions/migrant-desk' territory: 'realms/test/territories/batangas' "
        "legal_bases { kind: LEGAL_BASIS_KIND_ORDINANCE number: '5' issuer: 'Council' } offices { "
        "accountable: 'realms/test/offices/planning' responsible: 'realms/test/offices/desk' } " +
            more);
  }

  testing::TestServer server_;
};

constexpr char kIt[] = "name: 'realms/test/assignments/desk' ";

TEST_F(AssignmentsE2e, AnAssignmentHoldsWhenItsOfficesAcceptThemselves) {
  const auto proposed = Propose();
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(proposed->state(), "proposed");
  EXPECT_FALSE(proposed->ready());
  for (const char* office : {"desk", "planning"}) {
    const auto accepted = Call<v1::Assignment, v1::AcceptAssignmentRequest>(
        office, "assignments.v1.Assignments.AcceptAssignment", kIt);
    ASSERT_TRUE(accepted.ok()) << accepted.status();
  }
  const auto got = Call<v1::Assignment, v1::GetAssignmentRequest>(
      "desk", "assignments.v1.Assignments.GetAssignment", kIt);
  ASSERT_TRUE(got.ok()) << got.status();
  EXPECT_EQ(got->state(), "active");
  EXPECT_EQ(got->tenure().offices().accountable(), "realms/test/offices/planning");
  EXPECT_THAT(got->warnings(), ::testing::ElementsAre(v1::ROLE_WARNING_NO_DEPUTY));
  const auto portfolio = Call<v1::Portfolio, v1::GetPortfolioRequest>(
      "desk", "assignments.v1.Portfolios.GetPortfolio", "name: 'realms/test/portfolios/desk'");
  ASSERT_TRUE(portfolio.ok()) << portfolio.status();
  EXPECT_EQ(portfolio->claims(0).assignment(), "realms/test/assignments/desk");
  const auto warnings = Call<v1::ListRoleWarningsResponse, v1::ListRoleWarningsRequest>(
      "desk", "assignments.v1.Assignments.ListRoleWarnings",
      "parent: 'realms/test' roles_per_person: 1");
  ASSERT_TRUE(warnings.ok()) << warnings.status();
  EXPECT_EQ(warnings->warnings_size(), 2);
  EXPECT_EQ(warnings->overloaded_size(), 0);
}

TEST_F(AssignmentsE2e, SomebodyIsAnswerableAlsoBeforeAnybodyWasAssigned) {
  ASSERT_TRUE(Propose().ok());
  Admin<v1::AcceptAssignmentRequest>("assignments.v1.Assignments.AcceptAssignment",
                                     std::string(kIt) + "document: 'Letter'");
  const auto ask = [&](const std::string& text) {
    return Call<v1::GetAnswerableResponse, v1::GetAnswerableRequest>(
        "desk", "assignments.v1.Assignments.GetAnswerable", "parent: 'realms/test' " + text);
  };
  const std::string function = "function: 'realms/test/functions/migrant-desk' ";
  const auto now = ask(function);
  ASSERT_TRUE(now.ok()) << now.status();
  EXPECT_EQ(now->answerable(0).assignment(), "realms/test/assignments/desk");
  EXPECT_EQ(now->answerable(0).accountable().person(), "realms/test/people/planning");
  const auto before = ask(function + "on { year: 2012 }");
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_EQ(before->answerable(0).by(), v1::ANSWERABLE_BY_KEEPER);
  EXPECT_EQ(ReasonOf(ask("").status()), "TOO_LITTLE_SAID");
}

// Requirement 48.
TEST_F(AssignmentsE2e, TheLeadOfficeIsProposedByTheEntryPoint) {
  const auto lead = Call<v1::ProposeLeadResponse, v1::ProposeLeadRequest>(
      "desk", "assignments.v1.Assignments.ProposeLead",
      "parent: 'realms/test' entry_point: 'plan'");
  ASSERT_TRUE(lead.ok()) << lead.status();
  ASSERT_EQ(lead->offices_size(), 1);
  EXPECT_EQ(lead->offices(0).office(), "realms/test/offices/planning");
  const auto unknown = Call<v1::ProposeLeadResponse, v1::ProposeLeadRequest>(
      "desk", "assignments.v1.Assignments.ProposeLead", "parent: 'realms/test' entry_point: 'x'");
  EXPECT_EQ(ReasonOf(unknown.status()), "ENTRY_POINT_UNKNOWN");
  EXPECT_EQ(ReasonOf(Propose("entry_point: 'services'").status()), "LEAD_CHOICE_NEEDS_REASON");
  const auto proposed = Propose("entry_point: 'services' header { reason: 'it has the staff' }");
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  EXPECT_EQ(proposed->lead_choice().reason(), "it has the staff");
}

}  // namespace
}  // namespace kasundo
