#include "workflows/engine/definition_checker.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/message_differencer.h"
#include "kasundo/api/v1/annotations.pb.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/context.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/iso_duration.h"
#include "workflows/engine/lifecycle.h"
#include "workflows/engine/nearest_name.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/responsibility_reader.h"

namespace kasundo {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
namespace wv1 = workflows::v1;

constexpr std::string_view kStep = "step/";
constexpr std::string_view kDeadline = "deadline/";
constexpr std::string_view kEveryState = "*";
// 2^12 assignments are tried in no time; more predicates in two guards are not worth a solver.
constexpr size_t kMostAtoms = 12;

std::string Quote(std::string_view text) { return fmt::format("\"{}\"", text); }

template <typename Container>
bool Contains(const Container& container, std::string_view wanted) {
  return std::find(container.begin(), container.end(), wanted) != container.end();
}

class Checker {
 public:
  Checker(const wv1::WorkflowDefinition& definition, const Kind& kind, const SourceMap& where)
      : definition_(definition), kind_(kind), where_(where) {}

  std::vector<wv1::DefinitionError> Check() {
    CollectNames();
    CheckRequired(definition_, "");
    CheckHead();
    CheckContinuity();
    CheckResponsibilities();
    CheckStates();
    for (int i = 0; i < definition_.transitions_size(); ++i) {
      CheckTransition(i, fmt::format("transitions[{}]", i));
    }
    CheckEventsAdmitted();
    CheckGraph();
    CheckAmbiguity();
    std::stable_sort(errors_.begin(), errors_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.line(), a.column()) < std::pair(b.line(), b.column());
    });
    return std::move(errors_);
  }

 private:
  void Fail(std::string_view path, std::string_view code, std::string message,
            std::string mend = "") {
    const SourcePosition at = where_.Find(path);
    wv1::DefinitionError& error = errors_.emplace_back();
    error.set_line(at.line);
    error.set_column(at.column);
    error.set_code(std::string(code));
    error.set_message(std::move(message));
    error.set_mend(std::move(mend));
  }

  void CollectNames() {
    for (const wv1::State& state : definition_.states()) states_.push_back(state.id());
    for (const wv1::Step& step : definition_.steps()) steps_.push_back(step.id());
    for (const wv1::State& state : definition_.states()) {
      for (const wv1::Deadline& deadline : state.deadlines()) deadlines_.push_back(deadline.id());
    }
    for (const wv1::Transition& transition : definition_.transitions()) {
      for (const wv1::Deadline& deadline : transition.schedule()) {
        deadlines_.push_back(deadline.id());
      }
    }
    events_ = EventNamesOf(kind_.event_type());
    for (const Kind::RoleInfo& role : kind_.roles()) roles_.push_back(role.name);
    for (const std::string_view role : {"administrator", "system", "anyone"}) {
      roles_.emplace_back(role);
    }
    guards_ = kind_.guards();
  }

  // Fields that the language declares as required.
  void CheckRequired(const Message& message, const std::string& path) {
    const auto* type = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      const std::string field_path =
          path.empty() ? field->name() : fmt::format("{}.{}", path, field->name());
      const bool set = field->is_repeated() ? reflection->FieldSize(message, field) > 0
                                            : reflection->HasField(message, field);
      if (!set && field->options().GetExtension(api::v1::field).required()) {
        Fail(field_path, "FIELD_REQUIRED",
             fmt::format("{} needs {}", type->name(), Quote(field->name())), "Add it.");
      }
      if (!set || field->message_type() == nullptr || field->is_map()) continue;
      if (!field->is_repeated()) {
        CheckRequired(reflection->GetMessage(message, field), field_path);
        continue;
      }
      for (int j = 0; j < reflection->FieldSize(message, field); ++j) {
        CheckRequired(reflection->GetRepeatedMessage(message, field, j),
                      fmt::format("{}[{}]", field_path, j));
      }
    }
  }

  void CheckId(const std::string& id, const std::string& path) {
    if (id.empty() || IsValidId(id)) return;  // an empty one is reported as missing
    Fail(path, "ID_INVALID", fmt::format("{} is not an id", Quote(id)),
         "Use lower-case letters, digits and hyphens, at most 63, no hyphen at the ends.");
  }

  // Reports ids that stand twice; `path_of` gives the path of the i-th.
  template <typename PathOf>
  void CheckUnique(const std::vector<std::string>& ids, std::string_view what, PathOf path_of) {
    std::set<std::string> seen;
    for (size_t i = 0; i < ids.size(); ++i) {
      if (ids[i].empty() || seen.insert(ids[i]).second) continue;
      Fail(path_of(i), "DUPLICATE_ID", fmt::format("there is another {} {}", what, Quote(ids[i])),
           "Give it an id of its own.");
    }
  }

  void CheckEntriesOnce(const google::protobuf::RepeatedPtrField<std::string>& entries,
                        const std::string& path) {
    std::set<std::string> seen;
    for (int i = 0; i < entries.size(); ++i) {
      if (seen.insert(entries[i]).second) continue;
      Fail(fmt::format("{}[{}]", path, i), "DUPLICATE_ENTRY",
           fmt::format("{} stands here twice", Quote(entries[i])), "Keep one of the two.");
    }
  }

  void CheckHead() {
    CheckId(definition_.definition(), "definition");
    if (!definition_.kind().empty() && definition_.kind() != kind_.traits().kind) {
      Fail("kind", "UNKNOWN_KIND",
           fmt::format("the kind is {}, not {}", Quote(kind_.traits().kind),
                       Quote(definition_.kind())),
           fmt::format("Write kind: {}.", kind_.traits().kind));
    }
    if (!definition_.initial().empty()) CheckState(definition_.initial(), "initial");
    for (int i = 0; i < definition_.steps_size(); ++i) {
      CheckId(definition_.steps(i).id(), fmt::format("steps[{}].id", i));
    }
    CheckUnique(steps_, "step", [](size_t i) { return fmt::format("steps[{}].id", i); });
  }

  void CheckStates() {
    CheckUnique(states_, "state", [](size_t i) { return fmt::format("states[{}].id", i); });
    for (int i = 0; i < definition_.states_size(); ++i) {
      const wv1::State& state = definition_.states(i);
      const std::string path = fmt::format("states[{}]", i);
      CheckId(state.id(), path + ".id");
      CheckEntriesOnce(state.required_fields(), path + ".required_fields");
      for (int j = 0; j < state.required_fields_size(); ++j) {
        CheckField(state.required_fields(j), fmt::format("{}.required_fields[{}]", path, j));
      }
      for (int j = 0; j < state.deadlines_size(); ++j) {
        const std::string deadline_path = fmt::format("{}.deadlines[{}]", path, j);
        CheckDeadline(state.deadlines(j), deadline_path);
        if (state.final()) {
          Fail(deadline_path, "DEADLINE_IN_FINAL_STATE",
               fmt::format("{} is final, so nothing is due in it any more", Quote(state.id())),
               "Remove the deadline, or make the state not final.");
        }
      }
    }
  }

  bool CheckState(const std::string& id, const std::string& path) {
    if (Contains(states_, id)) return true;
    Fail(path, "UNKNOWN_STATE", fmt::format("no state {}", Quote(id)),
         SuggestName(id, states_, "states"));
    return false;
  }

  // What continuity (workflows/continuity) is told: a date to aim at, and durations.
  void CheckContinuity() {
    if (!definition_.target_field().empty())
      CheckDateField(definition_.target_field(), "target_field");
    const wv1::ContinuityRules& rules = definition_.continuity();
    if (rules.carriers_per_side() < 0) {
      Fail("continuity.carriers_per_side", "NUMBER_INVALID",
           fmt::format("{} people cannot be asked for", rules.carriers_per_side()),
           "Write a number from 1 on, or leave it out.");
    }
    for (int i = 0; i < rules.warn_ahead_size(); ++i) {
      CheckWait(rules.warn_ahead(i), fmt::format("continuity.warn_ahead[{}]", i));
    }
    for (const auto& [duration, name] :
         {std::pair(&rules.carriers_within(), "carriers_within"),
          std::pair(&rules.handover_ahead(), "handover_ahead"),
          std::pair(&rules.confirm_within(), "confirm_within"),
          std::pair(&rules.both_sides_within(), "both_sides_within"),
          std::pair(&rules.elections_ahead(), "elections_ahead"),
          std::pair(&rules.lead_time(), "lead_time"),
          std::pair(&rules.extraordinary_meeting_within(), "extraordinary_meeting_within"),
          std::pair(&rules.record_within(), "record_within")}) {
      if (duration->empty()) continue;
      CheckWait(*duration, fmt::format("continuity.{}", name));
    }
    if (rules.has_project_end()) CheckProjectEnd(rules.project_end(), "continuity.project_end");
  }

  void CheckProjectEnd(const wv1::ProjectEnd& project, const std::string& path) {
    const FieldDescriptor* field = CheckField(project.field(), path + ".field");
    if (field != nullptr && (field->is_repeated() || !IsCivilDate(field->message_type()))) {
      Fail(path + ".field", "FIELD_NOT_A_DATE",
           fmt::format("{} is no date", Quote(project.field())), "Name a field of type CivilDate.");
    }
    for (int i = 0; i < project.bridged_by_size(); ++i) {
      CheckField(project.bridged_by(i), fmt::format("{}.bridged_by[{}]", path, i));
    }
    if (project.bridged_by().empty()) {
      Fail(path, "LIST_EMPTY", "it is not said what must be there when the project ends",
           "Name the fields in bridged_by, such as an office and a budget line.");
    }
    if (!project.ahead().empty()) CheckWait(project.ahead(), path + ".ahead");
  }

  // What the table of responsibilities (workflows/responsibilities) is told.
  void CheckResponsibilities() {
    for (int i = 0; i < definition_.responsibilities_size(); ++i) {
      const wv1::ResponsibilityRule& rule = definition_.responsibilities(i);
      const std::string path = fmt::format("responsibilities[{}]", i);
      std::vector<ResponsibilityReader::Problem> problems;
      const ResponsibilityReader reader(rule, kind_.state_type(), &problems);
      for (const ResponsibilityReader::Problem& problem : problems) {
        const auto refusal = RefusalOf(problem.status);
        Fail(fmt::format("{}.{}", path, problem.where), "UNKNOWN_FIELD",
             std::string(problem.status.message()), refusal ? refusal->mend() : "");
      }
      for (int state = 0; state < rule.states_size(); ++state) {
        if (Contains(states_, rule.states(state))) continue;
        Fail(fmt::format("{}.states[{}]", path, state), "UNKNOWN_STATE",
             fmt::format("no state {}", Quote(rule.states(state))),
             SuggestName(rule.states(state), states_, "states"));
      }
      const bool names_somebody = !rule.accountable().empty() || !rule.responsible().empty() ||
                                  !rule.consulted().empty() || !rule.informed().empty();
      if (names_somebody || rule.wanted()) continue;
      Fail(path, "NOBODY_RESPONSIBLE", fmt::format("{} names nobody", Quote(rule.role())),
           "Say where the accountable or responsible offices stand.");
    }
  }

  // A duration that is longer than nothing.
  void CheckWait(const std::string& text, const std::string& path) {
    const IsoDuration parsed = CheckDuration(text, path);
    if (parsed.negative || parsed.IsZero()) {
      Fail(path, "DURATION_INVALID", fmt::format("{} is no time to wait", Quote(text)),
           "Write a duration longer than nothing, such as P90D.");
    }
  }

  // The field if it is one date or one time; else it is reported and the answer is nullptr.
  const FieldDescriptor* CheckDateField(const std::string& field_path, const std::string& path) {
    const FieldDescriptor* field = CheckField(field_path, path);
    if (field == nullptr) return nullptr;
    if (!field->is_repeated() &&
        (IsCivilDate(field->message_type()) || IsTimestamp(field->message_type()))) {
      return field;
    }
    Fail(path, "FIELD_NOT_A_DATE",
         fmt::format("{} is neither a date nor a time", Quote(field_path)),
         "Name a field of type CivilDate or Timestamp.");
    return nullptr;
  }

  // The duration; a day if it is none, which is reported, so that no other rule reports it again.
  IsoDuration CheckDuration(const std::string& text, const std::string& path) {
    const auto parsed = ParseIsoDuration(text);
    if (parsed.ok()) return *parsed;
    const auto refusal = RefusalOf(parsed.status());
    Fail(path, "DURATION_INVALID", std::string(parsed.status().message()),
         refusal ? refusal->mend() : "");
    IsoDuration day;
    day.days = 1;
    return day;
  }

  const FieldDescriptor* CheckField(const std::string& field_path, const std::string& path) {
    const auto field = FieldPath::Resolve(kind_.state_type(), field_path);
    if (field.ok()) return field->field();
    const auto refusal = RefusalOf(field.status());
    Fail(path, "UNKNOWN_FIELD", std::string(field.status().message()),
         refusal ? refusal->mend() : "");
    return nullptr;
  }

  void CheckRole(const std::string& role, const std::string& path) {
    if (Lifecycle::IsBuiltInRole(role) || Contains(roles_, role)) return;
    Fail(path, "UNKNOWN_ROLE", fmt::format("no role {}", Quote(role)),
         SuggestName(role, roles_, "roles"));
  }

  void CheckDeadline(const wv1::Deadline& deadline, const std::string& path) {
    CheckId(deadline.id(), path + ".id");
    const auto [same, first] = deadlines_seen_.emplace(deadline.id(), &deadline);
    // The same deadline may stand in several states: it runs on from one to the other.
    const bool runs_on =
        !first && google::protobuf::util::MessageDifferencer::Equals(*same->second, deadline) &&
        path.starts_with("states");
    if (!deadline.id().empty() && !first && !runs_on) {
      Fail(path + ".id", "DUPLICATE_ID",
           fmt::format("there is another deadline {}", Quote(deadline.id())),
           "Give it an id of its own.");
    }
    if (!deadline.field().empty()) CheckDateField(deadline.field(), path + ".field");
    IsoDuration offset;
    if (!deadline.offset().empty()) offset = CheckDuration(deadline.offset(), path + ".offset");
    if (deadline.field().empty() && (offset.IsZero() || offset.negative)) {
      Fail(path, "DEADLINE_AT_ONCE", "it would be due as soon as it begins",
           "Name a date to count from (field), or a time to wait (offset).");
    }
    if (deadline.escalate_to().empty()) {
      Fail(path, "DEADLINE_WITHOUT_ESCALATION",
           fmt::format("nobody hears of it when {} passes", Quote(deadline.id())),
           "Name the roles in escalate_to.");
    }
    CheckEntriesOnce(deadline.escalate_to(), path + ".escalate_to");
    for (int i = 0; i < deadline.escalate_to_size(); ++i) {
      CheckRole(deadline.escalate_to(i), fmt::format("{}.escalate_to[{}]", path, i));
    }
  }

  // What the server notes of itself and stays where it is: it may also note it of what has ended.
  static bool KeepsRegister(const wv1::Transition& transition) {
    return transition.to().empty() && transition.by_size() == 1 && transition.by(0) == "system";
  }

  void CheckTransition(int index, const std::string& path) {
    const wv1::Transition& transition = definition_.transitions(index);
    CheckEntriesOnce(transition.on(), path + ".on");
    for (int i = 0; i < transition.on_size(); ++i) {
      CheckEvent(transition.on(i), fmt::format("{}.on[{}]", path, i));
    }
    CheckEntriesOnce(transition.from(), path + ".from");
    std::vector<int> from;
    for (int i = 0; i < transition.from_size(); ++i) {
      const std::string& id = transition.from(i);
      const std::string from_path = fmt::format("{}.from[{}]", path, i);
      if (id == kEveryState) {
        for (int j = 0; j < definition_.states_size(); ++j) {
          if (!definition_.states(j).final()) from.push_back(j);
        }
      } else if (CheckState(id, from_path)) {
        from.push_back(StateIndex(id));
        if (definition_.states(StateIndex(id)).final() && !KeepsRegister(transition)) {
          Fail(
              from_path, "LEAVES_FINAL_STATE",
              fmt::format("{} is final: nothing more happens in it", Quote(id)),
              "Take it out of `from`, or make the state not final. Only what `system` alone notes, "
              "without `to`, may follow.");
        }
      }
    }
    std::sort(from.begin(), from.end());
    from.erase(std::unique(from.begin(), from.end()), from.end());
    from_.push_back(std::move(from));
    if (!transition.to().empty()) CheckState(transition.to(), path + ".to");
    CheckEntriesOnce(transition.by(), path + ".by");
    for (int i = 0; i < transition.by_size(); ++i) {
      CheckRole(transition.by(i), fmt::format("{}.by[{}]", path, i));
      if (transition.each() && (transition.by(i) == "anyone" || transition.by(i) == "system")) {
        Fail(fmt::format("{}.by[{}]", path, i), "EACH_OF_ANYONE",
             fmt::format("each of {} cannot be waited for", Quote(transition.by(i))),
             "Name roles that some offices or people hold, or leave `each` out.");
      }
    }
    if (transition.has_guard()) CheckGuard(transition.guard(), path + ".guard");
    for (int i = 0; i < transition.schedule_size(); ++i) {
      CheckDeadline(transition.schedule(i), fmt::format("{}.schedule[{}]", path, i));
    }
  }

  void CheckEvent(const std::string& event, const std::string& path) {
    const std::string_view name = event;
    if (name.starts_with(kStep)) {
      const std::string_view step = name.substr(kStep.size());
      if (Contains(steps_, step)) return;
      Fail(path, "UNKNOWN_STEP", fmt::format("no step {}", Quote(step)),
           SuggestName(step, steps_, "steps"));
    } else if (name.starts_with(kDeadline)) {
      const std::string_view deadline = name.substr(kDeadline.size());
      if (Contains(deadlines_, deadline)) return;
      Fail(path, "UNKNOWN_DEADLINE", fmt::format("no deadline {}", Quote(deadline)),
           SuggestName(deadline, deadlines_, "deadlines"));
    } else if (!Contains(events_, event)) {
      Fail(path, "UNKNOWN_EVENT",
           fmt::format("the kind {} has no event {}", Quote(kind_.traits().kind), Quote(event)),
           SuggestName(event, events_, "events", 40));
    }
  }

  void CheckGuard(const wv1::Guard& guard, const std::string& path) {
    switch (guard.form_case()) {
      case wv1::Guard::kAll:
        return CheckGuards(guard.all(), path + ".all");
      case wv1::Guard::kAny:
        return CheckGuards(guard.any(), path + ".any");
      case wv1::Guard::kNot:
        return CheckGuard(guard.not_(), path + ".not");
      case wv1::Guard::kCheck:
        return CheckPredicate(guard.check(), path + ".check");
      case wv1::Guard::FORM_NOT_SET:
        return Fail(path, "GUARD_EMPTY", "this guard says nothing",
                    "Write check, all, any or not, or leave the guard out.");
    }
  }

  void CheckGuards(const wv1::Guards& guards, const std::string& path) {
    if (guards.of().empty()) {
      Fail(path, "GUARD_EMPTY", "this guard has no conditions", "Write some, or leave it out.");
    }
    for (int i = 0; i < guards.of_size(); ++i) {
      CheckGuard(guards.of(i), fmt::format("{}.of[{}]", path, i));
    }
  }

  void CheckPredicate(const wv1::Predicate& predicate, const std::string& path) {
    const auto known = std::find_if(guards_.begin(), guards_.end(), [&](const auto& guard) {
      return guard.name == predicate.name();
    });
    if (known == guards_.end()) {
      std::vector<std::string> names;
      for (const Kind::GuardInfo& guard : guards_) names.push_back(guard.name);
      Fail(path, "UNKNOWN_GUARD",
           fmt::format("the kind {} has no guard {}", Quote(kind_.traits().kind),
                       Quote(predicate.name())),
           SuggestName(predicate.name(), names, "guards", 40));
      return;
    }
    for (const auto& [key, value] : predicate.with()) {
      if (Contains(known->parameters, key)) continue;
      Fail(fmt::format("{}.with[\"{}\"]", path, key), "UNKNOWN_GUARD_PARAMETER",
           fmt::format("the guard {} has no parameter {}", Quote(known->name), Quote(key)),
           SuggestName(key, known->parameters, "parameters"));
    }
  }

  int StateIndex(std::string_view id) const {
    const auto found = std::find(states_.begin(), states_.end(), id);
    return found == states_.end() ? -1 : static_cast<int>(found - states_.begin());
  }

  void CheckEventsAdmitted() {
    std::set<std::string> admitted;
    for (const wv1::Transition& transition : definition_.transitions()) {
      admitted.insert(transition.on().begin(), transition.on().end());
    }
    std::map<std::string, std::vector<std::string>> yielded_by;
    for (const Kind::CommandInfo& command : kind_.commands()) {
      for (const std::string& event : command.events) {
        yielded_by[event].push_back(command.request->name());
      }
    }
    for (const auto& [event, commands] : yielded_by) {
      if (admitted.contains(event)) continue;
      Fail("transitions", "EVENT_NOT_ADMITTED",
           fmt::format("no transition has the event {}, which {} yields", Quote(event),
                       fmt::join(commands, ", ")),
           fmt::format("Add a transition on {}; without one such a command is always refused.",
                       event));
    }
    for (int i = 0; i < definition_.steps_size(); ++i) {
      const std::string& id = definition_.steps(i).id();
      if (id.empty() || admitted.contains(std::string(kStep) + id)) continue;
      Fail(fmt::format("steps[{}]", i), "STEP_NOT_ADMITTED",
           fmt::format("no transition has the step {}: it could never be taken", Quote(id)),
           fmt::format("Add a transition on step/{}, or remove the step.", id));
    }
  }

  // Where a transition leads from a state.
  int Target(int transition, int from) const {
    const std::string& to = definition_.transitions(transition).to();
    return to.empty() ? from : StateIndex(to);
  }

  void CheckGraph() {
    const int count = definition_.states_size();
    std::vector<std::vector<int>> forward(static_cast<size_t>(count));
    std::vector<std::vector<int>> backward(static_cast<size_t>(count));
    std::vector<bool> somebody(static_cast<size_t>(count));
    for (int i = 0; i < definition_.transitions_size(); ++i) {
      for (const int from : from_[static_cast<size_t>(i)]) {
        const int to = Target(i, from);
        if (!definition_.transitions(i).by().empty()) somebody[static_cast<size_t>(from)] = true;
        if (to < 0) continue;
        forward[static_cast<size_t>(from)].push_back(to);
        backward[static_cast<size_t>(to)].push_back(from);
      }
    }
    const auto walk = [count](const std::vector<std::vector<int>>& edges, std::vector<int> todo) {
      std::vector<bool> seen(static_cast<size_t>(count));
      while (!todo.empty()) {
        const auto state = static_cast<size_t>(todo.back());
        todo.pop_back();
        if (seen[state]) continue;
        seen[state] = true;
        todo.insert(todo.end(), edges[state].begin(), edges[state].end());
      }
      return seen;
    };
    const int initial = StateIndex(definition_.initial());
    std::vector<int> finals;
    for (int i = 0; i < count; ++i) {
      if (definition_.states(i).final()) finals.push_back(i);
    }
    if (finals.empty() && count > 0) {
      Fail("states", "NO_FINAL_STATE", "no state is final, so nothing is ever finished",
           "Mark the states in which nothing more happens with `final: true`.");
    }
    const std::vector<bool> reached =
        walk(forward, initial < 0 ? std::vector<int>() : std::vector<int>{initial});
    const std::vector<bool> finishes = walk(backward, finals);
    for (int i = 0; i < count; ++i) {
      const auto state = static_cast<size_t>(i);
      const std::string path = fmt::format("states[{}]", i);
      const std::string id = Quote(definition_.states(i).id());
      if (initial >= 0 && !reached[state]) {
        Fail(path, "UNREACHABLE_STATE",
             fmt::format("no transitions lead to {} from {}", id, Quote(definition_.initial())),
             "Add a transition that leads there, or remove the state.");
      }
      if (i == initial && definition_.states(i).goal()) {
        Fail(path + ".goal", "GOAL_IS_INITIAL",
             fmt::format("an instance begins in {}: there would be nothing to reach", id),
             "Mark the state that the workflow is meant to reach.");
      }
      if (definition_.states(i).final()) continue;
      if (!somebody[state]) {
        Fail(path, "NOBODY_MAY_ACT", fmt::format("nobody may do anything in {}", id),
             "Add a transition from there with `by`, or make the state final.");
      } else if (!finals.empty() && !finishes[state]) {
        Fail(path, "NO_WAY_OUT", fmt::format("no transitions lead from {} to a final state", id),
             "Add a transition that leads onward.");
      }
    }
  }

  // --- two transitions that can both fire ---

  // A predicate with its parameters: true or false, independently of all others as far as the
  // checker knows.
  using Atom = std::pair<std::string, std::map<std::string, std::string>>;

  static Atom AtomOf(const wv1::Predicate& predicate) {
    return {predicate.name(), {predicate.with().begin(), predicate.with().end()}};
  }

  static void CollectAtoms(const wv1::Guard& guard, std::vector<Atom>& atoms) {
    switch (guard.form_case()) {
      case wv1::Guard::kAll:
        for (const wv1::Guard& part : guard.all().of()) CollectAtoms(part, atoms);
        return;
      case wv1::Guard::kAny:
        for (const wv1::Guard& part : guard.any().of()) CollectAtoms(part, atoms);
        return;
      case wv1::Guard::kNot:
        return CollectAtoms(guard.not_(), atoms);
      case wv1::Guard::kCheck: {
        Atom atom = AtomOf(guard.check());
        if (std::find(atoms.begin(), atoms.end(), atom) == atoms.end()) {
          atoms.push_back(std::move(atom));
        }
        return;
      }
      case wv1::Guard::FORM_NOT_SET:
        return;
    }
  }

  // Whether the guard holds if the atoms whose bits are set in `truth` do.
  static bool Holds(const wv1::Guard& guard, const std::vector<Atom>& atoms, size_t truth) {
    const auto holds = [&](const wv1::Guard& part) { return Holds(part, atoms, truth); };
    switch (guard.form_case()) {
      case wv1::Guard::kAll:
        return std::all_of(guard.all().of().begin(), guard.all().of().end(), holds);
      case wv1::Guard::kAny:
        return std::any_of(guard.any().of().begin(), guard.any().of().end(), holds);
      case wv1::Guard::kNot:
        return !holds(guard.not_());
      case wv1::Guard::kCheck: {
        const auto atom = std::find(atoms.begin(), atoms.end(), AtomOf(guard.check()));
        return (truth >> static_cast<size_t>(atom - atoms.begin()) & 1U) != 0;
      }
      case wv1::Guard::FORM_NOT_SET:
        return true;
    }
    return true;
  }

  enum class Together { kNever, kPossible, kTooManyToTell };

  static Together CanHoldTogether(const wv1::Guard& a, const wv1::Guard& b) {
    std::vector<Atom> atoms;
    CollectAtoms(a, atoms);
    CollectAtoms(b, atoms);
    if (atoms.size() > kMostAtoms) return Together::kTooManyToTell;
    for (size_t truth = 0; truth < size_t{1} << atoms.size(); ++truth) {
      if (Holds(a, atoms, truth) && Holds(b, atoms, truth)) return Together::kPossible;
    }
    return Together::kNever;
  }

  void CheckAmbiguity() {
    // Which transitions an event has in a state.
    std::map<std::pair<std::string, int>, std::vector<int>> candidates;
    for (int i = 0; i < definition_.transitions_size(); ++i) {
      std::set<std::string> on(definition_.transitions(i).on().begin(),
                               definition_.transitions(i).on().end());
      for (const std::string& event : on) {
        for (const int from : from_[static_cast<size_t>(i)]) candidates[{event, from}].push_back(i);
      }
    }
    std::set<std::tuple<int, int, std::string>> reported;
    for (const auto& [place, transitions] : candidates) {
      for (size_t i = 0; i < transitions.size(); ++i) {
        for (size_t j = i + 1; j < transitions.size(); ++j) {
          const int first = transitions[i];
          const int second = transitions[j];
          const Together together = CanHoldTogether(definition_.transitions(first).guard(),
                                                    definition_.transitions(second).guard());
          if (together == Together::kNever ||
              !reported.emplace(first, second, place.first).second) {
            continue;
          }
          const SourcePosition other = where_.Find(fmt::format("transitions[{}]", first));
          Fail(fmt::format("transitions[{}]", second), "AMBIGUOUS",
               fmt::format("on {} in {} this transition and the {} {} fire", Quote(place.first),
                           Quote(definition_.states(place.second).id()),
                           other.line > 0 ? fmt::format("one of line {}", other.line)
                                          : fmt::format("{}. one", first + 1),
                           together == Together::kPossible ? "can both" : "may both"),
               together == Together::kPossible
                   ? "Give them guards that exclude each other: `check: x` and `not: {check: x}`."
                   : fmt::format("Use fewer than {} different predicates in the two guards.",
                                 kMostAtoms + 1));
        }
      }
    }
  }

  const wv1::WorkflowDefinition& definition_;
  const Kind& kind_;
  const SourceMap& where_;
  std::vector<wv1::DefinitionError> errors_;
  std::vector<std::string> states_;
  std::vector<std::string> steps_;
  std::vector<std::string> deadlines_;
  std::map<std::string, const wv1::Deadline*> deadlines_seen_;
  std::vector<std::string> events_;
  std::vector<std::string> roles_;
  std::vector<Kind::GuardInfo> guards_;
  std::vector<std::vector<int>> from_;  // [transition]: states, "*" unfolded
};

