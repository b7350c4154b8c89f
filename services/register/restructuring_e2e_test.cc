// Requirement 132 over real gRPC: an office is closed once everything open has a new owner.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "kasundo/committees/v1/action_items_events.pb.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/continuity/v1/continuity_service.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "kasundo/monitoring/v1/findings_events.pb.h"
#include "kasundo/plans/v1/plans_events.pb.h"
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

namespace av1 = assignments::v1;
namespace cv1 = committees::v1;
namespace dv1 = directory::v1;
namespace mv1 = monitoring::v1;
namespace pv1 = plans::v1;
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

template <typename State>
bool Owns(const std::string& text) {
  return NamesAsOwner(Parse<State>(text), "o", *ParseCivilDate("2016-06-30"));
}

TEST(NamesAsOwner, ReadsOnlyFieldsThatAreMarked) {
  EXPECT_TRUE(Owns<cv1::ActionItemState>("owner_office: 'o'"));
  EXPECT_FALSE(Owns<cv1::ActionItemState>("owner_office: 'p'"));
  EXPECT_FALSE(Owns<cv1::ActionItemState>("title: 'o'"));
}

TEST(NamesAsOwner, OfAFindingIsWhoImplements) {
  EXPECT_TRUE(Owns<mv1::FindingState>("raised { implementing_office: 'o' }"));
  EXPECT_FALSE(Owns<mv1::FindingState>("raised { implementing_office: 'p' }"));
}

TEST(NamesAsOwner, OfACorrectiveActionIsWhoOwesIt) {
  EXPECT_TRUE(Owns<mv1::CorrectiveActionState>("owner_office: 'o'"));
  EXPECT_FALSE(Owns<mv1::CorrectiveActionState>("owner_office: 'p'"));
}

TEST(NamesAsOwner, OfAPlanIsWhoKeepsItAndWhoOwnsItsItemsInForce) {
  EXPECT_TRUE(Owns<pv1::PlanState>("owner_office: 'o'"));
  EXPECT_TRUE(Owns<pv1::PlanState>("owner_office: 'p' tree { items { owner_office: 'o' } }"));
  EXPECT_TRUE(Owns<pv1::PlanState>("baseline { items { owner_office: 'o' } }"))
      << "while a revision is open, the approved tree is reported on";
  EXPECT_FALSE(
      Owns<pv1::PlanState>("tree { items { owner_office: 'p' contributors: 'o' } } "
                           "waiver { office: 'o' } progress { office: 'o' }"));
}

// The history of an assignment stays in its state; only what lasts beyond the office needs another.
TEST(NamesAsOwner, OfAnAssignmentIsWhoHasItOrIsOfferedItNow) {
  for (const char* part : {"accountable: 'o'", "responsible: 'o'"}) {
    const std::string offices = "offices { " + std::string(part) + " } ";
    const auto until = [&](const std::string& day) {
      return "tenures { " + offices + "until { year: 2016 month: 6 day: " + day + " } }";
    };
    EXPECT_TRUE(Owns<av1::AssignmentState>("tenures { " + offices + "}")) << part;
    EXPECT_FALSE(Owns<av1::AssignmentState>(until("30"))) << part;
    EXPECT_FALSE(Owns<av1::AssignmentState>(until("29"))) << part;
    EXPECT_TRUE(Owns<av1::AssignmentState>("offer { " + offices + "}")) << part;
  }
  EXPECT_TRUE(Owns<av1::AssignmentState>(
      "tenures { offices { accountable: 'o' } until { year: 2016 month: 7 } }"));
  EXPECT_FALSE(Owns<av1::AssignmentState>("tenures { offices { consulted: 'o' informed: 'o' } }"));
}

}  // namespace
}  // namespace kasundo
