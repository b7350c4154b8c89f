// The state machine of one definition, run over the events that a decider yields: which events may
// happen in which state, by whom, under which guards, and where they lead. Compiled once from a
// definition and the kind that it governs; const from then on and shared by all threads. The Kind
// must outlive it.
//
// What the sequencer does with it, per command:
//
//   ASSIGN_OR_RETURN(auto held, lifecycle.MayAct(info->events, state_id, state, context));   //
//   role, then state
//   ... etag, Decide ...
//   for each event:
//     ASSIGN_OR_RETURN(auto* transition, lifecycle.Match(EventNameOf(event), state_id, state,
//     context, held)); kind.Evolve(state, event); state_id = lifecycle.NextState(transition,
//     state_id);
//   RETURN_IF_ERROR(lifecycle.CheckRequiredFields(state_id, state));                         //
//   once, at the end
//   ... DeadlinesOf(state_id) if it was entered, transition->schedule, DueTime(...) ...
//
// Event names: the message name of a fact of the kind ("MeetingOpened"), "step/<id>" for a
// StepTaken, "deadline/<id>" for a DeadlineReached, "InstanceMigrated" and "FollowUpRefused" for
// the other two events of the engine.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "workflows/engine/context.h"
#include "workflows/engine/field_path.h"
#include "workflows/engine/iso_duration.h"
#include "workflows/engine/kind.h"

namespace kasundo {

class Lifecycle {
 public:
  // A deadline of a state or of a transition's schedule.
  struct Deadline {
    std::string id;
    std::string title;
    std::vector<std::string> escalate_to;  // roles
    std::optional<FieldPath>
        field;  // the date or time from which it counts; none: the event that began it
    IsoDuration offset;
  };

  // Lives as long as the lifecycle.
  struct Transition {
    size_t index = 0;  // in the definition
    const workflows::v1::Transition* source = nullptr;
    std::string to;                  // empty: the state stays
    std::vector<Deadline> schedule;  // begin with the event
  };

  // Which roles an actor held when its command was looked at, as far as the command's events ask
  // for them. A role that the command itself brings or takes does not count: all of its events are
  // allowed or refused by the state before it.
  class HeldRoles {
   public:
    // Holds every role: for replaying what was allowed once.
    static HeldRoles All();

   private:
    friend class Lifecycle;
    bool Any(std::span<const size_t> roles) const;

    bool all_ = false;
    std::vector<bool> held_;  // by role number; roles that were not asked for are false
  };

  // REQUIRES: CheckDefinition(definition, kind) found no error when the definition was accepted. If
  // the program has since lost an event, a guard, a role or a field that the definition names, the
  // answer is FAILED_PRECONDITION, reason DEFINITION_INVALID, naming it.
  static absl::StatusOr<std::unique_ptr<const Lifecycle>> Compile(
      workflows::v1::WorkflowDefinition definition, const Kind& kind);

  Lifecycle(const Lifecycle&) = delete;
  Lifecycle& operator=(const Lifecycle&) = delete;

  // --- before Decide ---

  // Whether the actor of `context` may bring about any of `events` (of which a command declares
  // what it may yield) on an instance that is in `state_id` with `state`. First who:
  // PERMISSION_DENIED, reason ROLE_REQUIRED (metadata `roles`) if it holds none of the roles of the
  // transitions that some of the events have in this state, or, if none of them may happen in this
  // state, in any state. Then when: FAILED_PRECONDITION, reason NOT_IN_THIS_STATE (metadata
  // `state`, `allowed_in`) if none of the events may happen in this state. Guards are not asked:
  // they see what Decide yields.
  //
  // Roles beside the kind's own: `anyone`; `administrator` if the actor is one (an administrator
  // runs the server, not the committee: it holds no other role by that); `system` if the engine
  // itself acts, which passes every `by`; `office:<name>` if the actor acts in that office.
  absl::StatusOr<HeldRoles> MayAct(std::span<const std::string> events, std::string_view state_id,
                                   const google::protobuf::Message& state,
                                   const Context& context) const;

  // --- per event ---

  // The transition by which `event` happens in `state_id`; nullptr if it may happen without one and
  // the state stays (the engine's own events: see AlwaysAdmitted). `state` is the kind's state
  // before the event. Refusals:
  //   FAILED_PRECONDITION NOT_IN_THIS_STATE  no transition from here has this event
  //   PERMISSION_DENIED   ROLE_REQUIRED      none of those that have it is open to the roles in
  //   `held` the refusal of the guard itself        a predicate of the kind does not hold
  //   FAILED_PRECONDITION GUARD_NOT_MET      a `not` or `any` does not hold (metadata `guard`: in
  //   words)
  absl::StatusOr<const Transition*> Match(std::string_view event, std::string_view state_id,
                                          const google::protobuf::Message& state,
                                          const Context& context, const HeldRoles& held) const;

  // Where an event leads that Match let pass.
  static std::string_view NextState(const Transition* transition, std::string_view state_id) {
    return transition == nullptr || transition->to.empty() ? state_id
                                                           : std::string_view(transition->to);
  }

  // The transition of an event that was recorded: the first that has it here and leads there. Live
  // work and replay both take the deadlines from this one. nullptr if none has it.
  const Transition* Recorded(std::string_view event, std::string_view from_state,
                             std::string_view to_state) const;

  // Events of the engine that are facts whatever the definition says: "InstanceMigrated",
  // "FollowUpRefused", "AttentionCalled", and every "deadline/<id>": a deadline that no transition
  // names here, or whose guard does not hold, is recorded and escalates, and the state stays.
  static bool AlwaysAdmitted(std::string_view event);

  // --- after the events ---

