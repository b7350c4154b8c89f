// Roll-ups count nothing twice, whatever the order of events, and can be rebuilt to the same bytes
// (requirements 90, 91, 112). Nobody validates what they reported.
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <set>

#include "workflows/decimal/decimal.h"
#include "workflows/engine/check.h"
#include "workflows/engine/memory_journal.h"
#include "workflows/monitoring/checklist_decider.h"
#include "workflows/monitoring/monitoring_fixture.h"
#include "workflows/monitoring/monitoring_world.h"
#include "workflows/monitoring/rollup_figures.h"
#include "workflows/monitoring/rollup_projection.h"

namespace kasundo::monitoring {
namespace {

using fixture::MonitoringWorld;
using testing::Parse;
using testing::Text;

constexpr char kIssuance[] = "realms/test/issuances/desks-2016-q1";

// A projection fed by hand.
class Fed {
 public:
  Fed() : view_(journal_.Snapshot()), rows_(*view_, 1, RollUps::kName) {}

  template <typename Event>
  void Apply(const std::string& instance, const std::string& kind, const Event& event,
             const std::string& to_state = "x", const std::string& from_state = "") {
    workflows::v1::EventRecord record;
    record.set_from_state(from_state);
    record.set_instance(instance);
    record.set_kind(kind);
    record.set_to_state(to_state);
    const absl::Status status = RollUps().Apply(record, event, rows_);
    KASUNDO_CHECK(status.ok());
  }

  void Territory(const std::string& id, const std::string& within) {
    Apply("realms/test/territories/" + id, "territory",
          Parse<directory::v1::TerritoryEvent>(
              "territory_created { name { text: '" + id +
              "' } level { level: " + "TERRITORY_LEVEL_OTHER } placement { within: '" +
              (within.empty() ? "" : "realms/test/territories/" + within) + "' } }"));
  }
  void Issue(const std::string& inclusive = "") {
    Apply("realms/test/checklistTemplates/desks", "checklist_template",
          Parse<v1::ChecklistTemplateEvent>(
              "template_prepared { version { number: 1 items { id: 'served' type: "
              "ANSWER_TYPE_NUMBER " +
              inclusive + " } } }"));
    Apply(kIssuance, "issuance",
          Parse<v1::IssuanceEvent>(
              "issuance_begun { checklist_template: 'realms/test/checklistTemplates/desks' "
              "template_version: 1 period { id: '2016-q1' until { year: 2016 month: 3 day: 31 } } "
              "}"));
  }
  void Open(const std::string& unit) {
    Apply(Checklist(unit), "checklist",
          Parse<v1::ChecklistEvent>(
              "checklist_opened { unit: 'realms/test/territories/" + unit +
              "' territory: 'realms/test/territories/" + unit +
              "' checklist_template: 'realms/test/checklistTemplates/desks' template_version: 1 }"),
          "open");
  }
  void Submit(const std::string& unit, const std::string& number) {
    Apply(Checklist(unit), "checklist",
          Parse<v1::ChecklistEvent>("answers_given { answers { item: 'served' number: '" + number +
                                    "' } }"),
          "open");
    Apply(Checklist(unit), "checklist", Parse<v1::ChecklistEvent>("checklist_submitted {}"),
          "submitted");
  }
  void Validate(const std::string& unit) {
    Apply(
        Checklist(unit), "checklist",
        Parse<v1::ChecklistEvent>("checklist_validated { review { stage: DATA_STAGE_VALIDATED } }"),
        "validated");
  }
  void Correct(const std::string& unit, const std::string& number) {
    Apply(Checklist(unit), "checklist",
          Parse<v1::ChecklistEvent>(
              "answer_corrected { correction { after { item: 'served' number: '" + number +
              "' } } }"),
          "validated", "validated");
  }
  void Return(const std::string& unit) {
    Apply(Checklist(unit), "checklist",
          Parse<v1::ChecklistEvent>("checklist_returned { review { stage: DATA_STAGE_RAW } }"),
          "returned");
  }
  void Place(const std::string& id, const std::string& within) {
    Apply("realms/test/territories/" + id, "territory",
          Parse<directory::v1::TerritoryEvent>(
              "territory_placed { placement { within: 'realms/test/territories/" + within +
              "' since { year: 2016 month: 2 day: " + std::to_string(++day_) + " } } }"));
  }

