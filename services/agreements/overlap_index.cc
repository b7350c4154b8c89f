#include "services/agreements/overlap_index.h"

#include <utility>

#include "kasundo/directory/v1/territory_events.pb.h"
#include "services/agreements/agreements_on_record.h"
#include "workflows/directory/territory_decider.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/status_macros.h"

namespace kasundo::agreements {
namespace {

constexpr size_t kReadAtOnce = 1'000;

AroundTerritory AroundIn(const Engine& engine, const std::string& realm) {
  const auto zone = engine.TimeZoneOf(realm);
  const CivilDate today = DayOf(engine.clock().Now(), zone.ok() ? *zone : absl::UTCTimeZone());
  // A territory that another process holds is known by its name alone.
  return [&engine, today](const std::string& territory) -> std::string {
    const auto found = engine.Get(territory);
    if (!found.ok()) return "";
    const auto* state = dynamic_cast<const directory::v1::TerritoryState*>(found->state.get());
    return state == nullptr ? "" : directory::WithinOn(*state, today);
  };
}

}  // namespace

absl::StatusOr<std::vector<v1::FunctionOverlap>> OverlapIndex::Of(const Engine& engine,
                                                                  const std::string& agreement) {
  const std::string realm(RealmOf(agreement));
  const absl::MutexLock lock(&mutex_);
  Realm& held = realms_[realm];
  RETURN_IF_ERROR(CatchUp(engine, realm, held));
  return OverlapsIn(held, engine, agreement);
}

absl::StatusOr<std::vector<v1::AgreementOverlap>> OverlapIndex::All(const Engine& engine,
                                                                    const std::string& realm) {
  const absl::MutexLock lock(&mutex_);
  Realm& held = realms_[realm];
  RETURN_IF_ERROR(CatchUp(engine, realm, held));
  std::vector<v1::AgreementOverlap> all;
  for (const auto& [name, state] : held.alive) {
    for (v1::FunctionOverlap& overlap : OverlapsIn(held, engine, name)) {
      if (!overlap.entered_later()) continue;
      v1::AgreementOverlap& told = all.emplace_back();
      told.set_agreement(name);
      *told.mutable_overlap() = std::move(overlap);
    }
  }
  return all;
}

absl::Status OverlapIndex::CatchUp(const Engine& engine, const std::string& realm, Realm& held) {
  ASSIGN_OR_RETURN(const int64_t end, engine.NextPosition(realm));
  if (held.next < 0) {
    RETURN_IF_ERROR(ForEachAgreement(engine, realm, [&](const Instance& instance) {
      Hold(engine, instance, held);
      return absl::OkStatus();
    }));
    held.next = end;
  }
  std::set<std::string> changed;
  while (held.next < end) {
    ASSIGN_OR_RETURN(const auto records, engine.ReadJournal(realm, held.next, kReadAtOnce));
    if (records.empty()) break;
    for (const auto& record : records) {
      if (record.kind() == kAgreementKind) changed.insert(record.instance());
    }
    held.next += static_cast<int64_t>(records.size());
  }
  for (const std::string& name : changed) {
    Forget(name, held);
    ASSIGN_OR_RETURN(const Instance instance, engine.Get(name));
    Hold(engine, instance, held);
  }
  return absl::OkStatus();
}

void OverlapIndex::Forget(const std::string& name, Realm& held) {
  const auto found = held.alive.find(name);
  if (found == held.alive.end()) return;
  for (const std::string& key : FunctionKeysOf(*found->second)) held.by_function[key].erase(name);
  held.alive.erase(found);
}

void OverlapIndex::Hold(const Engine& engine, const Instance& instance, Realm& held) {
  auto state = std::dynamic_pointer_cast<const v1::AgreementState>(instance.state);
  if (state == nullptr || state->areas().empty() || IsOver(engine, instance)) return;
  for (const std::string& key : FunctionKeysOf(*state)) held.by_function[key].insert(instance.name);
  held.alive[instance.name] = std::move(state);
}

std::vector<v1::FunctionOverlap> OverlapIndex::OverlapsIn(const Realm& held, const Engine& engine,
                                                          const std::string& agreement) const {
  std::vector<v1::FunctionOverlap> overlaps;
  const auto here = held.alive.find(agreement);
  if (here == held.alive.end()) return overlaps;
  std::set<std::string> others;
  for (const std::string& key : FunctionKeysOf(*here->second)) {
    const auto& names = held.by_function.at(key);
    others.insert(names.begin(), names.end());
  }
  const AroundTerritory around = AroundIn(engine, std::string(RealmOf(agreement)));
  for (const std::string& other : others) {
    auto found =
        OverlapsOf({agreement, here->second.get()}, {other, held.alive.at(other).get()}, around);
    for (v1::FunctionOverlap& overlap : found) overlaps.push_back(std::move(overlap));
  }
  return overlaps;
}

}  // namespace kasundo::agreements
