#include "workflows/engine/command_decision.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "fmt/format.h"
#include "kasundo/workflows/v1/workflows_service.pb.h"
#include "workflows/engine/check.h"
#include "workflows/engine/civil_date.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;

// A process manager that answers its own events would never come to an end.
constexpr int kMaxFollowUpDepth = 16;
constexpr size_t kMaxFollowUps = 10'000;

// Looks up other instances while one command is decided; what it hands out lives as long as it.
class RelatedLookup {
 public:
  explicit RelatedLookup(const Workspace& workspace) : workspace_(workspace) {}

  const RelatedInstance* operator()(std::string_view name) {
    const auto found = workspace_.Find(name);
    if (!found.ok() || *found == nullptr) return nullptr;
    held_.push_back(*found);
    related_.push_back(AsRelated(**found));
    return &related_.back();
  }

 private:
  const Workspace& workspace_;
  std::deque<InstancePtr> held_;
  std::deque<RelatedInstance> related_;
};

absl::Status NotFound(api::v1::Reason reason, std::string_view field, std::string_view name,
                      std::string_view mend) {
  return Refuse(absl::StatusCode::kNotFound, reason, fmt::format("there is no \"{}\"", name))
      .Field(field)
      .Mend(mend)
      .With("name", name);
}

}  // namespace

// Everything that is known of the command on its way.
struct CommandDecision::Trial {
  Trial(const Command& sent, absl::Time at, Workspace& layer, int nesting, size_t* follow_up_count)
      : command(sent), now(at), workspace(layer), depth(nesting), follow_ups(follow_up_count) {}

  const Command& command;
  const absl::Time now;
  Workspace& workspace;      // its own layer
  const int depth;           // 0 for a command, 1 for its follow-ups, 2 for theirs...
  size_t* const follow_ups;  // how many the command has led to so far

  std::string realm;
  std::shared_ptr<InstanceEntry> entry;  // a copy of its own, changed event by event
  const Lifecycle* lifecycle = nullptr;
  InstancePtr answer;
  Context context;
  Lifecycle::HeldRoles held;
  std::vector<v1::ReferenceRead> references;
  std::vector<std::pair<std::shared_ptr<const v1::EventRecord>,
                        std::shared_ptr<const google::protobuf::Message>>>
      recorded;
  std::vector<std::shared_ptr<const v1::EventRecord>> all;  // with those of follow-ups
  int64_t position = -1;
};

std::string ContentHash(const Command& command) {
  if (!command.content_hash.empty()) return command.content_hash;
  std::string content = command.request->GetTypeName();
  content.push_back('\0');
  content.append(command.instance).push_back('\0');
  // Maps have no order of their own.
  content.append(SerializeDeterministically(*command.request));
  return Sha256(content);
}

std::string EtagOf(int64_t revision) { return fmt::format("\"{}\"", revision); }

std::string Instance::etag() const { return EtagOf(record.revision()); }

absl::StatusOr<CommandDecision::Result> CommandDecision::Run(const Command& command, absl::Time now,
                                                             Workspace& base) const {
  Workspace layer(static_cast<const Workspace&>(base));
  size_t follow_ups = 0;
  Trial trial(command, now, layer, 0, &follow_ups);
  RETURN_IF_ERROR(Decide(trial));
  Result result{trial.answer, trial.position, std::move(trial.all)};
  base.Absorb(std::move(layer));
  return result;
}

absl::Status CommandDecision::Decide(Trial& trial) const {
  RETURN_IF_ERROR(FindInstance(trial));
  RelatedLookup lookup(trial.workspace);
  trial.context.lookup = [&lookup](std::string_view name) { return lookup(name); };
  RETURN_IF_ERROR(FillContext(trial));
  const Kind::CommandInfo* info =
      trial.entry->kind->FindCommand(trial.command.request->GetDescriptor());
  RETURN_IF_ERROR(info != nullptr ? DecideKindCommand(trial, *info) : DecideEngineCommand(trial));
  trial.context.lookup = nullptr;
  if (trial.position >= 0) trial.workspace.Put(trial.entry);  // not changed from here on
  trial.answer = trial.entry;
  RETURN_IF_ERROR(RunFollowUps(trial));
  // A follow-up may have come back to the instance: the answer is what it is after all of them.
  ASSIGN_OR_RETURN(const InstancePtr latest, trial.workspace.Find(trial.command.instance));
  if (latest != nullptr) trial.answer = latest;
  if (trial.position >= 0) trial.position = trial.workspace.Tail(trial.realm)->next - 1;
  // What recorded nothing needs no memory: said again, it changes nothing again. And everything
  // kept must follow from the events, or it could not be verified.
  if (!trial.command.header.request_id().empty() && trial.position >= 0) {
    v1::RequestRecord request;
    request.set_content_hash(ContentHash(trial.command));
    request.set_instance(trial.command.instance);
    request.set_revision(trial.answer->record.revision());
    request.set_position(trial.position);
    trial.workspace.PutRequest(trial.realm + '\0' + trial.command.header.request_id(),
                               std::move(request));
  }
  return absl::OkStatus();
}

