// What somebody should look at about a role (requirements 45, 49, 53, 54, 126).
#include "services/assignments/role_warnings.h"

#include "gmock/gmock.h"
#include "tests/support/given.h"

namespace kasundo::assignments {
namespace {

using directory::v1::OfficeState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Parse;

// Lead accountable and desk responsible since January 2016.
v1::AssignmentState Role(const std::string& more = "") {
  return Parse<v1::AssignmentState>(
      "function_version: 1 tenures { number: 1 offices { accountable: 'lead' responsible: 'desk' } "
      "since { year: 2016 month: 1 day: 1 } } " +
      more);
}

OfficeLookup Offices(const std::string& lead, const std::string& desk) {
  const auto parse = [](const std::string& text) {
    return std::make_shared<const OfficeState>(Parse<OfficeState>("names { text: 'x' } " + text));
  };
  return [lead = parse(lead), desk = parse(desk)](const std::string& name) {
    return name == "lead" ? lead : desk;
  };
}

constexpr char kHeld[] = "terms { term_id: 't' person: 'p' since { year: 2010 } } ";
constexpr char kDeputy[] = "deputies { person: 'd' rank: 1 } ";

std::vector<std::string> Names(const std::vector<v1::AssignmentWarning>& warnings) {
  std::vector<std::string> names;
  for (const auto& warning : warnings) {
    names.push_back(v1::RoleWarning_Name(warning.warning()).substr(sizeof("ROLE_WARNING_") - 1) +
                    (warning.office().empty() ? "" : " " + warning.office()));
  }
  return names;
}

std::vector<std::string> Warned(const v1::AssignmentState& state, const std::string& lead,
                                const std::string& desk, const CivilDate& on,
                                const std::string& version = "") {
  v1::FunctionState function = Parse<v1::FunctionState>("versions { number: 1 " + version + " }");
  return Names(WarningsOf(state, &function, Offices(lead, desk), on));
}

const std::string& Well() {
  static const std::string well = std::string(kHeld) + kDeputy;
  return well;
}

TEST(RoleWarnings, AreNoneOfAHeldDeputisedAndConfirmedRole) {
  EXPECT_THAT(Warned(Role(), Well(), Well(), MakeDate(2016, 3, 1)), IsEmpty());
  EXPECT_TRUE(IsReady(Role(), {}, MakeDate(2016, 3, 1)));
}

TEST(RoleWarnings, AreNoneWhileNobodyHasTheRole) {
  EXPECT_THAT(Warned(Role(), "", "", MakeDate(2015, 3, 1)), IsEmpty());
  EXPECT_FALSE(IsReady(Role(), {}, MakeDate(2015, 3, 1)));
}

TEST(RoleWarnings, NameVacantOfficesUnlessTheyAreUnits) {
  EXPECT_THAT(Warned(Role(), kDeputy, Well(), MakeDate(2016, 3, 1)), IsEmpty());  // it acts
  EXPECT_THAT(Warned(Role(), "", Well(), MakeDate(2016, 3, 1)),
              ElementsAre("VACANT lead", "NO_DEPUTY lead"));
  EXPECT_THAT(Warned(Role(), Well(), "", MakeDate(2016, 3, 1)),
              ElementsAre("VACANT", "NO_DEPUTY desk"));
  EXPECT_THAT(Warned(Role(), Well(), "profiles { post: POST_KIND_UNIT }", MakeDate(2016, 3, 1)),
              IsEmpty());
}

// Requirement 45.
TEST(RoleWarnings, AskForAConfirmationEachQuarter) {
  EXPECT_THAT(Warned(Role(), Well(), Well(), MakeDate(2016, 4, 2)), ElementsAre("NOT_CONFIRMED"));
  const auto confirmed =
      Role("confirmations { office: 'lead' on { year: 2016 month: 3 day: 30 } }");
  EXPECT_THAT(Warned(confirmed, Well(), Well(), MakeDate(2016, 4, 2)), IsEmpty());
  // What came later was not known on an earlier day.
  EXPECT_THAT(Warned(confirmed, Well(), Well(), MakeDate(2016, 7, 1)),
              ElementsAre("NOT_CONFIRMED"));
  std::vector<v1::AssignmentWarning> warnings(1);
  warnings[0].set_warning(v1::ROLE_WARNING_NOT_CONFIRMED);
  EXPECT_FALSE(IsReady(Role(), warnings, MakeDate(2016, 4, 2)));
}

// Requirement 49.
TEST(RoleWarnings, NameACriticalFunctionOnATemporaryPost) {
  const std::string temporary = Well() + "profiles { post: POST_KIND_TEMPORARY }";
  EXPECT_THAT(Warned(Role(), Well(), temporary, MakeDate(2016, 3, 1), "critical: true"),
              ElementsAre("CRITICAL_ON_TEMPORARY_POST desk"));
  EXPECT_THAT(Warned(Role(), Well(), temporary, MakeDate(2016, 3, 1)), IsEmpty());
}

TEST(RoleWarnings, TellThatTheFunctionChanged) {
  auto later = Role();
  later.set_function_version(3);
  EXPECT_THAT(Warned(later, Well(), Well(), MakeDate(2016, 3, 1)), ElementsAre("FUNCTION_CHANGED"));
}

// Requirement 53.
TEST(RoleWarnings, NameTrainingsThatNobodyHas) {
  const std::string needs = "trainings: 'speaking'";
  EXPECT_THAT(Warned(Role(), Well(), Well(), MakeDate(2016, 3, 1), needs),
              ElementsAre("TRAINING_MISSING"));
  EXPECT_THAT(Warned(Role("trainings { office: 'desk' training: 'speaking' on { year: 2015 } }"),
                     Well(), Well(), MakeDate(2016, 3, 1), needs),
              IsEmpty());
}

// Requirement 54.
TEST(RoleWarnings, TellThatAnAmbassadorsReportIsOverdue) {
  const std::string confirmed = "confirmations { on { year: 2016 month: 6 day: 30 } } ";
  EXPECT_THAT(Warned(Role(confirmed + "embassy { report_every_months: 6 }"), Well(), Well(),
                     MakeDate(2016, 7, 2)),
              ElementsAre("REPORT_OVERDUE"));
  EXPECT_THAT(Warned(Role(confirmed + "embassy { report_every_months: 6 } reports { on { year: "
                                      "2016 month: 6 day: 1 } }"),
                     Well(), Well(), MakeDate(2016, 7, 2)),
              IsEmpty());
}

// Requirement 126.
TEST(RoleWarnings, TellThatANewHolderIsSilentAfterThirtyDays) {
  const std::string renewed =
      std::string("terms { term_id: 'n' person: 'q' since { year: 2016 month: 2 day: 1 } } ") +
      kDeputy;
  EXPECT_THAT(Warned(Role(), Well(), renewed, MakeDate(2016, 3, 2)), IsEmpty());
  EXPECT_THAT(Warned(Role(), Well(), renewed, MakeDate(2016, 3, 5)),
              ElementsAre("NEW_HOLDER_SILENT desk"));
  EXPECT_THAT(Warned(Role("confirmations { office: 'desk' on { year: 2016 month: 2 day: 9 } }"),
                     Well(), renewed, MakeDate(2016, 3, 5)),
              IsEmpty());
}

}  // namespace
}  // namespace kasundo::assignments
