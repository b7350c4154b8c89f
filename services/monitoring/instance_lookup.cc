#include "services/monitoring/instance_lookup.h"

namespace kasundo::monitoring {

const RelatedInstance* InstanceLookup::Find(std::string_view name) {
  if (name.empty()) return nullptr;
  const auto known = held_.find(name);
  if (known != held_.end()) return known->second ? &known->second->related : nullptr;
  auto found = engine_.Get(name, as_of_);
  // Records of old times are often entered without the day of each act, but with dates in them.
  if (!found.ok() && as_of_.has_value() && as_of_->has_business_date()) found = engine_.Get(name);
  auto& held = held_[std::string(name)];
  if (!found.ok()) return nullptr;
  held = std::make_unique<Held>(Held{*std::move(found), {}});
  const Instance& instance = held->instance;
  held->related = {instance.name,
                   instance.record.kind(),
                   instance.record.lifecycle_state(),
                   instance.record.revision(),
                   instance.record.position(),
                   instance.state.get()};
  return &held->related;
}

}  // namespace kasundo::monitoring
