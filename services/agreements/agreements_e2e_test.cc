// Agreements over real gRPC: commands by offices, refusals with what is missing, questions.
#include "gtest/gtest.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "kasundo/agreements/v1/obligations_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/directory/v1/territory_requests.pb.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "services/agreements/agreements_service.h"
#include "services/agreements/overlap_attention.h"
#include "services/directory/directory_service.h"
#include "tests/support/given.h"
#include "tests/support/test_server.h"
#include "workflows/agreement/agreement_kinds.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

namespace v1 = agreements::v1;
using testing::Parse;

constexpr char kIt[] = "realms/test/agreements/migrants";

testing::TestServerOptions Services() {
  testing::TestServerOptions options;
  options.modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"agreements", agreements::AddAgreements,
       [](ServiceCatalog& catalog, Engine&) { RegisterAgreements(catalog); }},
  };
  return options;
}

class AgreementsE2e : public ::testing::Test {
 protected:
  AgreementsE2e() : server_(Services()) {
    for (const char* id : {"dole", "poea"}) {
      const std::string name(id);
      Admin<directory::v1::CreateOrganisationRequest>(
          "kasundo.directory.v1.Directory.CreateOrganisation",
          "parent: 'realms/test' organisation_id: '" + name + "' title: '" + name +
              "' kind: ORGANISATION_KIND_NATIONAL_AGENCY");
      Admin<directory::v1::CreatePersonRequest>(
          "kasundo.directory.v1.Directory.CreatePerson",
          "parent: 'realms/test' person_id: '" + name + "' full_name: 'Head Of'");
      Admin<directory::v1::CreateOfficeRequest>(
          "kasundo.directory.v1.Directory.CreateOffice",
          "parent: 'realms/test' office_id: '" + name + "' title: 'Secretary' organisation: " +
              "'realms/test/organisations/" + name + "' post: POST_KIND_APPOINTED");
      Admin<directory::v1::BeginTermRequest>("kasundo.directory.v1.Directory.BeginTerm",
                                             "name: 'realms/test/offices/" + name +
                                                 "' person: 'realms/test/people/" + name +
                                                 "' since { year: 2015 }");
    }
  }

  template <typename Request, typename Response = v1::Agreement>
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

  template <typename Request>
  void Act(const std::string& method, const std::string& text = "") {
    Admin<Request>("kasundo.agreements.v1.Agreements." + method,
                   "name: '" + std::string(kIt) + "' " + text);
  }

  v1::Agreement Get() {
    return *Call<v1::GetAgreementRequest>("dole", "kasundo.agreements.v1.Agreements.GetAgreement",
                                          "name: '" + std::string(kIt) + "'");
  }

  testing::TestServer server_;
};

// Realms are closed against each other, also for who operates the server.
TEST_F(AgreementsE2e, NameNothingOfAnotherRealm) {
  const std::string rpc = "kasundo.agreements.v1.Agreements.CreateAgreement";
  const auto request = Parse<v1::CreateAgreementRequest>(
      "parent: 'realms/test' agreement_id: 'abroad' definition: 'mou' title: 'x' instrument: "
      "INSTRUMENT_TYPE_TWINNING parties { id: 'dole' organisation: 'realms/system/organisations/x' "
      "signatory_office: 'realms/test/offices/dole' }");
  v1::Agreement answer;
  for (const char* account : {"realms/test/accounts/dole", "realms/system/accounts/admin"}) {
    const absl::Status refused = server_.ClientFor(account)->Call(rpc, request, &answer);
    EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied) << refused;
    EXPECT_EQ(ReasonOf(refused), "OTHER_REALM");
  }
}

constexpr char kCreate[] = R"pb(parent: "realms/test"
                                agreement_id: "migrants"
                                definition: "mou"
                                title: "Unified memorandum"
                                instrument: INSTRUMENT_TYPE_MEMORANDUM_OF_UNDERSTANDING
                                parties {
                                  id: "dole"
                                  organisation: "realms/test/organisations/dole"
                                  signatory_office: "realms/test/offices/dole"
                                }
                                parties {
                                  id: "poea"
                                  organisation: "realms/test/organisations/poea"
                                  signatory_office: "realms/test/offices/poea"
                                })pb";

TEST_F(AgreementsE2e, ARefusalSaysFromWhomSomethingIsMissing) {
  Admin<v1::CreateAgreementRequest>("kasundo.agreements.v1.Agreements.CreateAgreement", kCreate);
  const auto started =
      Call<v1::StartDraftingRequest>("the-admin", "kasundo.agreements.v1.Agreements.StartDrafting",
                                     "name: '" + std::string(kIt) + "'");
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(ReasonOf(started.status()), "OWNING_BODY_MISSING");
  EXPECT_EQ(RefusalOf(started.status())->metadata().at("parties"), "dole,poea");
  EXPECT_FALSE(RefusalOf(started.status())->mend().empty());
}