absl::Status CommandDecision::FindInstance(Trial& trial) const {
  const std::string& name = trial.command.instance;
  trial.realm = RealmOf(name);
  if (trial.workspace.Tail(trial.realm) == nullptr) {
    return NotFound(api::v1::REASON_REALM_NOT_FOUND, "name", trial.realm,
                    "Name a realm of this server; an administrator can found one.");
  }
  const Kind* kind = kinds_.FindByCollection(CollectionOf(name));
  if (kind == nullptr || !IsValidId(IdOf(name))) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                  fmt::format("\"{}\" is not the name of anything that this server keeps", name))
        .Field("name")
        .Mend("Ids are 1 to 63 lower-case letters, digits and hyphens, not at the ends.");
  }
  ASSIGN_OR_RETURN(const InstancePtr found, trial.workspace.Find(name));
  if (trial.command.creates) {
    if (found != nullptr) {
      return Refuse(absl::StatusCode::kAlreadyExists, api::v1::REASON_INSTANCE_EXISTS,
                    fmt::format("\"{}\" exists already", name))
          .Field(kind->traits().kind + "_id")
          .Mend("Choose another id, or change the one that exists.")
          .With("name", name);
    }
    RETURN_IF_ERROR(FindParent(trial, *kind));
    trial.entry = std::make_shared<InstanceEntry>(NewEntry(name, *kind));
    const std::string& definition =
        trial.command.definition.empty() ? kind->traits().kind : trial.command.definition;
    // Definition ids use hyphens where kinds use underscores.
    std::string id = definition;
    std::replace(id.begin(), id.end(), '_', '-');
    trial.lifecycle = definitions_.Find(trial.realm, id, 0);
    if (trial.lifecycle == nullptr || &trial.lifecycle->kind() != kind) {
      return NotFound(api::v1::REASON_REFERENCE_NOT_FOUND, "definition",
                      trial.realm + "/definitions/" + id,
                      fmt::format("Name a definition of the kind {}.", kind->traits().kind));
    }
    ASSIGN_OR_RETURN(const InstancePtr deployed,
                     trial.workspace.Find(trial.realm + "/definitions/" + id));
    if (deployed != nullptr && deployed->record.lifecycle_state() == "retired") {
      return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOT_IN_THIS_STATE,
                    fmt::format("the definition {} is retired: it governs nothing new", id))
          .Field("definition")
          .Mend("Name a definition that is in use.");
    }
    trial.entry->record.set_definition(id);
    trial.entry->record.set_definition_version(definitions_.Latest(trial.realm, id));
    trial.entry->record.set_lifecycle_state(trial.lifecycle->initial());
    return absl::OkStatus();
  }
  if (found == nullptr) {
    return NotFound(api::v1::REASON_INSTANCE_NOT_FOUND, "name", name,
                    "Check the name; list its collection.");
  }
  trial.entry = std::make_shared<InstanceEntry>(found->Copy());
  trial.lifecycle = definitions_.Find(trial.realm, found->record.definition(),
                                      found->record.definition_version());
  KASUNDO_CHECK(trial.lifecycle != nullptr);
  return absl::OkStatus();
}

