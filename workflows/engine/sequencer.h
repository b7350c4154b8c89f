// The one writer. It drains whatever commands wait, decides them in memory one after another,
// writes all of their events, instances, deadlines, request ids and tree nodes in one synced batch,
// and answers all of them. A refused command costs the others nothing; nothing is answered before
// it is durable.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "workflows/engine/clock.h"
#include "workflows/engine/command.h"
#include "workflows/engine/command_decision.h"
#include "workflows/engine/definition_store.h"
#include "workflows/engine/engine_options.h"
#include "workflows/engine/instance_cache.h"
#include "workflows/engine/journal.h"
#include "workflows/engine/kind.h"
#include "workflows/engine/merkle.h"
#include "workflows/engine/workspace.h"

namespace kasundo {

class Sequencer {
 public:
  using Done = std::function<void(Outcome)>;
  // Realm name and its next position, after each commit; on the writer's thread.
  using Committed = std::function<void(const std::string& realm, int64_t next)>;

  Sequencer(EngineOptions options, Journal& journal, const KindRegistry& kinds,
            DefinitionStore& definitions, const Clock& clock, Committed committed);

  // Loads the tail of a realm; called for each realm at open and for a new one.
  absl::Status AddRealm(const std::string& name, uint32_t number, absl::TimeZone zone,
                        bool founded);

  // Any thread.
  void Submit(Command command, Done done);
  // Decides what waits now, and leaves what is submitted meanwhile to the next call. One thread at
  // a time; others wait, each in its turn. Returns how many commands it answered.
  size_t Pump();
  void SetWake(std::function<void()> wake);
  void SetReporter(std::function<void(const GroupReport&)> reporter);
  // Decides without recording; waits for the group that is being written.
  std::vector<Outcome> Rehearse(std::vector<Command> commands);
  // A realm's number and time zone; false if there is none. Any thread.
  bool FindRealm(std::string_view name, uint32_t& number, absl::TimeZone& zone) const;
  std::vector<std::string> Realms() const;
  // The number that a new realm gets.
  uint32_t NextRealmNumber() const;

 private:
  struct Waiting {
    Command command;
    Done done;
  };
  struct Answer {
    Done done;
    Outcome outcome;
  };

  // Waits for the writer. A thread that pumps again and again does not pass one that waits: of
  // those at the turnstile, which is free most of the time, only one goes on to wait for the
  // writer.
  std::unique_lock<std::mutex> WaitForWriter();
  size_t PumpGroup() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  Outcome DecideOne(const Command& command, Workspace& group)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  // The earlier outcome of a request id, if it was used before.
  absl::StatusOr<std::optional<Outcome>> FindEarlier(const Command& command, const Workspace& group)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  // The journal as it was when the present group began.
  const View& Stored() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  absl::StatusOr<InstancePtr> Load(std::string_view name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  absl::Status Commit(const Workspace& group, GroupReport& report)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  void AddInstanceRows(uint32_t realm, const InstancePtr& before, const InstanceEntry& after,
                       std::vector<Row>& rows) const;
  absl::Status CheckSpace() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);
  absl::Status DeployCommitted(const Workspace& group);
  Workspace NewGroup() ABSL_EXCLUSIVE_LOCKS_REQUIRED(writer_);

  const EngineOptions options_;
  Journal& journal_;
  const KindRegistry& kinds_;
  DefinitionStore& definitions_;
  const Clock& clock_;
  const Committed committed_;
  const CommandDecision decision_;

  std::mutex turnstile_;  // held while the next one waits for writer_
  std::mutex writer_;     // held while a group is decided and written
  std::map<std::string, MerkleFrontier, std::less<>> frontiers_ ABSL_GUARDED_BY(writer_);
  InstanceCache cache_ ABSL_GUARDED_BY(writer_);
  std::unique_ptr<View> stored_ ABSL_GUARDED_BY(writer_);
  bool write_failed_ ABSL_GUARDED_BY(writer_) = false;

  mutable std::mutex realms_mutex_;
  std::map<std::string, RealmTail, std::less<>> tails_ ABSL_GUARDED_BY(realms_mutex_);

  std::mutex queue_mutex_;
  std::vector<Waiting> queue_ ABSL_GUARDED_BY(queue_mutex_);
  std::function<void()> wake_ ABSL_GUARDED_BY(queue_mutex_);
  std::function<void(const GroupReport&)> reporter_ ABSL_GUARDED_BY(writer_);
};

}  // namespace kasundo
