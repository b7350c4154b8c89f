// Questions about bodies over real gRPC: who has one, who sits in it, who takes part.
#include "fmt/format.h"
#include "gmock/gmock.h"
#include "kasundo/committees/v1/action_items_service.pb.h"
#include "kasundo/committees/v1/committees_requests.pb.h"
#include "kasundo/committees/v1/committees_service.pb.h"
#include "kasundo/committees/v1/meetings_service.pb.h"
#include "kasundo/directory/v1/directory_service.pb.h"
#include "services/committees/committees_service.h"
#include "services/committees/meetings_service.h"
#include "services/committees/membership_applications_service.h"
#include "services/directory/directory_service.h"
#include "tests/support/given.h"
#include "tests/support/test_engine.h"
#include "tests/support/test_server.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/committee/meeting_kinds.h"
#include "workflows/directory/directory_kinds.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Parse;
using testing::TestServer;

testing::TestServerOptions Options() {
  testing::TestServerOptions options;
  options.modules = {
      {"directory", directory::AddDirectory, directory::RegisterDirectory},
      {"committees",
       [](KindRegistry& kinds) {
         AddBodies(kinds);
         AddMeetings(kinds);
       },
       [](ServiceCatalog& catalog, Engine&) {
         RegisterCommittees(catalog);
         RegisterMembershipApplications(catalog);
         RegisterMeetings(catalog);
       }},
  };
  return options;
}

std::string Named(const std::string& path) { return "realms/test/" + path; }

class QuestionsTest : public ::testing::Test {
 protected:
  // Sends a request to the RPC that its name says ("CallMeetingRequest" to CallMeeting).
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const std::string& service, const Request& request) {
    const std::string& name = Request::descriptor()->name();
    Response response;
    const absl::Status status =
        admin_->Call(service + "." + name.substr(0, name.size() - std::string("Request").size()),
                     request, &response);
    if (!status.ok()) return status;
    return response;
  }
  template <typename Response, typename Request>
  Response Do(const std::string& service, const std::string& text) {
    const absl::StatusOr<Response> response =
        Ask<Response>("kasundo." + service, Parse<Request>(text));
    EXPECT_TRUE(response.ok()) << Request::descriptor()->name() << ": " << response.status();
    return response.ok() ? *response : Response();
  }
  template <typename Request>
  void Body(const std::string& text) {
    Do<v1::Committee, Request>("committees.v1.Committees", text);
  }
  template <typename Request>
  void Meeting(const std::string& text) {
    Do<v1::Meeting, Request>("committees.v1.Meetings", text);
  }
  template <typename Response, typename Request>
  absl::StatusOr<Response> Question(const Request& request) {
    return Ask<Response>("kasundo.committees.v1.Committees", request);
  }
  template <typename Response, typename Request>
  Response Answer(const std::string& text) {
    return Do<Response, Request>("committees.v1.Committees", text);
  }

  void Territory(const std::string& id, const std::string& level) {
    Do<directory::v1::Territory, directory::v1::CreateTerritoryRequest>(
        "directory.v1.Directory",
        fmt::format("parent: 'realms/test' territory_id: '{0}' title: '{0}' level: "
                    "TERRITORY_LEVEL_{1} since {{ year: 1950 }}",
                    id, level));
  }
  void Organisation(const std::string& id) {
    Do<directory::v1::Organisation, directory::v1::CreateOrganisationRequest>(
        "directory.v1.Directory",
        fmt::format("parent: 'realms/test' organisation_id: '{0}' title: '{0}' kind: "
                    "ORGANISATION_KIND_NATIONAL_AGENCY since {{ year: 1950 }}",
                    id));
  }
  void Person(const std::string& id) {
    Do<directory::v1::Person, directory::v1::CreatePersonRequest>(
        "directory.v1.Directory",
        fmt::format("parent: 'realms/test' person_id: '{0}' full_name: '{0}'", id));
  }
  void Found(const std::string& id, const std::string& more = "") {
    Body<v1::EstablishCommitteeRequest>(
        fmt::format("parent: 'realms/test' committee_id: '{0}' title: 'Body {0}' form {{ type: "
                    "BODY_TYPE_COMMITTEE }} since {{ year: 2010 }} {1}",
                    id, more));
  }
  void GoTo(int year, int month, int day, int hour) {
    server_.clock().Set(
        absl::FromCivil(absl::CivilHour(year, month, day, hour), absl::UTCTimeZone()));
  }

  TestServer server_{Options()};
  std::unique_ptr<Client> admin_ = server_.ClientFor("realms/test/accounts/admin");
};