absl::Status CommandDecision::FindParent(const Trial& trial, const Kind& kind) const {
  const std::string_view parent = ParentOf(trial.command.instance);
  const std::string& parent_kind = kind.traits().parent_kind;
  if (parent_kind.empty()) {
    const bool beneath_realm =
        parent == trial.realm || (parent.empty() && trial.command.instance == trial.realm);
    if (beneath_realm) return absl::OkStatus();
  } else {
    ASSIGN_OR_RETURN(const InstancePtr found, trial.workspace.Find(parent));
    if (found != nullptr && found->record.kind() == parent_kind) return absl::OkStatus();
    if (found == nullptr) {
      return NotFound(api::v1::REASON_INSTANCE_NOT_FOUND, "parent", parent,
                      "Create the parent first, or check its name.");
    }
  }
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                fmt::format("a {} does not lie beneath \"{}\"", kind.traits().kind, parent))
      .Field("parent")
      .Mend(fmt::format("Give the name of a {}.", parent_kind.empty() ? "realm" : parent_kind));
}

absl::Status CommandDecision::FillContext(Trial& trial) const {
  const Command& command = trial.command;
  Context& context = trial.context;
  const RealmTail& tail = *trial.workspace.Tail(trial.realm);
  context.actor = command.actor;
  context.now = std::max(trial.now, tail.last_time);
  context.time_zone = tail.zone;
  context.today = DayOf(context.now, tail.zone);
  context.instance = command.instance;
  context.lifecycle_state = trial.entry->record.lifecycle_state();
  context.reason = command.header.reason();
  context.parameters = &trial.lifecycle->parameters();
  if (!command.header.has_occurred_on()) return absl::OkStatus();
  const CivilDate& occurred = command.header.occurred_on();
  if (!IsValid(occurred)) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_DATE_INVALID,
                  "the day on which it happened does not exist")
        .Field("header.occurred_on")
        .Mend("Give a year, a month or a day that exists.");
  }
  if (First(occurred) > First(context.today)) {
    return Refuse(
               absl::StatusCode::kInvalidArgument, api::v1::REASON_OCCURRED_IN_FUTURE,
               fmt::format("{} lies after today, {}", ToString(occurred), ToString(context.today)))
        .Field("header.occurred_on")
        .Mend("Record what happened once it has happened.");
  }
  context.entered_late = Last(occurred) < First(context.today);
  context.today = occurred;
  return absl::OkStatus();
}

absl::Status CommandDecision::MayAct(Trial& trial, const std::vector<std::string>& events) const {
  ASSIGN_OR_RETURN(trial.held,
                   trial.lifecycle->MayAct(events, trial.entry->record.lifecycle_state(),
                                           *trial.entry->state, trial.context));
  return absl::OkStatus();
}

absl::Status CommandDecision::CheckEtag(const Trial& trial) const {
  const std::string& etag = trial.command.header.etag();
  const std::string present = EtagOf(trial.entry->record.revision());
  if (etag.empty() || etag == present) return absl::OkStatus();
  return Refuse(absl::StatusCode::kAborted, api::v1::REASON_ETAG_MISMATCH,
                fmt::format("{} has changed since: its etag is {}, not {}", trial.command.instance,
                            present, etag))
      .Field("header.etag")
      .Mend("Read it again, look at what changed, and decide anew.")
      .With("etag", present);
}

absl::Status CommandDecision::CheckReferences(Trial& trial) const {
  trial.references = trial.command.resolved;
  for (const Command::Reference& reference : trial.command.references) {
    ASSIGN_OR_RETURN(const InstancePtr found, trial.workspace.Find(reference.name));
    if (found == nullptr) {
      return NotFound(api::v1::REASON_REFERENCE_NOT_FOUND, reference.field, reference.name,
                      "Create it first, or check the name.");
    }
    if (reference.kind != "*" && found->record.kind() != reference.kind) {
      return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                    fmt::format("\"{}\" is of the kind {}, not {}", reference.name,
                                found->record.kind(), reference.kind))
          .Field(reference.field)
          .Mend(fmt::format("Give the name of a {}.", reference.kind));
    }
    v1::ReferenceRead& read = trial.references.emplace_back();
    read.set_name(reference.name);
    read.set_revision(found->record.revision());
    read.set_position(found->record.position());
  }
  return absl::OkStatus();
}

