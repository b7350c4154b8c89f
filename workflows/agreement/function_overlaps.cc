#include "workflows/agreement/function_overlaps.h"

#include <algorithm>
#include <optional>

#include "workflows/agreement/agreement_checks.h"
#include "workflows/agreement/party_roles.h"
#include "workflows/engine/civil_date.h"

namespace kasundo::agreements {
namespace {

using Organisations = std::set<std::string>;

// Territories lie at most this deep: nation, region, province, town, barangay, and some to spare.
constexpr int kDeepest = 16;

bool IsWithin(std::string territory, const std::string& wide, const AroundTerritory& around) {
  for (int i = 0; i < kDeepest && !territory.empty(); ++i) {
    if (territory == wide) return true;
    territory = around(territory);
  }
  return false;
}

// The smaller of the first two territories that are the same or lie within each other.
std::optional<std::string> CommonTerritory(const v1::AgreementState& here,
                                           const v1::AgreementState& other,
                                           const AroundTerritory& around) {
  for (const std::string& mine : here.territories()) {
    for (const std::string& theirs : other.territories()) {
      if (IsWithin(mine, theirs, around)) return mine;
      if (IsWithin(theirs, mine, around)) return theirs;
    }
  }
  return std::nullopt;
}

const v1::CooperationArea* AreaWithLeads(const v1::AgreementState& agreement,
                                         const v1::CooperationArea& area) {
  const v1::CooperationArea* at = &area;
  while (at != nullptr && at->leads().empty()) {
    at = at->parent().empty() ? nullptr : FindById(agreement.areas(), at->parent());
  }
  return at;
}

Organisations GivenTo(const v1::AgreementState& agreement, const v1::CooperationArea& area) {
  Organisations organisations;
  const v1::CooperationArea* led = AreaWithLeads(agreement, area);
  for (const v1::Party* party : PartiesOf(agreement)) {
    const bool leads = led == nullptr ||
                       std::any_of(led->leads().begin(), led->leads().end(),
                                   [&](const v1::AreaLead& l) { return l.party() == party->id(); });
    if (leads) organisations.insert(party->organisation());
  }
  return organisations;
}

// Whether two different organisations have it, one here and one there.
bool AreTwo(const Organisations& here, const Organisations& there) {
  return !here.empty() && !there.empty() &&
         (here.size() > 1 || there.size() > 1 || *here.begin() != *there.begin());
}

bool LinksTo(const AgreementOnRecord& from, const std::string& to) {
  const auto& links = from.state->links();
  return from.state->revived_from() == to ||
         std::any_of(links.begin(), links.end(),
                     [&](const v1::InstrumentLink& link) { return link.instrument() == to; });
}

// Whether the area here was entered after the one there; of two of one day, and where a day is not
// recorded, that of the name that comes later.
bool EnteredLater(const AgreementOnRecord& here, const v1::CooperationArea& mine,
                  const AgreementOnRecord& other, const v1::CooperationArea& theirs) {
  if (mine.has_since() != theirs.has_since()) return mine.has_since();
  if (mine.has_since() && First(mine.since()) != First(theirs.since())) {
    return First(mine.since()) > First(theirs.since());
  }
  return here.name > other.name;
}

std::string KeyOf(const v1::CooperationArea& area) {
  return FunctionKey(area.function().empty() ? area.title() : area.function());
}

}  // namespace

std::string FunctionKey(std::string_view text) {
  std::string key;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    const bool capital = c >= 'A' && c <= 'Z';
    if (letter || capital) {
      key.push_back(capital ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!key.empty() && key.back() != '-') {
      key.push_back('-');
    }
  }
  if (!key.empty() && key.back() == '-') key.pop_back();
  return key;
}

std::set<std::string> FunctionKeysOf(const v1::AgreementState& agreement) {
  std::set<std::string> keys;
  for (const v1::CooperationArea& area : agreement.areas()) keys.insert(KeyOf(area));
  return keys;
}

std::vector<v1::FunctionOverlap> OverlapsOf(const AgreementOnRecord& here,
                                            const AgreementOnRecord& other,
                                            const AroundTerritory& around) {
  std::vector<v1::FunctionOverlap> overlaps;
  if (here.name == other.name || LinksTo(here, other.name) || LinksTo(other, here.name)) {
    return overlaps;
  }
  std::optional<std::string> territory;
  for (const v1::CooperationArea& mine : here.state->areas()) {
    for (const v1::CooperationArea& theirs : other.state->areas()) {
      if (KeyOf(mine) != KeyOf(theirs)) continue;
      const Organisations given = GivenTo(*here.state, mine);
      const Organisations given_there = GivenTo(*other.state, theirs);
      if (!AreTwo(given, given_there)) continue;
      if (!territory.has_value()) territory = CommonTerritory(*here.state, *other.state, around);
      if (!territory.has_value()) return overlaps;
      v1::FunctionOverlap& overlap = overlaps.emplace_back();
      overlap.set_function(mine.function().empty() ? mine.title() : mine.function());
      overlap.set_area(mine.id());
      overlap.set_other(other.name);
      overlap.set_other_area(theirs.id());
      overlap.set_territory(*territory);
      for (const std::string& one : given) overlap.add_organisations(one);
      for (const std::string& one : given_there) overlap.add_other_organisations(one);
      overlap.set_entered_later(EnteredLater(here, mine, other, theirs));
    }
  }
  return overlaps;
}

}  // namespace kasundo::agreements