// --- GetCoverage: requirement 20 ---

class CoverageMap : public QuestionsTest {
 protected:
  // The five provinces of Calabarzon; all but Rizal have a committee beneath that of the region.
  CoverageMap() {
    Found("region");
    for (const std::string province : {"batangas", "cavite", "laguna", "quezon", "rizal"}) {
      Territory(province, "PROVINCE");
      if (province == "rizal") continue;
      Found(province, fmt::format("territory: '{}' parent_body: '{}'",
                                  Named("territories/" + province), Named("committees/region")));
    }
  }
  v1::GetCoverageResponse Coverage(const std::string& more = "") {
    std::string text = "parent: 'realms/test' " + more;
    for (const std::string province : {"batangas", "cavite", "laguna", "quezon", "rizal"}) {
      text += fmt::format(" territories: '{}'", Named("territories/" + province));
    }
    return Answer<v1::GetCoverageResponse, v1::GetCoverageRequest>(text);
  }
};

TEST_F(CoverageMap, ShowsAllProvincesButOne) {
  const v1::GetCoverageResponse coverage = Coverage();
  EXPECT_EQ(coverage.covered(), 4);
  EXPECT_EQ(coverage.total(), 5);
  EXPECT_THAT(coverage.uncovered(), ElementsAre(Named("territories/rizal")));
  EXPECT_THAT(coverage.territories(0).bodies(), ElementsAre(Named("committees/batangas")));
  EXPECT_THAT(coverage.territories(4).bodies(), IsEmpty());
  EXPECT_EQ(coverage.explanation(), "4 of 5 territories have one; without: rizal");
}

TEST_F(CoverageMap, ShowsAllThirtyFourLocalUnitsOfAProvince) {
  v1::GetCoverageRequest request;
  request.set_parent("realms/test");
  for (int n = 1; n <= 34; ++n) {
    const std::string unit = fmt::format("unit-{}", n);
    Territory(unit, "MUNICIPALITY");
    Found(unit, fmt::format("territory: '{}'", Named("territories/" + unit)));
    request.add_territories(Named("territories/" + unit));
  }
  const auto coverage = Question<v1::GetCoverageResponse>(request);
  ASSERT_TRUE(coverage.ok()) << coverage.status();
  EXPECT_EQ(coverage->covered(), 34);
  EXPECT_EQ(coverage->explanation(), "34 of 34 territories have one");
}

TEST_F(CoverageMap, CountsBodiesOfTheSortAndTheDayThatIsAskedFor) {
  EXPECT_EQ(Coverage("types: BODY_TYPE_COMMITTEE").covered(), 4);
  EXPECT_EQ(Coverage("types: BODY_TYPE_COUNCIL").covered(), 0);
  EXPECT_EQ(Coverage("on { year: 2009 month: 12 day: 31 }").covered(), 0);
  Body<v1::CloseCommitteeRequest>(
      fmt::format("name: '{}' header {{ reason: 'Merged' }}", Named("committees/quezon")));
  EXPECT_EQ(Coverage("on { year: 2016 month: 3 day: 19 }").covered(), 3);
  EXPECT_EQ(Coverage("on { year: 2015 }").covered(), 4) << "it was there then";
}

TEST_F(CoverageMap, CountsOnlyEstablishedBodiesIfAsked) {
  EXPECT_EQ(Coverage("established_only: true").covered(), 0);
  Body<v1::LinkLegalBasisRequest>(
      fmt::format("name: '{}' legal_basis {{ id: 'o' kind: LEGAL_BASIS_KIND_ORDINANCE number: '7' "
                  "issuer: 'Laguna' date {{ year: 2012 }} }}",
                  Named("committees/laguna")));
  EXPECT_EQ(Coverage("established_only: true").covered(), 1);
  EXPECT_EQ(Coverage("established_only: true on { year: 2011 }").covered(), 0);
}