absl::Status CommandDecision::DecideKindCommand(Trial& trial, const Kind::CommandInfo& info) const {
  RETURN_IF_ERROR(MayAct(trial, info.events));
  RETURN_IF_ERROR(CheckEtag(trial));
  RETURN_IF_ERROR(CheckReferences(trial));
  ASSIGN_OR_RETURN(auto events, trial.entry->kind->Decide(*trial.command.request,
                                                          *trial.entry->state, trial.context));
  for (auto& event : events) {
    const std::string name = EventNameOf(*event);
    RETURN_IF_ERROR(Record(trial, name, std::move(event)));
  }
  return trial.lifecycle->CheckRequiredFields(trial.entry->record.lifecycle_state(),
                                              *trial.entry->state);
}

absl::Status CommandDecision::DecideEngineCommand(Trial& trial) const {
  const auto* type = trial.command.request->GetDescriptor();
  if (type == v1::TakeStepRequest::descriptor()) return TakeStep(trial);
  if (type == v1::DeadlineReached::descriptor()) return ReachDeadline(trial);
  if (type == v1::MigrateInstanceRequest::descriptor()) return Migrate(trial);
  if (type == v1::AttentionCalled::descriptor()) return CallAttention(trial);
  return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_NAME_INVALID,
                fmt::format("a {} knows no command {}", trial.entry->kind->traits().kind,
                            type->name()))
      .Field("name")
      .Mend("Give the name of an instance of the kind that has this command.");
}

absl::Status CommandDecision::TakeStep(Trial& trial) const {
  const auto& request = static_cast<const v1::TakeStepRequest&>(*trial.command.request);
  const std::string event = "step/" + request.step();
  RETURN_IF_ERROR(MayAct(trial, {event}));
  RETURN_IF_ERROR(CheckEtag(trial));
  RETURN_IF_ERROR(CheckReferences(trial));
  auto payload = std::make_shared<v1::EngineEvent>();
  payload->mutable_step_taken()->set_step(request.step());
  payload->mutable_step_taken()->set_note(request.note());
  payload->mutable_step_taken()->set_document(request.document());
  RETURN_IF_ERROR(Record(trial, event, std::move(payload)));
  return trial.lifecycle->CheckRequiredFields(trial.entry->record.lifecycle_state(),
                                              *trial.entry->state);
}

absl::Status CommandDecision::ReachDeadline(Trial& trial) const {
  const auto& reached = static_cast<const v1::DeadlineReached&>(*trial.command.request);
  const auto& timers = trial.entry->record.timers();
  // A row of kTimers knows the microsecond in which it is due, from 1970 on, and no more.
  const auto microsecond = [](const google::protobuf::Timestamp& time) {
    return std::max<int64_t>(absl::ToUnixMicros(TimeOf(time)), 0);
  };
  const bool runs = std::any_of(timers.begin(), timers.end(), [&](const v1::ActiveTimer& timer) {
    return timer.deadline() == reached.deadline() &&
           microsecond(timer.due_time()) == microsecond(reached.due_time());
  });
  // Between its submission and now the state was left or the date moved: nothing is due any more.
  if (!runs) return absl::OkStatus();
  const std::string event = "deadline/" + reached.deadline();
  trial.held = Lifecycle::HeldRoles::All();
  auto payload = std::make_shared<v1::EngineEvent>();
  *payload->mutable_deadline_reached() = reached;
  if (const auto* deadline = trial.lifecycle->FindDeadline(reached.deadline());
      deadline != nullptr) {
    for (const std::string& role : deadline->escalate_to) {
      payload->mutable_deadline_reached()->add_escalate_to(role);
    }
  }
  return Record(trial, event, std::move(payload));
}

// A fact about people and dates, not about the instance: it is recorded whatever the state is.
absl::Status CommandDecision::CallAttention(Trial& trial) const {
  if (!trial.command.actor.system()) {
    return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_ROLE_REQUIRED,
                  "only the engine itself calls attention")
        .Mend("Comment on the instance, or raise a matter.");
  }
  auto payload = std::make_shared<v1::EngineEvent>();
  *payload->mutable_attention_called() =
      static_cast<const v1::AttentionCalled&>(*trial.command.request);
  return Append(trial, "AttentionCalled", std::move(payload), trial.entry->record.lifecycle_state(),
                trial.entry->record.definition_version());
}

