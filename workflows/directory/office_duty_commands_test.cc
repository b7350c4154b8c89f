#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "workflows/directory/office_facts.h"
#include "workflows/directory/term.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Given;
using ::kasundo::testing::Parse;
using namespace facts;  // NOLINT(google-build-using-namespace)

std::string Order(const v1::OfficeState& office) {
  std::string order;
  for (const auto* deputy : DeputiesOn(office, MakeDate(2016, 3, 18))) {
    order += std::to_string(deputy->rank()) + std::string(IdOf(deputy->person())) + " ";
  }
  return order;
}

// Requirement 45.
TEST(NameDeputy, PutsTheNewOneLastOrMovesTheOthersDown) {
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010")});
  given.When(Parse<v1::NameDeputyRequest>("person: 'realms/test/people/dan' document: 'OO 3'"))
      .Then({Fact(R"(deputy_named { deputy {
        person: 'realms/test/people/dan' rank: 1 since { year: 2016 month: 3 day: 18 }
        document: 'OO 3' } })")});
  given.When(Parse<v1::NameDeputyRequest>("person: 'realms/test/people/eva'")).ThenEvents();
  given.When(Parse<v1::NameDeputyRequest>("person: 'realms/test/people/fe' rank: 1")).ThenEvents();
  EXPECT_EQ(Order(given.state()), "1fe 2dan 3eva ");
  given.When(Parse<v1::NameDeputyRequest>("person: 'realms/test/people/gil' rank: 9")).ThenEvents();
  EXPECT_EQ(Order(given.state()), "1fe 2dan 3eva 4gil ");
}

