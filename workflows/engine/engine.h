// The engine of one process: realms, their journals, their instances. Nothing above it knows how
// events are stored, nothing in it knows a kind.
//
// Writing: Submit() takes a command from any thread; Pump(), called by one thread at a time (a
// server's writer, the caller in a test), decides everything that was submitted, writes it in one
// synced batch, and then calls each `done`. Execute() does both and waits. Nothing is answered
// before it is durable.
//
// Reading: Get, List, History, Replay... may be called by any thread at any time; they read
// snapshots and never wait for a writer.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "kasundo/api/v1/civil_date.pb.h"
#include "kasundo/api/v1/command_header.pb.h"
#include "kasundo/workflows/v1/definition.pb.h"
#include "kasundo/workflows/v1/records.pb.h"
#include "workflows/engine/clock.h"
#include "workflows/engine/command.h"
#include "workflows/engine/definition_store.h"
#include "workflows/engine/engine_options.h"
#include "workflows/engine/instance_entry.h"
#include "workflows/engine/journal.h"
#include "workflows/engine/kind.h"
#include "workflows/engine/sequencer.h"

namespace kasundo {

class Engine final {
 public:
  // Loads what the journal holds, founds nothing. Built-in definitions that a realm lacks, or whose
  // built-in text has changed while the realm has not written a version of its own, are deployed.
  // `kinds` and `clock` must outlive the engine.
  static absl::StatusOr<std::unique_ptr<Engine>> Open(EngineOptions options,
                                                      std::unique_ptr<Journal> journal,
                                                      std::shared_ptr<const KindRegistry> kinds,
                                                      const Clock& clock);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // --- realms ---
  // Founds a realm with the built-in definitions. ALREADY_EXISTS if there is one of this name.
  absl::Status CreateRealm(std::string_view name, std::string_view title,
                           std::string_view time_zone, const workflows::v1::Actor& actor);
  std::vector<std::string> Realms() const;

  // --- writing ---
  void Submit(Command command, std::function<void(Outcome)> done);
  // Decides and commits what waits; returns how many commands it answered.
  size_t Pump();
  // Called (from any thread) when there is something to pump.
  void SetWake(std::function<void()> wake);
  void SetReporter(std::function<void(const GroupReport&)> reporter);
  // Submit + Pump until it is answered. Many callers may wait at once.
  Outcome Execute(Command command);
  // Decides commands one after another, each seeing the ones before, and records nothing. A request
  // id that was used is answered as Execute() would.
  std::vector<Outcome> Rehearse(std::vector<Command> commands);

  // --- timers ---
  // Submits the deadlines that are due; returns when to call it again: when the next one is due, or
  // at once if any was submitted, since what comes of it may be due as well.
  absl::Time FireDueTimers();

  // --- reading ---
  absl::StatusOr<Instance> Get(std::string_view name,
                               const std::optional<api::v1::AsOf>& as_of = {}) const;
  // Instances of `kind` whose names match `parent` ("-" as an id stands for any), after `after`, at
  // most `limit`, by name.
  absl::StatusOr<std::vector<Instance>> List(std::string_view kind, std::string_view parent,
                                             std::string_view after, size_t limit,
                                             const std::optional<api::v1::AsOf>& as_of = {}) const;
  // Events of one instance from a revision on.
  absl::StatusOr<std::vector<workflows::v1::EventRecord>> History(std::string_view instance,
                                                                  int64_t from_revision,
                                                                  size_t limit) const;
  // Events of a realm from a position on.
  absl::StatusOr<std::vector<workflows::v1::EventRecord>> ReadJournal(std::string_view realm,
                                                                      int64_t from,
                                                                      size_t limit) const;
  // Position that the next event of the realm will have.
  absl::StatusOr<int64_t> NextPosition(std::string_view realm) const;
  // The number that a realm has in keys of the journal (log_format.h).
  absl::StatusOr<uint32_t> RealmNumber(std::string_view realm) const;
  // Calls `listener` (any thread) with the next position after each commit of the realm; returns an
  // id for RemoveListener.
  int64_t AddListener(std::function<void(std::string_view realm, int64_t next)> listener);
  void RemoveListener(int64_t id);

  // --- definitions ---
  // The definition of that id at that version (0 = latest).
  absl::StatusOr<workflows::v1::WorkflowDefinition> Definition(std::string_view realm,
                                                               std::string_view id,
                                                               int32_t version) const;
  // The same, compiled; nullptr if there is none. Lives as long as the engine.
  const Lifecycle* FindLifecycle(std::string_view realm, std::string_view id,
                                 int32_t version) const;
  // What guards, roles and deciders are given when `actor` looks at an instance now, or on another
  // day: for saying what may be done to it. On a day that is over, other instances are seen as the
  // acts made them which had happened by then; those that have no such act as they are now, since
  // the dates within them tell. One thread at a time.
  absl::StatusOr<Context> ContextFor(const Instance& instance, const workflows::v1::Actor& actor,
                                     const std::optional<api::v1::CivilDate>& on = {}) const;
  // The time zone of a realm.
  absl::StatusOr<absl::TimeZone> TimeZoneOf(std::string_view realm) const;

  // --- care ---
  // Replays the journal of a realm through the same Evolve and compares everything derived byte for
  // byte; calls `progress` now and then, and gives up (CANCELLED) when it answers false. DATA_LOSS
  // with the position of the first difference.
  absl::Status Verify(std::string_view realm,
                      const std::function<bool(int64_t position, int64_t end)>& progress) const;
  const KindRegistry& kinds() const { return *kinds_; }
  const Clock& clock() const { return clock_; }
  Journal& journal() { return *journal_; }

 private:
  struct RealmHandle {
    uint32_t number = 0;
    absl::TimeZone zone;
  };

  Engine(EngineOptions options, std::unique_ptr<Journal> journal,
         std::shared_ptr<const KindRegistry> kinds, std::unique_ptr<DefinitionStore> definitions,
         const Clock& clock);
  absl::Status LoadRealms();
  absl::Status LoadRealm(const std::string& name, uint32_t number);
  absl::Status DeployBuiltIns(const std::string& realm);
  // REALM_NOT_FOUND if there is none.
  absl::StatusOr<RealmHandle> FindRealm(std::string_view name) const;
  absl::StatusOr<InstanceEntry> Load(const View& view, std::string_view name,
                                     const std::optional<api::v1::AsOf>& as_of) const;
  void Announce(const std::string& realm, int64_t next);

  std::shared_ptr<const KindRegistry> kinds_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<DefinitionStore> definitions_;
  const Clock& clock_;
  std::unique_ptr<Sequencer> sequencer_;

  std::mutex found_mutex_;                    // one realm is founded at a time
  std::atomic<bool> timers_refused_ = false;  // a deadline could not be recorded: there is no hurry
  mutable std::mutex listeners_mutex_;
  int64_t next_listener_ ABSL_GUARDED_BY(listeners_mutex_) = 1;
  std::map<int64_t, std::function<void(std::string_view, int64_t)>> listeners_
      ABSL_GUARDED_BY(listeners_mutex_);
};

}  // namespace kasundo