absl::Status CommandDecision::Migrate(Trial& trial) const {
  const auto& request = static_cast<const v1::MigrateInstanceRequest&>(*trial.command.request);
  if (!trial.command.actor.administrator() && !trial.command.actor.system()) {
    return Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_ADMINISTRATOR_REQUIRED,
                  "only an administrator may move an instance to another version of its definition")
        .Mend("Ask an administrator of the realm.");
  }
  RETURN_IF_ERROR(CheckEtag(trial));
  const v1::InstanceRecord& record = trial.entry->record;
  const int32_t to = request.to_version() == 0
                         ? definitions_.Latest(trial.realm, record.definition())
                         : request.to_version();
  const Lifecycle* target = definitions_.Find(trial.realm, record.definition(), to);
  if (target == nullptr) {
    return NotFound(
        api::v1::REASON_REFERENCE_NOT_FOUND, "to_version",
        fmt::format("{}/definitions/{} version {}", trial.realm, record.definition(), to),
        "List the definition's versions.");
  }
  if (to == record.definition_version()) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_NOTHING_TO_CHANGE,
                  fmt::format("{} is at version {} already", trial.command.instance, to))
        .Field("to_version")
        .Mend("Nothing needs to be done.");
  }
  const std::string from_state = record.lifecycle_state();
  const auto mapped = request.state_mapping().find(from_state);
  const std::string to_state =
      mapped == request.state_mapping().end() ? from_state : mapped->second;
  if (!target->HasState(to_state)) {
    return Refuse(absl::StatusCode::kFailedPrecondition, api::v1::REASON_MIGRATION_STATE_UNMAPPED,
                  fmt::format("version {} has no state \"{}\"", to, to_state))
        .Field(fmt::format("state_mapping[\"{}\"]", from_state))
        .Mend(fmt::format("Map \"{}\" to a state of version {}.", from_state, to))
        .With("state", from_state);
  }
  RETURN_IF_ERROR(target->CheckRequiredFields(to_state, *trial.entry->state));
  auto payload = std::make_shared<v1::EngineEvent>();
  v1::InstanceMigrated& migrated = *payload->mutable_instance_migrated();
  migrated.set_from_version(record.definition_version());
  migrated.set_to_version(to);
  migrated.set_from_state(from_state);
  migrated.set_to_state(to_state);
  return Append(trial, "InstanceMigrated", std::move(payload), to_state, to);
}

// The definition decides whether the event may happen and where it leads.
absl::Status CommandDecision::Record(
    Trial& trial, std::string_view event,
    std::shared_ptr<const google::protobuf::Message> payload) const {
  const std::string from = trial.entry->record.lifecycle_state();
  ASSIGN_OR_RETURN(
      const Lifecycle::Transition* transition,
      trial.lifecycle->Match(event, from, *trial.entry->state, trial.context, trial.held));
  return Append(trial, event, std::move(payload), Lifecycle::NextState(transition, from),
                trial.entry->record.definition_version());
}

absl::Status CommandDecision::Append(Trial& trial, std::string_view event,
                                     std::shared_ptr<const google::protobuf::Message> payload,
                                     std::string_view to_state, int32_t definition_version) const {
  const Command& command = trial.command;
  v1::EventRecord record;
  record.set_instance(command.instance);
  record.set_revision(trial.entry->record.revision() + 1);
  record.set_kind(trial.entry->kind->traits().kind);
  record.set_payload_type(payload->GetTypeName());
  record.set_payload(payload->SerializeAsString());
  record.set_event(std::string(event));
  if (command.header.has_occurred_on())
    *record.mutable_occurred_on() = command.header.occurred_on();
  *record.mutable_actor() = command.actor;
  record.set_command(command.request->GetTypeName());
  record.set_reason(command.header.reason());
  record.set_request_id(command.header.request_id());
  record.set_caused_by(command.caused_by + 1);
  record.set_from_state(trial.entry->record.lifecycle_state());
  record.set_to_state(std::string(to_state));
  record.set_definition_version(definition_version);
  record.mutable_references()->Add(trial.references.begin(), trial.references.end());
  if (record.revision() == 1 || definition_version != trial.entry->record.definition_version()) {
    record.set_definition(trial.entry->record.definition());
  }
  const auto stored = trial.workspace.Append(trial.realm, trial.context.now, std::move(record));
  RETURN_IF_ERROR(
      ApplyEvent(*trial.entry, *stored, *payload, definitions_, trial.context.time_zone));
  trial.position = stored->position();
  trial.recorded.emplace_back(stored, std::move(payload));
  trial.all.push_back(stored);
  trial.context.lifecycle_state = trial.entry->record.lifecycle_state();
  return absl::OkStatus();
}

