// Commands about what an office is.
#include "workflows/directory/office_decider.h"

#include "kasundo/directory/v1/office_requests.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "workflows/directory/office_facts.h"
#include "workflows/directory/term.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Given;
using ::kasundo::testing::Parse;
using namespace facts;  // NOLINT(google-build-using-namespace)

constexpr char kOther[] = "realms/test/offices/other";

TEST(CreateOffice, RecordsWhatItIs) {
  Given<OfficeDecider>()
      .Beside("realms/test/organisations/one", "active", v1::OrganisationState())
      .When(Parse<v1::CreateOfficeRequest>(R"(
        title: 'Planning' organisation: 'realms/test/organisations/one' post: POST_KIND_CAREER
        since { year: 1990 })"))
      .Then({Created("1990")});
}

TEST(CreateOffice, IsRefusedInAnOrganisationThatIsGone) {
  Given<OfficeDecider>()
      .Beside("realms/test/organisations/one", "dissolved", v1::OrganisationState())
      .When(Parse<v1::CreateOfficeRequest>(
          "title: 'x' organisation: 'realms/test/organisations/one'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

TEST(RenameOffice, KeepsTheFormerName) {
  auto given = Given<OfficeDecider>({Created()});
  given.When(Parse<v1::RenameOfficeRequest>("title: 'Projects' since { year: 2016 }"))
      .Then({Fact("name_given { name { text: 'Projects' since { year: 2016 } } }")});
  EXPECT_EQ(given.state().names(0).text(), "Planning");
  given.When(Parse<v1::RenameOfficeRequest>("title: 'Projects'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  given.When(Parse<v1::RenameOfficeRequest>("title: 'x' since { year: 2016 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
}

TEST(OfficeAliases, AreAddedOnceAndTakenBack) {
  auto given = Given<OfficeDecider>({Created()});
  given.When(Parse<v1::AddOfficeAliasRequest>("alias { text: 'PPDO' }"))
      .Then({Fact("alias_added { alias { text: 'PPDO' } }")});
  given.When(Parse<v1::AddOfficeAliasRequest>("alias { text: 'PPDO' }"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  given.When(Parse<v1::RemoveOfficeAliasRequest>("text: 'PPDO'"))
      .Then({Fact("alias_removed { text: 'PPDO' }")});
  given.When(Parse<v1::RemoveOfficeAliasRequest>("text: 'PPDO'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
}

// Requirement 4: the office for labour insertion became a project management office.
TEST(ReclassifyOffice, GivesItAnotherFunctionAndLeavesTheRest) {
  auto given = Given<OfficeDecider>({Created(), Held("ana", "2010")});
  given
      .When(Parse<v1::ReclassifyOfficeRequest>(
          "profile { post: POST_KIND_CAREER functions: 'projects' since { year: 2016 } }"))
      .Then({Fact(R"(office_reclassified { profile {
        post: POST_KIND_CAREER functions: 'projects' since { year: 2016 } } })")});
  EXPECT_EQ(given.state().terms_size(), 1);
  EXPECT_EQ(ToString(given.state().profiles(0).until()), "2015");
}

TEST(ReclassifyOffice, IsRefusedWithoutChangeOrOnTheSameDate) {
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::ReclassifyOfficeRequest>("profile { post: POST_KIND_CAREER }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::ReclassifyOfficeRequest>(
          "profile { post: POST_KIND_ELECTED since { year: 1990 } }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
}

TEST(TransferOffice, MovesItFromADayOn) {
  auto given = Given<OfficeDecider>({Created()});
  given
      .When(Parse<v1::TransferOfficeRequest>(
          "organisation: 'realms/test/organisations/two' since { year: 2016 month: 2 }"))
      .Then({Fact(R"(office_transferred { home {
        organisation: 'realms/test/organisations/two' since { year: 2016 month: 2 } } })")});
  EXPECT_EQ(OrganisationOn(given.state(), MakeDate(2016, 1, 31)), "realms/test/organisations/one");
  EXPECT_EQ(OrganisationOn(given.state(), MakeDate(2016, 2, 1)), "realms/test/organisations/two");
}

TEST(TransferOffice, IsRefusedWithoutChangeOnTheSameDateOrIntoOneThatIsGone) {
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::TransferOfficeRequest>("organisation: 'realms/test/organisations/one'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::TransferOfficeRequest>(
          "organisation: 'realms/test/organisations/two' since { year: 1990 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
  Given<OfficeDecider>({Created()})
      .Beside("realms/test/organisations/two", "merged", v1::OrganisationState())
      .When(Parse<v1::TransferOfficeRequest>("organisation: 'realms/test/organisations/two'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

TEST(MoveOffice, PutsItUnderAnother) {
  Given<OfficeDecider>({Created()})
      .Beside(kOther, "open", v1::OfficeState())
      .When(Parse<v1::MoveOfficeRequest>("parent_office: 'realms/test/offices/other'"))
      .Then({Fact("office_moved { parent_office: 'realms/test/offices/other' }")});
}

TEST(MoveOffice, IsRefusedWithoutChangeUnderItselfOrUnderOneThatIsClosed) {
  Given<OfficeDecider>({Created()})
      .When(v1::MoveOfficeRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  v1::OfficeState below;
  below.set_parent_office("realms/test/offices/it");
  Given<OfficeDecider>({Created()})
      .Beside(kOther, "open", below)
      .When(Parse<v1::MoveOfficeRequest>("parent_office: 'realms/test/offices/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "OFFICE_CYCLE");
  Given<OfficeDecider>({Created()})
      .Beside(kOther, "closed", v1::OfficeState())
      .When(Parse<v1::MoveOfficeRequest>("parent_office: 'realms/test/offices/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

// Requirement 132.
TEST(CloseOffice, NeedsASuccessorOrTheStatementThatNothingIsOpen) {
  Given<OfficeDecider>({Created()})
      .When(v1::CloseOfficeRequest())
      .ThenRejected(absl::StatusCode::kInvalidArgument, "SUCCESSOR_REQUIRED");
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::CloseOfficeRequest>(
          "successor: 'realms/test/offices/other' nothing_open: true"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "SUCCESSOR_REQUIRED");
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::CloseOfficeRequest>("nothing_open: true"))
      .Then({Fact("office_closed { on { year: 2016 month: 3 day: 18 } nothing_open: true }")});
}

TEST(CloseOffice, EndsItsTermsDeputiesDelegationsAndDuties) {
  auto given = Given<OfficeDecider>(
      {Created(), Held("ana", "2010", "2012"), Held("ben", "2013"), Deputised("dan", 1),
       Fact(R"(delegation_given { delegation { delegation_id: 'd' person: 'p' } })"),
       Fact(R"(duty_assigned { duty { duty_id: 'f' kind: DUTY_KIND_FOCAL_POINT } })")});
  given.Beside(kOther, "open", v1::OfficeState())
      .When(Parse<v1::CloseOfficeRequest>(
          "successor: 'realms/test/offices/other' on { year: 2015 } document: 'EO 7'"))
      .Then({Fact(R"(office_closed {
        on { year: 2015 } successor: 'realms/test/offices/other' document: 'EO 7' })")});
  EXPECT_EQ(ToString(given.state().terms(0).until()), "2012");
  EXPECT_EQ(ToString(given.state().terms(1).until()), "2015");
  EXPECT_EQ(given.state().terms(1).ended_by(), v1::VACANCY_CAUSE_OFFICE_CLOSED);
  EXPECT_EQ(ToString(given.state().deputies(0).until()), "2015");
  EXPECT_EQ(ToString(given.state().delegations(0).until()), "2015");
  EXPECT_EQ(ToString(given.state().duties(0).until()), "2015");
  EXPECT_EQ(given.state().successor(), kOther);
}

TEST(CloseOffice, IsRefusedWhenTheSuccessorIsItselfOrIsClosed) {
  Given<OfficeDecider>({Created()})
      .When(Parse<v1::CloseOfficeRequest>("successor: 'realms/test/offices/it'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "OFFICE_CYCLE");
  Given<OfficeDecider>({Created()})
      .Beside(kOther, "closed", v1::OfficeState())
      .When(Parse<v1::CloseOfficeRequest>("successor: 'realms/test/offices/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

TEST(ReopenOffice, TakesTheClosingBackButNotTheEndOfTerms) {
  auto given = Given<OfficeDecider>(
      {Created(), Held("ana", "2010"),
       Fact("office_closed { on { year: 2015 } successor: 'realms/test/offices/other' }")});
  given.When(v1::ReopenOfficeRequest()).Then({Fact("office_reopened {}")});
  EXPECT_FALSE(given.state().has_closed_on());
  EXPECT_EQ(given.state().successor(), "");
  EXPECT_EQ(ToString(given.state().terms(0).until()), "2015");
}

TEST(WithdrawOffice, IsRefusedOnceItWasUsed) {
  Given<OfficeDecider>({Created()})
      .When(v1::WithdrawOfficeRequest())
      .Then({Fact("office_withdrawn {}")});
  Given<OfficeDecider>({Created(), Held("ana", "2010")})
      .When(v1::WithdrawOfficeRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "IN_USE");
}

TEST(OfficeRoles, TellHolderStandInOfficeAboveAndOrganisation) {
  workflows::v1::Actor actor;
  v1::OfficeState state = State({Created()});
  state.set_parent_office(kOther);
  const auto roles = [&] {
    std::string held;
    auto given = Given<OfficeDecider>(state);
    given.As(actor);
    for (const auto& role : OfficeDecider::Roles()) {
      if (role.holds(state, given.context())) held += role.name + " ";
    }
    return held;
  };
  EXPECT_EQ(roles(), "");
  actor.set_office("realms/test/offices/it");
  EXPECT_EQ(roles(), "holder ");
  actor.set_acting(true);
  EXPECT_EQ(roles(), "stand-in ");
  actor.set_office(kOther);
  EXPECT_EQ(roles(), "office-above ");
  actor.set_organisation("realms/test/organisations/one");
  EXPECT_EQ(roles(), "office-above organisation ");
}

}  // namespace
}  // namespace kasundo::directory
