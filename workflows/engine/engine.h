// The engine of one process: realms, their journals, their instances. Nothing above it knows how events are stored, nothing in
// it knows a kind.
//
// Writing: Submit() takes a command from any thread; Pump(), called by one thread at a time (the command queue's own thread
// in a server, the caller in a test), decides everything that was submitted, writes it in one synced batch, and then calls
// each `done`. Execute() does both and waits. Nothing is answered before it is durable.
//
// Reading: Get, List, History, Replay... may be called by any thread at any time; they read snapshots and never wait for a
// writer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/clock.h"
#include "workflows/engine/journal.h"
#include "workflows/engine/kind.h"

namespace kasundo {

// A wish, complete and authenticated.
struct Command {
  std::string instance;  // full name; of the instance to be, if `creates`
  bool creates = false;
  std::string definition;  // for `creates`: which definition governs it; "" = the one with the kind's name
  std::shared_ptr<const google::protobuf::Message> request;
  api::v1::CommandHeader header;
  workflows::v1::Actor actor;
  // Names of instances of the same journal that must exist (field path, name, kind or "*").
  struct Reference {
    std::string field;
    std::string name;
    std::string kind;
  };
  std::vector<Reference> references;
  // References that another service holds, already read there.
  std::vector<workflows::v1::ReferenceRead> resolved;
  absl::Time deadline = absl::InfiniteFuture();
};

// One instance at one moment.
struct Instance {
  std::string name;
  workflows::v1::InstanceRecord record;  // without `state`
  std::shared_ptr<const google::protobuf::Message> state;

  std::string etag() const;  // quoted, made of the revision (AIP-154)
};

// What became of a command.
struct Outcome {
  absl::Status status;
  Instance instance;      // after the command; meaningful if status is OK
  int64_t position = -1;  // of its last event; -1 if it recorded none
  bool repeated = false;  // an earlier request with this id was answered again
  std::vector<workflows::v1::EventRecord> events;  // filled for validate_only and Execute
};

struct EngineOptions {
  // A database in which less is free refuses commands with RESOURCE_EXHAUSTED. Bytes.
  uint64_t min_free_bytes = 64ull << 20;
  // Instances kept parsed in memory by the writer.
  size_t instance_cache = 100'000;
  // Most commands in one batch.
  size_t max_group = 1'000;
};

// What the writer did, for metrics. Called on the writer's thread.
struct GroupReport {
  size_t commands = 0;
  size_t refused = 0;
  size_t events = 0;
  size_t bytes = 0;
  absl::Duration decide;
  absl::Duration commit;
};

class Engine {
 public:
  static absl::StatusOr<std::unique_ptr<Engine>> Open(EngineOptions options,
                                                      std::unique_ptr<Journal> journal,
                                                      KindRegistry kinds, const Clock* clock);
  virtual ~Engine() = default;

  // --- realms ---
  // Founds a realm with the built-in definitions. ALREADY_EXISTS if there is one of this name.
  virtual absl::Status CreateRealm(std::string_view name, std::string_view title,
                                   std::string_view time_zone, const workflows::v1::Actor& actor) = 0;
  virtual std::vector<std::string> Realms() const = 0;

  // --- writing ---
  virtual void Submit(Command command, std::function<void(Outcome)> done) = 0;
  // Decides and commits what waits; returns how many commands it answered.
  virtual size_t Pump() = 0;
  // Called (from any thread) when there is something to pump.
  virtual void SetWake(std::function<void()> wake) = 0;
  virtual void SetReporter(std::function<void(const GroupReport&)> reporter) = 0;
  // Submit + Pump until it is answered. Many callers may wait at once.
  virtual Outcome Execute(Command command) = 0;
  // Decides commands one after another, each seeing the ones before, and records nothing.
  virtual std::vector<Outcome> Rehearse(std::vector<Command> commands) = 0;

  // --- timers ---
  // Submits the deadlines that are due; returns when the next one is.
  virtual absl::Time FireDueTimers() = 0;

  // --- reading ---
  virtual absl::StatusOr<Instance> Get(std::string_view name,
                                       const std::optional<api::v1::AsOf>& as_of = {}) const = 0;
  // Instances of `kind` whose names match `parent` ("-" as an id stands for any), after `after`, at most `limit`, by name.
  virtual absl::StatusOr<std::vector<Instance>> List(
      std::string_view kind, std::string_view parent, std::string_view after, size_t limit,
      const std::optional<api::v1::AsOf>& as_of = {}) const = 0;
  // Events of one instance from a revision on.
  virtual absl::StatusOr<std::vector<workflows::v1::EventRecord>> History(
      std::string_view instance, int64_t from_revision, size_t limit) const = 0;
  // Events of a realm from a position on.
  virtual absl::StatusOr<std::vector<workflows::v1::EventRecord>> ReadJournal(
      std::string_view realm, int64_t from, size_t limit) const = 0;
  // Position that the next event of the realm will have.
  virtual absl::StatusOr<int64_t> NextPosition(std::string_view realm) const = 0;
  // Calls `listener` (any thread) with the next position after each commit of the realm; returns an id for RemoveListener.
  virtual int64_t AddListener(std::function<void(std::string_view realm, int64_t next)> listener) = 0;
  virtual void RemoveListener(int64_t id) = 0;

  // --- definitions ---
  // The definition of that id at that version (0 = latest).
  virtual absl::StatusOr<workflows::v1::WorkflowDefinition> Definition(std::string_view realm,
                                                                       std::string_view id,
                                                                       int32_t version) const = 0;

  // --- care ---
  // Replays the journal of a realm through the same Evolve and compares everything derived byte for byte; calls `progress`
  // now and then. DATA_LOSS with the position of the first difference.
  virtual absl::Status Verify(std::string_view realm,
                              const std::function<void(int64_t position, int64_t end)>& progress) const = 0;
  virtual const KindRegistry& kinds() const = 0;
  virtual const Clock& clock() const = 0;
  virtual Journal& journal() = 0;
};

}  // namespace kasundo
