#include "workflows/engine/lifecycle.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "kasundo/api/v1/refusal.pb.h"
#include "workflows/engine/check.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

using google::protobuf::Message;
namespace wv1 = workflows::v1;

constexpr std::string_view kAdministrator = "administrator";
constexpr std::string_view kSystem = "system";
constexpr std::string_view kAnyone = "anyone";
constexpr std::string_view kOffice = "office:";
constexpr std::string_view kStep = "step/";
constexpr std::string_view kDeadline = "deadline/";
constexpr std::string_view kEveryState = "*";

Refuse Invalid(std::string message) {
  return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_DEFINITION_INVALID,
                std::move(message))
      .Mend("Deploy a version of the definition that this program's `workflow check` accepts.");
}

CivilDate ReadDate(const Message& message) {
  // The message may be of a dynamic type, so it is read by reflection.
  const auto* type = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  return MakeDate(reflection->GetInt32(message, type->FindFieldByNumber(1)),
                  reflection->GetInt32(message, type->FindFieldByNumber(2)),
                  reflection->GetInt32(message, type->FindFieldByNumber(3)));
}

absl::Time ReadTime(const Message& message) {
  const auto* type = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  return absl::FromUnixSeconds(reflection->GetInt64(message, type->FindFieldByNumber(1))) +
         absl::Nanoseconds(reflection->GetInt32(message, type->FindFieldByNumber(2)));
}

}  // namespace

// --- compiling ---

absl::StatusOr<std::unique_ptr<const Lifecycle>> Lifecycle::Compile(
    wv1::WorkflowDefinition definition, const Kind& kind) {
  std::unique_ptr<Lifecycle> lifecycle(new Lifecycle(std::move(definition), kind));
  RETURN_IF_ERROR(lifecycle->Fill());
  return std::unique_ptr<const Lifecycle>(std::move(lifecycle));
}

Lifecycle::Lifecycle(wv1::WorkflowDefinition definition, const Kind& kind)
    : definition_(std::move(definition)),
      kind_(&kind),
      parameters_(definition_.parameters().begin(), definition_.parameters().end()) {
  for (const Kind::RoleInfo& role : kind.roles()) role_meanings_[role.name] = role.meaning;
  for (const Kind::GuardInfo& guard : kind.guards()) guard_meanings_[guard.name] = guard.meaning;
  event_names_ = EventNamesOf(kind.event_type());
  for (const wv1::Step& step : definition_.steps()) {
    event_names_.push_back(std::string(kStep) + step.id());
  }
}

absl::Status Lifecycle::Fill() {
  for (const wv1::State& state : definition_.states()) {
    state_numbers_.emplace(state.id(), states_.size());
    CompiledState& compiled = states_.emplace_back();
    compiled.source = &state;
    for (const std::string& path : state.required_fields()) {
      auto field = FieldPath::Resolve(kind_->state_type(), path);
      if (!field.ok()) return Invalid(std::string(field.status().message()));
      compiled.required_fields.push_back(*std::move(field));
    }
    RETURN_IF_ERROR(AddDeadlines(state.deadlines(), compiled.deadlines));
  }
  if (!HasState(definition_.initial())) {
    return Invalid(fmt::format("the initial state \"{}\" is unknown", definition_.initial()));
  }
  // Transitions are handed out by address, so they must not move.
  transitions_.resize(static_cast<size_t>(definition_.transitions_size()));
  for (size_t i = 0; i < transitions_.size(); ++i) {
    Transition& open = transitions_[i].open;
    open.index = i;
    open.source = &definition_.transitions(static_cast<int>(i));
    open.to = open.source->to();
    RETURN_IF_ERROR(AddDeadlines(open.source->schedule(), open.schedule));
  }
  for (const auto& [id, deadline] : deadlines_) {
    event_names_.push_back(std::string(kDeadline) + id);
  }
  for (size_t i = 0; i < event_names_.size(); ++i) event_numbers_.emplace(event_names_[i], i);
  table_.resize(event_names_.size() * states_.size());
  event_roles_.resize(event_names_.size());
  for (CompiledTransition& transition : transitions_) RETURN_IF_ERROR(AddTransition(transition));
  return absl::OkStatus();
}

