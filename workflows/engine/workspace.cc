#include "workflows/engine/workspace.h"

#include <utility>

#include "workflows/engine/check.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {

absl::StatusOr<InstancePtr> Workspace::Find(std::string_view name) const {
  const std::string key(name);
  for (const Workspace* layer = this;; layer = layer->below_) {
    if (const auto found = layer->entries_.find(key); found != layer->entries_.end()) {
      return found->second;
    }
    if (layer->below_ == nullptr) return layer->FindStored(key);
  }
}

absl::StatusOr<InstancePtr> Workspace::FindStored(const std::string& name) const {
  if (below_ != nullptr) return below_->FindStored(name);
  if (const auto found = stored_.find(name); found != stored_.end()) return found->second;
  ASSIGN_OR_RETURN(InstancePtr loaded, load_(name));
  stored_.emplace(name, loaded);
  return loaded;
}

void Workspace::Put(InstancePtr entry) {
  std::string name = entry->name;
  entries_.insert_or_assign(std::move(name), std::move(entry));
}

const RealmTail* Workspace::Tail(std::string_view realm) const {
  for (const Workspace* layer = this; layer != nullptr; layer = layer->below_) {
    if (const auto found = layer->tails_.find(realm); found != layer->tails_.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

std::shared_ptr<const workflows::v1::EventRecord> Workspace::Append(
    std::string_view realm, absl::Time now, workflows::v1::EventRecord record) {
  auto tail = tails_.find(realm);
  if (tail == tails_.end()) {
    const RealmTail* below = Tail(realm);
    KASUNDO_CHECK(below != nullptr);
    tail = tails_.emplace(std::string(realm), *below).first;
  }
  RealmTail& end = tail->second;
  end.last_time = std::max(now, end.last_time);
  record.set_position(end.next++);
  SetTime(end.last_time, record.mutable_recorded_time());
  record.set_previous_hash(end.last_leaf);
  Stored stored{record.SerializeAsString(), {}, nullptr};
  stored.leaf = LeafHash(stored.bytes);
  end.last_leaf = stored.leaf;
  stored.record = std::make_shared<const workflows::v1::EventRecord>(std::move(record));
  auto events = events_.find(realm);
  if (events == events_.end()) events = events_.try_emplace(std::string(realm)).first;
  return events->second.emplace_back(std::move(stored)).record;
}

const workflows::v1::RequestRecord* Workspace::Request(const std::string& key) const {
  for (const Workspace* layer = this; layer != nullptr; layer = layer->below_) {
    if (const auto found = layer->requests_.find(key); found != layer->requests_.end()) {
      return &found->second;
    }
  }
  return nullptr;
}

void Workspace::PutRequest(std::string key, workflows::v1::RequestRecord record) {
  requests_.insert_or_assign(std::move(key), std::move(record));
}

void Workspace::Absorb(Workspace&& above) {
  KASUNDO_CHECK(above.below_ == this);
  for (auto& [name, entry] : above.entries_) entries_.insert_or_assign(name, std::move(entry));
  for (auto& [realm, tail] : above.tails_) tails_.insert_or_assign(realm, std::move(tail));
  for (auto& [realm, events] : above.events_) {
    auto& all = events_[realm];
    all.insert(all.end(), std::make_move_iterator(events.begin()),
               std::make_move_iterator(events.end()));
  }
  for (auto& [key, request] : above.requests_) {
    requests_.insert_or_assign(key, std::move(request));
  }
}

}  // namespace kasundo