  v1::RollUpRow RowOf(const std::string& territory) const {
    const auto row = RollUpRows(rows_).RowOf(kIssuance, "realms/test/territories/" + territory);
    KASUNDO_CHECK(row.ok());
    return row->value_or(v1::RollUpRow());
  }
  // Sum of validated answers; "" if there is none.
  std::string Validated(const std::string& territory) const {
    const v1::RollUpRow row = RowOf(territory);
    for (const v1::ItemFigures& item : row.items()) {
      for (const v1::StageFigures& stage : item.stages()) {
        if (stage.stage() != v1::DATA_STAGE_VALIDATED) continue;
        const v1::FigureSums sums = EffectiveSums(item, stage);
        return sums.sum().empty() ? "0" : sums.sum();
      }
    }
    return "";
  }
  int64_t Checklists(const std::string& territory) const {
    int64_t count = 0;
    const v1::RollUpRow row = RowOf(territory);
    for (const v1::StateCount& state : row.counts()) count += state.count();
    return count;
  }
  // Units whose validated answers lie behind the figure of an item that includes lower units.
  int64_t UnitsAnswered(const std::string& territory) const {
    const v1::RollUpRow row = RowOf(territory);
    for (const v1::ItemFigures& item : row.items()) {
      for (const v1::StageFigures& stage : item.stages()) {
        if (stage.stage() == v1::DATA_STAGE_VALIDATED) return stage.units_answered();
      }
    }
    return 0;
  }

 private:
  static std::string Checklist(const std::string& unit) {
    return std::string(kIssuance) + "/checklists/" + unit;
  }

