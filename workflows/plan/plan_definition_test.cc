// The definitions that ship, and gates that a realm adds without a rebuild.
#include <string>

#include "absl/strings/str_replace.h"
#include "workflows/engine/definition_checker.h"
#include "workflows/plan/plan_fixture.h"
#include "workflows/plan/plan_kinds.h"

namespace kasundo::plans {
namespace {

KindRegistry Kinds() {
  KindRegistry registry;
  AddPlans(registry);
  return registry;
}

TEST(PlanDefinitions, AreAcceptedByTheChecker) {
  const KindRegistry registry = Kinds();
  for (const auto& [id, text] : registry.builtin_definitions) {
    std::vector<workflows::v1::DefinitionError> errors;
    EXPECT_TRUE(ReadDefinition(text, registry, &errors).ok()) << FormatErrors(id, errors);
  }
}

TEST(PlanDefinitions, ARealmMayAskForFoundationsAndABalancedBudgetBeforeApproval) {
  const KindRegistry registry = Kinds();
  const std::string shipped(registry.builtin_definitions.at("plan"));
  const std::string changed = absl::StrReplaceAll(
      shipped,
      {{"from: [proposed, revising], to: in-force, by: [secretariat, administrator]}",
        "from: [proposed, revising], to: in-force, by: [secretariat, administrator], guard: "
        "{all: [{check: foundations-complete}, {check: sources-equal-uses}]}}"}});
  ASSERT_NE(changed, shipped);
  std::vector<workflows::v1::DefinitionError> errors;
  EXPECT_TRUE(ReadDefinition(changed, registry, &errors).ok()) << FormatErrors("plan", errors);
}

}  // namespace
}  // namespace kasundo::plans