absl::Status Lifecycle::AddDeadlines(const google::protobuf::RepeatedPtrField<wv1::Deadline>& from,
                                     std::vector<Deadline>& to) {
  for (const wv1::Deadline& source : from) {
    Deadline deadline;
    deadline.id = source.id();
    deadline.title = source.title();
    deadline.escalate_to.assign(source.escalate_to().begin(), source.escalate_to().end());
    if (!source.field().empty()) {
      auto field = FieldPath::Resolve(kind_->state_type(), source.field());
      if (!field.ok()) return Invalid(std::string(field.status().message()));
      const auto* type = field->field()->message_type();
      if (field->field()->is_repeated() || !(IsCivilDate(type) || IsTimestamp(type))) {
        return Invalid(fmt::format("\"{}\" is neither a date nor a time", source.field()));
      }
      deadline.field = *std::move(field);
    }
    if (!source.offset().empty()) {
      auto offset = ParseIsoDuration(source.offset());
      if (!offset.ok()) return Invalid(std::string(offset.status().message()));
      deadline.offset = *offset;
    }
    deadlines_.emplace(deadline.id, deadline);
    to.push_back(std::move(deadline));
  }
  return absl::OkStatus();
}

absl::Status Lifecycle::AddTransition(CompiledTransition& transition) {
  const wv1::Transition& source = *transition.open.source;
  if (!source.to().empty() && !HasState(source.to())) {
    return Invalid(fmt::format("state \"{}\" is unknown", source.to()));
  }
  for (const std::string& role : source.by()) {
    if (!IsBuiltInRole(role) && !role_meanings_.contains(role)) {
      return Invalid(fmt::format("role \"{}\" is unknown", role));
    }
    const auto known = std::find(role_names_.begin(), role_names_.end(), role);
    transition.roles.push_back(static_cast<size_t>(known - role_names_.begin()));
    if (known == role_names_.end()) role_names_.push_back(role);
  }
  if (source.has_guard()) {
    auto guard = CompileGuard(source.guard());
    if (!guard.ok()) return std::move(guard).status();
    transition.guard = *std::move(guard);
  }
  std::set<size_t> from;
  for (const std::string& state_id : source.from()) {
    if (state_id == kEveryState) {
      for (size_t i = 0; i < states_.size(); ++i) {
        if (!states_[i].source->final()) from.insert(i);
      }
    } else if (!HasState(state_id)) {
      return Invalid(fmt::format("state \"{}\" is unknown", state_id));
    } else {
      from.insert(StateNumber(state_id));
    }
  }
  for (const std::string& name : source.on()) {
    const size_t event = EventNumber(name);
    if (event == kNone) return Invalid(fmt::format("event \"{}\" is unknown", name));
    for (const size_t state : from) {
      table_[event * states_.size() + state].push_back(transition.open.index);
    }
    for (const size_t role : transition.roles) {
      auto& roles = event_roles_[event];
      if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Lifecycle::CompiledGuard> Lifecycle::CompileGuard(const wv1::Guard& guard) const {
  CompiledGuard compiled;
  const auto add_all = [&](const wv1::Guards& guards) -> absl::Status {
    for (const wv1::Guard& part : guards.of()) {
      ASSIGN_OR_RETURN(CompiledGuard compiled_part, CompileGuard(part));
      compiled.of.push_back(std::move(compiled_part));
    }
    return absl::OkStatus();
  };
  switch (guard.form_case()) {
    case wv1::Guard::kAll:
      compiled.form = CompiledGuard::Form::kAll;
      RETURN_IF_ERROR(add_all(guard.all()));
      break;
    case wv1::Guard::kAny:
      compiled.form = CompiledGuard::Form::kAny;
      RETURN_IF_ERROR(add_all(guard.any()));
      break;
    case wv1::Guard::kNot: {
      compiled.form = CompiledGuard::Form::kNot;
      ASSIGN_OR_RETURN(CompiledGuard part, CompileGuard(guard.not_()));
      compiled.of.push_back(std::move(part));
      break;
    }
    case wv1::Guard::kCheck:
      if (!guard_meanings_.contains(guard.check().name())) {
        return Invalid(fmt::format("guard \"{}\" is unknown", guard.check().name()));
      }
      compiled.form = CompiledGuard::Form::kCheck;
      compiled.name = guard.check().name();
      compiled.with.insert(guard.check().with().begin(), guard.check().with().end());
      break;
    case wv1::Guard::FORM_NOT_SET:
      break;
  }
  return compiled;
}

// --- who and when ---

Lifecycle::HeldRoles Lifecycle::HeldRoles::All() {
  HeldRoles held;
  held.all_ = true;
  return held;
}

bool Lifecycle::HeldRoles::Any(std::span<const size_t> roles) const {
  if (all_) return true;
  return std::any_of(roles.begin(), roles.end(),
                     [this](size_t role) { return role < held_.size() && held_[role]; });
}

bool Lifecycle::IsBuiltInRole(std::string_view role) {
  return role == kAdministrator || role == kSystem || role == kAnyone ||
         (role.starts_with(kOffice) && role.size() > kOffice.size());
}

bool Lifecycle::HoldsRole(std::string_view role, const Message& state,
                          const Context& context) const {
  if (context.actor.system() || role == kAnyone) return true;
  if (role == kSystem) return false;
  if (role == kAdministrator) return context.actor.administrator();
  if (role.starts_with(kOffice)) return context.actor.office() == role.substr(kOffice.size());
  return kind_->HoldsRole(role, state, context);
}

absl::StatusOr<Lifecycle::HeldRoles> Lifecycle::MayAct(std::span<const std::string> events,
                                                       std::string_view state_id,
                                                       const Message& state,
                                                       const Context& context) const {
  HeldRoles held;
  held.all_ = context.actor.system();
  held.held_.resize(role_names_.size());
  std::vector<bool> asked(role_names_.size());
  std::vector<size_t> everywhere;
  std::vector<size_t> here;
  // The roles of the first event: what may follow from it is not what was asked for.
  std::vector<size_t> to_name;
  bool admitted = events.empty();
  const size_t state_number = StateNumber(state_id);
  for (const std::string& name : events) {
    const size_t event = EventNumber(name);
    if (event == kNone) continue;
    for (const size_t role : event_roles_[event]) {
      if (asked[role]) continue;
      asked[role] = true;
      everywhere.push_back(role);
      if (!held.all_) held.held_[role] = HoldsRole(role_names_[role], state, context);
    }
    const bool first = here.empty();
    for (const size_t transition : Candidates(event, state_number)) {
      const auto& roles = transitions_[transition].roles;
      // What the server alone notes here is nothing that could be asked for.
      if (!held.all_ && roles.size() == 1 && role_names_[roles[0]] == kSystem) continue;
      admitted = true;
      here.insert(here.end(), roles.begin(), roles.end());
    }
    if (first) to_name = here;
  }
  const std::vector<size_t>& needed = here.empty() ? everywhere : here;
  if (!needed.empty() && !held.Any(needed)) {
    return RefuseRole(to_name.empty() ? needed : to_name, events);
  }
  if (!admitted) return RefuseState(events, state_id);
  return held;
}

absl::StatusOr<const Lifecycle::Transition*> Lifecycle::Match(std::string_view event,
                                                              std::string_view state_id,
                                                              const Message& state,
                                                              const Context& context,
                                                              const HeldRoles& held) const {
  const auto candidates = Candidates(EventNumber(event), StateNumber(state_id));
  absl::Status guard_refusal;
  std::vector<size_t> needed;
  for (const size_t candidate : candidates) {
    const CompiledTransition& transition = transitions_[candidate];
    if (!held.Any(transition.roles)) {
      needed.insert(needed.end(), transition.roles.begin(), transition.roles.end());
      continue;
    }
    absl::Status guard = CheckGuard(transition.guard, state, context);
    if (guard.ok()) return &transition.open;
    if (guard_refusal.ok()) guard_refusal = std::move(guard);
  }
  if (AlwaysAdmitted(event)) return nullptr;
  if (!guard_refusal.ok()) return guard_refusal;
  const std::array<std::string, 1> events = {std::string(event)};
  return candidates.empty() ? RefuseState(events, state_id) : RefuseRole(needed, events);
}

const Lifecycle::Transition* Lifecycle::Recorded(std::string_view event,
                                                 std::string_view from_state,
                                                 std::string_view to_state) const {
  for (const size_t candidate : Candidates(EventNumber(event), StateNumber(from_state))) {
    const Transition& transition = transitions_[candidate].open;
    if (NextState(&transition, from_state) == to_state) return &transition;
  }
  return nullptr;
}

bool Lifecycle::AlwaysAdmitted(std::string_view event) {
  return event == "InstanceMigrated" || event == "FollowUpRefused" || event == "AttentionCalled" ||
         event.starts_with(kDeadline);
}

absl::Status Lifecycle::RefuseRole(const std::vector<size_t>& roles,
                                   std::span<const std::string> events) const {
  std::vector<std::string> names;
  std::vector<std::string> meanings;
  for (const size_t role : roles) {
    const std::string& name = role_names_[role];
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    if (name == kSystem && roles.size() > 1) continue;  // nobody who could be asked
    names.push_back(name);
    const std::string meaning = RoleMeaning(name);
    meanings.push_back(meaning.empty() ? name : fmt::format("{} ({})", name, meaning));
  }
  return Refuse(
             absl::StatusCode::kPermissionDenied, api::v1::REASON_ROLE_REQUIRED,
             fmt::format("{} may be done only by: {}", events.front(), fmt::join(meanings, "; ")))
      .Mend(
          "Ask one of them, or, if you hold such an office, name it as the office that you act in.")
      .With("roles", fmt::format("{}", fmt::join(names, ",")))
      .With("events", fmt::format("{}", fmt::join(events, ",")));
}

absl::Status Lifecycle::RefuseState(std::span<const std::string> events,
                                    std::string_view state_id) const {
  std::vector<std::string> allowed;
  std::vector<std::string_view> titles;
  for (const CompiledState& state : states_) {
    const std::string& id = state.source->id();
    if (std::any_of(events.begin(), events.end(),
                    [&](const std::string& event) { return Admits(event, id); })) {
      allowed.push_back(id);
      titles.push_back(Title(id));
    }
  }
  const std::string what = fmt::format("{}", fmt::join(events, ", "));
  const bool final = IsFinal(state_id);
  const std::string message =
      allowed.empty() ? fmt::format("the definition \"{}\" does not provide for {}",
                                    definition_.definition(), what)
                      : fmt::format("the state is \"{}\"{}; {} is possible only in: {}",
                                    Title(state_id), final ? ", in which nothing more happens" : "",
                                    what, fmt::join(titles, ", "));
  std::string_view mend =
      "Do first what leads to such a state; `kasundo describe` shows what is possible now.";
  if (allowed.empty()) mend = "Ask an administrator to deploy a definition that provides for it.";
  if (!allowed.empty() && final)
    mend = "Nothing more can be done here; if need be, enter a new one.";
  return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOT_IN_THIS_STATE, message)
      .Mend(mend)
      .With("state", state_id)
      .With("allowed_in", fmt::format("{}", fmt::join(allowed, ",")))
      .With("events", fmt::format("{}", fmt::join(events, ",")));
}

// --- guards ---

absl::Status Lifecycle::CheckGuard(const CompiledGuard& guard, const Message& state,
                                   const Context& context) const {
  const auto refuse = [&] {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_GUARD_NOT_MET,
                  fmt::format("the definition \"{}\" demands: {}", definition_.definition(),
                              InWords(guard)))
        .Mend("See to that first, or ask an administrator to deploy a definition without it.")
        .With("guard", InWords(guard));
  };
  switch (guard.form) {
    case CompiledGuard::Form::kNone:
      return absl::OkStatus();
    case CompiledGuard::Form::kAll:
      for (const CompiledGuard& part : guard.of) RETURN_IF_ERROR(CheckGuard(part, state, context));
      return absl::OkStatus();
    case CompiledGuard::Form::kAny:
      for (const CompiledGuard& part : guard.of) {
        if (CheckGuard(part, state, context).ok()) return absl::OkStatus();
      }
      return refuse();
    case CompiledGuard::Form::kNot:
      if (!CheckGuard(guard.of.front(), state, context).ok()) return absl::OkStatus();
      return refuse();
    case CompiledGuard::Form::kCheck:
      return kind_->CheckGuard(guard.name, guard.with, state, context);
  }
  KASUNDO_CHECK(false && "every form is handled above");
  return absl::InternalError("unknown form of guard");
}

std::string Lifecycle::InWords(const CompiledGuard& guard) const {
  std::vector<std::string> parts;
  for (const CompiledGuard& part : guard.of) parts.push_back(InWords(part));
  switch (guard.form) {
    case CompiledGuard::Form::kNone:
      return "nothing";
    case CompiledGuard::Form::kAll:
      return fmt::format("({})", fmt::join(parts, " and "));
    case CompiledGuard::Form::kAny:
      return fmt::format("({})", fmt::join(parts, " or "));
    case CompiledGuard::Form::kNot:
      return fmt::format("not so: {}", parts.front());
    case CompiledGuard::Form::kCheck: {
      const auto meaning = guard_meanings_.find(guard.name);
      std::string words = meaning == guard_meanings_.end() || meaning->second.empty()
                              ? guard.name
                              : meaning->second;
      for (const auto& [key, value] : guard.with) words += fmt::format(" [{}: {}]", key, value);
      return words;
    }
  }
  return "";
}

// --- fields and deadlines ---

std::vector<std::string> Lifecycle::MissingFields(std::string_view state_id,
                                                  const Message& state) const {
  std::vector<std::string> missing;
  const size_t number = StateNumber(state_id);
  if (number == kNone) return missing;
  for (const FieldPath& path : states_[number].required_fields) {
    if (path.IsEmpty(state)) missing.push_back(path.text());
  }
  return missing;
}

absl::Status Lifecycle::CheckRequiredFields(std::string_view state_id, const Message& state) const {
  const std::vector<std::string> missing = MissingFields(state_id, state);
  if (missing.empty()) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_STATE_FIELD_MISSING,
                fmt::format("the state \"{}\" demands what is still empty: {}", Title(state_id),
                            fmt::join(missing, ", ")))
      .Field(missing.front())
      .Mend("Fill it first.")
      .With("state", state_id)
      .With("fields", fmt::format("{}", fmt::join(missing, ",")));
}

