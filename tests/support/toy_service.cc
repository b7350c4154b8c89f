#include "tests/support/toy_service.h"

#include "kasundo/testing/v1/toy.pb.h"
#include "tests/support/toy_kind.h"

namespace kasundo::testing {

ServiceModule ToyModule() {
  ServiceModule module;
  module.name = "promises";
  module.add_kinds = [](KindRegistry& registry) {
    registry.kinds.push_back(MakeKind<PromiseDecider>());
    registry.builtin_definitions["promise"] = std::string(PromiseDefinitionText());
  };
  module.add_services = [](ServiceCatalog& catalog, Engine&) {
    catalog.AddService("kasundo.testing.v1.Promises");
    catalog.AddKind<v1::Promise>("promise", [](const Instance& instance, const MappingContext&) {
      const auto& state = static_cast<const v1::PromiseState&>(*instance.state);
      v1::Promise promise;
      promise.set_promiser(state.promiser());
      promise.set_promisee(state.promisee());
      promise.set_text(state.text());
      if (state.has_due()) *promise.mutable_due() = state.due();
      promise.set_weight(state.weight());
      *promise.mutable_witnesses() = state.witnesses();
      promise.set_rewordings(state.rewordings());
      if (state.has_kept_time()) *promise.mutable_kept_time() = state.kept_time();
      return promise;
    });
  };
  return module;
}

}  // namespace kasundo::testing