TEST_F(CoverageMap, CountsOnlyWhatLiesBeneathABodyIfAsked) {
  EXPECT_EQ(Coverage("beneath: 'realms/test/committees/region'").covered(), 4);
  EXPECT_EQ(Coverage("beneath: 'realms/test/committees/laguna'").covered(), 0);
}

TEST_F(CoverageMap, IsRefusedOfWhatIsNoTerritory) {
  const auto ask = [&](const std::string& name) {
    v1::GetCoverageRequest request;
    request.set_parent("realms/test");
    if (!name.empty()) request.add_territories(Named(name));
    return Question<v1::GetCoverageResponse>(request).status();
  };
  EXPECT_REFUSED(ask("people/ana"), StatusCode::kInvalidArgument, "NAME_INVALID");
  EXPECT_REFUSED(ask(""), StatusCode::kInvalidArgument, "FIELD_REQUIRED");
}

// --- GetParticipation: requirement 16 ---

class Participation : public QuestionsTest {
 protected:
  // Three organisations with a seat each, one topic seat; four quarterly meetings of 2016, called
  // by the organisation of seat a. Seat a is always there, b at the first two (once by a stand-in),
  // c at the first.
  Participation() {
    GoTo(2016, 3, 18, 9);
    for (const std::string id : {"test", "dole", "atikha"}) Organisation(id);
    Do<directory::v1::Office, directory::v1::CreateOfficeRequest>(
        "directory.v1.Directory",
        "parent: 'realms/test' office_id: 'dole-planning' title: 'Planning' organisation: "
        "'realms/test/organisations/dole' since { year: 2000 }");
    for (const std::string id : {"ana", "ben", "cora", "dan", "stand-in"}) Person(id);
    Found("cmd", R"pb(
      seats {
        id: "a"
        title: "A"
        organisation: "realms/test/organisations/test"
        since { year: 2010 }
      }
      seats {
        id: "b"
        title: "B"
        organisation: "realms/test/organisations/dole"
        since { year: 2010 }
      }
      seats {
        id: "c"
        title: "C"
        organisation: "realms/test/organisations/atikha"
        since { year: 2010 }
      }
      seats {
        id: "d"
        title: "D"
        category: "returnees"
        kind: SEAT_KIND_TOPIC
        topics: "returnees"
        since { year: 2010 }
      }
    )pb");
    Fill("a", "ana");
    Fill("b", "ben");
    Fill("c", "cora");
    Fill("d", "dan");

    Hold("m1", 3, 18, "arrivals { seat: 'a' } arrivals { seat: 'b' } arrivals { seat: 'c' }",
         {"title: 'Desks' proposed_by_seat: 'b'", "title: 'Plan'"});
    Meeting<v1::AssignActionRequest>(
        fmt::format("name: '{}' action {{ title: 'Write' owner_office: "
                    "'realms/test/offices/dole-planning' due_date {{ year: 2016 month: 6 }} }}",
                    M("m1")));
    Hold("m2", 6, 17,
         "arrivals { seat: 'a' } arrivals { seat: 'b' presence: PRESENCE_STAND_IN person: "
         "'realms/test/people/stand-in' }",
         {"title: 'Budget' proposed_by_seat: 'a'", "title: 'Other'"});
    Do<v1::ActionItem, v1::CompleteActionItemRequest>(
        "committees.v1.ActionItems",
        "name: 'realms/test/committees/cmd/actionItems/m1-action-1' evidence { title: 'Letter' }");
    Hold("m3", 9, 16, "arrivals { seat: 'a' }", {});
    Hold("m4", 12, 16, "arrivals { seat: 'a' }", {"title: 'Calendar' proposed_by_seat: 'c'"});
  }

  static std::string M(const std::string& id) { return Named("committees/cmd/meetings/" + id); }