std::span<const Lifecycle::Deadline> Lifecycle::DeadlinesOf(std::string_view state_id) const {
  const size_t number = StateNumber(state_id);
  if (number == kNone) return {};
  return states_[number].deadlines;
}

const Lifecycle::Deadline* Lifecycle::FindDeadline(std::string_view id) const {
  const auto found = deadlines_.find(id);
  return found == deadlines_.end() ? nullptr : &found->second;
}

std::optional<absl::Time> Lifecycle::DueTime(const Deadline& deadline, const Message& state,
                                             absl::Time began, absl::TimeZone zone) {
  if (!deadline.field.has_value()) return Add(began, deadline.offset, zone);
  if (deadline.field->IsEmpty(state)) return std::nullopt;
  const Message& holder = *deadline.field->Holder(state);
  const Message& value = holder.GetReflection()->GetMessage(holder, deadline.field->field());
  if (!IsCivilDate(deadline.field->field()->message_type())) {
    return Add(ReadTime(value), deadline.offset, zone);
  }
  const CivilDate date = ReadDate(value);
  if (!IsValid(date)) return std::nullopt;
  const absl::CivilDay last = Add(Last(date), deadline.offset);
  return absl::FromCivil(absl::CivilSecond(last + 1), zone) + ClockPart(deadline.offset);
}

