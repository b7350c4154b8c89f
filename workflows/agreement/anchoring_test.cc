#include "workflows/agreement/anchoring.h"

#include "gtest/gtest.h"
#include "tests/support/given.h"

namespace kasundo::agreements {
namespace {

using kasundo::testing::Parse;

v1::Anchoring Of(const std::string& links) {
  return Deepest(DocumentsOf(Parse<v1::AgreementState>(links)));
}

// Rule 133, in its order.
TEST(LevelOf, RisesFromALetterToAnOrdinanceWithABudget) {
  EXPECT_EQ(Of("").level(), v1::ANCHORING_LEVEL_PROJECT_ONLY);
  const std::vector<v1::AnchoringLevel> levels = {
      LevelOf(v1::INSTRUMENT_TYPE_LETTER_OF_SUPPORT, true),
      LevelOf(v1::INSTRUMENT_TYPE_TWINNING, true),
      LevelOf(v1::INSTRUMENT_TYPE_EXECUTIVE_ORDER, true),
      LevelOf(v1::INSTRUMENT_TYPE_RESOLUTION, true),
      LevelOf(v1::INSTRUMENT_TYPE_ORDINANCE, false),
      LevelOf(v1::INSTRUMENT_TYPE_ORDINANCE, true),
  };
  for (size_t i = 0; i < levels.size(); ++i) {
    EXPECT_EQ(levels[i], v1::ANCHORING_LEVEL_LETTER + static_cast<int>(i));
  }
}

TEST(Deepest, IsTheDevelopmentPlanWhereOneTakesItUp) {
  const auto anchoring =
      Of("links { kind: LINK_KIND_GREW_FROM document: 'Letter of 2010' document_type: "
         "INSTRUMENT_TYPE_LETTER_OF_SUPPORT } links { kind: LINK_KIND_TAKEN_UP_IN document: "
         "'Development plan 2011-2016' }");
  EXPECT_EQ(anchoring.level(), v1::ANCHORING_LEVEL_DEVELOPMENT_PLAN);
  ASSERT_EQ(anchoring.instruments_size(), 1);
  EXPECT_EQ(anchoring.instruments(0), "Development plan 2011-2016");
}

TEST(Deepest, NamesEveryInstrumentOfThatLevel) {
  const auto anchoring = Deepest({{"order", v1::ANCHORING_LEVEL_EXECUTIVE_ORDER},
                                  {"ordinance 12", v1::ANCHORING_LEVEL_ORDINANCE},
                                  {"ordinance 14", v1::ANCHORING_LEVEL_ORDINANCE}});
  EXPECT_EQ(anchoring.level(), v1::ANCHORING_LEVEL_ORDINANCE);
  EXPECT_EQ(anchoring.instruments_size(), 2);
}

TEST(DocumentsOf, CountsABudgetLineAndLeavesInstancesToTheCaller) {
  EXPECT_EQ(Of("links { kind: LINK_KIND_GIVES_EFFECT_TO document: 'Ordinance 12' document_type: "
               "INSTRUMENT_TYPE_ORDINANCE budget_line: 'MOOE 1' }")
                .level(),
            v1::ANCHORING_LEVEL_ORDINANCE_WITH_BUDGET);
  EXPECT_EQ(Of("links { kind: LINK_KIND_GIVES_EFFECT_TO instrument: 'realms/test/agreements/x' }")
                .level(),
            v1::ANCHORING_LEVEL_PROJECT_ONLY);
}

}  // namespace
}  // namespace kasundo::agreements
