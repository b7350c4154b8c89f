// Requirement 127 from end to end: both sides of an agreement change their elected heads, the
// register finds it, and the bodies that own the agreement are called to an extraordinary meeting,
// on the day that the definition's rule gives.
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kasundo/agreements/v1/agreements_service.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/meetings_events.pb.h"
#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "kasundo/directory/v1/person_requests.pb.h"
#include "services/agreements/agreements_service.h"
#include "services/agreements/articles_service.h"
#include "services/committees/committees_service.h"
#include "services/committees/meetings_service.h"
#include "services/committees/membership_applications_service.h"
#include "services/directory/directory_service.h"
#include "services/register/attention.h"
#include "services/register/continuity_service.h"
#include "tests/support/given.h"
#include "tests/support/test_server.h"
#include "workflows/agreement/agreement_kinds.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/continuity/attention_agenda.h"
#include "workflows/directory/directory_kinds.h"
#include "workflows/engine/civil_date.h"

namespace kasundo {
namespace {

namespace av1 = agreements::v1;
namespace cv1 = committees::v1;
namespace dv1 = directory::v1;
using testing::Parse;

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
      {"agreements", agreements::AddAgreements,
       [](ServiceCatalog& catalog, Engine&) {
         RegisterAgreements(catalog);
         RegisterArticles(catalog);
       }},
      {"register", continuity::AddContinuity,
       [](ServiceCatalog& catalog, Engine&) { RegisterContinuity(catalog); }},
  };
  return options;
}

class BothSidesE2e : public ::testing::Test {
 protected:
  BothSidesE2e() : server_(Services()) {
    today_ = DayOf(server_.clock().Now(), absl::FixedTimeZone(8 * 3600));
    for (const char* side : {"batangas", "rome"}) Found(side);
    Send<av1::CreateAgreementRequest, av1::Agreement>(
        "kasundo.agreements.v1.Agreements.CreateAgreement",
        fmt::format("parent: 'realms/test' agreement_id: 'twinning' definition: 'twinning' title: "
                    "'Twinning' instrument: INSTRUMENT_TYPE_TWINNING {} {} header {{ occurred_on "
                    "{{ {} }} }}",
                    Party("batangas"), Party("rome"), DaysAgo(300)));
  }

  static std::string Party(const std::string& side) {
    return fmt::format(
        "parties {{ id: '{0}' organisation: 'realms/test/organisations/{0}' owning_body: "
        "'realms/test/committees/{0}' signatory_office: 'realms/test/offices/{0}' }}",
        side);
  }

  // A date as a text proto.
  std::string DaysAgo(int days) const { return testing::Text(FromDay(Last(today_) - days)); }

  // An organisation with a head, who has held the office for years, and a standing body.
  void Found(const std::string& side) {
    Send<dv1::CreateOrganisationRequest, dv1::Organisation>(
        "kasundo.directory.v1.Directory.CreateOrganisation",
        fmt::format("parent: 'realms/test' organisation_id: '{0}' title: '{0}' kind: "
                    "ORGANISATION_KIND_LOCAL_GOVERNMENT",
                    side));
    Send<dv1::CreateOfficeRequest, dv1::Office>(
        "kasundo.directory.v1.Directory.CreateOffice",
        fmt::format("parent: 'realms/test' office_id: '{0}' title: 'Head' organisation: "
                    "'realms/test/organisations/{0}' post: POST_KIND_ELECTED",
                    side));
    for (const char* who : {"old", "new"}) {
      Send<dv1::CreatePersonRequest, dv1::Person>(
          "kasundo.directory.v1.Directory.CreatePerson",
          fmt::format("parent: 'realms/test' person_id: '{}-{}' full_name: 'Head'", side, who));
    }
    BeginTerm(side, "old", 2'000);
    Send<cv1::EstablishCommitteeRequest, cv1::Committee>(
        "kasundo.committees.v1.Committees.EstablishCommittee",
        fmt::format("parent: 'realms/test' committee_id: '{}' title: 'Twinning' form {{ type: "
                    "BODY_TYPE_COMMITTEE }} since {{ year: 2010 }} seats {{ id: 'a' title: 'A' "
                    "category: 'a' }} seats {{ id: 'b' title: 'B' category: 'b' }}",
                    side));
  }

  void BeginTerm(const std::string& side, const std::string& who, int days_ago) {
    Send<dv1::BeginTermRequest, dv1::Office>(
        "kasundo.directory.v1.Directory.BeginTerm",
        fmt::format("name: 'realms/test/offices/{0}' person: 'realms/test/people/{0}-{1}' "
                    "term_id: '{1}' since {{ {2} }}",
                    side, who, DaysAgo(days_ago)));
  }

  void ChangeHead(const std::string& side, int days_ago) {
    Send<dv1::EndTermRequest, dv1::Office>(
        "kasundo.directory.v1.Directory.EndTerm",
        fmt::format("name: 'realms/test/offices/{}' term_id: 'old' until {{ {} }} cause: "
                    "VACANCY_CAUSE_END_OF_TERM",
                    side, DaysAgo(days_ago + 1)));
    BeginTerm(side, "new", days_ago);
  }

  template <typename Request, typename Response>
  void Send(const std::string& method, const std::string& text) {
    Response response;
    const absl::Status status = server_.ClientFor("realms/test/accounts/the-admin")
                                    ->Call(method, Parse<Request>(text), &response);
    ASSERT_TRUE(status.ok()) << method << ": " << status;
  }

  std::vector<Instance> Meetings() {
    return *server_.engine().List("meeting", "realms/test/committees/-", "", 10);
  }

  testing::TestServer server_;
  CivilDate today_;
};

TEST_F(BothSidesE2e, ChangeTheirHeadsAndTheOwningBodiesAreCalledToMeet) {
  ChangeHead("batangas", 90);
  ASSERT_TRUE(Attention(server_.engine()).Look().ok());
  EXPECT_TRUE(Meetings().empty());
  ChangeHead("rome", 30);
  ASSERT_TRUE(Attention(server_.engine()).Look().ok());
  const std::vector<Instance> meetings = Meetings();
  ASSERT_EQ(meetings.size(), 1U);
  const auto& meeting = static_cast<const cv1::MeetingState&>(*meetings[0].state);
  EXPECT_EQ(Last(meeting.date()), Last(today_) + 14);
  EXPECT_EQ(meeting.occasion(), cv1::MEETING_OCCASION_JOINT_SESSION);
  EXPECT_THAT(meeting.joint_with(), ::testing::ElementsAre("realms/test/committees/rome"));
  std::vector<std::string> titles;
  for (const cv1::AgendaItem& item : meeting.agenda()) titles.push_back(item.title());
  EXPECT_THAT(titles, ::testing::Contains(::testing::HasSubstr("2 sides changed holders")));
  // Found again, also by another process, nobody is called twice.
  ASSERT_TRUE(Attention(server_.engine()).Look().ok());
  EXPECT_EQ(Meetings().size(), 1U);
}

}  // namespace
}  // namespace kasundo
