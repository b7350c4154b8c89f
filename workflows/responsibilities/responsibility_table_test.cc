// The table of responsibilities and what is wrong in it.
#include "workflows/responsibilities/responsibility_table.h"

#include "gmock/gmock.h"
#include "kasundo/assignments/v1/assignments_events.pb.h"
#include "tests/support/given.h"

namespace kasundo::responsibilities {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Parse;
using workflows::v1::WorkflowDefinition;

// Work and its oversight, told apart by the nature of the function.
const WorkflowDefinition& Definition() {
  static const auto definition = Parse<WorkflowDefinition>(R"pb(
    definition: "role"
    initial: "new"
    states { id: "new" }
    states { id: "active" }
    states { id: "ended" final: true }
    responsibilities {
      role: "does it"
      accountable { path: "tenures.offices.accountable" }
      responsible { path: "tenures.offices.responsible" }
      topics: "function"
      territories: "territory"
      subject: "subject"
      title: "title"
      unless { key: "nature" value: "oversight" }
    }
    responsibilities {
      role: "watches it"
      accountable { path: "tenures.offices.accountable" }
      topics: "function"
      subject: "subject"
      where { key: "nature" value: "oversight" }
      oversees: true
    })pb");
  return definition;
}

class Tables : public ::testing::Test {
 protected:
  Tables() : table_(MakeDate(2016, 3, 18)), offices_(MakeDate(2016, 3, 18)) {
    for (const std::string id : {"a", "b", "c"}) {
      Office(id, "terms { term_id: 't' person: 'p-" + id + "' since { year: 2010 } }");
    }
  }

  void Office(const std::string& id, const std::string& more) {
    offices_.Add("realms/r/offices/" + id,
                 Parse<directory::v1::OfficeState>("names { text: 'Office " + id + "' } " + more));
  }

  void Role(const std::string& id, const std::string& accountable, const std::string& responsible,
            const std::string& more, const std::string& lifecycle_state = "active") {
    const auto office = [](const std::string& letter, const std::string& name) {
      return name.empty() ? "" : letter + ": 'realms/r/offices/" + name + "' ";
    };
    const auto state = Parse<assignments::v1::AssignmentState>(
        "title: '" + id + "' tenures { offices { " + office("accountable", accountable) +
        office("responsible", responsible) + "} } " + more);
    table_.Add({"realms/r/roles/" + id, "role", &Definition(), lifecycle_state, &state});
  }

  v1::ResponsibilityMatrix Finish(int most = 20) { return table_.Finish(offices_, most); }

  static std::vector<std::string> Texts(const v1::ResponsibilityMatrix& matrix) {
    std::vector<std::string> texts;
    for (const auto& finding : matrix.findings()) {
      std::string text = v1::ResponsibilityFindingKind_Name(finding.kind())
                             .substr(sizeof("RESPONSIBILITY_FINDING_KIND_") - 1);
      for (const int row : finding.rows()) text += " " + matrix.rows(row).title();
      texts.push_back(text);
    }
    return texts;
  }

