#include "workflows/continuity/continuity.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "workflows/continuity/coverage.h"
#include "workflows/continuity/findings.h"
#include "workflows/continuity/way.h"
#include "workflows/engine/check.h"

namespace kasundo::continuity {
namespace {

namespace wv1 = workflows::v1;

constexpr std::string_view kStep = "step/";

IsoDuration Duration(const std::string& text, std::string_view otherwise) {
  const auto parsed = ParseIsoDuration(text.empty() ? otherwise : std::string_view(text));
  KASUNDO_CHECK(parsed.ok());  // the checker accepted it
  return *parsed;
}

std::string TitleOf(const wv1::State* state, std::string_view id) {
  return state == nullptr || state->title().empty() ? std::string(id) : state->title();
}

// "PartySigned" as "Party signed".
std::string InWords(std::string_view event) {
  std::string words;
  for (const char c : event) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !words.empty()) words.push_back(' ');
    words.push_back(capital && !words.empty() ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return words;
}

std::string TitleOf(const wv1::WorkflowDefinition& definition, const WayStep& step) {
  const std::vector<std::string> events = step.Events();
  for (const std::string& event : events) {
    if (!std::string_view(event).starts_with(kStep)) continue;
    for (const wv1::Step& own : definition.steps()) {
      if (own.id() == event.substr(kStep.size()) && !own.title().empty()) return own.title();
    }
  }
  if (step.from != step.to) return TitleOf(FindState(definition, step.to), step.to);
  return events.empty() ? "" : InWords(events.front());
}

v1::RemainingStep Describe(const wv1::WorkflowDefinition& definition, const WayStep& step,
                           int number, Coverage& coverage) {
  v1::RemainingStep described;
  described.set_number(number);
  for (std::string& event : step.Events()) described.add_events(std::move(event));
  described.set_title(TitleOf(definition, step));
  described.set_from_state(step.from);
  described.set_to_state(step.to);
  described.set_each(step.each);
  std::vector<std::string> roles = step.Roles();
  for (const std::string& role : roles) described.add_roles(role);
  // Who runs the server may help out nearly everywhere. That is no succession: the step is judged
  // by those whose business it is.
  const RoleCover everybody = coverage.OfAny(roles);
  const bool others = everybody.anyone || everybody.system || !everybody.offices.empty() ||
                      !everybody.people.empty() ||
                      std::any_of(roles.begin(), roles.end(),
                                  [](const std::string& role) { return role != "administrator"; });
  described.set_anyone(everybody.anyone);
  described.set_automatic(everybody.system && everybody.offices.empty() &&
                          everybody.people.empty() && !everybody.anyone);
  described.set_administrators(everybody.administrators && !others);
  std::set<std::string> people(everybody.people.begin(), everybody.people.end());
  for (const v1::OfficeCover& office : everybody.offices) {
    for (const v1::Carrier& carrier : office.carriers()) people.insert(carrier.person());
    *described.add_offices() = office;
  }
  for (const std::string& person : everybody.people) {
    v1::Carrier& carrier = *described.add_people();
    carrier.set_person(person);
    carrier.set_capacity(v1::CAPACITY_OWN_NAME);
  }
  described.set_distinct_people(static_cast<int>(people.size()));
  return described;
}

// Organisations that must both stay able to act: those that each have to take a step, or, where
// none has, those that acted so far.
std::set<std::string> SidesOf(const v1::InstanceContinuity& item, const std::vector<Act>& acts) {
  std::set<std::string> sides;
  for (const v1::RemainingStep& step : item.steps()) {
    if (!step.each()) continue;
    for (const v1::OfficeCover& office : step.offices()) {
      if (!office.organisation().empty()) sides.insert(office.organisation());
    }
  }
  if (!sides.empty()) return sides;
  for (const Act& act : acts) {
    if (!act.organisation.empty()) sides.insert(act.organisation);
  }
  return sides;
}

void DescribeSides(const Subject& subject, const Rules& rules, const CivilDate& day,
                   v1::InstanceContinuity& item) {
  IsoDuration back = rules.carriers_within;
  back.negative = true;
  const absl::CivilDay since = Add(Last(day), back);
  for (const std::string& organisation : SidesOf(item, subject.acts)) {
    v1::SideActivity& side = *item.add_sides();
    side.set_organisation(organisation);
    std::set<std::string> active;
    for (const Act& act : subject.acts) {
      if (act.organisation != organisation || act.person.empty()) continue;
      *side.mutable_last_act() = FromDay(act.on);  // they are in order
      if (act.on > since && active.insert(act.person).second) side.add_active_people(act.person);
    }
    side.set_at_risk(side.active_people_size() < rules.carriers_per_side);
  }
}

}  // namespace

Rules RulesOf(const wv1::WorkflowDefinition& definition) {
  const wv1::ContinuityRules& said = definition.continuity();
  Rules rules;
  rules.carriers_within = Duration(said.carriers_within(), "P90D");
  rules.carriers_per_side = said.carriers_per_side() == 0 ? 2 : said.carriers_per_side();
  rules.handover_ahead = Duration(said.handover_ahead(), "P60D");
  rules.confirm_within = Duration(said.confirm_within(), "P30D");
  rules.both_sides_within = Duration(said.both_sides_within(), "P12M");
  rules.elections_ahead = Duration(said.elections_ahead(), "P12M");
  rules.lead_time = Duration(said.lead_time(), "P30D");
  for (const std::string& ahead : said.warn_ahead()) {
    rules.warn_ahead.push_back(Duration(ahead, ""));
  }
  if (rules.warn_ahead.empty()) {
    for (const char* ahead : {"P12M", "P6M", "P3M"})
      rules.warn_ahead.push_back(Duration("", ahead));
  }
  rules.extraordinary_meeting_within = Duration(said.extraordinary_meeting_within(), "P14D");
  rules.record_within = Duration(said.record_within(), "P7D");
  rules.project_end_ahead = Duration(said.project_end().ahead(), "P6M");
  rules.standing = said.standing();
  return rules;
}

v1::InstanceContinuity Assess(const Subject& subject, const OfficeRegister& offices) {
  const wv1::WorkflowDefinition& definition = *subject.definition;
  const Rules rules = RulesOf(definition);
  const CivilDate& day = offices.day();
  v1::InstanceContinuity item;
  item.set_name(subject.name);
  item.set_kind(subject.kind->traits().kind);
  item.set_definition(definition.definition());
  item.set_definition_version(subject.definition_version);
  item.set_state(subject.lifecycle_state);
  item.set_state_title(
      TitleOf(FindState(definition, subject.lifecycle_state), subject.lifecycle_state));
  *item.mutable_on() = day;
  const Way way = WayToGoal(definition, subject.lifecycle_state);
  item.set_goal(way.goal);
  if (!way.goal.empty()) item.set_goal_title(TitleOf(FindState(definition, way.goal), way.goal));
  item.set_reached(way.reached);
  item.set_ended(way.ended);
  if (IsSet(subject.target)) {
    *item.mutable_target_date() = subject.target;
    item.set_days_to_target(static_cast<int32_t>(Last(subject.target) - Last(day)));
  }
  Context context = subject.context;
  context.instance = subject.name;
  context.lifecycle_state = subject.lifecycle_state;
  Coverage coverage(offices, *subject.kind, *subject.state, std::move(context));
  int number = 0;
  for (const WayStep& step : way.steps) {
    *item.add_steps() = Describe(definition, step, ++number, coverage);
  }
  if (way.reached && rules.standing) {
    for (const WayStep& step : StandingSteps(definition, subject.lifecycle_state)) {
      v1::RemainingStep standing = Describe(definition, step, number + 1, coverage);
      if (!standing.automatic() && !standing.administrators()) {
        ++number;
        standing.set_standing(true);
        *item.add_steps() = std::move(standing);
      }
    }
  }
  if (!item.steps().empty()) {
    // What the engine brought about has no sides until somebody acts on it.
    if (!subject.acts.empty()) DescribeSides(subject, rules, day, item);
    AddFindings(subject, rules, offices, item);
  }
  return item;
}

bool HasCarriers(const wv1::WorkflowDefinition& definition) {
  static const std::set<std::string> nobodys = {"administrator", "system", "anyone"};
  for (const wv1::Transition& transition : definition.transitions()) {
    for (const std::string& role : transition.by()) {
      if (!nobodys.contains(role)) return true;
    }
  }
  return false;
}

bool OfficeActs(const v1::InstanceContinuity& item, std::string_view office) {
  return std::any_of(item.steps().begin(), item.steps().end(), [&](const v1::RemainingStep& step) {
    return std::any_of(step.offices().begin(), step.offices().end(),
                       [&](const v1::OfficeCover& cover) { return cover.office() == office; });
  });
}

bool PersonActs(const v1::InstanceContinuity& item, std::string_view person) {
  const auto is_person = [&](const v1::Carrier& carrier) { return carrier.person() == person; };
  return std::any_of(item.steps().begin(), item.steps().end(), [&](const v1::RemainingStep& step) {
    return std::any_of(step.people().begin(), step.people().end(), is_person) ||
           std::any_of(
               step.offices().begin(), step.offices().end(), [&](const v1::OfficeCover& cover) {
                 return std::any_of(cover.carriers().begin(), cover.carriers().end(), is_person);
               });
  });
}

bool IsNeeded(const v1::RemainingStep& step, std::string_view office) {
  if (step.anyone()) return false;
  if (!step.each() && (step.offices_size() != 1 || !step.people().empty())) return false;
  return std::any_of(step.offices().begin(), step.offices().end(),
                     [&](const v1::OfficeCover& cover) { return cover.office() == office; });
}

}  // namespace kasundo::continuity