  void Fill(const std::string& seat, const std::string& person) {
    Body<v1::FillSeatRequest>(
        fmt::format("name: '{}' seat_id: '{}' person: '{}' since {{ year: 2012 }}",
                    Named("committees/cmd"), seat, Named("people/" + person)));
  }
  void Hold(const std::string& id, int month, int day, const std::string& arrivals,
            const std::vector<std::string>& items) {
    GoTo(2016, month, day, 9);
    const int64_t start = absl::ToUnixSeconds(
        absl::FromCivil(absl::CivilHour(2016, month, day, 10), absl::UTCTimeZone()));
    Meeting<v1::CallMeetingRequest>(
        fmt::format("parent: '{}' meeting_id: '{}' start_time {{ seconds: {} }}",
                    Named("committees/cmd"), id, start));
    for (const std::string& item : items) {
      Meeting<v1::AddAgendaItemRequest>(fmt::format("name: '{}' {}", M(id), item));
    }
    GoTo(2016, month, day, 10);
    Meeting<v1::OpenMeetingRequest>(fmt::format("name: '{}'", M(id)));
    Meeting<v1::RecordArrivalsRequest>(fmt::format("name: '{}' {}", M(id), arrivals));
  }
  v1::GetParticipationResponse Over(const std::string& more) {
    return Answer<v1::GetParticipationResponse, v1::GetParticipationRequest>(
        fmt::format("name: '{}' {}", Named("committees/cmd"), more));
  }
};

TEST_F(Participation, CountsAttendanceItemsAndContributionsPerSeat) {
  const v1::GetParticipationResponse answer = Over("until { year: 2016 month: 12 day: 31 }");
  EXPECT_EQ(ToString(answer.since()), "2016-01-01");
  EXPECT_THAT(answer.meetings(), ElementsAre(M("m1"), M("m2"), M("m3"), M("m4")));
  ASSERT_EQ(answer.seats_size(), 4);
  const v1::SeatParticipation& a = answer.seats(0);
  EXPECT_EQ(a.invited(), 4);
  EXPECT_EQ(a.attended(), 4);
  EXPECT_EQ(a.agenda_items(), 1);
  EXPECT_EQ(a.contributions(), 0);
  const v1::SeatParticipation& b = answer.seats(1);
  EXPECT_EQ(b.invited(), 4);
  EXPECT_EQ(b.attended(), 2);
  EXPECT_EQ(b.by_stand_in(), 1);
  EXPECT_EQ(b.agenda_items(), 1);
  EXPECT_EQ(b.contributions(), 1);
  EXPECT_EQ(b.last_attended(), M("m2"));
  EXPECT_EQ(answer.seats(3).invited(), 0) << "no topic of a topic seat was treated";
}

TEST_F(Participation, FlagsASeatSilentForTwoMeetings) {
  EXPECT_THAT(Over("until { year: 2016 month: 12 day: 31 }").silent_seats(), ElementsAre("b", "c"));
  EXPECT_THAT(Over("until { year: 2016 month: 9 day: 30 }").silent_seats(), ElementsAre("c"));
  EXPECT_THAT(Over("until { year: 2016 month: 12 day: 31 } silent_after: 3").silent_seats(),
              ElementsAre("c"));
}

TEST_F(Participation, FlagsAnAgendaFilledByTheConvenerAlone) {
  EXPECT_THAT(Over("until { year: 2016 month: 12 day: 31 }").convener_only_meetings(),
              ElementsAre(M("m2")));
}

TEST_F(Participation, LooksAtFourQuarters) {
  const v1::GetParticipationResponse answer = Over("until { year: 2017 month: 3 day: 31 }");
  EXPECT_EQ(ToString(answer.since()), "2016-04-01");
  EXPECT_THAT(answer.meetings(), ElementsAre(M("m2"), M("m3"), M("m4")));
  EXPECT_EQ(answer.seats(2).attended(), 0);
}

TEST_F(Participation, EndsTodayUnlessItIsSaidOtherwise) {
  EXPECT_EQ(ToString(Over("").until()), "2016-12-16");
}

TEST_F(Participation, IsRefusedOfWhatIsNoBody) {
  const auto ask = [&](const std::string& name) {
    v1::GetParticipationRequest request;
    request.set_name(Named(name));
    return Question<v1::GetParticipationResponse>(request).status();
  };
  EXPECT_REFUSED(ask("people/ana"), StatusCode::kInvalidArgument, "NAME_INVALID");
  EXPECT_REFUSED(ask("committees/other"), StatusCode::kNotFound, "INSTANCE_NOT_FOUND");
}

