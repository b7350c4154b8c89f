// Requirement 132 over real gRPC: an office is closed once everything open has a new owner.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/committees/v1/action_items_events.pb.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "services/committees/committees_service.h"
#include "services/committees/meetings_service.h"
#include "services/committees/membership_applications_service.h"
#include "services/directory/directory_service.h"
#include "services/register/continuity_service.h"
#include "services/register/restructuring.h"
#include "tests/support/given.h"
#include "tests/support/test_server.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/continuity/attention_agenda.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/refusal.h"

namespace kasundo {
namespace {

namespace cv1 = committees::v1;
namespace dv1 = directory::v1;
using ::testing::HasSubstr;
using testing::Parse;

constexpr char kPlan[] = "realms/test/offices/plan";
constexpr char kItem[] = "realms/test/committees/cmd/actionItems/desk";

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
      {"register", continuity::AddContinuity,
       [](ServiceCatalog& catalog, Engine&) {
         RegisterContinuity(catalog);
         RegisterRestructuring(catalog);
       }},
  };
  return options;
}

class RestructuringE2e : public ::testing::Test {
 protected:
  RestructuringE2e() : server_(Services()) {
    Send<dv1::CreateOrganisationRequest, dv1::Organisation>(
        "kasundo.directory.v1.Directory.CreateOrganisation",
        "parent: 'realms/test' organisation_id: 'lipa' title: 'Lipa' kind: "
        "ORGANISATION_KIND_LOCAL_GOVERNMENT");
    for (const char* id : {"plan", "peso"}) {
      Send<dv1::CreateOfficeRequest, dv1::Office>(
          "kasundo.directory.v1.Directory.CreateOffice",
          "parent: 'realms/test' office_id: '" + std::string(id) +
              "' title: 'Office' organisation: 'realms/test/organisations/lipa' post: "
              "POST_KIND_CAREER");
    }
    Send<cv1::EstablishCommitteeRequest, cv1::Committee>(
        "kasundo.committees.v1.Committees.EstablishCommittee",
        "parent: 'realms/test' committee_id: 'cmd' title: 'CMD' form { type: BODY_TYPE_COMMITTEE } "
        "since { year: 2010 }");
    Send<cv1::OpenActionItemRequest, cv1::ActionItem>(
        "kasundo.committees.v1.ActionItems.OpenActionItem",
        "parent: 'realms/test/committees/cmd' action_item_id: 'desk' title: 'Open a desk' "
        "owner_office: 'realms/test/offices/plan' due_date { year: 2016 month: 12 }");
  }

  template <typename Request, typename Response>
  absl::Status Try(const std::string& method, const std::string& text) {
    Response response;
    return server_.ClientFor("realms/test/accounts/the-admin")
        ->Call(method, Parse<Request>(text), &response);
  }
  template <typename Request, typename Response>
  void Send(const std::string& method, const std::string& text) {
    const absl::Status status = Try<Request, Response>(method, text);
    ASSERT_TRUE(status.ok()) << method << ": " << status;
  }
  absl::Status Close(const std::string& how) {
    return Try<dv1::CloseOfficeRequest, dv1::Office>("kasundo.directory.v1.Directory.CloseOffice",
                                                     "name: '" + std::string(kPlan) + "' " + how);
  }

  testing::TestServer server_;
};

TEST_F(RestructuringE2e, AnOfficeIsNotClosedWhileItOwnsWhatIsOpen) {
  for (const char* how : {"nothing_open: true", "successor: 'realms/test/offices/peso'"}) {
    const absl::Status refused = Close(how);
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << how;
    EXPECT_EQ(ReasonOf(refused), "ITEMS_OPEN");
    EXPECT_THAT(std::string(refused.message()), HasSubstr(kItem));
  }
  Send<cv1::ReassignActionItemRequest, cv1::ActionItem>(
      "kasundo.committees.v1.ActionItems.ReassignActionItem",
      "name: '" + std::string(kItem) +
          "' owner_office: 'realms/test/offices/peso' header { reason: 'the office closes' }");
  EXPECT_TRUE(Close("successor: 'realms/test/offices/peso'").ok());
}

TEST_F(RestructuringE2e, WhatIsDoneKeepsNoOfficeOpen) {
  Send<cv1::CompleteActionItemRequest, cv1::ActionItem>(
      "kasundo.committees.v1.ActionItems.CompleteActionItem",
      "name: '" + std::string(kItem) + "' evidence { title: 'Photo' }");
  EXPECT_TRUE(Close("nothing_open: true").ok());
}

TEST_F(RestructuringE2e, ThePlaceOfQuestionsSaysWhatIsOpenInAnOffice) {
  continuity::v1::ListContinuityResponse response;
  const absl::Status status =
      server_.ClientFor("realms/test/accounts/the-admin")
          ->Call("kasundo.continuity.v1.Continuity.ListContinuity",
                 Parse<continuity::v1::ListContinuityRequest>(
                     "parent: 'realms/test' office: 'realms/test/offices/plan' all: true"),
                 &response);
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_EQ(response.items_size(), 1);
  EXPECT_EQ(response.items(0).name(), kItem);
}

TEST(NamesAsOwner, ReadsOnlyFieldsThatAreMarked) {
  EXPECT_TRUE(NamesAsOwner(Parse<cv1::ActionItemState>("owner_office: 'o'"), "o"));
  EXPECT_FALSE(NamesAsOwner(Parse<cv1::ActionItemState>("owner_office: 'o'"), "p"));
  EXPECT_FALSE(NamesAsOwner(Parse<cv1::ActionItemState>("title: 'o'"), "o"));
}

}  // namespace
}  // namespace kasundo
