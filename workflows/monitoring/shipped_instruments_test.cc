// What ships as data is complete and makes sense (requirements 89 and 93; the forms of RPMES).
#include "workflows/monitoring/shipped_instruments.h"

#include "gmock/gmock.h"
#include "kasundo/monitoring/v1/checklist_templates_service.pb.h"
#include "workflows/monitoring/checklist_template_decider.h"
#include "workflows/monitoring/monitoring_fixture.h"
#include "workflows/monitoring/template_items.h"

namespace kasundo::monitoring {
namespace {

using ::testing::ElementsAre;

TEST(ShippedInstruments, AreRadarRelationsMapSustainabilityAndProgress) {
  std::vector<std::string> ids;
  for (const v1::ShippedInstrument& instrument : Instruments().instruments()) {
    ids.push_back(instrument.id());
    const absl::Status checked = CheckItems(instrument.items());
    EXPECT_TRUE(checked.ok()) << instrument.id() << ": " << checked;
  }
  EXPECT_THAT(ids, ElementsAre("sustainability", "radar", "relations-map", "progress"));
  EXPECT_EQ(FindInstrument("radar")->items_size(), 7) << "seven dimensions";
  EXPECT_EQ(FindInstrument("progress")->items_size(), 6);
  EXPECT_FALSE(FindInstrument("x").has_value());
}

TEST(ReportForms, AreElevenWithTheirColumns) {
  // Without the first column, "#".
  const std::vector<int> columns = {24, 20, 12, 4, 20, 15, 10, 8, 10, 5, 8};
  ASSERT_EQ(Forms().forms_size(), 11);
  for (int i = 0; i < 11; ++i) {
    const v1::ReportForm& form = Forms().forms(i);
    EXPECT_EQ(form.number(), std::to_string(i + 1));
    EXPECT_EQ(form.columns_size(), columns[static_cast<size_t>(i)]) << form.number();
    const auto instrument = FindInstrument(InstrumentOf(form));
    ASSERT_TRUE(instrument.has_value());
    const absl::Status checked = CheckItems(instrument->items());
    EXPECT_TRUE(checked.ok()) << form.number() << ": " << checked;
  }
  EXPECT_EQ(FindForm("3")->title(), "PROJECT EXCEPTION REPORT");
  EXPECT_EQ(FindForm("12"), nullptr);
}

TEST(PrepareTemplate, TakesTheItemsOfAShippedInstrument) {
  auto given = fixture::InItsWorld(testing::Given<ChecklistTemplate>());
  const auto prepare = [](const std::string& more) {
    return testing::Parse<v1::PrepareTemplateRequest>(
        "title: 'T' validating_body: 'realms/test/committees/council' " + more);
  };
  given.When(prepare("shipped: 'sustainability'"));
  given.ThenEvents();
  EXPECT_EQ(given.state().instrument(), v1::INSTRUMENT_SUSTAINABILITY);
  EXPECT_EQ(given.state().versions(0).items_size(), 6);
  EXPECT_FALSE(given.state().source().empty());
  given.When(prepare("")).ThenRejected(absl::StatusCode::kInvalidArgument, "ITEM_INVALID", "items");
  given.When(prepare("shipped: 'x'"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ITEM_INVALID");
  given.When(prepare("shipped: 'radar' items { id: 'a' text: 'A' type: ANSWER_TYPE_TEXT }"))
      .ThenRejected(absl::StatusCode::kInvalidArgument, "ITEM_INVALID", "shipped");
}

}  // namespace
}  // namespace kasundo::monitoring