TEST_F(AgreementsE2e, MandatesAreSecuredByTheOfficesThemselves) {
  Admin<v1::CreateAgreementRequest>("kasundo.agreements.v1.Agreements.CreateAgreement", kCreate);
  Act<v1::SeekMandatesRequest>("SeekMandates");
  for (const char* party : {"dole", "poea"}) {
    const std::string request = "name: '" + std::string(kIt) + "' party_id: '" + party +
                                "' mandate { kind: MANDATE_KIND_ORDER number: '1' date { year: "
                                "2015 } issuing_body: 'Secretary' }";
    const auto other =
        Call<v1::AttachMandateRequest>(party == std::string("dole") ? "poea" : "dole",
                                       "kasundo.agreements.v1.Agreements.AttachMandate", request);
    EXPECT_EQ(ReasonOf(other.status()), "NOT_OF_THE_PARTY");
    const auto attached = Call<v1::AttachMandateRequest>(
        party, "kasundo.agreements.v1.Agreements.AttachMandate", request);
    ASSERT_TRUE(attached.ok()) << attached.status();
  }
  const v1::Agreement agreement = Get();
  EXPECT_EQ(agreement.state(), "mandate-secured");
  EXPECT_EQ(agreement.definition(), "mou");
  EXPECT_EQ(agreement.parties(1).mandate().number(), "1");
}

TEST_F(AgreementsE2e, ProgressOfNothingIsNothingAndNoTextHeldBeforeOneWasAgreed) {
  Admin<v1::CreateAgreementRequest>("kasundo.agreements.v1.Agreements.CreateAgreement", kCreate);
  const auto progress = Call<v1::GetProgressRequest, v1::GetProgressResponse>(
      "dole", "kasundo.agreements.v1.Obligations.GetProgress", "name: '" + std::string(kIt) + "'");
  ASSERT_TRUE(progress.ok()) << progress.status();
  EXPECT_EQ(progress->counts().total(), 0);
  EXPECT_EQ(progress->parties_size(), 2);
  const auto text = Call<v1::GetTextInForceRequest, v1::GetTextInForceResponse>(
      "dole", "kasundo.agreements.v1.Agreements.GetTextInForce",
      "name: '" + std::string(kIt) + "'");
  EXPECT_EQ(ReasonOf(text.status()), "TEXT_EMPTY");
}

// Requirement 38: what a party notes for itself is read by its own offices and by nobody else.
TEST_F(AgreementsE2e, APrivateTrackIsForItsOwnPartyOnly) {
  Admin<v1::CreateAgreementRequest>("kasundo.agreements.v1.Agreements.CreateAgreement", kCreate);
  const auto noted = Call<v1::RecordPrivateEntryRequest>(
      "dole", "kasundo.agreements.v1.Agreements.RecordPrivateEntry",
      "name: '" + std::string(kIt) +
          "' party_id: 'dole' kind: PRIVATE_ENTRY_KIND_LEGAL_REVIEW_OBJECTS text: 'too broad'");
  ASSERT_TRUE(noted.ok()) << noted.status();
  ASSERT_EQ(noted->private_entries_size(), 1);
  EXPECT_EQ(noted->private_entries(0).text(), "too broad");
  EXPECT_EQ(Get().private_entries_size(), 1);
  for (const char* other : {"poea", "the-admin"}) {
    const auto seen = Call<v1::GetAgreementRequest>(
        other, "kasundo.agreements.v1.Agreements.GetAgreement", "name: '" + std::string(kIt) + "'");
    ASSERT_TRUE(seen.ok()) << seen.status();
    EXPECT_TRUE(seen->private_entries().empty()) << other;
  }
  // The shared history says that there is an entry, not what it says.
  const auto history = Call<workflows::v1::ListHistoryRequest, workflows::v1::ListHistoryResponse>(
      "dole", "kasundo.workflows.v1.Workflows.ListHistory", "name: '" + std::string(kIt) + "'");
  ASSERT_TRUE(history.ok()) << history.status();
  EXPECT_EQ(history->DebugString().find("too broad"), std::string::npos);
  EXPECT_NE(history->DebugString().find("PrivateEntryRecorded"), std::string::npos);
}