// --- what the definition says ---

size_t Lifecycle::StateNumber(std::string_view state_id) const {
  const auto found = state_numbers_.find(state_id);
  return found == state_numbers_.end() ? kNone : found->second;
}

size_t Lifecycle::EventNumber(std::string_view event) const {
  const auto found = event_numbers_.find(event);
  return found == event_numbers_.end() ? kNone : found->second;
}

std::span<const size_t> Lifecycle::Candidates(size_t event, size_t state) const {
  if (event == kNone || state == kNone) return {};
  return table_[event * states_.size() + state];
}

bool Lifecycle::IsFinal(std::string_view state_id) const {
  const size_t number = StateNumber(state_id);
  return number != kNone && states_[number].source->final();
}

std::string_view Lifecycle::Title(std::string_view state_id) const {
  const size_t number = StateNumber(state_id);
  if (number == kNone || states_[number].source->title().empty()) return state_id;
  return states_[number].source->title();
}

bool Lifecycle::Admits(std::string_view event, std::string_view state_id) const {
  return !Candidates(EventNumber(event), StateNumber(state_id)).empty();
}

bool Lifecycle::AdmitsAnywhere(std::string_view event) const {
  return std::any_of(states_.begin(), states_.end(),
                     [&](const CompiledState& state) { return Admits(event, state.source->id()); });
}

