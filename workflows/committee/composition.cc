#include "workflows/committee/composition.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/util/message_differencer.h"
#include "workflows/committee/committee_decider.h"
#include "workflows/committee/roster.h"
#include "workflows/committee/sector_words.h"
#include "workflows/engine/refusal.h"

namespace kasundo::committees {
namespace {

std::string LevelInWords(v1::Level level) {
  switch (level) {
    case v1::LEVEL_INTERNATIONAL:
      return "international";
    case v1::LEVEL_NATIONAL:
      return "national";
    case v1::LEVEL_REGIONAL:
      return "regional";
    case v1::LEVEL_PROVINCIAL:
      return "provincial";
    case v1::LEVEL_LOCAL:
      return "city or municipal";
    case v1::LEVEL_COMMUNITY:
      return "community";
    default:
      return "unnamed";
  }
}

int MinimumOf(const v1::CompositionRule& rule) { return std::max(1, rule.minimum()); }

void CheckLevels(const Roster& roster, CompositionFinding& finding) {
  std::vector<std::string> missing;
  for (const int level : finding.rule->levels()) {
    const bool present = std::any_of(
        roster.seats.begin(), roster.seats.end(),
        [&](const RosterSeat& seat) { return seat.filled() && seat.seat->level() == level; });
    if (present) continue;
    finding.violation.add_missing_levels(static_cast<v1::Level>(level));
    missing.push_back(LevelInWords(static_cast<v1::Level>(level)));
  }
  finding.shortfall = static_cast<int>(missing.size());
  finding.violation.set_message(
      fmt::format("no filled seat of level {}; {} of {} levels present", fmt::join(missing, ", "),
                  finding.rule->levels_size() - finding.shortfall, finding.rule->levels_size()));
}

void CheckSectors(const Roster& roster, CompositionFinding& finding) {
  const auto& sectors = finding.rule->sectors();
  const auto present = static_cast<int>(
      std::count_if(roster.seats.begin(), roster.seats.end(), [&](const RosterSeat& seat) {
        return seat.filled() &&
               std::find(sectors.begin(), sectors.end(), seat.seat->sector()) != sectors.end();
      }));
  const int needed = MinimumOf(*finding.rule);
  std::vector<std::string> names;
  for (const int sector : sectors) names.emplace_back(InWords(static_cast<v1::Sector>(sector)));
  finding.shortfall = std::max(0, needed - present);
  finding.violation.set_message(
      fmt::format("{} filled seats of {}; {} needed", present, fmt::join(names, " or "), needed));
}

void CheckTerritories(const Roster& roster, CompositionFinding& finding) {
  std::map<std::string, int> seats;
  std::set<std::string> filled;
  for (const RosterSeat& seat : roster.seats) {
    ++seats[seat.seat->territory()];
    if (seat.filled()) filled.insert(seat.seat->territory());
  }
  int covered = 0;
  std::vector<std::string> doubled;
  for (const std::string& territory : finding.rule->territories()) {
    if (seats[territory] > 1) {
      doubled.push_back(territory);
      finding.shortfall += seats[territory] - 1;
    }
    if (filled.contains(territory)) {
      ++covered;
    } else {
      finding.violation.add_uncovered_territories(territory);
      ++finding.shortfall;
    }
  }
  std::string message = fmt::format("{} of {} territories have a filled seat", covered,
                                    finding.rule->territories_size());
  if (!finding.violation.uncovered_territories().empty()) {
    message +=
        fmt::format("; without: {}", fmt::join(finding.violation.uncovered_territories(), ", "));
  }
  if (!doubled.empty()) {
    message += fmt::format("; with more than one seat: {}", fmt::join(doubled, ", "));
  }
  finding.violation.set_message(message);
}

void CheckPost(const v1::CommitteeState& state, const CivilDate& day, v1::OfficerPosition position,
               bool elected, CompositionFinding& finding) {
  const auto in_post = OfficersOn(state, day);
  const bool found = std::any_of(in_post.begin(), in_post.end(), [&](const OfficerInPost& entry) {
    return entry.officer->position() == position && (!elected || entry.officer->elected());
  });
  finding.shortfall = found ? 0 : 1;
  finding.violation.set_message(
      fmt::format("no {}{} in office; 1 needed", elected ? "elected " : "", InWords({position})));
}

CompositionFinding CheckRule(const v1::CommitteeState& state, const Roster& roster,
                             const v1::CompositionRule& rule) {
  CompositionFinding finding;
  finding.rule = &rule;
  finding.violation.set_rule(rule.id());
  const auto filled =
      static_cast<int>(std::count_if(roster.seats.begin(), roster.seats.end(),
                                     [](const RosterSeat& seat) { return seat.filled(); }));
  const auto seats = static_cast<int>(roster.seats.size());
  switch (rule.check()) {
    case v1::COMPOSITION_CHECK_LEVELS_PRESENT:
      CheckLevels(roster, finding);
      break;
    case v1::COMPOSITION_CHECK_SECTORS_PRESENT:
      CheckSectors(roster, finding);
      break;
    case v1::COMPOSITION_CHECK_ELECTED_COORDINATOR:
      CheckPost(state, roster.on, v1::OFFICER_POSITION_COORDINATOR, true, finding);
      break;
    case v1::COMPOSITION_CHECK_PLANNING_FOCAL_POINT:
      CheckPost(state, roster.on, v1::OFFICER_POSITION_PLANNING_FOCAL_POINT, false, finding);
      break;
    case v1::COMPOSITION_CHECK_ONE_SEAT_PER_TERRITORY:
      CheckTerritories(roster, finding);
      break;
    case v1::COMPOSITION_CHECK_MINIMUM_MEMBERS:
      finding.shortfall = std::max(0, MinimumOf(rule) - filled);
      finding.violation.set_message(
          fmt::format("{} filled seats; {} needed", filled, MinimumOf(rule)));
      break;
    case v1::COMPOSITION_CHECK_MAXIMUM_SEATS:
      finding.shortfall = std::max(0, seats - MinimumOf(rule));
      finding.violation.set_message(fmt::format("{} seats; {} allowed", seats, MinimumOf(rule)));
      break;
    default:
      break;
  }
  return finding;
}

absl::Status CheckOneRule(const v1::CompositionRule& rule, const std::string& field) {
  const auto invalid = [&](std::string_view part, std::string message) -> absl::Status {
    return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_COMPOSITION_RULE_INVALID,
                  fmt::format("rule \"{}\": {}", rule.id(), message))
        .Field(fmt::format("{}.{}", field, part))
        .Mend("Give what the check needs, or choose another check.");
  };
  switch (rule.check()) {
    case v1::COMPOSITION_CHECK_LEVELS_PRESENT:
      return rule.levels().empty() ? invalid("levels", "it names no level") : absl::OkStatus();
    case v1::COMPOSITION_CHECK_SECTORS_PRESENT:
      return rule.sectors().empty() ? invalid("sectors", "it names no sector") : absl::OkStatus();
    case v1::COMPOSITION_CHECK_ONE_SEAT_PER_TERRITORY:
      return rule.territories().empty() ? invalid("territories", "it names no territory")
                                        : absl::OkStatus();
    case v1::COMPOSITION_CHECK_MAXIMUM_SEATS:
      return rule.minimum() < 1 ? invalid("minimum", "it gives no number") : absl::OkStatus();
    case v1::COMPOSITION_CHECK_UNSPECIFIED:
      return invalid("check", "it says not what it demands");
    default:
      return absl::OkStatus();
  }
}

v1::CommitteeState After(v1::CommitteeState state, const std::vector<v1::CommitteeEvent>& events) {
  for (const v1::CommitteeEvent& event : events) state = Committee::Evolve(std::move(state), event);
  return state;
}

}  // namespace