absl::Status CommandDecision::RunFollowUps(Trial& trial) const {
  if (kinds_.process_managers.empty()) return absl::OkStatus();
  const auto recorded = std::exchange(trial.recorded, {});  // a refused follow-up adds an event
  for (const auto& [record, payload] : recorded) {
    int number = 0;
    for (const auto& manager : kinds_.process_managers) {
      RelatedLookup lookup(trial.workspace);
      auto follow_ups = manager->React(*record, *payload,
                                       [&lookup](std::string_view name) { return lookup(name); });
      for (FollowUp& follow_up : follow_ups) {
        RETURN_IF_ERROR(RunFollowUp(trial, *manager, *record, std::move(follow_up), number++));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status CommandDecision::RunFollowUp(Trial& trial, const ProcessManager& manager,
                                          const v1::EventRecord& cause, FollowUp follow_up,
                                          int number) const {
  Command command;
  command.instance = std::move(follow_up.instance);
  command.request = std::move(follow_up.request);
  command.creates = follow_up.creates;
  command.actor = trial.command.actor;
  command.actor.set_account("system");
  command.actor.set_system(true);
  command.caused_by = cause.position();
  command.header.set_reason(cause.reason());
  if (cause.has_occurred_on()) *command.header.mutable_occurred_on() = cause.occurred_on();
  command.header.set_request_id(
      fmt::format("{}{}/{}/{}", kSystemRequests, manager.name(), cause.position(), number));
  if (trial.depth >= kMaxFollowUpDepth || ++*trial.follow_ups > kMaxFollowUps) {
    NoteRefusedFollowUp(trial, manager, command,
                        Refuse(absl::StatusCode::kInternal, api::v1::REASON_INTERNAL,
                               "the process managers answer each other without end")
                            .Mend("This is a defect of the program: report it with this text."));
    return absl::OkStatus();
  }
  // Realms are closed against each other: what happens in one changes nothing in another.
  if (RealmOf(command.instance) != trial.realm) {
    NoteRefusedFollowUp(trial, manager, command,
                        Refuse(absl::StatusCode::kPermissionDenied, api::v1::REASON_OTHER_REALM,
                               fmt::format("{} lies in another realm", command.instance))
                            .Mend("Name instances of the same realm."));
    return absl::OkStatus();
  }
  const Workspace& below = trial.workspace;
  Workspace layer(below);
  Trial inner(command, trial.now, layer, trial.depth + 1, trial.follow_ups);
  const absl::Status status = Decide(inner);
  if (!status.ok()) {
    if (absl::IsDataLoss(status)) return status;
    NoteRefusedFollowUp(trial, manager, command, status);
    return absl::OkStatus();
  }
  trial.workspace.Absorb(std::move(layer));
  trial.all.insert(trial.all.end(), std::make_move_iterator(inner.all.begin()),
                   std::make_move_iterator(inner.all.end()));
  return absl::OkStatus();
}

void CommandDecision::NoteRefusedFollowUp(Trial& trial, const ProcessManager& manager,
                                          const Command& command,
                                          const absl::Status& refusal) const {
  // The instance as it is after the follow-ups that were done.
  const auto latest = trial.workspace.Find(trial.command.instance);
  KASUNDO_CHECK(latest.ok() && *latest != nullptr);
  trial.entry = std::make_shared<InstanceEntry>((*latest)->Copy());
  auto payload = std::make_shared<v1::EngineEvent>();
  v1::FollowUpRefused& refused = *payload->mutable_follow_up_refused();
  refused.set_process_manager(std::string(manager.name()));
  refused.set_target(command.instance);
  refused.set_command(command.request->GetTypeName());
  refused.set_refusal_reason(ReasonOf(refusal));
  refused.set_message(std::string(refusal.message()));
  const absl::Status noted =
      Append(trial, "FollowUpRefused", std::move(payload), trial.entry->record.lifecycle_state(),
             trial.entry->record.definition_version());
  KASUNDO_CHECK(noted.ok());
  trial.workspace.Put(trial.entry);
}

}  // namespace kasundo
