// The way of one command from its request to its events, in the order that workflows/README.md
// tells. Pure over a Workspace: nothing is written here.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "workflows/engine/clock.h"
#include "workflows/engine/command.h"
#include "workflows/engine/definition_store.h"
#include "workflows/engine/kind.h"
#include "workflows/engine/workspace.h"

namespace kasundo {

class CommandDecision {
 public:
  CommandDecision(const KindRegistry& kinds, const DefinitionStore& definitions)
      : kinds_(kinds), definitions_(definitions) {}

  struct Result {
    InstancePtr instance;
    int64_t position = -1;  // of the last event that came of it; -1 if none did
    std::vector<std::shared_ptr<const workflows::v1::EventRecord>>
        events;  // then those of its follow-ups
  };

  // Decides a command in a layer of its own over `base`, follow-ups included, and absorbs the layer
  // into `base` if it is accepted. `now` is the time that its events will bear.
  absl::StatusOr<Result> Run(const Command& command, absl::Time now, Workspace& base) const;

 private:
  struct Trial;

  absl::Status Decide(Trial& trial) const;
  absl::Status FindInstance(Trial& trial) const;
  absl::Status FindParent(const Trial& trial, const Kind& kind) const;
  absl::Status FillContext(Trial& trial) const;
  absl::Status CheckReferences(Trial& trial) const;
  absl::Status DecideKindCommand(Trial& trial, const Kind::CommandInfo& info) const;
  absl::Status DecideEngineCommand(Trial& trial) const;
  absl::Status TakeStep(Trial& trial) const;
  absl::Status CallAttention(Trial& trial) const;
  absl::Status ReachDeadline(Trial& trial) const;
  absl::Status Migrate(Trial& trial) const;
  absl::Status MayAct(Trial& trial, const std::vector<std::string>& events) const;
  absl::Status CheckEtag(const Trial& trial) const;
  absl::Status Record(Trial& trial, std::string_view event,
                      std::shared_ptr<const google::protobuf::Message> payload) const;
  absl::Status Append(Trial& trial, std::string_view event,
                      std::shared_ptr<const google::protobuf::Message> payload,
                      std::string_view to_state, int32_t definition_version) const;
  absl::Status RunFollowUps(Trial& trial) const;
  absl::Status RunFollowUp(Trial& trial, const ProcessManager& manager,
                           const workflows::v1::EventRecord& cause, FollowUp follow_up,
                           int number) const;
  void NoteRefusedFollowUp(Trial& trial, const ProcessManager& manager, const Command& command,
                           const absl::Status& refusal) const;

  const KindRegistry& kinds_;
  const DefinitionStore& definitions_;
};

// What makes two requests the same: type, instance and content.
std::string ContentHash(const Command& command);

// "\"7\"": the etag of a revision (AIP-154), quoted as in HTTP.
std::string EtagOf(int64_t revision);

}  // namespace kasundo