absl::Status Refused(const std::vector<wv1::DefinitionError>& found) {
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_DEFINITION_INVALID,
                fmt::format("the definition has {} error{}:\n{}", found.size(),
                            found.size() == 1 ? "" : "s", FormatErrors("", found)))
      .Mend(found.front().mend())
      .With("errors", static_cast<int64_t>(found.size()))
      .With("code", found.front().code());
}

}  // namespace

std::vector<wv1::DefinitionError> CheckDefinition(const wv1::WorkflowDefinition& definition,
                                                  const Kind& kind, const SourceMap& where) {
  return Checker(definition, kind, where).Check();
}

namespace {

// Reads a text; what keeps it from being read or from naming a kind goes to `found`.
const Kind* ReadText(std::string_view text, const KindRegistry& kinds,
                     wv1::WorkflowDefinition& definition, SourceMap& where,
                     std::vector<wv1::DefinitionError>& found) {
  std::vector<YamlError> faults;
  const bool readable = ReadYaml(text, definition, &where, &faults).ok();
  for (const YamlError& fault : faults) {
    wv1::DefinitionError& error = found.emplace_back();
    error.set_line(fault.at.line);
    error.set_column(fault.at.column);
    error.set_code("MALFORMED");
    error.set_message(fault.message);
    error.set_mend(fault.mend);
  }
  // What could not be read would be reported a second time as missing.
  if (!readable) return nullptr;
  const Kind* kind = kinds.Find(definition.kind());
  if (kind != nullptr) return kind;
  std::vector<std::string> names;
  for (const auto& known : kinds.kinds) names.push_back(known->traits().kind);
  const SourcePosition at = where.Find("kind");
  wv1::DefinitionError& error = found.emplace_back();
  error.set_line(at.line);
  error.set_column(at.column);
  error.set_code("UNKNOWN_KIND");
  error.set_message(definition.kind().empty()
                        ? "the definition names no kind"
                        : fmt::format("no kind {}", Quote(definition.kind())));
  error.set_mend(SuggestName(definition.kind(), names, "kinds", 40));
  return nullptr;
}

}  // namespace

