#include "workflows/engine/sequencer.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "kasundo/workflows/v1/realm_events.pb.h"
#include "workflows/engine/check.h"
#include "workflows/engine/event_chain.h"
#include "workflows/engine/log_format.h"
#include "workflows/engine/refusal.h"
#include "workflows/engine/status_macros.h"

namespace kasundo {
namespace {

namespace v1 = workflows::v1;

Instance AsInstance(const InstancePtr& entry) { return {entry->name, entry->record, entry->state}; }

Outcome Refused(absl::Status status) {
  Outcome outcome;
  outcome.status = std::move(status);
  return outcome;
}

bool IsDiskFull(const absl::Status& status) { return absl::IsResourceExhausted(status); }

}  // namespace

Sequencer::Sequencer(EngineOptions options, Journal& journal, const KindRegistry& kinds,
                     DefinitionStore& definitions, const Clock& clock, Committed committed)
    : options_(options),
      journal_(journal),
      kinds_(kinds),
      definitions_(definitions),
      clock_(clock),
      committed_(std::move(committed)),
      decision_(kinds, definitions),
      cache_(options_.instance_cache) {}

absl::Status Sequencer::AddRealm(const std::string& name, uint32_t number, absl::TimeZone zone,
                                 bool founded) {
  RealmTail tail;
  tail.number = number;
  tail.next = journal_.Next(number);
  tail.zone = zone;
  tail.founded = founded;
  const std::unique_ptr<View> view = journal_.Snapshot();
  const auto read_node = [&](uint8_t level, uint64_t index) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const auto hash,
                     view->Get(Family::kTree, log_format::TreeKey(number, level, index)));
    if (!hash.has_value())
      return DamagedAt(number, static_cast<int64_t>(index), "a node of its hash tree is missing");
    return *hash;
  };
  if (tail.next > 0) {
    ASSIGN_OR_RETURN(const auto events, ReadEventChain(*view, number, tail.next - 1, 1));
    v1::EventRecord last;
    if (events.empty() || !last.ParseFromString(events.front()))
      return DamagedAt(number, tail.next - 1, "it cannot be read");
    tail.last_time = TimeOf(last.recorded_time());
    ASSIGN_OR_RETURN(tail.last_leaf, read_node(0, static_cast<uint64_t>(tail.next - 1)));
  }
  ASSIGN_OR_RETURN(MerkleFrontier frontier,
                   MerkleFrontier::Load(static_cast<uint64_t>(tail.next), read_node));
  const auto writer = WaitForWriter();
  frontiers_.insert_or_assign(name, std::move(frontier));
  std::lock_guard lock(realms_mutex_);
  tails_.insert_or_assign(name, std::move(tail));
  return absl::OkStatus();
}

bool Sequencer::FindRealm(std::string_view name, uint32_t& number, absl::TimeZone& zone) const {
  std::lock_guard lock(realms_mutex_);
  const auto found = tails_.find(name);
  if (found == tails_.end()) return false;
  number = found->second.number;
  zone = found->second.zone;
  return true;
}

std::vector<std::string> Sequencer::Realms() const {
  std::lock_guard lock(realms_mutex_);
  std::vector<std::string> names;
  for (const auto& [name, tail] : tails_) {
    if (tail.founded) names.push_back(name);
  }
  return names;
}

uint32_t Sequencer::NextRealmNumber() const {
  std::lock_guard lock(realms_mutex_);
  uint32_t next = 0;
  for (const auto& [name, tail] : tails_) next = std::max(next, tail.number + 1);
  return next;
}

void Sequencer::Submit(Command command, Done done) {
  std::function<void()> wake;
  {
    std::lock_guard lock(queue_mutex_);
    queue_.push_back({std::move(command), std::move(done)});
    wake = wake_;
  }
  if (wake) wake();
}

void Sequencer::SetWake(std::function<void()> wake) {
  std::lock_guard lock(queue_mutex_);
  wake_ = std::move(wake);
}

void Sequencer::SetReporter(std::function<void(const GroupReport&)> reporter) {
  const auto writer = WaitForWriter();
  reporter_ = std::move(reporter);
}

std::unique_lock<std::mutex> Sequencer::WaitForWriter() {
  std::lock_guard next(turnstile_);
  return std::unique_lock(writer_);
}

