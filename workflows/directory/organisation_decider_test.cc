#include "workflows/directory/organisation_decider.h"

#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_requests.pb.h"
#include "tests/support/given.h"
#include "workflows/directory/names.h"

namespace kasundo::directory {
namespace {

using ::kasundo::testing::Given;
using ::kasundo::testing::Parse;

constexpr char kOther[] = "realms/test/organisations/other";

v1::OrganisationEvent Fact(const std::string& text) { return Parse<v1::OrganisationEvent>(text); }

v1::OrganisationEvent Neda() {
  return Fact(R"(organisation_created {
    name { text: 'National Economic and Development Authority' since { year: 1972 } }
    profile { kind: ORGANISATION_KIND_NATIONAL_AGENCY sector: 'government' functions: 'planning'
              since { year: 1972 } }
    aliases { text: 'NEDA' kind: ALIAS_KIND_ABBREVIATION } })");
}

TEST(CreateOrganisation, RecordsWhatItIs) {
  Given<OrganisationDecider>()
      .When(Parse<v1::CreateOrganisationRequest>(R"(
        title: 'National Economic and Development Authority'
        kind: ORGANISATION_KIND_NATIONAL_AGENCY sector: 'government' functions: 'planning'
        since { year: 1972 } aliases { text: 'NEDA' kind: ALIAS_KIND_ABBREVIATION })"))
      .Then({Neda()});
}

TEST(CreateOrganisation, IsRefusedWithinOneThatIsGone) {
  Given<OrganisationDecider>()
      .Beside(kOther, "dissolved", v1::OrganisationState())
      .When(Parse<v1::CreateOrganisationRequest>(
          "title: 'x' parent_organisation: 'realms/test/organisations/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

// Requirement 4: NEDA became DEPDev on 2025-04-10 by RA 12145, and old documents keep the old name.
TEST(RenameOrganisation, KeepsTheIdentityAndTheOldName) {
  auto given = Given<OrganisationDecider>({Neda()});
  given
      .When(Parse<v1::RenameOrganisationRequest>(R"(
        title: 'Department of Economy, Planning, and Development'
        since { year: 2025 month: 4 day: 10 } document: 'RA 12145')"))
      .Then({Fact(R"(name_given { name {
        text: 'Department of Economy, Planning, and Development'
        since { year: 2025 month: 4 day: 10 } document: 'RA 12145' } })")});
  EXPECT_EQ(NameOn(given.state().names(), MakeDate(2025, 4, 9)),
            "National Economic and Development Authority");
  EXPECT_EQ(NameOn(given.state().names(), MakeDate(2025, 4, 10)),
            "Department of Economy, Planning, and Development");
}

TEST(RenameOrganisation, IsRefusedForTheSameNameOrTheSameDate) {
  Given<OrganisationDecider>({Neda()})
      .When(Parse<v1::RenameOrganisationRequest>(
          "title: 'National Economic and Development Authority'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<OrganisationDecider>({Neda()})
      .When(Parse<v1::RenameOrganisationRequest>("title: 'x' since { year: 1972 }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
}

TEST(OrganisationAliases, AreAddedOnceAndTakenBack) {
  auto given = Given<OrganisationDecider>({Neda()});
  given.When(Parse<v1::AddOrganisationAliasRequest>("alias { text: 'NEDA' }"))
      .ThenRejected(absl::StatusCode::kAlreadyExists, "ALREADY_RECORDED");
  given.When(Parse<v1::AddOrganisationAliasRequest>("alias { text: 'Neda IV-A' }"))
      .Then({Fact("alias_added { alias { text: 'Neda IV-A' } }")});
  given.When(Parse<v1::RemoveOrganisationAliasRequest>("text: 'Neda IV-A'"))
      .Then({Fact("alias_removed { text: 'Neda IV-A' }")});
  given.When(Parse<v1::RemoveOrganisationAliasRequest>("text: 'Neda IV-A'"))
      .ThenRejected(absl::StatusCode::kNotFound, "NOT_RECORDED");
}

TEST(ReclassifyOrganisation, GivesItAnotherFunctionFromADayOn) {
  auto given = Given<OrganisationDecider>({Neda()});
  given
      .When(Parse<v1::ReclassifyOrganisationRequest>(R"(profile {
        kind: ORGANISATION_KIND_NATIONAL_AGENCY sector: 'government' functions: 'planning'
        functions: 'budget advice' since { year: 2025 } until { year: 2030 } })"))
      .Then({Fact(R"(organisation_reclassified { profile {
        kind: ORGANISATION_KIND_NATIONAL_AGENCY sector: 'government' functions: 'planning'
        functions: 'budget advice' since { year: 2025 } } })")});
  EXPECT_EQ(ToString(given.state().profiles(0).until()), "2024");
}

TEST(ReclassifyOrganisation, IsRefusedWithoutChangeOrOnTheSameDate) {
  Given<OrganisationDecider>({Neda()})
      .When(Parse<v1::ReclassifyOrganisationRequest>(R"(profile {
        kind: ORGANISATION_KIND_NATIONAL_AGENCY sector: 'government' functions: 'planning' })"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
  Given<OrganisationDecider>({Neda()})
      .When(Parse<v1::ReclassifyOrganisationRequest>(
          "profile { kind: ORGANISATION_KIND_OTHER since { year: 1972 } }"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "SAME_DATE");
}

TEST(MoveOrganisation, PutsItUnderAnother) {
  Given<OrganisationDecider>({Neda()})
      .Beside(kOther, "active", v1::OrganisationState())
      .When(Parse<v1::MoveOrganisationRequest>(
          "parent_organisation: 'realms/test/organisations/other' document: 'EO 1'"))
      .Then({Fact(R"(organisation_moved {
        parent_organisation: 'realms/test/organisations/other' document: 'EO 1' })")});
}

TEST(MoveOrganisation, IsRefusedWithoutChange) {
  Given<OrganisationDecider>({Neda()})
      .When(v1::MoveOrganisationRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

TEST(MoveOrganisation, IsRefusedUnderAPartOfItself) {
  v1::OrganisationState part;
  part.set_parent_organisation("realms/test/organisations/it");
  Given<OrganisationDecider>({Neda()})
      .Beside(kOther, "active", part)
      .When(Parse<v1::MoveOrganisationRequest>(
          "parent_organisation: 'realms/test/organisations/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "ORGANISATION_CYCLE");
}

TEST(MergeOrganisation, EndsItTheDayBefore) {
  auto given = Given<OrganisationDecider>({Neda()});
  given.Beside(kOther, "active", v1::OrganisationState())
      .When(Parse<v1::MergeOrganisationRequest>(R"(
        into: 'realms/test/organisations/other' on { year: 2020 month: 1 day: 1 }
        document: 'RA 1')"))
      .Then({Fact(R"(organisation_merged {
        into: 'realms/test/organisations/other' on { year: 2020 month: 1 day: 1 }
        document: 'RA 1' })")});
  EXPECT_EQ(ToString(given.state().ended_on()), "2019-12-31");
}

TEST(MergeOrganisation, IsRefusedIntoItselfOrIntoOneThatIsGone) {
  Given<OrganisationDecider>({Neda()})
      .When(Parse<v1::MergeOrganisationRequest>("into: 'realms/test/organisations/it'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "ORGANISATION_CYCLE");
  Given<OrganisationDecider>({Neda()})
      .Beside(kOther, "merged", v1::OrganisationState())
      .When(Parse<v1::MergeOrganisationRequest>("into: 'realms/test/organisations/other'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NO_LONGER_THERE");
}

v1::OfficeState OfficeOf(const std::string& organisation) {
  v1::OfficeState office;
  office.add_homes()->set_organisation(organisation);
  return office;
}

TEST(DissolveOrganisation, IsRefusedWhileItHasOpenOffices) {
  Given<OrganisationDecider>({Neda(), Fact("office_listed { office: 'realms/test/offices/a' }")})
      .Beside("realms/test/offices/a", "open", OfficeOf("realms/test/organisations/it"))
      .When(v1::DissolveOrganisationRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "HAS_OPEN_OFFICES");
}

TEST(DissolveOrganisation, IsAllowedWhenItsOfficesAreClosedOrElsewhere) {
  auto given =
      Given<OrganisationDecider>({Neda(), Fact("office_listed { office: 'realms/test/offices/a' }"),
                                  Fact("office_listed { office: 'realms/test/offices/b' }")});
  given.Beside("realms/test/offices/a", "closed", OfficeOf("realms/test/organisations/it"))
      .Beside("realms/test/offices/b", "open", OfficeOf(kOther))
      .When(Parse<v1::DissolveOrganisationRequest>("document: 'RA 2'"))
      .Then({Fact(R"(organisation_dissolved {
        on { year: 2016 month: 3 day: 18 } document: 'RA 2' })")});
  EXPECT_EQ(given.state().end_document(), "RA 2");
  given.When(v1::RestoreOrganisationRequest()).Then({Fact("organisation_restored {}")});
  EXPECT_FALSE(given.state().has_ended_on());
}

TEST(WithdrawOrganisation, IsRefusedWhenItEverHadAnOffice) {
  Given<OrganisationDecider>({Neda()})
      .When(v1::WithdrawOrganisationRequest())
      .Then({Fact("organisation_withdrawn {}")});
  Given<OrganisationDecider>({Neda(), Fact("office_listed { office: 'realms/test/offices/a' }")})
      .When(v1::WithdrawOrganisationRequest())
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "IN_USE");
}

TEST(ListOffice, ListsAnOfficeOnce) {
  auto given = Given<OrganisationDecider>({Neda()});
  given.When(Parse<v1::ListOfficeRequest>("office: 'realms/test/offices/a'"))
      .Then({Fact("office_listed { office: 'realms/test/offices/a' }")});
  given.When(Parse<v1::ListOfficeRequest>("office: 'realms/test/offices/a'"))
      .ThenRejected(absl::StatusCode::kFailedPrecondition, "NOTHING_TO_CHANGE");
}

// Requirement 143: no field of the directory can store a party.
TEST(OrganisationKinds, NameNoParty) {
  const auto* kinds = v1::OrganisationKind_descriptor();
  for (int i = 0; i < kinds->value_count(); ++i) {
    EXPECT_EQ(kinds->value(i)->name().find("PARTY"), std::string::npos);
  }
}

}  // namespace
}  // namespace kasundo::directory
