// The same function in the same territory, given to different organisations by two agreements: a
// warning at the second entry (requirement 40). Pure, over agreements that are alive.
//
// A function is what an area says in `function`, else its title; spelling differs in case, spaces
// and hyphens. A territory is the same if one is the other or lies within it. Given is it to the
// organisations of the area's leads, else of those above it, else of all parties. No warning is
// given between agreements of which one grew from or gives effect to the other: they repeat it on
// purpose.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kasundo/agreements/v1/agreements_events.pb.h"

namespace kasundo::agreements {

struct AgreementOnRecord {
  std::string name;
  const v1::AgreementState* state = nullptr;
};

// The territory around one; "" for none.
using AroundTerritory = std::function<std::string(const std::string& territory)>;

// "Migrant Desk", "migrant-desk" and "migrant  desk" as "migrant-desk".
std::string FunctionKey(std::string_view text);

// Keys of the functions that its areas carry out.
std::set<std::string> FunctionKeysOf(const v1::AgreementState& agreement);

// What overlaps, told from the side of `here`.
std::vector<v1::FunctionOverlap> OverlapsOf(const AgreementOnRecord& here,
                                            const AgreementOnRecord& other,
                                            const AroundTerritory& around);

}  // namespace kasundo::agreements