  ResponsibilityTable table_;
  continuity::OfficeRegister offices_;
};

TEST_F(Tables, SayWhoDoesWhatAndWhoHoldsTheOffice) {
  Role("two", "b", "c", "function: 'f'");
  Role("one", "a", "b", "function: 'g' territory: 't'");
  Role("over", "a", "b", "", "ended");
  Role("not-yet", "a", "b", "", "new");
  const auto matrix = Finish();
  ASSERT_EQ(matrix.rows_size(), 2);
  EXPECT_EQ(matrix.rows(0).instance(), "realms/r/roles/one");
  EXPECT_EQ(matrix.rows(0).role(), "does it");
  EXPECT_EQ(matrix.rows(0).accountable(0).title(), "Office a");
  EXPECT_EQ(matrix.rows(0).accountable(0).person(), "p-a");
  EXPECT_FALSE(matrix.rows(0).accountable(0).acting());
  EXPECT_THAT(matrix.rows(0).territories(), ElementsAre("t"));
  EXPECT_THAT(matrix.findings(), IsEmpty());
}

TEST_F(Tables, FindOverlapsOfATopicInATerritoryUnderDifferentLeads) {
  Role("one", "a", "c", "function: 'f' territory: 't'");
  Role("two", "b", "c", "function: 'f' territory: 't'");
  Role("same-lead", "a", "c", "function: 'g' territory: 't'");
  Role("same-lead-2", "a", "b", "function: 'g' territory: 't'");
  Role("elsewhere", "b", "c", "function: 'f' territory: 'u'");
  const auto matrix = Finish();
  EXPECT_THAT(Texts(matrix), ElementsAre("OVERLAP one two"));
  EXPECT_EQ(matrix.findings(0).topic(), "f");
  EXPECT_EQ(matrix.findings(0).territory(), "t");
}

TEST_F(Tables, FindGapsWhereTheDefinitionAsksForSomebody) {
  Role("one", "", "b", "function: 'f'");
  Role("two", "a", "", "function: 'g'");
  EXPECT_THAT(Texts(Finish()), ElementsAre("GAP one", "GAP two"));
}

TEST_F(Tables, FindWishesThatNobodyFulfils) {
  static const auto wishing = Parse<WorkflowDefinition>(
      "definition: 'function' initial: 'new' states { id: 'in-force' } responsibilities { role: "
      "'is assigned to nobody' topics: 'name' title: 'title' wanted: true }");
  const auto state = Parse<assignments::v1::AssignmentState>("title: 'Planning'");
  table_.Add({"realms/r/functions/plan", "function", &wishing, "in-force", &state});
  table_.Add({"realms/r/functions/serve", "function", &wishing, "in-force", &state});
  Role("one", "a", "b", "function: 'realms/r/functions/serve'");
  const auto matrix = Finish();
  ASSERT_EQ(matrix.findings_size(), 1);
  EXPECT_EQ(matrix.findings(0).kind(), v1::RESPONSIBILITY_FINDING_KIND_GAP);
  EXPECT_EQ(matrix.findings(0).topic(), "realms/r/functions/plan");
  EXPECT_EQ(matrix.rows_size(), 1);
}

TEST_F(Tables, FindVacantOfficesOnceWithAllTheirRows) {
  Office("empty", "");
  Office("unit", "profiles { post: POST_KIND_UNIT }");
  Office("deputised", "deputies { person: 'd' rank: 1 }");
  Role("one", "a", "empty", "function: 'f'");
  Role("two", "empty", "unit", "function: 'g'");
  Role("three", "a", "deputised", "function: 'h'");
  Role("unknown", "a", "never", "function: 'i'");
  const auto matrix = Finish();
  EXPECT_THAT(Texts(matrix), ElementsAre("VACANCY one two", "VACANCY unknown"));
  EXPECT_EQ(matrix.findings(0).office(), "realms/r/offices/empty");
  EXPECT_TRUE(matrix.rows(1).responsible(0).acting());
}

// Requirement 55, for what no assignment could refuse: the other side is no assignment.
TEST_F(Tables, FindWhoWatchesWhatItDoes) {
  Role("work", "a", "b", "function: 'f'");
  Role("watch", "b", "", "nature: FUNCTION_NATURE_OVERSIGHT subject: 'realms/r/roles/work'");
  Role("watch-2", "c", "", "nature: FUNCTION_NATURE_OVERSIGHT subject: 'realms/r/roles/work'");
  const auto matrix = Finish();
  EXPECT_THAT(Texts(matrix), ElementsAre("CONFLICT watch work"));
  EXPECT_EQ(matrix.findings(0).office(), "realms/r/offices/b");
  EXPECT_EQ(matrix.findings(0).person(), "");
}

TEST_F(Tables, FindThePersonWhoWatchesWhatItDoesInAnotherOffice) {
  Office("second", "terms { term_id: 't' person: 'p-b' since { year: 2010 } }");
  Role("work", "a", "b", "function: 'f'");
  Role("watch", "second", "", "nature: FUNCTION_NATURE_OVERSIGHT subject: 'realms/r/roles/work'");
  const auto matrix = Finish();
  EXPECT_THAT(Texts(matrix), ElementsAre("CONFLICT watch work"));
  EXPECT_EQ(matrix.findings(0).person(), "p-b");
  EXPECT_EQ(matrix.findings(0).office(), "realms/r/offices/second");
}

// Requirement 49.
TEST_F(Tables, FindWhoHasTooMuch) {
  Role("one", "a", "a", "function: 'f'");
  Role("two", "b", "a", "function: 'g'");
  EXPECT_THAT(Texts(Finish(2)), IsEmpty());
  EXPECT_THAT(Texts(Finish(1)), ElementsAre("OVERLOAD one two"));
}

TEST_F(Tables, TakeWhatHasNoDayOnlyByItsOwnDates) {
  static const auto dated = Parse<WorkflowDefinition>(
      "definition: 'role' initial: 'new' states { id: 'active' } responsibilities { role: 'x' "
      "responsible { path: 'assigned_by' } since: 'until' } responsibilities { role: 'y' "
      "responsible { path: 'assigned_by' } }");
  const auto state =
      Parse<assignments::v1::AssignmentState>("assigned_by: 'somebody' until { year: 2012 }");
  table_.Add({"realms/r/roles/it", "role", &dated, "active", &state, /*undated=*/true});
  const auto matrix = Finish();
  ASSERT_EQ(matrix.rows_size(), 1);
  EXPECT_EQ(matrix.rows(0).role(), "x");
}

TEST_F(Tables, CanBeThoseOfOnePartyWithItsFindings) {
  Office("empty", "");
  Role("one", "a", "empty", "function: 'f'");
  Role("two", "b", "c", "function: 'g'");
  Role("three", "b", "empty", "function: 'h'");
  const auto only = OnlyOf(Finish(), "realms/r/offices/b");
  ASSERT_EQ(only.rows_size(), 2);
  EXPECT_THAT(Texts(only), ElementsAre("VACANCY three"));
  EXPECT_EQ(OnlyOf(Finish(), "p-a").rows_size(), 1);
}

TEST_F(Tables, CanBeThoseOfOneSortOfFinding) {
  Office("empty", "");
  Role("one", "a", "empty", "function: 'f'");
  Role("two", "b", "", "function: 'g'");
  const auto only = OnlyFindings(Finish(), {v1::RESPONSIBILITY_FINDING_KIND_GAP});
  ASSERT_EQ(only.rows_size(), 1);
  EXPECT_THAT(Texts(only), ElementsAre("GAP two"));
}

}  // namespace
}  // namespace kasundo::responsibilities
