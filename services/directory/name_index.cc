#include "services/directory/name_index.h"

#include <algorithm>
#include <array>

#include "kasundo/directory/v1/office_events.pb.h"
#include "kasundo/directory/v1/organisation_events.pb.h"
#include "kasundo/directory/v1/person_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "services/directory/name_folding.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::directory {
namespace {

constexpr std::array<const char*, 4> kKinds = {"territory", "organisation", "office", "person"};

template <typename State>
bool CollectNames(const Instance& instance, std::vector<std::string>& names) {
  const auto* state = dynamic_cast<const State*>(instance.state.get());
  if (state == nullptr) return false;
  for (const auto& name : state->names()) names.push_back(name.text());
  for (const auto& alias : state->aliases()) names.push_back(alias.text());
  return true;
}

std::vector<std::string> NamesOf(const Instance& instance) {
  std::vector<std::string> names;
  CollectNames<v1::TerritoryState>(instance, names) ||
      CollectNames<v1::OrganisationState>(instance, names) ||
      CollectNames<v1::OfficeState>(instance, names) ||
      CollectNames<v1::PersonState>(instance, names);
  return names;
}

bool HasWordBeginningWith(const std::string& folded, const std::string& text) {
  return folded.compare(0, text.size(), text) == 0 || folded.find(" " + text) != std::string::npos;
}

}  // namespace

NameIndex::NameIndex(Engine& engine)
    : engine_(engine), changed_(engine, {kKinds.begin(), kKinds.end()}) {}

void NameIndex::Put(const Instance& instance, Realm& realm) {
  realm.erase(instance.name);
  // What was entered by mistake is not to be found.
  if (instance.record.lifecycle_state() == "withdrawn") return;
  Entry& entry = realm[instance.name];
  entry.kind = instance.record.kind();
  for (std::string& name : NamesOf(instance)) {
    entry.names.push_back({FoldName(name), std::move(name)});
  }
}

absl::Status NameIndex::Follow() {
  if (!changed_.Any()) return absl::OkStatus();
  return changed_.Learn([this](const std::set<std::string>& names) -> absl::Status {
    for (const std::string& name : names) {
      const auto realm = realms_.find(std::string(RealmOf(name)));
      if (realm == realms_.end()) continue;
      ASSIGN_OR_RETURN(const Instance instance, engine_.Get(name));
      Put(instance, realm->second);
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<NameIndex::Realm*> NameIndex::Load(const std::string& realm) {
  const auto known = realms_.find(realm);
  if (known != realms_.end()) return &known->second;
  Realm loaded;
  for (const char* kind : kKinds) {
    ASSIGN_OR_RETURN(const std::vector<Instance> all, AllOf(engine_, kind, realm));
    for (const Instance& instance : all) Put(instance, loaded);
  }
  return &(realms_[realm] = std::move(loaded));
}

absl::StatusOr<std::vector<NameIndex::Match>> NameIndex::Find(const std::string& realm,
                                                              std::string_view text,
                                                              const std::set<std::string>& kinds,
                                                              size_t limit) {
  const std::string wanted = FoldName(text);
  std::vector<Match> matches;
  if (wanted.empty()) return matches;
  const std::lock_guard<std::mutex> lock(mutex_);
  RETURN_IF_ERROR(Follow());
  ASSIGN_OR_RETURN(const Realm* entries, Load(realm));
  for (const auto& [name, entry] : *entries) {
    if (!kinds.empty() && kinds.count(entry.kind) == 0) continue;
    const Name* best = nullptr;
    for (const Name& each : entry.names) {
      if (each.folded == wanted) {
        best = &each;
        break;
      }
      if (best == nullptr && HasWordBeginningWith(each.folded, wanted)) best = &each;
    }
    if (best != nullptr) {
      matches.push_back({name, entry.kind, best->entered, best->folded == wanted});
    }
  }
  std::stable_partition(matches.begin(), matches.end(), [](const Match& one) { return one.exact; });
  if (matches.size() > limit) matches.resize(limit);
  return matches;
}

}  // namespace kasundo::directory
