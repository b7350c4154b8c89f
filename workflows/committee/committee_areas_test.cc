#include "kasundo/committees/v1/committees_requests.pb.h"
#include "workflows/committee/body_fixture.h"

namespace kasundo::committees {
namespace {

using absl::StatusCode;

constexpr char kArea[] = "area_added { area { id: 'work' title: 'Work abroad' } }";
constexpr char kEnded[] = "area_ended { area_id: 'work' until { year: 2015 } }";
constexpr char kMatter[] =
    "matter_listed { matter { matter: 'm/hospitals' title: 'No accredited hospital' } }";

TEST(AddArea, HasMembersAndALead) {
  auto given = GivenBody();
  given.When(Read<v1::AddAreaRequest>(
      "area { id: 'work' title: 'Work' lead_seat_id: 'dole' seat_ids: 'families' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().areas(0).lead_seat_id(), "dole");
}

TEST(AddArea, IsRefusedForATakenOrWrongIdOrAnUnknownSeat) {
  GivenBody({kArea})
      .When(Read<v1::AddAreaRequest>("area { id: 'work' title: 'x' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "AREA_EXISTS");
  GivenBody()
      .When(Read<v1::AddAreaRequest>("area { id: 'Work' title: 'x' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  GivenBody()
      .When(Read<v1::AddAreaRequest>("area { id: 'a' title: 'x' lead_seat_id: 'none' }"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody()
      .When(Read<v1::AddAreaRequest>("area { id: 'a' title: 'x' seat_ids: 'none' }"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
}

TEST(ChangeArea, KeepsItsPapers) {
  auto given = GivenBody({kArea});
  given.When(Read<v1::FileAreaDocumentRequest>("area_id: 'work' document { title: 'Survey' }"));
  given.When(Read<v1::ChangeAreaRequest>("area { id: 'work' title: 'Labour migration' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().areas(0).title(), "Labour migration");
  EXPECT_EQ(given.state().areas(0).documents(0).title(), "Survey");
}

TEST(ChangeArea, IsRefusedForNoAreaAnEndedOneNoSeatOrNoChange) {
  GivenBody()
      .When(Read<v1::ChangeAreaRequest>("area { id: 'none' title: 'x' }"))
      .ThenRejected(StatusCode::kNotFound, "AREA_NOT_FOUND");
  GivenBody({kArea, kEnded})
      .When(Read<v1::ChangeAreaRequest>("area { id: 'work' title: 'x' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "AREA_ENDED");
  GivenBody({kArea})
      .When(Read<v1::ChangeAreaRequest>("area { id: 'work' title: 'x' seat_ids: 'none' }"))
      .ThenRejected(StatusCode::kNotFound, "SEAT_NOT_FOUND");
  GivenBody({kArea})
      .When(Read<v1::ChangeAreaRequest>("area { id: 'work' title: 'Work abroad' }"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(EndArea, IsRefusedWithMattersOnItsAgenda) {
  auto given = GivenBody({kArea, kMatter});
  given.When(Read<v1::ReferMatterRequest>("matter: 'm/hospitals' area_id: 'work'"));
  given.When(Read<v1::EndAreaRequest>("area_id: 'work'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "AREA_HAS_OPEN_MATTERS");
  given.When(Read<v1::ReferMatterRequest>("matter: 'm/hospitals'"));
  given.When(Read<v1::EndAreaRequest>("area_id: 'work'"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().areas(0).until()), "2016-03-18");
}

TEST(EndArea, IsRefusedForNoAreaAnEndedOneOrBeforeTheBody) {
  GivenBody()
      .When(Read<v1::EndAreaRequest>("area_id: 'none'"))
      .ThenRejected(StatusCode::kNotFound, "AREA_NOT_FOUND");
  GivenBody({kArea, kEnded})
      .When(Read<v1::EndAreaRequest>("area_id: 'work'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "AREA_ENDED");
  GivenBody({kArea})
      .When(Read<v1::EndAreaRequest>("area_id: 'work' until { year: 2009 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
}

TEST(FileAreaDocument, IsRefusedForNoAreaOrAnEndedOne) {
  const auto file =
      Read<v1::FileAreaDocumentRequest>("area_id: 'work' document { title: 'Survey' }");
  GivenBody().When(file).ThenRejected(StatusCode::kNotFound, "AREA_NOT_FOUND");
  GivenBody({kArea, kEnded}).When(file).ThenRejected(StatusCode::kFailedPrecondition, "AREA_ENDED");
}

TEST(ReferMatter, PutsItOnTheAgendaOfTheArea) {
  auto given = GivenBody({kArea, kMatter});
  given.When(Read<v1::ReferMatterRequest>("matter: 'm/hospitals' area_id: 'work'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().open_matters(0).area_id(), "work");
  given.When(Read<v1::ReferMatterRequest>("matter: 'm/hospitals' area_id: 'work'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(ReferMatter, IsRefusedForAMatterThatIsNotOpenOrNoArea) {
  GivenBody({kArea})
      .When(Read<v1::ReferMatterRequest>("matter: 'm/hospitals' area_id: 'work'"))
      .ThenRejected(StatusCode::kNotFound, "MATTER_NOT_OPEN");
  GivenBody({kMatter})
      .When(Read<v1::ReferMatterRequest>("matter: 'm/hospitals' area_id: 'work'"))
      .ThenRejected(StatusCode::kNotFound, "AREA_NOT_FOUND");
  GivenBody({kMatter, kArea, kEnded})
      .When(Read<v1::ReferMatterRequest>("matter: 'm/hospitals' area_id: 'work'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "AREA_ENDED");
}

constexpr char kVolunteer[] =
    "volunteer_registered { volunteer { id: 'v1' person: 'rosa' communities: 'upala' since { year: "
    "2014 } } }";

TEST(RegisterVolunteer, KeepsCommunitiesTrainingAndAvailability) {
  auto given = GivenBody();
  given.When(Read<v1::RegisterVolunteerRequest>(R"pb(volunteer {
                                                       id: "v1"
                                                       person: "rosa"
                                                       communities: "upala"
                                                       communities: "aguas claras"
                                                       trainings { title: "Violence" hours: 16 }
                                                       availability: "Saturdays"
                                                     })pb"));
  given.ThenEvents();
  EXPECT_EQ(given.state().volunteers(0).communities_size(), 2);
  EXPECT_EQ(given.state().volunteers(0).trainings(0).hours(), 16);
  EXPECT_EQ(ToString(given.state().volunteers(0).since()), "2016-03-18");
}

TEST(RegisterVolunteer, IsRefusedTwiceOrWithAWrongIdOrTime) {
  GivenBody({kVolunteer})
      .When(Read<v1::RegisterVolunteerRequest>("volunteer { id: 'v1' person: 'lia' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "VOLUNTEER_EXISTS");
  GivenBody({kVolunteer})
      .When(Read<v1::RegisterVolunteerRequest>("volunteer { id: 'v2' person: 'rosa' }"))
      .ThenRejected(StatusCode::kAlreadyExists, "VOLUNTEER_EXISTS");
  GivenBody()
      .When(Read<v1::RegisterVolunteerRequest>("volunteer { id: 'V 1' person: 'lia' }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ID_INVALID");
  GivenBody()
      .When(Read<v1::RegisterVolunteerRequest>(
          "volunteer { id: 'v1' person: 'lia' since { year: 2009 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
  GivenBody()
      .When(Read<v1::RegisterVolunteerRequest>(
          "volunteer { id: 'v1' person: 'lia' until { year: 2012 } }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(ChangeVolunteer, KeepsPersonAndFirstDay) {
  auto given = GivenBody({kVolunteer});
  given.When(Read<v1::ChangeVolunteerRequest>(
      "volunteer { id: 'v1' person: 'other' communities: 'los chiles' }"));
  given.ThenEvents();
  EXPECT_EQ(given.state().volunteers(0).person(), "rosa");
  EXPECT_EQ(given.state().volunteers(0).since().year(), 2014);
  EXPECT_EQ(given.state().volunteers(0).communities(0), "los chiles");
}

TEST(ChangeVolunteer, IsRefusedForNobodyOneWhoLeftOrNoChange) {
  const auto change = Read<v1::ChangeVolunteerRequest>(
      "volunteer { id: 'v1' person: 'rosa' communities: 'upala' }");
  GivenBody().When(change).ThenRejected(StatusCode::kNotFound, "VOLUNTEER_NOT_FOUND");
  GivenBody({kVolunteer})
      .When(change)
      .ThenRejected(StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  GivenBody({kVolunteer, "volunteer_released { volunteer_id: 'v1' until { year: 2015 } }"})
      .When(change)
      .ThenRejected(StatusCode::kFailedPrecondition, "VOLUNTEER_RELEASED");
}

TEST(ReleaseVolunteer, LetsThePersonComeBackUnderAnotherId) {
  auto given = GivenBody({kVolunteer});
  given.When(Read<v1::ReleaseVolunteerRequest>("volunteer_id: 'v1'"));
  given.ThenEvents();
  given.When(Read<v1::RegisterVolunteerRequest>("volunteer { id: 'v2' person: 'rosa' }"));
  given.ThenEvents();
}

TEST(ReleaseVolunteer, IsRefusedForNobodyTwiceOrBackwards) {
  GivenBody()
      .When(Read<v1::ReleaseVolunteerRequest>("volunteer_id: 'v1'"))
      .ThenRejected(StatusCode::kNotFound, "VOLUNTEER_NOT_FOUND");
  auto given = GivenBody({kVolunteer});
  given.When(Read<v1::ReleaseVolunteerRequest>("volunteer_id: 'v1' until { year: 2013 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
  given.When(Read<v1::ReleaseVolunteerRequest>("volunteer_id: 'v1'"));
  given.When(Read<v1::ReleaseVolunteerRequest>("volunteer_id: 'v1'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "VOLUNTEER_RELEASED");
}

v1::AccreditOrganisationRequest Accredit(const std::string& more) {
  return Read<v1::AccreditOrganisationRequest>(
      "organisation: 'atikha' decision_document: 'Res 3' " + more);
}

TEST(AccreditOrganisation, HasAnEnd) {
  auto given = GivenBody();
  given.When(Accredit("until { year: 2018 } application: 'forged'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().accreditations(0).id(), "m1");
  EXPECT_EQ(given.state().accreditations(0).application(), "")
      << "only the application itself says that it led here";
}

TEST(AccreditOrganisation, IsRefusedWithoutAnEndBeforeTheBodyOrTwice) {
  GivenBody()
      .When(Accredit(""))
      .ThenRejected(StatusCode::kInvalidArgument, "ACCREDITATION_WITHOUT_END");
  GivenBody()
      .When(Accredit("until { year: 2015 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "ACCREDITATION_WITHOUT_END");
  GivenBody()
      .When(Accredit("since { year: 2009 } until { year: 2018 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "DATE_BEFORE_BEGINNING");
  auto given = GivenBody();
  given.When(Accredit("until { year: 2018 }"));
  given.When(Accredit("since { year: 2017 } until { year: 2019 }"))
      .ThenRejected(StatusCode::kAlreadyExists, "ORGANISATION_ACCREDITED");
}

TEST(EndAccreditation, ShortensIt) {
  auto given = GivenBody();
  given.When(Accredit("until { year: 2018 }"));
  given.When(Read<v1::EndAccreditationRequest>("accreditation_id: 'm1' end_reason: 'dissolved'"));
  given.ThenEvents();
  EXPECT_EQ(ToString(given.state().accreditations(0).until()), "2016-03-18");
}

TEST(EndAccreditation, IsRefusedForNoneOrOneThatEnded) {
  GivenBody()
      .When(Read<v1::EndAccreditationRequest>("accreditation_id: 'm1' end_reason: 'x'"))
      .ThenRejected(StatusCode::kNotFound, "ACCREDITATION_NOT_FOUND");
  auto given = GivenBody();
  given.When(Accredit("since { year: 2012 } until { year: 2014 }"));
  given.When(Read<v1::EndAccreditationRequest>("accreditation_id: 'm1' end_reason: 'x'"))
      .ThenRejected(StatusCode::kFailedPrecondition, "ACCREDITATION_ENDED");
  given
      .When(Read<v1::EndAccreditationRequest>(
          "accreditation_id: 'm1' end_reason: 'x' until { year: 2011 }"))
      .ThenRejected(StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

}  // namespace
}  // namespace kasundo::committees
