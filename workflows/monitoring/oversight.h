// The chain of oversight (requirement 81): centre <- local committee <- provincial council <-
// regional committee. It is computed, never entered: from the topmost body down through the bodies
// nested in it, those whose territory the unit lies in. So each body sees exactly its subtree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kasundo/directory/v1/territory.pb.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/context.h"

namespace kasundo::monitoring {

struct Overseer {
  std::string body;
  // Of the body, else of the nearest body around it; "" and unspecified for a centre.
  std::string territory;
  directory::v1::TerritoryLevel level = directory::v1::TERRITORY_LEVEL_UNSPECIFIED;
};

// The territory of a body, or of the nearest body in which it is nested; "" for a centre.
std::string TerritoryOverseenBy(const Context::Lookup& lookup, std::string_view body);

// The territory and those around it on a day, the nearest first.
std::vector<std::string> TerritoriesAround(const Context::Lookup& lookup,
                                           std::string_view territory, const CivilDate& day);

// The bodies that oversee what lies in `territory`, the nearest first; empty if the topmost body
// does not oversee it at all.
std::vector<Overseer> ChainOf(const Context::Lookup& lookup, std::string_view topmost,
                              std::string_view territory, const CivilDate& day);

// Whether a body validates where bodies of `level` and above do; any does if that is unspecified.
bool Validates(const Overseer& overseer, directory::v1::TerritoryLevel level);

// Whether the actor is of the body's secretariat, presides it or is its member.
bool BelongsTo(const Context& context, std::string_view body);

// Whether the actor is of the body's secretariat or presides it.
bool ActsForBody(const Context& context, std::string_view body);

}  // namespace kasundo::monitoring