absl::StatusOr<wv1::WorkflowDefinition> ReadAcceptedDefinition(std::string_view text,
                                                               const KindRegistry& kinds) {
  wv1::WorkflowDefinition definition;
  SourceMap where;
  std::vector<wv1::DefinitionError> found;
  if (ReadText(text, kinds, definition, where, found) == nullptr) return Refused(found);
  return definition;
}

absl::StatusOr<wv1::WorkflowDefinition> ReadDefinition(std::string_view text,
                                                       const KindRegistry& kinds,
                                                       std::vector<wv1::DefinitionError>* errors) {
  wv1::WorkflowDefinition definition;
  SourceMap where;
  std::vector<wv1::DefinitionError> found;
  const Kind* kind = ReadText(text, kinds, definition, where, found);
  if (kind != nullptr) found = CheckDefinition(definition, *kind, where);
  if (errors != nullptr) *errors = found;
  if (!found.empty()) return Refused(found);
  return definition;
}

std::string FormatErrors(std::string_view file, const std::vector<wv1::DefinitionError>& errors) {
  std::string lines;
  for (const wv1::DefinitionError& error : errors) {
    lines += fmt::format("{}{}{}:{}: {}: {}{}\n", file, file.empty() ? "" : ":", error.line(),
                         error.column(), error.code(), error.message(),
                         error.mend().empty() ? "" : fmt::format(" (mend: {})", error.mend()));
  }
  return lines;
}

}  // namespace kasundo