size_t Sequencer::Pump() {
  const auto writer = WaitForWriter();
  size_t waiting = 0;
  {
    std::lock_guard lock(queue_mutex_);
    waiting = queue_.size();
  }
  size_t answered = 0;
  while (answered < waiting) answered += PumpGroup();
  return answered;
}

size_t Sequencer::PumpGroup() {
  std::vector<Waiting> waiting;
  {
    std::lock_guard lock(queue_mutex_);
    if (queue_.size() <= options_.max_group) {
      waiting.swap(queue_);
    } else {
      const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(options_.max_group);
      waiting.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
      queue_.erase(queue_.begin(), end);
    }
  }
  if (waiting.empty()) return 0;

  GroupReport report;
  report.commands = waiting.size();
  const absl::Time began = clock_.Now();
  Workspace group = NewGroup();
  std::vector<Answer> answers;
  answers.reserve(waiting.size());
  const absl::Status space = CheckSpace();
  for (Waiting& one : waiting) {
    Outcome outcome = space.ok() || one.command.header.validate_only()
                          ? DecideOne(one.command, group)
                          : Refused(space);
    if (!outcome.status.ok()) ++report.refused;
    answers.push_back({std::move(one.done), std::move(outcome)});
  }
  const absl::Time decided = clock_.Now();
  report.decide = decided - began;
  const absl::Status committed = Commit(group, report);
  stored_.reset();
  report.commit = clock_.Now() - decided;
  for (Answer& answer : answers) {
    // Also an answer that repeats an earlier one of the same group is only true if the group was
    // written.
    if (!committed.ok() && answer.outcome.status.ok()) answer.outcome = Refused(committed);
    answer.done(std::move(answer.outcome));
  }
  if (reporter_) reporter_(report);
  return waiting.size();
}

Workspace Sequencer::NewGroup() {
  stored_.reset();
  std::lock_guard lock(realms_mutex_);
  return Workspace([this](std::string_view name) { return Load(name); }, tails_);
}

Outcome Sequencer::DecideOne(const Command& command, Workspace& group) {
  if (clock_.Now() >= command.deadline) {
    return Refused(Refuse(absl::StatusCode::kDeadlineExceeded, api::v1::REASON_DEADLINE_PASSED,
                          "the deadline passed before the command was begun; nothing was done")
                       .Mend("Send the same request again with more time."));
  }
  auto earlier = FindEarlier(command, group);
  if (!earlier.ok()) return Refused(earlier.status());
  if (earlier->has_value()) return **std::move(earlier);

  Outcome outcome;
  const auto decide = [&](Workspace& base) {
    auto result = decision_.Run(command, clock_.Now(), base);
    if (!result.ok()) {
      outcome.status = result.status();
      return;
    }
    outcome.instance = AsInstance(result->instance);
    outcome.position = result->position;
    outcome.events = std::move(result->events);
  };
  if (command.header.validate_only()) {
    Workspace trial(static_cast<const Workspace&>(group));
    decide(trial);
  } else {
    decide(group);
  }
  return outcome;
}