  // Paths of the state's required fields that are empty in `state`.
  std::vector<std::string> MissingFields(std::string_view state_id,
                                         const google::protobuf::Message& state) const;
  // FAILED_PRECONDITION, reason STATE_FIELD_MISSING (metadata `fields`) if MissingFields() finds
  // any.
  absl::Status CheckRequiredFields(std::string_view state_id,
                                   const google::protobuf::Message& state) const;

  // Deadlines that begin on entering a state and end on leaving it.
  std::span<const Deadline> DeadlinesOf(std::string_view state_id) const;
  // A deadline of the definition by id, wherever it is declared; nullptr if there is none.
  const Deadline* FindDeadline(std::string_view id) const;
  // When a deadline falls due. Without a field it counts from `began`, the time of the event that
  // began it. A date counts from its end: "due 2016-03-18" is due when that day is over in `zone`,
  // "2016-03" when March is; the years, months and days of the offset are added to the day first,
  // so that 31 January and P1M is the end of the last day of February. A Timestamp counts exactly.
  // nullopt if the field is empty (or no date): then there is nothing to wait for.
  static std::optional<absl::Time> DueTime(const Deadline& deadline,
                                           const google::protobuf::Message& state, absl::Time began,
                                           absl::TimeZone zone);

  // --- what the definition says ---

  const workflows::v1::WorkflowDefinition& definition() const { return definition_; }
  const Kind& kind() const { return *kind_; }
  // The `parameters` of the definition, as a Context carries them.
  const std::map<std::string, std::string>& parameters() const { return parameters_; }
  const std::string& initial() const { return definition_.initial(); }
  bool HasState(std::string_view state_id) const { return StateNumber(state_id) != kNone; }
  // False for an unknown state.
  bool IsFinal(std::string_view state_id) const;
  // The state's title, or its id if it has none or is unknown.
  std::string_view Title(std::string_view state_id) const;
  // Whether a transition from this state has this event.
  bool Admits(std::string_view event, std::string_view state_id) const;
  // Whether any transition has this event.
  bool AdmitsAnywhere(std::string_view event) const;
  // Ids of the states from which a transition has this event, in the order of the definition.
  std::vector<std::string> StatesAdmitting(std::string_view event) const;
  // Events that some transition from this state has, without deadlines, in the order of the
  // definition.
  std::vector<std::string> PossibleEvents(std::string_view state_id) const;
  // Roles that may bring about this event in this state.
  std::vector<std::string> RolesFor(std::string_view event, std::string_view state_id) const;
  // Whether `role` is one that every kind has: "administrator", "system", "anyone" or
  // "office:<name>".
  static bool IsBuiltInRole(std::string_view role);
  // What a role means, for people: the kind's own words for its roles.
  std::string RoleMeaning(std::string_view role) const;
  // Whether `actor` of the context holds a role that the definition may name.
  bool HoldsRole(std::string_view role, const google::protobuf::Message& state,
                 const Context& context) const;

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  // A guard with its parameters in the form in which the kind wants them.
  struct CompiledGuard {
    enum class Form { kNone, kAll, kAny, kNot, kCheck };
    Form form = Form::kNone;
    std::vector<CompiledGuard> of;  // kAll, kAny; one for kNot
    std::string name;               // kCheck
    std::map<std::string, std::string> with;
  };
  struct CompiledTransition {
    Transition open;
    CompiledGuard guard;
    std::vector<size_t> roles;  // numbers
  };
  struct CompiledState {
    const workflows::v1::State* source = nullptr;
    std::vector<FieldPath> required_fields;
    std::vector<Deadline> deadlines;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Numbers = std::unordered_map<std::string, size_t, Hash, std::equal_to<>>;

  Lifecycle(workflows::v1::WorkflowDefinition definition, const Kind& kind);
  absl::Status Fill();
  absl::StatusOr<CompiledGuard> CompileGuard(const workflows::v1::Guard& guard) const;
  absl::StatusOr<Deadline> CompileDeadline(const workflows::v1::Deadline& deadline) const;
  absl::Status AddDeadlines(const google::protobuf::RepeatedPtrField<workflows::v1::Deadline>& from,
                            std::vector<Deadline>& to);
  absl::Status AddTransition(CompiledTransition& transition);
  size_t StateNumber(std::string_view state_id) const;
  size_t EventNumber(std::string_view event) const;
  // Transitions of an event from a state, in the order of the definition.
  std::span<const size_t> Candidates(size_t event, size_t state) const;
  absl::Status CheckGuard(const CompiledGuard& guard, const google::protobuf::Message& state,
                          const Context& context) const;
  std::string InWords(const CompiledGuard& guard) const;
  absl::Status RefuseRole(const std::vector<size_t>& roles,
                          std::span<const std::string> events) const;
  absl::Status RefuseState(std::span<const std::string> events, std::string_view state_id) const;

  const workflows::v1::WorkflowDefinition definition_;
  const Kind* const kind_;
  std::map<std::string, std::string> parameters_;
  Numbers state_numbers_;
  Numbers event_numbers_;
  std::vector<std::string> event_names_;
  std::vector<std::string> role_names_;
  std::vector<CompiledState> states_;
  std::vector<CompiledTransition> transitions_;
  std::vector<std::vector<size_t>> table_;  // [event * number of states + state]
  std::vector<std::vector<size_t>>
      event_roles_;  // [event]: roles of its transitions from any state
  std::unordered_map<std::string, Deadline, Hash, std::equal_to<>> deadlines_;
  std::map<std::string, std::string, std::less<>> role_meanings_;
  std::map<std::string, std::string, std::less<>> guard_meanings_;
};

}  // namespace kasundo
