// What the writer has decided but not yet written: layers over the stored instances. A group of
// commands is one layer over the store; each command is tried in a layer over the group and
// absorbed only if it is accepted, so a refused command leaves no trace and costs the others
// nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/instance_entry.h"

namespace kasundo {

// A realm as the writer knows it.
struct RealmTail {
  uint32_t number = 0;
  int64_t next = 0;
  std::string last_leaf = std::string(32, '\0');
  absl::Time last_time = absl::InfinitePast();
  absl::TimeZone zone = absl::UTCTimeZone();
  bool founded = false;  // its number is stored
};

class Workspace {
 public:
  // Finds an instance in the store or its cache; nullptr if there is none.
  using Load = std::function<absl::StatusOr<InstancePtr>(std::string_view name)>;

  // The bottom layer.
  Workspace(Load load, std::map<std::string, RealmTail, std::less<>> tails)
      : load_(std::move(load)), tails_(std::move(tails)) {}
  // A layer over another, which must outlive it and not change meanwhile.
  explicit Workspace(const Workspace& below) : below_(&below) {}

  Workspace& operator=(const Workspace&) = delete;

  absl::StatusOr<InstancePtr> Find(std::string_view name) const;
  // The same as it is stored, without what was decided since.
  absl::StatusOr<InstancePtr> FindStored(const std::string& name) const;
  void Put(InstancePtr entry);

  // nullptr if there is no such realm.
  const RealmTail* Tail(std::string_view realm) const;

  // Appends an event, whose record gets its position, time and chain.
  std::shared_ptr<const workflows::v1::EventRecord> Append(std::string_view realm, absl::Time now,
                                                           workflows::v1::EventRecord record);

  const workflows::v1::RequestRecord* Request(const std::string& key) const;
  void PutRequest(std::string key, workflows::v1::RequestRecord record);

  // Takes over what the layer above has.
  void Absorb(Workspace&& above);

  struct Stored {
    std::string bytes;
    std::string leaf;
    std::shared_ptr<const workflows::v1::EventRecord> record;
  };
  // Of this layer alone, in order.
  const std::map<std::string, std::vector<Stored>, std::less<>>& events() const { return events_; }
  const std::unordered_map<std::string, InstancePtr>& entries() const { return entries_; }
  const std::map<std::string, workflows::v1::RequestRecord>& requests() const { return requests_; }
  const std::map<std::string, RealmTail, std::less<>>& tails() const { return tails_; }
  void SetTail(std::string_view realm, RealmTail tail) {
    tails_.insert_or_assign(std::string(realm), std::move(tail));
  }

 private:
  const Workspace* below_ = nullptr;
  Load load_;
  mutable std::unordered_map<std::string, InstancePtr>
      stored_;                                           // what was loaded, or that there is none
  std::map<std::string, RealmTail, std::less<>> tails_;  // of realms that this layer appended to
  std::map<std::string, std::vector<Stored>, std::less<>> events_;
  std::unordered_map<std::string, InstancePtr> entries_;
  std::map<std::string, workflows::v1::RequestRecord> requests_;
};

}  // namespace kasundo