absl::StatusOr<std::optional<Outcome>> Sequencer::FindEarlier(const Command& command,
                                                              const Workspace& group) {
  const std::string& id = command.header.request_id();
  if (id.starts_with(kSystemRequests) && !command.actor.system()) {
    return Refuse(absl::StatusCode::kInvalidArgument, api::v1::REASON_FIELD_INVALID,
                  fmt::format("request ids that begin with \"{}\" are the program's own",
                              kSystemRequests))
        .Field("header.request_id")
        .Mend("Give another id; a UUID will do.");
  }
  if (id.empty() || command.header.validate_only()) return std::nullopt;
  const std::string realm(RealmOf(command.instance));
  const RealmTail* tail = group.Tail(realm);
  if (tail == nullptr) return std::nullopt;
  v1::RequestRecord earlier;
  if (const v1::RequestRecord* in_group = group.Request(realm + '\0' + id); in_group != nullptr) {
    earlier = *in_group;
  } else {
    ASSIGN_OR_RETURN(const auto stored,
                     Stored().Get(Family::kRequests, log_format::RequestKey(tail->number, id)));
    if (!stored.has_value()) return std::nullopt;
    if (!earlier.ParseFromString(*stored)) {
      return DamagedAt(tail->number, -1,
                       fmt::format("the record of request {} cannot be read", id));
    }
  }
  if (earlier.content_hash() != ContentHash(command)) {
    return Refuse(absl::StatusCode::kAlreadyExists, api::v1::REASON_REQUEST_ID_REUSED,
                  fmt::format("the request id \"{}\" was used for another request", id))
        .Field("header.request_id")
        .Mend("Give each request an id of its own; repeat one only with the same content.")
        .With("instance", earlier.instance());
  }
  Outcome outcome;
  outcome.repeated = true;
  outcome.position = earlier.position();
  ASSIGN_OR_RETURN(const InstancePtr present, group.Find(earlier.instance()));
  if (present != nullptr && present->record.revision() == earlier.revision()) {
    outcome.instance = AsInstance(present);
    return outcome;
  }
  if (earlier.position() >= journal_.Next(tail->number)) {
    // Decided in this very group and changed again since: the first answer is not to be had, the
    // present one is no older.
    if (present == nullptr) return absl::InternalError("a request of this group has no instance");
    outcome.instance = AsInstance(present);
    return outcome;
  }
  ReplayBound bound;
  bound.revision = earlier.revision();
  ASSIGN_OR_RETURN(InstanceEntry entry, ReplayInstance(Stored(), tail->number, earlier.instance(),
                                                       bound, kinds_, definitions_, tail->zone));
  outcome.instance = AsInstance(std::make_shared<InstanceEntry>(std::move(entry)));
  return outcome;
}

const View& Sequencer::Stored() {
  if (stored_ == nullptr) stored_ = journal_.Snapshot();
  return *stored_;
}

absl::StatusOr<InstancePtr> Sequencer::Load(std::string_view name) {
  const std::string key(name);
  if (InstancePtr cached = cache_.Find(key)) return cached;
  uint32_t number = 0;
  absl::TimeZone zone;
  if (!FindRealm(RealmOf(name), number, zone)) return nullptr;
  ASSIGN_OR_RETURN(
      const auto bytes,
      Stored().Get(Family::kInstances, log_format::InstanceKey(number, log_format::Beneath(name))));
  if (!bytes.has_value()) return nullptr;
  ASSIGN_OR_RETURN(InstanceEntry entry, DecodeInstance(key, *bytes, kinds_));
  auto loaded = std::make_shared<const InstanceEntry>(std::move(entry));
  cache_.Put(loaded);
  return loaded;
}

absl::Status Sequencer::CheckSpace() {
  if (journal_.FreeBytes() < options_.min_free_bytes) {
    return Refuse(
               absl::StatusCode::kResourceExhausted, api::v1::REASON_DISK_FULL,
               fmt::format(
                   "less than {} MiB are free on the disk of the data folder; nothing is recorded "
                   "until there is space again",
                   options_.min_free_bytes >> 20))
        .Mend("Free space on that disk; the same request can then be sent again.");
  }
  if (!write_failed_) return absl::OkStatus();
  const absl::Status resumed = journal_.Resume();
  if (resumed.ok()) write_failed_ = false;
  return resumed;
}

