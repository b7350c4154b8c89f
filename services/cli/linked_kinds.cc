#include "services/cli/linked_kinds.h"

#include "workflows/engine/engine_kinds.h"

namespace kasundo::cli {

const KindRegistry& LinkedKinds() {
  static const KindRegistry* registry = [] {
    auto* kinds = new KindRegistry;
    AddEngineKinds(*kinds);
    return kinds;
  }();
  return *registry;
}

}  // namespace kasundo::cli
