#include "workflows/engine/definition_store.h"

#include "fmt/format.h"
#include "workflows/engine/definition_checker.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

absl::StatusOr<std::unique_ptr<const Lifecycle>> CompileRead(
    absl::StatusOr<workflows::v1::WorkflowDefinition> definition, const KindRegistry& kinds) {
  RETURN_IF_ERROR(definition.status());
  const Kind* kind = kinds.Find(definition->kind());
  return Lifecycle::Compile(*std::move(definition), *kind);
}

}  // namespace

absl::StatusOr<std::unique_ptr<DefinitionStore>> DefinitionStore::Create(
    const KindRegistry& kinds) {
  std::unique_ptr<DefinitionStore> store(new DefinitionStore(kinds));
  for (const auto& [id, text] : kinds.builtin_definitions) {
    auto lifecycle = CompileRead(ReadDefinition(text, kinds, nullptr), kinds);
    if (!lifecycle.ok()) {
      return absl::Status(
          lifecycle.status().code(),
          fmt::format("built-in definition {}: {}", id, std::string(lifecycle.status().message())));
    }
    store->built_in_[id] = *std::move(lifecycle);
  }
  return store;
}

absl::Status DefinitionStore::Add(std::string_view realm, std::string_view id, int32_t version,
                                  const std::string& text) {
  std::unique_ptr<const Lifecycle> lifecycle;
  ASSIGN_OR_RETURN(lifecycle, CompileRead(ReadAcceptedDefinition(text, kinds_), kinds_));
  std::lock_guard lock(mutex_);
  auto realm_entry = realms_.try_emplace(std::string(realm)).first;
  auto definition = realm_entry->second.try_emplace(std::string(id)).first;
  // A version is never replaced: its lifecycle may be in use.
  definition->second.try_emplace(version, std::move(lifecycle));
  return absl::OkStatus();
}

const Lifecycle* DefinitionStore::Find(std::string_view realm, std::string_view id,
                                       int32_t version) const {
  {
    std::lock_guard lock(mutex_);
    if (const auto in_realm = realms_.find(realm); in_realm != realms_.end()) {
      if (const auto found = in_realm->second.find(id);
          found != in_realm->second.end() && !found->second.empty()) {
        const Versions& versions = found->second;
        const auto chosen = version == 0 ? std::prev(versions.end()) : versions.find(version);
        if (chosen != versions.end()) return chosen->second.get();
      }
    }
  }
  if (version > 1) return nullptr;
  const auto bootstrap = built_in_.find(id);
  const bool own = id == "realm" || id == "definition";
  return own && bootstrap != built_in_.end() ? bootstrap->second.get() : nullptr;
}

int32_t DefinitionStore::Latest(std::string_view realm, std::string_view id) const {
  std::lock_guard lock(mutex_);
  if (const auto in_realm = realms_.find(realm); in_realm != realms_.end()) {
    if (const auto found = in_realm->second.find(id);
        found != in_realm->second.end() && !found->second.empty()) {
      return found->second.rbegin()->first;
    }
  }
  return 1;
}

std::vector<std::string> DefinitionStore::Ids(std::string_view realm) const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  if (const auto in_realm = realms_.find(realm); in_realm != realms_.end()) {
    for (const auto& [id, versions] : in_realm->second) ids.push_back(id);
  }
  return ids;
}

}  // namespace kasundo
