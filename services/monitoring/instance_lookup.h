// Other instances as the rules look them up, for mappings and queries: as of the same point, each
// read once, held as long as the object lives.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "workflows/engine/engine.h"

namespace kasundo::monitoring {

class InstanceLookup {
 public:
  InstanceLookup(const Engine& engine, std::optional<api::v1::AsOf> as_of)
      : engine_(engine), as_of_(std::move(as_of)) {}
  InstanceLookup(const InstanceLookup&) = delete;
  InstanceLookup& operator=(const InstanceLookup&) = delete;

  // What the rules ask for. The lookup must outlive it.
  Context::Lookup function() {
    return [this](std::string_view name) { return Find(name); };
  }
  // nullptr if there is none.
  const RelatedInstance* Find(std::string_view name);

 private:
  struct Held {
    Instance instance;
    RelatedInstance related;
  };
  const Engine& engine_;
  const std::optional<api::v1::AsOf> as_of_;
  std::map<std::string, std::unique_ptr<Held>, std::less<>> held_;
};

}  // namespace kasundo::monitoring