TEST(NameDeputy, IsRefusedTwiceForTheHolderAndForOneWhoIsGone) {
  v1::PersonState gone;
  *gone.mutable_gone_on() = MakeDate(2011, 6);
  auto given = [&] {
    return Given<OfficeDecider>({Created(), Held("ana", "2010"), Deputised("dan", 1)})
        .Beside("realms/test/people/zoe", "left", gone);
  };
  given()
      .When(Parse<v1::NameDeputyRequest>("person: 'realms/test/people/dan'"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  given()
      .When(Parse<v1::NameDeputyRequest>("person: 'realms/test/people/ana'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "HOLDER_IS_DEPUTY");
  given()
      .When(Parse<v1::NameDeputyRequest>("person: 'realms/test/people/zoe'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "PERSON_GONE");
  given()
      .When(Parse<v1::NameDeputyRequest>(
          "person: 'realms/test/people/eva' since { year: 2016 } until { year: 2015 }"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(ReleaseDeputy, EndsTheDutyOfADeputyOnce) {
  auto given = Given<OfficeDecider>({Created(), Deputised("dan", 1)});
  given
      .When(Parse<v1::ReleaseDeputyRequest>(
          "person: 'realms/test/people/dan' until { year: 2016 month: 3 day: 17 }"))
      .Then({Fact(R"(deputy_released {
        person: 'realms/test/people/dan' until { year: 2016 month: 3 day: 17 } })")});
  given.When(Parse<v1::ReleaseDeputyRequest>("person: 'realms/test/people/dan'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
}

// Requirement 52.
TEST(GiveDelegation, RecordsScopePeriodAndWrittenAuthority) {
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010")});
  given
      .When(Parse<v1::GiveDelegationRequest>(R"(
        person: 'realms/test/people/eva' scope: 'represent the Governor in the CMD'
        until { year: 2016 } document: 'letter of 2016-03-17')"))
      .Then({Fact(R"(delegation_given { delegation {
        delegation_id: 'eva-2016-03-18' person: 'realms/test/people/eva'
        scope: 'represent the Governor in the CMD' since { year: 2016 month: 3 day: 18 }
        until { year: 2016 } document: 'letter of 2016-03-17' } })")});
  EXPECT_EQ(CapacityOf(given.state(), "realms/test/people/eva", MakeDate(2016, 5, 1)),
            Capacity::kActing);
}

TEST(GiveDelegation, IsRefusedTwiceForTheHolderForWrongIdsAndPeriods) {
  auto given = [&] {
    return Given<OfficeDecider>(
        {Created(), Held("ana", "2010"),
         Fact("delegation_given { delegation { delegation_id: 'd' person: 'p' } }")});
  };
  given()
      .When(Parse<v1::GiveDelegationRequest>("person: 'q' delegation_id: 'd'"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  given()
      .When(Parse<v1::GiveDelegationRequest>("person: 'realms/test/people/ana'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "HOLDER_IS_DEPUTY");
  given()
      .When(Parse<v1::GiveDelegationRequest>("person: 'q' delegation_id: 'D'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ID_INVALID");
  given()
      .When(Parse<v1::GiveDelegationRequest>("person: 'q' until { year: 2015 }"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(RevokeDelegation, EndsItOnce) {
  auto given = Given<OfficeDecider>(
      {Created(), Fact("delegation_given { delegation { delegation_id: 'd' person: 'p' } }")});
  given
      .When(Parse<v1::RevokeDelegationRequest>(
          "delegation_id: 'd' until { year: 2016 month: 3 day: 1 }"))
      .Then(
          {Fact("delegation_revoked { delegation_id: 'd' until { year: 2016 month: 3 day: 1 } }")});
  given.When(Parse<v1::RevokeDelegationRequest>("delegation_id: 'd'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
}

TEST(ConfirmReachable, IsGoodForAQuarter) {
  workflows::v1::Actor actor;
  actor.set_person("realms/test/people/ana");
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010")});
  given.As(actor)
      .On("2016-11-30")
      .When(v1::ConfirmReachableRequest())
      .Then({Fact(R"(reachability_confirmed {
        confirmation { on { year: 2016 month: 11 day: 30 } person: 'realms/test/people/ana' }
        good_until { year: 2017 month: 2 day: 28 } })")});
  given.When(v1::ConfirmReachableRequest())
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  given.On("2016-12-01").When(v1::ConfirmReachableRequest()).ThenEvents();
}

// Requirement 47.
TEST(AssignDuty, MakesItAFocalPoint) {
  auto given = Given<OfficeDecider>({Created()});
  given
      .When(Parse<v1::AssignDutyRequest>(
          "kind: DUTY_KIND_FOCAL_POINT topic: 'migration' document: 'EO 5'"))
      .Then({Fact(R"(duty_assigned { duty {
        duty_id: 'focal-point-migration' kind: DUTY_KIND_FOCAL_POINT topic: 'migration'
        since { year: 2016 month: 3 day: 18 } document: 'EO 5' } })")});
  given.When(Parse<v1::AssignDutyRequest>("kind: DUTY_KIND_FOCAL_POINT topic: 'migration'"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
}

// Requirement 50.
TEST(AssignDuty, MakesItAChampionOfInitiatives) {
  const auto events = Given<OfficeDecider>({Created()})
                          .When(Parse<v1::AssignDutyRequest>(
                              "kind: DUTY_KIND_CHAMPION initiatives: 'realms/test/committees/cmd'"))
                          .ThenEvents();
  EXPECT_EQ(events[0].duty_assigned().duty().duty_id(), "champion");
  EXPECT_EQ(events[0].duty_assigned().duty().initiatives_size(), 1);
}

TEST(AssignDuty, IsRefusedForWrongIdsAndPeriods) {
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::AssignDutyRequest>("kind: DUTY_KIND_CHAMPION duty_id: 'A b'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ID_INVALID");
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::AssignDutyRequest>("kind: DUTY_KIND_CHAMPION until { year: 2015 }"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "PERIOD_INVALID");
}

TEST(ReleaseDuty, EndsItOnceAndItCanBeAssignedAgain) {
  auto given = Given<OfficeDecider>(
      {Created(), Fact("duty_assigned { duty { duty_id: 'f' since { year: 2010 } } }")});
  given.When(Parse<v1::ReleaseDutyRequest>("duty_id: 'f' until { year: 2016 month: 3 day: 1 }"))
      .Then({Fact("duty_released { duty_id: 'f' until { year: 2016 month: 3 day: 1 } }")});
  given.When(Parse<v1::ReleaseDutyRequest>("duty_id: 'f'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
  given.When(Parse<v1::AssignDutyRequest>("duty_id: 'f' kind: DUTY_KIND_CHAMPION")).ThenEvents();
}

}  // namespace
}  // namespace kasundo::directory