  MemoryJournal journal_;
  std::unique_ptr<View> view_;
  ProjectionRows rows_;
  int day_ = 0;
};

TEST(RollUpProjection, CountsEachChecklistOnceOnEveryLevel) {
  Fed fed;
  fed.Territory("nation", "");
  fed.Territory("region", "nation");
  fed.Territory("lipa", "region");
  fed.Territory("taal", "region");
  fed.Issue();
  for (const char* unit : {"region", "lipa", "taal"}) fed.Open(unit);
  EXPECT_EQ(fed.Checklists("nation"), 3);
  fed.Submit("lipa", "10.10");
  fed.Submit("taal", "0");
  fed.Submit("region", "5");
  EXPECT_EQ(fed.Validated("nation"), "") << "nothing is validated yet";
  fed.Validate("lipa");
  fed.Validate("taal");
  EXPECT_EQ(fed.Validated("nation"), "10.1");
  fed.Validate("region");
  EXPECT_EQ(fed.Validated("nation"), "15.1");
  EXPECT_EQ(fed.Validated("taal"), "0") << "zero is a figure";
  fed.Return("lipa");
  EXPECT_EQ(fed.Validated("nation"), "5");
  EXPECT_EQ(fed.RowOf("nation").children_size(), 1);
  EXPECT_EQ(fed.RowOf("region").children_size(), 2);
}

TEST(RollUpProjection, TakesTheLargerUnitWhereItsAnswerIncludesTheSmallerOnes) {
  Fed fed;
  fed.Territory("nation", "");
  fed.Territory("region", "nation");
  fed.Territory("lipa", "region");
  fed.Issue("includes_lower_units: true");
  fed.Open("lipa");
  fed.Open("region");
  fed.Submit("lipa", "10");
  fed.Validate("lipa");
  EXPECT_EQ(fed.Validated("nation"), "10");
  fed.Submit("region", "50");
  fed.Validate("region");
  EXPECT_EQ(fed.Validated("nation"), "50") << "the 10 are in the 50";
  EXPECT_EQ(fed.UnitsAnswered("nation"), 2) << "but two returns came";
  fed.Territory("south", "nation");
  fed.Place("lipa", "south");
  EXPECT_EQ(fed.UnitsAnswered("region"), 1);
  EXPECT_EQ(fed.UnitsAnswered("south"), 1);
  EXPECT_EQ(fed.UnitsAnswered("nation"), 2);
  fed.Return("region");
  EXPECT_EQ(fed.UnitsAnswered("nation"), 1);
}

// What was dated before the return itself, in a reading by business date.
TEST(RollUpProjection, IsNotValidatedByACorrectionAlone) {
  Fed fed;
  fed.Territory("lipa", "");
  fed.Issue();
  fed.Open("lipa");
  fed.Correct("lipa", "73");
  EXPECT_EQ(fed.Validated("lipa"), "");
  ASSERT_EQ(fed.RowOf("lipa").counts_size(), 1);
  EXPECT_EQ(fed.RowOf("lipa").counts(0).state(), "open");
}

TEST(RollUpProjection, MovesAWholeSubtreeWhenItTurnsOutToLieElsewhere) {
  Fed fed;
  fed.Territory("nation", "");
  fed.Territory("north", "nation");
  fed.Territory("south", "nation");
  fed.Territory("lipa", "north");
  fed.Territory("village", "lipa");
  fed.Issue();
  fed.Open("village");
  fed.Submit("village", "7");
  fed.Validate("village");
  EXPECT_EQ(fed.Validated("north"), "7");
  fed.Place("lipa", "south");
  EXPECT_EQ(fed.RowOf("north").ByteSizeLong(), 0U);
  EXPECT_EQ(fed.Validated("south"), "7");
  EXPECT_EQ(fed.Validated("nation"), "7");
  EXPECT_EQ(fed.RowOf("nation").children_size(), 1);
}

// What a checklist goes through, in its own order.
struct Journey {
  std::string unit;
  std::string number;
  int steps = 0;  // 0 open, 1 submitted, 2 validated
};

// Interleaves the journeys as `order` says.
void Travel(Fed& fed, const std::vector<Journey>& journeys, const std::vector<size_t>& order) {
  std::map<size_t, int> done;
  for (const size_t who : order) {
    const Journey& journey = journeys[who];
    const int step = done[who]++;
    if (step == 0) fed.Open(journey.unit);
    if (step == 1) fed.Submit(journey.unit, journey.number);
    if (step == 2) fed.Validate(journey.unit);
  }
}

TEST(RollUpProjection, CountsNothingTwiceWhateverTheOrderOfEvents) {
  EXPECT_TRUE(rc::check("roll-ups depend on what happened, not on its order", [] {
    const int units = *rc::gen::inRange(1, 9);
    const bool inclusive = *rc::gen::arbitrary<bool>();
    std::vector<Journey> journeys;
    std::vector<size_t> order;
    const auto plant = [&](Fed& fed) {
      fed.Territory("u0", "");
      for (int i = 1; i < units; ++i) {
        fed.Territory("u" + std::to_string(i), "u" + std::to_string((i - 1) / 2));
      }
      fed.Issue(inclusive ? "includes_lower_units: true" : "");
    };
    for (int i = 0; i < units; ++i) {
      const int steps = *rc::gen::inRange(0, 4);
      journeys.push_back(
          {"u" + std::to_string(i), std::to_string(*rc::gen::inRange(-50, 50)) + ".25", steps});
      for (int step = 0; step < steps; ++step) order.push_back(static_cast<size_t>(i));
    }
    Fed one;
    plant(one);
    Travel(one, journeys, order);
    // Another order: the generator's permutation.
    std::vector<size_t> other = order;
    for (size_t i = other.size(); i > 1; --i) {
      std::swap(other[i - 1], other[*rc::gen::inRange<size_t>(0, i)]);
    }
    Fed two;
    plant(two);
    Travel(two, journeys, other);
    Decimal expected;
    for (const Journey& journey : journeys) {
      RC_ASSERT(Text(one.RowOf(journey.unit)) == Text(two.RowOf(journey.unit)));
      if (journey.steps == 3) expected += *Decimal::Parse(journey.number);
    }
    if (!inclusive && std::any_of(journeys.begin(), journeys.end(),
                                  [](const Journey& journey) { return journey.steps == 3; })) {
      RC_ASSERT(one.Validated("u0") == expected.ToString());
    }
  }));
}

std::map<std::string, std::string> RowsOf(ProjectionRunner& runner) {
  std::map<std::string, std::string> rows;
  const absl::Status read = runner.Read("realms/test", RollUps::kName, "",
                                        [&](std::string_view key, std::string_view value) {
                                          rows.emplace(key, value);
                                          return true;
                                        });
  EXPECT_TRUE(read.ok()) << read;
  return rows;
}

TEST_F(MonitoringWorld, RebuildsTheSameBytesThatItFollowed) {
  AddCities(130);
  ProjectionRunner followed(*engine_);
  ASSERT_OK(followed.CatchUp());
  Begin();
  ASSERT_OK(followed.CatchUp());
  engine_.clock().Advance(absl::Milliseconds(2));
  engine_.FireDeadlines();
  for (int i = 0; i < 20; ++i) {
    const std::string name = std::string(kIssuance) + "/checklists/c" + std::to_string(i);
    Do<v1::SubmitChecklistRequest>("name: '" + name +
                                   "' answers { item: 'desk' choice_of_three: YES_NO_PARTLY_YES } "
                                   "answers { item: 'served' number: '" +
                                   std::to_string(i) +
                                   ".5' } "
                                   "on_behalf_of { person: 'realms/test/people/x' }");
    if (i % 3 == 0) ASSERT_OK(followed.CatchUp());
    if (i % 2 == 0) {
      Do<v1::ValidateChecklistRequest>("name: '" + name +
                                       "' body: 'realms/test/committees/council' "
                                       "on_behalf_of { person: 'realms/test/people/y' }");
    }
  }
  Do<directory::v1::CreateTerritoryRequest>(
      "territory_id: 'cavite' title: 'Cavite' level: TERRITORY_LEVEL_PROVINCE");
  Do<directory::v1::PlaceTerritoryRequest>(
      "name: 'realms/test/territories/c4' within: 'realms/test/territories/cavite' "
      "since { year: 2016 month: 3 day: 1 }");
  ASSERT_OK(followed.CatchUp());
  const auto before = RowsOf(followed);
  EXPECT_GT(before.size(), 130U);
  ASSERT_OK(followed.Rebuild("realms/test", RollUps::kName));
  EXPECT_EQ(RowsOf(followed), before);
}

// Whoever tries, in whatever capacity: the reporters of a validated checklist and its validators
// have neither a person nor an office in common.
TEST(Independence, NobodyValidatesWhatTheyReported) {
  EXPECT_TRUE(rc::check("reporters and validators differ", [] {
    using fixture::Somebody;
    auto given = fixture::InItsWorld(testing::Given<Checklist>(fixture::Opened()));
    given.Named(fixture::kChecklist);
    // Everybody belongs to the council.
    given.Beside(fixture::kCouncil, "established",
                 fixture::Body("batangas", "planning",
                               "secretariats { office: 'realms/test/offices/health' role: "
                               "SECRETARIAT_ROLE_TECHNICAL }"));
    const std::vector<std::string> people = {"lina", "carlo", "rosa"};
    const std::vector<std::string> offices = {"planning", "health"};
    const auto anybody = [&] {
      return Somebody(*rc::gen::elementOf(people), *rc::gen::elementOf(offices));
    };
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
      given.As(anybody()).When(
          Parse<v1::FillChecklistRequest>("answers { item: 'served' number: '1' }"));
    }
    given.As(anybody()).When(Parse<v1::SubmitChecklistRequest>(
        "answers { item: 'served' number: '1' } "
        "answers { item: 'desk' choice_of_three: YES_NO_PARTLY_NO } "
        "answers { item: 'ordinance' not_applicable: true remark: 'The province has one' }"));
    RC_ASSERT(given.state().stage() == v1::DATA_STAGE_RAW);
    given.As(anybody()).When(v1::ValidateChecklistRequest());
    if (given.state().stage() != v1::DATA_STAGE_VALIDATED) return;
    const v1::ChecklistActor& validator = given.state().reviews(0).reviewer();
    for (const v1::ChecklistActor& reporter : given.state().reporters()) {
      RC_ASSERT(reporter.person() != validator.person());
      RC_ASSERT(reporter.office() != validator.office());
    }
  }));
}

}  // namespace
}  // namespace kasundo::monitoring
