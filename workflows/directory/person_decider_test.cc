#include "workflows/directory/person_decider.h"

#include "kasundo/directory/v1/person_requests.pb.h"
#include "tests/support/given.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Given;
using ::kasundo::testing::Parse;

v1::PersonEvent Fact(const std::string& text) { return Parse<v1::PersonEvent>(text); }

v1::PersonEvent Ana() { return Fact("person_created { name { text: 'Ana Reyes' } }"); }

v1::PersonEvent Minor() {
  return Fact(R"(person_created { name { text: 'Bea' } birth_year: 2002
                 adviser_office: 'realms/test/offices/adviser' })");
}

TEST(CreatePerson, RecordsNameAndContact) {
  Given<PersonDecider>()
      .When(Parse<v1::CreatePersonRequest>(R"(
        full_name: 'Ana Reyes' honorific: 'Atty.' aliases { text: 'Ana R.' }
        contact { emails: 'ana@example.org' })"))
      .Then({Fact(R"(person_created {
        name { text: 'Ana Reyes' } honorific: 'Atty.' aliases { text: 'Ana R.' }
        contact { emails: 'ana@example.org' } })")});
}

// Requirement 137.
TEST(CreatePerson, TakesAPseudonymForAName) {
  Given<PersonDecider>()
      .When(Parse<v1::CreatePersonRequest>("full_name: 'Luz' pseudonym: true"))
      .Then({Fact("person_created { name { text: 'Luz' } pseudonym: true }")});
}

// Requirement 22.
TEST(CreatePerson, NeedsAnAdviserForAMinor) {
  Given<PersonDecider>()
      .When(Parse<v1::CreatePersonRequest>("full_name: 'Bea' birth_year: 2002"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ADVISER_REQUIRED");
  Given<PersonDecider>()
      .When(Parse<v1::CreatePersonRequest>(
          "full_name: 'Bea' adviser_office: 'realms/test/offices/adviser'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ADVISER_REQUIRED");
  Given<PersonDecider>()
      .When(Parse<v1::CreatePersonRequest>(
          "full_name: 'Bea' birth_year: 2002 adviser_office: 'realms/test/offices/adviser'"))
      .Then({Minor()});
}

TEST(CreatePerson, KeepsNoBirthYearOfAnAdult) {
  Given<PersonDecider>()
      .When(Parse<v1::CreatePersonRequest>(
          "full_name: 'Ana' birth_year: 1980 adviser_office: 'realms/test/offices/adviser'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "BIRTH_YEAR_OF_ADULT");
}

TEST(CreatePerson, IsRefusedWhenTheAdvisersOfficeIsClosed) {
  Given<PersonDecider>()
      .Beside("realms/test/offices/adviser", "closed", v1::PersonState())
      .When(Parse<v1::CreatePersonRequest>(
          "full_name: 'Bea' birth_year: 2002 adviser_office: 'realms/test/offices/adviser'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

TEST(IsMinor, CountsTheYearOfTheEighteenthBirthday) {
  EXPECT_TRUE(IsMinor(1998, MakeDate(2016)));
  EXPECT_FALSE(IsMinor(1997, MakeDate(2016)));
  EXPECT_FALSE(IsMinor(0, MakeDate(2016)));
}

TEST(RenamePerson, KeepsTheFormerName) {
  auto given = Given<PersonDecider>({Ana()});
  given.When(Parse<v1::RenamePersonRequest>("full_name: 'Ana Cruz' since { year: 2014 }"))
      .Then({Fact("name_given { name { text: 'Ana Cruz' since { year: 2014 } } }")});
  EXPECT_EQ(given.state().names_size(), 2);
  given.When(Parse<v1::RenamePersonRequest>("full_name: 'Ana Cruz'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Parse<v1::RenamePersonRequest>("full_name: 'x' since { year: 2014 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
}

TEST(PersonAliases, AreAddedOnceAndTakenBack) {
  auto given = Given<PersonDecider>({Ana()});
  given.When(Parse<v1::AddPersonAliasRequest>("alias { text: 'Anita' }"))
      .Then({Fact("alias_added { alias { text: 'Anita' } }")});
  given.When(Parse<v1::AddPersonAliasRequest>("alias { text: 'Anita' }"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  given.When(Parse<v1::RemovePersonAliasRequest>("text: 'Anita'"))
      .Then({Fact("alias_removed { text: 'Anita' }")});
  given.When(Parse<v1::RemovePersonAliasRequest>("text: 'Anita'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
}

TEST(ChangeHonorific, IsRefusedWithoutChange) {
  auto given = Given<PersonDecider>({Ana()});
  given.When(Parse<v1::ChangeHonorificRequest>("honorific: 'Hon.'"))
      .Then({Fact("honorific_changed { honorific: 'Hon.' }")});
  given.When(Parse<v1::ChangeHonorificRequest>("honorific: 'Hon.'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(ChangeContact, ReplacesAllOfIt) {
  auto given = Given<PersonDecider>({Ana()});
  given.When(Parse<v1::ChangeContactRequest>("contact { phones: '+63 43 1' }"))
      .Then({Fact("contact_changed { contact { phones: '+63 43 1' } }")});
  EXPECT_EQ(given.state().contact().phones(0), "+63 43 1");
}

TEST(AssignAdviser, IsForMinorsOnlyAndNeedsAnotherOne) {
  Given<PersonDecider>({Ana()})
      .When(Parse<v1::AssignAdviserRequest>("adviser_office: 'realms/test/offices/b'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ADVISER_REQUIRED");
  Given<PersonDecider>({Minor()})
      .When(Parse<v1::AssignAdviserRequest>("adviser_office: 'realms/test/offices/adviser'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<PersonDecider>({Minor()})
      .When(Parse<v1::AssignAdviserRequest>("adviser_office: 'realms/test/offices/b'"))
      .Then({Fact("adviser_assigned { adviser_office: 'realms/test/offices/b' }")});
}

TEST(RecordDeath, KeepsThePrecisionOfTheSource) {
  auto given = Given<PersonDecider>({Ana()});
  given.When(Parse<v1::RecordDeathRequest>("on { year: 2011 month: 6 }"))
      .Then({Fact("person_died { on { year: 2011 month: 6 } }")});
  EXPECT_EQ(ToString(given.state().gone_on()), "2011-06");
  given.When(v1::RecordReturnRequest()).Then({Fact("person_returned {}")});
  EXPECT_FALSE(given.state().has_gone_on());
}

TEST(RecordDeparture, IsOnTheBusinessDateByDefault) {
  Given<PersonDecider>({Ana()})
      .When(v1::RecordDepartureRequest())
      .Then({Fact("person_left { on { year: 2016 month: 3 day: 18 } }")});
}

TEST(WithdrawPerson, IsRefusedForWhoHeldAnOfficeOrHasAnAccount) {
  Given<PersonDecider>({Ana()})
      .When(v1::WithdrawPersonRequest())
      .Then({Fact("person_withdrawn {}")});
  Given<PersonDecider>({Ana(), Fact("person_office_listed { office: 'realms/test/offices/a' }")})
      .When(v1::WithdrawPersonRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "IN_USE");
  Given<PersonDecider>({Ana(), Fact("person_account_listed { account: 'realms/test/accounts/a' }")})
      .When(v1::WithdrawPersonRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "IN_USE");
}

TEST(PersonListing, ListsOfficesAndAccountsOnce) {
  auto given = Given<PersonDecider>({Ana()});
  given.When(Parse<v1::ListPersonOfficeRequest>("office: 'o'"))
      .Then({Fact("person_office_listed { office: 'o' }")});
  given.When(Parse<v1::ListPersonOfficeRequest>("office: 'o'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Parse<v1::ListPersonAccountRequest>("account: 'a'"))
      .Then({Fact("person_account_listed { account: 'a' }")});
  given.When(Parse<v1::ListPersonAccountRequest>("account: 'a'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(PersonRoles, AreThePersonTheAdviserAndAnybodyInOffice) {
  workflows::v1::Actor actor;
  auto holds = [&](const char* role) {
    auto given = Given<PersonDecider>({Minor()});
    given.As(actor);
    for (const auto& each : PersonDecider::Roles()) {
      if (each.name == role) return each.holds(given.state(), given.context());
    }
    return false;
  };
  EXPECT_FALSE(holds("self") || holds("adviser") || holds("officer"));
  actor.set_person("realms/test/people/it");
  EXPECT_TRUE(holds("self"));
  actor.set_office("realms/test/offices/adviser");
  EXPECT_TRUE(holds("adviser") && holds("officer"));
  actor.set_office("realms/test/offices/else");
  EXPECT_FALSE(holds("adviser"));
}

}  // namespace
}  // namespace kasundo::directory