std::vector<CompositionFinding> CheckComposition(const v1::CommitteeState& state,
                                                 const CivilDate& day) {
  const Roster roster = RosterOn(state, day);
  std::vector<CompositionFinding> findings;
  for (const v1::CompositionRule& rule : state.composition_rules()) {
    findings.push_back(CheckRule(state, roster, rule));
  }
  return findings;
}

std::vector<v1::CompositionViolation> CompositionViolations(const v1::CommitteeState& state,
                                                            const CivilDate& day) {
  std::vector<v1::CompositionViolation> violations;
  for (CompositionFinding& finding : CheckComposition(state, day)) {
    if (finding.shortfall > 0) violations.push_back(std::move(finding.violation));
  }
  return violations;
}

absl::Status CheckCompositionRules(
    const google::protobuf::RepeatedPtrField<v1::CompositionRule>& rules) {
  std::set<std::string> ids;
  for (int i = 0; i < rules.size(); ++i) {
    const std::string field = fmt::format("rules[{}]", i);
    if (auto id = CheckId(field + ".id", rules[i].id()); !id.ok()) return id;
    if (!ids.insert(rules[i].id()).second) {
      return Refuse(absl::StatusCode::kInvalidArgument, v1::REASON_COMPOSITION_RULE_INVALID,
                    fmt::format("two rules have the id \"{}\"", rules[i].id()))
          .Field(field + ".id")
          .Mend("Give each rule an id of its own.");
    }
    if (auto rule = CheckOneRule(rules[i], field); !rule.ok()) return rule;
  }
  return absl::OkStatus();
}

CommitteeEvents WithComposition(const v1::CommitteeState& before,
                                std::vector<v1::CommitteeEvent> events, const CivilDate& day) {
  const v1::CommitteeState after = After(before, events);
  std::map<std::string, int> shortfall_before;
  for (const CompositionFinding& finding : CheckComposition(before, day)) {
    shortfall_before[finding.rule->id()] = finding.shortfall;
  }
  for (const CompositionFinding& finding : CheckComposition(after, day)) {
    if (finding.shortfall == 0) continue;
    const auto old = shortfall_before.find(finding.rule->id());
    // A rule that the change itself lays down has nothing to be compared with.
    if (finding.rule->enforced() && old != shortfall_before.end() &&
        finding.shortfall > old->second) {
      return Refuse(absl::StatusCode::kFailedPrecondition, v1::REASON_COMPOSITION_RULE_BROKEN,
                    fmt::format("\"{}\" would be broken: {}", finding.rule->title(),
                                finding.violation.message()))
          .Mend("Fill the place first, or have the rule changed.")
          .With("rule", finding.rule->id())
          .With("shortfall", finding.shortfall);
    }
  }
  return NoteComposition(before, std::move(events), day);
}

std::vector<v1::CommitteeEvent> NoteComposition(const v1::CommitteeState& before,
                                                std::vector<v1::CommitteeEvent> events,
                                                const CivilDate& day) {
  const v1::CommitteeState after = After(before, events);
  v1::CompositionChecked checked;
  *checked.mutable_checked_on() = day;
  for (v1::CompositionViolation& violation : CompositionViolations(after, day)) {
    *checked.add_violations() = std::move(violation);
  }
  v1::CompositionChecked known;
  *known.mutable_checked_on() = day;
  *known.mutable_violations() = after.violations();
  if (!google::protobuf::util::MessageDifferencer::Equals(known, checked)) {
    *events.emplace_back().mutable_composition_checked() = std::move(checked);
  }
  return events;
}

}  // namespace kasundo::committees