absl::Status Sequencer::Commit(const Workspace& group, GroupReport& report) {
  if (group.events().empty()) return absl::OkStatus();
  std::vector<Append> appends;
  std::vector<Row> rows;
  std::map<std::string, MerkleFrontier, std::less<>> frontiers;
  for (const auto& [realm, events] : group.events()) {
    const RealmTail& tail = *group.Tail(realm);
    Append& append = appends.emplace_back();
    append.realm = tail.number;
    append.expected_next = events.front().record->position();
    if (!tail.founded) {
      rows.push_back({Family::kMeta, log_format::RealmKey(realm), log_format::U32(tail.number)});
    }
    MerkleFrontier frontier = frontiers_.at(realm);
    for (const Workspace::Stored& event : events) {
      report.bytes += event.bytes.size();
      append.events.push_back(event.bytes);
      rows.push_back(
          {Family::kStreams,
           log_format::StreamKey(tail.number, log_format::Beneath(event.record->instance()),
                                 event.record->revision()),
           log_format::U64(static_cast<uint64_t>(event.record->position())).append(event.bytes)});
      frontier.Add(event.leaf, [&](TreeNode node) {
        rows.push_back({Family::kTree, log_format::TreeKey(tail.number, node.level, node.index),
                        std::move(node.hash)});
      });
    }
    report.events += events.size();
    frontiers.emplace(realm, std::move(frontier));
  }
  for (const auto& [name, entry] : group.entries()) {
    ASSIGN_OR_RETURN(const InstancePtr before, group.FindStored(name));
    AddInstanceRows(group.Tail(RealmOf(name))->number, before, *entry, rows);
  }
  for (const auto& [key, request] : group.requests()) {
    const size_t end = key.find('\0');
    const uint32_t number = group.Tail(std::string_view(key).substr(0, end))->number;
    rows.push_back({Family::kRequests,
                    log_format::RequestKey(number, std::string_view(key).substr(end + 1)),
                    request.SerializeAsString()});
  }
  stored_.reset();
  const absl::Status written = journal_.Write(appends, rows);
  if (!written.ok()) {
    write_failed_ = IsDiskFull(written);
    cache_.Clear();
    return written;
  }
  for (const auto& [name, entry] : group.entries()) cache_.Put(entry);
  for (auto& [realm, frontier] : frontiers) frontiers_.insert_or_assign(realm, std::move(frontier));
  RETURN_IF_ERROR(DeployCommitted(group));
  std::vector<std::pair<std::string, int64_t>> reached;
  {
    std::lock_guard lock(realms_mutex_);
    for (const auto& [realm, events] : group.events()) {
      RealmTail tail = *group.Tail(realm);
      tail.founded = true;
      reached.emplace_back(realm, tail.next);
      tails_.insert_or_assign(realm, std::move(tail));
    }
  }
  for (const auto& [realm, next] : reached) committed_(realm, next);
  return absl::OkStatus();
}

void Sequencer::AddInstanceRows(uint32_t realm, const InstancePtr& before,
                                const InstanceEntry& after, std::vector<Row>& rows) const {
  const std::string_view beneath = log_format::Beneath(after.name);
  rows.push_back(
      {Family::kInstances, log_format::InstanceKey(realm, beneath), EncodeInstance(after)});
  const auto key = [&](const v1::ActiveTimer& timer) {
    return log_format::TimerKey(realm, absl::ToUnixMicros(TimeOf(timer.due_time())), beneath,
                                timer.deadline());
  };
  if (before != nullptr) {
    for (const v1::ActiveTimer& timer : before->record.timers()) {
      rows.push_back({Family::kTimers, key(timer), std::nullopt});
    }
  }
  for (const v1::ActiveTimer& timer : after.record.timers()) {
    rows.push_back({Family::kTimers, key(timer), std::string()});
  }
}

// A definition governs new instances once it is durable.
absl::Status Sequencer::DeployCommitted(const Workspace& group) {
  for (const auto& [realm, events] : group.events()) {
    for (const Workspace::Stored& event : events) {
      if (event.record->payload_type() != v1::DefinitionEvent::descriptor()->full_name()) continue;
      v1::DefinitionEvent fact;
      KASUNDO_CHECK(fact.ParseFromString(event.record->payload()));
      if (!fact.has_definition_deployed()) continue;
      RETURN_IF_ERROR(definitions_.Add(realm, IdOf(event.record->instance()),
                                       fact.definition_deployed().version(),
                                       fact.definition_deployed().text()));
    }
  }
  return absl::OkStatus();
}

std::vector<Outcome> Sequencer::Rehearse(std::vector<Command> commands) {
  const auto writer = WaitForWriter();
  Workspace group = NewGroup();
  Workspace rehearsal(static_cast<const Workspace&>(group));
  std::vector<Outcome> outcomes;
  for (Command& command : commands) {
    Outcome& outcome = outcomes.emplace_back();
    auto earlier = FindEarlier(command, rehearsal);
    if (!earlier.ok()) {
      outcome.status = earlier.status();
      continue;
    }
    if (earlier->has_value()) {
      outcome = **std::move(earlier);
      continue;
    }
    auto result = decision_.Run(command, clock_.Now(), rehearsal);
    if (!result.ok()) {
      outcome.status = result.status();
      continue;
    }
    outcome.instance = AsInstance(result->instance);
    outcome.position = result->position;
    outcome.events = std::move(result->events);
  }
  stored_.reset();
  return outcomes;
}

}  // namespace kasundo
