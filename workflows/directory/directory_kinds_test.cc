#include "workflows/directory/directory_kinds.h"

#include "gtest/gtest.h"
#include "workflows/engine/definition_checker.h"

namespace kasundo::directory {
namespace {

TEST(DirectoryKinds, ComeWithDefinitionsWithoutFaults) {
  KindRegistry registry;
  AddDirectory(registry);
  EXPECT_EQ(registry.builtin_definitions.size(), registry.kinds.size());
  for (const auto& [id, text] : registry.builtin_definitions) {
    const auto definition = ReadDefinition(text, registry);
    ASSERT_TRUE(definition.ok()) << id << ": " << definition.status();
    EXPECT_EQ(definition->definition(), id);
    EXPECT_NE(registry.Find(definition->kind()), nullptr);
  }
}

// Requirement 143: no field of the directory can hold a party; 137 and 139: nor a legal status or a
// sensitive attribute.
TEST(DirectoryKinds, HaveNoFieldForPartyOrSensitiveAttributes) {
  KindRegistry registry;
  AddDirectory(registry);
  for (const auto& kind : registry.kinds) {
    const auto* state = kind->state_type();
    for (int i = 0; i < state->field_count(); ++i) {
      for (const char* word : {"party", "status", "ethnic", "religion", "caste", "sexual"}) {
        EXPECT_EQ(state->field(i)->name().find(word), std::string::npos)
            << state->field(i)->full_name();
      }
    }
  }
}

}  // namespace
}  // namespace kasundo::directory
