#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "workflows/committee/committee_kinds.h"
#include "workflows/engine/definition_checker.h"

namespace kasundo::committees {
namespace {

TEST(BodyDefinitions, AreAcceptedByTheChecker) {
  KindRegistry registry;
  AddBodies(registry);
  for (const auto& [id, text] : registry.builtin_definitions) {
    std::vector<workflows::v1::DefinitionError> errors;
    const auto definition = ReadDefinition(text, registry, &errors);
    EXPECT_TRUE(definition.ok()) << FormatErrors(id, errors);
  }
}

}  // namespace
}  // namespace kasundo::committees
