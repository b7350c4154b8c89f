#include "workflows/monitoring/oversight.h"

#include <algorithm>

#include "kasundo/committees/v1/committees_events.pb.h"
#include "kasundo/directory/v1/territory_events.pb.h"
#include "workflows/committee/body_roles.h"
#include "workflows/directory/territory_decider.h"

namespace kasundo::monitoring {
namespace {

// A tree is never that deep; what is entered in error may go in circles.
constexpr size_t kDeepest = 32;

template <typename S>
const S* StateOf(const Context::Lookup& lookup, std::string_view name) {
  const RelatedInstance* found = lookup ? lookup(name) : nullptr;
  return found == nullptr ? nullptr : dynamic_cast<const S*>(found->state);
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Adds `body` and what is nested in it, as far as their territories are among `around`. A body
// without a territory has the territory and the level of the one in which it is nested, `above`: a
// working group of a municipality is not the centre.
void Descend(const Context::Lookup& lookup, const std::string& body, const Overseer& above,
             const std::vector<std::string>& around, const CivilDate& day, size_t depth,
             std::vector<Overseer>& chain) {
  const auto* state = StateOf<committees::v1::CommitteeState>(lookup, body);
  if (state == nullptr || depth > kDeepest) return;
  Overseer overseer = above;
  overseer.body = body;
  if (!state->territory().empty()) {
    if (!Contains(around, state->territory())) return;
    overseer.territory = state->territory();
    const auto* territory = StateOf<directory::v1::TerritoryState>(lookup, state->territory());
    overseer.level = territory == nullptr ? directory::v1::TERRITORY_LEVEL_UNSPECIFIED
                                          : directory::LevelOn(*territory, day);
  }
  chain.push_back(overseer);
  for (const std::string& child : state->child_bodies()) {
    Descend(lookup, child, overseer, around, day, depth + 1, chain);
  }
}

}  // namespace

std::string TerritoryOverseenBy(const Context::Lookup& lookup, std::string_view body) {
  std::string here(body);
  for (size_t depth = 0; depth < kDeepest; ++depth) {
    const auto* state = StateOf<committees::v1::CommitteeState>(lookup, here);
    if (state == nullptr) return "";
    if (!state->territory().empty()) return state->territory();
    here = state->parent_body();
  }
  return "";
}

std::vector<std::string> TerritoriesAround(const Context::Lookup& lookup,
                                           std::string_view territory, const CivilDate& day) {
  std::vector<std::string> around;
  std::string here(territory);
  while (!here.empty() && around.size() < kDeepest) {
    around.push_back(here);
    const auto* state = StateOf<directory::v1::TerritoryState>(lookup, here);
    if (state == nullptr) break;
    here = directory::WithinOn(*state, day);
  }
  return around;
}

std::vector<Overseer> ChainOf(const Context::Lookup& lookup, std::string_view topmost,
                              std::string_view territory, const CivilDate& day) {
  std::vector<Overseer> chain;
  const std::vector<std::string> around = TerritoriesAround(lookup, territory, day);
  Descend(lookup, std::string(topmost), Overseer(), around, day, 0, chain);
  // The nearest first: by territory; of one territory, the one that is nested in the other.
  std::reverse(chain.begin(), chain.end());
  std::stable_sort(chain.begin(), chain.end(), [&](const Overseer& a, const Overseer& b) {
    const auto place = [&](const Overseer& overseer) {
      return std::find(around.begin(), around.end(), overseer.territory);
    };
    return place(a) < place(b);
  });
  return chain;
}

bool Validates(const Overseer& overseer, directory::v1::TerritoryLevel level) {
  // Higher levels have lower numbers; a centre is above all.
  return level == directory::v1::TERRITORY_LEVEL_UNSPECIFIED || overseer.level <= level;
}

bool ActsForBody(const Context& context, std::string_view body) {
  return committees::IsSecretariatOfBody(context, body) || committees::PresidesBody(context, body);
}

bool BelongsTo(const Context& context, std::string_view body) {
  return ActsForBody(context, body) || committees::IsMemberOfBody(context, body);
}

}  // namespace kasundo::monitoring
