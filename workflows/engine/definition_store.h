// The definitions of all realms, compiled. Filled from the journal at open and after each commit
// that deployed one; never shrinks, so the pointers it hands out live as long as it does. Any
// thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "workflows/engine/lifecycle.h"

namespace kasundo {

class DefinitionStore {
 public:
  // Compiles the built-in definitions of the registry, which must outlive the store.
  // INVALID_ARGUMENT naming the file and its errors if one is wrong.
  static absl::StatusOr<std::unique_ptr<DefinitionStore>> Create(const KindRegistry& kinds);

  // Makes a version known that was checked when it was deployed, perhaps by an earlier program.
  absl::Status Add(std::string_view realm, std::string_view id, int32_t version,
                   const std::string& text);

  // nullptr if there is none. Version 0 is the latest. The engine's own kinds find their built-in
  // definition before it is deployed.
  const Lifecycle* Find(std::string_view realm, std::string_view id, int32_t version) const;
  int32_t Latest(std::string_view realm, std::string_view id) const;
  std::vector<std::string> Ids(std::string_view realm) const;

 private:
  explicit DefinitionStore(const KindRegistry& kinds) : kinds_(kinds) {}

  using Versions = std::map<int32_t, std::unique_ptr<const Lifecycle>>;
  using Definitions = std::map<std::string, Versions, std::less<>>;

  const KindRegistry& kinds_;
  std::map<std::string, std::unique_ptr<const Lifecycle>, std::less<>> built_in_;
  mutable std::mutex mutex_;
  std::map<std::string, Definitions, std::less<>> realms_;
};

}  // namespace kasundo