// Requirement 43: without signing in, and only what was published.
TEST_F(AgreementsE2e, ThePublicReadsWhatWasPublished) {
  Admin<v1::CreateAgreementRequest>("kasundo.agreements.v1.Agreements.CreateAgreement", kCreate);
  const auto published = [&] {
    v1::ListPublishedAgreementsResponse response;
    const absl::Status status = server_.ClientFor("")->Call(
        "kasundo.agreements.v1.Agreements.ListPublishedAgreements",
        Parse<v1::ListPublishedAgreementsRequest>("parent: 'realms/test'"), &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  };
  EXPECT_TRUE(published().agreements().empty());
  Act<v1::PublishAgreementRequest>("PublishAgreement");
  const auto response = published();
  ASSERT_EQ(response.agreements_size(), 1);
  const v1::PublishedAgreement& page = response.agreements(0);
  EXPECT_EQ(page.title(), "Unified memorandum");
  EXPECT_EQ(page.state_title(), "Idea");
  ASSERT_EQ(page.parties_size(), 2);
  EXPECT_EQ(page.parties(0), "dole");
  Act<v1::WithdrawPublicationRequest>("WithdrawPublication", "header { reason: 'an error' }");
  EXPECT_TRUE(published().agreements().empty());
}

// Requirement 40: a warning at the second entry, never a refusal.
TEST_F(AgreementsE2e, TheSecondEntryOfAFunctionInATerritoryRaisesAWarning) {
  Admin<directory::v1::CreateTerritoryRequest>(
      "kasundo.directory.v1.Directory.CreateTerritory",
      "parent: 'realms/test' territory_id: 'naga' title: 'Naga' level: TERRITORY_LEVEL_REGION");
  for (const char* id : {"first", "second"}) {
    auto create = Parse<v1::CreateAgreementRequest>(kCreate);
    create.set_agreement_id(id);
    create.add_territories("realms/test/territories/naga");
    v1::Agreement made;
    ASSERT_TRUE(server_.ClientFor("realms/test/accounts/the-admin")
                    ->Call("kasundo.agreements.v1.Agreements.CreateAgreement", create, &made)
                    .ok());
    const auto added = Call<v1::AddCooperationAreaRequest>(
        "the-admin", "kasundo.agreements.v1.Agreements.AddCooperationArea",
        "name: 'realms/test/agreements/" + std::string(id) +
            "' area_id: 'desk' level: AREA_LEVEL_AREA title: 'Migrant desk'");
    ASSERT_TRUE(added.ok()) << added.status();
    EXPECT_EQ(added->overlaps_size(), id == std::string("second") ? 1 : 0) << id;
  }
  const auto listed = Call<v1::ListFunctionOverlapsRequest, v1::ListFunctionOverlapsResponse>(
      "dole", "kasundo.agreements.v1.Agreements.ListFunctionOverlaps", "parent: 'realms/test'");
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->overlaps_size(), 1);
  EXPECT_EQ(listed->overlaps(0).agreement(), "realms/test/agreements/second");
  EXPECT_EQ(listed->overlaps(0).overlap().other(), "realms/test/agreements/first");
  // Recorded once, in the history of the second.
  agreements::OverlapAttention attention(server_.engine());
  EXPECT_EQ(*attention.Look(), 1U);
  EXPECT_EQ(*attention.Look(), 0U);
  EXPECT_EQ(*agreements::OverlapAttention(server_.engine()).Look(), 0U);
  // What has ended overlaps with nothing.
  const auto failed = Call<v1::FailAgreementRequest>(
      "the-admin", "kasundo.agreements.v1.Agreements.FailAgreement",
      "name: 'realms/test/agreements/first' causes: FAILURE_CAUSE_TIMING lessons: 'later'");
  ASSERT_TRUE(failed.ok()) << failed.status();
  EXPECT_TRUE((Call<v1::ListFunctionOverlapsRequest, v1::ListFunctionOverlapsResponse>(
                   "dole", "kasundo.agreements.v1.Agreements.ListFunctionOverlaps",
                   "parent: 'realms/test' agreement: 'realms/test/agreements/second'"))
                  ->overlaps()
                  .empty());
}

// Requirement 133.
TEST_F(AgreementsE2e, ProgressShowsHowDeepItIsAnchored) {
  Admin<v1::CreateAgreementRequest>("kasundo.agreements.v1.Agreements.CreateAgreement", kCreate);
  const auto level = [&] {
    return Call<v1::GetProgressRequest, v1::GetProgressResponse>(
               "dole", "kasundo.agreements.v1.Obligations.GetProgress",
               "name: '" + std::string(kIt) + "'")
        ->anchoring()
        .level();
  };
  EXPECT_EQ(level(), v1::ANCHORING_LEVEL_PROJECT_ONLY);  // an idea holds nothing
  Act<v1::LinkInstrumentRequest>("LinkInstrument",
                                 "link { kind: LINK_KIND_GREW_FROM document: 'Ordinance 12' "
                                 "document_type: INSTRUMENT_TYPE_ORDINANCE }");
  EXPECT_EQ(level(), v1::ANCHORING_LEVEL_ORDINANCE);
}

}  // namespace
}  // namespace kasundo