std::vector<std::string> Lifecycle::StatesAdmitting(std::string_view event) const {
  std::vector<std::string> ids;
  for (const CompiledState& state : states_) {
    if (Admits(event, state.source->id())) ids.push_back(state.source->id());
  }
  return ids;
}

std::vector<std::string> Lifecycle::PossibleEvents(std::string_view state_id) const {
  std::vector<std::string> events;
  const size_t state = StateNumber(state_id);
  for (const CompiledTransition& transition : transitions_) {
    for (const std::string& event : transition.open.source->on()) {
      if (event.starts_with(kDeadline)) continue;
      const auto candidates = Candidates(EventNumber(event), state);
      if (std::find(candidates.begin(), candidates.end(), transition.open.index) ==
              candidates.end() ||
          std::find(events.begin(), events.end(), event) != events.end()) {
        continue;
      }
      events.push_back(event);
    }
  }
  return events;
}

std::vector<std::string> Lifecycle::RolesFor(std::string_view event,
                                             std::string_view state_id) const {
  std::vector<std::string> roles;
  for (const size_t candidate : Candidates(EventNumber(event), StateNumber(state_id))) {
    for (const size_t role : transitions_[candidate].roles) {
      if (std::find(roles.begin(), roles.end(), role_names_[role]) == roles.end()) {
        roles.push_back(role_names_[role]);
      }
    }
  }
  return roles;
}

std::string Lifecycle::RoleMeaning(std::string_view role) const {
  if (role == kAdministrator) return "who runs the server";
  if (role == kSystem) return "the engine itself";
  if (role == kAnyone) return "whoever is signed in";
  if (role.starts_with(kOffice)) return "who acts in that office";
  const auto found = role_meanings_.find(role);
  return found == role_meanings_.end() ? "" : found->second;
}

}  // namespace kasundo