// --- who sits in it, and whom a meeting invites: requirements 7 and 9 ---

TEST_F(Participation, RosterNamesWhoHeldWhichSeatOnAPastDate) {
  Body<v1::VacateSeatRequest>(
      fmt::format("name: '{}' seat_id: 'b' until {{ year: 2016 month: 6 }} header {{ "
                  "reason: 'Transferred' }}",
                  Named("committees/cmd")));
  const auto on = [&](const std::string& day) {
    return Answer<v1::GetRosterResponse, v1::GetRosterRequest>(
        fmt::format("name: '{}' on {{ {} }}", Named("committees/cmd"), day));
  };
  EXPECT_THAT(on("year: 2016 month: 6 day: 30").vacant_seats(), IsEmpty());
  EXPECT_THAT(on("year: 2016 month: 7 day: 1").vacant_seats(), ElementsAre("b"));
  const auto holders = Answer<v1::ListSeatHoldersResponse, v1::ListSeatHoldersRequest>(
      fmt::format("name: '{}' seat_id: 'b'", Named("committees/cmd")));
  ASSERT_EQ(holders.holders_size(), 1);
  EXPECT_EQ(ToString(holders.holders(0).until()), "2016-06");
  EXPECT_REFUSED(
      Question<v1::ListSeatHoldersResponse>(
          Parse<v1::ListSeatHoldersRequest>("name: 'realms/test/committees/cmd' seat_id: 'z'"))
          .status(),
      StatusCode::kNotFound, "SEAT_NOT_FOUND");
}

TEST_F(Participation, InvitationsFollowTheTopicsOfTheAgenda) {
  const auto invited = [&](const std::string& topics) {
    return Answer<v1::GetInvitationsResponse, v1::GetInvitationsRequest>(
        fmt::format("name: '{}' {}", Named("committees/cmd"), topics));
  };
  EXPECT_THAT(invited("").not_invited(), ElementsAre("d"));
  EXPECT_EQ(invited("topics: 'returnees'").seats_size(), 4);
}

// --- how bodies are nested: requirement 2 ---

TEST_F(CoverageMap, TreeListsBodiesBeneathTheirParentsAtAnyDepth) {
  Found("lipa", "parent_body: 'realms/test/committees/batangas'");
  const auto tree = Answer<v1::GetBodyTreeResponse, v1::GetBodyTreeRequest>(
      "name: 'realms/test/committees/region'");
  std::vector<std::string> lines;
  for (const v1::BodyTreeNode& node : tree.bodies()) {
    lines.push_back(fmt::format("{} {}", node.depth(), IdOf(node.name())));
  }
  EXPECT_THAT(lines,
              ElementsAre("0 region", "1 batangas", "2 lipa", "1 cavite", "1 laguna", "1 quezon"));
  EXPECT_REFUSED(Question<v1::GetBodyTreeResponse>(
                     Parse<v1::GetBodyTreeRequest>("name: 'realms/test/committees/other'"))
                     .status(),
                 StatusCode::kNotFound, "INSTANCE_NOT_FOUND");
}

// --- volunteers: requirement 10 ---

TEST_F(QuestionsTest, VolunteerReachCountsEachCommunityOnce) {
  Found("network");
  for (const std::string id : {"ana", "ben"}) {
    Person(id);
    Body<v1::RegisterVolunteerRequest>(
        fmt::format("name: '{}' volunteer {{ id: '{}' person: '{}' communities: 'north' "
                    "communities: 'of-{}' since {{ year: 2012 }} }}",
                    Named("committees/network"), id, Named("people/" + id), id));
  }
  const auto reach = Answer<v1::GetVolunteerReachResponse, v1::GetVolunteerReachRequest>(
      "name: 'realms/test/committees/network'");
  EXPECT_EQ(reach.volunteers(), 2);
  EXPECT_EQ(reach.communities(), 3);
  EXPECT_THAT(reach.reach(0).volunteer_ids(), ElementsAre("ana", "ben"));
}

}  // namespace
}  // namespace kasundo::committees
